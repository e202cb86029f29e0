"""Lines through time: one with its points labelled where they stand, or several, each named at its end."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from charts import phrases
from charts.chart import Chart
from charts.distinct import Fault, first_limit, place
from charts.kinds.kind import Kind
from charts.lines.area import Frame
from charts.lines.courses import courses, gaps_said, of_one_time, times_of
from charts.lines.drawing import Lines
from charts.lines.hidden import of_hidden_series
from charts.lines.look import looks
from charts.palette import MOST_DISTINCT
from charts.panels.unit_panels import unit_panels
from charts.plot import Plot
from charts.reading import by_unit, number_of, value_text
from charts.roles import TIMES, of_categories
from charts.shades import Shades
from charts.style import ChartStyle
from charts.trend import trend
from data.language.words import words
from data.tables.table import Row
from data.tables.value import NUMERIC, Value

_ALONE = 14.0
"""Width of the line of one time, in sizes of its text."""
_MOST_STRONG = 2
"""Lines that can stand out from others in grey."""


def draw(chart: Chart, style: ChartStyle, width: float, height: float | None) -> Plot:
    """Lines for each unit; where a value is missing there is a gap that says so.

    All points of one line are labelled where their labels have room; else those that are highlighted, the first, the
    last, the highest and the lowest one, and the others are read from an axis. A label without room near its point
    stands below the axis, with its year. Several lines are named at their ends.
    """
    plot = Plot(style, width)
    natural = min(max(0.36 * width, 11 * style.size), 20 * style.size)
    if len(set(chart.table.columns[chart.category])) == 1:
        natural = 7 * style.size
    for rows, top, tall in unit_panels(plot, chart, height, natural, 7 * style.size):
        times = times_of(chart, rows, style.language)
        found = courses(chart, rows, times, style.language)
        lines = Lines(plot, chart, rows, times, found, looks(found, style))
        if len(found) > 1:
            lines.draw_named(top, tall)
        else:
            # one time has no course, and needs no room for one
            wide = width if len(times.values) > 1 else min(width, _ALONE * style.size)
            lines.draw_labelled(Frame(0.0, wide, top, top + tall, wide))
    return plot


def shades(chart: Chart) -> Shades:
    """One line has one colour; those of several are made so that they are told apart."""
    several = chart.role("series") is not None or len(chart.measures) > 1
    quiet = several and any(key in chart.highlight for key in _keys(chart))
    return ("accent", "mark") if quiet else ("accent",)


def _keys(chart: Chart) -> list[str]:
    field = chart.role("series")
    return list(chart.measures) if field is None else list(dict.fromkeys(map(str, chart.table.columns[field])))


def fault(chart: Chart, language: str) -> Fault | None:
    """Two values at one time, units that share no axis, more lines than can be told apart, values below the axis."""
    found = of_one_time(chart, language)
    if found is not None:
        return found
    keys = _keys(chart) if chart.role("series") is not None or len(chart.measures) > 1 else []
    strong = [key for key in keys if key in chart.highlight]
    if len(keys) > MOST_DISTINCT and not strong:
        return (
            f"the chart has {len(keys)} lines, and a reader tells {MOST_DISTINCT} apart at most.",
            "Highlight one, highlight = \"...\": the others are grey; or use the kind 'multiples', a panel for each.",
        )
    if len(strong) > _MOST_STRONG and len(strong) < len(keys):
        return (
            f"{len(strong)} lines stand out, and more than {_MOST_STRONG} do not stand out from the others.",
            "Highlight one or two of them, or leave the others out by where.",
        )
    limit = first_limit(chart)
    if limit is not None and len(keys) > 1:
        return (
            f"the value at {place(limit)} is only a limit, which a line among others cannot say.",
            "Leave the row out by where, or make a chart of this series.",
        )
    hidden = of_hidden_series(chart, language, on_one_another=True) if len(keys) > 1 else None
    return below_start(chart, language) or hidden


def below_start(chart: Chart, language: str) -> Fault | None:
    """A value that lies below the beginning of the axis."""
    start = chart.start
    if start is None:
        return None
    for reference in chart.references:
        if reference.value.number < start.number:
            said = reference.said(language)
            return f"the line '{said}' lies below the beginning of the axis.", "Start the axis lower, or leave it out."
    for row in chart.table.rows:
        for name in chart.measures:
            number = number_of(row[name])
            if number is not None and number < start.number:
                line = f"{row.table.file}:{row.table.lines[row.index]}"
                return (
                    f"the axis starts at {start.number.normalize():f}, and '{name}' in {line} lies below.",
                    "Start it lower, axis = { from = ... }, or leave that out: it starts at zero.",
                )
    return None


def describe(chart: Chart, language: str) -> str:
    """The chart in words: from where to where each line goes, where all of it leads, its extremes where it turns, and
    every value where they are few."""
    said: list[str] = []
    lacking: list[str] = []
    single = chart.role("series") is None and len(chart.measures) == 1
    for group in by_unit(chart.table.rows, chart.measures[0]):
        found = courses(chart, group, times_of(chart, group, language), language)
        # what has a row and no value the remarks say
        rowless = [replace(one, points=tuple(p for p in one.points if p.row is None)) for one in found]
        lacking += gaps_said(rowless, language)
        few = sum(len(course.known) for course in found) <= phrases.FEW
        for course in found:
            rows = [point.row for point in course.known if point.row is not None]
            measure = chart.measures[0] if chart.role("series") is not None or single else course.key
            parts = course_words(chart, rows, measure, language) if len(rows) > 1 else []
            if len(rows) < 2 or (len(rows) > 2 and few):
                parts.append(phrases.values(chart, rows, measure, language) if rows else "")
            if single:
                said += parts
            else:
                gone = parts or [words(language)["not stated"]]
                said.append(phrases.said(course.name, "; ".join(part for part in gone if part), language))
    heading = phrases.heading("line chart", chart, language)
    return phrases.sentences([heading, *said, *phrases.remarks(chart, language), *lacking])


def course_words(chart: Chart, rows: Sequence[Row], measure: str, language: str) -> list[str]:
    """From where to where a line goes, and how; of limits nobody knows how."""
    ours, values = words(language), [row[measure] for row in rows]
    first, last = (
        phrases.with_names(chart, [row], value_text(chart, value, language), language)
        for row, value in ((rows[0], values[0]), (rows[-1], values[-1]))
    )
    text = ours["from to"].format(low=first, high=last)
    if any(isinstance(value, Value) and value.limited for value in values):
        return [text]
    leads = trend([number for value in values if (number := number_of(value)) is not None])
    turns = leads not in ("rising", "falling", "unchanged")
    extremes = f"; {phrases.extremes(chart, rows, measure, language)}" if turns else ""
    return [f"{text}, {ours[leads]}{extremes}"]


KIND = Kind(
    of_categories(NUMERIC, along=TIMES, several=True, series=True),
    draw,
    describe,
    shades=shades,
    fault=fault,
    references=True,
    notes=True,
    strands=True,
    fewer=False,
    starts=True,
)
