"""Numbers as programs write them, and as people do: "$1,234.50", "(12)", "35 %", "1 234,5"."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from data.cells.advice import declaration, looks_like_number, marks_in, remedy_for, shortened
from data.cells.error import CellError
from data.settings.fields import NumberSettings
from data.tables.value import TOO_LARGE

_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?$")
DIGITS = TOO_LARGE.adjusted()
"""Digits of the longest whole number that is surely in bounds."""
_SIGN = re.compile(r"[$€£¥₹₩₪₽₺₫₦₱฿]")
_BEFORE = re.compile(r"[^\W\d_]{1,3}\.(?=\s?\d)|[^\W\d_]{0,3}[$€£¥₹₩₪₽₺₫₦₱฿]|[^\W\d_]{1,3}(?=[\s\d])")
_AFTER = re.compile(r"(?<=[\d\s.,])([$€£¥₹₩₪₽₺₫₦₱฿]|[^\W\d_]+\.?)$")
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ]+$")
_SPACES = " \u00a0\u202f\u2009"
_DOLLARS = frozenset(("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "CLP", "COP", "ARS", "JMD", "TTD", "FJD"))
CURRENCIES = {
    "$": _DOLLARS, "€": frozenset(("EUR",)), "£": frozenset(("GBP", "EGP", "LBP")), "¥": frozenset(("JPY", "CNY")),
    "₹": frozenset(("INR",)), "₩": frozenset(("KRW",)), "₪": frozenset(("ILS",)), "₽": frozenset(("RUB",)),
    "₺": frozenset(("TRY",)), "₫": frozenset(("VND",)), "₦": frozenset(("NGN",)), "₱": frozenset(("PHP",)),
    "฿": frozenset(("THB",)), "Fr.": frozenset(("CHF",)), "Fr": frozenset(("CHF",)), "zł": frozenset(("PLN",)),
    "kr": frozenset(("SEK", "NOK", "DKK", "ISK")), "kr.": frozenset(("DKK", "ISK")), "Kč": frozenset(("CZK",)),
    "Ft": frozenset(("HUF",)), "R": frozenset(("ZAR",)), "R$": frozenset(("BRL",)), "US$": frozenset(("USD",)),
    "C$": frozenset(("CAD",)), "CA$": frozenset(("CAD",)), "A$": frozenset(("AUD",)), "AU$": frozenset(("AUD",)),
    "S$": frozenset(("SGD",)), "NZ$": frozenset(("NZD",)), "HK$": frozenset(("HKD",)), "NT$": frozenset(("TWD",)),
}  # fmt: skip
"""Sign → the currencies that write it."""


def plain_number(text: str) -> Decimal:
    """A number as programs write it: 1234.5, -7, 1e5; anything else is a CellError that says what to do."""
    if len(text) <= DIGITS and text.isascii() and text.isdigit():
        return Decimal(text)  # most numbers are, and need no pattern
    clean = text.replace("\u2212", "-")
    if not _PLAIN.match(clean):
        _refuse_raised(clean)
        raise _no_plain_number(clean)
    return in_bounds(Decimal(clean))


def _no_plain_number(text: str) -> CellError:
    """What is wrong with a text that no program would write for a number, and what its author may have meant."""
    if full := shortened(text):
        return CellError("is a shortened number", f"Write {full}; multiply = 1000 is for a column in thousands.")
    if not looks_like_number(text):
        return CellError(
            "is not a number", "Correct the cell, or list it under missing = [...] if it stands for no value."
        )
    remedy = remedy_for(text)
    if text.rstrip(" )").endswith("%"):
        return CellError("a percent sign is not part of the number", f"{remedy} Its field is of type percent.")
    if _SIGN.search(text):
        return CellError("a currency sign is not part of the number", f"{remedy} The unit is the field's.")
    if text.strip().startswith("("):
        return CellError("is written in brackets, as accountants write what is negative", remedy)
    if "," in text:
        return CellError("a comma is ambiguous", remedy)
    return CellError("is written for people", remedy)


def _refuse_raised(text: str) -> None:
    """CellError for a number with a raised mark behind it, as footnotes have."""
    found = _RAISED.search(text)
    if found:
        mark = "¹" if found[0].strip("⁰¹²³⁴⁵⁶⁷⁸⁹") == "" else found[0]
        said = f'shape = {{ marks = {{ "{mark}" = "..." }} }}'
        raise CellError(f"has the raised mark '{found[0]}'", f"Say what it means: {said}; or delete it.")


def in_bounds(number: Decimal) -> Decimal:
    """The number itself; CellError for one of 10²¹ and more."""
    if abs(number) >= TOO_LARGE:
        raise CellError("is larger than any number that documents show", "Check the cell, or use a larger unit.")
    return number


def has_percent_sign(text: str) -> bool:
    """Whether a percent sign says that the number is a percentage already."""
    return text.strip(_SPACES + "()").endswith("%")


def number_reader(
    style: NumberSettings | None, kind: str, unit: str | None, typed: bool = False
) -> Callable[[str], Decimal]:
    """What reads the numbers of a field.

    Without a declared style only plain numbers are read. With one, the declared marks and what people write around
    numbers: a currency's sign or code (that of the field's unit), the unit itself, a percent sign (in a percent field),
    brackets or a minus behind for negative ones, spaces.

    `typed` says that the source has numbers of its own, which come as plain ones: where a comma is declared as decimal
    mark they are read all the same, and a text that could be either is refused.
    """
    if style is None:
        return plain_number
    mark, group = re.escape(style.decimal), _group(style.thousands)
    whole = rf"[1-9]\d{{0,2}}(?:{group}\d{{2,3}})*{group}\d{{3}}|\d+" if group else r"\d+"
    digits = re.compile(rf"(?P<whole>{whole})?(?:{mark}(?P<part>\d*))?(?P<exponent>[eE][+-]?\d{{1,2}})?")
    example = f"1{style.thousands}234{style.decimal}5"
    own = _signs_of(unit) if kind == "money" and unit else ()
    usual = re.compile(rf"(?:{'|'.join(map(re.escape, own))})?(?P<whole>{whole})(?:{mark}(?P<part>\d+))?")

    def read(text: str) -> Decimal:
        if not typed and (found := usual.fullmatch(text)):  # most numbers are, and take no further look
            whole_digits, part = found.groups()
            digits_only = whole_digits if whole_digits.isdecimal() else re.sub(r"\D", "", whole_digits)
            return in_bounds(Decimal(f"{digits_only}.{part}" if part else digits_only))
        if typed and style.decimal == "," and "." in text and _PLAIN.match(text.replace("\u2212", "-")):
            if style.thousands == "." and re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", text):
                raise CellError(
                    "could be a number of thousands or one with three decimals",
                    "Turn the texts of this column into numbers in the workbook.",
                )
            return plain_number(text)
        clean, negative = _without_sign(text)
        clean = _without_percent(clean, kind)
        clean = _without_unit(clean, kind, unit)
        clean, inner = _without_sign(clean)
        found = digits.fullmatch(clean)
        if found is None:
            _refuse_raised(clean)
        if found is None or not (found["whole"] or found["part"]) or (negative and inner):
            raise _not_so_written(text, example)
        whole_digits = re.sub(r"\D", "", found["whole"] or "0")
        number = Decimal(f"{whole_digits}.{found['part'] or 0}{found['exponent'] or ''}")
        if not found["part"]:
            number = Decimal(f"{whole_digits}{found['exponent'] or ''}")
        return in_bounds(-number if negative or inner else number)

    return read


def _signs_of(unit: str) -> list[str]:
    """The signs that stand for a currency, given by its code: longer ones first."""
    return sorted((sign for sign, codes in CURRENCIES.items() if unit in codes), key=len, reverse=True)


def _not_so_written(text: str, example: str) -> CellError:
    """What to do about a cell that is not written as the numbers of its field are declared to be."""
    said = f"is not a number written like {example}"
    if full := shortened(text):
        return CellError(said, f"Write {full}.")
    if marks_in(text):
        return CellError(said, f"Correct the cell; or, if all are written like this, declare {declaration(text)}.")
    return CellError(said, "Correct the cell or numbers = {...}, or list it under missing if it stands for no value.")


def _group(mark: str) -> str:
    """The thousands mark as a pattern: one mark throughout a number is not asked for."""
    match mark:
        case "":
            return ""
        case " ":
            return f"[{_SPACES}]"
        case "'":
            return "['\u2019]"
        case _:
            return re.escape(mark)


def _without_sign(text: str) -> tuple[str, bool]:
    """The text without its sign, and whether it was negative: -5, 5-, (5)."""
    clean = text.strip(_SPACES)
    if clean.startswith("(") and clean.endswith(")"):
        return clean[1:-1].strip(_SPACES), True
    if clean[:1] in ("-", "\u2212", "\u2013"):
        return clean[1:].lstrip(_SPACES), True
    if clean[-1:] in ("-", "\u2212"):
        return clean[:-1].rstrip(_SPACES), True
    return clean.removeprefix("+").lstrip(_SPACES), False


def _without_percent(text: str, kind: str) -> str:
    if not text.endswith("%"):
        return text
    if kind != "percent":
        raise CellError("is a percentage", "Declare the field as type = 'percent', or correct the cell.")
    return text[:-1].rstrip(_SPACES)


def _without_unit(text: str, kind: str, unit: str | None) -> str:
    """The text without a currency or unit before or behind it, which must be the field's."""
    found = _BEFORE.match(text)
    if found:
        sign, rest = found[0], text[found.end() :].lstrip(_SPACES)
    else:
        found = _AFTER.search(text)
        if not found:
            return text
        sign, rest = found[1], text[: found.start()].rstrip(_SPACES)
    if unit is not None and sign.casefold() == unit.casefold():
        return rest
    codes = CURRENCIES.get(sign, frozenset((sign,)) if re.fullmatch("[A-Z]{3}", sign) else frozenset[str]())
    if not codes:
        return text
    if kind != "money":
        raise CellError(f"'{sign}' stands for money", "Declare the field as type = 'money', or correct the cell.")
    if unit is not None and unit not in codes:
        raise CellError(
            f"is in '{sign}', and the field is declared in {unit}",
            'Correct the cell or the unit; where the currency changes by row, declare unit_field = "currency".',
        )
    return rest
