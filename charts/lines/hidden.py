"""Series whose course nobody would see beside much larger ones, on one scale with them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import combinations

from charts.chart import Chart
from charts.distinct import Fault, at_one_height, looks_alike
from charts.reading import number_of, value_text
from charts.strands import strands
from data.tables.value import Value

_REMEDY = (
    "Choose series of like size by where, or make a chart of each; or use the kind 'table', which says every number."
)


def of_hidden_series(chart: Chart, language: str, on_one_another: bool) -> Fault | None:
    """A series that would look level though its values differ tenfold; with `on_one_another` also two that would look
    like one at all of their times, though they are of quite another size. Where some stand out the others are what
    these are seen against, and may be hidden."""
    every = strands(chart, language)
    front = {one.name for one in every if one.strong} or {one.name for one in every}
    found: dict[str, Mapping[str, Value]] = {}
    for strand in every:
        values = {at: mark.value for at, mark in strand.marks.items()}
        found[strand.name] = {
            at: value for at, value in values.items() if isinstance(value, Value) and number_of(value) is not None
        }
    numbers = [value.number for values in found.values() for value in values.values()]
    start = Decimal(0) if chart.start is None else chart.start.number
    span = max((*numbers, start)) - min((*numbers, start))
    for name, values in found.items():
        ordered = sorted(values.values(), key=lambda value: value.number)
        if name in front and ordered and looks_alike(ordered[0], ordered[-1], span):
            low, high = (value_text(chart, value, language) for value in (ordered[0], ordered[-1]))
            return f"'{name}' has values from {low} to {high}, and would look level beside the others.", _REMEDY
    for one, other in combinations(found, 2) if on_one_another else ():
        if not front & {one, other}:
            continue
        shared = [(value, found[other][at]) for at, value in found[one].items() if at in found[other]]
        if any(looks_alike(*pair, span) for pair in shared) and all(at_one_height(*pair, span) for pair in shared):
            return (
                f"the lines of '{one}' and '{other}' would look like one, though their values differ tenfold.",
                _REMEDY,
            )
    return None
