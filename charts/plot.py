"""The surface that chart kinds draw on: shapes and labels, placed in points from the upper left corner."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Literal, NamedTuple, Protocol

from msgspec import Struct, field

from charts.lettering import Fonts, text_width
from charts.style import ChartStyle

Align = Literal["left", "right"]


class Bounds(NamedTuple):
    """A rectangle in points; y counts downward."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: Bounds, margin: float = 0.0) -> bool:
        return (
            self.left < other.right + margin
            and other.left < self.right + margin
            and self.top < other.bottom + margin
            and other.top < self.bottom + margin
        )


def crosses(segment: tuple[float, float, float, float], box: Bounds, margin: float) -> bool:
    """Whether a segment comes nearer to `box` than `margin` (Liang and Barsky, 1984: parametric line clipping)."""
    x0, y0, x1, y1 = segment
    left, top, right, bottom = box.left - margin, box.top - margin, box.right + margin, box.bottom + margin
    if max(x0, x1) < left or min(x0, x1) > right or max(y0, y1) < top or min(y0, y1) > bottom:
        return False
    enter, leave = 0.0, 1.0
    for slope, distance in ((x0 - x1, x0 - left), (x1 - x0, right - x0), (y0 - y1, y0 - top), (y1 - y0, bottom - y0)):
        if slope == 0:
            if distance < 0:
                return False
        elif slope < 0:
            enter = max(enter, distance / slope)
        else:
            leave = min(leave, distance / slope)
    return enter <= leave


ASCENT, DESCENT, MIDDLE = 0.74, 0.22, 0.33
"""Of a line of text, as parts of its size: above and below the baseline; from the baseline to half a capital."""


class Label(Struct, frozen=True):
    """One line of text, its left end on the baseline at (x, y)."""

    text: str
    x: float
    y: float
    fonts: Fonts
    size: float
    colour: str

    @property
    def box(self) -> Bounds:
        """What the text covers, from the tops of its capitals to the ends of its descenders."""
        width = text_width(self.text, self.fonts, self.size)
        return Bounds(self.x, self.y - ASCENT * self.size, self.x + width, self.y + DESCENT * self.size)


Point = tuple[float, float]


class Segment(NamedTuple):
    """A step of a path: "m" to begin at a point, "l" for a line to one, "c" for a cubic Bézier curve (two points that
    bend it, and its end), "q" for a quadratic one, "z" to close it."""

    kind: Literal["m", "l", "q", "c", "z"]
    points: tuple[Point, ...] = ()


Path = tuple[Segment, ...]


class Shape(Struct, frozen=True):
    """A path that is filled, drawn as a line, or both; in points, y downward."""

    path: Path
    fill: str | None = None
    """As "#RRGGBB"; None leaves it open."""
    line: str | None = None
    thick: float = 0.0
    ends: Literal["butt", "round"] = "butt"
    joins: Literal["miter", "round"] = "miter"
    dashes: tuple[float, ...] = ()
    """Lengths of dashes and of what is between them; () for a whole line."""

    @property
    def box(self) -> Bounds:
        """What the path covers, without the thickness of its line. A curve's box is that of the points that bend it."""
        xs, ys = zip(*(point for segment in self.path for point in segment.points), strict=True)
        return Bounds(min(xs), min(ys), max(xs), max(ys))

    @property
    def points(self) -> list[Point]:
        """Where the path's steps end."""
        return [segment.points[-1] for segment in self.path if segment.points]


class Renderer(Protocol):
    """What draws a plot; y upward from its lower edge."""

    def draw_shape(self, shape: Shape, height: float) -> None:
        """A shape of a plot that is so high."""
        ...

    def draw_label(self, label: Label, x: float, y: float) -> None: ...


_ROUND = 4 / 3 * (2**0.5 - 1)
"""How far from its ends a quarter of a circle is bent, as a cubic Bézier curve: at its middle it is exact."""


def polygon(corners: Iterable[Point]) -> Path:
    """A closed path through corners."""
    first, *others = corners
    return (Segment("m", (first,)), *(Segment("l", (corner,)) for corner in others), Segment("z"))


def rectangle(x: float, y: float, width: float, height: float) -> Path:
    """A rectangle with its upper left corner at (x, y)."""
    return polygon([(x, y), (x + width, y), (x + width, y + height), (x, y + height)])


