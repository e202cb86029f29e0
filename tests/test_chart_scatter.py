"""Scatter plots: a dot for each row where its values are, named where its name touches nothing."""

from __future__ import annotations

import os
import random

import pytest

from charts.alt import describe
from charts.kinds.registry import KINDS
from tests.charting import collisions, drawn, patches, scatter_of, texts

CHARTS = 2_000 if os.environ.get("FAIRSHEET_FULL") == "1" else 200
NAMES = ("Nursing", "History", "Art", "Economics")


def test_dots_stand_where_their_values_are() -> None:
    found = drawn(scatter_of(("A", "B", "C"), (0, 10, 20), (0, 50, 100)))
    boxes = [box for box, shape in patches(found) if shape.fill == found.plot.style.accent]
    places = [((b.left + b.right) / 2, (b.top + b.bottom) / 2) for b in boxes]
    (x0, y0), (x1, y1), (x2, y2) = sorted(places)
    assert x1 - x0 == pytest.approx(x2 - x1, abs=0.5)
    assert y0 - y1 == pytest.approx(y1 - y2, abs=0.5)


def test_areas_are_as_large_as_their_numbers() -> None:
    found = drawn(scatter_of(("A", "B"), (0, 20), (0, 100), (100, 400)))
    edges = [box for box, shape in patches(found) if shape.fill == found.plot.style.accent]
    small, large = sorted(box.right - box.left for box in edges)
    assert (large / small) ** 2 == pytest.approx(4, abs=0.01)
    assert "The areas of the dots show: Graduates, 400 at most" in texts(found)


def test_both_axes_say_what_they_measure() -> None:
    assert {"Median pay", "Share of women, %"} <= set(texts(drawn(scatter_of(NAMES, (1, 2, 3, 4), (4, 3, 2, 1)))))


def test_what_stands_out_is_named_even_where_its_name_has_no_room() -> None:
    crowd = [f"A rather long name of a major {i}" for i in range(60)]
    near = [50 + i * 0.001 for i in range(60)]
    found = drawn(scatter_of(crowd, near, near, highlight=crowd[20:23]), width=250)
    shown = " ".join(texts(found))
    assert all(name.split()[-1] in shown for name in crowd[20:23])


def test_rows_without_a_value_are_counted() -> None:
    assert "1 without a value" in texts(drawn(scatter_of(NAMES, (1, 2, 3, None), (4, 3, 2, 1))))


@pytest.mark.parametrize(
    ("chart", "said"),
    [
        (scatter_of(("A", "B"), (1, 2), (3, 4), (5, -1)), "'n' is below zero at made.csv:3, and no area is"),
        (scatter_of(("A", "a"), (1, 2), (3, 4)), "two rows are called 'A' and 'a'"),
        (scatter_of(("A", "B"), (1, None), (3, 4)), "only 1 row has both 'x' and 'y'"),
        (scatter_of(("A", "B"), (None, None), (3, 4)), "no row has both 'x' and 'y'"),
        (scatter_of(("A", "B", "C"), (7, 7, 7), (3, 3, 3)), "all 3 rows stand at one place"),
        (scatter_of(NAMES, (3, 480, 12, 1_250_000), (12, 9, 3, 9_000_000)), "3 of 4 dots would be one"),
    ],
)
def test_what_would_mislead_is_refused(chart: object, said: str) -> None:
    found = KINDS["scatter"].fault(chart, "en-US")
    assert found is not None
    assert said in found[0]


def test_it_is_described() -> None:
    chart = scatter_of(NAMES, (1, 2, 3, 4), (40, 30, 20, 10), highlight=["Art"])
    said = describe(chart, "en-US")
    assert said.startswith("Scatter plot: Median pay against Share of women. Nursing: 40, 1%;")
    assert "Highlighted: Art" in said
    many = scatter_of([f"M{i}" for i in range(30)], range(30), range(30))
    assert "30 values; Median pay: highest 29 (M29), lowest 0 (M0)" in describe(many, "en-US")


