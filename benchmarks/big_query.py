"""How long ten million rows take to become a chart, against DuckDB alone with the same query, and in how much memory.

Run by hand: `python benchmarks/big_query.py [PAIRS] [ROWS]`. The rows are made once, in a temporary folder. Each pair
runs both programs one after the other, each in a process of its own; both are timed from the moment when everything is
imported: to the moment when DuckDB has the rows, and when Fairsheet has read the project and bound its chart to them
(drawing a chart of 40 bars takes the same whatever the rows were). The median of the ratios is the figure.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QUERIES = {
    "count and median of whole numbers": (
        "SELECT field, COUNT(*) AS n, MEDIAN(pay) AS pay FROM answers GROUP BY field ORDER BY field"
    ),
    "average of fractions": "SELECT field, COUNT(*) AS n, AVG(rate) AS pay FROM answers GROUP BY field ORDER BY field",
}
LIMIT = 1.2

MAKE = """
import sys
import numpy, polars
rows, folder = int(sys.argv[1]), sys.argv[2]
chance = numpy.random.default_rng(1)
names = numpy.array([f"Field {number:02d}" for number in range(40)])
frame = polars.DataFrame({
    "field": names[chance.integers(0, 40, rows)],
    "country": names[chance.integers(0, 25, rows)],
    "year": chance.integers(2015, 2025, rows),
    "pay": chance.integers(20_000, 250_000, rows),
    "rate": (chance.random(rows) * 100).round(4),
})
frame.write_parquet(f"{folder}/answers.parquet")
frame.write_csv(f"{folder}/answers.csv")
"""
THEIRS = """
import sys, time
import duckdb
started = time.perf_counter()
file, query = sys.argv[1:]
database = duckdb.connect()
database.execute("SET SESSION enable_progress_bar = false")
database.execute(f"CREATE VIEW answers AS SELECT * FROM '{file}'")
rows = database.execute(query).fetchall()
print(time.perf_counter() - started, len(rows))
"""
OURS = """
import sys, time
from pathlib import Path
from charts.declared import declared_chart
from data.project import load_project
import duckdb, polars
started = time.perf_counter()
chart = declared_chart(load_project(Path(sys.argv[1])), "pay")
print(time.perf_counter() - started, len(chart.table))
"""
PROJECT = """
title = "Pay"
[sources.answers]
file = "{file}"
[tables.pay]
query = {query}
[tables.pay.fields]
field = {{ type = "text", key = true }}
n = {{ type = "integer" }}
pay = {{ type = "number" }}
[charts.pay]
table = "pay"
x = "pay"
y = "field"
title = "Pay by field"
[outputs.report]
writer = "report"
story = "report.md"
"""


def run(program: str, *arguments: str) -> tuple[float, float]:
    """Seconds that a program says it took, and the peak of its memory in MB."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-c", program, *arguments], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert process.stdout is not None
    said = process.stdout.read().split()
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) or int(said[1]) != 40:
        raise SystemExit(f"failed: {arguments}")
    return float(said[0]), usage.ru_maxrss / 1024


def main(pairs: int, rows: int) -> None:
    """Print the median ratio and the memory for each kind of file and query."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([sys.executable, "-c", MAKE, str(rows), name], check=True)
        for file in ("answers.parquet", "answers.csv"):
            size = (folder / file).stat().st_size / 1e6
            for label, query in QUERIES.items():
                (folder / "project.toml").write_text(PROJECT.format(file=file, query=json.dumps(query)))
                theirs, ours = (THEIRS, str(folder / file), query), (OURS, name)
                run(*theirs), run(*ours)  # once for the disk's cache and the compiled modules
                measured = [(run(*ours), run(*theirs)) for _ in range(pairs)]
                ratios = [our[0] / their[0] for our, their in measured]
                print(f"{file} ({rows:,} rows, {size:.0f} MB), {label}:")
                for who, times in zip(("Fairsheet", "DuckDB alone"), zip(*measured, strict=True), strict=True):
                    seconds, memory = statistics.median(t for t, _ in times), max(m for _, m in times)
                    print(f"  {who}: {seconds:.2f} s, peak memory {memory:.0f} MB")
                middle, low, high = statistics.median(ratios), min(ratios), max(ratios)
                print(f"  ratio: median {middle:.2f} (min {low:.2f}, max {high:.2f}); limit {LIMIT}")


if __name__ == "__main__":
    main(*(int(text) for text in (sys.argv[1:] + ["5", "10000000"][len(sys.argv) - 1 :])))
