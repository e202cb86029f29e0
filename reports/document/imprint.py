"""What documents say of their edition: its id, and what it puts right."""

from __future__ import annotations

from data.language.words import words
from reports.document.blocks import Document
from reports.document.sources import colon


def edition_line(document: Document) -> str:
    """The edition's id, for the foot of every page and slide, marked where it corrects another; "" without one.

    >>> edition_line(document)
    "Edition 1a2b3c4 · Corrected"
    """
    ours = words(document.language)
    marks = (f"{ours['edition']} {document.edition}" if document.edition else "", correction_mark(document))
    return " · ".join(filter(None, marks))


def correction_line(document: Document) -> str:
    """What the edition puts right of one that was withdrawn; "" where it corrects none.

    >>> correction_line(document)
    "Corrected: the pay of analysts was that of 2023."
    """
    if not document.correction:
        return ""
    return f"{correction_mark(document)}{colon(document.language)}{document.correction}"


def correction_mark(document: Document) -> str:
    """That the edition corrects another, in a word; "" where it corrects none."""
    return words(document.language)["corrected"] if document.correction else ""
