"""A line with what lies around it, each of the three named in words."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from charts.alt import describe
from charts.declared import declared_chart
from data.errors import ProjectError
from tests.charting import band_of, drawn, is_open, texts
from tests.time_charts import SEEDS, declared

FIELDS = 'year = { type = "year" }\nq1 = { type = "money", unit = "USD" }\nq2 = { type = "money", unit = "USD" }\n' + (
    'q3 = { type = "money", unit = "USD" }'
)
CHART = 'kind = "band"\nx = "year"\ny = "q2"\nlow = "q1"\nhigh = "q3"'
PAY = band_of([2020, 2021, 2022], [40, 42, 44], [50, 54, 58], [70, 72, 80])


def test_line_and_ends_are_named_in_words_with_their_last_values() -> None:
    assert {"Upper quartile $80", "Median pay $58", "Lower quartile $44"} <= set(texts(drawn(PAY)))


def test_the_band_lies_between_its_ends() -> None:
    drawing = drawn(PAY)
    numbers = {label.text: label.y - 0.33 * 9 for label in drawing.plot.labels}
    zero, unit = numbers["$0"], (numbers["$0"] - numbers["$20"]) / 20
    band = next(shape for shape in drawing.plot.shapes if not is_open(shape) and len(shape.points) == 6)
    ys = [y for _, y in band.points]
    for y, value in zip(ys, (70, 72, 80, 44, 42, 40), strict=True):
        assert y == pytest.approx(zero - unit * value, abs=0.5)


def test_where_an_end_is_missing_there_is_no_band() -> None:
    chart = band_of(range(2015, 2021), [1, 1, None, 1, 1, 1], [2] * 6, [3] * 6)
    bands = [s for s in drawn(chart).plot.shapes if not is_open(s) and len(s.points) in (4, 6)]
    assert [len(band.points) for band in bands] == [4, 6]


def test_it_says_between_what_the_line_lies() -> None:
    assert describe(PAY, "en-US") == (
        "Line chart with interval: Lower quartile, Upper quartile, Median pay by Year. Median pay: from $50 (2020) to $58"
        " (2022), rising throughout. 2020 (Lower quartile: $40, Median pay: $50, Upper quartile: $70). 2022 (Lower"
        " quartile: $44, Median pay: $58, Upper quartile: $80)."
    )


def test_a_project_declares_it(tmp_path: Path) -> None:
    chart = declared_chart(declared(tmp_path, CHART, "year,q1,q2,q3\n2020,1,2,3\n2021,2,3,4\n", FIELDS), "c")
    assert set(chart.measures) == {"q1", "q2", "q3"}
    assert chart.measure_line == "Q2, US dollars"
    assert "Q2 $3" in texts(drawn(chart))


@pytest.mark.parametrize(
    ("chart", "rows", "said"),
    [
        (CHART, "2020,1,9,3\n", r"in t\.csv:2 'q2' does not lie between 'q1' and 'q3'"),
        (CHART, "2020,1,2,3\n2020,1,2,3\n", "has the same 'year'"),
        ('kind = "band"\nx = "year"\ny = "q2"\nlow = "q1"', "2020,1,2,3\n", "needs a field as its high"),
        (f"{CHART}\naxis = {{ from = 2 }}", "2020,1,2,3\n", "lies below"),
    ],
)
def test_a_band_that_would_mislead_is_refused(chart: str, rows: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=said):
        declared_chart(declared(tmp_path, chart, f"year,q1,q2,q3\n{rows}", FIELDS), "c")


@pytest.mark.parametrize("seed", SEEDS)
def test_labels_of_bands_never_touch(seed: int) -> None:
    chance = random.Random(seed)
    count = chance.choice([1, 2, 5, 12, 30])
    middles = [None if chance.random() < 0.1 else chance.randint(40_000, 60_000) for _ in range(count)]
    lows = [None if m is None or chance.random() < 0.1 else m - chance.randint(0, 9000) for m in middles]
    highs = [None if m is None or chance.random() < 0.1 else m + chance.randint(0, 9000) for m in middles]
    chart = band_of(range(2000, 2000 + count), lows, middles, highs, start=chance.choice([None, 20_000]))
    for width in (250, 438):
        labels = [label.box for label in drawn(chart, width).plot.labels]
        assert not any(a.touches(b) for i, a in enumerate(labels) for b in labels[i + 1 :])
        assert all(box.left > -0.01 and box.right < width + 0.01 for box in labels)


def test_zero_is_seen_on_a_band_that_crosses_it() -> None:
    drawing = drawn(band_of([2020, 2021], [-3, -2], [-1, 0], [1, 2]))
    shapes = drawing.plot.shapes
    band = next(i for i, shape in enumerate(shapes) if not is_open(shape) and len(shape.points) == 4)
    across = [
        i
        for i, shape in enumerate(shapes)
        if is_open(shape) and shape.line == drawing.plot.style.ink and shape.points[0][1] == shape.points[-1][1]
    ]
    assert across
    assert min(across) > band
