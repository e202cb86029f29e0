"""Where the rows of a scatter plot stand on its axes, and which of them stand at one place."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from charts import phrases
from charts.axes.numbers import NumberAxis, number_axis
from charts.chart import Chart
from charts.reading import number_of
from data.language.words import words
from data.tables.table import Row

TICKS = 8
_SPOT, _SAME = 0.005, 1e-9
"""Of an axis: dots that are nearer to each other on both axes look like one; and of a crowd, in which dots lie on each
other wherever one looks, those that do so wholly."""
_CROWD = 60
"""Dots beyond which they are one."""
_MOST_PLACES = 3
"""Places with several dots that are told by their names."""


def present(chart: Chart) -> list[Row]:
    """The rows that have both measures."""
    names = [name for role in ("x", "y") if (name := chart.role(role)) is not None]
    return [row for row in chart.table.rows if all(number_of(row[name]) is not None for name in names)]


def axis_of(chart: Chart, name: str, numbers: Sequence[Decimal], most: int) -> NumberAxis:
    """An axis of dots need not start at zero; it does where that costs little of its length."""
    low, high = min(numbers), max(numbers)
    near = low == high or (low >= 0 and low <= (high - low) * Decimal("0.25"))
    return number_axis(numbers, most, zero=near, whole=chart.table.field(name).measure.type == "integer")


def together(chart: Chart) -> list[tuple[Row, ...]]:
    """The rows, two or more each, whose dots stand so near to each other that they look like one."""
    rows = present(chart)
    if not rows:
        return []
    near_by = _SPOT if len(rows) <= _CROWD else _SAME
    places: list[tuple[float, ...]] = list(zip(*(_places(chart, rows, str(chart.role(r))) for r in ("x", "y"))))
    firsts: dict[tuple[int, int], list[int]] = {}
    found: dict[int, list[Row]] = {}
    for at, (x, y) in enumerate(places):
        cell = int(x / near_by), int(y / near_by)
        around = [one for i in (-1, 0, 1) for j in (-1, 0, 1) for one in firsts.get((cell[0] + i, cell[1] + j), ())]
        near = (one for one in around if max(abs(places[one][0] - x), abs(places[one][1] - y)) < near_by)
        first = next(near, None)
        if first is None:
            firsts.setdefault(cell, []).append(at)
            first = at
        found.setdefault(first, []).append(rows[at])
    return [tuple(group) for group in found.values() if len(group) > 1]


def _places(chart: Chart, rows: Sequence[Row], name: str) -> list[float]:
    """Where rows stand along an axis, as parts of it."""
    numbers = [number_of(row[name]) or Decimal(0) for row in rows]
    axis = axis_of(chart, name, numbers, TICKS)
    return [axis.place(number) for number in numbers]


def spots(chart: Chart) -> dict[int, int]:
    """For each row that stands with others at one place, by its index, a number that these have in common."""
    return {row.index: group[0].index for group in together(chart) for row in group}


def groups_said(chart: Chart, language: str) -> str:
    """What stands at one place; of many places the first ones, and how many more there are."""
    groups = [phrases.listed([phrases.name_of(chart, r, language) for r in g], language) for g in together(chart)]
    shown = groups[:_MOST_PLACES]
    if len(groups) > _MOST_PLACES:
        shown.append(words(language)["more"].format(count=phrases.number(len(groups) - _MOST_PLACES, language)))
    # names that hold commas are parted by semicolons themselves
    return (" / " if any(";" in one for one in shown) else "; ").join(shown)
