"""Typed tables, the values in their cells, and `show`, the one place where a value becomes text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Literal, NamedTuple

from babel import Locale, dates, numbers

from data.words import number_words, words

FieldType = Literal[
    "text", "integer", "number", "money", "percent", "year", "date", "level", "range", "points", "ratio"
]
"""What a field holds. `points` and `ratio` come from computing (35% - 25%, 20,000 / 10,000), never from a file."""

Style = Literal["exact", "rounded", "label", "number", "words"]
"""exact: every digit of the data. rounded: the field's decimals. label: as rounded, millions and more shortened.
number: as rounded, without its unit. words: a whole number up to twelve spelled out, any other as number."""

NUMERIC: frozenset[FieldType] = frozenset(("integer", "number", "money", "percent", "points", "ratio"))
_MULTIPLES: frozenset[FieldType] = frozenset(("integer", "number", "ratio"))


class UnitError(ValueError):
    """Two values that cannot be computed with each other, such as dollars and pounds."""


class MissingError(ValueError):
    """A computation that needs a value which the data do not have."""


class LookUpError(KeyError):
    """No such field or row; `options` are the names there are."""

    def __init__(self, message: str, wanted: str, options: Sequence[str]) -> None:
        super().__init__(message)
        self.message, self.wanted, self.options = message, wanted, tuple(options)

    def __str__(self) -> str:
        return self.message


_NO_TEXT = "a value cannot be glued to text: write {{ a }} {{ b }} instead of {{ a ~ b }}"


Meaning = Literal["not available", "not applicable", "suppressed", "hidden", "at least", "at most"]
"""What a mark in a table says. hidden: by this project, because too few answers stand behind the value."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Why there is no value, or only a limit of one."""

    meaning: Meaning
    note: str = ""
    """The publisher's words for it, printed below the table."""

    @property
    def limit(self) -> bool:
        return self.meaning in ("at least", "at most")


@dataclass(frozen=True, slots=True)
class Marked:
    """A cell's raw content with a mark: nothing, or the limit that the mark speaks of."""

    content: Decimal | None
    mark: Mark


Content = Decimal | int | str | Marked | None
"""What a column holds for a row."""


class Cell(NamedTuple):
    """One cell of a source file: where a value comes from."""

    table: str
    field: str
    file: str
    line: int
    """Line of the file, from 1, header included."""
    cell: str = ""
    """The cell as people look it up in a workbook: "National!C18"."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a value measures: decides what may be computed with it and how it is shown."""

    type: FieldType
    unit: str | None = None
    """ISO 4217 code for money; a word such as "jobs" for other numbers; None where there is none."""
    decimals: int | None = None
    """Digits after the decimal mark when rounded; None lets the type decide."""
    levels: tuple[str, ...] = ()
    """For `level`: every level, lowest first."""


