"""Regular expressions that a project writes: matched in time that grows with the text alone, whatever they say.

Python's own engine tries every way in which a pattern could match; `(a+)+$` over forty letters takes years. RE2 does
not, but means other characters by \\d, \\w, \\s, \\b and $. So Python's parser reads the pattern, and what it says is
written down for RE2 with Python's meaning. What RE2 cannot do is refused.

Sources: https://docs.python.org/3/library/re.html, https://github.com/google/re2/wiki/Syntax
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import import_module
from typing import Any

from msgspec import Struct

from data.effort import spend
from data.errors import Place, ProjectError

LONGEST = 1_000
"""Characters of the longest pattern."""
_MOST_REPEATS = 1_000
"""Times that RE2 repeats something where a number says it."""
_MOST_PLACES = 8
"""Places that one way through a pattern may ask for, such as the edges of words."""
_LARGEST = 100_000
"""Instructions of the largest program that RE2 makes of a pattern."""
_MEMORY = 1 << 26
"""Bytes that RE2 may take for a pattern."""
_PER_STEP = 250
"""Instructions and characters, multiplied, that are one step of work."""
_SCAN = 10_000
"""Steps that it takes to look at every character there is."""
_SIMPLER = "Write a simpler one, with smaller numbers."
_PARSER: Any = import_module("re._parser")  # what Python's own engine, and other readers of patterns, parse with
_MARKS = {
    "AT_BOUNDARY": "\ufdd0",
    "AT_NON_BOUNDARY": "\ufdd1",
    "AT_BEGINNING": "\ufdd2",
    "AT_END": "\ufdd3",
    "AT_END_STRING": "\ufdd4",
    "line beginning": "\ufdd5",
    "line end": "\ufdd6",
}
"""What a pattern may ask of a place between two characters, and what is written there for RE2, which knows the edges of
ASCII words only, and no end before a last line break. No text of a project holds these (`data.files.text_file`)."""
_FIRST_MARK, _LAST_MARK = 0xFDD0, 0xFDEF
_NO_MARKS = str.maketrans(dict.fromkeys(_MARKS.values()))
_PLAIN = {"AT_BEGINNING": r"\A", "AT_END_STRING": r"\z", "line beginning": "(?m:^)", "line end": "(?m:$)"}
"""What RE2 knows as Python does."""
_CLASSES = {
    "DIGIT": r"\p{Nd}",
    "SPACE": r"\t-\r\x1c-\x1f \x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}",
    "WORD": r"\p{L}\p{N}_",
}
"""What Python means by \\d, \\s and \\w, as RE2 calls it."""
_NARROW = {"DIGIT": "0-9", "SPACE": r"\t-\r\x1c-\x1f ", "WORD": "0-9A-Za-z_"}
"""The same, as far as text is ASCII: far smaller, and most text is."""
_ASCII = {"DIGIT": "0-9", "SPACE": r"\t-\r ", "WORD": "0-9A-Za-z_"}
"""What they mean under (?a)."""
_DOTLESS = "iIıİ"
"""All one letter to Python where case means nothing, and three of them to RE2."""
_LETTER = {"DIGIT": "d", "SPACE": "s", "WORD": "w"}
_EDGES = frozenset(("AT_BOUNDARY", "AT_NON_BOUNDARY"))
_WORD = re.compile(r"\w")


class PatternError(ValueError):
    """A pattern that is none, or asks for what is not done here; `remedy` says what to write."""

    def __init__(self, message: str, remedy: str = "Correct the pattern.") -> None:
        super().__init__(message)
        self.remedy = remedy


class Found(Struct, frozen=True):
    """What a pattern matched: all of it, and what each of its groups did; None for one that took no part."""

    text: str
    groups: tuple[str | None, ...]


class Pattern(Struct, frozen=True):
    """A pattern that is ready to be matched."""

    text: str
    _narrow: Any
    """What matches text that is ASCII."""
    _wide: Any
    _marks: frozenset[str]
    """What is written between characters; nothing where the pattern asks for nothing that RE2 does not know."""
    _copies: int
    """How many times."""

    def search(self, text: str) -> Found | None:
        """The first match anywhere in `text`."""
        return self._looked("search", text)

    def match(self, text: str) -> Found | None:
        """The match at the beginning of `text`."""
        return self._looked("match", text)

    def fullmatch(self, text: str) -> Found | None:
        """The match of all of `text`."""
        return self._looked("fullmatch", text)

    def _looked(self, how: str, text: str) -> Found | None:
        engine = self._narrow if text.isascii() else self._wide
        marked = self._marked(text)
        spend(1 + engine.programsize * len(marked) // _PER_STEP)
        found = getattr(engine, how)(marked)
        if found is None:
            return None
        groups = tuple(None if group is None else group.translate(_NO_MARKS) for group in found.groups())
        return Found(found.group(0).translate(_NO_MARKS), groups)

    def _marked(self, text: str) -> str:
        if not self._marks:
            return text
        last = len(text)
        words = [_WORD.match(character) is not None for character in text] if _EDGES & self._marks else [False] * last
        parts: list[str] = []
        for place, (before, behind) in enumerate(zip([False, *words], [*words, False], strict=True)):
            here = {
                "AT_BOUNDARY": before != behind,
                "AT_NON_BOUNDARY": before == behind and last > 0,
                "AT_BEGINNING": place == 0,
                "AT_END": place == last or (place == last - 1 and text[place] == "\n"),
                "AT_END_STRING": place == last,
                "line beginning": place == 0 or text[place - 1] == "\n",
                "line end": place == last or text[place] == "\n",
            }
            parts.append("".join(_MARKS[kind] for kind in sorted(self._marks) if here[kind]) * self._copies)
            parts.append(text[place : place + 1])
        return "".join(parts)


def user_pattern(pattern: str, place: Place, *, groups: bool = False) -> Pattern:
    """A regular expression of the project; `groups` where it is read what its groups matched.

    Raises ProjectError for what is no pattern, and for what the engine cannot do.
    """
    try:
        return compiled(pattern, groups)
    except PatternError as error:
        shown = pattern if len(pattern) <= 80 else f"{pattern[:79]}…"
        raise ProjectError.at(place, f"the pattern '{shown}' {error}.", error.remedy) from None


@lru_cache(maxsize=256)
def compiled(pattern: str, groups: bool = False) -> Pattern:
    """As `user_pattern`, raising PatternError."""
    re2: Any = import_module("re2")  # it brings no types, and most runs need none of it
    if len(pattern) > LONGEST:
        raise PatternError(f"has {len(pattern):,} characters; {LONGEST:,} are the most", "Write a shorter one.")
    try:
        parsed = _PARSER.parse(pattern)
    except (re.error, OverflowError) as error:
        said = error.msg if isinstance(error, re.error) else "a number in it is too large"
        raise PatternError(f"is no regular expression: {said}") from None
    except RecursionError:
        raise PatternError("is nested too deeply", "Write a simpler one.") from None
    try:
        asked, copies = _places(parsed, parsed.state.flags)
        marks = asked if asked - _PLAIN.keys() else frozenset[str]()
        written = [_Writer(groups, classes, marks).whole(parsed, parsed.state.flags) for classes in (_NARROW, _CLASSES)]
    except RecursionError:
        raise PatternError("is nested too deeply", "Write a simpler one.") from None
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    try:
        engines = [re2.compile(one, options) for one in written]
    except re2.error:  # its words are about what was written for it, which the author has never seen
        raise PatternError("asks for more than can be matched", _SIMPLER) from None
    size = engines[1].programsize
    if size > _LARGEST:
        raise PatternError("asks for more than can be matched", _SIMPLER)
    spend(size // 10)
    return Pattern(pattern, engines[0], engines[1], marks, copies)


def _places(parsed: Any, flags: int) -> tuple[frozenset[str], int]:
    """What a pattern asks of the places between characters, and how often at most on one way through it."""
    found, most = frozenset[str](), 0
    for kind, said in parsed:
        match str(kind):
            case "AT":
                inner = [(frozenset((_place(str(said), flags),)), 1)]
            case "BRANCH":
                inner = [_places(branch, flags) for branch in said[1]]
            case "SUBPATTERN":
                inner = [_places(said[3], (flags | said[1]) & ~said[2])]
            case "MAX_REPEAT" | "MIN_REPEAT":
                inner = [_places(said[2], flags)]
            case _:
                continue
        found = found.union(*(places for places, _ in inner))
        most += max(often for _, often in inner)
    if most > _MOST_PLACES:
        raise PatternError(rf"asks for more than {_MOST_PLACES} edges and ends: \b, \B, ^, $", _SIMPLER)
    return found, most


def _place(said: str, flags: int) -> str:
    """What the parser calls a place, by its name in `_MARKS`."""
    if said in ("AT_BEGINNING", "AT_END") and flags & re.MULTILINE:
        return "line beginning" if said == "AT_BEGINNING" else "line end"
    if said in ("AT_BOUNDARY", "AT_NON_BOUNDARY") and flags & re.ASCII:
        raise PatternError(r"has \b or \B under (?a)", "Leave (?a) out.")
    return "AT_BEGINNING" if said == "AT_BEGINNING_STRING" else said


class _Writer:
    """Writes what Python's parser read, in RE2's syntax."""

    def __init__(self, groups: bool, classes: dict[str, str], marks: frozenset[str]) -> None:
        self.groups, self.classes = groups, classes
        self.marks = "".join(_MARKS[kind] for kind in sorted(marks))
        """What a class that says what it does not hold must leave out as well."""
        self.between = f"[{self.marks}]*" if marks else ""

    def whole(self, parsed: Any, flags: int) -> str:
        return self.sequence(parsed, flags) + self.between

    def sequence(self, parsed: Any, flags: int) -> str:
        return "".join(self.item(str(kind), said, flags) for kind, said in parsed)

    def item(self, kind: str, said: Any, flags: int) -> str:
        """One part of a pattern: its kind as the parser calls it, and what it says."""
        match kind:
            case "LITERAL":
                one = _character(said, flags)
                return self.atom(f"[{one}]" if _dotless(said, said, flags) else one, flags)
            case "NOT_LITERAL":
                return self.atom(f"[^{_character(said, flags)}{self.marks}]", flags)
            case "ANY":
                line_end = "" if flags & re.DOTALL else r"\n"
                return self.atom(f"[^{line_end}{self.marks}]" if line_end or self.marks else "(?s:.)", flags)
            case "IN":
                return self.atom(self.of_class(said, flags), 0)
            case "BRANCH":
                return f"(?:{'|'.join(self.sequence(branch, flags) for branch in said[1])})"
            case "SUBPATTERN":
                group, added, removed, inner = said
                written = self.sequence(inner, (flags | added) & ~removed)
                return f"({'' if group is not None else '?:'}{written})"
            case "MAX_REPEAT" | "MIN_REPEAT":
                return self.repeated(said, flags, lazy="" if kind == "MAX_REPEAT" else "?")
            case "AT":
                place = _place(str(said), flags)
                return f"(?:{self.between}{_MARKS[place]})" if self.between else _PLAIN[place]
            case "ASSERT" | "ASSERT_NOT":
                raise PatternError(
                    "looks ahead or behind, by (?=, (?!, (?<= or (?<!, which is not done here",
                    "Match what stands there too, and put what is meant into a group.",
                )
            case "GROUPREF" | "GROUPREF_EXISTS":
                raise PatternError("refers back to one of its groups, which is not done here", "Write it out.")
            case _:
                raise PatternError("has (?>...), *+, ++ or ?+, which is not done here", "Write it without.")

    def atom(self, written: str, flags: int) -> str:
        """Something that takes one character, whatever stands before it about the edges of words."""
        cased = _cased(written, flags)
        return f"(?:{self.between}{cased})" if self.between else cased

    def of_class(self, said: Any, flags: int) -> str:
        """A class of characters, such as [^\\W\\d_]."""
        classes = _ASCII if flags & re.ASCII else self.classes
        negated = str(said[0][0]) == "NEGATE"
        parts, others = list[str](), list[str]()
        for kind, what in said[negated:]:
            match str(kind):
                case "LITERAL":
                    parts.append(_character(what, flags))
                case "RANGE":
                    first, last = what
                    parts.append(_range(first, last) + _dotless(first, last, flags))
                case _:
                    name = str(what).removeprefix("CATEGORY_")
                    (others if name.startswith("NOT_") else parts).append(name.removeprefix("NOT_"))
        kept = [part for part in parts if part not in classes]
        named = "".join(classes[part] for part in parts if part in classes)
        folded = flags & re.IGNORECASE  # the case of the characters that are named, never that of \\w and the like
        if negated and (others or (named and folded)):
            return f"[{_enumerated(said, flags)}]"
        if negated:
            return _cased(f"[^{''.join(kept)}{named}{self.marks}]", flags)
        if not folded:
            kept, named = [*kept, named], ""
        choices = [_cased(f"[{''.join(kept)}]", flags)] if any(kept) else []
        choices.extend([f"[{named}]"] if named else [])
        choices.extend(f"[^{classes[name]}{self.marks}]" for name in others)
        return choices[0] if len(choices) == 1 else f"(?:{'|'.join(choices)})"

    def repeated(self, said: Any, flags: int, lazy: str) -> str:
        """Something that is repeated: least, most, and what."""
        least, most, inner = said
        width = inner.getwidth()[0]
        if not width and self.groups:
            raise PatternError(
                "repeats something that may be empty, so that it is not sure what its groups hold",
                "Write + for * inside of what is repeated.",
            )
        written = self.sequence(inner, flags)
        endless = str(most) == "MAXREPEAT"
        if not width and least > 1 and self.between:
            raise PatternError("repeats the edge of a word", "Write it once.")
        if least > _MOST_REPEATS or (not endless and int(most) > _MOST_REPEATS):
            raise PatternError(f"repeats something more than {_MOST_REPEATS:,} times", "Write a smaller number.")
        return f"(?:{written}){{{least},{'' if endless else int(most)}}}{lazy}"


def _cased(written: str, flags: int) -> str:
    return f"(?i:{written})" if flags & re.IGNORECASE else written


def _range(first: int, last: int) -> str:
    """The characters from `first` to `last`, without those that are marks."""
    ends = [(first, min(last, _FIRST_MARK - 1)), (max(first, _LAST_MARK + 1), last)]
    if last < _FIRST_MARK or first > _LAST_MARK:
        ends = [(first, last)]
    return "".join(f"{_character(one)}-{_character(other)}" for one, other in ends if one <= other)


def _character(code: int, flags: int = 0) -> str:
    if _FIRST_MARK <= code <= _LAST_MARK:
        raise PatternError("holds a character that no text of a project has")
    return rf"\x{{{code:x}}}{_dotless(code, code, flags)}"


def _dotless(first: int, last: int, flags: int) -> str:
    """The letters i of other alphabets, where one of them is among the characters and case means nothing."""
    if not flags & re.IGNORECASE or flags & re.ASCII:
        return ""
    said = [character for character in _DOTLESS if first <= ord(character) <= last]
    return _DOTLESS if said else ""


@lru_cache(maxsize=256)
def _every() -> str:
    """Every character there is, of which those are left out that no file can hold."""
    return "".join(map(chr, (*range(0xD800), *range(0xE000, 0xFDD0), *range(0xFDF0, 0x110000))))


def _enumerated(said: Any, flags: int) -> str:
    """The characters of a class, one after the other: of [^\\W...], which RE2 has no word for."""
    letters = {f"CATEGORY_{name}": letter for name, letter in _LETTER.items()}
    letters |= {f"CATEGORY_NOT_{name}": letter.upper() for name, letter in _LETTER.items()}
    parts = list[str]()
    for kind, what in said[1:]:
        match str(kind):
            case "LITERAL":
                parts.append(re.escape(chr(what)))
            case "RANGE":
                parts.append(f"{re.escape(chr(what[0]))}-{re.escape(chr(what[1]))}")
            case _:
                parts.append(f"\\{letters[str(what)]}")
    spend(_SCAN)
    pattern = re.compile(f"[^{''.join(parts)}]+", flags & int(re.IGNORECASE | re.ASCII))
    return "".join(f"{_character(ord(m[0][0]))}-{_character(ord(m[0][-1]))}" for m in pattern.finditer(_every()))
