"""Words that a condition puts into an order with a level or a date: what is none has no place in it."""

from __future__ import annotations

import re

from data.tables.measure import Measure
from data.tables.refusals import UnitError

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
"""A year, a month or a day, as ISO 8601 writes them."""


def out_of_order(content: str, measure: Measure, word: str, after: bool) -> UnitError | None:
    """Why a level or a date is neither before nor after a word (`after`: whether that is asked); None where it is.

    A day lies within its year, so that it is neither after nor before that; but it is not before it either.
    """
    if measure.type == "level" and word not in measure.levels:
        return UnitError(f"'{word}' is no level", f"Write one of these: {', '.join(measure.levels)}.")
    if measure.type != "date" or not _DATE.fullmatch(content):
        return None
    if not _DATE.fullmatch(word):
        return UnitError(f"'{word}' is no date", "Write it as 2024-05-31, 2024-05 or 2024, in quotation marks.")
    if content != word and (word.startswith(content) or (after and content.startswith(word))):
        inner, outer = sorted((content, word), key=len, reverse=True)
        return UnitError(f"{inner} lies in {outer}, neither before nor after it", "Compare dates of one precision.")
    return None
