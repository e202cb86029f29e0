"""The cells of a whole column read at once, where all are written as programs write: to just what each one gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation

from data.cells.numbers import DIGITS
from data.cells.parsers import ERROR_BEGINS, Parsed
from data.settings.fields import FieldSettings, NumberSettings

Together = Callable[[Sequence[str]], Sequence[Parsed] | None]
"""Takes the texts of cells, none of them empty; gives what each holds, or None where each has to be read by itself."""
_MARKS = str.maketrans("", "", ".+-")


def column_reader(field: FieldSettings, table_style: NumberSettings | None) -> Together | None:
    """What reads the cells of a field at once; None where each has to be read by itself."""
    if field.labels or field.multiply != 1:
        return None
    match field.type:
        case "integer":
            return _digits
        case "number" | "money" | "percent" | "points" if field.type != "percent" or field.scale != "fraction":
            return _digits if field.numbers or table_style else _plain_numbers
        case "text" if field.case != "sentence":
            return _spaced
        case _:
            return None


def _digits(texts: Sequence[str]) -> Sequence[Decimal] | None:
    """Whole numbers without any mark, which are the same in every style."""
    joined = "".join(texts)
    known = joined.isascii() and joined.isdigit() and max(map(len, texts)) <= DIGITS
    return list(map(Decimal, texts)) if known else None


def _plain_numbers(texts: Sequence[str]) -> Sequence[Decimal] | None:
    """Numbers of digits, one point at most and a sign before them: of these signs, Decimal reads just those."""
    joined = "".join(texts).translate(_MARKS)
    if not (joined.isascii() and joined.isdigit() and max(map(len, texts)) <= DIGITS):
        return None
    try:
        return list(map(Decimal, texts))
    except InvalidOperation:
        return None


def _spaced(texts: Sequence[str]) -> Sequence[str] | None:
    """Words with one space between them, unless one may be an error of a spreadsheet."""
    joined = "\0".join(texts)
    if any(begin in joined for begin in ERROR_BEGINS):
        return None
    if joined == " ".join(joined.split()) and " \0" not in joined and "\0 " not in joined:
        return texts  # nearly always, and then nothing is made anew
    return [" ".join(text.split()) for text in texts]
