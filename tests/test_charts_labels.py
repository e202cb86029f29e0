"""Labels never touch each other, the marks or the edge, whatever the data are."""

from __future__ import annotations

import itertools
import random

import pytest

from charts.chart import Chart
from charts.lettering import balanced, text_width, wrap
from charts.style import style_of
from data.look.brand import Brand
from data.tables.value import FieldType
from tests.charting import Numbers, bars_of, chart_of, collisions, drawn, levels_of, range_of, texts

LONG = "Transportation sciences and technologies, including aviation, shipping and everything that moves"
NAMES: dict[str, list[str]] = {
    "short": ["A", "B", "C"],
    "titles": ["Machine Learning Engineer", "Data Scientist", "Artificial Intelligence Engineer"],
    "long": [LONG, "Nursing", LONG.upper()],
    "one huge word": ["x" * 10_000, "Donaudampfschifffahrtsgesellschaftskapitän", "ok"],
    "hyphens": ["Non-profit/public-sector and business-to-business work", "On-the-job", "a/b/c"],
    "spaces": ["  many \n\t  spaces  ", "\u00a0", "no-break\u00a0space\u00a0everywhere\u00a0in\u00a0this\u00a0name"],
}
VALUES: dict[str, tuple[Numbers, FieldType, str | None]] = {
    "plain": ([120000, 115000, 110000], "money", "USD"),
    "signs": ([12.5, -22.4, 0], "percent", None),
    "falling": ([-1, -200, -3], "integer", None),
    "missing": ([5, None, 3], "integer", None),
    "nothing": ([None, None, None], "integer", None),
    "zeros": ([0, 0, 0], "integer", None),
    "sizes": ([3, 39510000, 12000], "money", "EUR"),
    "huge": (["1e24", "1e-40", "-1e23"], "number", None),
    "shares": ([35, 25, 15], "percent", None),
    "tiny shares": ([97, 0.2, 1], "percent", None),
    "too much": ([80, 70, 60], "percent", None),
}
SIZES = [(250.0, 9.0), (438.0, 9.0), (860.0, 16.0)]


def repeated(chart: Chart, times: int) -> Chart:
    """The chart with its rows again and again."""
    from msgspec.structs import replace

    count = len(chart.table)
    return replace(chart, table=chart.table.take([i % count for i in range(times)]))


@pytest.mark.parametrize("names", NAMES)
@pytest.mark.parametrize("values", VALUES)
@pytest.mark.parametrize("kind", ["bar", "share"])
def test_nothing_touches_on_charts_of_one_measure(kind: str, names: str, values: str) -> None:
    numbers, measure, unit = VALUES[values]
    for highlight, rows in itertools.product(((), (NAMES[names][1],)), (1, 3)):
        chart = chart_of(kind, NAMES[names][:rows], numbers[:rows], measure, unit, highlight)
        for (width, size), height in itertools.product(SIZES, (None, 40.0, 380.0)):
            drawing = drawn(chart, width, text_size=size, **({} if height is None else {"height": height}))
            assert list(collisions(drawing)) == [], (width, size, height)


@pytest.mark.parametrize("kind", ["bar", "share", "line"])
@pytest.mark.parametrize("rows", [30, 173])
def test_nothing_touches_with_many_rows(kind: str, rows: int) -> None:
    chance = random.Random(rows)
    names = [2023 - i if kind == "line" else f"{LONG[: 3 + i % 70]} {i}" for i in range(rows)]
    numbers = [None if i % 19 == 7 else round(chance.gauss(300, 400), 1) for i in range(rows)]
    chart = chart_of(
        kind, names, numbers, "number", highlight=[str(names[4])], along="year" if kind == "line" else "text"
    )
    for width, size in SIZES:
        assert list(collisions(drawn(chart, width, text_size=size))) == []


@pytest.mark.parametrize("seed", range(40))
def test_nothing_touches_on_lines_of_any_course(seed: int) -> None:
    chance = random.Random(seed)
    count = chance.choice([1, 2, 3, 5, 8, 12, 20, 40])
    years = sorted(chance.sample(range(1960, 2025), count))
    low, high = chance.choice([(0, 10), (-100, 100), (9_000, 10_000), (-5, -1), (0, 1_000_000)])
    numbers = [None if chance.random() < 0.15 else chance.randint(low, high) for _ in years]
    strong = [str(year) for year in years if chance.random() < 0.2]
    chart = chart_of("line", years, numbers, "money", chance.choice(["USD", "EUR", None]), strong, "year")
    for (width, size), height in itertools.product(SIZES, (None, 60.0, 380.0)):
        drawing = drawn(chart, width, text_size=size, **({} if height is None else {"height": height}))
        assert list(collisions(drawing)) == [], (width, size, height)


