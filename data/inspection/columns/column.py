"""One column as it is looked at, and what was found in it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct, field

from data.inspection.columns.numbers import Mark, Number, read_number
from data.inspection.words.vocabulary import GROUP_WORDS, words_of


class Column(Struct, frozen=True):
    """The cells of one column under its header."""

    index: int
    """Its place among the grid's columns, from 0."""
    header: str
    """What `column = "..."` would call it; "" where the table does not name it."""
    values: Mapping[str, int]
    """Each text that stands in it, and how often; empty cells are left out."""
    rows: int
    """Cells of the column, empty ones included."""
    description: str = ""
    """What another sheet of the workbook says about it."""
    format: str = ""
    """What its numbers are formatted as: "percent", "percent in some", "percent sign", "code", or a currency's code."""
    unit: str = ""
    """What a row below the header says that it is counted in."""
    _read: dict[Mark, Mapping[str, Number]] = field(default_factory=dict[Mark, Mapping[str, Number]])
    """Its numbers by decimal mark, once somebody has asked for them."""

    def numbers(self, mark: Mark) -> Mapping[str, Number]:
        """Those of its texts that write a number with this decimal mark, each read once however often it is asked."""
        if mark not in self._read:
            self._read[mark] = {text: number for text in self.values if (number := read_number(text, mark)) is not None}
        return self._read[mark]

    @property
    def said(self) -> str:
        """Its header, with the unit that stands below that."""
        return f"{self.header} {self.unit}".strip()

    @property
    def filled(self) -> int:
        return sum(self.values.values())

    @property
    def words(self) -> frozenset[str]:
        """The words of header and description."""
        return frozenset(words_of(self.said)) | frozenset(words_of(self.description))

    @property
    def unnamed(self) -> bool:
        """Whether the header says only which year or number it is, so that the table's title says what is measured."""
        return not any(character.isalpha() or character in "%$€£¥" for character in self.header)

    @property
    def about_a_group(self) -> bool:
        """Whether the header says nothing but whom its numbers are about, men or women, beside years."""
        words = [word for word in words_of(self.header) if not word.isdecimal()]
        return bool(words) and set(words) <= GROUP_WORDS

    @property
    def distinct(self) -> bool:
        """Whether every row has a value, and each a different one."""
        return len(self.values) == self.rows > 1


class Limit(Struct, frozen=True):
    """A number that a mark only says to be above or below."""

    words: str
    """As the file says it: "$115.00 per hour"."""
    value: Decimal
    kind: str
    """"money" or "percent"."""
    per: str = ""
    """The span of time that it is for: "hour", "year"; "" where it names none."""


class Legend(Struct, frozen=True):
    """What the notes say a mark means."""

    meaning: str
    """A meaning that `missing` knows; "?" where the words are none of them."""
    words: str
    """The notes' own words."""
    limits: tuple[Limit, ...] = ()
    """Amounts that the words name."""
    several: bool = False
    """Whether the words name several meanings: "unknown or confidential"."""


class Context(Struct, frozen=True):
    """What is known about the whole table when a column is looked at."""

    decimal: str = "."
    title: str = ""
    measure: str = ""
    """In what a line above the table says that its numbers are counted."""
    measured_in: str = ""
    """ISO code of the currency that this line names."""
    currency: str = ""
    """ISO code of the only currency that title and notes name."""
    currency_reason: str = ""
    currency_column: str = ""
    """Header of the column that says each row's currency."""
    multiply: int = 1
    multiply_kind: str = ""
    """What is counted in thousands or millions: "money" or "count"."""
    multiply_reason: str = ""
    mixed: str = ""
    """Header of the column that says in each row whether it holds counts or percentages."""
    legend: Mapping[str, Legend] = field(default_factory=dict[str, Legend])
    words: Mapping[str, str] = field(default_factory=dict[str, str])
    """What notes say that codes among words stand for."""
    language: str = "en-US"
    percentages: bool = False
    """Whether another column under a percent sign has numbers over 1, so that all are percentages."""
    currency_line: str = ""
    """What is said of the currency, with the line that names it."""

    def words_in(self, line: str) -> tuple[str, ...]:
        """The codes among words that a line explains."""
        return tuple(code for code, meaning in self.words.items() if meaning in line and code in line)


class Finding(Struct, frozen=True):
    """What a column holds, in the words of project.toml, and why."""

    type: str
    """A field type, or "empty"."""
    settings: Mapping[str, object] = field(default_factory=dict[str, object])
    marks: tuple[str, ...] = ()
    """Texts in the column that stand for no value."""
    reasons: tuple[str, ...] = ()
    guess: bool = False
    """Whether the file only makes it likely."""
    choices: tuple[str, ...] = ()
    """What could be written of it, where the file leaves it open."""
