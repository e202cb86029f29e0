"""What everyone can read: passages in other languages, and the numbers of charts as tables."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
from pptx import Presentation

from reports.document.appendix import chart_numbers
from reports.document.blocks import Columns, Document, TableBlock
from reports.document.inlines import plain
from reports.document.numbering import numbered
from reports.document.tree import walk
from reports.runs.read import Options, Planned, read
from reports.writers import WRITERS
from tests.writing import write_report


def planned(root: Path, name: str) -> Planned:
    return read(root, Options(only=(name,))).outputs[0]


def pdf_of(root: Path, name: str) -> bytes:
    output = planned(root, name)
    writer = WRITERS[output.writer]
    return writer.write(writer.prepare(output.document), read(root, Options()).project.brand, writer.options())


def spans_with_language(content: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [
            str(item["/Lang"])
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Span" and "/Lang" in item
        ]


def test_words_in_another_language_are_read_out_in_it(small_project: Path) -> None:
    for name in ("report", "handout", "deck"):
        story = small_project / f"story/{name}.md"
        story.write_text(story.read_text("utf-8") + "\n## Words\n\nThey say [à bientôt]{lang=fr} here.\n", "utf-8")
    assert spans_with_language(pdf_of(small_project, "report")) == ["fr"]
    deck = Presentation(io.BytesIO(pdf_of(small_project, "deck")))
    runs = [
        run
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
    ]
    assert {run._r.rPr.get("lang") for run in runs if run.text == "à bientôt"} == {"fr"}


def numbers(document: Document) -> list[str]:
    tables = [b for b in walk(chart_numbers(numbered(document))) if isinstance(b, TableBlock)]
    return [plain(table.title, document.language) for table in tables]


def test_a_charts_numbers_stand_in_a_table_at_the_reports_end(small_project: Path) -> None:
    assert numbers(planned(small_project, "report").document) == ["Figure\xa01. Pay by job"]


def test_a_chart_with_its_table_beside_it_needs_no_other(small_project: Path) -> None:
    story = small_project / "story/report.md"
    story.write_text(story.read_text("utf-8") + "\n![All](table:pay)\n", "utf-8")
    assert numbers(planned(small_project, "report").document) == []


def test_short_tables_of_numbers_stand_side_by_side(small_project: Path) -> None:
    story = small_project / "story/report.md"
    story.write_text(story.read_text("utf-8") + "\n![](chart:most)\n", "utf-8")
    add(small_project, '[charts.most]\ntable = "pay"\nx = "salary"\ny = "job"\nrows = 1\ntitle = "One"\n')
    blocks = chart_numbers(planned(small_project, "report").document)
    assert [type(block) for block in blocks[1:]] == [Columns]


def add(root: Path, settings: str) -> None:
    """More settings at the end of a project's file."""
    file = root / "project.toml"
    file.write_text(f"{file.read_text('utf-8')}\n{settings}", "utf-8")


def test_charts_of_the_same_rows_share_a_table(small_project: Path) -> None:
    story = small_project / "story/report.md"
    story.write_text(story.read_text("utf-8") + "\n![](chart:pay)\n\n![](chart:dots)\n", "utf-8")
    add(small_project, '[charts.dots]\ntable = "pay"\nkind = "dot"\nx = "salary"\ny = "job"\ntitle = "Dots"\n')
    assert numbers(planned(small_project, "report").document) == ["Figures 1, 2, and 3. Pay"]


def test_a_table_chosen_from_another_has_its_numbers_there(small_project: Path) -> None:
    add(
        small_project,
        """
[tables.best]
from = "pay"
where = "salary > 115000"
[tables.best.fields]
job = { title = "Job", type = "text", key = true }
salary = { title = "Salary", type = "money", unit = "USD" }
[charts.best]
table = "best"
x = "salary"
y = "job"
title = "Best"
""",
    )
    story = small_project / "story/report.md"
    said = story.read_text("utf-8").replace("chart:pay", "chart:best")
    story.write_text(f"{said}\n![All](table:pay)\n", "utf-8")
    assert numbers(planned(small_project, "report").document) == []
    file = small_project / "project.toml"
    twice = 'unit = "USD", value = "salary * 2" }\n[charts.best]'
    file.write_text(file.read_text("utf-8").replace('unit = "USD" }\n[charts.best]', twice), "utf-8")
    assert numbers(planned(small_project, "report").document) == ["Figure\xa01. Pay by job"]


def test_the_report_with_these_tables_is_written(small_project: Path) -> None:
    output = planned(small_project, "report")
    with pikepdf.open(io.BytesIO(write_report(output.document, read(small_project, Options()).project.brand))) as pdf:
        assert len(pdf.pages) >= 3
