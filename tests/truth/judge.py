"""A judge's list: what each sentence of a project's documents asserts, told from its tables by code of its own."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from tests.truth.shown import PARAGRAPH, Block, plain

NUMBER_WORDS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
_SENTENCE = re.compile(r"(?<=[.!?:;])(?:\"|')?\s+(?=[\"'A-Z0-9£$])|" + re.escape(PARAGRAPH))


_IMPRINT = (r"^Edition [0-9a-f]{7}(?:$| ¶)", r"^Files, and the first digits of their SHA-256 checksums: .*")
"""What every document says of itself."""


class Rows(list[dict[str, str]]):
    """A table as its file says it."""

    def numbers(self, column: str) -> list[Decimal]:
        return [Decimal(row[column]) for row in self]

    def words(self, column: str) -> list[str]:
        return [plain(row[column]) for row in self]

    def of(self, column: str, word: str) -> dict[str, str]:
        """The one row that says so; LookupError where it is not one."""
        (found,) = [row for row in self if plain(row[column]) == plain(word)] or [None]
        if found is None:
            raise LookupError(f"no row says {word}")
        return found

    def number(self, key: str, word: str, column: str) -> Decimal:
        return Decimal(self.of(key, word)[column])

    def is_top(self, key: str, word: str, column: str) -> bool:
        """Whether a row alone has the highest value."""
        own = self.number(key, word, column)
        return all(Decimal(row[column]) < own for row in self if plain(row[key]) != plain(word))

    def by_time(self, time: str, column: str) -> list[Decimal]:
        return [Decimal(row[column]) for row in sorted(self, key=lambda row: Decimal(row[time]))]


Tables = dict[str, Rows]
"""By the names of the files, without ending."""


def tables_in(folder: Path) -> Tables:
    found: Tables = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found[path.stem] = Rows(csv.DictReader(file))
    return found


class Entry(NamedTuple):
    """An assertion: how it is known, and whether it is true of tables."""

    pattern: re.Pattern[str]
    holds: Callable[[Tables, Sequence[str]], bool]
    """Given the tables and the groups of the pattern."""
    original: bool
    """Whether the project as it is says so."""


class Lie(NamedTuple):
    where: str
    sentence: str
    assertion: str
    """The words that the judge knows it by."""


class Judge:
    """The list for one project."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.passed: list[re.Pattern[str]] = [re.compile(pattern) for pattern in _IMPRINT]
        self._known: dict[str, list[tuple[Entry, re.Match[str]]]] = {}  # most texts are the same after a change

    def says(self, pattern: str, holds: Callable[..., bool], *, original: bool = True) -> None:
        """Where documents show `pattern` (over plain text, in any case), `holds(tables, *groups)` is to be true."""
        told = re.compile(pattern, re.IGNORECASE)
        self.entries.append(Entry(told, lambda tables, groups: bool(holds(tables, *groups)), original))

    def otherwise(self, pattern: str, holds: Callable[..., bool]) -> None:
        """The same of what only documents of other data say."""
        self.says(pattern, holds, original=False)

    def passes(self, *patterns: str) -> None:
        """Sentences that say nothing about the tables, though they have numbers in them."""
        self.passed.extend(re.compile(pattern, re.IGNORECASE) for pattern in patterns)

    def lies(self, blocks: Iterable[Block], tables: Tables) -> Iterator[Lie]:
        for block in blocks:
            for entry, found in self._assertions(block.text):
                if not _holds(entry, tables, found.groups()):
                    yield Lie(block.where, _around(block.text, found.span()), entry.pattern.pattern)

    def _assertions(self, text: str) -> list[tuple[Entry, re.Match[str]]]:
        if text not in self._known:
            self._known[text] = [(entry, found) for entry in self.entries for found in entry.pattern.finditer(text)]
        return self._known[text]

    def unfound(self, blocks: Sequence[Block]) -> list[str]:
        """Patterns that no block of the project as it is shows."""
        return [
            entry.pattern.pattern
            for entry in self.entries
            if entry.original and not any(entry.pattern.search(block.text) for block in blocks)
        ]

    def unjudged(self, blocks: Iterable[Block], known: frozenset[str], words: frozenset[str]) -> Iterator[str]:
        """Sentences that are none of the `known` ones, as they stand or whatever numbers and `words` of tables they
        name, and that no entry is about."""
        for block in blocks:
            new = [
                (start, end)
                for start, end in sentences(block.text)
                if block.text[start:end] not in known and masked(block.text[start:end], words) not in known
            ]
            judged = list(self._spans(block.text)) if new else []
            for start, end in new:
                if not any(a < end and start < b for a, b in judged):
                    yield f"{block.where}: {block.text[start:end]}"

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        yield from (found.span() for _, found in self._assertions(text))
        yield from (found.span() for pattern in self.passed for found in pattern.finditer(text))

    def numbers_unjudged(self, blocks: Iterable[Block]) -> Iterator[str]:
        """Sentences of the project as it is that have a number and no entry."""
        numbers = re.compile(r"\d|\b(?:" + "|".join(NUMBER_WORDS) + r"|half|twice|third|doubl\w+)\b", re.IGNORECASE)
        for block in blocks:
            judged = list(self._spans(block.text))
            for start, end in sentences(block.text):
                if numbers.search(block.text[start:end]) and not any(a < end and start < b for a, b in judged):
                    yield f"{block.where}: {block.text[start:end]}"


