"""What in a chart would mislead its readers: rules that the data of a project can break."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct

from charts.chart import Chart
from charts.distinct import Fault, place
from charts.honest.claims import called_a_trend, within_margin
from charts.reading import category_name, is_highlighted
from charts.stacking.rest import most
from data.errors import Place
from data.language.words import says_total
from data.sandbox.expressions import rows_where
from data.settings.project import ChartSettings, TableSettings
from data.tables.moments import moment
from data.tables.table import Row, Table
from data.tables.value import Value

LEAST = 5
"""People behind a median or a mean, where a project states no least number of its own."""
_EVEN = frozenset(("bar", "bars", "dot", "levels", "stacked"))
"""Kinds that set their rows one step apart, whatever they are called."""
_SUMMARY = re.compile(r"median|mean|average|durchschnitt|mittel|m[ée]dian|moyenne|promedio|mediana", re.IGNORECASE)
_SUMMED_UP = re.compile(r"\.\s*(?:median|mean)\s*\(")
_COUNTS = frozenset(("n", "count", "answers", "respondents", "responses", "sample", "sample_size", "people"))
"""Names of fields that say how many people stand behind a row."""


class Case(Struct, frozen=True):
    """A chart as it would be drawn, and what else a rule asks of its project."""

    chart: Chart
    settings: ChartSettings
    table: Table
    """The whole table, of which the chart shows rows."""
    tables: Mapping[str, Table]
    declared: Mapping[str, TableSettings]
    place: Place
    """Of the chart in its project's file."""
    language: str


def breaches(case: Case) -> Iterator[tuple[str, Fault]]:
    """The rules that a chart breaks, by their names, each with what is wrong and what to do."""
    for name, fault in _JUDGES.items():
        found = fault(case)
        if found is not None:
            yield name, found


def _over_100(case: Case) -> Fault | None:
    numbers = _parts(case)
    if sum(numbers, Decimal(0)) <= most(numbers):
        return None
    return (
        f"the values of '{case.chart.measures[0]}' are no parts of a whole: they add up to"
        f" {sum(numbers, Decimal(0)).normalize():f}.",
        "Use the kind 'bar', and say where several answers were possible.",
    )


def _one_whole(case: Case) -> Fault | None:
    numbers, chart = _parts(case), case.chart
    if not numbers:
        return None
    totals = [row for row in chart.table.rows if says_total(category_name(chart, row, case.language))]
    if totals and len(chart.table) > 2:
        name = category_name(chart, totals[0], case.language)
        return (
            f"'{name}' is a sum, and would stand among its own parts.",
            f"Leave it out: where = \"{chart.category} != '{name}'\".",
        )
    measure, said = chart.measures[0], sum(numbers, Decimal(0))
    if case.table.whole == measure or 2 * Decimal(100) - most(numbers) <= said <= most(numbers):
        return None
    if said > 100:
        return None  # the other rule tells
    return (
        f"nothing says that the values of '{measure}' are parts of one whole: they add up to {said.normalize():f}.",
        f'Where they are, say so in the table: whole = "{measure}". Where each has a whole of its own, use the kind'
        " 'bar'.",
    )


def _parts(case: Case) -> list[Decimal]:
    """The numbers of a chart of parts; none for other kinds."""
    if case.chart.kind not in ("share", "waffle"):
        return []
    values = case.chart.table.values(case.chart.measures[0])
    return [value.number for value in values if isinstance(value, Value) and not value.missing]


def _time_steps(case: Case) -> Fault | None:
    chart = case.chart
    if chart.kind not in _EVEN or chart.category_field.measure.type not in ("year", "date"):
        return None
    rows = list(chart.table.rows)
    times = [moment(row[chart.category]) for row in rows]
    known = [time for time in times if time is not None]
    steps = {"year": 1, "academic year": 1, "month": 12}
    if len(known) < len(rows) or len({time.precision for time in known}) > 1 or known[0].precision not in steps:
        return None
    starts = [round(time.start * steps[known[0].precision]) for time in known]
    apart = [b - a for a, b in pairwise(starts)]
    if len({step > 0 for step in apart}) > 1 or len(set(apart)) < 2:
        return None  # in another order than that of time, or even
    widest = max(range(len(apart)), key=lambda i: abs(apart[i]))
    one, other = (category_name(chart, rows[i], case.language) for i in (widest, widest + 1))
    return (
        f"{one} and {other} would stand one step apart, as times that follow each other do.",
        "Use the kind 'line', which is true to time; or give the times between them rows without a value.",
    )


