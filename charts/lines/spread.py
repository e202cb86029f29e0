"""Labels at the end of lines, moved apart where they would touch, each as near to its own height as it can be."""

from __future__ import annotations

from collections.abc import Sequence


def spread(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Middles of labels between `low` and `high`, in points, in the order of `wanted`, none over another.

    Labels that would touch form a block, whose distance from what its labels want is the least there can be (pooling
    of adjacent violators: R. E. Barlow and others, Statistical Inference under Order Restrictions, 1972). Where there
    is too little room they run on below `high`.
    """
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    blocks: list[tuple[float, float, list[int]]] = []
    """Upper edge, height and members."""
    for i in order:
        top, tall, members = _held(wanted[i] - heights[i] / 2, heights[i], low, high), heights[i], [i]
        while blocks and blocks[-1][0] + blocks[-1][1] > top:
            _, other, before = blocks.pop()
            members, tall = [*before, *members], other + tall
            tops: list[float] = []
            done = 0.0
            for member in members:
                tops.append(wanted[member] - heights[member] / 2 - done)
                done += heights[member]
            top = _held(sum(tops) / len(tops), tall, low, high)
        blocks.append((top, tall, members))
    found = [0.0] * len(wanted)
    for top, _, members in blocks:
        for member in members:
            found[member] = top + heights[member] / 2
            top += heights[member]
    return found


def _held(top: float, tall: float, low: float, high: float) -> float:
    return max(min(top, high - tall), low)
