"""Batches: a document for each row, the whole told, what stands left alone, what fails told of it alone."""

from __future__ import annotations

import csv
import os
import re
from pathlib import Path

import pikepdf
import pytest
from pptx import Presentation

from data.errors import ProjectError
from reports.batches.items import LONGEST_NAME, file_name, items_of
from reports.batches.planned import documents, read_batch
from reports.document.blocks import Figure
from reports.document.tree import walk
from reports.runs.bind import Options
from tests.batching import EMPLOYERS, batch, batch_project, files, manifest, settings, with_rows
from tests.pdf_pages import Tool, page_texts, text_of
from tests.publishing import run


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return batch_project(tmp_path / "project")


def test_each_row_becomes_a_document_of_its_own_values(root: Path, tmp_path: Path, tool: Tool) -> None:
    code, said = batch(root, tmp_path / "out")
    assert code == 0, said
    found = files(tmp_path / "out")
    assert list(found) == [
        "alder-sons.pdf", "brightwater-health.pdf", "civic-works.pdf", "delta-grid.pdf", "elm-street-books.pdf",
        "fjord-analytics.pdf",
    ]  # fmt: skip
    for (employer, _, jobs, pay), content in zip(EMPLOYERS, found.values(), strict=True):
        text = text_of(content, tool)
        assert f"{employer} has {jobs} open jobs and pays ${int(pay):,}." in text
        assert ("Others of its industry are here, too: 1." in text) == (employer in ("Delta Grid", "Fjord Analytics"))


def test_the_row_stands_out_in_its_own_chart(root: Path) -> None:
    read = read_batch(root, "employers", Options())
    for item, (employer, *_) in zip(read.items, EMPLOYERS, strict=True):
        figure = next(b for b in walk(documents(read, item).outputs[0].document.blocks) if isinstance(b, Figure))
        assert figure.chart.highlight == (employer,)


def test_a_placeholder_where_none_is_worked_out_stops_the_batch_before_it_is_printed(
    root: Path, tmp_path: Path
) -> None:
    toml = (root / "project.toml").read_text("utf-8")
    toml = toml.replace("[tables.employers.fields]", 'licence = "{{ row.employer }}"\n[tables.employers.fields]')
    (root / "project.toml").write_text(toml, "utf-8")
    code, said = batch(root, tmp_path / "out")
    assert code == 2
    assert "'{{ row.employer }}' in 'licence' would be printed" in said


def test_a_build_makes_what_is_made_once(root: Path, tmp_path: Path) -> None:
    code, said = run("build", root, "--out", tmp_path / "out")
    assert code == 0, said
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["all.pdf", "manifest.json"]


def test_a_build_of_a_project_of_batches_says_what_makes_them(root: Path, tmp_path: Path) -> None:
    toml = (root / "project.toml").read_text("utf-8")
    start, end = toml.index("[outputs.all]"), toml.index("[batches.employers]")
    (root / "project.toml").write_text(toml[:start] + toml[end:], "utf-8")
    code, said = run("build", root, "--out", tmp_path / "out")
    assert code == 2
    assert "Run batch in place of it: batch employers." in said


