"""Names of dots, each where it touches nothing; of few, and of what stands out, a line leads to one farther off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from math import cos, hypot, pi, sin, sqrt

from msgspec import Struct

from charts import phrases
from charts.lettering import Lines, text_width, wrap
from charts.plot import ASCENT, DESCENT, Bounds, crosses
from charts.style import ChartStyle
from data.tables.table import Row

FEW = 12
"""Dots of which all are named, beside them or below."""
MOST_TOGETHER = 3
"""Names of dots at one place that stand beside it."""
_MOST_NAMED = 40
"""Dots of which all may be named; of more, those that stand out and the extremes."""


_MOST_LINES = 3
"""Of a name beside its dot."""
RING = 1.6
"""Radius of the ring around a dot that stands for several, in parts of its own."""


class Dot(Struct, frozen=True):
    """A row to draw, in points."""

    row: Row
    x: float
    y: float
    radius: float
    name: str
    strong: bool
    spot: int
    """Of all that lie at one place: alike."""
    ringed: bool = False
    """Whether it stands for others at its place."""

    @property
    def reach(self) -> float:
        """From its middle to what is drawn farthest out."""
        return self.radius * RING if self.ringed else self.radius

    def off(self, box: Bounds) -> float:
        """How far its edge is from a rectangle, in points."""
        across, down = max(box.left - self.x, self.x - box.right, 0.0), max(box.top - self.y, self.y - box.bottom, 0.0)
        return hypot(across, down) - self.reach


class Label(Struct, frozen=True):
    """The names of all dots at one place, where they stand."""

    dots: tuple[Dot, ...]
    lines: Lines
    box: Bounds
    leader: tuple[float, float, float, float] | None = None
    """From the dot to its name, where that stands farther off."""

    @property
    def strong(self) -> bool:
        return self.dots[0].strong

    @property
    def leftward(self) -> bool:
        """Whether it stands left of its dot."""
        return self.box.right < self.dots[0].x

    @property
    def named(self) -> int:
        """How many of its dots it names."""
        return min(len(self.dots), MOST_TOGETHER)


def labelled(dots: Sequence[Dot], style: ChartStyle, area: Bounds) -> list[Label]:
    """Names with their places: those that stand out first, then those farthest out, as many as have room."""
    size = style.size
    held = [Bounds(d.x - d.reach, d.y - d.reach, d.x + d.reach, d.y + d.reach) for d in dots]
    placed: list[Label] = []

    def free(label: Label) -> bool:
        box, margin = label.box, 0.1 * size
        if box.left < area.left or box.right > area.right or box.top < area.top or box.bottom > area.bottom:
            return False
        near = (low for low in held if low.top < box.bottom + margin and box.top < low.bottom + margin)
        if any(box.touches(other, margin) for other in near):
            return False
        if any(box.touches(other.box, 0.35 * size) for other in placed):
            return False
        if any(one.leader and crosses(one.leader, box, 0.2 * size) for one in placed):
            return False
        others = [(dot, place) for dot, place in zip(dots, held, strict=True) if dot.spot != label.dots[0].spot]
        return (_leads if label.leader else _belongs)(label, others)

    def _leads(label: Label, others: Sequence[tuple[Dot, Bounds]]) -> bool:
        """Whether the line to its dot goes past all other dots and names."""
        leader = label.leader
        assert leader is not None
        past = not any(crosses(leader, place, 0.1 * size) for _, place in others)
        return past and not any(crosses(leader, one.box, 0.2 * size) for one in placed)

    def _belongs(label: Label, others: Sequence[tuple[Dot, Bounds]]) -> bool:
        """Whether it stands so much nearer to its own dot than to any other that nobody takes it for that one's."""
        own = min(dot.off(label.box) for dot in label.dots)
        near = max(2 * own, own + 0.6 * size)
        around = label.box._replace(left=label.box.left - near, right=label.box.right + near)
        around = around._replace(top=around.top - near, bottom=around.bottom + near)
        return not any(place.touches(around) and dot.off(label.box) < near for dot, place in others)

    for group in _by_weight(dots):
        text = phrases.listed([dot.name for dot in group], style.language, MOST_TOGETHER)
        fonts = style.bold if group[0].strong else style.regular
        # in one line, else in several as wide as a third of the drawing
        ways = dict.fromkeys(((text,), wrap(text, fonts, size, max((area.right - area.left) / 3, 8 * size))))
        far = group[0].strong or len(dots) <= FEW
        places = (one for lines in ways if len(lines) <= _MOST_LINES for one in _places(group, lines, style, far))
        found = next(filter(free, places), None)
        if found is not None:
            placed.append(found)
    return placed


