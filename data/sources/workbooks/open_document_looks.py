"""What cells of an OpenDocument sheet show: the file holds the text that was shown beside each value."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from msgspec import Struct, field
from msgspec.structs import replace

from data.cells.units import factor_of
from data.sources.shown import DateLook, Look
from data.sources.workbooks.number_format import currency_in, marks_in
from data.sources.workbooks.raised_text import Place

STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
NUMBER = "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0 "
_POSITION = re.compile(r"(super|sub|-?\d+(?:\.\d+)?%)")
_DIGITS = re.compile(r"\d[\d.,'\u2019\u00a0\u202f\u2009 ]*")
_SPAN = re.compile(r"(-?)P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?$")
_DAY = 24


class Styles(Struct):
    """The styles of a document as its XML is read: what of a date they show, and which text they raise."""

    dates: dict[str, DateLook] = field(default_factory=dict[str, DateLook])
    cells: dict[str, str] = field(default_factory=dict[str, str])
    """Style of a cell → its style of numbers or dates."""
    places: dict[str, Place] = field(default_factory=dict[str, Place])
    style: str = ""
    numbers: str = ""
    parts: set[str] = field(default_factory=set[str])

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == STYLE + "style":
            self.style = attributes.get(STYLE + "name", "")
            data = attributes.get(STYLE + "data-style-name") or self.cells.get(
                attributes.get(STYLE + "parent-style-name", "")
            )
            if data:
                self.cells[self.style] = data
        elif tag == STYLE + "text-properties":
            found = _POSITION.match(attributes.get(STYLE + "text-position", ""))
            if found and not found[1].startswith("0"):
                self.places[self.style] = "lowered" if found[1].startswith(("sub", "-")) else "raised"
        elif tag in (NUMBER + "date-style", NUMBER + "time-style"):
            self.numbers, self.parts = attributes.get(STYLE + "name", ""), set()
            if attributes.get(NUMBER + "truncate-on-overflow") == "false":
                self.parts.add("span")
        elif tag.startswith(NUMBER) and self.numbers:
            self.parts.add(tag.removeprefix(NUMBER))

    def end(self, tag: str) -> None:
        if tag in (NUMBER + "date-style", NUMBER + "time-style"):
            self.dates[self.numbers] = _date(self.parts)
            self.numbers = ""

    def date(self, style: str) -> DateLook:
        """What a cell of this style shows of a date or time."""
        return self.dates.get(self.cells.get(style, ""), "")


def _date(parts: set[str]) -> DateLook:
    if "span" in parts:
        return "span"
    if not parts & {"year", "month", "day", "day-of-week", "week-of-year", "quarter"}:
        return "time"
    if "year" not in parts:
        return "no year"
    return "day" if "day" in parts else "month" if "month" in parts else "year"


def look_of(kind: str, value: str, currency: str, shown: str, date: DateLook) -> Look | None:
    """What a cell of this kind shows of its value; None where that is just the value."""
    if kind in ("date", "time"):
        return Look(date=date or ("day" if kind == "date" else "time"), example=shown)
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    digits = _DIGITS.search(shown)
    if digits is None:
        return _without_digits(number, shown)
    words = (shown[: digits.start()] + shown[digits.end() :]).strip()
    if kind == "percentage":
        return Look(percent=True, example=shown)
    sign, currencies = (currency, frozenset((currency,))) if currency else currency_in(words)
    plain = digits[0].strip()
    padded = plain.isdigit() and plain.startswith("0") and len(plain) > 1
    thousands = _thousands(abs(number), plain) if not re.search(r"[Ee/]", words) else 0
    factor = factor_of(words, thousands)
    behind = "L+" if shown.rstrip().endswith("+") else ""
    found = Look(
        percent_sign="%" in words,
        currency=sign,
        currencies=currencies,
        thousands=thousands,
        times=Decimal(1) if factor is None else factor / Decimal(1000) ** thousands,
        mark=words if marks_in(words + behind) else "",
        text=shown if padded or (words.strip("+-−()") and number == int(number) and plain.isdigit()) else "",
    )
    return None if found == Look() else replace(found, example=shown)


def _without_digits(number: Decimal, shown: str) -> Look | None:
    """What is shown in a number's place."""
    said = shown.strip()
    if number == 0 and said.strip("-–—− ") == currency_in(said)[0]:
        return Look(zero=said, example=shown)
    return Look(instead=said, example=shown)


def _thousands(number: Decimal, shown: str) -> int:
    """How many times the number was divided by a thousand before it was shown."""
    read = [found for mark in ".," if (found := _read(shown, mark)) is not None]
    if any(abs(seen - number) <= slack for seen, slack in read):
        return 0
    for power in (1, 2, 3):
        if any(abs(seen * 1000**power - number) <= slack * 1000**power for seen, slack in read):
            return power
    return 0


def _read(shown: str, mark: str) -> tuple[Decimal, Decimal] | None:
    """A number that was shown, with this decimal mark, and how far rounding may have moved it."""
    whole, _, part = shown.partition(mark)
    if not re.sub(r"\D", "", whole) or re.search(r"\D", part.strip()):
        return None
    digits = re.sub(r"\D", "", part)
    return Decimal(f"{re.sub(r'[^0-9]', '', whole)}.{digits or 0}"), Decimal(1).scaleb(-len(digits)) / 2


def span_text(value: str, look: DateLook) -> str | None:
    """A duration as workbooks of every kind are read, "36:00:00"; None for a time of day.

    >>> span_text("PT36H00M00S", ""), span_text("PT06H30M00S", "span"), span_text("PT06H30M00S", "time")
    ('36:00:00', '6:30:00', None)
    """
    found = _SPAN.match(value)
    if found is None:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    hours += days * _DAY + minutes // 60
    if hours < _DAY and look != "span" and not found[1]:
        return None
    return f"{found[1]}{hours}:{minutes % 60:02d}:{seconds:02d}"
