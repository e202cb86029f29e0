"""A publisher's note is printed where a value that it is about is shown, and nowhere else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from typer.testing import CliRunner

from charts.declared import declared_chart
from data.errors import ProjectError
from data.language.show import show
from data.project import Project, load_project
from data.tables.footnote import Anchor, Footnote, Shown, merged
from data.tables.value import Cell
from generate import app
from reports.document.sources import source_line
from tests.workbooks import excel

PROJECT = """\
title = "Pay"
[tables.pay]
file = "FILE"
source = "Ministry"
as_of = "2020"
[tables.pay.shape]
marks = { "[1]" = "Includes design", "[2]" = "Estimated", "[3]" = "Before tax", "[4]" = "From another survey" }
[tables.pay.fields]
job = { type = "text", key = true }
men = { type = "integer" }
women = { type = "integer", title = "Women’s pay" }
[tables.sums]
from = "pay"
where = "job != 'Cook'"
[tables.sums.fields]
job = { type = "text", key = true }
both = { type = "integer", value = "men + women" }
[charts.men]
table = "pay"
x = "men"
y = "job"
title = "Men"
rows = 2
[charts.women]
table = "pay"
x = "women"
y = "job"
title = "Women"
[charts.sums]
table = "sums"
x = "both"
y = "job"
title = "Sums"
[outputs.report]
writer = "report"
story = "report.md"
[outputs.deck]
writer = "deck"
story = "report.md"
"""
ROWS = [["job", "men", "women [3]"], ["Artist [1]", "30", "40"], ["Nurse", "20 [2]", "50"], ["Cook [4]", "10", "15"]]


def _pay(book: Any) -> None:
    sheet = book.add_worksheet("Pay")
    for number, row in enumerate(ROWS):
        sheet.write_row(number, 0, row)


def project(folder: Path, *, workbook: bool = False, story: str = "# Pay\n") -> Project:
    if workbook:
        excel(folder / "pay.xlsx", _pay)
    else:
        (folder / "pay.csv").write_text("\n".join(map(",".join, ROWS)), "utf-8")
    (folder / "project.toml").write_text(PROJECT.replace("FILE", "pay.xlsx" if workbook else "pay.csv"), "utf-8")
    (folder / "report.md").write_text(story, "utf-8")
    return load_project(folder)


def below(loaded: Project, chart: str) -> str:
    found = declared_chart(loaded, chart)
    return source_line(found.table, "en-US", found.values()).removeprefix("Source: Ministry, 2020.").strip()


@pytest.mark.parametrize("workbook", [False, True])
def test_a_chart_prints_the_notes_of_what_it_shows(tmp_path: Path, workbook: bool) -> None:
    loaded = project(tmp_path, workbook=workbook)
    assert below(loaded, "men") == "Artist: Includes design. Nurse: Estimated."
    assert below(loaded, "women") == ("Women’s pay: Before tax. Artist: Includes design. Cook: From another survey.")


def test_a_computed_value_carries_the_notes_of_all_it_was_computed_from(tmp_path: Path) -> None:
    said = below(project(tmp_path), "sums")
    assert said == "Women’s pay: Before tax. Artist: Includes design. Nurse: Estimated."


def test_without_a_choice_all_notes_are_told(tmp_path: Path) -> None:
    assert source_line(project(tmp_path).tables["pay"], "en-US").count(":") == 5


def test_a_mark_behind_a_number_of_a_wide_workbook_stays_with_that_number(tmp_path: Path) -> None:
    loaded = project(tmp_path, workbook=True)
    project_file = tmp_path / "project.toml"
    text = PROJECT.split("[tables.pay.fields]")[0].replace("FILE", "pay.xlsx")
    project_file.write_text(
        text.replace(
            "[tables.pay.shape]",
            '[tables.pay.shape]\nlong = { columns = ["men", "women"], name = "sex", value = "pay" }',
        )
        + '[tables.pay.fields]\njob = { type = "text" }\nsex = { type = "text" }\npay = { type = "integer" }\n'
        + '[outputs.report]\nwriter = "report"\nstory = "report.md"\n',
        "utf-8",
    )
    pay = load_project(loaded.root).tables["pay"]
    nurse = {show(row["sex"]): row["pay"] for row in pay if show(row["job"]) == "Nurse"}
    assert "Nurse: Estimated" in source_line(pay, "en-US", [nurse["men"]])
    assert "Nurse: Estimated" not in source_line(pay, "en-US", [nurse["women"]])


def test_a_slide_prints_the_notes_of_what_stands_there(tmp_path: Path) -> None:
    story = """# Pay of {{ pay['Nurse'].men }}

