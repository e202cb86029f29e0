"""What reads the cells of a field, by its type and settings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from data.cells.bands import limits, range_reader
from data.cells.dates import date_reader, read_academic_year, read_year
from data.cells.error import CellError
from data.cells.numbers import has_percent_sign, in_bounds, number_reader
from data.errors import nearest
from data.settings.fields import FieldSettings, NumberSettings
from data.tables.value import one_spaced

Parsed = Decimal | int | str | tuple[Decimal, Decimal]
"""What a cell holds; low and high for a range in one cell."""
_ERROR = re.compile(
    r"#(?:[¡¿]?(?:DIV/0|REF|VALUE|NAME|NUM|NULL|SPILL|CALC|FIELD|BLOCKED|CONNECT|UNKNOWN|BUSY|EXTERNAL|PYTHON|N/A|"
    r"WERT|BEZUG|ZAHL|ÜBERLAUF|VALEUR|NOM|NOMBRE|VALOR|NUL|NULO|DESBORDAMIENTO|PROPAGATION|KALK)[!?]|"
    r"N/A|NV|ND|N/D|GETTING_DATA)|Err:\d{3}"
)
"""Errors of cells, in the languages of spreadsheet programs."""
ERROR_BEGINS = ("#", "Err:")
_LONGEST = 200
"""Characters of a cell that can be a number, a date, a band or a range."""


def parser(field: FieldSettings, table_style: NumberSettings | None, typed: bool = False) -> Callable[[str], Parsed]:
    """What turns a cell's text into what the field declares; it raises CellError for a text that is something else.

    `typed` says that the source has numbers of its own among its texts, as workbooks have.
    """
    parse = _by_type(field, field.numbers or table_style, typed)
    if field.type not in ("text", "list", "level"):
        parse = _short(parse)
    if not field.labels or field.type == "list":
        return parse
    labels = field.labels

    def decoded(text: str) -> Parsed:
        if text not in labels and field.type in ("text", "level"):
            raise CellError("is not one of the declared codes", nearest(text, labels))
        return parse(labels.get(text, text))

    return decoded


def _short(parse: Callable[[str], Parsed]) -> Callable[[str], Parsed]:
    """Refuse what is far too long before patterns are tried on it."""

    def read(text: str) -> Parsed:
        if len(text) > _LONGEST:
            raise CellError("is far too long for this type", "Correct the cell, or declare the field as text.")
        return parse(text)

    return read


def _by_type(field: FieldSettings, style: NumberSettings | None, typed: bool) -> Callable[[str], Parsed]:
    match field.type:
        case "integer" | "number" | "money" | "percent" | "points":
            return _number(field, number_reader(style, field.type, field.unit, typed))
        case "range":
            kind = field.of or "number"
            return range_reader(number_reader(style, kind, field.unit, typed), _multiplied(field, kind))
        case "year":
            return read_year
        case "academic_year":
            return read_academic_year
        case "date":
            return date_reader((field.format,) if isinstance(field.format, str) else field.format)
        case "band":
            return _band(style)
        case "text":
            return _sentence_case(field.proper) if field.case == "sentence" else spaced
        case "list":
            return _list(str(field.delimiter), field.labels)
        case "level":
            return spaced


def spaced(text: str) -> str:
    """`one_spaced`, of a cell. Raises CellError for the errors of spreadsheets, which are no words."""
    if text.startswith(ERROR_BEGINS) and _ERROR.fullmatch(text):
        raise CellError(
            "is an error of the spreadsheet's", f'Mend the formula; or say what it means: missing = ["{text}"].'
        )
    return one_spaced(text)


def _list(delimiter: str, labels: Mapping[str, str]) -> Callable[[str], str]:
    """The items of a list, each with one space between its words and once, by the delimiter and a space."""

    def items(text: str) -> str:
        found = [spaced(item) for item in text.split(delimiter)]
        for item in found:
            if not item:
                raise CellError("has an empty item", f"Take the '{delimiter}' that is too many out.")
            if labels and item not in labels:
                raise CellError(f"'{item}' is not one of the declared codes", nearest(item, labels))
        return f"{delimiter} ".join(dict.fromkeys(labels.get(item, item) for item in found))

    return items


def _number(field: FieldSettings, read: Callable[[str], Decimal]) -> Callable[[str], Decimal]:
    end = _multiplied(field, field.type)
    if field.type != "percent" or field.scale != "fraction":
        return lambda text: end(read(text))
    # moves the point and adds no digits: rules go by how many the file has
    return lambda text: end(read(text) if has_percent_sign(text) else read(text).scaleb(2))


def _multiplied(field: FieldSettings, kind: str) -> Callable[[Decimal], Decimal]:
    """A number in the field's unit, from thousands or whatever the file counts in; whole where it must be."""
    by = field.multiply

    def end(number: Decimal) -> Decimal:
        number = in_bounds(number * by) if by != 1 else number
        if kind != "integer":
            return number
        if number != number.to_integral_value():
            raise CellError("is not a whole number", "Correct the cell, or declare the field as type = 'number'.")
        return number.to_integral_value()

    return end


def _band(style: NumberSettings | None) -> Callable[[str], str]:
    def band(text: str) -> str:
        limits(text, style)
        return spaced(text)

    return band


def _sentence_case(proper: tuple[str, ...]) -> Callable[[str], str]:
    """CAPITALS as a sentence, in which proper names keep theirs."""
    names = [(re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE), name) for name in proper]

    def sentence(text: str) -> str:
        lower = spaced(text).lower()
        for pattern, name in names:
            lower = pattern.sub(name, lower)
        return lower[:1].upper() + lower[1:]

    return sentence
