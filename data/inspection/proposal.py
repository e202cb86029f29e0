"""A grid becomes a proposal: how the table in it would be declared, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from data.errors import Place
from data.inspection.about import About, about, context, decimal_mark, short_title, shortened
from data.inspection.bands import ends_of
from data.inspection.column import Column, Context, Finding
from data.inspection.kinds import finding
from data.inspection.layout import Layout, layouts
from data.inspection.marks import KNOWN
from data.inspection.naming import described_key, name_of, title_of, unique
from data.inspection.numbers import read_number
from data.inspection.shape import Setting, cleaning, framing, years_across
from data.reshape import reshape
from data.settings import TableSettings
from data.sources.grid import Grid
from data.sources.sheet import Sheet

_PAIRS = 8
_REPEATED = 200_000


@dataclass(frozen=True)
class ProposedField:
    """One field."""

    name: str
    header: str
    """Its column in the tidied table."""
    settings: Mapping[str, object]
    """What project.toml would say of it, its type among it."""
    marks: tuple[str, ...] = ()
    """Texts in the column that stand for no value or a limit."""
    reasons: tuple[str, ...] = ()

    @property
    def type(self) -> str:
        return str(self.settings["type"])


@dataclass(frozen=True)
class Proposal:
    """How one table would be declared."""

    name: str
    origin: Mapping[str, Setting]
    """file, or url, or connection and query."""
    table: Mapping[str, Setting]
    read: Mapping[str, Setting]
    shape: Mapping[str, Setting]
    fields: tuple[ProposedField, ...]
    undeclared: tuple[tuple[str, str], ...] = ()
    """Columns that are left out, and why."""
    remarks: tuple[str, ...] = ()
    """What to look at before this is taken."""
    source: tuple[str, Mapping[str, Setting], Mapping[str, Setting]] | None = None
    """Name, origin and read settings of the source that a query asks, where the table is one."""
    sampled: bool = False
    """Whether only a part of the rows was looked at."""
    layout: Layout | None = None
    grid: Grid | None = field(default=None, repr=False)
    framed: Grid | None = field(default=None, repr=False)
    """The part of the grid that the proposed range leaves."""
    sheet: Sheet | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Surroundings:
    """What is known beside the grid itself."""

    name: str
    """A name for the table."""
    origin: Mapping[str, Setting]
    read: Mapping[str, Setting]
    lines: tuple[str, ...] = ()
    """Lines of the workbook's sheets that describe the others."""
    descriptions: Mapping[str, str] = field(default_factory=dict[str, str])
    """What those sheets say about a field; its header in small letters → words."""
    delimiter: str = ""
    sampled: str = ""
    """What was looked at, where it was not everything."""
    formats: Mapping[int, str] = field(default_factory=dict[int, str])
    """Columns of the sheet, from 1, whose number formats say "percent" or a currency."""


def tables_in(grid: Grid) -> list[Layout]:
    """The tables in a grid, the largest first."""
    return layouts(grid.cells)


