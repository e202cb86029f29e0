"""What the lines above and below a table, and its columns together, say about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from data.inspection.column import Column, Context, Legend
from data.inspection.layout import Layout
from data.inspection.marks import legend_in
from data.inspection.numbers import decimal_votes
from data.inspection.vocabulary import (
    COUNT_WORDS,
    CURRENCY_CODES,
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    MILLIONS,
    PERCENT_WORDS,
    THOUSANDS,
    words_of,
)

_KEYS = {
    "title": ("title", "titel", "titre", "título", "table title"),
    "source": ("source", "data source", "sources", "quelle", "quellen", "datenquelle", "fuente", "source des données"),
    "licence": ("licence", "license", "lizenz", "licencia"),
    "period": (
        "as of", "stand", "reference period", "reference date", "period", "time period", "academic year", "survey year",
        "berichtszeitraum", "stichtag", "berichtsjahr", "période", "année de référence", "período",
    ),
    "date": ("date", "published", "updated", "last updated", "release date", "datum", "fecha"),
}  # fmt: skip
"""What lines around a table begin with. A date may be that of the publication, not of the data."""
_NUMBERED = re.compile(
    r"^(?:table|tabelle|tableau|tabla|figure|abbildung)\s+[A-Z]?\d[\w.]*\s*(?:[-–—:.]\s*)?(?=\S)", re.I
)
_SOURCE = re.compile(r"^(?:data )?(?:source|quelle|fuente)s?\s*[:.]\s*(?P<words>.+)$", re.IGNORECASE)
_OF_MONEY = re.compile(
    r"(?:dollars?|euros?|pounds?|[$€£]|usd|eur|gbp)\s+(?:amounts\s+)?in\s+(?:thousands|millions)|"
    r"(?:thousands?|millions?) of (?:\w+ )?(?:dollars?|euros?|pounds?|francs?)|"
    r"in (?:thousands?|millions?|tausend|mio\.?|millionen|milliers|millones) (?:of )?(?:us )?"
    r"(?:dollars?|euros?|[$€£]|usd|eur|gbp|d'euros|de euros)",
    re.IGNORECASE,
)
_KEYED = re.compile(r"(?P<key>[^\W\d][^:]{1,28}?)\s*:\s*(?P<words>\S.*)")
_ACADEMIC = re.compile(r"((?:19|20)\d\d)\s?[/–-]\s?(?:19|20)?(\d\d)")
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)")
_ISO = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_LABEL = 40
"""Characters of a text that still is a label, not a sentence."""
_VOTES = 400


@dataclass(frozen=True)
class Said:
    """Something the file says, and the row in which it does."""

    words: str
    row: int


@dataclass(frozen=True)
class About:
    """What a table's surroundings say about it."""

    title: Said | None = None
    source: Said | None = None
    licence: Said | None = None
    period: Said | None = None
    """What time the data are of, as ISO 8601 writes it: 2024, 2024-05, 2014/2015."""
    date: Said | None = None
    lines: tuple[str, ...] = ()
    """Every line above and below the table."""


def _line(row: Sequence[str]) -> str:
    return " ".join(" ".join(dict.fromkeys(cell.strip() for cell in row if cell.strip())).split())


def about(cells: Sequence[Sequence[str]], rows: Sequence[int], layout: Layout) -> About:
    """What the rows outside the table say; `rows` are their numbers in the file."""
    found: dict[str, Said] = {}
    for index in (*layout.above, *layout.below):
        filled = list(dict.fromkeys(cell.strip().lstrip("\ufeff") for cell in cells[index] if cell.strip()))
        keyed = _KEYED.fullmatch(filled[0]) if len(filled) == 1 else None
        if keyed:
            filled = [keyed["key"], keyed["words"]]
        if len(filled) < 2:
            continue
        key = filled[0].rstrip(": ").lower()
        for name, words in _KEYS.items():
            told = period(filled[1]) if name == "period" else " ".join(filled[1].split())
            if key in words and told:
                found.setdefault(name, Said(told, rows[index]))
    for index in (*layout.below, *layout.above):
        said = _SOURCE.match(_line(cells[index]))
        if said:
            found.setdefault("source", Said(said["words"].strip(), rows[index]))
    titles = [index for index in layout.above if len({c.strip() for c in cells[index] if c.strip()}) == 1]
    if titles and "title" not in found:
        first = _line(cells[titles[0]])
        if len(first) <= 200 and not first.endswith(":") and not _SOURCE.match(first):
            found["title"] = Said(first, rows[titles[0]])
    lines = tuple(_line(cells[index]) for index in (*layout.above, *layout.below))
    return About(
        found.get("title"), found.get("source"), found.get("licence"), found.get("period"), found.get("date"), lines
    )


