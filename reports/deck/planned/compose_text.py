"""Text on slides: as many as it needs, each about equally full."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec.structs import replace

from reports.deck.planned.plan import Slide, SlideElement
from reports.deck.planned.scene import (
    Deck,
    Scene,
    body_size,
    emphasised,
    fitted,
    on_panel,
    panel_below,
    part,
    slide,
    steps,
)
from reports.deck.words.frames import Role, TextFrame
from reports.deck.words.text import Passage, TextRun, divide, fits, largest, lines_of, style_of, text_height, too_wide
from reports.document.blocks import Myth, PullQuote, Quote
from reports.document.inlines import quoted

DENSE = 18.0
"""Least size of text in columns before it goes on to a next slide."""

_LARGE = 22.0
"""Least size of text that is said to be large."""

_STATED, _ALONE = 28.0, 0.7
"""Size of a few words that have a slide to themselves, and how much of the height they may fill."""

_FACTS_INSET, _LABEL_INSET = 26.0, 17.0
"""Of the panel that facts stand on in Fairsheet's own template: beside and below its text, and above its label."""

_LOOSE = 1.02
"""Programs differ in how wide they set a line."""


def text_slides(deck: Deck, scene: Scene, passages: Sequence[Passage]) -> list[Slide]:
    """Paragraphs and lists on as many slides as they need; callouts stand below on a panel, where there is one."""
    callouts: Sequence[Passage] = deck.reader.passages(scene.callouts)
    panel = deck.layouts.get("Text and callout")
    if callouts and not panel:
        passages, callouts = [*passages, *callouts], ()
    if callouts and not passages:
        return answer_slides(deck, scene, callouts)
    if callouts and panel:
        frame = panel.slots["Body"]
        *first, last = divide(passages, frame, body_size(deck, frame))
        below = fitted(deck, scene, "Callout", panel.slots["Callout"], callouts)
        end = slide(deck, scene, "Text and callout", [part("Body", frame, last, body_size(deck, frame)), below])
        return [*(_text_slide(deck, scene, piece) for piece in first), end]
    large = deck.layouts.get("Text large")
    if large:
        frame = large.slots["Body"]
        size = largest(passages, frame, steps(deck, frame, _LARGE))
        if size is not None:
            return [slide(deck, scene, "Text large", [part("Body", frame, passages, size)])]
    frame = deck.layouts["Text"].slots["Body"]
    return [_text_slide(deck, scene, piece) for piece in divide(passages, frame, body_size(deck, frame))]


def _text_slide(deck: Deck, scene: Scene, passages: Sequence[Passage]) -> Slide:
    frame = deck.layouts["Text"].slots["Body"]
    return slide(deck, scene, "Text", [part("Body", frame, passages, body_size(deck, frame))])


def rest_slides(deck: Deck, scene: Scene, passages: Sequence[Passage]) -> list[Slide]:
    """What is said beside a block that fills its slide: on a slide after it."""
    return text_slides(deck, scene, passages) if passages or scene.callouts else []


def answer_slides(deck: Deck, scene: Scene, passages: Sequence[Passage]) -> list[Slide]:
    """Text on a panel: an answer, or a remark that stands alone."""
    layout = deck.layouts.get("Question and answer")
    if layout is None:
        return short_slides(deck, replace(scene, callouts=()), passages)
    frame = layout.slots["Answer"]
    size = largest(passages, frame, steps(deck, frame, 22)) or 22 * deck.scale
    return [
        slide(deck, scene, "Question and answer", [part("Answer", _balanced(deck, frame, piece, size), piece, size)])
        for piece in divide(passages, frame, size)
    ]


def short_slides(deck: Deck, scene: Scene, passages: Sequence[Passage]) -> list[Slide]:
    """A few words that have a slide to themselves, larger than other text in a template that has no slide for them;
    more of them as text."""
    frame = deck.layouts["Text"].slots["Body"]
    style = frame.style(0)
    size = style.size if style.exactly is not None else max(style.size, _STATED * deck.scale)
    little = text_height(passages, frame, size) <= _ALONE * frame.height and not too_wide(passages, frame, size)
    if any(one.bullet or one.number is not None for one in passages):  # of which each point keeps its lines
        little = little and line_count(passages, frame, size) <= line_count(passages, frame, body_size(deck, frame))
    if deck.layouts.own or not little:
        return text_slides(deck, scene, passages)
    return [slide(deck, scene, "Text", [part("Body", frame, passages, size)])]


def _balanced(deck: Deck, frame: TextFrame, passages: Sequence[Passage], size: float) -> TextFrame:
    """A place for one statement, as narrow as takes no line more: so none ends with a single word.

    Only in Fairsheet's own template, where nothing stands beside it that its right edge would have to meet.
    """
    if not deck.layouts.own or any(one.bullet or one.number is not None for one in passages):
        return frame
    count = line_count(passages, frame, size)
    if count == len(passages):
        return frame
    low, high = 0.5 * frame.width, frame.width
    for _ in range(10):
        middle = (low + high) / 2
        low, high = (low, middle) if line_count(passages, _narrower(frame, middle), size) <= count else (middle, high)
    return _narrower(frame, min(frame.width, _LOOSE * high))


