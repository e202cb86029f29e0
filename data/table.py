"""Typed, immutable tables: fields, rows, and what stories ask of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from difflib import get_close_matches

from data.effort import spend
from data.ends import end, ends_in_time, tied
from data.footnote import Footnote
from data.order import order
from data.rates import EVERY_ROW, is_rate, weighted_mean, weights
from data.value import (
    NUMERIC,
    Cell,
    Content,
    Interval,
    LookUpError,
    Marked,
    Measure,
    MissingError,
    NoRatioError,
    UnitError,
    Value,
    alike,
    median,
    one_spaced,
    raw,
    total,
)

_MISSPELT = 0.8
"""Likeness (Ratcliff/Obershelp, 0 to 1) from which a word is taken for a misspelt other one."""


@dataclass(frozen=True, slots=True)
class Field:
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

    @property
    def numeric(self) -> bool:
        return self.measure.type in NUMERIC


@dataclass(frozen=True)
class Row:
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

    @property
    def key(self) -> str:
        """What the row is called: its key field's content, shown."""
        _ = self[(self.table.key_field or self.table.fields[0]).name]
        return self.table.row_name(self.index)


@dataclass(frozen=True)
class Table:
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
    language: str = "en-US"
    """BCP 47 tag of the language in whose order names are sorted."""
    ordered_by: str | None = None
    """Name of the field that a story sorted the rows by."""
    origins: tuple[Mapping[str, tuple[Cell, ...]], ...] = field(default=(), repr=False)
    """The cells behind each of its values, row by row; () where each stands in the row's line of the file."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {f.name: f for f in self.fields})

    # -- structure -----------------------------------------------------------
    def field(self, name: str) -> Field:
        found: Field | None = self.__dict__["_by_name"].get(name)
        if found is None:
            options = [f.name for f in self.fields]
            raise LookUpError(f"table '{self.name}' has no field '{name}'.", name, options)
        return found

    @property
    def key_field(self) -> Field | None:
        return next((f for f in self.fields if f.key), None)

    def __len__(self) -> int:
        return len(self.lines)

    def __iter__(self) -> Iterator[Row]:
        return (Row(self, i) for i in range(len(self.lines)))

    def __contains__(self, wanted: object) -> bool:
        """`'Nurse' in jobs`: whether a row is called so, by its key field."""
        if self.key_field is None:
            raise _no_key(self.name)
        said = one_spaced(str(wanted.content if isinstance(wanted, Value) else wanted))
        return any(content is not None and str(content) == said for content in self.columns[self.key_field.name])

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(self)

    @property
    def count(self) -> Value:
        """Number of rows, as a value that can stand in a sentence."""
        return Value(Decimal(len(self.lines)), Measure("integer"))

    def row_name(self, index: int) -> str:
        named = self.key_field or self.fields[0]
        value = self.value(index, named.name)
        return str(value.content) if isinstance(value, Value) else ""

    # -- values --------------------------------------------------------------
    def value(self, index: int, name: str) -> Value | Interval:
        """The value of one cell, `index` counted from 0; an `Interval` for a range field."""
        wanted = self.field(name)
        if wanted.measure.type == "range":
            return Interval(self._value(index, wanted, str(wanted.low)), self._value(index, wanted, str(wanted.high)))
        return self._value(index, wanted, wanted.name)

    def _value(self, index: int, wanted: Field, column: str) -> Value:
        measure = wanted.measure
        if measure.type == "range":
            end = self.field(column).measure
            measure = replace(end, unit=measure.unit or end.unit)
        if wanted.unit_field:
            unit = self.columns[wanted.unit_field][index]
            measure = replace(measure, unit=None if unit is None else str(unit))
        if self.origins:
            cells = self.origins[index].get(column, ())
        else:
            cells = (Cell(self.name, column, self.file, self.lines[index]),)
        content = self.columns[column][index]
        if isinstance(content, Marked):
            return Value(content.content, measure, cells, content.mark)
        return Value(content, measure, cells)

    def values(self, name: str) -> tuple[Value | Interval, ...]:
        """A whole column, in row order."""
        return tuple(self.value(i, name) for i in range(len(self)))

    def _all(self, name: str) -> list[Value]:
        """The field's value in every row, for a summary of them; `MissingError` where a row has none.

        A summary of fewer rows than it speaks of would be wrong without a word, so a story says which rows it means.
        """
        found: list[Value] = []
        for value in self.values(name):
            if isinstance(value, Interval):
                raise UnitError(
                    f"'{name}' is a range; use its ends: '{self.field(name).low}' or '{self.field(name).high}'"
                )
            found.append(value)
        if not found:
            raise MissingError(f"no row of '{self.name}' is left")
        lacking = [value for value in found if value.missing]
        if lacking:
            raise MissingError(
                f"'{name}' has no value in {len(lacking)} of {len(found)} rows, {lacking[0].gap}",
                next((value.mark for value in lacking if value.mark), None),
                f"Leave them out: .where('{name} != None').",
            )
        return found

    # -- what stories ask for ------------------------------------------------
    def __getitem__(self, key: object) -> Row:
        """The row whose key field says `key`."""
        named = self.key_field
        if named is None:
            raise _no_key(self.name)
        wanted = key.content if isinstance(key, Value) else key
        wanted = one_spaced(wanted) if isinstance(wanted, str) else wanted
        places = self._places(named.name)
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

    def _places(self, name: str) -> dict[object, int]:
        """The first row with each content of the key field, by the content and by its text."""
        places: dict[object, int] | None = self.__dict__.get("_keys")
        if places is None:
            places = {}
            for index, content in enumerate(self.columns[name]):
                if content is not None and not isinstance(content, Marked):
                    places.setdefault(content, index)
                    places.setdefault(str(content), index)
            object.__setattr__(self, "_keys", places)
        return places

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

    def _extreme(self, name: str, sign: int) -> Row:
        values = self._all(name)
        best, tied = 0, False
        for index, value in enumerate(values[1:], 1):
            if value == values[best]:
                tied = True
            elif (value > values[best]) == (sign > 0):
                best, tied = index, False
        if tied:
            raise MissingError(f"two rows of '{self.name}' share the {'highest' if sign > 0 else 'lowest'} '{name}'")
        return Row(self, best)

    def top(self, name: str) -> Row:
        """The row with the highest value; a tie has no top (`MissingError`)."""
        return self._extreme(name, 1)

    def bottom(self, name: str) -> Row:
        """The row with the lowest value; a tie has no bottom (`MissingError`)."""
        return self._extreme(name, -1)

    def sum(self, name: str) -> Value:
        """The total of a field over all rows; refuses where a row has no value or the field does not add up."""
        if not self.field(name).additive:
            raise UnitError(f"'{name}' does not add up over rows; say additive = true if it does")
        return total(self._all(name))

    def mean(self, name: str, by: str | None = None) -> Value:
        """The arithmetic mean of a field over all rows, each of which counts as often as its field `by` says.

        Refuses where a row has no value, and where rows are rates of groups whose sizes stand beside them, until `by`
        says which size counts: `by="rows"` counts each row once.
        """
        values = self._all(name)
        if by is not None and by != EVERY_ROW:
            return weighted_mean(values, self._all(by))
        sizes = weights(self) if by is None and len(values) > 1 and is_rate(self.field(name)) else []
        if sizes:
            raise MissingError(
                f"the mean of '{name}' would count every row of '{self.name}' the same, and '{sizes[0]}' differs",
                remedy=f"Write mean('{name}', by='{sizes[0]}'), or, where rows count alike, mean('{name}', by='rows').",
            )
        return total(values) / len(values)

    def median(self, name: str) -> Value:
        """The middle value of a field, half way between the middle two of an even number of rows.

        Refuses where a row has no value. Limits far from the middle do not touch it.
        """
        return median(self._all(name))

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
                self._refuse_misspelt(name, wanted)
        keep = [row.index for row in self if all(row[name] == wanted for name, wanted in equal.items())]
        return self.take(keep)

    def _refuse_misspelt(self, name: str, wanted: str) -> None:
        wanted = one_spaced(wanted)
        known = {content for content in self.columns[name] if isinstance(content, str)}
        spend(0 if wanted in known else 5 * len(known))
        near = [] if wanted in known else get_close_matches(wanted, sorted(known), n=1, cutoff=_MISSPELT)
        if near:
            raise LookUpError(
                f"no row of '{self.name}' has '{wanted}' in '{name}'.",
                remedy=f"Did you mean '{near[0]}'? Where there may be none, write .where(\"{name} == '{wanted}'\").",
            )

    def sorted(self, name: str, descending: bool = False) -> Table:
        """The rows by a field, lowest first; rows without a value come last; equal rows keep their order.

        Raises UnitError where the rows have different currencies: none of them is the lowest.
        """
        units = {value.measure.unit for value in self.values(name) if not value.missing}
        if len(units) > 1:
            listed = " and ".join(sorted(map(str, units))[:2])
            raise UnitError(f"'{name}' is in {listed}, which have no common order; choose one by .where(...)")
        return replace(self.in_order(name, descending), ordered_by=name)

    def in_order(self, name: str, descending: bool = False) -> Table:
        """As `sorted`, numbers of different currencies by their size alone: for charts, which set them apart."""

        spend(10 * len(self))
        return self.take(order(self.values(name), self.language, descending))

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
        return replace(
            self,
            columns={name: tuple(column[i] for i in indexes) for name, column in self.columns.items()},
            lines=tuple(self.lines[i] for i in indexes),
            origins=tuple(self.origins[i] for i in indexes) if self.origins else (),
        )

    def with_fields(self, added: Sequence[Field], contents: Sequence[Sequence[Value]]) -> Table:
        """This table with computed fields behind its own; `contents` holds one value for each row of each field."""
        columns = dict(self.columns)
        origins = [dict(self.origins[i]) if self.origins else self._cells(i) for i in range(len(self))]
        for new, values in zip(added, contents, strict=True):
            columns[new.name] = tuple(raw(v) for v in values)
            for i, value in enumerate(values):
                origins[i][new.name] = value.cells
        return replace(self, fields=(*self.fields, *added), columns=columns, origins=tuple(origins))

    def _cells(self, index: int) -> dict[str, tuple[Cell, ...]]:
        return {name: (Cell(self.name, name, self.file, self.lines[index]),) for name in self.columns}


def _no_key(table: str) -> LookUpError:
    return LookUpError(
        f"table '{table}' has no key field, so rows cannot be asked for by name.",
        remedy="Write key = true in the field that names the rows, or ask .where(...).first.",
    )
