"""Numbers that people write short: "1.2k", "€1.5m", "12,5 Tsd."."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct, field

from data.inspection.columns.column import Finding
from data.inspection.columns.numbers import Number, read_number

_SUFFIXES = {
    "k": 3, "tsd": 3, "thousand": 3, "tausend": 3, "m": 6, "mio": 6, "mn": 6, "mill": 6, "million": 6, "millions": 6,
    "millionen": 6, "b": 9, "bn": 9, "mrd": 9, "billion": 9, "milliarden": 9,
}  # fmt: skip
"""What stands behind a number → how many zeros it stands for."""
_DOUBTFUL = ("m", "b")
"""Suffixes that mean this only beside a currency or others: "5m" may be a length."""
_SHORT = re.compile(
    rf"(?P<number>\D{{0,4}}\d[\d.,]*)\s*(?P<suffix>{'|'.join(sorted(_SUFFIXES, key=len, reverse=True))})\b\.?"
    r"\s*(?P<behind>[^\w\s]|[A-Z]{3})?",
    re.IGNORECASE,
)
_LISTED = 40


def short_numbers(texts: Sequence[str], marks: tuple[str, ...], decimal: str) -> Finding | None:
    """A column of numbers that are written short for a good part, or None.

    No setting reads them, so that each is spelled out under `labels`; too many of them stay words.
    """
    found = _all_read(texts, decimal)
    if found is None or len(found.written) * 2 < len(texts) or not found.clear or len(found.currencies) > 1:
        return None
    shown = next(iter(found.written))
    if len(found.written) > _LISTED:
        return Finding(
            "text", {}, marks, (f"'{shown}': numbers written short are words until the file spells them out.",)
        )
    labels = {text: _plain(value, decimal) for text, value in found.written.items()}
    reason = f"'{shown}': numbers written short, spelled out one by one; a new one has to be added."
    if found.currencies:
        return Finding("money", {"unit": found.currencies.pop(), "labels": labels}, marks, (reason,))
    whole = all(value == value.to_integral_value() for value in found.written.values())
    return Finding("integer" if whole else "number", {"labels": labels}, marks, (reason,))


class _Read(Struct, frozen=True):
    """What texts write."""

    written: dict[str, Decimal] = field(default_factory=dict[str, Decimal])
    """Those that write a number short, and the number."""
    suffixes: set[str] = field(default_factory=set[str])
    currencies: set[str] = field(default_factory=set[str])

    @property
    def clear(self) -> bool:
        """Whether something shows that suffixes stand for zeros, and for no length."""
        return bool(self.currencies or self.suffixes - set(_DOUBTFUL))


def _all_read(texts: Sequence[str], decimal: str) -> _Read | None:
    """What texts write that are all numbers, short ones or others; None where one is no amount."""
    read = _Read()
    for text in texts:
        short = _SHORT.fullmatch(text.strip())
        number = _amount(short, decimal) if short else read_number(text, decimal)
        if number is None or number.percent or number.limit:
            return None
        if number.currency:
            read.currencies.add(number.currency)
        if short:
            read.suffixes.add(short["suffix"])
            read.written[text] = number.value.scaleb(_SUFFIXES[short["suffix"].lower()])
    return read


def digits_of(text: str) -> str:
    """The number of a text without what makes it short: "12,5" of "12,5 Tsd."; any other text as it is."""
    short = _SHORT.fullmatch(text.strip())
    return short["number"] if short else text


def _amount(short: re.Match[str], decimal: str) -> Number | None:
    return read_number(f"{short['number']}{short['behind'] or ''}", decimal)


def _plain(value: Decimal, decimal: str) -> str:
    return f"{value.normalize():f}".replace(".", decimal)
