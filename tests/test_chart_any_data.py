"""Whatever the data of a chart are, no label touches another, a mark or the edge; FAIRSHEET_FULL=1 tries 2,000 a kind."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from charts.chart import Chart
from charts.distinct import of_nothing_known
from charts.kinds.registry import KINDS
from tests.charting import (
    Numbers,
    band_of,
    box_of,
    chart_of,
    collisions,
    drawn,
    histogram_of,
    scatter_of,
    series_of,
    stacked_of,
)
from tests.test_chart_tilemap import ALL

EXAMPLES = 2_000 if os.environ.get("FAIRSHEET_FULL") == "1" else 20
SIZES = [(250.0, 9.0), (438.0, 9.0), (860.0, 16.0)]
"""Width and size of text, in points: a column of a handout, a report, a slide."""
words = st.text("abcdefghij klmno-", min_size=1, max_size=50).map(lambda text: " ".join(text.split()) or "x")


@st.composite
def names(draw: st.DrawFn, least: int = 1, most: int = 8) -> list[str]:
    """What rows or series are called, each once."""
    found = draw(st.lists(words, min_size=least, max_size=most, unique_by=str.casefold))
    return [f"{name} {i}" for i, name in enumerate(found)]


@st.composite
def numbers(draw: st.DrawFn, count: int, gaps: bool = True) -> list[Any]:
    """Numbers of one size, some of them below zero or missing."""
    low, power = draw(st.sampled_from((0, -1000))), 10 ** draw(st.integers(0, 7))
    known = st.integers(low, 1000).map(lambda number: number * power)
    return draw(st.lists(st.one_of(known, known, known, st.none()) if gaps else known, min_size=count, max_size=count))


@st.composite
def years(draw: st.DrawFn, least: int = 1, most: int = 20) -> list[int]:
    """Years in their order, some of them far apart."""
    reach = draw(st.sampled_from((most, 40)))
    return sorted(draw(st.lists(st.integers(1990, 1990 + reach), min_size=least, max_size=most, unique=True)))


@st.composite
def series(draw: st.DrawFn, times: Sequence[Any], most: int) -> dict[Any, dict[Any, Any]]:
    """Series of which each has some of the times."""
    found: dict[Any, dict[Any, Any]] = {}
    for name in draw(names(1, most)):
        own = draw(st.lists(st.sampled_from(times), min_size=1, max_size=len(times), unique=True))
        found[name] = dict(zip(own, draw(numbers(len(own)))))
    return found


@st.composite
def charts(draw: st.DrawFn, kind: str) -> Chart:
    """A chart of a kind that its rules allow."""
    highlight = draw(st.booleans())
    match kind:
        case "column":
            times = draw(years(most=24))
            strong = [str(times[0])] if highlight else []
            return chart_of(kind, times, draw(numbers(len(times))), "money", "USD", strong, "year")
        case "band":
            times = draw(years())
            three = [sorted(draw(st.lists(st.integers(-900, 90_000), min_size=3, max_size=3))) for _ in times]
            low, middle, high = ([one[i] for one in three] for i in range(3))
            return band_of(times, low, middle, high)
        case "line" | "slope":
            times = draw(years(2, 2)) if kind == "slope" else draw(years())
            points = draw(series(times, 12 if highlight or kind == "slope" else 4))
            return series_of(kind, points, "money", "USD", list(points)[:1] if highlight else [])
        case "multiples":
            marks = draw(st.sampled_from(("", "columns", "bars")))
            times = draw(names(1, 6)) if marks == "bars" else draw(years(most=12))
            points = draw(series(times, 9))
            along = "text" if marks == "bars" else "year"
            found = series_of(kind, points, "money", "USD", list(points)[:1] if highlight else [], along)
            return replace(found, marks=marks)
        case "stacked":
            called, parts = draw(names()), draw(names(3, 5))
            shares: dict[str, Numbers] = {
                part: draw(st.lists(st.integers(0, 20), min_size=len(called), max_size=len(called))) for part in parts
            }
            return stacked_of(called, shares, "percent", ["s0", "s1"] if highlight else [], not highlight)
        case "histogram":
            return histogram_of(
                draw(numbers(draw(st.integers(10, 60)), gaps=False)), least=draw(st.sampled_from((None, 5)))
            )
        case "box":
            groups: dict[str, Numbers] = {name: draw(numbers(draw(st.integers(1, 12)))) for name in draw(names())}
            assume(any(number is not None for own in groups.values() for number in own))
            return box_of(groups, draw(st.sampled_from((None, 5))), list(groups)[:1] if highlight else [])
        case "scatter":
            called = draw(names(2, 12))
            across = draw(st.lists(st.integers(0, 100), min_size=len(called), max_size=len(called)))
            return scatter_of(called, across, draw(numbers(len(called))), None, called[:1] if highlight else [])
        case _:
            called = draw(st.lists(st.sampled_from(ALL), min_size=1, max_size=51, unique=True))
            return chart_of(kind, called, draw(numbers(len(called))), "money", "USD", called[:1] if highlight else [])


KINDS_TRIED = (
    "band", "box", "column", "histogram", "line", "multiples", "scatter", "slope", "stacked", "tilemap",
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS_TRIED)
@settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow]
)
@given(data=st.data())
def test_no_label_touches_anything(kind: str, data: st.DataObject) -> None:
    chart = data.draw(charts(kind))
    if kind not in ("box", "histogram"):  # whose rows are summed up already
        assume(of_nothing_known(chart) is None and KINDS[kind].fault(chart, "en-US") is None)
    width, size = data.draw(st.sampled_from(SIZES))
    height = data.draw(st.sampled_from((None, 60.0, 380.0)))
    language = data.draw(st.sampled_from(("en-US", "de-DE", "fr-FR")))
    drawing = drawn(chart, width, language, text_size=size, **({} if height is None else {"height": height}))
    assert list(collisions(drawing)) == []
    assert drawing.alt
