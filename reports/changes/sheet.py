"""The change brief as one page in the project's own look, with its charts before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from data.errors import Place, ProjectError
from data.look.brand import Brand
from reports.changes.brief import Brief, Section
from reports.changes.compare import Changes, ChartChange
from reports.changes.kept import KeptChart
from reports.document.blocks import Block, Columns, Document, Figure, Heading, ItemList, Paragraph
from reports.document.inlines import Inlines, Text
from reports.writers import WRITERS

_PLACE = Place("brief")
_SIZES = ((2, 8), (2, 5), (1, 5), (1, 3), (0, 3), (0, 1))
"""Charts, and items of a section, that are tried one after another until all fits on the page."""


def as_pdf(brief: Brief, changes: Changes, brand: Brand, created: int) -> bytes:
    """The brief on one page, as many of its items and charts as there is room for; what is left out is counted."""
    writer = WRITERS["handout"]
    for charts, items in _SIZES:
        try:
            document = writer.prepare(_document(brief, changes, created, charts, items))
            return writer.write(document, brand, writer.options())
        except ProjectError:
            if (charts, items) == _SIZES[-1]:
                raise
    raise AssertionError


def _document(brief: Brief, changes: Changes, created: int, charts: int, items: int) -> Document:
    blocks: list[Block] = [Paragraph(id="summary", place=_PLACE, content=_text(" ".join(brief.summary)))]
    for number, section in enumerate(brief.sections):
        blocks += _section(section, number, items)
    blocks += _pairs(changes.charts, charts)
    return Document(
        title=f"What changed: {brief.title}",
        subtitle=_text(f"{brief.against}."),
        kicker="Change brief",
        language="en-US",
        blocks=tuple(blocks),
        created=created,
        edition=changes.now.edition,
    )


def _text(words: str) -> Inlines:
    return (Text(words),)


def _section(section: Section, number: int, most: int) -> Iterator[Block]:
    yield Heading(id=f"section-{number}", place=_PLACE, level=2, content=_text(section.title))
    told = list(section.items[:most])
    if len(section.items) > most:
        told.append(f"And {len(section.items) - most:,} more; brief.md has all.")
    yield ItemList(
        id=f"items-{number}", place=_PLACE, items=tuple(_item(said, number, n) for n, said in enumerate(told))
    )


def _item(said: str, number: int, place: int) -> tuple[Block, ...]:
    return (Paragraph(id=f"item-{number}-{place}", place=_PLACE, content=_text(said)),)


def _pairs(charts: Sequence[ChartChange], most: int) -> Iterator[Block]:
    """Charts before and after, side by side."""
    both = [(one.before, one.now) for one in charts if one.before is not None and one.now is not None]
    for number, (before, now) in enumerate(both[:most]):
        columns = (_figure(before, "Before", f"before-{number}"), _figure(now, "Now", f"now-{number}"))
        yield Columns(id=f"pair-{number}", place=_PLACE, columns=tuple((figure,) for figure in columns))


def _figure(kept: KeptChart, when: str, named: str) -> Figure:
    return Figure(
        id=named, place=_PLACE, chart=kept.chart(), title=_text(f"{when}: {kept.title}"), caption=(), captioned=False
    )