def test_nothing_changed_makes_nothing(root: Path, tmp_path: Path) -> None:
    batch(root, tmp_path / "out")
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out/employers").iterdir()}
    code, said = batch(root, tmp_path / "out")
    assert code == 0
    assert "made 0, 6 up to date" in said
    assert {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out/employers").iterdir()} == before


def test_a_changed_row_makes_its_own_document_and_those_that_show_it(root: Path, tmp_path: Path) -> None:
    settings(root, 'y = "employer"\n', 'y = "employer"\nwhere = "industry == row.industry"\n')
    batch(root, tmp_path / "out")
    before = files(tmp_path / "out")
    with_rows(root, (*EMPLOYERS[:5], ("Fjord Analytics", "Energy", "16", "73000")))
    code, said = batch(root, tmp_path / "out")
    assert code == 0
    assert "made 2, 4 up to date" in said  # Delta Grid shows its industry's pay
    after = files(tmp_path / "out")
    assert {name for name in after if after[name] != before[name]} == {"fjord-analytics.pdf", "delta-grid.pdf"}


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one processor")
def test_processes_make_the_same_bytes_in_any_order(root: Path, tmp_path: Path) -> None:
    batch(root, tmp_path / "one", "--jobs", "1")
    code, said = batch(root, tmp_path / "three", "--jobs", "3")
    assert code == 0, said
    one = {path.name: path.read_bytes() for path in (tmp_path / "one/employers").iterdir()}
    assert {path.name: path.read_bytes() for path in (tmp_path / "three/employers").iterdir()} == one


def test_what_fails_is_told_and_stops_no_other(root: Path, tmp_path: Path) -> None:
    with_rows(root, (*EMPLOYERS, ("Gull Bay", "Retail", "", "31000")))
    (root / "story/sheet.md").write_text(
        (root / "story/sheet.md").read_text("utf-8") + "\n{{ row.jobs + 1 }} people go there.\n", "utf-8"
    )
    code, said = batch(root, tmp_path / "out")
    assert code == 3
    assert "Gull Bay: story/sheet.md:" in said
    assert "made 6, 1 failed" in said
    states = {item["key"]: item["state"] for item in manifest(tmp_path / "out")["items"]}
    assert states == {**{employer: "made" for employer, *_ in EMPLOYERS}, "Gull Bay": "failed"}
    page = (tmp_path / "out/employers/index.html").read_text("utf-8")
    assert "Could not be made: story/sheet.md" in page
    rows = list(csv.DictReader((tmp_path / "out/employers/index.csv").read_text("utf-8-sig").splitlines()))
    assert [row["state"] for row in rows] == ["made"] * 6 + ["failed"]


def test_a_row_that_fails_later_keeps_its_last_good_document_which_the_index_tells(root: Path, tmp_path: Path) -> None:
    batch(root, tmp_path / "out")
    before = files(tmp_path / "out")
    settings(root, 'type = "integer" }', 'type = "integer", maximum = 1000 }')
    with_rows(root, (("Alder & Sons", "Logistics", "", "41000"), *EMPLOYERS[1:]))
    (root / "story/sheet.md").write_text(
        (root / "story/sheet.md").read_text("utf-8") + "\n{{ row.jobs + 1 }} people go there.\n", "utf-8"
    )
    code, _ = batch(root, tmp_path / "out")
    assert code == 3
    assert files(tmp_path / "out")["alder-sons.pdf"] == before["alder-sons.pdf"]
    assert "(the earlier one)" in (tmp_path / "out/employers/index.html").read_text("utf-8")


def test_documents_of_rows_that_are_gone_move_away_and_are_told(root: Path, tmp_path: Path) -> None:
    batch(root, tmp_path / "out")
    gone = files(tmp_path / "out")["elm-street-books.pdf"]
    with_rows(root, tuple(row for row in EMPLOYERS if row[0] != "Elm Street Books"))
    code, said = batch(root, tmp_path / "out")
    assert code == 0
    assert "1 document of rows that are gone moved to" in said
    assert (tmp_path / "out/employers/removed/elm-street-books.pdf").read_bytes() == gone
    assert "elm-street-books.pdf" not in files(tmp_path / "out")
    assert manifest(tmp_path / "out")["removed"] == ["elm-street-books.pdf"]


def test_a_part_leaves_all_others_as_they_are(root: Path, tmp_path: Path) -> None:
    batch(root, tmp_path / "out")
    with_rows(root, tuple((a, b, c, str(int(d) + 100)) for a, b, c, d in EMPLOYERS))
    before = files(tmp_path / "out")
    code, said = batch(root, tmp_path / "out", "--where", "industry == 'Energy'", "--limit", "1")
    assert code == 0
    assert "made 1 in" in said
    after = files(tmp_path / "out")
    assert {name for name in after if after[name] != before[name]} == {"delta-grid.pdf"}
    assert len(manifest(tmp_path / "out")["items"]) == 6


def test_what_a_person_edited_is_left_alone(root: Path, tmp_path: Path, tool: Tool) -> None:
    batch(root, tmp_path / "out")
    (tmp_path / "out/employers/civic-works.pdf").write_bytes(b"edited")
    with_rows(root, tuple((a, b, c, str(int(d) + 100)) for a, b, c, d in EMPLOYERS))
    code, said = batch(root, tmp_path / "out")
    assert code == 4
    assert "civic-works.pdf was edited by hand and is left alone; the new one is civic-works.new.pdf" in said
    assert (tmp_path / "out/employers/civic-works.pdf").read_bytes() == b"edited"
    assert text_of((tmp_path / "out/employers/civic-works.new.pdf").read_bytes(), tool)


def test_names_are_safe_readable_and_never_shared(root: Path) -> None:
    hostile = (
        "../../etc/passwd", "a/b", "A/B", ".hidden", "con", "CON.", "x" * 300, "Über Größe", "東京", "京都", "=1+2",
        "index", "employers", "naïve", "naive", " spaced ", "tab\there", "100%",
    )  # fmt: skip
    with_rows(root, tuple((name, "Energy", "3", "50000") for name in hostile))
    names = [item.name for item in read_batch(root, "employers", Options()).items]
    assert len(set(names)) == len(hostile)
    assert all(re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", name) and len(name) <= LONGEST_NAME for name in names)
    assert {"uber-grosse", "etc-passwd", "hidden"} <= set(names)


def test_hostile_rows_write_nothing_but_their_documents(root: Path, tmp_path: Path) -> None:
    (root / "story/sheet.md").write_text("# {{ row.employer }}\n\n{{ row.jobs }} jobs.\n", "utf-8")
    rows = ("../../etc/passwd", "a/b", "..", ".hidden", "con", "=1+2", "index", "| cell | `code` {% if %} {{ 1 }}")
    with_rows(root, tuple((name, "Energy", "3", "50000") for name in rows))
    code, said = batch(root, tmp_path / "out")
    assert code == 0, said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "project"]
    assert len(files(tmp_path / "out")) == len(rows)
    assert len(manifest(tmp_path / "out")["items"]) == len(rows)


@pytest.mark.parametrize(
    ("said", "name"),
    [("Art history", "art-history"), ("Über Größe", "uber-grosse"), ("con", "con-1143da"), ("A&B (main)", "a-b-main")],
)
def test_a_name_for_files(said: str, name: str) -> None:
    assert file_name(said) == name


def test_spreadsheets_take_nothing_of_the_index_for_a_formula(root: Path, tmp_path: Path) -> None:
    with_rows(root, (("=HYPERLINK(1)", "Energy", "3", "50000"), ("@cmd", "Energy", "3", "50000")))
    batch(root, tmp_path / "out")
    rows = list(csv.DictReader((tmp_path / "out/employers/index.csv").read_text("utf-8-sig").splitlines()))
    assert [row["item"] for row in rows] == ["'=HYPERLINK(1)", "'@cmd"]


def test_the_index_is_plain_words_whatever_the_data_say(root: Path, tmp_path: Path) -> None:
    with_rows(root, (("<script>alert(1)</script>", "Energy", "3", "50000"),))
    batch(root, tmp_path / "out")
    page = (tmp_path / "out/employers/index.html").read_text("utf-8")
    assert page.count("<script>") == 1  # its own
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_rows_without_a_name_and_rows_of_one_name_fail_each_for_itself(root: Path, tmp_path: Path) -> None:
    (root / "story/sheet.md").write_text("# {{ row.employer }}\n\n{{ row.jobs }} jobs.\n", "utf-8")
    settings(root, 'type = "text", key = true', 'type = "text"')
    settings(root, 'over = "employers"', 'over = "employers"\nby = "employer"')
    with_rows(
        root, (*EMPLOYERS, ("", "Retail", "3", "1000"), ("Twice", "Retail", "3", "1"), ("Twice", "Retail", "3", "2"))
    )
    code, said = batch(root, tmp_path / "out")
    assert code == 3
    assert "the row has no 'employer' that would name its documents" in said
    assert "2 rows have the 'employer' 'Twice'; nothing tells them apart" in said
    assert len(files(tmp_path / "out")) == 6


def test_a_pattern_names_the_files(root: Path) -> None:
    settings(root, 'over = "employers"', 'over = "employers"\nname = "{{ row.industry }} {{ row.employer }}"')
    names = [item.name for item in read_batch(root, "employers", Options()).items]
    assert names[0] == "logistics-alder-sons"


def test_language_and_paper_come_from_the_row(root: Path, tmp_path: Path, tool: Tool) -> None:
    toml = (root / "project.toml").read_text("utf-8")
    toml = toml.replace('over = "employers"', 'over = "employers"\nlanguage_field = "language"\npaper_field = "paper"')
    toml = toml.replace(
        "[charts.pay]",
        'language = { title = "Language", type = "text" }\npaper = { title = "Paper", type = "text" }\n\n[charts.pay]',
    )
    (root / "project.toml").write_text(toml, "utf-8")
    (root / "tables/employers.csv").write_text(
        "employer,industry,jobs,pay,language,paper\nAlder,Energy,1200,41000,de-DE,a4\nBirke,Energy,1300,42000,,\n",
        "utf-8",
    )
    code, said = batch(root, tmp_path / "out")
    assert code == 0, said
    german, english = files(tmp_path / "out").values()
    assert "1.200" in text_of(german, tool)
    assert "1,300" in text_of(english, tool)
    sizes: list[list[int]] = []
    for name in ("alder", "birke"):
        with pikepdf.open(tmp_path / f"out/employers/{name}.pdf") as pdf:
            sizes.append([round(float(edge)) for edge in pdf.pages[0].mediabox[2:]])
    assert sizes == [[595, 842], [612, 792]]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('over = "employers"', 'over = "employer"', "is over 'employer', and there is no such table. Did you mean 'employers'?"),
        ('over = "employers"', 'over = "employers"\nby = "name"', "table 'employers' has no field 'name'"),
        ('over = "employers"', 'over = "employers"\nwhere = "jobs > 100"', "no row of 'employers' fulfils 'jobs > 100'"),
        ('each = "employers"\nstory', 'each = "employees"\nstory', "is for each row of the batch 'employees', and there is none"),
    ],
)  # fmt: skip
def test_mistakes_in_a_batch_are_told_with_a_way_out(root: Path, tmp_path: Path, old: str, new: str, said: str) -> None:
    settings(root, old, new)
    code, told = batch(root, tmp_path / "out")
    assert code == 2
    assert said in told


