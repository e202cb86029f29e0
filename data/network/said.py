"""What servers and drivers say, as far as it is repeated: one short line without control characters."""

from __future__ import annotations

_LONGEST = 200


def one_line(words: str) -> str:
    """The first line that says something, without what a terminal would obey, and not longer than 200 characters.

    >>> one_line("\\x1b[2Jfull\\nof\\nit")
    '[2Jfull'
    """
    lines = ("".join(c if c.isprintable() else " " for c in line) for line in words.strip().splitlines())
    line = next((" ".join(line.split()) for line in lines if line.strip()), "")
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
