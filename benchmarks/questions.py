"""What questions to large tables cost: look-ups in 30,000 rows, a check of 74,301 rows, and a deck that quotes means,
each held against a plain script of this run.

Run by hand: `python benchmarks/questions.py [OTHER]`. OTHER is the folder of another state of Fairsheet, such as a
git worktree of the commit before, which is measured in the same run. All of it is processor time. Limits: 0.05 ms for a
key, 1 ms for a word, 60 ms for a condition, each but the first time; 1.5 s for the check; for the deck 1.3 times the
report; 0.2 s to read the built-in project.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
FIELDS = """\
title = "Growth"
[tables.t]
file = "t.csv"
source = "Invented"
as_of = "2024"
[tables.t.fields]
code = { type = "text", key = true }
town = { type = "text" }
area = { type = "text" }
people = { type = "integer", minimum = 0 }
pay = { type = "money", unit = "USD" }
share = { type = "percent", numbers = { decimal = "." } }
score = { type = "number" }
day = { type = "date" }
"""
SENTENCES = """\
# Growth

There are {{ t.count }} rows, with {{ t.sum("people") }} people.

The mean is {{ t.mean("people", by="rows") }}.

{{ t.where(area="Area 3").count }} rows are in the third area.

{{ t["Row 700"].people }} people are in one row.

{{ t.where("score != None").sorted("score", descending=true).rows[0].key }} has the highest score.
"""
LOOK_UPS = {
    "a key": 't["Row 700"]',
    "a word": 't.where(area="Area 3")',
    "a condition on words": "filtered(t, \"area == 'Area 3' and town != 'Town 5'\")",
    "a condition on numbers": 'filtered(t, "score != None and score > 500")',
    "a condition that computes": 'filtered(t, "people * 2 > 900")',
    "a sum": 't.sum("people")',
    "a median": 't.median("people")',
}
USED = """
import sys, time
from pathlib import Path
"""
TOLD = "\nprint(time.process_time())\n"
CHECK = f"{USED}from reports.runs.check import check\ncheck(Path(sys.argv[1])){TOLD}"
READ = f"""{USED}
from data.project_folder import DEFAULT_PROJECT
from reports.runs.read import Options, read
read(DEFAULT_PROJECT, Options())
begin = time.process_time()
read(DEFAULT_PROJECT, Options())
print(time.process_time() - begin)
"""
LOOK = f"""{USED}
from data.sandbox.sandbox import filtered
from data.project import load_project
t = load_project(Path(sys.argv[1])).tables["t"]
ask = eval("lambda: " + sys.argv[2])
for _ in range(5):
    begin = time.process_time_ns()
    ask()
    print((time.process_time_ns() - begin) / 1e6)
"""
YARDSTICK = f"""{USED}
import csv
from decimal import Decimal
with (Path(sys.argv[1]) / "t.csv").open(newline="") as lines:
    rows = list(csv.DictReader(lines))
people = [Decimal(row["people"]) for row in rows]
scores = [Decimal(row["score"]) for row in rows if row["score"]]
print(len(rows), sum(people), sum(people) / len(people), sum(row["area"] == "Area 3" for row in rows))
print(next(row["people"] for row in rows if row["code"] == "Row 700"), max(scores)){TOLD}"""


def mixed_rows(rows: int) -> str:
    """A CSV file of texts, whole and other numbers, percentages and dates, of which some are missing."""
    random = Random(1)

    def some(text: str) -> str:
        return text if random.random() > 0.02 else ""

    lines = [
        ",".join(
            (
                f"Row {n}",
                some(f"Town {random.randrange(300)}"),
                some(f"Area {random.randrange(16)}"),
                str(random.randrange(900)),
                some(str(30_000 + random.randrange(90_000))),
                some(f"{random.randrange(1000) / 10}%"),
                some(f"{random.randrange(10**6) / 1000}"),
                some(f"{2000 + random.randrange(25)}-{1 + random.randrange(12):02}-{1 + random.randrange(28):02}"),
            )
        )
        for n in range(rows)
    ]
    return "code,town,area,people,pay,share,score,day\n" + "\n".join(lines) + "\n"


def project(folder: Path, settings: str, rows: str, story: str, writer: str) -> Path:
    """A project of one table and one output."""
    folder.mkdir()
    (folder / "t.csv").write_text(rows, "utf-8")
    (folder / "story.md").write_text(story, "utf-8")
    output = f'[outputs.{writer}]\nwriter = "{writer}"\nstory = "story.md"\n'
    (folder / "project.toml").write_text(settings + output, "utf-8")
    return folder


def means(folder: Path, writer: str, many: int) -> Path:
    """A project that quotes the means of five columns of so many rows."""
    random = Random(2)
    rows = "".join(f"Row {n},{','.join(str(random.randrange(1000)) for _ in range(5))}\n" for n in range(many))
    numbers = "".join(f'{name} = {{ type = "integer" }}\n' for name in "abcde")
    settings = 'title = "Means"\n[tables.t]\nfile = "t.csv"\n[tables.t.fields]\nk = { type = "text", key = true }\n'
    quoted = "".join(f'One mean is {{{{ t.mean("{name}", by="rows") }}}}.\n\n' for name in "abcde")
    return project(folder, settings + numbers, f"k,a,b,c,d,e\n{rows}", f"# Means\n\n## All of them\n\n{quoted}", writer)


def measured(program: str, root: Path, *said: str) -> list[float]:
    """The numbers that a program prints at its end, each on a line; all of it runs in one process."""
    told = subprocess.run(
        [sys.executable, "-c", f"import os; os.cpu_count = lambda: 1\n{program}", *said],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
        cwd=root,  # where Python looks first
    )
    numbers = [line for line in told.stdout.splitlines() if line.replace(".", "", 1).replace("e-", "", 1).isdigit()]
    return [float(line) for line in numbers]


def main() -> None:
    states = {"this state": ROOT, **({"the other": Path(sys.argv[1]).resolve()} if len(sys.argv) > 1 else {})}
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        table = project(folder / "look", FIELDS, mixed_rows(30_000), SENTENCES, "report")
        large = project(folder / "large", FIELDS, mixed_rows(74_301), SENTENCES, "report")
        small = project(folder / "small", FIELDS, mixed_rows(1_000), SENTENCES, "report")
        plain = measured(YARDSTICK, ROOT, str(large))[-1]
        print(f"a plain script reads 74,301 rows and answers six questions in {plain:.2f} s")
        quoted = {
            (writer, many): means(folder / f"{writer}-{many}", writer, many)
            for writer in ("report", "deck")
            for many in (30, 30_000)
        }
        for name, root in states.items():
            print(f"\n{name}")
            for what, asked in LOOK_UPS.items():
                first, *later = measured(LOOK, root, str(table), asked)
                print(f"  {what} in 30,000 rows: {first:.3f} ms the first time, {min(later):.3f} ms later")
            took, least = (measured(CHECK, root, str(one))[-1] for one in (large, small))
            print(f"  check of 74,301 rows: {took:.2f} s, {took / plain:.1f} times the script ({least:.2f} s of 1,000)")
            for writer in ("report", "deck"):
                least, took = (measured(CHECK, root, str(quoted[writer, many]))[-1] for many in (30, 30_000))
                print(f"  {writer} that quotes five means of 30,000 rows: {took:.2f} s ({least:.2f} s of 30)")
            print(f"  reading the built-in project: {measured(READ, root)[-1]:.3f} s")


if __name__ == "__main__":
    main()
