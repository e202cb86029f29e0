"""Plain mistakes, in settings and on the command line, are refused with a place and a way out; none is a bug."""

from __future__ import annotations

import json
import math
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

import reports.runs.check
from data.inspection.words.toml_values import toml_key, toml_value
from data.terminal import escaped, visible
from generate import app
from tests.conftest import DECK, HANDOUT, REPORT

ROOT = Path(__file__).resolve().parent.parent
POSIX = pytest.mark.skipif(os.name == "nt", reason="streams and folders as POSIX has them")


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def change(root: Path, old: str, new: str, file: str = "project.toml") -> None:
    text = (root / file).read_text("utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new, 1), "utf-8")


def shell(line: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A line of the shell in which $FAIRSHEET is the program."""
    program = f"'{sys.executable}' '{ROOT / 'generate.py'}'"
    return subprocess.run(
        ["bash", "-c", line.replace("$FAIRSHEET", program)],
        cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip


AS_OF, PUBLISHER, LANGUAGE, WEBSITE, FILE = (
    'as_of = "2024"', 'publisher = "Career Center"', 'language = "en-US"', 'website = "https://careers.test/two"',
    'file = "tables/pay.csv"',
)  # fmt: skip
MISTAKES = {
    "a day that no month has": (AS_OF, 'as_of = "2026-11-31"', ["project.toml:9: as_of: '2026-11-31' is a date that no calendar has"]),
    "a month that no year has": (AS_OF, 'as_of = "2026-13"', ["no calendar has"]),
    "a year before the calendar": (AS_OF, 'as_of = "0000"', ["no calendar has"]),
    "a period that ends before it begins": (AS_OF, 'as_of = "2026-12/2026-01"', ["ends before it begins. Write 2026-01/2026-12."]),
    "a period of three parts": (AS_OF, 'as_of = "2024/2025/2026"', ["is not an ISO date"]),
    "a date without quotation marks that TOML has not": (AS_OF, "as_of = 2024-11", ['Write the date in quotation marks: "2024-11".']),
    "a period without quotation marks": (AS_OF, "as_of = 2024/2025", ['Write the date in quotation marks: "2024/2025".']),
    "a moment": (AS_OF, "as_of = 2024-11-20T10:00:00", ["'as_of' cannot be this"]),
    "a day of publication that no month has": (PUBLISHER, 'published = "2026-02-30"', ["published: '2026-02-30' is a date that no"]),
    "a region that no language has": (LANGUAGE, 'language = "de-UK"', ['"de-DE"', "AT, BE, CH"]),
    "a region by its common name": (LANGUAGE, 'language = "en-UK"', ['Write "en-GB".']),
    "a language as other programs write it": (LANGUAGE, 'language = "en_us"', ['Write "en-US".']),
    "a language that is none": (LANGUAGE, 'language = "xx"', ["'xx' is no language that documents can be in", '"fr-FR"']),
    "a region that is none": (LANGUAGE, 'language = "en-ZZ"', ["no region that is known"]),
    "a language with a script": (LANGUAGE, 'language = "zh-Hans"', ["no language that documents can be in"]),
    "an address with a bracket": (WEBSITE, 'website = "https://[x"', ["is no web address. Check its brackets"]),
    "an address with half an IPv6 host": (WEBSITE, 'website = "http://[::1"', ["is no web address. Check its brackets"]),
    "an address without a server": (WEBSITE, 'website = "https:///x"', ["names no server"]),
    "an address with a wrong port": (WEBSITE, 'website = "https://x.test:port/"', ["its port is a number"]),
    "a limit that is no number": ("minimum = 0", "minimum = nan", ["'minimum' cannot be this. Write a number."]),
    "a limit without end": ("minimum = 0", "maximum = inf", ["'maximum' cannot be this. Write a number."]),
    "a limit as a text": ("minimum = 0", 'minimum = "5"', ["'minimum' cannot be this. Write a number."]),
    "a limit that is true": ("minimum = 0", "minimum = true", ["'minimum' cannot be this. Write a number."]),
    "a tolerance that is no number": ("minimum = 0", "adds_up_to = 100, tolerance = nan", ["'tolerance' cannot be this"]),
    "a sum that is no number": ("minimum = 0", "adds_up_to = nan", ["'adds_up_to' cannot be this"]),
    "a factor without end": ("minimum = 0", "multiply = inf", ["'multiply' cannot be this"]),
    "a mark's limit without end": (AS_OF, 'missing = { x = { meaning = "at least", value = inf } }', ["'value' cannot be this"]),
    "a timeout that is no number": (FILE, f"{FILE}\nread = {{ timeout = nan }}", ["'timeout' cannot be this"]),
    "too many decimals": ("minimum = 0", "decimals = 7", ["'decimals' is too large. Write at most 6."]),
    "decimals below zero": ("minimum = 0", "decimals = -1", ["'decimals' is too small. Write at least 0."]),
    "decimals as a text": ("minimum = 0", 'decimals = "two"', ["'decimals' cannot be this. Write a whole number."]),
    "a switch as a text": ("key = true", 'key = "yes"', ["'key' cannot be this. Write true or false."]),
    "an age beyond the calendar": (AS_OF, f'{AS_OF}\nstale_after = "999999 years"', ["stale_after: '999999 years' is longer than 1000 years"]),
    "an age that is none": (AS_OF, f'{AS_OF}\nstale_after = "two years"', ['Write a whole number and its unit: "18 months"']),
    "a long delimiter": (FILE, f'{FILE}\nread = {{ delimiter = ";;" }}', ["'delimiter' is too long. Write at most 1 character."]),
    "an empty name of a section": (FILE, f'{FILE}\nshape = {{ sections = "" }}', ["'sections' is empty"]),
    "a path of Windows": (FILE, r'file = "tables\pay.csv"', ["project.toml:7", r"write 'tables\pay.csv', or / in its place"]),
    "a path of Windows that TOML reads otherwise": (FILE, r'file = "tables\new.csv"', ["project.toml:7: the path holds the control character that \\n", "Write forward slashes"]),
    "a path of Windows in single quotes": (FILE, r"file = 'tables\pay.csv'", ["has backslashes. Write it with forward slashes: 'tables/pay.csv'."]),
    "a pattern of Windows": (FILE, r"files = 'tables\*.csv'", ["Write it with forward slashes: 'tables/*.csv'."]),
    "a drive": (FILE, r"file = 'C:\pay.csv'", ["a place on one computer"]),
    "a folder in the place of a file": (FILE, 'file = "tables"', ["'tables' is a folder, and no file."]),
    "a path that is too long": (FILE, f'file = "{"n" * 3000}"', ["has a longer name than a file can have"]),
    "a pattern that is too long": (FILE, f'files = "{"n" * 3000}*"', ["project.toml:7"]),
    "a pattern that is none": (FILE, 'files = "tables/**x"', ["project.toml:7"]),
    "curly quotation marks": (FILE, "file = “tables/pay.csv”", ["write straight ones"]),
    "a path without quotation marks": (FILE, "file = tables/pay.csv", ['Write words in quotation marks: "tables/pay.csv".']),
    "a colon": (FILE, 'file: "tables/pay.csv"', ["Write = between a setting and its value"]),
    "a switch with a capital": (AS_OF, "as_of = True", ["Write true or false in small letters"]),
    "a setting twice": (PUBLISHER, 'title = "Again"', ["stands further up already"]),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_a_setting_is_refused_with_its_place_and_a_way_out(small_project: Path, old: str, new: str, said: list[str]) -> None:  # fmt: skip
    change(small_project, old, new)
    code, output = run("check", small_project)
    assert code == 2
    for words in said:
        assert words in output


@pytest.mark.parametrize("as_of", ["2024", "2024-11-20", '"2024-02"', '"2024-02-29"', '"2023-09/2024-06"'])
def test_a_date_that_toml_reads_exactly_needs_no_quotation_marks(small_project: Path, as_of: str) -> None:
    change(small_project, AS_OF, f"as_of = {as_of}")
    assert run("check", small_project) == (0, "No problems.\n")


@pytest.mark.parametrize("language", ["en", "en-GB", "de-AT", "fr-CA", "es-MX"])
def test_a_language_whose_numbers_and_dates_are_known_is_taken(small_project: Path, language: str) -> None:
    change(small_project, LANGUAGE, f'language = "{language}"')
    assert run("check", small_project)[0] == 0


VALUES: list[Any] = [
    "", " ", "x", "\x1b[31mred", "a\u202eb", "\0", "\n", "2026-02-30", "https://[x", "nan", "..", "/", "*", "[", "(", "\\", "{{", "%",
    "{{ pay }}", "{% if %}", "n" * 3000, 0, -1, 2, 10**19, 10**30, -(10**30), 1.5, 1e308, 5e-324, math.nan, math.inf, True,
    [], [""], [[]], ["x", "x"], [1], {}, {"a": 1}, {"": ""},
]  # fmt: skip
WHOLE: dict[str, Any] = {
    "title": "Two jobs", "subtitle": "Sub", "kicker": "K", "language": "en-US", "publisher": "CC", "caveat": "C",
    "website": "https://careers.test/two", "published": "2026-11",
    "sources": {"raw": {"file": "tables/raw.csv", "read": {"format": "csv", "encoding": "utf-8", "delimiter": ",", "quote": '"', "missing": ["-"], "types": {"n": "integer"}, "timeout": 30, "megabytes": 10, "headers": {"A": "b"}, "allow_http": False, "keep_last_good": False}}},
    "tables": {
        "pay": {"file": "tables/pay.csv", "title": "Pay", "source": "S", "as_of": "2024", "licence": "CC", "notes": ["n"], "missing": {"x": "not available", "y": {"meaning": "at least", "value": 5, "note": "N"}}, "stale_after": "900 years", "count": {"minimum": 1, "maximum": 10}, "numbers": {"decimal": ".", "thousands": ","}, "fields": {
            "job": {"title": "Job", "type": "text", "key": True, "labels": {"Engineer": "Engineer", "Analyst": "Analyst"}, "enum": ["Engineer", "Analyst"], "pattern": "[A-Z].*", "case": "as is", "proper": ["X"], "references": "seek.job"},
            "salary": {"type": "money", "unit": "USD", "minimum": 0, "maximum": 10**6, "multiply": 1, "decimals": 0, "additive": True, "required": True, "unique": True, "missing": ["z"], "numbers": {"decimal": ".", "thousands": ","}},
        }},
        "seek": {"file": "tables/seek.csv", "whole": "share", "minimum_n": {"field": "hi", "value": 2, "hides": ["lo"], "within": "grp"}, "fields": {
            "job": {"type": "text", "key": True, "column": ["job", "Job"]}, "share": {"type": "percent", "scale": "percent", "adds_up_to": 100, "within": "grp", "tolerance": 1}, "grp": {"type": "text"}, "day": {"type": "date", "format": "%d/%m/%Y"}, "lvl": {"type": "level", "levels": ["Low", "High"]}, "lo": {"type": "number", "unit": "jobs"}, "hi": {"type": "number"}, "rng": {"type": "range", "of": "number", "low": "lo", "high": "hi"}, "cur": {"type": "text"}, "m": {"type": "money", "unit_field": "cur"}, "many": {"type": "list", "delimiter": ";"}, "twice": {"type": "number", "value": "lo * 2"},
        }},
        "der": {"from": "seek", "group_by": "grp", "where": "lo > 0", "fields": {"grp": {"type": "text", "key": True}, "n": {"type": "integer", "value": "group.count"}}},
        "q": {"query": "SELECT n FROM raw", "as_of": "2024/2025", "fields": {"n": {"type": "integer"}}},
        "files": {"files": ["tables/m1.csv", {"file": "tables/m2.csv", "read": {"encoding": "utf-8"}}], "file_field": {"name": "yr", "pattern": "\\d"}, "fields": {"yr": {"type": "text"}, "a": {"type": "integer"}}},
        "shaped": {"file": "tables/shaped.csv", "shape": {"header": [2, 3], "header_join": " ", "header_fill": True, "repeated_headers": "refuse", "units": False, "column_numbers": False, "cells": {"c1": "A1"}, "notes": "Note", "skip": "skip", "drop": ["Total"], "fill_down": ["Group x"], "marks": {"*": "starred"}, "repeated_rows": "keep", "long": {"columns": ["A 2001", "A 2002"], "name": ["w", "year"], "value": "v", "split": " "}}, "fields": {"g": {"type": "text", "column": "Group x"}, "v": {"type": "number"}}},
        "sec": {"file": "tables/sec.csv", "shape": {"header": 1, "sections": {"field": "s", "rows": ["S1", "S2"], "outside": ["Total"]}, "wide": {"name": "k", "value": ["v"], "by": ["s"]}}, "fields": {"s": {"type": "text"}, "a": {"type": "number"}}},
        "hier": {"file": "tables/hier.csv", "shape": {"header": 1, "hierarchy": {"column": "n", "level": "lev", "parents": ["p1"]}}, "fields": {"n": {"type": "text"}}},
    },
    "charts": {"pay": {"table": "pay", "kind": "bar", "x": "salary", "y": "job", "title": "Engineers earn more", "holds": "pay.count == 2", "highlight": "Engineer", "sort": "descending", "rows": 5, "where": "salary > 0", "measure": "USD", "alt": "Alt"}},
    "outputs": {"report": {"writer": "report", "story": "story/report.md"}, "handout": {"writer": "handout", "story": "story/handout.md", "pages": 1}, "deck": {"writer": "deck", "story": "story/deck.md"}},
}  # fmt: skip
BRAND: dict[str, Any] = {
    "institution": "Test University", "unit": "CC", "logo": "logo.png", "paper": "letter", "template": "t.pptx", "contact": "c",
    "accommodation": "a", "non_discrimination": "n", "colours": {"ink": "#16202E", "accent": "#0B5C8A"},
    "fonts": {"text": "Source Serif Pro", "heading": {"name": "x", "regular": "x.ttf"}, "deck": "Calibri", "fallback": ["x.ttf"]},
}  # fmt: skip
TABLES = {
    "pay": "job,salary\nEngineer,120000\nAnalyst,110000\n",
    "seek": "job,share,grp,day,lvl,lo,hi,cur,m,many\nEngineer,50,a,01/02/2020,Low,5,10,USD,5,x; y\nAnalyst,50,a,01/02/2020,High,6,12,EUR,5,x\n",
    "raw": "n,b\n1,2\n", "m1": "a\n1\n", "m2": "a\n2\n", "shaped": "Title,,\nGroup,A,\nx,2001,2002\nskip,,\nq,1,2*\n,3,4\nTotal,4,6\nNote,,\n",
    "sec": "k,v\nS1,\na,1\nb,2\nS2,\na,3\nb,4\nTotal,7\n", "hier": "n,v\nA,3\n  B,1\n  C,2\n",
}  # fmt: skip


def places(settings: Any, above: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of every setting, and of every item of a list."""
    items = (
        settings.items() if isinstance(settings, dict) else enumerate(settings) if isinstance(settings, list) else ()
    )
    for key, value in items:
        yield (*above, key)
        yield from places(value, (*above, key))


def with_value(settings: Any, path: tuple[str | int, ...], value: Any) -> Any:
    if not path:
        return value
    copied = dict(settings) if isinstance(settings, dict) else list(settings)
    copied[path[0]] = with_value(settings[path[0]], path[1:], value)
    return copied


def write(root: Path, project: dict[str, Any], brand: dict[str, Any]) -> None:
    for name, settings in (("project.toml", project), ("brand.toml", brand)):
        lines = [f"{toml_key(key)} = {toml_value(value)}\n" for key, value in settings.items()]
        (root / name).write_text("".join(lines), "utf-8")


def made(root: Path) -> Path:
    for name, text in {
        **{f"tables/{name}.csv": text for name, text in TABLES.items()},
        "story/report.md": REPORT, "story/handout.md": HANDOUT, "story/deck.md": DECK,
    }.items():  # fmt: skip
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


def test_the_project_of_every_setting_has_no_mistake(tmp_path: Path) -> None:
    write(made(tmp_path), WHOLE, {"institution": "Test College"})
    assert run("check", tmp_path) == (0, "No problems.\n")


def test_no_setting_with_a_wrong_value_is_a_bug(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each run has one wrong setting; every one ends well, or is refused by a line that names the file."""
    from contextlib import nullcontext

    monkeypatch.setattr(reports.runs.check, "second_process", nullcontext)
    # that writers can take what passes is tested elsewhere
    monkeypatch.setattr(reports.runs.check, "write", lambda *_: SimpleNamespace(finished=lambda *_: []))
    chance = random.Random(20261128)
    tries = [(file, path, value) for file, whole in (("project", WHOLE), ("brand", BRAND)) for path in places(whole) for value in VALUES]  # fmt: skip
    made(tmp_path)
    for file, path, value in chance.sample(tries, len(tries) // (1 if os.environ.get("FAIRSHEET_FULL") == "1" else 40)):
        project = with_value(WHOLE, path, value) if file == "project" else WHOLE
        write(tmp_path, project, with_value(BRAND, path, value) if file == "brand" else {})
        result = CliRunner().invoke(app, ["check", str(tmp_path)])
        assert result.exception is None or isinstance(result.exception, SystemExit), (path, value, result.exception)
        assert result.exit_code in (0, 2), (path, value, result.output)
        assert not set(result.output) & set("\x1b\0\u202e"), (path, value)


def test_a_strict_build_with_a_warning_writes_nothing(small_project: Path, tmp_path: Path) -> None:
    change(small_project, AS_OF, f'{AS_OF}\nstale_after = "1 days"')
    out = tmp_path / "out"
    code, output = run("build", small_project, "--out", out, "--only", "handout", "--strict")
    assert code == 2
    assert "older than 1 days" in output
    assert "1 warning; with --strict each counts as a problem, and nothing was written." in output
    assert not out.exists()
    assert run("build", small_project, "--out", out, "--only", "handout")[0] == 0


COMMANDS: dict[str, tuple[list[str], list[str]]] = {
    "a misspelt command": (["bild"], ["No such command 'bild'. Did you mean 'build'?"]),
    "help as a command": (["help"], ["--help"]),
    "a misspelt option": (["build", "--onyl", "deck"], ["--only"]),
    "two projects": (["build", "a", "b"], ["unexpected extra argument", "Usage:", "build --help"]),
    "an output by its file": (["build", "PROJECT", "--only", "deck.pptx", "--out", "OUT"], ["no output 'deck.pptx'. Did you mean 'deck'?"]),
    "an output with a capital": (["build", "PROJECT", "--only", "Deck", "--out", "OUT"], ["Did you mean 'deck'?"]),
    "no output": (["build", "PROJECT", "--only", " ", "--out", "OUT"], ["--only"]),
    "commas without an output": (["build", "PROJECT", "--only", " , ", "--out", "OUT"], ["names no output"]),
    "no folder": (["build", "PROJECT", "--out", ""], ["--out"]),
    "a folder that is a file": (["build", "PROJECT", "--out", "PROJECT/brand.toml"], ["is no folder"]),
    "a folder below a file": (["build", "PROJECT", "--out", "PROJECT/brand.toml/out"], ["is no folder"]),
    "a day in words": (["build", "PROJECT", "--published", "tomorrow"], ["'tomorrow' is not an ISO date. Write 2026, 2026-11"]),
    "a day that is none": (["build", "PROJECT", "--published", "2026-02-30"], ["is a date that no calendar has"]),
    "a paper that is none": (["build", "PROJECT", "--paper", "A3"], ["'A3' is not one of 'letter', 'a4'"]),
    "a file that is no project": (["check", "PROJECT/brand.toml"], ["is a file, and no folder", "PROJECT"]),
    "a missing project": (["check", "PROJECT/nowhere"], ["is no folder", "new DIR"]),
    "a name that no folder can have": (["check", "n" * 3000], ["has a longer name than a file can have"]),
    "a folder that no new project can be in": (["new", "PROJECT/brand.toml/x"], ["cannot be made"]),
    "a name that no new project can have": (["new", "n" * 3000], ["cannot be made"]),
    "nothing to look at": (["inspect", ""], ["no source is named"]),
    "an address with a bracket": (["inspect", "https://[x/y.csv"], ["is no address"]),
    "a connection with a bracket": (["inspect", "postgresql://[x/y"], ["is no address"]),
    "a name that no file can have": (["inspect", "n" * 3000], ["has a longer name than a file can have"]),
    "a name that no document can have": (["audit", "n" * 3000], ["there is no such file"]),
    "a value that is nowhere": (["trace", "-5%", "PROJECT"], ["no document shows '-5%'"]),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "said"), COMMANDS.values(), ids=COMMANDS)
def test_a_mistake_on_the_command_line_is_refused(small_project: Path, tmp_path: Path, arguments: list[str], said: list[str]) -> None:  # fmt: skip
    def filled(text: str) -> str:
        return text.replace("PROJECT", str(small_project)).replace("OUT", str(tmp_path / "out"))

    code, output = run(*map(filled, arguments))
    assert code == 2
    for words in said:
        assert filled(words) in output


def test_a_project_by_its_file_or_with_a_slash_behind_is_the_project(small_project: Path) -> None:
    assert run("check", small_project / "project.toml")[0] == 0
    assert run("check", f"{small_project}/")[0] == 0


def test_a_project_file_that_is_none_is_refused(small_project: Path) -> None:
    file = small_project / "project.toml"
    text = file.read_text("utf-8")
    file.write_text("", "utf-8")
    assert "'title' is missing" in run("check", small_project)[1]
    file.write_text(text, "utf-16")
    assert "project.toml:1: is not UTF-8" in run("check", small_project)[1]
    file.write_text(text, "utf-8-sig")
    assert run("check", small_project)[0] == 0
    file.unlink()
    file.mkdir()
    assert "has a folder in the place of its project.toml" in run("check", small_project)[1]


@pytest.mark.parametrize("said", ["-1", "soon", "1.5", "²", "9999999999999", "9" * 30])
def test_a_time_that_is_none_is_refused(small_project: Path, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", said)
    code, output = run("check", small_project)
    assert code == 2
    assert "SOURCE_DATE_EPOCH" in output


@pytest.mark.parametrize("command", ["build", "check", "new", "trace", "audit", "inspect"])
def test_help_shows_flags_as_flags_and_names_as_the_readme_does(command: str) -> None:
    code, output = run(command, "--help")
    assert code == 0
    assert not any(word in output for word in ("<bool>", "<str>", "<path>", "<list", "[["))
    assert run(command, "-h") == (code, output)
    row = next(
        line for line in (ROOT / "README.md").read_text("utf-8").splitlines() if line.startswith(f"| `{command} ")
    )
    for option in output.split():
        if option.startswith("--") and option not in ("--help", "--strict"):
            assert option in row


def test_help_tells_the_exit_codes() -> None:
    output = " ".join(run("--help")[1].split())
    assert "0 done" in output
    assert "5 an outage" in output


def test_what_would_move_a_terminal_is_shown_as_a_mark() -> None:
    assert visible("a\x1b[31mb\x7f\x9b\u202e\n\tc") == "a␛[31mb␡<U+009B><U+202E>␊\tc"
    assert json.loads(escaped(json.dumps("a\u202e\x9b\n", ensure_ascii=False))) == "a\u202e\x9b\n"
    assert visible(escaped(json.dumps({"a": "\u202e\x9b"}, ensure_ascii=False))) == '{"a": "\\u202e\\u009b"}'


def test_what_a_project_says_moves_no_terminal(small_project: Path) -> None:
    change(small_project, FILE, 'file = "\\u001b[31m\\u009b\\u202e.csv"')
    code, output = run("check", small_project)
    assert code == 2
    assert "there is no file '␛[31m<U+009B><U+202E>.csv'" in output
    assert run("check", "a\x1b[31mb")[1].startswith("a␛[31mb: is no folder.")


@POSIX
@pytest.mark.parametrize(
    "line",
    [
        "$FAIRSHEET check small | head -0; exit ${PIPESTATUS[0]}",
        "$FAIRSHEET --help | head -0; exit ${PIPESTATUS[0]}",
        "$FAIRSHEET check small >&-",
        "$FAIRSHEET check small >&- 2>&-",
        "$FAIRSHEET check small <&- >&- 2>&-",
        "$FAIRSHEET build small --only handout --out out >&- 2>&- && test -s out/handout.pdf",
        "$FAIRSHEET build small --only handout --out out | head -0; test ${PIPESTATUS[0]} = 0 && test -s out/handout.pdf",
    ],
)
def test_a_reader_who_has_gone_stops_nothing(small_project: Path, line: str) -> None:
    done = shell(line, small_project.parent)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


@POSIX
def test_a_full_disk_behind_standard_output_is_an_outage(small_project: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    assert shell("$FAIRSHEET check small >/dev/full", small_project.parent).returncode == 5
    assert shell("$FAIRSHEET check nowhere 2>/dev/full", small_project.parent).returncode == 2


@POSIX
def test_a_folder_that_was_deleted_is_told(tmp_path: Path) -> None:
    done = shell("mkdir gone && cd gone && rmdir ../gone && $FAIRSHEET check", tmp_path)
    assert done.returncode == 2
    assert "The folder that you are in is no longer there." in done.stderr


@POSIX
def test_a_home_that_cannot_be_written_to_stops_nothing(small_project: Path) -> None:
    for environment in ({"HOME": "/nowhere"}, {"HOME": ""}):
        done = shell(
            "unset MPLCONFIGDIR; $FAIRSHEET build small --only handout --out out --quiet",
            small_project.parent,
            **environment,
        )
        assert done.returncode == 0, done.stderr
        assert not done.stdout