def propose(grid: Grid, layout: Layout, around: Surroundings, several: bool = False) -> Proposal:
    """The proposal for one table of a grid; `several` says that there are others in it.

    Raises ProjectError where the cells cannot be made into rows, such as rows of different lengths.
    """
    read, shape = framing(grid, layout, several)
    framed = _within(grid, layout, read)
    said = about(grid.cells, grid.rows, layout)
    bare, shape = _headed(framed, shape)
    if "range" not in read:
        places = _places(bare)
        shape |= cleaning(grid, layout, bare.header, places)
    sheet = reshape(framed, shaped(shape), _nowhere)
    columns = _columns(sheet, framed, around)
    decimal = decimal_mark(columns, around.delimiter)
    known = context(columns, said, around.lines, decimal)
    made = {index for index, place in enumerate(_places(sheet)) if place < 0}
    findings = [finding(column, replace(known, multiply=1) if column.index in made else known) for column in columns]
    fields, undeclared = _fields(columns, findings)
    table: dict[str, Setting] = {}
    title = short_title(said.title.words) if said.title else title_of(around.name)
    table["title"] = Setting(title, f"Row {said.title.row}." if said.title else "")
    if said.source:
        table["source"] = Setting(said.source.words, f"Row {said.source.row}.")
    if said.licence:
        table["licence"] = Setting(said.licence.words, f"Row {said.licence.row}.")
    if said.period:
        table["as_of"] = Setting(said.period.words, f"Row {said.period.row}.")
    missing = _missing(columns, findings, known)
    if missing:
        table["missing"] = missing
    numbers = _numbers(columns, findings, decimal)
    if numbers:
        table["numbers"] = numbers
    fields = _with_key(fields, columns)
    return Proposal(
        name=around.name,
        origin=around.origin,
        table=table,
        read={**around.read, **read},
        shape=shape,
        fields=fields,
        undeclared=undeclared,
        remarks=(*_remarks(sheet, columns, findings, fields, known, around), *_to_say(said, fields)),
        sampled=bool(around.sampled),
        layout=layout,
        grid=grid,
        framed=framed,
        sheet=sheet,
    )


def _nowhere(*_: str) -> Place:
    return Place("the proposal")


def shaped(shape: Mapping[str, Setting]) -> TableSettings:
    """Settings with this shape, for reading a grid before there are fields."""
    values = {name: setting.value for name, setting in shape.items()}
    return TableSettings.model_validate({"file": "-", "shape": values, "fields": {"any": {"type": "text"}}})


def _within(grid: Grid, layout: Layout, read: Mapping[str, Setting]) -> Grid:
    """The part of the grid that a proposed range leaves."""
    if "range" not in read:
        return grid
    top = layout.header[0] if layout.header else layout.first
    left, right = layout.columns[0], layout.columns[-1] + 1
    return replace(
        grid,
        cells=tuple(row[left:right] for row in grid.cells[top : layout.last + 1]),
        rows=grid.rows[top : layout.last + 1],
        first_column=grid.first_column + left,
        widths=(),
        indents=tuple(row[left:right] for row in grid.indents[top : layout.last + 1]),
    )


def _headed(grid: Grid, shape: dict[str, Setting]) -> tuple[Sheet, dict[str, Setting]]:
    """The rows under their header, each column with a name of its own, and the shape that this takes."""
    numbered = {**shape, "repeated_headers": Setting("number", "Two columns have the same name.")}
    sheet = reshape(grid, shaped(numbered), _nowhere)
    names = set(sheet.header)
    repeated = any(name.endswith(" (2)") and name.removesuffix(" (2)") in names for name in names)
    return sheet, numbered if repeated else shape


def _places(sheet: Sheet) -> list[int]:
    """Columns of the grid behind the columns of the sheet."""
    if sheet.origins:
        return list(sheet.origins[0].columns)
    return list(range(len(sheet.header)))


def _columns(sheet: Sheet, grid: Grid, around: Surroundings) -> list[Column]:
    found: list[Column] = []
    places = _places(sheet)
    for index, header in enumerate(sheet.header):
        values = Counter(row[index] for row in sheet.rows)
        values.pop("", None)
        described = around.descriptions.get(described_key(header), "")
        form = around.formats.get(grid.first_column + places[index], "") if places[index] >= 0 else ""
        found.append(Column(index, header, values, len(sheet.rows), described, form))
    return found


