"""Units that stand in a header, and whether they are those that the field declares."""

from __future__ import annotations

import re
from decimal import Decimal

from data.cells.numbers import CURRENCIES
from data.settings import FieldSettings

_FACTORS = {
    Decimal(1000): re.compile(
        r"\b(?:thousands?|thous|tsd|tausend|milliers?|miles|k)\b|['\u2019]?\b000s?\b", re.IGNORECASE
    ),
    Decimal(10) ** 6: re.compile(r"\b(?:millions?|mio|mill|mn|millionen|millones)\b", re.IGNORECASE),
    Decimal(10) ** 9: re.compile(r"\b(?:billions?|bn|mrd|milliarden?|milliards?)\b", re.IGNORECASE),
}
_PERCENT = re.compile(r"%|\bper ?cent\b|\bprozent\b|\bpour ?cent\b|\bpor ciento\b|\bpct\b", re.IGNORECASE)


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
