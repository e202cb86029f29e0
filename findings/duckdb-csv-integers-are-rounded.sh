#!/usr/bin/env bash
# DuckDB 2.0.1: a CSV column that is declared BIGINT takes 2.5 and reads 3, without a word.
# With columns = {'v': 'BIGINT'} and strict_mode, every cell that is a decimal number is rounded; no error, no rejected row.
# A word in the same place is refused. So a declared type does not tell whether a file's column really is whole.
# Seen: "[1, 3]  word: refused". Exits 1 when that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check duckdb==2.0.1
printf 'v\n1\n2.5\n' >"$work/t.csv"
printf 'v\n1\nx\n' >"$work/word.csv"
found=$("$work/venv/bin/python" - "$work" <<'PYTHON'
import sys

import duckdb

folder = sys.argv[1]
ask = "SELECT v FROM read_csv('{}', columns = {{'v': 'BIGINT'}}, header = true, auto_detect = false, strict_mode = true)"
rows = [row[0] for row in duckdb.connect().execute(ask.format(f"{folder}/t.csv")).fetchall()]
try:
    duckdb.connect().execute(ask.format(f"{folder}/word.csv")).fetchall()
    word = "read"
except duckdb.Error:
    word = "refused"
print(f"{rows}  word: {word}")
PYTHON
)
echo "$found"
[ "$found" = "[1, 3]  word: refused" ]