def test_a_batch_that_is_not_there_is_told(root: Path, tmp_path: Path) -> None:
    code, said = run("batch", root, "employees", "--out", tmp_path / "out")
    assert code == 2
    assert "the project has no batch 'employees'. Did you mean 'employers'?" in said


def test_a_story_that_gives_row_to_something_else_is_refused(root: Path, tmp_path: Path) -> None:
    story = (root / "story/sheet.md").read_text("utf-8")
    loop = "{% for row in employers.rows %}{{ employers.where('industry == row.industry').count }} {% endfor %}\n"
    (root / "story/sheet.md").write_text(story + loop, "utf-8")
    code, said = batch(root, tmp_path / "out")
    assert code == 3
    assert "'row' is the row that this document is about, and here something else gets the name" in said


def test_a_chart_of_a_batch_is_no_chart_of_a_build(root: Path, tmp_path: Path) -> None:
    (root / "story/all.md").write_text("# The fair\n\n![](chart:pay)\n", "utf-8")
    code, said = run("build", root, "--out", tmp_path / "out")
    assert code == 2
    assert "there is no chart 'pay'" in said


def test_conditions_compare_with_the_row_in_its_unit_only(root: Path) -> None:
    read = read_batch(root, "employers", Options())
    project = read.project
    from data.sandbox.sandbox import filtered
    from data.tables.table import Row

    table = project.tables["employers"]
    for index in range(len(table)):
        row = Row(table, index)
        higher = filtered(table, "pay > row.pay", row)
        assert [r["pay"].content > row["pay"].content for r in table] == [
            any(r["employer"] == h["employer"] for h in higher) for r in table
        ]
    with pytest.raises(Exception, match="money in USD"):
        filtered(table, "jobs > row.pay", Row(table, 0))


