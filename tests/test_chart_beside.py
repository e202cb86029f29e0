"""Lines at values of the data, and notes at points: bound, placed where they touch nothing, refused where they cannot."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from charts.alt import describe
from charts.beside import Note, Reference
from charts.chart import Chart
from charts.declared import declared_chart
from charts.drawn.drawing import Drawing
from data.errors import ProjectError
from data.tables.value import Measure, Value
from reports.changes.kept import decoded, kept
from reports.runs.read import Options, read
from tests.charting import chart_of, drawn, patches, series_of, texts
from tests.time_charts import SEEDS, any_chart, declared, touching

ROWS = "year,college,share\n2020,A,40\n2021,A,50\n2022,A,60\n"
LINE = 'x = "year"\ny = "share"\n'


def against(chart: Chart, number: float, text: str = "Average") -> Chart:
    measure = chart.measure_fields[0].measure
    return replace(chart, references=(Reference(Value(Decimal(str(number)), measure), (text,)),))


def dashed(drawing: Drawing) -> list[tuple[tuple[float, float], ...]]:
    return [shape.points for shape in drawing.plot.shapes if shape.dashes]


def test_a_line_at_a_value_is_bound_to_the_data_and_named(tmp_path: Path) -> None:
    chart = declared_chart(
        declared(tmp_path, f'{LINE}references = [{{ value = "t.mean(\'share\')", text = "Average" }}]', ROWS), "c"
    )
    assert chart.references[0].value.number == 50
    assert len(chart.references[0].value.cells) == 3
    assert "Average 50%" in texts(drawn(chart))
    assert "Average 50%." in describe(chart, "en-US")
    assert any(value is chart.references[0].value for value in chart.values())


def test_a_changed_value_changes_the_edition(tmp_path: Path) -> None:
    said = f'{LINE}where = "college == \'A\'"\nreferences = [{{ value = "t.top(\'share\').share", text = "Highest" }}]'
    declared(tmp_path, said, f"{ROWS}2022,B,80\n")
    before = read(tmp_path, Options()).outputs[0].document.edition
    (tmp_path / "t.csv").write_text(f"{ROWS}2022,B,81\n", "utf-8")
    assert read(tmp_path, Options()).outputs[0].document.edition != before


def test_a_text_may_hold_the_value_itself(tmp_path: Path) -> None:
    said = f'{LINE}references = [{{ value = 45, text = "{{{{ t.first.share }}}} at first" }}]'
    assert "40% at first" in texts(drawn(declared_chart(declared(tmp_path, said, ROWS), "c")))


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ('references = [{ value = "t.first.year", text = "A" }]', "is in year, and the chart in percent"),
        ('references = [{ value = "t.men(\'share\')", text = "A" }]', "men"),
        ('references = [{ value = "t.first.college", text = "A" }]', "is no number of the data"),
        ('notes = [{ at = "2019", text = "A" }]', "the chart has no point '2019'"),
        ('notes = [{ at = 2021, text = "A", series = "B" }]', "no point|no series"),
        ('notes = [{ at = 2021, txt = "A" }]', "txt"),
        ('kind = "bar"\nnotes = [{ at = 2021, text = "A" }]', "the kind 'bar' draws no notes.*use the kind 'line'"),
        ('kind = "share"\nreferences = [{ value = 5, text = "A" }]', "the kind 'share' draws no references"),
        ('axis = { from = 30 }\nreferences = [{ value = 5, text = "Low" }]', "the line 'Low 5%' lies below"),
    ],
)
def test_what_is_not_there_is_refused(said: str, message: str, tmp_path: Path) -> None:
    axes = 'x = "share"\ny = "year"\n' if 'kind = "bar"' in said or 'kind = "share"' in said else LINE
    with pytest.raises(ProjectError, match=message):
        declared_chart(declared(tmp_path, axes + said, ROWS), "c")


def test_a_line_stands_at_its_value_among_columns() -> None:
    drawing = drawn(against(chart_of("column", [2020, 2021, 2022], [10, 20, 40], along="year"), 30))
    tallest = max((box for box, _ in patches(drawing)), key=lambda box: box.bottom - box.top)
    for (_, y), _ in dashed(drawing):
        assert tallest.bottom - y == pytest.approx(0.75 * (tallest.bottom - tallest.top), abs=0.5)
    assert "Average 30" in texts(drawing)


def test_a_line_stands_at_its_value_among_bars() -> None:
    drawing = drawn(against(chart_of("bar", ["A", "B", "C"], [10, 20, 40]), 50))
    longest = max((box for box, _ in patches(drawing)), key=lambda box: box.right - box.left)
    for (x, _), _ in dashed(drawing):
        assert x - longest.left == pytest.approx(1.25 * (longest.right - longest.left), abs=0.5)
    assert texts(drawing)[0] == "Average 50"


def test_a_line_stands_at_its_value_among_lines() -> None:
    drawing = drawn(against(series_of("line", {"A": {2020: 10, 2021: 30}, "B": {2020: 20, 2021: 40}}), 25))
    numbers = {label.text: label.y - 0.33 * 9 for label in drawing.plot.labels}
    for (_, y), _ in dashed(drawing):
        assert y == pytest.approx((numbers["20"] + numbers["30"]) / 2, abs=0.5)


def test_a_note_stands_at_its_point(tmp_path: Path) -> None:
    chart = declared_chart(
        declared(tmp_path, f'{LINE}notes = [{{ at = 2021, text = "Fairs went online" }}]', ROWS), "c"
    )
    drawing = drawn(chart)
    note = next(label for label in drawing.plot.labels if label.text == "Fairs went online").box
    value = next(label for label in drawing.plot.labels if label.text == "50%").box
    assert note.left < (value.left + value.right) / 2 < note.right
    assert "2021: Fairs went online." in describe(chart, "en-US")


def test_an_edition_keeps_its_lines_at_values(tmp_path: Path) -> None:
    declared(tmp_path, f'{LINE}references = [{{ value = 45, text = "Goal" }}]', ROWS)
    again = decoded(kept(read(tmp_path, Options()), "1").encoded())
    assert again is not None
    assert again.charts["c"].chart().references[0].said("en-US") == "Goal 45%"


@pytest.mark.parametrize("kind", ["line", "column", "bar"])
@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_touches_beside_lines_and_notes(kind: str, seed: int) -> None:
    chance = random.Random(seed)
    made = any_chart("line" if kind == "line" else "column", seed, 20)
    if len({value.measure.unit for value in made.table.values(made.measures[0])}) > 1 or made.start is not None:
        pytest.skip("lines and notes stand in charts of one unit whose axis starts at zero, and this one is none")
    chart = made if kind != "bar" else replace(made, kind="bar")
    numbers = [
        value.number
        for value in chart.table.values(chart.measures[0])
        if isinstance(value, Value) and not value.missing
    ]
    measure = chart.measure_fields[0].measure
    lines = [Reference(Value(chance.choice(numbers or [Decimal(1)]) + 1, measure), (f"Average {i}",)) for i in range(2)]
    row = chance.choice(chart.table.rows)
    series = chart.role("series")
    key = "" if series is None else str(chart.table.columns[series][row.index])
    notes = (Note(row[chart.category], ("Fairs and interviews went online this year",), key),)
    assert touching(replace(chart, references=tuple(lines), notes=notes if kind == "line" else ())) == []


def test_names_of_lines_are_in_the_measure_of_the_chart() -> None:
    chart = against(chart_of("line", [2020, 2021], [1000, 2000], "money", "EUR", along="year"), 1500, "Mittel")
    assert "Mittel 1.500\u00a0€" in texts(drawn(chart, language="de-DE"))
    assert chart.references[0].value.measure == Measure("money", "EUR")
