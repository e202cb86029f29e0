"""Merges a native chart point by point: what a person typed, coloured or added stays, the other numbers are new."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence

from reports.powerpoint.opened import NAMESPACES, Element, child, q
from reports.powerpoint.parts import Part
from reports.powerpoint.record.canonical import ChartValues
from reports.powerpoint.record.charts import (
    across,
    along,
    cached,
    chart_values,
    name_of,
    series_of,
    steps_of,
    value_axis,
)
from reports.powerpoint.workbook import SHEET, Column, column_letters, workbook
from reports.powerpoint.xml import add
from reports.refresh.chart_points import Sides, follow_points
from reports.refresh.home import Home
from reports.refresh.told import Speaker

_ID = f"{{{NAMESPACES['r']}}}id"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def merge_chart(theirs: Part, ours: Part, base: ChartValues, new: ChartValues, home: Home, say: Speaker) -> None:
    """Bring new numbers into a chart's part and its workbook."""
    sides = Sides(base, chart_values(theirs.tree), new)
    if new == base:
        _tell_kept(sides, say)
        return
    if base.form != new.form or _without_names(theirs.tree):
        _merge_whole(theirs, ours, sides, home, say)
        return
    categories = _order(base.categories, sides.theirs.categories, new.categories)
    days = next((code for one in series_of(ours.tree) if (code := days_format(one))), "")
    if days and not all(map(_is_number, categories)):
        say(
            "conflict",
            "categories",
            ", ".join(base.categories),
            ", ".join(sides.theirs.categories),
            ", ".join(new.categories),
        )
        return
    theirs.changed = True
    _series(theirs, ours, sides)
    known = {name_of(one): one for one in series_of(ours.tree)}
    written = [Column("", [*map(float, categories)], days) if days else Column("", categories)]
    for place, one in enumerate(series_of(theirs.tree)):
        name = name_of(one)
        values = [_point(sides, name, category, say) for category in categories]
        follow_points(one, sides, name, categories, known.get(name))
        code = str(along_format(one) or along_format(known.get(name)) or "General")
        _write(one, place, categories, days, values, code)
        written.append(Column(name, [float(value) if value else None for value in values], code))
    _merge_scale(theirs.tree, ours.tree, sides)
    _merge_steps(theirs.tree, ours.tree, sides)
    _set_workbook(theirs, workbook(written))


def _without_names(chart: Element) -> bool:
    """Whether its points are known by their places alone."""
    return next(iter(chart.iter(q("c:scatterChart"), q("c:bubbleChart"))), None) is not None


def _merge_whole(theirs: Part, ours: Part, sides: Sides, home: Home, say: Speaker) -> None:
    """A chart of another kind than it was, or whose points have no names: new as a whole, unless a person changed a
    number."""
    if not _as_generated(sides.theirs, sides.base):
        say("conflict", "numbers", "the generated ones", "other ones", "new ones")
        return
    theirs.content = ours.content
    theirs.links = {key: home.link(link) for key, link in ours.links.items()}
    say("updated", "numbers")


def _as_generated(theirs: ChartValues, base: ChartValues) -> bool:
    """Whether a chart says what was generated, though an editor wrote its labels as words, or filled series up."""
    if theirs.categories != base.categories or len(theirs.series) != len(base.series):
        return False
    for mine, was in zip(theirs.series, base.series):
        count = len(was.values)
        if mine.name != was.name or mine.values[:count] != was.values or any(mine.values[count:]):
            return False
        said, before = dict(mine.labels), dict(was.labels)
        if not all(_says(said.get(at, ""), before[at], was.values[at : at + 1]) for at in before):
            return False
        if any(said[at] for at in said if at not in before):
            return False
    return True


def _says(words: str, before: str, value: Sequence[str]) -> bool:
    """Whether a label has its words, or in place of a field the number that the field showed."""
    if words == before or before or not value:
        return words == before
    shown, number = ("".join(filter(str.isdigit, text)) for text in (words, value[0]))
    return bool(shown) and (shown.startswith(number) or number.startswith(shown))


def _order(base: Sequence[str], theirs: Sequence[str], ours: Sequence[str]) -> list[str]:
    """Names in the new order, or in that of the person who changed it; what she added stays, what she took out too."""
    if list(theirs) == list(base):
        return list(ours)
    kept = [one for one in theirs if one in ours or one not in base]
    return kept + [one for one in ours if one not in theirs and one not in base]


def _values(chart: ChartValues, name: str) -> Mapping[str, str] | None:
    found = next((one for one in chart.series if one.name == name), None)
    if found is None:
        return None
    return dict(zip(chart.categories, found.values))  # an editor may have left one of them shorter


def _point(sides: Sides, name: str, category: str, say: Speaker) -> str:
    """One number: the new one, unless a person wrote another."""
    base, theirs, ours = ((_values(one, name) or {}).get(category) for one in (sides.base, sides.theirs, sides.ours))
    facet = f"{name}, {category}"
    if theirs == ours or ours is None:
        return theirs or ""
    if theirs == base or theirs is None:
        if base is not None or theirs is not None or category in sides.base.categories:
            say("updated", facet, base or "", theirs or "", ours)
        return ours
    if ours == base:
        say("kept", facet, base or "", theirs, ours)
    else:
        say("conflict", facet, base or "", theirs, ours)
    return theirs


