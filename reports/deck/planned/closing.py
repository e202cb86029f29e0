"""The slide that a talk ends with: what to do, and where to go."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from reports.deck.planned.compose_text import DENSE, text_slides
from reports.deck.planned.plan import CodePart, Slide, SlideElement
from reports.deck.planned.scene import Deck, Scene, body_size, emphasised, fitted, joined, part, slide, steps
from reports.deck.words.frames import TEXT_MINIMUM, TextFrame
from reports.deck.words.text import Passage, TextRun, divide, largest
from reports.document.blocks import NextSteps
from reports.document.qr import encode
from reports.powerpoint.box import Box

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SIDE = 200.0
"""Most of a code's edge beside text, and least at which a telephone reads it from a seat, on a slide 540 pt high."""
_LEAST_SIDE = 120.0
_STEP, _BELOW, _CONTACT = 10.0, 6.0, 20.0
"""By how much a code's edge comes down until the contact has room, what lies between them, and the size of that at
most, likewise."""


def next_steps(
    deck: Deck, scene: Scene, steps_: NextSteps, opening: Sequence[Passage], text: Sequence[Passage]
) -> list[Slide]:
    """What to do, and beside it where to go."""
    title = Passage(deck.reader.spans(steps_.title, TextRun("", bold=True)), heading=True)
    passages = [*opening, *deck.reader.passages(steps_.content), *text]
    if title.text.strip() and title.text not in (joined(scene.title), deck.ours["next steps"]):
        passages = [title, *passages]
    return closing_slides(deck, scene, [*passages, *emphasised(deck.reader.passages(scene.callouts))])


def closing_slides(deck: Deck, scene: Scene, passages: Sequence[Passage]) -> list[Slide]:
    """Text, and on the last of its slides the website with a code for telephones, and the contact."""
    where = _where(deck)
    layout = deck.layouts.get("Closing")
    if not where:
        return text_slides(deck, scene, passages)
    if layout is None:
        return _in_columns(deck, scene, passages, where)
    frame = layout.slots["Body"]
    size = largest(passages, frame, steps(deck, frame, DENSE)) or DENSE * deck.scale
    *first, last = divide(passages, frame, size) if passages else [()]
    parts: list[SlideElement] = [part("Body", frame, last, size)]
    contact, code = layout.slots["Contact"], layout.slots["Web code"]
    if not deck.document.website:
        above = Box(contact.box.left, code.box.top, contact.box.width, contact.box.bottom - code.box.top)
        contact = replace(contact, box=above, moved=True)
    else:
        parts.append(CodePart("Web code", code.box, encode(deck.document.website), code))
    parts.append(fitted(deck, scene, "Contact", contact, where))
    text = deck.layouts["Text"].slots["Body"]
    before = [slide(deck, scene, "Text", [part("Body", text, piece, body_size(deck, text))]) for piece in first]
    return [*before, slide(deck, scene, "Closing", parts)]


def _in_columns(deck: Deck, scene: Scene, passages: Sequence[Passage], where: Sequence[Passage]) -> list[Slide]:
    """The same in a template of anyone's: text at the left, at the right the code with where it leads below; text alone
    where a column is too narrow."""
    layout = deck.layouts["Two columns"]
    left, right = layout.slots["Left"], layout.slots["Right"]
    size = largest(passages, left, [one for one in steps(deck, left, DENSE) if one <= body_size(deck, left)])
    beside = _code_above(deck, right, where) if deck.document.website else []
    if size is None or not beside:
        return text_slides(deck, scene, [*passages, *where])
    return [slide(deck, scene, "Two columns", [part("Left", left, passages, size), *beside])]


def _code_above(deck: Deck, column: TextFrame, where: Sequence[Passage]) -> list[SlideElement]:
    """The code at the top of a column, as large as leaves room for the contact below it; [] where it would be too
    small to be read from a seat."""
    box, scale, inset = column.box, deck.scale, column.insets[0]
    tried = [one for one in steps(deck, column) if one <= _CONTACT * scale] or [TEXT_MINIMUM * scale]
    side = min(box.width - inset, _SIDE * scale)
    while side >= _LEAST_SIDE * scale:
        top = box.top + side + _BELOW * scale
        place = replace(column, box=Box(box.left, top, box.width, max(0.0, box.bottom - top)), moved=True, anchored="t")
        size = largest(where, place, tried)
        if size is not None:
            code = CodePart("Web code", Box(box.left + inset, box.top, side, side), encode(deck.document.website))
            return [code, part("Right", place, where, size)]
        side -= _STEP * scale
    return []


def _where(deck: Deck) -> list[Passage]:
    """The website and the contact, as links."""
    address = deck.document.website
    found = [Passage((TextRun(bare(address), bold=True, link=address),))] if address else []
    if deck.brand.contact:
        found += [Passage(linked(line)) for line in deck.brand.contact.split(" · ")]
    return found


def linked(text: str) -> tuple[TextRun, ...]:
    """A text in which addresses for mail are links."""
    found: list[TextRun] = []
    done = 0
    for mail in _MAIL.finditer(text):
        found += [TextRun(text[done : mail.start()]), TextRun(mail.group(), link=f"mailto:{mail.group()}")]
        done = mail.end()
    return tuple(run for run in (*found, TextRun(text[done:])) if run.text)


def bare(address: str) -> str:
    """An address as people read it."""
    return address.split("://", 1)[-1].rstrip("/")