def _by_weight(dots: Sequence[Dot]) -> list[tuple[Dot, ...]]:
    """Dots to be named, those at one place together, first ones first."""
    middle = sum(d.x for d in dots) / len(dots), sum(d.y for d in dots) / len(dots)
    spread = [max(max(v) - min(v), 1.0) for v in ([d.x for d in dots], [d.y for d in dots])]

    def outlying(dot: Dot) -> float:
        return sqrt(((dot.x - middle[0]) / spread[0]) ** 2 + ((dot.y - middle[1]) / spread[1]) ** 2)

    def place(dot: Dot) -> int:
        return dot.spot

    together = [
        tuple(sorted(group, key=lambda dot: not dot.strong)) for _, group in groupby(sorted(dots, key=place), key=place)
    ]
    order = {id(dot): number for number, dot in enumerate(dots)}
    ordered = sorted(together, key=lambda group: (not group[0].strong, -outlying(group[0]), order[id(group[0])]))
    if len(dots) <= _MOST_NAMED:
        return ordered
    strong = [group for group in ordered if group[0].strong]
    return [*strong, *[group for group in ordered if not group[0].strong][:12]]


def _places(group: tuple[Dot, ...], lines: Lines, style: ChartStyle, far_too: bool) -> Iterator[Label]:
    """Places for a name, best first: right, left, above, below, at the corners; with `far_too` also farther off."""
    dot, size = max(group, key=lambda one: one.radius), style.size
    wide = max(text_width(line, style.bold if group[0].strong else style.regular, size) for line in lines)
    tall, away = (ASCENT + DESCENT) * size + (len(lines) - 1) * style.line, dot.reach + 0.35 * size
    slant = 0.7 * dot.reach + 0.25 * size
    for left, top in (
        (dot.x + away, dot.y - tall / 2),
        (dot.x - away - wide, dot.y - tall / 2),
        (dot.x - wide / 2, dot.y - away - tall + 0.1 * size),
        (dot.x - wide / 2, dot.y + away - 0.1 * size),
        (dot.x + slant, dot.y - slant - tall),
        (dot.x + slant, dot.y + slant),
        (dot.x - slant - wide, dot.y - slant - tall),
        (dot.x - slant - wide, dot.y + slant),
    ):
        yield Label(group, lines, Bounds(left, top, left + wide, top + tall))
    if not far_too:
        return
    for far in (1.6, 2.6, 4.0, 5.5, 7.5):
        for turn in range(16):
            across, down = cos(turn * pi / 8), sin(turn * pi / 8)
            x, y = dot.x + far * size * across, dot.y + far * size * down
            # the name goes on from where its line ends
            left = x if across > 0.3 else x - wide if across < -0.3 else x - wide / 2
            top = y - tall / 2 if abs(across) > 0.3 else y - tall if down < 0 else y
            box = Bounds(left, top, left + wide, top + tall)
            length = hypot(x - dot.x, y - dot.y)
            start, end = (dot.reach + 0.1 * size) / length, 1 - 0.2 * size / length
            ends = [(dot.x + part * (x - dot.x), dot.y + part * (y - dot.y)) for part in (start, end)]
            yield Label(group, lines, box, (*ends[0], *ends[1]))
