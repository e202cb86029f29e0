"""What an edition keeps of what a chart says beside its marks, and how two of them differ in that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from charts.beside import Note, Reference
from charts.chart import Chart
from data.tables.table import Table
from data.tables.value import Measure, Value


class KeptReference(Struct, frozen=True):
    """A line at a value."""

    value: str
    measure: Measure
    text: str

    def reference(self) -> Reference:
        """The line again, to be drawn."""
        return Reference(Value(Decimal(self.value), self.measure), (self.text,), told=True)


class KeptNote(Struct, frozen=True):
    """Words about one point."""

    at: str
    """What the point's row is called in the data."""
    series: str
    text: str

    def note(self, table: Table, category: str) -> Note | None:
        """The words again, to be drawn; None where their row is not kept."""
        rows = (row for row, content in zip(table, table.columns[category]) if str(content) == self.at)
        row = next(rows, None)
        return None if row is None else Note(row[category], (self.text,), self.series)


def kept_beside(chart: Chart, language: str) -> tuple[tuple[KeptReference, ...], tuple[KeptNote, ...]]:
    """The lines and the notes of a chart, in the words of its readers."""
    references = tuple(KeptReference(str(r.value.number), r.value.measure, r.said(language)) for r in chart.references)
    notes = [(note.at, note.series, note.said(language)) for note in chart.notes]
    return references, tuple(KeptNote(str(at.content), *said) for at, *said in notes if isinstance(at, Value))


def beside_told(old: Sequence[KeptReference | KeptNote], new: Sequence[KeptReference | KeptNote]) -> Iterator[str]:
    """How the lines, or the notes, of two drawings of one chart differ, each as a half sentence."""
    before, now = _by_place(old), _by_place(new)
    for called in dict.fromkeys((*now, *before)):
        was, is_ = before.get(called), now.get(called)
        if was is not None and is_ is not None and was != is_:
            yield f"{called} said “{was}” and says “{is_}”"
        elif was is None or is_ is None:
            yield f"{called} “{is_ or was}” {'is new' if is_ else 'is gone'}"


def _by_place(beside: Sequence[KeptReference | KeptNote]) -> dict[str, str]:
    """What each line and note is called → what it says."""
    found: dict[str, str] = {}
    for number, one in enumerate(beside, 1):
        match one:
            case KeptNote(at=at, series=series):
                found[f"the note at {', '.join(filter(None, (series, at)))}"] = one.text
            case KeptReference():
                found["the line" if len(beside) == 1 else f"line {number}"] = one.text
    return found
