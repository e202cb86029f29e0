"""What a layout looks like before anything is set on it: a small picture, asked where it is plain and in which colour.

Backgrounds, drawn shapes, logos and photographs of the layout and its master are painted in their order, so that one
question serves them all: a logo, a band that is part of a background picture, a dark panel that was drawn.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from msgspec import Struct

from reports.deck.templates.brush import Brush, PaintSource
from reports.powerpoint.box import Box

_ALIKE = 40
"""Of 255: how far a channel may be from the ground and still belong to it, as a watermark does."""
_PLAIN = 0.55
"""Least share of a box that its ground must fill to be called one."""
_SHARE = 0.3
"""Least share of a box that a part of one colour must have to be taken for it."""
_SPECKS = 0.0005
"""Share of a box's pixels that may differ, as in a picture of paper."""
_EDGE = 0.004
"""Share of a row's pixels that may."""


class Ground(Struct, frozen=True, eq=False, dict=True):
    """A layout's picture, painted when it is first asked for."""

    source: PaintSource

    @cached_property
    def _picture(self) -> tuple[Any, Any, Any]:
        """Pixels, rows × columns × 3 of 0 to 255; which of them hold words or a picture that cannot be read; and which
        have colours that run from one into another."""
        import numpy as np

        brush = Brush(self.source)
        brush.paint()
        words, running = (np.asarray(mask, dtype=bool) for mask in (brush.words, brush.running))
        return np.asarray(brush.canvas, dtype=np.int16), words, running

    def _cut(self, box: Box) -> tuple[slice, slice]:
        pixels, _, _ = self._picture
        down, across = pixels.shape[:2]
        x, y = across / self.source.width, down / self.source.height
        left, top = max(0, round(box.left * x)), max(0, round(box.top * y))
        right, bottom = min(across, round(box.right * x)), min(down, round(box.bottom * y))
        left, top = min(left, across - 1), min(top, down - 1)
        return slice(top, max(top + 1, bottom)), slice(left, max(left + 1, right))

    def colours(self, box: Box) -> tuple[str, ...]:
        """What text in a box must stand out from, as "#RRGGBB": the colour that most of it has; where colours run, the
        one in their middle, the darkest and the lightest; none where it has no ground."""
        import numpy as np

        cut = self._cut(box)
        pixels, words, running = self._picture
        if not _runs(running[cut]):
            found = self._most(cut)
            return () if found is None else (_written(found),)
        flat = pixels[cut][running[cut] & ~words[cut]]
        if not len(flat):
            return ()
        order = flat[np.argsort(flat @ np.array((0.2126, 0.7152, 0.0722)))]
        at = (len(order) - 1) * np.array((50, 2, 98)) // 100
        return tuple(_written(order[i]) for i in at)

    def _most(self, cut: tuple[slice, slice], least: float = _PLAIN) -> Any:
        import numpy as np

        pixels, words, _ = self._picture
        flat = pixels[cut].reshape(-1, 3)[~words[cut].reshape(-1)]
        if len(flat) < _PLAIN * words[cut].size:
            return None
        keys = (flat[:, 0] // 16 * 256 + flat[:, 1] // 16 * 16 + flat[:, 2] // 16).astype(np.int64)
        values, counts = np.unique(keys, return_counts=True)
        middle = np.median(flat[keys == values[counts.argmax()]], axis=0)
        near = (np.abs(flat - middle) <= _ALIKE).all(axis=1).mean()
        return middle if near >= least else None

    def _taken(self, box: Box, colour: Any = None) -> Any:
        """Which pixels of a box differ from its ground, rows × columns; None where it has none."""
        import numpy as np

        cut = self._cut(box)
        pixels, words, running = self._picture
        if _runs(running[cut]):
            return ~running[cut] | words[cut]
        middle = self._most(cut) if colour is None else colour
        if middle is None:
            return None
        return (np.abs(pixels[cut] - middle) > _ALIKE).any(axis=2) | words[cut]

    def plain(self, box: Box) -> bool:
        """Whether a box has one colour, but for what touches its edges."""
        taken = self._taken(box)
        return taken is not None and _is_free(taken)

    def clear(self, box: Box, like: Box | None = None) -> Box:
        """The largest part of a box that has one colour; the box itself where no colour has enough of it.

        The colour is that of `like` where the box has it, else the one that most of it has.
        """
        near = None if like is None else self._most(self._cut(like))
        taken = None if near is None else self._taken(box, near)
        if taken is None or float(taken.mean()) > 1 - _SHARE:
            middle = self._most(self._cut(box), _SHARE)
            taken = None if middle is None else self._taken(box, middle)
        if taken is None or _is_free(taken):
            return box
        rows, columns = taken.shape
        left, top, right, bottom = _largest_free(taken)
        x, y = box.width / columns, box.height / rows
        found = Box(box.left + left * x, box.top + top * y, (right - left) * x, (bottom - top) * y)
        return found if found.width * found.height >= _SHARE * box.width * box.height else box

    def grown(self, box: Box, limits: Box) -> Box:
        """The box as high as its colour goes on, over its whole width, within limits: upwards and downwards."""
        import numpy as np

        cut = self._cut(box)
        middle = self._most(cut, _SHARE)
        if middle is None:
            return box
        column = self._taken(Box(box.left, 0, box.width, self.source.height), np.asarray(middle))
        plain = column.mean(axis=1) <= 2 * _EDGE
        y = self.source.height / len(plain)
        first, last = cut[0].start, cut[0].stop
        while first > 0 and plain[first - 1]:
            first -= 1
        while last < len(plain) and plain[last]:
            last += 1
        top = min(box.top, max(limits.top, first * y))
        bottom = max(box.bottom, min(limits.bottom, last * y))
        return Box(box.left, top, box.width, bottom - top)


def _is_free(taken: Any) -> bool:
    """Whether nothing is drawn in a box, but for what touches its edges."""
    inside = taken[1:-1, 1:-1] if min(taken.shape) > 2 else taken
    return float(inside.mean()) <= _SPECKS


def _runs(running: Any) -> bool:
    """Whether most pixels are of colours that run."""
    return bool(running.mean() > 0.5)


def _written(pixel: Any) -> str:
    return "#{:02X}{:02X}{:02X}".format(*(round(float(part)) for part in pixel))


def _largest_free(taken: Any) -> tuple[int, int, int, int]:
    """The largest rectangle without a taken pixel: left, top, right, bottom, by the heights of free columns."""
    best, found = 0, (0, 0, 0, 0)
    columns = taken.shape[1]
    heights = [0] * columns
    for bottom, row in enumerate(taken.tolist(), 1):
        heights = [0 if full else height + 1 for full, height in zip(row, heights)]
        stack: list[tuple[int, int]] = []
        for column in range(columns + 1):
            height = heights[column] if column < columns else 0
            start = column
            while stack and stack[-1][1] >= height:
                start, high = stack.pop()
                if high * (column - start) > best:
                    best, found = high * (column - start), (start, bottom - high, column, bottom)
            stack.append((start, height))
    return found
