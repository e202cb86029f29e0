"""Tables with bars, bars with targets and squares: lengths and counts are those of the data, and nothing touches."""

from __future__ import annotations

import os
import random
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from charts.alt import describe
from charts.chart import Chart
from charts.kinds.registry import KINDS, unfit
from charts.kinds.waffle import squares
from charts.palette import ramp
from charts.rows.heat import steps
from charts.style import style_of
from data.look.brand import Brand
from data.look.colour import TEXT, contrast, told_apart
from data.tables.marks import Mark, Marked
from data.tables.value import FieldType
from tests.charting import Numbers, bars_of, bullets_of, chart_of, collisions, columns_of, drawn, patches, texts

EXAMPLES = 2_000 if os.environ.get("FAIRSHEET_FULL") == "1" else 200
MAJORS = ["Computer science", "Nursing", "Fine arts"]
TABLE: dict[str, tuple[FieldType, Numbers]] = {
    "Graduates": ("integer", [320, 410, 64]),
    "Median pay": ("money", [82000, 66000, None]),
    "Change": ("percent", [4, -2, 0]),
}


def test_every_column_of_a_table_has_its_own_scale() -> None:
    drawing = drawn(columns_of(MAJORS, TABLE))
    columns: dict[float, list[float]] = {}
    for box, _ in patches(drawing):
        columns.setdefault(round(box.left, 1), []).append(box.right - box.left)
    graduates, pay = (columns[left] for left in sorted(columns)[:2])
    assert graduates == pytest.approx([max(graduates) * n / 410 for n in (320, 410, 64)], abs=0.5)
    assert pay == pytest.approx([max(pay), max(pay) * 66 / 82], abs=0.5)
    assert "not stated" in texts(drawing)
    assert texts(drawing)[:3] == ["Graduates", "Median pay", "Change"]


def test_a_table_may_show_measures_of_different_units_and_a_bar_chart_may_not() -> None:
    chart = columns_of(MAJORS, TABLE)
    given_fields = {"category": (chart.category_field,), "measure": chart.measure_fields}
    assert unfit("table", given_fields) is None
    assert unfit("bars", given_fields) is not None


def test_where_columns_are_too_narrow_each_measure_has_a_list() -> None:
    drawing = drawn(columns_of(MAJORS, {**TABLE, "Unemployed": ("percent", [1, 2, 3])}), 230)
    assert texts(drawing).count("Nursing") == 4
    assert not list(collisions(drawing))


def test_a_bar_and_its_target_stand_on_one_scale() -> None:
    drawing = drawn(bullets_of(["A", "B"], [50, 80], [100, 40]))
    bars = sorted((box for box, _ in patches(drawing)), key=lambda box: box.top)
    ticks = [shape.points[0][0] for shape in drawing.plot.shapes if shape.thick > 1 and shape.points[0][0] < 380]
    start = bars[0].left
    unit = (bars[0].right - start) / 50
    assert bars[1].right - start == pytest.approx(80 * unit, abs=0.5)
    assert {round((x - start) / unit) for x in ticks} >= {100, 40}
    assert describe(bullets_of(["A"], [50], [100]), "en-US") == (
        "Bars with targets: Placed, Target by College. A (Placed: 50%, Target: 100%)."
    )


def test_a_target_is_named_in_the_measure_line() -> None:
    line = KINDS["bullet"].line
    assert line is not None
    assert line(bullets_of(["A"], [50], [100]), "en-US") == "Placed; line: Target, %"


def test_a_negative_target_is_refused() -> None:
    assert KINDS["bullet"].fault(bullets_of(["A"], [50], [-1]), "en-US") is not None


@given(st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=4))
def test_squares_are_a_hundred_and_each_share_has_its_whole_percents(numbers: list[Decimal]) -> None:
    total = sum(numbers, Decimal(0))
    found = squares(numbers)
    assert sum(found) == 100
    for number, count in zip(numbers, found, strict=False):
        exact = 100 * number / max(total, Decimal(100))
        assert int(exact) <= count <= int(exact) + 1


def test_squares_go_to_the_largest_remainders() -> None:
    assert squares([Decimal("33.4"), Decimal("33.3"), Decimal("33.3")]) == [34, 33, 33, 0]
    assert squares([Decimal("62.5"), Decimal("21.4"), Decimal(9)]) == [63, 21, 9, 7]


def test_a_share_has_so_many_squares_and_its_rounding_is_said() -> None:
    chart = replace(chart_of("waffle", ["First-generation"], [37.4], "percent"), rest="")
    fills = [shape.fill for box, shape in patches(drawn(chart)) if abs(box.right - box.left - 9.8) < 1]
    assert len(fills) == 100
    assert fills.count(fills[0]) == 37
    line = KINDS["waffle"].line
    assert line is not None
    assert line(chart, "en-US") == "Amount; one square is 1%, rounded by largest remainders"
    assert line(chart_of("waffle", ["A"], [37], "percent"), "de-DE") == "Amount; ein Quadrat ist 1\u00a0%"


def test_the_figure_of_one_share_is_as_large_as_its_squares_allow() -> None:
    chart = replace(chart_of("waffle", ["Women"], [30], "percent"), rest="")
    labels = [drawn(chart, 800, height=height).plot.labels for height in (100, 230)]
    small, large = (next(label.size for label in own if label.text == "30%") for own in labels)
    assert small < large <= 0.25 * 230


