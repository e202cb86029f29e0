"""A chart as DrawingML, which PowerPoint draws: ECMA-376 part 1, 21.2. Elements stand in the order of its schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec.structs import replace

from charts.editable.figure import Axis, DrawnSeries, Figure, Label
from data.look.brand import Colours
from reports.deck.native.layout import Inner, Setting, inner
from reports.deck.native.workbook import SHEET, column_letters, serial
from reports.powerpoint.xml import A, C, Element, R, add, part_bytes, qualified, root

Paint = Callable[[str], tuple[str, str]]
"""A colour "#RRGGBB" → the kind of element that says it, "schemeClr" or "srgbClr", and its value."""

_CATEGORIES, _VALUES = "111111111", "222222222"
"""Numbers of the axes: positive ones, as the schema has it."""
_PLACES = {"end": "outEnd", "middle": "ctr", "above": "t", "below": "b", "right": "r", "left": "l"}
_EMU = 12700
_ON_ONE_LINE = {"wrap": "none"}
"""A label's text: programs break what is wider than a fifth of the chart."""
_LEVEL = {"rot": "0", "vert": "horz"}
"""Text that no program turns to make room."""


def chart_xml(figure: Figure, setting: Setting, colours: Colours, paint: Paint, language: str, workbook: str) -> bytes:
    """The part of a chart; `workbook` is the id of the relationship to its workbook."""
    return part_bytes(_Written(figure, setting, colours, paint, language).space(workbook))