def _few_people(case: Case) -> Fault | None:
    chart = case.chart
    if chart.kind == "box" and (size := chart.role("size")) is not None and chart.minimum_n is None:
        for row in chart.table.rows:
            count = row[size]
            if isinstance(count, Value) and not count.missing and 0 < count.number < LEAST:
                return _too_few(chart, row, chart.measures[1], int(count.number), case.language)
        return None
    for name in chart.measures:
        people = _behind(case, name)
        for row in chart.table.rows if people else ():
            value, count = row[name], people(row) if people else None
            if value.missing or count is None or not 0 < count < LEAST:
                continue
            return _too_few(chart, row, name, count, case.language)
    return None


def _too_few(chart: Chart, row: Row, name: str, count: int, language: str) -> Fault:
    what = "the median" if name.startswith("_") else f"'{name}'"
    return (
        f"{what} of '{category_name(chart, row, language)}' rests on {count} ({place(row)}): of so few it says little,"
        " and may tell of one.",
        f"Hide such values: minimum_n of the table, or of a chart that sums up its rows, of {LEAST}; or leave them out"
        " by where.",
    )


def _behind(case: Case, name: str) -> Callable[[Row], int | None] | None:
    """What tells how many people stand behind a row's value of a field; None where it is no median or mean, or where
    the project says itself how few are too few."""
    table, declared = case.table, case.declared[case.table.name]
    if declared.minimum_n is not None or table.minimum_n is not None or name not in table.fields_by_name:
        return None
    field = table.field(name)
    counts = [one.name for one in table.fields if one.name.casefold() in _COUNTS and one.measure.type == "integer"]
    if counts and counts[0] != name and _SUMMARY.search(f"{field.name} {field.title}"):

        def counted(row: Row) -> int | None:
            value = row[counts[0]]
            return int(value.number) if isinstance(value, Value) and not value.missing else None

        return counted
    expression = declared.fields[name].value if name in declared.fields else None
    if declared.group_by and declared.derived_from and expression and _SUMMED_UP.search(expression):
        base = case.tables[declared.derived_from]
        if base.key_field is not None:  # its rows have names of their own, such as jobs, and are no answers
            return None
        if declared.where:
            base = rows_where(base, declared.where, case.place)
        sizes: dict[object, int] = {}
        for content in base.columns[declared.group_by]:
            sizes[content] = sizes.get(content, 0) + 1
        of_line = dict(zip(base.lines, base.columns[declared.group_by], strict=True))
        return lambda row: sizes.get(of_line.get(row.table.lines[row.index]))
    return None


def _colour_meaning(case: Case) -> Fault | None:
    rows = list(case.chart.table.rows)
    if len(rows) < 2 or not all(is_highlighted(case.chart, row) for row in rows):
        return None
    return "every row is highlighted, and so none.", "Highlight what the title is about, or leave highlight out."


def _margin(case: Case) -> Fault | None:
    if case.settings.holds is None:
        return None
    return within_margin(case.chart, case.table, case.tables, case.settings.holds, case.place)


def _trend(case: Case) -> Fault | None:
    return called_a_trend(case.chart, f"{case.settings.title} {case.settings.alt}")


_JUDGES: dict[str, Callable[[Case], Fault | None]] = {
    "colour-meaning": _colour_meaning,
    "few-people": _few_people,
    "margin": _margin,
    "one-whole": _one_whole,
    "share-over-100": _over_100,
    "time-steps": _time_steps,
    "trend": _trend,
}
"""Rules that a project's data can break. What else is forbidden no chart can be told to do."""
