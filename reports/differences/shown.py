"""What a file shows, as far as two files are compared by it: slides with their pieces, or pages with their passages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from msgspec import Struct

from reports.differences.charts import ChartValues
from reports.powerpoint.box import Box

PieceKind = Literal["title", "text", "foot", "table", "chart", "picture", "object", "drawing", "notes"]
"""A drawing is a shape or line without words; an object is a video, a formula or what another program draws."""


class Piece(Struct, frozen=True, eq=False, dict=True):
    """One thing on a slide."""

    kind: PieceKind
    name: str = ""
    """As the selection pane lists it."""
    box: Box | None = None
    lines: tuple[str, ...] = ()
    """Its paragraphs; of a picture and a chart its alternative text."""
    grid: tuple[tuple[str, ...], ...] = ()
    """Of a table: its rows of cells."""
    chart: ChartValues | None = None
    digests: frozenset[str] = frozenset()
    """Of a picture: its files, and its pixels."""
    form: str = ""
    """Of a drawing: which shape it is; of an object: what it is."""

    @cached_property
    def words(self) -> str:
        return " ".join(self.lines)

    @cached_property
    def content(self) -> object:
        """What two pieces that show the same share; of pictures it is enough that they share a digest."""
        return (self.kind, self.lines, self.grid, self.chart, self.form)


class Sheet(Struct, frozen=True, eq=False, dict=True):
    """A slide."""

    number: int
    """From 1."""
    title: str
    pieces: tuple[Piece, ...]
    hidden: bool = False
    """Whether a talk leaves it out."""
    identity: str = ""
    """By which programs know it again; "" where nothing tells."""

    @cached_property
    def content(self) -> tuple[object, ...]:
        return tuple(piece.content for piece in self.pieces if piece.kind != "drawing")

    @cached_property
    def words(self) -> list[str]:
        """All words on it, in order, and those of cells, charts and notes."""
        found: list[str] = []
        for piece in self.pieces:
            if piece.kind == "foot":
                continue
            found += piece.words.split()
            found += [word for row in piece.grid for cell in row for word in cell.split()]
            if piece.chart is not None:
                found += [*piece.chart.categories, *(v for series in piece.chart.series for v in series.values)]
        return found


class Passage(Struct, frozen=True):
    """A paragraph, heading, list item, row of a table or figure of a PDF."""

    kind: Literal["heading", "text", "figure", "row", "edge"]
    """An edge is what stands over or under the text of several pages."""
    page: int
    """That it begins on, from 1."""
    words: str
    table: int = -1
    """Of a row: which table of the file it belongs to, from 0."""
    cells: tuple[str, ...] = ()
    """Of a row."""
    digest: str = ""
    """Of a figure: what it draws."""


class ShownDeck(Struct, frozen=True):
    file: str
    sheets: tuple[Sheet, ...]
    all_sheets: int
    """Slides that the file has."""
    height: float
    """Of a slide, in points."""


class ShownPdf(Struct, frozen=True):
    file: str
    passages: tuple[Passage, ...]
    pages: int
    pictures: Mapping[str, int]
    """Digest of each picture → the page, from 1, that it stands on first."""
    tagged: bool
