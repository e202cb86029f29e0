"""What a chart shows as names and numbers, without a picture: for tables, notes and charts that others draw."""

from __future__ import annotations

from msgspec import Struct

from charts.chart import Chart
from data.tables.table import Field
from data.tables.value import Interval, Value


class Series(Struct, frozen=True):
    """Values of one kind, one for each name."""

    field: Field
    """What is measured, or tells the rows of one name apart; its title names the series."""
    values: tuple[Value | Interval, ...]


class Shown(Struct, frozen=True):
    """Everything that a chart shows."""

    named: Field
    """The field that names the rows."""
    names: tuple[Value | Interval, ...]
    series: tuple[Series, ...]
    """Each with as many values as there are names."""


def shown(chart: Chart) -> Shown:
    """The names of a chart's rows, and a series for each other field that it draws, in the order of the rows."""
    others = {name: chart.table.field(name) for names in chart.roles.values() for name in names}
    fields = {**others, **{field.name: field for field in chart.measure_fields}}
    fields.pop(chart.category, None)
    series = tuple(Series(field, tuple(chart.table.values(name))) for name, field in fields.items())
    return Shown(chart.category_field, tuple(chart.table.values(chart.category)), series)
