"""A key: what the colours of a chart's series mean, in the order of the series."""

from __future__ import annotations

from collections.abc import Sequence

from charts.lettering import text_width, wrap
from charts.plot import Plot


def draw_key(plot: Plot, titles: Sequence[str], shades: Sequence[str], outlined: str = "") -> float:
    """Name series in the order of their marks, each behind a patch of its shade; gives the height below, in points.

    `outlined` names what is only outlined, such as a part that nobody stated.
    """
    style = plot.style
    patch = 0.8 * style.size
    indent = patch + 0.4 * style.size
    x, y = 0.0, 0.0
    for title, shade in (*zip(titles, shades, strict=True), *(((outlined, None),) if outlined else ())):
        lines = wrap(title, style.regular, style.size, plot.width - indent)
        wide = indent + max(text_width(line, style.regular, style.size) for line in lines)
        if x and x + wide > plot.width:
            x, y = 0.0, y + style.line
        if shade is None:
            plot.dashed(x, y + (style.line - patch) / 2, patch, patch)
        else:
            plot.bar(x, y + (style.line - patch) / 2, patch, patch, shade)
        plot.lines(x + indent, y + len(lines) * style.line / 2, lines)
        y += (len(lines) - 1) * style.line
        x += wide + 1.6 * style.size
    return y + style.line + 0.6 * style.size
