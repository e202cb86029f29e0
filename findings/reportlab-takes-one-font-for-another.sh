#!/usr/bin/env bash
# reportlab 5.1.0: a second TrueType file that calls itself as a registered one does is taken for that one, silently.
# registerFont goes by the PostScript name inside the file: under the second's own registered name getFont gives the
# first. A brand's cut or newer edition of a font, registered after the stock one, is measured and drawn as the stock one.
# Here the second file's A is 2000 units wide. Seen: "second name gives the first font: True, A: 684 of 2000".
# Exits 1 when that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check reportlab==5.1.0 fonttools==4.68.0
found=$("$work/venv/bin/python" - "$work" <<'PYTHON'
import sys
from pathlib import Path

import reportlab
from fontTools.ttLib import TTFont as File
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

stock = Path(reportlab.__path__[0], "fonts/Vera.ttf")
other = Path(sys.argv[1], "other.ttf")
font = File(stock)
units = font["head"].unitsPerEm
font["hmtx"]["A"] = (2 * units, 0)
font.save(other)
first, second = TTFont("first", stock), TTFont("second", other)
pdfmetrics.registerFont(first)
pdfmetrics.registerFont(second)
given = pdfmetrics.getFont("second")
print(f"second name gives the first font: {given is first}, A: {given.stringWidth('A', 1000):.0f} of {second.stringWidth('A', 1000):.0f}")
PYTHON
)
echo "$found"
[ "$found" = "second name gives the first font: True, A: 684 of 2000" ]
