#!/usr/bin/env bash
# DuckDB 2.0.1: the median of decimals is cut to the decimals that they have.
# MEDIAN of DECIMAL 1.01 and 1.02 is 1.01, and not 1.015; QUANTILE_CONT likewise. Of DOUBLE it is 1.015. AVG of the same
# decimals gives a DOUBLE, so a median that changes type is not what one would expect to lose digits.
# Seen: "DECIMAL: 1.01  DOUBLE: 1.015  AVG: 1.015". Exits 1 when that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check duckdb==2.0.1
found=$("$work/venv/bin/python" - <<'PYTHON'
import duckdb

values = "(VALUES (1.01::DECIMAL(18, 2)), (1.02)) t(x)"
median, of_double, average = duckdb.connect().execute(
    f"SELECT MEDIAN(x), ROUND(MEDIAN(x::DOUBLE), 6), ROUND(AVG(x), 6) FROM {values}"
).fetchone()
print(f"DECIMAL: {median}  DOUBLE: {of_double}  AVG: {average}")
PYTHON
)
echo "$found"
[ "$found" = "DECIMAL: 1.01  DOUBLE: 1.015  AVG: 1.015" ]
