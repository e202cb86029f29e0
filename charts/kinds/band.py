"""A line through time with what lies around it, such as the middle half or a 95% interval, all of it named in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from charts import phrases
from charts.chart import Chart
from charts.distinct import Fault, looks_alike, on_one_line
from charts.distinct import place as place_of
from charts.kinds.kind import Kind
from charts.kinds.line import below_start, course_words
from charts.lines.area import Area, Spot
from charts.lines.courses import courses, times_of
from charts.lines.drawing import Lines
from charts.lines.look import Look
from charts.panels.unit_panels import unit_panels
from charts.plot import Plot, Shape, polygon
from charts.reading import by_unit, number_of, value_text
from charts.roles import TIMES, Role
from charts.shades import Shades
from charts.strands import categories
from charts.style import ChartStyle
from data.look.colour import at_lightness, oklab
from data.tables.table import Row
from data.tables.value import NUMERIC

ROLES = (Role("category", TIMES), Role("measure", NUMERIC), Role("low", NUMERIC), Role("high", NUMERIC))
"""What is measured is the line in the middle."""
_FAINT = 0.16
"""Of the way from the paper's lightness to the accent's: of what lies between the ends."""


def draw(chart: Chart, style: ChartStyle, width: float, height: float | None) -> Plot:
    """A line in the middle of its band for each unit, the three of them named at their right ends."""
    plot = Plot(style, width)
    natural = min(max(0.36 * width, 11 * style.size), 20 * style.size)
    if len(categories(chart, style.language)) == 1:
        natural = 9 * style.size
    edge = Look(style.accent, style.muted, 0.0)
    looks = {
        _low(chart): edge,
        _high(chart): edge,
        _middle(chart): Look(style.accent, style.accent_text, 0.25 * style.size),
    }
    for rows, top, tall in unit_panels(plot, chart, height, natural, 9 * style.size):
        times = times_of(chart, rows, style.language)
        found = courses(chart, rows, times, style.language)
        lines = Lines(plot, chart, rows, times, found, tuple(looks[course.key] for course in found))
        low, high = (next(i for i, c in enumerate(found) if c.key == name) for name in (_low(chart), _high(chart)))

        def under(area: Area, low: int = low, high: int = high) -> list[Shape]:
            return _band(style, area, area.spots[low], area.spots[high])

        lines.draw_named(top, tall, under)
    return plot


def shades(chart: Chart) -> Shades:
    """The line and its band have one colour."""
    return ("accent",)


def describe(chart: Chart, language: str) -> str:
    """The chart in words: where the line leads, and between what values it lies at its first and its last time."""
    said: list[str] = []
    middle = _middle(chart)
    for group in by_unit(chart.table.rows, middle):
        times = times_of(chart, group, language)
        line = next(course for course in courses(chart, group, times, language) if course.key == middle)
        rows = [point.row for point in line.known if point.row is not None]
        if len(rows) > 1:
            parts = course_words(chart, rows, middle, language)
            said.append(phrases.said(line.name, "; ".join(parts), language))
        said += [_around(chart, row, language) for row in (rows[:1] + rows[1:][-1:])]
    return phrases.sentences([phrases.heading("band chart", chart, language), *said, *phrases.remarks(chart, language)])


def _around(chart: Chart, row: Row, language: str) -> str:
    """The three values of one time."""
    fields = [chart.table.field(name) for name in (_low(chart), _middle(chart), _high(chart))]
    values = [
        phrases.said(field.title, value_text(chart, row[field.name], language), language)
        for field in fields
        if not row[field.name].missing
    ]
    return f"{phrases.name_of(chart, row, language)} ({', '.join(values)})"


def fault(chart: Chart, language: str) -> Fault | None:
    """Two rows of one time, ends of another unit, a line that lies outside of its band."""
    found = on_one_line(chart, language)
    if found is not None:
        return found
    names = (_low(chart), _middle(chart), _high(chart))
    for row in chart.table.rows:
        units = {(row[name].measure.type, row[name].measure.unit) for name in names}
        if len(units) > 1:
            return f"'{names[0]}', '{names[1]}' and '{names[2]}' are of different units.", "Choose fields of one unit."
        low, middle, high = (number_of(row[name]) for name in names)
        known = [number for number in (low, middle, high) if number is not None]
        if known != sorted(known):
            return (
                f"in {place_of(row)} '{names[1]}' does not lie between '{names[0]}' and '{names[2]}'.",
                "Correct the data, or name the fields that are meant: low, y and high.",
            )
    return below_start(chart, language) or _of_flat_band(chart, language)


def _of_flat_band(chart: Chart, language: str) -> Fault | None:
    """A time at which the band would look like a line though its ends differ tenfold, as others reach so far."""
    names = (_low(chart), _middle(chart), _high(chart))
    numbers = [number for row in chart.table.rows for name in names if (number := number_of(row[name])) is not None]
    start = Decimal(0) if chart.start is None else chart.start.number
    span = max((*numbers, start)) - min((*numbers, start))
    for row in chart.table.rows:
        low, high = row[names[0]], row[names[2]]
        if looks_alike(low, high, span):
            ends = [value_text(chart, value, language) for value in (low, high)]
            return (
                f"in {place_of(row)} the band reaches from {ends[0]} to {ends[1]}, and would look like a line: as if"
                " nothing was uncertain there.",
                "Choose times of like size by where; or use the kind 'table', which says every number.",
            )
    return None


def _low(chart: Chart) -> str:
    return chart.roles["low"][0]


def _high(chart: Chart) -> str:
    return chart.roles["high"][0]


def _middle(chart: Chart) -> str:
    return next(name for name in chart.measures if name not in (_low(chart), _high(chart)))


def _band(style: ChartStyle, area: Area, low: Sequence[Spot], high: Sequence[Spot]) -> list[Shape]:
    """What lies between the ends, and its edges, wherever both are known."""
    drawn = Plot(style, area.frame.width)
    faint = _between_lightness(style)
    for run in _runs(low, high):
        top, bottom = [(x, y) for x, y, _ in run], [(x, y) for x, _, y in run]
        if len(run) == 1:
            # one time alone has no width of its own
            (x, upper, lower), half = run[0], area.radius
            drawn.bar(x - half, upper, 2 * half, max(lower - upper, 0.01), faint)
            continue
        drawn.shapes.append(Shape(polygon([*top, *reversed(bottom)]), faint))
        for edge in (top, bottom):
            drawn.stroke(edge, style.accent, style.hair)
    return drawn.shapes


def _runs(low: Sequence[Spot], high: Sequence[Spot]) -> Iterator[list[tuple[float, float, float]]]:
    """Neighbours with both ends: place, upper and lower edge."""
    ends = {spot.x: spot.y for spot in low}
    for known, run in groupby(high, lambda spot: spot.y is not None and ends.get(spot.x) is not None):
        found = [
            (spot.x, spot.y, lower) for spot in run if spot.y is not None and (lower := ends.get(spot.x)) is not None
        ]
        if known:
            yield found


def _between_lightness(style: ChartStyle) -> str:
    """The accent, so faint that the line is seen on it."""
    paper, accent = oklab(style.paper)[0], oklab(style.accent)[0]
    return at_lightness(style.accent, paper + _FAINT * (accent - paper))


KIND = Kind(ROLES, draw, describe, shades=shades, fault=fault, fewer=False, starts=True)
