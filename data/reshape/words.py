"""Whether a cell says what the project file means, however it was typeset."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from data.errors import Place
from data.pattern import Pattern, user_pattern

_SAME = str.maketrans({
    "\u2018": "'", "\u2019": "'", "\u02bc": "'", "`": "'", "\u00b4": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"',
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-",
    "\u00ad": None, "\u200b": None, "\u2060": None, "\ufeff": None,
})  # fmt: skip


def plain(text: str) -> str:
    """`text` as one types it: straight apostrophes and quotes, hyphens for dashes, single spaces.

    >>> plain("Taux d\u2019insertion\u00a0(%) \\n brut")
    "Taux d'insertion (%) brut"
    """
    return " ".join(text.translate(_SAME).split())


_POWER = re.compile(r"(?:^|[\s(\[/·*.,\d-])(?:[kcdmµn]?m|ft|in|mi|yd|nmi|s|h|R|r|χ|η|x)[²³23]$|(?:CO|NO|SO|co)[₂²2]$")


def is_power(text: str) -> bool:
    """Whether the sign at the end of a text belongs to its unit, and is no footnote mark: "km²", "R²", "m3".

    >>> is_power("Area in km²"), is_power("Population²")
    (True, False)
    """
    return _POWER.search(text) is not None


def listed(words: str | Sequence[str]) -> tuple[str, ...]:
    """One word or several, as several."""
    return (words,) if isinstance(words, str) else tuple(words)


def find_column(header: Sequence[str], *wanted: str) -> int | None:
    """Place of the column that is called `wanted`, of several names by the first that is there.

    Typographic differences do not matter where one column is left.
    """
    for one in wanted:
        if one in header:
            return header.index(one)
        alike = [index for index, name in enumerate(header) if plain(name) == plain(one)]
        if len(alike) == 1:
            return alike[0]
    return None


def says(word: str, place: Place) -> Callable[[str], bool]:
    """A test of cells: they say `word`, or the regular expression between slashes is found in them.

    Raises ProjectError for an expression that is none.
    """
    pattern = _between_slashes(word, place)
    if pattern is not None:
        return lambda text: pattern.search(text.strip()) is not None
    wanted = plain(word)
    return lambda text: plain(text) == wanted


def begins_with(word: str, place: Place) -> Callable[[str], bool]:
    """A test of cells: they begin with `word`, or the regular expression between slashes matches their beginning."""
    pattern = _between_slashes(word, place)
    if pattern is not None:
        return lambda text: pattern.match(text.strip()) is not None
    wanted = plain(word)
    return lambda text: plain(text).startswith(wanted)


def _between_slashes(word: str, place: Place) -> Pattern | None:
    if len(word) < 3 or not (word.startswith("/") and word.endswith("/")):
        return None
    return user_pattern(word[1:-1], place)