class _Written:
    """One chart on its way into XML."""

    def __init__(self, figure: Figure, setting: Setting, colours: Colours, paint: Paint, language: str) -> None:
        self.figure, self.setting, self.colours, self.paint, self.language = figure, setting, colours, paint, language
        self.inner: Inner = inner(figure, setting)

    def space(self, workbook: str) -> Element:
        space = root("c:chartSpace", {"c": C, "a": A, "r": R})
        _flag(space, "date1904", False)
        add(space, "c:lang", {"val": self.language})
        _flag(space, "roundedCorners", False)
        chart = add(space, "c:chart")
        _flag(chart, "autoTitleDeleted", True)
        plot = add(chart, "c:plotArea")
        self._place(plot, self.inner.left, self.inner.top, self.inner.width, self.inner.height)
        lines = [(i, one) for i, one in enumerate(self.figure.series) if one.thick]
        bars = [(i, one) for i, one in enumerate(self.figure.series) if not one.thick]
        if bars:
            self._bars(plot, bars)
        if lines:
            self._lines(plot, lines)
        self._category_axis(plot)
        self._value_axis(plot)
        if self.figure.key:
            self._key(chart)
        _flag(chart, "plotVisOnly", True)
        add(chart, "c:dispBlanksAs", {"val": "gap"})
        _no_fill(add(space, "c:spPr"))
        self._text(space, self.colours.ink)
        add(add(space, "c:externalData", {qualified("r:id"): workbook}), "c:autoUpdate", {"val": "0"})
        return space

    # -- what is drawn -------------------------------------------------------------

    def _bars(self, plot: Element, series: Sequence[tuple[int, DrawnSeries]]) -> None:
        bars = add(plot, "c:barChart")
        add(bars, "c:barDir", {"val": "bar" if self.figure.form == "bars" else "col"})
        add(bars, "c:grouping", {"val": "stacked" if self.figure.stacked else "clustered"})
        _flag(bars, "varyColors", False)
        for place, one in series:
            own = self._series(bars, place, one)
            look = add(own, "c:spPr")
            if one.outlined:
                add(look, "a:noFill")
                self._stroke(look, one.colour, 0.09 * self.setting.size, dashed=True)
            else:
                self._fill(look, one.colour)
                self._edge(look)
            _flag(own, "invertIfNegative", False)
            for at, colour in sorted(one.other_colours.items()):
                point = add(own, "c:dPt")
                add(point, "c:idx", {"val": str(at)})
                _flag(point, "invertIfNegative", False)
                _flag(point, "bubble3D", False)
                look = add(point, "c:spPr")
                self._fill(look, colour)
                self._edge(look)
            self._labels(own, one)
            self._data(own, place, one)
        add(bars, "c:gapWidth", {"val": str(self.inner.gap)})
        if self.figure.stacked or self.figure.overlaid:
            add(bars, "c:overlap", {"val": "100"})
        self._axes(bars)

    def _lines(self, plot: Element, series: Sequence[tuple[int, DrawnSeries]]) -> None:
        lines = add(plot, "c:lineChart")
        add(lines, "c:grouping", {"val": "standard"})
        _flag(lines, "varyColors", False)
        for place, one in series:
            own = self._series(lines, place, one)
            self._stroke(add(own, "c:spPr"), one.colour, one.thick, one.dashed, round_ends=not one.dashed)
            self._marker(own, one.dot, one.colour)
            for at, colour in sorted(one.other_colours.items()):
                point = add(own, "c:dPt")
                add(point, "c:idx", {"val": str(at)})
                self._marker(point, one.dot, colour)
                _flag(point, "bubble3D", False)
                self._stroke(add(point, "c:spPr"), one.colour, one.thick, round_ends=True)
            self._labels(own, one)
            self._data(own, place, one)
            _flag(own, "smooth", False)
        _flag(lines, "marker", True)
        self._axes(lines)

    def _series(self, parent: Element, place: int, one: DrawnSeries) -> Element:
        own = add(parent, "c:ser")
        add(own, "c:idx", {"val": str(place)})
        add(own, "c:order", {"val": str(place)})
        cell = f"{SHEET}!${column_letters(place + 1)}$1"
        _texts(add(own, "c:tx"), cell, (one.name,))
        return own

    def _marker(self, parent: Element, size: float, colour: str) -> None:
        marker = add(parent, "c:marker")
        add(marker, "c:symbol", {"val": "circle" if size else "none"})
        if size:
            add(marker, "c:size", {"val": str(max(2, min(72, round(size))))})
            look = add(marker, "c:spPr")
            self._fill(look, colour)
            add(add(look, "a:ln"), "a:noFill")

    def _data(self, own: Element, place: int, one: DrawnSeries) -> None:
        last = len(self.figure.categories) + 1
        cells = f"{SHEET}!$A$2:$A${last}"
        if self.figure.days:
            days = [str(serial(day)) for day in self.figure.days]
            _numbers(add(own, "c:cat"), cells, self.figure.day_format, days)
        else:
            _texts(add(own, "c:cat"), cells, self.figure.categories)
        letter = column_letters(place + 1)
        code = self.figure.formats[place] if self.figure.formats else "General"
        known = [None if number is None else f"{number:f}" for number in one.values]
        _numbers(add(own, "c:val"), f"{SHEET}!${letter}$2:${letter}${last}", code, known)

    # -- labels --------------------------------------------------------------------

    def _labels(self, own: Element, one: DrawnSeries) -> None:
        """A label for each place that has one; what most have in common is said once."""
        labels = add(own, "c:dLbls")
        looks = {at: replace(label, text="") for at, label in one.labels.items() if not label.fixed}
        known = [number for number in one.values if number is not None]
        found = list(looks.values())
        usual = max(found, key=found.count) if found and len(one.labels) == len(known) else None
        for at, label in sorted(one.labels.items()):
            if usual is None or looks.get(at) != usual:
                self._label(labels, at, label, one)
        if usual is None:
            for name in ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize"):
                _flag(labels, name, False)
            return
        self._label_look(labels, usual)
        self._shown(labels, usual)

    def _label(self, labels: Element, at: int, label: Label, one: DrawnSeries) -> None:
        own = add(labels, "c:dLbl")
        add(own, "c:idx", {"val": str(at)})
        # a line through columns ends in the middle of the last one, and its name stands beside it
        aside = (
            self.inner.width / len(self.figure.categories) / 2 if one.thick and self.figure.form == "columns" else 0.0
        )
        if label.raised or aside:
            place = add(add(own, "c:layout"), "c:manualLayout")
            add(place, "c:x", {"val": _share(aside, self.setting.width)})
            add(place, "c:y", {"val": _share(-label.raised * self.inner.height, self.setting.height)})
        if label.fixed:
            body = add(add(own, "c:tx"), "c:rich")
            add(body, "a:bodyPr", _ON_ONE_LINE)
            add(body, "a:lstStyle")
            paragraph = add(body, "a:p")
            run = add(paragraph, "a:r")
            self._run(add(run, "a:rPr", {"lang": self.language}), label.colour, label.bold)
            add(run, "a:t").text = label.text
        self._label_look(own, label)
        self._shown(own, label)

    def _label_look(self, parent: Element, label: Label) -> None:
        add(parent, "c:numFmt", {"formatCode": label.number_format, "sourceLinked": "0"})
        look = add(parent, "c:spPr")
        add(look, "a:noFill")
        add(add(look, "a:ln"), "a:noFill")
        self._text(parent, label.colour, label.bold, _ON_ONE_LINE)
        add(parent, "c:dLblPos", {"val": _PLACES[label.place]})

    def _shown(self, parent: Element, label: Label) -> None:
        _flag(parent, "showLegendKey", False)
        _flag(parent, "showVal", True)
        _flag(parent, "showCatName", False)
        _flag(parent, "showSerName", label.named)
        _flag(parent, "showPercent", False)
        _flag(parent, "showBubbleSize", False)
        if label.named:
            add(parent, "c:separator").text = " "

    # -- axes and key --------------------------------------------------------------

    def _axes(self, parent: Element) -> None:
        add(parent, "c:axId", {"val": _CATEGORIES})
        add(parent, "c:axId", {"val": _VALUES})

    def _category_axis(self, plot: Element) -> None:
        upright = self.figure.form == "bars"
        days = self.figure.days
        axis = add(plot, "c:dateAx" if days else "c:catAx")
        add(axis, "c:axId", {"val": _CATEGORIES})
        # the first row of a table stands on top
        add(add(axis, "c:scaling"), "c:orientation", {"val": "maxMin" if upright else "minMax"})
        _flag(axis, "delete", False)
        add(axis, "c:axPos", {"val": "l" if upright else "b"})
        add(axis, "c:numFmt", {"formatCode": self.figure.day_format or "General", "sourceLinked": "0"})
        add(axis, "c:majorTickMark", {"val": "none"})
        add(axis, "c:minorTickMark", {"val": "none"})
        add(axis, "c:tickLblPos", {"val": "low"})
        look = add(axis, "c:spPr")
        if self.figure.stacked and self.figure.values.high is not None:
            add(add(look, "a:ln"), "a:noFill")
        else:
            self._stroke(look, self.colours.ink, 0.08 * self.setting.size)
        self._text(axis, self.colours.ink if upright else self.colours.muted, given=_LEVEL)
        add(axis, "c:crossAx", {"val": _VALUES})
        add(axis, "c:crosses", {"val": "autoZero"})
        _flag(axis, "auto", False)
        if days:
            unit = "months" if days[0].day == days[-1].day == 1 else "days"
            add(axis, "c:lblOffset", {"val": "30"})
            add(axis, "c:baseTimeUnit", {"val": unit})
            add(axis, "c:majorUnit", {"val": str(self.inner.skip)})
            add(axis, "c:majorTimeUnit", {"val": unit})
            return
        add(axis, "c:lblAlgn", {"val": "ctr"})
        add(axis, "c:lblOffset", {"val": "50" if upright else "30"})
        if self.inner.skip > 1 or not upright:
            add(axis, "c:tickLblSkip", {"val": str(self.inner.skip)})
        _flag(axis, "noMultiLvlLbl", True)

    def _value_axis(self, plot: Element) -> None:
        given: Axis = self.figure.values
        upright = self.figure.form != "bars"
        axis = add(plot, "c:valAx")
        add(axis, "c:axId", {"val": _VALUES})
        scaling = add(axis, "c:scaling")
        add(scaling, "c:orientation", {"val": "minMax"})
        for name, end in (("max", given.high), ("min", given.low)):
            if end is not None:
                add(scaling, f"c:{name}", {"val": f"{end:f}"})
        _flag(axis, "delete", not given.shown)
        add(axis, "c:axPos", {"val": "l" if upright else "t"})
        if given.shown:
            self._stroke(add(add(axis, "c:majorGridlines"), "c:spPr"), self.colours.hairline, 0.08 * self.setting.size)
        add(axis, "c:numFmt", {"formatCode": given.number_format, "sourceLinked": "0"})
        add(axis, "c:majorTickMark", {"val": "none"})
        add(axis, "c:minorTickMark", {"val": "none"})
        add(axis, "c:tickLblPos", {"val": "nextTo"})
        add(add(add(axis, "c:spPr"), "a:ln"), "a:noFill")
        self._text(axis, self.colours.muted)
        add(axis, "c:crossAx", {"val": _CATEGORIES})
        add(axis, "c:crosses", {"val": "min" if given.low is not None and given.low > 0 else "autoZero"})
        add(axis, "c:crossBetween", {"val": "midCat" if self._through() else "between"})
        if given.step is not None:
            add(axis, "c:majorUnit", {"val": f"{given.step:f}"})

    def _through(self) -> bool:
        """Whether lines run from edge to edge: they do where no bars stand beside them."""
        return self.figure.form == "lines"

    def _key(self, chart: Element) -> None:
        key = add(chart, "c:legend")
        add(key, "c:legendPos", {"val": "t"})
        rows = self.inner.key_rows or 1
        wide = sum(self.setting.wide(one.name) + 2.2 * self.setting.size for one in self.figure.series)
        self._place(key, 0.0, 0.0, min(wide, self.setting.width), rows * 1.25 * self.setting.line, within=False)
        _flag(key, "overlay", False)
        self._text(key, self.colours.ink)

    # -- look ----------------------------------------------------------------------

    def _place(self, parent: Element, x: float, y: float, width: float, height: float, within: bool = True) -> None:
        place = add(add(parent, "c:layout"), "c:manualLayout")
        if within:
            add(place, "c:layoutTarget", {"val": "inner"})
        add(place, "c:xMode", {"val": "edge"})
        add(place, "c:yMode", {"val": "edge"})
        across, down = self.setting.width, self.setting.height
        for name, part, of in (("x", x, across), ("y", y, down), ("w", width, across), ("h", height, down)):
            add(place, f"c:{name}", {"val": _share(part, of)})

    def _fill(self, look: Element, colour: str) -> None:
        kind, value = self.paint(colour)
        add(add(look, "a:solidFill"), f"a:{kind}", {"val": value})

    def _edge(self, look: Element) -> None:
        """A line of paper between the parts of a stacked bar; none around others."""
        if self.figure.stacked and self.figure.key:
            self._stroke(look, self.colours.paper, 0.055 * self.setting.size)
        else:
            add(add(look, "a:ln"), "a:noFill")

    def _stroke(self, look: Element, colour: str, thick: float, dashed: bool = False, round_ends: bool = False) -> None:
        line = add(look, "a:ln", {"w": str(round(max(thick, 0.25) * _EMU)), **({"cap": "rnd"} if round_ends else {})})
        self._fill(line, colour)
        if dashed:
            add(line, "a:prstDash", {"val": "dash"})
        if round_ends:
            add(line, "a:round")

    def _text(self, parent: Element, colour: str, bold: bool = False, given: Mapping[str, str] | None = None) -> None:
        body = add(parent, "c:txPr")
        add(body, "a:bodyPr", given or {})
        add(body, "a:lstStyle")
        paragraph = add(body, "a:p")
        self._run(add(add(paragraph, "a:pPr"), "a:defRPr"), colour, bold)
        add(paragraph, "a:endParaRPr", {"lang": self.language})

    def _run(self, look: Element, colour: str, bold: bool) -> None:
        look.set("sz", str(round(100 * self.setting.size)))
        look.set("b", "1" if bold else "0")
        self._fill(look, colour)
        add(look, "a:latin", {"typeface": self.setting.typeface})


