"""Values as a sentence lists them: "Google, IBM, and Microsoft", "41, 45, and 52%"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Literal

from babel import Locale

from data.effort import spend
from data.language.show import NumberStyle, show
from data.phrases.phrase import Phrase, Piece, Words, plain_value
from data.phrases.plural import agreeing
from data.phrases.rows import apart
from data.tables.refusals import MissingError
from data.tables.table import Table
from data.tables.value import Interval, Measure, Value

Joining = Literal["and", "or"]
_PATTERNS: dict[Joining, str] = {"and": "standard", "or": "or"}
_SAID_ONCE = frozenset(("percent", "money"))


def listed(table: Table, name: str, joining: Joining = "and", forms: Mapping[str, str] | None = None) -> Phrase:
    """The values of a field as a list, each once, in the order of the rows; the items of lists one by one.

    Behind it stands the form of a word that goes with as many, where `forms` are given: "has", "have".

    Raises MissingError where a row has no value, and where no row is left.
    """
    found: dict[str, Value | Interval] = {}
    spend(len(table))
    if not len(table):
        raise MissingError(f"no row of '{table.name}' is left to be listed")
    for value in table.values(name):
        if value.missing:
            gap = value.gap if isinstance(value, Value) else "an end of the range is empty"
            raise MissingError(
                f"'{name}' has no value in a row of '{table.name}', {gap}",
                remedy=f"Leave such rows out: .where('{name} != None').",
            )
        items = list(value) if isinstance(value, Value) and value.measure.type == "list" else [value]
        for item in items:
            found.setdefault(show(item, "exact", table.language), item)
    items = [plain_value(*one) for one in unit_once(list(found.values()), table.language)]
    whole = in_a_row(items, table.language, joining)
    if forms is None:
        return whole
    word = Value(agreeing(Decimal(len(items)), table.language, forms), Measure("text"))
    return Phrase((*whole.pieces, " ", (word, "rounded")))


def unit_once(values: Sequence[Value | Interval], language: str) -> list[tuple[Value | Interval, NumberStyle]]:
    """Values and how each is shown in a list: what stands behind a number is said behind the last one alone.

    Rounded, where that leaves them apart; else exactly.
    """
    style = apart(values, language)
    first = values[0].measure
    behind = (
        first.type in _SAID_ONCE
        and style == "rounded"
        and all(isinstance(v, Value) and v.mark is None for v in values)
        and len({(v.measure.type, v.measure.unit) for v in values}) == 1
        and show(values[-1], style, language).lstrip("\u2212")[:1].isdigit()
    )
    last = len(values) - 1
    return [(value, "number" if behind and i < last else style) for i, value in enumerate(values)]


def in_a_row(items: Sequence[Phrase], language: str, joining: Joining = "and") -> Phrase:
    """Phrases as the language lists them, by the patterns of the Unicode CLDR (UTS 35, part 2, "List Patterns").

    Where an item holds a comma, or the word that joins the last, semicolons set the items apart. Spanish "y" and "o"
    become "e" and "u" before their own sound, as the Real Academia Española has it.
    """
    if len(items) == 1:
        return items[0]
    patterns = Locale.parse(language, sep="-").list_patterns[_PATTERNS[joining]]
    word = patterns["2"].replace("{0}", "").replace("{1}", "")
    between, last = _between(patterns["start"]), word if len(items) == 2 else _between(patterns["end"])
    if any(_is_like_several(item, word.strip(), language) for item in items):
        apart = "\u00a0;" if language.split("-")[0] == "fr" else ";"
        between, last = f"{apart} ", f"{apart}{word}"
    if language.split("-")[0] == "es":
        last = _before_its_sound(last, _begins(items[-1], language))
    pieces: list[Piece] = []
    for index, item in enumerate(items):
        if index:
            pieces.append(last if index == len(items) - 1 else between)
        pieces.extend(item.pieces)
    return Phrase(tuple(pieces))


def _between(pattern: str) -> str:
    return pattern.replace("{0}", "").replace("{1}", "")


def _is_like_several(item: Phrase, joining: str, language: str) -> bool:
    """Whether a name or a day in it has a comma, as it is printed, or the joining word; a decimal comma sets nothing
    apart."""
    values = (piece for piece in item.pieces if isinstance(piece, tuple))
    said = (
        show(*piece, language)
        for piece in values
        if isinstance(piece[0].content if isinstance(piece[0], Value) else None, str)
    )
    return any("," in words or joining in words.casefold().split() for words in said)


def _begins(item: Phrase, language: str) -> str:
    """The words that an item begins with."""
    first = item.pieces[0]
    match first:
        case str() as text:
            return text
        case Words(text):
            return text
        case _:
            return show(*first, language)


def _before_its_sound(word: str, following: str) -> str:
    """Ortografía de la lengua española (2010): "e" before the sound [i], not before a diphthong; "u" before [o].

    Quotation marks make no sound, and abbreviations are no diphthongs: "datos e IA".
    """
    following = following.lstrip("«“‘\"'(¿¡")
    spelled = len(following) > 1 and following[:2].isupper()
    following = following.casefold()
    if re.match(r"(i|í|hi|hí)(?![aeoáéó])", following) or (spelled and following[0] == "i"):
        return word.replace(" y ", " e ")
    if re.match(r"(o|ó|ho|hó|8|11(?!\d))", following):
        return word.replace(" o ", " u ")
    return word