## Men

![Men](chart:men)

## A table

![Cooks](table:pay){where="job == 'Cook'" fields="job,men"}

## A number

Artists get {{ pay['Artist'].men }}.
"""
    project(tmp_path, story=story)
    result = CliRunner().invoke(app, ["build", str(tmp_path), "--out", str(tmp_path / "out"), "--only", "deck"])
    assert result.exit_code == 0, result.output
    slides = Presentation(str(tmp_path / "out/deck.pptx")).slides
    texts = [shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame]
    assert [text.removeprefix("Source: Ministry, 2020. ") for text in texts if "Ministry" in text] == [
        "Nurse: Estimated.",
        "Artist: Includes design. Nurse: Estimated.",
        "Cook: From another survey.",
        "Artist: Includes design.",
    ]


def test_the_same_note_of_several_files_stands_once() -> None:
    one = Footnote("Old", (Anchor("Art", "a.csv", 2),))
    other = Footnote("Old", (Anchor("Law", "b.csv", 2),))
    both = merged((one, Footnote("All"), other, Footnote("All")))
    assert [note.said() for note in both] == ["Art, Law: Old", "All"]
    assert both[0].said(Shown([Cell("t", "x", "b.csv", 2)])) == "Law: Old"
    assert both[0].said(Shown([Cell("t", "x", "c.csv", 2)])) == ""
    assert both[1].said(Shown([])) == "All"


def test_a_note_that_names_its_label_itself_names_it_once() -> None:
    note = Footnote("Nursing: includes the second degree", (Anchor("Nursing", "a.csv", 2),))
    assert note.said() == "Nursing: includes the second degree"


def test_a_slide_without_room_for_long_notes_says_where_they_are_and_the_speaker_has_them(tmp_path: Path) -> None:
    project(tmp_path, story="# Pay\n\n## Men\n\n![Men](chart:men)\n")
    settings = tmp_path / "project.toml"
    long = "Includes " + "design, printing, weaving and " * 12 + "more"
    settings.write_text(settings.read_text("utf-8").replace("Includes design", long), "utf-8")
    result = CliRunner().invoke(app, ["build", str(tmp_path), "--out", str(tmp_path / "out"), "--only", "deck"])
    assert result.exit_code == 0, result.output
    slides = Presentation(str(tmp_path / "out/deck.pptx")).slides
    (slide,) = (s for s in slides if s.has_notes_slide and "Artist" in s.notes_slide.notes_text_frame.text)
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert "Source: Ministry, 2020. Notes: About these data." in texts
    assert f"Artist: {long}. Nurse: Estimated." in slide.notes_slide.notes_text_frame.text


def test_two_marks_in_one_are_another_mark_that_nobody_has_declared(tmp_path: Path) -> None:
    project(tmp_path)
    text = (tmp_path / "project.toml").read_text("utf-8")
    start = text.index("marks = ")
    (tmp_path / "project.toml").write_text(
        text[:start] + 'marks = { "*" = "Old", "[1]" = "n" }' + text[text.index("\n", start) :], "utf-8"
    )
    (tmp_path / "pay.csv").write_text("job,men,women\nArtist*,1,2\nNurse**,3,4\nCook[1][1],5,6\n", "utf-8")
    with pytest.raises(ProjectError, match=r"pay\.csv:3: no note explains the mark '\*\*' behind 'Nurse'"):
        load_project(tmp_path)