def _texts(parent: Element, cells: str, texts: Sequence[str]) -> None:
    """Words that stand in cells of the workbook."""
    reference = add(parent, "c:strRef")
    add(reference, "c:f").text = cells
    cache = add(reference, "c:strCache")
    add(cache, "c:ptCount", {"val": str(len(texts))})
    for at, text in enumerate(texts):
        add(add(cache, "c:pt", {"idx": str(at)}), "c:v").text = text


def _numbers(parent: Element, cells: str, code: str, numbers: Sequence[str | None]) -> None:
    """Numbers that stand in cells of the workbook; None is an empty one."""
    reference = add(parent, "c:numRef")
    add(reference, "c:f").text = cells
    cache = add(reference, "c:numCache")
    add(cache, "c:formatCode").text = code
    add(cache, "c:ptCount", {"val": str(len(numbers))})
    for at, number in enumerate(numbers):
        if number is not None:
            add(add(cache, "c:pt", {"idx": str(at)}), "c:v").text = number


def _flag(parent: Element, name: str, value: bool) -> None:
    add(parent, f"c:{name}", {"val": "1" if value else "0"})


def _no_fill(look: Element) -> None:
    add(look, "a:noFill")
    add(add(look, "a:ln"), "a:noFill")


def _share(part: float, whole: float) -> str:
    return f"{part / whole:.5f}"
