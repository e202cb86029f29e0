"""The kinds of chart: a kind is one file and one line here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from msgspec import Struct

from charts.chart import Chart
from charts.distinct import Fault, of_one_name, of_one_name_anywhere
from charts.honest.rules import named
from charts.kinds import (
    band,
    bar,
    bars,
    box,
    bullet,
    column,
    dot,
    histogram,
    levels,
    line,
    multiples,
    scatter,
    share,
    slope,
    stacked,
    stacked_faults,
    stacked_parts,
    table,
    tilemap,
    waffle,
)
from charts.kinds import range as spans
from charts.plot import Plot
from charts.roles import ANY_CATEGORY, Given, Role, RoleName, of_categories
from charts.shades import Shades, emphasis
from charts.style import ChartStyle
from data.tables.table import Field, Row, Table
from data.tables.value import NUMERIC, FieldType


class Kind(Struct, frozen=True):
    """A kind of chart: which roles its fields play, how it is drawn, and what else is its own."""

    roles: tuple[Role, ...]
    draw: Callable[[Chart, ChartStyle, float, float | None], Plot]
    """Takes the chart, its style, the width and the height (None for the natural one) in points."""
    describe: Callable[[Chart, str], str]
    """Takes the chart and the language, gives one or two sentences that stand for it."""
    shades: Callable[[Chart], Shades] = emphasis
    """The colours of its marks that mean something, in the order of their series."""
    marks: Callable[[Chart], Shades] | None = None
    """All colours of its marks, where there are more than those."""
    fault: Callable[[Chart, str], Fault | None] = of_one_name
    """What is wrong with its rows, by the chart and the language, and what to do; None where nothing is."""
    finish: Callable[[Chart, Table, Table], Chart] | None = None
    """Takes the chart, the rows that were chosen for it and its whole table, and adds what only these tell."""
    rank: Callable[[Chart, Sequence[Sequence[Row]]], list[Decimal | None]] | None = None
    """What each category is sorted by, from the rows of each; None where rows are sorted by their first measure."""
    line: Callable[[Chart, str], str] | None = None
    """What is measured, in words, where that is not the titles of all that is measured."""
    strands: bool = False
    """Whether a whole series can be highlighted."""
    counts: bool = False
    """Whether its rows are summed up and never named: the first thing that is measured names what is drawn."""
    by_middle: bool = False
    """Whether its rows are in the order of the middle one of its measures, and not of the first."""
    fewer: bool = True
    """Whether leaving out rows makes it lower."""
    references: bool = False
    """Whether it draws lines at values."""
    notes: bool = False
    """Whether it draws words at its points."""
    starts: bool = False
    """Whether its value axis may begin above zero: only lines are read by their course, all else by its length."""

    def role(self, name: RoleName) -> Role | None:
        return next((role for role in self.roles if role.name == name), None)


KINDS: dict[str, Kind] = {
    "band": Kind(band.ROLES, band.draw, band.describe, shades=band.shades, fault=band.fault, fewer=False, starts=True),
    "bar": Kind(of_categories(NUMERIC), bar.draw, bar.describe, references=True),
    "bars": Kind(of_categories(NUMERIC, several=True), bars.draw, bars.describe, shades=bars.shades),
    "box": Kind(
        of_categories(NUMERIC, several=True),
        box.draw,
        box.describe,
        fault=box.fault,
        finish=box.summed_up,
        by_middle=True,
    ),
    "bullet": Kind(
        (*of_categories(NUMERIC), Role("middle", NUMERIC)),
        bullet.draw,
        bullet.describe,
        shades=bullet.shades,
        fault=bullet.fault,
        line=bullet.line,
        rank=bullet.rank,
    ),
    "column": Kind(
        of_categories(NUMERIC, along=line.ALONG),
        column.draw,
        column.describe,
        fault=column.fault,
        fewer=False,
        references=True,
    ),
    "dot": Kind(
        of_categories(NUMERIC, several=True),
        dot.draw,
        dot.describe,
        shades=dot.shades,
        fault=dot.fault,
        rank=dot.rank,
    ),
    "histogram": Kind(
        (Role("x", NUMERIC),),
        histogram.draw,
        histogram.describe,
        fault=histogram.fault,
        finish=histogram.counted,
        counts=True,
        fewer=False,
    ),
    "levels": Kind(
        of_categories(frozenset(("level",))),
        levels.draw,
        levels.describe,
        marks=levels.marks,
        fault=of_one_name_anywhere,
    ),
    "line": Kind(
        of_categories(NUMERIC, along=line.ALONG, several=True, series=True),
        line.draw,
        line.describe,
        shades=line.shades,
        fault=line.fault,
        references=True,
        notes=True,
        strands=True,
        fewer=False,
        starts=True,
    ),
    "multiples": Kind(
        of_categories(NUMERIC, along=line.ALONG, series=None),
        multiples.draw,
        multiples.describe,
        shades=multiples.shades,
        fault=multiples.fault,
        strands=True,
        fewer=False,
        starts=True,
    ),
    "range": Kind(
        (*of_categories(spans.MEASURED), *(Role(name, NUMERIC, required=False) for name in ("low", "middle", "high"))),
        spans.draw,
        spans.describe,
        shades=spans.shades,
        fault=spans.fault,
        line=spans.line,
    ),
    "scatter": Kind(
        (
            Role("x", NUMERIC),
            Role("y", NUMERIC),
            Role("size", NUMERIC, required=False),
            Role("label", ANY_CATEGORY, required=False),
        ),
        scatter.draw,
        scatter.describe,
        shades=scatter.shades,
        fault=scatter.fault,
        finish=scatter.titled,
        fewer=False,
    ),
    "share": Kind(of_categories(frozenset(("percent",))), share.draw, share.describe, finish=share.with_rest),
    "slope": Kind(
        of_categories(NUMERIC, several=True, series=True),
        slope.draw,
        slope.describe,
        shades=slope.shades,
        fault=slope.fault,
        strands=True,
        fewer=False,
    ),
    "stacked": Kind(
        (*of_categories(stacked.PARTS, several=True), Role("series", ANY_CATEGORY, required=False)),
        stacked.draw,
        stacked.describe,
        shades=stacked.shades,
        fault=stacked_faults.fault,
        finish=stacked_parts.with_rest,
        rank=stacked_parts.rank,
        line=stacked.line,
        strands=True,
    ),
    "table": Kind(
        (Role("category", ANY_CATEGORY), Role("measure", NUMERIC, several=True, mixed=True)),
        table.draw,
        table.describe,
        shades=table.shades,
        fault=table.fault,
        line=table.line,
    ),
    "tilemap": Kind(
        of_categories(NUMERIC),
        tilemap.draw,
        tilemap.describe,
        shades=tilemap.shades,
        marks=tilemap.marks,
        fault=tilemap.fault,
        fewer=False,
    ),
    "waffle": Kind(
        of_categories(frozenset(("percent",))),
        waffle.draw,
        waffle.describe,
        shades=waffle.shades,
        fault=waffle.fault,
        finish=waffle.with_rest,
        line=waffle.line,
        fewer=False,
    ),
}


def unfit(kind: str, given: Given) -> tuple[str, str] | None:
    """Why a kind cannot show the fields that are given to these roles, and what to do about it; None where it can."""
    wanted = KINDS[kind]
    for name in given:
        if wanted.role(name) is None:
            return f"the kind '{kind}' has no use for '{name}'.", f"It takes {_listed(wanted)}."
    for role in wanted.roles:
        fields = given.get(role.name, ())
        if role.required and not fields:
            return f"the kind '{kind}' needs a field as its {role.name}.", f'Write {role.name} = "...".'
        for field in fields:
            if field.measure.type not in role.types:
                return _strange(kind, role, field)
        if len(fields) > 1 and not role.several:
            several = [f"'{n}'" for n, other in KINDS.items() if any(r.several for r in other.roles)]
            return f"the kind '{kind}' shows one field, not {len(fields)}.", f"Use the kind {several[0]} for several."
        if (
            not role.mixed
            and len({(_family(field.measure.type), field.measure.unit, field.unit_field) for field in fields}) > 1
        ):
            names = ", ".join(f"'{field.name}'" for field in fields)
            fault = f"fields of different units cannot share an axis: {names}.", "Make a chart for each of them."
            return named("one-unit", fault)
    return None


def _strange(kind: str, role: Role, field: Field) -> tuple[str, str]:
    """That a field is of a type with which it cannot play this role."""
    if role.name == "category":
        fault = (
            f"the kind '{kind}' needs {' or '.join(sorted(role.types))} along its axis, and '{field.name}' is of"
            f" type {field.measure.type}.",
            "Use the kind 'bar', or choose another field.",
        )
        return fault if field.measure.type not in ("text", "level") else named("ordered-line", fault)
    others = ((name, other.role(role.name)) for name, other in KINDS.items())
    fitting = [f"'{name}'" for name, other in others if other is not None and field.measure.type in other.types]
    return (
        f"the kind '{kind}' cannot show '{field.name}', which is of type {field.measure.type}.",
        f"Use the kind {' or '.join(fitting)}." if fitting else "Choose another field, or show a table.",
    )


def _listed(kind: Kind) -> str:
    """What a chart of a kind may declare."""
    names = [role.name for role in kind.roles if role.name not in ("category", "measure")]
    return ", ".join(names) if names else "x and y"


def _family(kind: FieldType) -> FieldType:
    """Types that can stand on one axis count as one."""
    return {"integer": "number", "points": "percent"}.get(kind, kind)  # pyright: ignore[reportReturnType]  # the two words are field types, too
