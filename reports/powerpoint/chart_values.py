"""What a native chart shows (ECMA-376 part 1, 21.2): its kind, categories, series and the words set into it."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from msgspec import Struct

from reports.powerpoint.opened import Element, child, q, whole

_MOST_POINTS = 100_000
_MOST_SERIES = 1_000
_CACHES = ("c:strCache", "c:numCache", "c:strLit", "c:numLit", "c:lvl")


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
    for one in list(root.iter(q("c:ser")))[:_MOST_SERIES]:
        across = child(one, "c:cat") if child(one, "c:cat") is not None else child(one, "c:xVal")
        along = child(one, "c:val") if child(one, "c:val") is not None else child(one, "c:yVal")
        categories = max(categories, tuple(map(label, cached(across))), key=len)
        name = " ".join(" ".join(cached(child(one, "c:tx"))).split())
        series.append(Series(name, tuple(map(label, cached(along))), tuple(sorted(_labels(one).items()))))
    return ChartValues(kinds, _title(root), categories, tuple(series))


def cached(holder: Element | None) -> list[str]:
    """The values in an element such as c:cat, c:val or c:tx, as they are written: "" where a point has none."""
    if holder is None:
        return []
    cache = next(iter(holder.iter(*map(q, _CACHES))), None)
    if cache is None:
        return [str(one.text or "") for one in holder.findall(q("c:v"))]
    points = {whole(one, "idx") or 0: str(one.findtext(q("c:v")) or "") for one in cache.findall(q("c:pt"))}
    count = whole(child(cache, "c:ptCount"), "val") or max(points, default=-1) + 1
    return [points.get(index, "") for index in range(min(max(count, 0), _MOST_POINTS))]


def label(text: str) -> str:
    """A number in at most twelve digits, whatever an editor made of it ("45292.0"); other text with single blanks."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return " ".join(text.split())
    return f"{float(number):.12g}" if number.is_finite() else ""


def _kind(plot: Element) -> str:
    """What is drawn, in words; "" for a part of the plot that draws no series."""
    name = str(plot.tag).rsplit("}", 1)[-1] if isinstance(plot.tag, str) else ""
    if not name.endswith("Chart"):
        return ""
    grouping = child(plot, "c:grouping")
    stacked = {"stacked": "stacked ", "percentStacked": "100 % stacked "}
    how = stacked.get("" if grouping is None else str(grouping.get("val")), "")
    if name.startswith("bar"):
        across = child(plot, "c:barDir")
        return how + ("bars" if across is not None and across.get("val") == "bar" else "columns")
    words = {"line": "lines", "area": "areas", "pie": "a pie", "doughnut": "a doughnut", "scatter": "points"}
    bare = name.removesuffix("Chart").removesuffix("3D")
    return how + words.get(bare, bare)


def _labels(series: Element) -> dict[int, str]:
    found: dict[int, str] = {}
    for one in series.iter(q("c:dLbl")):
        place, body = whole(child(one, "c:idx"), "val"), child(one, "c:tx", "c:rich")
        if body is not None and place is not None and (words := _words(body)):
            found[place] = words
    return found


def _title(root: Element) -> str:
    body = child(root, "c:chart", "c:title", "c:tx", "c:rich")
    return "" if body is None else _words(body)


def _words(body: Element) -> str:
    return " ".join("".join(str(t.text or "") for t in p.iter(q("a:t"))) for p in body.iter(q("a:p"))).strip()
