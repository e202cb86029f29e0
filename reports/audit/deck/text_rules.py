"""Rules about the text of a deck: its language, size and contrast, links and lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from math import floor

from data.look.colour import LARGE_TEXT, TEXT, contrast
from reports.audit.deck.named import named
from reports.audit.deck.styles import Run, bodies, runs
from reports.audit.findings import Fault
from reports.audit.wording import counted, is_address, is_language, quoted, says_nothing, short
from reports.powerpoint.opened import Element, child, children, q
from reports.powerpoint.palette import hexadecimal
from reports.powerpoint.slides import Deck, Shape, Slide, lines_of

LEAST_SIZE, LEAST_FOOT = 12.0, 10.0
"""Points, on a slide 7.5 inches high; the foot is the lowest eighth."""


def _texts(deck: Deck) -> Iterator[tuple[Slide, Shape, list[Run]]]:
    for slide in deck.slides:
        for shape in slide.all_shapes:
            if shape.kind in ("text", "shape", "table"):
                found = list(runs(deck, slide, shape))
                if found:
                    yield slide, shape, found


def languages(deck: Deck) -> Iterator[Fault]:
    """Every run of text must state its language."""
    for slide in deck.slides:
        for shape in slide.all_shapes:
            yield from _languages(slide.place, named(shape), [body for body, _ in bodies(shape)])
        if slide.notes is not None:
            notes = list(slide.notes.iter(q("p:txBody")))
            yield from _languages(slide.place, "speaker notes", notes)


def _languages(place: str, element: str, found: list[Element]) -> Iterator[Fault]:
    silent: list[str] = []
    wrong: list[str] = []
    for body in found:
        for run in body.iter(q("a:r"), q("a:fld")):
            words = "".join(str(t.text or "") for t in run.iter(q("a:t")))
            look = child(run, "a:rPr")
            stated = "" if look is None else str(look.get("lang") or "")
            if words.strip() and not stated:
                silent.append(words)
            elif stated and not is_language(stated):
                wrong.append(stated)
    if silent:
        count = counted(len(silent), "piece of text does", "pieces of text do")
        message = f"{count} not state a language ('{short(silent[0], 30)}'): it may be read out in the wrong one."
        yield Fault(place, element, message, "warning")
    if wrong:
        yield Fault(place, element, f"'{short(wrong[0], 30)}' is no language tag: write it as en-US or de-DE.")


def sizes(deck: Deck) -> Iterator[Fault]:
    """Text must be large enough to be read from the back of a room."""
    for slide, shape, found in _texts(deck):
        in_foot = deck.at_foot(shape)
        least = (LEAST_FOOT if in_foot else LEAST_SIZE) * deck.scale
        small = [run for run in found if run.size < least - 0.05]
        if small:
            smallest = min(small, key=lambda run: run.size)
            message = (
                f"'{short(smallest.text, 30)}' is set in {smallest.size:.3g} pt; at least {least:.3g} can be read."
            )
            yield Fault(slide.place, named(shape), message, "warning")


def contrasts(deck: Deck) -> Iterator[Fault]:
    """Text must stand out from what it is on: 4.5 to 1, large text 3 to 1 (WCAG 2.1, 1.4.3)."""
    for slide, shape, found in _texts(deck):
        worst: tuple[float, float, Run, str, str] | None = None
        for run in found:
            least = LARGE_TEXT if run.size >= 18 or (run.bold and run.size >= 14) else TEXT
            for ground in run.grounds if run.colour is not None else ():
                seen, below = hexadecimal(run.colour.over(ground)) if run.colour else "", hexadecimal(ground)
                ratio = contrast(seen, below)
                if ratio < least and (worst is None or ratio / least < worst[0] / worst[1]):
                    worst = (ratio, least, run, seen, below)
        if worst is not None:
            ratio, least, run, seen, below = worst
            message = (
                f"'{short(run.text, 30)}' in {seen} on {below} has a contrast of {floor(100 * ratio) / 100:g} to 1;"
                f" it needs {least:g}."
            )
            yield Fault(slide.place, named(shape), message)


def links(deck: Deck) -> Iterator[Fault]:
    """The words of a link must tell where it goes."""
    for slide in deck.slides:
        for shape in slide.all_shapes:
            for body, _ in bodies(shape):
                for paragraph in body.iter(q("a:p")):
                    for words in _links(paragraph):
                        if says_nothing(words):
                            yield Fault(
                                slide.place, quoted("link", words), "Its words do not tell where it goes.", "warning"
                            )
                        elif is_address(words):
                            message = "It is a bare address, which is read out letter by letter: name its goal."
                            yield Fault(slide.place, quoted("link", words), message, "warning")


def _links(paragraph: Element) -> Iterator[str]:
    """The words of each link of a paragraph; neighbouring runs with one goal are one link."""
    goal, words = "", ""
    for run in children(paragraph):
        link = child(run, "a:rPr", "a:hlinkClick")
        found = "" if link is None else f"{link.get(q('r:id'))} {link.get('action')}"
        if found != goal and goal:
            yield words
            words = ""
        goal = found
        if found:
            words += "".join(str(t.text or "") for t in run.iter(q("a:t")))
    if goal:
        yield words


_TYPED = re.compile(r"(?:[•·●▪◦‣–—*-]|\(?\d{1,2}[.)])[\s\u00a0]+\S")


def typed_lists(deck: Deck) -> Iterator[Fault]:
    """Lists must be lists, not lines that begin with a typed mark."""
    for slide in deck.slides:
        for shape in slide.all_shapes:
            for body, _ in bodies(shape):
                typed = [_TYPED.match(line) is not None for line in lines_of(body)]
                if any(one and other for one, other in pairwise(typed)):
                    message = "It is a list with typed marks: make it a real one, so that readers hear how long it is."
                    yield Fault(slide.place, named(shape), message, "warning")
