"""Takes a text apart into numbers, words and signs."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from babel.numbers import get_decimal_symbol
from msgspec import Struct

HYPHENS = frozenset("-‐‑")
DASHES = HYPHENS | {"–", "—"}
"""Signs that stand between the ends of a range."""
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
_LONGEST = 60
"""Characters of the longest word or number that is read."""
_ENDS = frozenset(".!?:;…\n•|")


@lru_cache
def _separators(language: str) -> tuple[str, str]:
    """What may stand between thousands, and the decimal sign, where the language of a tag such as "de-CH" is written.

    Where a comma is the decimal sign, a point between thousands is understood as well, and the other way round.
    """
    usual = {"en": "en_US", "de": "de_DE", "fr": "fr_FR", "es": "es_ES"}
    place = language.replace("-", "_")
    point = get_decimal_symbol(usual.get(place, place))
    plain = "" if language[:2] == "en" else " "
    return f"{'.' if point == ',' else ','}’'{_BLANKS}{plain}", point


@lru_cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What a token is, and what a number with thousands is."""
    between, point = _separators(language)
    grouped = rf"[1-9]\d{{0,2}}(?:[{re.escape(between)}]\d{{3}})+(?!\d)(?:{re.escape(point)}\d+)?"
    token = re.compile(rf"(?P<number>(?<!\d){grouped}|\d+[.,]\d+|\d+)|(?P<word>[^\W\d_]+)|(?P<sign>[^\w\s]|_|{_BREAK})")
    return token, re.compile(grouped)


def tokens(text: str, language: str) -> list[Token]:
    """The tokens of a text, in order."""
    found: list[Token] = []
    last, opens = 0, True
    for match in _patterns(language)[0].finditer(text):
        start, end, said = match.start(), match.end(), match.group()
        kind = match.lastgroup if end - start <= _LONGEST else "sign"
        blank = start > last or start == 0 or text[start - 1] == "\n"
        begins = opens and (blank or kind != "number")
        found.append(Token(start, end, said.lower(), kind, blank, said[0].isupper(), begins))  # pyright: ignore[reportArgumentType]  # the pattern's own groups
        last = end
        opens = kind == "sign" and (said in _ENDS or (opens and said not in ",)"))
    return found


def said_number(written: str, language: str) -> tuple[Decimal, int]:
    """What digits say, and how many of them are decimals."""
    between, point = _separators(language)
    if _patterns(language)[1].fullmatch(written):
        written = written.translate({ord(sign): None for sign in between})
        whole, _, decimals = written.partition(point)
    else:
        whole, _, decimals = written.replace(",", ".").partition(".")
    return Decimal(f"{whole}.{decimals}" if decimals else whole), len(decimals)
