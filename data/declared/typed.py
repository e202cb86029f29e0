"""Cells of text become a typed table, and every cell that can't is named with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from operator import itemgetter
from typing import NamedTuple, cast

from data.cells.bands import in_order
from data.cells.columns import column_reader
from data.cells.error import CellError
from data.cells.parsers import parser
from data.cells.units import contradiction
from data.declared.origins import RowOrigins, Whereabouts
from data.errors import Problem, ProjectError, few, nearest
from data.files.toml_file import TomlFile
from data.pattern import compiled
from data.reshape.words import find_column
from data.settings.fields import FieldSettings, NumberSettings
from data.settings.project import TableSettings
from data.sources.sheet import Sheet
from data.tables.table import Field, Table
from data.tables.value import NUMERIC, Content, FieldType, Mark, Marked, Measure

_TYPES: dict[str, FieldType] = {"band": "level", "academic_year": "date"}
"""Types of a file that are another one in a table: a band is a level whose order its numbers give."""
_WORDS = frozenset(("text", "list", "level", "band", "academic_year"))


def as_field(name: str, settings: FieldSettings) -> Field:
    """The field that a project declares. Shares and averages do not add up over rows unless the author says so."""
    kind = settings.of if settings.type == "range" and settings.of else settings.type
    kind_shown: FieldType = _TYPES.get(settings.type) or settings.type  # pyright: ignore[reportAssignmentType]  # the rest are field types
    measure = Measure(kind_shown, settings.unit, settings.decimals, settings.levels, settings.delimiter or "")
    low, high = range_ends(name, settings)
    additive = kind in ("integer", "number") if settings.additive is None else settings.additive
    return Field(
        name,
        settings.title or name.replace("_", " ").capitalize(),
        measure,
        settings.key,
        settings.unit_field,
        low,
        high,
        additive,
    )


def range_ends(name: str, settings: FieldSettings) -> tuple[str | None, str | None]:
    """Names of the columns that hold the ends of a range; made up where one cell of the file holds both."""
    if settings.type != "range":
        return settings.low, settings.high
    return settings.low or f"{name}_low", settings.high or f"{name}_high"


def with_band_levels(
    field: Field, settings: FieldSettings, contents: Iterable[Content], style: NumberSettings | None = None
) -> Field:
    """A band field with the order of its bands; any other field as it is."""
    if settings.type != "band":
        return field
    bands = (content for content in contents if isinstance(content, str))
    return replace(field, measure=replace(field.measure, levels=in_order(bands, settings.numbers or style)))


def column_decimals(contents: Iterable[Content], kind: str, computed: bool = False) -> int | None:
    """Digits that a column shows, the same in every row: as many as its data have, at most 1 for percents, 2 for the
    rest; money from a thousand up has none. What was `computed` has at most 1, for its digits say nothing of how exact
    it is. A column whose every number would round to zero has as many as its largest needs."""
    if kind == "integer":
        return 0 if any(isinstance(c, Decimal) for c in contents) else None
    numbers = [c for c in contents if isinstance(c, Decimal)] if kind in NUMERIC else []
    if not numbers:
        return None
    largest = max(max(numbers), -min(numbers))
    if kind == "money":
        return 2 if largest < 1000 and _digits(numbers, 1) else 0
    cap = 1 if kind == "percent" or computed else 2
    return _digits(numbers, max(cap, -largest.adjusted()) if largest else cap)


def _digits(numbers: Iterable[Decimal], enough: int) -> int:
    """Digits behind the point that the numbers need, or `enough` of them, beyond which none is counted."""
    most = 0
    for number in numbers:
        if number != number.to_integral_value():
            most = max(most, -int(number.normalize().as_tuple().exponent))
            if most >= enough:
                return enough
    return most


def broken_constraint(content: Content | tuple[Decimal, Decimal], settings: FieldSettings) -> tuple[str, str] | None:
    """The first declared constraint that a content breaks, as message and remedy."""
    numbers = content if isinstance(content, tuple) else (content,)
    for number in numbers:
        if not isinstance(number, Decimal | int):
            continue
        if settings.minimum is not None and number < Decimal(str(settings.minimum)):
            return f"is below the minimum of {settings.minimum:,.10g}", "Correct the cell or the declared minimum."
        if settings.maximum is not None and number > Decimal(str(settings.maximum)):
            return f"is above the maximum of {settings.maximum:,.10g}", "Correct the cell or the declared maximum."
    if isinstance(content, str):
        for item in content.split(settings.delimiter) if settings.delimiter else ():
            if broken := _word(item.strip(), settings):
                return f"'{item.strip()}' {broken[0]}", broken[1]
        return None if settings.delimiter else _word(content, settings)
    return None


def _is_ruled(settings: FieldSettings) -> bool:
    """Whether there is any constraint that a content could break."""
    words = settings.levels or settings.enum or settings.pattern
    return bool(words) or settings.minimum is not None or settings.maximum is not None


def _word(content: str, settings: FieldSettings) -> tuple[str, str] | None:
    """What a text, or an item of a list, breaks of the declared words and pattern."""
    if settings.levels and content not in settings.levels:
        return "is not one of the declared levels", nearest(content, settings.levels)
    if settings.enum and content not in settings.enum:
        return "is not one of the declared words", nearest(content, settings.enum)
    if settings.pattern and not compiled(settings.pattern).fullmatch(content):
        return f"does not match the pattern {settings.pattern}", "Correct the cell or the declared pattern."
    return None


def _read_column(
    sheet: Sheet,
    column: int,
    settings: FieldSettings,
    missing: Mapping[str, Marked],
    style: NumberSettings | None,
) -> tuple[list[Content | tuple[Decimal, Decimal]], list[Problem]]:
    """What the cells of a column hold, and what is wrong with them: of each kind the first ten."""
    texts = list(map(itemgetter(column), sheet.rows))
    distinct = dict.fromkeys(texts)
    alone = settings.key or settings.unique
    if 2 * len(distinct) > len(texts):
        contents = _read_in_place(texts, distinct, settings, missing, style)
        if contents is not None and not (alone and len(set(contents)) < len(contents)):
            return contents, []
    read = _read_texts(distinct, settings, missing, style, sheet.typed)
    contents = list(map(read.contents.__getitem__, texts))
    if read.wrong or (alone and _some_repeated(texts, contents, read)):
        return contents, _wrong_cells(sheet, column, alone, read)
    return contents, []


class _Read(NamedTuple):
    """What the texts of a column hold."""

    contents: dict[str, Content | tuple[Decimal, Decimal]]
    wrong: dict[str, tuple[str, str, str]]
    """What is wrong with a text wherever it stands: message, remedy, and the kind by which few of many are told."""
    silent: set[str]
    """Texts that stand for nothing, or for a limit."""


def _read_in_place(
    texts: Sequence[str],
    distinct: Iterable[str],
    settings: FieldSettings,
    missing: Mapping[str, Marked],
    style: NumberSettings | None,
) -> list[Content | tuple[Decimal, Decimal]] | None:
    """What the cells of a column hold of which most say something else; None where one may be wrong."""
    gaps = {text: missing.get(text) for text in ("", *missing) if text in distinct}
    if not gaps:
        return _read_together(texts, settings, style)
    if settings.required or settings.key or settings.unique or settings.type in _WORDS:
        return None
    found = _read_together([text for text in texts if text not in gaps], settings, style)
    if found is None:
        return None
    others = iter(found)
    return [gaps[text] if text in gaps else next(others) for text in texts]


def _read_texts(
    texts: Iterable[str],
    settings: FieldSettings,
    missing: Mapping[str, Marked],
    style: NumberSettings | None,
    typed: bool,
) -> _Read:
    """What different texts of a column hold: most of them at once where that can be, else one by one."""
    read = _Read({}, {}, set())
    ordinary = [text for text in texts if text and text not in missing]
    contents = _read_together(ordinary, settings, style) if ordinary else None
    if contents is not None:
        read.contents.update(zip(ordinary, contents, strict=True))
        texts = [text for text in texts if text not in read.contents]
    parse, ruled = parser(settings, style, typed), _is_ruled(settings)
    for text in texts:
        _read_text(text, parse, settings, missing, ruled, read)
    return read


def _read_together(
    texts: Sequence[str], settings: FieldSettings, style: NumberSettings | None
) -> list[Content | tuple[Decimal, Decimal]] | None:
    """What texts hold that stand neither for nothing nor for a limit; None where one is wrong, or has to be read by
    itself."""
    together = column_reader(settings, style)
    contents = together(texts) if together is not None else None
    if contents is None or (_is_ruled(settings) and _may_break(contents, settings)):
        return None
    return list(contents)


def _may_break(contents: Sequence[Content | tuple[Decimal, Decimal]], settings: FieldSettings) -> bool:
    """Whether one of a column's numbers or words may break a declared constraint."""
    numbers = [content for content in contents if isinstance(content, Decimal)]
    if len(numbers) < len(contents):
        return True
    ends = min(numbers), max(numbers)
    return any(broken_constraint(end, settings) is not None for end in ends)


