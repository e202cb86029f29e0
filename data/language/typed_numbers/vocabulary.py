"""What has to be known of a language to find the numbers that are written in it."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from importlib import import_module

from msgspec import Struct

CODES = frozenset((
    "usd", "eur", "gbp", "chf", "cad", "aud", "nzd", "sgd", "jpy", "cny", "inr", "sek", "nok",
    "dkk", "pln", "mxn", "brl", "clp", "cop",
))  # fmt: skip
"""Codes of ISO 4217 that are written before and behind amounts."""
CURRENCIES = frozenset(("$", "£", "€", "¥", "₹", "us", "c", "ca", "s", "hk", "nz", "au"))
"""What may stand before an amount of money."""
Phrases = tuple[tuple[str, ...], ...]


def phrases(lines: str) -> Phrases:
    """Phrases that stand between commas or on lines, each as its words; longest first."""
    found = [tuple(line.split()) for part in lines.splitlines() for line in part.split(",") if line.strip()]
    return tuple(sorted(found, key=len, reverse=True))


def numbered(words: str, first: int = 0) -> dict[str, int]:
    """Words that count on from a number; "/" stands between words that say the same."""
    return {one: first + n for n, same in enumerate(words.split()) for one in same.split("/")}


class Vocabulary(Struct, frozen=True):
    """The words of one language, all in small letters."""

    cardinals: dict[str, int]
    """Words below 1,000 that add up: five, twenty, doscientos."""
    hundred: frozenset[str]
    """What multiplies by a hundred."""
    scales: dict[str, int]
    """What multiplies by more: thousand, million, Mio."""
    shortened: frozenset[str]
    """Scales with a full stop behind them."""
    short_scales: dict[str, int]
    """Letters that do so right behind digits: 28k, 1.2bn."""
    joints: frozenset[str]
    """What may stand between two parts of one number: two hundred and five, vingt et un."""
    weak: frozenset[str]
    """Words for one, which are articles and pronouns as well."""
    articles: frozenset[str]
    """Those that are never the one in "one in five"."""
    only: frozenset[str]
    """What makes a number of a weak word: only one."""
    decimal_signs: frozenset[str]
    """What stands before decimals in words: point, Komma."""
    phrased: dict[tuple[str, ...], Decimal]
    """Numbers that words say otherwise: half a million."""
    about: Phrases
    """What says of the number behind it that it is not exact."""
    minus: frozenset[str]
    percent: Phrases
    points: Phrases
    times: Phrases
    """What is behind a number that is a ratio: times, fois, mal."""
    fold: tuple[str, ...]
    """What ends a word that is a ratio: threefold, dreifach."""
    currencies: dict[str, str]
    and_a_half: Phrases
    between_unit: frozenset[str]
    """What may stand between a scale and its unit: millions d'euros."""
    fractions: dict[str, int]
    """Words for a part, with how many of it make the whole: third, Drittel."""
    fraction_phrases: dict[tuple[str, ...], int]
    """Fractions of two words: cuarta parte."""
    bare_fractions: Phrases
    """Fractions that need no number before them: half, la moitié, le tiers."""
    strict: frozenset[str]
    """Fractions that are ordinals, or times, as well: "a third" may be a third interview."""
    after_share: frozenset[str]
    """What is behind such a word where it is a fraction."""
    in_each: Phrases
    """What stands within one in five, two out of three, uno de cada cinco."""
    far_in_each: Phrases
    """Those before which a noun may stand: un diplômé sur cinq."""
    determined: frozenset[str]
    """What makes two counts of "two of the ten", and data of a number in advice."""
    every: frozenset[str]
    ordinals: dict[str, int]
    ordinal_ends: frozenset[str]
    """What is behind digits that are an ordinal: 3rd, 2e."""
    superlatives: tuple[str, ...]
    """Ends of words behind an ordinal that state a rank: largest, most."""
    far_superlatives: Phrases
    """What states a rank behind a noun: le deuxième salaire le plus élevé."""
    not_superlative: frozenset[str]
    """Words that only end so: rest, interest."""
    rank_stems: tuple[str, ...]
    """How words begin that are an ordinal and a superlative: drittgrößte."""
    ranks: frozenset[str]
    """What else makes a rank of an ordinal: it ranks third, in third place."""
    ratios: dict[str, Decimal]
    """Words that are ratios: twice, doubled, verdoppelt."""
    not_ratio: frozenset[str]
    """What is behind such a word where it is none: double major."""
    adverbs: frozenset[str]
    """Those that are ratios only before some words: twice as many, but check twice."""
    after_adverb: frozenset[str]
    """What is behind those, and behind "4 times" where that is a ratio."""
    ratio_phrases: dict[tuple[str, ...], Decimal]
    months: frozenset[str]
    month_links: frozenset[str]
    """What may stand between a day and its month: 3rd of March, 3 de marzo."""
    clock: Phrases
    """What is behind a time of day."""
    spelled_clock: Phrases
    """What is behind one that is written in words."""
    before_hour: Phrases
    """What is before it: quarter to, halb."""
    hours: Phrases
    """What is behind one where something of `before_clock` is before it: à neuf heures."""
    before_clock: Phrases
    before_year: frozenset[str]
    """Words behind which a number from 1900 to 2100 is a year, whatever follows."""
    counted: tuple[str, ...]
    """Nouns that make a count of a number that could be a year."""
    labels: frozenset[str]
    """What a number behind it names: page, Hall, Raum."""
    label_ends: tuple[str, ...]
    """How words end that do so, where one word is made of several: Entgeltgruppe."""
    street_before: frozenset[str]
    """What a street begins with, before its name and the number: calle Mayor 12."""
    streets: tuple[str, ...]
    """Ends of words with house numbers."""
    street_words: frozenset[str]
    """Words of addresses that follow the number: Main Street, rue."""
    idioms: dict[str, Phrases]
    """Phrases in which a number word is none, by their first word."""
    time_nouns: tuple[str, ...]
    """Beginnings of words for lengths of time."""
    around_time: frozenset[str]
    """What is before a length of time that only says when, or how long."""
    behind_time: frozenset[str]
    """What is behind one that does: six months after."""
    measures: tuple[str, ...]
    """Beginnings of words in sentences where a length of time was measured: on average, rose."""
    halves: tuple[str, ...]
    """Beginnings of words in sentences with two halves that say what a median is: more, below."""
    imperatives: frozenset[str]
    imperative_ends: tuple[str, ...]
    """How a first word ends that tells to do something: Préparez."""
    leading: frozenset[str]
    """What may stand before a word that tells to do something: then, next."""
    polite: frozenset[str]
    """What is behind a word with such an end: Fragen Sie."""
    advising: frozenset[str]
    """Words that make advice of a sentence: should."""
    rather: frozenset[str]
    """Words of a sentence that prefers one round number to another: lieber."""
    things: tuple[str, ...]
    """Beginnings of nouns that advice counts: copies, questions."""
    pairs: frozenset[str]
    """What is before a two that means both, as no noun is behind it: the two differ."""
    behind_pair: frozenset[str]
    rhetoric: tuple[str, ...]
    """Beginnings of nouns that a writer counts off, and no table: reasons, answers."""
    ranges: frozenset[str]
    """Words between the ends of a range: to, bis."""


