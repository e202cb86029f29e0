"""What a layout looks like before anything is set on it: a small picture, asked where it is plain and in which colour.

Backgrounds, drawn shapes, logos and photographs of the layout and its master are painted in their order, so that one
question serves them all: a logo, a band that is part of a background picture, a dark panel that was drawn.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any

from msgspec import Struct

from reports.deck.templates.outlines import Transform, outline
from reports.powerpoint.box import Box
from reports.powerpoint.palette import Paint, Palette
from reports.powerpoint.xml import Element, R, local
from reports.powerpoint.xml import qualified as qn

_WIDE = 320
"""Pixels across the picture: a hairline and the strokes of a logo are still seen."""
_ALIKE = 40
"""Of 255: how far a channel may be from the ground and still belong to it, as a watermark does."""
_PLAIN = 0.55
"""Least share of a box that its ground must fill to be called one."""
_SHARE = 0.3
"""Least share of a box that a part of one colour must have to be taken for it."""
_EDGE = 0.004
"""Share of a box's pixels that may differ, for what touches its edges."""
_LETTER = 0.5
"""Width of a letter on a layout, in em."""
_DECODED = 8
"""Pictures of templates that are remembered, small."""
_LARGEST = 80_000_000
"""Pixels of a picture that is still opened: a page of A0 at 72 dpi has 8 million."""


class PaintSource(Struct, frozen=True, eq=False):
    """The XML and the parts that a layout's picture is painted from. Slide sizes in points."""

    layout: Element
    master: Element
    layout_part: Any
    master_part: Any
    palette: Palette
    theme: Element
    width: float
    height: float


class Ground(Struct, frozen=True, eq=False, dict=True):
    """A layout's picture, painted when it is first asked for."""

    source: PaintSource

    @cached_property
    def _picture(self) -> tuple[Any, Any]:
        """Pixels, rows × columns × 3 of 0 to 255, and which of them hold words or a picture that cannot be read."""
        import numpy as np

        brush = _Brush(self.source)
        brush.paint()
        return np.asarray(brush.canvas, dtype=np.int16), np.asarray(brush.words, dtype=bool)

    def _cut(self, box: Box) -> tuple[slice, slice]:
        pixels, _ = self._picture
        down, across = pixels.shape[:2]
        x, y = across / self.source.width, down / self.source.height
        left, top = max(0, round(box.left * x)), max(0, round(box.top * y))
        right, bottom = min(across, round(box.right * x)), min(down, round(box.bottom * y))
        left, top = min(left, across - 1), min(top, down - 1)
        return slice(top, max(top + 1, bottom)), slice(left, max(left + 1, right))

    def colour(self, box: Box) -> str | None:
        """The colour that most of a box has, as "#RRGGBB"; None where no colour has."""
        found = self._most(self._cut(box))
        return None if found is None else "#{:02X}{:02X}{:02X}".format(*(round(part) for part in found))

    def _most(self, cut: tuple[slice, slice], least: float = _PLAIN) -> Any:
        import numpy as np

        pixels, words = self._picture
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
        middle = self._most(cut) if colour is None else colour
        if middle is None:
            return None
        pixels, words = self._picture
        return (np.abs(pixels[cut] - middle) > _ALIKE).any(axis=2) | words[cut]

    def plain(self, box: Box) -> bool:
        """Whether a box has one colour, but for what touches its edges."""
        taken = self._taken(box)
        return taken is not None and float(taken.mean()) <= _EDGE

    def clear(self, box: Box, like: Box | None = None) -> Box:
        """The largest part of a box that has one colour; the box itself where no colour has enough of it.

        The colour is that of `like` where the box has it, else the one that most of it has.
        """
        near = None if like is None else self._most(self._cut(like))
        taken = None if near is None else self._taken(box, near)
        if taken is None or float(taken.mean()) > 1 - _SHARE:
            middle = self._most(self._cut(box), _SHARE)
            taken = None if middle is None else self._taken(box, middle)
        if taken is None or float(taken.mean()) <= _EDGE:
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
        middle = self._most(cut)
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


