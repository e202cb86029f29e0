"""The house: imports run one way only, and every key of our own words exists in every language."""

from __future__ import annotations

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from data.language.words import LANGUAGES, words
from data.settings.project import ProjectSettings
from reports.version import VERSION
from reports.writers import WRITERS

ROOT = Path(__file__).resolve().parent.parent
ALLOWED: dict[str, set[str]] = {
    "data": {"data"},
    "charts": {"data", "charts"},
    "reports": {"data", "charts", "reports"},
    "generate.py": {"data", "charts", "reports"},
    "installed": set(),  # it begins `generate`, once that is found
}

ROOMS: dict[str, set[str]] = {
    "charts": {
        "charts/choosing", "charts/honest", "charts/kinds", "data", "data/language", "data/look", "data/sandbox",
        "data/settings", "data/tables",
    },
    "charts/axes": {"charts", "data/language", "data/tables"},
    "charts/choosing": {
        "charts", "charts/kinds", "data", "data/language", "data/sandbox", "data/settings", "data/tables",
    },
    "charts/dots": {"charts", "charts/axes", "data/language", "data/tables"},
    "charts/drawn": {"charts", "charts/kinds", "data/files", "data/look"},
    "charts/editable": {
        "charts", "charts/axes", "charts/dots", "charts/kinds", "charts/lines", "charts/rows", "charts/stacking",
        "data/language", "data/tables",
    },
    "charts/honest": {
        "charts", "charts/stacking", "data", "data/language", "data/sandbox", "data/settings", "data/tables",
    },
    "charts/kinds": {
        "charts", "charts/axes", "charts/dots", "charts/honest", "charts/lines", "charts/panels", "charts/rows",
        "charts/stacking", "data/language", "data/look", "data/tables",
    },
    "charts/lines": {"charts", "charts/axes", "data/language", "data/look", "data/tables"},
    "charts/panels": {"charts", "charts/axes", "charts/lines", "charts/rows", "data/language", "data/tables"},
    "charts/rows": {"charts", "charts/axes", "data/language", "data/tables"},
    "charts/stacking": {"charts", "data/language", "data/look", "data/tables"},
    "data": {
        "data/declared", "data/files", "data/look", "data/network", "data/reshape", "data/settings",
        "data/sources", "data/tables",
    },
    "data/cells": {"data", "data/settings", "data/sources", "data/tables"},
    "data/declared": {
        "data", "data/cells", "data/files", "data/language", "data/reshape", "data/sandbox", "data/settings",
        "data/sources", "data/tables",
    },
    "data/files": {"data"},
    "data/inspection": {
        "data", "data/files", "data/inspection/grids", "data/inspection/opening", "data/inspection/proposals",
        "data/inspection/surroundings", "data/inspection/words", "data/network", "data/sources", "data/tables",
    },
    "data/inspection/columns": {"data/inspection/words", "data/reshape"},
    "data/inspection/grids": {
        "data/inspection/columns", "data/inspection/words", "data/reshape", "data/sources", "data/tables",
    },
    "data/inspection/opening": {
        "data", "data/files", "data/inspection/grids", "data/inspection/words", "data/network", "data/settings",
        "data/sources", "data/sources/text", "data/sources/workbooks",
    },
    "data/inspection/proposals": {
        "data", "data/declared", "data/files", "data/inspection/columns", "data/inspection/grids",
        "data/inspection/opening", "data/inspection/surroundings", "data/inspection/words", "data/language",
        "data/reshape", "data/settings", "data/sources", "data/tables",
    },
    "data/inspection/surroundings": {"data/inspection/columns", "data/inspection/grids", "data/inspection/words"},
    "data/inspection/words": {"data", "data/reshape"},
    "data/language": {"data/tables"},
    "data/language/typed_numbers": set(),
    "data/look": {"data", "data/files", "data/language", "data/settings"},
    "data/network": {"data", "data/files", "data/settings"},
    "data/phrases": {"data", "data/language", "data/tables"},
    "data/reshape": {"data", "data/settings", "data/sources", "data/tables"},
    "data/sandbox": {"data", "data/files", "data/language", "data/phrases", "data/tables"},
    "data/settings": {"data", "data/cells", "data/files", "data/language"},
    "data/sources": {
        "data", "data/files", "data/network", "data/settings", "data/tables",
        "data/sources/queries",  # whose sources it downloads
    },
    "data/sources/databases": {"data", "data/files", "data/network", "data/sources", "data/sources/queries"},
    "data/sources/queries": {
        "data", "data/files", "data/settings", "data/sources", "data/sources/text", "data/tables",
    },
    "data/sources/text": {"data", "data/files", "data/settings", "data/sources"},
    "data/sources/workbooks": {"data", "data/cells", "data/files", "data/sources", "data/sources/text"},
    "data/tables": {"data"},
    "reports": {
        "data/look", "data/settings", "reports/deck", "reports/document", "reports/notes",
        "reports/pdf/handout", "reports/pdf/report",
    },
    "reports/audit": {"data", "data/files", "reports", "reports/audit/deck", "reports/audit/pdf", "reports/powerpoint"},
    "reports/audit/deck": {"data/look", "reports/audit", "reports/powerpoint"},
    "reports/audit/pdf": {"reports", "reports/audit"},
    "reports/batches": {
        "charts", "data", "data/files", "data/language", "data/look", "data/network", "data/sandbox", "data/settings",
        "data/tables", "reports", "reports/batches/afar", "reports/pdf/bound", "reports/pdf/tagged",
        "reports/pdf/text", "reports/runs", "reports/story",
    },
    "reports/batches/afar": {"charts", "data", "data/files", "data/network", "reports/batches", "reports/runs"},
    "reports/changes": {
        "charts", "data", "data/files", "data/language", "data/look", "data/sandbox", "data/settings", "data/tables", "reports",
        "reports/batches", "reports/document", "reports/powerpoint", "reports/runs",
    },
    "reports/commands": {
        "data", "data/files", "data/language", "data/network", "reports/batches", "reports/changes", "reports/delivery",
        "reports/differences", "reports/publishing", "reports/refresh", "reports/runs", "reports/schedules",
    },
    "reports/delivery": {
        "data", "data/files", "data/network", "data/settings", "reports/batches", "reports/changes",
        "reports/publishing", "reports/runs",
    },
    "reports/deck": {
        "charts/drawn", "data/language", "data/look", "data/settings", "reports/deck/native", "reports/deck/planned",
        "reports/deck/templates", "reports/deck/words", "reports/deck/written", "reports/document", "reports/powerpoint",
    },
    "reports/deck/native": {
        "charts/drawn", "charts/editable", "data/look", "reports/deck/words", "reports/powerpoint",
    },
    "reports/deck/planned": {
        "charts", "charts/drawn", "charts/kinds", "data", "data/language", "data/look", "data/tables", "reports/deck/words", "reports/document",
        "reports/powerpoint",
    },
    "reports/deck/templates": {"data", "data/files", "data/look", "reports/deck/words", "reports/powerpoint"},
    "reports/deck/words": {"data", "data/language", "data/look", "reports", "reports/document", "reports/powerpoint"},
    "reports/deck/written": {
        "charts", "charts/drawn", "charts/kinds", "data", "data/language", "data/look", "reports/deck/planned",
        "reports/deck/words", "reports/document", "reports/powerpoint", "reports/powerpoint/record",
    },
    "reports/differences": {
        "data", "reports/audit", "reports/audit/pdf", "reports/changes", "reports/powerpoint",
        "reports/powerpoint/record",
    },
    "reports/doubts": {
        "data", "data/declared", "data/files", "data/language", "data/sandbox", "data/settings", "data/tables", "reports",
        "reports/document",
    },
    "reports/document": {"charts", "data", "data/language", "data/look", "data/sources", "data/tables"},
    "reports/notes": {
        "charts/drawn", "data", "data/language", "data/look", "reports/deck/planned", "reports/deck/templates",
        "reports/deck/words", "reports/document", "reports/pdf", "reports/pdf/boxes", "reports/pdf/report",
        "reports/pdf/tagged", "reports/pdf/text",
    },
    "reports/pdf": {"data/look"},
    "reports/pdf/bound": {"charts", "data", "reports/audit", "reports/pdf/tagged"},
    "reports/pdf/boxes": {
        "charts/drawn", "data", "data/language", "reports/document", "reports/pdf", "reports/pdf/tagged",
        "reports/pdf/text",
    },
    "reports/pdf/handout": {
        "charts", "charts/drawn", "charts/kinds", "data", "data/language", "data/look", "data/settings", "reports/document",
        "reports/pdf", "reports/pdf/boxes", "reports/pdf/tagged", "reports/pdf/text",
    },
    "reports/pdf/report": {
        "charts", "charts/drawn", "data", "data/language", "data/look", "reports/document", "reports/pdf",
        "reports/pdf/boxes", "reports/pdf/tagged", "reports/pdf/text",
    },
    "reports/pdf/tagged": {"data/look", "reports/pdf"},
    "reports/pdf/text": {
        "charts", "charts/drawn", "data/language", "data/look", "reports", "reports/document", "reports/pdf",
        "reports/pdf/tagged",
    },
    "reports/powerpoint": {"data/files", "reports"},
    "reports/powerpoint/record": {"reports/powerpoint"},
    "reports/refresh": {"reports/powerpoint", "reports/powerpoint/record"},
    "reports/publishing": {
        "data", "data/files", "data/sandbox", "data/settings", "reports/audit", "reports/batches", "reports/changes",
        "reports/runs",
    },
    "reports/runs": {
        "charts", "charts/choosing", "data", "data/declared", "data/files", "data/language", "data/look", "data/network",
        "data/sandbox", "data/settings", "data/tables", "reports", "reports/document", "reports/doubts",
        "reports/powerpoint", "reports/powerpoint/record", "reports/refresh", "reports/story", "reports/typed",
        "charts/kinds",  # whose names the schema offers
    },
    "reports/schedules": {"data", "data/files", "data/network"},
    "reports/story": {
        "charts", "data", "data/files", "data/language", "data/look", "data/sandbox", "data/tables", "reports",
        "reports/document",
    },
    "reports/typed": {
        "data", "data/files", "data/language", "data/language/typed_numbers", "data/sandbox", "data/tables", "reports/story",
    },
}  # fmt: skip
"""Each folder of code, and those that it may import from besides itself: writers know nothing of each other, the audit
nothing of a writer, and nobody but the command line asks for an inspection or a run."""


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert not node.level, f"{path}: relative import"
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("place", ALLOWED)
def test_imports_run_from_generate_to_reports_to_charts_to_data(place: str) -> None:
    files = [ROOT / place] if place.endswith(".py") else sorted((ROOT / place).rglob("*.py"))
    assert files
    ours = {"data", "charts", "reports", "generate", "tests", "benchmarks"}
    wrong = {str(f): imported(f) & ours - ALLOWED[place] for f in files if imported(f) & ours - ALLOWED[place]}
    assert not wrong


