"""What the lines above and below a table, and its columns together, say about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from data.inspection.columns.column import Column, Context, Legend
from data.inspection.columns.marks import legend_in, meanings_in
from data.inspection.columns.numbers import read_number
from data.inspection.grids.layout import Layout
from data.inspection.grids.units_row import only_units
from data.inspection.words.periods import period
from data.inspection.words.setting import shortened
from data.inspection.words.vocabulary import (
    COUNT_WORDS,
    CURRENCY_CODES,
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    MILLIONS,
    PERCENT_WORDS,
    THOUSANDS,
    says_code,
    words_in,
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
    "measure": (
        "unit of measure", "unit", "units", "unit of measurement", "measure", "einheit", "einheiten", "maßeinheit",
        "mengeneinheit", "unité", "unités", "unité de mesure", "unidad", "unidades", "unidad de medida",
        "unidades de medida", "unità di misura", "unidade", "eenheid", "jednostka", "jednostka miary", "enhet", "enhed",
        "单位", "単位", "단위", "единица измерения", "одиниця виміру",
    ),
    "date": ("date", "published", "updated", "last updated", "release date", "datum", "fecha"),
}  # fmt: skip
"""What lines around a table begin with. A date may be that of the publication, not of the data."""
_NUMBERED = re.compile(
    r"^(?:table|tabelle|tableau|tabla|figure|abbildung)\s+[A-Z]?\d[\w.]*(?![\w.])\s*(?:[-–—:.]\s*)?(?=\S)", re.I
)
_SOURCE = re.compile(r"^(?:data )?(?:source|quelle|fuente)s?\s*[:.]\s*(?P<words>.+)$", re.IGNORECASE)
_OF_MONEY = re.compile(
    r"(?:dollars?|euros?|pounds?|[$€£]|usd|eur|gbp)\s+(?:amounts\s+)?in\s+(?:thousands|millions)|"
    r"(?:thousands?|millions?) of (?:\w+ )?(?:dollars?|euros?|pounds?|francs?)|"
    r"in (?:thousands?|millions?|tausend|mio\.?|millionen|milliers|millones) (?:of )?(?:us )?"
    r"(?:dollars?|euros?|[$€£]|usd|eur|gbp|d'euros|de euros)",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"[\s.]*(?:(?:of|de|di|US)\s+|d['’])*([^\W\d]+|[$€£¥₹])", re.IGNORECASE)
"""The word behind "in thousands": of what."""
_KEYED = re.compile(r"(?P<key>[^\W\d][^:]{1,28}?)\s*:\s*(?P<words>\S.*)")
_UNIT = re.compile(r"[（(\[【]?\s*(?:単位|单位|單位|단위)\s*[：:]\s*(?P<words>[^）)\]】]+)[）)\]】]?")
_COMMENT = re.compile(r"^#+\s*(?=\w|$)")
_DELIMITER = re.compile(r"sep=.?")
"""What tells a spreadsheet program the mark between cells, in the first line."""
_UNIT_WORDS = 5
_PERCENT_WORDS = 10
_ONLY_NUMBERED = re.compile(r"(?:table|tabelle|tableau|tabla|figure|abbildung)\s+[\w.-]*\d[\w.-]*", re.IGNORECASE)
"""The number of a table, above its title."""
_AROUND_UNITS = words_in(
    """
    in of en em w v u в у i per pro par por month year monat jahr mois mes thousand thousands million millions tausend
    mio millionen milliers miles millones tys mln тыс тис млн current prices
    """
)
"""What may stand around a currency in a line that says nothing else."""
_MARK = 3
"""Characters of a mark that a legend explains in the next cell."""
_LABEL = 40
"""Characters of a text that still is a label, not a sentence."""
_SUBTITLES = ("subtitle", "untertitel", "sous-titre", "subtítulo")
_NO_FACT = re.compile(
    r"\b(?:link|url|website|e-?mail|contact|kontakt|location|search|reference id|file|download|sheet|"
    r"version|telephone)\b",
    re.IGNORECASE,
)
"""Keys of what leads to a file, and says nothing of its numbers."""
_MADE = re.compile(
    r"\b(?:extracted|downloaded|generated|created|exported|retrieved|accessed|printed|updated|published|release[ds]?|"
    r"abgerufen|erstellt|erzeugt|aktualisiert|veröffentlicht|téléchargé|extrait|mis à jour|publié|descargado|"
    r"actualizado|publicado)\b|^sep=",
    re.IGNORECASE,
)
"""What is said of the making of a file, and is another day in the next one."""
_LINK = re.compile(r"(?:https?://|www\.)\S|\S+@\S+\.\S", re.IGNORECASE)
_NAVIGATION = re.compile(
    r"\b(?:click|return to|back to|contents|go to|zurück|inhalt|retour|sommaire|volver)\b|"
    r"^(?:table|tabelle|sheet)\s\S+$",
    re.IGNORECASE,
)


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
    measure: Said | None = None
    """In what the numbers are counted: "Percentage", "Thousand euro"."""
    lines: tuple[str, ...] = ()
    """Every line above and below the table."""
    facts: tuple[Said, ...] = ()
    """What lines above the table say that its numbers are about: filters, subtitles."""
    below: tuple[str, ...] = ()
    """Lines under the table that nothing else has been made of."""
    filters: tuple[Said, ...] = ()
    """Keys and values that became one of the facts."""


def _line(row: Sequence[str]) -> str:
    return " ".join(" ".join(dict.fromkeys(cell.strip() for cell in row if cell.strip())).split())


def legend_line(row: Sequence[str]) -> str:
    """What a row says; a mark in a cell of its own, and what it means in the next, as "x = not reliable"."""
    filled = [" ".join(cell.split()) for cell in row if cell.strip()]
    is_pair = len(filled) == 2 and len(filled[0].rstrip(":")) <= _MARK < len(filled[1])
    return f"{filled[0].rstrip(':') or filled[0]} = {filled[1]}" if is_pair else _line(row)


def about(cells: Sequence[Sequence[str]], rows: Sequence[int], layout: Layout) -> About:
    """What the rows outside the table say; `rows` are their numbers in the file."""
    found: dict[str, Said] = {}
    facts: list[Said] = []
    free: list[Said] = []
    group = ""
    for index in (*layout.above, *layout.below):
        filled = list(dict.fromkeys(" ".join(c.strip().lstrip("\ufeff").split()) for c in cells[index] if c.strip()))
        if index in layout.above:
            filled = [text for text in (_COMMENT.sub("", text) for text in filled) if text]
            if not filled or _DELIMITER.fullmatch(filled[0]):
                continue
        key, words, group = _pair(filled, cells[index], group)
        said = Said(words, rows[index])
        name = next((name for name, known in _KEYS.items() if key.lower() in known), "")
        if name == "measure" and index in layout.above:
            facts.append(Said(f"{key}: {words}", rows[index]))
        if name:
            told = period(words) if name == "period" else words
            if told:
                found.setdefault(name, Said(told, rows[index]))
        elif index in layout.above and key and words and not (_NO_FACT.search(key) or _LINK.match(words)):
            facts.append(Said(words if key.lower() in _SUBTITLES else f"{key}: {words}", rows[index]))
        elif index in layout.above and len(filled) == 1 and not key and (only_units(filled) or _is_unit(filled[0])):
            found.setdefault("measure", said)
        elif index in layout.above and len(filled) == 1 and not key and not _ONLY_NUMBERED.fullmatch(words):
            free.append(said)
            if _begins_with_percent(words):
                found.setdefault("measure", said)
    for index in (*layout.below, *layout.above):
        line = _line(cells[index])
        source = _SOURCE.match(line)
        if source:
            found.setdefault("source", Said(source["words"].strip(), rows[index]))
        if len(line) <= _LABEL and (index in layout.above or not line.isdigit()) and (told := period(line)):
            found.setdefault("period", Said(told, rows[index]))
    free = [said for said in free if not (_SOURCE.match(said.words) or period(said.words))]
    if free and "title" not in found and len(free[0].words) <= 200 and not free[0].words.endswith(":"):
        found["title"] = free.pop(0)
    pairs = [said for said in facts if ":" in said.words and _says_what(said.words)]
    rest = [said for said in (*facts, *free) if said not in pairs and _says_what(said.words)]
    filters = [Said("; ".join(said.words for said in pairs), pairs[0].row)] if pairs else []
    spans = [Said(span, said.row) for said in facts if (span := period(said.words))]
    key = [row[column].strip() for row in cells for column in layout.aside if row[column].strip()]
    lines = (*(legend_line(cells[index]) for index in (*layout.above, *layout.below)), *key)
    return About(
        found.get("title"),
        found.get("source"),
        found.get("licence"),
        found.get("period") or next(iter(spans), None),
        found.get("date"),
        found.get("measure"),
        lines,
        (*filters, *rest),
        tuple(line for index in layout.below if (line := _line(cells[index])) and not _is_told(line)),
        tuple(pairs),
    )


def _pair(filled: Sequence[str], row: Sequence[str], group: str) -> tuple[str, str, str]:
    """What a row calls the thing that it tells, and what it says of it; and the group that the next row goes on with.

    "Filters:", "Mode", "Full-time" begins a group, which rows below it go on with, one cell to the right.
    """
    if not filled:
        return "", "", ""
    first = filled[0].rstrip(": ")
    if len(filled) == 1:
        keyed = _KEYED.fullmatch(filled[0])
        if keyed and any(keyed["key"].lower() in words for words in _KEYS.values()):
            return keyed["key"], keyed["words"], ""
        unit = _UNIT.fullmatch(filled[0])
        return ("unit", unit["words"], "") if unit else ("", filled[0], "")
    if filled[0].endswith(":") and len(filled) > 2:
        return filled[1].rstrip(": "), ", ".join(filled[2:]), first
    known = any(first.lower() in words for words in _KEYS.values())
    inside = bool(group) and not row[0].strip()
    if filled[0].endswith(":") or known or inside:
        return first, ", ".join(filled[1:]), group if inside else ""
    return "", "", ""


def _currency_of(unit: str) -> str:
    """The currency that a unit names: "Thousand euro", "Mio. EUR"; "" where it names none."""
    words = words_of(unit)
    named = [CURRENCY_WORDS[word] for word in words if word in CURRENCY_WORDS]
    coded = [word.upper() for word in words if word.upper() in CURRENCY_CODES and says_code(unit, word)]
    signs = [code for sign, code in CURRENCY_SIGNS.items() if sign in unit and not sign.isalpha()]
    return next(iter((*coded, *named, *signs[-1:])), "")


def _scaled_money(line: str) -> str:
    """The currency of which a line says that amounts are in thousands or millions of it: "in Tsd. Euro"; "" of none."""
    found = THOUSANDS.search(line) or MILLIONS.search(line)
    behind = _BEHIND.match(line, found.end()) if found else None
    return _currency_of(behind[1]) if behind else ""


def _begins_with_percent(line: str) -> bool:
    """Whether a line says that all numbers are percentages: "Percentage of graduates", "(у % до робочої сили)"."""
    words = words_of(line)
    start = 1 if words and words[0] in _AROUND_UNITS | {"as"} else 0
    return len(words) <= _PERCENT_WORDS and any(word in PERCENT_WORDS for word in words[start : start + 1])


def _is_unit(line: str) -> bool:
    """Whether a line only says in what money the numbers are counted: "w zł", "(рублей)", "in thousands of euros"."""
    words = words_of(line)
    return (
        0 < len(words) <= _UNIT_WORDS
        and any(word in CURRENCY_WORDS for word in words)
        and all(word in CURRENCY_WORDS or word in _AROUND_UNITS for word in words)
    )


def _is_told(line: str) -> bool:
    """Whether a line below the table has become a setting of its own, or says nothing: "Notes:"."""
    keyed = _KEYED.fullmatch(line)
    known = keyed and any(keyed["key"].lower() in words for words in _KEYS.values())
    return line.endswith(":") or _SOURCE.match(line) is not None or bool(known) or bool(period(line))


def _says_what(words: str) -> bool:
    """Whether words say what the numbers are about, and not in what unit or time, or where else to look."""
    if period(words) or THOUSANDS.search(words) or MILLIONS.search(words) or words.endswith(":"):
        return False
    return " " in words and any(map(str.isalpha, words)) and not (_LINK.search(words) or _NAVIGATION.search(words))


def is_lasting(line: str) -> bool:
    """Whether a line above a table says something of its numbers, so that another file has to say it, too: not where
    it is from, or when it was made."""
    keyed = _KEYED.match(line)
    dated = keyed is not None and keyed["key"].lower() in _KEYS["date"]
    leading = _NO_FACT.search(keyed["key"]) if keyed else None
    return not (
        dated or leading or line.endswith(":") or _LINK.search(line) or _NAVIGATION.search(line) or _MADE.search(line)
    )


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


def context(columns: Sequence[Column], said: About, others: Sequence[str], decimal: str) -> Context:
    """What is known about the whole table; `others` are lines of the workbook's other sheets."""
    lines = (*said.lines, *others)
    unit, reason = _currency(lines)
    measure = said.measure.words if said.measure else ""
    scaled = next((line for line in said.lines if THOUSANDS.search(line)), "")
    millions = "" if scaled else next((line for line in said.lines if MILLIONS.search(line)), "")
    money = _scaled_money(scaled or millions)
    measured = _currency_of(measure) or money
    legend: Mapping[str, Legend] = legend_in(lines)
    words = meanings_in(lines)
    return Context(
        decimal=decimal,
        title=said.title.words if said.title else "",
        measure=measure,
        measured_in=measured,
        currency=unit,
        currency_reason=reason,
        currency_column=next((column.header for column in columns if _codes_of_currencies(column)), ""),
        multiply=1000 if scaled else 1_000_000 if millions else 1,
        multiply_kind="money" if _OF_MONEY.search(scaled or millions) or measured else "count",
        multiply_reason=f"The file says '{_around(scaled or millions)}'." if scaled or millions else "",
        mixed=next((column.header for column in columns if _says_what_is_counted(column)), ""),
        legend=legend,
        words={code: meaning for code, meaning in words.items() if code not in legend},
        currency_line=reason,
        percentages=any(_over_one(column, decimal) for column in columns),
    )


def _over_one(column: Column, decimal: str) -> bool:
    """Whether a column under a percent sign has numbers over 1: fractions of its neighbours would not."""
    if not ("%" in column.header or column.words & PERCENT_WORDS):
        return False
    return any(abs(number.value) > 1 for number in column.numbers(decimal).values())


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
    if any(read_number(text, mark) for text in column.values for mark in (".", ",")):
        return False
    said = [set(words_of(text)) for text in column.values]
    return any(words & PERCENT_WORDS for words in said) and any(
        words & (COUNT_WORDS | {"numbers"}) and not words & PERCENT_WORDS for words in said
    )
