"""Which edition of an output a document is: a digest of all that it is made from, and of nothing else."""

from __future__ import annotations

import importlib.metadata
import platform
import re
from collections.abc import Iterable, Mapping
from functools import cache

from msgspec.structs import replace

from charts.chart import Chart
from data.digest import Digest
from data.look.brand import Brand
from data.look.fonts import FontFile
from data.program import HOME
from data.settings.kinds import Settings
from data.tables.provenance import Cells
from data.tables.table import Table
from reports.document.blocks import AboutData, Document
from reports.document.table_rows import TableRows
from reports.version import VERSION
from reports.writers import WRITERS

_DIGITS = 7
"""Hexadecimal digits that a reader sees."""
_LIBRARIES = (
    "Babel",
    "Jinja2",
    "XlsxWriter",
    "fonttools",
    "lxml",
    "markdown-it-py",
    "pikepdf",
    "pillow",
    "pyphen",
    "python-pptx",
    "reportlab",
    "resvg-py",
    "segno",
    "uharfbuzz",
)
_VERSION = re.compile(r"^Version: *(\S+)", re.MULTILINE)
_ROWS = frozenset(("columns", "lines", "origins", "checksum", "variables"))
"""Of a table, what is not said of it as a whole."""


@cache
def versions() -> Mapping[str, str]:
    """What documents are made with: Python's version, and those of the libraries."""
    return {"python": platform.python_version(), **{name: _version(name) for name in _LIBRARIES}}


def _version(library: str) -> str:
    """`importlib.metadata.version` without the parsing of all that a library says of itself."""
    said = importlib.metadata.distribution(library).read_text("METADATA") or ""
    found = _VERSION.search(said)
    return found[1] if found else importlib.metadata.version(library)


@cache
def code() -> str:
    """A digest of Fairsheet itself: whoever changes it gets other documents under one version."""
    files = (path for room in ("charts", "data", "reports") for path in (HOME / room).rglob("*.py"))
    return Digest({path.relative_to(HOME).as_posix(): path for path in files}).hexadecimal


def digest_of(document: Document, writer: str, options: Settings, brand: Brand) -> str:
    """64 hexadecimal digits that change when anything does that this output is made from.

    That are the values which the prepared `document` shows, with their cells, its words and charts, what is said of
    its tables, the brand with its fonts, logo and template, the writer and its options, Fairsheet itself, and the
    versions of its libraries: a cell that is not shown is none of it.
    """
    look = brand if WRITERS[writer].takes_template else replace(brand, template=None, layouts=())
    said: Mapping[str, str] = (
        document.variables if WRITERS[writer].takes_template else {}
    )  # a deck alone keeps what was set
    given = writer, options.model_dump(), look, replace(document, edition="", variables=said)
    return Digest(VERSION, code(), versions(), *given, stand_ins=_SHOWN).hexadecimal


def brand_digest(brand: Brand) -> str:
    """A digest of a brand with its fonts, logo and template."""
    return Digest(brand, stand_ins=_SHOWN).hexadecimal


def edition_of(digest: str) -> str:
    """What readers see of a digest."""
    return digest[:_DIGITS]


def edition_of_all(editions: Iterable[tuple[str, str]]) -> str:
    """The edition of a project: of its outputs, each a name and its edition."""
    return edition_of(Digest(sorted(editions)).hexadecimal)


def _said_of(table: Table) -> object:
    """What documents may say of a table besides the values in it."""
    said = [getattr(table, name) for name in table.__struct_fields__ if name not in _ROWS]
    return said, len(table), [mark for mark in table.marks if mark.note]


def _of_chart(chart: Chart) -> object:
    own = [getattr(chart, name) for name in chart.__struct_fields__]  # the table among them, as `_said_of` has it
    return own, list(chart.values())


def _of_sources(block: AboutData) -> object:
    checksums = ["" if table.minimum_n else table.checksum for table in block.tables]
    return block.id, block.tables, block.contradictions, checksums


def _of_cells(cells: Cells) -> object:
    return cells.spans


def _of_font(file: FontFile) -> object:
    return file.sha256


_SHOWN = {
    Table: _said_of,
    Chart: _of_chart,
    TableRows: list,
    AboutData: _of_sources,
    FontFile: _of_font,
    Cells: _of_cells,
}