class _Brush:
    """Paints a layout: its background, then the shapes of its master and its own."""

    def __init__(self, source: PaintSource) -> None:
        from PIL import Image

        self.source = source
        self.scale = _WIDE / source.width
        size = _WIDE, max(1, round(source.height * self.scale))
        self.canvas = Image.new("RGB", size, "white")
        self.words = Image.new("1", size)

    def paint(self) -> None:
        source = self.source
        self._background()
        if source.layout.get("showMasterSp") not in ("0", "false"):
            self._shapes(_tree(source.master), source.master_part, Transform())
        self._shapes(_tree(source.layout), source.layout_part, Transform())

    def _background(self) -> None:
        source = self.source
        for element, part in ((source.layout, source.layout_part), (source.master, source.master_part)):
            found = element.find(f"{qn('p:cSld')}/{qn('p:bg')}")
            if found is None:
                continue
            corners = [(0.0, 0.0), (source.width, 0.0), (source.width, source.height), (0.0, source.height)]
            own = found.find(qn("p:bgPr"))
            if own is not None:
                self._fill(own, part, corners, None)
                return
            reference = found.find(qn("p:bgRef"))
            if reference is not None:
                self._fill_by_theme(reference, corners)
            return

    def _fill_by_theme(self, reference: Element, corners: Sequence[tuple[float, float]]) -> None:
        """A fill of the theme's, by its number, from 1 for shapes and from 1001 for backgrounds."""
        number = int(reference.get("idx", "0"))
        meant = self.source.palette.paint(reference)
        name, place = ("a:bgFillStyleLst", number - 1001) if number > 1000 else ("a:fillStyleLst", number - 1)
        listed = self.source.theme.find(f".//{qn(name)}")
        if place < 0 or listed is None or place >= len(listed):
            return
        self._one_fill(listed[place], None, corners, meant)

    def _fill(self, look: Element, part: Any, corners: Sequence[tuple[float, float]], meant: Paint | None) -> bool:
        """Paint the fill that some properties state; whether they state one."""
        for found in look:
            if local(found) in ("noFill", "solidFill", "gradFill", "blipFill", "pattFill"):
                self._one_fill(found, part, corners, meant)
                return True
        return False

    def _one_fill(self, fill: Element, part: Any, corners: Sequence[tuple[float, float]], meant: Paint | None) -> None:
        match local(fill):
            case "solidFill":
                self._polygon(corners, self.source.palette.paint(fill, meant))
            case "gradFill":
                stops = [self.source.palette.paint(stop, meant) for stop in fill.iter(qn("a:gs"))]
                known = [stop for stop in stops if stop is not None]
                for i, stop in enumerate(known):  # each over what is left of the way: both ends are seen
                    self._polygon(_from(corners, i / max(1, len(known))), stop)
            case "blipFill":
                self._image(fill, part, corners)
            case "pattFill":
                self._polygon(corners, self.source.palette.paint(fill.find(qn("a:bgClr")), meant))
            case _:
                pass

    def _polygon(self, corners: Sequence[tuple[float, float]], paint: Paint | None) -> None:
        from PIL import Image, ImageDraw

        if paint is None or paint.opacity <= 0.02 or len(corners) < 2:
            return
        points = [(x * self.scale, y * self.scale) for x, y in corners]
        mask = Image.new("L", self.canvas.size)
        ImageDraw.Draw(mask).polygon(points, fill=round(255 * paint.opacity))
        colour = tuple(round(255 * min(max(part, 0.0), 1.0)) for part in paint.colour)
        self.canvas.paste(colour, (0, 0), mask)

    def _image(self, fill: Element, part: Any, corners: Sequence[tuple[float, float]]) -> None:
        from PIL import Image

        left, top = min(x for x, _ in corners) * self.scale, min(y for _, y in corners) * self.scale
        right, bottom = max(x for x, _ in corners) * self.scale, max(y for _, y in corners) * self.scale
        size = max(1, round(right - left)), max(1, round(bottom - top))
        blip = fill.find(qn("a:blip"))
        key = None if blip is None else blip.get(f"{{{R}}}embed")
        picture = None
        if key and part is not None and key in part.rels and not part.rels[key].is_external:
            picture = _decoded(part.rels[key].target_part.blob, size if max(size) <= 4 * _WIDE else (_WIDE, _WIDE))
        if picture is None:
            self._say(Box(left / self.scale, top / self.scale, size[0] / self.scale, size[1] / self.scale))
            return
        placed = picture if picture.size == size else picture.resize((min(size[0], 4 * _WIDE), min(size[1], 4 * _WIDE)))
        self.canvas.paste(placed.convert("RGB"), (round(left), round(top)), placed.getchannel("A"))
        assert isinstance(placed, Image.Image)

    def _say(self, box: Box) -> None:
        """Mark a box as one with words in it, or with a picture that cannot be read here."""
        from PIL import ImageDraw

        edges = [edge * self.scale for edge in (box.left, box.top, box.right, box.bottom)]
        ImageDraw.Draw(self.words).rectangle(edges, fill=1)

    def _shapes(self, tree: Element | None, part: Any, frame: Transform) -> None:
        for shape in () if tree is None else tree:
            if not isinstance(shape.tag, str) or shape.find(".//" + qn("p:ph")) is not None or _hidden(shape):
                continue
            match local(shape):
                case "grpSp":
                    place = shape.find(f"{qn('p:grpSpPr')}/{qn('a:xfrm')}")
                    self._shapes(shape, part, frame.inner(place))
                case "sp":
                    self._shape(shape, part, frame)
                case "pic":
                    corners = outline(shape.find(qn("p:spPr")), frame)
                    fill = shape.find(qn("p:blipFill"))
                    if corners and fill is not None:
                        self._image(fill, part, corners)
                case "cxnSp":
                    self._line(shape, outline(shape.find(qn("p:spPr")), frame, closed=False))
                case "graphicFrame":
                    if box := frame.box(shape.find(qn("p:xfrm"))):
                        self._say(box)
                case _:
                    pass

    def _shape(self, shape: Element, part: Any, frame: Transform) -> None:
        look = shape.find(qn("p:spPr"))
        corners = outline(look, frame)
        if look is None or not corners:
            return
        style = shape.find(qn("p:style"))
        if not self._fill(look, part, corners, None) and style is not None:
            reference = style.find(qn("a:fillRef"))
            if reference is not None and reference.get("idx", "0") != "0":
                self._polygon(corners, self.source.palette.paint(reference))
        self._line(shape, [*corners, corners[0]])
        words = "".join(text.text or "" for text in shape.iter(qn("a:t"))).strip()
        if words:
            self._words(shape, corners)

    def _words(self, shape: Element, corners: Sequence[tuple[float, float]]) -> None:
        """Where the words of a shape stand, about: at its left edge, in its middle or at its right."""
        left, top = min(x for x, _ in corners), min(y for _, y in corners)
        width, height = max(x for x, _ in corners) - left, max(y for _, y in corners) - top
        longest, size, lines = 0, 18.0, 0
        for paragraph in shape.iter(qn("a:p")):
            text = "".join(piece.text or "" for piece in paragraph.iter(qn("a:t")))
            longest, lines = max(longest, len(text)), lines + 1
            sizes = [int(run.get("sz")) / 100 for run in paragraph.iter(qn("a:rPr")) if run.get("sz")]
            size = max(sizes, default=size)
        wide = min(width, (longest + 2) * _LETTER * size)
        setting = shape.find(".//" + qn("a:pPr"))
        align = "l" if setting is None else setting.get("algn", "l")
        start = left if align in ("l", "just") else left + (width - wide) * (0.5 if align == "ctr" else 1.0)
        self._say(Box(start, top, wide, max(min(height, lines * 1.4 * size), min(height, size))))

    def _line(self, shape: Element, corners: Sequence[tuple[float, float]]) -> None:
        """The line of a shape, as far as it states one; of a connector also by its style."""
        from PIL import ImageDraw

        line = shape.find(f"{qn('p:spPr')}/{qn('a:ln')}")
        paint = None
        if line is not None and line.find(qn("a:noFill")) is not None:
            return
        if line is not None and (fill := line.find(qn("a:solidFill"))) is not None:
            paint = self.source.palette.paint(fill)
        elif (reference := shape.find(f"{qn('p:style')}/{qn('a:lnRef')}")) is not None and reference.get("idx") != "0":
            paint = self.source.palette.paint(reference)
        if paint is None or paint.opacity < 0.1 or len(corners) < 2:
            return
        width = int(line.get("w", "9525")) / 12700 if line is not None else 0.75
        colour = tuple(round(255 * min(max(part, 0.0), 1.0)) for part in paint.colour)
        points = [(x * self.scale, y * self.scale) for x, y in corners]
        ImageDraw.Draw(self.canvas).line(points, fill=colour, width=max(1, round(width * self.scale)))


def _tree(element: Element) -> Element | None:
    return element.find(f"{qn('p:cSld')}/{qn('p:spTree')}")


def _hidden(shape: Element) -> bool:
    named = shape.find("./*/" + qn("p:cNvPr"))
    return named is not None and named.get("hidden") in ("1", "true")


def _from(corners: Sequence[tuple[float, float]], share: float) -> list[tuple[float, float]]:
    """The part of a shape that lies below a share of its height."""
    top, bottom = min(y for _, y in corners), max(y for _, y in corners)
    edge = top + share * (bottom - top)
    return [(x, max(y, edge)) for x, y in corners]


@lru_cache(_DECODED)
def _decoded(content: bytes, size: tuple[int, int]) -> Any:
    """A picture in a size, with its transparency; None where it cannot be read."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content)) as picture:
            if math.prod(picture.size) > _LARGEST:
                return None
            picture.draft("RGB", (2 * size[0], 2 * size[1]))
            return picture.convert("RGBA").resize(size)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, MemoryError):
        return None
