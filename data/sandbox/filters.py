"""What stories and charts may put behind a bar: `{{ a / b | percent }}`."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Literal, cast

from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError
from msgspec.structs import replace

from data.language.show import NumberStyle
from data.tables.differing import half_of
from data.tables.table import Row, Rows, Table
from data.tables.value import Interval, Measure, UnitError, Value

STYLES: dict[str, NumberStyle] = {
    "exact": "exact",
    "label": "label",
    "number": "number",
    "rounded": "rounded",
    "words": "words",
}


def text_value(text: str | None) -> Value:
    """A text that belongs to no cell."""
    return Value(text, Measure("text"))


class Styled:
    """A value with the style that a filter asked for."""

    def __init__(self, value: Value | Interval, style: NumberStyle) -> None:
        self.value: Value | Interval = value
        self.style: NumberStyle = style

    def _compared(self, _: object) -> bool:
        """A value behind `| exact` equals nothing, and a test of it would be the same whatever the data say."""
        raise UnitError("a value behind a filter is printed, and not compared", "Compare the value itself, without |.")

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _compared
    __hash__ = None  # pyright: ignore[reportAssignmentType]  # as for all that compares by itself


def style_filter(style: NumberStyle) -> Callable[[object], Styled]:
    """The filter that has a value shown in a style."""

    def styled(value: object) -> Styled:
        if isinstance(value, Value | Interval):
            return Styled(value, style)
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            return Styled(computed(value), style)
        if isinstance(value, StrictUndefined):
            str(value)  # says which name is not known
        raise SecurityError(f"the filter '{style}' needs a value from a table")

    return styled


def percent(value: object) -> Styled:
    """A ratio as a percentage: `{{ a / b | percent }}` shows 0.25 as 25%."""
    if isinstance(value, Value) and value.measure.type in ("ratio", "number"):
        return Styled(Value(value.number * 100, Measure("percent"), value.cells, value.mark), "rounded")
    raise SecurityError("the filter 'percent' needs a ratio, such as {{ (a / b) | percent }}")


def margin(value: object) -> Value:
    """How far a value may be off: `±{{ survey.first.share | margin }}`, of a percentage in percentage points."""
    if not isinstance(value, Value):
        raise SecurityError("the filter 'margin' needs a value from a table")
    if value.margin is None:
        raise UnitError("this has no margin", "Write sample = or margin = in the field that it comes from.")
    kind = "points" if value.measure.type == "percent" else value.measure.type
    # its own digits: those of the column it is for may round it to nothing
    measure = replace(value.measure, type=kind, decimals=None)
    return Value(half_of(value), measure, value.cells)


def absolute(value: object) -> object:
    """A difference without its sign: "they lie {{ (a - b) | absolute }} apart"."""
    if isinstance(value, Styled):
        size = absolute(value.value)
        return Styled(size, value.style) if isinstance(size, Value) else size
    if not isinstance(value, Value):
        raise SecurityError("the filter 'absolute' needs a value, such as {{ (a - b) | absolute }}")
    return abs(value)


def end_of(which: Literal["first", "last"]) -> Callable[[object], object]:
    """`t | first` is `t.first`; of rows, the one at that end."""

    def found(several: object) -> object:
        if isinstance(several, Table):
            return several.first if which == "first" else several.last
        if isinstance(several, Row):
            return several["0" if which == "first" else "-1"]  # says which fields there are
        if not isinstance(several, tuple | list | Rows) or not several:
            raise SecurityError(f"the filter '{which}' needs a table or rows")
        row = cast("tuple[object, ...]", several)[0 if which == "first" else -1]
        return row.table.at(row.index) if isinstance(row, Row) else row

    return found


def computed(number: float | Decimal) -> Value:
    """A number that an expression gives, as a value without cells."""
    return Value(Decimal(str(number)), Measure("integer" if isinstance(number, int) else "number"))
