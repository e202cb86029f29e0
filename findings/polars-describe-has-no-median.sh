#!/usr/bin/env bash
# polars 2.1.0: describe() says as "50%" what median() does not, though its documentation calls that line the median. It is
# the quantile of the kind "nearest", the default: a value of the table, and of the two in the middle the upper one. Of
# 30,000 and 40,000 it is 40,000, and so is "75%"; pandas' describe says 35,000 and 37,500 there. quantile(0.5) has the
# same default. Way around: interpolation="linear" in both. Seen: the lines at the end. Exits 1 when that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check polars==2.1.0
found=$("$work/venv/bin/python" - <<'PYTHON'
import polars as pl

pay = pl.DataFrame({"pay": [30_000, 40_000]})
for kind in ("nearest", "linear"):
    told = dict(pay.describe(interpolation=kind).iter_rows())
    print(f"{kind}: 50% {told['50%']:.0f}, 75% {told['75%']:.0f}")
print(f"describe: {dict(pay.describe().iter_rows())['50%']:.0f}, median: {pay['pay'].median():.0f}")
PYTHON
)
echo "$found"
[ "$found" = "nearest: 50% 40000, 75% 40000
linear: 50% 35000, 75% 37500
describe: 40000, median: 35000" ]
