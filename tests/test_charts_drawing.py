"""Drawings: the same bytes each time, the document's fonts in PDF, outlines in pictures."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image
from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from charts.chart import Chart
from charts.drawn.drawing import Drawing, draw
from charts.lettering import register_font
from charts.plot import Bounds
from charts.style import contrast
from data.look.brand import Brand, Colours, Fonts
from data.look.fonts import coverage, shipped_family
from tests.charting import bars_of, chart_of, collisions, drawn, levels_of, patches, range_of

ROOT = Path(__file__).resolve().parent.parent
JOBS = ["Machine Learning Engineer", "Data Scientist", "Artificial Intelligence Engineer"]
CHARTS: dict[str, Chart] = {
    "bar": chart_of("bar", JOBS, [120000, 110000, 115000], "money", "USD", JOBS[:1]),
    "line": chart_of("line", [2015, 2016, 2017], [10000, None, 20000], along="year"),
    "share": chart_of("share", ["Technology", "Finance"], [40, 25], "percent"),
    "range": range_of(["New York", "London"], [115000, 60000], [160000, 85000], ["USD", "GBP"]),
    "levels": levels_of(["Python", "R"], ["High", "Low"], ["Low", "High"]),
    "bars": bars_of(["Art", "Law"], {"Women": [3, 5], "Men": [4, None]}),
}


def page(chart: Chart, path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PDF page with nothing but the drawing."""
    monkeypatch.setattr(rl_config, "canvas_basefontname", register_font(shipped_family("Source Sans Pro").regular))
    canvas = Canvas(
        str(path), pagesize=(500, 400), initialFontName=register_font(shipped_family("Source Sans Pro").regular)
    )
    drawn(chart).on_canvas(canvas, 30, 20)
    canvas.save()
    return path


