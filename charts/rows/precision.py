"""Values that stand beside each other in a row, shown with as many decimals."""

from __future__ import annotations

from msgspec.structs import replace

from charts.chart import Chart
from data.language.show import decimals_of
from data.tables.table import Table
from data.tables.value import Interval


def at_one_precision(chart: Chart, every: Table, table: Table) -> Chart:
    """The chart whose fields of one unit, or without a unit of their own, have the decimals of the finest: "61.5 to
    63.0" and not "61.5 to 63". A kind's `finish`; `every` and `table` are not asked."""
    shown = chart.table
    fields = {name: shown.field(name) for name in (*chart.measures, *(n for ns in chart.roles.values() for n in ns))}
    fields |= {end: shown.field(end) for one in list(fields.values()) for end in (one.low, one.high) if end is not None}
    finest: dict[str | None, int] = {}
    for name, field in fields.items():
        for value in shown.values(name):
            for one in (value.low, value.high) if isinstance(value, Interval) else (value,):
                if not one.missing and field.measure.type != "range":
                    unit = field.measure.unit
                    finest[unit] = max(finest.get(unit, 0), decimals_of(one))
    numbers = {name for name, field in fields.items() if field.measure.type in ("number", "money", "percent", "points")}
    made = tuple(
        replace(one, measure=replace(one.measure, decimals=finest[one.measure.unit]))
        if one.name in numbers and one.measure.unit in finest
        else one
        for one in shown.fields
    )
    return replace(chart, table=replace(shown, fields=made))
