"""Cells of text become a typed table, and every cell that can't is named with its place."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from data.errors import Place, Problem, ProjectError, nearest
from data.settings import FieldSettings, TableSettings
from data.sources.sheet import Sheet
from data.table import NUMERIC, Content, Field, Mark, Marked, Measure, Table
from data.toml_file import TomlFile

_SHOWN = 10
_TOO_LARGE = Decimal(10) ** 21
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)$")
_ISO_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?$")


class _CellError(ValueError):
    """A cell that is not what its field declares; says what to do as second argument."""


def _decimal(text: str) -> Decimal:
    clean = text.replace("\u2212", "-")
    if not _NUMBER.match(clean):
        if clean.rstrip("%").strip() != clean:
            raise _CellError("a percent sign is not part of the number", "Write 35 for 35%.")
        if _NUMBER.match(clean.replace(",", "")):
            raise _CellError(
                "a comma is ambiguous", "Write 1234.5 for one thousand two hundred thirty-four and a half."
            )
        if re.search(r"[$€£¥]", clean):
            raise _CellError(
                "a currency sign is not part of the number",
                "Write the number alone; the unit is declared for the field.",
            )
        raise _CellError(
            "is not a number", "Correct the cell, or list it under missing = [...] if it stands for no value."
        )
    number = Decimal(clean)
    if abs(number) >= _TOO_LARGE:
        raise _CellError("is larger than any number that documents show", "Check the cell, or use a larger unit.")
    return number


def _integer(text: str) -> Decimal:
    number = _decimal(text)
    if number != number.to_integral_value():
        raise _CellError("is not a whole number", "Correct the cell, or declare the field as type = 'number'.")
    return number.to_integral_value()


def _fraction(text: str) -> Decimal:
    return _decimal(text) * 100


def _year(text: str) -> int:
    if not re.fullmatch(r"\d{4}", text):
        raise _CellError("is not a year", "Write four digits.")
    return int(text)


def _date(text: str) -> str:
    try:
        if not _ISO_DATE.match(text):
            raise ValueError
        datetime.date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        raise _CellError("is not an ISO date", "Write 2026, 2026-11 or 2026-11-20.") from None
    return text


def _sentence_case(proper: tuple[str, ...]) -> Callable[[str], str]:
    """CAPITALS as a sentence, in which proper names keep theirs."""
    names = [(re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE), name) for name in proper]

    def sentence(text: str) -> str:
        lower = text.lower()
        for pattern, name in names:
            lower = pattern.sub(name, lower)
        return lower[:1].upper() + lower[1:]

    return sentence


def _parser(settings: FieldSettings) -> Callable[[str], Content]:
    match settings.type:
        case "integer":
            return _integer
        case "number" | "money":
            return _decimal
        case "percent":
            return _fraction if settings.scale == "fraction" else _decimal
        case "year":
            return _year
        case "date":
            return _date
        case "text":
            return _sentence_case(settings.proper) if settings.case == "sentence" else str
        case "level" | "range":
            return str


def as_field(name: str, settings: FieldSettings) -> Field:
    """The field that a project declares. Shares and averages do not add up over rows unless the author says so."""
    kind = settings.of if settings.type == "range" and settings.of else settings.type
    measure = Measure(settings.type, settings.unit, settings.decimals, settings.levels)
    additive = kind in ("integer", "number") if settings.additive is None else settings.additive
    return Field(
        name,
        settings.title or name.replace("_", " ").capitalize(),
        measure,
        settings.key,
        settings.unit_field,
        settings.low,
        settings.high,
        additive,
    )


def _column_decimals(contents: list[Content], kind: str) -> int | None:
    """Digits that a column shows: as many as its data have, at most 1 for percents, 2 for the rest; money from a
    thousand up has none."""
    numbers = [c for c in contents if isinstance(c, Decimal)]
    if not numbers or kind not in NUMERIC:
        return None
    most = max(max(0, -int(n.normalize().as_tuple().exponent)) for n in numbers)
    if kind == "money":
        return 2 if most and max(map(abs, numbers)) < 1000 else 0
    return min(most, 1 if kind == "percent" else 2)


def _constraint(content: Content, settings: FieldSettings) -> tuple[str, str] | None:
    """The first declared constraint that a content breaks, as message and remedy."""
    if isinstance(content, Decimal | int):
        if settings.minimum is not None and content < Decimal(str(settings.minimum)):
            return f"is below the minimum of {settings.minimum:g}", "Correct the cell or the declared minimum."
        if settings.maximum is not None and content > Decimal(str(settings.maximum)):
            return f"is above the maximum of {settings.maximum:g}", "Correct the cell or the declared maximum."
    if isinstance(content, str):
        if settings.levels and content not in settings.levels:
            return "is not one of the declared levels", nearest(content, settings.levels)
        if settings.enum and content not in settings.enum:
            return "is not one of the declared words", nearest(content, settings.enum)
        if settings.pattern and not re.fullmatch(settings.pattern, content):
            return f"does not match the pattern {settings.pattern}", "Correct the cell or the declared pattern."
    return None


def _read_column(
    sheet: Sheet, column: int, settings: FieldSettings, missing: Mapping[str, Marked]
) -> tuple[list[Content], list[Problem]]:
    parse, problems = _parser(settings), list[Problem]()
    contents: list[Content] = []
    seen: dict[Content, int] = {}
    header = sheet.header[column]
    for row, line in zip(sheet.rows, sheet.lines, strict=True):
        text, content = row[column], None
        place = Place(sheet.file, line)
        if text in missing and (settings.type not in ("text", "level") or not missing[text].mark.limit):
            content = missing[text]
        elif text == "":
            if settings.required or settings.key:
                problems.append(
                    Problem(
                        place, f"column '{header}' is empty.", "Fill the cell in: the field is declared as required."
                    )
                )
        else:
            try:
                content = parse(text)
                broken = _constraint(content, settings)
                if broken:
                    raise _CellError(*broken)
            except _CellError as error:
                message, remedy = error.args
                shown = text if len(text) <= 40 else f"{text[:39]}…"
                problems.append(Problem(place, f"column '{header}': '{shown}': {message}.", remedy))
            if (settings.key or settings.unique) and content is not None:
                if content in seen:
                    problems.append(
                        Problem(
                            place,
                            f"column '{header}': '{text}' stands in line {seen[content]} already.",
                            "Give each row its own, or merge the two rows.",
                        )
                    )
                seen.setdefault(content, line)
        contents.append(content)
    return contents, problems


def _sources(name: str, settings: TableSettings, sheet: Sheet, file: TomlFile) -> list[Problem]:
    """Fields that name columns or other fields that are not there."""
    problems: list[Problem] = []
    for field, declared in settings.fields.items():
        place = file.place("tables", name, "fields", field)
        column = declared.column or field
        if declared.type != "range" and declared.value is None and column not in sheet.header:
            problems.append(Problem(place, f"{sheet.file} has no column '{column}'.", nearest(column, sheet.header)))
        for role, wanted in (("low", declared.low), ("high", declared.high), ("unit_field", declared.unit_field)):
            if wanted is not None and wanted not in settings.fields:
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
    return problems


def _ranges_in_order(table: Table) -> list[Problem]:
    problems: list[Problem] = []
    for field in table.fields:
        if field.measure.type != "range":
            continue
        for line, low, high in zip(
            table.lines, table.columns[str(field.low)], table.columns[str(field.high)], strict=True
        ):
            if isinstance(low, Decimal) and isinstance(high, Decimal) and low > high:
                problems.append(
                    Problem(
                        Place(table.file, line),
                        f"the range '{field.name}' is upside down: {field.low} {low} is above {field.high} {high}.",
                        "Exchange the two cells.",
                    )
                )
    return problems


def few(problems: list[Problem]) -> list[Problem]:
    """The first ten problems of a kind, and how many more there are."""
    if len(problems) <= _SHOWN:
        return problems
    last = problems[_SHOWN - 1]
    rest = len(problems) - _SHOWN
    return [*problems[: _SHOWN - 1], replace(last, remedy=f"{last.remedy} ({rest} more like this)")]


def _marks(settings: TableSettings) -> dict[str, Marked]:
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
    fields: list[Field] = []
    missing = _marks(settings)
    for field_name, declared in settings.fields.items():
        field = as_field(field_name, declared)
        if declared.type != "range" and declared.value is None:
            contents, wrong = _read_column(sheet, sheet.header.index(declared.column or field_name), declared, missing)
            problems.extend(few(wrong))
            columns[field_name] = tuple(contents)
            if field.measure.decimals is None:
                field = replace(
                    field, measure=replace(field.measure, decimals=_column_decimals(contents, declared.type))
                )
        if declared.value is None:
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
    )
    problems.extend(few(_ranges_in_order(table)))
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
