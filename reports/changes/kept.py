"""What an edition keeps for the next one to be compared with: its tables, its words and its charts, as one file."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from charts.chart import Chart
from data.language.show import show
from data.project import Project
from data.sandbox.claimed import Claimed
from data.tables.marks import Content, Mark, Marked, Meaning
from data.tables.table import Field, Table
from data.tables.value import Interval, Value, raw
from reports.batches.kept import KeptItem
from reports.changes.kept_beside import KeptNote, KeptReference, kept_beside
from reports.changes.pictures import KeptPicture, kept_pictures
from reports.document.blocks import Document, Figure, Heading, Notes, TableBlock, without_notes
from reports.document.inlines import Code, Footnote, Inlines, LineBreak, Ref, Run, Text, leaves, plain
from reports.document.tree import passages, typed_inlines, walk, walk_within
from reports.runs.bind import Planned
from reports.runs.read import Reading
from reports.writers import WRITERS

FORM = 1
"""Of the file: one of another form is not compared."""


class KeptMark(Struct, frozen=True):
    """A cell with a mark, as `Marked`."""

    meaning: Meaning
    limit: str | None = None
    note: str = ""


_NAMES = ("text", "list", "level")
"""Types of values that are words."""

KeptContent = str | int | KeptMark | None


class KeptTable(Struct, frozen=True):
    """A table's cells. What the project hides is kept as hidden: its mark and no value."""

    name: str
    title: str
    fields: tuple[Field, ...]
    columns: dict[str, tuple[KeptContent, ...]]
    numbers: tuple[str, ...]
    """Names of the columns whose texts are decimal numbers."""
    identity: tuple[str, ...] = ()
    """Names of the fields that together say which row it is, where the project names them."""
    source: str | None = None
    as_of: str | None = None
    computed_from: str | None = None
    """Title of the table that it was computed from."""
    shown: dict[str, tuple[int, ...]] = {}
    """Field → places of the rows whose value documents show, in a chart or a table. Only these are told one by one to
    readers: of the others they never saw anything."""

    def table(self) -> Table:
        """The table again, with its cells and no place in a file."""
        columns = {
            name: tuple(_content(c, name in self.numbers) for c in column) for name, column in self.columns.items()
        }
        rows = len(next(iter(columns.values()), ()))
        lines = tuple(range(1, rows + 1))
        return Table(
            self.name, self.fields, columns, lines, "", self.title, self.source, self.as_of,
            computed_from=self.computed_from,
        )  # fmt: skip


class KeptChart(Struct, frozen=True):
    """A chart with the rows that it draws, and the documents that show it."""

    id: str
    kind: str
    title: str
    category: str
    measures: tuple[str, ...]
    highlight: tuple[str, ...]
    measure_line: str
    cut: str
    roles: dict[str, tuple[str, ...]]
    rest: str
    rows: KeptTable
    shown_in: tuple[str, ...]
    """Places, "report: Pay by city"."""
    start: str | None = None
    """Where the axis begins, if not at zero."""
    diverging: bool | str = False
    cells: Literal["bars", "heat"] = "bars"
    differences: bool = False
    references: tuple[KeptReference, ...] = ()
    """Lines at values."""
    notes: tuple[KeptNote, ...] = ()
    """Words at points."""
    grid: dict[str, tuple[str, int, int]] = {}
    marks: str = ""

    def chart(self) -> Chart:
        """The chart again, to be drawn."""
        table = self.rows.table()
        start = None if self.start is None else Value(Decimal(self.start), table.field(self.measures[0]).measure)
        return Chart(
            self.id, table, self.kind, self.category, self.measures, self.highlight, self.measure_line,
            cut=self.cut, roles=self.roles, diverging=self.diverging, cells=self.cells, differences=self.differences,
            rest=self.rest, start=start, references=tuple(one.reference() for one in self.references), grid=self.grid,
            marks=self.marks,
            notes=tuple(note for one in self.notes if (note := one.note(table, self.category)) is not None),
        )  # fmt: skip


class KeptPassage(Struct, frozen=True):
    """Words of a document: texts and numbers in turn, the first a text. Names from the data are text."""

    said: tuple[str, ...]
    kind: Literal["heading", "text", "title", "notes"]
    under: str
    """The heading that it stands under; empty before the first."""

    @property
    def words(self) -> str:
        """The whole passage."""
        return "".join(self.said)

    @property
    def frame(self) -> tuple[str, ...]:
        """Its words without its numbers."""
        return self.said[::2]


class KeptOutput(Struct, frozen=True):
    """One document: its file, and all that it says besides the rows of tables."""

    file: str
    passages: tuple[KeptPassage, ...]
    pictures: tuple[KeptPicture, ...] = ()


