"""Summaries of many values: sums, means, medians and extremes, of a whole column without a `Value` for each row."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from functools import reduce
from itertools import accumulate
from operator import mul
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from data.tables.limits import limit_of
from data.tables.margin import together, unknown
from data.tables.marks import Mark, Marked
from data.tables.provenance import Behind, column_cells
from data.tables.refusals import MissingError, UnitError
from data.tables.value import Interval, Measure, Value, is_lower_limit, is_upper_limit

if TYPE_CHECKING:
    from data.tables.table import Table

_Item = TypeVar("_Item")
_EXACT = frozenset(("integer", "number", "money", "percent", "points", "ratio", "year"))


class Numbers(Struct, frozen=True):
    """What a field holds in every row: numbers of one unit, and the limits among them."""

    measure: Measure
    numbers: Sequence[Decimal]
    """In row order; a limit stands there by its number."""
    marks: Sequence[Mark]
    """Of the limits, in row order."""
    cells: Behind


def whole_column(table: Table, name: str) -> Numbers | None:
    """A field's numbers; None where a row has no value, rows have units or margins of their own, or it has no numbers.

    Of those the values themselves say, one by one, what is in the way.
    """
    field = table.field(name)
    if field.measure.type not in _EXACT or field.sampled or not len(table):
        return None
    measure = field.measure
    if field.unit_field is not None:
        units = set(table.columns[field.unit_field])
        if len(units) > 1:
            return None
        unit = units.pop()
        measure = replace(measure, unit=None if unit is None else str(unit))
    column, marks = table.columns[name], list[Mark]()
    kinds = set(map(type, column))
    if Marked in kinds:
        marks = [content.mark for content in column if isinstance(content, Marked)]
        column = tuple(content.content if isinstance(content, Marked) else content for content in column)
        kinds = set(map(type, column))
    if kinds == {Decimal}:
        numbers: Sequence[Decimal] = column  # pyright: ignore[reportAssignmentType]  # its only type
    elif kinds <= {Decimal, int}:
        numbers = [Decimal(content) for content in column if isinstance(content, Decimal | int)]
    else:
        return None
    return Numbers(measure, numbers, marks, column_cells(table.name, name, table.file, table.lines, table.origins))


def every_value(table: Table, name: str) -> list[Value]:
    """A field's value in every row, for a summary of them; `MissingError` where a row has none.

    A summary of fewer rows than it speaks of would be wrong without a word, so a story says which rows it means.
    """
    found: list[Value] = []
    for value in table.values(name):
        if isinstance(value, Interval):
            field = table.field(name)
            raise UnitError(f"'{name}' is a range; use its ends: '{field.low}' or '{field.high}'")
        found.append(value)
    if not found:
        raise MissingError(f"no row of '{table.name}' is left")
    lacking = [value for value in found if value.missing]
    if lacking:
        raise MissingError(
            f"'{name}' has no value in {len(lacking)} of {len(found)} rows, {lacking[0].gap}",
            next((value.mark for value in lacking if value.mark), None),
            f"Leave them out: .where('{name} != None').",
        )
    return found


def alike_values(table: Table, name: str) -> list[Value]:
    """A field's value in every row, as `every_value`, to be compared with each other; UnitError for several units."""
    values = every_value(table, name)
    for value in values:
        values[0].same_unit(value, "compare")
    return values


def total(values: Sequence[Value]) -> Value:
    """The sum of some values: "at least" where one of them is such a limit.

    Raises MissingError where one is missing or limits contradict each other, UnitError for different units.
    """
    first, number, mark, margin = values[0], Decimal(0), None, None
    for value in values:
        first.same_unit(value, "add")
        number += value.number
        mark = limit_of(mark, value.mark)
        margin = together(margin, value.margin)
    return Value(number, first.measure, tuple(cell for value in values for cell in value.cells), mark, margin)


def total_of(column: Numbers) -> Value:
    """`total` of a whole column."""
    mark: Mark | None = reduce(limit_of, column.marks, None)
    return Value(sum(column.numbers, Decimal(0)), column.measure, column.cells, mark)


