"""The lines of text that stand on a page, by where they are set: for files whose structure does not tell them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from reports.audit.pdf.objects import number

_GAP = -200.0
"""Thousandths of a letter's size between two letters, from which on there is a blank (TeX sets blanks so)."""
_SAME_LINE = 0.3
"""Part of the size of letters by which a line may be set higher or lower and still be the same."""


class Line(Struct):
    words: str
    height: float
    """Where it stands, from the foot of the page."""
    size: float
    """Of its letters."""


class Lines:
    """Follows where text is set (ISO 32000-1, 9.4.2): scale and height, which is all that tells lines apart."""

    def __init__(self) -> None:
        self.found: list[Line] = []
        self._scale, self._up = 1.0, 0.0
        self._states: list[tuple[float, float]] = []
        self._y, self._stretch = 0.0, 1.0
        self._leading = 0.0
        self._size = 1.0

    def step(self, code: str, operands: Sequence[object]) -> None:
        """Take account of an operator that moves something."""
        numbers = [number(one) or 0.0 for one in operands]
        if code == "q":
            self._states.append((self._scale, self._up))
        elif code == "Q":
            self._scale, self._up = self._states.pop() if self._states else (self._scale, self._up)
        elif code == "cm" and len(numbers) == 6:
            self._up += numbers[5] * self._scale
            self._scale *= numbers[3] or 1.0
        elif code == "BT":
            self._y, self._stretch = 0.0, 1.0
        elif code == "Tm" and len(numbers) == 6:
            self._y, self._stretch = numbers[5], numbers[3] or 1.0
        elif code in ("Td", "TD") and len(numbers) == 2:
            self._y += numbers[1] * self._stretch
            self._leading = -numbers[1] if code == "TD" else self._leading
        elif code == "TL" and numbers:
            self._leading = numbers[0]
        elif code in ("T*", "'", '"'):
            self._y -= self._leading * self._stretch
        elif code == "Tf" and len(numbers) == 2:
            self._size = abs(numbers[1])

    def say(self, words: str) -> None:
        """Add letters where the next ones stand."""
        height = self._up + self._y * self._scale
        size = abs(self._size * self._stretch * self._scale)
        last = self.found[-1] if self.found else None
        if last is not None and abs(last.height - height) <= _SAME_LINE * max(size, last.size):
            last.words += words
        else:
            self.found.append(Line(words, height, size))


def is_blank(between: object) -> bool:
    """Whether a number between two pieces of text stands for a blank."""
    found = number(between)
    return found is not None and found < _GAP
