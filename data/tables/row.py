"""What a table is made of: fields, which say what a column holds, and rows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, overload

from msgspec import Struct

from data.tables.refusals import MissingError, UnitError
from data.tables.value import NUMERIC, Interval, Measure, Value, alike

if TYPE_CHECKING:
    from data.tables.table import Table


class Field(Struct, frozen=True):
    """A column: its name in placeholders, its title in print, and what its values measure."""

    name: str
    title: str
    measure: Measure
    key: bool = False
    unit_field: str | None = None
    """Name of the field that holds the unit of each row (currencies that change from row to row)."""
    low: str | None = None
    high: str | None = None
    """For a range: names of the columns that hold its ends."""
    additive: bool = True
    """Whether a sum over rows means something: shares of different wholes have none."""
    sample: str | None = None
    """For a percentage: name of the field that counts who was asked."""
    margin_field: str | None = None
    """Name of the field that holds the margin of each value."""
    margin: Decimal | None = None
    """The margin of every value."""

    @property
    def numeric(self) -> bool:
        return self.measure.type in NUMERIC

    @property
    def sampled(self) -> bool:
        """Whether its values have margins, because not everybody was asked."""
        return not (self.sample is None and self.margin_field is None and self.margin is None)


class Row(Struct, frozen=True):
    """One row of a table; `row.salary` and `row["salary"]` give a `Value`, or an `Interval` for a range."""

    table: Table
    index: int
    tied: tuple[int, ...] = ()
    """Rows that could as well be meant, because they share the value by which the row was chosen."""

    def __getitem__(self, name: str) -> Value | Interval:
        """The row's value; `MissingError` where a tie leaves open which of several values it is."""
        value = self.table.value(self.index, name)
        if any(not alike(value, self.table.value(other, name)) for other in self.tied):
            raise MissingError(
                f"{len(self.tied)} rows of '{self.table.name}' share this place by '{self.table.ordered_by}', and have"
                f" different '{name}'",
                remedy="Say by .where(...) which one is meant, or sort by what tells them apart.",
            )
        return value

    def __getattr__(self, name: str) -> Value | Interval:
        if name.startswith("_"):
            raise AttributeError(name)
        return self[name]

    def __contains__(self, wanted: object) -> bool:
        raise UnitError(
            "a row is not looked through as a whole", f"Name a field of it: row.{self.table.fields[0].name}."
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Row):
            raise UnitError(
                "a row is compared with something that is none", f"Name a field: row.{self.table.fields[0].name}."
            )
        return self.index == other.index and self.table == other.table

    def __ne__(self, other: object) -> bool:
        return not self == other

    @property
    def key(self) -> str:
        """What the row is called: its key field's content, shown."""
        _ = self[(self.table.key_field or self.table.fields[0]).name]
        return self.table.row_name(self.index)


class Rows(Sequence[Row]):
    """All rows of a table, each made when somebody asks for it: of thousands, a story often wants the first."""

    __slots__ = ("_table",)

    def __init__(self, table: Table) -> None:
        self._table = table

    def __len__(self) -> int:
        return len(self._table)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, index: int | slice) -> Row | tuple[Row, ...]:
        place = range(len(self._table))[index]
        return Row(self._table, place) if isinstance(place, int) else tuple(Row(self._table, i) for i in place)

    def __add__(self, others: Sequence[Row]) -> tuple[Row, ...]:
        return (*self, *others)

    def __radd__(self, others: Sequence[Row]) -> tuple[Row, ...]:
        return (*others, *self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rows | tuple) and tuple(self) == tuple(other)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]  # rows or not, a tuple can be compared

    def __hash__(self) -> int:
        return hash(self._table.name)
