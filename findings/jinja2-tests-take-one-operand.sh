#!/usr/bin/env bash
# Jinja2 3.1.6: a test behind `is` takes one operand and no sum, and what follows it counts with the answer. `1 is gt 3 + 4`
# is (1 is gt 3) + 4, which is 4, and `if` takes that for true, whatever the numbers are; `100 is ge 2 * 60` is 60. In
# front of the `is` it is the same: `2 * 3 is eq 6` is 2 * (3 is eq 6), never true. With signs (1 > 3 + 4, 2 * 3 == 6)
# all is as in Python, though the names gt, ge, eq are told to be the same tests. Nothing is said in any of these cases.
# Way around: the signs, or brackets: `1 is gt (3 + 4)`. Seen: the lines at the end. Exits 1 when that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check jinja2==3.1.6
found=$("$work/venv/bin/python" - <<'PYTHON'
from jinja2 import Environment, StrictUndefined

environment = Environment(undefined=StrictUndefined)
for test in ("1 is gt 3 + 4", "1 > 3 + 4", "1 is gt (3 + 4)", "100 is ge 2 * 60", "2 * 3 is eq 6", "2 * 3 == 6"):
    text = "{{ " + test + " }}, and if: {% if " + test + " %}yes{% else %}no{% endif %}"
    print(f"{test}: {environment.from_string(text).render()}")
PYTHON
)
echo "$found"
[ "$found" = "1 is gt 3 + 4: 4, and if: yes
1 > 3 + 4: False, and if: no
1 is gt (3 + 4): False, and if: no
100 is ge 2 * 60: 60, and if: yes
2 * 3 is eq 6: 0, and if: no
2 * 3 == 6: True, and if: yes" ]
