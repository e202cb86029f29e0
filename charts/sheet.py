"""The surface that chart kinds draw on: matplotlib artists and labels, placed in points from the upper left corner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from charts.lettering import Fonts, text_width
from charts.style import Style

# Projects are read and checked without drawing: matplotlib, which takes long to import, waits for the first mark.
if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.backend_bases import RendererBase

Align = Literal["left", "right"]


class Box(NamedTuple):
    """A rectangle in points; y counts downward."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: Box, margin: float = 0.0) -> bool:
        return (
            self.left < other.right + margin
            and other.left < self.right + margin
            and self.top < other.bottom + margin
            and other.top < self.bottom + margin
        )


ASCENT, DESCENT, MIDDLE = 0.74, 0.22, 0.33
"""Of a line of text, as parts of its size: above and below the baseline; from the baseline to half a capital."""


@dataclass(frozen=True, slots=True)
class Label:
    """One line of text, its left end on the baseline at (x, y)."""

    text: str
    x: float
    y: float
    fonts: Fonts
    size: float
    colour: str

    @property
    def box(self) -> Box:
        """What the text covers, from the tops of its capitals to the ends of its descenders."""
        width = text_width(self.text, self.fonts, self.size)
        return Box(self.x, self.y - ASCENT * self.size, self.x + width, self.y + DESCENT * self.size)


class LabelRenderer(Protocol):
    """What a renderer offers beside matplotlib's own calls: drawing a label its own way, as text or as outlines."""

    def draw_label(self, label: Label, x: float, y: float, scale: float) -> None: ...


@cache
def _as_it_comes() -> None:
    """Take back what a matplotlibrc in the working folder, which may be a stranger's, or the user's own one set."""
    import matplotlib

    for name in matplotlib.rcParamsDefault:
        if name != "backend":  # asking for it would load pyplot
            matplotlib.rcParams[name] = matplotlib.rcParamsDefault[name]


@dataclass
class Sheet:
    """Artists and labels of one drawing; y counts downward from the upper edge, as lines of text do."""

    style: Style
    width: float
    height: float = 0.0
    artists: list[Artist] = field(default_factory=list)  # pyright: ignore[reportUnknownVariableType]  # imported late
    labels: list[Label] = field(default_factory=list[Label])

    def __post_init__(self) -> None:
        _as_it_comes()
        from matplotlib.transforms import Affine2D

        self.transform = Affine2D()
        """From the sheet's points to the renderer's units; belongs to every artist, and is set when it is drawn."""

    def add(self, artist: Artist) -> None:
        """Put any matplotlib artist onto the sheet, in the sheet's points."""
        artist.set_transform(self.transform)
        self.artists.append(artist)

    def bar(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A filled rectangle with its upper left corner at (x, y)."""
        from matplotlib.patches import Rectangle

        self.add(Rectangle((x, y), width, height, facecolor=colour, edgecolor="none", linewidth=0))

    def point(self, x: float, y: float, height: float, colour: str) -> None:
        """The pointed end of a bar that ends at x, `height` high from y downward."""
        from matplotlib.patches import Polygon

        corners = [(x, y), (x + self.style.point, y + height / 2), (x, y + height)]
        self.add(Polygon(corners, closed=True, facecolor=colour, edgecolor="none", linewidth=0))

    def outline(self, x: float, y: float, width: float, height: float, dashed: bool = False) -> None:
        """The outline of a rectangle, drawn inside it: a step that is not reached."""
        from matplotlib.patches import Rectangle

        thick = 0.09 * self.style.size
        frame = Rectangle(
            (x + thick / 2, y + thick / 2),
            max(width - thick, 0.01),
            max(height - thick, 0.01),
            facecolor="none",
            edgecolor=self.style.muted if dashed else self.style.mark,
            linewidth=thick,
            linestyle=(0, (3, 2)) if dashed else "solid",
        )
        self.add(frame)

    def dashed(self, x: float, y: float, width: float, height: float) -> None:
        """A dashed outline: a part that nobody stated."""
        self.outline(x, y, width, height, dashed=True)

    def axis(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """The line that bars and curves start from."""
        self.stroke([(x0, y0), (x1, y1)], self.style.ink, self.style.hair)

    def dot(self, x: float, y: float, radius: float, colour: str) -> None:
        """A filled circle around (x, y)."""
        from matplotlib.patches import Circle

        self.add(Circle((x, y), radius, facecolor=colour, edgecolor="none", linewidth=0))

    def stroke(
        self, points: Iterable[tuple[float, float]], colour: str, thick: float, round_ends: bool = False
    ) -> None:
        """A line through points."""
        from matplotlib.lines import Line2D

        xs, ys = zip(*points, strict=True)
        ends = "round" if round_ends else "butt"
        self.add(
            Line2D(xs, ys, color=colour, linewidth=thick, solid_capstyle=ends, solid_joinstyle="round", marker="None")
        )

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

    def draw(self, renderer: RendererBase, letters: LabelRenderer, scale: float = 1.0) -> None:
        """Play the artists to `renderer` and the labels to `letters`, `scale` units to the point, y upward."""
        self.transform.clear().scale(scale, -scale).translate(0, self.height * scale)
        for artist in self.artists:
            artist.draw(renderer)
        for label in self.labels:
            letters.draw_label(label, label.x * scale, (self.height - label.y) * scale, scale)
