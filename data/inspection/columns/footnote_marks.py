"""Footnote marks behind labels, headers and numbers, or before numbers, and the notes that explain them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from data.inspection.columns.numbers import read_number
from data.inspection.words.setting import ProposedSetting, shortened
from data.reshape.words import is_power

UNEXPLAINED = "Not explained in the file"
"""The meaning of a mark that no note explains, until the author writes another: readers see that it was there."""
_SUPERSCRIPT = "¹²³⁴⁵⁶⁷⁸⁹"
_SIGNS = "*†‡§¶"
_SPACED = "#^"
_MARKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("[1]", re.compile(r"\S\s*(?P<mark>\[\d{1,2}\])$")),
    ("\\1\\", re.compile(r"\S\s*(?P<mark>\\\d{1,2}\\)$")),
    ("¹", re.compile(rf"\S\s*?(?P<mark>[{_SUPERSCRIPT}])$")),
    ("", re.compile(rf"\S\s*?(?P<mark>([{_SIGNS}])\2*)$")),
    ("", re.compile(rf"\S\s+(?P<mark>([{re.escape(_SPACED)}])\2*)$")),
)
"""What a mark is called in `shape.marks`, as it stands itself where that is "", and how it stands behind a text. "C#"
has none."""
_NOTED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("(1)", re.compile(r"\S\s*(?P<mark>\(\d{1,2}\))$")),
    ("", re.compile(r"\S\s*(?P<mark>\([a-z]\))$")),
    ("1", re.compile(r"(?:[^\W\d_]|[)\]])(?P<mark>\d{1,2})$")),
)
"""Marks only where a note below begins with the same: "(1)", "(a)", and a number right behind a word."""
_ENDS = frozenset("]\\)" + _SIGNS + _SPACED + _SUPERSCRIPT)
_DIGITS = frozenset("0123456789")
"""Ends of marks only where a note begins with the same."""
_FLAGS = {
    "(r)": "Revised", "(p)": "Provisional", "(e)": "Estimated", "(b)": "Break in the series", "(u)": "Not reliable",
}  # fmt: skip
"""What statistical offices write before or behind a number, and what it usually means."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_OPENS = frozenset("(*†‡")
"""How texts begin that flags stand before."""
_FLAG = re.compile(r"(?P<mark>\([rpebu]\)|\*{1,3}|†|‡)", re.IGNORECASE)
_LEADING = re.compile(
    rf"\s*(?P<mark>\[\d+\]|\((?:\d{{1,2}}|[a-z])\)|\d{{1,2}}(?=[\s.:)]+[^\W\d])|\\\d+\\|\*+|†+|‡+|#+|\^+|[{_SUPERSCRIPT}]+)[\s:=.–—-]*(?P<words>.*)",
    re.DOTALL,
)


def footnote_marks(texts: Iterable[str], notes: Sequence[str], printed: bool) -> ProposedSetting | None:
    """The marks around texts, with the meanings that have to be declared; None where there are none.

    `printed` says that the notes are cut off as notes of the table, and so explain their marks by themselves. Else
    their words are declared. A mark that no note explains says just that: nothing is lost without a word.
    """
    said = _explained(notes)
    found, shown = _found(texts, said)
    if not found:
        return None
    actual = [mark for marks in found.values() for mark in marks]
    unsaid = [mark for mark in actual if mark not in said]
    usual = {mark: _FLAGS[mark.lower()] for mark in unsaid if mark.lower() in _FLAGS}
    unexplained = [mark for mark in unsaid if mark not in usual]
    opening = f"'{shortened(shown)}' has a footnote mark"
    if not unsaid and printed:
        return ProposedSetting(list(found), f"{opening}, which a note explains.")
    explained = dict.fromkeys(said, "") if printed else said
    meanings = {mark: explained.get(mark, usual.get(mark, UNEXPLAINED)) for mark in actual}
    return ProposedSetting(_value(found, meanings), f"{opening}{_said_of(list(usual), unexplained)}")


def _explained(notes: Sequence[str]) -> dict[str, str]:
    """The marks that notes begin with, and what they say of them."""
    found = (_LEADING.fullmatch(note) for note in notes)
    return {said["mark"]: " ".join(said["words"].split()) for said in found if said and said["words"]}


def _said_of(usual: Sequence[str], unexplained: Sequence[str]) -> str:
    """Who explains the marks: notes, usage, or nobody yet."""
    which = " and ".join(f"'{mark}'" for mark in unexplained[:3] or usual)
    if unexplained:
        return f", and no note explains {which}: write what it means; until then the documents say this."
    return f", and no note explains {which}: what it usually means." if usual else ", which a note explains."


def _found(texts: Iterable[str], noted: Container[str]) -> tuple[dict[str, list[str]], str]:
    """The marks that stand behind the texts, by what they are called, and the first text that has one.

    `noted` are those that notes begin with. A text that is a note itself tells none.
    """
    found: dict[str, dict[str, None]] = {}
    shown = ""
    ends = _ENDS | _DIGITS if noted else _ENDS
    for text in map(str.strip, texts):
        if text[:1] not in _OPENS and text[-1:] not in ends:
            continue
        flagged, rest = _flagged(text)
        told = [*((mark, mark, text) for mark in flagged), *_behind(rest, ends, noted)]
        for name, mark, marked in told:
            shown = shown or marked
            found.setdefault(name, {})[mark] = None
    order = {name: place for place, (name, _) in enumerate(_MARKS)}
    listed = sorted(found.items(), key=lambda item: order.get(item[0], len(order)))
    return {name: list(marks) for name, marks in listed}, shown


def _behind(text: str, ends: Container[str], noted: Container[str]) -> Iterator[tuple[str, str, str]]:
    """The marks behind a text from the last to the first: what each is called, itself, and the text up to it."""
    while text and text[-1] in ends and any(map(str.isalnum, text)):
        hits = ((name, pattern.search(text)) for name, pattern in (*_MARKS, *_NOTED))
        name, match = next(((name, match) for name, match in hits if match), ("", None))
        if match is None or is_power(text) or (_is_noted(match["mark"]) and not _belongs(text, match, noted)):
            return
        yield name or match["mark"], match["mark"], text
        text = text[: match.start("mark")].rstrip()


def _is_noted(mark: str) -> bool:
    """Whether a mark is one only where a note begins with it."""
    return mark.startswith("(") or mark.isdecimal()


def _belongs(text: str, match: re.Match[str], noted: Container[str]) -> bool:
    """Whether a note explains what stands behind a text: a bare number behind capitals is part of a code, "Q1"."""
    before = text[: match.start("mark")].rstrip()
    worded = any(map(str.isalpha, before))
    small = not match["mark"].isdecimal() or not before[-1:].isupper()
    return match["mark"] in noted and worded and small


def _flagged(text: str) -> tuple[list[str], str]:
    """The flags before and behind a number, and the number; no flags where a text is anything else.

    "2020 (p)" is the name of a column, which tells its flag by itself.
    """
    rest, found = text, list[str]()
    while match := _FLAG.match(rest):
        found.append(match["mark"])
        rest = rest[match.end() :].lstrip()
    while rest.endswith(")") and (match := _FLAG.fullmatch(rest[-3:])):
        found.append(match["mark"])
        rest = rest[:-3].rstrip()
    if not found:
        return [], text
    numeric = read_number(rest) or read_number(rest, ",")
    told = numeric and not numeric.accounting and not _YEAR.fullmatch(rest)
    return (found, rest) if told else ([], text)


def _value(found: Mapping[str, Sequence[str]], meanings: Mapping[str, str]) -> dict[str, str]:
    """What `marks` has to say: one meaning for all marks of a kind, or each of them where they differ.

    In `marks` a 1 stands for any number and the first mark that fits is taken, so the one with a 1 comes last.
    """
    value: dict[str, str] = {}
    for name, marks in found.items():
        said = {meanings[mark] for mark in marks}
        if len(said) == 1:
            value[name] = said.pop()
        else:
            value |= {mark: meanings[mark] for mark in sorted(marks, key=lambda mark: (mark == name, mark))}
    return value
