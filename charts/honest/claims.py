"""Whether the claim of a chart goes further than its numbers: differences within a margin, trends of three points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from msgspec.structs import replace

from charts.chart import Chart
from charts.distinct import Fault
from charts.trend import trend
from data.errors import Place, ProjectError
from data.sandbox.expressions import holds
from data.tables.moments import moment
from data.tables.refusals import MissingError
from data.tables.table import Table
from data.tables.value import Content, Value

_INTERVAL = re.compile(
    r"\b(?:ci|95 ?%?|bounds?)\b|interval|confidence|margin|konfidenz|vertrauens|confiance|confianza", re.IGNORECASE
)
_COMPARES = re.compile(r"[<>]|\b(?:top|bottom)\s*\(")
_PAIRS = 30
"""Rows up to which all pairs are tried."""
_TREND = re.compile(r"\b(?:trends?|tendances?|tendencias?)\b", re.IGNORECASE)
_LEAST = 4
"""Points of a series of which a trend can be said."""


def within_margin(chart: Chart, table: Table, tables: Mapping[str, Table], claim: str, at: Place) -> Fault | None:
    """That a claim about a difference fails once its numbers move within their intervals; None where it stands.

    Two independent estimates a and b with half-widths h and k differ, at the level of the intervals, where
    |a - b| > sqrt(h² + k²): the claim is tried with a moved by h² and b by k² parts of that, in either direction.
    (N. Schenker and J. F. Gentleman, The American Statistician 55, 2001.) Beyond 30 rows the
    intervals must not overlap.
    """
    low, middle, high = (chart.role(name) for name in ("low", "middle", "high"))
    if low is None or high is None or not _COMPARES.search(claim):
        return None
    shown = middle or next((name for name in chart.measures if name not in (low, high)), None)
    said = " ".join(f"{table.field(name).name.replace('_', ' ')} {table.field(name).title}" for name in (low, high))
    if shown is None or not _INTERVAL.search(said):
        return None
    if all(_stands(claim, {**tables, table.name: moved}, at) for moved in _moved(table, low, shown, high)):
        return None
    return (
        f"the claim holds for '{shown}' as it is, and not everywhere within the intervals from '{low}' to '{high}'.",
        "Say that the numbers do not differ clearly, or claim what goes beyond their margins.",
    )


def _stands(claim: str, tables: Mapping[str, Table], at: Place) -> bool:
    try:
        return holds(claim, tables, at)
    except (ProjectError, MissingError):
        return False  # such as a tie, where one was said to be at the top


def _moved(table: Table, low: str, middle: str, high: str) -> Iterator[Table]:
    """The table with its numbers moved within their intervals, two by two."""
    column = table.columns[middle]
    halves: dict[int, tuple[Decimal, Decimal]] = {}
    for index in range(len(table)):
        values = [table.value(index, name) for name in (low, middle, high)]
        numbers = [value.number for value in values if isinstance(value, Value) and not value.missing]
        if len(numbers) == 3:
            halves[index] = numbers[1] - numbers[0], numbers[2] - numbers[1]
    if len(halves) > _PAIRS:
        for index in halves:
            for down in (True, False):
                content = list(column)
                for other, (below, above) in halves.items():
                    content[other] = _plus(column[other], -below if (other == index) == down else above)
                yield _with(table, middle, content)
        return
    for one, (below, _) in halves.items():
        for other, (_, above) in halves.items():
            whole = (below**2 + above**2).sqrt()
            if one != other and whole:
                content = list(column)
                content[one] = _plus(column[one], -(below**2) / whole)
                content[other] = _plus(column[other], above**2 / whole)
                yield _with(table, middle, content)


def _plus(content: Content, added: Decimal) -> Content:
    return content + added if isinstance(content, Decimal) else content


def _with(table: Table, name: str, content: list[Content]) -> Table:
    return replace(table, columns={**table.columns, name: tuple(content)})


def called_a_trend(chart: Chart, words: str) -> Fault | None:
    """That words speak of a trend which the points of a series in time do not bear out; None where they do."""
    if not _TREND.search(words) or chart.category_field.measure.type not in ("year", "date"):
        return None
    series = chart.role("series")
    for measure in chart.measures:
        points: dict[object, list[tuple[float, Decimal]]] = {}
        for row in chart.table.rows:
            value, time = row[measure], moment(row[chart.category])
            if time is not None and isinstance(value, Value) and not value.missing:
                told = row[series] if series is not None else None
                key = told.content if isinstance(told, Value) else None
                points.setdefault(key, []).append((time.start, value.number))
        if not points:
            continue
        longest = max(points.values(), key=len)
        if len(longest) < _LEAST:
            return (
                f"a trend is told of {len(longest)} points: chance leads so few up or down often enough.",
                "Say what changed from when to when, or show more years.",
            )
        if all(trend([n for _, n in sorted(one)]) in ("up and down", "unchanged") for one in points.values()):
            return (
                f"a trend is told, and '{measure}' goes up and down.",
                "Say what changed from when to when: its whole series bears no trend out.",
            )
    return None