@dataclass(frozen=True, slots=True)
class Value:
    """A cell's content, or what was computed from cells, with its unit and the cells it came from.

    Content is a `Decimal` for numeric types (percent: 35 for 35%), `int` for a year, ISO 8601 text for a date,
    `str` for text and levels, and None where the data have nothing.
    """

    content: Decimal | int | str | None
    measure: Measure
    cells: tuple[Cell, ...] = ()
    mark: Mark | None = None
    """Why there is no content, or that the content is only a limit."""

    @property
    def missing(self) -> bool:
        return self.content is None

    @property
    def limited(self) -> bool:
        """Whether the data give only a limit: "at least $239,200"."""
        return self.mark is not None and self.content is not None

    @property
    def number(self) -> Decimal:
        """The content as a number, for drawing and sorting; `MissingError` or `UnitError` where there is none."""
        if isinstance(self.content, Decimal | int):
            return Decimal(self.content)
        if self.content is None:
            where = f"{self.cells[0].table}, {self.cells[0].field}, line {self.cells[0].line}" if self.cells else "data"
            why = f"{self.mark.meaning}" if self.mark else "empty"
            raise MissingError(f"there is no value here: the cell is {why} ({where})")
        raise UnitError(f"'{self.content}' is {self.measure.type}, not a number")

    @property
    def exact(self) -> Decimal:
        """The content as a number that is known exactly; `MissingError` where the data give only a limit."""
        number = self.number
        if self.mark is not None:
            raise MissingError(f"only a limit is known here: {self.mark.meaning} {number}")
        return number

    @property
    def rank(self) -> int:
        """Place of a level in its order, from 0."""
        return self.measure.levels.index(str(self.content))

    def _same_unit(self, other: Value, verb: str) -> None:
        a, b = self.measure, other.measure
        alike = a.type == b.type or {a.type, b.type} <= {"integer", "number", "ratio"} or _percents(a, b)
        if not alike or a.unit != b.unit:
            raise UnitError(f"cannot {verb} {_unit_name(a)} and {_unit_name(b)}")

    def _alike(self, other: object) -> Value | None:
        """`other` as a value that can be added: a plain number takes the unit of a percentage or a count."""
        if isinstance(other, Value):
            return other
        if isinstance(other, int | float | Decimal) and self.measure.type in ("percent", "integer", "number"):
            return Value(_plain(other), self.measure)
        return None

    def __add__(self, added: object) -> Value:
        other = self._alike(added)
        if other is None:
            return NotImplemented
        self._same_unit(other, "add")
        mark = _limit_of(self.mark, other.mark)
        return Value(self.number + other.number, _wider(self, other), self.cells + other.cells, mark)

    __radd__ = __add__

    def __rsub__(self, whole: object) -> Value:
        """`100 - share`: what is left of a whole has the unit of its part."""
        other = self._alike(whole)
        if other is None:
            return NotImplemented
        return Value(other.number - self.number, self._measured(), self.cells, _opposite(self.mark))

    def __sub__(self, subtracted: object) -> Value:
        other = self._alike(subtracted)
        if other is None:
            return NotImplemented
        if self.measure.type == other.measure.type == "year":
            difference = Measure("integer")
        else:
            self._same_unit(other, "subtract")
            difference = _wider(self, other)
            if difference.type == "percent":
                difference = replace(difference, type="points")
        mark = _limit_of(self.mark, _opposite(other.mark))
        return Value(self.number - other.number, difference, self.cells + other.cells, mark)

    def __mul__(self, other: Value | int | Decimal) -> Value:
        if isinstance(other, Value):
            if other.measure.type in _MULTIPLES and other.measure.unit is None:
                return Value(self.exact * other.exact, self._measured(), self.cells + other.cells)
            if self.measure.type in _MULTIPLES and self.measure.unit is None:
                return other * self
            raise UnitError(f"cannot multiply {_unit_name(self.measure)} by {_unit_name(other.measure)}")
        factor = _plain(other)
        return Value(
            self.number * factor, self._measured(), self.cells, self.mark if factor > 0 else _opposite(self.mark)
        )

    __rmul__ = __mul__

    def __truediv__(self, other: Value | int | Decimal) -> Value:
        if not isinstance(other, Value):
            if not other:
                raise UnitError("cannot divide by zero")
            divisor = _plain(other)
            mark = self.mark if divisor > 0 else _opposite(self.mark)
            return Value(self.number / divisor, self._measured(), self.cells, mark)
        if not other.number:
            raise UnitError("cannot divide by zero")
        a, b = self.measure, other.measure
        if a.unit != b.unit and b.unit is None and b.type in _MULTIPLES:
            return Value(self.exact / other.exact, self._measured(), self.cells + other.cells)
        self._same_unit(other, "divide")
        return Value(self.exact / other.exact, Measure("ratio"), self.cells + other.cells)

    def __neg__(self) -> Value:
        return Value(-self.number, self._measured(), self.cells, _opposite(self.mark))

    def __abs__(self) -> Value:
        return Value(abs(self.exact), self._measured(), self.cells)

    def _measured(self) -> Measure:
        self.number  # noqa: B018  # text and missing values raise here
        return self.measure

    def _compare(self, other: object) -> tuple[Decimal | int | str, Decimal | int | str]:
        if isinstance(other, Value):
            if self.measure.type == "level" == other.measure.type and self.measure.levels == other.measure.levels:
                return self.rank, other.rank
            if isinstance(self.content, str) and isinstance(other.content, str):
                return self.content, other.content
            if self.measure.type != "year" or other.measure.type != "year":
                self._same_unit(other, "compare")
            return self.number, other.number
        if isinstance(other, int | float | Decimal):
            return self.number, _plain(other)
        if isinstance(other, str):
            if self.measure.type == "level" and other in self.measure.levels:
                return self.rank, self.measure.levels.index(other)
            if isinstance(self.content, str):
                return self.content, other
        raise UnitError(f"cannot compare {_unit_name(self.measure)} with {type(other).__name__}")

    def _decides(self, other: object, a: object, b: object) -> None:
        """Refuse a comparison that limits leave open: "at least 5" is more than 4, but may be more than 6 or not."""
        low = _low(self) or (isinstance(other, Value) and _high(other))
        high = _high(self) or (isinstance(other, Value) and _low(other))
        known = (
            not (low or high)
            or (low and not high and isinstance(a, Decimal) and isinstance(b, Decimal) and a > b)
            or (high and not low and isinstance(a, Decimal) and isinstance(b, Decimal) and a < b)
        )
        if not known:
            raise MissingError("only a limit is known here, and it does not decide the comparison")

    def __lt__(self, other: object) -> bool:
        a, b = self._compare(other)
        self._decides(other, a, b)
        return a < b  # pyright: ignore[reportOperatorIssue, reportUnknownVariableType]  # _compare gives two of a kind

    def __gt__(self, other: object) -> bool:
        a, b = self._compare(other)
        self._decides(other, a, b)
        return a > b  # pyright: ignore[reportOperatorIssue, reportUnknownVariableType]

    def __le__(self, other: object) -> bool:
        return not self > other

    def __ge__(self, other: object) -> bool:
        return not self < other

    def __eq__(self, other: object) -> bool:
        """Equal in what they say; where they came from does not matter. A missing value equals only None."""
        if other is None or self.content is None:
            return self.content is None and (other is None or (isinstance(other, Value) and other.content is None))
        a, b = self._compare(other)
        if a == b and (self.limited or (isinstance(other, Value) and other.limited)):
            return isinstance(other, Value) and self.mark == other.mark
        return a == b

    def __hash__(self) -> int:
        return hash((self.content, self.measure.unit))

    def __str__(self) -> str:
        raise TypeError(_NO_TEXT)

    def __bool__(self) -> bool:
        """`{% if row.salary %}` asks whether there is a value; zero is one."""
        return self.content is not None and self.content != ""


