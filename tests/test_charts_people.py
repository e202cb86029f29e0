"""Charts that sum up people and maps of tiles, in whole projects: documents, appendix, what an edition keeps."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from charts.drawn.drawing import draw
from data.look.brand import Brand
from reports.changes.brief import as_markdown, brief_of
from reports.changes.compare import compare
from reports.changes.kept import Kept, decoded, kept
from reports.document.appendix import chart_numbers
from reports.document.blocks import TableBlock
from reports.document.inlines import plain
from reports.document.tree import walk
from reports.runs.build import build
from reports.runs.read import Options, read
from reports.runs.trace import trace

PROJECT = """\
title = "People"
publisher = "P"
[tables.people]
file = "people.csv"
[tables.people.fields]
major = { title = "Major", type = "text" }
pay = { title = "Pay", type = "money", unit = "USD" }
age = { title = "Age", type = "integer" }
[tables.states]
file = "states.csv"
[tables.states.fields]
state = { title = "State", type = "text", key = true }
rate = { title = "Openings", type = "integer" }
[charts.pay]
table = "people"
x = "pay"
minimum_n = 5
title = "What people earn"
[charts.box]
table = "people"
x = "pay"
y = "major"
minimum_n = 5
title = "What majors earn"
[charts.map]
table = "states"
kind = "tilemap"
x = "rate"
y = "state"
title = "Where"
[outputs.report]
writer = "report"
story = "report.md"
[outputs.handout]
writer = "handout"
story = "sheet.md"
[outputs.deck]
writer = "deck"
story = "report.md"
"""


@pytest.fixture
def people(tmp_path: Path) -> Path:
    root = tmp_path / "people"
    root.mkdir()
    rng = random.Random(3)
    rows = [f"{rng.choice(('Nursing', 'Art'))},{round(rng.gauss(60, 15)) * 1_000},{20 + n % 9}" for n in range(120)]
    (root / "project.toml").write_text(PROJECT, "utf-8")
    (root / "people.csv").write_text("major,pay,age\n" + "\n".join([*rows, "Law,987000,30"]) + "\n", "utf-8")
    (root / "states.csv").write_text("state,rate\nOhio,10\nCA,30\nTexas,70\nMaine,\n", "utf-8")
    charts = "\n\n".join(f"## {name}\n\n![{name}](chart:{name})" for name in ("pay", "box", "map"))
    (root / "report.md").write_text(f"# People\n\n{charts}\n", "utf-8")
    (root / "sheet.md").write_text("# People\n\nWhat they earn.\n\n![pay](chart:pay)\n", "utf-8")
    return root


def keep(root: Path, edition: str) -> Kept:
    found = decoded(kept(read(root, Options()), edition).encoded())
    assert found is not None
    return found


def test_every_document_is_made_of_them(people: Path, tmp_path: Path) -> None:
    build(people, tmp_path / "out", Options(), overwrite=False)
    assert {path.name for path in (tmp_path / "out").iterdir()} >= {"report.pdf", "handout.pdf", "deck.pptx"}


def test_the_appendix_counts_people_and_lists_none(people: Path) -> None:
    document = read(people, Options()).outputs[0].document
    tables = [block for block in walk(chart_numbers(document)) if isinstance(block, TableBlock)]
    heads = [[plain(column, "en-US") for column in table.columns] for table in tables]
    assert heads[0] == ["Pay, from", "to", "Number"]
    assert "Median" in heads[1]
    cells = [plain(cell, "en-US") for table in tables for row in table.rows for cell in row]
    assert len(tables[0].rows) < 40
    assert "$987,000" not in cells


def test_an_edition_keeps_charts_that_can_be_drawn_again_and_no_single_person(people: Path) -> None:
    found = keep(people, "aaaaaaa")
    for chart in found.charts.values():
        again = chart.chart()
        assert draw(again, Brand(), language="en-US", width=438).plot.labels
    shown = found.tables["people"].shown
    assert "pay" not in shown
    assert "age" not in shown


def test_what_changed_is_told_without_telling_of_one(people: Path) -> None:
    before = keep(people, "aaaaaaa")
    text = (people / "people.csv").read_text("utf-8")
    (people / "people.csv").write_text(text.replace("Law,987000,30", "Law,912000,31"), "utf-8")
    told = as_markdown(brief_of(compare(before, keep(people, "bbbbbbb")), {}))
    assert "912,000" not in told
    assert "987,000" not in told


def test_a_count_is_traced_to_its_cells(people: Path) -> None:
    chart = next(b.chart for b in walk(read(people, Options()).outputs[0].document.blocks) if hasattr(b, "chart"))
    counts = [row["_count"] for row in chart.table.rows if row["_count"].content]
    assert sum(len(value.cells) for value in counts) == 121
    assert {cell.field for value in counts for cell in value.cells} == {"pay"}
    assert list(trace(people, str(counts[0].content)))
