"""A grid becomes a proposal: how the table in it would be declared, and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import cast

from msgspec.structs import replace

from data.errors import Place
from data.inspection.columns.column import Column, Context, Finding
from data.inspection.columns.kinds import finding
from data.inspection.columns.missing import missing_marks
from data.inspection.columns.people import divider, reaches_people
from data.inspection.columns.written import decimal_mark, own_decimal_mark, written
from data.inspection.grids.ending import first_of
from data.inspection.grids.export import Below, said_below
from data.inspection.grids.framing import framing
from data.inspection.grids.layout import Layout
from data.inspection.grids.several import alone
from data.inspection.proposals.checks import says
from data.inspection.proposals.proposed import Proposal, ProposedField, Surroundings
from data.inspection.proposals.remarks import remarks, to_say
from data.inspection.proposals.shape import beside, cleaning
from data.inspection.surroundings.about import About, about
from data.inspection.surroundings.context import context
from data.inspection.surroundings.lines import short_title
from data.inspection.words.naming import described_key, name_of, title_of, unique, unscaled
from data.inspection.words.setting import ProposedSetting
from data.inspection.words.vocabulary import MILLIONS, THOUSANDS
from data.reshape import reshape
from data.reshape.around import without_dots
from data.reshape.words import plain
from data.settings.project import TableSettings
from data.sources.grid import Grid
from data.sources.sheet import Sheet

_DOTS = ("...", "…", "·", "___")
_DOT_APART = re.compile(r"\s\.\s")
"""What leads from labels to their values holds one of these."""


def propose(grid: Grid, layout: Layout, around: Surroundings, others: Sequence[Layout] = ()) -> Proposal:
    """The proposal for one table of a grid; `others` are the other tables in it.

    Raises ProjectError where the cells cannot be made into rows, such as rows of different lengths.
    """
    raw, grid = grid, _without_leaders(grid, layout)
    read, shape = framing(grid, layout, others)
    if grid is not raw:
        shape["leaders"] = ProposedSetting(True, "Dots lead from the labels to their values.")
    framed, local = _within(grid, layout, read)
    cells = alone(grid.cells, layout)
    said = about(cells, grid.rows, layout)
    bare, shape = _headed(framed, shape)
    printed = "notes" in shape
    framing_only = dict(shape)
    if layout.side and not grid.letters:
        shape |= beside(grid, layout, dict(zip(_places(bare), bare.header, strict=True)))
    else:
        shape |= cleaning(framed, local, bare.header, _places(bare), said.below, printed)
    sheet = bare if shape == framing_only and not framed.widths else reshape(framed, shaped(shape), _nowhere)
    columns = _columns(sheet, framed, local, around, said_below(framed.cells, local))
    decimal = decimal_mark(columns, around.delimiter)
    known = replace(context(columns, said, around.lines, decimal), language=around.language)
    decimals = [own_decimal_mark(column, decimal) for column in columns]
    findings = _findings(columns, decimals, known, _places(sheet))
    missing = missing_marks(columns, findings, known)
    numbers = written(columns, findings, decimals, decimal)
    checked = says(_within(raw, layout, read)[0], layout, said, known, findings)
    if checked:
        shape["says"] = checked
    fields, undeclared = _fields(columns, findings, {"missing": missing.fields, "numbers": numbers.fields})
    fields = _with_key(fields, columns)
    unlike = [" ".join(first_of(framed.cells[row]).split()) for row in local.unlike]
    if known.multiply > 1:
        said, shape = _without_scale(said, shape)
        printed = "notes" in shape
    table = _told(said, around, () if printed else _unsaid(said.below, shape), known.multiply > 1)
    table |= {name: one for name, one in (("missing", missing.table), ("numbers", numbers.table)) if one}
    return Proposal(
        name=around.name,
        origin=around.origin,
        table=table,
        read={**around.read, **read},
        shape=shape,
        fields=fields,
        undeclared=(*undeclared, *((name, "Lists or records stand in it.") for name in around.left_out)),
        remarks=(*remarks(sheet, columns, findings, fields, known, around, said.lines, unlike), *to_say(said, fields)),
        sampled=bool(around.sampled),
        layout=layout,
        grid=raw,
        framed=_within(raw, layout, read)[0],
        sheet=sheet,
    )


def _findings(
    columns: Sequence[Column], decimals: Sequence[str], known: Context, places: Sequence[int]
) -> list[Finding]:
    """What each column holds; numbers in columns that are made are not in the file's thousands."""
    found: list[Finding] = []
    for column, mark in zip(columns, decimals, strict=True):
        multiply = 1 if places[column.index] < 0 else known.multiply
        found.append(finding(column, replace(known, decimal=mark, multiply=multiply)))
    return found


