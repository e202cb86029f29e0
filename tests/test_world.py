"""Files are seen as they are now, by a process that has seen them otherwise, too."""

from __future__ import annotations

import datetime
import os
import re
from pathlib import Path

import pytest

from data.files.world import sha256, state, variable
from data.look.brand import load_brand
from data.look.fonts import coverage, font_file, shipped_family
from reports.runs.check import warnings
from reports.runs.read import Options, read
from reports.writers import WRITERS
from tests.conftest import ROOT

FAMILY = '\n[fonts]\nheading = { name = "Own", regular = "fonts/own.ttf" }\n'


def test_a_digest_is_that_of_what_stands_there_now(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"one")
    first, before = sha256(path), state(path)
    assert sha256(path) == first
    (tmp_path / "b").write_bytes(b"two")
    os.utime(tmp_path / "b", ns=(before.changed, before.changed))
    (tmp_path / "b").replace(path)  # of one size and one time: another file all the same
    assert sha256(path) != first


def with_font(root: Path, face: str) -> bytes:
    """The report of a project whose headings are set in this face of a shipped family."""
    (root / "fonts").mkdir(exist_ok=True)
    new = root / "fonts/new"
    new.write_bytes(shipped_family("Source Sans Pro").file(face).path.read_bytes())
    new.replace(root / "fonts/own.ttf")
    reading = read(root, Options(only=("report",)))
    (planned,) = reading.outputs
    writer = WRITERS[planned.writer]
    return writer.write(writer.prepare(planned.document), reading.project.brand, planned.options)


def test_a_font_that_changes_is_another_font(small_project: Path, tmp_path: Path) -> None:
    brand = small_project / "brand.toml"
    brand.write_text(brand.read_text("utf-8") + FAMILY, "utf-8")
    before, after = with_font(small_project, "regular"), with_font(small_project, "bold")
    assert before != after
    assert with_font(small_project, "regular") == before
    assert with_font(small_project, "bold") == after
    font = load_brand(small_project).fonts.heading.regular
    assert font == shipped_family("Source Sans Pro").bold  # where a file lies makes it no other font
    assert coverage(font) == coverage(font_file(shipped_family("Source Sans Pro").bold.path))


def test_a_run_can_be_told_what_day_it_is(small_project: Path) -> None:
    settings = small_project / "project.toml"
    settings.write_text(
        settings.read_text("utf-8").replace('as_of = "2024"\n', 'as_of = "2024"\nstale_after = "12 months"\n'), "utf-8"
    )
    told = [
        [str(problem) for problem in warnings(read(small_project, Options(today=day))) if "older than" in str(problem)]
        for day in (datetime.date(2025, 12, 31), datetime.date(2026, 1, 1))
    ]
    assert [len(one) for one in told] == [0, 1]


_OUTSIDE = re.compile(
    r"\bos\.(?:environ|getenv)\b|(?<![\w.])open\((?!self)|\.open\(\"|\.open\(encoding|\bos\.open\(|\.read_(?:bytes|text)\(|"
    r"\btime\.time\(|\b(?:date|datetime)\.(?:today|now|utcnow)\("
)
_DOORS = {
    "data/files/world.py": "the door",
    "data/files/folder.py": "writes, and reads what it wrote, below a folder that is held open",
    "data/files/project_file.py": "opens what a project names, and looks at what was opened",
    "data/network/apart.py": "lets go of what its first process has open",
    "reports/batches/afar/baggage.py": "reads, in a worker's own folder, what was packed for it",
    "reports/batches/afar/worker.py": "gives the process beside a worker the variables of that",
    "data/terminal.py": "has streams where the program was given none",
    "data/sources/databases/postgres.py": "hides the user's own settings from the driver",
    "reports/runs/edition.py": "reads which version an installed library is",
    "reports/runs/write.py": "tells the second process where to look for modules",
    "reports/deck/templates/make_template.py": "is run by hand, by who changes our own template",
}


def test_files_variables_and_the_clock_come_through_one_door() -> None:
    found: dict[str, list[str]] = {}
    for path in (path for top in ("charts", "data", "reports") for path in (ROOT / top).rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        lines = [line for line in path.read_text("utf-8").splitlines() if _OUTSIDE.search(line)]
        lines = [
            line
            for line in lines
            if not re.search(r"\bstream\.read_bytes\(|(?:pikepdf|zip|Image|tarfile)\.open", line)
            and not (name.startswith("reports/pdf/bound/") and ".read_bytes()" in line)  # of a PDF's object
        ]
        if lines and name not in _DOORS:
            found[name] = lines
    assert not found


def test_a_variable_that_is_not_set_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FAIRSHEET_NONE", raising=False)
    assert variable("FAIRSHEET_NONE") == ""
    monkeypatch.setenv("FAIRSHEET_NONE", "said")
    assert variable("FAIRSHEET_NONE") == "said"
