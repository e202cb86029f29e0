"""Rules about a PDF as a whole: what it says of itself, and whether it lets itself be read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reports.audit.findings import Fault
from reports.audit.pdf.document import MOST_PAGES, PdfDocument, page_list
from reports.audit.pdf.objects import TooLargeError, content, entry, items, name
from reports.audit.pdf.structure import MOST_ELEMENTS, language_of
from reports.audit.wording import is_file_name, is_language, quoted

_WHOLE = "document"
_LEFT_OVER = re.compile(
    r"untitled.*|microsoft (?:word|powerpoint|excel) - .*|powerpoint presentation|(?:document|slide) ?\d*"
)
_PAGES_WITHOUT_BOOKMARKS = 20
_DYNAMIC = b"dynamicRender>required"
"""What the configuration of an XFA form says when its pages are made by the reader's program."""


def tagged(document: PdfDocument) -> Iterator[Fault]:
    """The file must say that it is tagged, and hold a structure tree."""
    marked = entry(document.root, "MarkInfo")
    if not document.tree.elements:
        yield Fault(_WHOLE, "", "It is not tagged: screen readers find no headings, tables or reading order in it.")
    elif entry(marked, "Marked") is not True:
        yield Fault(_WHOLE, "", "It has tags but does not say so (MarkInfo, Marked): readers may leave them unused.")
    if entry(marked, "Suspects") is True:
        yield Fault(_WHOLE, "", "The program that tagged it doubts its own tags (Suspects): check them, then say so.")


def language(document: PdfDocument) -> Iterator[Fault]:
    """The document, and each passage that says so, must state a language that exists in form."""
    stated = language_of(document.root)
    if not stated:
        yield Fault(_WHOLE, "", "It states no language: screen readers guess how to pronounce it.")
    elif not is_language(stated):
        yield Fault(_WHOLE, "", f"Its language '{stated[:30]}' is no language tag: write it as en-US or de.")
    for element in document.tree.elements:
        said = language_of(element.node)
        if said and not is_language(said):
            where, named = document.place(element), document.named(element)
            yield Fault(where, named, f"Its language '{said[:30]}' is no language tag: write it as en-US or de.")


def title(document: PdfDocument) -> Iterator[Fault]:
    """The document must have a title that tells it from others."""
    stated = document.metadata.title
    if not stated:
        yield Fault(_WHOLE, "", "It has no title (dc:title in its metadata): readers hear the file's name instead.")
    elif is_file_name(stated) or _LEFT_OVER.fullmatch(stated.casefold()):
        yield Fault(_WHOLE, quoted("title", stated), "It was put in by a program: write one for people.", "warning")


def title_shown(document: PdfDocument) -> Iterator[Fault]:
    """The window must show the title, not the file's name."""
    if entry(document.root, "ViewerPreferences", "DisplayDocTitle") is not True:
        yield Fault(_WHOLE, "", "Its window shows the file's name, not its title (DisplayDocTitle).")


def conformance(document: PdfDocument) -> Iterator[Fault]:
    """The metadata must claim PDF/UA."""
    part = document.metadata.part
    if not part:
        yield Fault(_WHOLE, "", "It does not claim to be accessible (pdfuaid:part in its metadata).")
    elif part not in ("1", "2"):
        yield Fault(_WHOLE, "", f"It claims part '{part[:20]}' of PDF/UA, and there are parts 1 and 2.")


def readable(document: PdfDocument) -> Iterator[Fault]:
    """Encryption must leave the content to assistive technology."""
    if document.pdf.is_encrypted and not document.pdf.allow.accessibility:
        yield Fault(_WHOLE, "", "Its protection keeps the text from screen readers: allow access for accessibility.")


def static_form(document: PdfDocument) -> Iterator[Fault]:
    """A form must not be made anew by the reader's program: XFA is not accessible."""
    found = items(entry(document.root, "AcroForm", "XFA"))
    drawn = entry(document.root, "NeedsRendering") is True
    if found and (drawn or any(_DYNAMIC in packet for packet in map(_packet, found))):
        yield Fault(_WHOLE, "", "It is a dynamic XFA form, which few programs can read: make it a plain PDF form.")


def _packet(stream: object) -> bytes:
    try:
        return content(stream)
    except TooLargeError:
        return b""


def bookmarks(document: PdfDocument) -> Iterator[Fault]:
    """A long document needs bookmarks to move about in."""
    if document.all_pages > _PAGES_WITHOUT_BOOKMARKS and entry(document.root, "Outlines", "First") is None:
        yield Fault(_WHOLE, "", f"It has {document.all_pages} pages and no bookmarks to move about with.", "warning")


def tab_order(document: PdfDocument) -> Iterator[Fault]:
    """The tab key must follow the structure on pages with links and fields."""
    wrong = [
        number
        for number, page in enumerate(document.pages)
        if page.annotations and name(entry(page.node, "Tabs")) != "S"
    ]
    if wrong:
        yield Fault(page_list(wrong), "", "The tab key does not follow the reading order there (Tabs is not S).")


def read_wholly(document: PdfDocument) -> Iterator[Fault]:
    """What was too large to be read cannot be called sound."""
    if document.all_pages > MOST_PAGES:
        yield Fault(_WHOLE, "", f"Only the first {MOST_PAGES:,} of its {document.all_pages:,} pages were checked.")
    if not document.tree.whole:
        message = f"Its structure is deeper, or larger than {MOST_ELEMENTS:,} elements: not all of it was checked."
        yield Fault(_WHOLE, "", message)
    large = [number for number, page in enumerate(document.pages) if page.content.too_large]
    if large:
        yield Fault(page_list(large), "", "There is too much drawing to be checked.")
