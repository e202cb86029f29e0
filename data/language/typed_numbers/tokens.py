"""Takes a text apart into numbers, words and signs."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from babel.numbers import get_decimal_symbol, get_group_symbol
from msgspec import Struct

_BLANKS = "\u00a0\u202f\u2009"
"""Spaces that may stand within a number in every language; a plain one where the language writes it so."""


_BREAK = r"\n(?=[ \t]*(?:\n|\Z|[-*+#|>:]|\d+[.)][ \t]))"
"""A line break behind which a paragraph, heading, row or item begins; others are blanks."""


class Token(Struct, frozen=True):
    """A number in digits, a word, or a single sign."""

    start: int
    end: int
    low: str
    """As it is written, in small letters."""
    kind: Literal["number", "word", "sign", ""]
    spaced: bool
    """Whether something blank, or the beginning of the text, is before it."""
    capital: bool
    """Whether it begins with a capital letter."""
    opens: bool
    """Whether it begins a sentence, a line or a clause after a colon."""


NOTHING = Token(0, 0, "", "", True, False, False)
"""What stands before the first and behind the last token."""
_ENDS = frozenset(".!?:;…\n•|")


@lru_cache
def separators(language: str) -> tuple[str, str]:
    """What stands between thousands, and the decimal sign, where the language of a tag such as "de-CH" is written."""
    usual = {"en": "en_US", "de": "de_DE", "fr": "fr_FR", "es": "es_ES"}
    place = language.replace("-", "_")
    place = usual.get(place, place)
    return get_group_symbol(place), get_decimal_symbol(place)


@lru_cache
def _pattern(language: str) -> re.Pattern[str]:
    group, point = separators(language)
    between = re.escape(
        group + _BLANKS + ("" if language[:2] == "en" else " ") + ("'’" if language[:2] == "de" else "")
    )
    return re.compile(
        rf"(?P<number>(?<!\d)\d{{1,3}}(?:[{between}]\d{{3}})+(?!\d)(?:{re.escape(point)}\d+)?|\d+[.,]\d+|\d+)"
        rf"|(?P<word>[^\W\d_]+)|(?P<sign>[^\w\s]|_|{_BREAK})"
    )


def tokens(text: str, language: str) -> list[Token]:
    """The tokens of a text, in order."""
    found: list[Token] = []
    last, opens = 0, True
    for match in _pattern(language).finditer(text):
        kind, start, end = match.lastgroup, match.start(), match.end()
        said = match.group()
        blank = start > last or start == 0 or text[start - 1] == "\n"
        begins = opens and (blank or kind != "number")
        found.append(Token(start, end, said.lower(), kind, blank, said[0].isupper(), begins))  # pyright: ignore[reportArgumentType]  # the pattern's own groups
        last = end
        opens = kind == "sign" and (said in _ENDS or (opens and said not in ",)"))
    return found


def said_number(written: str, language: str) -> tuple[Decimal, int]:
    """What digits say, and how many of them are decimals."""
    group, point = separators(language)
    for blank in f"{_BLANKS} '’{group if group not in '.,' else ''}":
        written = written.replace(blank, "")
    if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(group)}\d{{3}})+(?:{re.escape(point)}\d+)?", written):
        written = written.replace(group, "")
    whole, _, decimals = written.replace(",", ".").partition(".")
    return Decimal(f"{whole}.{decimals}" if decimals else whole), len(decimals)
