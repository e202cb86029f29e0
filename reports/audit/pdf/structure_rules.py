"""Rules about the structure of a PDF: headings, figures, lists, contents, notes, and the types of elements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import pikepdf

from reports.audit.findings import Fault
from reports.audit.pdf.document import PdfDocument
from reports.audit.pdf.objects import entry, key
from reports.audit.pdf.structure import STANDARD, Area, Content, Element, box, is_standard
from reports.audit.wording import counted, is_stand_in, quoted

_PAGES_WITHOUT_HEADINGS = 3


def heading_levels(document: PdfDocument) -> Iterator[Fault]:
    """Headings must begin at level 1 and go down one level at a time."""
    last = 0
    for element in document.tree.elements:
        if not element.level:
            continue
        if element.level > last + 1:
            before = f"follows one of level {last}" if last else "is the first"
            message = f"It is a heading of level {element.level} and {before}: level {last + 1} is left out."
            yield Fault(document.place(element), document.named(element), message)
        last = element.level


def heading_kinds(document: PdfDocument) -> Iterator[Fault]:
    """Headings must be there, and all be numbered or none."""
    elements = document.tree.elements
    plain = next((e for e in elements if e.kind == "H"), None)
    if plain is not None and any(e.level for e in elements):
        message = "It is a heading without a level in a document whose headings have levels."
        yield Fault(document.place(plain), document.named(plain), message)
    if plain is not None:
        for element in elements:
            if sum(kid.kind == "H" for kid in document.tree.inside(element)) > 1:
                message = "It holds more than one heading without a level: nobody can tell which is above which."
                yield Fault(document.place(element), document.named(element), message)
    has_headings = plain is not None or any(e.level for e in elements)
    if elements and not has_headings and document.all_pages > _PAGES_WITHOUT_HEADINGS:
        yield Fault("document", "", f"It has {document.all_pages} pages and no heading to find one's way by.")


def figure_alt(document: PdfDocument) -> Iterator[Fault]:
    """Figures and formulas must have words for those who cannot see them."""
    for element in document.tree.elements:
        if element.kind in ("Figure", "Formula") and not element.alt and not element.spoken:
            message = "It has no alternative text: say in a sentence what it shows, or make it an artifact."
            yield Fault(document.place(element), document.named(element), message)


def figure_words(document: PdfDocument) -> Iterator[Fault]:
    """An alternative text must describe."""
    for element in document.tree.elements:
        if element.kind in ("Figure", "Formula") and element.alt and is_stand_in(element.alt):
            message = "Its alternative text describes nothing: say in a sentence what it shows."
            yield Fault(document.place(element), document.named(element), message, "warning")


def figure_area(document: PdfDocument) -> Iterator[Fault]:
    """A figure must say where on the page it is, so that it can be shown and enlarged."""
    for element in document.tree.elements:
        if element.kind != "Figure":
            continue
        owners = {kid.owner for kid in element.kids if isinstance(kid, Content)}
        if len(owners) == 1 and box(document.tree.attribute(element, "Layout", "BBox")) is None:
            message = "It does not say where on the page it is (BBox)."
            yield Fault(document.place(element), document.named(element), message)


_LIST_KIDS = {"L": frozenset(("L", "LI", "Caption")), "LI": frozenset(("Lbl", "LBody"))}
_LIST_PARENTS = {"LI": frozenset(("L",)), "LBody": frozenset(("LI",))}
_TOC_KIDS = {"TOC": frozenset(("TOC", "TOCI", "Caption"))}
_TOC_PARENTS = {"TOCI": frozenset(("TOC",))}
Nesting = Mapping[str, frozenset[str]]


def nesting(document: PdfDocument, kids: Nesting, parents: Nesting, bare: str) -> Iterator[Fault]:
    """Elements that stand where their kind must not; `bare` names content outside the elements made for it."""
    for element in document.tree.elements:
        where = document.place
        if element.kind in kids:
            wrong = [kid for kid in document.tree.inside(element) if kid.kind not in kids[element.kind]]
            if wrong:
                found = ", ".join(sorted({kid.tag for kid in wrong}))
                wanted = ", ".join(sorted(kids[element.kind]))
                message = f"It holds {found} where only {wanted} may stand."
                yield Fault(where(wrong[0]), document.named(element), message)
            if any(isinstance(kid, Content) for kid in element.kids):
                yield Fault(where(element), document.named(element), f"It holds content outside its {bare}.")
        if element.kind in parents and document.tree.parent_kind(element) not in parents[element.kind]:
            stands = document.tree.parent_kind(element) or "nothing"
            wanted = " or ".join(sorted(parents[element.kind]))
            message = f"It is a {element.kind} and stands in {stands}; it must stand in {wanted}."
            yield Fault(where(element), document.named(element), message)


def lists(document: PdfDocument) -> Iterator[Fault]:
    """A list must be made of items, and an item of its label and its body."""
    yield from nesting(document, _LIST_KIDS, _LIST_PARENTS, "items' labels and bodies")
    for element in document.tree.elements:
        if element.kind == "L" and not any(kid.kind in ("L", "LI") for kid in document.tree.inside(element)):
            yield Fault(document.place(element), document.named(element), "It is a list without items.")


def contents(document: PdfDocument) -> Iterator[Fault]:
    """A table of contents must be made of entries that can be followed."""
    yield from nesting(document, _TOC_KIDS, _TOC_PARENTS, "entries")
    tree = document.tree
    for element in tree.elements:
        if element.kind == "TOCI" and not any(e.kind in ("Link", "Reference", "TOC") for e in tree.below(element)):
            message = "It cannot be followed: there is no link in it."
            yield Fault(document.place(element), document.named(element), message, "warning")


def notes(document: PdfDocument) -> Iterator[Fault]:
    """Notes must have an ID of their own each."""
    found = [
        (e, bytes(entry(e.node, "ID")) if _is_string(e) else b"") for e in document.tree.elements if e.kind == "Note"
    ]
    times = Counter(identity for _, identity in found)
    for element, identity in found:
        if not identity:
            yield Fault(document.place(element), document.named(element), "It is a note without an ID to refer to.")
        elif times[identity] > 1:
            message = "It has the same ID as another note."
            yield Fault(document.place(element), document.named(element), message)


def _is_string(element: Element) -> bool:
    return isinstance(entry(element.node, "ID"), pikepdf.String)


def types(document: PdfDocument) -> Iterator[Fault]:
    """Every element must be of a standard type, or of one that is mapped to such a type."""
    tree = document.tree
    unknown = Counter(e.tag for e in tree.elements if not is_standard(e.kind) and entry(e.node, "NS") is None)
    for tag, count in sorted(unknown.items()):
        first = next(e for e in tree.elements if e.tag == tag)
        circular = " (the role map leads back to it)" if tag in tree.roles else ""
        message = f"{counted(count, 'element')} of type {tag}, which stands for no standard type{circular}."
        yield Fault(document.place(first), quoted(f"{tag} element", document.words(first)), message)
    for tag in sorted(tag for tag in tree.roles if tag in STANDARD and tree.roles[tag] != tag):
        yield Fault("document", f"role map, {tag}", f"A standard type is made to mean {tree.roles[tag]}.")


_EMPTY = {"Link": "link", "LI": "list item", "TOCI": "entry", "Caption": "caption", "H": "heading"}


def empty(document: PdfDocument) -> Iterator[Fault]:
    """What is announced must say something."""
    for element in document.tree.elements:
        kind = "heading" if element.level else _EMPTY.get(element.kind, "")
        if kind and not document.words(element) and not _has_figure(document, element):
            yield Fault(document.place(element), document.named(element), f"It is announced as a {kind} and is empty.")


def _has_figure(document: PdfDocument, element: Element) -> bool:
    """Whether something other than words stands in an element: a missing description has a rule of its own."""
    return any(e.kind in ("Figure", "Formula", "Form", "Annot") for e in document.tree.below(element))


def repeated(document: PdfDocument) -> Iterator[Fault]:
    """The tree must be a tree: no element at two places, each knowing the one around it."""
    tree = document.tree
    for number in sorted(set(tree.repeated)):
        element = tree.elements[number]
        yield Fault(document.place(element), document.named(element), "It stands at two places of the structure.")
    root = key(entry(document.root, "StructTreeRoot"))
    lost: list[Element] = []
    for element in tree.elements:
        expected = key(tree.elements[element.parent].node) if element.parent >= 0 else root
        if expected != (0, 0) and key(entry(element.node, "P")) != expected and element.number not in tree.repeated:
            lost.append(element)
    if lost:
        message = (
            f"{counted(len(lost), 'element')} of the structure, this the first, do not know what they stand in (P)."
        )
        yield Fault(document.place(lost[0]), document.named(lost[0]), message)


def followed(document: PdfDocument) -> Iterator[Fault]:
    """A link element must hold the area that is clicked."""
    for element in document.tree.elements:
        if element.kind == "Link" and not any(isinstance(kid, Area) for kid in element.kids):
            inner = document.tree.below(element)
            if not any(isinstance(kid, Area) for e in inner for kid in e.kids):
                message = "It is tagged as a link and leads nowhere: no clickable area belongs to it."
                yield Fault(document.place(element), document.named(element), message)
