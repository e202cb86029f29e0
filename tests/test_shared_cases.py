"""Every small input of tests/cases and ../shared/cases gets a right answer: the true value, a refusal, or a doubt.

tests/cases holds those whose values are invented and that are small; two are only in ../shared/cases.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import SHARED
from tests.run_cases import Given, fits, verdict
from tests.shared_cases import CASES, Case, refused, told, value

LOCAL = Path(__file__).parent / "cases"
ELSEWHERE = ("source-message-25", "template-link")
"""Cases with a larger file than the others."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_answer_is_a_right_one(case: Case, tool: object, tmp_path: Path) -> None:
    found = verdict(case, tmp_path, _folder_of(case))
    assert found.right, found


def test_no_case_is_without_its_right_answer(shared: Path) -> None:
    folder = _folder(shared)
    known = {case.name for case in CASES} | {file for case in CASES for file in case.files}
    projects = {path.parent.name for path in folder.glob("*/project.toml")}
    files = {str(path.relative_to(folder)) for path in folder.glob("tables/*")}
    assert projects | files <= known


def test_an_answer_is_right_only_when_all_of_it_is_there_and_nothing_else() -> None:
    made, no = Given(False, "warning: A3: doubted", "A 1 B 2"), Given(True, "a.csv:3: refused")
    assert fits(value("A 1", "B 2"), made)
    assert not fits(value("A 1", "B 3"), made)
    assert not fits(value("A 1", never=("B",)), made)
    assert fits(told("A3: doubted", value=("A 1",)), made)
    assert not fits(told("A4"), made)
    assert fits(refused("a.csv:3"), no)
    assert not fits(refused("a.csv:4"), no)
    assert not fits(refused("A3"), made)
    assert not fits(value("A 1"), no)


def _folder_of(case: Case) -> Path:
    own = [LOCAL / file for file in case.files] or [LOCAL / case.name / "project.toml"]
    if all(path.is_file() for path in own) and case.name not in ELSEWHERE:
        return LOCAL
    if not (SHARED / "cases").is_dir():
        pytest.skip("only in ../shared/cases")
    return SHARED / "cases"


def _folder(shared: Path) -> Path:
    if not (shared / "cases").is_dir():
        pytest.skip("no cases in ../shared")
    return shared / "cases"
