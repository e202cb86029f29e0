"""The numbers of native charts (ECMA-376 part 1, 21.2), as every editor keeps them."""

from __future__ import annotations

from reports.powerpoint.opened import Element, child, children, q, whole
from reports.powerpoint.record.canonical import ChartValues, Series, normal

_MOST_POINTS = 100_000
_CACHES = ("c:strCache", "c:numCache", "c:strLit", "c:numLit", "c:lvl")


def series_of(chart: Element) -> list[Element]:
    """The series of a chart's part, in the order of the file."""
    return list(chart.iter(q("c:ser")))


def label(text: str) -> str:
    """A number in at most twelve significant digits, whatever an editor made of it ("45292.0"); other text as it is."""
    try:
        return f"{float(text):.12g}"
    except ValueError:
        return normal(text)


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


def across(series: Element) -> Element | None:
    """What a series has for its categories; of a scatter chart, places across, or the rows of its points."""
    found = child(series, "c:cat")
    return child(series, "c:yVal" if _in_rows(series) else "c:xVal") if found is None else found


def along(series: Element) -> Element | None:
    """What a series has for its values."""
    found = child(series, "c:val")
    return child(series, "c:xVal" if _in_rows(series) else "c:yVal") if found is None else found


def _in_rows(series: Element) -> bool:
    """Whether its points lie on rows that are counted from the top, as those of a chart of dots do."""
    plot = series.getparent().getparent()
    axes: list[Element] = [] if plot is None else plot.findall(q("c:valAx"))
    turned = [child(axis, "c:scaling", "c:orientation") for axis in axes]
    return len(turned) == 2 and turned[1] is not None and turned[1].get("val") == "maxMin"


def is_shown(series: Element) -> bool:
    """Whether a series tells numbers: in rows of dots those that stand in no cell only hold the place of words."""
    return not _in_rows(series) or child(series, "c:xVal", "c:numLit") is None


def name_of(series: Element) -> str:
    """What a series is called."""
    return normal(" ".join(cached(child(series, "c:tx"))))


def labels(series: Element) -> dict[int, Element]:
    """The labels of a series that are those of one point, by its place from 0."""
    return {whole(child(one, "c:idx"), "val") or 0: one for one in series.iter(q("c:dLbl"))}


def label_words(one: Element) -> str:
    """What a point's label says in words of its own; "" where it shows the value."""
    body = child(one, "c:tx", "c:rich")
    written = [] if body is None else [run for run in body.iter(q("a:t")) if run.getparent().tag != q("a:fld")]
    return "".join(str(run.text or "") for run in written).strip()


def marked(series: Element) -> dict[int, Element]:
    """The points of a series that look otherwise, by place from 0."""
    return {whole(child(one, "c:idx"), "val") or 0: one for one in series.findall(q("c:dPt"))}


def value_axis(chart: Element) -> Element | None:
    """The first value axis of a chart."""
    return next(iter(chart.iter(q("c:valAx"))), None)


def _scale(chart: Element) -> tuple[str, ...]:
    axis = value_axis(chart)
    ends = (child(axis, "c:scaling", "c:min"), child(axis, "c:scaling", "c:max"), child(axis, "c:majorUnit"))
    found = tuple("" if one is None else label(str(one.get("val") or "")) for one in ends)
    return found if any(found) else ()


def steps_of(chart: Element) -> list[Element]:
    """What says how far the labels of a chart's first axis of categories are apart."""
    axis = next(iter(chart.iter(q("c:dateAx"), q("c:catAx"))), None)
    tags = ("c:tickLblSkip", "c:baseTimeUnit", "c:majorUnit", "c:majorTimeUnit")
    return [] if axis is None else [one for tag in tags if (one := child(axis, tag)) is not None]


def _steps(chart: Element) -> str:
    return " ".join(label(str(one.get("val") or "")) for one in steps_of(chart))


def chart_values(chart: Element) -> ChartValues:
    """Categories, series and scale of a chart's part."""
    categories: tuple[str, ...] = ()
    series: list[Series] = []
    for one in series_of(chart):
        categories = max(categories, tuple(map(label, cached(across(one)))), key=len)
        words = tuple((at, label_words(its)) for at, its in sorted(labels(one).items()))
        series.append(Series(name_of(one), tuple(map(label, cached(along(one)))), words, tuple(sorted(marked(one)))))
    return ChartValues(categories, tuple(series), _scale(chart), _form(chart), _steps(chart))


def _form(chart: Element) -> str:
    """ "barChart bar clustered": the kinds of chart, their direction and grouping."""
    plots = (one for one in children(child(chart, "c:chart", "c:plotArea")) if str(one.tag).endswith("Chart"))
    said: list[str] = []
    for one in plots:
        said.append(str(one.tag).rsplit("}", 1)[-1])
        said += [str(its.get("val")) for its in one if its.tag in (q("c:barDir"), q("c:grouping"))]
    return " ".join(said)
