"""What a drawing must not make readers believe: limits drawn as values, marks on one another, gaps without a name."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from charts import phrases
from charts.alt import describe
from charts.chart import Chart
from charts.declared import declared_chart
from charts.editable.stacked import stacked
from charts.kinds.registry import KINDS
from charts.kinds.share import with_rest
from charts.style import style_of
from data.look.brand import Brand
from data.look.colour import TEXT, contrast
from data.project import load_project
from data.tables.marks import Mark, Marked
from data.tables.value import FieldType
from tests.chart_case import ChartCase, cases
from tests.charting import (
    Numbers,
    bars_of,
    bullets_of,
    chart_of,
    columns_of,
    drawn,
    is_open,
    middles_of,
    patches,
    stacked_of,
    texts,
)  # fmt: skip
from tests.test_chart_dot import dots_of
from tests.test_charts_honest import project

AT_MOST = Marked(Decimal(60), Mark("at most"))


def limited(chart: Chart) -> Chart:
    name = chart.measures[0]
    return replace(chart, table=replace(chart.table, columns={**chart.table.columns, name: (Decimal(95), AT_MOST)}))


@pytest.mark.parametrize("kind", ["bar", "bars", "bullet", "table", "share", "stacked"])
def test_what_is_at_most_so_long_is_only_outlined(kind: str) -> None:
    names, numbers = ["A", "B"], [95, 60]
    made = {
        "bar": lambda: chart_of("bar", names, numbers, "percent"),
        "share": lambda: chart_of("share", names, numbers, "percent"),
        "bars": lambda: bars_of(names, {"Employed": numbers, "Studying": [5, 4]}),
        "bullet": lambda: bullets_of(names, numbers, [50, 50]),
        "table": lambda: columns_of(names, {"Employed": ("percent", numbers)}),
        "stacked": lambda: stacked_of(names, {"Employed": numbers, "Studying": [5, 4]}),
    }[kind]()

    def dashed(chart: Chart) -> int:
        return sum(bool(shape.dashes) for shape in drawn(chart).plot.shapes)

    without = replace(made, rest="")
    assert (dashed(without), dashed(limited(without))) == (0, 1)


def test_a_limit_has_no_colour_of_a_step() -> None:
    found = drawn(limited(chart_of("tilemap", ["Ohio", "Utah"], [95, 60], "percent")))
    assert any(text.startswith("≤") and text.endswith("60%") for text in texts(found))
    heat = limited(replace(columns_of(["A", "B"], {"Employed": ("percent", [95, 60])}), cells="heat"))
    cells = [shape for box, shape in patches(drawn(heat)) if box.bottom - box.top > 10 and shape.fill]
    assert len(cells) == 1


def test_squares_of_a_limit_are_refused() -> None:
    chart = limited(chart_of("waffle", ["A", "B"], [5, 60], "percent"))
    found = KINDS["waffle"].fault(chart, "en-US")
    assert found is not None
    assert "only a limit is known at made.csv:3" in found[0]


def test_what_is_left_of_a_lone_share_is_not_called_not_stated() -> None:
    alone = chart_of("share", ["Employed"], [62], "percent")
    assert with_rest(alone, alone.table, alone.table).rest == "the rest"
    two = chart_of("share", ["Employed", "Study"], [62, 20], "percent")
    assert with_rest(two, two.table, two.table).rest == "not stated"
    assert "The rest" in texts(drawn(replace(alone, rest="the rest")))


def test_many_parts_of_a_whole_stand_by_size_and_a_few_as_they_are(tmp_path: Path) -> None:
    fields = 'k = { type = "text" }\na = { type = "percent" }'
    for count, sorted_ in ((7, False), (8, True)):
        rows = "k,a\n" + "".join(f"P{i},{i + 1}\n" for i in range(count))
        folder = tmp_path / str(count)
        folder.mkdir()
        made = load_project(project(folder, fields, rows, 'kind = "share"\nx = "a"\ny = "k"\nallow = ["one-whole"]'))
        tables = {name: replace(table, whole="a") for name, table in made.tables.items()}
        made = replace(made, tables=tables)
        assert (declared_chart(made, "c").table.rows[0].key == f"P{count - 1}") is sorted_


@pytest.mark.parametrize(
    ("chart", "said"),
    [
        (bullets_of(["Visits", "Panels"], [1_842_300, 7], [1_500_000, 12]), "'Panels' and its target would both lie"),
        (stacked_of(["A", "B"], {"x": [39_510_000, 12], "y": [1_200_000, 0]}, "integer"), "would not be seen beside"),
        (dots_of(["A", "B"], {"Women": [199_124, 1], "Men": [173_809, 2]}), "1 and 2 of the row at made.csv:3"),
        (middles_of(["A", "B"], [95_000, 3], [100_000, 20], [1_400_000, 40]), "3 and 40 of the row at made.csv:3"),
        (chart_of("tilemap", ["Ohio", "Utah", "Iowa"], [39_510_000, 3, 480]), "2 of 3 places have less than"),
        (chart_of("tilemap", ["Ohio", "Utah"], [410, 410]), "all 2 places have 410"),
    ],
    ids=["bullet", "stacked", "dot", "range", "tilemap", "one colour"],
)
def test_marks_that_coincide_or_vanish_are_refused_with_a_way_out(chart: Chart, said: str) -> None:
    if chart.kind == "stacked":
        fields = tuple(replace(field, additive=field.name != "name") for field in chart.table.fields)
        chart = replace(chart, table=replace(chart.table, fields=fields))
    found = KINDS[chart.kind].fault(chart, "en-US")
    assert found is not None
    assert said in found[0]
    assert "Make a chart of" in found[1] or "kind 'bar'" in found[1]


def test_of_two_dots_at_one_place_both_are_seen() -> None:
    found = drawn(dots_of(["A", "B"], {"Women": [80, 60], "Men": [80, 90]}))
    round_ones = [shape for shape in found.plot.shapes if not is_open(shape) and any(s.kind == "c" for s in shape.path)]
    whole, half = sorted(round_ones, key=lambda shape: shape.box.top)[:2]
    assert whole.fill != half.fill
    assert half.box.right - half.box.left == pytest.approx((whole.box.right - whole.box.left) / 2)


def test_every_row_has_an_arrow_or_none_has() -> None:
    def heads(second: list[float]) -> int:
        chart = replace(dots_of(["A", "B"], {"2019": [60, 70], "2024": second}), differences=True)
        return sum([step.kind for step in shape.path] == list("mllz") for shape in drawn(chart).plot.shapes)

    assert (heads([70, 90]), heads([70, 70.1])) == (2, 0)


def test_a_range_has_one_precision(tmp_path: Path) -> None:
    fields = "\n".join(f'{name} = {{ type = "percent" }}' for name in ("low", "mid", "high"))
    rows = "k,low,mid,high\nP,8,12.4,17.5\nQ,-2,3,9\n"
    span = 'x = "mid"\ny = "k"\nlow = "low"\nhigh = "high"'
    chart = declared_chart(load_project(project(tmp_path, f'k = {{ type = "text" }}\n{fields}', rows, span)), "c")
    assert {"8.0%", "17.5%", "−2.0%", "9.0%", "3.0%"} <= set(texts(drawn(chart)))


def test_columns_of_one_unit_share_a_scale_where_their_values_overlap_and_the_key_says_so() -> None:
    measured: dict[str, tuple[FieldType, Numbers]] = {
        "After a year": ("percent", [40, 80]),
        "After five": ("percent", [60, 90]),
        "Idle": ("percent", [1, 2]),
    }
    together = columns_of(["A", "B"], {name: measured[name] for name in ("After a year", "After five")})
    apart = columns_of(["A", "B"], {name: measured[name] for name in ("After five", "Idle")})

    def longest(chart: Chart) -> list[float]:
        bars = [(box.left, box.right - box.left) for box, _ in patches(drawn(chart))]
        edges = sorted({round(left, 1) for left, _ in bars})
        return [max(wide for left, wide in bars if round(left, 1) == edge) for edge in edges]

    one, other = longest(together)
    assert one / other == pytest.approx(80 / 90)
    first, second = longest(apart)
    assert first / second == pytest.approx(1, abs=0.05)
    assert any("one scale for columns in %" in text for text in texts(drawn(replace(together, cells="heat"))))
    assert not any("one scale" in text for text in texts(drawn(replace(apart, cells="heat"))))


def test_a_side_of_which_all_is_known_has_its_sum_where_the_other_has_none() -> None:
    answers: dict[str, Numbers] = {
        "No!": [5, 5],
        "No": [8, 8],
        "Neither": [14, 14],
        "Yes": [45, 45],
        "Yes!": [28, None],
    }
    found = texts(drawn(stacked_of(["A", "B"], answers, diverging="s2")))
    assert found.count("13%") == 2
    assert found.count("73%") == 1
    assert "Yes!: not stated" in found


def test_a_native_bar_says_the_figures_of_all_its_parts() -> None:
    chart = stacked_of(["A"], {name: [20] for name in "abcde"}, highlight=("s0", "s1"))
    style = style_of(Brand(), "en-US", 9.0)
    figure = stacked(chart, style, 438, 200)
    assert figure is not None
    assert [len(series.labels) for series in figure.series] == [1] * 5


def test_names_that_hold_commas_are_parted_by_semicolons() -> None:
    assert phrases.listed(["City, State", "Town"], "en-US") == "City, State; Town"
    assert phrases.listed(["City", "Town"], "en-US") == "City, Town"
    chart = dots_of(["A", "B"], {"Women": [80, 90], "Men": [84, None]})
    assert "Not stated: B (Men)" in describe(chart, "en-US")


def test_a_step_around_zero_is_grey_and_others_stand_on_both_sides() -> None:
    changes = [-8.9, -5.1, -3, -1, 0.5, 1.9, 3, 5, 7, 8.3]
    names = ["Ohio", "Utah", "Iowa", "Texas", "Maine", "Idaho", "Nevada", "Oregon", "Kansas", "Alaska"]
    found = drawn(chart_of("tilemap", names, changes, "percent"))
    tiles = {str(shape.fill) for box, shape in patches(found) if shape.fill and box.bottom - box.top > 20}
    assert len(tiles) == 8
    assert {"−8%", "−2%", "0%", "2%", "8%"} <= set(texts(found))


def test_a_key_leaves_no_name_alone_in_its_last_row() -> None:
    series: dict[str, Numbers] = {f"Employed part time {i}": [96 if i == 2 else 1] for i in range(5)}
    found = drawn(stacked_of(["A"], series, highlight=("s0", "s1")))
    rows: dict[float, int] = {}
    for label in found.plot.labels:
        if label.text.startswith("Employed"):
            rows[round(label.y)] = rows.get(round(label.y), 0) + 1
    assert min(rows.values()) > 1


@pytest.mark.parametrize("case", [one for one in cases() if one.refused is None], ids=str)
def test_figures_are_read_on_what_they_stand_on(case: ChartCase, tmp_path: Path) -> None:
    chart, language = case.chart(tmp_path)
    plot = drawn(chart, language=language).plot
    for label in plot.labels:
        box = label.box
        on = [
            str(shape.fill)
            for shape in plot.shapes
            if shape.fill
            and not is_open(shape)
            and shape.box.left <= box.left
            and shape.box.right >= box.right
            and shape.box.top <= box.top
            and shape.box.bottom >= box.bottom
        ]
        if on:
            assert contrast(label.colour, on[-1]) >= TEXT, label.text
