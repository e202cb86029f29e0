"""Which rows and series stand out in a chart: those that its project names, and those that a rule finds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from charts.chart import Chart
from charts.kinds.registry import KINDS
from data.errors import Place, Problem, ProjectError, nearest
from data.project import Project
from data.sandbox.expressions import sentence
from data.tables.table import Row
from data.tables.value import NUMERIC, Interval, Value, one_spaced

RULES_OF_HIGHLIGHT = ("top 3", "bottom 1", "above the mean", "below the mean", "above the median", "below the median")
"""How rules are written; the numbers may be others."""
_CHOICES = 12
"""Names that are listed to choose from."""
_ENDS = re.compile(r"(top|bottom) ([1-9]\d{0,2})")
_SIDES = re.compile(r"(above|below) (?:the )?(mean|average|median)")


def said_to_stand_out(project: Project, name: str) -> tuple[str, ...]:
    """What a project names, its placeholders bound to the data, with one space between words.

    A placeholder gives a name as it stands in the data: of a row, or of a value that names one.
    """
    said = project.settings.charts[name].highlight
    place = project.file.place("charts", name, "highlight")
    return tuple(_bound(one, project, place) for one in ((said,) if isinstance(said, str) else said) if one)


def _bound(said: str, project: Project, place: Place) -> str:
    if "{{" not in said and "{%" not in said:
        return one_spaced(said)
    parts = sentence(said, project.names, place, project.language)
    return one_spaced("".join(one if isinstance(one, str) else _named(one[0], said, place) for one in parts))


def _named(value: Value | Interval, said: str, place: Place) -> str:
    if isinstance(value, Interval) or not isinstance(value.content, str):
        message = f"'{said}' gives no name that a row could have."
        raise ProjectError.at(place, message, "Ask for a field of names: {{ row.major }}.")
    return value.content


def highlighted(project: Project, chart: Chart) -> tuple[str, ...]:
    """What stands out in a chart: what its project names, and what its rules find.

    Raises ProjectError for what the chart does not show.
    """
    known, found = _called(chart), list[str]()
    for said in chart.highlight:
        by_rule = None if said in known else highlighted_by_rule(chart, said)
        undecided = None if by_rule is None else _undecided(project, chart)
        if undecided is not None:
            raise ProjectError.at(project.file.place("charts", chart.id, "highlight"), *undecided)
        if by_rule is None and said not in known:
            raise ProjectError.at(project.file.place("charts", chart.id, "highlight"), *_unknown(chart, said, known))
        found += [said] if by_rule is None else by_rule
    return tuple(dict.fromkeys(found))


def _unknown(chart: Chart, said: str, known: list[str]) -> tuple[str, str]:
    """That a chart shows nothing of a name, and what it shows, in its order; rules where it has numbers to apply them
    to."""
    measures = [chart.table.field(name).measure for name in chart.measures]
    rules = RULES_OF_HIGHLIGHT if measures[0].type in NUMERIC else ()
    level = any(said in measure.levels for measure in measures)
    message = f"the chart shows no '{said}'{': that is a level, and rows stand out' if level else ''}."
    near = nearest(said, (*known, *rules))
    if near.startswith("Did you mean") or not known:
        return message, near
    listed = ", ".join(f"'{name}'" for name in known[:_CHOICES])
    more = f" and {len(known) - _CHOICES} more" if len(known) > _CHOICES else ""
    return message, f"Name one of {listed}{more}{'; or write a rule, such as ' + repr(rules[0]) if rules else ''}."


def tied_highlights(project: Project, chart: Chart) -> Iterator[Problem]:
    """A warning for each rule that sets more rows apart than it counts, because some tie."""
    for said in said_to_stand_out(project, chart.id):
        end = None if said in _called(chart) else _ENDS.fullmatch(said.casefold())
        found = highlighted_by_rule(chart, said) or []
        if end is not None and len(found) > int(end[2]):
            yield Problem(
                project.file.place("charts", chart.id, "highlight"),
                f"'{said}' sets {len(found)} rows apart, for some are equal: {', '.join(found)}.",
                "That is as it should be; or name those that are meant.",
                "warning",
            )


def _undecided(project: Project, chart: Chart) -> tuple[str, str] | None:
    """Why nobody can tell which rows a rule means, and what to do; None where it is plain."""
    name_them, measure = "Name those that are meant.", chart.measures[0]
    if chart.role("series") is not None or (KINDS[chart.kind].strands and len(chart.measures) > 1):
        return "a rule sets rows apart, and here series stand out.", name_them
    values = [row[measure] for row in chart.table.rows]
    if len({value.measure.unit for value in values}) > 1:
        return "a rule compares values, and these are in several units.", name_them
    if project.settings.charts[chart.id].others:
        return "a rule would compare all others together with single rows.", name_them
    for row, value in zip(chart.table.rows, values, strict=True):
        if isinstance(value, Value) and (value.limited or (value.mark is not None and value.mark.meaning == "hidden")):
            return f"a rule compares values, and that of '{_name(chart, row)}' is not told exactly.", name_them
    return None


def _called(chart: Chart) -> list[str]:
    """What a chart may highlight: its rows by their names and, in kinds where these stand out, its series by theirs, or
    by the fields that they are."""
    found = [str(name) for name in chart.table.columns[chart.category]]
    if KINDS[chart.kind].strands:
        found += [str(name) for field in chart.roles.get("series", ()) for name in chart.table.columns[field]]
        found += [name for name in chart.measures if len(chart.measures) > 1]
    return list(dict.fromkeys(found))


def highlighted_by_rule(chart: Chart, said: str) -> list[str] | None:
    """Names of the rows that a rule finds, as the data have them; None for words that are no rule.

    The rule is about what is measured, the first of several. Rows that tie with the last one of "top 3" stand out
    too: more than three may. Values that are missing, or only a limit, count for nothing.
    """
    words = said.casefold().strip()
    if chart.table.field(chart.measures[0]).measure.type not in NUMERIC:
        return None
    known = [
        (row, value.number)
        for row in chart.table.rows
        if isinstance(value := row[chart.measures[0]], Value) and not value.missing and not value.limited
    ]
    if end := _ENDS.fullmatch(words):
        ordered = sorted((number for _, number in known), reverse=end[1] == "top")
        if not ordered:
            return []
        last = ordered[min(int(end[2]), len(ordered)) - 1]
        return [_name(chart, row) for row, n in known if (n >= last if end[1] == "top" else n <= last)]
    if side := _SIDES.fullmatch(words):
        middle = _middle([number for _, number in known], side[2])
        return [_name(chart, row) for row, n in known if (n > middle if side[1] == "above" else n < middle)]
    return None


def _middle(numbers: list[Decimal], which: str) -> Decimal:
    if not numbers:
        return Decimal(0)
    if which != "median":
        return sum(numbers, Decimal(0)) / len(numbers)
    ordered, half = sorted(numbers), len(numbers) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _name(chart: Chart, row: Row) -> str:
    value = row[chart.category]
    return str(value.content) if isinstance(value, Value) else str(value)
