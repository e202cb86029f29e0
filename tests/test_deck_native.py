"""Charts that PowerPoint draws: what stands in their parts and in their workbooks is what the table says."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from msgspec.structs import replace
from pptx import Presentation
from python_calamine import CalamineWorkbook

from charts.chart import Chart
from charts.drawn.drawing import draw
from charts.editable.figure import Figure
from data.language.show import Scale, date_format, number_format
from data.look.brand import Brand
from data.tables.value import Measure
from reports.deck.native.layout import SIZES, Setting, inner, largest, rows_fit
from reports.deck.native.part import Look, figure_of
from reports.deck.writer import write_deck
from reports.powerpoint.workbook import column_letters, serial
from tests.chart_case import ChartCase, cases
from tests.charting import (
    Numbers,
    bars_of,
    chart_of,
    middles_of,
    range_of,
    scatter_of,
    series_of,
    stacked_of,
)
from tests.decks import BRAND, document, everything, everything_file, figure
from tests.gallery import examples

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
NATIVE = {"bar", "bars", "column", "dot", "line", "range", "scatter", "share", "slope", "stacked"}
"""Kinds that PowerPoint draws."""
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
ROWS = {"dot", "range"}
LOOK = Look("Source Sans 3", 1.0, {})


def figured(chart: Chart, language: str = "en-US") -> Figure | None:
    return figure_of(draw(chart, Brand(), language=language, width=860, height=340, text_size=16), LOOK)


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def in_xml(content: bytes) -> dict[str, dict[str, Decimal]]:
    """Series → category → value, as a chart's part has them."""
    found: dict[str, dict[str, Decimal]] = {}
    for series in etree.fromstring(content).iter(f"{C}ser"):
        if series.find(f"{C}xVal") is not None:
            for part in ("xVal", "yVal"):
                points = series.iterfind(f"{C}{part}//{C}pt")
                found[str(len(found))] = {pt.get("idx"): Decimal(pt.findtext(f"{C}v")) for pt in points}
            continue
        name = series.findtext(f"{C}tx//{C}v")
        names = {pt.get("idx"): pt.findtext(f"{C}v") for pt in series.iterfind(f"{C}cat//{C}pt")}
        values = {pt.get("idx"): Decimal(pt.findtext(f"{C}v")) for pt in series.iterfind(f"{C}val//{C}pt")}
        found[name] = {names[at]: value for at, value in values.items()}
    return found


def in_workbook(content: bytes, is_points: bool = False) -> dict[str, dict[str, Decimal]]:
    """The same, as its worksheet has them."""
    head, *body = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("Sheet1").to_python()

    def called(cell: object) -> str:
        return str(serial(cell)) if isinstance(cell, datetime.date) else str(cell)

    if is_points:
        return {
            str(at - 1): {str(place): Decimal(repr(row[at])) for place, row in enumerate(body) if row[at] != ""}
            for at in range(1, len(head))
        }
    return {
        str(name): {called(row[0]): Decimal(repr(row[at])) for row in body if row[at] != ""}
        for at, name in enumerate(head)
        if at
    }


def rows_in_xml(content: bytes) -> dict[str, dict[str, Decimal]]:
    """Of rows of dots: name → place of the measure → value, from what refers to the worksheet's rows."""
    found: dict[str, dict[str, Decimal]] = {}
    for series in etree.fromstring(content).iter(f"{C}ser"):
        cells = str(series.findtext(f"{C}xVal/{C}numRef/{C}f"))
        points = {int(pt.get("idx")): Decimal(pt.findtext(f"{C}v")) for pt in series.iterfind(f"{C}xVal//{C}pt")}
        name = series.findtext(f"{C}tx//{C}v")
        if "$B$2:$B$" in cells:
            names = series.getparent().find(f"{C}ser").iterfind(f"{C}dLbls/{C}dLbl")
            said = ["".join(one.itertext(f"{A}t")).replace("\u2002", "") for one in names]
            found |= {said[at]: {"0": value} for at, value in points.items()}
        elif series.find(f"{C}tx/{C}strRef") is not None and cells.startswith("Sheet1!$B$"):
            found[name] = {str(at): value for at, value in points.items()}
    return {name: points for name, points in found.items() if points}


def rows_in_workbook(content: bytes) -> dict[str, dict[str, Decimal]]:
    """The same, as its worksheet has them."""
    by_measure = list(in_workbook(content).values())
    names = dict.fromkeys(name for one in by_measure for name in one)
    return {name: {str(at): one[name] for at, one in enumerate(by_measure) if name in one} for name in names}


