#!/usr/bin/env bash
# betteroffice-pptx 0.2.1, which draws PowerPoint files without an office program, puts lines of charts where their
# numbers are not, without a word. A line whose year 2021 has no value, in a chart that says dispBlanksAs="gap" (ECMA-376
# part 1, 21.2.2.42), falls to zero there. A line of 40 through columns of 80, on the same two axes whose upper end is
# left to the program, stands at 73: it is drawn on a scale of its own. PowerPoint and LibreOffice leave a gap, and draw
# the line at half the columns' height. Whoever looks at slides by such pictures sees numbers that the data do not have.
# Seen: "a line of 60 to 80 reaches down to 0; a line of 40 stands at 73". Exits 1 when that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check \
    betteroffice-pptx==0.2.1 python-pptx==1.0.2 pillow==11.3.0 reportlab==4.4.4
found=$("$work/venv/bin/python" - "$work" <<'PYTHON'
import copy
import io
import sys
from pathlib import Path

import betteroffice_pptx as office
import reportlab
from lxml import etree
from PIL import Image
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
FONT = Path(reportlab.__file__).with_name("fonts") / "Vera.ttf"


def chart_on_slide(kind, series, most):
    deck = Presentation()
    data = CategoryChartData()
    data.categories = ["2019", "2020", "2021", "2022", "2023"]
    for name, values in series.items():
        data.add_series(name, values)
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    chart = slide.shapes.add_chart(kind, Inches(1), Inches(1), Inches(8), Inches(5), data).chart
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, most
    chart.value_axis.has_major_gridlines = chart.has_legend = False
    return deck, chart


def rows_of(deck, colour):
    """Rows of the picture that hold a colour, from top to bottom; 0 to 1."""
    path = Path(sys.argv[1], "deck.pptx")
    deck.save(path)
    slides = office.Presentation.open_path(str(path))
    for family in ("Calibri", "Arial"):
        slides.register_font(family, FONT.read_bytes())
    picture = Image.open(io.BytesIO(slides.render_png(0).bytes)).convert("RGB")
    wide, high = picture.size
    near = [y for y in range(high) for x in range(wide) if max(abs(a - b) for a, b in zip(picture.getpixel((x, y)), colour)) < 40]
    return min(near) / high, max(near) / high


deck, chart = chart_on_slide(XL_CHART_TYPE.LINE, {"Placed": (70, 60, None, 75, 80)}, 100)
assert b'dispBlanksAs val="gap"' in chart.part.blob
chart.plots[0].series[0].format.line.color.rgb = RGBColor(255, 0, 0)
high, low = rows_of(deck, (255, 0, 0))
# the chart is two thirds of the slide high: 20 of 100 are at most 0.14 of it, 80 of 100 about 0.5
print("a line of 60 to 80", "reaches down to 0" if low - high > 0.3 else "leaves a gap", end="; ")

deck, chart = chart_on_slide(XL_CHART_TYPE.COLUMN_CLUSTERED, {"Visits": (80,) * 5, "Target": (40,) * 5}, None)
columns = chart._chartSpace.find(f".//{C}barChart")
target = columns.findall(f"{C}ser")[1]
lines = etree.SubElement(columns.getparent(), f"{C}lineChart")
columns.addnext(lines)
etree.SubElement(lines, f"{C}grouping", val="standard")
for gone in target.findall(f"{C}invertIfNegative"):
    target.remove(gone)
lines.append(target)
for axis in columns.findall(f"{C}axId"):
    lines.append(copy.deepcopy(axis))
chart.plots[0].series[0].format.fill.solid()
chart.plots[0].series[0].format.fill.fore_color.rgb = RGBColor(0, 0, 255)
chart.plots[1].series[0].format.line.color.rgb = RGBColor(255, 0, 0)
top, floor = rows_of(deck, (0, 0, 255))
line, _ = rows_of(deck, (255, 0, 0))
print("a line of 40 stands at", round(80 * (floor - line) / (floor - top)))
PYTHON
)
echo "$found"
[ "$found" = "a line of 60 to 80 reaches down to 0; a line of 40 stands at 73" ]
