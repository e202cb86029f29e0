#!/usr/bin/env bash
# reportlab 5.1.0: fonts with fewer advances than glyphs (hhea.numberOfHMetrics), as monospaced ones, are embedded with
# wrong advances where their em is not 1000 units: the last one, which all further glyphs share, is taken in
# thousandths. The page's own Widths are right, so the two differ, which PDF/UA-1 (7.21.5) forbids; veraPDF says so.
# Seen: "in the file 1233, embedded 602, Widths 602/1000 of 2048 units = 1233". Exits 1 when that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check reportlab==5.1.0 fonttools==4.68.0 matplotlib==3.11.2
found=$("$work/venv/bin/python" - <<'PYTHON'
from io import BytesIO
from pathlib import Path

import matplotlib
from fontTools.ttLib import TTFont as File
from reportlab.pdfbase.ttfonts import TTFontFace

path = Path(matplotlib.get_data_path(), "fonts/ttf/DejaVuSansMono.ttf")
face = TTFontFace(str(path))
embedded = File(BytesIO(face.makeSubset([0, ord("A")])), checkChecksums=0)
units = face.unitsPerEm
width = face.getCharWidth(ord("A"))
print(
    f"in the file {File(path)['hmtx']['A'][0]}, embedded {embedded['hmtx'].metrics[embedded.getGlyphOrder()[1]][0]}, "
    f"Widths {width:.0f}/1000 of {units} units = {width * units / 1000:.0f}"
)
PYTHON
)
echo "$found"
[ "$found" = "in the file 1233, embedded 602, Widths 602/1000 of 2048 units = 1233" ]
