"""Fairsheet's own words, in each language it speaks: those of charts, of documents and of sentences."""

from __future__ import annotations

from types import MappingProxyType

from data.language.chart_words import CHART_WORDS
from data.language.document_words import DOCUMENT_WORDS
from data.language.phrase_words import PHRASE_WORDS

_ALL = {one: {**DOCUMENT_WORDS[one], **PHRASE_WORDS[one], **own} for one, own in CHART_WORDS.items()}
LANGUAGES: tuple[str, ...] = tuple(_ALL)


_NUMBERS = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve",
    "de": "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf dix onze douze",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce",
}


_TOTALS = frozenset((
    "total", "totals", "grand total", "overall", "all", "sum", "gesamt", "insgesamt", "summe", "alle", "ensemble",
    "tous", "toutes", "total général", "somme", "todos", "todas", "total general", "suma",
))  # fmt: skip


def says_total(name: str) -> bool:
    """Whether a row is called a sum of the others, in any of our languages: "Total", "All graduates"."""
    said = name.casefold().strip(" :.")
    return said in _TOTALS or said.split(" ")[0] in ("total", "all", "gesamt", "insgesamt", "ensemble")


_QUOTATION_MARKS = {
    "en": ("“", "”", "‘", "’"),
    "de": ("„", "“", "‚", "‘"),
    "fr": ("«\u202f", "\u202f»", "‹\u202f", "\u202f›"),
    "es": ("«", "»", "“", "”"),
}


def quotation_marks(language: str) -> tuple[str, str, str, str]:
    """Opening and closing quotation mark of the language, and those of a quotation within one."""
    return _QUOTATION_MARKS[language.split("-")[0]]


def number_words(language: str) -> list[str]:
    """The whole numbers from zero to twelve, spelled out as one counts."""
    return _NUMBERS[language.split("-")[0]].split()


def words(language: str) -> MappingProxyType[str, str]:
    """Our words in `language`, a BCP 47 tag such as "de-DE"; the first subtag decides.

    Raises KeyError for a language that Fairsheet does not speak: `load_project` refuses it before.
    """
    return MappingProxyType(_ALL[language.split("-")[0]])
