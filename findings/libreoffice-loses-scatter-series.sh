#!/usr/bin/env bash
# LibreOffice 7.4.7.2 (Debian 7.4.7-1+deb12u14), which turns slides into PDF, leaves series of a scatter chart out,
# without a word: all that stand before one with more points. Of series with 3, 4 and 6 points only the last is drawn, on axes
# that fit it alone; the key names all three. Each series has its own numbers across and up (ECMA-376 part 1, 21.2.2.226 and
# 21.2.2.231), which may be as many as they like, and PowerPoint draws them all. With the longest series first all are there.
# Whoever checks slides in LibreOffice sees less than the deck says, and nothing that points to it.
# Seen: "3, 4, 6 points: series drawn: 1; 6, 4, 3 points: series drawn: 3". Exits 1 when that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check python-pptx==1.0.2 pillow==11.3.0
found=$("$work/venv/bin/python" - "$work" <<'PYTHON'
import subprocess
import sys
from pathlib import Path

from PIL import Image
from pptx import Presentation
from pptx.chart.data import XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

WORK = Path(sys.argv[1])
COLOURS = ((255, 0, 0), (0, 160, 0), (0, 0, 255))


def drawn(counts):
    """How many of the series have a dot in the picture."""
    deck = Presentation()
    data = XyChartData()
    for place, count in enumerate(counts):
        series = data.add_series(f"Series {place}")
        for at in range(count):
            series.add_data_point(at + 1, 10 * (place + 1) + at)
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    chart = slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, Inches(1), Inches(1), Inches(8), Inches(5), data).chart
    chart.has_legend = False
    for series, colour in zip(chart.plots[0].series, COLOURS):
        series.marker.size = 20
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = RGBColor(*colour)
        series.format.line.fill.background()
    deck.save(WORK / "deck.pptx")
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{WORK}/office", "--headless", "--convert-to", "png",
         "--outdir", str(WORK), str(WORK / "deck.pptx")],
        check=True, capture_output=True,
    )  # fmt: skip
    with Image.open(WORK / "deck.png") as picture:
        seen = {colour for _, colour in picture.convert("RGB").getcolors(1 << 20)}
    return sum(any(max(abs(a - b) for a, b in zip(one, colour)) < 8 for one in seen) for colour in COLOURS)


print("; ".join(f"{', '.join(map(str, c))} points: series drawn: {drawn(c)}" for c in ((3, 4, 6), (6, 4, 3))))
PYTHON
)
echo "$found"
[ "$found" = "3, 4, 6 points: series drawn: 1; 6, 4, 3 points: series drawn: 3" ]