def _holds(entry: Entry, tables: Tables, groups: Sequence[str]) -> bool:
    try:
        return entry.holds(tables, groups)
    except (LookupError, InvalidOperation, ArithmeticError, ValueError, TypeError):
        return False  # it speaks of a row that is not there, or of a number that is none


def sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in (*_SENTENCE.finditer(text), None):
        stop = end.start() if end else len(text)
        if text[start:stop].strip():
            yield start, stop
        start = end.end() if end else stop


def _around(text: str, span: tuple[int, int]) -> str:
    touched = [text[a:b] for a, b in sentences(text) if a < span[1] and span[0] < b]
    return " ".join(touched)[:400]


@lru_cache(8)
def _any_of(words: frozenset[str]) -> re.Pattern[str]:
    """Any of the words, the longest first; one pattern, for tables have hundreds."""
    said = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{said or '(?!)'})(?:s|'s)?(?!\w)")


def masked(sentence: str, words: frozenset[str]) -> str:
    """A sentence without its numbers and the words of tables."""
    said = _any_of(words).sub("¤", sentence.casefold())
    said = re.sub(rf"\b(?:{'|'.join(NUMBER_WORDS)})\b", "¤", said)
    said = re.sub(r"-?(?:\bs|\bus)?[$£€]?-?\d[\d,.]*(?:%|×|k\b|m\b)?", "¤", said)
    return re.sub(r"¤(?:[\s,;:–-]*(?:and )?¤)+", "¤", said).strip()


def table_words(tables: Tables) -> frozenset[str]:
    said = {plain(cell).casefold() for rows in tables.values() for row in rows for cell in row.values() if cell}
    return frozenset(word for word in said if len(word) > 1 and not re.fullmatch(r"[\d.]+", word))


# -- numbers as documents print them -----------------------------------------------


def value(text: str) -> Decimal:
    """Of a number as it is shown, in digits or as a word; its sign and thousands are read, its unit is not."""
    bare = text.strip().casefold()
    if bare in NUMBER_WORDS:
        return Decimal(NUMBER_WORDS.index(bare))
    found = re.fullmatch(r"(-?)(?:s|us)?[$£€]?(-?)([\d,]*\.?\d+)(%|×|k|m| percentage points?)?", bare)
    if not found:
        raise ValueError(text)
    size = {"k": 1000, "m": 1_000_000}.get(found[4] or "", 1)
    return Decimal(f"{found[1] or found[2]}{found[3].replace(',', '')}") * size


def shows(text: str, true: Decimal) -> bool:
    """Whether a number as it is shown is the true one, rounded to the digits that are shown."""
    shown = value(text)
    size = 3 * ("k" in text.casefold()) + 6 * ("m" in text.casefold())
    step = Decimal(1).scaleb(size - len(text.partition(".")[2].rstrip("%×kKmM")))
    return shown in (_rounded(true, step, ROUND_HALF_UP), _rounded(true, step, ROUND_HALF_EVEN))


def _rounded(true: Decimal, step: Decimal, how: str) -> Decimal:
    return (true / step).quantize(Decimal(1), how) * step