def idioms(lines: str) -> dict[str, Phrases]:
    """Phrases by their first word."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases(lines):
        found.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(rest) for first, rest in found.items()}


def listed(lines: str) -> tuple[str, ...]:
    """Words with blanks between them, in order."""
    return tuple(lines.split())


def words_of(lines: str) -> frozenset[str]:
    """Words with blanks between them."""
    return frozenset(lines.split())


_FILES = {"en": "english", "de": "german", "fr": "french", "es": "spanish"}


@lru_cache
def vocabulary(language: str) -> Vocabulary:
    """The words of a language, of a tag such as "de-DE". Raises KeyError for one that Fairsheet does not speak."""
    room = __name__.rpartition(".")[0]
    return import_module(f"{room}.{_FILES[language.split('-')[0]]}").WORDS


@lru_cache
def triggers(language: str) -> frozenset[str]:
    """Every word at which a number, or a phrase in which none is, may begin."""
    words = vocabulary(language)
    firsts = [phrase[0] for phrase in (*words.bare_fractions, *words.ratio_phrases, *words.phrased)]
    numbers = (words.cardinals, words.scales, words.ordinals, words.ratios)
    others = (words.hundred, words.weak, words.every, words.idioms, CODES, CURRENCIES, firsts)
    return frozenset(word for known in (*numbers, *others) for word in known)
