#!/usr/bin/env bash
# text2num 3.1.0: decimal numbers of thousands and millions in words become other numbers. In Spanish, French, Italian and
# Portuguese the zeros of the million are written behind the decimals: "dos coma cinco millones" becomes "2,5000000",
# which is two and a half. In English and German two numbers stand there: "2.5 1000000". And the "ciento" of "por ciento"
# becomes a number of its own. Without a decimal ("dos millones") all is well.
# Seen: the lines at the end. Exits 1 when that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check text2num==3.1.0
found=$("$work/venv/bin/python" - <<'PYTHON'
from text_to_num import alpha2digit

for language, text in (
    ("es", "dos millones"),
    ("es", "dos coma cinco millones"),
    ("fr", "deux virgule cinq millions"),
    ("it", "due virgola cinque milioni"),
    ("pt", "dois vírgula cinco milhões"),
    ("en", "two point five million"),
    ("de", "zwei Komma fünf Millionen"),
    ("es", "el diez por ciento de los hogares"),
):
    print(f"{text}: {alpha2digit(text, language)}")
PYTHON
)
echo "$found"
[ "$found" = "dos millones: 2000000
dos coma cinco millones: 2,5000000
deux virgule cinq millions: 2,5000000
due virgola cinque milioni: 2,5000000
dois vírgula cinco milhões: 2,5000000
two point five million: 2.5 1000000
zwei Komma fünf Millionen: 2,5 1000000
el diez por ciento de los hogares: el 10 por 100 de los hogares" ]
