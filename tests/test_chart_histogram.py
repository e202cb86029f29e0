"""Histograms: steps by Freedman and Diaconis, columns as high as rows fall into them, and nobody alone in one."""

from __future__ import annotations

import os
import random
from decimal import Decimal
from itertools import pairwise

import pytest

from charts.alt import describe
from charts.kinds.histogram import COUNT, FROM, TO, fault
from charts.reading import number_of
from charts.spread import bins, quartiles, step_of
from data.tables.table import Field
from data.tables.value import Measure
from tests.charting import Chart, collisions, decimals, drawn, histogram_of, is_open, patches, table_of, texts

CHARTS = 2_000 if os.environ.get("FAIRSHEET_FULL") == "1" else 200


def spread(count: int = 200, seed: int = 1) -> list[float]:
    rng = random.Random(seed)
    return [round(rng.lognormvariate(11, 0.4)) for _ in range(count)]


def test_quartiles_are_those_of_spreadsheets() -> None:
    # Hyndman and Fan 1996, definition 7
    assert quartiles([Decimal(n) for n in (1, 2, 3, 4)]) == (Decimal("1.75"), Decimal("2.5"), Decimal("3.25"))
    assert quartiles([Decimal(7)]) == (7, 7, 7)


def test_the_step_is_the_round_number_nearest_to_freedman_and_diaconis() -> None:
    # 0 to 999: the middle half is 499.5 wide, 2 * 499.5 / 10 = 99.9
    assert step_of([Decimal(n) for n in range(1000)], whole=True) == 100


@pytest.mark.parametrize(
    "numbers", [[5] * 20, [0] * 20, [0] * 19 + [1], [1, 10**12] * 10, [-5, 5] * 10, [0] * 50 + [10**9]]
)
def test_every_number_is_in_one_bin(numbers: list[int]) -> None:
    _, found = bins([Decimal(n) for n in numbers], True, None)
    assert sorted(place for one in found for place in one.places) == list(range(len(numbers)))
    assert all(one.low <= numbers[place] <= one.high for one in found for place in one.places)
    assert len(found) <= 41


@pytest.mark.parametrize("seed", range(30))
def test_nobody_is_shown_alone(seed: int) -> None:
    _, found = bins([Decimal(str(n)) for n in spread(80, seed)], True, 5)
    assert all(not one.places or len(one.places) >= 5 for one in found)
    assert sum(len(one.places) for one in found) == 80
    assert all(a.high == b.low for a, b in pairwise(found))


def test_columns_cover_areas_as_large_as_their_counts() -> None:
    chart = histogram_of([*range(100), 400], least=5)
    rows = list(chart.table.rows)
    counts = [int(number_of(row[COUNT]) or 0) for row in rows]
    assert sum(counts) == 101
    assert max(int((number_of(row[TO]) or 0) - (number_of(row[FROM]) or 0)) for row in rows) > 100
    marks = [box for box, _ in patches(drawn(chart, width=600))]
    shown = [(box.right - box.left) * (box.bottom - box.top) for box in marks]
    whole = [count for count in counts if count]
    assert [area / sum(shown) for area in shown] == pytest.approx([n / sum(whole) for n in whole], abs=0.02)


def test_columns_are_as_high_as_their_counts_and_stand_at_their_edges() -> None:
    chart = histogram_of([0] * 10 + [1] * 20 + [2] * 40 + [3] * 5 + [4] * 5)
    found = drawn(chart)
    heights = [box.bottom - box.top for box, _ in patches(found)]
    assert [h / heights[2] for h in heights] == pytest.approx([0.25, 0.5, 1, 0.25], abs=0.01)
    assert {"10", "20", "40"} <= set(texts(found))


def test_it_says_its_steps_and_how_many_have_no_value() -> None:
    chart = histogram_of([*range(100), None, None])
    assert chart.measure_line.startswith("Salary; 100 values in steps of ")
    assert chart.measure_line.endswith("; 2 without a value")
    joined = histogram_of([*range(100), 400], least=5)
    assert "steps of fewer than 5 are joined" in joined.measure_line


@pytest.mark.parametrize(
    ("numbers", "said"), [([1, 2, 3], "has 3 values, and a histogram takes 10 at least"), ([None] * 30, "has 0 values")]
)
def test_too_few_values_are_refused(numbers: list[int | None], said: str) -> None:
    table = table_of([Field("v", "Salary", Measure("integer"))], {"v": decimals(numbers)})
    found = fault(Chart("made", table, "histogram", "v", ("v",)), "en-US")
    assert found is not None
    assert said in found[0]


def test_it_is_described() -> None:
    said = describe(histogram_of(range(100)), "en-US")
    assert said.startswith("Histogram: Salary. 100 values. From 0 to ")
    assert describe(histogram_of(range(100)), "de-DE").startswith("Histogramm: ")


@pytest.mark.parametrize("language", ["en-US", "de-DE", "fr-FR", "es-ES"])
def test_labels_touch_nothing(language: str) -> None:
    rng = random.Random(4)
    for _ in range(CHARTS // 4):
        size = 10 ** rng.randint(0, 9)
        numbers = [round(rng.gauss(rng.choice((0, 3)) * size, size)) for _ in range(rng.randint(10, 300))]
        chart = histogram_of(numbers, least=rng.choice((None, 5)))
        for sizes in ({}, {"text_size": 18.0, "height": 330.0}):
            found = drawn(chart, rng.choice((250, 438, 860)) if not sizes else 860, language, **sizes)
            assert not list(collisions(found))
            assert any(is_open(shape) for shape in found.plot.shapes)


def test_values_that_are_all_alike_do_not_spread() -> None:
    table = table_of([Field("v", "Salary", Measure("integer"))], {"v": [Decimal(5)] * 12})
    found = fault(Chart("c", table, "histogram", "v", ("v",)), "en-US")
    assert found is not None
    assert found[0] == "all 12 values of 'v' are 5: they do not spread."
