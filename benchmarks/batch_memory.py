"""What a process that makes a batch holds: its memory and open files after 500 documents, and after thousands.

Run by hand: `python -m benchmarks.batch_memory [DOCUMENTS]`. A made-up table has a row for each document; a handout
shows a row among its neighbours.
"""

from __future__ import annotations

import csv
import gc
import random
import sys
import tempfile
from pathlib import Path

from reports.batches.making import make_item
from reports.batches.planned import read_batch
from reports.runs.bind import Options

MOST, GROWTH = 250, 0.02
"""Limits: megabytes, and the share by which memory may grow."""
EARLY = 500
_TOML = """
title = "Colleges"
language = "en-US"
publisher = "A ministry"
website = "https://example.org/colleges"
[tables.colleges]
file = "tables/colleges.csv"
title = "Colleges"
source = "Invented"
as_of = "2026"
[tables.colleges.fields]
college = { title = "College", type = "text", key = true }
group = { title = "Group", type = "text" }
pay = { title = "Pay", type = "money", unit = "USD" }
share = { title = "Employed", type = "percent", decimals = 1 }
[charts.pay]
each = "colleges"
table = "colleges"
kind = "bar"
x = "pay"
y = "college"
where = "group == row.group"
highlight = "{{ row.college }}"
title = "{{ row.college }} among its neighbours"
[charts.share]
each = "colleges"
table = "colleges"
kind = "bar"
x = "share"
y = "college"
where = "group == row.group"
highlight = "{{ row.college }}"
title = "Employed after six months"
[batches.colleges]
over = "colleges"
[outputs.sheet]
writer = "handout"
each = "colleges"
story = "story/sheet.md"
"""
_STORY = """# {{ row.college }}

{{ row.share }} of its graduates are employed; they earn {{ row.pay }}.

![](chart:pay)

![](chart:share)
"""


def project(folder: Path, rows: int) -> Path:
    """A project with so many rows, six in a group."""
    chance = random.Random(6429)
    for room in ("tables", "story"):
        (folder / room).mkdir()
    (folder / "project.toml").write_text(_TOML, "utf-8")
    (folder / "story/sheet.md").write_text(_STORY, "utf-8")
    with (folder / "tables/colleges.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("college", "group", "pay", "share"))
        for number in range(rows):
            name = f"{chance.choice('ABCDEFGHIJ')}{chance.choice('aeiou')}{number:05} College"
            writer.writerow(
                (name, f"g{number // 6}", chance.randrange(20_000, 90_000), chance.randrange(300, 990) / 10)
            )
    return folder


def held() -> tuple[float, int]:
    """Megabytes in memory, and open files."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096 / 1e6, len(list(Path("/proc/self/fd").iterdir()))


def main(documents: int) -> None:
    """Print what is held, and how far it grew."""
    with tempfile.TemporaryDirectory() as folder:
        batch = read_batch(project(Path(folder), documents), "colleges", Options())
        early = last = (0.0, 0)
        largest = 0
        for number in range(documents):
            made = make_item(batch, number, {})
            assert not made.problems, made.problems
            largest = max(largest, *(len(one.content or b"") for one in made.documents))
            if number + 1 in (EARLY, documents) or (number + 1) % 1000 == 0:
                gc.collect()
                last = held()
                early = last if number + 1 == EARLY else early
                print(f"{number + 1:,} documents: {last[0]:.0f} MB, {last[1]} open files")
    growth = last[0] / early[0] - 1
    print(
        f"growth from {EARLY} to {documents:,}: {growth:+.1%} (at most {GROWTH:.0%}), {last[0]:.0f} MB (at most {MOST})"
    )
    print(f"open files: {last[1] - early[1]:+d}; largest document {largest:,} bytes")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000)
