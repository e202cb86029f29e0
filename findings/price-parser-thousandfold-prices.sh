#!/usr/bin/env bash
# price-parser 0.5.1: a price with three decimals, as fuel, power and calls have, is read a thousandfold: "€0.999" is 999
# and "$0.085 per minute" 85, although no thousands begin with a zero. With two or four decimals the same is a decimal
# number. Swiss amounts with the typographic apostrophe, which spreadsheets and the CLDR before its release 48 write,
# end at it: "CHF 1’234.50" is 1. decimal_separator="." cures the first and not the second.
# Seen: the lines at the end. Exits 1 when that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check price-parser==0.5.1
found=$("$work/venv/bin/python" - <<'PYTHON'
from price_parser import Price

for text in ("€0.99", "€0.999", "€0.9990", "0,999 €", "$0.085 per minute", "CHF 1'234.50", "CHF 1’234.50"):
    plain, told = (Price.fromstring(text, decimal_separator=sign).amount for sign in (None, "," if "," in text else "."))
    print(f"{text}: {plain}, told the sign {told}")
PYTHON
)
echo "$found"
[ "$found" = "€0.99: 0.99, told the sign 0.99
€0.999: 999, told the sign 0.999
€0.9990: 0.9990, told the sign 0.9990
0,999 €: 999, told the sign 0.999
\$0.085 per minute: 85, told the sign 0.085
CHF 1'234.50: 1234.50, told the sign 1234.50
CHF 1’234.50: 1, told the sign 1" ]
