"""What reaches the terminal: characters that can be seen, and no quarrel with a reader who has gone away."""

from __future__ import annotations

import errno
import io
import os
import re
import sys
from typing import Any, TextIO

_UNSEEN = re.compile("[\x00-\x08\n-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""Control characters (tabs apart), line ends, marks that turn the direction of text, and halves of characters."""
_PICTURES, _DELETE = 0x2400, 0x7F
OUTAGE = 5
"""Exit code where the machine is in the way."""


def visible(text: str) -> str:
    """One line of text with a mark in the place of every character that would do something to a terminal.

    What a file, a server or a project says can hold escape sequences that colour, move or forge lines.

    >>> visible("a\\x1b[31mb")
    'a␛[31mb'
    """
    return _UNSEEN.sub(_mark, text)


def _mark(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(_PICTURES + code)
    return "\u2421" if code == _DELETE else f"<U+{code:04X}>"


def escaped(text: str) -> str:
    """JSON or TOML in which such characters, which stand within quotation marks only, are written as escapes."""
    return _UNSEEN.sub(lambda found: found[0] if found[0] == "\n" else f"\\u{ord(found[0]):04x}", text)


def say(text: str) -> None:
    """Print what a command was asked for, line by line."""
    _print(text, sys.stdout)


def warn(text: str) -> None:
    """Print what went wrong or has to be known, where it does not mix with what was asked for."""
    _print(text, sys.stderr)


def _print(text: str, stream: TextIO) -> None:
    for line in text.split("\n"):
        print(visible(line), file=stream)


class _Descriptor(io.FileIO):
    """A standard stream whose reader may go away, as `head` does: what nobody reads is let go of."""

    def write(self, data: Any, /) -> int:
        try:
            return super().write(data)
        except OSError as error:
            if not isinstance(error, BrokenPipeError) and self.fileno() != 2:
                raise  # a full disk; of what cannot be told to anybody there is nothing to tell
            return len(data)


def end_where_full(error: BaseException) -> None:
    """End the process with a word about it where standard output goes to a disk that is full or broken."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EIO):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        warn(f"{error.strerror}. Run again when that is mended.")
        sys.exit(OUTAGE)


def make_ready() -> None:
    """Standard output and error that can always be written to, whatever the caller has closed or cannot show.

    To be called once, before anything is opened: a file must not get the number of a stream that was closed.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDONLY if number == 0 else os.O_WRONLY)  # gets the lowest free number: this one
    sys.stdout, sys.stderr = _stream(sys.stdout, 1), _stream(sys.stderr, 2)


def _stream(stream: TextIO | None, number: int) -> TextIO:
    if stream is not None and stream.isatty():
        wrapper: object = stream
        if isinstance(wrapper, io.TextIOWrapper):
            wrapper.reconfigure(errors="replace")  # a terminal that lacks a character shows a mark in its place
        return stream
    raw = io.BufferedWriter(_Descriptor(number, "w", closefd=False))
    return io.TextIOWrapper(raw, stream.encoding if stream else "utf-8", errors="replace", line_buffering=True)
