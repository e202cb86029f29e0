#!/usr/bin/env bash
# reportlab 5.1.0 with uharfbuzz 0.57.0: shaping=True is ignored in silence, and where it works ligatures lose their letters.
# Canvas.drawString(shaping=True) shapes only if rlbidi is installed, too, and says nothing where it is not. Text shaped
# with shapeStr has another character for a ligature, and ToUnicode says that one: "offer" is copied and searched as
# "o\ufb00er", and where the font has the glyph without a character, as one of private use.
# Seen: "drawString: not shaped; shapeStr: offer is o U+FB00 er". Exits 1 when that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check reportlab==5.1.0 uharfbuzz==0.57.0 font-source-sans-pro==0.0.1
found=$("$work/venv/bin/python" - <<'PYTHON'
from importlib.util import find_spec
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, shapeStr
from reportlab.pdfgen.canvas import Canvas

folder = Path(find_spec("font_source_sans_pro").submodule_search_locations[0], "files")
font = TTFont("any", folder / "SourceSansPro-Regular.ttf", asciiReadable=False)
pdfmetrics.registerFont(font)
canvas = Canvas("unused.pdf", initialFontName="any")
canvas.setFont("any", 12)
canvas.drawString(72, 72, "AVATAR offer", shaping=True)
drawn = "shaped" if any("TJ" in code for code in canvas._code) else "not shaped"
before, ligature, *behind = shapeStr("offer", "any", 12)
print(f"drawString: {drawn}; shapeStr: offer is {before} U+{ord(ligature):X} {''.join(behind)}")
PYTHON
)
echo "$found"
[ "$found" = "drawString: not shaped; shapeStr: offer is o U+FB00 er" ]
