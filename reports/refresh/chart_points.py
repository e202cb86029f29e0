"""Points of a chart that look otherwise or have labels of their own go with their categories."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from reports.powerpoint.opened import Element, child, q, whole
from reports.powerpoint.record.canonical import ChartValues, Series
from reports.powerpoint.record.charts import label_words, labels, marked


class Sides(Struct, frozen=True):
    """A chart as it was generated, as it is in the file, and as it is generated now."""

    base: ChartValues
    theirs: ChartValues
    ours: ChartValues


def named(chart: ChartValues, name: str) -> Series | None:
    """The series of a chart that is called so."""
    return next((one for one in chart.series if one.name == name), None)


def follow_points(one: Element, sides: Sides, name: str, categories: Sequence[str], fresh: Element | None) -> None:
    """Let what looks otherwise, and what has words of its own, go with its category; highlights are the new ones."""
    base, ours = named(sides.base, name), named(sides.ours, name)
    if fresh is None or base is None or ours is None:
        return
    places = {category: place for place, category in enumerate(categories)}
    points = _By(sides, places, set(base.marked), set(ours.marked))
    points.follow(one, marked(one), marked(fresh), _add_point)
    holder = child(one, "c:dLbls")
    if holder is None:
        return
    words = _By(sides, places, {at for at, _ in base.labels}, {at for at, _ in ours.labels})
    said, new = _worded(sides.base, base), _worded(sides.ours, ours)
    for category, mine in words.here(labels(one)).items():
        if new.get(category) is not None and label_words(mine) == said.get(category) != new[category]:
            mine.getparent().replace(mine, copy.deepcopy(labels(fresh)[sides.ours.categories.index(category)]))
    words.follow(one, labels(one), labels(fresh), _add_label)
    for place, mine in enumerate(sorted(holder.findall(q("c:dLbl")), key=_index)):
        holder.insert(place, mine)


class _By:
    """What stands at points, by the categories that it belongs to, in each of the three charts."""

    def __init__(self, sides: Sides, places: Mapping[str, int], base: set[int], ours: set[int]) -> None:
        self._sides, self._places = sides, places
        self._was = {self._category(sides.base, at) for at in base}
        self._now = {self._category(sides.ours, at) for at in ours}

    def _category(self, chart: ChartValues, at: int) -> str | None:
        return chart.categories[at] if at < len(chart.categories) else None

    def here(self, found: Mapping[int, Element]) -> dict[str, Element]:
        """The elements of the file by category."""
        named = {self._category(self._sides.theirs, at): one for at, one in found.items()}
        return {category: one for category, one in named.items() if category is not None}

    def follow(
        self,
        series: Element,
        found: Mapping[int, Element],
        fresh: Mapping[int, Element],
        put: Callable[[Element, Element], None],
    ) -> None:
        """Number the file's elements by the new places of their categories; take out what is generated no more, and put
        in what is generated now and was not."""
        here = self.here(found)
        for category, one in here.items():
            place = self._places.get(category)
            if place is None or category in self._was - self._now:
                one.getparent().remove(one)
            else:
                _set_index(one, place)
        for at, one in fresh.items():
            category = self._category(self._sides.ours, at)
            if category is None or category in here or category not in self._now - self._was:
                continue
            if category in self._places:
                copied = copy.deepcopy(one)
                _set_index(copied, self._places[category])
                put(series, copied)


def _index(one: Element) -> int:
    return whole(child(one, "c:idx"), "val") or 0


def _set_index(one: Element, place: int) -> None:
    number = child(one, "c:idx")
    if number is not None:
        number.set("val", str(place))


def _worded(chart: ChartValues, series: Series) -> dict[str, str]:
    return {chart.categories[at]: words for at, words in series.labels if at < len(chart.categories)}


def _add_point(series: Element, new: Element) -> None:
    """Set a point's looks where the schema wants them: behind other points, else before labels and data."""
    points = series.findall(q("c:dPt"))
    if points:
        points[-1].addnext(new)
        return
    behind = (child(series, tag) for tag in ("c:dLbls", "c:trendline", "c:errBars", "c:cat", "c:val"))
    first = next((one for one in behind if one is not None), None)
    if first is not None:
        first.addprevious(new)


def _add_label(series: Element, new: Element) -> None:
    holder = child(series, "c:dLbls")
    if holder is not None:
        holder.insert(0, new)