def _read_text(
    text: str,
    parse: Callable[[str], Content | tuple[Decimal, Decimal]],
    settings: FieldSettings,
    missing: Mapping[str, Marked],
    ruled: bool,
    read: _Read,
) -> None:
    read.contents[text] = None
    if text in missing and (settings.required or settings.key) and missing[text].content is None:
        said = f": '{_short(text)}' stands for a missing value, and the field is declared as "
        remedy = f'Name the mark in the fields where it means that: missing = ["{text}"]; or correct the cell.'
        read.wrong[text] = said + ("key" if settings.key else "required"), remedy, "missing"
    elif text in missing and (settings.type not in _WORDS or not missing[text].mark.limit):
        read.contents[text] = missing[text]
        read.silent.add(text)
    elif text == "":
        if settings.required or settings.key:
            read.wrong[text] = " is empty", "Fill the cell in: the field is declared as required.", "empty"
    else:
        try:
            read.contents[text] = content = parse(text)
        except CellError as error:
            read.wrong[text] = f": '{_short(text)}': {error.args[0]}", error.args[1], error.args[0]
        else:
            broken = broken_constraint(content, settings) if ruled else None
            if broken is not None:
                read.wrong[text] = f": '{_short(text)}': {broken[0]}", broken[1], broken[0]