def rooms_imported(path: Path) -> set[str]:
    """The folders of the modules that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        for name in (n for n in names if n.split(".")[0] in ("data", "charts", "reports")):
            place = ROOT.joinpath(*name.split("."))
            found.add((place if place.is_dir() else place.parent).relative_to(ROOT).as_posix())
    return found


def room_of(path: Path) -> str:
    return path.parent.relative_to(ROOT).as_posix()


def test_rooms_import_only_from_those_that_they_may_know() -> None:
    files = [path for place in ("charts", "data", "reports") for path in (ROOT / place).rglob("*.py")]
    assert {room_of(path) for path in files} == set(ROOMS)
    wrong = {
        path.relative_to(ROOT).as_posix(): strange
        for path in files
        if (strange := rooms_imported(path) - ROOMS[room_of(path)] - {room_of(path)})
    }
    assert not wrong


def test_no_room_may_know_one_that_it_does_not_ask() -> None:
    known = {room: set[str]().union(*map(rooms_imported, (ROOT / room).glob("*.py"))) for room in ROOMS}
    unasked = {room: ROOMS[room] - known[room] for room in ROOMS if ROOMS[room] - known[room]}
    assert not unasked


def test_the_rooms_of_inspection_know_each_other_one_way_only() -> None:
    rooms = {room for room in ROOMS if room.startswith("data/inspection")}
    known = {room: ROOMS[room] & rooms for room in rooms}
    assert tuple(TopologicalSorter(known).static_order())[-1] == "data/inspection"


@pytest.mark.parametrize("place", ["reports/deck", "reports/pdf"])
def test_the_rooms_of_a_writer_know_each_other_one_way_only(place: str) -> None:
    rooms = {room for room in ROOMS if room.startswith(place)}
    assert {*TopologicalSorter({room: ROOMS[room] & rooms for room in rooms}).static_order()} == rooms


def test_the_rooms_of_sources_know_each_other_one_way_only() -> None:
    rooms = {room for room in ROOMS if room.startswith("data/sources/")} | {"data/cells"}
    assert {*TopologicalSorter({room: ROOMS[room] & rooms for room in rooms}).static_order()} == rooms


def decisions(function: ast.AST) -> int:
    """How many ways there are through a function: each condition of it, loop, handler and filter adds one."""
    count = 1
    for node in ast.walk(function):
        if isinstance(node, ast.If | ast.IfExp | ast.For | ast.While | ast.ExceptHandler | ast.Assert | ast.match_case):
            count += 1
        elif isinstance(node, ast.BoolOp):
            count += len(node.values) - 1
        elif isinstance(node, ast.comprehension):
            count += 1 + len(node.ifs)
        elif isinstance(node, ast.Lambda | ast.FunctionDef) and node is not function:
            count += 1
    return count


def test_no_function_of_inspection_decides_more_than_a_reader_can_follow() -> None:
    long = {
        f"{path.name}: {node.name}": decisions(node)
        for path in (ROOT / "data/inspection").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and decisions(node) > 15
    }
    assert not long


def test_only_the_list_of_writers_knows_the_writers() -> None:
    writers = {writer.room.rpartition(".")[0].replace(".", "/") for writer in WRITERS.values()}
    others = [path for path in (ROOT / "reports").rglob("*.py") if room_of(path) not in writers]
    assert [path.name for path in others if rooms_imported(path) & writers] == ["writers.py"]


def test_what_says_when_it_is_equal_says_when_it_is_not() -> None:
    """A Struct's own != is the identity where the other is no such Struct: no negation of an == that a class defines."""
    half = [
        f"{path.name}: {node.name}"
        for place in ("charts", "data", "reports")
        for path in (ROOT / place).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id == "Struct" for base in node.bases)
        if {"__eq__", "__ne__"} & (own := {one.name for one in node.body if isinstance(one, ast.FunctionDef)})
        if not {"__eq__", "__ne__"} <= own
    ]
    assert not half


