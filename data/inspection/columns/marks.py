"""Texts that stand where a value is missing, and what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from data.inspection.columns.answers import NO_ANSWERS
from data.inspection.columns.column import Legend
from data.inspection.columns.limits import limits_in
from data.inspection.words.setting import OPEN

KNOWN: dict[str, tuple[str, str]] = {
    "na": ("not available", "a usual mark for a value that is not available"),
    "n/a": ("not available", "a usual mark for a value that is not available"),
    "#n/a": ("not available", "what spreadsheets show for a value that is not available"),
    "nd": ("not available", "a usual mark for no data"),
    "n/d": ("not available", "a usual mark for no data"),
    "n.d.": ("not available", "a usual mark for no data"),
    "null": ("not available", "what databases write for no value"),
    "nan": ("not available", "what programs write for no number"),
    "-": ("not available", "a usual mark for nothing to show"),
    "--": ("not available", "a usual mark for nothing to show"),
    "---": ("not available", "a usual mark for nothing to show"),
    "–": ("not available", "a usual mark for nothing to show"),
    "—": ("not available", "a usual mark for nothing to show"),
    ".": ("not available", "what statistics programs write for no value"),
    "..": ("not available", "a usual mark for a value that is not available"),
    "...": ("not available", "a usual mark for a value that is not available"),
    "…": ("not available", "a usual mark for a value that is not available"),
    ":": ("not available", "Eurostat's mark for a value that is not available"),
    "?": ("not available", "a usual mark for unknown"),
    "privacysuppressed": ("suppressed", "says so itself"),
    "suppressed": ("suppressed", "says so itself"),
    "confidential": ("suppressed", "says so itself"),
    "not published": ("suppressed", "says so itself"),
    "not available": ("not available", "says so itself"),
    "not applicable": ("not applicable", "says so itself"),
    "unavailable": ("not available", "says so itself"),
    "missing": ("not available", "says so itself"),
    "unknown": ("not available", "says so itself"),
    "no data": ("not available", "says so itself"),
    "none": ("not available", "among numbers it stands for no value"),
    "n.v.": ("not available", "nicht verfügbar: not available"),
    "k.a.": ("not available", "keine Angabe: not stated"),
    "k. a.": ("not available", "keine Angabe: not stated"),
    "keine angabe": ("not available", "says so itself"),
    "entf.": ("not applicable", "entfällt: not applicable"),
    "nc": ("not available", "non communiqué: not given"),
    "n.c.": ("not available", "non communiqué: not given"),
    "sd": ("not available", "sin datos: no data"),
    "s/d": ("not available", "sin datos: no data"),
    **dict.fromkeys(
        (
            "#div/0!", "#div/0 !", "#ref!", "#value!", "#name?", "#num!", "#null!", "#n/d", "#nv", "#bezug!", "#wert!",
            "#zahl!", "#null !", "#nom?", "#nom ?", "#valeur!", "#valeur !", "#nombre!", "#nombre !", "#¡div/0!",
            "#¡ref!", "#¡valor!", "#¿nombre?", "#¡num!", "#¡nulo!", "#spill!", "#calc!", "#getting_data", "#field!",
            "#blocked!", "#connect!", "err:502", "err:504", "err:508", "err:511", "err:522",
        ),
        ("not available", "an error of the spreadsheet: mend its formula there"),
    ),
}  # fmt: skip
"""Marks in small letters → what they usually mean, and how that is known. Nearly all others mean different things."""
SEVERAL = frozenset(
    ("†", "‡", "/", "*", "**", "***", "#", "##", "###", "~", "§", "¶", "c", "x", "s", "d", "z", "ns", "n.s.", "low")
)
"""Marks in small letters that stand for no value, and for what reason only their publisher knows."""
_NO_ANSWER = re.compile(r"^(?:says so itself|an error|what spreadsheets|what databases|what programs)")

IN_WORDS = frozenset(
    [
        "na",
        "n/a",
        "#n/a",
        "null",
        "nan",
        "-",
        "--",
        "---",
        "–",
        "—",
        ".",
        "..",
        "...",
        "…",
        ":",
        "*",
        "**",
        "?",
        "n.d.",
        "n/d",
        *(mark for mark, (_, why) in KNOWN.items() if why.startswith("an error")),
    ]
)
"""Marks that stand for nothing in a column of words, too. "None" and "Unknown" can be answers there."""
_LONGEST = max(map(len, IN_WORDS))
_UNKNOWN = 3
"""Words that nobody knows, and that may still be marks among numbers."""

_QUOTED = "\"'“”‘’„«»`"
_SYMBOL = r"[-–—*#:.~^†‡/@!?…]{1,4}|[A-Za-z]{1,3}|n/a"
_VERBS = (
    r"=|:|\bmeans?\b|\bindicates?\b|\bdenotes?\b|\brepresents?\b|\bsteht für\b|\bbedeutet\b|\bsignifie\b|\bsignifica\b"
)
_SAYS = re.compile(rf"^\W{{0,3}}?(?P<mark>{_SYMBOL})[{_QUOTED}]?\s*(?:{_VERBS})\s*(?:=\s*)?(?P<words>.+)$")
_NOTED = re.compile(r"^\s*(?P<mark>[-–—*#:.~^†‡/@!?…]{1,4})\s*(?P<words>[^\W_].*)$")
"""A note that begins with its mark: "* too few answers"."""
_EQUALS = re.compile(r"^(?P<mark>[^\s=]{1,3})\s*=\s*(?P<words>[^\W\d].{3,})$")
"""A legend's line whatever it says: "x = not meaningful"."""
_DENOTED = re.compile(rf"[{_QUOTED}](?P<mark>{_SYMBOL})[{_QUOTED}]")
_SIGNS = re.compile(r"[^\w\s]{1,3}|\[\w{1,3}\]|\([A-Za-z]{1,3}\)")
"""Signs, and footnotes that stand in the place of a number: "[1]", "(D)"."""
_REASONS = frozenset(("suppressed", "not available", "not applicable"))
"""Why there is no value."""
_MEANINGS = tuple(
    (meaning, re.compile(pattern, re.IGNORECASE))
    for meaning, pattern in (
        (
            "at least",
            r"equal to or (?:greater|more|higher)|greater than or equal|or (?:more|higher|above)|at least|top.?coded",
        ),
        (
            "at most",
            r"equal to or (?:less|lower)|(?:fewer|less) than|or (?:less|fewer|lower|below)\b|at most",
        ),
        ("not applicable", r"not applicable|does not apply|entfällt|nicht sinnvoll|sans objet|no aplica|not relevant"),
        (
            "suppressed",
            r"suppress|confiden|not (?:been )?(?:released|published|disclosed|shown)|disclos|too (?:few|small)|"
            r"small (?:number|sample)|privacy|reporting standards|not met|unreliable|geheim|zu klein|"
            r"secret statistique|non significatif|trop faible|round(?:s|ed)? to (?:0|zero)|not reliable|unsicher|"
            r"vertraulich|confidentiel|confidencial|riservat|poufn|конфіден|конфиден|秘匿|비밀",
        ),
        (
            "not available",
            r"not (?:been )?(?:available|collected|known|reported|provided|stated)|unavailable|no data|missing|unknown|"
            r"liegt nicht vor|nicht verfügbar|nicht bekannt|unbekannt|keine angabe|inconnu|desconocid|sconosciut|"
            r"non disponibil[ei]|no disponible|não disponível|brak danych|"
            r"geen gegevens|onbekend|saknas|ikke tilgjengelig|нет данных|немає даних|відсутн|отсутств|得られない|"
            r"集計していない|无数据|자료 ?없음",
        ),
    )
)
"""Meanings that `missing` knows, and the words that say them."""