class Kept(Struct, frozen=True):
    """All that is compared of an edition."""

    form: int
    edition: str
    title: str
    language: str
    published: str
    tables: dict[str, KeptTable]
    charts: dict[str, KeptChart]
    outputs: dict[str, KeptOutput]
    batches: dict[str, tuple[KeptItem, ...]] = {}
    """The items of each batch, with the digests of their documents."""
    claims: tuple[Claimed, ...] = ()
    """The claims of its documents, each once, with what their tests compared."""

    def encoded(self) -> bytes:
        """As a file, the same for the same edition."""
        return gzip.compress(msgspec.json.encode(self), 6, mtime=0)


def decoded(content: bytes) -> Kept | None:
    """What an edition kept; None for a file that is damaged, or of another form."""
    try:
        found = msgspec.json.decode(gzip.decompress(content), type=Kept)
    except (OSError, EOFError, msgspec.MsgspecError, ValueError):
        return None
    return found if found.form == FORM else None


def kept(reading: Reading, edition: str, batches: Mapping[str, tuple[KeptItem, ...]] = MappingProxyType({})) -> Kept:
    """What the edition `edition` of a project keeps, with the items of its batches."""
    project = reading.project
    tables = kept_tables(project)
    for name, shown in _shown(reading).items():
        if name in tables:
            tables[name] = replace(tables[name], shown=shown)
    return Kept(
        FORM,
        edition,
        project.settings.title,
        project.settings.language,
        reading.outputs[0].document.published if reading.outputs else "",
        tables,
        _charts(reading),
        {p.name: _output(p) for p in reading.outputs},
        dict(batches),
        tuple(dict.fromkeys(one for planned in reading.outputs for one in planned.story.claims)),
    )


def _output(planned: Planned) -> KeptOutput:
    document = _printed(planned)
    return KeptOutput(planned.file, tuple(_passages(document)), tuple(kept_pictures(document)))


def kept_tables(project: Project) -> dict[str, KeptTable]:
    """The tables of a project, also of one in which a claim does not hold."""
    settings = project.settings.tables
    return {
        name: _kept_table(table, settings[name].changes.identity if name in settings else ())
        for name, table in project.tables.items()
    }


def _kept_table(table: Table, identity: tuple[str, ...] = ()) -> KeptTable:
    numbers = tuple(name for name, column in table.columns.items() if any(map(_is_number, column)))
    columns = {name: tuple(map(_kept_content, column)) for name, column in table.columns.items()}
    said = (table.source, table.as_of, table.computed_from)
    return KeptTable(table.name, table.title, table.fields, columns, numbers, identity, *said)


def _is_number(content: Content) -> bool:
    return isinstance(content, Decimal)


def _kept_content(content: Content) -> KeptContent:
    match content:
        case Decimal():
            return str(content)
        case Marked():
            limit = None if content.content is None else str(content.content)
            return KeptMark(content.mark.meaning, limit, content.mark.note)
        case _:
            return content


def _content(kept: KeptContent, number: bool) -> Content:
    match kept:
        case KeptMark():
            return Marked(None if kept.limit is None else Decimal(kept.limit), Mark(kept.meaning, kept.note))
        case str() if number:
            return Decimal(kept)
        case _:
            return kept


def _printed(planned: Planned) -> Document:
    """What a document shows: what a speaker says stands in decks, and in what is printed of them."""
    document = planned.document
    return document if WRITERS[planned.writer].says_notes else replace(document, blocks=without_notes(document.blocks))


def _passages(document: Document) -> Iterator[KeptPassage]:
    """All that a document says, with the heading over it. Notes of the advisor's count."""
    yield from _passage(document.subtitle, document.language, "text", "")
    under = ""
    for block, around in walk_within(document.blocks):
        if isinstance(block, Heading):
            under = plain(block.content, document.language)
        notes = any(isinstance(one, Notes) for one in around)
        kind = "heading" if isinstance(block, Heading) else "title" if isinstance(block, Figure) else "text"
        for inlines in typed_inlines(block):
            yield from _passage(inlines, document.language, "notes" if notes else kind, under)


def _passage(
    inlines: Inlines, language: str, kind: Literal["heading", "text", "title", "notes"], under: str
) -> Iterator[KeptPassage]:
    parts = [""]
    for leaf in leaves(inlines):
        match leaf:
            case Run() if isinstance(leaf.value, Value) and leaf.value.measure.type in _NAMES:
                parts[-1] += show(leaf.value, leaf.style, language)  # another name says something else
            case Run():
                parts += [show(leaf.value, leaf.style, language), ""]
            case Text() | Code():
                parts[-1] += leaf.text
            case LineBreak():
                parts[-1] += " "
            case Ref() | Footnote():
                pass  # what they are called follows from their place, and what they say is a passage of its own
    if any(part.strip() for part in parts):
        yield KeptPassage(tuple(parts), kind, under)