@pytest.mark.parametrize("language", ["en-US", "de-DE", "fr-FR", "es-ES"])
def test_labels_touch_nothing(language: str) -> None:
    rng = random.Random(9)
    words = ("Nursing", "Mechanical engineering", "History and philosophy of science", "Art")
    for _ in range(CHARTS // 4):
        count, size = rng.choice((2, 8, 40, 90)), 10 ** rng.randint(0, 9)
        names = [f"{rng.choice(words)} {i}" for i in range(count)]
        xs, ys = [rng.gauss(10, 6) for _ in names], [round(rng.gauss(0, 1) * size) for _ in names]
        sizes = rng.choice((None, [rng.randint(0, 10**6) for _ in names]))
        chart = scatter_of(names, [round(x, 2) for x in xs], ys, sizes, highlight=rng.sample(names, rng.randint(0, 2)))
        for width, more in ((rng.choice((250, 438)), {}), (860, {"text_size": 18.0, "height": 330.0})):
            assert not list(collisions(drawn(chart, width, language, **more)))


def test_dots_at_one_place_have_all_their_names() -> None:
    assert "A, B, C" in texts(drawn(scatter_of(["A", "B", "C", "D"], [1, 1, 1, 9], [5, 5, 5, 50])))


def test_dots_that_look_like_one_have_a_ring_and_are_told() -> None:
    chart = scatter_of(["A", "B", "C", "D"], [1, 1, 5, 9], [5, 5, 20, 50])
    drawing = drawn(chart)
    rings = [shape for _, shape in patches(drawing) if shape.fill is None]
    assert len(rings) == 1
    assert "In a ring, several at one place: A, B" in texts(drawing)
    assert "Several at one place: A, B." in drawing.alt
    apart = drawn(scatter_of(["A", "B", "C", "D"], [1, 2, 5, 9], [5, 5, 20, 50]))
    assert [shape for _, shape in patches(apart) if shape.fill is None] == []
    assert "one place" not in " ".join([*texts(apart), apart.alt])


def test_of_many_places_with_several_dots_three_are_named_and_the_others_counted() -> None:
    xs = [10 * (i // 2) for i in range(40)]
    chart = scatter_of([f"M{i}" for i in range(40)], xs, [100 - x for x in xs])
    assert "Several at one place: M0, M1; M2, M3; M4, M5; 17 more." in describe(chart, "en-US")


def test_a_name_stands_nearer_to_its_own_dot_than_to_any_other() -> None:
    rng = random.Random(4)
    for _ in range(20):
        names = [f"Major {i}" for i in range(40)]
        chart = scatter_of(names, [rng.randint(0, 100) for _ in names], [rng.randint(0, 100) for _ in names])
        drawing = drawn(chart)
        size = drawing.plot.style.size
        dots = [box for box, shape in patches(drawing) if shape.fill == drawing.plot.style.accent]
        for label in (one for one in drawing.plot.labels if one.text.startswith("Major") and "," not in one.text):
            around = label.box._replace(left=label.box.left - 0.5 * size, right=label.box.right + 0.5 * size)
            assert sum(around.touches(dot) for dot in dots) <= 1, label.text


def test_of_many_dots_the_named_ones_are_counted() -> None:
    rng = random.Random(4)
    names = [f"A rather long name {i}" for i in range(40)]
    drawing = drawn(scatter_of(names, [rng.gauss(50, 9) for _ in names], [rng.gauss(50, 9) for _ in names]))
    named = len([text for text in texts(drawing) if text.startswith("A rather")])
    assert 0 < named < 40
    assert f"{named} of 40 dots are named" in texts(drawing)


def test_what_is_said_below_takes_its_room_from_the_dots() -> None:
    rng = random.Random(4)
    names = [f"A rather long name {i}" for i in range(40)]
    chart = scatter_of(names, [rng.gauss(50, 9) for _ in names], [rng.gauss(50, 9) for _ in names])
    assert drawn(chart, 860, text_size=16.0, height=330.0).height == pytest.approx(330)


def test_of_few_dots_a_line_leads_to_a_name_that_has_no_room_beside() -> None:
    crowd = [(50 + 5 * x, 50 + 8 * y) for x in (-1, 0, 1) for y in (-1, 0, 1)]
    names = [f"A long name {i}" for i in range(len(crowd))]
    xs, ys = [float(x) for x, _ in crowd], [float(y) for _, y in crowd]
    drawing = drawn(scatter_of([*names, "Low", "High"], [*xs, 0, 100], [*ys, 0, 100]))
    assert set(names) <= set(texts(drawing))


def test_what_has_no_room_beside_its_dot_is_named_below() -> None:
    names = [f"A name of a major that is far too long to stand beside its dot, number {i}" for i in range(8)]
    drawing = drawn(scatter_of([*names, "Far off"], [*range(8), 900], [*range(8), 900]), 250)
    assert any(text.startswith("No room beside their dots for:") for text in texts(drawing))


def test_what_stands_out_has_its_name_farther_off() -> None:
    crowd = [(50 + 5 * x, 50 + 8 * y) for x in (-1, 0, 1) for y in (-1, 0, 1)]
    names = [f"A long name {i}" for i in range(len(crowd))]
    xs, ys = [float(x) for x, _ in crowd], [float(y) for _, y in crowd]
    drawing = drawn(scatter_of([*names, "Low", "High"], [*xs, 0, 100], [*ys, 0, 100], highlight=["A long name 4"]))
    assert "A long name 4" in texts(drawing)
    assert list(collisions(drawing)) == []


def test_in_a_crowd_only_dots_that_cover_each_other_wholly_have_a_ring() -> None:
    rng = random.Random(4)
    xs, ys = ([rng.gauss(50, 9) for _ in range(400)] for _ in "xy")
    crowd = drawn(scatter_of([f"M{i}" for i in range(402)], [*xs, 7, 7], [*ys, 7, 7]))
    assert len([shape for _, shape in patches(crowd) if shape.fill is None]) == 1
