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


def host_line(host: str) -> str:
    """A host as a user can judge it: of a long one the end, which says whose it is; other letters than a-z also as the
    network's names have them.

    >>> host_line("bücher.example:443")
    'bücher.example:443 (xn--bcher-kva.example:443)'
    """
    line = " ".join("".join(c if c.isprintable() else " " for c in host).split())
    if line.isascii():
        return _ending(line)
    name, colon, port = line.partition(":")
    try:
        plain = name.encode("idna").decode()
    except ValueError:  # UnicodeError is one: too long a part, or no name at all
        plain = name.encode("ascii", "backslashreplace").decode()
    return f"{_ending(line)} ({_ending(plain + colon + port)})"


def _ending(line: str) -> str:
    return line if len(line) <= _LONGEST else f"…{line[1 - _LONGEST :]}"
