"""Names of rows: in a column beside the marks, or over them where names are long."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from charts.lettering import Fonts, Lines, balanced, longest_word, text_width, wrap
from charts.style import ChartStyle


class Names(Struct, frozen=True):
    """Names, wrapped; in bold where the row stands out."""

    lines: tuple[Lines, ...]
    bold: tuple[bool, ...]
    left: float
    """Where the marks begin, in points from the chart's left edge; 0 where names stand over them."""

    @property
    def stacked(self) -> bool:
        """Whether each name stands over its marks."""
        return self.left == 0

    def take(self, start: int, stop: int) -> Names:
        """The names of some rows, in the same column."""
        return Names(self.lines[start:stop], self.bold[start:stop], self.left)


def beside(names: Sequence[str], bold: Sequence[bool], style: ChartStyle, width: float) -> Names:
    """`names` in the narrowest column that is good for a chart `width` points wide.

    One line each where that leaves room for the marks; else two, else three, without breaking a word; names that
    need more go over their marks.
    """
    fonts = [style.bold if b else style.regular for b in bold]
    limit = 0.42 * width
    column = max((text_width(n, f, style.size) for n, f in zip(names, fonts)), default=0.0)
    if column > limit:
        words = max(longest_word(n, f, style.size) for n, f in zip(names, fonts))
        fitting = (_narrowest(names, fonts, style.size, most, words, limit) for most in (2, 3))
        column = next((c for c in fitting if c is not None), None)
    if column is None:
        return over(names, bold, style, width)
    lines = tuple(balanced(n, f, style.size, column) for n, f in zip(names, fonts))
    used = max((text_width(line, f, style.size) for block, f in zip(lines, fonts) for line in block), default=0.0)
    return Names(lines, tuple(bold), used + style.gutter)


def over(names: Sequence[str], bold: Sequence[bool], style: ChartStyle, width: float) -> Names:
    """`names` as wide as the chart, each over its marks, in as many lines as it needs."""
    fonts = [style.bold if b else style.regular for b in bold]
    return Names(tuple(wrap(n, f, style.size, width) for n, f in zip(names, fonts)), tuple(bold), 0.0)


def _narrowest(
    names: Sequence[str], fonts: Sequence[Fonts], size: float, most: int, low: float, high: float
) -> float | None:
    """The least width between `low` and `high` at which no name takes more than `most` lines; None without one."""

    def fits(width: float) -> bool:
        return all(len(wrap(n, f, size, width)) <= most for n, f in zip(names, fonts))

    if low > high or not fits(high):
        return None
    for _ in range(7):
        middle = (low + high) / 2
        low, high = (low, middle) if fits(middle) else (middle, high)
    return high
