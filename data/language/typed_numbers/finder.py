"""Finds the numbers in a text that look like data, and leaves those alone that name, count off, or say when."""

from __future__ import annotations

import re
from decimal import Decimal

import msgspec

from data.language.typed_numbers.advice import is_free
from data.language.typed_numbers.amounts import amount, phrased
from data.language.typed_numbers.cardinals import COMPOUND_ENDS
from data.language.typed_numbers.dates import is_time
from data.language.typed_numbers.names import is_name
from data.language.typed_numbers.passage import Passage, Read, passage
from data.language.typed_numbers.ratios import rank, ratio
from data.language.typed_numbers.shares import share
from data.language.typed_numbers.tokens import DASHES
from data.language.typed_numbers.typed_number import TypedNumber
from data.language.typed_numbers.vocabulary import triggers, vocabulary

_Place = tuple[TypedNumber, int, int]
"""A number, its first token, and the one behind it."""
_SPEAKER = re.compile(r"^[ \t>]*-- .*$", re.MULTILINE)
"""Who says what is quoted: their ages and years are no data."""
_PAGE = re.compile(r"(?:https?://|www\.)[^\s<>\"”]+")
_ADDRESS = re.compile(r"[^\s@<>]{1,64}@[^\s@<>]+")
_SUPERLATIVES = tuple(stem + end for stem in ("st", "ßt") for end in ("e", "en", "er", "es", "em"))
_PARTS = (Decimal("0.5"), Decimal("0.25"))
"""What a median and quartiles leave on their sides."""
_NEAR = 5


def typed_numbers(text: str, language: str) -> list[TypedNumber]:
    """The numbers of a text that look like data, in order; `language` is a tag such as "de-DE".

    Dates, times, telephones, names, idioms and numbers of advice are left out. Raises KeyError for a language that
    Fairsheet does not speak.
    """
    known, ends = triggers(language), _ends(language)
    text_read = passage(_without_addresses(text), language)
    found: list[_Place] = []
    index, tokens = 0, text_read.tokens
    while index < len(tokens):
        token = tokens[index]
        if token.kind != "number" and token.low not in known and not token.low.endswith(ends):
            index += 1
            continue
        behind = _left_alone(text_read, index)
        if behind is not None:
            index = behind
            continue
        read, counts = _read(text_read, index)
        if read is None:
            index += 1
            continue
        if not (counts and is_free(text_read, index, read[1], read[0])):
            found.append((read[0], index, read[1]))
        index = read[1]
    said = [one for place, one in enumerate(found) if not _defines(text_read, found, place)]
    return _with_units(text_read, said)


def _without_addresses(text: str) -> str:
    """The text with blanks for what no number is looked for in."""
    for pattern, sign in ((_SPEAKER, "-- "), (_ADDRESS, "@"), (_PAGE, "://"), (_PAGE, "www.")):
        if sign in text:
            text = pattern.sub(lambda found: "\ufffc" + " " * (len(found[0]) - 1), text)
    return text


def _read(read: Passage, index: int) -> tuple[Read | None, bool]:
    """The number that begins there, and whether it is an amount rather than a rank, a ratio or a share."""
    relative = None if phrased(read, index) else rank(read, index) or ratio(read, index) or share(read, index)
    return (relative, False) if relative else (amount(read, index), True)


def _defines(read: Passage, found: list[_Place], place: int) -> bool:
    """Whether a half, with another in its sentence, says what a median is: half earn more, half earn less."""
    part = found[place][0]
    if not _is_part(part):
        return False
    sentence = read.sentence(found[place][1])
    near = found[max(0, place - _NEAR) : place] + found[place + 1 : place + 1 + _NEAR]
    other = any(_is_part(one) and one.number == part.number and first in sentence for one, first, _ in near)
    return other and any(read.low(here).startswith(read.words.halves) for here in sentence)


def _is_part(number: TypedNumber) -> bool:
    return number.unit == "share" and number.number in _PARTS and number.kind == "words"


def _ends(language: str) -> tuple[str, ...]:
    """How words end that are numbers, in a language that makes one word of them."""
    fold = vocabulary(language).fold or ("\0",)
    return (*COMPOUND_ENDS, *_SUPERLATIVES, *fold) if language[:2] == "de" else fold


def _left_alone(read: Passage, index: int) -> int | None:
    """The token behind something that is no data."""
    phrases = read.words.idioms.get(read.low(index))
    if phrases and (behind := read.behind(index, phrases)):
        return behind
    if read.at(index).kind == "number" and rank(read, index):
        return None  # "3. größte" is no date
    return is_time(read, index) or is_name(read, index)


def _with_units(read: Passage, found: list[_Place]) -> list[TypedNumber]:
    """Gives the ends of a range one unit: "$41,000–52,000", "41 to 52 percent"."""
    numbers = [one for one, _, _ in found]
    for place in range(len(found) - 2, -1, -1):
        (one, _, behind), (_, first, _) = found[place], found[place + 1]
        other = numbers[place + 1]
        joined = first == behind + 1 and (read.low(behind) in DASHES or read.low(behind) in read.words.ranges)
        if not joined or "ratio" in (one.unit, other.unit) or "share" in (one.unit, other.unit):
            continue
        if other.unit and not one.unit:
            numbers[place] = msgspec.structs.replace(one, unit=other.unit)
        elif one.unit and not other.unit and read.low(behind) in DASHES:
            numbers[place + 1] = msgspec.structs.replace(other, unit=one.unit)
    return numbers