def period(text: str) -> str:
    """A year, month, day or academic year as ISO 8601 writes it; "" for anything else.

    >>> period("2014/15 "), period("31.12.2023")
    ('2014/2015', '2023-12-31')
    """
    text = text.strip()
    academic, day = _ACADEMIC.fullmatch(text), _DAY.fullmatch(text)
    if academic and (int(academic[1]) + 1) % 100 == int(academic[2]):
        return f"{academic[1]}/{int(academic[1]) + 1}"
    if day:
        text = f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}"
    return text if _ISO.fullmatch(text) else ""


def short_title(words: str) -> str:
    """A title without the number and the unit that publishers put around it."""
    return (
        re.sub(
            r"\s*\([^()]*\bin (?:thousands|millions)(?: of [\w ]+)?\)$", "", _NUMBERED.sub("", words.strip())
        ).strip()
        or words
    )


def _currency(lines: Iterable[str]) -> tuple[str, str]:
    """The only currency that the lines name, and where."""
    found: dict[str, str] = {}
    signs = sorted(CURRENCY_SIGNS, key=len, reverse=True)
    for line in lines:
        sign = next((sign for sign in signs if sign in line and not sign.isalpha()), "")
        if sign:
            found.setdefault(CURRENCY_SIGNS[sign], line)
        for word in words_of(line):
            if word in CURRENCY_WORDS and word not in ("pound", "pounds"):
                found.setdefault(CURRENCY_WORDS[word], line)
    if len(found) != 1:
        return "", ""
    unit, line = next(iter(found.items()))
    return unit, f"the file speaks of {unit}: '{shortened(line)}'"


def _around(line: str) -> str:
    """The words of a line that speak of thousands or millions, and what stands with them in brackets."""
    found = THOUSANDS.search(line) or MILLIONS.search(line)
    if found is None:
        return shortened(line)
    bracket = next((b for b in re.finditer(r"\([^()]*\)", line) if b.start() <= found.start() < b.end()), None)
    return bracket[0].strip("()") if bracket else found[0].strip("()")


def shortened(text: str, length: int = 60) -> str:
    """`text`, cut with an ellipsis where it is longer."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def decimal_mark(columns: Sequence[Column], delimiter: str) -> str:
    """ "," where the cells show that numbers are written with a decimal comma, else "."."""
    point = comma = 0
    for column in columns:
        for text in list(column.values)[:_VOTES]:
            a, b = decimal_votes(text)
            point, comma = point + a, comma + b
    if point == comma == 0:
        return "."
    return "," if comma > point or (comma == point and delimiter == ";") else "."


def context(columns: Sequence[Column], said: About, others: Sequence[str], decimal: str) -> Context:
    """What is known about the whole table; `others` are lines of the workbook's other sheets."""
    lines = (*said.lines, *others)
    unit, reason = _currency(lines)
    scaled = next((line for line in said.lines if THOUSANDS.search(line)), "")
    millions = "" if scaled else next((line for line in said.lines if MILLIONS.search(line)), "")
    legend: Mapping[str, Legend] = legend_in(lines)
    return Context(
        decimal=decimal,
        title=said.title.words if said.title else "",
        currency=unit,
        currency_reason=reason,
        currency_column=next((column.header for column in columns if _codes_of_currencies(column)), ""),
        multiply=1000 if scaled else 1_000_000 if millions else 1,
        multiply_kind="money" if _OF_MONEY.search(scaled or millions) else "count",
        multiply_reason=f"The file says '{_around(scaled or millions)}'." if scaled or millions else "",
        mixed=next((column.header for column in columns if _says_what_is_counted(column)), ""),
        legend=legend,
    )


def _codes_of_currencies(column: Column) -> bool:
    values = column.values
    if not values or any(len(text) != 3 or not text.isupper() for text in values):
        return False
    known = sum(text in CURRENCY_CODES for text in values)
    named = bool(column.words & {"currency", "currencies", "währung", "devise", "moneda", "ccy"})
    return known == len(values) or (named and known * 2 >= len(values))


def _says_what_is_counted(column: Column) -> bool:
    """Whether a column says in each row if it holds counts or percentages."""
    if not 2 <= len(column.values) <= 8 or column.filled < column.rows or max(map(len, column.values)) > _LABEL:
        return False
    said = [set(words_of(text)) for text in column.values]
    return any(words & PERCENT_WORDS for words in said) and any(
        words & (COUNT_WORDS | {"numbers"}) and not words & PERCENT_WORDS for words in said
    )
