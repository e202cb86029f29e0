"""Footnotes at the foot of the slide that calls them: content makes room for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from data.errors import Problem
from reports.deck.planned.plan import ChartPart, Slide, SlideElement, TablePart, TextPart
from reports.deck.planned.scene import Deck, part
from reports.deck.words.frames import PANEL_INSET, Layout, Layouts, Role, TextFrame
from reports.deck.words.text import Passage, TextRun, leading, text_height
from reports.document.blocks import Block
from reports.document.inlines import Footnote
from reports.document.tree import footnotes_of
from reports.powerpoint.box import Box

_SIZE, _GAP = 12.0, 4.0
"""Of a footnote, and between it and what stands above it and below. Lengths: on a slide 540 pt high."""
_SLOT = "Footnotes"
_PAINTED: tuple[Role, ...] = ("Closing",)
"""Layouts of Fairsheet's own template with panels down to the foot: paper is laid over their lower ends."""
_PANELLED: tuple[Role, ...] = ("Myth and fact", "Two columns", "Three columns")
"""Those whose slides have panels that reach below their texts."""
_LEAST = 60.0
"""Height of what text can still be set in."""


def with_footnotes(deck: Deck, blocks: Sequence[Block], make: Callable[[Deck], list[Slide]]) -> list[Slide]:
    """The slides that `make` makes of blocks, with the footnotes that each calls at its foot.

    Where they have no room below what the slides show, the slides are made again with less room for that. Adds a
    problem where that is not enough.
    """
    notes = {note.number: _passage(deck, note) for note in footnotes_of(blocks)}
    if not notes:
        return make(deck)
    told = len(deck.problems)
    first = [_noted(deck, one, called) for one, called in _called(make(deck), notes)]
    if all(_clear(one) for one in first):
        return first
    del deck.problems[told:]
    lower = replace(deck, layouts=_shorter(deck, list(notes.values())))
    found = [_noted(deck, one, called) for one, called in _called(make(lower), notes)]
    for one in found:
        if not _clear(one):
            deck.problems.append(
                Problem(one.place, "its footnotes have no room on the slide.", "Shorten them, or divide the slide.")
            )
    return found


def _passage(deck: Deck, note: Footnote) -> Passage:
    return Passage(
        (TextRun(str(note.number), note=note.number), TextRun(" "), *deck.reader.spans(note.content)), muted=True
    )


def _called(slides: list[Slide], notes: dict[int, Passage]) -> Iterator[tuple[Slide, list[Passage]]]:
    """Each slide with its footnotes; those that only what is not on a slide calls, a chart's caption, go to the first
    slide with a chart."""
    by_slide = [{span.note for span in _spans(one)} & notes.keys() for one in slides]
    rest = notes.keys() - set[int]().union(*by_slide)
    if rest and slides:
        at = next((i for i, one in enumerate(slides) if any(isinstance(p, ChartPart) for p in one.parts)), 0)
        by_slide[at] |= rest
    for one, numbers in zip(slides, by_slide, strict=True):
        yield one, [notes[number] for number in sorted(numbers)]


def _spans(one: Slide) -> Iterator[TextRun]:
    yield from one.title
    for shown in one.parts:
        if isinstance(shown, TextPart):
            yield from (span for passage in shown.passages for span in passage.spans)
        elif isinstance(shown, TablePart):
            yield from (span for row in shown.rows for cell in row for span in cell)


def _noted(deck: Deck, one: Slide, passages: Sequence[Passage]) -> Slide:
    """A slide with footnotes right above its foot."""
    if not passages:
        return one
    frame, size = _frame(deck, one.layout, passages)
    shown = part(_SLOT, frame, passages, size)
    if deck.layouts.own and one.role in _PAINTED:
        box, area = frame.box, one.layout.area
        top = box.top - _GAP * deck.scale
        shown = replace(shown, ground=Box(area.left, top, area.width, box.bottom - top))
    return replace(one, parts=(*one.parts, shown))


def _frame(deck: Deck, layout: Layout, passages: Sequence[Passage]) -> tuple[TextFrame, float]:
    """The place of footnotes on a layout, and the size of their text."""
    foot, size = layout.foot, _SIZE * deck.scale
    look = layout.text or foot
    style = replace(foot.style(0), size=size, before=0.15, after=0.0, bulleted=False, indent=0.0, exactly=None)
    left, _, right, _ = foot.insets
    wide = max(foot.box.width, layout.area.right - foot.box.left) if deck.layouts.own else foot.box.width
    box = replace(foot.box, width=wide)
    frame = replace(look, box=box, styles=(style,), insets=(left, 0.0, right, 0.0), placeholder=None, moved=True)
    height = text_height(passages, frame, size)
    # in our own template the foot is one line in the middle of its place
    foot_top = foot.box.top + ((foot.box.height - leading(foot.style(0))) / 2 if deck.layouts.own else 0.0)
    start = foot_top - height - _GAP * deck.scale / 2
    return replace(frame, box=Box(foot.box.left, start, wide, height)), size


def _clear(one: Slide) -> bool:
    """Whether nothing of a slide reaches down to its footnotes."""
    notes = next((p for p in one.parts if isinstance(p, TextPart) and p.slot == _SLOT), None)
    if notes is None:
        return True
    return all(_bottom(p) <= notes.frame.box.top + 0.01 for p in one.parts if p is not notes)


def _bottom(shown: SlideElement) -> float:
    match shown:
        case TextPart():
            return shown.frame.box.bottom
        case TablePart():
            return shown.box.top + sum(shown.heights)
        case _:
            return shown.box.bottom


def _shorter(deck: Deck, passages: Sequence[Passage]) -> Layouts:
    """Layouts whose content ends above footnotes; those that cannot end there are none of them."""
    found: dict[Role, Layout] = {}
    for role, layout in deck.layouts.by_role.items():
        floor = _frame(deck, layout, passages)[0].box.top - _GAP * deck.scale
        if deck.layouts.own and role in _PANELLED:
            floor -= PANEL_INSET + _GAP
        slots = {name: _above(frame, floor) for name, frame in layout.slots.items()}
        cut = [name for name, frame in slots.items() if frame is not layout.slots[name]]
        low = any(frame.box.height < _LEAST * deck.scale for name, frame in slots.items() if name in cut)
        if not low and not (cut and role.startswith("Key figures")):
            found[role] = replace(layout, slots=slots, area=layout.area.above(floor))
        elif role in ("Title", "Section", "Text", "Chart", "Table", "Two columns"):
            found[role] = layout
    return replace(deck.layouts, by_role=found)


def _above(frame: TextFrame, floor: float) -> TextFrame:
    if frame.box.bottom <= floor:
        return frame
    return replace(frame, box=frame.box.above(floor), moved=True)
