"""With --only, that is read which the outputs ask for; what they look like does not depend on it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from data.errors import ProjectError
from data.project import load_project
from reports.runs import asked
from reports.runs.read import Options, Reading, read
from reports.runs.write import write
from tests.conftest import ROOT
from tests.test_bad_input import change, run

OTHER = """
[tables.towns]
file = "tables/towns.csv"
[tables.towns.fields]
town = { type = "text", key = true }
people = { type = "integer" }
"""
CHARTS = "[charts.pay]"


@pytest.fixture
def with_towns(small_project: Path) -> Path:
    """A project whose deck alone asks for a second table, which is wrong."""
    (small_project / "tables/towns.csv").write_text("town,people\nZurich,many\n", "utf-8")
    change(small_project, "project.toml", CHARTS, OTHER + CHARTS)
    change(small_project, "story/deck.md", "# Pay", "# Pay\n\n{{ towns.first.people }}\n\n")
    return small_project


def told(root: Path, *only: str) -> str:
    try:
        read(root, Options(only=only))
    except ProjectError as error:
        return str(error)
    return ""


def test_a_table_that_the_outputs_do_not_ask_for_is_not_read(with_towns: Path) -> None:
    reading = read(with_towns, Options(only=("report",)))
    assert set(reading.project.tables) == {"pay"}
    assert set(reading.inputs) == {"project.toml", "brand.toml", "tables/pay.csv", "story/report.md"}
    for only in ((), ("deck",), ("report", "deck")):
        assert "tables/towns.csv:2" in told(with_towns, *only)


WAYS = {
    "a part": ('{% include "part.md" %}', "{{ towns.first.people }}"),
    "a part of a part": ('{% include "part.md" %}', '{% include "more.md" %}'),
    "a part that the data choose": ('{% set p = "part.md" %}{% include p %}', "{{ towns.first.people }}"),
    "a part whose name is put together": ('{% include "part" ~ ".md" %}', "{{ towns.first.people }}"),
    "a named part or one that the data choose": (
        '{% set p = "part.md" %}{% include p if pay.count == 2 else "empty.md" %}', "{{ towns.first.people }}",
    ),
    "a part from a list": ('{% include ["none.md", "part.md"] %}', "{{ towns.first.people }}"),
    "a part that may be missing": ('{% include "part.md" ignore missing %}', "{{ towns.first.people }}"),
    "one of two parts": ('{% include "part.md" if pay.count == 2 else "no.md" %}', "{{ towns.first.people }}"),
    "a macro": ('{% from "part.md" import people %}{{ people() }}', "{% macro people() %}{{ towns.first.people }}{% endmacro %}"),
    "a table": ("![Towns](table:towns)", ""),
    "another name": ("{% set t = towns %}{{ t.first.people }}", ""),
    "a test": ('[Two towns]{holds="towns.count == 1"}', ""),
    "a comment of nobody's": ("<!-- towns -->", ""),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_whatever_way_a_story_asks_for_a_table_it_is_read(way: str, with_towns: Path) -> None:
    words, part = WAYS[way]
    (with_towns / "story/part.md").write_text(part, "utf-8")
    (with_towns / "story/empty.md").write_text("Nothing.", "utf-8")
    (with_towns / "story/more.md").write_text("{{ towns.first.people }}", "utf-8")
    change(with_towns, "story/report.md", "An engineer", f"{words}\n\nAn engineer")
    assert "tables/towns.csv:2" in told(with_towns, "report")


def test_a_chart_that_the_data_choose_is_read(small_project: Path) -> None:
    chosen = "chart:{% if pay.count == 2 %}pay{% endif %}"
    change(small_project, "story/report.md", "chart:pay", chosen)
    assert not told(small_project, "report")
    assert not told(small_project)


def test_a_part_outside_the_project_is_not_looked_into(small_project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (small_project.parent / "outside.md").write_text("{{ pay.count }}", "utf-8")
    (small_project / "story/loop.md").symlink_to("loop.md")
    change(small_project, "story/deck.md", "# Pay", '{% include "../../outside.md" %}{% include "loop.md" %}\n\n# Pay')
    opened: list[Path] = []
    real = asked.read_text
    monkeypatch.setattr(asked, "read_text", lambda path, root: opened.append(path) or real(path, root))
    assert not told(small_project, "report")
    project = load_project(small_project)
    for files in asked.story_files(project.settings, project.file, small_project).values():
        assert files.words
    assert {path.name for path in opened} == {"report.md", "handout.md", "deck.md"}
    assert "leaves the project folder" in told(small_project, "deck")


def test_tables_of_one_file_are_read_together(small_project: Path) -> None:
    """One of them may show what the other hides, and who asks for either is told."""
    other = OTHER.replace("towns", "again").replace('file = "tables/again.csv"', 'files = ["tables/pay.csv"]')
    other = other.replace("town =", "place =").replace("place = { type", 'place = { column = "job", type')
    other = other.replace("people = {", 'number = { column = "salary",')
    change(small_project, "project.toml", CHARTS, other + CHARTS)
    assert set(read(small_project, Options(only=("report",))).project.tables) == {"pay", "again"}


DEPENDS = {
    "computed from it": '[tables.more]\nfrom = "towns"\n[tables.more.fields]\ntown = { type = "text", key = true }\n',
    "a query": '[tables.more]\nquery = "SELECT town FROM TOWNS"\n[tables.more.fields]\ntown = { type = "text", key = true }\n',
}  # fmt: skip


@pytest.mark.parametrize("way", DEPENDS)
def test_a_table_brings_those_that_it_rests_on(way: str, with_towns: Path) -> None:
    change(with_towns, "project.toml", CHARTS, DEPENDS[way] + CHARTS)
    change(with_towns, "story/report.md", "An engineer", "{{ more.first.town }} An engineer")
    assert "tables/towns.csv:2" in told(with_towns, "report")


def test_a_chart_brings_the_tables_of_its_title_and_its_test(with_towns: Path) -> None:
    change(with_towns, "project.toml", 'holds = "pay', 'holds = "towns.count == 1 and pay')
    assert "tables/towns.csv:2" in told(with_towns, "report")


def test_a_title_of_the_project_asks_for_tables_too(with_towns: Path) -> None:
    change(with_towns, "project.toml", 'title = "Two jobs"', 'title = "Two jobs"\nsubtitle = "{{ towns.count }} towns"')
    assert "tables/towns.csv:2" in told(with_towns, "report")


def test_a_reference_brings_the_table_that_it_names(with_towns: Path) -> None:
    change(with_towns, "project.toml", "job = { ", 'job = { references = "towns.town", ')
    assert "tables/towns.csv:2" in told(with_towns, "report")


def test_tables_that_may_contradict_each_other_are_read_together(small_project: Path) -> None:
    """What "About these data" says must not depend on what else was asked for."""
    twin = OTHER.replace("towns", "second").replace("town =", "job =").replace("people", "salary")
    twin = twin.replace('"integer"', '"money", unit = "USD"')
    (small_project / "tables/second.csv").write_text("job,salary\nEngineer,120001\nAnalyst,110000\n", "utf-8")
    change(small_project, "project.toml", CHARTS, twin + CHARTS)
    alone, among = read(small_project, Options(only=("report",))), read(small_project, Options())
    assert [len(one.outputs[0].document.contradictions) for one in (alone, among)] == [1, 1]


def bytes_of(reading: Reading) -> dict[str, bytes]:
    return {one.planned.name: one.content for one in write(reading, None).finished()}


@pytest.mark.parametrize("name", ["machine-learning-engineer", "college-majors"])
def test_an_output_alone_is_the_output_among_others(name: str) -> None:
    root = ROOT / "data" / name
    among = bytes_of(read(root, Options()))
    for output, content in among.items():
        alone = read(root, Options(only=(output,)))
        assert bytes_of(alone) == {output: content}
    handout = read(root, Options(only=("handout",)))
    assert set(handout.inputs) < set(read(root, Options()).inputs)


def test_a_part_that_another_outputs_story_shows_is_none_that_no_document_shows(small_project: Path) -> None:
    (small_project / "story/part.md").write_text("::: callout {only=deck}\nWhat.\n:::\n", "utf-8")
    for name in ("report", "deck"):
        change(small_project, f"story/{name}.md", "", '{% include "part.md" %}\n\n')
    assert not told(small_project, "report")


def test_the_manifest_says_of_each_output_what_it_was_made_from(with_towns: Path, tmp_path: Path) -> None:
    (with_towns / "tables/towns.csv").write_text("town,people\nZurich,400000\n", "utf-8")
    assert run("build", with_towns, "--out", tmp_path, "--quiet") == (0, "")
    every = json.loads((tmp_path / "manifest.json").read_text())
    shared = {"project.toml", "brand.toml", "tables/pay.csv"}
    assert set(every["outputs"]["report"]["inputs"]) == {*shared, "story/report.md"}
    assert set(every["outputs"]["deck"]["inputs"]) == {*shared, "story/deck.md", "tables/towns.csv"}
    assert run("build", with_towns, "--out", tmp_path, "--quiet", "--only", "report") == (0, "")
    later = json.loads((tmp_path / "manifest.json").read_text())
    assert later == every  # the deck stands there still, and with it what it was made from
    assert load_project(with_towns).files["towns"] == (with_towns.resolve() / "tables/towns.csv",)
