"""What a chart shows as names and numbers, without a picture: for tables, notes and charts that others draw."""

from __future__ import annotations

from msgspec import Struct

from charts.chart import Chart
from data.tables.table import Field
from data.tables.value import Interval, Value


class Series(Struct, frozen=True):
    """Values of one kind, one for each name."""

    field: Field
    """What is measured; its title names the series."""
    values: tuple[Value | Interval, ...]


class Shown(Struct, frozen=True):
    """Everything that a chart shows."""

    named: Field
    """The field that names the rows."""
    names: tuple[Value | Interval, ...]
    series: tuple[Series, ...]
    """Each with as many values as there are names."""


def shown(chart: Chart) -> Shown:
    """The names of a chart's rows, and a series for each of its measures, in the order of the drawing's rows."""
    series = tuple(Series(field, tuple(chart.table.values(field.name))) for field in chart.measure_fields)
    return Shown(chart.category_field, tuple(chart.table.values(chart.category)), series)
