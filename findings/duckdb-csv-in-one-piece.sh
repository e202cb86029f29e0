#!/usr/bin/env bash
# DuckDB 2.0.1: read_csv with parallel = false leaves out all rows from an unclosed quotation mark on, without a word.
# The same file is refused with parallel = true ("Value with unterminated quote found"), in strict mode both. And
# parallel = false is what DuckDB advises for files with line ends in quoted cells, which it cannot read in pieces.
# store_rejects and null_padding do not tell either; strict_mode = false refuses the file, or has one row more.
# Seen: "in pieces: refused  whole: [('A', '1')]  whole, not strict: refused". Exits 1 when that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check duckdb==2.0.1
printf 'g,v\nA,1\n"B,2\nC,3\nD,4\n' >"$work/t.csv"
found=$("$work/venv/bin/python" - "$work/t.csv" <<'PYTHON'
import sys

import duckdb

fixed = "auto_detect = false, skip = 1, delim = ',', quote = '\"', escape = '\"', columns = {'g': 'VARCHAR', 'v': 'VARCHAR'}"


def asked(how):
    try:
        return duckdb.connect().execute(f"SELECT * FROM read_csv('{sys.argv[1]}', {fixed}, {how})").fetchall()
    except duckdb.Error:
        return "refused"


print(
    f"in pieces: {asked('parallel = true')}  whole: {asked('parallel = false')}  "
    f"whole, not strict: {asked('parallel = false, strict_mode = false')}"
)
PYTHON
)
echo "$found"
[ "$found" = "in pieces: refused  whole: [('A', '1')]  whole, not strict: refused" ]
