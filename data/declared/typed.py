"""Cells of text become a typed table, and every cell that can't is named with its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import cast

from msgspec.structs import replace

from data.cells.bands import in_order
from data.cells.units import contradiction
from data.declared.column import read_column
from data.declared.margins import margin_faults
from data.declared.origins import RowOrigins, Whereabouts
from data.errors import Problem, ProjectError, few, nearest
from data.files.toml_file import TomlFile
from data.reshape.words import find_column
from data.settings.fields import FieldSettings, NumberSettings
from data.settings.project import TableSettings
from data.sources.sheet import Sheet
from data.tables.table import Field, Table
from data.tables.value import NUMERIC, Content, FieldType, Mark, Marked, Measure

_TYPES: dict[str, FieldType] = {"band": "level", "academic_year": "date"}
"""Types of a file that are another one in a table: a band is a level whose order its numbers give."""


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
        settings.sample,
        settings.margin if isinstance(settings.margin, str) else None,
        Decimal(str(settings.margin)) if isinstance(settings.margin, float) else None,
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
    numbers = {c for c in contents if isinstance(c, Decimal)} if kind in NUMERIC else set[Decimal]()
    if not numbers:
        return None
    largest = max(max(numbers), -min(numbers))
    if kind == "money":
        return 2 if largest < 1000 and _digits(numbers, 1) else 0
    cap = 1 if kind in ("percent", "points") or computed else 2
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
        problems.extend(Problem(place, *said) for said in margin_faults(name, declared, settings.fields))
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
    texts = tuple(zip(*sheet.rows, strict=True)) or ((),) * len(sheet.header)
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
        read, wrong = read_column(sheet, column, texts[column], declared, missing | _marks(declared), settings.numbers)
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
        as_of=settings.stated_period,
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
