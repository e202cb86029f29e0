"""What a program needs to know of a chart to draw it, and to let a person change it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Literal

from msgspec import Struct, field

from charts.chart import Chart
from charts.reading import value_text
from charts.style import ChartStyle
from data.language.show import decimals_of, number_format, show
from data.tables.value import Interval, Value

Form = Literal["bars", "columns", "lines", "points", "rows"]
"""Horizontal bars, upright ones, lines through categories, points on two axes of numbers,
dots on a line for each name."""
Place = Literal["end", "middle", "above", "below", "right", "left"]
"""Where a label stands: behind the end of its bar, in the middle of its part, around its point."""


class Label(Struct, frozen=True):
    """What stands beside a mark."""

    place: Place
    colour: str
    bold: bool = False
    text: str = ""
    """As it stands on our own drawing."""
    fixed: bool = False
    """Whether that text stands there whatever the number becomes: the name of a line, a limit."""
    number_format: str = "General"
    """Code as in ECMA-376 part 1, 18.8.31."""
    named: bool = False
    """Whether the name of its series stands before the number."""
    more: str = ""
    """Words behind the number: what is said of another one that is not there."""
    raised: float = 0.0
    """How far it stands above its usual place, as a part of the value axis: to keep clear of another."""
    aside: float = 0.0
    """How far it stands to the right of its usual place, as a part of the axis across."""


class DrawnSeries(Struct, frozen=True):
    """Values of one name, one for each category; as many x as y where both are numbers."""

    name: str
    values: tuple[Decimal | None, ...]
    colour: str
    """Of its marks, as "#RRGGBB"."""
    other_colours: Mapping[int, str] = field(default_factory=dict[int, str])
    """Of the marks at these places, where it differs."""
    labels: Mapping[int, Label] = field(default_factory=dict[int, Label])
    """By the places of the marks that have one."""
    across: tuple[Decimal, ...] = ()
    """Of points, where each stands along the axis across; empty where categories tell it."""
    thick: float = 0.0
    """Of a line, in points; 0 draws none."""
    dot: float = 0.0
    """Diameter of a line's points, in points; 0 draws none."""
    dashed: bool = False
    outlined: bool = False
    """Whether its bars are drawn as dashed outlines: what nobody stated."""


class Span(Struct, frozen=True):
    """What joins the dots of a row, from the lowest to the highest."""

    colour: str
    thick: float
    """In points."""


class Axis(Struct, frozen=True):
    """An axis of numbers."""

    low: Decimal | None = None
    """Where it begins and ends; None leaves that to the program."""
    high: Decimal | None = None
    step: Decimal | None = None
    number_format: str = "General"
    shown: bool = False
    """Whether it has numbers and light guide lines: where not every value has a label."""
    ticks: tuple[str, ...] = ()
    """Its numbers as they are shown."""
    title: str = ""


class Figure(Struct, frozen=True):
    """One chart."""

    form: Form
    categories: tuple[str, ...]
    """Names along the axis; of points, what each point is called."""
    series: tuple[DrawnSeries, ...]
    named: str
    """What the categories are: the title of their field."""
    values: Axis = Axis()
    across: Axis = Axis()
    """Of points."""
    stacked: bool = False
    overlaid: bool = False
    """Whether the bars of all series stand at one place, of which each category has one."""
    key: bool = False
    """Whether the series are named in a key."""
    steps: tuple[int, ...] = (1, 2, 3, 4, 5, 10, 20, 50, 100)
    """Every how many categories may be named along an axis that has no room for all."""
    in_time: bool = False
    """Whether the categories are times, whose names are short and stand on one line."""
    days: tuple[datetime.date, ...] = ()
    """The categories as days, where a program counts them by its calendar: many months or days, none missing."""
    day_format: str = ""
    formats: tuple[str, ...] = ()
    """Of the numbers of each series, as a worksheet shows them."""
    note: str = ""
    """What the marks do not show, in words at the lower edge."""
    spans: tuple[Span, ...] = ()
    """Of rows of dots, one for each category; empty where nothing joins them."""
    strong: tuple[int, ...] = ()
    """Categories whose names stand out."""
    column: int | None = None
    """The series whose numbers stand in a column at the right, under its name."""
    guided: bool = False
    """Whether a light line leads from each name to its dots."""


def format_of(chart: Chart, value: Value, language: str) -> str:
    """The number format in which a program shows a value as it stands on our own drawing."""
    scale = chart.scales.get(value.measure.unit)
    if scale is not None and scale.power:
        return number_format(value.measure, scale.decimals, language, scale)
    return number_format(value.measure, decimals_of(value, "label"), language)


def label_of(
    chart: Chart, value: Value | Interval, style: ChartStyle, place: Place, strong: bool = False, colour: str = ""
) -> Label | None:
    """The label of a value; None where there is nothing to stand beside."""
    if not isinstance(value, Value) or value.missing:
        return None
    colour = colour or (style.accent_text if strong else style.ink)
    text = value_text(chart, value, style.language)
    if value.limited:
        return Label(place, colour, strong, text, fixed=True)
    return Label(place, colour, strong, text, number_format=format_of(chart, value, style.language))


def exact(value: Value | Interval) -> Decimal | None:
    """The number of a value, with every digit of the data; None where there is none."""
    return value.number if isinstance(value, Value) and not value.missing else None


def sheet_format(values: Sequence[Value | Interval], language: str) -> str:
    """The format of a worksheet's column: with as many decimals as any of its values is shown with."""
    known = [value for value in values if isinstance(value, Value) and not value.missing]
    if not known:
        return "General"
    return number_format(known[0].measure, max(map(decimals_of, known)), language)


def said_missing(value: Value | Interval, language: str) -> str:
    """Why a value is not there, in words; empty where it is."""
    return "" if exact(value) is not None else show(value, "label", language)


def labelled(found: Mapping[int, Label | None]) -> dict[int, Label]:
    """The labels that are there."""
    return {place: label for place, label in found.items() if label is not None}


def numbers(series: Sequence[DrawnSeries]) -> Iterator[Decimal]:
    """All numbers of some series."""
    for one in series:
        yield from (number for number in one.values if number is not None)
