"""Rules about links, fields and comments on the pages of a PDF."""

from __future__ import annotations

from collections.abc import Iterator

from reports.audit.findings import Fault
from reports.audit.pdf.document import Annotation, PdfDocument
from reports.audit.pdf.objects import entry, key, text, whole
from reports.audit.pdf.structure import Element
from reports.audit.wording import quoted, says_nothing

_NOT_CONTENT = ("Popup", "PrinterMark", "TrapNet")


def _met(document: PdfDocument, *kinds: str) -> Iterator[Annotation]:
    return (a for page in document.pages for a in page.annotations if a.kind in kinds)


def _holder(document: PdfDocument, annotation: Annotation) -> Element | None:
    """The element that an annotation belongs to, by its own word or the element's."""
    own = whole(entry(annotation.node, "StructParent"))
    number = None if own is None else document.tree.numbers.get(key(document.parents.get(own)))
    if number is None:
        number = document.holders.get(key(annotation.node))
    return None if number is None else document.tree.elements[number]


def _place(annotation: Annotation) -> str:
    return f"page {annotation.page + 1}"


def _target(annotation: Annotation) -> str:
    """Where a link goes, as far as it says so in words."""
    return annotation.words or text(entry(annotation.node, "A", "URI"))


def link_words(document: PdfDocument) -> Iterator[Fault]:
    """A link must say where it goes."""
    for link in _met(document, "Link"):
        if not link.words:
            message = "It does not say where it goes (Contents)."
            yield Fault(_place(link), quoted("link", _target(link)), message)


def link_purpose(document: PdfDocument) -> Iterator[Fault]:
    """Words of a link must tell its goal without the sentence around them."""
    for link in _met(document, "Link"):
        if says_nothing(link.words) and link.words:
            message = "Its words do not tell where it goes."
            yield Fault(_place(link), quoted("link", link.words), message, "warning")


def link_tags(document: PdfDocument) -> Iterator[Fault]:
    """A link must belong to a link element."""
    if not document.tree.elements:
        return
    for link in _met(document, "Link"):
        holder = _holder(document, link)
        if holder is None or holder.kind not in ("Link", "Reference"):
            stands = "no element" if holder is None else f"a {holder.tag} element"
            message = f"It belongs to {stands}, not to a link element: readers do not hear that it is a link."
            yield Fault(_place(link), quoted("link", _target(link)), message)
        elif document.holders.get(key(link.node)) is None:
            message = "Its element does not hold it (OBJR): readers hear a link that they cannot follow."
            yield Fault(_place(link), quoted("link", _target(link)), message)


def fields(document: PdfDocument) -> Iterator[Fault]:
    """A form field must have a name to be read out, and belong to a form element."""
    for field in _met(document, "Widget"):
        words = text(entry(field.node, "TU")) or text(entry(field.node, "Parent", "TU"))
        called = text(entry(field.node, "T")) or text(entry(field.node, "Parent", "T"))
        holder = _holder(document, field)
        if not words.strip() and not (holder is not None and holder.alt):
            message = "It has no name that is read out (TU, the tooltip)."
            yield Fault(_place(field), quoted("form field", called), message)
        if document.tree.elements and (holder is None or holder.kind != "Form"):
            message = "It belongs to no form element: readers who go through the text miss it."
            yield Fault(_place(field), quoted("form field", called), message)


def comments(document: PdfDocument) -> Iterator[Fault]:
    """Everything else that is put on a page must have words, and belong to an element for it."""
    kinds = {a.kind for page in document.pages for a in page.annotations} - {"Link", "Widget", *_NOT_CONTENT}
    for found in _met(document, *kinds):
        holder = _holder(document, found)
        element = quoted(f"{found.kind} annotation" if found.kind else "annotation", found.words)
        if not found.words and not (holder is not None and holder.alt):
            yield Fault(_place(found), element, "It has no words (Contents).")
        if document.tree.elements and (holder is None or holder.kind != "Annot"):
            message = "It belongs to no element of its own (Annot): readers who go through the text miss it."
            yield Fault(_place(found), element, message)
