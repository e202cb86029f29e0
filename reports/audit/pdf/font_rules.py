"""Rules about the fonts of a PDF: they come with the file, and their characters can be read out."""

from __future__ import annotations

from collections.abc import Iterator

from reports.audit.findings import Fault
from reports.audit.pdf.content import FontUse
from reports.audit.pdf.document import PdfDocument, page_list
from reports.audit.pdf.fonts import FORBIDDEN
from reports.audit.pdf.objects import Key
from reports.audit.wording import counted


def _used(document: PdfDocument) -> Iterator[tuple[list[int], list[FontUse]]]:
    """Each font with the pages, from 0, that it is used on."""
    found: dict[tuple[str, Key], tuple[list[int], list[FontUse]]] = {}
    for number, page in enumerate(document.pages):
        for place, use in page.content.fonts.items():
            pages, uses = found.setdefault((use.font.name, place), ([], []))
            pages.append(number)
            uses.append(use)
    yield from found.values()


def embedded(document: PdfDocument) -> Iterator[Fault]:
    """Every font that is seen must be in the file."""
    for pages, uses in _used(document):
        font = uses[0].font
        if not font.embedded and any(use.visible for use in uses):
            message = "It is not in the file: other machines show other letters, or none."
            yield Fault(page_list(pages), f"font {font.name}", message)


def unicode(document: PdfDocument) -> Iterator[Fault]:
    """Every character must be one that can be read out and copied."""
    for pages, uses in _used(document):
        font = uses[0].font
        place, element = page_list(pages), f"font {font.name}"
        unknown, empty = sum(use.unknown for use in uses), sum(use.empty for use in uses)
        if unknown:
            count = counted(unknown, "character")
            message = f"Nothing tells what {count} stand for (no ToUnicode): they are read out wrong or not at all."
            yield Fault(place, element, message)
        if empty:
            count = counted(empty, "character is", "characters are")
            message = f"{count} mapped to nothing (ToUnicode says U+0000, U+FFFD or the like): nothing is read out."
            yield Fault(place, element, message)
        elif any(FORBIDDEN & frozenset(said) for said in (font.map or {}).values()):
            message = "Its map to Unicode holds U+0000, U+FEFF or U+FFFE, which is forbidden even where unused."
            yield Fault(place, element, message)
