"""How the program is called stands in what it says, and decides what it offers."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from data import program
from data.program import program as called
from reports.version import VERSION
from tests.conftest import ROOT
from tests.test_runs import command, run


@pytest.mark.parametrize(
    ("first", "said"),
    [
        ("generate.py", "python generate.py"),
        ("/somewhere/generate.py", "python generate.py"),
        ("/somewhere/bin/fairsheet", "fairsheet"),
        ("fairsheet.exe", "fairsheet"),
        ("/somewhere/fairsheet/__main__.py", "python -m fairsheet"),
        ("/somewhere/pytest/__main__.py", "python generate.py"),
        ("", "python generate.py"),
    ],
)
def test_command_lines_begin_as_this_one_did(first: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", [first])
    assert called() == said


def test_a_schedules_run_names_the_program_so_that_it_is_found_from_any_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "my programs"
    folder.mkdir()
    script = folder / ("fairsheet.exe" if os.name == "nt" else "fairsheet")
    script.touch()
    monkeypatch.setattr(sys, "argv", ["/somewhere/fairsheet/__main__.py"])
    monkeypatch.setattr(sys, "executable", str(folder / "python3.11"))
    assert called() == "python -m fairsheet"
    monkeypatch.setenv("FAIRSHEET_SCHEDULED", "/somewhere/fair.env")
    assert called() == shlex.quote(str(script))
    script.unlink()
    assert called() == "python -m fairsheet"


def test_in_a_wheel_every_other_way_to_call_it_is_the_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "__init__.py").touch()
    monkeypatch.setattr(program, "HOME", tmp_path)
    monkeypatch.setattr(sys, "argv", ["-c"])
    assert called() == "fairsheet"


def test_no_message_names_the_program_by_itself() -> None:
    code = [*(ROOT / "data").rglob("*.py"), *(ROOT / "reports").rglob("*.py"), *(ROOT / "charts").rglob("*.py")]
    told = [path.name for path in (*code, ROOT / "generate.py") if "python generate.py" in path.read_text("utf-8")]
    assert told == ["program.py"]


def test_the_version_is_said_before_anything_else(tmp_path: Path) -> None:
    assert command("--version", cwd=tmp_path).stdout == f"fairsheet {VERSION}\n"
    assert not (tmp_path / "out").exists()


def test_an_empty_project_builds_and_has_nothing_of_an_example(tmp_path: Path) -> None:
    assert run("new", tmp_path / "mine", "--empty")[0] == 0
    code, said = run("check", tmp_path / "mine", "--strict")
    assert (code, said) == (0, "No problems.\n")
    assert run("build", tmp_path / "mine", "--out", tmp_path / "out", "--strict")[0] == 0
    files = [path for path in (tmp_path / "mine").rglob("*") if path.is_file()]
    assert len(files) == 6
    assert run("audit", *(tmp_path / "out" / name for name in ("report.pdf", "handout.pdf", "deck.pptx")))[0] == 0


def test_an_empty_project_is_a_copy_of_none(tmp_path: Path) -> None:
    code, said = run("new", tmp_path / "mine", "--empty", "--from", "college-majors")
    assert code == 2
    assert "goes without --from" in said
    assert not (tmp_path / "mine").exists()
    assert "'empty'" not in run("new", tmp_path / "mine", "--from", "nothing")[1]
    assert run("new", tmp_path / "mine", "--from", "")[0] == 2


def test_a_python_without_its_packages_is_told_what_to_do() -> None:
    done = subprocess.run([sys.executable, "-S", "-E", ROOT / "generate.py", "check"], capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.startswith("Fairsheet is not installed in this Python")
    assert "pip install ." in done.stderr
