"""Small multiples: a panel for each series, all on one scale, with lines or columns through time, or bars of names."""

from __future__ import annotations

from charts import phrases
from charts.chart import Chart
from charts.distinct import Fault, first_limit, place
from charts.honest.rules import named
from charts.kinds.kind import Kind
from charts.kinds.line import below_start, course_words
from charts.lines.courses import Course, courses, gaps_said, of_one_time, slots_of, times_of
from charts.lines.hidden import of_hidden_series
from charts.panels.bars import draw_bars
from charts.panels.grid import Grid
from charts.plot import Plot
from charts.reading import by_unit, value_text
from charts.roles import TIMES, of_categories
from charts.shades import Shades
from charts.strands import Strand, categories, of_one_place, strands
from charts.style import ChartStyle
from data.language.words import words
from data.tables.value import NUMERIC

MOST = 24
"""Panels beyond which nobody compares them, and columns in a panel beyond which they are too thin."""


def draw(chart: Chart, style: ChartStyle, width: float, height: float | None) -> Plot:
    """A grid of panels in the order of the data, each with its title."""
    plot = Plot(style, width)
    if marks_of(chart) == "bars":
        draw_bars(plot, chart, height)
    else:
        times = times_of(chart, chart.table.rows, style.language)
        found = courses(chart, chart.table.rows, times, style.language, whole=True)
        Grid(plot, chart, times, found).draw(height)
    plot.height = max(plot.height, height or 0.0)
    return plot


def marks_of(chart: Chart) -> str:
    """What shows the values: what its project says, else bars of names and lines through time."""
    return chart.marks or ("lines" if chart.category_field.measure.type in TIMES else "bars")


def shades(chart: Chart) -> Shades:
    """The accent for what is highlighted, another for the rest."""
    keys = list(dict.fromkeys(map(str, chart.table.columns[chart.roles["series"][0]])))
    strong = {key in chart.highlight for key in keys}
    return ("accent", "mark") if len(strong) > 1 else ("accent",)


def describe(chart: Chart, language: str) -> str:
    """The chart in words: what each panel shows and lacks, or those that change the most where panels are many."""
    heading = phrases.heading("small multiples", chart, language)
    if marks_of(chart) == "bars":
        told: list[str] = []
        for one in strands(chart, language):
            rows = [mark.row for mark in one.marks.values()]
            values = phrases.values(chart, rows, chart.measures[0], language)
            told.append(
                phrases.said(one.name, "; ".join(filter(None, (values, *_lacks(chart, one, language)))), language)
            )
        return phrases.sentences([heading, *told, *_told_apart(chart, language)])
    times = times_of(chart, chart.table.rows, language)
    found = courses(chart, chart.table.rows, times, language, whole=True)
    ends = [course for course in found if len(course.known) > 1]
    most = phrases.FEW // 2
    shown = found
    if len(ends) > most:
        changes = sorted(ends, key=lambda course: (course.known[-1].number or 0) - (course.known[0].number or 0))
        shown = (changes[-1], changes[0], *(course for course in found if len(course.known) < 2))
    said = [phrases.said(one.name, _course_said(chart, one, language), language) for one in shown]
    return phrases.sentences([heading, *said, *gaps_said(found, language), *_told_apart(chart, language)])


def _lacks(chart: Chart, one: Strand, language: str) -> list[str]:
    """What a panel has no bar for, and why."""
    absent: dict[str, list[str]] = {}
    for name in categories(chart, language):
        mark = one.marks.get(name)
        if mark is None or mark.value.missing:
            why = words(language)["not stated"] if mark is None else value_text(chart, mark.value, language)
            absent.setdefault(why, []).append(name)
    return [phrases.said(phrases.joined(names), why, language) for why, names in absent.items()]


def _course_said(chart: Chart, course: Course, language: str) -> str:
    """Where a panel leads; its one value; or that it has none."""
    rows = [point.row for point in course.known if point.row is not None]
    if len(rows) > 1:
        return "; ".join(course_words(chart, rows, chart.measures[0], language))
    if rows:
        return phrases.with_names(chart, rows, value_text(chart, rows[0][chart.measures[0]], language), language)
    return words(language)["not stated"]


def _told_apart(chart: Chart, language: str) -> list[str]:
    """Which rows are drawn where not all are, and which panels stand out."""
    strong = [one.name for one in strands(chart, language) if one.strong]
    return [chart.cut, words(language)["highlighted"].format(names=phrases.joined(strong)) if strong else ""]


def fault(chart: Chart, language: str) -> Fault | None:
    """Two values at one place, several units, more panels than anybody compares, marks that do not fit the axis."""
    bars, timed = marks_of(chart) == "bars", chart.category_field.measure.type in ("year", "date")
    if bars and timed:
        return named(
            "ordered-line", (f"bars have names, and '{chart.category}' holds times.", 'Write marks = "columns".')
        )
    if not bars and chart.category_field.measure.type not in TIMES:
        fault = f"{chart.marks} run through time, and '{chart.category}' holds names.", 'Write marks = "bars".'
        return named("ordered-line", fault)
    found = _of_bars(chart, language) if bars else of_one_time(chart, language)
    if found is not None:
        return found
    count = len(set(chart.table.columns[chart.roles["series"][0]]))
    if count > MOST:
        return (
            f"the chart has {count} panels, and a reader compares {MOST} at most.",
            "Choose some of them by where; or use the kind 'line' and highlight one, the others are grey.",
        )
    limit = first_limit(chart)
    if limit is not None:
        return (
            f"the value at {place(limit)} is only a limit, which a small panel cannot say.",
            "Leave the row out by where, or make a chart of this series.",
        )
    found = _of_marks(chart, language) or below_start(chart, language)
    return found or (None if bars else of_hidden_series(chart, language, on_one_another=False))


def _of_bars(chart: Chart, language: str) -> Fault | None:
    groups = by_unit(chart.table.rows, chart.measures[0])
    if len(groups) > 1:
        fault = f"panels on one scale have one unit, and '{chart.measures[0]}' has {len(groups)}."
        return named("one-unit", (fault, "Choose the rows of one by where."))
    if len(rows := categories(chart, language)) > MOST:
        return (
            f"a panel has {len(rows)} bars, and a reader compares {MOST} at most.",
            "Choose some of them by where; or use the kind 'table', which says every number.",
        )
    return of_one_place(chart, language)


def _of_marks(chart: Chart, language: str) -> Fault | None:
    """Columns and bars that do not begin at zero, or that are too thin."""
    marks = marks_of(chart)
    if marks == "lines":
        return None
    if chart.start is not None:
        remedy = 'Leave out axis, or write marks = "lines" where the data have an order in time.'
        return named("bars-from-zero", (f"{marks} start at zero: they show values by their length.", remedy))
    count = len(slots_of(times_of(chart, chart.table.rows, language))) if marks == "columns" else 0
    if count > MOST:
        return (
            f"a panel has places for {count} columns, and {MOST} at most are wide enough to be seen.",
            'Write marks = "lines", or choose some of the times by where.',
        )
    return None


KIND = Kind(
    of_categories(NUMERIC, series=None),
    draw,
    describe,
    shades=shades,
    fault=fault,
    strands=True,
    fewer=False,
    panels=True,
    starts=True,
)
