"""Charts as a project declares them, bound to their rows, with their claims tested."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from msgspec.structs import replace

from charts.chart import Chart
from charts.choosing.chosen_kind import fields_of, kind_of
from charts.choosing.chosen_rows import cut_tie, rows_of
from charts.choosing.declared_beside import with_beside
from charts.choosing.grid import grid
from charts.choosing.highlighting import highlighted, said_to_stand_out
from charts.distinct import of_nothing_known
from charts.honest.judged import Case
from charts.honest.overruling import overruled
from charts.kinds.registry import KINDS
from charts.roles import drawn, named_by
from charts.strands import of_alike_series
from data.errors import Place, Problem, ProjectError, nearest
from data.language.show import show, unit_title
from data.language.words import words
from data.project import Project
from data.sandbox.claimed import Claimed, apart, false_claim, note
from data.sandbox.expressions import sentence, tried
from data.sandbox.placeholders import Sentence, one_line, told
from data.settings.project import ChartSettings
from data.tables.table import Field, Table
from data.tables.value import Value

_AXES = ("category", "measure")


class Charts:
    """The charts of a project, each bound to its rows and its claim tested once, however many outputs show it."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._made: dict[str, tuple[Chart, list[Claimed]]] = {}
        self._titles: dict[str, tuple[Sentence, list[Claimed]]] = {}

    def chart(self, name: str) -> Chart:
        """The chart, as `declared_chart` makes it; whoever gathers claims gets those that stand in it."""
        if name not in self._made:
            with apart() as claims:
                self._made[name] = declared_chart(self.project, name), claims
        chart, claims = self._made[name]
        note(claims)
        return chart

    def title(self, name: str) -> Sentence:
        """The chart's title, as `claim` binds it; likewise."""
        if name not in self._titles:
            with apart() as claims:
                self._titles[name] = claim(self.project, name), claims
        title, claims = self._titles[name]
        note(claims)
        return title


def declared_chart(project: Project, name: str) -> Chart:
    """The chart `name` of a project, its rows filtered, sorted and cut as declared.

    Raises ProjectError for an unknown table, field, kind or highlighted category, all of them at once.
    """
    settings, place = project.settings.charts[name], project.file.place
    table = project.tables.get(settings.table)
    if table is None:
        raise ProjectError.at(
            place("charts", name, "table"),
            f"there is no table '{settings.table}'.",
            nearest(settings.table, project.tables),
        )
    kind, given = kind_of(project, name, table, fields_of(project, name, table))
    measures = drawn(given)
    category = measures[0] if KINDS[kind].counts else named_by(given, table.key_field)
    if category is None:
        message = f"nothing tells what the rows of table '{table.name}' are called."
        raise ProjectError.at(place("charts", name), message, 'Write label = "..."; or give the table a key.')
    chart = Chart(
        id=name,
        table=table,
        kind=kind,
        category=category.name,
        measures=tuple(m.name for m in measures),
        highlight=said_to_stand_out(project, name),
        alt=_told(project, settings.alt, name, "alt"),
        roles={role: tuple(field.name for field in fields) for role, fields in given.items() if role not in _AXES},
        diverging=settings.diverging,
        cells=settings.cells or "bars",
        differences=settings.differences,
        marks=settings.marks or "",
        rest="",
        minimum_n=settings.minimum_n or table.minimum_n,
        grid=grid(project, name),
    )
    if settings.marks is not None and not KINDS[kind].panels:
        kinds = " or ".join(f"'{one}'" for one, other in KINDS.items() if other.panels)
        message = f"the kind '{kind}' has marks of its own."
        raise ProjectError.at(place("charts", name, "marks"), message, f"Leave out marks, or use the kind {kinds}.")
    rows = rows_of(project, chart)
    start = _start(project, name, kind, rows.shown, measures)
    chart = replace(chart, table=rows.shown, cut=rows.cut, start=start)
    line = _told(project, settings.measure, name, "measure") or _measure_line(
        rows.shown, given.get("measure", measures), project.language
    )
    if start is not None:
        line = f"{line}; {words(project.language)['axis starts'].format(value=show(start, 'label', project.language))}"
    own = KINDS[kind].line
    if own is not None and not settings.measure:
        line = own(chart, project.language)
    chart = replace(chart, measure_line="; ".join(filter(None, (line, rows.cut))))
    chart = with_beside(project, name, chart)
    finish = KINDS[kind].finish
    fault = of_nothing_known(chart) or of_alike_series(chart) or KINDS[kind].fault(chart, project.language)
    if fault is not None:
        raise ProjectError.at(place("charts", name), *fault)
    chart = chart if finish is None else finish(chart, rows.every, table)
    chart = replace(chart, highlight=highlighted(project, chart))
    claimed = _as_claimed(project, name)
    case = Case(chart, claimed, table, project.tables, project.settings.tables, place("charts", name), project.language)
    return replace(chart, overruled=overruled(case, place("charts", name, "allow")))


