"""A PDF as the rules look at it: what the file says of itself, its pages, its structure, and how they hang together."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from itertools import chain, islice
from typing import Any

import pikepdf
from msgspec import Struct

from reports.audit.pdf.content import Effort, FontShelf, PageContent, Sequence, read_page
from reports.audit.pdf.objects import (
    Key,
    TooLargeError,
    array,
    content,
    entry,
    is_dictionary,
    key,
    name,
    text,
    whole,
)
from reports.audit.pdf.structure import INLINE, Area, Content, Element, Tree, box, read_number_tree, read_tree
from reports.audit.wording import numbers, quoted
from reports.xml import NotXmlError, parse

MOST_PAGES = 5_000
"""Pages of a file that are read."""

_HIDDEN = 2
"""Bit of an annotation's flags (ISO 32000-1, 12.5.3)."""
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_IN_A_LANGUAGE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li"
_PART = "{http://www.aiim.org/pdfua/ns/id/}part"


class Annotation(Struct, frozen=True):
    """Something on a page that can be clicked, filled in or opened."""

    page: int
    """From 0."""
    node: Any
    kind: str
    """Its subtype: Link, Widget, Text ..."""

    @property
    def words(self) -> str:
        """What is read out for it."""
        return text(entry(self.node, "Contents")).strip()


class PdfPage(Struct, frozen=True):
    node: Any
    content: PageContent
    annotations: tuple[Annotation, ...]
    """Those that readers meet: neither hidden nor outside the page."""


class Metadata(Struct, frozen=True):
    """What a file's XMP packet says."""

    title: str = ""
    part: str = ""
    """The part of PDF/UA that the file claims to conform to."""


class PdfDocument(Struct, frozen=True, dict=True):
    """A PDF that was read."""

    pdf: pikepdf.Pdf
    pages: tuple[PdfPage, ...]
    all_pages: int
    """Pages that the file has."""
    tree: Tree
    parents: Mapping[int, Any]
    """The entries of its parent tree."""
    metadata: Metadata

    @property
    def root(self) -> Any:
        return self.pdf.Root

    @cached_property
    def page_numbers(self) -> Mapping[Key, int]:
        """From 0, by page object."""
        return {key(page.node): number for number, page in enumerate(self.pages)}

    @cached_property
    def sequences(self) -> Mapping[tuple[Key, int], Sequence]:
        """All numbered sequences, by the page or form they stand in."""
        return {place: found for page in self.pages for place, found in page.content.sequences.items()}

    @cached_property
    def sequence_pages(self) -> Mapping[tuple[Key, int], int]:
        """The page, from 0, that a numbered sequence is drawn on first."""
        found: dict[tuple[Key, int], int] = {}
        for number, page in enumerate(self.pages):
            for place in page.content.sequences:
                found.setdefault(place, number)
        return found

    @cached_property
    def claimed(self) -> Mapping[tuple[Key, int], int]:
        """The element that holds a sequence, by what the elements say."""
        return {
            (kid.owner, kid.mark): element.number
            for element in self.tree.elements
            for kid in element.kids
            if isinstance(kid, Content)
        }

    @cached_property
    def holders(self) -> Mapping[Key, int]:
        """The element that holds an annotation, by what the elements say."""
        return {
            kid.target: element.number
            for element in self.tree.elements
            for kid in element.kids
            if isinstance(kid, Area) and kid.target != (0, 0)
        }

    def entered(self, owner: Any, mark: int) -> int | None:
        """The element that the parent tree gives for a sequence of a page or form; None where it gives none."""
        own = whole(entry(owner, "StructParents"))
        row = () if own is None else array(self.parents.get(own))
        return self.tree.numbers.get(key(row[mark])) if 0 <= mark < len(row) else None

    @cached_property
    def _texts(self) -> Mapping[int, str]:
        """Text of each element, made from the last to the first, so that what is inside is there before."""
        texts: dict[int, str] = {}
        for element in reversed(self.tree.elements):
            said = element.spoken or element.alt
            if not said:
                parts: list[str] = []
                for kid in element.kids[:200]:
                    if isinstance(kid, int):
                        apart = "" if self.tree.elements[kid].kind in INLINE else " "
                        parts.append(apart + texts.get(kid, "") + apart)
                    elif isinstance(kid, Content) and (found := self.sequences.get((kid.owner, kid.mark))):
                        parts.append(found.text)
                said = "".join(parts)
            texts[element.number] = said[:400]
        return texts

    def words(self, element: Element) -> str:
        """What is read out for an element, at least the beginning of it."""
        return self._texts[element.number].strip()

    def page_of(self, element: Element) -> int | None:
        """The page, from 0, that an element begins on; None where nothing tells."""
        for found in chain((element,), islice(self.tree.below(element), 1000)):
            for kid in found.kids:
                if isinstance(kid, Content):
                    owner = self.page_numbers.get(kid.owner, self.sequence_pages.get((kid.owner, kid.mark)))
                    if owner is not None:
                        return owner
            if found.page in self.page_numbers:
                return self.page_numbers[found.page]
        for found in self.tree.around(element):
            if found.page in self.page_numbers:
                return self.page_numbers[found.page]
        return None

    def place(self, element: Element) -> str:
        """ "page 3", or "document" where no page is known."""
        number = self.page_of(element)
        return "document" if number is None else f"page {number + 1}"

    def named(self, element: Element) -> str:
        """An element as a reader would name it: "heading 'Pay'"."""
        return quoted(_NAMES.get(element.kind, f"{element.tag} element"), self.words(element))


