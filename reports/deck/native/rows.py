"""Dots and spans on a line for each row, in DrawingML: ECMA-376 part 1, 21.2, and [MS-ODRAWXML] for its fields.

PowerPoint has no such chart. A scatter chart comes nearest: each row is a series that takes its places across from
its row of the worksheet, so that whoever changes a number there moves dot, span and label at once, and the sheet has
no helping columns. Error bars would need differences beside the numbers, and LibreOffice 7.4 drops level ones that
come from cells; bars over a hidden base would hold differences in place of the numbers; a series for each measure,
with another for what joins them, has the joining lines over the dots in LibreOffice, which draws the first series
last.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from charts.editable.dots import column_room, row_ends
from charts.editable.figure import Label, Span
from data.look.colour import text_colour
from reports.deck.native.axes import CATEGORIES, VALUES, Axes
from reports.deck.native.layout import lines_of
from reports.deck.native.looks import LEVEL, ON_ONE_LINE, flag, numbers, texts
from reports.powerpoint.workbook import SHEET, column_letters
from reports.powerpoint.xml import Element, add

C15 = "http://schemas.microsoft.com/office/drawing/2012/chart"
_LABEL_MORE, _SERIES_MORE = "{CE6537A1-D6FC-4f65-9D91-7224C49458BB}", "{02D57815-91ED-43CB-92C2-25804820EDAC}"
_OFF = "\u2002"
"""Between a dot and its label, where programs leave little room."""
_NOTHING = ";;;"
"""Format of numbers that nobody is to see, also where a program draws them against `tickLblPos`."""
_SIDES = {"right": "r", "left": "l"}


class _Words(Struct, frozen=True):
    """Words at a point that stay whatever the numbers become."""

    lines: Sequence[str]
    place: str
    colour: str
    bold: bool = False


class _Series(Struct, frozen=True):
    """Points of one name."""

    name: str
    cell: str
    """Where the name stands in the worksheet; empty where it does not."""
    across: Sequence[Decimal | None]
    cells: str
    """Where the numbers stand; empty where they do not."""
    up: Sequence[Decimal]
    dots: Sequence[tuple[float, str] | None]
    """Of each point, the diameter in points and the colour."""
    labels: Mapping[int, Label | _Words]
    span: Span | None = None
    code: str = "General"
    beside: bool = False
    """Whether its labels show the cells instead of the places across."""


class Rows(Axes):
    """A chart of rows of dots on its way into XML."""

    def rows(self, plot: Element) -> None:
        low, high = row_ends(self.figure, self.setting.wide, self.setting.size, self.inner.width)
        top, foot, head = (_short(end) for end in (*self.inner.ends, self.inner.head))
        chart = add(plot, "c:scatterChart")
        add(chart, "c:scatterStyle", {"val": "lineMarker"})
        flag(chart, "varyColors", False)
        every = [self._names(low), *self._dots(), *self._column(high), *self._heads(low, high, head)]
        for place, one in enumerate(every):
            self._row_series(chart, place, one)
        self.axes(chart)
        self._level_axis(plot, low, high)
        self._upright_axis(plot, top, foot, low, high)

    # -- what is drawn -------------------------------------------------------------

    def _names(self, low: Decimal) -> _Series:
        """The names of the rows, right of which their dots begin."""
        ink, strong = self.colours.ink, self.figure.strong
        found = enumerate(self.inner.names)
        labels = {at: _Words(lines, "l", ink, at in strong) for at, lines in found}
        # LibreOffice 7.4 loses series that are longer than the first one
        count = max(len(self.inner.names), len(self.figure.series))
        up = [Decimal(min(at, len(self.inner.names))) for at in range(1, count + 1)]
        return _Series(self.figure.named, f"{SHEET}!$A$1", [low] * count, "", up, [None] * count, labels)

    def _dots(self) -> list[_Series]:
        """A series for each row; of one measure a single one."""
        figure = self.figure
        count, measures = len(figure.categories), len(figure.series)

        def look(at: int, row: int) -> tuple[float, str] | None:
            one = figure.series[at]
            return (one.dot, one.other_colours.get(row, one.colour)) if one.dot else None

        if measures == 1:
            (one,) = figure.series
            return [
                _Series(
                    one.name, f"{SHEET}!$B$1", one.values, f"{SHEET}!$B$2:$B${count + 1}",
                    [*map(Decimal, range(1, count + 1))], [look(0, row) for row in range(count)], one.labels,
                    code=figure.formats[0],
                )
            ]  # fmt: skip
        last = column_letters(measures)
        made: list[_Series] = []
        for row, name in enumerate(figure.categories):
            labels = {
                at: label
                for at, one in enumerate(figure.series)
                if at != figure.column and (label := one.labels.get(row)) is not None
            }
            made.append(
                _Series(
                    name, f"{SHEET}!$A${row + 2}", [one.values[row] for one in figure.series],
                    f"{SHEET}!$B${row + 2}:${last}${row + 2}", [Decimal(row + 1)] * measures,
                    [look(at, row) for at in range(measures)], labels, figure.spans[row] if figure.spans else None,
                    figure.formats[0],
                )
            )  # fmt: skip
        return made

    def _column(self, high: Decimal) -> list[_Series]:
        """Numbers in a column at the right."""
        if self.figure.column is None:
            return []
        one, letter = self.figure.series[self.figure.column], column_letters(self.figure.column + 1)
        count = len(one.values)
        return [
            _Series(
                one.name, f"{SHEET}!${letter}$1", [high] * count, f"{SHEET}!${letter}$2:${letter}${count + 1}",
                [*map(Decimal, range(1, count + 1))], [None] * count, one.labels, beside=True,
            )
        ]  # fmt: skip

    def _heads(self, low: Decimal, high: Decimal, top: Decimal) -> list[_Series]:
        """What stands over the rows: the name of the column and its dot; the names of two measures over the dots of the
        first row, which they follow, else a key from the left."""
        setting, series = self.setting, self.figure.series
        unit = self.inner.width / float(high - low)
        if self.figure.column is not None:
            one = series[self.figure.column]
            room = column_room(self.figure, setting.wide, setting.size) - 2.1 * setting.size
            words = _Words(lines_of(one.name, room, setting), "r", self.colours.muted)
            return [_Series(one.name, "", [high], "", [top], [(one.dot, self.colours.accent)], {0: words})]
        if not self.figure.key:
            return []
        first = sorted((number, at) for at, one in enumerate(series) if (number := one.values[0]) is not None)
        wide = [setting.wide(one.name) + setting.size for one in series]
        if len(first) == len(series) == 2:
            (left, one), (right, other) = first
            if unit * float(left - low) >= wide[one] and unit * float(high - right) >= wide[other]:
                sides = {one: "l", other: "r"}
                words = {
                    at: _Words((series[at].name,), side, text_colour(series[at].colour, self.colours.paper))
                    for at, side in sides.items()
                }
                across = [one.values[0] for one in series]
                cells = f"{SHEET}!$B$2:${column_letters(len(series))}$2"
                code = self.figure.formats[0]
                return [_Series(self._key_name(), "", across, cells, [top] * 2, [None] * 2, words, code=code)]
        at = [setting.size / 2 + sum(wide[:i]) + 1.5 * setting.size * i for i in range(len(series))]
        return [
            _Series(
                one.name, "", [low + Decimal(x / unit)], "", [top], [(one.dot, one.colour)],
                {0: _Words((one.name,), "r", self.colours.ink)},
            )
            for one, x in zip(series, at, strict=True)
        ]  # fmt: skip

    def _key_name(self) -> str:
        return ", ".join(one.name for one in self.figure.series)

    # -- as XML --------------------------------------------------------------------

    def _row_series(self, chart: Element, place: int, one: _Series) -> None:
        own = add(chart, "c:ser")
        add(own, "c:idx", {"val": str(place)})
        add(own, "c:order", {"val": str(place)})
        if one.cell:
            texts(add(own, "c:tx"), one.cell, (one.name,))
        else:
            add(add(own, "c:tx"), "c:v").text = one.name
        look = add(own, "c:spPr")
        if one.span is None:
            add(add(look, "a:ln"), "a:noFill")
        else:
            self.stroke(look, one.span.colour, one.span.thick)
        usual = one.dots[-1]
        self._dot(own, usual)
        for at, dot in enumerate(one.dots):
            if dot != usual:
                point = add(own, "c:dPt")
                add(point, "c:idx", {"val": str(at)})
                self._dot(point, dot)
                flag(point, "bubble3D", False)
                look = add(point, "c:spPr")
                if dot is not None and one.span is not None:
                    # no line leads to the first point, and LibreOffice fills a dot with the colour of its line
                    self.stroke(look, dot[1], one.span.thick)
                else:
                    add(add(look, "a:ln"), "a:noFill")
        self._row_labels(own, one)
        across = [None if number is None else f"{number:f}" for number in one.across]
        if one.cells and not one.beside:
            numbers(add(own, "c:xVal"), one.cells, one.code, across)
        else:
            _literal(add(own, "c:xVal"), across)
        _literal(add(own, "c:yVal"), [f"{number:f}" for number in one.up])
        flag(own, "smooth", False)
        if one.beside:
            self._shown_cells(own, one)

    def _dot(self, parent: Element, dot: tuple[float, str] | None) -> None:
        marker = add(parent, "c:marker")
        add(marker, "c:symbol", {"val": "none" if dot is None else "circle"})
        if dot is None:
            return
        add(marker, "c:size", {"val": str(max(2, min(72, round(dot[0]))))})
        look = add(marker, "c:spPr")
        self.fill(look, dot[1])
        self.stroke(look, self.colours.paper, 0.08 * self.setting.size)

    def _row_labels(self, own: Element, one: _Series) -> None:
        labels = add(own, "c:dLbls")
        for at, label in sorted(one.labels.items()):
            self._row_label(labels, at, label, one)
        _flags(labels, False)
        if one.beside:
            _more(labels, "showDataLabelsRange", {"val": "1"})

    def _row_label(self, labels: Element, at: int, label: Label | _Words, one: _Series) -> None:
        own = add(labels, "c:dLbl")
        add(own, "c:idx", {"val": str(at)})
        body = add(add(own, "c:tx"), "c:rich")
        add(body, "a:bodyPr", ON_ONE_LINE)
        add(body, "a:lstStyle")
        lines = label.lines if isinstance(label, _Words) else ("",)
        side = label.place if isinstance(label, _Words) else _SIDES[label.place]
        for number, line in enumerate(lines):
            paragraph = add(body, "a:p")
            add(paragraph, "a:pPr", {"algn": "r" if side == "l" else "l"})
            if isinstance(label, _Words):
                # who joins the lines of a name must not join its words
                more = " " if number < len(lines) - 1 else ""
                self._text(paragraph, _set_off(line + more, side), label.colour, label.bold)
                continue
            if side == "r":
                self._text(paragraph, _OFF, label.colour, label.bold)
            name = uuid.uuid5(uuid.NAMESPACE_URL, f"{one.name} {at}")
            field = add(
                paragraph, "a:fld", {"id": f"{{{name}}}".upper(), "type": "CELLRANGE" if one.beside else "XVALUE"}
            )
            self.run(add(field, "a:rPr", {"lang": self.language}), label.colour, label.bold)
            add(field, "a:pPr")
            add(field, "a:t").text = label.text
            if after := label.more + (_OFF if side == "l" else ""):
                self._text(paragraph, after, label.colour, label.bold)
        code = label.number_format if isinstance(label, Label) else "General"
        add(own, "c:numFmt", {"formatCode": code, "sourceLinked": "0"})
        look = add(own, "c:spPr")
        if isinstance(label, Label) and self.figure.guided:
            self.fill(look, self.colours.paper)
        else:
            add(look, "a:noFill")
        add(add(look, "a:ln"), "a:noFill")
        add(own, "c:dLblPos", {"val": side})
        _flags(own, isinstance(label, Label) and not one.beside, words=isinstance(label, _Words))
        if isinstance(label, Label):
            if one.beside:
                _more(own, "showDataLabelsRange", {"val": "1"})
            else:
                _more(own, "dlblFieldTable", {})

    def _text(self, paragraph: Element, text: str, colour: str, bold: bool) -> None:
        run = add(paragraph, "a:r")
        self.run(add(run, "a:rPr", {"lang": self.language}), colour, bold)
        add(run, "a:t").text = text

    def _shown_cells(self, own: Element, one: _Series) -> None:
        """The cells whose words stand as labels."""
        more = add(add(own, "c:extLst"), "c:ext", {"uri": _SERIES_MORE}, {"c15": C15})
        cells = add(more, f"{{{C15}}}datalabelsRange")
        add(cells, f"{{{C15}}}f").text = one.cells
        cache = add(cells, f"{{{C15}}}dlblRangeCache")
        add(cache, "c:ptCount", {"val": str(len(one.across))})
        for at, label in sorted(one.labels.items()):
            if isinstance(label, Label):
                add(add(cache, "c:pt", {"idx": str(at)}), "c:v").text = label.text

    # -- axes ----------------------------------------------------------------------

    def _level_axis(self, plot: Element, low: Decimal, high: Decimal) -> None:
        given, covers = self.figure.values, self.figure.guided and self.figure.key
        axis = self._bare_axis(plot, CATEGORIES, low, high, turned=False, gone=not (given.shown or covers))
        add(axis, "c:axPos", {"val": "t"})
        if given.shown:
            self._guides(axis)
        add(axis, "c:numFmt", {"formatCode": given.number_format if given.shown else _NOTHING, "sourceLinked": "0"})
        add(axis, "c:majorTickMark", {"val": "none"})
        add(axis, "c:minorTickMark", {"val": "none"})
        add(axis, "c:tickLblPos", {"val": "nextTo" if given.shown else "none"})
        look = add(axis, "c:spPr")
        if covers:  # the guide line at the key, which is no row's
            self.stroke(look, self.colours.paper, 0.16 * self.setting.size)
        else:
            add(add(look, "a:ln"), "a:noFill")
        self.text(axis, self.colours.muted, given=LEVEL)
        add(axis, "c:crossAx", {"val": VALUES})
        add(axis, "c:crosses", {"val": "min"})
        add(axis, "c:crossBetween", {"val": "midCat"})
        if given.step is not None:
            add(axis, "c:majorUnit", {"val": f"{given.step:f}"})

    def _upright_axis(self, plot: Element, top: Decimal, foot: Decimal, low: Decimal, high: Decimal) -> None:
        """The axis that the rows stand on, from the top; seen only where it is zero, and as a guide line for each."""
        below = low < 0 < high and any(number < 0 for one in self.figure.series for number in one.values if number)
        guided = self.figure.guided and top == top.to_integral_value()
        axis = self._bare_axis(plot, VALUES, top, foot, turned=True, gone=not (below or guided))
        add(axis, "c:axPos", {"val": "l"})
        if guided:
            self._guides(axis)
        add(axis, "c:numFmt", {"formatCode": _NOTHING, "sourceLinked": "0"})
        add(axis, "c:majorTickMark", {"val": "none"})
        add(axis, "c:minorTickMark", {"val": "none"})
        add(axis, "c:tickLblPos", {"val": "none"})
        look = add(axis, "c:spPr")
        if below:
            self.stroke(look, self.colours.ink, 0.08 * self.setting.size)
        else:
            add(add(look, "a:ln"), "a:noFill")
        add(axis, "c:crossAx", {"val": CATEGORIES})
        add(axis, "c:crosses", {"val": "autoZero" if below else "min"})
        add(axis, "c:crossBetween", {"val": "midCat"})
        add(axis, "c:majorUnit", {"val": "1"})

    def _guides(self, axis: Element) -> None:
        self.stroke(add(add(axis, "c:majorGridlines"), "c:spPr"), self.colours.hairline, 0.08 * self.setting.size)

    def _bare_axis(self, plot: Element, own: str, low: Decimal, high: Decimal, turned: bool, gone: bool) -> Element:
        axis = add(plot, "c:valAx")
        add(axis, "c:axId", {"val": own})
        scaling = add(axis, "c:scaling")
        add(scaling, "c:orientation", {"val": "maxMin" if turned else "minMax"})
        add(scaling, "c:max", {"val": f"{high:f}"})
        add(scaling, "c:min", {"val": f"{low:f}"})
        flag(axis, "delete", gone)
        return axis


def _short(number: float) -> Decimal:
    return Decimal(number).quantize(Decimal("0.001")).normalize()


def _set_off(text: str, side: str) -> str:
    return text + _OFF if side == "l" else _OFF + text


def _literal(parent: Element, found: Sequence[str | None]) -> None:
    """Numbers that stand in no cell."""
    literal = add(parent, "c:numLit")
    add(literal, "c:formatCode").text = "General"
    add(literal, "c:ptCount", {"val": str(len(found))})
    for at, number in enumerate(found):
        if number is not None:
            add(add(literal, "c:pt", {"idx": str(at)}), "c:v").text = number


def _flags(parent: Element, across: bool, words: bool = False) -> None:
    """What a label shows: of a scatter chart, the place across is its category."""
    shown = {"showVal": words, "showCatName": across}
    for name in ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize"):
        flag(parent, name, shown.get(name, False))


def _more(parent: Element, name: str, attributes: Mapping[str, str]) -> None:
    """What newer programs know of labels: one element, more of them the Open XML SDK refuses."""
    more = add(add(parent, "c:extLst"), "c:ext", {"uri": _LABEL_MORE}, {"c15": C15})
    add(more, f"{{{C15}}}{name}", attributes)
