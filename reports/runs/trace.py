"""Where a shown value stands in the documents, and the cells it comes from."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from data.errors import Place, ProjectError
from data.language.show import show
from data.tables.value import Interval, Value
from reports.document.blocks import Document, Figure
from reports.document.inlines import Run, leaves, plain
from reports.document.tree import passages, walk
from reports.runs.read import Options, Planned, Reading, read

_FEW = 12
"""Cells that are listed of a sum."""


class Trace(Struct, frozen=True):
    """One place in one output where a text stands, and what is behind it."""

    output: str
    place: Place
    what: str
    """The sentence, row or chart that it stands in."""
    cells: tuple[str, ...]
    """`file:line field` of each cell."""

    def __str__(self) -> str:
        return f"{self.output}: {self.place} ({self.what})\n    from {', '.join(_few(self.cells)) or 'no cell'}"


def _few(cells: tuple[str, ...]) -> list[str]:
    """The first cells of many, and how many more there are."""
    more = len(cells) - _FEW
    return [*cells[:_FEW], f"and {more:,} more"] if more > 1 else list(cells)


def _cells(value: Value | Interval) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{c.file}:{c.cell or c.line} {c.field}" for c in value.cells))


class _Shown(Struct, frozen=True):
    """A value, the text it is shown as, and what it stands in."""

    value: Value | Interval
    text: str
    place: Place
    what: str


def _values(document: Document) -> Iterator[_Shown]:
    """Each value that a document shows or quotes: in its passages, and in its charts."""
    language = document.language
    for passage in passages(document):
        for leaf in leaves(passage.content):
            if isinstance(leaf, Run):
                shown = show(leaf.value, leaf.style, language)
                yield _Shown(leaf.value, shown, passage.place, plain(passage.content, language))
    for block in walk(document.blocks):
        if not isinstance(block, Figure):
            continue
        title = plain(block.title, language)
        for row in block.chart.table:
            for name in block.chart.measures:
                value = row[name]
                ends = (value.low, value.high) if isinstance(value, Interval) else (value,)
                for end in ends:
                    what = f"chart {block.chart.id}, {title}: {row.key}"
                    yield _Shown(end, show(end, "label", language), block.place, what)


def _typed(text: str) -> str:
    """Text as people can type it: no-break spaces and minus signs are not on a keyboard."""
    return text.replace("\u00a0", " ").replace("\u2212", "-")


def _of_output(planned: Planned, text: str) -> Iterator[Trace]:
    for shown in _values(planned.document):
        if _typed(shown.text) == text:
            short = shown.what if len(shown.what) <= 100 else f"{shown.what[:99]}…"
            yield Trace(planned.file, shown.place, short, _cells(shown.value))


def trace(root: Path, text: str, options: Options | None = None) -> list[Trace]:
    """Every place where `text`, such as "€39,901", is shown as a value of the data.

    Raises ProjectError when it stands nowhere, with the most similar values that do.
    """
    reading: Reading = read(root, options or Options())
    wanted = _typed(text.strip())
    found = [hit for planned in reading.outputs for hit in dict.fromkeys(_of_output(planned, wanted))]
    if not found:
        shown = {one.text.replace("\u00a0", " ") for planned in reading.outputs for one in _values(planned.document)}
        near = difflib.get_close_matches(wanted, sorted(shown), n=3, cutoff=0.5)
        remedy = f"Shown are: {', '.join(near)}." if near else "Give it as it is printed, with its unit: $120,000."
        raise ProjectError.at(Place("trace"), f"no document shows '{wanted}' as a value of the data.", remedy)
    return found