def test_check_looks_at_some_items_and_tells_how_many(root: Path) -> None:
    with_rows(root, tuple((f"Employer {n}", "Energy", str(n % 90), str(30_000 + n)) for n in range(15)))
    code, said = run("check", root)
    assert code == 0, said
    assert re.search(r"batch employers: \d+ of 15 items were looked at\.", said)
    (root / "story/sheet.md").write_text("# {{ row.employer }}\n\n{{ row.wage }}\n", "utf-8")
    code, said = run("check", root)
    assert code == 2
    assert said.count("story/sheet.md:3: table 'employers' has no field 'wage'") == 1


def test_what_the_brand_states_may_come_from_the_row(root: Path, tmp_path: Path, tool: Tool) -> None:
    settings(root, 'over = "employers"', 'over = "employers"\nbrand = { contact = "Desk of {{ row.industry }}" }')
    code, said = batch(root, tmp_path / "out")
    assert code == 0, said
    texts = {name: text_of(content, tool) for name, content in files(tmp_path / "out").items()}
    assert "Desk of Health" in texts["brightwater-health.pdf"]
    assert "Desk of Logistics" in texts["alder-sons.pdf"]


def test_reports_and_decks_are_made_for_each_row_under_a_title_of_their_own(root: Path, tmp_path: Path) -> None:
    settings(root, 'over = "employers"', 'over = "employers"\ndocument_title = "{{ row.employer }} at the fair"')
    toml = (root / "project.toml").read_text("utf-8")
    more = '\n[outputs.talk]\nwriter = "deck"\neach = "employers"\nstory = "story/sheet.md"\n'
    (root / "project.toml").write_text(toml + more, "utf-8")
    code, said = batch(root, tmp_path / "out", "--jobs", "1", "--limit", "2")
    assert code == 0, said
    names = sorted(path.name for path in (tmp_path / "out/employers").glob("alder*"))
    assert names == ["alder-sons-sheet.pdf", "alder-sons-talk.pptx"]
    slides = Presentation(str(tmp_path / "out/employers/alder-sons-talk.pptx")).slides
    assert slides[0].shapes.title.text_frame.text == "Alder & Sons at the fair"


