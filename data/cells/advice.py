"""What to do about a cell that people would call a number: how it seems to be written, in the words of the settings."""

from __future__ import annotations

import re
from decimal import Decimal

_SPACE = "[ \u00a0\u202f\u2009]"
_AROUND = re.compile(r"^[\s(+\u2212\u2013-]*[^\W\d_]{0,3}[$€£¥₹₩₪₽₺₫₦₱฿.]?\s*|[\s)%$€£¥₹₩₪₽₺₫₦₱฿\u2212-]*$")
_STYLES = (
    (re.compile(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}"), ",", "."),
    (re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?"), ".", ","),
    (re.compile(r"\d{1,3}(?:['\u2019]\d{3})+,\d+"), ",", "'"),
    (re.compile(r"\d{1,3}(?:['\u2019]\d{3})+(?:\.\d+)?"), ".", "'"),
    (re.compile(rf"\d{{1,3}}(?:{_SPACE}\d{{3}})+,\d+"), ",", " "),
    (re.compile(rf"\d{{1,3}}(?:{_SPACE}\d{{3}})+(?:\.\d+)?"), ".", " "),
    (re.compile(r"\d{1,3},\d{3}"), ".", ","),
    (re.compile(r"\d*,\d+"), ",", ""),
)
"""How a number is written -> its decimal mark and its thousands mark. The first that fits decides."""
_EITHER = re.compile(r"\d{1,3}([.,])\d{3}")
"""Thousands, or three decimals."""
_SHORT = re.compile(r"(\d+(?:\.\d+)?)\s?(k|K|thousand|m|M|mn|million|bn|billion)\b\.?")
_POWERS = {"k": 3, "t": 3, "m": 6, "b": 9}


def marks_in(text: str) -> tuple[str, str] | None:
    """The decimal and the thousands mark that a number in the text seems to have; None where it has neither."""
    body = _body(text)
    return next(((decimal, group) for form, decimal, group in _STYLES if form.fullmatch(body)), None)


def declaration(text: str) -> str:
    """The setting for numbers that are written so: numbers = { decimal = ",", thousands = "." }."""
    decimal, group = marks_in(text) or (".", "")
    said = [f'decimal = "{decimal}"'] if decimal != "." or not group else []
    said += [f'thousands = "{group}"'] if group else []
    return f"numbers = {{ {', '.join(said)} }}"


def remedy_for(text: str) -> str:
    """What to do about a cell with such a number: write it plainly, or declare how the numbers are written."""
    plain = _plain(text)
    if found := _EITHER.fullmatch(_body(text)):
        whole = plain.replace(".", "")
        comma = found[1] == ","
        thousands = 'thousands = ","' if comma else 'decimal = ",", thousands = "."'
        mark = "comma" if comma else "point"
        return (
            f"Write {whole} or declare numbers = {{ {thousands} }}; if the {mark} is a decimal "
            f'mark, write {whole[:-3]}.{whole[-3:]} or declare numbers = {{ decimal = "{found[1]}" }}.'
        )
    return f"Write {plain}, or declare how the numbers are written: {declaration(text)}."


def shortened(text: str) -> str:
    """A number such as 1.2k or 3 million in full; "" for anything else."""
    found = _SHORT.fullmatch(text.strip(" +$€£¥"))
    return f"{Decimal(found[1]).scaleb(_POWERS[found[2][0].lower()]):f}" if found else ""


def looks_like_number(text: str) -> bool:
    """Whether a text is digits with such marks, signs, brackets or a percent sign around them."""
    return marks_in(text) is not None or re.fullmatch(r"\d+(?:\.\d*)?", _body(text)) is not None


def _body(text: str) -> str:
    return _AROUND.sub("", text.strip())


def _plain(text: str) -> str:
    decimal, _ = marks_in(text) or (".", "")
    digits = re.sub(rf"[^\d{re.escape(decimal)}]", "", _body(text)).replace(decimal, ".")
    negative = re.match(r"\s*[(\u2212\u2013-]", text) or re.search(r"[\u2212-]\s*$", text)
    return f"-{digits}" if negative else digits
