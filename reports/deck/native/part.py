"""A chart and its workbook as parts of a package."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pptx.opc.constants import CONTENT_TYPE
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI

from charts.drawn.drawing import Drawing
from charts.editable.figure import Figure
from charts.editable.registry import editable
from data.look.brand import Brand
from reports.deck.native.chart_xml import chart_xml
from reports.deck.native.layout import SIZES, Setting, largest, rows_fit
from reports.deck.native.workbook import workbook_of


class Look:
    """What a template gives to its charts."""

    def __init__(self, face: str, scale: float, theme: Mapping[str, str], typeface: str = "") -> None:
        """`face` is that of body text, `typeface` what the template calls it where it is not the theme's, `scale` the
        slide's shorter side against 540 pt; `theme` has names of its colours."""
        self.face, self.scale, self._theme, self.typeface = face, scale, theme, typeface or "+mn-lt"

    def paint(self, colour: str) -> tuple[str, str]:
        """The theme's own name of a colour, so that it changes with the theme; else the colour."""
        named = self._theme.get(colour.upper())
        return ("schemeClr", named) if named else ("srgbClr", colour.lstrip("#").upper())


def figure_of(drawing: Drawing, look: Look) -> Figure | None:
    """The chart of a drawing for PowerPoint to draw in its place; None where it stays a picture."""
    figure = editable(drawing.chart, drawing.plot.style, drawing.width, drawing.height)
    if figure is None or figure.form != "rows":
        return figure
    return figure if rows_fit(figure, _setting(figure, drawing, look)) else None


def _setting(figure: Figure, drawing: Drawing, look: Look) -> Setting:
    setting = Setting(look.face, drawing.plot.style.size, drawing.width, drawing.height, look.scale, look.typeface)
    return largest(figure, setting, SIZES)


def add_chart(package: Any, slide: Any, name: str, drawing: Drawing, figure: Figure, brand: Brand, look: Look) -> str:
    """Add a chart and its workbook, `name` in their files' names; the id by which the slide's part knows it."""
    setting = _setting(figure, drawing, look)
    book = Part(PackURI(f"/ppt/embeddings/{name}.xlsx"), CONTENT_TYPE.SML_SHEET, package, workbook_of(figure))
    chart = Part(PackURI(f"/ppt/charts/{name}.xml"), CONTENT_TYPE.DML_CHART, package)
    relation = chart.relate_to(book, RT.PACKAGE)
    chart.blob = chart_xml(figure, setting, brand.colours, look.paint, drawing.language, relation)
    return slide.relate_to(chart, RT.CHART)
