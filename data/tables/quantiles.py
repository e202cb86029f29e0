"""Quantiles: the value below which a part of the rows lies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec.structs import replace

from data.tables.aggregate import alike_values, whole_column
from data.tables.marks import Mark
from data.tables.refusals import MissingError, UnitError
from data.tables.value import NUMERIC, Value, is_lower_limit, is_upper_limit, plain

if TYPE_CHECKING:
    from data.tables.table import Table


def quantile(table: Table, name: str, part: object = None) -> Value:
    """The value below which `part` (0 to 1) of the rows lies: 0.25 gives the lower quartile, 0.5 the median.

    Between two rows it lies on the line from one to the other (type 7 of Hyndman and Fan, "Sample Quantiles in
    Statistical Packages", The American Statistician 50, 1996; as R, Excel's QUARTILE.INC and DuckDB's quantile_cont).
    Limits far from it do not touch it. Raises MissingError where a row has no value or limits leave it open, UnitError
    for fields that hold no amounts.
    """
    share = _part(part)
    if table.field(name).measure.type not in NUMERIC:
        raise UnitError(f"'{name}' is {table.field(name).measure.type}, and a quantile needs amounts")
    column = whole_column(table, name)
    if column is not None and not column.marks:
        rows = sorted(range(len(column.numbers)), key=column.numbers.__getitem__)
        low, high, weight = _places(len(rows), share)
        return _between(_value(table, rows[low], name), _value(table, rows[high], name), weight)
    values = alike_values(table, name)
    return _bounded(values, share)


def _part(part: object) -> Decimal:
    if isinstance(part, int | float | Decimal) and not isinstance(part, bool) and 0 <= part <= 1:
        return plain(part)
    if isinstance(part, int | float) and 1 < part <= 100:
        raise UnitError(f"a part of the rows is from 0 to 1, and {part} is none", f"Write {plain(part) / 100}.")
    raise UnitError("a quantile needs the part of the rows below it, from 0 to 1", "Write t.quantile('pay', 0.25).")


def _places(count: int, part: Decimal) -> tuple[int, int, Decimal]:
    """The places of the two rows that a quantile lies between, and how far it is on the way to the second."""
    place = part * (count - 1)
    low = int(place)
    weight = place - low
    return low, low + 1 if weight else low, weight


def _between(low: Value, high: Value, weight: Decimal) -> Value:
    if not weight:
        return low
    between = low * (1 - weight) + high * weight
    return replace(between, measure=low.measure) / 1  # a division knows that half a person is a number


def _value(table: Table, row: int, name: str) -> Value:
    value = table.value(row, name)
    if not isinstance(value, Value):
        raise UnitError(f"'{name}' is a range, which is no single value", "Ask for its low or its high field.")
    return value


def _bounded(values: Sequence[Value], part: Decimal) -> Value:
    """Of values with limits among them: what the lowest and the highest numbers that they allow both give."""
    low, high, weight = _places(len(values), part)
    lowest = sorted(values, key=lambda value: (not is_upper_limit(value), value.number))
    highest = sorted(values, key=lambda value: (is_lower_limit(value), value.number))
    at_least = _known((lowest[low], lowest[high]), weight, is_upper_limit)
    at_most = _known((highest[low], highest[high]), weight, is_lower_limit)
    if at_least is not None and (at_most is None or at_most.number != at_least.number):
        return replace(at_least, mark=Mark("at least"))
    if at_most is None:
        raise MissingError("only limits are known here, one from below and one from above")
    return at_most if at_least is not None else replace(at_most, mark=Mark("at most"))


def _known(ends: tuple[Value, Value], weight: Decimal, is_open: Callable[[Value], bool]) -> Value | None:
    if any(map(is_open, ends)):
        return None
    first, last = (replace(value, mark=None) for value in ends)
    return _between(first, last, weight)
