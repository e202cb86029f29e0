"""The words of a passage of Markdown as readers see them, each character with its place."""

from __future__ import annotations

import re

from msgspec import Struct

from reports.story.attributes import AttributeSyntaxError, parse_attributes
from reports.typed.passage import HELD, Stretch

_SIGN = re.compile(
    r"(?P<code>(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`))"
    rf"|(?P<held>{HELD}+)"
    r"|(?P<address><(?:https?|mailto|tel):[^<>\s]*>|(?:https?://|www\.)[^\s)\]<>]+|[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<call>\[\^[^\]\s]*\])"
    r"|(?P<open>!?\[)"
    r"|(?P<close>\](?:\((?:[^()\\]|\\.|\([^()]*\))*\)|\[[^\]\n]*\])?)"
    r"|(?P<brace>\{)"
    r"|(?P<emphasis>\*+|~~+|(?<!\w)_+(?=\w)|(?<=[\w.,;:!?)%])_+(?!\w))"
)
TYPED = "typed"
"""The class of words whose numbers are typed on purpose."""


class InlineWords(Struct):
    """What is left of a passage as words."""

    text: str
    at: list[int]
    """The place in the passage of each character."""
    tests: list[Stretch]
    typed: list[Stretch]
    attributes: list[int]
    """Where attributes begin in the passage."""


class _Reading:
    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.parts: list[str] = []
        self.at: list[int] = []
        self.opened: list[int] = []
        self.closed: tuple[int, int] | None = None
        """The words of the brackets that were closed last, where attributes stand directly behind."""
        self.tests: list[Stretch] = []
        self.typed: list[Stretch] = []
        self.attributes: list[int] = []

    def put(self, start: int, end: int, said: str | None = None) -> None:
        """Words that stand in the passage from `start` to `end`, or one sign in their place."""
        text = self.raw[start:end] if said is None else said
        self.parts.append(text)
        self.at.extend(range(start, end) if said is None else [start] * len(said))

    def brace(self, start: int) -> int:
        """The end of attributes that begin here; where none do, that of the brace."""
        try:
            end, found = parse_attributes(self.raw, start)
        except AttributeSyntaxError:
            self.put(start, start + 1)
            return start + 1
        first, behind = self.closed or (0, len(self.at))
        self.attributes.append(start)
        if "holds" in found:
            self.tests.append(Stretch(first, behind, found["holds"]))
        if TYPED in found.get("class", "").split():
            self.typed.append(Stretch(first, behind))
        return end

    def sign(self, found: re.Match[str]) -> int:
        """Take in a sign; the place behind it."""
        start, end = found.span()
        match found.lastgroup:
            case "code" | "address" | "held":
                self.put(start, end, HELD)
            case "escape":
                self.put(start + 1, end)
            case "open":
                self.opened.append(len(self.at))
            case "close":
                first = self.opened.pop() if self.opened else len(self.at)
                self.closed = (first, len(self.at))
                return self.brace(end) if self.raw.startswith("{", end) else end
            case "brace":
                return self.brace(start)
            case _:
                pass  # emphasis, and the call of a footnote
        return end


def inline_words(raw: str) -> InlineWords:
    """A passage of Markdown without its signs; what is code, an address or a value is one sign, `HELD`."""
    reading = _Reading(raw)
    position = 0
    while found := _SIGN.search(raw, position):
        reading.put(position, found.start())
        reading.closed = None
        position = reading.sign(found)
    reading.put(position, len(raw))
    return InlineWords("".join(reading.parts), reading.at, reading.tests, reading.typed, reading.attributes)
