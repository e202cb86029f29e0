"""Raised and lowered letters and digits of a cell, such as footnote marks, stay what they are when the cell is text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

Place = Literal["", "raised", "lowered"]

_RAISED = str.maketrans(
    "0123456789+-−=()abcdefghijklmnoprstuvwxyz",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
)
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_WORDS = {"tm": "™", "sm": "℠"}
_ORDINALS = frozenset(
    ("st", "nd", "rd", "th", "er", "re", "ère", "ème", "eme", "nde", "ers", "res", "me", "mme", "lle", "os", "as")
)
"""Endings that are raised for looks: 1st, 2nd, Mme."""


def with_places(runs: Iterable[tuple[str, Place]]) -> str:
    """The text of runs, raised and lowered ones in the characters that Unicode has for them.

    >>> with_places([("987", ""), ("2", "raised")]), with_places([("CO", ""), ("2", "lowered")])
    ('987²', 'CO₂')
    >>> with_places([("1", ""), ("st", "raised")])
    '1st'
    """
    return "".join(_placed(text, place) for text, place in runs)


def _placed(text: str, place: Place) -> str:
    word = text.strip().lower()
    if place == "lowered":
        return text.translate(_LOWERED)
    if place == "" or word in _ORDINALS:
        return text
    return _WORDS[word] if word in _WORDS else text.translate(_RAISED)