def _told(project: Project, text: str, name: str, setting: str) -> str:
    """Words of a setting, with what it asks of the data."""
    place = project.file.place("charts", name, setting)
    return told(sentence(text, project.names, place, project.language), project.language) if "{" in text else text


def _start(project: Project, name: str, kind: str, shown: Table, measures: tuple[Field, ...]) -> Value | None:
    """Where the axis of values begins, if not at zero; ProjectError for a kind whose marks show values by length."""
    settings = project.settings.charts[name]
    if settings.axis is None or not settings.axis.start:
        return None
    place = project.file.place("charts", name, "axis")
    if not KINDS[kind].starts:
        lines = " or ".join(f"'{one}'" for one, other in KINDS.items() if other.starts)
        raise ProjectError.at(
            place,
            f"the kind '{kind}' starts at zero: its marks show values by their length.",
            f"Leave out axis; or use the kind {lines}, if the data have an order in time.",
        )
    if settings.axis.start < 0:
        raise ProjectError.at(place, "an axis begins at zero or above.", "Leave it out: what is below zero has room.")
    number = Decimal(str(settings.axis.start))
    measure = next((value.measure for value in shown.values(measures[0].name)), measures[0].measure)
    digits = max(0, -int(number.normalize().as_tuple().exponent))
    return Value(number, replace(measure, decimals=digits))


def claim(project: Project, name: str) -> Sentence:
    """A chart's title, bound to the data; where its test is false, the other one that it declares.

    Raises ProjectError when there is no other one: the chart would state something that its data deny.
    """
    settings, place = project.settings.charts[name], project.file.place
    made = _tested(project, name)
    if made is not None and not made.true and settings.otherwise is not None:
        return _titled(settings.otherwise, project, place("charts", name, "otherwise"))
    bound = _titled(settings.title, project, place("charts", name, "title"))
    if made is not None and not made.true:
        raise ProjectError(false_claim(place("charts", name, "holds"), told(bound, project.language), made))
    return bound


def _titled(text: str, project: Project, place: Place) -> Sentence:
    """A title bound to the data, on one line; ProjectError where they leave no word of it."""
    bound = one_line(sentence(text, project.names, place, project.language))
    if not told(bound, project.language).strip():
        said = "the data leave no word of the title."
        raise ProjectError.at(place, said, "Say what is true otherwise: {% claim … %}…{% otherwise %}…{% endclaim %}.")
    return bound


def _tested(project: Project, name: str) -> Claimed | None:
    """The test of a chart's title, made of the data; None where it has none."""
    test = project.settings.charts[name].holds
    place = project.file.place("charts", name, "holds")
    return None if test is None else tried(test, project.names, place, project.language)


def _as_claimed(project: Project, name: str) -> ChartSettings:
    """The chart's settings with the title that it has, and its test where that is the title which it tests."""
    settings = project.settings.charts[name]
    if settings.otherwise is None:
        return settings
    made = _tested(project, name)
    switched = made is not None and not made.true
    return settings.model_copy(update={"title": settings.otherwise, "holds": None}) if switched else settings


def cut_ties(charts: Charts) -> Iterator[Problem]:
    """A warning for each chart of a project that shows one of two equal rows and leaves the other out."""
    project = charts.project
    for name in project.settings.charts:
        tie = cut_tie(project, charts.chart(name))
        if tie is not None:
            yield Problem(project.file.place("charts", name, "rows"), *tie.said, "warning")


def _measure_line(table: Table, measures: tuple[Field, ...], language: str) -> str:
    """Field title and unit, such as "Average salary, US dollars"."""
    title = " / ".join(m.title for m in measures)
    units = {m.measure.unit for m in measures}
    if measures[0].unit_field:
        units = {str(u) for u in table.columns[measures[0].unit_field] if not isinstance(u, Decimal)}
    if measures[0].measure.type in ("level", "year"):
        return title
    if len(units) > 1:
        return title
    measure = measures[0].measure
    if measure.type == "range":
        measure = table.field(str(measures[0].low)).measure
    unit = unit_title(measure, language)
    return f"{title}, {unit}" if unit and unit.lower() not in title.lower() else title
