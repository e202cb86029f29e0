"""Charts as a project declares them, bound to their rows, with their claims tested."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec.structs import replace

from charts.chart import Chart, choose_kind
from charts.cut import Tie, cut_words, tie_at
from charts.kinds.registry import KINDS, unfit
from charts.others import no_sum, with_others
from charts.ranked import by_category, in_rank
from charts.roles import SETTINGS, Given, RoleName, drawn, named_by
from data.errors import Place, Problem, ProjectError, nearest
from data.language.show import unit_title
from data.project import Project
from data.sandbox.expressions import holds, rows_where, sentence
from data.sandbox.placeholders import Sentence
from data.settings.project import ChartSettings
from data.tables.table import Field, Row, Table
from data.tables.value import one_spaced

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
    named = named_by(given, table.key_field)
    if named is None:
        message = f"nothing tells what the rows of table '{table.name}' are called."
        raise ProjectError.at(place("charts", name), message, 'Write label = "..."; or give the table a key.')
    category, measures = named, drawn(given)
    roles = {role: tuple(field.name for field in fields) for role, fields in given.items() if role not in _AXES}
    if settings.others and (KINDS[kind].rank is not None or settings.rows is None):
        message = f"the kind '{kind}' has no row for all others." if settings.rows else "no row is left out by rows."
        raise ProjectError.at(place("charts", name, "others"), message, "Leave out others.")
    if KINDS[kind].rank is None:
        every = _in_order(table, settings, category, given.get("middle", measures), project, name)
        shown = every if settings.rows is None else every.take(range(min(settings.rows, len(every))))
        counts = len(shown), len(every)
        if settings.others and len(shown) < len(every):
            at = place("charts", name, "others")
            refused = no_sum(every, len(shown), category, measures)
            if refused is not None:
                raise ProjectError.at(at, *refused)
            shown = with_others(every, len(shown), category, measures, project.language)
            counts = len(every), len(every)
    else:
        chosen = _chosen(table, settings, project, name)
        draft = Chart(
            name,
            chosen,
            kind,
            category.name,
            tuple(m.name for m in measures),
            roles=roles,
            diverging=settings.diverging,
        )
        ranked = _ranked(draft, _order(table, settings, category, measures[0]))
        every, shown = _rows_of(chosen, ranked), _rows_of(chosen, ranked[: settings.rows])
        counts = min(settings.rows or len(ranked), len(ranked)), len(ranked)
    highlight = (settings.highlight,) if isinstance(settings.highlight, str) else settings.highlight
    highlight = tuple(one_spaced(h) for h in highlight if h)
    known = _called(kind, shown, category, measures, given)
    missed = [h for h in highlight if h not in known]
    if missed:
        raise ProjectError.at(
            place("charts", name, "highlight"), f"the chart shows no '{missed[0]}'.", nearest(missed[0], known)
        )
    cut = cut_words(_order(table, settings, category, measures[0]), *counts, project.language)
    line = settings.measure or _measure_line(shown, measures, project.language)
    chart = Chart(
        id=name,
        table=shown,
        kind=kind,
        category=category.name,
        measures=tuple(m.name for m in measures),
        highlight=highlight,
        measure_line=f"{line}; {cut}" if cut else line,
        alt=settings.alt,
        cut=cut,
        roles=roles,
        diverging=settings.diverging,
        rest="",
    )
    own = KINDS[kind].line
    if own is not None and not settings.measure:
        line = own(chart, project.language)
        chart = replace(chart, measure_line=f"{line}; {cut}" if cut and line else line or cut)
    finish, fault = KINDS[kind].finish, KINDS[kind].fault(chart, project.language)
    if fault is not None:
        raise ProjectError.at(place("charts", name), *fault)
    return chart if finish is None else finish(chart, every, table)


def _ranked(draft: Chart, order: str) -> list[list[Row]]:
    """The rows of each category of a chart, in the order that its kind gives categories."""
    rank = KINDS[draft.kind].rank
    groups = list(by_category(draft.table, draft.category).values())
    ranks = rank(draft, groups) if rank else [None] * len(groups)
    return in_rank(list(zip(ranks, groups, strict=True)), order)


def _ranked_tie(every: Chart, settings: ChartSettings) -> Tie | None:
    """The tie that showing the first categories cuts through, in a chart of all that might be shown."""
    rank, category = KINDS[every.kind].rank, every.category_field
    groups = _ranked(every, settings.sort or "descending")
    if rank is None or settings.rows is None or settings.rows >= len(groups):
        return None
    last, next_one = groups[settings.rows - 1], groups[settings.rows]
    first, second = rank(every, [last, next_one])
    if first is None or first != second:
        return None
    names = [str(every.table.columns[category.name][rows[0].index]) for rows in (last, next_one)]
    return Tie(names[0], names[1], every.measures[0])


def _rows_of(table: Table, groups: Sequence[Sequence[Row]]) -> Table:
    return table.take([row.index for rows in groups for row in rows])


def _called(kind: str, shown: Table, category: Field, measures: tuple[Field, ...], given: Given) -> list[str]:
    """What a chart may highlight: its rows by their names and, in kinds where these stand out, its series by theirs, or
    by the fields that they are."""
    found = [str(name) for name in shown.columns[category.name]]
    if KINDS[kind].strands:
        found += [str(name) for field in given.get("series", ()) for name in shown.columns[field.name]]
        found += [field.name for field in measures if len(measures) > 1]
    return list(dict.fromkeys(found))


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
        message = f"there is no chart kind '{settings.kind}'."
        problems.append(Problem(place("charts", name, "kind"), message, nearest(settings.kind, KINDS)))
    if problems:
        raise ProjectError(problems)
    return found


def _kind(
    project: Project, name: str, settings: ChartSettings, table: Table, said: dict[str, tuple[Field, ...]]
) -> tuple[str, Given]:
    """The kind of a chart, and the fields for each role in it; ProjectError where the kind cannot show them."""
    given: dict[RoleName, tuple[Field, ...]] = {role: said[role] for role in SETTINGS if role in said}
    kind = settings.kind
    if kind is not None and KINDS[kind].role("x") is not None:
        given = {"x": said["x"], "y": said["y"], **given}
    else:
        category, measures = _axes(name, said["x"], said["y"], project)
        given = {"category": (category,), "measure": measures, **given}
        kind = (
            kind
            or ("range" if "low" in given else None)
            or choose_kind(category, measures, table.whole == measures[0].name)
        )
    fault = unfit(kind, given)
    if fault is not None:
        at = next((role for role in given if KINDS[kind].role(role) is None), "kind")
        raise ProjectError.at(project.file.place("charts", name, at), *fault)
    return kind, given


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
        table = project.tables[settings.table]
        if settings.rows is None or _order(table, settings, category, measures[0]) == "none":
            continue
        if KINDS[chart.kind].rank is None:
            middle = chart.role("middle")
            by = measures if middle is None else (table.field(middle),)
            every = _in_order(table, settings, category, by, project, name)
            tie = tie_at(every, settings.rows, by[0].name, category.name)
        else:
            tie = _ranked_tie(replace(chart, table=_chosen(table, settings, project, name)), settings)
        if tie is not None:
            yield Problem(project.file.place("charts", name, "rows"), *tie.said, "warning")


def _order(table: Table, settings: ChartSettings, category: Field, measure: Field) -> str:
    """How the chart's rows are sorted: years, levels and parts of a whole stay as they are."""
    as_they_are = category.measure.type in _ORDERED or table.whole == measure.name
    return settings.sort or ("none" if as_they_are else "descending")


def _in_order(
    table: Table, settings: ChartSettings, category: Field, measures: tuple[Field, ...], project: Project, name: str
) -> Table:
    table = _chosen(table, settings, project, name)
    order = _order(table, settings, category, measures[0])
    return table if order == "none" else table.in_order(measures[0].name, descending=order == "descending")


def _chosen(table: Table, settings: ChartSettings, project: Project, name: str) -> Table:
    """The rows that a chart is about."""
    if not settings.where:
        return table
    return rows_where(table, settings.where, project.file.place("charts", name, "where"))


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