def weighted_mean(values: Sequence[Value], by: Sequence[Value]) -> Value:
    """The mean of values that each count as often as their weight says: the sum of products by the sum of weights.

    Raises MissingError where a value or weight is missing, only a limit, or the weights add up to nothing.
    """
    weight = total(by)
    summed = sum((value.exact * one.exact for value, one in zip(values, by, strict=True)), Decimal(0))
    first = total(values)
    margin = unknown(first.margin, weight.margin)
    return Value(summed, first.measure, first.cells + weight.cells, margin=margin) / weight.exact


def weighted_mean_of(column: Numbers, by: Numbers) -> Value:
    """`weighted_mean` of whole columns in which all is exactly known."""
    summed = sum(map(mul, column.numbers, by.numbers), Decimal(0))
    weight = total_of(by)
    return Value(summed, column.measure, column.cells + weight.cells) / weight.exact


def median(values: Sequence[Value]) -> Value:
    """The middle of some values; half way between the middle two of an even number.

    Limits are bounds: the median lies between that of the lowest and that of the highest numbers they allow, so a few
    top-coded values at the end of many leave it exact. Raises MissingError where nothing is known of it, UnitError for
    values of different units.
    """
    for value in values:
        values[0].same_unit(value, "compare")
    low = _middle(sorted(values, key=lambda value: (not is_upper_limit(value), value.number)))
    high = _middle(sorted(values, key=lambda value: (is_lower_limit(value), value.number)))
    at_least = None if any(map(is_upper_limit, low)) else _half_way(low)
    at_most = None if any(map(is_lower_limit, high)) else _half_way(high)
    if at_least is not None and (at_most is None or at_most.number != at_least.number):
        return replace(at_least, mark=Mark("at least"))
    if at_most is None:
        raise MissingError("only limits are known here, one from below and one from above")
    return at_most if at_least is not None else replace(at_most, mark=Mark("at most"))


def compared(values: Sequence[Value], sign: int) -> tuple[int, bool]:
    """The place of the highest value, or for a negative sign the lowest, and whether others share it."""
    best, shared = 0, False
    for index, value in enumerate(values[1:], 1):
        if value == values[best]:
            shared = True
        elif (value > values[best]) == (sign > 0):
            best, shared = index, False
    return best, shared


def extreme(table: Table, name: str, sign: int) -> int:
    """The row with the highest value of a field, or for a negative sign the lowest; MissingError for a tie."""
    column = whole_column(table, name)
    if column is not None and not column.marks:
        found = (max if sign > 0 else min)(column.numbers)
        best, tied = column.numbers.index(found), column.numbers.count(found) > 1
    else:
        best, tied = compared(every_value(table, name), sign)
    if tied:
        which, lowest = ("highest", "") if sign > 0 else ("lowest", ", lowest=true")
        named = f"{table.name} | ranking('{name}'{lowest})"
        remedy = f"Name them all, {named}, or ask of one whether it is {which}({table.name}, '{name}')."
        raise MissingError(f"two rows of '{table.name}' share the {which} '{name}'", remedy=remedy)
    return best


def middle_rows(column: Numbers) -> Sequence[int]:
    """The one or two rows in the middle of a column in which all is exactly known: they have its median."""
    often = Counter(column.numbers)
    order = sorted(often)
    ends = list(accumulate(often[number] for number in order))
    found: list[int] = []
    for place in _middle(range(len(column.numbers))):
        number = order[which := bisect_right(ends, place)]
        found.append(_nth(column.numbers, number, place - ends[which] + often[number]))
    return found


def _nth(numbers: Sequence[Decimal], wanted: Decimal, which: int) -> int:
    """The place at which a number stands, after `which` others where it stands too."""
    place = numbers.index(wanted)
    for _ in range(which):
        place = numbers.index(wanted, place + 1)
    return place


def _middle(values: Sequence[_Item]) -> tuple[_Item, ...]:
    half = len(values) // 2
    return (values[half],) if len(values) % 2 else (values[half - 1], values[half])


def _half_way(values: Sequence[Value]) -> Value:
    """The mean of one or two values, whose marks have been seen to."""
    first, last = (replace(value, mark=None) for value in (values[0], values[-1]))
    return first if len(values) == 1 else (first + last) / 2
