"""Exports of surveys: one person a row, several answers in a cell, and how to reach people."""

from __future__ import annotations

import re
from collections.abc import Sequence

from data.inspection.columns.column import Column
from data.inspection.words.vocabulary import TELEPHONE_WORDS, words_in, words_of

_REACH = TELEPHONE_WORDS | words_in(
    """
    email mail address adresse anschrift street straße birthday birthdate
    dob ssn iban passport courriel correo dirección geburtsdatum
    """
)
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
_ONE = words_in(
    """
    respondent response participant student alumni alumnus alumna graduate person applicant candidate matrikel
    teilnehmer étudiant employee user resp
    """
)
_NUMBER = words_in("id no nr number nummer key code")
_SEVERAL = 0.3
"""Share of cells that hold several answers from which a column is one of lists."""


def reaches_people(column: Column) -> bool:
    """Whether a column says how to reach somebody, or who somebody is."""
    texts = list(column.values)[:200]
    found = sum(_ADDRESS.fullmatch(text) is not None for text in texts)
    return bool(set(words_of(column.header)) & _REACH and column.filled > 1) or bool(texts and found * 2 > len(texts))


def one_person_a_row(columns: Sequence[Column]) -> Column | None:
    """The column that numbers the people whose answers the rows are."""
    for column in columns:
        words = set(words_of(column.header))
        if words & _ONE and words & _NUMBER and len(column.values) == column.filled == column.rows > 1:
            return column
    return None


def divider(column: Column) -> str:
    """The mark between several answers in a cell; "" where cells hold one each.

    The same answers come again in other cells, which the parts of a sentence do not.
    """
    for mark in (";", "|"):
        texts = [text for text in column.values if mark in text]
        parts = [part.strip() for text in texts for part in text.split(mark) if part.strip()]
        cells = sum(column.values[text] for text in texts)
        if parts and cells >= _SEVERAL * column.filled and len(set(parts)) < len(parts):
            return mark
    return ""
