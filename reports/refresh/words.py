"""Three-way merging of text: by words and numbers, and into runs that keep their looks."""

from __future__ import annotations

import copy
import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from reports.powerpoint.opened import Element, q
from reports.powerpoint.record.canonical import letters, normal, paragraph_text, pieces
from reports.powerpoint.xml import add

_TOKEN = re.compile(r"[+\-−£$€¥]?\d(?:[\d.,\u00a0\u202f’']*\d)?(?:\s?%)?|\w+|\n|\s|[^\w\s]")
"""A number with its sign, currency and per cent, a word, a line end, a space, or a mark."""
_WORD = re.compile(r"\w+")


def tokens(text: str) -> list[str]:
    """A text in the pieces that are merged."""
    return _TOKEN.findall(text)


class _Change(NamedTuple):
    start: int
    end: int
    """Of the tokens that go."""
    new: tuple[str, ...]
    side: int


def merged(base: str, theirs: str, ours: str) -> str | None:
    """A text with the changes of both sides; None where they are at the same place."""
    old = tokens(base)
    changes: list[_Change] = []
    for side, text in enumerate((theirs, ours)):
        new = tokens(text)
        matching = difflib.SequenceMatcher(None, old, new, autojunk=False)
        for how, i1, i2, j1, j2 in matching.get_opcodes():
            if how != "equal":
                changes.append(_Change(i1, i2, tuple(new[j1:j2]), side))
    found: list[str] = []
    at = 0
    last: _Change | None = None
    for change in sorted(changes, key=lambda one: one[:2]):
        if last and last.side != change.side and (change.start < last.end or change.start == last.start):
            if change[:3] == last[:3]:
                continue
            return None
        found += [*old[at : change.start], *change.new]
        at, last = change.end, change
    return "".join(found + old[at:])


def alike(one: Iterable[str], other: Iterable[str]) -> float:
    """How much two collections of words have in common, 0 to 1 (Sørensen–Dice)."""
    left, right = Counter(one), Counter(other)
    both = sum((left & right).values())
    return 2 * both / max(1, left.total() + right.total())


def words_of(text: str) -> list[str]:
    """The words and numbers of a text."""
    return _WORD.findall(text.casefold())


# -- into the file -------------------------------------------------------------------


def set_paragraphs(body: Element, lines: Sequence[str]) -> None:
    """Write paragraphs into a text body: only what differs, in the runs that are there; a new paragraph looks like the
    one before it."""
    paragraphs = body.findall(q("a:p"))
    old = [paragraph_text(one) for one in paragraphs]
    wanted = list(lines) or [""]
    matching = difflib.SequenceMatcher(None, old, wanted, autojunk=False)
    for how, i1, i2, j1, j2 in reversed(matching.get_opcodes()):
        if how == "equal":
            continue
        both = min(i2 - i1, j2 - j1)
        for step in range(both):
            _set_line(paragraphs[i1 + step], wanted[j1 + step])
        for one in paragraphs[i1 + both : i2]:
            if len(body.findall(q("a:p"))) > 1:
                body.remove(one)
            else:
                _set_line(one, "")
        _add_lines(paragraphs, i1 + both, wanted[j1 + both : j2])


def _add_lines(paragraphs: list[Element], at: int, lines: Sequence[str]) -> None:
    before = paragraphs[at - 1] if at else None
    model = before if before is not None else paragraphs[0]
    for line in reversed(lines):
        new = copy.deepcopy(model)
        for one in pieces(new):
            if one.tag != q("a:r"):
                new.remove(one)
        _set_line(new, line)
        if before is None:
            paragraphs[0].addprevious(new)
        else:
            before.addnext(new)


def _set_line(paragraph: Element, line: str) -> None:
    """Change the letters of a paragraph where they differ, each in the run of what it replaces."""
    runs = pieces(paragraph)
    said = [normal(letters(one)) for one in runs]
    owners = [place for place, text in enumerate(said) for _ in text]
    old, new = tokens("".join(said)), tokens(line)
    starts = [0]
    for token in old:
        starts.append(starts[-1] + len(token))
    text: defaultdict[int, str] = defaultdict(str)
    for how, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            for at in range(starts[i1], starts[i2]):
                text[owners[at]] += "".join(said)[at]
        else:
            at = starts[i1] if how == "replace" else max(starts[i1] - 1, 0)
            text[_run_at(runs, owners, at)] += "".join(new[j1:j2])
    if not runs:
        _first_run(paragraph, line)
        return
    for place, one in enumerate(runs):
        if said[place] and not text[place]:
            paragraph.remove(one)
        elif one.tag == q("a:r") and text[place] != said[place]:
            _say(one, text[place])
    if line and not pieces(paragraph):
        _first_run(paragraph, line)


def _run_at(runs: Sequence[Element], owners: Sequence[int], at: int) -> int:
    """The run that a place belongs to; not a line break, which cannot hold letters."""
    own = owners[min(at, len(owners) - 1)] if owners else 0
    order = sorted(range(len(runs)), key=lambda place: (abs(place - own), place > own))
    return next((place for place in order if runs[place].tag == q("a:r")), own)


def _say(run: Element, text: str) -> None:
    """Letters into a run; where they hold line breaks, runs of the same looks follow, divided by breaks."""
    first, *rest = text.split("\v")
    said = run.find(q("a:t"))
    said = add(run, "a:t") if said is None else said
    said.text = first
    for line in reversed(rest):
        following = copy.deepcopy(run)
        following.find(q("a:t")).text = line
        run.addnext(following)
        run.addnext(run.makeelement(q("a:br"), {}))


def _first_run(paragraph: Element, line: str) -> None:
    """Letters into a paragraph that has none, before the mark of its end."""
    if not line:
        return
    end = paragraph.find(q("a:endParaRPr"))
    run = paragraph.makeelement(q("a:r"), {})
    if end is not None:
        look = copy.deepcopy(end)
        look.tag = q("a:rPr")
        run.append(look)
        end.addprevious(run)
    else:
        paragraph.append(run)
    add(run, "a:t")
    _say(run, line)


def set_size(element: Element, earlier: int, size: int) -> None:
    """Set words that have the size that was generated, said or inherited, in the one that is generated now."""
    for run in element.iter(q("a:r")):
        look = run.find(q("a:rPr"))
        if look is None:
            look = run.makeelement(q("a:rPr"), {})
            run.insert(0, look)
        if str(look.get("sz") or earlier) == str(earlier):
            look.set("sz", str(size))