@pytest.mark.parametrize("kind", CHARTS)
def test_text_on_a_pdf_page_can_be_selected(
    kind: str, tmp_path: Path, tool: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = page(CHARTS[kind], tmp_path / "chart.pdf", monkeypatch)
    text = subprocess.run([tool("pdftotext"), "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
    for label in drawn(CHARTS[kind]).plot.labels:
        assert label.text in text.replace("\u00a0", " ").replace("  ", " ") or label.text in text


def test_a_pdf_page_has_only_the_documents_fonts_embedded(
    tmp_path: Path, tool: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = page(CHARTS["bar"], tmp_path / "chart.pdf", monkeypatch)
    listed = subprocess.run([tool("pdffonts"), file], capture_output=True, text=True, check=True).stdout
    fonts = [line.split() for line in listed.splitlines()[2:]]
    assert {font[0].split("+")[-1] for font in fonts} == {"SourceSansPro-Regular", "SourceSansPro-Bold"}
    assert all(font[-5] == "yes" for font in fonts), listed


def test_a_vector_drawing_takes_about_a_kilobyte() -> None:
    sizes: list[int] = []
    for times in (1, 11):
        file = io.BytesIO()
        canvas = Canvas(file, pageCompression=1, invariant=1)
        for chart in [CHARTS["bar"]] * times:
            drawn(chart).on_canvas(canvas, 0, 0)
            canvas.showPage()
        canvas.save()
        sizes.append(len(file.getvalue()))
    assert sizes[1] - sizes[0] < 10 * 1500


@pytest.mark.parametrize("kind", CHARTS)
def test_svg_pictures_hold_only_paths(kind: str) -> None:
    svg = drawn(CHARTS[kind], 860, text_size=16).svg().decode()
    assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert "<text" not in svg
    assert " id=" not in svg
    assert svg.count("<path") == svg.count("<") - 2


def test_png_pictures_have_two_pixels_to_the_point_on_exact_colours() -> None:
    drawing = drawn(CHARTS["bar"], 430)
    picture = Image.open(io.BytesIO(drawing.png()))
    assert picture.size == (860, round(drawing.height * 2))
    assert round(picture.info["dpi"][0]) == 144
    colours = {colour for _, colour in picture.convert("RGB").getcolors(1 << 20) or []}
    assert {(255, 255, 255), (0x0B, 0x5C, 0x8A), (0x87, 0x92, 0xA1)} <= colours


def test_the_same_chart_gives_the_same_bytes_in_another_process() -> None:
    program = (
        "import hashlib\n"
        "from tests.test_charts_drawing import CHARTS, drawn\n"
        "for name, chart in CHARTS.items():\n"
        "    drawing = drawn(chart)\n"
        "    print(name, hashlib.sha256(drawing.svg()).hexdigest(), hashlib.sha256(drawing.png()).hexdigest())\n"
    )
    other = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for line in other.splitlines():
        name, svg, png = line.split()
        drawing = drawn(CHARTS[name])
        assert hashlib.sha256(drawing.svg()).hexdigest() == svg
        assert hashlib.sha256(drawing.png()).hexdigest() == png


def test_reading_charts_imports_nothing_that_draws() -> None:
    program = "import sys, charts.kinds.registry, charts.drawn.drawing; print([m for m in ('reportlab', 'PIL') if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert said.split() == ["[]"]


def test_a_drawing_fills_the_height_it_is_given() -> None:
    for chart in CHARTS.values():
        assert drawn(chart, height=300).height == 300


def test_a_drawing_that_needs_more_height_says_so() -> None:
    assert drawn(chart_of("bar", [f"Row {i}" for i in range(60)], range(60)), height=100).height > 600


def test_a_character_that_the_face_lacks_comes_from_a_fallback_font() -> None:
    serif = shipped_family("Source Serif Pro")
    sans = Fonts().heading
    only_serif = chr(min(coverage(serif.regular) - coverage(sans.regular) - set(range(0x2000))))
    brand = replace(Brand(), fonts=replace(Fonts(), fallback=(serif.regular,)))
    file = io.BytesIO()
    canvas = Canvas(file)
    draw(chart_of("bar", [f"a{only_serif}b"], [1]), brand, language="en-US", width=300).on_canvas(canvas, 0, 0)
    canvas.save()
    assert b"SourceSerifPro-Regular" in file.getvalue()


def test_pale_brand_colours_never_make_unreadable_text() -> None:
    brand = replace(Brand(), colours=Colours(accent="#FFB81C", mark="#7F93B2"))
    for chart in (CHARTS["bar"], chart_of("share", ["A", "B"], [60, 40], "percent", highlight=["A"])):
        drawing = draw(chart, brand, language="en-US", width=400)
        for label in drawing.plot.labels:
            under = _ground(drawing, label.box, brand.colours.paper)
            assert contrast(label.colour, under) >= 4.5, label


def _ground(drawing: Drawing, box: Bounds, paper: str) -> str:
    """The colour under a label."""
    for mark, patch in patches(drawing):
        if mark.touches(box) and patch.fill:
            return patch.fill
    return paper


def test_a_share_bar_fills_the_height_it_is_given_and_its_figures_grow_with_it() -> None:
    low, high = drawn(CHARTS["share"]), drawn(CHARTS["share"], height=200)
    assert high.height == pytest.approx(200)
    assert max(box.bottom for box, _ in patches(high)) > 180
    sizes = [max(label.size for label in drawing.plot.labels) for drawing in (low, high)]
    assert sizes[1] > 1.5 * sizes[0]
    assert not list(collisions(high))


def test_names_of_two_lines_stand_clear_of_each_other_even_in_a_low_chart() -> None:
    chart = drawn(CHARTS["bar"], width=210, height=10)
    names = [label.box for label in chart.plot.labels if label.x == 0]
    steps = [below.top - above.top for above, below in pairwise(sorted(names, key=lambda box: box.top))]
    assert max(steps) >= 1.4 * min(steps)
