"""How long ten million rows take to become a chart, against DuckDB alone with the same query, and in how much memory.

Run by hand: `python benchmarks/big_query.py [PAIRS] [ROWS]`. The rows are made once, in a temporary folder. Each pair
runs the programs one after the other, each in a process of its own; all are timed from the moment when everything is
imported: to the moment when DuckDB has the rows, and when Fairsheet has read the project and bound its chart to them
(drawing a chart of 40 bars takes the same whatever the rows were). The figure is the median of the ratios of processor
time, which other work on the machine disturbs less than the clock on the wall.

DuckDB averages binary fractions, whose last digits depend on the order of rows; Fairsheet averages the decimals that
they stand for, and looks whether they do. DuckDB takes 1.5 and 007 in a text file for the whole numbers 2 and 7, once
its first rows were whole; Fairsheet looks at each. Both figures are printed: the limit is for DuckDB asked for the same
answer.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
QUERIES = {
    "count and median of whole numbers": (
        "SELECT field, COUNT(*) AS n, MEDIAN(pay) AS pay FROM answers GROUP BY field ORDER BY field"
    ),
    "average of fractions": "SELECT field, COUNT(*) AS n, AVG(rate) AS pay FROM answers GROUP BY field ORDER BY field",
}
WHOLE = (
    "CASE WHEN regexp_full_match(pay, '0|-?[1-9][0-9]*') THEN CAST(pay AS BIGINT)"
    " WHEN pay IS NOT NULL THEN error('no whole number') END"
)
DECIMAL = (
    "CASE WHEN CAST(CAST(rate AS DECIMAL(18, 4)) AS DOUBLE) = rate THEN CAST(rate AS DECIMAL(18, 4))"
    " WHEN rate IS NOT NULL THEN error('more decimals') END"
)
SAME = {
    ("answers.parquet", "average of fractions"): ("'{}'", "AVG(rate)", f"AVG({DECIMAL})"),
    ("answers.csv", "average of fractions"): ("'{}'", "AVG(rate)", f"AVG({DECIMAL})"),
    ("answers.csv", "count and median of whole numbers"): (
        "read_csv('{}', all_varchar = true)", "MEDIAN(pay)", f"MEDIAN({WHOLE})",
    ),
}  # fmt: skip
"""What DuckDB alone is asked for the same answer, where the query's own words give it another: how it reads the file,
and what stands in the query for what."""
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
started, worked = time.perf_counter(), time.process_time()
relation, query = sys.argv[1:]
database = duckdb.connect()
database.execute("SET SESSION enable_progress_bar = false")
database.execute(f"CREATE VIEW answers AS SELECT * FROM {relation}")
rows = database.execute(query).fetchall()
print(time.perf_counter() - started, time.process_time() - worked, len(rows))
"""
OURS = """
import sys, time
from pathlib import Path
from charts.declared import declared_chart
from data.project import load_project
import data.sources.queries.query, duckdb, polars
started, worked = time.perf_counter(), time.process_time()
chart = declared_chart(load_project(Path(sys.argv[1])), "pay")
print(time.perf_counter() - started, time.process_time() - worked, len(chart.table))
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


class Run(NamedTuple):
    """What a program says that it took, and the peak of its memory."""

    seconds: float
    worked: float
    """Seconds of processor time, of all threads."""
    megabytes: float


def run(program: str, *arguments: str) -> Run:
    """Run a program in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-c", program, *arguments], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert process.stdout is not None
    said = process.stdout.read().split()
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) or int(said[2]) != 40:
        raise SystemExit(f"failed: {arguments}")
    return Run(float(said[0]), float(said[1]), usage.ru_maxrss / 1024)


def middle(measured: list[list[Run]], index: int) -> str:
    """What a program took: medians, and the peak of its memory."""
    runs = [pair[index] for pair in measured]
    seconds, worked = (statistics.median(one[part] for one in runs) for part in (0, 1))
    return f"{seconds:.2f} s, of processors {worked:.2f} s, {max(one.megabytes for one in runs):.0f} MB"


def ratio(measured: list[list[Run]], index: int) -> str:
    """Fairsheet's processor time, the first of each pair, as a multiple of another program's."""
    if not index:
        return ""
    ratios = [pair[0].worked / pair[index].worked for pair in measured]
    return f"; ratio: median {statistics.median(ratios):.2f} (min {min(ratios):.2f}, max {max(ratios):.2f})"


def main(pairs: int, rows: int) -> None:
    """Print the median ratio and the memory for each kind of file and query."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([sys.executable, "-c", MAKE, str(rows), name], check=True)
        for file in ("answers.parquet", "answers.csv"):
            size = (folder / file).stat().st_size / 1e6
            for label, query in QUERIES.items():
                (folder / "project.toml").write_text(PROJECT.format(file=file, query=json.dumps(query)))
                programs = {"Fairsheet": (OURS, name), "DuckDB alone": (THEIRS, f"'{folder / file}'", query)}
                if (file, label) in SAME:
                    relation, old, new = SAME[file, label]
                    asked = (THEIRS, relation.format(folder / file), query.replace(old, new))
                    programs["DuckDB alone, for the same answer"] = asked
                for program in programs.values():
                    run(*program)  # once for the disk's cache and the compiled modules
                measured = [[run(*program) for program in programs.values()] for _ in range(pairs)]
                print(f"{file} ({rows:,} rows, {size:.0f} MB), {label}:")
                for index, who in enumerate(programs):
                    print(f"  {who}: {middle(measured, index)}{ratio(measured, index)}")
                print(f"  limit: {LIMIT} of the last")


if __name__ == "__main__":
    main(*(int(text) for text in (sys.argv[1:] + ["5", "10000000"][len(sys.argv) - 1 :])))