def _series(theirs: Part, ours: Part, sides: Sides) -> None:
    """Take series away that are no longer generated and that nobody changed; add new ones."""
    new = {name_of(one): one for one in series_of(ours.tree)}
    here = {name_of(one): one for one in series_of(theirs.tree)}
    for one in sides.base.series:
        mine = here.get(one.name)
        untouched = mine is not None and _values(sides.theirs, one.name) == _values(sides.base, one.name)
        if mine is not None and one.name not in new and untouched and len(here) > 1:
            mine.getparent().remove(mine)
    earlier = {one.name for one in sides.base.series}
    last = next(reversed(series_of(theirs.tree)), None)
    if last is None:
        return  # a person took all of them out
    for name, one in new.items():
        if name not in here and name not in earlier:
            copied = copy.deepcopy(one)
            last.addnext(copied)
            last = copied
    for place, one in enumerate(series_of(theirs.tree)):
        for tag in ("c:idx", "c:order"):
            if (number := child(one, tag)) is not None:
                number.set("val", str(place))


def along_format(series: Element | None) -> str | None:
    """The number format of a series' values."""
    holder = None if series is None else along(series)
    return None if holder is None else next((str(one.text) for one in holder.iter(q("c:formatCode")) if one.text), None)


def days_format(series: Element) -> str:
    """The format of categories that are days, which a chart counts by its calendar; "" for names."""
    holder = across(series)
    numeric = None if holder is None else next(iter(holder.iter(q("c:numCache"))), None)
    return "" if numeric is None else str(numeric.findtext(q("c:formatCode")) or "General")


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _write(one: Element, place: int, categories: Sequence[str], days: str, values: Sequence[str], code: str) -> None:
    """Names and numbers into a series, with the cells of the workbook that they stand in; `days` is the format of
    categories that are days, else empty."""
    last = len(categories) + 1
    letter = column_letters(place + 1)
    for holder, texts, cells, number_format in (
        (across(one), categories, f"{SHEET}!$A$2:$A${last}", days),
        (along(one), values, f"{SHEET}!${letter}$2:${letter}${last}", code),
        (child(one, "c:tx"), cached(child(one, "c:tx")), f"{SHEET}!${letter}$1", ""),
    ):
        if holder is None:
            continue
        numeric = bool(number_format)
        for inner in list(holder):
            holder.remove(inner)
        reference = add(holder, q("c:numRef" if numeric else "c:strRef"))
        add(reference, q("c:f")).text = cells
        cache = add(reference, q("c:numCache" if numeric else "c:strCache"))
        if numeric:
            add(cache, q("c:formatCode")).text = number_format
        add(cache, q("c:ptCount"), {"val": str(len(texts))})
        for at, text in enumerate(texts):
            if text:
                add(add(cache, q("c:pt"), {"idx": str(at)}), q("c:v")).text = text


def _merge_scale(theirs: Element, ours: Element, sides: Sides) -> None:
    """The ends of the value axis, unless a person set others: a bar must not leave its chart."""
    mine, new = value_axis(theirs), value_axis(ours)
    if mine is None or new is None or sides.theirs.scale != sides.base.scale or sides.ours.scale == sides.base.scale:
        return
    scaling, wanted = child(mine, "c:scaling"), child(new, "c:scaling")
    if scaling is not None and wanted is not None:
        mine.replace(scaling, copy.deepcopy(wanted))
    step, other = child(mine, "c:majorUnit"), child(new, "c:majorUnit")
    if step is not None and other is not None:
        step.set("val", str(other.get("val")))


def _merge_steps(theirs: Element, ours: Element, sides: Sides) -> None:
    """How far labels of times are apart, unless a person set it: of more months fewer have room."""
    if not sides.base.steps or sides.theirs.steps != sides.base.steps:
        return
    new = {one.tag: str(one.get("val")) for one in steps_of(ours)}
    mine = steps_of(theirs)
    if [one.tag for one in mine] == [*new]:
        for one in mine:
            one.set("val", new[one.tag])


def _set_workbook(part: Part, content: bytes) -> None:
    """The workbook of a chart, also where an editor dropped it."""
    for book in part.related("package"):
        book.content = content
        return
    stem = part.name.rsplit("/", 1)[-1].removesuffix(".xml")
    key = part.add_link("package", Part(f"ppt/embeddings/{stem}.xlsx", _WORKBOOK, content))
    space = part.tree
    external = child(space, "c:externalData")
    if external is None:
        external = space.makeelement(q("c:externalData"), {})
        behind = next(
            (
                child(space, tag)
                for tag in ("c:printSettings", "c:userShapes", "c:extLst")
                if child(space, tag) is not None
            ),
            None,
        )
        if behind is None:
            space.append(external)
        else:
            behind.addprevious(external)
    external.set(_ID, key)
    if child(external, "c:autoUpdate") is None:
        add(external, q("c:autoUpdate"), {"val": "0"})


def _tell_kept(sides: Sides, say: Speaker) -> None:
    for one in sides.theirs.series:
        values, was = _values(sides.theirs, one.name) or {}, _values(sides.base, one.name) or {}
        for category, value in values.items():
            if was.get(category, "") != value:
                say("kept", f"{one.name}, {category}", was.get(category, ""), value, was.get(category, ""))
