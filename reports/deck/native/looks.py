"""How the marks and words of a chart look in DrawingML: ECMA-376 part 1, 20.1 and 21.2."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from charts.editable.figure import Figure
from data.look.brand import Colours
from reports.deck.native.layout import Inner, Setting, inner
from reports.powerpoint.xml import Element, add

Paint = Callable[[str], tuple[str, str]]
"""A colour "#RRGGBB" → the kind of element that says it, "schemeClr" or "srgbClr", and its value."""

_EMU = 12700
ON_ONE_LINE = {"wrap": "none"}
"""A label's text: programs break what is wider than a fifth of the chart."""
LEVEL = {"rot": "0", "vert": "horz"}
"""Text that no program turns to make room."""


class Looks:
    """A chart on its way into XML: what its parts have in common."""

    def __init__(self, figure: Figure, setting: Setting, colours: Colours, paint: Paint, language: str) -> None:
        self.figure, self.setting, self.colours, self.paint, self.language = figure, setting, colours, paint, language
        self.inner: Inner = inner(figure, setting)

    def place(self, parent: Element, x: float, y: float, width: float, height: float, within: bool = True) -> None:
        place = add(add(parent, "c:layout"), "c:manualLayout")
        if within:
            add(place, "c:layoutTarget", {"val": "inner"})
        add(place, "c:xMode", {"val": "edge"})
        add(place, "c:yMode", {"val": "edge"})
        across, down = self.setting.width, self.setting.height
        for name, part, of in (("x", x, across), ("y", y, down), ("w", width, across), ("h", height, down)):
            add(place, f"c:{name}", {"val": share(part, of)})

    def fill(self, look: Element, colour: str) -> None:
        kind, value = self.paint(colour)
        add(add(look, "a:solidFill"), f"a:{kind}", {"val": value})

    def edge(self, look: Element) -> None:
        """A line of paper between the parts of a stacked bar; none around others."""
        if self.figure.stacked and self.figure.key:
            self.stroke(look, self.colours.paper, 0.055 * self.setting.size)
        else:
            add(add(look, "a:ln"), "a:noFill")

    def stroke(self, look: Element, colour: str, thick: float, dashed: bool = False, round_ends: bool = False) -> None:
        line = add(look, "a:ln", {"w": str(round(max(thick, 0.25) * _EMU)), **({"cap": "rnd"} if round_ends else {})})
        self.fill(line, colour)
        if dashed:
            add(line, "a:prstDash", {"val": "dash"})
        if round_ends:
            add(line, "a:round")

    def text(self, parent: Element, colour: str, bold: bool = False, given: Mapping[str, str] | None = None) -> None:
        body = add(parent, "c:txPr")
        add(body, "a:bodyPr", given or {})
        add(body, "a:lstStyle")
        paragraph = add(body, "a:p")
        self.run(add(add(paragraph, "a:pPr"), "a:defRPr"), colour, bold)
        add(paragraph, "a:endParaRPr", {"lang": self.language})

    def run(self, look: Element, colour: str, bold: bool) -> None:
        look.set("sz", str(round(100 * self.setting.size)))
        look.set("b", "1" if bold else "0")
        self.fill(look, colour)
        add(look, "a:latin", {"typeface": self.setting.typeface})

    def marker(self, parent: Element, size: float, colour: str) -> None:
        marker = add(parent, "c:marker")
        add(marker, "c:symbol", {"val": "circle" if size else "none"})
        if size:
            add(marker, "c:size", {"val": str(max(2, min(72, round(size))))})
            look = add(marker, "c:spPr")
            self.fill(look, colour)
            if self.figure.form == "points":  # an edge of paper tells dots apart that cover each other
                self.stroke(look, self.colours.paper, 0.08 * self.setting.size)
            else:
                add(add(look, "a:ln"), "a:noFill")


def texts(parent: Element, cells: str, texts: Sequence[str]) -> None:
    """Words that stand in cells of the workbook."""
    reference = add(parent, "c:strRef")
    add(reference, "c:f").text = cells
    cache = add(reference, "c:strCache")
    add(cache, "c:ptCount", {"val": str(len(texts))})
    for at, text in enumerate(texts):
        add(add(cache, "c:pt", {"idx": str(at)}), "c:v").text = text


def numbers(parent: Element, cells: str, code: str, numbers: Sequence[str | None]) -> None:
    """Numbers that stand in cells of the workbook; None is an empty one."""
    reference = add(parent, "c:numRef")
    add(reference, "c:f").text = cells
    cache = add(reference, "c:numCache")
    add(cache, "c:formatCode").text = code
    add(cache, "c:ptCount", {"val": str(len(numbers))})
    for at, number in enumerate(numbers):
        if number is not None:
            add(add(cache, "c:pt", {"idx": str(at)}), "c:v").text = number


def flag(parent: Element, name: str, value: bool) -> None:
    """A yes or no."""
    add(parent, f"c:{name}", {"val": "1" if value else "0"})


def no_fill(look: Element) -> None:
    """That an area has neither fill nor line."""
    add(look, "a:noFill")
    add(add(look, "a:ln"), "a:noFill")


def share(part: float, whole: float) -> str:
    """A length as a part of another."""
    return f"{part / whole:.5f}"
