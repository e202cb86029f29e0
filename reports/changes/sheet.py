"""The change brief as one page in the project's own look, with its charts before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from data.errors import Place, ProjectError
from data.look.brand import Brand
from data.shortened import shortened
from reports.changes.brief import Brief, Section
from reports.changes.compare import Changes, ChartChange
from reports.changes.kept import KeptChart
from reports.document.blocks import Block, Columns, Document, Figure, Heading, ItemList, Paragraph
from reports.document.inlines import Inlines, Text
from reports.writers import WRITERS

_PLACE = Place("brief")


class _Size(Struct, frozen=True):
    """How much of a brief is told."""

    charts: int
    items: int
    """Of a section."""
    sections: int = 12
    letters: int = 400
    """Of an item."""


_SIZES = (
    _Size(2, 8),
    _Size(2, 5),
    _Size(1, 5),
    _Size(1, 3),
    _Size(0, 3),
    _Size(0, 1),
    _Size(0, 1, 6, 160),
    _Size(0, 1, 3, 80),
)
"""Tried one after another until all fits on the page; the last one does."""


def as_pdf(brief: Brief, changes: Changes, brand: Brand, created: int) -> bytes:
    """The brief on one page, as many of its items and charts as there is room for; what is left out is counted."""
    writer = WRITERS["handout"]
    for size in _SIZES:
        try:
            document = writer.prepare(_document(brief, changes, created, size))
            return writer.write(document, brand, writer.options())
        except ProjectError:
            if size is _SIZES[-1]:
                raise
    raise AssertionError


def _document(brief: Brief, changes: Changes, created: int, size: _Size) -> Document:
    blocks: list[Block] = [Paragraph(id="summary", place=_PLACE, content=_text(" ".join(brief.summary)))]
    for number, section in enumerate(brief.sections[: size.sections]):
        blocks += _section(section, number, size)
    if (more := len(brief.sections) - size.sections) > 0:
        told = f"And {more:,} {'section' if more == 1 else 'sections'} more; brief.md has all."
        blocks.append(Paragraph(id="more", place=_PLACE, content=_text(told)))
    blocks += _pairs(changes.charts, size.charts)
    return Document(
        title=f"What changed: {shortened(brief.title, size.letters)}",
        subtitle=_text(f"{brief.against}."),
        kicker="Change brief",
        language="en-US",
        blocks=tuple(blocks),
        created=created,
        edition=changes.now.edition,
    )


def _text(words: str) -> Inlines:
    return (Text(words),)


def _section(section: Section, number: int, size: _Size) -> Iterator[Block]:
    yield Heading(id=f"section-{number}", place=_PLACE, level=2, content=_text(shortened(section.title, size.letters)))
    told = [shortened(item, size.letters) for item in section.items[: size.items]]
    if (more := len(section.items) - size.items) > 0:
        told.append(f"And {more:,} more; brief.md has all.")
    yield ItemList(
        id=f"items-{number}", place=_PLACE, items=tuple(_item(said, number, n) for n, said in enumerate(told))
    )


def _item(said: str, number: int, place: int) -> tuple[Block, ...]:
    return (Paragraph(id=f"item-{number}-{place}", place=_PLACE, content=_text(said)),)


def _pairs(charts: Sequence[ChartChange], most: int) -> Iterator[Block]:
    """Charts before and after, side by side."""
    both = [
        (one.before, one.now)
        for one in charts
        if one.before is not None and one.now is not None and not _withheld(one.now)
    ]
    for number, (before, now) in enumerate(both[:most]):
        columns = (_figure(before, "Before", f"before-{number}"), _figure(now, "Now", f"now-{number}"))
        yield Columns(id=f"pair-{number}", place=_PLACE, columns=tuple((figure,) for figure in columns))


def _withheld(kept: KeptChart) -> bool:
    """Whether a chart leaves something out that readers are not to see, and that the one before may show."""
    return any(mark.meaning in ("hidden", "suppressed") for mark in kept.rows.table().marks)


def _figure(kept: KeptChart, when: str, named: str) -> Figure:
    return Figure(
        id=named, place=_PLACE, chart=kept.chart(), title=_text(f"{when}: {kept.title}"), caption=(), captioned=False
    )
