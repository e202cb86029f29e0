"""A passage of an author's own words, with the place in its file of each of its characters."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from data.errors import Place
from data.files.world import content_of

HELD = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands in a passage for what is none of its words: a value, code, an address."""
_MARK = b"\xef\xbb\xbf"
_LINE_END = re.compile(r"\r\n|\r|\n")


class Source(Struct, frozen=True, dict=True):
    """A text file as it lies there, so that what is put into it leaves all else as it was."""

    name: str
    """Its path in the project."""
    content: bytes
    text: str
    """In UTF-8, with its own line ends; the mark for UTF-8 is left out."""
    starts: tuple[int, ...]
    """Where in the text each line begins."""

    def place(self, offset: int) -> Place:
        """The place of a character of the text."""
        return Place(self.name, bisect_right(self.starts, offset))

    def encoded(self, text: str) -> bytes:
        """Another text as bytes, with the mark for UTF-8 where the file has it."""
        return (_MARK if self.content.startswith(_MARK) else b"") + text.encode()


def source_of(path: Path, name: str) -> Source:
    """A file of the project, called `name` there. Raises OSError and UnicodeDecodeError."""
    content = content_of(path)
    text = content.removeprefix(_MARK).decode()
    return Source(name, content, text, (0, *(end.end() for end in _LINE_END.finditer(text))))


class Stretch(Struct, frozen=True):
    """Characters of a passage, from and to, and what is said of them."""

    start: int
    end: int
    said: str = ""


class Passage(Struct, frozen=True):
    """Words that belong together: a paragraph, a heading, an item, a cell, a caption, a setting."""

    source: Source
    text: str
    """The words as they are read: without emphasis, addresses and attributes, values as `HELD`."""
    at: Sequence[int]
    """The place in the source of each character; none where the source spells them otherwise."""
    line: int
    kind: str
    tests: tuple[Stretch, ...] = ()
    """Which of the words carry a test, and which one."""
    typed: tuple[Stretch, ...] = ()
    """Which of the words say that their numbers are typed on purpose."""
    above: str = ""
    """The heading under which it stands."""
    beside: str = ""
    """Of a cell, what else its row says."""
    setting: tuple[str | int, ...] = ()
    """The path of a setting; () in stories."""
    quotes: str = ""
    """The quotation mark of a setting, whose text must not hold it."""

    def place(self, start: int) -> Place:
        """The place of one of its characters."""
        return self.source.place(self.at[start]) if self.at else Place(self.source.name, self.line)

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Where some of its characters stand in the source, if they stand there as they are read."""
        if not self.at:
            return None
        first, behind = self.at[start], self.at[end - 1] + 1
        return (first, behind) if self.source.text[first:behind] == self.text[start:end] else None

    def tests_of(self, start: int, end: int) -> str:
        """The tests that some of its characters carry, one after the other."""
        return " ".join(one.said for one in self.tests if one.start < end and start < one.end)
