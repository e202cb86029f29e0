"""Text files of a project: UTF-8, any line ends, nothing in them that no document can show."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from data.errors import Place, Problem, ProjectError, few, relative
from data.files.project_file import file_bytes

_TOLD = 1_000
LARGEST = 4_000_000
"""Bytes of a story, a part of one, a project file or a brand file."""


def read_text(path: Path, root: Path) -> str:
    """A text file of the project, read as UTF-8 with any line ends.

    Raises ProjectError when it can't be read, is too large or not UTF-8, or holds characters that no document can show.
    """
    name = relative(path, root)
    raw = file_bytes(
        path, Place(name), name, LARGEST, "Divide it into several files; tables stand in files of their own."
    )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ProjectError.at(
            Place(name, line),
            f"is not UTF-8: byte 0x{raw[error.start]:02X} cannot be read.",
            "Save the file as UTF-8.",
        ) from None
    text = composed(text.replace("\r\n", "\n").replace("\r", "\n"))
    problems = (
        Problem(Place(name, number), message, remedy)
        for number, line in enumerate(text.split("\n"), 1)
        for message, remedy in unprintable(line)
    )
    first = list(islice(problems, _TOLD))
    if first:
        raise ProjectError(few(first))
    return text


_COMPOSED = re.compile("[^\uf900-\ufaff\U0002f800-\U0002fa1f]+")
"""All but the compatibility ideographs, for which NFC would put other ones than were written."""


def composed(text: str) -> str:
    """A text in which letters and their accents are one character where Unicode has one (NFC).

    What is read passes through here: a key that is written in two ways is two keys, and fonts have the composed one.
    """
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text
    return _COMPOSED.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ue000-\ue003\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


_ASCII_CONTROL = bytes([*range(0x09), *range(0x0B, 0x20), 0x7F])


def unprintable(text: str) -> Iterator[tuple[str, str]]:
    """What in a line of text no document can show, as message and remedy."""
    if text.isascii() and len(text.encode().translate(None, _ASCII_CONTROL)) == len(text):
        return  # the same, said of a whole file in a fifth of the time
    if found := _CONTROL.search(text):
        yield (
            f"holds the control character U+{ord(found[0]):04X} at column {found.start() + 1}.",
            "Delete it; it cannot be printed.",
        )
    if not text.isascii() and (found := _RIGHT_TO_LEFT.search(text)):
        yield (
            f"holds right-to-left text (U+{ord(found[0]):04X} at column {found.start() + 1}).",
            "Right-to-left scripts cannot be set yet: write this passage in a left-to-right script.",
        )
