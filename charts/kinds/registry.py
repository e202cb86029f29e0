"""The kinds of chart: a kind is one file and one line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from charts.chart import Chart
from charts.kinds import bar, bars, levels, line, share
from charts.kinds import range as spans
from charts.sheet import Sheet
from charts.style import Style
from data.table import Field
from data.value import NUMERIC, FieldType


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind is drawn, and which fields it can show."""

    draw: Callable[[Chart, Style, float, float | None], Sheet]
    """Takes the chart, its style, the width and the height (None for the natural one) in points."""
    describe: Callable[[Chart, str], str]
    """Takes the chart and the language, gives one or two sentences that stand for it."""
    measures: frozenset[FieldType]
    """Types of the fields whose values it draws."""
    several: bool = False
    """Whether it draws more than one measure."""
    along: frozenset[FieldType] = frozenset(("text", "integer", "number", "year", "date", "level"))
    """Types of the field whose values are named along the axis."""


KINDS: dict[str, Kind] = {
    "bar": Kind(bar.draw, bar.describe, NUMERIC),
    "bars": Kind(bars.draw, bars.describe, NUMERIC, several=True),
    "levels": Kind(levels.draw, levels.describe, frozenset(("level",))),
    "line": Kind(line.draw, line.describe, NUMERIC, along=frozenset(("integer", "number", "year", "date"))),
    "range": Kind(spans.draw, spans.describe, frozenset(("range",))),
    "share": Kind(share.draw, share.describe, frozenset(("percent",))),
}


def unfit(kind: str, category: Field, measures: tuple[Field, ...]) -> tuple[str, str] | None:
    """Why a kind cannot show these fields, and what to do about it; None where it can."""
    wanted = KINDS[kind]
    for field in measures:
        if field.measure.type not in wanted.measures:
            fitting = [f"'{name}'" for name, other in KINDS.items() if field.measure.type in other.measures]
            return (
                f"the kind '{kind}' cannot show '{field.name}', which is of type {field.measure.type}.",
                f"Use the kind {' or '.join(fitting)}." if fitting else "Choose another field, or show a table.",
            )
    if len(measures) > 1 and not wanted.several:
        return f"the kind '{kind}' shows one field, not {len(measures)}.", "Use the kind 'bars' for several."
    if len({(_family(field.measure.type), field.measure.unit, field.unit_field) for field in measures}) > 1:
        names = ", ".join(f"'{field.name}'" for field in measures)
        return f"fields of different units cannot share an axis: {names}.", "Make a chart for each of them."
    if category.measure.type not in wanted.along:
        return (
            f"the kind '{kind}' needs {' or '.join(sorted(wanted.along))} along its axis, and '{category.name}' is of"
            f" type {category.measure.type}.",
            "Use the kind 'bar', or choose another field.",
        )
    return None


def _family(kind: FieldType) -> FieldType:
    """Types that can stand on one axis count as one."""
    return {"integer": "number", "points": "percent"}.get(kind, kind)  # pyright: ignore[reportReturnType]  # the two words are field types, too
