"""How long `inspect` looks at a long file, against Python's csv module reading it, and how that grows with its rows.

Run by hand: `python benchmarks/inspect_rows.py [PAIRS] [ROWS]`, by default three pairs of 74,301 rows of ten columns:
names, codes, dates, money, percentages, answers, and free text that is nearly always another one. Each pair looks at
the file, reads it, and looks at one of half the rows, each in a process of its own, timed from the moment when
everything is imported. The figures are medians of ratios of processor time, which other work on the machine disturbs
less than seconds. All that `inspect` does is in them: it reads, proposes, and tries the proposal on every row.
"""

from __future__ import annotations

import csv
import datetime
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 35.0
GROWTH = 2.2
TELL = "print(time.process_time() - started)\n"
LOOK = f"""
import sys, time
from data.inspection.look import look
from data.inspection.tell import told
started = time.process_time()
lines = list(told(look(sys.argv[1])))
assert "record_id" in "".join(lines)
{TELL}"""
READ = f"""
import csv, sys, time
started = time.process_time()
with open(sys.argv[1], newline="", encoding="utf-8") as stream:
    rows = list(csv.reader(stream))
{TELL}"""
SUBJECTS = ("Business", "Computing", "Design", "Education", "Engineering", "History", "Law", "Nursing", "Physics")
ANSWERS = ("Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied")
HEADER = (
    "Record ID", "Subject", "Graduation date", "Year", "Salary", "Employment rate (%)", "Response", "Award code",
    "Satisfaction", "Comment",
)  # fmt: skip


def make(path: Path, rows: int) -> Path:
    """A file of so many answers, the same for the same number."""
    chance = random.Random(rows)
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADER)
        for number in range(rows):
            day = datetime.date(2012, 1, 1) + datetime.timedelta(chance.randrange(4500))
            subject = chance.choice(SUBJECTS)
            comment = f"Found work in {subject.lower()} after {chance.randrange(400)} days"
            writer.writerow(
                (
                    f"R{number:07}",
                    subject,
                    day.isoformat(),
                    day.year,
                    "n/a" if chance.random() < 0.03 else f"${chance.randrange(18_000, 160_000):,}",
                    f"{chance.uniform(20, 100):.1f}",
                    chance.choice("YN"),
                    f"{chance.randrange(100_000):05}",
                    chance.choice(ANSWERS),
                    "" if chance.random() < 0.6 else comment,
                )
            )
    return path


def seconds(program: str, path: Path) -> float:
    """Processor time of a program in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def main(pairs: int = 3, rows: int = 74_301) -> None:
    """Print the ratios, and whether they are within the limits."""
    with tempfile.TemporaryDirectory() as folder:
        whole, half = make(Path(folder) / "whole.csv", rows), make(Path(folder) / "half.csv", rows // 2)
        measured = [(seconds(LOOK, whole), seconds(READ, whole), seconds(LOOK, half)) for _ in range(pairs)]
    ratio = statistics.median(look / read for look, read, _ in measured)
    growth = statistics.median(look / fewer for look, _, fewer in measured)
    print(f"inspect of {rows:,} rows: {statistics.median(look for look, *_ in measured):.2f} s of processor time")
    print(f"against the csv module: {ratio:.1f} times; at most {LIMIT:g}: {'yes' if ratio <= LIMIT else 'NO'}")
    print(f"twice the rows: {growth:.2f} times; at most {GROWTH:g}: {'yes' if growth <= GROWTH else 'NO'}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
