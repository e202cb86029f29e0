#!/usr/bin/env bash
# quantulum3 0.10.0: "half a million" is read as 1,500,000, and "half a billion" as a billion and a half: the half is added
# as in "one and a half million", with the article taken for the one. "A quarter million" is read rightly, as 250,000;
# "a third of a million" gives two numbers. Whoever looks for the numbers of a text in a table finds none like these, or
# another one's. Seen: the lines at the end. Exits 1 when that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check quantulum3==0.10.0 inflect==7.6.0 num2words==0.5.14
found=$("$work/venv/bin/python" - <<'PYTHON'
from quantulum3 import parser

for text in ("half a million dollars", "half a billion euros", "a quarter million jobs", "a third of a million"):
    print(f"{text}: {', '.join(f'{one.value:.10g} {one.unit.name}' for one in parser.parse(text))}")
PYTHON
)
echo "$found"
[ "$found" = "half a million dollars: 1500000 dollar
half a billion euros: 1500000000 euro
a quarter million jobs: 250000 dimensionless
a third of a million: 0.3333333333 dimensionless, 1000000 dimensionless" ]
