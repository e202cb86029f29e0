"""TOML files with the line of every setting, so that a mistake can be shown where it stands."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, cast

from msgspec import Struct

from data.errors import Place, ProjectError
from data.files.text_file import read_text

_TABLE = re.compile(r"\s*\[\[?\s*(.+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"\s*((?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*'))*)\s*=")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_LOOKED_AT = 1_000
"""Characters of a line in which its key is sought."""
_DOTS = 200
"""Dots of a line outside of quotation marks: a key of thousands of parts takes hours to read."""
_DEEPEST = 50
"""Lists and tables within each other; settings have six at most."""
_PART = re.compile(r"[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*'")


class TomlFile(Struct, frozen=True):
    """What a TOML file says, and where."""

    name: str
    content: dict[str, Any]
    lines: dict[tuple[str, ...], int]

    def place(self, *path: str | int) -> Place:
        """Where a setting stands; for one inside an inline table, where its outermost known parent does."""
        keys = tuple(str(part) for part in path)
        while keys:
            if keys in self.lines:
                return Place(self.name, self.lines[keys])
            keys = keys[:-1]
        return Place(self.name)


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))


def _lines(text: str) -> dict[tuple[str, ...], int]:
    """The line of each table header and key. Lines of multi-line strings that look like keys are harmless extras."""
    found: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), 1):
        line = line[:_LOOKED_AT]  # the patterns try many ways to divide a long line
        if header := _TABLE.match(line):
            table = _parts(header[1])
            for depth in range(1, len(table) + 1):
                found.setdefault(table[:depth], number)
        elif key := _KEY.match(line):
            parts = _parts(key[1])
            for depth in range(1, len(parts) + 1):
                found.setdefault((*table, *parts[:depth]), number)
    return found


def read_toml(path: Path, root: Path) -> TomlFile:
    """Read a TOML file; ProjectError with the line where it is broken."""
    name = path.relative_to(root).as_posix()
    text = read_text(path, root)
    if not path.resolve().is_relative_to(root.resolve()):
        raise ProjectError.at(
            Place(name), "is a link that leads out of the project's folder.", "Put the file itself there."
        )
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > _DOTS and _QUOTED.sub("", line).count(".") > _DOTS:
            raise ProjectError.at(
                Place(name, number),
                f"has more than {_DOTS} dots outside of quotation marks.",
                "Write texts in quotation marks, and lists over several lines.",
            )
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = re.match(r"(.*?)\s*\(at (?:line (\d+), column (\d+)|end of document)\)$", str(error), re.DOTALL)
        message = said[1] if said else str(error)
        line = int(said[2]) if said and said[2] else text.count("\n") + 1
        said_so = f"is not valid TOML: {message[:1].lower()}{message[1:]}."
        raise ProjectError.at(Place(name, line), said_so, _advice(message, text.split("\n"), line)) from None
    except RecursionError:
        raise ProjectError.at(
            Place(name), "has lists or tables within each other without end.", "Write them side by side."
        ) from None
    except ValueError as error:  # a number of thousands of digits, a day that no month has
        raise ProjectError.at(
            Place(name), f"holds a number or a date that cannot be read: {error}.", "Correct it."
        ) from None
    if _depth(content) > _DEEPEST:
        raise ProjectError.at(
            Place(name), f"has more than {_DEEPEST} lists or tables within each other.", "Write them side by side."
        )
    return TomlFile(name, content, _lines(text))


def _depth(content: object) -> int:
    """How many lists and tables stand within each other at most."""
    depth, level = 0, [content]
    while level and depth <= _DEEPEST:
        inner: list[object] = []
        for one in level:
            if isinstance(one, dict):
                inner.extend(cast("dict[str, object]", one).values())
            elif isinstance(one, list):
                inner.extend(cast("list[object]", one))
        level, depth = inner, depth + 1
    return depth


_DATE = re.compile(r"=\s*(\d{4}(?:-\d{2}){1,2}|\d{4}(?:-\d{2}){0,2}/\d{4}(?:-\d{2}){0,2})\s*(?:#.*)?$")
_BACKSLASH = re.compile(r'"([^"]*\\[^"]*)"')
_BARE_WORDS = re.compile(r"^\s*[\w.-]+\s*=\s*([^\W\d_][^\"'\[{#]*?)\s*(?:#.*)?$")
_NUMBER = re.compile(r"=\s*[+-]?\d[\d.,'_ ]*\s*(?:#.*)?$")


def _advice(message: str, lines: list[str], number: int) -> str:
    """What is probably meant on the line where a TOML file is broken."""
    if "overwrite" in message.lower() or "twice" in message:
        return "The same setting or section stands further up already: keep one of them."
    line = lines[number - 1] if number <= len(lines) else ""
    if date := _DATE.search(line):
        return f'Write the date in quotation marks: "{date[1]}".'
    if re.search("[\u2018-\u201f\u00ab\u00bb]", line):
        return "The line has curly quotation marks: write straight ones."
    if path := _BACKSLASH.search(line):
        return f"Between double quotes a backslash has a meaning of its own: write '{path[1]}', or / in its place."
    if re.match(r"\s*\w+\s*:\s", line):
        return "Write = between a setting and its value, not a colon."
    if re.search(r"=\s*(True|False|None|yes|no)\b", line, re.IGNORECASE):
        return "Write true or false in small letters; for nothing, leave the setting out."
    if words := _BARE_WORDS.match(line):
        return f'Write words in quotation marks: "{words[1]}".'
    if _NUMBER.search(line):
        return "Write the number plainly: 1234.5."
    return "Check quotes, brackets and commas on this line and the one before."
