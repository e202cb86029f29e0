"""Axes of numbers: round ends and steps, whatever the numbers are."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.axes.numbers import number_axis, tick_texts
from charts.axes.values import value_axis
from charts.style import style_of
from data.look.brand import Brand
from data.tables.value import FieldType, Measure

numbers = st.lists(st.decimals(-(10**12), 10**12, places=3), min_size=1, max_size=20)


@given(numbers, st.integers(3, 9), st.booleans(), st.booleans())
def test_an_axis_holds_every_number_at_equal_round_steps(found: list[Decimal], most: int, zero: bool, whole: bool) -> None:  # fmt: skip
    axis = number_axis(found, most, zero=zero, whole=whole)
    assert all(0 <= axis.place(number) <= 1 for number in found)
    assert not zero or 0 in axis.ticks
    assert axis.ticks[0] == axis.low < axis.high == axis.ticks[-1]
    assert 2 <= len(axis.ticks) <= most
    steps = {b - a for a, b in zip(axis.ticks, axis.ticks[1:])}
    assert len(steps) == 1
    (step,) = steps
    assert step.normalize().as_tuple().digits in ((1,), (2,), (5,))
    assert not whole or step >= 1


@pytest.mark.parametrize(
    ("found", "most", "type", "unit", "said"),
    [
        ([61000, 118000], 5, "money", "USD", "$0 $50,000 $100,000 $150,000"),
        ([0.4, 1.2], 4, "number", None, "0.0 0.5 1.0 1.5"),
        ([12, 97], 6, "percent", None, "0% 20% 40% 60% 80% 100%"),
        ([-3, 4], 5, "integer", None, "−4 −2 0 2 4"),
        ([3_000_000, 11_000_000], 4, "integer", None, "0 5M 10M 15M"),
    ],
)
def test_ticks_are_said_as_values_are(found: list[float], most: int, type: FieldType, unit: str | None, said: str) -> None:  # fmt: skip  # noqa: A002  # the word of project.toml
    axis = number_axis([Decimal(str(n)) for n in found], most)
    assert " ".join(tick_texts(axis, Measure(type, unit), "en-US")) == said


def test_an_axis_that_need_not_hold_zero_begins_near_its_numbers() -> None:
    axis = number_axis([Decimal(58), Decimal(69)], 5, zero=False)
    assert (axis.low, axis.high) == (Decimal(55), Decimal(70))


@pytest.mark.parametrize(
    ("most", "ticks"), [(3, [0, 50, 100]), (5, [0, 25, 50, 75, 100]), (9, [0, 20, 40, 60, 80, 100])]
)
def test_an_axis_of_shares_ends_at_their_whole(most: int, ticks: list[int]) -> None:
    assert list(number_axis([Decimal(0), Decimal(93)], most, within=Decimal(100)).ticks) == ticks


def test_an_axis_of_little_height_is_not_mostly_empty() -> None:
    numbers = [Decimal(one) for one in ("-11.2", "-4", "4")]
    axis = value_axis(numbers, Measure("percent"), 58.0, style_of(Brand(), "en-US", 9.0))
    assert (axis.low, axis.high, len(axis.ticks)) == (-15, 5, 5)
    assert len(value_axis(numbers, Measure("percent"), 40.0, style_of(Brand(), "en-US", 9.0)).ticks) == 3
