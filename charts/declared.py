"""Charts as a project declares them, bound to their rows, with their claims tested."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from msgspec.structs import replace

from charts.chart import Chart
from charts.choice import Choice, Shape, choose, instead, no_choice
from charts.cut import cut_words, tie_at
from charts.grid import grid
from charts.highlighting import highlighted, said_to_stand_out
from charts.honest.judged import Case
from charts.honest.overruling import overruled
from charts.kinds.registry import KINDS, unfit
from charts.kinds.us_states import STATES
from charts.roles import SETTINGS, Given, RoleName, drawn, named_by
from data.errors import Place, Problem, ProjectError, nearest
from data.language.show import unit_title
from data.project import Project
from data.sandbox.expressions import holds, rows_where, sentence
from data.sandbox.placeholders import Sentence
from data.settings.project import ChartSettings
from data.tables.table import Field, Table

_AXES = ("category", "measure")
_ORDERED = ("year", "date", "level")


class Charts:
    """The charts of a project, each bound to its rows and its claim tested once, however many outputs show it."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._made: dict[str, Chart] = {}
        self._titles: dict[str, Sentence] = {}

    def chart(self, name: str) -> Chart:
        """The chart, as `declared_chart` makes it."""
        if name not in self._made:
            self._made[name] = declared_chart(self.project, name)
        return self._made[name]

    def title(self, name: str) -> Sentence:
        """The chart's title, as `claim` binds it."""
        if name not in self._titles:
            self._titles[name] = claim(self.project, name)
        return self._titles[name]


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
    said = _fields(project, name, settings, table)
    kind, given = _kind(project, name, settings, table, said)
    named = drawn(given)[0] if KINDS[kind].counts else named_by(given, table.key_field)
    if named is None:
        message = f"nothing tells what the rows of table '{table.name}' are called."
        raise ProjectError.at(place("charts", name), message, 'Write label = "..."; or give the table a key.')
    category, measures = named, drawn(given)
    by = measures[len(measures) // 2 :] if KINDS[kind].by_middle else measures
    every = _in_order(table, settings, category, by, project, name)
    shown = every if settings.rows is None else every.take(range(min(settings.rows, len(every))))
    cut = cut_words(_order(table, settings, category, by[0]), len(shown), len(every), project.language)
    line = settings.measure or _measure_line(shown, measures, project.language)
    chart = Chart(
        id=name,
        table=shown,
        kind=kind,
        category=category.name,
        measures=tuple(m.name for m in measures),
        highlight=said_to_stand_out(settings),
        measure_line=f"{line}; {cut}" if cut else line,
        alt=settings.alt,
        cut=cut,
        roles={role: tuple(field.name for field in fields) for role, fields in given.items() if role not in _AXES},
        rest="",
        minimum_n=settings.minimum_n or table.minimum_n,
        grid=grid(project, name),
    )
    finish, fault = KINDS[kind].finish, KINDS[kind].fault(chart, project.language)
    if fault is not None:
        raise ProjectError.at(place("charts", name), *fault)
    chart = chart if finish is None else finish(chart, every, table)
    chart = replace(chart, highlight=highlighted(project, chart))
    case = Case(
        chart, settings, table, project.tables, project.settings.tables, place("charts", name), project.language
    )
    return replace(chart, overruled=overruled(case, place("charts", name, "allow")))


def _fields(project: Project, name: str, settings: ChartSettings, table: Table) -> dict[str, tuple[Field, ...]]:
    """The fields that a chart names, by the setting that names them; ProjectError for those that are not there."""
    place, names = project.file.place, [field.name for field in table.fields]
    found: dict[str, tuple[Field, ...]] = {}
    problems: list[Problem] = []
    for setting in ("x", "y", *SETTINGS):
        said: str | tuple[str, ...] | None = getattr(settings, setting)
        wanted = (said,) if isinstance(said, str) else said or ()
        for one in (one for one in wanted if one not in names):
            message = f"table '{table.name}' has no field '{one}'."
            problems.append(Problem(place("charts", name, setting), message, nearest(one, names)))
        if wanted:
            found[setting] = tuple(table.field(one) for one in wanted if one in names)
    if settings.kind is not None and settings.kind not in KINDS:
        unknown = f"there is no chart kind '{settings.kind}'.", nearest(settings.kind, KINDS)
        problems.append(Problem(place("charts", name, "kind"), *(instead(settings.kind) or unknown)))
    if problems:
        raise ProjectError(problems)
    return found


def _kind(
    project: Project, name: str, settings: ChartSettings, table: Table, said: dict[str, tuple[Field, ...]]
) -> tuple[str, Given]:
    """The kind of a chart, and the fields for each role in it; ProjectError where the kind cannot show them."""
    kind = settings.kind or _chosen(project, name, settings, table, said).kind
    given = _given(kind, said, project, name)
    fault = unfit(kind, given)
    if fault is not None:
        at = next((role for role in given if KINDS[kind].role(role) is None), "kind")
        raise ProjectError.at(project.file.place("charts", name, at), *fault)
    return kind, given


def _given(
    kind: str | None, said: dict[str, tuple[Field, ...]], project: Project, name: str
) -> dict[RoleName, tuple[Field, ...]]:
    """The fields for each role in a kind; without a kind x and y, where both measure or one is left out."""
    given: dict[RoleName, tuple[Field, ...]] = {role: said[role] for role in SETTINGS if role in said}
    x, y = said["x"], said.get("y", ())
    as_they_are = KINDS[kind].role("x") is not None if kind is not None else _measure(x) and (not y or _measure(y))
    if as_they_are:
        given["x"] = x
        if y:
            given["y"] = y
        return given
    if not y:
        raise ProjectError.at(project.file.place("charts", name), "'y' is missing.", "Add y = ...")
    category, measures = _axes(name, x, y, project)
    given["category"], given["measure"] = (category,), measures
    return given


def _measure(fields: tuple[Field, ...]) -> bool:
    return all(field.numeric for field in fields)


def _chosen(
    project: Project, name: str, settings: ChartSettings, table: Table, said: dict[str, tuple[Field, ...]]
) -> Choice:
    """The choice for a chart whose project names no kind; ProjectError where none is right."""
    given = _given(None, said, project, name)
    if settings.where:
        table = rows_where(table, settings.where, project.file.place("charts", name, "where"))
    measures, category = given.get("measure", ()), given.get("category", ())
    names = [str(content).casefold() for field in category for content in table.columns[field.name]]
    series = {content for field in given.get("series", ()) for content in table.columns[field.name]}
    rows = min(len(table), settings.rows or len(table))
    places = grid(project, name) or STATES
    shape = Shape(
        given=given,
        whole=any(table.whole == measure.name for measure in measures),
        rows=rows,
        names=min(len(set(names)), rows),
        series=max(len(measures), len(series), 1),
        states=sum(one in places for one in set(names)),
    )
    found = choose(shape)
    if found is None:
        raise ProjectError.at(project.file.place("charts", name), *no_choice(shape))
    return found


def explained(project: Project) -> Iterator[str]:
    """For each chart of a project that names no kind, which was chosen, and why."""
    for name, settings in project.settings.charts.items():
        if settings.kind is None:
            table = project.tables[settings.table]
            choice = _chosen(project, name, settings, table, _fields(project, name, settings, table))
            yield f"chart {name}: {choice.kind}, because {choice.because}."


def claim(project: Project, name: str) -> Sentence:
    """A chart's title, bound to the data.

    Raises ProjectError when the title's test is false: the chart would state something that its data deny.
    """
    settings = project.settings.charts[name]
    if settings.holds is not None:
        place = project.file.place("charts", name, "holds")
        if not holds(settings.holds, project.tables, place):
            raise ProjectError(false_claim(place, settings.title, settings.holds))
    return sentence(settings.title, project.tables, project.file.place("charts", name, "title"))


class FalseClaim(Problem, frozen=True):
    """The problem of a sentence that its data deny: the project may be right, and the world another one."""

    test: str = ""
    """The expression that is false."""


def false_claim(place: Place, claimed: str, test: str) -> FalseClaim:
    """The problem of a sentence that its data deny."""
    return FalseClaim(
        place,
        f"the data deny the claim '{claimed}': {test} is false.",
        "Rewrite the sentence, or correct the data.",
        test=test,
    )


def _axes(name: str, x: tuple[Field, ...], y: tuple[Field, ...], project: Project) -> tuple[Field, tuple[Field, ...]]:
    """Which axis names the categories and which holds what is measured."""

    def measured(fields: tuple[Field, ...]) -> bool:
        return all(f.numeric or f.measure.type == "range" for f in fields)

    if len(y) == 1 and measured(x) and not measured(y):
        return y[0], x
    if len(x) == 1 and measured(y) and not measured(x):
        return x[0], y
    if len(y) == 1 and all(f.measure.type == "level" for f in x):
        return y[0], x
    if len(x) == 1 and all(f.measure.type == "level" for f in y):
        return x[0], y
    raise ProjectError.at(
        project.file.place("charts", name),
        "one of x and y must name the categories, the other hold numbers, a range or levels.",
        "Choose a text, year or level field for one axis and a number field for the other.",
    )


def cut_ties(charts: Charts) -> Iterator[Problem]:
    """A warning for each chart of a project that shows one of two equal rows and leaves the other out."""
    project = charts.project
    for name, settings in project.settings.charts.items():
        chart = charts.chart(name)
        measures, category = chart.measure_fields, chart.category_field
        measures = measures[len(measures) // 2 :] if KINDS[chart.kind].by_middle else measures
        table = project.tables[settings.table]
        if settings.rows is None or _order(table, settings, category, measures[0]) == "none":
            continue
        every = _in_order(table, settings, category, measures, project, name)
        tie = tie_at(every, settings.rows, measures[0].name, category.name)
        if tie is not None:
            yield Problem(project.file.place("charts", name, "rows"), *tie.said, "warning")


def _order(table: Table, settings: ChartSettings, category: Field, measure: Field) -> str:
    """How the chart's rows are sorted: years, levels and parts of a whole stay as they are."""
    as_they_are = category.measure.type in _ORDERED or table.whole == measure.name
    return settings.sort or ("none" if as_they_are else "descending")


def _in_order(
    table: Table, settings: ChartSettings, category: Field, measures: tuple[Field, ...], project: Project, name: str
) -> Table:
    if settings.where:
        table = rows_where(table, settings.where, project.file.place("charts", name, "where"))
    order = _order(table, settings, category, measures[0])
    return table if order == "none" else table.in_order(measures[0].name, descending=order == "descending")


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
