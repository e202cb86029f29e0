#!/usr/bin/env bash
# pikepdf 10.17.0 (libqpdf 12.4.2): a page that is brought from one tagged PDF into another points at the other's tags.
# `target.pages.append(page)` copies /StructParents as it is and nothing of the structure tree, without a word: the page
# that had its own tags under 0 now claims those of the target's first page, and its text belongs to no element. The
# same happens with `qpdf a.pdf --pages . b.pdf -- joined.pdf`; with `qpdf --empty --pages` the tree is gone, and the
# numbers stay. Copying the tree, too (`copy_foreign`), brings elements whose /Pg is the copied page, but no place in
# the target's tree and no other numbers.
# Seen: "1 page with tags, 2 pages that claim them". Exits 1 when that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check pikepdf==10.17.0
found=$("$work/venv/bin/python" - <<'PYTHON'
import pikepdf
from pikepdf import Array, Dictionary, Name


def tagged() -> pikepdf.Pdf:
    pdf = pikepdf.new()
    page = pdf.add_blank_page().obj
    page.StructParents = 0
    page.Contents = pikepdf.Stream(pdf, b"/P <</MCID 0>> BDC EMC")
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=tree, Pg=page, K=0))
    tree.K = element
    tree.ParentTree = Dictionary(Nums=Array([0, Array([element])]))
    pdf.Root.StructTreeRoot = tree
    return pdf


target, other = tagged(), tagged()
target.pages.append(other.pages[0])
tree = target.Root.StructTreeRoot
claiming = [page for page in target.pages if page.obj.StructParents == 0]
print(f"{len(tree.ParentTree.Nums) // 2} page with tags, {len(claiming)} pages that claim them")
PYTHON
)
echo "$found"
[ "$found" = "1 page with tags, 2 pages that claim them" ]
