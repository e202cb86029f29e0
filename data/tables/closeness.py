"""Whether values lie close together, gaps are narrower than others, and shares are balanced."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from data.tables.aggregate import alike_values, whole_column
from data.tables.differing import clear_sign, differ, half_of
from data.tables.refusals import MissingError, NoRatioError, UnitError
from data.tables.value import Interval, Value, plain

if TYPE_CHECKING:
    from data.tables.table import Table

_POINTS = ("percent", "points")
_HALF = 50


def close(table: Table, name: str, within: object = None) -> bool:
    """Whether the largest and the smallest value of a field are at most `within` per cent of the smaller one apart;
    of percentages, `within` percentage points.

    Raises MissingError for fewer than two rows, for a missing value or a limit, and where the margins of the two leave
    it open; NoRatioError for values that are not all above or all below zero; UnitError for different units.
    """
    room = _room(within, f"{table.name}.close('{name}', within=10)")
    if len(table) < 2:
        rows = "one row" if len(table) else "no row"
        raise MissingError(f"'{table.name}' has {rows} here, and closeness needs two")
    column = whole_column(table, name)
    if column is not None and not column.marks:
        return _is_close(Value(min(column.numbers), column.measure), Value(max(column.numbers), column.measure), room)
    values = alike_values(table, name)
    ordered = sorted(values, key=lambda value: value.exact)
    return _is_close(ordered[0], ordered[-1], room)


def close_to(value: object, other: object, within: object = None) -> bool:
    """`a is close(b, within=10)`: whether two values are at most so far apart, as `close`."""
    room = _room(within, "a is close(b, within=10)")
    one = _single(value, "close")
    number = _number(other)
    two = _single(other, "close") if number is None else Value(number, one.measure)
    one.same_unit(two, "compare")
    if {one.measure.type, two.measure.type} == set(_POINTS):
        raise UnitError("a percentage and a difference of percentages are not close", "Compare two of one kind.")
    return _is_close(one, two, room)


def balanced(value: object, within: object = None) -> bool:
    """`share is balanced(within=5)`: whether a percentage is at most so many points from 50.

    Raises MissingError where it is missing, only a limit, or its margin leaves it open; UnitError for other kinds.
    """
    room = _room(within, "share is balanced(within=5)")
    if room >= _HALF:
        raise UnitError("every share lies within 50 points of 50 %", "Write fewer: share is balanced(within=5).")
    share = _single(value, "balanced")
    if share.measure.type != "percent":
        raise UnitError(
            f"only a percentage is balanced, and this is {share.measure.type}",
            "Ask for a share: t.share('n', \"sex == 'women'\") is balanced(within=5).",
        )
    return _inside(abs(share - _HALF), room)


def narrower(gap: object, other: object) -> bool:
    """`gap is narrower(other_gap)`: whether a difference is smaller in size than another one.

    Raises MissingError where one is missing or a limit, where the two have different signs (whoever was ahead is
    behind: no gap became narrower), and where their margins leave it open; UnitError for different units and ratios.
    """
    return _size(gap, other, "narrower") < 0


def wider(gap: object, other: object) -> bool:
    """`gap is wider(other_gap)`: whether a difference is larger in size than another one, as `narrower`."""
    return _size(gap, other, "wider") > 0


def distinct(value: object, other: object) -> bool:
    """`a is distinct(b)`: whether two values differ by more than the margin of the two."""
    one, two = _single(value, "distinct"), _single(other, "distinct")
    one.same_unit(two, "compare")
    return differ(one, two)


def _size(gap: object, other: object, word: str) -> int:
    one, two = _single(gap, word), _single(other, word)
    for value in (one, two):
        if value.measure.type == "ratio":
            raise UnitError("a ratio is no gap", f"Compare differences: (a - b) is {word}(c - d).")
    one.same_unit(two, "compare")
    if one.exact * two.exact < 0:
        raise MissingError(
            f"one gap is positive and the other negative: who was ahead is behind, and no gap became {word}",
            remedy="Say what changed sides, and test that: first.gap < 0 and last.gap > 0.",
        )
    difference = abs(one) - abs(two)
    sign = clear_sign(difference)
    if not sign and difference.number:
        raise MissingError(
            "the two gaps differ by less than their margin: nobody knows which is narrower",
            remedy="Say that no difference can be seen, or compare times that lie further apart.",
        )
    return sign


def _is_close(one: Value, two: Value, room: Decimal) -> bool:
    low, high = sorted((one, two), key=lambda value: value.exact)
    if low.measure.type in ("year", "date", "level", "text"):
        raise UnitError(f"closeness needs amounts, and this is {low.measure.type}")
    apart = high - low
    if low.measure.type in _POINTS:
        return _inside(apart, room)
    if not apart.number:
        return True
    base = min(abs(low.number), abs(high.number))
    if low.number * high.number <= 0:
        raise NoRatioError(
            "one value is zero or lies on the other side of zero, and nothing is so many per cent away from it"
        )
    return _inside(apart * (100 / base), room)


def _inside(apart: Value, room: Decimal) -> bool:
    """Whether a distance is no larger than the room for it; MissingError where its margin leaves open if it is."""
    over = apart.exact - room
    if over <= 0:
        return True
    if over <= half_of(apart):
        raise MissingError(
            f"{round(apart.number, 1):f} is more than {room.normalize():f} by less than its margin, which leaves open"
            " whether it is close",
            remedy="Say neither, or allow more by within.",
        )
    return False


def _single(value: object, word: str) -> Value:
    if isinstance(value, Interval):
        raise UnitError("a range is no single value", "Ask for its .low, .high or .middle.")
    if not isinstance(value, Value):
        raise UnitError(f"'{word}' compares values of tables", f"Write a is {word}(b) with values: t.first.pay.")
    if value.measure.type in ("text", "list", "date", "level"):
        raise UnitError(f"'{word}' compares amounts, and this is {value.measure.type}")
    _ = value.exact
    return value


def _number(said: object) -> Decimal | None:
    """A number that stands in a story."""
    return plain(said) if isinstance(said, int | float | Decimal) and not isinstance(said, bool) else None


def _room(within: object, example: str) -> Decimal:
    number = within.exact if isinstance(within, Value) else _number(within)
    if number is None or number < 0:
        raise UnitError("how close is close is not said", f"Write it in per cent or points: {example}.")
    return number
