"""Units that stand in a header, and whether they are those that the field declares."""

from __future__ import annotations

import re
from decimal import Decimal

from data.cells.numbers import CURRENCIES
from data.settings.fields import FieldSettings

_FACTORS = {
    Decimal(1000): re.compile(
        r"\b(?:thousands?|thous|tsd|tausend|milliers?|miles|k)\b|['\u2019]?\b000s?\b", re.IGNORECASE
    ),
    Decimal(10) ** 6: re.compile(r"\b(?:millions?|mio|mill|mn|millionen|millones)\b", re.IGNORECASE),
    Decimal(10) ** 9: re.compile(r"\b(?:billions?|bn|mrd|milliarden?|milliards?)\b", re.IGNORECASE),
}
_SHORT = {
    Decimal(1000): re.compile(r"(?<![A-Za-z])(?:k|K|TEUR|T(?=\s?[€$£])|TCHF)(?![a-z])"),
    Decimal(10) ** 6: re.compile(r"(?<![A-Za-z])(?:M|MM)(?![A-Za-z])"),
    Decimal(10) ** 9: re.compile(r"(?<![A-Za-z])(?:B|Md|Mds)(?![A-Za-z])"),
}
"""What formats write behind a number in short."""
_PERCENT = re.compile(r"%|\bper ?cent\b|\bprozent\b|\bpour ?cent\b|\bpor ciento\b|\bpct\b", re.IGNORECASE)


def factor_of(said: str, thousands: int = 0) -> Decimal | None:
    """What the words of a number format multiply by, "k", "Mio. €"; None where they say nothing of it.

    `thousands` is how many times the format divides by a thousand: then "t" and "m" are no tonnes and metres.
    """
    found = (number for factors in (_FACTORS, _SHORT) for number, word in factors.items() if word.search(said))
    if (factor := next(found, None)) is not None:
        return factor
    short = {1: r"(?<![a-z])(?:t|th)\b", 2: r"(?<![a-z])mm?\b", 3: r"(?<![a-z])b\b"}.get(thousands)
    return Decimal(1000) ** thousands if short and re.search(short, said, re.IGNORECASE) else None


def contradiction(said: str, field: FieldSettings) -> tuple[str, str] | None:
    """What a unit in a header, "in thousands", "USD", "%", says against the field's settings, as message and remedy."""
    factor = next((number for number, pattern in _FACTORS.items() if pattern.search(said)), Decimal(1))
    if factor != field.multiply:
        return (
            f"the header counts in '{said}', and the field has multiply = {field.multiply:f}.",
            f"Write multiply = {factor:f}.",
        )
    if _PERCENT.search(said) and field.type != "percent":
        return f"the header is in '{said}', and the field is no percent field.", 'Write type = "percent".'
    for token in re.findall(r"[^\s\d,;/]+", said):
        codes = CURRENCIES.get(token) or (frozenset((token,)) if re.fullmatch("[A-Z]{3}", token) else None)
        if codes and field.type in ("money", "range") and field.unit is not None and field.unit not in codes:
            return f"the header is in '{token}', and the field is in {field.unit}.", "Correct the unit."
    return None
