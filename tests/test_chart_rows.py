"""Charts of rows, made at random: whatever their names, numbers and sizes are, nothing touches."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from charts.alt import describe
from charts.beside import Reference
from charts.chart import Chart
from charts.drawn.drawing import draw
from charts.kinds.registry import KINDS
from data.look.brand import Brand
from data.tables.marks import Mark, Marked
from data.tables.value import FieldType, Measure, Value
from tests.charting import (
    bars_of,
    bullets_of,
    chart_of,
    collisions,
    columns_of,
    drawn,
    levels_of,
    middles_of,
    range_of,
)

EXAMPLES = 2_000 if os.environ.get("FAIRSHEET_FULL") == "1" else 60
"""Charts of each kind."""
MAJORS = (
    "Nursing", "Law", "Interdisciplinary and multi-disciplinary studies (general)", "Computer science",
    "Miscellaneous engineering technologies and industrial production", "Wirtschaftsingenieurwesen",
    "Sciences et techniques des activités physiques et sportives", "Rechts-, Wirtschafts- und Sozialwissenschaften",
    "Naval architecture and marine engineering", "IT", "Donaudampfschifffahrtsgesellschaftskapitänspatentrecht",
)  # fmt: skip
_SIZES = ((250.0, 9.0), (438.0, 9.0), (860.0, 16.0))
_TYPES: tuple[FieldType, ...] = ("integer", "money", "percent", "number")


class Chance:
    """Choices of one chart, all from one seed."""

    def __init__(self, names: Sequence[str], seed: int) -> None:
        self.names = list(names)
        self.random = random.Random(seed)
        self.far = self.random.choice([1, 100, 50_000, 4_000_000])
        self.missing = self.random.choice([0.0, 0.0, 0.1, 0.6])
        self.strong = [name for name in names if self.random.random() < 0.2]

    def numbers(self, low: float = 0.0, high: float = 1.0) -> list[float | None]:
        return [
            None if self.random.random() < self.missing else round(self.random.uniform(low, high) * self.far, 1)
            for _ in self.names
        ]

    def signed(self) -> list[float | None]:
        return self.numbers(self.random.choice([0.0, 0.6, -0.7]))

    def type(self) -> FieldType:
        return self.random.choice(_TYPES)

    def spans(self) -> list[list[float | None]]:
        """Low, middle and high, in their order; each may be missing."""
        found = [sorted(self.random.gauss(1.0, 0.5) * self.far for _ in range(3)) for _ in self.names]
        return [[None if self.random.random() < self.missing else row[i] for row in found] for i in range(3)]

    def share(self) -> list[float | None]:
        return [round(100 / len(self.names) * self.random.random(), 1) for _ in self.names]


def limited(chart: Chart, chance: Chance) -> Chart:
    """The chart with some of its numbers as lower limits."""
    columns = dict(chart.table.columns)
    for name in chart.measures:
        columns[name] = tuple(
            Marked(content, Mark("at least")) if isinstance(content, Decimal) and chance.random.random() < 0.1 else content
            for content in columns[name]
        )  # fmt: skip
    return replace(chart, table=replace(chart.table, columns=columns))


def with_references(chart: Chart, chance: Chance) -> Chart:
    measure = chart.measure_fields[0].measure
    count = chance.random.choice([0, 0, 1, 3])
    values = [Decimal(str(round(chance.random.uniform(0, 1.2) * chance.far, 1))) for _ in range(count)]
    texts = ("Average of all graduates", "Target", "Cost of living in the county")
    return replace(
        chart,
        references=tuple(Reference(Value(value, measure), (text,)) for value, text in zip(values, texts, strict=False)),
    )


def _bar(chance: Chance) -> Chart:
    made = chart_of("bar", chance.names, chance.signed(), chance.type(), highlight=chance.strong)
    return with_references(limited(made, chance), chance)


def _bars(chance: Chance) -> Chart:
    titles = ("Had an interview", "Had an offer", "Found a job that needs the degree", "D", "E" * 30)
    count = chance.random.randint(1, 5)
    return limited(bars_of(chance.names, {title: chance.signed() for title in titles[:count]}, chance.strong), chance)


def _share(chance: Chance) -> Chart:
    made = chart_of("share", chance.names, chance.share(), "percent", highlight=chance.strong)
    return replace(made, rest=chance.random.choice(["", "not stated", "others"]))


def _levels(chance: Chance) -> Chart:
    sets = (["Basic", "Advanced", "Expert"], [str(n) for n in range(1, 11)], ["no", "Fully independent practice"])
    levels = chance.random.choice(sets)
    reached = [None if chance.random.random() < chance.missing else chance.random.choice(levels) for _ in chance.names]
    return levels_of(chance.names, reached, levels, chance.strong)


def _table(chance: Chance) -> Chart:
    titles = ("Graduates", "Median pay", "Employed six months after graduation", "D", "Verweildauer")
    count = chance.random.randint(1, 5)
    made = columns_of(chance.names, {t: (chance.type(), chance.signed()) for t in titles[:count]}, chance.strong)
    return limited(replace(made, cells=chance.random.choice(("bars", "heat"))), chance)


def _waffle(chance: Chance) -> Chart:
    chance.names = chance.names[:4]
    return chart_of("waffle", chance.names, chance.share(), "percent", highlight=chance.strong)


def _bullet(chance: Chance) -> Chart:
    return limited(bullets_of(chance.names, chance.numbers(), chance.numbers(0.5), chance.strong), chance)


def _dot(chance: Chance) -> Chart:
    type_ = chance.type()
    titles = ("Women", "All others who answered", "Men")[: chance.random.randint(1, 2)]
    made = bars_of(chance.names, {title: chance.signed() for title in titles}, chance.strong)
    fields = tuple(
        field if field.name == "name" else replace(field, measure=Measure(type_, "USD" if type_ == "money" else None))
        for field in made.table.fields
    )
    apart = len(titles) == 2 and chance.random.random() < 0.5
    made = replace(made, kind="dot", table=replace(made.table, fields=fields), differences=apart)
    return with_references(made, chance)


def _range(chance: Chance) -> Chart:
    low, middle, high = chance.spans()
    if chance.random.random() < 0.7:
        return middles_of(chance.names, low, middle, high, chance.strong)
    units = [chance.random.choice(("USD", "USD", "CHF")) for _ in chance.names]
    return range_of(chance.names, low, high, units, chance.strong)


MADE: dict[str, Callable[[Chance], Chart]] = {
    "bar": _bar, "bars": _bars, "bullet": _bullet, "dot": _dot, "levels": _levels, "range": _range, "share": _share,
    "table": _table, "waffle": _waffle,
}  # fmt: skip
words = st.text("abcdefghij klmno-", min_size=1, max_size=40).map(lambda text: text.strip() or "x")
named = st.lists(st.one_of(st.sampled_from(MAJORS), words), min_size=1, max_size=14, unique_by=str.casefold)


@pytest.mark.parametrize("kind", MADE)
@settings(max_examples=EXAMPLES, deadline=None)
@given(names=named, seed=st.integers(0, 1_000_000))
def test_nothing_touches(kind: str, names: list[str], seed: int) -> None:
    chance = Chance(names, seed)
    chart = MADE[kind](chance)
    language = chance.random.choice(["en-US", "de-DE", "fr-FR", "es-ES"])
    (width, size), height = chance.random.choice(_SIZES), chance.random.choice([None, 60.0, 380.0])
    drawing = draw(chart, Brand(), language=language, width=width, text_size=size, height=height)
    assert list(collisions(drawing)) == []
    assert drawing.height >= (height or 0.0) - 0.01
    assert describe(chart, language)


def test_every_kind_of_rows_is_made() -> None:
    of_rows = {"bar", "bars", "share", "levels", "table", "waffle", "bullet", "dot", "range"}
    assert set(MADE) == of_rows <= set(KINDS)


@pytest.mark.parametrize("kind", ["levels", "range", "bullet", "dot"])
def test_few_rows_spread_over_a_slide(kind: str) -> None:
    chart = MADE[kind](Chance(["Nursing", "Law", "Music"], 4))
    drawing = draw(chart, Brand(), language="en-US", width=845, text_size=18, height=330)
    lowest = max(label.box.bottom for label in drawing.plot.labels)
    assert lowest >= 0.7 * 330


def test_a_bar_that_no_other_is_seen_beside_does_not_fill_the_page() -> None:
    def widest(names: list[str], numbers: list[int]) -> float:
        shapes = drawn(chart_of("bar", names, numbers), 438.0).plot.shapes
        return max(shape.box.right - shape.box.left for shape in shapes if shape.fill is not None)

    assert widest(["Nursing"], [48_000]) == pytest.approx(219, abs=0.5)
    assert widest(["Nursing", "Law"], [48_000, 48_000]) > 300
