"""Typed, immutable tables: fields, rows, and what stories ask of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from data.effort import spend
from data.tables.aggregate import (
    every_value,
    extreme,
    median,
    middle_rows,
    total,
    total_of,
    weighted_mean,
    weighted_mean_of,
    whole_column,
)
from data.tables.ends import end, ends_in_time, tied
from data.tables.footnote import Footnote
from data.tables.lookup import ColumnIndex, column_index, equal_rows, key_places, no_key, picker, refuse_misspelt
from data.tables.margins import margin_of
from data.tables.order import order
from data.tables.provenance import Behind, Cell, WithAdded
from data.tables.rates import EVERY_ROW, is_rate, weights
from data.tables.row import Field as Field
from data.tables.row import Row as Row
from data.tables.row import Rows as Rows
from data.tables.value import (
    Content,
    Interval,
    LookUpError,
    Mark,
    Marked,
    Measure,
    MissingError,
    NoRatioError,
    UnitError,
    Value,
    one_spaced,
    raw,
)
from data.variables import Variables

_REMEMBERED = 1_000
"""Rows of a table whose values are kept once they are made: charts and stories ask for one again and again."""


class Table(Struct, frozen=True, dict=True):
    """A typed, immutable table with its source and date.

    `columns` maps each column to its raw contents, all of one length; `lines` gives the line of the source file
    of each row.
    """

    name: str
    fields: tuple[Field, ...]
    columns: dict[str, tuple[Content, ...]]
    lines: tuple[int, ...]
    file: str
    title: str
    source: str | None = None
    as_of: str | None = None
    dated_by: str | None = None
    """Name of the field whose years or dates `as_of` was taken from."""
    licence: str | None = None
    notes: tuple[str, ...] = ()
    """Known weaknesses, in the author's words; printed under "About these data"."""
    footnotes: tuple[Footnote, ...] = ()
    """The source's own notes, to be printed below the table."""
    whole: str | None = None
    """Name of the percent field whose values are parts of one whole; what is missing to 100 is not stated."""
    computed_from: str | None = None
    """Title of the table that this one was computed from."""
    minimum_n: int | None = None
    """Values that rest on fewer answers than this are hidden."""
    repeated: int = 0
    """Rows of the source that were left out because they repeated another one exactly."""
    checksum: str = ""
    """SHA-256 of what the table was read from, in hexadecimal digits."""
    query: str = ""
    """The query that gave the rows, where one did."""
    stale_after: str | None = None
    """How old the data may be: "18 months", counted from the end of as_of."""
    prices: str | None = None
    """The year in whose money its amounts are declared to be, or "nominal"."""
    language: str = "en-US"
    """BCP 47 tag of the language in whose order names are sorted."""
    ordered_by: str | None = None
    """Name of the field that a story sorted the rows by."""
    variables: Variables | None = None
    """What conditions and computed fields may ask for by `set.NAME`."""
    origins: tuple[Mapping[str, Behind], ...] = ()
    """The cells behind each of its values, row by row; () where each stands in the row's line of the file."""

    # -- structure -----------------------------------------------------------
    def __getstate__(self) -> dict[str, object]:
        """What another process needs of a table; what was worked out from it is soon worked out again."""
        return {name: getattr(self, name) for name in self.__struct_fields__}

    @cached_property
    def fields_by_name(self) -> dict[str, Field]:
        return {f.name: f for f in self.fields}

    def field(self, name: str) -> Field:
        found = self.fields_by_name.get(name)
        if found is None:
            options = [f.name for f in self.fields]
            raise LookUpError(f"table '{self.name}' has no field '{name}'.", name, options)
        return found

    @cached_property
    def key_field(self) -> Field | None:
        return next((f for f in self.fields if f.key), None)

    def __len__(self) -> int:
        return len(self.lines)

    def __iter__(self) -> Iterator[Row]:
        return (Row(self, i) for i in range(len(self.lines)))

    def __contains__(self, wanted: object) -> bool:
        """`'Nurse' in jobs`: whether a row is called so, by its key field."""
        if self.key_field is None:
            raise no_key(self.name)
        said = one_spaced(str(wanted.content if isinstance(wanted, Value) else wanted))
        return said in self._places

    @property
    def rows(self) -> Rows:
        return Rows(self)

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """The marks of its cells, each once, in the order of columns and rows."""
        marked = (column for column in self.columns.values() if Marked in map(type, column))
        return tuple(dict.fromkeys(one.mark for column in marked for one in column if isinstance(one, Marked)))

    @property
    def count(self) -> Value:
        """Number of rows, as a value that can stand in a sentence."""
        return Value(Decimal(len(self.lines)), Measure("integer"))

    def row_name(self, index: int) -> str:
        """What a row is called: the content of its key field, or of its first one."""
        named = self.key_field or self.fields[0]
        if named.measure.type == "range":
            return ""
        content = self.columns[named.name][index]
        return str(content.content if isinstance(content, Marked) else content)

    @cached_property
    def _indexes(self) -> dict[str, ColumnIndex]:
        return {}

    def index(self, name: str) -> ColumnIndex:
        """The rows of a column by what they hold; made when it is first asked for."""
        if name not in self._indexes:
            self._indexes[name] = column_index(self.columns[name])
        return self._indexes[name]

    @cached_property
    def _places(self) -> dict[object, int]:
        """The first row with each content of the key field."""
        return key_places(self.columns[self.key_field.name]) if self.key_field else {}

    # -- values --------------------------------------------------------------
    def value(self, index: int, name: str) -> Value | Interval:
        """The value of one cell, `index` counted from 0; an `Interval` for a range field."""
        if (made := self._made.get((index, name))) is not None:
            return made
        wanted = self.field(name)
        ends = [str(wanted.low), str(wanted.high)] if wanted.measure.type == "range" else [wanted.name]
        values = [self._value(index, wanted, column) for column in ends]
        made = Interval(*values) if len(values) > 1 else values[0]
        if len(self.lines) <= _REMEMBERED:
            self._made[index, name] = made
        return made

    @cached_property
    def _made(self) -> dict[tuple[int, str], Value | Interval]:
        return {}

    def _value(self, index: int, wanted: Field, column: str) -> Value:
        content = self.columns[column][index]
        measure, cells = self._measure(wanted, column, index), self.behind(index, column)
        margin = margin_of(self, wanted, index) if wanted.sampled else None
        if isinstance(content, Marked):
            return Value(content.content, measure, cells, content.mark, margin)
        return Value(content, measure, cells, None, margin)

    def _measure(self, wanted: Field, column: str, index: int) -> Measure:
        """What a value measures: in the unit of its row, where rows have units of their own."""
        measure = wanted.measure
        if measure.type == "range":
            end = self.field(column).measure
            measure = replace(end, unit=measure.unit or end.unit)
        if wanted.unit_field:
            unit = self.columns[wanted.unit_field][index]
            measure = replace(measure, unit=None if unit is None else str(unit))
        return measure

    def behind(self, index: int, column: str) -> Behind:
        """The cells behind one value."""
        if self.origins:
            return self.origins[index].get(column, ())
        return (Cell(self.name, column, self.file, self.lines[index]),)

    def values(self, name: str) -> tuple[Value | Interval, ...]:
        """A whole column, in row order."""
        return tuple(self.value(i, name) for i in range(len(self)))

    def _units(self, name: str) -> set[str | None]:
        """The units of a field's values, where rows have units of their own."""
        if self.field(name).unit_field is None:
            return set()
        return {value.measure.unit for value in self.values(name) if not value.missing}

    # -- what stories ask for ------------------------------------------------
    def __getitem__(self, key: object) -> Row:
        """The row whose key field says `key`."""
        named = self.key_field
        if named is None:
            raise no_key(self.name)
        wanted = key.content if isinstance(key, Value) else key
        wanted = one_spaced(wanted) if isinstance(wanted, str) else wanted
        places = self._places
        found = [
            places[said] for said in (wanted, str(wanted)) if isinstance(said, str | int | Decimal) and said in places
        ]
        if found:
            return Row(self, min(found))
        if isinstance(wanted, int):
            raise LookUpError(
                f"rows of '{self.name}' are asked for by name.", remedy=f"By place it is {self.name}.rows[{wanted}]."
            )
        names = [str(c) for c in self.columns[named.name] if c is not None]
        raise LookUpError(f"table '{self.name}' has no row '{wanted}'.", str(wanted), names)

    @property
    def first(self) -> Row:
        """The earliest row where the table has a time; else the first one in its order or file.

        Raises MissingError where two rows stand at that time. A tie in the order leaves open only what differs.
        """
        return self._end(last=False)

    @property
    def last(self) -> Row:
        """The latest row where the table has a time; else the last one, as `first`."""
        return self._end(last=True)

    def _end(self, last: bool) -> Row:
        if not self.lines:
            raise MissingError(f"no row of '{self.name}' is left")
        rows = end(self, last)
        return Row(self, rows[-1 if last else 0], rows if len(rows) > 1 else ())

    def at(self, index: int) -> Row:
        """The row at a place, counted from 0; in a sorted table a tie leaves open what differs in it."""
        rows = tied(self, index)
        return Row(self, index, rows if len(rows) > 1 else ())

    def top(self, name: str) -> Row:
        """The row with the highest value; a tie has no top (`MissingError`)."""
        return Row(self, extreme(self, name, 1))

    def bottom(self, name: str) -> Row:
        """The row with the lowest value; a tie has no bottom (`MissingError`)."""
        return Row(self, extreme(self, name, -1))

    def sum(self, name: str) -> Value:
        """The total of a field over all rows; refuses where a row has no value or the field does not add up."""
        if not self.field(name).additive:
            raise UnitError(f"'{name}' does not add up over rows; say additive = true if it does")
        column = whole_column(self, name)
        return total(every_value(self, name)) if column is None else total_of(column)

    def mean(self, name: str, by: str | None = None) -> Value:
        """The arithmetic mean of a field over all rows, each of which counts as often as its field `by` says.

        Refuses where a row has no value, and where rows are rates of groups whose sizes stand beside them, until `by`
        says which size counts: `by="rows"` counts each row once.
        """
        column = whole_column(self, name)
        values = every_value(self, name) if column is None else []
        if by is not None and by != EVERY_ROW:
            weight = whole_column(self, by)
            if column is None or weight is None or column.marks or weight.marks:
                return weighted_mean(values or every_value(self, name), every_value(self, by))
            return weighted_mean_of(column, weight)
        sizes = weights(self) if by is None and len(self) > 1 and is_rate(self.field(name)) else []
        if sizes:
            raise MissingError(
                f"the mean of '{name}' would count every row of '{self.name}' the same, and '{sizes[0]}' differs",
                remedy=f"Write mean('{name}', by='{sizes[0]}'), or, where rows count alike, mean('{name}', by='rows').",
            )
        return (total(values) if column is None else total_of(column)) / len(self)

    def median(self, name: str) -> Value:
        """The middle value of a field, half way between the middle two of an even number of rows.

        Refuses where a row has no value. Limits far from the middle do not touch it.
        """
        column = whole_column(self, name)
        if column is None or column.marks:
            return median(every_value(self, name))
        middle = (self._value(i, self.field(name), name) for i in middle_rows(column))
        return median(tuple(middle))

    def change(self, name: str) -> Value:
        """Latest value minus earliest where the table has a time, else last minus first."""
        first, last = self._ends(name)
        return last - first

    def ratio(self, name: str) -> Value:
        """Latest value divided by earliest where the table has a time, else last by first; nothing negative has one."""
        first, last = self._ends(name)
        if first.number < 0 or last.number < 0:
            raise NoRatioError(f"'{name}' is negative in one of the two rows, which leaves no ratio")
        return last / first

    def _ends(self, name: str) -> tuple[Value, Value]:
        in_time = ends_in_time(self) if self.lines else None
        rows = (self.first, self.last) if in_time is None else (Row(self, in_time[0]), Row(self, in_time[1]))
        first, last = rows[0][name], rows[1][name]
        if isinstance(first, Interval) or isinstance(last, Interval):
            raise UnitError(f"'{name}' is a range; use its low or its high field")
        return first, last

    def where(self, **equal: object) -> Table:
        """The rows whose fields equal what is given: `majors.where(category="Engineering")`.

        A word that no row has, and that is nearly one that some have, is a typing error: `LookUpError`.
        """
        for name, wanted in equal.items():
            if isinstance(wanted, str) and self.field(name).measure.type in ("text", "level"):
                refuse_misspelt(self, name, wanted)
        return self.take(equal_rows(self, equal))

    def sorted(self, name: str, descending: bool = False) -> Table:
        """The rows by a field, lowest first; rows without a value come last; equal rows keep their order.

        Raises UnitError where the rows have different currencies: none of them is the lowest.
        """
        units = self._units(name)
        if len(units) > 1:
            listed = " and ".join(sorted(map(str, units))[:2])
            raise UnitError(f"'{name}' is in {listed}, which have no common order; choose one by .where(...)")
        return replace(self.in_order(name, descending), ordered_by=name)

    def in_order(self, name: str, descending: bool = False) -> Table:
        """As `sorted`, numbers of different currencies by their size alone: for charts, which set them apart."""

        spend(10 * len(self))
        return self.take(order(self, name, descending))

    def head(self, count: int) -> Table:
        """The first `count` rows; `MissingError` where that parts rows which the order of the table does not."""
        if count < 0:
            raise ValueError(f"head takes a number of rows, and {count} is none")
        if self.ordered_by is not None and 0 < count < len(self) and count in tied(self, count - 1):
            raise MissingError(
                f"rows {count} and {count + 1} of '{self.name}' have the same '{self.ordered_by}', so which are the"
                f" first {count} is open",
                remedy="Take more rows or fewer, or say by .where(...) which ones are meant.",
            )
        return self.take(range(min(count, len(self))))

    def take(self, indexes: Sequence[int]) -> Table:
        """The rows at `indexes`, in that order, with their place in the source kept."""
        spend(1 + len(indexes) * (1 + len(self.columns)) // 4)
        taken = picker(indexes)
        return replace(
            self,
            columns={name: taken(column) for name, column in self.columns.items()},
            lines=taken(self.lines),
            origins=taken(self.origins) if self.origins else (),
        )

    def with_fields(self, added: Sequence[Field], contents: Sequence[Sequence[Value]]) -> Table:
        """This table with computed fields behind its own; `contents` holds one value for each row of each field."""
        columns = dict(self.columns)
        behind: list[dict[str, Behind]] = [{} for _ in range(len(self))]
        for new, values in zip(added, contents, strict=True):
            columns[new.name] = tuple(raw(v) for v in values)
            for row, value in zip(behind, values, strict=True):
                row[new.name] = value.cells
        origins = tuple(WithAdded(self, i, cells) for i, cells in enumerate(behind))
        return replace(self, fields=(*self.fields, *added), columns=columns, origins=origins)
