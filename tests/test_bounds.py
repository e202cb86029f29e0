"""A project is data from somebody else: whatever it says, it is refused in words, within time and memory."""

from __future__ import annotations

import os
import re
import shutil
import socket
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image

from data import effort
from data.look.fonts import shipped_family
from data.pattern import PatternError, compiled
from data.project import load_project
from data.sandbox.rendered import render_story
from reports.story.nesting import DEEPEST
from reports.writers import WRITERS
from tests.test_bad_input import change, run

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="no such files there")


def refused(root: Path, *words: str) -> str:
    code, output = run("check", root)
    assert code == 2, output
    assert "Traceback" not in output
    for word in words:
        assert word in output, output
    return output


# -- stories ------------------------------------------------------------------------

DOUBLED = {
    "a text": ("{% set x = 'ab' %}", "{% set x = x ~ x %}", "longer than 1,000,000 characters"),
    "a text that is added": ("{% set x = 'ab' %}", "{% set x = x + x %}", "longer than 1,000,000 characters"),
    "a number": ("{% set x = 99 %}", "{% set x = x * x %}", "larger than any that documents show"),
    "a list": ("{% set x = [1] %}", "{% set x = x + x %}", "longer than 100,000 items"),
    "a value": ("{% set x = pay.first.salary %}", "{% set x = x + x %}", "larger than any|more than 1,000,000 cells"),
    "a passage": (
        "{% set x %}a {{ 5 }}{% endset %}", "{% set x %}{{ x }}{{ x }}{% endset %}", "longer than 10,000,000 characters"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DOUBLED)
def test_what_doubles_in_a_story_is_stopped_at_its_line(name: str, small_project: Path) -> None:
    first, again, words = DOUBLED[name]
    story = small_project / "story/report.md"
    story.write_text("# Pay\n\n" + first + "\n" + f"{again}\n" * 60 + "{{ x }}\n", "utf-8")
    output = refused(small_project)
    assert re.search(rf"story/report\.md:\d+: .*({words})", output), output


@pytest.mark.parametrize(
    "passage",
    [
        "{% for a in pay.rows %}{% for b in pay.rows %}{% for c in pay.rows %}{% endfor %}{% endfor %}{% endfor %}",
        "{% macro m(n) %}{% for a in pay.rows %}{{ pay.median('salary') }}{% endfor %}{% endmacro %}"
        + "{{ m(1) }}" * 50,
        "{% for a in pay.rows %}{{ pay.where('salary > 3').count }}{{ pay.sorted('salary').count }}{% endfor %}" * 9,
        "{% for b in pay.rows %}{% for a in pay.rows %}{% if a in pay.rows %}x{% endif %}{% endfor %}{% endfor %}" * 9,
    ],
)
def test_work_without_end_is_stopped_by_its_count(
    passage: str, small_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(effort, "MOST", 20_000)
    rows = "".join(f"Job {n},{n}\n" for n in range(40))
    (small_project / "tables/pay.csv").write_text(f"job,salary\nEngineer,120000\nAnalyst,110000\n{rows}", "utf-8")
    change(small_project, "story/report.md", "An engineer", f"{passage} An engineer")
    refused(small_project, "story/report.md:3: this asks for more work than a project may")


def test_a_claim_has_the_same_budget(small_project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effort, "MOST", 3_000)
    test = "pay.where('salary > 5').count > 0 and " * 100 + "true"
    change(small_project, "project.toml", "pay.top('salary').job == 'Engineer'", test)
    refused(small_project, "asks for more work than a project may")


def test_a_loop_over_many_rows_is_no_work_to_speak_of(small_project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of 50,000 rows with a tenth of the budget."""
    monkeypatch.setattr(effort, "MOST", effort.MOST // 10)
    rows = "".join(f"Job {n},{n}\n" for n in range(5_000))
    (small_project / "tables/pay.csv").write_text(f"job,salary\nEngineer,120000\nAnalyst,110000\n{rows}", "utf-8")
    story = small_project / "story/report.md"
    loop = "{% for r in pay.rows %}\n{{ r.job }} {{ r.salary }} {{ r.job }} {{ r.salary }}\n{% endfor %}\n"
    story.write_text(loop, "utf-8")
    rendered = render_story(story, small_project, load_project(small_project).tables)
    assert len(rendered.placeholders) == 4 * 5_002


@pytest.mark.parametrize(
    "passage",
    [
        "{{ " + "(" * 500 + "1" + ")" * 500 + " }}", "{{ " + "-" * 9000 + "1 }}", "{{ " + "9" * 9000 + " }}",
        "{% for a in pay.rows %}" * 30 + "{% endfor %}" * 30, "{% include '" + "a" * 400 + "' %}",
    ],
)  # fmt: skip
def test_what_is_nested_or_long_beyond_sense_is_refused(passage: str, small_project: Path) -> None:
    change(small_project, "story/report.md", "An engineer", f"{passage} An engineer")
    refused(small_project, "story/report.md")


@pytest.mark.parametrize(
    "markdown",
    [">" * 60 + " a", "- " * 60 + "a", "*a " * 60 + "x" + " b*" * 60, "[" * 60 + "a" + "]{lang=fr}" * 60],
    ids=["quotes", "lists", "emphasis", "spans"],
)
def test_deep_markdown_is_refused_and_nothing_of_it_is_lost(markdown: str, small_project: Path) -> None:
    change(small_project, "story/report.md", "An engineer", f"{markdown}\n\nAn engineer")
    refused(small_project, f"story/report.md:3: more than {DEEPEST} quotes")


def test_a_table_too_long_to_print_says_what_can_be(small_project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(WRITERS, "report", replace(WRITERS["report"], most_cells=3))
    change(small_project, "story/report.md", "An engineer", "![Pay](table:pay)\n\nAn engineer")
    refused(
        small_project, "story/report.md:3: 'pay' has 2 rows here; of 2 fields a report prints 1 at most", "{rows=100}"
    )


# -- settings -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x = " + "[" * 4000 + "]" * 4000, "within each other"),
        ("x = " + "[" * 60 + "]" * 60, "more than 50 lists or tables"),
        (".".join("a" * 4000) + " = 1", "more than 200 dots"),
        ("x = " + "9" * 5000, "a number or a date that cannot be read"),
        ("# [" + " " * 50_000 + "x\nlogos = 1", "'logos' is not known"),
        ("#" + " " * 4_000_001, "4 MB are the most that is read"),
    ],
    ids=["endless", "deep", "dotted", "digits", "spaces", "large"],
)
def test_settings_beyond_sense_are_refused(text: str, words: str, small_project: Path) -> None:
    (small_project / "brand.toml").write_text(f"{text}\n", "utf-8")
    refused(small_project, "brand.toml", words)


# -- patterns -----------------------------------------------------------------------


def test_a_pattern_that_could_match_in_countless_ways_takes_no_time(small_project: Path) -> None:
    change(small_project, "project.toml", 'type = "text", key', 'type = "text", pattern = "(a|aa)+(a+)+$", key')
    change(small_project, "tables/pay.csv", "Analyst", "a" * 5_000 + "b")
    refused(small_project, "tables/pay.csv:3", "does not match the pattern")


def test_a_mark_of_many_ones_takes_no_time(small_project: Path) -> None:
    change(small_project, "project.toml", 'as_of = "2024"', 'as_of = "2024"\nshape = { marks = ["' + "1" * 18 + '*"] }')
    change(small_project, "tables/pay.csv", "Analyst", "Analyst " + "1" * 39 + "-*")
    code, output = run("check", small_project)
    assert "Traceback" not in output
    assert code in (0, 2)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("a(?=b)", "looks ahead or behind"), ("(?<!a)b", "looks ahead or behind"), (r"(a)\1", "refers back"),
        ("a++", "not done here"), ("a{2000}", "more than 1,000 times"), ("((a{99}){99}){99}", "more than can be matched"),
        ("(" * 400 + ")" * 400, "nested too deeply"), ("a" * 1001, "1,000 are the most"), ("(", "no regular expression"),
    ],
)  # fmt: skip
def test_what_no_pattern_can_ask_is_said(pattern: str, words: str) -> None:
    with pytest.raises(PatternError, match=words):
        compiled(pattern)


TEXTS = (
    "",
    "Total",
    "total",
    "Été 2024",
    "über-all",
    "٣٤",
    "a\u00a0b",
    "a\n",
    "x_1 é",
    "日本 5",
    "No. 12*",
    "K\u0131\u0130i",
)


@pytest.mark.parametrize(
    "pattern",
    [
        r"\d+", r"^\w+$", r"\bÉté\b", r"\s", r"[^\W\d_]+", r"(?i)total", r"(?i)i", r"a$", r"a\Z", r"\S+\b", r"\B.",
        r"(?P<year>\d{4})", r"^(?:Total|über)", r"[\s\d]+$", r".$", r"(?s).$", r"(?m)^a$", r"\b\w", r"[\W_]+", r"(?a)\w+",
    ],
)  # fmt: skip
def test_a_pattern_means_what_python_means_by_it(pattern: str) -> None:
    ours, python = compiled(pattern, groups=True), re.compile(pattern)
    for text in TEXTS:
        for how in ("search", "match", "fullmatch"):
            found, wanted = getattr(ours, how)(text), getattr(python, how)(text)
            assert (None if found is None else (found.text, found.groups)) == (
                None if wanted is None else (wanted[0], wanted.groups())
            ), (pattern, text, how)


# -- files --------------------------------------------------------------------------

NAMED = ("tables/pay.csv", "story/report.md", "brand.toml")


@POSIX
@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize("kind", ["folder", "pipe", "socket", "device", "loop", "nowhere"])
def test_what_is_no_file_is_refused_and_not_waited_for(
    kind: str, name: str, small_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = small_project / name
    path.unlink()
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        monkeypatch.chdir(path.parent)  # the name of a socket is short
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(path.name)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    else:
        path.symlink_to(path if kind == "loop" else "nothing")
    refused(small_project)


@POSIX
def test_a_name_that_is_too_long_is_said(small_project: Path) -> None:
    change(small_project, "project.toml", "tables/pay.csv", "a" * 300 + ".csv")
    refused(small_project, "project.toml:7", "a longer name than a file can have")


@POSIX
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_table_that_may_not_be_read_is_said(small_project: Path) -> None:
    (small_project / "tables/pay.csv").chmod(0)
    refused(small_project, "tables/pay.csv: cannot be read", "the right to read it")


@POSIX
def test_inspect_waits_for_no_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "t.csv")
    code, output = run("inspect", tmp_path / "t.csv")
    assert (code, "is a pipe" in output) == (2, True), output


def test_a_text_of_too_many_cells_is_refused(small_project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.sources.text.delimited.CELLS", 5)
    refused(small_project, "tables/pay.csv:3", "the most that are read as a table")


# -- queries ------------------------------------------------------------------------

MANY = """\
[tables.big]
file = "big.csv"
[tables.big.fields]
b = {{ type = "integer" }}
[tables.q]
query = "{query}"
read = {{ timeout = 3 }}
[tables.q.fields]
n = {{ type = "integer" }}

[charts.pay]"""


def test_a_join_of_all_with_all_is_stopped(small_project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.sources.queries.query._LONGEST", 2.0)
    (small_project / "big.csv").write_text("b\n" + "".join(f"{n % 7}\n" for n in range(20_000)), "utf-8")
    query = "SELECT x.b AS n FROM big AS x JOIN big AS y ON x.b = y.b JOIN big AS z ON y.b = z.b GROUP BY x.b"
    change(small_project, "project.toml", "[charts.pay]", MANY.format(query=query))
    refused(small_project, "project.toml:", "the query takes more than 2 seconds")


# -- pictures and fonts -------------------------------------------------------------


def test_a_logo_of_too_many_pixels_is_refused(small_project: Path) -> None:
    Image.new("1", (8_000, 8_000)).save(small_project / "logo.png")
    (small_project / "brand.toml").write_text('logo = "logo.png"\n', "utf-8")
    refused(small_project, "brand.toml:1: 'logo.png' has 8,000 x 8,000 pixels", "20 million are the most")


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_logo_that_is_cut_off_is_refused(form: str, small_project: Path) -> None:
    path = small_project / "logo.png"
    Image.effect_noise((300, 300), 80).save(path, form)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    (small_project / "brand.toml").write_text('logo = "logo.png"\n', "utf-8")
    refused(small_project, "brand.toml:1: 'logo.png' is no picture that can be read, or is damaged")


def _no_units(font: bytes) -> bytes:
    at = font.index(b"head") + 8
    place = int.from_bytes(font[at : at + 4], "big") + 18
    return font[:place] + b"\0\0" + font[place + 2 :]


def _moved(table: bytes, font: bytes) -> bytes:
    at = font.index(table) + 8
    return font[:at] + (len(font) - 7).to_bytes(4, "big") + font[at + 4 :]


@pytest.mark.parametrize(
    "harm",
    [
        lambda font: font[: len(font) // 3], lambda font: font[:40], lambda font: b"",
        _no_units, lambda font: font.replace(b"cmap", b"cmaq", 1), lambda font: _moved(b"cmap", font),
        lambda font: _moved(b"loca", font), lambda font: _moved(b"glyf", font), lambda font: _moved(b"hmtx", font),
        lambda font: b"wOFF" + font[4:],
    ],
)  # fmt: skip
def test_a_damaged_font_is_refused(harm: object, small_project: Path) -> None:
    font = small_project / "own.ttf"
    shutil.copyfile(shipped_family("Source Sans Pro").regular.path, font)
    font.write_bytes(harm(font.read_bytes()))
    (small_project / "brand.toml").write_text('[fonts]\nfallback = ["own.ttf"]\n', "utf-8")
    refused(small_project, "brand.toml:2: 'own.ttf'")
