#!/usr/bin/env bash
# Typst 0.15.2: a prefix of page numbers, "A-1" for the pages of appendix A, is no prefix. The A counts the pages, and the
# 1 is how many there are: the pages are called A-2 and B-2. The contents and references (form: "page") leave out what
# counts the pages in all, and so say B. Which letters count is told for headings; that the second one is the total, for
# page numbers alone. Way around: numbering: (n, ..) => "A-" + str(n) (then the references say "A-2", too).
# Seen: the lines at the end. Exits 1 when that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check typst==0.15.2 pypdf
cat > "$work/pages.typ" <<'TYPST'
#set page(height: 6cm, numbering: NUMBERING)
See #ref(<method>, form: "page").
#pagebreak()
= Method <method>
TYPST
found=$(cd "$work" && venv/bin/python - <<'PYTHON'
import io
from pathlib import Path

import pypdf
import typst

source = Path("pages.typ").read_text()
for numbering in ('"A-1"', '(n, ..) => "A-" + str(n)'):
    Path("these.typ").write_text(source.replace("NUMBERING", numbering))
    pages = pypdf.PdfReader(io.BytesIO(typst.compile("these.typ"))).pages
    said = [page.extract_text().replace("\xa0", " ").split("\n") for page in pages]
    print(f"{said[0][0]} Feet: {said[0][-1]}, {said[1][-1]}")
PYTHON
)
echo "$found"
[ "$found" = "See page B. Feet: A-2, B-2
See page A-2. Feet: A-1, A-2" ]
