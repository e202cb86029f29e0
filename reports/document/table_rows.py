"""The rows of a table as cells of a document, each made when it is asked for and kept by nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from data.tables.table import Table
from reports.document.inlines import Inlines, Run


@dataclass(frozen=True, slots=True)
class TableRows(Sequence[tuple[Inlines, ...]]):
    """Some fields of a table's rows: 50,000 rows take no more memory than the table does.

    Raises LookUpError for a field that the table has not, when a row is asked for.
    """

    table: Table
    names: tuple[str, ...]
    """Of the fields, in the order of the columns."""

    def __len__(self) -> int:
        return len(self.table)

    @overload
    def __getitem__(self, index: int) -> tuple[Inlines, ...]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[tuple[Inlines, ...]]: ...
    def __getitem__(self, index: int | slice) -> tuple[Inlines, ...] | Sequence[tuple[Inlines, ...]]:
        chosen = range(len(self))[index]
        return self._row(chosen) if isinstance(chosen, int) else tuple(map(self._row, chosen))

    def __iter__(self) -> Iterator[tuple[Inlines, ...]]:
        return map(self._row, range(len(self)))

    def _row(self, index: int) -> tuple[Inlines, ...]:
        return tuple((Run(self.table.value(index, name)),) for name in self.names)
