"""What a report takes that prints a long table: memory against reading the table alone, and time against a script.

Run by hand: `python benchmarks/long_table.py [ROWS]`, by default 50,000 rows of four fields. Each program runs in a
process of its own. The script draws each cell's text once with reportlab, untagged, at fixed places. Limits: 400 MB,
and 15 times the script's processor time.
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
pay = { type = "money", unit = "USD" }
[outputs.report]
writer = "WRITER"
story = "report.md"
"""
PEAK = """
import resource, sys
from pathlib import Path
"""
READ = f"{PEAK}from data.project import load_project\nload_project(Path(sys.argv[1]))\n"
PRINT = f"{PEAK}from reports.runs.check import check\ncheck(Path(sys.argv[1]))\n"
YARDSTICK = f"""{PEAK}
import csv
from reportlab.pdfgen.canvas import Canvas
canvas = Canvas(str(Path(sys.argv[1]) / "plain.pdf"), pageCompression=1)
with (Path(sys.argv[1]) / "long.csv").open(newline="") as lines:
    for number, row in enumerate(csv.reader(lines)):
        if number and number % 33 == 0:
            canvas.showPage()
        for column, text in enumerate(row):
            canvas.drawString(72 + 120 * column, 720 - 18 * (number % 33), text)
canvas.save()
"""
TELL = """
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3), used.ru_utime + used.ru_stime)
"""


def long_table_project(folder: Path, rows: int, writer: str = "report") -> Path:
    """A project that prints one table of so many rows and four fields."""
    folder.mkdir()
    (folder / "project.toml").write_text(PROJECT.replace("WRITER", writer), "utf-8")
    (folder / "report.md").write_text("# All\n\n![All](table:long)\n", "utf-8")
    lines = "".join(f"Job {n},Town {n % 77},{n},{30_000 + 7 * n}\n" for n in range(rows))
    (folder / "long.csv").write_text(f"job,town,people,pay\n{lines}", "utf-8")
    return folder


def measured(program: str, folder: Path) -> tuple[float, float]:
    """Megabytes at most, and seconds of processor time."""
    told = subprocess.run(
        [sys.executable, "-c", program + TELL, str(folder)],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    megabytes, seconds = told.stdout.split()[-2:]
    return float(megabytes), float(seconds)


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    with tempfile.TemporaryDirectory() as made:
        folder = long_table_project(Path(made) / "long", rows)
        (read, _), (printed, took), (_, plain) = (measured(p, folder) for p in (READ, PRINT, YARDSTICK))
    print(f"{rows:,} rows: {read:.0f} MB to read, {printed:.0f} MB to print, {printed / read:.1f} times as much")
    print(f"{took:.1f} s of processor time, {took / plain:.1f} times as much as a script that draws the same text")


if __name__ == "__main__":
    main()
