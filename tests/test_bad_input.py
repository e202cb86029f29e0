"""Bad projects: each gives a message with its place and a way out, exit code 2, and no file."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from generate import app


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def change(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


EDITS = {
    "a table file that is missing": (
        "project.toml", "tables/pay.csv", "tables/pya.csv",
        ["project.toml:7: there is no file 'tables/pya.csv'", "Did you mean 'pay.csv'?"],
    ),
    "an unknown field in a chart": (
        "project.toml", 'x = "salary"', 'x = "salry"', ["project.toml:16", "no field 'salry'", "Did you mean 'salary'?"],
    ),
    "an unknown table in a chart": (
        "project.toml", 'table = "pay"', 'table = "pey"', ["project.toml:15", "Did you mean 'pay'?"],
    ),
    "an unknown chart in a story": (
        "story/report.md", "chart:pay", "chart:pray", ["story/report.md:5: there is no chart 'pray'", "Did you mean 'pay'?"],
    ),
    "an unknown row in a placeholder": (
        "story/report.md", 'pay["Engineer"]', 'pay["Enginer"]', ["story/report.md:3", "Did you mean 'Engineer'?"],
    ),
    "an unknown table in a placeholder": (
        "story/report.md", "{{ pay[", "{{ wage[", ["story/report.md:3", "'wage'", "Known: 'pay'"],
    ),
    "an unknown field in a placeholder": (
        "story/report.md", "].salary", "].salery", ["story/report.md:3", "Did you mean 'salary'?"],
    ),
    "a currency sign before a value that brings its own": (
        "story/report.md", "{{ pay[", "$ {{ pay[", ["story/report.md:3: '$ $120,000' would be printed", "| number"],
    ),
    "a currency sign before a rounded value": (
        "story/report.md", '{{ pay["Engineer"].salary', '${{ (1.01 * pay["Engineer"].salary) | about',
        ["story/report.md:3: '$about $120,000' would be printed", "its own '$'"],
    ),
    "about before a value that says so itself": (
        "story/report.md", '{{ pay["Engineer"].salary', 'about {{ (1.01 * pay["Engineer"].salary) | about',
        ["story/report.md:3: 'about about $120,000' would be printed", "its own 'about'"],
    ),
    "a ready word that is computed with": (
        "story/report.md", "].salary }}", "].salary | about * 2 }}", ["story/report.md:3: it computes with what is no number"],
    ),
    "Markdown in the other title of a chart": (
        "project.toml", "holds =", 'otherwise = "**Analysts** do"\nholds =', ["project.toml:19: '**Analysts**' would be printed"],
    ),
    "Markdown at a line in a chart": (
        "project.toml", "holds =", "references = [{ value = 9, text = '**Nine**' }]\nholds =", ["'**Nine**' would be printed"],
    ),
    "another title that is the same": (
        "project.toml", "holds =", 'otherwise = "Engineers earn more"\nholds =', ["otherwise says what the title says"],
    ),
    "a currency sign in a key figure": (
        "story/handout.md", "**{{ pay[", "**${{ pay[", ["story/handout.md:5: '$$120,000' would be printed"],
    ),
    "a percent sign behind a value that brings its own": (
        "story/report.md", "pay[\"Engineer\"].salary }}.", '(pay["Engineer"].salary / pay["Analyst"].salary) | percent }} %.',
        ["story/report.md:3: '109.1% %' would be printed"],
    ),
    "another currency's sign before a value": (
        "story/report.md", "{{ pay[", "€{{ pay[", ["story/report.md:3: '€$120,000' would be printed", "its own '€'"],
    ),
    "a currency's name behind a value": (
        "story/report.md", ".salary }}.", ".salary }} dollars.", ["'$120,000 dollars' would be printed"],
    ),
    "a currency's code before a value": ("story/report.md", "{{ pay[", "USD {{ pay[", ["'USD $120,000' would be printed"]),
    "the word percent behind a percentage": (
        "story/report.md", "pay[\"Engineer\"].salary }}", '(pay["Engineer"].salary / pay["Analyst"].salary) | percent }} percent',
        ["'109.1% percent' would be printed"],
    ),
    "a placeholder with one brace": (
        "story/handout.md", '{{ pay["Engineer"].salary }}', '{ pay["Engineer"].salary }', ["two braces at each side"],
    ),
    "a placeholder with one brace too many": (
        "story/report.md", ".salary }}", ".salary }}}}", ["'}}' would be printed as it stands"],
    ),
    "a single = in a condition": (
        "story/report.md", "An engineer", "{{ pay.where(\"job = 'Analyst'\").count }}",
        ["story/report.md:3: the expression has a single =", "Compare by =="],
    ),
    "a row of a table without a key": (
        "project.toml", ", key = true", "", ["story/report.md:3: table 'pay' has no key field", "Write key = true in the field"],
    ),
    "a word of a table's that stands alone": (
        "story/report.md", "An engineer", "{{ average(salary) }}", ["there is no 'average' here", "pay.mean('salary')"],
    ),
    "a field that stands alone": (
        "story/report.md", "An engineer", "{{ pay.sum(salary) }}", ["a field of 'pay'", "pay.first.salary", "pay.sum('salary')"],
    ),
    "a field of a table without a row": (
        "story/report.md", "An engineer", "{{ pay.salary }}", ["a value for each row", "pay.first.salary"],
    ),
    "a word that other programs use": ("story/report.md", "An engineer", "{{ pay.max('salary') }}", ["Did you mean 'top'?"]),
    "an unknown filter": (
        "story/report.md", "].salary }}", "].salary | exat }}", ["there is no filter 'exat'. Did you mean 'exact'?"],
    ),
    "a field of a value": ("story/report.md", "].salary }}", "].salary.low }}", ["a value has no 'low'", "Leave .low out"]),
    "a table as a value": ("story/report.md", "An engineer", "{{ pay }}", ["pay.first.salary", "![](table:pay)"]),
    "a misspelt word in a condition": (
        "story/report.md", "An engineer", "{{ pay.where(job='Analist').count }}",
        ["no row of 'pay' has 'Analist' in 'job'", "Did you mean 'Analyst'?", """.where("job == 'Analist'")"""],
    ),
    "an unknown setting in a setting": (
        "project.toml", 'file = "tables/pay.csv"', 'file = "tables/pay.csv"\nminimum_n = { n = 10 }', ["Known: 'field', 'hides'"],
    ),
    "a placeholder that is not closed": (
        "story/report.md", ".salary }}.", ".salary.", ["story/report.md:", "cannot be read"],
    ),
    "text in a number column": (
        "tables/pay.csv", "110000", "about 110k",
        ["tables/pay.csv:3: column 'salary': 'about 110k': is not a number"],
    ),
    "a thousands comma": ("tables/pay.csv", "110000", '"110,000"', ["tables/pay.csv:3", "a comma is ambiguous"]),
    "a currency sign": ("tables/pay.csv", "110000", "$110000", ["tables/pay.csv:3", "currency sign"]),
    "duplicate keys": (
        "tables/pay.csv", "Analyst", "Engineer", ["tables/pay.csv:3: column 'job': 'Engineer' stands in line 2 already"],
    ),
    "a value below the minimum": ("tables/pay.csv", "110000", "-5", ["tables/pay.csv:3", "below the minimum of 0"]),
    "too many cells": (
        "tables/pay.csv", "Analyst,110000", "Analyst,110,000", ["tables/pay.csv:3: this row has 3 cells, the header has 2"],
    ),
    "an open quote": ("tables/pay.csv", "Analyst", '"Analyst', ["tables/pay.csv:3: cannot be read"]),
    "a missing column": ("tables/pay.csv", "job,salary", "job,wage", ["has no column 'salary'"]),
    "a control character": ("tables/pay.csv", "Analyst", "Ana\x07lyst", ["tables/pay.csv:3", "U+0007"]),
    "right-to-left text": ("story/report.md", "An engineer", "\u05de\u05d4 An engineer", ["story/report.md:3", "Right-to-left"]),
    "an emoji without a font": ("story/report.md", "An engineer", "An 🎓 engineer", ["story/report.md:3", "U+1F393"]),
    "CJK text without a font": ("story/report.md", "An engineer", "工程师", ["story/report.md:3", "U+5DE5", "fallback"]),
    "broken TOML": ("project.toml", 'title = "Two jobs"', 'title = "Two jobs', ["project.toml:1: is not valid TOML"]),
    "an unknown setting": (
        "project.toml", "publisher", "publsher", ["project.toml:3: the setting 'publsher' is not known", "'publisher'?"],
    ),
    "an unknown setting of the brand": ("brand.toml", "institution", "institutoin", ["brand.toml:1", "'institution'?"]),
    "an unknown chart kind": (
        "project.toml", 'y = "job"', 'y = "job"\nkind = "pies"', ["project.toml:18: there is no chart kind 'pies'"],
    ),
    "an unknown field type": ("project.toml", '"money"', '"cash"', ["project.toml:12: 'type' cannot be this", "'money'"]),
    "money without a currency": ("project.toml", 'unit = "USD", ', "", ["project.toml:12", "money needs unit"]),
    "an unknown writer": ("project.toml", 'writer = "deck"', 'writer = "dekc"', ["Did you mean 'deck'?"]),
    "a language nobody speaks": ("project.toml", "en-US", "xx-YY", ["language: 'xx-YY' is no language that documents can be in", '"de-DE"']),
    "a logo that is no picture": (
        "brand.toml", "\n", '\nlogo = "tables/pay.csv"\n', ["brand.toml:2: 'tables/pay.csv' is no picture"],
    ),
    "a template that is no pptx": (
        "brand.toml", "\n", '\ntemplate = "tables/pay.csv"\n', ["brand.toml:2: 'tables/pay.csv' is no PowerPoint file"],
    ),
    "a font that is no font": (
        "brand.toml", "\n", '\n[fonts]\nfallback = ["tables/pay.csv"]\n', ["brand.toml:3: 'tables/pay.csv' is no font"],
    ),
    "a path that leaves the project": (
        "project.toml", "tables/pay.csv", "../../pay.csv", ["project.toml:7: '../../pay.csv' leaves the project folder"],
    ),
    "an include that leaves the project": (
        "story/report.md", "An engineer", '{% include "../../secret.md" %}', ["story/report.md:3", "leaves the project"],
    ),
    "a story that reaches for Python": (
        "story/report.md", "An engineer", "{{ pay.__class__.__mro__ }}", ["story/report.md:3", "no '__class__'"],
    ),
    "a story that calls a method of text": (
        "story/report.md", "An engineer", "{{ 'a'.upper() }}", ["story/report.md:3", "tables, rows and values only"],
    ),
    "a story that fills the memory": (
        "story/report.md", "An engineer", "{{ 'a' * 1000000000 }}", ["story/report.md:3", "'*' cannot be used here"],
    ),
    "a sentence glued with a number": (
        "story/report.md", "An engineer", "{{ 'a' ~ pay.first.salary }}", ["story/report.md:3", "a ~ b"],
    ),
    "dollars compared with a job": (
        "story/report.md", "An engineer", "{{ pay.first.salary - pay.first.job }}", ["story/report.md:3: cannot subtract"],
    ),
    "a story that includes itself": (
        "story/report.md", "An engineer", '{% include "report.md" %}', ["story/report.md:3", "without end"],
    ),
    "a number beyond all measure": (
        "story/report.md", "An engineer", "{{ 1e400 }}", ["story/report.md", "larger than any"],
    ),
    "a pattern that is no pattern": (
        "project.toml", "minimum = 0", 'pattern = "("', ["project.toml:12", "the pattern is no regular expression"],
    ),
    "a condition that is neither true nor false": (
        "story/report.md", "An engineer", "{{ pay.where('salary').count }}", ["story/report.md:3", "neither true nor false"],
    ),
    "a false claim of a chart": (
        "project.toml", "== 'Engineer'", "== 'Analyst'",
        ["project.toml:19: the data deny the claim 'Engineers earn more'"],
    ),
    "a false claim of a heading": (
        "story/report.md", 'kicker="Pay"', 'holds="pay.first.salary < 5"', ["story/report.md:1: the data deny the claim"],
    ),
    "a test that is neither true nor false": (
        "project.toml", "pay.top('salary').job == 'Engineer'", "pay.top('salary').job", ["is not true or false"],
    ),
    "an unknown block": ("story/report.md", "An engineer", "::: mith\nAn engineer", ["'::: mith'", "Did you mean 'myth'?"]),
    "a link that leads nowhere": (
        "story/report.md", "An engineer", "[An](#nowhere) engineer", ["story/report.md:3", "'#nowhere'"],
    ),
    "a link that is no address": (
        "story/report.md", "An engineer", "[An](javascript:x) engineer", ["story/report.md:3", "no address"],
    ),
    "an unknown attribute": (
        "story/report.md", 'kicker="Pay"', 'kiker="Pay"', ["story/report.md:1", "Did you mean 'kicker'?"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_a_mistake_is_named_with_its_place_and_a_way_out(name: str, small_project: Path, tmp_path: Path) -> None:
    file, old, new, expected = EDITS[name]
    change(small_project, file, old, new)
    code, output = run("build", small_project, "--out", tmp_path / "out")
    assert code == 2, output
    for words in expected:
        assert words in output
    assert "Traceback" not in output
    assert not list((tmp_path / "out").glob("*"))


def test_all_problems_are_told_at_once(small_project: Path) -> None:
    change(small_project, "tables/pay.csv", "110000", "lots")
    change(small_project, "brand.toml", "institution", "institutoin")
    code, output = run("check", small_project)
    assert code == 2
    assert "tables/pay.csv:3" in output
    assert "brand.toml:1" in output


def test_the_problems_of_three_stories_are_told_at_once(small_project: Path) -> None:
    for name in ("report", "handout", "deck"):
        change(small_project, f"story/{name}.md", "chart:pay", f"chart:{name}")
    code, output = run("check", small_project)
    assert code == 2
    assert all(f"there is no chart '{name}'" in output for name in ("report", "handout", "deck"))


def test_of_many_bad_cells_ten_are_shown_and_the_rest_counted(small_project: Path) -> None:
    rows = "".join(f"Job {n},x\n" for n in range(40))
    (small_project / "tables/pay.csv").write_text("job,salary\n" + rows, "utf-8")
    code, output = run("check", small_project)
    assert code == 2
    assert output.count("tables/pay.csv:") == 10
    assert "(30 more like this)" in output


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"job,salary\n", "has a header and no rows"),
        (b"job,salary\nJos\xe9,1\n", "tables/pay.csv:2: is not UTF-8: byte 0xE9"),
        (b"job,salary\nA\x00,1\n", "control character U+0000"),
        (b"job,job\nA,1\n", "the header says 'job' twice"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(content: bytes, words: str, small_project: Path) -> None:
    (small_project / "tables/pay.csv").write_bytes(content)
    code, output = run("check", small_project)
    assert code == 2
    assert words in output


def test_a_byte_order_mark_and_windows_line_ends_are_read(small_project: Path) -> None:
    (small_project / "tables/pay.csv").write_bytes(b"\xef\xbb\xbfjob,salary\r\nEngineer,2\r\nAnalyst,1\r\n")
    code, output = run("check", small_project)
    assert code == 0, output


def test_an_output_folder_that_is_a_file_is_refused(small_project: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    code, output = run("build", small_project, "--out", tmp_path / "out")
    assert code == 2
    assert "Choose another folder" in output
    assert (tmp_path / "out").read_text() == "mine"


def test_a_folder_without_a_project_is_refused(tmp_path: Path) -> None:
    code, output = run("build", tmp_path)
    assert code == 2
    assert "holds no project.toml" in output


def test_an_unknown_output_is_refused(small_project: Path, tmp_path: Path) -> None:
    code, output = run("build", small_project, "--only", "report,dekc", "--out", tmp_path / "out")
    assert code == 2
    assert "Did you mean 'deck'?" in output


def test_new_never_overwrites(small_project: Path) -> None:
    code, output = run("new", small_project)
    assert code == 2
    assert "exists already" in output


WRONG_CHART = """\
[charts.wrong]
table = "pay"
x = "salary"
y = "job"
title = "No"
holds = "pay.first.salary < 5"