def _without_scale(said: About, shape: dict[str, ProposedSetting]) -> tuple[About, dict[str, ProposedSetting]]:
    """The table ends where its notes begin, and they are not printed as they are, where one counts in thousands: that
    is no longer true of what is printed."""
    scaling = [line for line in said.below if THOUSANDS.search(line) or MILLIONS.search(line)]
    word = shape.get("notes")
    if word is None or "marks" in shape or not scaling or not isinstance(word.value, str):
        return said, shape
    start = word.value if word.value.startswith("/") else f"/^{re.escape(word.value)}/"
    end = ProposedSetting(start, f"{word.reason} They are not printed as they are: numbers are multiplied.")
    kept = {name: setting for name, setting in shape.items() if name != "notes"}
    below = tuple(line for line in said.below if line not in scaling)
    return replace(said, below=below), {**kept, "end": end}


def _without_leaders(grid: Grid, layout: Layout) -> Grid:
    """The grid without dots behind the labels of its table; the same one where there are none."""
    first, behind = min(layout.header, default=layout.first), layout.last + 1
    texts = set(chain.from_iterable(grid.cells[first:behind]))
    joined = "\n".join(texts)
    dotted = any(dots in joined for dots in _DOTS) or _DOT_APART.search(joined) is not None
    bare = {text: short for text in texts if (short := without_dots(text)) != text} if dotted else {}
    if not bare:
        return grid
    inside = (tuple(bare.get(text, text) for text in row) for row in grid.cells[first:behind])
    return replace(grid, cells=(*grid.cells[:first], *inside, *grid.cells[behind:]))


def _told(said: About, around: Surroundings, below: Sequence[str], scaled: bool) -> dict[str, ProposedSetting]:
    """What the lines around the table say of it; `below` are notes that no other setting has printed.

    `scaled` says that numbers are multiplied, so that the title must not say "in thousands" any more.
    """
    table: dict[str, ProposedSetting] = {}
    title = short_title(said.title.words) if said.title else title_of(around.name)
    title = unscaled(title) if scaled else title
    table["title"] = ProposedSetting(title, f"Row {said.title.row}." if said.title else "")
    for name, told in (("source", said.source), ("as_of", said.period), ("licence", said.licence)):
        if told:
            table[name] = ProposedSetting(told.words, f"Row {told.row}.")
    notes = [*(fact.words for fact in said.facts), *below]
    if notes:
        rows = ", ".join(str(fact.row) for fact in said.facts)
        spoken = f"What the numbers are about: row{'s' if len(said.facts) > 1 else ''} {rows}." if rows else ""
        table["notes"] = ProposedSetting(notes, spoken or "What stands below the table.")
    return table


def _unsaid(notes: Sequence[str], shape: Mapping[str, ProposedSetting]) -> list[str]:
    """The notes that have not become the meaning of a footnote mark."""
    marks = shape["marks"].value if "marks" in shape else ()
    meanings = [words for words in cast("dict[str, str]", marks).values() if words] if isinstance(marks, dict) else []
    return [note for note in notes if not note.endswith(tuple(meanings))]


def _nowhere(*_: str) -> Place:
    return Place("the proposal")


def shaped(shape: Mapping[str, ProposedSetting]) -> TableSettings:
    """Settings with this shape, for reading a grid before there are fields."""
    values = {name: setting.value for name, setting in shape.items()}
    return TableSettings.model_validate({"file": "-", "shape": values, "fields": {"any": {"type": "text"}}})


def _within(grid: Grid, layout: Layout, read: Mapping[str, ProposedSetting]) -> tuple[Grid, Layout]:
    """The part of the grid that a proposed range leaves, and where the table is in that."""
    if "range" not in read:
        return grid, layout
    left, right = layout.columns[0], layout.columns[-1] + 1
    part = replace(
        grid,
        cells=tuple(row[left:right] for row in grid.cells),
        first_column=grid.first_column + left,
        widths=(),
        indents=tuple(row[left:right] for row in grid.indents),
    )
    return part, replace(layout, columns=tuple(column - left for column in layout.columns))


_KEPT = ProposedSetting("keep", "")
"""Rows that repeat others are looked for once all is proposed."""


def _headed(grid: Grid, shape: dict[str, ProposedSetting]) -> tuple[Sheet, dict[str, ProposedSetting]]:
    """The rows under their header, each column with a name of its own, and the shape that this takes."""
    numbered = {**shape, "repeated_headers": ProposedSetting("number", "Two columns have the same name.")}
    sheet = reshape(replace(grid, widths=()), shaped({**numbered, "repeated_rows": _KEPT}), _nowhere)
    names = set(map(plain, sheet.header))
    repeated = any(name.endswith(" (2)") and plain(name.removesuffix(" (2)")) in names for name in sheet.header)
    return sheet, numbered if repeated else shape


