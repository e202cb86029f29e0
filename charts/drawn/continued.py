"""A drawing of many rows in parts, each as high as a page has room: one scale, and what names the series in each."""

from __future__ import annotations

from math import ceil

from msgspec.structs import replace

from charts.drawn.drawing import Drawing
from charts.plot import Plot, Segment, Shape
from charts.ranked import by_category

_LEAST = 3
"""Rows of a part: fewer would look lost."""


def continued(drawing: Drawing, room: float) -> tuple[Drawing, ...]:
    """Parts of a drawing, none higher than `room` points, with about as many rows each; () where it has none.

    What stands above the first row, such as a key, stands in each part. Each part is a chart of its own rows, so that
    it is described by them.
    """
    tops = drawing.plot.rows
    groups = list(by_category(drawing.chart.table, drawing.chart.category).values())
    count = len(tops) - 1
    if count != len(groups):
        return ()
    for parts in range(2, count // _LEAST + 1):
        size = ceil(count / parts)
        bounds = [(start, min(start + size, count)) for start in range(0, count, size)]
        cut = [_part(drawing.plot, tops[start], tops[stop]) for start, stop in bounds]
        if all(plot.height <= room for plot in cut):
            table = drawing.chart.table
            rows = [[row.index for group in groups[start:stop] for row in group] for start, stop in bounds]
            charts = [replace(drawing.chart, table=table.take(own)) for own in rows]
            return tuple(replace(drawing, plot=plot, chart=chart) for plot, chart in zip(cut, charts, strict=True))
    return ()


def _part(plot: Plot, top: float, bottom: float) -> Plot:
    """What stands between two heights of a plot, below what stands above its first row."""
    head, last = plot.rows[0], plot.rows[-1]
    part = Plot(plot.style, plot.width, height=head + bottom - top + (plot.height - last if bottom == last else 0.0))
    end = bottom if bottom < last else plot.height
    for label in plot.labels:
        middle = label.y - 0.3 * label.size
        if middle < head:
            part.labels.append(label)
        elif top <= middle < end:
            part.labels.append(replace(label, y=label.y - top + head))
    for shape in plot.shapes:
        box = shape.box
        if box.bottom < head:
            part.shapes.append(shape)
        elif box.bottom - box.top > plot.rows[1] - plot.rows[0]:
            part.shapes += _clipped(shape, max(box.top, top), min(box.bottom, end), head - top)
        elif top <= (box.top + box.bottom) / 2 < end:
            part.shapes.append(_moved(shape, head - top))
    return part


def _clipped(shape: Shape, top: float, bottom: float, by: float) -> list[Shape]:
    """The part of an upright line between two heights, moved down; nothing where it does not reach there."""
    x = shape.box.left
    path = (Segment("m", ((x, top + by),)), Segment("l", ((x, bottom + by),)))
    return [replace(shape, path=path)] if bottom > top else []


def _moved(shape: Shape, by: float) -> Shape:
    return replace(
        shape, path=tuple(Segment(step.kind, tuple((x, y + by) for x, y in step.points)) for step in shape.path)
    )
