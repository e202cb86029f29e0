"""Colours: contrast, differences, colour-vision deficiencies, the nearest that passes, and what a brand is told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from charts.chart import Chart
from charts.colours import marks, neighbours, series
from charts.drawn.drawing import Drawing, draw
from charts.kinds.registry import KINDS
from data.errors import Place, Problem
from data.look.brand import Brand, Colours
from data.look.colour import (
    MARKS,
    TEXT,
    TOLD_APART,
    VIEWS,
    apart,
    as_seen,
    ciede2000,
    cielab,
    contrast,
    difference,
    hexadecimal,
    linear,
    nearest,
    nearest_passing,
    oklab,
    told_apart,
)
from data.project_folder import BUILT_IN
from reports.deck.templates.own_layouts import own_layouts
from reports.document.blocks import Figure
from reports.document.tree import walk
from reports.pdf.handout.look import STEPS, look_at
from reports.pdf.styles import ParagraphStyle, styles
from reports.runs.check import warnings
from reports.runs.colours import Shown, brand_colour_problems, colour_warnings
from reports.runs.read import Options, read
from tests.charting import (
    band_of,
    bars_of,
    box_of,
    bullets_of,
    chart_of,
    columns_of,
    histogram_of,
    is_open,
    levels_of,
    middles_of,
    range_of,
    scatter_of,
    series_of,
    stacked_of,
)

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")
greys = st.integers(0, 255).map(lambda level: f"#{level:02X}{level:02X}{level:02X}")

# -- measures --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#FFFFFF", 21.0),
        ("#767676", "#FFFFFF", 4.54),
        ("#777777", "#FFFFFF", 4.48),
        ("#949494", "#FFFFFF", 3.03),
        ("#FF0000", "#FFFFFF", 4.0),
        ("#0000FF", "#FFFFFF", 8.59),
        ("#123456", "#123456", 1.0),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize("wrong", ["", "#FFF", "FFFFFF", "#GGGGGG", "#FFFFFF ", "red", "#+1+1+1"])
def test_what_is_no_colour_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="is not a colour"):
        linear(wrong)


@given(colours)
def test_a_colour_survives_the_way_to_light_and_back(colour: str) -> None:
    assert hexadecimal(linear(colour)) == colour


# pairs with their differences from Sharma, Wu and Dalal 2005, table 1: turns of hue over 0 and 180 degrees, greys,
# blues whose hue and chroma depend on each other, large and tiny differences
@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 3.1571, -77.2803), (50.0, 0.0, -82.7485), 2.8615),
        ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0000),
        ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
        ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0009), 7.1792),
        ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0011), 7.2195),
        ((50.0, -0.001, 2.49), (50.0, 0.0009, -2.49), 4.8045),
        ((50.0, -0.001, 2.49), (50.0, 0.0011, -2.49), 4.7461),
        ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((50.0, 2.5, 0.0), (61.0, -5.0, 29.0), 22.8977),
        ((50.0, 2.5, 0.0), (56.0, -27.0, -3.0), 31.9030),
        ((50.0, 2.5, 0.0), (58.0, 24.0, 15.0), 19.4535),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((63.0109, -31.0961, -5.8663), (62.8187, -29.7946, -4.0864), 1.2630),
        ((90.8027, -2.0831, 1.4410), (91.1528, -1.6435, 0.0447), 1.4441),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_differences_are_those_of_ciede2000(one: Any, other: Any, expected: float) -> None:
    assert ciede2000(one, other) == pytest.approx(expected, abs=5e-5)
    assert ciede2000(other, one) == pytest.approx(expected, abs=5e-5)


def test_cielab_and_oklab_agree_with_published_values() -> None:
    assert cielab("#FF0000") == pytest.approx((53.24, 80.09, 67.20), abs=0.03)
    assert cielab("#FFFFFF") == pytest.approx((100, 0, 0), abs=1e-9)
    assert oklab("#FF0000") == pytest.approx((0.6280, 0.2249, 0.1258), abs=1e-4)
    assert oklab("#FFFFFF") == pytest.approx((1, 0, 0), abs=1e-4)
    assert difference("#000000", "#FFFFFF") == pytest.approx(100)


# -- views -----------------------------------------------------------------------


@pytest.mark.parametrize("view", VIEWS)
@given(grey=greys)
def test_everybody_sees_greys_as_they_are(view: Any, grey: str) -> None:
    assert as_seen(grey, view) == grey


@given(colours)
def test_greyscale_is_grey_and_as_light(colour: str) -> None:
    grey = as_seen(colour, "in greyscale")
    assert grey[1:3] == grey[3:5] == grey[5:7]
    assert contrast(grey, colour) == pytest.approx(1, abs=0.08)


def test_red_and_green_look_alike_with_deuteranopia_and_blue_and_yellow_do_not() -> None:
    red_green = apart("#D62728", "#2CA02C")
    assert red_green["in full colour"] > 60
    assert red_green["with deuteranopia"] < TOLD_APART < red_green["with tritanopia"]
    assert not told_apart("#D62728", "#2CA02C")
    assert told_apart("#1F4E9C", "#E8C000")


def test_two_colours_of_one_lightness_are_not_told_apart_on_a_photocopy() -> None:
    far = apart("#C8502D", "#00829F")
    assert far["in greyscale"] < 2
    assert min(found for view, found in far.items() if view != "in greyscale") > TOLD_APART


# -- the nearest that passes -------------------------------------------------------


@given(colour=colours, background=colours, ratio=st.sampled_from([MARKS, TEXT]))
def test_the_nearest_passing_colour_passes(colour: str, background: str, ratio: float) -> None:
    # of black and white one always has 4.58:1 or more
    found = nearest_passing(colour, background, ratio)
    assert found is not None
    assert contrast(found, background) >= ratio


@given(colour=colours, ratio=st.sampled_from([MARKS, TEXT]))
def test_a_colour_that_passes_is_its_own_nearest(colour: str, ratio: float) -> None:
    if contrast(colour, "#FFFFFF") >= ratio:
        assert nearest_passing(colour, "#FFFFFF", ratio) == colour


@given(colour=colours, background=colours, ratio=st.sampled_from([MARKS, TEXT]))
def test_the_nearest_passing_colour_keeps_its_hue_and_only_just_passes(
    colour: str, background: str, ratio: float
) -> None:
    found = nearest_passing(colour, background, ratio)
    assert found is not None
    _, *was = oklab(colour)
    _, *now = oklab(found)
    # across the line from the old colour to grey lies at most what rounding to 8 bits moves a dark colour by
    chroma = (was[0] ** 2 + was[1] ** 2) ** 0.5
    if chroma > 0.02 and oklab(found)[0] > 0.25:
        assert abs(was[0] * now[1] - was[1] * now[0]) / chroma < 0.012
    if found != colour:
        assert contrast(found, background) < ratio * 1.06
    for extreme in ("#000000", "#FFFFFF"):
        if contrast(extreme, background) >= ratio:
            assert difference(found, colour) <= difference(extreme, colour) + 0.5


@given(colour=colours)
def test_no_random_colour_that_passes_is_much_nearer(colour: str) -> None:
    found = nearest_passing(colour, "#FFFFFF", TEXT)
    assert found is not None
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    for part in (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 1.0):  # towards black, channel by channel alike
        other = f"#{round(red * part):02X}{round(green * part):02X}{round(blue * part):02X}"
        if contrast(other, "#FFFFFF") >= TEXT:
            assert difference(found, colour) <= difference(other, colour) + 3


def test_blue_stays_blue_when_it_gets_lighter() -> None:
    found = nearest_passing("#0000FF", "#000000", TEXT)
    assert found is not None
    red, green, blue = (int(found[i : i + 2], 16) for i in (1, 3, 5))
    assert blue == 255
    assert red < green


def test_where_nothing_passes_there_is_no_nearest_colour() -> None:
    assert nearest_passing("#123456", "#777777", 7) is None
    assert nearest("#123456", lambda _: False) is None


# -- which colours charts have -----------------------------------------------------

NAMED = {"accent": "#0000FF", "mark": "#00FF00", "ink": "#FF0000", "muted": "#00FFFF", "paper": "#FFFFFF"}
BRAND = Brand(colours=replace(Colours(), **NAMED))
HAIRLINE = Colours().hairline.lower()
MAKES_COLOURS = {"stacked", "waffle"}
NAMES = {colour.lower(): name for name, colour in NAMED.items()}
AB = ("A", "B")

MADE = {
    "bar": chart_of("bar", AB, (1, 2)),
    "bar, highlighted": chart_of("bar", AB, (1, 2), highlight=["A"]),
    "bar, all highlighted": chart_of("bar", AB, (1, 2), highlight=AB),
    "bars of two": bars_of(AB, {"x": (1, 2), "y": (2, 3)}, highlight=["A"]),
    "bars of three": bars_of(AB, {"x": (1, 2), "y": (2, 3), "z": (3, 4)}),
    "bars of four": bars_of(AB, {"x": (1, 2), "y": (2, 3), "z": (3, 4), "w": (4, 5)}),
    "bars of four, highlighted": bars_of(
        AB, {"x": (1, 2), "y": (2, 3), "z": (3, 4), "w": (4, 5)}, highlight=["A"]
    ),
    "bullet": bullets_of(AB, (1, 2), (2, 3)),
    "bullet, highlighted": bullets_of(AB, (1, 2), (2, 3), highlight=["A"]),
    "dot": chart_of("dot", AB, (1, 2)),
    "dot, highlighted": chart_of("dot", AB, (1, 2), highlight=["A"]),
    "dots of two": replace(bars_of(AB, {"x": (1, 2), "y": (2, 3)}, highlight=["A"]), kind="dot"),
    "column": chart_of("column", (2020, 2021), (1, 3), along="year"),
    "column, highlighted": chart_of("column", (2020, 2021), (1, 3), along="year", highlight=["2021"]),
    "slope": series_of("slope", {name: {2015: 1, 2023: 2} for name in AB}),
    "slope, highlighted": series_of("slope", {name: {2015: 1, 2023: 2} for name in AB}, highlight=["A"]),
    "multiples": series_of("multiples", {name: {2015: 1, 2023: 2} for name in AB}),
    "multiples, highlighted": series_of("multiples", {name: {2015: 1, 2023: 2} for name in AB}, highlight=["A"]),
    "band": band_of([2015, 2016], [1, 2], [2, 3], [4, 4]),
    "line of three, one highlighted": series_of("line", {n: {2015: 1, 2023: 2} for n in "ABC"}, highlight=["A"]),
    "levels": levels_of(AB, ("low", "high"), ("low", "mid", "high")),
    "levels, highlighted": levels_of(AB, ("low", "high"), ("low", "mid", "high"), highlight=["B"]),
    "line": chart_of("line", (2020, 2021, 2022), (1, 3, 2), along="year"),
    "line, highlighted": chart_of("line", (2020, 2021, 2022), (1, 3, 2), along="year", highlight=["2021"]),
    "range": range_of(AB, (1, 2), (3, 4), ("USD", "USD")),
    "range, highlighted": range_of(AB, (1, 2), (3, 4), ("USD", "USD"), highlight=["A"]),
    "range with a middle": middles_of(AB, (1, 2), (3, 4), (5, 6)),
    "range with a middle, highlighted": middles_of(AB, (1, 2), (3, 4), (5, 6), highlight=["A"]),
    "box": box_of({"A": (1, 2, 3, 4, 5), "B": (2, 3, 4, 5, 6)}),
    "box, highlighted": box_of({"A": (1, 2, 3, 4, 5), "B": (2, 3, 4, 5, 6)}, highlight=["A"]),
    "histogram": histogram_of(range(30)),
    "histogram, highlighted": histogram_of(range(30), highlight=("0",)),
    "scatter": scatter_of(AB, (1, 2), (3, 4)),
    "scatter, highlighted": scatter_of(AB, (1, 2), (3, 4), highlight=["A"]),
    "tilemap": chart_of("tilemap", ("Ohio", "Utah"), (1, 9)),
    "tilemap, highlighted": chart_of("tilemap", ("Ohio", "Utah"), (1, 9), highlight=["Ohio"]),
    "share": chart_of("share", AB, (60, 30), "percent"),
    "table": columns_of(AB, {"x": ("integer", (1, 2)), "y": ("money", (3, 4))}),
    "table, highlighted": columns_of(AB, {"x": ("integer", (1, 2)), "y": ("money", (3, 4))}, highlight=["A"]),
    "waffle": chart_of("waffle", AB, (60, 40), "percent"),
    "stacked": stacked_of(AB, {"x": (10, 20), "y": (30, 40), "z": (50, 30)}),
    "stacked, highlighted": stacked_of(AB, {"x": (10, 20), "y": (30, 40), "z": (50, 30)}, highlight=["s0"]),
    "share, highlighted": chart_of("share", AB, (60, 30), "percent", highlight=["A"]),
}  # fmt: skip


def drawn_colours(drawing: Drawing) -> tuple[set[str], set[str]]:
    """Names of the colours of filled marks and thick lines, and of outlines; of steps that are made of them there are none,
    and paper is what marks lie on."""
    fills: set[str] = set()
    edges: set[str] = set()
    for shape in drawing.plot.shapes:
        fills |= {shape.fill.lower()} if shape.fill else set()
        if shape.line and is_open(shape):
            # a hairline is decoration, as thick as it may be
            fills |= {shape.line.lower()} - {HAIRLINE} if shape.thick > 1 else set()
        elif shape.line:
            edges.add(shape.line.lower())
    # colours that are made from the brand's are tested where they are made
    fills, edges = fills - {NAMED["paper"].lower()}, edges - {NAMED["paper"].lower()}  # what a mark is set off by
    return {NAMES[c] for c in fills if c in NAMES}, {NAMES[c] for c in edges if c in NAMES}


def agrees(chart: Chart) -> None:
    """The colours of a chart are those that are checked, or, where it makes its own, such as need no check."""
    if chart.kind in MAKES_COLOURS:
        fills, _ = drawn_colours(draw(chart, BRAND, language="en-US", width=438))
        assert all(contrast(NAMED.get(colour, colour), "#FFFFFF") >= MARKS for colour in fills)
        assert series(chart) == ()
        return
    fills, edges = drawn_colours(draw(chart, BRAND, language="en-US", width=438))
    assert fills == set(series(chart))
    # what nobody stated is a part outlined in the colour of grey text
    assert fills | edges - {"muted"} == set(marks(chart))


@pytest.mark.parametrize("name", MADE)
def test_a_chart_is_drawn_in_the_colours_that_are_checked(name: str) -> None:
    agrees(MADE[name])


def test_every_kind_is_among_the_charts_tested_here() -> None:
    assert {chart.kind for chart in MADE.values()} == set(KINDS)


@pytest.mark.parametrize("name", ["machine-learning-engineer", "college-majors"])
def test_the_built_in_charts_are_drawn_in_the_colours_that_are_checked(name: str) -> None:
    reading = read(BUILT_IN / name, Options())
    charts = {b.chart.id: b.chart for o in reading.outputs for b in walk(o.document.blocks) if isinstance(b, Figure)}
    assert len(charts) >= 8
    for chart in charts.values():
        agrees(chart)


def test_three_bars_in_a_row_are_all_neighbours_and_a_line_has_none() -> None:
    assert neighbours(MADE["bars of three"]) == (("accent", "mark"), ("accent", "ink"), ("mark", "ink"))
    assert neighbours(MADE["bar, highlighted"]) == (("accent", "mark"),)
    assert neighbours(MADE["line, highlighted"]) == ()


# -- which colours text has --------------------------------------------------------


def test_text_in_pdf_has_colours_that_are_checked_as_text() -> None:
    looks = [styles(BRAND), *(look_at(step, BRAND) for step in STEPS)]
    found = {
        value.colour
        for look in looks
        for name in look.__struct_fields__
        if isinstance(value := getattr(look, name), ParagraphStyle)
    }
    assert found == {NAMED[name] for name in ("ink", "accent", "muted")}


def test_text_on_slides_has_colours_that_are_checked_as_text() -> None:
    # tx1 is ink, tx2 muted, bg1 paper, bg2 tint
    for layout in own_layouts():
        assert layout.background in ("bg1", "bg2")
        for spot in layout.spots:
            if spot.colour == "bg1":
                assert any(m.colour == "accent1" and m.box.height >= spot.box.height for m in layout.marks), spot.name
            else:
                assert spot.colour in ("tx1", "tx2", "accent1"), spot.name


# -- what a brand is told ----------------------------------------------------------


def problems_of(*charts: Chart, on: Any = "paper", **changed: Any) -> list[Problem]:
    brand = Brand(colours=replace(Colours(), **changed))
    return brand_colour_problems(brand, lambda name: Place("brand.toml", len(name)), [Shown(c, on) for c in charts])


def said(problems: Sequence[Problem]) -> list[str]:
    return [f"{problem.message} {problem.remedy}" for problem in problems]


EVERY = tuple(replace(chart, id=name) for name, chart in MADE.items())


def test_the_default_colours_are_fine_for_every_kind_of_chart() -> None:
    assert problems_of(*EVERY) == []


@pytest.mark.parametrize("name", ["machine-learning-engineer", "college-majors", "career-fair"])
def test_the_built_in_brands_are_fine(name: str) -> None:
    assert colour_warnings(read(BUILT_IN / name, Options())) == []


def test_an_accent_too_light_for_text_is_told_with_its_ratios_and_the_nearest_that_passes() -> None:
    first = problems_of(accent="#7FB2D0")[0]
    shown = Colours(accent="#7FB2D0").accent_text
    assert first.message == (
        "accent #7FB2D0 on paper #FFFFFF has 2.2:1 and on tint #EEF3F7 2.0:1, text needs 4.5:1 and is set in"
        f" {shown}; bars and rules keep it, and those of charts need 3:1."
    )
    assert first.remedy == f"Use {shown}."
    better = first.remedy.removeprefix("Use ").rstrip(".")
    assert contrast(better, "#EEF3F7") >= TEXT
    assert first.severity == "warning"
    assert first.place == Place("brand.toml", len("accent"))


def test_what_is_enough_for_large_letters_says_so() -> None:
    assert (
        "has 3.5:1 and on tint #EEF3F7 3.1:1, enough for large letters only; text needs 4.5:1 and is set in"
        in said(problems_of(ink="#888888"))[0]
    )


def test_a_ratio_that_fails_never_looks_as_if_it_passed() -> None:
    assert "has 4.4:1" in problems_of(muted="#777777")[0].message  # 4.48


def test_marks_need_three_to_one() -> None:
    assert said(problems_of(mark="#CCCCCC")) == [
        "mark #CCCCCC on paper #FFFFFF has 1.6:1, marks of charts need 3:1. Use #949494."
    ]
    assert problems_of(mark="#949494") == []


def test_a_hairline_is_decoration() -> None:
    assert problems_of(hairline="#FFFFFF") == []


def test_a_tint_on_which_nothing_can_be_read_is_itself_at_fault() -> None:
    (problem,) = problems_of(tint="#16202E")
    assert problem.message.startswith("tint #16202E has 2.2:1 with accent #0B5C8A, 1.0:1 with ink #16202E and")
    better = problem.remedy.removeprefix("Use ").rstrip(".")
    assert problems_of(tint=better) == []


def test_an_accent_that_only_just_fails_on_the_tint_may_stay_and_the_tint_gets_lighter() -> None:
    first = problems_of(accent="#0072CE")[0]
    assert first.message == "tint #EEF3F7 has 4.3:1 with accent #0072CE, text needs 4.5:1 and stands on #F2F7FB."


def test_red_and_green_series_are_told_with_the_charts_that_have_them() -> None:
    charts = [replace(MADE["bars of two"], id=name) for name in ("pay", "jobs")]
    found = [p for p in problems_of(*charts, accent="#C62020", mark="#2E8B2E") if p.message.startswith("mark")]
    assert len(found) == 1
    assert found[0].message.startswith(
        "mark #2E8B2E and accent #C62020 look alike in greyscale and with deuteranopia in the charts 'pay' and 'jobs':"
    )
    assert found[0].message.endswith("and 10 is needed.")
    assert found[0].place == Place("brand.toml", len("mark"))


def test_ink_like_the_accent_matters_only_where_a_chart_has_three_series() -> None:
    navy = "#00274C"
    assert problems_of(accent=navy) == problems_of(MADE["bars of two"], accent=navy) == []
    (problem,) = problems_of(replace(MADE["bars of three"], id="three"), accent=navy)
    assert problem.message.startswith(f"ink #16202E and accent {navy} look alike in the chart 'three':")


def test_a_chart_on_a_tint_needs_marks_that_are_seen_there() -> None:
    chart = MADE["bar, highlighted"]
    assert problems_of(chart) == []
    assert said(problems_of(chart, on="tint"))[0] == (
        "mark #8792A1 on tint #EEF3F7 has 2.8:1, marks of charts need 3:1. Use #828D9C."
    )
    assert problems_of(MADE["bar"], on="tint") == []


def test_the_second_colour_is_not_asked_of_a_brand_with_a_template_of_its_own() -> None:
    brand = Brand(colours=replace(Colours(), second="#EEEEEE"))
    assert brand_colour_problems(brand, lambda _: Place("brand.toml"))
    own = replace(brand, template=Path("own.pptx"))
    assert brand_colour_problems(own, lambda _: Place("brand.toml")) == []


def test_where_no_colour_passes_the_others_are_to_be_changed() -> None:
    # on this grey only what is nearly black is readable, and two such colours are alike
    found = problems_of(MADE["bars of three"], paper="#777777")
    assert "No colour like it passes: change the others." in {problem.remedy for problem in found}


@settings(max_examples=25, deadline=None)
@given(accent=colours, mark=colours, muted=colours, tint=colours)
def test_whoever_takes_every_proposal_is_warned_no_more(accent: str, mark: str, muted: str, tint: str) -> None:
    given_colours = {"accent": accent, "mark": mark, "muted": muted, "tint": tint}
    found = problems_of(*EVERY, **given_colours)
    assume(all(problem.remedy.startswith("Use #") for problem in found))
    better = {problem.message.split()[0]: problem.remedy[4:11] for problem in found}
    assert problems_of(*EVERY, **{**given_colours, **better}) == []
    assert found == problems_of(*EVERY, **given_colours)


# -- in a project ------------------------------------------------------------------


def test_a_faint_accent_is_warned_of_at_its_line_and_does_not_stop_a_build(small_project: Path) -> None:
    brand = 'institution = "Test University"\n\n[colours]\nink = "#16202E"\naccent = "#FFCB05"\n'
    (small_project / "brand.toml").write_text(brand, encoding="utf-8")
    found = colour_warnings(read(small_project, Options()))
    assert str(found[0]).startswith("brand.toml:5: accent #FFCB05 on paper #FFFFFF has 1.5:1 and on tint")
    assert {problem.severity for problem in found} == {"warning"}
    assert set(found) <= set(warnings(read(small_project, Options())))


def test_a_chart_in_a_callout_of_the_report_is_seen_on_a_tint(small_project: Path) -> None:
    project = small_project / "project.toml"
    project.write_text(project.read_text("utf-8").replace('y = "job"\n', 'y = "job"\nhighlight = "Engineer"\n'))
    for name in ("report", "deck"):
        story = small_project / f"story/{name}.md"
        chart = "![Pay by job](chart:pay)"
        story.write_text(story.read_text("utf-8").replace(chart, f"::: callout\nLook.\n\n{chart}\n:::"), "utf-8")
    found = colour_warnings(read(small_project, Options()))
    assert str(found[0]).startswith("brand.toml: mark #8792A1 on tint #EEF3F7 has 2.8:1")
    assert colour_warnings(read(small_project, Options(only=("deck",)))) == []
