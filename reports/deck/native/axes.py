"""The axes of a chart in DrawingML, and its key: ECMA-376 part 1, 21.2. Elements stand in the order of its schema."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from charts.editable.figure import Axis
from reports.deck.native.looks import LEVEL, Looks, flag, share
from reports.powerpoint.xml import Element, add

CATEGORIES, VALUES = "111111111", "222222222"
"""Numbers of the axes: positive ones, as the schema has it."""


class Axes(Looks):
    """The axes of a chart."""

    def axes(self, parent: Element) -> None:
        """Which axes what is drawn stands on."""
        add(parent, "c:axId", {"val": CATEGORIES})
        add(parent, "c:axId", {"val": VALUES})

    def category_axis(self, plot: Element) -> None:
        upright = self.figure.form == "bars"
        days = self.figure.days
        axis = add(plot, "c:dateAx" if days else "c:catAx")
        add(axis, "c:axId", {"val": CATEGORIES})
        # the first row of a table stands on top
        add(add(axis, "c:scaling"), "c:orientation", {"val": "maxMin" if upright else "minMax"})
        flag(axis, "delete", False)
        add(axis, "c:axPos", {"val": "l" if upright else "b"})
        if self.figure.note:
            self._axis_title(axis, self.figure.note, at_top=False)
        add(axis, "c:numFmt", {"formatCode": self.figure.day_format or "General", "sourceLinked": "0"})
        add(axis, "c:majorTickMark", {"val": "none"})
        add(axis, "c:minorTickMark", {"val": "none"})
        add(axis, "c:tickLblPos", {"val": "low"})
        look = add(axis, "c:spPr")
        if self.figure.stacked and self.figure.values.high is not None:
            add(add(look, "a:ln"), "a:noFill")
        else:
            self.stroke(look, self.colours.ink, 0.08 * self.setting.size)
        self.text(axis, self.colours.ink if upright else self.colours.muted, given=LEVEL)
        add(axis, "c:crossAx", {"val": VALUES})
        add(axis, "c:crosses", {"val": "autoZero"})
        flag(axis, "auto", False)
        if days:
            unit, step = _steps(days)
            add(axis, "c:lblOffset", {"val": "30"})
            add(axis, "c:baseTimeUnit", {"val": unit})
            add(axis, "c:majorUnit", {"val": str(self.inner.skip * step)})
            add(axis, "c:majorTimeUnit", {"val": unit})
            return
        add(axis, "c:lblAlgn", {"val": "ctr"})
        add(axis, "c:lblOffset", {"val": "50" if upright else "30"})
        if self.inner.skip > 1 or not upright:
            add(axis, "c:tickLblSkip", {"val": str(self.inner.skip)})
        flag(axis, "noMultiLvlLbl", True)

    def value_axis(self, plot: Element) -> None:
        given: Axis = self.figure.values
        upright = self.figure.form != "bars"
        axis = add(plot, "c:valAx")
        add(axis, "c:axId", {"val": VALUES})
        scaling = add(axis, "c:scaling")
        add(scaling, "c:orientation", {"val": "minMax"})
        for name, end in (("max", given.high), ("min", given.low)):
            if end is not None:
                add(scaling, f"c:{name}", {"val": f"{end:f}"})
        flag(axis, "delete", not given.shown)
        add(axis, "c:axPos", {"val": "l" if upright else "t"})
        if given.shown:
            self.stroke(add(add(axis, "c:majorGridlines"), "c:spPr"), self.colours.hairline, 0.08 * self.setting.size)
        add(axis, "c:numFmt", {"formatCode": given.number_format, "sourceLinked": "0"})
        add(axis, "c:majorTickMark", {"val": "none"})
        add(axis, "c:minorTickMark", {"val": "none"})
        add(axis, "c:tickLblPos", {"val": "nextTo"})
        add(add(add(axis, "c:spPr"), "a:ln"), "a:noFill")
        self.text(axis, self.colours.muted)
        add(axis, "c:crossAx", {"val": CATEGORIES})
        add(axis, "c:crosses", {"val": "min" if given.low is not None and given.low > 0 else "autoZero"})
        add(axis, "c:crossBetween", {"val": "midCat" if self._through() else "between"})
        if given.step is not None:
            add(axis, "c:majorUnit", {"val": f"{given.step:f}"})

    def _through(self) -> bool:
        """Whether lines run from edge to edge: they do where no bars stand beside them."""
        return self.figure.form == "lines"

    def key(self, chart: Element) -> None:
        key = add(chart, "c:legend")
        add(key, "c:legendPos", {"val": "t"})
        rows = self.inner.key_rows or 1
        wide = sum(self.setting.wide(one.name) + 2.2 * self.setting.size for one in self.figure.series)
        self.place(key, 0.0, 0.0, min(wide, self.setting.width), rows * 1.25 * self.setting.line, within=False)
        flag(key, "overlay", False)
        self.text(key, self.colours.ink)

    def number_axis(self, plot: Element, own: str, other: str, given: Axis, side: str, title: str) -> None:
        """An axis of numbers with guide lines, its title level: over the upright one, at the end of the other."""
        axis = add(plot, "c:valAx")
        add(axis, "c:axId", {"val": own})
        scaling = add(axis, "c:scaling")
        add(scaling, "c:orientation", {"val": "minMax"})
        for name, end in (("max", given.high), ("min", given.low)):
            if end is not None:
                add(scaling, f"c:{name}", {"val": f"{end:f}"})
        flag(axis, "delete", False)
        add(axis, "c:axPos", {"val": side})
        self.stroke(add(add(axis, "c:majorGridlines"), "c:spPr"), self.colours.hairline, 0.08 * self.setting.size)
        at_top = title == "t"
        said = given.title if at_top else " | ".join(filter(None, (self.figure.note, given.title)))
        self._axis_title(axis, said, at_top)
        add(axis, "c:numFmt", {"formatCode": given.number_format, "sourceLinked": "0"})
        add(axis, "c:majorTickMark", {"val": "none"})
        add(axis, "c:minorTickMark", {"val": "none"})
        add(axis, "c:tickLblPos", {"val": "low"})
        add(add(add(axis, "c:spPr"), "a:ln"), "a:noFill")
        self.text(axis, self.colours.muted, given=LEVEL)
        add(axis, "c:crossAx", {"val": other})
        add(axis, "c:crosses", {"val": "min"})
        add(axis, "c:crossBetween", {"val": "midCat"})
        if given.step is not None:
            add(axis, "c:majorUnit", {"val": f"{given.step:f}"})

    def _axis_title(self, axis: Element, text: str, at_top: bool) -> None:
        title = add(axis, "c:title")
        body = add(add(title, "c:tx"), "c:rich")
        add(body, "a:bodyPr", LEVEL)
        add(body, "a:lstStyle")
        paragraph = add(body, "a:p")
        run = add(paragraph, "a:r")
        self.run(add(run, "a:rPr", {"lang": self.language}), self.colours.muted, False)
        add(run, "a:t").text = text
        place = add(add(title, "c:layout"), "c:manualLayout")
        add(place, "c:xMode", {"val": "edge"})
        add(place, "c:yMode", {"val": "edge"})
        wide = self.setting.wide(text) + self.setting.size
        right = max(0.0, self.inner.left + self.inner.width - wide)
        low = self.setting.height - 1.1 * self.setting.line
        add(place, "c:x", {"val": share(0.0 if at_top else right, self.setting.width)})
        add(place, "c:y", {"val": share(0.0 if at_top else low, self.setting.height)})
        flag(title, "overlay", True)


def _steps(days: Sequence[datetime.date]) -> tuple[str, int]:
    """What an axis of days counts in, and how many of it lie between two of these equal steps."""
    first, second = days[:2]
    if all(day.day == 1 for day in days):
        return "months", 12 * (second.year - first.year) + second.month - first.month
    return "days", (second - first).days