_NAMES = {
    "Figure": "figure",
    "Formula": "formula",
    "Table": "table",
    "TR": "table row",
    "TH": "header cell",
    "TD": "table cell",
    "L": "list",
    "LI": "list item",
    "Link": "link",
    "P": "paragraph",
    "TOC": "table of contents",
    "TOCI": "entry of the table of contents",
    "Caption": "caption",
    "Note": "note",
    "Form": "form field",
    "H": "heading",
    **{f"H{level}": "heading" for level in range(1, 7)},
}


def page_list(pages: list[int]) -> str:
    """Pages counted from 0 as a place: "page 3", "pages 1, 4–6"."""
    return f"page{'' if len(set(pages)) == 1 else 's'} {numbers(page + 1 for page in pages)}"


def read_document(pdf: pikepdf.Pdf, entire: bool = False) -> PdfDocument:
    """Read an open file; `entire`: with all of its text, and not the beginning of each piece of it.

    Raises pikepdf.PdfError where it is broken.
    """
    fonts, effort = FontShelf(), Effort(entire)
    most = min(len(pdf.pages), MOST_PAGES)
    pages = tuple(_page(number, pdf.pages[number], fonts, effort) for number in range(most))
    structure = entry(pdf.Root, "StructTreeRoot")
    return PdfDocument(
        pdf,
        pages,
        len(pdf.pages),
        read_tree(structure),
        read_number_tree(entry(structure, "ParentTree")),
        _metadata(entry(pdf.Root, "Metadata")),
    )


def _page(number: int, page: pikepdf.Page, fonts: FontShelf, effort: Effort) -> PdfPage:
    found = (Annotation(number, node, name(entry(node, "Subtype"))) for node in array(entry(page.obj, "Annots")))
    edges = box(entry(page.obj, "CropBox")) or box(entry(page.obj, "MediaBox"))
    return PdfPage(page.obj, read_page(page, fonts, effort), tuple(a for a in found if _is_met(a, edges)))


def _is_met(annotation: Annotation, page: tuple[float, float, float, float] | None) -> bool:
    if not is_dictionary(annotation.node) or (whole(entry(annotation.node, "F")) or 0) & _HIDDEN:
        return False
    edges = box(entry(annotation.node, "Rect"))
    if page is None or edges is None:
        return True
    return edges[0] < page[2] and edges[2] > page[0] and edges[1] < page[3] and edges[3] > page[1]


def _metadata(stream: object) -> Metadata:
    try:
        packet = content(stream)
        root = parse(packet.strip(b"\0 \r\n\t"))
    except (NotXmlError, TooLargeError):
        return Metadata()
    title = next(root.iter(_TITLE), None)
    titles = () if title is None else (*title.iter(_IN_A_LANGUAGE), title)
    said = (" ".join("".join(map(str, one.itertext())).split()) for one in titles)
    words = next(filter(None, said), "")
    part = next((str(found.text or "") for found in root.iter(_PART)), "")
    for described in root.iter():
        part = part or str(described.get(_PART) or "")
    return Metadata(words, part.strip())