@dataclass(frozen=True, slots=True)
class Interval:
    """A range from a low to a high value of one unit."""

    low: Value
    high: Value

    @property
    def missing(self) -> bool:
        return self.low.missing or self.high.missing

    @property
    def measure(self) -> Measure:
        return self.low.measure

    @property
    def cells(self) -> tuple[Cell, ...]:
        return self.low.cells + self.high.cells

    def __str__(self) -> str:
        raise TypeError(_NO_TEXT)

    @property
    def middle(self) -> Value:
        """Half way between low and high."""
        return (self.low + self.high) / 2


def _low(value: Value) -> bool:
    return value.mark is not None and value.mark.meaning == "at least"


def _high(value: Value) -> bool:
    return value.mark is not None and value.mark.meaning == "at most"


def _opposite(mark: Mark | None) -> Mark | None:
    """What a limit becomes when it is subtracted."""
    if mark is None or not mark.limit:
        return mark
    return replace(mark, meaning="at most" if mark.meaning == "at least" else "at least")


def _limit_of(a: Mark | None, b: Mark | None) -> Mark | None:
    """The limit of a sum; two limits in opposite directions leave nothing known."""
    if a is None or b is None:
        return a or b
    if a.meaning != b.meaning:
        raise MissingError("only limits are known here, one from below and one from above")
    return a


def _plain(number: float | Decimal) -> Decimal:
    return number if isinstance(number, Decimal) else Decimal(str(number))


def _percents(a: Measure, b: Measure) -> bool:
    return {a.type, b.type} == {"percent", "points"}


