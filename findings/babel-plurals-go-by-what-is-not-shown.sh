#!/usr/bin/env bash
# Babel 2.19.0: format_unit and format_currency choose the plural by the number that they are given, and not by the one
# that they show. The CLDR's rules are about what a reader sees (UTS 35, part 3, "Operands": v is the count of visible
# decimals): "1 year", "1.0 years", "1.00 euros". Decimal("1.0") is shown as 1 and called "years"; so is 0.9996; and in
# German and Spanish "1 Jahre", "1 años". A currency's 1 is shown as 1.00 and called "euro", that of Decimal("1.00")
# "euros". Numbers of databases with a fixed scale come as Decimal("1.00").
# Way around: give Locale.plural_form the Decimal that is shown. Seen: the lines at the end. Exits 1 when that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check babel==2.19.0
found=$("$work/venv/bin/python" - <<'PYTHON'
from decimal import Decimal

from babel.numbers import format_currency
from babel.units import format_unit

for locale in ("en", "de", "es"):
    print(*(format_unit(n, "year", locale=locale) for n in (1, 1.0, Decimal("1.0"), 0.9996)), sep="; ")
print(*(format_currency(n, "EUR", locale="en", format_type="name") for n in (1, Decimal("1.00"))), sep="; ")
PYTHON
)
echo "$found"
[ "$found" = "1 year; 1 year; 1 years; 1 years
1 Jahr; 1 Jahr; 1 Jahre; 1 Jahre
1 año; 1 año; 1 año; 1 años
1.00 euro; 1.00 euros" ]