def test_built_in_projects_hold_no_python() -> None:
    assert not [p for project in ROOT.glob("data/*/project.toml") for p in project.parent.rglob("*.py")]


def test_every_module_says_in_one_sentence_what_it_is() -> None:
    for path in [ROOT / "generate.py", *(p for d in ("data", "charts", "reports") for p in (ROOT / d).rglob("*.py"))]:
        assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), path


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_words_exist_in_every_language(language: str) -> None:
    assert set(words(language)) == set(words("en"))
    assert all(words(language).values())


def test_no_word_of_ours_is_left_unused() -> None:
    source = "".join(p.read_text("utf-8") for d in ("data", "charts", "reports") for p in (ROOT / d).rglob("*.py"))
    for own in (ROOT / "data/language").glob("*words.py"):
        source = source.replace(own.read_text("utf-8"), "")
    unused = [key for key in words("en") if f'"{key}"' not in source and f"'{key}'" not in source]
    assert not unused


def test_the_version_is_the_same_everywhere() -> None:
    said = re.search(r'^version = "([^"]+)"', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    assert said is not None
    assert said[1] == VERSION
    assert f"## [{VERSION}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_a_project_needs_little_to_begin() -> None:
    assert {n for n, f in ProjectSettings.model_fields.items() if f.is_required()} == {"title", "outputs"}
