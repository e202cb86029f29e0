"""Boxes: the middle half, its median and whiskers by Tukey; groups too small are hidden, and no whisker names anybody."""

from __future__ import annotations

import os
import random

import pytest

from charts.alt import describe
from charts.kinds import box
from charts.kinds.registry import KINDS
from charts.reading import number_of
from charts.style import style_of
from data.look.brand import Brand
from data.tables.table import Field
from data.tables.value import Measure
from tests.charting import Chart, box_of, collisions, decimals, drawn, finished, is_open, patches, table_of, texts

CHARTS = 2_000 if os.environ.get("FAIRSHEET_FULL") == "1" else 200
TEN = list(range(1, 11))


def of_fields(*columns: list[int | None]) -> Chart:
    names = [f"f{i}" for i in range(len(columns))]
    fields = [
        Field("name", "Major", Measure("text"), key=True),
        *(Field(n, n.upper(), Measure("integer")) for n in names),
    ]
    rows = {"name": [f"Row {i}" for i in range(len(columns[0]))]}
    table = table_of(fields, {**rows, **{n: decimals(c) for n, c in zip(names, columns, strict=True)}})
    return Chart("made", table, "box", "name", tuple(names), measure_line="Pay")


def test_a_box_is_that_of_tukey() -> None:
    chart = box_of({"A": [*TEN, 100]})
    row = chart.table.rows[0]
    found = {name: number_of(row[name]) for name in chart.table.columns if name != "name"}
    assert [found[n] for n in (box.LOWER, box.MIDDLE_OF, box.UPPER)] == [3.5, 6, 8.5]
    assert (found[box.LOW], found[box.HIGH], found[box.COUNT], found[box.BELOW], found[box.ABOVE]) == (1, 10, 11, 0, 1)


def test_boxes_and_medians_stand_where_their_values_are() -> None:
    chart = box_of({"A": [0, 25, 50, 75, 100], "B": [0, 10, 20, 30, 40]})
    found = drawn(chart)
    (a, _), (b, _) = patches(found)
    assert (a.right - a.left) / (b.right - b.left) == pytest.approx(50 / 20, abs=0.02)
    assert {"50", "20", "Median", "Number"} <= set(texts(found))


def test_groups_stand_by_their_medians() -> None:
    assert [str(n) for n in box_of({"A": TEN, "B": [n + 5 for n in TEN]}).table.columns["name"]] == ["B", "A"]


def test_a_group_of_too_few_is_hidden_and_no_whisker_tells_of_one() -> None:
    chart = box_of({"A": TEN, "B": [1, 2, 3]}, least=5)
    found = drawn(chart)
    assert len(patches(found)) == 1
    assert texts(found).count("not shown") == 2
    assert chart.role("low") is None
    assert box.HIGH not in chart.table.columns


def test_one_group_and_forty_groups_are_drawn_and_values_below_zero() -> None:
    assert len(patches(drawn(box_of({"A": TEN})))) == 1
    assert len(patches(drawn(box_of({f"Group {i}": TEN for i in range(40)})))) == 40
    below = drawn(box_of({"A": [-n for n in TEN]}))
    assert "−5.5" in texts(below)


def test_quartiles_that_are_given_are_drawn() -> None:
    three, five = of_fields([1], [2], [4]), of_fields([0], [1], [2], [4], [9])
    assert finished(three).measures == ("f0", "f1", "f2")
    assert finished(five).measures == ("f1", "f2", "f3")
    assert finished(five).role("high") == "f4"


@pytest.mark.parametrize(
    ("chart", "said"),
    [
        (of_fields([1], [2]), "from one field of single values, or from three or five, not from 2"),
        (of_fields([3], [2], [4]), "do not rise at made.csv:2"),
    ],
)
def test_fields_that_are_no_quartiles_are_refused(chart: Chart, said: str) -> None:
    found = KINDS["box"].fault(chart, "en-US")
    assert found is not None
    assert said in found[0]


def test_it_is_described() -> None:
    said = describe(box_of({"A": TEN}), "en-US")
    assert "A: median 5.5, middle half 3.3 to 7.8" in said
    assert describe(box_of({"A": TEN}), "fr-FR").startswith("Boîtes à moustaches")


@pytest.mark.parametrize("language", ["en-US", "de-DE", "fr-FR", "es-ES"])
def test_labels_touch_nothing(language: str) -> None:
    rng = random.Random(7)
    words = (
        "Nursing",
        "Mechanical engineering",
        "History and philosophy of science and technology",
        "Art",
        "Economics",
    )
    for _ in range(CHARTS // 4):
        size = 10 ** rng.randint(0, 9)
        names = {f"{rng.choice(words)} {i}": None for i in range(rng.choice((1, 3, 8, 40)))}
        groups = {n: [round(rng.gauss(3 * size, size)) for _ in range(rng.randint(1, 30))] for n in names}
        chart = box_of(groups, rng.choice((None, 5)), highlight=rng.sample(list(names), 1))
        if all(row[box.MIDDLE_OF].missing for row in chart.table.rows):
            continue
        for width, sizes in ((rng.choice((250, 438)), {}), (860, {"text_size": 18.0, "height": 330.0})):
            assert not list(collisions(drawn(chart, width, language, **sizes)))


def test_what_lies_beyond_the_whiskers_is_counted_and_said() -> None:
    chart = box_of({"A": [-60, 10, 11, 11, 12, 12, 13, 13, 14, 14, 90, 95], "B": [10, 11, 12, 13, 14]})
    shown = texts(drawn(chart))
    assert {"Farther out", "1 below, 2 above"} <= set(shown)
    assert "farther out: 1 below, 2 above; B: median" in describe(chart, "en-US")
    assert "Farther out" not in texts(drawn(box_of({"B": [10, 11, 12, 13, 14]})))


def test_a_group_of_which_nothing_is_known_stays() -> None:
    chart = box_of({"A": [10, 11, 12, 13, 14], "B": [None, None]})
    assert {"B", "not stated", "0"} <= set(texts(drawn(chart)))
    assert "Not stated: B." in describe(chart, "en-US")


def test_values_that_are_all_alike_are_a_line() -> None:
    drawing = drawn(box_of({"A": [50, 50, 50, 50, 50], "B": [10, 20, 30, 40, 50]}))
    accent = style_of(Brand(), "en-US", 9.0).accent
    upright = [s for s in drawing.plot.shapes if is_open(s) and s.line == accent and s.points[0][0] == s.points[1][0]]
    assert any(shape.thick > 1.5 for shape in upright)
