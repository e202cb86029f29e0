"""What every block of a handout is set with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from charts.drawn.drawing import Drawing, draw
from data.look.brand import Brand
from reports.document.blocks import Block, Columns, Figure, Heading, NextSteps, Question, TableBlock
from reports.document.inlines import Inlines
from reports.document.qr import QRCode
from reports.document.tree import inside
from reports.pdf.handout.look import GUTTER, Look
from reports.pdf.handout.parts import Draw, Part, text
from reports.pdf.styles import ParagraphStyle
from reports.pdf.tagged.tagging import TaggedCanvas
from reports.pdf.text.passage import passage, words_in
from reports.pdf.text.spans import Typesetting

RULE = 0.6


class Kit(Struct, frozen=True):
    """What every block is made with."""

    brand: Brand
    language: str
    setting: Typesetting
    look: Look
    levels: Mapping[str, str]
    """Tag of each heading and claim: "H2", by the block's id."""
    code: QRCode | None = None
    scan: str = ""
    """Id of the block that the QR code stands in."""
    drawings: dict[tuple[str, float, float, float | None], Drawing] = field(
        default_factory=dict[tuple[str, float, float, float | None], Drawing]
    )
    """What was drawn already: the same chart is asked for at several steps."""

    def drawing(self, figure: Figure, width: float, height: float | None = None) -> Drawing:
        """The figure's chart `width` points wide."""
        key = (figure.id, width, self.look.chart_text, height)
        if key not in self.drawings:
            self.drawings[key] = draw(
                figure.chart,
                self.brand,
                language=self.language,
                width=width,
                text_size=self.look.chart_text,
                height=height,
            )
        return self.drawings[key]

    def text(self, content: Inlines | str, style: ParagraphStyle, width: float, tag: str = "P") -> Part:
        """Inlines, or words of our own, as a part."""
        setting = self.setting
        made = (
            words_in(content, style, setting, tag)
            if isinstance(content, str)
            else passage(content, style, setting, tag)
        )
        return text(made, width)


def heading_levels(blocks: Iterable[Block]) -> dict[str, str]:
    """Tags of headings, and of claims, which are headings too: from H2 down, no level left out."""
    found: dict[str, str] = {}

    def visit(blocks: Iterable[Block], above: int) -> None:
        current, previous = above, None
        for block in blocks:
            match block:
                case Heading():
                    current = 2 if block.level <= 2 else min(block.level, current + 1)
                    found[block.id] = f"H{current}"
                case Figure() | TableBlock():
                    found[block.id] = f"H{min(current + 1, 6)}"
                case Question():
                    found[block.id] = f"H{min(current + 1, 6)}"
                    visit(block.answer, current + 1)
                case Columns():
                    for column in block.columns:
                        visit(column, current if isinstance(previous, Heading) else above)
                case NextSteps():
                    found[block.id] = "H2"
                    visit(block.content, 2)
                case _:
                    visit(inside(block), current)
            previous = block

    visit(blocks, 1)
    return found


def column_lefts(count: int, width: float, gutter: float = GUTTER) -> tuple[list[float], float]:
    """Left edges of `count` equal columns, from 0, and the width of each."""
    each = (width - (count - 1) * gutter) / count
    return [index * (each + gutter) for index in range(count)], each


def closer(parts: Sequence[Part], gap: float) -> list[Part]:
    """Parts of which the first stands close to what is above it."""
    return [replace(parts[0], gap=gap, open=False), *parts[1:]] if parts else []


def tint(width: float, kit: Kit) -> Draw:
    """A tint to lie below a part."""
    colour = kit.brand.colours.tint

    def draw(canvas: TaggedCanvas, x: float, top: float, height: float) -> None:
        canvas.setFillColor(colour)
        canvas.rect(x, top - height, width, height, stroke=0, fill=1)

    return draw