def _shown(reading: Reading) -> dict[str, dict[str, tuple[int, ...]]]:
    """Table → field → places of the rows of which a document shows the value, or quotes it."""
    tables = reading.project.tables
    found: dict[str, dict[str, set[int]]] = {}
    for planned in reading.outputs:
        document = _printed(planned)
        for block in walk(document.blocks):
            if isinstance(block, Figure):
                part, names = block.chart.table, [block.chart.category, *block.chart.measures]
            elif isinstance(block, TableBlock) and block.table is not None:
                part, names = block.table, [field.name for field in block.table.fields]
            else:
                continue
            names = [column for name in names for column in _with_ends(part, name)]
            if (whole := tables.get(part.name)) is not None:
                # what a chart computed of its rows shows none of them
                names = [name for name in names if name in whole.columns]
                rows = _rows_of(part, whole, names) if names else set[int]()
                for name in names:
                    found.setdefault(part.name, {}).setdefault(name, set()).update(rows)
        for value, words in _quoted_values(document):
            cell = value.cells[0] if len(value.cells) == 1 else None
            whole = tables.get(cell.table) if cell is not None else None
            if cell is not None and whole is not None and cell.field in whole.columns:
                rows = {
                    n
                    for n, (line, content) in enumerate(zip(whole.lines, whole.columns[cell.field], strict=True))
                    if line == cell.line and content == raw(value)
                }
                found.setdefault(cell.table, {}).setdefault(cell.field, set()).update(rows)
                for field, n in _named_beside(whole, rows, words):
                    found[cell.table].setdefault(field, set()).add(n)
    return {table: {name: tuple(sorted(rows)) for name, rows in fields.items()} for table, fields in found.items()}


def _with_ends(table: Table, name: str) -> tuple[str, ...]:
    """A field, and where it is a range both its ends, which whoever sees the range has seen."""
    field = table.fields_by_name.get(name)
    return (name,) if field is None or field.measure.type != "range" else (name, str(field.low), str(field.high))


def _named_beside(table: Table, rows: Iterable[int], words: str) -> Iterator[tuple[str, int]]:
    """Fields of rows whose content stands in the words around a value: "A nurse earns $90,000"."""
    names = [field.name for field in table.fields if field.measure.type in (*_NAMES, "year", "date")]
    for n in rows:
        for name in names:
            said = table.columns[name][n]
            if isinstance(said, str | int) and re.search(rf"(?<!\w){re.escape(str(said))}(?!\w)", words, re.I):
                yield name, n


def _quoted_values(document: Document) -> Iterator[tuple[Value, str]]:
    """The values that stand in a document's sentences, both ends of a range, each with the words around it."""
    for passage in passages(document):
        if isinstance(passage.block, TableBlock) and passage.block.table is not None:
            continue
        for leaf in leaves(passage.content):
            if isinstance(leaf, Run):
                words = plain(passage.content, document.language)
                ends = (leaf.value.low, leaf.value.high) if isinstance(leaf.value, Interval) else (leaf.value,)
                yield from ((value, words) for value in ends)


def _rows_of(part: Table, whole: Table, names: Iterable[str]) -> set[int]:
    """Places in a table of the rows of a part of it, found by their lines and by what they say."""
    columns = [name for name in names if name in part.columns and name in whole.columns]

    def rows(table: Table) -> Iterator[tuple[Content, ...]]:
        return zip(table.lines, *(table.columns[name] for name in columns), strict=True)

    wanted = set(rows(part))
    return {index for index, row in enumerate(rows(whole)) if row in wanted}


def _charts(reading: Reading) -> dict[str, KeptChart]:
    """The charts that documents show, each once."""
    shown: dict[str, list[tuple[Figure, str]]] = {}
    for planned in reading.outputs:
        for figure, under in _figures(_printed(planned)):
            shown.setdefault(figure.chart.id, []).append(
                (figure, f"{planned.name}: {under}" if under else planned.name)
            )
    return {name: _chart(found, reading.project.language) for name, found in shown.items()}


def _figures(document: Document) -> Iterable[tuple[Figure, str]]:
    under = ""
    for block, _ in walk_within(document.blocks):
        if isinstance(block, Heading):
            under = plain(block.content, document.language)
        elif isinstance(block, Figure):
            yield block, under


def _chart(found: list[tuple[Figure, str]], language: str) -> KeptChart:
    figure, chart = found[0][0], found[0][0].chart
    names = (chart.category, *chart.measures, *(name for said in chart.roles.values() for name in said))
    wanted = set(names)
    for field in chart.table.fields:
        if field.name in wanted:
            wanted |= {name for name in (field.low, field.high, field.unit_field) if name}
    fields = tuple(field for field in chart.table.fields if field.name in wanted)
    columns = {name: column for name, column in chart.table.columns.items() if name in wanted}
    rows = _kept_table(replace(chart.table, fields=fields, columns=columns))
    roles = dict(chart.roles)
    return KeptChart(
        chart.id, chart.kind, plain(figure.title, language), chart.category, chart.measures, chart.highlight,
        chart.measure_line, chart.cut, roles, chart.rest, rows, tuple(dict.fromkeys(place for _, place in found)),
        None if chart.start is None else str(chart.start.number),
        chart.diverging, chart.cells, chart.differences, *kept_beside(chart, language), dict(chart.grid), chart.marks,
    )  # fmt: skip
