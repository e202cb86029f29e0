"""What a native chart shows: its kind, categories, series and the words set into it."""

from __future__ import annotations

from msgspec import Struct

from reports.powerpoint.opened import Element, child, q
from reports.powerpoint.record.charts import (
    across,
    along,
    cached,
    is_shown,
    label,
    label_words,
    labels,
    name_of,
    series_of,
)

_MOST_SERIES = 1_000


class Series(Struct, frozen=True):
    name: str
    values: tuple[str, ...]
    """A number in at most twelve digits; "" where a point has none."""
    words: tuple[tuple[int, str], ...]
    """Labels that somebody wrote, each with the place of its point, from 0."""


class ChartValues(Struct, frozen=True):
    """What a chart shows to its reader."""

    kinds: tuple[str, ...]
    """In words: "bars", "stacked columns", "lines" ..."""
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]


def chart_values(root: Element) -> ChartValues:
    """What the part of a chart holds; a chart of a newer kind (chartex) has no series here, only its words."""
    plot = child(root, "c:chart", "c:plotArea")
    kinds = () if plot is None else tuple(dict.fromkeys(found for one in plot if (found := _kind(one))))
    series: list[Series] = []
    categories: tuple[str, ...] = ()
    for one in series_of(root)[:_MOST_SERIES]:
        if not is_shown(one):
            continue
        categories = max(categories, tuple(map(label, cached(across(one)))), key=len)
        words = tuple(sorted((place, said) for place, found in labels(one).items() if (said := label_words(found))))
        series.append(Series(name_of(one), tuple(map(label, cached(along(one)))), words))
    return ChartValues(kinds, _title(root), categories, tuple(series))


def _kind(plot: Element) -> str:
    """What is drawn, in words; "" for a part of the plot that draws no series."""
    name = str(plot.tag).rsplit("}", 1)[-1] if isinstance(plot.tag, str) else ""
    if not name.endswith("Chart"):
        return ""
    grouping = child(plot, "c:grouping")
    stacked = {"stacked": "stacked ", "percentStacked": "100 % stacked "}
    how = stacked.get("" if grouping is None else str(grouping.get("val")), "")
    if name.startswith("bar"):
        way = child(plot, "c:barDir")
        return how + ("bars" if way is not None and way.get("val") == "bar" else "columns")
    words = {"line": "lines", "area": "areas", "pie": "a pie", "doughnut": "a doughnut", "scatter": "points"}
    bare = name.removesuffix("Chart").removesuffix("3D")
    return how + words.get(bare, bare)


def _title(root: Element) -> str:
    body = child(root, "c:chart", "c:title", "c:tx", "c:rich")
    return "" if body is None else _words(body)


def _words(body: Element) -> str:
    return " ".join("".join(str(t.text or "") for t in p.iter(q("a:t"))) for p in body.iter(q("a:p"))).strip()