def _narrower(frame: TextFrame, width: float) -> TextFrame:
    return replace(frame, box=replace(frame.box, width=width + frame.insets[0] + frame.insets[2]), moved=True)


def line_count(passages: Sequence[Passage], frame: TextFrame, size: float) -> int:
    """Into how many lines paragraphs break in a frame, at a size in points."""
    return sum(len(lines_of(one, style_of(one, frame, size), frame.width)) for one in passages)


def quote_slides(deck: Deck, scene: Scene, block: Quote) -> list[Slide]:
    """A quotation, and who said it."""
    said = Passage(deck.reader.spans(quoted(block.content, deck.reader.language)))
    source = Passage(deck.reader.spans(block.attribution), level=1)
    if deck.layouts.get("Quote") is None:
        return short_slides(deck, replace(scene, callouts=()), [said, replace(source, level=0)])
    return _large_slides(deck, scene, "Quote", [replace(said, heading=True), source])


def pull_quote_slides(deck: Deck, scene: Scene, block: PullQuote) -> list[Slide]:
    """A sentence of the author's own."""
    said = Passage(deck.reader.spans(block.content))
    if deck.layouts.get("Statement") is None:
        return short_slides(deck, replace(scene, callouts=()), emphasised([said]))
    return _large_slides(deck, scene, "Statement", [said])


def _large_slides(deck: Deck, scene: Scene, role: Literal["Quote", "Statement"], said: list[Passage]) -> list[Slide]:
    """A sentence or two, as large as fits."""
    frame = deck.layouts[role].slots[role]
    size = largest(said, frame, steps(deck, frame, 24)) or 24 * deck.scale
    return [
        slide(deck, scene, role, [part(role, _balanced(deck, frame, piece, size), piece, size)])
        for piece in divide(said, frame, size)
    ]


def myth_slides(deck: Deck, scene: Scene, block: Myth) -> list[Slide]:
    """What people believe on the left, what is so on the right; long facts go on beside the same myth."""
    myth = Passage(deck.reader.spans(block.myth))
    facts = deck.reader.passages(block.facts)
    labels = deck.ours["myth"], deck.ours["fact" if len(facts) == 1 else "facts"]
    layout = deck.layouts.get("Myth and fact")
    if layout is None:
        role: Role = "Two columns"
        left, right = (deck.layouts[role].slots[name] for name in ("Left", "Right"))
        heads = [Passage((TextRun(label, bold=True),), heading=True) for label in labels]
        columns = [
            [heads[0], replace(myth, spans=deck.reader.spans(block.myth, TextRun("", italic=True)))],
            [heads[1], *facts],
        ]
        size = shared_size(deck, [left, right], columns)
        pieces = divide(columns[1], right, size)
        return [
            slide(deck, scene, role, [part("Left", left, columns[0], size), part("Right", right, piece, size)])
            for piece in pieces
        ]
    slots = layout.slots
    size = largest(facts, slots["Facts"], steps(deck, slots["Facts"], DENSE)) or DENSE * deck.scale
    size = min(size, body_size(deck, slots["Facts"]))
    said = fitted(deck, scene, "Myth", slots["Myth"], [myth], DENSE)
    heads = [
        fitted(deck, scene, f"{kind} label", slots[f"{kind} label"], [Passage((TextRun(label),))])
        for kind, label in zip(("Myth", "Fact"), labels)
    ]
    found: list[Slide] = []
    for piece in divide(facts, slots["Facts"], size):
        told = part("Facts", slots["Facts"], piece, size)
        parts: list[SlideElement] = [heads[0], said, heads[1], told]
        if deck.layouts.own:
            top = slots["Fact label"].box.top - _LABEL_INSET
            panel = panel_below([told], "Facts panel", _FACTS_INSET, top)
            parts = [heads[0], said, panel, heads[1], on_panel(told, panel.box)]
        found.append(slide(deck, scene, "Myth and fact", parts))
    return found


def shared_size(deck: Deck, frames: Sequence[TextFrame], columns: Sequence[Sequence[Passage]]) -> float:
    """One size for text in several columns: the largest at which all fit, else the least before text goes on, or
    a smaller one where a word would be cut at that."""
    for size in steps(deck, frames[0], DENSE):
        inside = all(fits(column, frame, size) for frame, column in zip(frames, columns))
        if size <= body_size(deck, frames[0]) and inside:
            return size
    dense = min(DENSE * deck.scale, body_size(deck, frames[0]))
    smaller = (size for size in steps(deck, frames[0]) if size < dense)
    for size in (dense, *smaller):
        if not any(too_wide(column, frame, size) for frame, column in zip(frames, columns)):
            return size
    return dense
