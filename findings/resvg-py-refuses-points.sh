#!/usr/bin/env bash
# resvg_py 0.5.0: an SVG whose width is given in mm, cm, in, pt or pc "has an invalid size", unless dpi is passed.
# The binding's dpi is 0 by default, where resvg itself takes 96: absolute lengths become 0. Numbers, px and a viewBox
# alone are drawn. Drawing programs write mm (Inkscape) and pt (cairo) as a matter of course.
# Seen: "mm: invalid size, pt: invalid size, px: drawn; with dpi=96 mm: drawn, pt: drawn, px: drawn". Exits 1 when that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check resvg-py==0.5.0
found=$("$work/venv/bin/python" - <<'PYTHON'
import resvg_py


def drawn(unit, **options):
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="40{unit}" height="20{unit}" viewBox="0 0 4 2"><path d="M0 0h4v2z"/></svg>'
    try:
        resvg_py.svg_to_bytes(svg_string=svg, width=80, **options)
        return "drawn"
    except ValueError as error:
        return "invalid size" if "invalid size" in str(error) else str(error)


units = ("mm", "pt", "px")
print(", ".join(f"{unit}: {drawn(unit)}" for unit in units), end="; with dpi=96 ")
print(", ".join(f"{unit}: {drawn(unit, dpi=96)}" for unit in units))
PYTHON
)
echo "$found"
[ "$found" = "mm: invalid size, pt: invalid size, px: drawn; with dpi=96 mm: drawn, pt: drawn, px: drawn" ]
