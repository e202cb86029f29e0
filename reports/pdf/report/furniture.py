"""Sheets of paper with what stands on each of them: its ground, running heads, edition and page number, "Draft"."""

from __future__ import annotations

import math

from msgspec import Struct
from msgspec.structs import replace

from charts.lettering import register_font
from data.language.words import words
from data.look.brand import Brand
from reports.document.blocks import Document
from reports.document.imprint import edition_line
from reports.document.numbering import labels
from reports.pdf.styles import GRID, PAPERS, WIDTH, ParagraphStyle, Styles, styles
from reports.pdf.tagged.tagging import TaggedCanvas
from reports.pdf.text.passage import Lines, words_in
from reports.pdf.text.spans import Typesetting, setting_of


class Sheet(Struct, frozen=True):
    """Where things stand on a paper, in points from its lower left corner."""

    paper: tuple[float, float]
    left: float
    top: float
    """Upper edge of the text."""
    height: float
    """Of the text: whole lines of the grid."""
    head: float
    """Baseline of the running head."""
    foot: float
    width: float = WIDTH
    """Of the text."""

    @property
    def right(self) -> float:
        return self.left + self.width


SHEETS = {
    "letter": Sheet(PAPERS["letter"], 95.0, 792 - 78, 42 * 2 * GRID, 792 - 46, 44.0),
    "a4": Sheet(PAPERS["a4"], 86.0, 841.89 - 82, 45 * 2 * GRID, 841.89 - 48, 46.0),
}

TURNED = {
    "letter": Sheet((792.0, 612.0), 81.0, 612 - 70, 30 * 2 * GRID, 612 - 44, 44.0, 630.0),
    "a4": Sheet((841.89, 595.276), 86.0, 595 - 70, 29 * 2 * GRID, 595 - 44, 44.0, 670.0),
}
"""For tables that are too wide for an upright page."""


class Sheets:
    """The pages of one document, drawn one after the other."""

    def __init__(self, document: Document, brand: Brand) -> None:
        self.document, self.brand = document, brand
        self.sheet, self.turned = SHEETS[brand.paper], TURNED[brand.paper]
        self.styles: Styles = styles(brand)
        self.setting: Typesetting = setting_of(brand, document.language, labels(document))
        self.words = words(document.language)
        self.canvas = TaggedCanvas(self.sheet.paper, register_font(brand.fonts.text.regular))
        self.pages = 0

    def _furniture(self, number: int, section: str) -> None:
        canvas, sheet, style = self.canvas, self.sheet, self.styles.furniture
        self._ground()
        with canvas.artifact("Header"):
            room = (sheet.width - (90 if self.document.draft else 24)) / 2
            self._head_or_foot(self.document.title, style, sheet.left, sheet.head, room)
            self._head_or_foot(section, replace(style, align="right"), sheet.right - room, sheet.head, room)
        with canvas.artifact("Footer"):
            of = self._page_of(number)
            self._foot()
            self._head_or_foot(of, replace(style, align="right"), sheet.right - 150, sheet.foot, 150)

    def _page_of(self, number: int) -> str:
        return self.words["page x of y"].format(page=number, pages=self.pages)

    def _foot(self) -> None:
        sheet, style = self.sheet, self.styles.furniture
        self._head_or_foot(edition_line(self.document), style, sheet.left, sheet.foot, 150)

    def _head_or_foot(self, text: str, style: ParagraphStyle, x: float, baseline: float, room: float) -> None:
        """A short text of at most two lines, the last one on `baseline`; longer ones end in an ellipsis."""
        lines = words_in(text, style, self.setting).fit(room)
        while lines.count > 2:
            text = text.removesuffix("…")[:-1].rstrip(" ,.;:") + "…"
            lines = words_in(text, style, self.setting).fit(room)
        lines.draw_text(self.canvas, x, baseline + style.baseline + (lines.count - 1) * style.leading)

    def _ground(self) -> None:
        """What lies below a page's content."""
        self.canvas.ground(self.brand.colours.paper, *self.sheet.paper)
        self._watermark()

    def _watermark(self) -> None:
        """DRAFT over the page, light, and in the middle of head and foot, dark."""
        if not self.document.draft:
            return
        canvas, sheet, colours = self.canvas, self.sheet, self.brand.colours
        width, height = sheet.paper
        with canvas.artifact("Watermark"):
            large = ParagraphStyle(
                self.brand.fonts.heading, 150, 150, colours.tint, "bold", "center", 12, capitals=True
            )
            natural = words_in(self.words["draft"], large, self.setting).natural_width
            large = replace(large, size=min(150.0, 150.0 * 0.75 * math.hypot(width, height) / natural))
            lines = words_in(self.words["draft"], large, self.setting).fit(2000)
            canvas.saveState()
            canvas.translate(width / 2, height / 2)
            canvas.rotate(math.degrees(math.atan2(height, width)))
            lines.draw_text(canvas, -1000, large.leading / 2)
            canvas.restoreState()
            small = replace(self.styles.kicker, align="center")
            for baseline in (sheet.head, sheet.foot):
                self._head_or_foot(self.words["draft"], small, sheet.left, baseline, sheet.width)

    def _say(self, text: str, style: ParagraphStyle, width: float = WIDTH, tag: str = "P") -> Lines:
        return words_in(text, style, self.setting, tag).fit(width)
