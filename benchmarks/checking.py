"""What `check` costs beside a build of the same project, and what of it is the search for numbers typed by hand.

Run by hand: `python benchmarks/checking.py`. All of it is processor time, each the least of three runs. Limits: a check
takes at most 1.1 times a build that makes everything; the search, over a table of 30,000 rows, 1 ms for each number
that is told.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
RUNS = 3
BUILT_IN = ("machine-learning-engineer", "college-majors", "career-fair")
BUILD = """
import sys
from pathlib import Path
from reports.runs.build import build
from reports.runs.read import Options
build(Path(sys.argv[1]), Path(sys.argv[2]), Options(), False)
print()
"""
CHECK = """
import sys, time
from pathlib import Path
from reports.runs import check as checking
spent = [0.0]
search = checking.numbers_by_hand
def timed(reading):
    begin = time.process_time()
    found = search(reading)
    spent[0] = time.process_time() - begin
    return found
checking.numbers_by_hand = timed
found = checking.check(Path(sys.argv[1]))
print(spent[0], sum("typed by hand" in one.message for one in found))
"""
SETTINGS = """\
title = "Growth"
[tables.t]
file = "t.csv"
source = "Invented"
as_of = "2024"
[tables.t.fields]
code = { title = "Town", type = "text", key = true }
people = { title = "People", type = "integer", unit = "people" }
pay = { title = "Pay", type = "money", unit = "USD" }
share = { title = "Share", type = "percent", additive = false }
[outputs.report]
writer = "report"
story = "story.md"
"""


def large(folder: Path) -> Path:
    """A project of 30,000 rows, and a story of 10,000 words in which each tenth is a typed number."""
    random = Random(1)
    rows = [
        f"Town {n},{random.randrange(900)},{30_000 + random.randrange(90_000)},{random.randrange(1000) / 10}"
        for n in range(30_000)
    ]
    said = [
        f"In Town {random.randrange(30_000)} there are {random.randrange(900)} people, who earn "
        f"${30_000 + random.randrange(90_000):,} a year in the middle, and {random.randrange(100)}% of them like it."
        for _ in range(450)
    ]
    (folder / "t.csv").write_text("code,people,pay,share\n" + "\n".join(rows) + "\n", "utf-8")
    (folder / "story.md").write_text("# Growth\n\n" + "\n\n".join(said) + "\n", "utf-8")
    (folder / "project.toml").write_text(SETTINGS, "utf-8")
    return folder


def run(code: str, *arguments: str) -> list[float]:
    """The processor time of a process and of those that it starts, and the numbers that it prints last."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "FAIRSHEET_CACHE": "off"}
    before = sum(os.times()[2:4])
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True, env=environment
    )
    said = done.stdout.splitlines()[-1].split()
    return [sum(os.times()[2:4]) - before, *map(float, said)]


def main() -> None:
    """Measure each project and print a line for it."""
    with tempfile.TemporaryDirectory() as folder:
        projects = [*(ROOT / "data" / name for name in BUILT_IN), large(Path(folder))]
        for project in projects:
            builds: list[float] = []
            for number in range(RUNS):
                builds += run(BUILD, str(project), str(Path(folder) / f"out-{project.name}-{number}"))
            checks = [run(CHECK, str(project)) for _ in range(RUNS)]
            check, search, count = min(checks)
            name = project.name if project.parent.name == "data" else "30,000 rows, 10,000 words"
            print(
                f"{name:<28} build {min(builds):5.2f} s, check {check:5.2f} s ({check / min(builds):4.2f} of it),"
                f" numbers {search:5.2f} s ({int(count)} told)"
            )


if __name__ == "__main__":
    main()
