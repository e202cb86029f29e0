#!/usr/bin/env bash
# num2words 0.5.14: the sign of numbers between -1 and 0 is lost, without a word, in English, German, French, Spanish,
# Dutch and Portuguese alike: -0.5 is "zero point five", and -1.5 "minus one point five". As float, as Decimal and as text;
# only to="currency" keeps it. Known upstream: https://github.com/savoirfairelinux/num2words/issues/402. A fall of half a
# point is so told as a rise. Way around: the word of abs(n), and the sign by oneself.
# Seen: the lines at the end. Exits 1 when that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check num2words==0.5.14
found=$("$work/venv/bin/python" - <<'PYTHON'
from decimal import Decimal

from num2words import num2words

for language in ("en", "de", "fr", "es", "nl", "pt"):
    print(*(num2words(n, lang=language) for n in (-1.5, -0.5, Decimal("-0.5"))), sep=" | ")
PYTHON
)
echo "$found"
[ "$found" = "minus one point five | zero point five | zero point five
minus eins Komma fünf | null Komma fünf | null Komma fünf
moins un virgule cinq | zéro virgule cinq | zéro virgule cinq
menos uno punto cinco | cero punto cinco | cero punto cinco
min één komma vijf | nul komma vijf | nul komma vijf
menos um vírgula cinco | zero vírgula cinco | zero vírgula cinco" ]