[outputs.report]"""


def test_an_output_nobody_asked_for_stops_no_other(small_project: Path, tmp_path: Path) -> None:
    change(small_project, "project.toml", "[outputs.report]", WRONG_CHART)
    change(small_project, "story/deck.md", "chart:pay", "chart:wrong")
    assert run("build", small_project, "--only", "report", "--out", tmp_path)[0] == 0
    assert run("check", small_project)[0] == 2


def test_a_chart_that_no_story_shows_is_tested_too(small_project: Path) -> None:
    change(small_project, "project.toml", "[outputs.report]", WRONG_CHART)
    code, output = run("check", small_project)
    assert code == 2
    assert "the data deny the claim 'No'" in output


@pytest.mark.parametrize(
    ("query", "remedy"),
    [
        ("SELECT job, salary FORM pay", "Did you mean FROM for FORM?"),
        ("SELECT job, SUMM(salary) AS salary FROM pay GROUP BY job", "Did you mean SUM?"),
        ("SELECT job, AVERAGE(salary) AS salary FROM pay GROUP BY job", "Did you mean AVG?"),
        ("SELECT job, salary FROM pay WHERE", "Correct the query."),
    ],
)
def test_a_misspelt_word_of_sql_is_named(small_project: Path, query: str, remedy: str) -> None:
    settings = small_project / "project.toml"
    table = f'[tables.q]\nquery = "{query}"\n[tables.q.fields]\njob = {{ type = "text" }}\n'
    settings.write_text(settings.read_text("utf-8").replace("[charts", f"{table}[charts", 1), "utf-8")
    code, output = run("check", small_project)
    assert (code, remedy in output) == (2, True), output


def test_a_condition_may_name_what_no_row_has(small_project: Path) -> None:
    change(
        small_project,
        "story/report.md",
        "An engineer",
        "{{ pay.where(\"job == 'Analist'\").count }} {{ pay.where(job='Cook').count }}",
    )
    assert run("check", small_project)[0] == 0


def test_a_strict_check_says_why_it_fails(small_project: Path) -> None:
    change(small_project, "project.toml", 'as_of = "2024"', 'as_of = "2024"\nstale_after = "1 days"')
    code, output = run("check", "--strict", small_project)
    assert code == 2, output
    assert output.splitlines()[-1].endswith("with --strict each counts as a problem.")


def test_a_project_named_without_a_command_gets_the_command(small_project: Path) -> None:
    code, output = run(small_project)
    assert code == 2
    assert "Write: build" in output


@pytest.mark.parametrize(
    "words",
    [
        "{{ pay.first.salary }}, dollarwise", "{{ pay.first.salary }} a year", "`{{ '{{' }} pay.first {{ '}}' }}`",
        "{{ pay.first.salary | number }} dollars", "a {set} of pay.", "Percent: {{ pay.count }} percentiles",
    ],
)  # fmt: skip
def test_what_is_no_slip_is_printed(small_project: Path, words: str) -> None:
    change(small_project, "story/report.md", "An engineer", words)
    assert run("check", small_project)[0] == 0, run("check", small_project)[1]