def test_another_projects_batch_is_not_taken_over(root: Path, tmp_path: Path) -> None:
    batch(root, tmp_path / "out")
    other = batch_project(tmp_path / "other", EMPLOYERS[:2])
    code, said = batch(other, tmp_path / "out")
    assert code == 2
    assert "holds documents of another project" in said
    assert len(files(tmp_path / "out")) == 6


def test_items_of_a_long_table_are_planned_without_reading_more_than_their_columns(root: Path) -> None:
    with_rows(root, tuple((f"Employer {n}", "Energy", str(n % 90), str(30_000 + n)) for n in range(20_000)))
    read = read_batch(root, "employers", Options())
    assert len({item.name for item in read.items}) == 20_000
    with pytest.raises(ProjectError, match="there is no 'no' here"):
        items_of(read.project, "employers", "no.field == 1")


def test_all_handouts_are_one_pdf_to_be_printed_in_the_order_of_the_table(
    root: Path, tmp_path: Path, tool: Tool
) -> None:
    batch(root, tmp_path / "out")
    pages = page_texts((tmp_path / "out/employers/employers.pdf").read_bytes(), tool)
    assert [next(name for name, *_ in EMPLOYERS if f"{name} has" in page) for page in pages] == [
        e[0] for e in EMPLOYERS
    ]
    before = (tmp_path / "out/employers/employers.pdf").stat().st_mtime_ns
    batch(root, tmp_path / "out")
    assert (tmp_path / "out/employers/employers.pdf").stat().st_mtime_ns == before
    code, said = batch(root, tmp_path / "out", "--n-up", "2", "--jobs", "1")
    assert code == 0, said
    assert len(page_texts((tmp_path / "out/employers/employers.pdf").read_bytes(), tool)) == 3


def test_what_cannot_be_bound_is_told_and_stops_nothing(root: Path, tmp_path: Path) -> None:
    settings(root, 'over = "employers"', 'over = "employers"\npaper_field = "industry"')
    rows = tuple((name, "a4" if n else "letter", c, d) for n, (name, _, c, d) in enumerate(EMPLOYERS))
    with_rows(root, rows)
    code, said = batch(root, tmp_path / "out")
    assert code == 0
    assert "There is no PDF of all documents to be printed: Brightwater Health" in said
    assert len(files(tmp_path / "out")) == 6