@pytest.mark.parametrize("names", NAMES)
def test_nothing_touches_on_ranges(names: str) -> None:
    cases: list[tuple[Numbers, Numbers, list[str]]] = [
        ([125000, 115000, 60000], [170000, 160000, 85000], ["USD", "USD", "GBP"]),
        ([1, None, 5], [1_000_000, 7, None], ["USD"] * 3),
        ([None] * 3, [None] * 3, ["USD", "EUR", "GBP"]),
        ([5, 5, 5], [5, 5, 5], ["USD"] * 3),
        ([-50, 10, 3], [-20, -10, 2], ["CHF"] * 3),
    ]
    for (lows, highs, units), (width, size) in itertools.product(cases, SIZES):
        drawing = drawn(range_of(NAMES[names], lows, highs, units, NAMES[names][:1]), width, text_size=size)
        assert list(collisions(drawing)) == [], (lows, width)


@pytest.mark.parametrize("names", NAMES)
@pytest.mark.parametrize(
    "levels",
    [
        ["Basic", "Intermediate", "Advanced"],
        ["no", "yes"],
        [f"Level {'very ' * i}high" for i in range(7)],
        ["x" * 300, "y"],
    ],
)
def test_nothing_touches_on_levels(names: str, levels: list[str]) -> None:
    chart = levels_of(NAMES[names], [levels[0], levels[-1], None], levels, NAMES[names][:1])
    for (width, size), height in itertools.product(SIZES, (None, 380.0)):
        drawing = drawn(chart, width, text_size=size, **({} if height is None else {"height": height}))
        assert list(collisions(drawing)) == [], (width, size, height)


@pytest.mark.parametrize("names", NAMES)
@pytest.mark.parametrize("series", [1, 2, 3, 5])
def test_nothing_touches_on_grouped_bars(names: str, series: int) -> None:
    titles = ["Women", "Men", LONG, "Not known", "x" * 200]
    numbers: list[Numbers] = [[1, 2000, None], [0, -5, 7], [3, 3, 3], [9, 8, 7], [1_000_000, 2, 0]]
    chart = bars_of(NAMES[names], dict(zip(titles[:series], numbers)), NAMES[names][:1])
    for (width, size), height in itertools.product(SIZES, (None, 380.0)):
        drawing = drawn(chart, width, text_size=size, **({} if height is None else {"height": height}))
        assert list(collisions(drawing)) == [], (width, size, height)


def test_names_are_wrapped_and_never_cut() -> None:
    word = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 40
    drawing = drawn(chart_of("bar", [word, LONG], [1, 2]), 250)
    said = "".join(label.text for label in sorted(drawing.plot.labels, key=lambda label: label.y))
    assert "\u00ad" in said
    said = said.replace("\u00ad", "")
    assert word in said
    assert LONG.replace(" ", "") in said.replace(" ", "")


def test_every_value_of_a_line_is_said_where_points_are_few() -> None:
    assert texts(drawn(chart_of("line", [2015, 2016, 2017], [10000, 15000, 20000], along="year"))) == [
        "20,000", "15,000", "10,000", "2015", "2016", "2017",
    ]  # fmt: skip


def test_a_crowded_line_labels_its_ends_and_extremes() -> None:
    numbers = [50, 51, 49, 52, 90, 48, 47, 53, 10, 55, 50, 51, 49, 52, 60, 48, 47, 53, 58, 54]
    shown = texts(drawn(chart_of("line", list(range(2001, 2021)), numbers, along="year"), 250))
    assert {"50", "54", "90", "10", "2001", "2020"} <= set(shown)
    assert "47" not in shown


def test_a_label_without_room_stands_below_the_axis_with_its_year() -> None:
    years = list(range(1990, 2020))
    chart = chart_of(
        "line", years, [1e6 if y % 2 else 0 for y in years], along="year", highlight=[str(y) for y in years]
    )
    drawing = drawn(chart, 250)
    said = " ".join(texts(drawing))
    assert list(collisions(drawing)) == []
    assert all(f"{year}: " in said or said.count("1M") > 1 for year in years)


def test_lines_of_a_name_are_about_as_long_as_each_other() -> None:
    fonts, size = style_of(Brand(), "en-US", 9.0).regular, 9.0
    for text, lines in (
        ("Physical fitness, parks, recreation and leisure", ("Physical fitness, parks,", "recreation and leisure")),
        # and no word is parted for that
        ("Interdisciplinary and multi-disciplinary studies", ("Interdisciplinary and multi-disciplinary", "studies")),
    ):
        assert balanced(text, fonts, size, text_width(text, fonts, size) * 0.86) == lines


def test_a_word_that_is_parted_leaves_no_few_letters_alone() -> None:
    fonts, size = style_of(Brand(), "en-US", 9.0).regular, 9.0
    word = "Donaudampfschifffahrtsgesellschaftskapitänswesen"
    first, second = wrap(word, fonts, size, text_width(word, fonts, size) * 0.95)
    assert len(second) > 0.7 * len(first)