def _wider(a: Value, b: Value) -> Measure:
    """The measure of a sum or difference: the more general type, the larger number of decimals."""
    kinds = {a.measure.type, b.measure.type}
    kind = a.measure.type if len(kinds) == 1 else "percent" if "percent" in kinds else "number"
    known = [m.decimals for m in (a.measure, b.measure) if m.decimals is not None]
    return Measure(kind, a.measure.unit, max(known, default=None))


def _unit_name(measure: Measure) -> str:
    return f"{measure.type} in {measure.unit}" if measure.unit else measure.type


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

    def __getitem__(self, name: str) -> Value | Interval:
        return self.table.value(self.index, name)

    def __getattr__(self, name: str) -> Value | Interval:
        if name.startswith("_"):
            raise AttributeError(name)
        return self.table.value(self.index, name)

    @property
    def key(self) -> str:
        """What the row is called: its key field's content, shown."""
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
    footnotes: tuple[str, ...] = ()
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

    def _present(self, name: str) -> list[tuple[Row, Value]]:
        """Rows that have a number in the field, with it."""
        pairs: list[tuple[Row, Value]] = []
        for row in self:
            value = row[name]
            if isinstance(value, Interval):
                raise UnitError(
                    f"'{name}' is a range; use its ends: '{self.field(name).low}' or '{self.field(name).high}'"
                )
            if not value.missing:
                pairs.append((row, value))
        if not pairs:
            raise MissingError(f"table '{self.name}' has no value in '{name}'")
        return pairs

    # -- what stories ask for ------------------------------------------------
    def __getitem__(self, key: object) -> Row:
        """The row whose key field says `key`."""
        named = self.key_field
        if named is None:
            raise LookUpError(
                f"table '{self.name}' has no key field, so rows cannot be asked for by name.", str(key), []
            )
        wanted = key.content if isinstance(key, Value) else key
        for row in self:
            content = self.columns[named.name][row.index]
            if content is not None and (content == wanted or str(content) == str(wanted)):
                return row
        if isinstance(wanted, int):
            raise LookUpError(
                f"rows of '{self.name}' are asked for by name; by place it is {self.name}.rows[{wanted}].", str(key), []
            )
        names = [str(c) for c in self.columns[named.name] if c is not None]
        raise LookUpError(f"table '{self.name}' has no row '{wanted}'.", str(wanted), names)

    @property
    def first(self) -> Row:
        return Row(self, 0)

    @property
    def last(self) -> Row:
        return Row(self, len(self) - 1)

    def _extreme(self, name: str, sign: int) -> Row:
        pairs = self._present(name)
        best = pairs[0]
        tied = False
        for pair in pairs[1:]:
            if pair[1] == best[1]:
                tied = True
            elif (pair[1] > best[1]) == (sign > 0):
                best, tied = pair, False
        if tied:
            raise MissingError(f"two rows of '{self.name}' share the {'highest' if sign > 0 else 'lowest'} '{name}'")
        return best[0]

    def top(self, name: str) -> Row:
        """The row with the highest value; a tie has no top (`MissingError`)."""
        return self._extreme(name, 1)

    def bottom(self, name: str) -> Row:
        """The row with the lowest value; a tie has no bottom (`MissingError`)."""
        return self._extreme(name, -1)

    def sum(self, name: str) -> Value:
        """The total of a field over all rows; refuses where a row has no value or the field does not add up."""
        wanted = self.field(name)
        if not wanted.additive:
            raise UnitError(f"'{name}' does not add up over rows; say additive = true if it does")
        values = [v for v in self.values(name) if isinstance(v, Value)]
        if len(values) < len(self):
            raise UnitError(f"'{name}' is a range; sum its low or its high field")
        total = values[0]
        for value in values[1:]:
            total = total + value
        return total if len(values) > 1 else Value(total.number, total.measure, total.cells)

    def mean(self, name: str) -> Value:
        """The arithmetic mean of the values that there are."""
        values = [value for _, value in self._present(name)]
        total = values[0]
        for value in values[1:]:
            total = total + value
        return total / len(values)

    def median(self, name: str) -> Value:
        """The middle of the values that there are; half way between the middle two of an even number."""
        values = sorted((value for _, value in self._present(name)), key=lambda value: value.exact)
        middle = len(values) // 2
        return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2

    def change(self, name: str) -> Value:
        """Last value minus first."""
        first, last = self._ends(name)
        return last - first

    def ratio(self, name: str) -> Value:
        """Last value divided by first."""
        first, last = self._ends(name)
        return last / first

    def _ends(self, name: str) -> tuple[Value, Value]:
        first, last = self.first[name], self.last[name]
        if isinstance(first, Interval) or isinstance(last, Interval):
            raise UnitError(f"'{name}' is a range; use its low or its high field")
        return first, last

    def where(self, **equal: object) -> Table:
        """The rows whose fields equal what is given: `majors.where(category="Engineering")`."""
        keep = [row.index for row in self if all(row[name] == wanted for name, wanted in equal.items())]
        return self.take(keep)

    def sorted(self, name: str, descending: bool = False) -> Table:
        """The rows by a field, lowest first; rows without a value come last; equal rows keep their order."""

        def value(row: Row) -> Decimal | str | int:
            found = row[name]
            if isinstance(found, Interval):
                return found.middle.number
            if found.measure.type == "level":
                return found.rank
            return found.content if isinstance(found.content, str) else found.number

        present = sorted((r for r in self if not row_missing(r, name)), key=value, reverse=descending)  # pyright: ignore[reportArgumentType]  # a column holds one kind
        absent = [r for r in self if row_missing(r, name)]
        return self.take([r.index for r in (*present, *absent)])

    def head(self, count: int) -> Table:
        """The first `count` rows."""
        return self.take(range(min(count, len(self))))

    def take(self, indexes: Sequence[int]) -> Table:
        """The rows at `indexes`, in that order, with their place in the source kept."""
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


