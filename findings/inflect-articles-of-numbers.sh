#!/usr/bin/env bash
# inflect 7.6.0: the article of a number in digits is always "a": "a 8% rise", "a 11th place", "a 18-year-old", where
# English says an; in words ("an eighth") it is right. Abbreviations that are read letter by letter are right only at
# times: "an SQL job" and "an MBA", yet "a FAQ", "a R&D", "a SME", "an URL" and "an UX designer". Text that is made from
# data meets the numbers whenever a share becomes 8, 11, 18 or 80-odd per cent.
# Seen: the lines at the end. Exits 1 when that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check inflect==7.6.0
found=$("$work/venv/bin/python" - <<'PYTHON'
import inflect

say = inflect.engine().a
print(*map(say, ("eighth", "8% rise", "8th", "11th", "18-year-old", "80", "11,000")), sep="; ")
print(*map(say, ("SQL job", "MBA", "FAQ", "R&D", "SME", "URL", "UX designer")), sep="; ")
PYTHON
)
echo "$found"
[ "$found" = "an eighth; a 8% rise; a 8th; a 11th; a 18-year-old; a 80; a 11,000
an SQL job; an MBA; a FAQ; a R&D; a SME; an URL; an UX designer" ]
