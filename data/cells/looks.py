"""What a workbook's cell shows, held against what its field declares."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from data.settings.fields import FieldSettings
from data.sources.shown import Look, filled_in

IGNORE = 'or say under read that formats mean nothing here: cell_formats = "ignore".'
"""The way out where a format is meant to say nothing."""
_WORDS = frozenset(("text", "level", "band", "academic_year"))
_AMOUNTS = frozenset(("integer", "number", "money", "percent", "range"))


def as_read(look: Look, text: str, field: FieldSettings) -> str:
    """The cell's text as it is read in this field: a code with its zeros, a month without a day."""
    if field.type in _WORDS:
        return _shown(look, text) or text
    length = {"month": 7, "year": 4}.get(look.date)
    if length and field.type == "date":
        return text[:length]
    return text[:4] if look.date == "year" and field.type == "year" else text


def _shown(look: Look, text: str) -> str:
    """What a format of digits and signs makes of the cell's text; "" where it is none."""
    if look.text or not look.pattern:
        return look.text or ""
    return filled_in(look.pattern, text) or ""


def contradiction(look: Look, text: str, field: FieldSettings, unit: str | None) -> tuple[str, str] | None:
    """What the cell shows that the field does not hold, as message and remedy; None where they agree.

    `unit` is the currency of the cell, by its field or its row.
    """
    if look.instead is not None:
        said = f"shows '{look.instead}'" if look.instead else "shows nothing"
        remedy = "Write into the cell what the sheet is to say, such as a mark that missing explains;"
        return f"the format ({look.example}) {said} in its place", f"{remedy} {IGNORE}"
    if look.mark:
        remedy = "Write into the cell what the sheet is to say;"
        return f"the format ({look.example}) shows '{look.mark}' beside it", f"{remedy} {IGNORE}"
    if field.type in _WORDS:
        return _as_words(look)
    if field.type not in _AMOUNTS:
        return None
    kind = field.of or "number" if field.type == "range" else field.type
    return _percentage(look, text, field, kind) or _money(look, kind, unit) or _multiplied(look, text, field)


def _as_words(look: Look) -> tuple[str, str] | None:
    if look.percent:
        return "shows a percentage", 'Write type = "percent" and scale = "fraction", or turn the cells into texts.'
    if look.thousands or look.times != 1:
        return (
            f"shows another number ({look.example})",
            f"Declare the field as a number, turn the cells into texts, {IGNORE}",
        )
    return None


def _percentage(look: Look, text: str, field: FieldSettings, kind: str) -> tuple[str, str] | None:
    if not (look.percent or look.percent_sign):
        return None
    shown = f"{_plain(_number(text) * (100 if look.percent else 1))}%"
    if kind != "percent":
        if field.multiply != 1:
            return None
        scale = ', scale = "fraction"' if look.percent else ""
        return f"the sheet shows {shown}, and the field is no percent field", f'Write type = "percent"{scale}; {IGNORE}'
    if look.percent and field.scale != "fraction":
        return (
            f"the sheet shows {shown}, and it would be read as {text}%",
            'Write scale = "fraction" if all cells of the field are formatted as percentages; else format all alike.',
        )
    if look.percent_sign and not look.percent and field.scale == "fraction":
        return (
            f"the sheet shows {shown}, and it would be read as {_plain(_number(text) * 100)}%",
            'The percent sign is a word of the format, which does not multiply. Leave scale = "fraction" out if all '
            "cells are so; else format all alike.",
        )
    return None


def _money(look: Look, kind: str, unit: str | None) -> tuple[str, str] | None:
    if not look.currency:
        return None
    if kind == "percent":
        return f"the sheet shows '{look.currency}', and the field is a percent field", f"Correct the type; {IGNORE}"
    if kind == "money" and unit is not None and unit not in look.currencies:
        return (
            f"the sheet shows it in '{look.currency}', and the field is in {unit}",
            f"Correct the unit; where the currency changes by row, declare unit_field; {IGNORE}",
        )
    return None


def _multiplied(look: Look, text: str, field: FieldSettings) -> tuple[str, str] | None:
    if look.thousands and look.times == 1 and field.multiply != 1:
        shown = _plain(_number(text) / Decimal(1000) ** look.thousands)
        return (
            f"the sheet shows {shown} for it, and the cell holds the whole number",
            f"Leave multiply = {field.multiply:f} out; {IGNORE}",
        )
    if look.times not in (1, field.multiply):
        return (
            f"the format ({look.example}) shows it as {_plain(_number(text) * look.times)}",
            f"Write multiply = {look.times:f} in the field; {IGNORE}",
        )
    return None


def doubt(look: Look, text: str, field: FieldSettings) -> tuple[str, str] | None:
    """What the cell shows that may not be what the field means, as message and remedy."""
    if look.date in ("day", "month", "year", "no year") and field.type in _WORDS:
        return (
            "is a date, and the field holds words: spreadsheets make May 2 of 2-5",
            "Correct the cell in the workbook, formatted as text; where dates are meant, write type = 'date'.",
        )
    if field.type == "date" and look.date == "no year":
        return "is shown without its year", f"Check that the year in the cell is meant; {IGNORE}"
    if field.type not in _AMOUNTS:
        return None
    if look.zero is not None:
        return f"is shown as '{look.zero}'" if look.zero else "is not shown", f"Check that zero is meant; {IGNORE}"
    if look.thousands:
        return (
            f"is shown as {_plain(_number(text) / Decimal(1000) ** look.thousands)} in the sheet",
            f"Check that the whole number is meant; {IGNORE}",
        )
    if look.currency and field.type in ("integer", "number") and not field.unit:
        return f"is shown in '{look.currency}', and the field is no money", f'Write type = "money"; {IGNORE}'
    padded = _shown(look, text)
    if padded.startswith("00") or (padded.startswith("0") and len(padded) > 3):
        return f"is shown as {padded}", f'Write type = "text" where it is a code; {IGNORE}'
    return None


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal(0)


def _plain(number: Decimal) -> str:
    rounded = round(number, 4).normalize()
    return f"{rounded:,f}"