def native_parts(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The part and the workbook of each chart."""
    every = parts(content)
    for name in sorted(every):
        if name.startswith("ppt/charts/") and name.endswith(".xml"):
            yield every[name], every[name.replace("charts", "embeddings").replace(".xml", ".xlsx")]


def in_table(chart: Chart) -> dict[str, dict[str, Decimal]]:
    """The same, as the table of a chart of rows has them: a middle, then both ends."""
    fields = [chart.table.field(name) for name in chart.measures[:1] if chart.table.field(name).low]
    ends = [str(end) for field in fields for end in (field.low, field.high)]
    names = [name for name in chart.measures if name not in [field.name for field in fields]] + ends
    names += [str(chart.role(role)) for role in ("middle", "low", "high") if chart.role(role)]
    return {
        str(row[chart.category].content): {
            str(at): row[name].number for at, name in enumerate(dict.fromkeys(names)) if not row[name].missing
        }
        for row in chart.table.rows
        if not all(row[name].missing for name in names)
    }


def deck_of(chart: Chart) -> bytes:
    return write_deck(document(replace(figure(), chart=chart)), BRAND)


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_what_powerpoint_draws_is_what_the_table_says(example: Any, tmp_path: Path) -> None:
    chart, drawing = example.drawn(tmp_path)
    ours_alone = chart.diverging or (chart.kind == "dot" and (chart.differences or chart.references))
    is_native = figured(chart, drawing.language) is not None
    assert is_native == (chart.kind in NATIVE and not ours_alone)
    found = list(native_parts(deck_of(chart))) if is_native else []
    for xml, book in found:
        if chart.kind in ROWS:
            assert rows_in_xml(xml) == rows_in_workbook(book) == in_table(chart)
            continue
        assert in_xml(xml) == in_workbook(book, chart.kind == "scatter")
        drawn = sorted(value for points in in_xml(xml).values() for value in points.values())
        wanted = [v.number for name in chart.measures for v in chart.table.values(name) if not v.missing]
        wanted += [reference.value.number for reference in chart.references for _ in range(len(wanted))]
        rest = [value for name, points in in_xml(xml).items() if name == "Not stated" for value in points.values()]
        assert drawn == sorted([*wanted, *rest])


def test_charts_are_editable_unless_the_project_wants_pictures() -> None:
    native, pictures = everything_file(), write_deck(everything(), BRAND, "picture")
    assert len(list(native_parts(native))) == 3
    assert not list(native_parts(pictures))
    charts = [s for slide in Presentation(io.BytesIO(native)).slides for s in slide.shapes if s.has_chart]
    assert len(charts) == 3
    for shape in charts:
        assert shape._element.xpath(".//p:cNvPr")[0].get("descr")
        assert not shape.chart.has_title
    assert native == write_deck(everything(), BRAND)


def test_what_the_data_lack_is_in_neither_and_said_in_words() -> None:
    chart = chart_of("bar", ["Nursing", "History"], [48_000, None], "money", "USD")
    ((xml, book),) = native_parts(deck_of(chart))
    assert in_xml(xml) == in_workbook(book) == {"Amount": {"Nursing": 48_000}}
    assert b"History: not stated" in xml


def test_a_year_without_a_row_has_its_place() -> None:
    found = figured(chart_of("line", [2019, 2021, 2022, 2023, 2024], [1, 2, 3, 4, 5], along="year"))
    assert found is not None
    assert found.categories == ("2019", "2020: not stated", "2021", "2022", "2023", "2024")
    assert found.series[0].values == (1, None, 2, 3, 4, 5)


def test_a_chart_that_would_show_less_than_ours_stays_a_picture() -> None:
    assert figured(chart_of("bar", ["A", "B"], [1, 2], "money", units=["USD", "EUR"])) is None
    assert figured(bars_of(["A", "B"], {"One": [1, 2], "Two": [3, None]})) is None
    assert figured(bars_of(["A"], {name: [1] for name in ("One", "Two", "Three", "Four")})) is None
    assert figured(stacked_of(["A"], {"Agree": [60], "Neither": [30], "Disagree": [10]}, diverging=True)) is None


def test_lines_of_months_stand_on_an_axis_of_days() -> None:
    months = [f"{2021 + i // 12}-{i % 12 + 1:02}" for i in range(36)]
    ((xml, _),) = native_parts(deck_of(chart_of("line", months, [*range(36)], along="date")))
    axis = etree.fromstring(xml).find(f".//{C}dateAx")
    assert axis is not None
    assert axis.find(f"{C}baseTimeUnit").get("val") == "months"
    assert axis.find(f"{C}majorUnit").get("val") in ("3", "6", "12")
    assert serial(datetime.date(2021, 1, 1)) == 44197


@pytest.mark.parametrize(
    ("times", "unit", "step"),
    [
        ([(datetime.date(2024, 1, 1) + datetime.timedelta(i)).isoformat() for i in range(61)], "days", 1),
        ([(datetime.date(2024, 1, 1) + datetime.timedelta(7 * i)).isoformat() for i in range(20)], "days", 7),
        ([f"{2020 + i // 4}-{3 * (i % 4) + 1:02}" for i in range(20)], "months", 3),
    ],
    ids=["days from a first to a first", "weeks", "every third month"],
)
def test_an_axis_of_days_counts_in_the_steps_of_its_times(times: list[str], unit: str, step: int) -> None:
    ((xml, _),) = native_parts(deck_of(chart_of("line", times, [*range(len(times))], along="date")))
    axis = etree.fromstring(xml).find(f".//{C}dateAx")
    assert axis is not None
    assert axis.find(f"{C}baseTimeUnit").get("val") == axis.find(f"{C}majorTimeUnit").get("val") == unit
    assert int(axis.find(f"{C}majorUnit").get("val")) % step == 0
    assert len(etree.fromstring(xml).find(f".//{C}cat").findall(f".//{C}pt")) == len(times)


def test_labels_at_the_ends_of_lines_are_moved_apart() -> None:
    lines = {name: {2020: 80 + i / 10, 2021: 85 + i / 10} for i, name in enumerate(("One", "Two", "Three"))}
    found = figured(series_of("line", lines, "percent"))
    assert found is not None
    raised = [label.raised for one in found.series for label in one.labels.values()]
    assert len(raised) == 3
    assert max(raised) - min(raised) > 0.05


def test_every_label_says_what_our_own_drawing_says(tmp_path: Path) -> None:
    for example in examples():
        chart, drawing = example.drawn(tmp_path / example.name)
        found = figure_of(drawing, LOOK)
        if found is None or chart.kind == "slope":
            continue
        ours = " ".join(label.text for label in drawing.plot.labels)
        for series in found.series:
            for label in series.labels.values():
                assert label.text in ours, example.name


@pytest.mark.parametrize(
    ("scale", "code"),
    [(Scale(6, "million", 1), '"$"#,##0.0,,"M"'), (Scale(9, "billion", 0), '"$"#,##0,,,"B"'), (None, '"$"#,##0')],
)
def test_shortened_numbers_have_a_format_that_shortens(scale: Scale | None, code: str) -> None:
    decimals = scale.decimals if scale else 0
    assert number_format(Measure("money", "USD"), decimals, "en-US", scale) == code


def test_dates_are_in_the_words_of_the_language() -> None:
    assert date_format(True, "de-DE") == "[$-407]mmm yyyy"
    assert date_format(False, "en-US") == "[$-409]d mmm yyyy"


def test_columns_of_a_worksheet_are_called_as_programs_call_them() -> None:
    assert [column_letters(i) for i in (0, 1, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "B",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


def test_axes_have_positive_numbers_and_no_clock_is_in_a_workbook() -> None:
    for xml, book in native_parts(everything_file()):
        assert all(int(value) > 0 for value in re.findall(rb'axId val="(-?\d+)"', xml))
        assert b"2000-01-01" in parts(book)["docProps/core.xml"]
        assert b'autoTitleDeleted val="1"' in xml


def test_colours_are_those_of_the_theme_where_it_has_them() -> None:
    for xml, _ in native_parts(everything_file()):
        assert b'schemeClr val="accent1"' in xml
        assert b"+mn-lt" in xml


def test_points_that_stand_out_are_a_series_of_their_own() -> None:
    chart = scatter_of(["Nursing", "History", "Physics"], [88, 45, 22], [48_000, 34_000, 53_000], highlight=["Nursing"])
    ((xml, book),) = native_parts(deck_of(chart))
    across = {"0": Decimal(88), "1": Decimal(45), "2": Decimal(22)}
    assert in_xml(xml) == in_workbook(book, True) == {
        "0": across, "1": {"1": Decimal(34_000), "2": Decimal(53_000)}, "2": across, "3": {"0": Decimal(48_000)},
    }  # fmt: skip


def test_heights_of_slopes_are_those_of_our_own_drawing() -> None:
    found = figured(series_of("slope", {"Law": {2015: 88, 2023: 92}}, "percent"))
    assert found is not None
    assert found.values.low is not None
    assert found.values.high is not None
    assert (92 - 88) / (found.values.high - found.values.low) < Decimal("0.2")
    assert found.note == "Heights do not start at zero"
    below = figured(series_of("slope", {"Law": {2015: -4, 2023: 92}}, "percent"))
    assert below is not None
    assert below.note == ""


def test_long_names_that_press_lines_together_stay_a_picture() -> None:
    long = "College of Agriculture, Environmental Sciences and Natural Resources"
    points = {name: {2015: 40, 2023: 50} for name in (long, "Law")}
    assert figured(series_of("slope", points)) is None
    assert figured(series_of("line", points)) is None
    assert figured(series_of("slope", {"Law": points["Law"]})) is not None


def test_columns_whose_values_have_no_room_side_by_side_have_an_axis() -> None:
    months = [f"{2022 + at // 12}-{at % 12 + 1:02}" for at in range(24)]
    found = figured(chart_of("column", months, [100_000 + 37 * at for at in range(24)], along="date"))
    assert found is not None
    assert found.values.shown
    assert found.values.ticks[0] == "0"
    # the first, wider than its column, would lie on the next one, which is higher
    assert sorted(found.series[0].labels) == [23]
    few = figured(chart_of("column", [2019, 2020], [1, 2], along="year"))
    assert few is not None
    assert not few.values.shown
    assert len(few.series[0].labels) == 2


def test_times_that_no_regular_row_lacks_are_not_said_to_be_missing() -> None:
    found = figured(chart_of("column", [1990, 2010, 2020, 2022], [1, 2, 3, 4], along="year"))
    assert found is not None
    assert found.categories[:2] == ("1990", "1992")


def test_what_several_lines_lack_is_said_below() -> None:
    points = {"Law": {2019: 1, 2020: None, 2021: 3}, "Arts": {2019: 1, 2020: 2, 2021: 3}}
    found = figured(series_of("line", points))
    assert found is not None
    assert found.note == "Law, 2020: not stated"


def test_how_many_dots_are_named_and_what_stands_at_one_place_is_said_below() -> None:
    names = [f"A rather long name of a major {i}" for i in range(30)]
    found = figured(scatter_of(names, [i * 7 % 11 for i in range(30)], [*range(28), 5, 5]))
    assert found is not None
    named = sum(len(one.labels) for one in found.series)
    assert re.match(rf"{named} of 30 dots are named", found.note)


def test_a_note_stands_on_the_slide() -> None:
    chart = series_of("slope", {"Law": {2015: 88, 2023: 92}}, "percent")
    (xml,) = (part for name, part in parts(deck_of(chart)).items() if re.fullmatch(r"ppt/charts/[^/]*\.xml", name))
    assert b"Heights do not start at zero" in xml


def dots_of(names: Sequence[str], series: dict[str, Numbers], highlight: Sequence[str] = ()) -> Chart:
    return replace(bars_of(names, series, highlight), kind="dot")


@pytest.mark.parametrize(
    "case", [case for kind in sorted(ROWS) for case in cases(kind) if case.refused is None], ids=str
)
def test_rows_of_dots_have_the_numbers_of_the_table_in_chart_and_workbook(case: ChartCase, tmp_path: Path) -> None:
    chart, language = case.chart(tmp_path)
    pictured = chart.differences or chart.references or case.name == "nothing known"
    assert (figured(chart, language) is None) == bool(pictured)
    if pictured or "forty" in case.name:  # which goes on over slides
        assert not list(native_parts(deck_of(chart)))
        return
    ((xml, book),) = native_parts(deck_of(chart))
    plain = in_table(chart)
    assert rows_in_xml(xml) == rows_in_workbook(book) == plain
    axis = etree.fromstring(xml).find(f".//{C}valAx/{C}scaling")
    low, high = (Decimal(axis.find(f"{C}{end}").get("val")) for end in ("min", "max"))
    assert all(low <= number <= high for points in plain.values() for number in points.values())


def test_a_row_without_a_value_says_so_and_has_no_point() -> None:
    chart = dots_of(["Nursing", "Finance", "History"], {"Men": [79, None, None], "Women": [77, 47, None]})
    ((xml, book),) = native_parts(deck_of(chart))
    assert rows_in_xml(xml) == rows_in_workbook(book) == {"Nursing": {"0": 79, "1": 77}, "Finance": {"1": 47}}
    said = "".join(etree.fromstring(xml).itertext(f"{A}t"))
    assert "History: not stated" in said
    assert "47 (Men: not stated)" in said


def test_the_labels_of_dots_follow_the_numbers_of_the_sheet() -> None:
    ((xml, _),) = native_parts(deck_of(dots_of(["Nursing", "Finance"], {"Men": [79, 50], "Women": [77, 47]})))
    fields = list(etree.fromstring(xml).iter(f"{A}fld"))
    assert [(one.get("type"), one.findtext(f"{A}t")) for one in fields] == [
        ("XVALUE", "79"), ("XVALUE", "77"), ("XVALUE", "50"), ("XVALUE", "47"),
    ]  # fmt: skip
    chart = middles_of(["Nursing", "Finance"], [30, 40], [40, 50], [50, 60])
    ((xml, _),) = native_parts(deck_of(chart))
    shown = [(one.get("type"), one.findtext(f"{A}t")) for one in etree.fromstring(xml).iter(f"{A}fld")]
    assert ("CELLRANGE", "$40") in shown
    assert ("XVALUE", "$30") in shown


def test_no_series_of_rows_is_longer_than_the_first_one() -> None:
    for chart in (dots_of(["Nursing"], {"Men": [79], "Women": [77]}), middles_of(["Nursing"], [30], [40], [50])):
        ((xml, _),) = native_parts(deck_of(chart))
        counts = [
            [int(one.get("val")) for one in series.iterfind(f"{C}xVal//{C}ptCount")]
            for series in etree.fromstring(xml).iter(f"{C}ser")
        ]
        assert max(counts) == counts[0]


def test_rows_that_would_show_less_than_ours_stay_a_picture() -> None:
    pair = {"Men": [79, 50], "Women": [77, 47]}
    assert figured(dots_of(["Nursing", "Finance"], pair)) is not None
    assert figured(replace(dots_of(["Nursing", "Finance"], pair), differences=True)) is None
    assert figured(range_of(["A", "B"], [1, 2], [3, 4], ["USD", "EUR"])) is None
    assert figured(middles_of(["A", "B"], [1, None], [2, 3], [3, 4])) is None
    long = "Interdisciplinary and multi-disciplinary studies of nearly everything and the rest " * 3
    assert figured(dots_of([long, "Finance"], pair)) is None
    many = figured(dots_of([*"ABCDEFGHIJKL"], {"Men": [*range(12)], "Women": [*range(1, 13)]}))
    assert many is not None
    assert rows_fit(many, Setting("Source Sans 3", 14, 860, 340))
    assert not rows_fit(many, Setting("Source Sans 3", 14, 860, 200))
    assert not rows_fit(many, Setting("Source Sans 3", 14, 60, 340))


def test_names_of_rows_break_between_words_and_stay_apart() -> None:
    names = [f"Miscellaneous engineering technologies and industrial production, {i}" for i in range(8)]
    found = figured(dots_of(names, {"Men": [*range(8)], "Women": [*range(1, 9)]}))
    assert found is not None
    setting = largest(found, Setting("Source Sans 3", 16, 860, 340), SIZES)
    inside = inner(found, setting)
    assert [" ".join(lines) for lines in inside.names] == names
    assert max(map(len, inside.names)) > 1
    assert max(map(len, inside.names)) * setting.line <= inside.pitch


def test_a_line_at_a_value_runs_behind_the_numbers_over_columns(tmp_path: Path) -> None:
    chart, _ = next(one for one in examples() if one.name == "column").drawn(tmp_path)
    for references, fills in ((chart.references, True), ((), False)):
        ((xml, _),) = native_parts(deck_of(replace(chart, references=references)))
        columns = etree.fromstring(xml).find(f".//{C}barChart/{C}ser/{C}dLbls")
        assert (columns.find(f".//{C}spPr/{A}solidFill") is not None) == fills


def test_a_bar_that_no_other_is_seen_beside_does_not_fill_the_slide() -> None:
    found = figured(chart_of("bar", ["Nursing"], [48_000]))
    assert found is not None
    assert (found.values.low, found.values.high) == (0, 96_000)
    share = figured(chart_of("share", ["Employed"], [20], "percent"))
    assert share is None or share.values.high is None
