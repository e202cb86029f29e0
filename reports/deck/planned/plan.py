"""What a deck will show, decided before a slide is drawn: slides as values, and as plain text for review."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, field

from charts.chart import Chart
from charts.drawn.drawing import Drawing
from data.errors import Place
from reports.deck.words.frames import Layout, Role, TextFrame
from reports.deck.words.text import Passage, TextRun
from reports.document.qr import QRCode
from reports.powerpoint.box import Box


class TextPart(Struct, frozen=True):
    """Paragraphs in a place of the layout."""

    slot: str
    frame: TextFrame
    passages: tuple[Passage, ...]
    size: float | None = None
    """Of the first level, in points; None inherits."""
    ground: Box | None = None
    """Where paper is laid below it, over what the layout has there."""

    @property
    def first_point(self) -> int | None:
        """The place of the first item of a list among its paragraphs; None without any."""
        return next((at for at, one in enumerate(self.passages) if one.bullet or one.number is not None), None)


class ChartPart(Struct, frozen=True):
    """A chart, drawn to fill its box."""

    slot: str
    box: Box
    chart: Chart
    frame: TextFrame | None = None
    """The picture's placeholder on the layout, where it has one."""
    panel: bool = False
    """Whether paper is laid below it, because what it stands on is not."""
    caption: str = ""
    """What it shows, in the author's words: over its numbers in the notes."""
    drawing: Drawing | None = None
    """Already laid out, where it is one part of a chart that goes on over slides."""


class TablePart(Struct, frozen=True):
    """A table with a header row, its text already measured. Lengths in points."""

    slot: str
    box: Box
    rows: tuple[tuple[tuple[TextRun, ...], ...], ...]
    """Header first."""
    aligns: tuple[str, ...]
    """"l" or "r" for each column."""
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    size: float
    name: str
    """What the table is called by those who do not see it."""
    frame: TextFrame | None = None


class LogoPart(Struct, frozen=True):
    """The university's logo, as large as its box allows: at its upper left, or small at the foot's right."""

    slot: str
    box: Box
    file: Path
    small: bool = False


class PanelPart(Struct, frozen=True):
    """A tint behind text, as high as that is; for the eye alone."""

    slot: str
    box: Box


class CodePart(Struct, frozen=True):
    """A QR code that leads to an address."""

    slot: str
    box: Box
    code: QRCode
    frame: TextFrame | None = None


class PicturePart(Struct, frozen=True):
    """A picture from a file, in its own proportions."""

    slot: str
    box: Box
    file: Path | QRCode
    alt: str
    frame: TextFrame | None = None


SlideElement = TextPart | ChartPart | TablePart | LogoPart | PanelPart | CodePart | PicturePart


class Source(NamedTuple):
    """Where a table comes from, in words."""

    origin: str
    """Its source and date."""
    line: str
    """The same, with the notes that belong to what is shown."""


class Slide(Struct, frozen=True):
    id: str
    """From the block that it shows, so that it stays when the deck is made again."""
    role: Role
    layout: Layout
    title: tuple[TextRun, ...]
    parts: tuple[SlideElement, ...]
    place: Place
    title_size: float | None = None
    notes: tuple[tuple[TextRun, ...], ...] = ()
    """What the speaker says, a line a paragraph; an empty line divides."""
    sources: tuple[Source, ...] = ()
    """Where the tables come from that it shows or quotes."""
    foot: TextPart | None = None
    edition: str = ""
    """For the place that some layouts have for it; elsewhere the foot says it."""
    group: str = ""
    """Slides that continue one another share it."""
    blocks: tuple[str, ...] = ()
    """Ids of the blocks that references may lead to."""
    incremental: bool = False
    """Whether the points of its lists appear one by one."""

    @property
    def title_text(self) -> str:
        return "".join(span.text for span in self.title if not span.note)

    @property
    def spoken(self) -> tuple[str, ...]:
        """The notes as plain text."""
        return tuple("".join(span.text for span in line) for line in self.notes)


class Section(Struct, frozen=True):
    """A named run of slides, as PowerPoint lists them."""

    id: str
    name: str
    slides: tuple[str, ...]
    backup: bool = False
    """Kept for questions."""


class Plan(Struct, frozen=True):
    slides: tuple[Slide, ...]
    sections: tuple[Section, ...]
    targets: Mapping[str, str] = field(default_factory=dict[str, str])
    """Block id → id of the slide that shows it."""


def outline(plan: Plan) -> str:
    """The plan as text: one line a slide, what stands on it below."""
    starts = {section.slides[0]: section for section in plan.sections if section.slides}
    lines: list[str] = []
    for number, slide in enumerate(plan.slides, 1):
        if section := starts.get(slide.id):
            lines.append(f"== {section.name}{' (backup)' if section.backup else ''}")
        lines.append(f"{number} [{slide.role}] {slide.title_text}{' (one by one)' if slide.incremental else ''}")
        for part in slide.parts:
            lines.extend(f"    {line}" for line in _part_lines(part))
        if slide.foot and slide.foot.passages:
            lines.append(f"    foot: {slide.foot.passages[0].text}")
        if slide.notes:
            lines.append(f"    notes: {' | '.join(slide.spoken)}")
    return "\n".join(lines) + "\n"


def _part_lines(part: SlideElement) -> list[str]:
    match part:
        case TextPart():
            return [f"{part.slot}: {_marked(passage)}" for passage in part.passages]
        case ChartPart():
            return [f"{part.slot}: chart {part.chart.id} ({part.chart.kind})"]
        case TablePart():
            return [f"{part.slot}: " + " | ".join("".join(s.text for s in cell) for cell in row) for row in part.rows]
        case LogoPart():
            return [f"{part.slot}: {part.file.name}"]
        case PicturePart():
            named = part.file.address if isinstance(part.file, QRCode) else part.file.name
            return [f"{part.slot}: {named} ({part.alt})"]
        case PanelPart():
            return []
        case CodePart():
            return [f"{part.slot}: {part.code.address}"]


def _marked(passage: Passage) -> str:
    """A paragraph with its list mark and its bold words in sight."""
    mark = "" if passage.number is None else f"{passage.number}. "
    mark = "- " if passage.bullet else mark
    text = "".join(f"**{span.text}**" if span.bold else span.text for span in passage.spans)
    return "  " * passage.level + mark + text
