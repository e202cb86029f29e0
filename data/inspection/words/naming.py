"""Names for expressions and titles for print, made from headers and file names."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Iterable

from data.reshape.words import is_power

_LONGEST = 40
_TITLE = 60
_SPECIAL = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l",
        "²": "2", "³": "3", "–": " ", "—": " ", "’": "",
        "%": " percent ", "&": " and ", "€": " eur ", "£": " gbp ", "$": " usd ",
    }
)  # fmt: skip
_TAKEN = frozenset(
    ("key", "index", "table", "group", "rows", "count", "first", "last", "loop", "self", "true", "false", "none")
)
"""Names that mean something else where fields are spoken of."""
_UNIT_WORDS = r"percent(?:age)?|%|prozent|dollars?|us dollars?|usd|eur|euros?|€|\$|£|gbp|pounds?|numeric"
_UNIT_PART = re.compile(rf"(?:,\s*|\s*[(\[]\s*)(?:in\s+)?(?:{_UNIT_WORDS})\s*(?:[)\]]|(?=,|$))", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_FOOTNOTE = re.compile(r"(?:\s*(?:\[\d+\]|\\\d+\\|[¹²³⁴⁵⁶⁷⁸⁹]+|[*†‡]+))+$")


def _unmarked(text: str) -> str:
    """A header without footnote marks behind it; the sign of a unit stays: "km²"."""
    return text if is_power(text) else _FOOTNOTE.sub("", text)


def name_of(text: str, fallback: str = "field") -> str:
    """A name that expressions can say: small ASCII letters, digits and underscores.

    >>> name_of("Median annual wage, dollars, 2024[1]"), name_of("2024 Matrix code"), name_of("Écart-type (%)")
    ('median_annual_wage_dollars_2024', 'matrix_code_2024', 'ecart_type_percent')
    """
    text = _unmarked(_CAMEL.sub("_", text)).translate(_SPECIAL)
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.findall(r"[A-Za-z0-9]+", plain.lower().replace("'", ""))
    leading: list[str] = []
    while words and words[0][0].isdigit():
        leading.append(words.pop(0))
    if not words and leading and len(leading[0]) == 4:
        return f"y{'_'.join(leading)}"
    words = [*words, *leading] if words else [fallback]
    name = words[0]
    for word in words[1:]:
        if len(name) + len(word) + 1 > _LONGEST:
            break
        name += f"_{word}"
    name = name[:_LONGEST].strip("_")
    return f"{name}_" if keyword.iskeyword(name) or name in _TAKEN else name


def unique(name: str, taken: Iterable[str]) -> str:
    """`name`, or with the first number behind it that makes it different."""
    used = set(taken)
    number, found = 2, name
    while found in used:
        found, number = f"{name}_{number}", number + 1
    return found


def title_of(header: str, description: str = "", shorter: bool = True) -> str:
    """A header as people read it: no underscores, no footnote marks, and no unit that is printed anyway if `shorter`.

    >>> title_of("Full_time_year_round"), title_of("Employment change, percent, 2024–34")
    ('Full time year round', 'Employment change, 2024–34')
    """
    text = " ".join(_unmarked(header).split())
    described = re.split(r" \(|[.;:] |, (?:excl|incl)", " ".join(description.split()))[0].rstrip(". ")
    if described and len(described) <= _TITLE and (text.isupper() or "_" in text or text.islower()):
        return described[:1].upper() + described[1:]
    bare = _UNIT_PART.sub("", text).strip(" ,") if shorter else ""
    text = bare if len(bare) >= 3 else text
    if " " not in text:
        text = " ".join(_CAMEL.sub(" ", text.replace("_", " ")).split())
        if not text.isupper():
            first, *rest = text.split(" ")
            text = " ".join([first, *(word if word.isupper() else word.lower() for word in rest)])
    return text[:1].upper() + text[1:]


_SCALE = (
    r"thousands?|000['’]?s?|tsd|tausend|milliers|miles|millions?|mio|mill|millionen|mn|billions?|bn|mrd|milliarden|T€|"
    r"TEUR|[$€£]?[km]"
)
_SCALE_IN_BRACKETS = re.compile(rf"\s*[(\[][^()\[\]]*(?<![\w,.])(?:{_SCALE})(?!\w)[^()\[\]]*[)\]]", re.IGNORECASE)
_SCALE_BEHIND = re.compile(
    rf"[,\s]+(?:in\s+)?(?:[$€£]\s?)?(?:{_SCALE})(?!\w)\.?(?:\s*(?:[$€£]|[A-Z]{{3}}\b|of\s.*))?$", re.IGNORECASE
)


def unscaled(title: str) -> str:
    """A title without what its numbers were counted in: they are multiplied when they are read.

    >>> unscaled("Budget (€ 000s)"), unscaled("Umsatz in Mio. €")
    ('Budget', 'Umsatz')
    """
    bare = _SCALE_BEHIND.sub("", _SCALE_IN_BRACKETS.sub("", title)).strip(" ,")
    return bare if len(bare) >= 3 else title


def described_key(header: str) -> str:
    """A header as descriptions of fields are looked up, whatever joins its words."""
    return " ".join(header.lower().replace("_", " ").split())
