#!/usr/bin/env bash
# Babel 2.19.0 drops group separators in numbers for Switzerland and Liechtenstein.
#
# The CLDR's group separator of de-CH, fr-CH, it-CH, en-CH and de-LI became the straight apostrophe. Babel puts it
# between the digits first, and afterwards removes quotation marks "around text", which a pattern may hold, from the
# finished number: pairs of separators vanish. 1'234'567 becomes 1234567, and 1'234'567'890 becomes 1234567'890.
# Exit code 0: as described. Anything else: Babel has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'babel==2.19.0'
"$folder/venv/bin/python" - <<'PYTHON'
from decimal import Decimal

import babel
from babel.numbers import format_currency, format_decimal

print("Babel", babel.__version__)
seen = [format_decimal(Decimal(n), locale=where) for where in ("de_CH", "fr_CH", "de_LI") for n in (1234, 1234567, 1234567890)]
seen.append(format_currency(Decimal(1234567), "CHF", locale="de_CH"))
expected = ["1'234", "1234567", "1234567'890"] * 3 + ["CHF\xa01234567.00"]
print(seen)
raise SystemExit(0 if seen == expected else f"changed; it was {expected}")
PYTHON
