"""Reads numbers whose decimals are written in words: "two point five", "null Komma null fünf"."""

from __future__ import annotations

from decimal import Decimal

from data.language.typed_numbers.cardinals import cardinal
from data.language.typed_numbers.passage import Passage


def spoken_decimal(passage: Passage, index: int) -> tuple[Decimal, Decimal, int] | None:
    """The number that begins there, what its last digit counts, and the token behind it.

    Decimals are said one by one, "point two five", or together, "virgule vingt-cinq"; zeros always one by one.
    """
    words = passage.words
    whole = cardinal(passage, index)
    if whole is None or passage.low(whole[1]) not in words.decimal_signs:
        return None
    digits, here = "", whole[1] + 1
    while (digit := words.cardinals.get(passage.low(here))) is not None and digit < 10:
        digits, here = f"{digits}{digit}", here + 1
    if not digits.strip("0") and (together := cardinal(passage, here, scaled=False)) and together[0] < 100:
        digits, here = f"{digits}{together[0]}", together[1]
    if not digits:
        return None
    return Decimal(f"{whole[0]}.{digits}"), Decimal(1).scaleb(-len(digits)), here