def test_a_part_too_small_for_a_square_says_so() -> None:
    shown = texts(drawn(chart_of("waffle", ["Employed", "Service"], [99.7, 0.3], "percent")))
    assert shown == ["99.7%", "Employed", "0.3%", "Service (no square)"]


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ([80, 60], "add up to 140"),
        ([-1, 60], "is negative in made.csv:2"),
        ([None, 60], "made.csv:2 has no value"),
        ([1, 2, 3, 4, 5], "5 parts are more than the 4"),
    ],
)
def test_what_are_no_shares_of_one_whole_is_refused(numbers: Numbers, message: str) -> None:
    found = KINDS["waffle"].fault(chart_of("waffle", list("ABCDE")[: len(numbers)], numbers, "percent"), "en-US")
    assert found is not None
    assert message in found[0]


words = st.text("abcdefghij klmno-", min_size=1, max_size=40).map(lambda text: text.strip() or "x")


@settings(max_examples=EXAMPLES, deadline=None)
@given(names=st.lists(words, min_size=1, max_size=12, unique=True), seed=st.integers(0, 10_000))
def test_nothing_touches(names: list[str], seed: int) -> None:
    chance = random.Random(seed)

    def some(low: float = 0.0, missing: float = 0.1) -> list[float | None]:
        return [None if chance.random() < missing else round(chance.uniform(low, 100), 1) for _ in names]

    strong = [name for name in names if chance.random() < 0.2]
    shares = [round(100 / len(names) * chance.random(), 1) for _ in names[:4]]
    kinds: list[FieldType] = ["integer", "money", "percent"]
    chart = chance.choice(
        [
            columns_of(names, {f"Measure {i}": (chance.choice(kinds), some(-50)) for i in range(chance.randint(1, 5))}, strong),
            bullets_of(names, some(), some(), strong),
            chart_of("waffle", names[:4], shares, "percent", highlight=strong),
        ]
    )  # fmt: skip
    width, size = chance.choice([(250.0, 9.0), (438.0, 9.0), (860.0, 16.0)])
    height = chance.choice([None, 60.0, 380.0])
    drawing = drawn(chart, width, text_size=size, **({} if height is None else {"height": height}))
    assert list(collisions(drawing)) == []


# -- shaded cells -----------------------------------------------------------------------------------


def test_cells_are_shaded_in_equal_steps_of_their_column_and_every_figure_is_read_on_its_shade() -> None:
    chart = replace(columns_of(list("ABCDE"), {"Employed": ("percent", [0, 19, 21, 99, 100])}), cells="heat")
    assert steps([Decimal(n) for n in (0, 19, 21, 99, 100)], 5) == [0, 0, 1, 4, 4]
    drawing = drawn(chart)
    shades = {box: shape.fill for box, shape in patches(drawing)}
    for label in drawing.plot.labels:
        ground = next(
            (fill for box, fill in shades.items() if box.left <= label.box.left and box.right >= label.box.right
             and box.top <= label.y <= box.bottom), "#FFFFFF",
        )  # fmt: skip
        assert contrast(label.colour, str(ground)) >= TEXT, label.text
    assert len(set(shades.values())) == 5, "the key has all shades"
    assert texts(drawing)[:2] == ["Lowest", "highest of its column"]
    assert describe(chart, "en-US").startswith("Table: ")


def test_a_missing_cell_has_no_shade_and_cells_that_are_alike_have_one() -> None:
    assert steps([None, Decimal(3), Decimal(3)], 5) == [None, 0, 0]


@given(st.integers(0, 0xFFFFFF), st.sampled_from(["#FFFFFF", "#FFF8E7", "#101820"]))
def test_text_is_read_on_the_shades_of_any_accent(accent: int, paper: str) -> None:
    ink = "#F2F2F2" if paper == "#101820" else "#17202E"
    style = replace(style_of(Brand(), "en-US", 9), accent=f"#{accent:06X}", paper=paper, ink=ink)
    found = ramp(style, 5)
    assert 1 <= len(found) <= 5
    assert all(style.on(shade) for shade in found)
    assert all(told_apart(one, other) for one, other in pairwise(found))


@pytest.mark.parametrize("kind", ["table", "bullet", "bars", "bar"])
def test_a_lower_limit_ends_in_a_point(kind: str) -> None:
    made = {
        "table": columns_of(["A", "B"], {"Employed": ("percent", [95, 60])}),
        "bullet": bullets_of(["A", "B"], [95, 60], [50, 50]),
        "bars": bars_of(["A", "B"], {"Employed": [95, 60], "Studying": [5, 4]}),
        "bar": chart_of("bar", ["A", "B"], [95, 60], "percent"),
    }[kind]
    name = made.measures[0]
    limited = (Marked(Decimal(95), Mark("at least")), Decimal(60))
    chart = replace(made, table=replace(made.table, columns={**made.table.columns, name: limited}))

    def points(one: Chart) -> int:
        return sum(len(shape.path) == 6 and shape.fill is not None for shape in drawn(one).plot.shapes)

    assert (points(made), points(chart)) == (0, 1)
