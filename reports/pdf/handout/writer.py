"""The handout: one sheet of one or two sides, set in the largest text with which everything fits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from charts.drawn.drawing import Drawing
from charts.lettering import register_font
from data.errors import Place, Problem, ProjectError
from data.look.brand import Brand
from data.look.readable import readable
from reports.document.blocks import Block, Document, NextSteps, Notes
from reports.document.inlines import plain
from reports.document.numbering import labels
from reports.document.page_references import page_called, settled
from reports.document.qr import QRCode, encode
from reports.document.tree import walk
from reports.pdf.handout.blocks import flow
from reports.pdf.handout.fit import Side, best_break, describe, overflow
from reports.pdf.handout.frame import draft_mark, foot, opening_of, running_foot, running_head, title_band
from reports.pdf.handout.kit import Kit, heading_levels
from reports.pdf.handout.look import MARGIN, STEPS, Step, look_at
from reports.pdf.styles import PAPERS
from reports.pdf.tagged.metadata import Metadata
from reports.pdf.tagged.tagging import TaggedCanvas
from reports.pdf.text.spans import setting_of

_LEAST_FILL = 1 / 3
"""Of a second side: with less on it the sheet looks like a mistake of the printer."""


class _Sheet(Struct, frozen=True):
    """Everything set at one step; sizes in points."""

    step: Step
    sides: tuple[Side, ...]

    @property
    def fits(self) -> bool:
        return all(side.fits for side in self.sides)


class _Setter:
    """Sets one document's sheet at any step of the scale."""

    def __init__(self, document: Document, brand: Brand, pages: int) -> None:
        self.document, self.brand, self.pages = document, brand, pages
        self.paper = PAPERS[brand.paper]
        self.width = self.paper[0] - 2 * MARGIN
        self.opening = opening_of(document)
        self.blocks = document.blocks[self.opening.used :]
        self.levels = heading_levels(self.blocks)
        self.setting = replace(setting_of(brand, document.language, labels(document)), set_before={})
        self.code: QRCode | None = encode(document.website) if document.website else None
        printed = walk(block for block in self.blocks if not isinstance(block, Notes))
        steps = [block.id for block in printed if isinstance(block, NextSteps)]
        self.scan = steps[-1] if steps else ""
        self.drawings: dict[tuple[str, float, float, float | None], Drawing] = {}

    def at(self, step: Step, torn: bool = False, divided: bool = False) -> _Sheet:
        """The sheet at a step; only when `torn` the first side may end in the middle of a topic, and only when
        `divided` in the middle of a table."""
        look = look_at(step, self.brand)
        kit = Kit(
            self.brand,
            self.document.language,
            self.setting,
            look,
            self.levels,
            self.code,
            self.scan if self.code else "",
            self.drawings,
        )
        parts = tuple(flow(self.blocks, self.width, kit))
        band, last = title_band(self.opening, self.width, kit), foot(self.document, self.pages, self.width, kit)
        height = self.paper[1] - 2 * MARGIN
        if self.pages == 1:
            return _Sheet(step, (Side(parts, band, last, height, look.open_gap),))
        first = Side(parts, band, running_foot(self.document, self.pages, self.width, kit), height, look.open_gap)
        second = Side((), running_head(self.opening, self.width, kit), last, height, look.open_gap)
        return _Sheet(step, best_break(first, second, torn, divided))


def write_handout(document: Document, brand: Brand, pages: int = 1) -> bytes:
    """The document as a PDF/UA-1 file of exactly `pages` pages (1 or 2) on the brand's paper.

    Text is set at the largest step of the scale at which all of it fits; rows and drawings take what is to spare.
    Raises ProjectError when the content does not fit at the least size, naming each block that is over and by how
    much, or when a second side would be nearly empty.
    """
    brand = readable(brand)
    return settled(document, lambda one: _made(one, brand, pages), page_called(document.language))


