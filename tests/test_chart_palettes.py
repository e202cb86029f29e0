"""Colours of several series: seen on the paper, and told apart by everybody, whatever the brand is."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from msgspec.structs import replace

from charts.palette import MOST_DISTINCT, MOST_ORDERED, distinct, diverging, ordered, ramp
from charts.style import ChartStyle, style_of
from data.look.brand import Brand
from data.look.colour import MARKS, TEXT, contrast, oklab, told_apart

BRANDS = ["#0B5C8A", "#8C1515", "#C99700", "#FFCD00", "#00693E", "#4B2E83", "#000000", "#7F7F7F", "#E87722"]


def style(accent: str, paper: str = "#FFFFFF", ink: str = "#16202E") -> ChartStyle:
    return replace(style_of(Brand(), "en-US", 9.0), accent=accent, paper=paper, ink=ink)


@pytest.mark.parametrize("accent", BRANDS)
@pytest.mark.parametrize("count", range(1, MOST_ORDERED + 1))
def test_steps_are_seen_and_told_from_the_next_one(accent: str, count: int) -> None:
    for turned in (False, True):
        steps = ordered(style(accent), count, turned)
        assert len(steps) == count
        assert all(contrast(step, "#FFFFFF") >= MARKS for step in steps)
        assert all(told_apart(*pair) for pair in pairwise(steps))
        lightness = [oklab(step)[0] for step in steps]
        assert lightness == sorted(lightness, reverse=True)


@pytest.mark.parametrize("accent", BRANDS)
def test_on_dark_paper_the_strongest_step_is_the_lightest(accent: str) -> None:
    steps = ordered(style(accent, "#10151C", "#FFFFFF"), 4)
    assert all(contrast(step, "#10151C") >= MARKS for step in steps)
    assert all(told_apart(*pair) for pair in pairwise(steps))
    assert oklab(steps[-1])[0] > oklab(steps[0])[0]


@pytest.mark.parametrize("accent", BRANDS)
def test_series_without_an_order_are_told_apart(accent: str) -> None:
    colours = distinct(style(accent), MOST_DISTINCT)
    assert len(set(colours)) == MOST_DISTINCT
    assert all(contrast(colour, "#FFFFFF") >= MARKS for colour in colours[1:])
    assert all(told_apart(*pair) for pair in combinations(colours, 2))


@pytest.mark.parametrize("accent", BRANDS)
@pytest.mark.parametrize("count", range(2, MOST_ORDERED + 1))
def test_a_ramp_is_pale_at_one_end_and_keeps_its_hue_at_the_other(accent: str, count: int) -> None:
    for turned in (False, True):
        steps = ramp(style(accent), count, turned)
        assert all(told_apart(*pair) for pair in pairwise(steps))
        assert 1.3 < contrast(steps[0], "#FFFFFF") < MARKS
        assert oklab(steps[-1])[0] > 0.25


@pytest.mark.parametrize("accent", BRANDS)
def test_the_strong_ends_of_two_sides_are_told_apart_wherever_there_is_colour(accent: str) -> None:
    if accent not in ("#000000", "#7F7F7F"):
        colours = diverging(style(accent), 2, 2)
        assert colours[0] != colours[-1]


@pytest.mark.parametrize("accent", BRANDS)
@pytest.mark.parametrize("paper", ["#FFFFFF", "#10151C"])
def test_the_grey_between_two_sides_is_told_from_both(accent: str, paper: str) -> None:
    ink = "#16202E" if paper == "#FFFFFF" else "#FFFFFF"
    colours = diverging(style(accent, paper, ink), 4, 4)
    assert len(colours) == 9
    assert all(told_apart(*pair) for pair in pairwise(colours))


@pytest.mark.parametrize("accent", BRANDS)
def test_figures_are_read_on_every_colour(accent: str) -> None:
    own = style(accent)
    palettes = [distinct(own, MOST_DISTINCT), diverging(own, 4, 4)]
    palettes += [steps(own, n, turned) for steps in (ordered, ramp) for n in range(1, 6) for turned in (False, True)]
    for colour in {one for palette in palettes for one in palette}:
        assert contrast(own.text_on(colour), colour) >= TEXT


def test_two_sides_have_their_own_hue_and_are_strongest_at_their_ends() -> None:
    colours = diverging(style("#0B5C8A"), 2, 2)
    assert len(set(colours)) == 5
    assert oklab(colours[0])[0] < oklab(colours[1])[0]
    assert oklab(colours[-1])[0] < oklab(colours[-2])[0]
    (_, _, warm), (_, _, cold) = oklab(colours[0]), oklab(colours[-1])
    assert warm > 0 > cold


def test_more_than_can_be_told_apart_are_refused() -> None:
    with pytest.raises(ValueError, match="6 steps"):
        ordered(style("#0B5C8A"), 6)
    with pytest.raises(ValueError, match="5 series"):
        distinct(style("#0B5C8A"), 5)
