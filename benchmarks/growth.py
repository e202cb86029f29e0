"""How the cost of a document grows with its rows, charts, slides and words: what each doubling costs.

Run by hand: `python benchmarks/growth.py [WHAT ...] [--root FOLDER]`, WHAT among rows, printed, charts, slides and
words, FOLDER another state of Fairsheet. The cost is processor time of the work alone in one process: reading, checking
and writing a document, after the same was done for a small project, so that imports and fonts do not count. A shared
machine is twice as fast in one minute as in the next, so the cost is told in paces: a fixed piece of work is done again
and again between the steps of what is measured, and its mean time is one. Each size is measured in processes of its
own, in turn with the others, and the middle one is taken. Limit: no doubling costs more than 2.2 times. Small sizes are
mostly what any document takes; the exponent is that of the last two doublings, 1 for what grows as its data do.
"""

from __future__ import annotations

import argparse
import math
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from msgspec import Struct

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.questions import FIELDS, ROOT, mixed_rows

LIMIT = 2.2
DOUBLINGS = 4
TRIES = 5
WORDS = """\
students employers graduates offers salaries regions many most few often rarely find report expect compare earn their
this year last spring autumn work study career center advice after before because while although in of and the a with
"""
FACTS = """\
[tables.facts]
file = "facts.csv"
source = "Invented"
as_of = "2024"
[tables.facts.fields]
job = { type = "text", key = true }
pay = { type = "money", unit = "USD" }
low = { type = "money", unit = "USD" }
high = { type = "money", unit = "USD" }
span = { type = "range", low = "low", high = "high" }
women = { type = "percent", scale = "percent" }
demand = { type = "level", levels = ["low", "medium", "high"] }
[tables.years]
file = "years.csv"
source = "Invented"
as_of = "2024"
[tables.years.fields]
year = { type = "year", key = true }
jobs = { type = "integer" }
"""
KINDS = {
    "bar": 'table = "facts"\nkind = "bar"\nx = "pay"\ny = "job"',
    "bars": 'table = "facts"\nkind = "bars"\nx = ["low", "high"]\ny = "job"',
    "levels": 'table = "facts"\nkind = "levels"\nx = "demand"\ny = "job"',
    "line": 'table = "years"\nkind = "line"\nx = "year"\ny = "jobs"',
    "range": 'table = "facts"\nkind = "range"\nx = "span"\ny = "job"',
    "share": 'table = "facts"\nkind = "share"\nx = "women"\ny = "job"',
}
SENTENCES = """\
# Growth

## What the rows say

There are {{ t.count }} rows, with {{ t.sum("people") }} people, {{ t.mean("people", by="rows") }} on average.

{{ t.where(area="Area 3").count }} rows are in the third area, and the middle pay there is
{{ t.where("area == 'Area 3' and pay != None").median("pay") }}.

{{ t["Row 700"].people }} people are in one row, and {{ t.where("people * 2 > 900").count }} rows have more than 450.

{{ t.where("score != None").top("score").code }} has the highest score.
"""
PRINTED = """\
# Growth

## All of them

![All of them](table:t){fields="code,town,people,pay"}
"""
WORK = """
import gc, os, re, signal, sys, time
from pathlib import Path
os.cpu_count = lambda: 1  # all in this process, whose time is taken
from reports.runs.check import check
gc.set_threshold(250_000, 10, 10)  # as generate.run does
paces = []

def pace(*_):
    begin = time.process_time()
    rows = [(f"Row {n % 977}", {"n": n}, re.sub("[aeiou]", "-", f"value {n}")) for n in range(3_000)]
    found = {}
    for name, one, text in sorted(rows, key=lambda row: row[2]):
        found.setdefault(name, []).append(text + str(one["n"]))
    paces.append(time.process_time() - begin)

check(Path(sys.argv[1]))
signal.signal(signal.SIGPROF, pace)
signal.setitimer(signal.ITIMER_PROF, 0.05, 0.05)
begin = time.process_time()
check(Path(sys.argv[2]))
took = time.process_time() - begin
signal.setitimer(signal.ITIMER_PROF, 0)
print((took - sum(paces)) / sum(paces) * len(paces))
"""


class Project(Struct, frozen=True):
    """What a project is made of besides its output: its settings, its story, and the rows of its large table."""

    settings: str
    story: str
    rows: int = 1_000


def narrative(random: Random, words: int) -> str:
    """Sentences of invented words."""
    said = random.choices(WORDS.split(), k=words)
    sentences = (said[start : start + 14] for start in range(0, words, 14))
    return " ".join(" ".join(one).capitalize() + "." for one in sentences)


def of_rows(size: int) -> Project:
    """Sentences that ask a large table."""
    return Project(FIELDS, SENTENCES, size)


def of_printed_rows(size: int) -> Project:
    """A large table that is printed."""
    return Project(FIELDS, PRINTED, size)


