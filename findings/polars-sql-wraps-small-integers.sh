#!/usr/bin/env bash
# polars 2.1.0: SQL computes whole numbers in the bits that a column has, and wraps around, without a word.
# SUM(a) - SUM(b) over columns of 32 bits without a sign, of 1 and 3, is 4294967294 and not -2; SUM of three INTEGERs of
# 2,000,000,000 is 1705032704 and not 6000000000. Other SQL widens sums, or refuses.
# Seen: "4294967294 1705032704". Exits 1 when that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check polars==2.1.0
found=$("$work/venv/bin/python" - <<'PYTHON'
import polars

small = polars.DataFrame({"a": [1], "b": [3]}, schema={"a": polars.UInt32, "b": polars.UInt32})
pay = polars.DataFrame({"pay": [2_000_000_000] * 3})
context = polars.SQLContext(small=small, pay=pay)
difference = context.execute("SELECT SUM(a) - SUM(b) AS d FROM small").collect().item()
total = context.execute("SELECT SUM(CAST(pay AS INTEGER)) AS s FROM pay").collect().item()
print(difference, total)
PYTHON
)
echo "$found"
[ "$found" = "4294967294 1705032704" ]