def _fields(
    columns: Sequence[Column], findings: Sequence[Finding]
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
        settings: dict[str, object] = {"title": title}
        if column.header != name or found.type == "range":
            settings["column"] = column.header
        settings["type"] = found.type
        for key, value in found.settings.items():
            if key == "unit_column":
                settings["unit_field"] = names[str(value)]
            else:
                settings[key] = value
        fields.append(ProposedField(name, column.header, settings, found.marks, found.reasons))
    return tuple(fields), tuple(undeclared)


def _missing(columns: Sequence[Column], findings: Sequence[Finding], known: Context) -> Setting | None:
    """The marks of all columns, each with what it means."""
    marks: dict[str, int] = {}
    factors: dict[str, int] = {}
    for column, found in zip(columns, findings, strict=True):
        for mark in found.marks:
            marks[mark] = marks.get(mark, 0) + column.values[mark]
            factors.setdefault(mark, _factor(found))
    if not marks:
        return None
    value: dict[str, object] = {}
    reasons: list[str] = []
    for mark, count in marks.items():
        legend = known.legend.get(mark)
        usual = KNOWN.get(mark.lower())
        number = read_number(mark, known.decimal)
        often = f"{count:,} cell{'' if count == 1 else 's'}"
        if number is not None and number.limit:
            meaning = "at least" if number.limit[0] in ">≥" or number.limit == "=>" else "at most"
            value[mark] = {"meaning": meaning, "value": _plain(number.value * factors.get(mark, 1))}
            reasons.append(f"'{mark}' in {often}: only a limit.")
        elif legend and legend.meaning in ("at least", "at most"):
            limits = [number.value for text in legend.limits if (number := read_number(text))]
            if len(limits) == 1:
                value[mark] = {"meaning": legend.meaning, "value": _plain(limits[0])}
                reasons.append(f"'{mark}' in {often}; the file says: {shortened(legend.words, 90).rstrip('.')}.")
            else:
                value[mark] = "not available"
                reasons.append(
                    f"'{mark}' in {often}; the file says: {shortened(legend.words, 120)}. "
                    f'That is a limit: say {{ meaning = "{legend.meaning}", value = ... }} in each field that has it: '
                    "until then top() is wrong."
                )
        elif legend:
            value[mark] = legend.meaning
            reasons.append(f"'{mark}' in {often}; the file says: {shortened(legend.words, 90).rstrip('.')}.")
        elif usual:
            value[mark] = usual[0]
            reasons.append(f"'{mark}' in {often}: {usual[1]}.")
        else:
            value[mark] = "not available"
            reasons.append(f"'{mark}' in {often}, among numbers: say what it means.")
    return Setting(value, "\n".join(reasons))


def _factor(found: Finding) -> int:
    """What a number in the file is multiplied by to be in the field's unit."""
    by = found.settings.get("multiply", 100 if found.settings.get("scale") == "fraction" else 1)
    return by if isinstance(by, int) else 1


def _plain(number: object) -> int | float:
    value = float(str(number))
    return int(value) if value == int(value) else value


_NUMERIC = ("integer", "number", "money", "percent")


def _numbers(columns: Sequence[Column], findings: Sequence[Finding], decimal: str) -> Setting | None:
    """The marks in numbers, where they are not written plainly."""
    groups: Counter[str] = Counter()
    shown, grouped = "", False
    for column, found in zip(columns, findings, strict=True):
        if found.type == "range":
            texts = [end for text in column.values for end in ends_of(text, decimal)]
        elif found.type in _NUMERIC:
            texts = [text for text in column.values if text not in found.marks]
        else:
            continue
        for text in texts:
            number = read_number(text, decimal)
            if number is not None and (number.decorated or (decimal == "," and number.decimals)):
                if not shown or (number.group and not grouped):
                    shown, grouped = text, bool(number.group)
                groups[number.group] += 1
    if not shown:
        return None
    marks = [_GROUPS.get(group, group) for group, _ in groups.most_common() if group]
    value: dict[str, object] = {"decimal": decimal} if decimal != "." or not marks else {}
    if marks:
        value["thousands"] = marks[0]
    return Setting(value, f"Numbers are written '{shown}'.")


_GROUPS = {"’": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " "}


def _with_key(fields: tuple[ProposedField, ...], columns: Sequence[Column]) -> tuple[ProposedField, ...]:
    """The fields, one of them as key where it names every row: words before codes before years."""
    by_header = {column.header: column for column in columns}
    fit = [f for f in fields if f.type in _NAMING and not f.marks and by_header[f.header].distinct]
    if not fit:
        return fields
    key = min(fit, key=lambda f: (f.type not in ("text", "band"), not _says_words(by_header[f.header])))
    because = "Different in every row"
    if _says_words(by_header[key.header]):
        because += ", and says in words what the row is about"
    return tuple(
        replace(f, settings={**f.settings, "key": True}, reasons=(*f.reasons, f"{because}.")) if f is key else f
        for f in fields
    )


_NAMING = ("text", "band", "year", "academic_year", "date")
"""Types whose values can name rows."""


def _says_words(column: Column) -> bool:
    """Whether texts are words, not codes."""
    texts = list(column.values)[:200]
    letters = sum(sum(character.isalpha() or character == " " for character in text) for text in texts)
    return letters * 2 > sum(map(len, texts)) and not all(len(text) <= 4 for text in texts)


def _remarks(
    sheet: Sheet,
    columns: Sequence[Column],
    findings: Sequence[Finding],
    fields: Sequence[ProposedField],
    known: Context,
    around: Surroundings,
) -> tuple[str, ...]:
    found: list[str] = []
    if around.sampled:
        found.append(around.sampled)
    if not any("key" in f.settings for f in fields):
        found.append(_no_key(sheet, fields))
    if len(sheet.rows) <= _REPEATED:
        repeated = sum(count - 1 for count in Counter(sheet.rows).values())
        if repeated:
            found.append(
                f"{repeated:,} of {len(sheet.rows):,} rows repeat another one exactly. "
                'If that is a mistake: shape.repeated_rows = "drop".'
            )
    if known.mixed:
        found.append(f"'{known.mixed}' says which rows hold counts and which percentages: keep one kind, or use where.")
    totals = [
        column.header
        for column, kind in zip(columns, findings, strict=True)
        if kind.type == "text"
        and any(text.lower() in ("total", "all", "insgesamt", "ensemble") for text in column.values)
    ]
    if totals:
        found.append(
            f"Rows with 'Total' in {_listed(totals)} sum up others: shape.drop or where keeps them out of sums."
        )
    years = years_across(sheet.header)
    if years:
        found.append(
            f"The columns {years[0]} to {years[-1]} could become rows: "
            'shape.long = { columns = \'/^(19|20)\\d\\d/\', name = "year", value = "value" }.'
        )
    return tuple(found)


def _to_say(said: About, fields: Sequence[ProposedField]) -> tuple[str, ...]:
    """What the author has to say of the table, because the file does not."""
    found: list[str] = []
    if said.period is None and said.date is not None:
        date = shortened(said.date.words, 30)
        found.append(f"The file says '{date}' as its date: say as_of = \"...\" if the data are of that time.")
    elif said.period is None and not any(f.type in ("year", "academic_year", "date") for f in fields):
        found.append('Say what time the data are of: as_of = "2024".')
    if said.source is None:
        found.append('Say where the data are from: source = "...".')
    return tuple(found)


def _no_key(sheet: Sheet, fields: Sequence[ProposedField]) -> str:
    """That no column names the rows, and which two do together."""
    places = {header: index for index, header in enumerate(sheet.header)}
    named = [f for f in fields if f.type in ("text", "year", "academic_year", "date", "level", "band")][:_PAIRS]
    for i, first in enumerate(named):
        for second in named[i + 1 :]:
            a, b = places[first.header], places[second.header]
            if len({(row[a], row[b]) for row in sheet.rows}) == len(sheet.rows):
                return f"No column alone is different in every row; {first.name} and {second.name} are together."
    return "No column is different in every row, so rows cannot be asked for by name."


def _listed(names: Sequence[str]) -> str:
    shown = [f"'{name}'" for name in names[:4]]
    return ", ".join(shown) + (", …" if len(names) > 4 else "")