def _places(sheet: Sheet) -> list[int]:
    """Columns of the grid behind the columns of the sheet."""
    if sheet.origins:
        return list(sheet.origins[0].columns)
    return list(range(len(sheet.header)))


def _columns(
    sheet: Sheet, grid: Grid, layout: Layout, around: Surroundings, below: Mapping[int, Below]
) -> list[Column]:
    """The columns of the table; those of tables beside it are none."""
    found: list[Column] = []
    places = _places(sheet)
    for index, (header, cells) in enumerate(zip(sheet.header, zip(*sheet.rows, strict=True), strict=True)):
        if (layout.side or layout.aside) and places[index] >= 0 and places[index] not in layout.columns:
            continue
        values = Counter(cells)
        values.pop("", None)
        beneath = below.get(places[index], Below())
        described = around.descriptions.get(described_key(header), "") or beneath.description
        form = around.formats.get(grid.first_column + places[index], "") if places[index] >= 0 else ""
        found.append(Column(index, header, values, len(sheet.rows), described, form, beneath.unit))
    return found


def _fields(
    columns: Sequence[Column], findings: Sequence[Finding], own: Mapping[str, Mapping[str, ProposedSetting]]
) -> tuple[tuple[ProposedField, ...], tuple[tuple[str, str], ...]]:
    names: dict[str, str] = {}
    for column in columns:
        names[column.header] = unique(name_of(column.header, f"column_{column.index + 1}"), names.values())
    titles = Counter(title_of(column.header, column.description) for column in columns)
    fields: list[ProposedField] = []
    undeclared: list[tuple[str, str]] = []
    for column, found in zip(columns, findings, strict=True):
        if found.type == "empty":
            undeclared.append((column.header, found.reasons[0]))
            continue
        name = names[column.header]
        title = title_of(column.header, column.description)
        if titles[title] > 1:
            title = title_of(column.header, shorter=False)
        if "multiply" in found.settings:
            title = unscaled(title)
        settings: dict[str, object] = {"title": title}
        if column.header != name or found.type == "range":
            settings["column"] = column.header
        settings["type"] = found.type
        for key, value in found.settings.items():
            if key == "unit_column":
                settings["unit_field"] = names[str(value)]
            else:
                settings[key] = value
        reasons = found.reasons
        for key, those in own.items():
            if column.header in those:
                settings[key] = those[column.header].value
                reasons = (*reasons, those[column.header].reason)
        fields.append(ProposedField(name, column.header, settings, found.marks, reasons, found.guess, found.choices))
    return tuple(fields), tuple(undeclared)


def _with_key(fields: tuple[ProposedField, ...], columns: Sequence[Column]) -> tuple[ProposedField, ...]:
    """The fields, one of them as key where it names every row: words before codes before years."""
    by_header = {column.header: column for column in columns}
    fit = [f for f in fields if f.type in _NAMING and not f.marks and _names(by_header[f.header])]
    if not fit:
        return fields
    key = min(fit, key=lambda f: _rank(f, by_header[f.header]))
    because = "Different in every row"
    if _says_words(by_header[key.header]):
        because += ", and says in words what the row is about"
    return tuple(
        replace(f, settings={**f.settings, "key": True}, reasons=(*f.reasons, f"{because}.")) if f is key else f
        for f in fields
    )


def _rank(field: ProposedField, column: Column) -> tuple[bool, bool, bool]:
    """How well a field names rows, the best first: names, then words, then codes, then times."""
    return field.type not in ("text", "band"), not column.words & _CALLED, not _says_words(column)


_CALLED = frozenset(("name", "names", "nom"))
_NAMING = ("text", "band", "level", "year", "academic_year", "date")
"""Types whose values can name rows."""
_LONGEST_NAME = 100


def _names(column: Column) -> bool:
    """Whether a column has another name in each row, and neither lists nor long sentences nor how to reach people."""
    listing = divider(column) or max(map(len, column.values), default=0) > _LONGEST_NAME
    return column.distinct and not listing and not reaches_people(column)


def _says_words(column: Column) -> bool:
    """Whether texts are words, not codes."""
    texts = list(column.values)[:200]
    letters = sum(sum(character.isalpha() or character == " " for character in text) for text in texts)
    return letters * 2 > sum(map(len, texts)) and not all(len(text) <= 4 for text in texts)
