"""Axes of time: ticks by the rules of the calendar, the ends kept, each year said once."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise

import pytest

from charts.axes.calendar import Tick, calendar_of, time_ticks
from charts.style import style_of
from data.language.show import show
from data.look.brand import Brand
from data.tables.moments import moment
from data.tables.value import FieldType, Measure, Value
from tests.time_charts import SEEDS, any_times


def ticks_of(
    times: Sequence[str | int],
    kind: FieldType = "date",
    width: float = 438,
    language: str = "en-US",
    strong: Sequence[int] = (),
) -> tuple[Tick, ...]:
    values = [Value(time, Measure(kind)) for time in times]
    starts = [time.start for value in values if (time := moment(value)) is not None]
    first, span = starts[0], (starts[-1] - starts[0]) or 1.0

    def x(start: float) -> float:
        return width * (start - first) / span

    style = style_of(Brand(), language, 9)
    names = [show(value, "label", language) for value in values]
    return time_ticks(values, names, [x(start) for start in starts], x, style, width, strong)


def said(ticks: Sequence[Tick]) -> list[str]:
    return [f"{tick.text} {tick.below}".strip() for tick in ticks]


def months(first: int, count: int) -> list[str]:
    return [f"{2020 + m // 12}-{m % 12 + 1:02}" for m in range(first, first + count)]


def test_each_month_is_named_where_there_is_room_and_the_year_once() -> None:
    assert said(ticks_of(months(10, 5))) == ["Nov 2020", "Dec", "Jan 2021", "Feb", "Mar"]


def test_many_months_are_named_by_quarters() -> None:
    assert said(ticks_of(months(0, 34))) == [
        "Jan 2020", "Apr", "Jul", "Oct", "Jan 2021", "Apr", "Jul", "Oct", "Jan 2022", "Apr", "Jul", "Oct",
    ]  # fmt: skip


def test_more_months_are_named_by_years_and_the_ends_in_full() -> None:
    found = [text.replace("\u00a0", " ") for text in said(ticks_of(months(3, 140)))]
    assert found == ["Apr 2020", "2022", "2024", "2026", "2028", "2030", "Nov 2031"]


@pytest.mark.parametrize(
    ("language", "shown"), [("de-DE", "Mär 2021"), ("fr-FR", "mars 2021"), ("es-ES", "mar 2021"), ("en-US", "Mar 2021")]
)
def test_months_are_short_in_the_readers_language(language: str, shown: str) -> None:
    assert said(ticks_of(["2021-03", "2021-04"], language=language))[0] == shown


def test_quarters_are_named_as_quarters() -> None:
    times = ["2021-07/2021-09", "2021-10/2021-12", "2022-01/2022-03"]
    assert said(ticks_of(times)) == ["Q3 2021", "Q4", "Q1 2022"]
    assert said(ticks_of(times, language="fr-FR")) == ["T3 2021", "T4", "T1 2022"]


def test_a_period_that_is_no_quarter_is_named_as_it_is_called() -> None:
    assert calendar_of([Value("2021-07-01/2021-09-15", Measure("date"))]) is None
    assert said(ticks_of(["2019/2020", "2021/2022"])) == ["2019–2020", "2021–2022"]


def test_academic_years_are_written_as_the_data_write_them() -> None:
    every = [f"{year}/{(year + 1) % 100:02}" for year in range(1995, 2024)]
    found = said(ticks_of(every))
    assert found[0] == "1995/96"
    assert "2000/01" in found
    assert found[-1] == "2023/24"
    assert set(found) <= set(every)


def test_years_go_by_two_five_or_ten() -> None:
    assert said(ticks_of(list(range(2000, 2025)), "year", 438)) == [str(y) for y in range(2000, 2025, 2)]
    assert said(ticks_of(list(range(2000, 2025)), "year", 250)) == ["2000", "2005", "2010", "2015", "2020", "2024"]
    assert said(ticks_of(list(range(1961, 2025)), "year", 250)) == [
        "1961", "1970", "1980", "1990", "2000", "2010", "2024",
    ]  # fmt: skip


def test_a_time_that_stands_out_is_named_whatever_the_rule() -> None:
    found = ticks_of(list(range(1961, 2025)), "year", 250, strong=[16])
    assert [tick.text for tick in found if tick.strong] == ["1977"]


def test_a_gap_in_time_has_its_length() -> None:
    found = {tick.text: tick.x for tick in ticks_of([2000, 2001, 2010], "year")}
    assert found["2001"] - found["2000"] == pytest.approx((found["2010"] - found["2001"]) / 9)


@pytest.mark.parametrize("seed", SEEDS)
def test_ticks_never_touch_and_the_last_is_always_named(seed: int) -> None:
    chance = random.Random(seed)
    kind, times = any_times(chance, chance.choice([1, 2, 5, 12, 30, 60]))
    width = chance.choice([60.0, 250.0, 438.0])
    found = ticks_of(times, kind, width, chance.choice(["en-US", "de-DE", "fr-FR"]))
    assert found[-1].x == pytest.approx(0.0 if len(times) == 1 else width)
    assert all(b.left - a.right >= 0.7 * 9 - 1e-6 for a, b in pairwise(found))
    years = [tick.below for tick in found if tick.below]
    assert len(years) == len(set(years))
    inner = [tick.x for tick in found[1:-1]]
    assert len(inner) < 3 or max(b - a for a, b in pairwise(inner)) < 3 * min(b - a for a, b in pairwise(inner))
