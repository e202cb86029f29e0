"""Reads a document as a talk: which slides it has, in which sections, with which titles, notes and sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, takewhile
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from data.errors import Place, Problem, ProjectError
from data.look.brand import Brand
from data.tables.provenance import tables_behind
from data.tables.table import Table
from reports.deck.planned.compose import compose, pair_slide
from reports.deck.planned.cover import cover_slides
from reports.deck.planned.finish import footed, numbered, titled
from reports.deck.planned.footnotes import with_footnotes
from reports.deck.planned.opening import agenda_slides, section_slides
from reports.deck.planned.plan import Plan, Section, Slide, Source, TextPart
from reports.deck.planned.scene import Deck, Main, Scene, whole_words
from reports.deck.planned.slide_references import slide_called, with_spots
from reports.deck.words.frames import Layouts
from reports.deck.words.text import Reader, TextRun
from reports.document.blocks import (
    AboutData,
    Block,
    Callout,
    Columns,
    Document,
    Figure,
    Glossary,
    Heading,
    Image,
    KeyFigures,
    Myth,
    NextSteps,
    Notes,
    PullQuote,
    Question,
    Quote,
    TableBlock,
)
from reports.document.inlines import Run, leaves, plain
from reports.document.numbering import labels
from reports.document.page_references import settled
from reports.document.sources import origin_line, source_line
from reports.document.tree import inlines_of, inside, tables_of, values_of, walk

_PAIR = 2
_OF_TEXT = ("Text", "Text large", "Text and callout")
"""Slides of text alone."""


class _Topic(Struct, frozen=True):
    """What stands between one heading and the next."""

    section: Heading | None
    heading: Heading | None
    """A slide's heading; None for what stands right below the section's."""
    blocks: tuple[Block, ...]


class _Group(Struct, frozen=True):
    """The slides of a section."""

    name: str
    id: str
    slides: tuple[Slide, ...]
    backup: bool = False


def plan_slides(document: Document, layouts: Layouts, brand: Brand, incremental: bool = False) -> Plan:
    """Every slide of the document's deck, fitted to a template's layouts.

    A heading of level 1 opens a section with a slide of its own, one of level 2 a slide; a chart, table, quote, myth,
    question, key figures or columns without one make slides with titles of their own. What is too long continues on a
    next slide. With `incremental` the points of lists appear one by one where no heading says otherwise. Pure: reads no
    file, draws nothing. Raises ProjectError with everything that does not fit.
    """
    return settled(
        document,
        lambda one: with_spots(_planned(one, layouts, brand, incremental)),
        slide_called(document.language),
    )


def _planned(document: Document, layouts: Layouts, brand: Brand, incremental: bool) -> Plan:
    deck = Deck(document, layouts, brand, Reader(document.language, labels(document)), incremental)
    tables = {table.name: table for table in (*tables_of(document.blocks), *document.tables)}
    groups = _groups(deck, tables)
    deck.problems.extend(_kickers(document))
    slides = titled(deck, numbered([one for group in groups for one in group.slides]))
    slides = [footed(deck, whole_words(deck, one), one is slides[-1]) for one in slides]
    if deck.problems:
        raise ProjectError(deck.problems)
    sections: list[Section] = []
    called: Counter[str] = Counter()
    start = 0
    for group in groups:
        ids = tuple(one.id for one in slides[start : start + len(group.slides)])
        start += len(ids)
        if ids:
            called[group.name.casefold()] += 1
            times = called[group.name.casefold()]
            name = group.name if times == 1 else f"{group.name} ({times})"
            sections.append(Section(group.id, name, ids, group.backup))
    targets = {block: one.id for one in slides for block in one.blocks}
    return Plan(tuple(slides), tuple(sections), targets)


def _kickers(document: Document) -> Iterator[Problem]:
    """A problem for each kicker that no slide has a place for."""
    for block in walk(document.blocks):
        if isinstance(block, Heading) and block.kicker and (block.level > 1 or block not in document.blocks):
            yield Problem(
                block.place,
                f"the kicker '{plain(block.kicker, document.language)}' has no place on a slide.",
                "Put it into the heading; only the slide that opens a section (#) shows one.",
            )


def _groups(deck: Deck, tables: dict[str, Table]) -> list[_Group]:
    document = deck.document
    told = document.blocks
    explained = told[-1] if told and isinstance(told[-1], Glossary) and told[-1].appended else None
    topics = list(_topics(told[:-1] if explained else told))
    groups: list[_Group] = []
    count = 0
    for section, members in groupby(topics, key=lambda topic: topic.section):
        made: list[Slide] = []
        if section is None:
            made.extend((*cover_slides(deck), *agenda_slides(deck)))
        else:
            count += 1
        for topic in members:
            if topic.heading is None and section is not None:
                made.extend(_section(deck, topic, section, count, tables))
            elif topic.heading is None:
                opening = tuple(takewhile(lambda block: isinstance(block, Notes), topic.blocks))
                made[0] = replace(made[0], notes=_notes(deck, opening))  # the title slide's
                made.extend(_scenes(deck, replace(topic, blocks=topic.blocks[len(opening) :]), tables))
            else:
                made.extend(_scenes(deck, topic, tables))
        name = deck.reader.line(section.kicker or section.content) if section else document.title
        groups.append(_Group(name, section.id if section else "title", tuple(made), bool(section and section.backup)))
    if not topics or topics[0].section is not None:
        groups.insert(0, _Group(document.title, "title", (*cover_slides(deck), *agenda_slides(deck))))
    if explained:
        scene = Scene(
            id=explained.id,
            place=explained.place,
            title=(TextRun(deck.ours["glossary"]),),
            main=explained,
        )
        made = compose(deck, scene)
        made[0] = replace(made[0], blocks=tuple(block.id for block in walk((explained,))))
        groups.append(_Group(deck.ours["glossary"], explained.id, tuple(made)))
    listed = any(isinstance(block, AboutData) for block in walk(document.blocks))
    if tables and not listed:
        name = deck.ours["about these data"]
        scene = Scene(
            id="about-data",
            place=Place("project.toml"),
            title=(TextRun(name),),
            main=AboutData(
                id="about-data",
                place=Place("project.toml"),
                tables=tuple(tables.values()),
                contradictions=document.contradictions,
            ),
        )
        groups.append(_Group(name, "about-data", tuple(compose(deck, scene))))
    return groups


def _topics(blocks: Iterable[Block]) -> Iterator[_Topic]:
    section: Heading | None = None
    heading: Heading | None = None
    held: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level <= 2:
            if held or heading or section:
                yield _Topic(section, heading, tuple(held))
            section, heading = (block, None) if block.level == 1 else (section, block)
            held = []
        else:
            held.append(block)
    if held or heading or section:
        yield _Topic(section, heading, tuple(held))


# -- sections -----------------------------------------------------------------------


def _section(deck: Deck, topic: _Topic, heading: Heading, number: int, tables: dict[str, Table]) -> list[Slide]:
    """The slide that opens a section, with the words that stand before its first slide, and what follows them."""
    opening: list[Block] = []
    for block in topic.blocks:
        if isinstance(block, Main) or any(_nested(block)):
            break
        opening.append(block)
    rest = topic.blocks[len(opening) :]
    said = [block for block in opening if not isinstance(block, Notes)]
    blocks = [heading, *walk(said)]
    made = with_footnotes(deck, blocks, lambda room: section_slides(room, heading, number, said))
    sources = _sources(deck, [heading, *said], tables)
    made = [replace(one, sources=sources) for one in made]
    opened = replace(made[0], notes=_notes(deck, opening), blocks=tuple(block.id for block in blocks))
    return [opened, *made[1:], *_scenes(deck, _Topic(topic.section, None, rest), tables)]


# -- scenes --------------------------------------------------------------------------


def _scenes(deck: Deck, topic: _Topic, tables: dict[str, Table]) -> list[Slide]:
    """The slides of one topic: each block that fills a slide starts one, text joins the one it stands by."""
    if pair := _pair(deck, topic, tables):
        return pair
    found: list[Slide] = []
    current: list[Block] = []
    first = True

    def close(opening: list[Block]) -> None:
        nonlocal current, first
        if current or (first and topic.heading):
            found.extend(_scene(deck, topic, current, tables, first))
            first = False
        current = opening

    for block in topic.blocks:
        if isinstance(block, Main) and any(isinstance(held, Main) for held in current):
            close([])
        current.append(block)
        for nested in _nested(block):
            close([nested])
    close([])
    return found


def _pair(deck: Deck, topic: _Topic, tables: dict[str, Table]) -> list[Slide]:
    """Two charts under one heading, and nothing else, beside each other; [] where that is not so, or lacks the room."""
    figures = [block for block in topic.blocks if isinstance(block, Figure)]
    rest = [block for block in topic.blocks if not isinstance(block, Figure | Notes)]
    if topic.heading is None or len(figures) != _PAIR or rest:
        return []
    one, other = figures
    both = Columns(id=one.id, place=one.place, columns=((one,), (other,)))
    scene = Scene(id="", place=one.place, title=deck.reader.spans(topic.heading.content))
    if pair_slide(deck, scene, both) is None:
        return []
    said = [block for block in topic.blocks if isinstance(block, Notes)]
    return _scene(deck, topic, [both, *said], tables, True)


def _nested(block: Block) -> Iterator[Block]:
    """Charts and tables inside a block that is set as text: they get slides of their own, right behind it."""
    for child in inside(block):
        if isinstance(child, Figure | Image | TableBlock | AboutData):
            if not isinstance(block, Columns):
                yield child
        else:
            yield from _nested(child)


def _scene(deck: Deck, topic: _Topic, blocks: Sequence[Block], tables: dict[str, Table], first: bool) -> list[Slide]:
    main = next((block for block in blocks if isinstance(block, Main)), None)
    heading = topic.heading if first or main is None or isinstance(main, Columns) else None
    shown = [block for block in blocks if not isinstance(block, Notes)]
    notes = _notes(deck, blocks)
    anchor = heading or main or (shown[0] if shown else None)
    if anchor is None:
        return []
    title = deck.reader.spans(heading.content) if heading else _title(deck, topic, main)
    at = shown.index(main) if main else 0
    scene = Scene(
        id=heading.id if heading and first else (main or anchor).id,
        place=anchor.place,
        title=title,
        main=main,
        before=tuple(b for b in shown[:at] if not isinstance(b, Callout)),
        texts=tuple(b for b in shown[at:] if b is not main and not isinstance(b, Callout)),
        callouts=tuple(b for b in shown if isinstance(b, Callout)),
        group=topic.heading.id if heading and topic.heading else anchor.id,
    )
    elsewhere = {child.id for block in shown for child in _nested(block)}
    own = [block for block in walk(shown) if block.id not in elsewhere]
    made = with_footnotes(deck, [*([heading] if heading else []), *own], lambda room: compose(room, scene))
    if not made:
        return []
    opened = [heading] if heading and first else []
    sources = _sources(deck, [*([heading] if heading else []), *shown], tables)
    made = [replace(one, sources=sources, incremental=_incremental(deck, topic, main, one)) for one in made]
    upon = next((i for i, one in enumerate(made) if one.role not in _OF_TEXT), 0) if scene.before else 0
    if not upon:
        return [replace(made[0], notes=notes, blocks=tuple(block.id for block in (*opened, *own))), *made[1:]]
    start = next(i for i, block in enumerate(blocks) if block is main)
    earlier = [block for block in own if block.id in {one.id for one in walk(scene.before)}]
    later = tuple(block.id for block in own if block not in earlier)
    made[0] = replace(
        made[0], notes=_notes(deck, blocks[:start]), blocks=tuple(block.id for block in (*opened, *earlier))
    )
    made[upon] = replace(made[upon], notes=_notes(deck, blocks[start:]), blocks=later)
    return made


def _incremental(deck: Deck, topic: _Topic, main: Main | None, one: Slide) -> bool:
    """Whether the points of a slide appear one by one: as its heading says, else its section's, else the output; those
    of sources never do."""
    said = (heading.incremental for heading in (topic.heading, topic.section) if heading)
    asked = next((one for one in said if one is not None), deck.incremental)
    listed = any(isinstance(shown, TextPart) and shown.first_point is not None for shown in one.parts)
    return asked and listed and not isinstance(main, AboutData)


def _title(deck: Deck, topic: _Topic, main: Main | None) -> tuple[TextRun, ...]:
    """The title of a slide without a heading: its block's own, else the section's topic, else what it is."""
    match main:
        case Figure():
            return deck.reader.spans(main.title) or (TextRun(main.chart.table.title),)
        case Image():
            return deck.reader.spans(main.alt)
        case TableBlock() if main.title or main.table:
            return deck.reader.spans(main.title) or (TextRun(main.table.title if main.table else ""),)
        case Question():
            return deck.reader.spans(main.question)
        case NextSteps():
            return deck.reader.spans(main.title) or (TextRun(deck.ours["next steps"]),)
        case Glossary():
            return (TextRun(deck.ours["glossary"]),)
        case AboutData():
            return (TextRun(deck.ours["about these data"]),)
        case _ if topic.section and topic.section.kicker and not topic.heading:
            return deck.reader.spans(topic.section.kicker)
        case KeyFigures():
            return (TextRun(deck.ours["key findings"]),)
        case Quote() | PullQuote():
            return (TextRun(deck.ours["in one sentence"]),)
        case Myth():
            myths = [block.id for block in walk(deck.document.blocks) if isinstance(block, Myth)]
            which = deck.ours["page x of y"].format(page=myths.index(main.id) + 1, pages=len(myths))
            return (TextRun(f"{deck.ours['myth']} {which}" if len(myths) > 1 else deck.ours["myth"]),)
        case TableBlock() | Columns() | None:
            spans = deck.reader.spans(topic.section.content) if topic.section else (TextRun(deck.document.title),)
            return tuple(span for span in spans if not span.note)  # the section's own slide has the footnote
        case _:
            assert_never(main)


# -- notes and sources ---------------------------------------------------------------


def _notes(deck: Deck, blocks: Iterable[Block]) -> tuple[tuple[TextRun, ...], ...]:
    """What the speaker says, a line a paragraph: the notes among the blocks and inside them."""
    found: list[tuple[TextRun, ...]] = []
    said = [child for block in walk(blocks) if isinstance(block, Notes) for child in block.content]
    for passage in deck.reader.passages(said):
        mark = "– " if passage.bullet else "" if passage.number is None else f"{passage.number}. "
        spans = (replace(span, text=span.text.replace("\n", " ")) for span in passage.spans)
        found.append((*([TextRun(mark)] if mark else []), *spans))
    return tuple(found)


def _sources(deck: Deck, blocks: Sequence[Block], tables: dict[str, Table]) -> tuple[Source, ...]:
    """Source, date and notes of every table that the blocks show or quote, each once.

    One of some rows of another has a shorter time than that: where both are quoted, the other's says enough.
    """
    names = {table.name: None for table in tables_of(blocks)}
    for block in walk(blocks):
        for run in (leaf for inlines in inlines_of(block) for leaf in leaves(inlines) if isinstance(leaf, Run)):
            names.update(tables_behind(run.value.cells))
    whole = {(tables[name].title, tables[name].source) for name in names if name in tables}
    values = tuple(values_of(blocks))
    language = deck.document.language
    return tuple(
        dict.fromkeys(
            Source(origin_line(tables[name], language), source_line(tables[name], language, values))
            for name in names
            if name in tables and (tables[name].computed_from, tables[name].source) not in whole
        )
    )
