"""A chart as DrawingML, which PowerPoint draws: ECMA-376 part 1, 21.2. Elements stand in the order of its schema."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from charts.editable.figure import DrawnSeries, Figure, Label
from data.look.brand import Colours
from reports.deck.native.axes import CATEGORIES, VALUES
from reports.deck.native.layout import Setting
from reports.deck.native.looks import ON_ONE_LINE, Paint, flag, no_fill, numbers, share, texts
from reports.deck.native.rows import Rows
from reports.powerpoint.workbook import SHEET, column_letters, serial
from reports.powerpoint.xml import A, C, Element, R, add, part_bytes, qualified, root

_PLACES = {"end": "outEnd", "middle": "ctr", "above": "t", "below": "b", "right": "r", "left": "l"}


def chart_xml(figure: Figure, setting: Setting, colours: Colours, paint: Paint, language: str, workbook: str) -> bytes:
    """The part of a chart; `workbook` is the id of the relationship to its workbook."""
    return part_bytes(_Written(figure, setting, colours, paint, language).space(workbook))


class _Written(Rows):
    """One chart on its way into XML."""

    def space(self, workbook: str) -> Element:
        space = root("c:chartSpace", {"c": C, "a": A, "r": R})
        flag(space, "date1904", False)
        add(space, "c:lang", {"val": self.language})
        flag(space, "roundedCorners", False)
        chart = add(space, "c:chart")
        flag(chart, "autoTitleDeleted", True)
        plot = add(chart, "c:plotArea")
        self.place(plot, self.inner.left, self.inner.top, self.inner.width, self.inner.height)
        if self.figure.form == "points":
            self._points(plot)
            self.number_axis(plot, CATEGORIES, VALUES, self.figure.across, "b", "m")
            self.number_axis(plot, VALUES, CATEGORIES, self.figure.values, "l", "t")
        elif self.figure.form == "rows":
            self.rows(plot)
        else:
            self._drawn(plot)
        if self.figure.key and self.figure.form != "rows":
            self.key(chart)
        flag(chart, "plotVisOnly", True)
        add(chart, "c:dispBlanksAs", {"val": "gap"})
        no_fill(add(space, "c:spPr"))
        self.text(space, self.colours.ink)
        add(add(space, "c:externalData", {qualified("r:id"): workbook}), "c:autoUpdate", {"val": "0"})
        return space

    # -- what is drawn -------------------------------------------------------------

    def _drawn(self, plot: Element) -> None:
        """Bars, and lines over them or alone, on an axis of names and one of numbers."""
        lines = [(i, one) for i, one in enumerate(self.figure.series) if one.thick]
        bars = [(i, one) for i, one in enumerate(self.figure.series) if not one.thick]
        if bars:
            self._bars(plot, bars)
        if lines:
            self._lines(plot, lines)
        self.category_axis(plot)
        self.value_axis(plot)

    def _points(self, plot: Element) -> None:
        points = add(plot, "c:scatterChart")
        add(points, "c:scatterStyle", {"val": "lineMarker"})
        flag(points, "varyColors", False)
        last = len(self.figure.categories) + 1
        for place, one in enumerate(self.figure.series):
            own = add(points, "c:ser")
            add(own, "c:idx", {"val": str(place)})
            add(own, "c:order", {"val": str(place)})
            left, right = (column_letters(2 * place + part) for part in (1, 2))
            texts(add(own, "c:tx"), f"{SHEET}!${right}$1", (one.name,))
            add(add(add(own, "c:spPr"), "a:ln"), "a:noFill")
            self.marker(own, one.dot, one.colour)
            self._labels(own, one)
            across, up = (
                [None if number is None else f"{number:f}" for number in each] for each in (one.across, one.values)
            )
            code = self.figure.formats[place] if self.figure.formats else "General"
            numbers(add(own, "c:xVal"), f"{SHEET}!${left}$2:${left}${last}", self.figure.across.number_format, across)
            numbers(add(own, "c:yVal"), f"{SHEET}!${right}$2:${right}${last}", code, up)
            flag(own, "smooth", False)
        self.axes(points)

    def _bars(self, plot: Element, series: Sequence[tuple[int, DrawnSeries]]) -> None:
        bars = add(plot, "c:barChart")
        add(bars, "c:barDir", {"val": "bar" if self.figure.form == "bars" else "col"})
        add(bars, "c:grouping", {"val": "stacked" if self.figure.stacked else "clustered"})
        flag(bars, "varyColors", False)
        for place, one in series:
            own = self._series(bars, place, one)
            look = add(own, "c:spPr")
            if one.outlined:
                add(look, "a:noFill")
                self.stroke(look, one.colour, 0.09 * self.setting.size, dashed=True)
            else:
                self.fill(look, one.colour)
                self.edge(look)
            flag(own, "invertIfNegative", False)
            for at, colour in sorted(one.other_colours.items()):
                point = add(own, "c:dPt")
                add(point, "c:idx", {"val": str(at)})
                flag(point, "invertIfNegative", False)
                flag(point, "bubble3D", False)
                look = add(point, "c:spPr")
                self.fill(look, colour)
                self.edge(look)
            self._labels(own, one)
            self._data(own, place, one)
        add(bars, "c:gapWidth", {"val": str(self.inner.gap)})
        if self.figure.stacked or self.figure.overlaid:
            add(bars, "c:overlap", {"val": "100"})
        self.axes(bars)

    def _lines(self, plot: Element, series: Sequence[tuple[int, DrawnSeries]]) -> None:
        lines = add(plot, "c:lineChart")
        add(lines, "c:grouping", {"val": "standard"})
        flag(lines, "varyColors", False)
        for place, one in series:
            own = self._series(lines, place, one)
            self.stroke(add(own, "c:spPr"), one.colour, one.thick, one.dashed, round_ends=not one.dashed)
            self.marker(own, one.dot, one.colour)
            for at, colour in sorted(one.other_colours.items()):
                point = add(own, "c:dPt")
                add(point, "c:idx", {"val": str(at)})
                self.marker(point, one.dot, colour)
                flag(point, "bubble3D", False)
                self.stroke(add(point, "c:spPr"), one.colour, one.thick, round_ends=True)
            self._labels(own, one)
            self._data(own, place, one)
            flag(own, "smooth", False)
        flag(lines, "marker", True)
        self.axes(lines)

    def _series(self, parent: Element, place: int, one: DrawnSeries) -> Element:
        own = add(parent, "c:ser")
        add(own, "c:idx", {"val": str(place)})
        add(own, "c:order", {"val": str(place)})
        cell = f"{SHEET}!${column_letters(place + 1)}$1"
        texts(add(own, "c:tx"), cell, (one.name,))
        return own

    def _data(self, own: Element, place: int, one: DrawnSeries) -> None:
        last = len(self.figure.categories) + 1
        cells = f"{SHEET}!$A$2:$A${last}"
        if self.figure.days:
            days = [str(serial(day)) for day in self.figure.days]
            numbers(add(own, "c:cat"), cells, self.figure.day_format, days)
        else:
            texts(add(own, "c:cat"), cells, self.figure.categories)
        letter = column_letters(place + 1)
        code = self.figure.formats[place] if self.figure.formats else "General"
        known = [None if number is None else f"{number:f}" for number in one.values]
        numbers(add(own, "c:val"), f"{SHEET}!${letter}$2:${letter}${last}", code, known)

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
                flag(labels, name, False)
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
            add(place, "c:x", {"val": share(aside, self.setting.width)})
            add(place, "c:y", {"val": share(-label.raised * self.inner.height, self.setting.height)})
        if label.fixed:
            body = add(add(own, "c:tx"), "c:rich")
            add(body, "a:bodyPr", ON_ONE_LINE)
            add(body, "a:lstStyle")
            paragraph = add(body, "a:p")
            run = add(paragraph, "a:r")
            self.run(add(run, "a:rPr", {"lang": self.language}), label.colour, label.bold)
            add(run, "a:t").text = label.text
        self._label_look(own, label)
        self._shown(own, label)

    def _label_look(self, parent: Element, label: Label) -> None:
        add(parent, "c:numFmt", {"formatCode": label.number_format, "sourceLinked": "0"})
        look = add(parent, "c:spPr")
        if self.figure.form == "columns" and not label.fixed and any(one.dashed for one in self.figure.series):
            # a line at a value runs behind the numbers over columns, not through them
            self.fill(look, self.colours.paper)
        else:
            add(look, "a:noFill")
        add(add(look, "a:ln"), "a:noFill")
        self.text(parent, label.colour, label.bold, ON_ONE_LINE)
        add(parent, "c:dLblPos", {"val": _PLACES[label.place]})

    def _shown(self, parent: Element, label: Label) -> None:
        flag(parent, "showLegendKey", False)
        flag(parent, "showVal", True)
        flag(parent, "showCatName", False)
        flag(parent, "showSerName", label.named)
        flag(parent, "showPercent", False)
        flag(parent, "showBubbleSize", False)
        if label.named:
            add(parent, "c:separator").text = " "
