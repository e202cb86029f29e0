#!/usr/bin/env bash
# DuckDB 2.0.1: SELECT ... LIMIT over a valid CSV with line ends in quoted cells can give rows that the file does not have.
# A large file is read in pieces, and one may begin within a cell (here: answers with pasted lines of CSV in quotes). What
# stands there is taken for rows. A query that reads every row finds out and fails, saying that the valid file has an
# unterminated quote; one that stops early never does. With parallel = false the rows are those of the file. All other
# settings are the defaults; the columns are declared.
# Seen: "LIMIT 100000: 53151 rows are not the file's; parallel = false: 0; without LIMIT: refused". Exits 1 when that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check duckdb==2.0.1
found=$("$work/venv/bin/python" - "$work/t.csv" <<'PYTHON'
import csv
import sys

import duckdb

pasted = '",\n7,"' * 60
written = [(str(number), "plain" if number % 3 else pasted) for number in range(250_000)]
with open(sys.argv[1], "w", newline="") as stream:
    csv.writer(stream, lineterminator="\n").writerows([("a", "b"), *written])
columns = "header = true, delim = ',', quote = '\"', escape = '\"', columns = {'a': 'VARCHAR', 'b': 'VARCHAR'}"


def wrong(how, end):
    sql = f"SELECT * FROM read_csv('{sys.argv[1]}', {columns}{how}) {end}"
    try:
        rows = duckdb.connect(config={"threads": "1"}).execute(sql).fetchall()
    except duckdb.Error:
        return "refused"
    return sum(read != real for read, real in zip(rows, written))


print(
    f"LIMIT 100000: {wrong('', 'LIMIT 100000')} rows are not the file's; "
    f"parallel = false: {wrong(', parallel = false', 'LIMIT 100000')}; without LIMIT: {wrong('', '')}"
)
PYTHON
)
echo "$found"
[ "$found" = "LIMIT 100000: 53151 rows are not the file's; parallel = false: 0; without LIMIT: refused" ]
