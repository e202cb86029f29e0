"""How much memory a report takes that prints a long table, against reading the table alone.

Run by hand: `python benchmarks/long_table.py [ROWS]`. Each program runs in a process of its own; the ratio of the most
memory that each took is the figure.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROJECT = """\
title = "A long table"
[tables.long]
file = "long.csv"
[tables.long.fields]
job = { type = "text", key = true }
town = { type = "text" }
people = { type = "integer" }
[outputs.report]
writer = "report"
story = "report.md"
"""
PEAK = """
import resource, sys
from pathlib import Path
"""
READ = f"{PEAK}from data.project import load_project\nload_project(Path(sys.argv[1]))\n"
PRINT = f"{PEAK}from reports.runs.check import check\ncheck(Path(sys.argv[1]))\n"
TELL = """
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(peak / (1e6 if sys.platform == "darwin" else 1e3))
"""


def megabytes(program: str, folder: Path) -> float:
    told = subprocess.run(
        [sys.executable, "-c", program + TELL, str(folder)],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    return float(told.stdout.split()[-1])


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "project.toml").write_text(PROJECT, "utf-8")
        (folder / "report.md").write_text("# All\n\n![All](table:long)\n", "utf-8")
        lines = "".join(f"Job {n},Town {n % 77},{n}\n" for n in range(rows))
        (folder / "long.csv").write_text(f"job,town,people\n{lines}", "utf-8")
        read, printed = megabytes(READ, folder), megabytes(PRINT, folder)
    print(f"{rows:,} rows: {read:.0f} MB to read, {printed:.0f} MB to print, {printed / read:.1f} times as much")


if __name__ == "__main__":
    main()