def of_charts(size: int) -> Project:
    """Charts of each kind, each with a claim."""
    kinds = list(KINDS.values())
    charts = (f'[charts.c{n}]\n{kinds[n % len(kinds)]}\ntitle = "What chart {n} says"\n' for n in range(size))
    shown = (f"## What is said {n}\n\nA sentence before it.\n\n![Chart {n}](chart:c{n})\n" for n in range(size))
    return Project(FIELDS + FACTS + "".join(charts), "# Growth\n\n" + "\n".join(shown))


def of_slides(size: int) -> Project:
    """Headings that make slides, with a list and notes on each."""
    random = Random(3)
    slides = (
        f"## The claim of slide {n}\n\nThere are {{{{ t.count }}}} rows.\n\n"
        f"- {narrative(random, 8)}\n- {narrative(random, 8)}\n\n::: notes\n{narrative(random, 40)}\n:::\n"
        for n in range(size)
    )
    return Project(FIELDS, "# Growth\n\n" + "\n".join(slides))


def of_words(size: int) -> Project:
    """A long narrative with headings, lists, links and values in it."""
    random = Random(4)
    parts = [
        f"## The claim of part {n}\n\n{narrative(random, 90)}\n\n"
        f"{narrative(random, 60)} There are {{{{ t.count }}}} rows, as [others](https://example.edu/{n}) *say*.\n\n"
        f"- {narrative(random, 12)}\n- {narrative(random, 12)}\n"
        for n in range(max(1, size // 180))
    ]
    return Project(FIELDS, "# Growth\n\n" + "\n".join(parts))


class Growth(Struct, frozen=True):
    """What grows, how far, and in which outputs."""

    most: int
    outputs: tuple[str, ...]
    project: Callable[[int], Project]


GROWTHS = {
    "rows": Growth(50_000, ("report", "handout", "deck"), of_rows),
    "printed": Growth(50_000, ("report",), of_printed_rows),
    "charts": Growth(300, ("report", "deck"), of_charts),
    "slides": Growth(200, ("report", "deck"), of_slides),
    "words": Growth(100_000, ("report", "deck"), of_words),
}


def written(folder: Path, project: Project, writer: str) -> Path:
    """A project in a folder of its own, with one output."""
    folder.mkdir()
    output = f'[outputs.{writer}]\nwriter = "{writer}"\nstory = "story.md"\n'
    files = {
        "project.toml": project.settings + output,
        "story.md": project.story,
        "t.csv": mixed_rows(project.rows),
        "facts.csv": "job,pay,low,high,women,demand\n"
        + "".join(f"Job {n},{90 - n}000,{70 - n}000,{99 - n}000,{10 + n},{('low', 'high')[n % 2]}\n" for n in range(8)),
        "years.csv": "year,jobs\n" + "".join(f"{2010 + n},{100 + 7 * n}\n" for n in range(12)),
    }
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def cost(root: Path, small: Path, folder: Path) -> float:
    """Paces that a project takes in a process that has read a small one."""
    told = subprocess.run(
        [sys.executable, "-c", WORK, str(small), str(folder)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
        cwd=root,  # where Python looks first
    )
    if told.returncode:
        raise SystemExit(told.stderr[-2000:])
    return float(told.stdout)


def table(what: str, writer: str, root: Path, made: Path) -> Iterator[str]:
    """Lines that tell what each size costs, and the ratio to the one before."""
    growth = GROWTHS[what]
    sizes = [growth.most >> power for power in range(DOUBLINGS, -1, -1)]
    small = written(made / f"{what}-{writer}-small", growth.project(sizes[0] // 4), writer)
    folders = [written(made / f"{what}-{writer}-{size}", growth.project(size), writer) for size in sizes]
    tries = [[cost(root, small, folder) for folder in folders] for _ in range(TRIES)]
    costs = list(map(statistics.median, zip(*tries, strict=True)))
    yield f"{writer}, {what}"
    for index, (size, took) in enumerate(zip(sizes, costs, strict=True)):
        ratio = took / costs[index - 1] if index else 0
        told = f" {ratio:5.2f} times{'  TOO MUCH' if ratio > LIMIT else ''}" if ratio else ""
        yield f"  {size:>9,} {took:8.2f} paces{told}"
    yield f"  exponent {math.log2(costs[-1] / costs[-3]) / 2:.2f}"


def main() -> None:
    said = argparse.ArgumentParser()
    said.add_argument("what", nargs="*", choices=[*GROWTHS, []])
    said.add_argument("--root", type=Path, default=ROOT)
    asked = said.parse_args()
    for what in asked.what or GROWTHS:
        for writer in GROWTHS[what].outputs:
            with tempfile.TemporaryDirectory() as made:
                for line in table(what, writer, asked.root.resolve(), Path(made)):
                    print(line, flush=True)


if __name__ == "__main__":
    main()
