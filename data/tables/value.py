"""Values: what a cell holds, with its unit and the cells it came from, and what may be computed with it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from data.tables.limits import limit_of, opposite
from data.tables.margin import Margin, of_ratio, scaled, together, unknown
from data.tables.marks import Content as Content
from data.tables.marks import Mark as Mark
from data.tables.marks import Marked as Marked
from data.tables.measure import MULTIPLES as MULTIPLES
from data.tables.measure import NUMERIC as NUMERIC
from data.tables.measure import FieldType as FieldType
from data.tables.measure import Measure as Measure
from data.tables.measure import alike_measures as alike_measures
from data.tables.measure import prices_clash, unit_name
from data.tables.prices import of_both
from data.tables.provenance import Behind
from data.tables.provenance import Cell as Cell
from data.tables.refusals import LookUpError as LookUpError
from data.tables.refusals import MissingError as MissingError
from data.tables.refusals import NoRatioError as NoRatioError
from data.tables.refusals import UnitError as UnitError
from data.tables.typed_words import out_of_order

TOO_LARGE = Decimal(10) ** 21
"""No document shows a number of this size."""


def one_spaced(text: str) -> str:
    """Words with one space between them, whatever stood there: line breaks, no-break and thin spaces.

    Cells of words pass through here, and so does what they are compared with: nobody sees which space was typed.
    """
    return " ".join(text.split())


_PRICES = (
    'Convert one of them and say in its table whose money it is, prices = "2024"; or, where each is meant to be in the'
    ' money of its own time, prices = "nominal".'
)
_NO_TEXT = "a value cannot be glued to text: write {{ a }} {{ b }} instead of {{ a ~ b }}"


class Value(Struct, frozen=True):
    """A cell's content, or what was computed from cells, with its unit and the cells it came from.

    Content is a `Decimal` for numeric types (percent: 35 for 35%), `int` for a year, ISO 8601 text for a date,
    `str` for text and levels, and None where the data have nothing.
    """

    content: Decimal | int | str | None
    measure: Measure
    cells: Behind = ()
    mark: Mark | None = None
    """Why there is no content, or that the content is only a limit."""
    margin: Margin | None = None
    """How far it may be from the truth, where its field says how many were asked."""

    @property
    def missing(self) -> bool:
        return self.content is None

    @property
    def gap(self) -> str:
        """Why there is no content, and where: "the cell is suppressed ('pay' in pay.csv:18)"."""
        cell = self.cells[0] if self.cells else None
        where = f" ('{cell.field}' in {cell.file}:{cell.cell or cell.line})" if cell else ""
        return f"the cell is {self.mark.meaning if self.mark else 'empty'}{where}"

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
            raise MissingError(f"there is no value here: {self.gap}", self.mark)
        raise UnitError(f"'{self.content}' is {self.measure.type}, not a number")

    @property
    def exact(self) -> Decimal:
        """The content as a number that is known exactly; `MissingError` where the data give only a limit."""
        number = self.number
        if self.mark is not None:
            unit = f" {self.measure.unit}" if self.measure.unit else ""
            raise MissingError(f"only a limit is known here: {self.mark.meaning} {number.normalize():f}{unit}")
        return number

    @property
    def items(self) -> tuple[str, ...]:
        """The texts of a list; `MissingError` where the cell has none, `UnitError` for what is no list."""
        if self.measure.type != "list":
            raise UnitError(f"{self._named} is {unit_name(self.measure)}, one value and no list", _no_list(self))
        if self.content is None:
            raise MissingError(f"there is no list here: {self.gap}", self.mark)
        return tuple(item.strip() for item in str(self.content).split(self.measure.delimiter))

    @property
    def _named(self) -> str:
        return f"'{self.cells[0].field}'" if self.cells else "this"

    def __contains__(self, wanted: object) -> bool:
        """`'Nursing' in row.majors`: whether a list has the text as one of its items, and not as a part of one."""
        text = wanted.content if isinstance(wanted, Value) and wanted.measure.type in ("text", "level") else wanted
        if not isinstance(text, str):
            raise UnitError("only a text can be in a list", "Write it in quotation marks: 'Nursing' in row.majors.")
        return one_spaced(text) in self.items

    def __iter__(self) -> Iterator[Value]:
        """The items of a list, each with the cell that it stands in."""
        return iter([Value(item, Measure("text"), self.cells) for item in self.items])

    def __len__(self) -> int:
        """How many items a list has."""
        return len(self.items)

    @property
    def rank(self) -> int:
        """Place of a level in its order, from 0."""
        return self.measure.levels.index(str(self.content))

    def same_unit(self, other: Value, verb: str) -> None:
        """UnitError for two values that cannot be added or compared, such as dollars and pounds."""
        a, b = self.measure, other.measure
        if not alike_measures(a, b):
            if prices_clash(a, b):
                raise UnitError(f"cannot {verb} money of {a.prices} and money of {b.prices}", _PRICES)
            raise UnitError(f"cannot {verb} {unit_name(a)} and {unit_name(b)}")

    def _alike(self, other: object) -> Value | None:
        """`other` as a value that can be added: a plain number takes the unit of a percentage, a count or a ratio."""
        if isinstance(other, Value):
            return other
        if isinstance(other, int | float | Decimal) and self.measure.type in ("percent", "integer", "number", "ratio"):
            return Value(plain(other), self.measure)
        return None

    def __add__(self, added: object) -> Value:
        other = self._alike(added)
        if other is None:
            return NotImplemented
        self.same_unit(other, "add")
        mark = limit_of(self.mark, other.mark)
        margin = together(self.margin, other.margin)
        return Value(self.number + other.number, _wider(self, other), self.cells + other.cells, mark, margin)

    __radd__ = __add__

    def __rsub__(self, whole: object) -> Value:
        """`100 - share`: what is left of a whole has the unit of its part."""
        other = self._alike(whole)
        if other is None:
            return NotImplemented
        return Value(other.number - self.number, self.measure, self.cells, opposite(self.mark), self.margin)

    def __sub__(self, subtracted: object) -> Value:
        other = self._alike(subtracted)
        if other is None:
            return NotImplemented
        if self.measure.type == other.measure.type == "year":
            difference = Measure("integer")
        else:
            self.same_unit(other, "subtract")
            difference = _wider(self, other)
            if difference.type == "percent":
                difference = replace(difference, type="points")
        mark = limit_of(self.mark, opposite(other.mark))
        margin = together(self.margin, other.margin)
        return Value(self.number - other.number, difference, self.cells + other.cells, mark, margin)

    def __mul__(self, other: Value | int | Decimal) -> Value:
        if isinstance(other, Value):
            if other.measure.type in MULTIPLES and other.measure.unit is None:
                margin = unknown(self.margin, other.margin)
                return self._as_much(self.exact * other.exact, self.cells + other.cells, margin=margin)
            if self.measure.type in MULTIPLES and self.measure.unit is None:
                return other * self
            raise UnitError(f"cannot multiply {unit_name(self.measure)} by {unit_name(other.measure)}")
        factor = plain(other)
        mark = self.mark if factor > 0 else opposite(self.mark)
        return self._as_much(self.number * factor, self.cells, mark, scaled(self.margin, factor))

    __rmul__ = __mul__

    def __truediv__(self, other: Value | int | Decimal) -> Value:
        if not isinstance(other, Value):
            if not other:
                raise NoRatioError("nothing can be divided by zero")
            divisor = plain(other)
            mark = self.mark if divisor > 0 else opposite(self.mark)
            return self._as_much(self.number / divisor, self.cells, mark, scaled(self.margin, 1 / divisor))
        if not other.number:
            raise NoRatioError("nothing can be divided by zero")
        a, b = self.measure, other.measure
        if a.unit != b.unit and b.unit is None and b.type in MULTIPLES:
            margin = unknown(self.margin, other.margin)
            return self._as_much(self.exact / other.exact, self.cells + other.cells, margin=margin)
        self.same_unit(other, "divide")
        if other.number < 0:
            raise NoRatioError("a part or change of something negative is no ratio: its sign would mislead")
        ratio = self.exact / other.exact
        margin = of_ratio(ratio, self.margin, other.number, other.margin)
        return Value(ratio, Measure("ratio"), self.cells + other.cells, margin=margin)

    def _as_much(self, number: Decimal, cells: Behind, mark: Mark | None = None, margin: Margin | None = None) -> Value:
        """A multiple or a part of this value; half a person is a number, and no integer any more."""
        measure = self.measure
        if measure.type == "integer" and number != number.to_integral_value():
            measure = replace(measure, type="number", decimals=None)
        return Value(number, measure, cells, mark, margin)

    def __neg__(self) -> Value:
        return Value(-self.number, self.measure, self.cells, opposite(self.mark), self.margin)

    def __abs__(self) -> Value:
        return Value(abs(self.exact), self.measure, self.cells, margin=self.margin)

    def _compare(self, other: object) -> tuple[Decimal | int | str, Decimal | int | str]:
        if "list" in (self.measure.type, other.measure.type if isinstance(other, Value) else ""):
            one = self if self.measure.type == "list" else other
            name = one.cells[0].field if isinstance(one, Value) and one.cells else "row.majors"
            raise UnitError(
                "a list is not compared as one text", f"Ask whether something is in it: 'Nursing' in {name}."
            )
        if isinstance(other, Value):
            if self.measure.type == "level" == other.measure.type and self.measure.levels == other.measure.levels:
                return self.rank, other.rank
            if isinstance(self.content, str) and isinstance(other.content, str):
                return self.content, other.content
            if self.measure.type != "year" or other.measure.type != "year":
                self.same_unit(other, "compare")
            return self.number, other.number
        if isinstance(other, int | float | Decimal):
            return self.number, plain(other)
        if isinstance(other, str):
            if self.measure.type == "level" and other in self.measure.levels:
                return self.rank, self.measure.levels.index(other)
            if isinstance(self.content, str):
                return self.content, one_spaced(other)
        raise UnitError(f"cannot compare {unit_name(self.measure)} with {type(other).__name__}")

    def _ordered(self, other: object, after: bool) -> tuple[Decimal | int | str, Decimal | int | str]:
        """The two as they are put in an order; UnitError for a word that has no place in it."""
        if isinstance(other, str) and self.content is None:
            _ = self.number  # says why there is none
        wrong = out_of_order(str(self.content), self.measure, other, after) if isinstance(other, str) else None
        if wrong is not None:
            raise wrong
        return self._compare(other)

    def _decides(self, other: object, a: object, b: object, equal: Literal["lowest", "highest"]) -> None:
        """Refuse a comparison that limits leave open: "at least 5" is more than 4, but may be more than 6 or not.

        `equal` says which of two limits decides where both numbers are the same: "at least 5" is not less than 5, and
        "at most 5" is not more than 5.
        """
        low = is_lower_limit(self) or (isinstance(other, Value) and is_upper_limit(other))
        high = is_upper_limit(self) or (isinstance(other, Value) and is_lower_limit(other))
        known = not (low or high)
        if low != high and isinstance(a, Decimal) and isinstance(b, Decimal):
            same = a == b and equal == ("lowest" if low else "highest")
            known = same or (a > b if low else a < b)
        if not known:
            raise MissingError("only a limit is known here, and it does not decide the comparison")

    def __lt__(self, other: object) -> bool:
        a, b = self._ordered(other, after=False)
        self._decides(other, a, b, "lowest")
        return a < b  # pyright: ignore[reportOperatorIssue, reportUnknownVariableType]  # _compare gives two of a kind

    def __gt__(self, other: object) -> bool:
        a, b = self._ordered(other, after=True)
        self._decides(other, a, b, "highest")
        return a > b  # pyright: ignore[reportOperatorIssue, reportUnknownVariableType]  # _compare gives two of a kind

    def __le__(self, other: object) -> bool:
        return not self > other

    def __ge__(self, other: object) -> bool:
        return not self < other

    def __eq__(self, other: object) -> bool:
        """Equal in what they say; where they came from does not matter. A missing value equals only None."""
        if other is None or self.content is None:
            return self.content is None and (other is None or (isinstance(other, Value) and other.content is None))
        a, b = self._compare(other)
        low = is_lower_limit(self) or (isinstance(other, Value) and is_upper_limit(other))
        high = is_upper_limit(self) or (isinstance(other, Value) and is_lower_limit(other))
        if not (low or high) or (isinstance(other, Value) and self.mark == other.mark and a == b):
            return a == b
        apart = isinstance(a, Decimal) and isinstance(b, Decimal) and (a > b if low else a < b)
        if low != high and apart:
            return False  # "at least 5" is surely not 4
        raise MissingError("only a limit is known here, and it does not decide the comparison")

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((self.content, self.measure.unit))

    def __str__(self) -> str:
        raise TypeError(_NO_TEXT)

    def __bool__(self) -> bool:
        """`{% if row.salary %}` asks whether there is a value. Zero is one here, and refused in stories."""
        return self.content is not None and self.content != ""


class Interval(Struct, frozen=True):
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
    def cells(self) -> Behind:
        return self.low.cells + self.high.cells

    def __str__(self) -> str:
        raise TypeError(_NO_TEXT)

    def __bool__(self) -> bool:
        """`{% if row.range %}` asks whether there is one."""
        return not self.missing

    @property
    def middle(self) -> Value:
        """Half way between low and high."""
        return (self.low + self.high) / 2


def alike(one: Value | Interval, other: Value | Interval) -> bool:
    """Whether two values are the same to a reader: numbers, or limits of one kind."""
    if isinstance(one, Value) and isinstance(other, Value):
        return (one.content, one.mark, one.measure.unit) == (other.content, other.mark, other.measure.unit)
    if isinstance(one, Interval) and isinstance(other, Interval):
        return alike(one.low, other.low) and alike(one.high, other.high)
    return False


def is_lower_limit(value: Value) -> bool:
    """Whether only a lower bound is known: "at least 5"."""
    return value.mark is not None and value.mark.meaning == "at least"


def is_upper_limit(value: Value) -> bool:
    """Whether only an upper bound is known: "at most 5"."""
    return value.mark is not None and value.mark.meaning == "at most"


def plain(number: float | Decimal) -> Decimal:
    """A number that stands in a story, as it is written there."""
    return number if isinstance(number, Decimal) else Decimal(str(number))


def _wider(a: Value, b: Value) -> Measure:
    """The measure of a sum or difference: the more general type, the larger number of decimals."""
    kinds = {a.measure.type, b.measure.type}
    kind = a.measure.type if len(kinds) == 1 else "percent" if "percent" in kinds else "number"
    known = [m.decimals for m in (a.measure, b.measure) if m.decimals is not None]
    prices = of_both(a.measure.prices, b.measure.prices)
    return Measure(kind, a.measure.unit, max(known, default=None), prices=prices)


def _no_list(value: Value) -> str:
    """What to write where the field is asked like a list."""
    if value.measure.type != "text":
        return "Compare it by ==, <, >."
    return 'Compare the whole text by ==; or, where cells hold several, declare type = "list", delimiter = ";".'


def raw(value: Value) -> Content:
    """A value as a column holds it."""
    if value.mark is None:
        return value.content
    return Marked(value.content if isinstance(value.content, Decimal) else None, value.mark)
