"""A key: what the colours of a chart's series mean, in the order of the series."""

from __future__ import annotations

from collections.abc import Sequence

from charts.lettering import text_width, wrap
from charts.plot import Plot


def draw_key(
    plot: Plot, titles: Sequence[str], shades: Sequence[str], outlined: str = "", *, dots: bool = False
) -> float:
    """Name series in the order of their marks, each behind a patch of its shade, or with `dots` a dot of it; gives the
    height below, in points.

    `outlined` names what is only outlined, such as a part that nobody stated.
    """
    style = plot.style
    patch = 0.8 * style.size
    indent, apart = patch + 0.4 * style.size, 1.6 * style.size
    named = (*zip(titles, shades, strict=True), *(((outlined, None),) if outlined else ()))
    wrapped = [wrap(title, style.regular, style.size, plot.width - indent) for title, _ in named]
    wide = [indent + max(text_width(line, style.regular, style.size) for line in lines) for lines in wrapped]
    y = 0.0
    for row in _rows(wide, apart, plot.width):
        x = 0.0
        for number in row:
            shade, lines = named[number][1], wrapped[number]
            if shade is None:
                plot.dashed(x, y + (style.line - patch) / 2, patch, patch)
            elif dots:
                plot.dot(x + patch / 2, y + style.line / 2, patch / 2, shade)
            else:
                plot.bar(x, y + (style.line - patch) / 2, patch, patch, shade)
            plot.lines(x + indent, y + len(lines) * style.line / 2, lines)
            x += wide[number] + apart
        y += max(len(wrapped[number]) for number in row) * style.line
    return y + 0.6 * style.size


def _rows(wide: Sequence[float], apart: float, width: float) -> list[list[int]]:
    """Which names stand in each row: as few rows as `width` allows, and these as narrow as they can be, so that no
    name is left alone where others would go with it."""
    least = _filled(wide, apart, width)
    low, high = max(wide, default=0.0), width
    for _ in range(8):
        middle = (low + high) / 2
        low, high = (low, middle) if len(_filled(wide, apart, middle)) == len(least) else (middle, high)
    return _filled(wide, apart, high)


def _filled(wide: Sequence[float], apart: float, width: float) -> list[list[int]]:
    rows: list[list[int]] = []
    x = 0.0
    for number, own in enumerate(wide):
        if rows and x + apart + own <= width:
            rows[-1].append(number)
            x += apart + own
        else:
            rows.append([number])
            x = own
    return rows