def legend_in(lines: Iterable[str]) -> dict[str, Legend]:
    """The marks that notes explain: '* = not available', 'values denoted with a "—" are unavailable'."""
    found: dict[str, Legend] = {}
    for line in lines:
        text = " ".join(line.split())
        said = _SAYS.match(text) or _NOTED.match(text)
        if said and (meaning := _meaning(said["words"])):
            found.setdefault(said["mark"], _legend(meaning, said["words"]))
            continue
        if said := _EQUALS.match(text):
            found.setdefault(said["mark"], Legend(OPEN, said["words"]))
            continue
        meaning = _meaning(text)
        if meaning and len(text) < 300:
            for quoted in _DENOTED.finditer(text):
                found.setdefault(quoted["mark"], _legend(meaning, text))
    return found


_CODED = re.compile(
    r"(?:^|[\s;,(])(?:key|legend|legende|légende|leyenda|note)?:?\s*(?P<code>[A-Z][A-Za-z]{0,3}|[✓✔●■◆○])\s*(?:=|:)\s*(?P<words>[^;=:]{3,80})(?=$|;)",
    re.IGNORECASE,
)


def meanings_in(lines: Iterable[str]) -> dict[str, str]:
    """What notes say that letters and signs among words stand for: "X = occupation in shortage"."""
    found: dict[str, str] = {}
    for line in lines:
        for said in _CODED.finditer(" ".join(line.split())):
            if said["code"][0].isupper() or not said["code"].isalpha():
                found.setdefault(said["code"], said["words"].strip())
    return found