def raw(value: Value) -> Content:
    """A value as a column holds it."""
    if value.mark is None:
        return value.content
    return Marked(value.content if isinstance(value.content, Decimal) else None, value.mark)


def row_missing(row: Row, name: str) -> bool:
    """Whether the row has nothing in this field."""
    return row[name].missing


# -- values as text ----------------------------------------------------------


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language, sep="-")


def _rounded(number: Decimal, decimals: int) -> Decimal:
    """Half up, as readers learned it at school; never half to even."""
    return number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def decimals_of(value: Value, style: Style = "rounded") -> int:
    """How many digits stand after the decimal mark when the value is shown."""
    number = value.number
    if style == "exact":
        digits = max(0, -int(number.normalize().as_tuple().exponent))
        return max(2, digits) if digits and value.measure.type == "money" else digits
    if value.measure.decimals is not None:
        return value.measure.decimals
    match value.measure.type:
        case "integer" | "year" | "money":
            return 0
        case "percent" | "points":
            return 0 if number == number.to_integral_value() else 1
        case _:
            short = _rounded(number, 1 if abs(number) < 100 else 0)
            return 0 if short == short.to_integral_value() else 1


_SHORT_LIMITS = {"at least": "label at least", "at most": "label at most"}
_SHORT = ((Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))


def show(value: Value | Interval, style: Style = "rounded", language: str = "en-US") -> str:
    """A value as text in the reader's language: the only way a number becomes text in Fairsheet.

    Rounding is half up. Number, currency and date patterns are those of the Unicode CLDR, read through Babel;
    narrow no-break spaces become no-break spaces, which more fonts have.

    >>> show(Value(Decimal("39900.50"), Measure("money", "EUR")))
    '€39,901'
    """
    if isinstance(value, Interval):
        if value.missing:
            return words(language)["not stated"]
        return f"{show(value.low, style, language)}–{show(value.high, style, language)}"
    if value.content is None:
        return words(language)[value.mark.meaning if value.mark else "not stated"]
    if value.mark is not None and style != "number":
        limit = _SHORT_LIMITS[value.mark.meaning] if style == "label" else value.mark.meaning
        return words(language)[limit].format(value=show(replace(value, mark=None), style, language))
    measure = value.measure
    if measure.type == "date":
        return _date(str(value.content), language)
    if isinstance(value.content, str):
        return value.content
    if measure.type == "year":
        return str(value.content)
    number = _rounded(value.number, decimals_of(value, style))
    if style == "words":
        spelled = number_words(language)
        if number == number.to_integral_value() and 0 <= number < len(spelled):
            return spelled[int(number)]
        style = "number"
    suffix = ""
    if style == "label":
        for size, name in _SHORT:
            if abs(number) >= size:
                number = _rounded(value.number / size, 1)
                number = number.to_integral_value() if number == number.to_integral_value() else number
                suffix = words(language)[name]
                break
    text = _with_unit(number, measure, style, language, suffix)
    return (
        text.replace("\u202f", "\u00a0").replace("-", "\u2212", 1) if number < 0 else text.replace("\u202f", "\u00a0")
    )