def _some_repeated(texts: Sequence[str], contents: Sequence[object], read: _Read) -> bool:
    """Whether two cells say the same."""
    if read.silent:
        contents = [content for text, content in zip(texts, contents, strict=True) if text not in read.silent]
    return len({*contents, None}) <= len(contents) - contents.count(None)


def _wrong_cells(sheet: Sheet, column: int, alone: bool, read: _Read) -> list[Problem]:
    """What is wrong with the cells of a column, in which each stands `alone` or not: of each kind the first ten."""
    seen: dict[object, int] = {}
    problems: dict[str, list[Problem]] = {}

    def wrong(row: int, said: str, remedy: str, kind: str) -> None:
        found = Problem(sheet.place(row, column), f"column '{sheet.header[column]}'{said}.", remedy)
        problems.setdefault(kind, []).append(found)

    for index, row in enumerate(sheet.rows):
        text = row[column]
        if text in read.wrong:
            wrong(index, *read.wrong[text])
        content = read.contents[text]
        if alone and content is not None and text not in read.silent:
            if content in seen:
                first = sheet.place(seen[content], column)
                here = first.file == sheet.place(index, column).file
                where = first.cell or f"line {first.line}" if here else str(first)
                said = f": '{_short(text)}' stands in {where} already"
                wrong(index, said, "Give each row its own, or merge the two rows.", "repeated")
            seen.setdefault(content, index)
    return [problem for kind in problems.values() for problem in few(kind)]


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def _sources(name: str, settings: TableSettings, sheet: Sheet, file: TomlFile) -> list[Problem]:
    """Fields that name columns or other fields that are not there."""
    problems: list[Problem] = []
    for field, declared in settings.fields.items():
        place = file.place("tables", name, "fields", field)
        columns = declared.columns(field)
        found = find_column(sheet.header, *columns) if declared.is_read else None
        if declared.is_read and found is None:
            known = [name for name in sheet.header if name]
            said = "' or '".join(columns)
            problems.append(Problem(place, f"{sheet.file} has no column '{said}'.", nearest(columns[0], known)))
        unit = "" if found is None else sheet.units.get(sheet.header[found], "")
        if unit and (said := contradiction(unit, declared)):
            problems.append(Problem(place, *said))
    return problems + unknown_fields(name, settings, file)


def unknown_fields(name: str, settings: TableSettings, file: TomlFile) -> list[Problem]:
    """Settings of table `name` that name a field which it does not have, or one that is not what they need."""
    problems: list[Problem] = []
    for field, declared in settings.fields.items():
        place = file.place("tables", name, "fields", field)
        one_cell = declared.type == "range" and declared.column is not None
        for role, wanted in (("low", declared.low), ("high", declared.high), ("unit_field", declared.unit_field)):
            if one_cell and role != "unit_field":
                if wanted in settings.fields:
                    remedy = "Leave the other field out, or give the range no column of its own."
                    problems.append(Problem(place, f"{role} = '{wanted}' has a column of its own.", remedy))
            elif wanted is not None and wanted not in settings.fields:
                problems.append(
                    Problem(
                        place, f"{role} = '{wanted}' is no field of table '{name}'.", nearest(wanted, settings.fields)
                    )
                )
    if settings.whole is not None and settings.whole not in settings.fields:
        problems.append(
            Problem(
                file.place("tables", name, "whole"),
                f"whole = '{settings.whole}' is no field of table '{name}'.",
                nearest(settings.whole, settings.fields),
            )
        )
    elif settings.whole is not None and settings.fields[settings.whole].type != "percent":
        message = f"whole = '{settings.whole}' is no percent field, whose values could be parts of 100."
        problems.append(Problem(file.place("tables", name, "whole"), message, 'Write type = "percent" in the field.'))
    return problems