def circle(x: float, y: float, radius: float) -> Path:
    """A circle around (x, y), of four curves."""
    bend = _ROUND * radius
    sides = [(1, 0), (0, 1), (-1, 0), (0, -1), (1, 0)]
    curves: list[Segment] = []
    for (x0, y0), (x1, y1) in pairwise(sides):
        start, end = (x + radius * x0, y + radius * y0), (x + radius * x1, y + radius * y1)
        curves.append(
            Segment("c", ((start[0] + bend * x1, start[1] + bend * y1), (end[0] + bend * x0, end[1] + bend * y0), end))
        )
    return (Segment("m", ((x + radius, y),)), *curves, Segment("z"))


class Plot(Struct):
    """Shapes and labels of one drawing; y counts downward from the upper edge, as lines of text do."""

    style: ChartStyle
    width: float
    height: float = 0.0
    shapes: list[Shape] = field(default_factory=list[Shape])
    labels: list[Label] = field(default_factory=list[Label])
    rows: tuple[float, ...] = ()
    """Where the plot may be divided: above each of its rows, and below the last; empty where it may not."""

    def bar(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A filled rectangle with its upper left corner at (x, y)."""
        self.shapes.append(Shape(rectangle(x, y, width, height), colour))

    def pointed(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A bar as `bar` draws it that ends in a point: its true end lies beyond. One shape, or a seam would show."""
        end, tip = x + width, x + width + self.style.point
        corners = [(x, y), (end, y), (tip, y + height / 2), (end, y + height), (x, y + height)]
        self.shapes.append(Shape(polygon(corners), colour))

    def outline(self, x: float, y: float, width: float, height: float, dashed: bool = False) -> None:
        """The outline of a rectangle, drawn inside it: a step that is not reached."""
        thick = 0.09 * self.style.size
        path = rectangle(x + thick / 2, y + thick / 2, max(width - thick, 0.01), max(height - thick, 0.01))
        colour = self.style.muted if dashed else self.style.mark
        self.shapes.append(Shape(path, None, colour, thick, dashes=(3 * thick, 2 * thick) if dashed else ()))

    def dashed(self, x: float, y: float, width: float, height: float) -> None:
        """A dashed outline: a part that nobody stated, or a length that is only known to be no longer."""
        self.outline(x, y, width, height, dashed=True)

    def axis(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """The line that bars and curves start from."""
        self.stroke([(x0, y0), (x1, y1)], self.style.ink, self.style.hair)

    def dot(self, x: float, y: float, radius: float, colour: str) -> None:
        """A filled circle around (x, y)."""
        self.shapes.append(Shape(circle(x, y, radius), colour))

    def halves(self, x: float, y: float, radius: float, colours: tuple[str, str]) -> None:
        """Two dots at one place: a circle of a left and a right half."""
        self.dot(x, y, radius, colours[0])
        _, first, _, _, last, _ = circle(x, y, radius)  # its quarters begin at the right and go down
        right = (Segment("m", ((x, y - radius),)), last, first, Segment("z"))
        self.shapes.append(Shape(right, colours[1]))

    def stroke(
        self,
        points: Iterable[Point],
        colour: str,
        thick: float,
        round_ends: bool = False,
        dashes: tuple[float, ...] = (),
    ) -> None:
        """A line through points."""
        first, *others = points
        path = (Segment("m", (first,)), *(Segment("l", (point,)) for point in others))
        self.shapes.append(Shape(path, None, colour, thick, "round" if round_ends else "butt", "round", dashes))

    def text(
        self,
        x: float,
        y: float,
        text: str,
        align: Align = "left",
        bold: bool = False,
        colour: str | None = None,
        size: float | None = None,
    ) -> None:
        """One line of text: `x` is its left or right end, `y` its baseline."""
        style = self.style
        fonts, size = style.bold if bold else style.regular, size or style.size
        left = x if align == "left" else x - text_width(text, fonts, size)
        self.labels.append(Label(text, left, y, fonts, size, colour or style.ink))

    def lines(
        self,
        x: float,
        middle: float,
        lines: tuple[str, ...],
        align: Align = "left",
        bold: bool = False,
        colour: str | None = None,
    ) -> None:
        """Lines of text, set around the height `middle`."""
        first = middle - (len(lines) - 1) * self.style.line / 2 + MIDDLE * self.style.size
        for i, line in enumerate(lines):
            self.text(x, first + i * self.style.line, line, align, bold, colour)

    def draw(self, renderer: Renderer) -> None:
        """Give a renderer the shapes, then the labels."""
        for shape in self.shapes:
            renderer.draw_shape(shape, self.height)
        for label in self.labels:
            renderer.draw_label(label, label.x, self.height - label.y)