def _with_unit(number: Decimal, measure: Measure, style: Style, language: str, suffix: str) -> str:
    locale = _locale(language)
    places = max(0, -int(number.as_tuple().exponent))
    pattern = "#,##0" + ("." + "0" * places if places else "")
    if measure.type == "money" and measure.unit and style != "number":
        standard = locale.currency_formats["standard"].pattern.split(";")[0]
        layout = standard.replace("#,##0.00", pattern + suffix)
        return str(numbers.format_currency(number, measure.unit, layout, locale=locale, currency_digits=False))
    text = str(numbers.format_decimal(number, pattern, locale=locale)) + suffix
    if style == "number":
        return text
    if measure.type == "percent":
        return f"{text}\u00a0%" if "\u00a0%" in locale.percent_formats[None].pattern else f"{text}%"
    if measure.type == "points":
        return f"{text}\u00a0{words(language)['point' if abs(number) == 1 else 'points']}"
    if measure.type == "ratio":
        return f"{text}×"
    return text


_ACADEMIC_YEAR = re.compile(r"\d{4}(/\d{2}|\u2013\d{2}(\d{2})?)")
"""2017/18, 1970–71, 1999–2000: no period of ISO 8601 is written like these."""


def _date(iso: str, language: str) -> str:
    """ISO 8601 year, month, day or period (2020/2022) in the reader's language; an academic year as it is written."""
    if _ACADEMIC_YEAR.fullmatch(iso):
        return iso
    if "/" in iso:
        first, last = iso.split("/", 1)
        return f"{_date(first, language)}–{_date(last, language)}"
    import datetime

    locale = _locale(language)
    match iso.count("-"):
        case 1:
            month = datetime.date.fromisoformat(f"{iso}-01")
            return str(dates.format_skeleton("yMMMM", month, locale=locale))
        case 2:
            return str(dates.format_date(datetime.date.fromisoformat(iso), "long", locale=locale))
        case _:
            return iso


def show_date(iso: str | None, language: str) -> str:
    """A table's date or the day of publication as text; "not stated" where there is none."""
    return words(language)["not stated"] if iso is None else _date(iso, language)


def unit_title(measure: Measure, language: str = "en-US") -> str:
    """The unit as words for the grey line over a chart: "US dollars", "%", "jobs"; empty where there is none."""
    match measure.type:
        case "money" if measure.unit:
            return str(numbers.get_currency_name(measure.unit, count=2, locale=_locale(language)))
        case "percent":
            return "%"
        case _:
            return measure.unit or ""


def number_format(measure: Measure, decimals: int, language: str = "en-US") -> str:
    """The Excel and PowerPoint number format that looks like `show` with the same decimals.

    Codes as in ECMA-376 part 1, 18.8.31. Marks for decimals and thousands are those of the reader's office program.
    """
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    match measure.type:
        case "year":
            return "0"
        case "money" if measure.unit:
            symbol = numbers.get_currency_symbol(measure.unit, locale=_locale(language))
            standard = _locale(language).currency_formats["standard"].pattern.split(";")[0]
            return standard.replace("#,##0.00", digits).replace("¤", f'"{symbol}"').replace("\u00a0", "\\ ")
        case "percent":
            return f'{digits}"{show(Value(Decimal(0), Measure("percent", None, 0)), "rounded", language)[1:]}"'
        case "ratio":
            return f'{digits}"×"'
        case "text" | "level" | "date" | "range":
            return "@"
        case _:
            return digits
