"""The kind of a chart, as its project names it or the shape of its data asks for, and which field plays which role."""

from __future__ import annotations

from collections.abc import Iterator

from charts.choosing.choice import Choice, Shape, choose, instead, no_choice
from charts.choosing.grid import grid
from charts.kinds.registry import KINDS, unfit
from charts.kinds.us_states import STATES
from charts.roles import SETTINGS, Given, RoleName
from data.errors import Problem, ProjectError, nearest
from data.project import Project
from data.sandbox.expressions import rows_where
from data.tables.table import Field, Table


def fields_of(project: Project, name: str, table: Table) -> dict[str, tuple[Field, ...]]:
    """The fields that a chart names, by the setting that names them; ProjectError for those that are not there."""
    settings, place, names = project.settings.charts[name], project.file.place, [field.name for field in table.fields]
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


def kind_of(project: Project, name: str, table: Table, said: dict[str, tuple[Field, ...]]) -> tuple[str, Given]:
    """The kind of a chart, and the fields for each role in it; ProjectError where the kind cannot show them."""
    kind = project.settings.charts[name].kind or _chosen(project, name, table, said).kind
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
    others: dict[RoleName, tuple[Field, ...]] = {role: said[role] for role in SETTINGS if role in said}
    x, y = said["x"], said.get("y", ())
    as_they_are = KINDS[kind].role("x") is not None if kind is not None else _measure(x) and (not y or _measure(y))
    if as_they_are:
        return {"x": x, "y": y, **others} if y else {"x": x, **others}
    if not y:
        raise ProjectError.at(project.file.place("charts", name), "'y' is missing.", "Add y = ...")
    category, measures = _axes(name, x, y, project)
    return {"category": (category,), "measure": measures, **others}


def _measure(fields: tuple[Field, ...]) -> bool:
    return all(field.numeric for field in fields)


def _chosen(project: Project, name: str, table: Table, said: dict[str, tuple[Field, ...]]) -> Choice:
    """The choice for a chart whose project names no kind; ProjectError where none is right."""
    settings, given = project.settings.charts[name], _given(None, said, project, name)
    if settings.where:
        table = rows_where(table, settings.where, project.file.place("charts", name, "where"), project.row)
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
            choice = _chosen(project, name, table, fields_of(project, name, table))
            yield f"chart {name}: {choice.kind}, because {choice.because}."


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
