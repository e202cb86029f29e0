"""A document with all that a writer of pages adds to what the story says: numbers, an appendix, footnotes as blocks."""

from __future__ import annotations

from msgspec.structs import replace

from data.language.words import words
from reports.document.appendix import chart_numbers
from reports.document.blocks import AboutData, Block, Document, Glossary, Heading
from reports.document.footnote_lists import with_footnotes
from reports.document.inlines import Text
from reports.document.numbering import numbered
from reports.document.tree import tables_of, walk

ABOUT = "about-these-data"
"""Id of the heading over the data's sources, which has no number among the sections."""


def prepared(document: Document) -> Document:
    """A document that is read from its beginning to its end.

    Its figures and tables are numbered; the numbers of its charts follow as tables, then "About these data", unless
    the story has it or there are no tables; footnotes stand at the end of their sections.
    """
    document = numbered(document)
    blocks = (*_with_glossary(document, level=1), *chart_numbers(document), *_about_data(document))
    return with_footnotes(replace(document, blocks=blocks), by_section=True)


def prepared_sheet(document: Document) -> Document:
    """A document that is read at one glance: nothing is numbered, and footnotes stand at its end."""
    return with_footnotes(replace(document, blocks=_with_glossary(document, level=2)), by_section=False)


def _with_glossary(document: Document, level: int) -> tuple[Block, ...]:
    """The document's blocks, with a heading of its own over a glossary that stands at the end by itself."""
    *before, last = document.blocks
    if not (isinstance(last, Glossary) and last.appended):
        return document.blocks
    title = (Text(words(document.language)["glossary"]),)
    return (*before, Heading(id=f"{last.id}-heading", place=last.place, level=level, content=title), last)


def _about_data(document: Document) -> tuple[Heading, AboutData] | tuple[()]:
    tables = document.tables or tables_of(document.blocks)
    if not tables or any(isinstance(block, AboutData) for block in walk(document.blocks)):
        return ()
    place = document.blocks[-1].place
    title = (Text(words(document.language)["about these data"]),)
    return (
        Heading(id=ABOUT, place=place, level=1, content=title),
        AboutData(id=f"{ABOUT}-table", place=place, tables=tables, contradictions=document.contradictions),
    )