def _ranges_in_order(table: Table, sheet: Sheet, sheet_columns: Mapping[str, int]) -> list[Problem]:
    problems: list[Problem] = []
    for field in table.fields:
        if field.measure.type != "range":
            continue
        lows, highs = table.columns[str(field.low)], table.columns[str(field.high)]
        for index, (low, high) in enumerate(zip(lows, highs, strict=True)):
            if isinstance(low, Decimal) and isinstance(high, Decimal) and low > high:
                problems.append(
                    Problem(
                        sheet.place(index, sheet_columns[str(field.low)]),
                        f"the range '{field.name}' is upside down: {field.low} {low} is above {field.high} {high}.",
                        "Exchange the two cells.",
                    )
                )
    return problems


def _marks(settings: TableSettings | FieldSettings) -> dict[str, Marked]:
    """Each mark that stands for a missing or limited value, with its meaning."""
    if not isinstance(settings.missing, dict):
        return {mark: Marked(None, Mark("not available")) for mark in settings.missing}
    found: dict[str, Marked] = {}
    for mark, said in settings.missing.items():
        if isinstance(said, str):
            found[mark] = Marked(None, Mark(said))
        else:
            limit = None if said.value is None else Decimal(str(said.value))
            found[mark] = Marked(limit, Mark(said.meaning, said.note))
    return found


def typed_table(name: str, settings: TableSettings, sheet: Sheet, file: TomlFile) -> Table:
    """The table that a project declares, read from a sheet.

    Raises ProjectError with every cell that breaks its field's type or constraints: file, line, column, text, rule.
    """
    problems = _sources(name, settings, sheet, file)
    if problems:
        raise ProjectError(problems)
    columns: dict[str, tuple[Content, ...]] = {}
    sheet_columns: dict[str, int] = {}
    fields: list[Field] = []
    missing = _marks(settings)
    for field_name, declared in settings.fields.items():
        if declared.value is not None:
            continue
        field = as_field(field_name, declared)
        if not declared.is_read:
            fields.append(field)
            continue
        column = find_column(sheet.header, *declared.columns(field_name))
        if column is None:
            continue
        read, wrong = _read_column(sheet, column, declared, missing | _marks(declared), settings.numbers)
        problems.extend(wrong)
        for one, contents in _columns(field, declared, read):
            columns[one.name], sheet_columns[one.name] = contents, column
            one = with_band_levels(one, declared, () if wrong else contents, settings.numbers)
            if one.measure.decimals is None:
                decimals = column_decimals(contents, one.measure.type)
                one = replace(one, measure=replace(one.measure, decimals=decimals))
            fields.append(one)
        if declared.type == "range":
            fields.append(field)
    fields = [_range_field(f, fields) for f in fields]
    table = Table(
        name=name,
        fields=tuple(fields),
        columns=columns,
        lines=sheet.lines,
        file=sheet.file,
        title=settings.title or name.replace("_", " ").capitalize(),
        source=settings.source,
        as_of=settings.as_of,
        licence=settings.licence,
        notes=settings.notes,
        whole=settings.whole,
        footnotes=sheet.notes,
        repeated=sheet.repeated,
        origins=_origins(name, sheet, sheet_columns),
    )
    problems.extend(few(_ranges_in_order(table, sheet, sheet_columns)))
    if problems:
        raise ProjectError(problems)
    return table


def _range_field(field: Field, fields: list[Field]) -> Field:
    """A range is shown with its ends' unit where it has none of its own."""
    if field.measure.type != "range":
        return field
    low = next(f for f in fields if f.name == field.low)
    return replace(
        field,
        measure=replace(field.measure, unit=field.measure.unit or low.measure.unit),
        unit_field=field.unit_field or low.unit_field,
    )


def _columns(
    field: Field, settings: FieldSettings, read: list[Content | tuple[Decimal, Decimal]]
) -> list[tuple[Field, tuple[Content, ...]]]:
    """The fields that a column of the file gives, with their contents: a range in one cell gives its two ends."""
    if settings.type != "range":
        return [(field, cast("tuple[Content, ...]", tuple(read)))]
    kind = settings.of or "number"
    ends: list[tuple[Field, tuple[Content, ...]]] = []
    for end, name in enumerate(range_ends(field.name, settings)):
        contents = tuple(content[end] if isinstance(content, tuple) else content for content in read)
        measure = Measure(kind, settings.unit, settings.decimals)
        ends.append((Field(str(name), field.title, measure, unit_field=field.unit_field, additive=False), contents))
    return ends


def _origins(name: str, sheet: Sheet, columns: Mapping[str, int]) -> tuple[RowOrigins, ...]:
    """The cell behind each value, where the line of its row does not say it."""
    if sheet.lines_say_enough:
        return ()
    where = Whereabouts(name, replace(sheet, rows=()), columns)
    return tuple(RowOrigins(where, row) for row in range(len(sheet.rows)))