def _legend(meaning: str, words: str) -> Legend:
    """What words say of a mark. "Fewer than 10 people" is why a number is not told, and no limit of it."""
    limits = limits_in(words)
    if meaning == "at most" and not limits:
        return Legend("suppressed", words)
    reasons = {one for one, pattern in _MEANINGS if one in _REASONS and pattern.search(words)}
    return Legend(meaning, words, limits, meaning in _REASONS and len(reasons) > 1)


def _meaning(words: str) -> str:
    return next((meaning for meaning, pattern in _MEANINGS if pattern.search(words)), "")


def known(text: str) -> bool:
    """Whether a text is a usual mark for a missing value."""
    plain = text.strip().lower()
    return plain in KNOWN or plain in SEVERAL or plain in NO_ANSWERS


def is_plain(text: str) -> bool:
    """Whether a mark says by itself that there is no value: others are usual for that, and no more."""
    usual = KNOWN.get(text.strip().lower())
    return text.strip().lower() in NO_ANSWERS or (usual is not None and _NO_ANSWER.search(usual[1]) is not None)


def marks_among_numbers(
    others: Mapping[str, int], numbers: int, distinct: int, legend: Mapping[str, Legend]
) -> tuple[str, ...] | None:
    """The texts among numbers as marks, or None where there are too many or too long ones for that.

    `numbers` cells hold a number, `distinct` different ones. A word that nobody knows is taken for a mark only where
    few of them stand among many different numbers.
    """
    strange = (text for text in others if not (known(text) or text in legend or _SIGNS.fullmatch(text)))
    unknown = list(islice(strange, _UNKNOWN + 1))
    if len(unknown) > _UNKNOWN or any(len(text) > 24 or any(map(str.isdigit, text)) for text in unknown):
        return None
    if unknown and (distinct < 3 or numbers < 2 * sum(others[text] for text in unknown)):
        return None
    if not unknown and numbers == 0:
        return None
    return tuple(others)


def _usual(texts: Iterable[str]) -> set[str]:
    """Texts that are usual among words for no answer."""
    return {text for text in texts if len(text) <= _LONGEST and text.lower() in IN_WORDS}


def _explained(legend: Mapping[str, Legend]) -> set[str]:
    """Signs whose meaning notes tell; letters among words are words all the same."""
    return {mark for mark, said in legend.items() if said.meaning != OPEN and not mark.isalpha()}


def marks_among_words(values: Mapping[str, int], legend: Mapping[str, Legend]) -> tuple[str, ...]:
    """The texts among words that stand for nothing.

    In a column of two-letter codes "NA" is Namibia, and in one of a few single letters each letter is a code.
    """
    silent = _usual(values) | _explained(legend)
    marks = dict.fromkeys(text for text in values if text in silent) if silent else {}
    if not marks:
        return ()
    words: Sequence[str] = [text for text in values if text not in marks]
    if not any(any(map(str.isalnum, text)) for text in words):
        return ()  # a column of nothing but marks says something by them
    codes = words and all(len(text) <= 3 and text.isupper() for text in words[:200])
    return tuple(text for text in marks if not (codes and text.isalpha()))
