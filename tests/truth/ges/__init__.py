"""The judge's list for the report on Singapore's graduates, whose data lie in ../shared and not in the tree."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.truth.ges import degrees, lists, time, universities  # noqa: F401  # each adds to the list
from tests.truth.ges.tables import JUDGE, tables_of
from tests.truth.mutants import cells_of
from tests.truth.trial import Case

TREE = Path(__file__).resolve().parents[3]
PROJECT = TREE / "tests" / "projects" / "singapore-ges"
FILE = "tables/ges_2013-2022_utf8.csv"
DATA = (
    Path(os.environ.get("FAIRSHEET_SHARED", TREE.parent / "shared"))
    / "data"
    / "singapore-ges"
    / "ges_2013-2022_utf8.csv"
)
NEEDS = (PROJECT, DATA)
"""What must be there; the project is not judged without."""
_COPY: list[TemporaryDirectory[str]] = []  # gone when the process ends
_UNUSED = ("basic_monthly_mean", "basic_monthly_median", "gross_monthly_mean")
_LATEST = ("Computer Science)", "Business and Computer", "Bachelor of Laws", "Bachelor of Music", "Food Business",
           "Medicine #", "Bachelor of Law ", "Science with Honours", "Bachelor of Engineering (Civil")  # fmt: skip
"""Degrees of the latest year that the stories name, or that stand at an end or in a middle."""


def case() -> Case:
    """The project with its file; rows of the latest year that the stories name are changed, and some of every year."""
    if not _COPY:
        _COPY.append(TemporaryDirectory(prefix="ges-"))
    root = Path(_COPY[0].name) / "ges"
    shutil.copytree(PROJECT, root, dirs_exist_ok=True)
    (root / "tables").mkdir(exist_ok=True)
    shutil.copy(DATA, root / FILE)
    cells = cells_of(root / FILE)[1:]
    named = [n for n, row in enumerate(cells) if row[0] == "2022" and any(word in row[3] for word in _LATEST)]
    others = [n for n in range(7, len(cells), 151) if n not in named]
    return Case(root, JUDGE, {FILE: [*named, *others]}, unused={FILE: _UNUSED}, tables=tables_of)
