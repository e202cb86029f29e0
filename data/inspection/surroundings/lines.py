"""Lines around an unknown table, one at a time: which key they begin with, and whether they say something lasting."""

from __future__ import annotations

import re
from collections.abc import Sequence

from data.inspection.words.periods import period
from data.inspection.words.vocabulary import MILLIONS, THOUSANDS

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
_KEYED = re.compile(r"(?P<key>[^\W\d][^:]{1,28}?)\s*:\s*(?P<words>\S.*)")
_UNIT = re.compile(r"[（(\[【]?\s*(?:単位|单位|單位|단위)\s*[：:]\s*(?P<words>[^）)\]】]+)[）)\]】]?")
_MARK = 3
"""Characters of a mark that a legend explains in the next cell."""
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


def line_of(row: Sequence[str]) -> str:
    """All that a row says, each text once."""
    return " ".join(" ".join(dict.fromkeys(cell.strip() for cell in row if cell.strip())).split())


def legend_line(row: Sequence[str]) -> str:
    """What a row says; a mark in a cell of its own, and what it means in the next, as "x = not reliable"."""
    filled = [" ".join(cell.split()) for cell in row if cell.strip()]
    is_pair = len(filled) == 2 and len(filled[0].rstrip(":")) <= _MARK < len(filled[1])
    return f"{filled[0].rstrip(':') or filled[0]} = {filled[1]}" if is_pair else line_of(row)


def key_in(key: str) -> str:
    """What a key is one of, "source" or "period"; "" where nothing is known by it."""
    return next((name for name, known in _KEYS.items() if key.lower() in known), "")


def pair(filled: Sequence[str], row: Sequence[str], group: str) -> tuple[str, str, str]:
    """What a row calls the thing that it tells, and what it says of it; and the group that the next row goes on with.

    "Filters:", "Mode", "Full-time" begins a group, which rows below it go on with, one cell to the right.
    """
    if not filled:
        return "", "", ""
    first = filled[0].rstrip(": ")
    if len(filled) == 1:
        keyed = _KEYED.fullmatch(filled[0])
        if keyed and key_in(keyed["key"]):
            return keyed["key"], keyed["words"], ""
        unit = _UNIT.fullmatch(filled[0])
        return ("unit", unit["words"], "") if unit else ("", filled[0], "")
    if filled[0].endswith(":") and len(filled) > 2:
        return filled[1].rstrip(": "), ", ".join(filled[2:]), first
    known = bool(key_in(first))
    inside = bool(group) and not row[0].strip()
    if filled[0].endswith(":") or known or inside:
        return first, ", ".join(filled[1:]), group if inside else ""
    return "", "", ""


def source_in(line: str) -> str:
    """The source that a line names and nothing else: "Source: Statistics Office"; "" in any other."""
    said = _SOURCE.match(line)
    return said["words"].strip() if said else ""


def leads_away(key: str, words: str) -> bool:
    """Whether a key and its words lead to a file or to people, and say nothing of the numbers."""
    return bool(_NO_FACT.search(key) or _LINK.match(words))


def is_told(line: str) -> bool:
    """Whether a line below the table has become a setting of its own, or says nothing: "Notes:"."""
    keyed = _KEYED.fullmatch(line)
    known = keyed and key_in(keyed["key"])
    return line.endswith(":") or _SOURCE.match(line) is not None or bool(known) or bool(period(line))


def says_what(words: str) -> bool:
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