def _made(document: Document, brand: Brand, pages: int) -> tuple[bytes, Mapping[str, int]]:
    """The file, and the page of each block that has a place of its own."""
    setter = _Setter(document, brand, pages)
    sheet = _largest(setter)
    if pages == 2:
        _check_second_side(sheet.sides[1], document, setter.blocks)
    canvas = TaggedCanvas(setter.paper, register_font(brand.fonts.heading.regular))
    for number, side in enumerate(sheet.sides):
        if number:
            canvas.showPage()
        else:
            _anchor(canvas, setter.paper, document.blocks[: setter.opening.used])
        canvas.ground(brand.colours.paper, *setter.paper)
        if document.draft:
            draft_mark(canvas, setter.paper, brand, setter.setting)
        _draw(canvas, setter.paper, side)
    placed = canvas.pages_of_anchors()
    _anchor(canvas, setter.paper, document.blocks)
    opening = setter.opening
    title = plain(opening.title, document.language)
    said = plain(opening.standfirst, document.language)
    return canvas.finish(Metadata(title, document.language, document.publisher, said, document.created)), placed


def _largest(setter: _Setter) -> _Sheet:
    """The sheet at the largest step at which it fits; a table goes on over its two sides only where nothing else does.

    Raises ProjectError when it does not even fit at the least.
    """
    fitting = _largest_fitting(setter, divided=False)
    if fitting is None and setter.pages > 1:
        fitting = _largest_fitting(setter, divided=True)
    fitting = fitting or setter.at(STEPS[0], torn=True, divided=True)
    if not fitting.fits:
        raise ProjectError(list(_too_much(setter, fitting)))
    return fitting


def _largest_fitting(setter: _Setter, divided: bool) -> _Sheet | None:
    fitting, low, high = None, -1, len(STEPS)
    while high - low > 1:
        middle = (low + high) // 2
        sheet = setter.at(STEPS[middle], divided=divided)
        if sheet.fits:
            low, fitting = middle, sheet
        else:
            high = middle
    return fitting


def _too_much(setter: _Setter, sheet: _Sheet) -> Iterator[Problem]:
    leading = look_at(sheet.step, setter.brand).body.leading
    remedy = ", take a block out, or set pages = 2 for this output" if _fits_two(setter) else ", or take a block out"
    for side in sheet.sides:
        if not side.fits:
            yield from overflow(side, setter.document.language, leading, remedy)


def _fits_two(setter: _Setter) -> bool:
    """Whether a sheet that is too full for one side would be right with a second one."""
    if setter.pages == 2:
        return False
    sheet = _Setter(setter.document, setter.brand, 2).at(STEPS[0], torn=True)
    return sheet.fits and sheet.sides[1].fill >= _LEAST_FILL


def _check_second_side(side: Side, document: Document, blocks: Sequence[Block]) -> None:
    if side.fill >= _LEAST_FILL:
        return
    first = next((spot.block for part in side.parts for spot in part.spots), None)
    place = first.place if first else blocks[-1].place if blocks else Place("project.toml")
    begins = f" It would begin with {describe(first, document.language)}." if first else ""
    raise ProjectError.at(
        place,
        f"the handout's second side would be only {side.fill if side.parts else 0:.0%} full.{begins}",
        "Set pages = 1 for this output, or add what is worth a second side.",
    )


def _anchor(canvas: TaggedCanvas, paper: tuple[float, float], blocks: Sequence[Block]) -> None:
    """Let references to blocks that have no place of their own lead to the top of this side."""
    for block in walk(blocks):
        canvas.anchor(block.id, MARGIN, paper[1] - MARGIN)


def _draw(canvas: TaggedCanvas, paper: tuple[float, float], side: Side) -> None:
    top = paper[1] - MARGIN
    side.head.draw(canvas, MARGIN, top, side.head.height)
    for part, down, height in side.spread():
        part.draw(canvas, MARGIN, top - down, height)
    side.foot.draw(canvas, MARGIN, MARGIN + side.foot.height, side.foot.height)
