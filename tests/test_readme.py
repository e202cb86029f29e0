"""What the README shows is what a new user sees."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from data.errors import ProjectError
from reports.runs.check import check

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def own_project(folder: Path) -> Path:
    return Path(shutil.copytree(ROOT / "data" / "machine-learning-engineer", folder / "fair"))


def test_the_first_table_that_the_readme_has_changed_makes_nothing_false(tmp_path: Path) -> None:
    table = own_project(tmp_path) / "tables/openings.csv"
    assert "Open `fair/tables/openings.csv` and write `520`" in README
    table.write_text(table.read_text("utf-8").replace("Machine Learning Engineer,500", "Machine Learning Engineer,520"))
    assert all(problem.severity != "error" for problem in check(tmp_path / "fair"))


def test_the_false_claim_in_the_readme_is_what_is_really_said(tmp_path: Path) -> None:
    table = own_project(tmp_path) / "tables/growth.csv"
    assert "Write `22` for 2024 in `fair/tables/growth.csv`" in README
    table.write_text(table.read_text("utf-8").replace("2024,20", "2024,22"))
    with pytest.raises(ProjectError) as refused:
        check(tmp_path / "fair")
    (said,) = refused.value.problems
    shown = next(block for block in re.findall(r"```text\n(.*?)```", README, re.DOTALL) if "deny the claim" in block)
    assert " ".join(shown.split()) == str(said)
