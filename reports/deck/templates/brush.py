"""Paints what a layout shows before anything is set on it, small: background, drawn shapes, logos, photographs."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct

from reports.deck.templates.outlines import Transform, outline
from reports.powerpoint.box import Box
from reports.powerpoint.palette import Paint, Palette
from reports.powerpoint.xml import Element, R, local
from reports.powerpoint.xml import qualified as qn

_WIDE = 320
"""Pixels across the picture: a hairline and the strokes of a logo are still seen."""
_STEPS = 128
"""Colours of a fill whose colours run."""
_LETTER = 0.5
"""Width of a letter on a layout, in em."""
_LOGO = 0.04
"""Of the slide: a picture that is no larger is a logo."""
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


class Brush:
    """Paints a layout: its background, then the shapes of its master and its own."""

    def __init__(self, source: PaintSource) -> None:
        from PIL import Image

        self.source = source
        self.scale = _WIDE / source.width
        size = _WIDE, max(1, round(source.height * self.scale))
        self.canvas = Image.new("RGB", size, "white")
        self.words = Image.new("1", size)
        self.running = Image.new("1", size)

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
                self._run(fill, corners, meant)
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
        self.running.paste(0, (0, 0), mask.convert("1", dither=Image.Dither.NONE))

    def _run(self, fill: Element, corners: Sequence[tuple[float, float]], meant: Paint | None) -> None:
        """Colours that run downwards, or across where the fill says so; rings are taken to run downwards."""
        from PIL import Image, ImageChops, ImageDraw

        found = [
            (int(stop.get("pos", "0")) / 100_000, paint)
            for stop in fill.iter(qn("a:gs"))
            if (paint := self.source.palette.paint(stop, meant)) is not None
        ]
        found.sort(key=lambda stop: stop[0])
        if not found or len(corners) < 3:
            return
        line = fill.find(qn("a:lin"))
        angle = 90.0 if line is None else int(line.get("ang", "0")) / 60_000 % 180
        down = 45 <= angle <= 135
        strip = Image.new("RGBA", (1, _STEPS) if down else (_STEPS, 1))
        strip.putdata([_between(found, i / (_STEPS - 1)) for i in range(_STEPS)])
        xs, ys = [x * self.scale for x, _ in corners], [y * self.scale for _, y in corners]
        size = max(1, round(max(xs) - min(xs))), max(1, round(max(ys) - min(ys)))
        if max(size) > 4 * _WIDE:
            return
        mask = Image.new("L", self.canvas.size)
        ImageDraw.Draw(mask).polygon(list(zip(xs, ys)), fill=255)
        layer = Image.new("RGBA", self.canvas.size)
        layer.paste(strip.resize(size), (round(min(xs)), round(min(ys))))
        self.canvas.paste(layer.convert("RGB"), (0, 0), ImageChops.multiply(mask, layer.getchannel("A")))
        self.running.paste(1, (0, 0), mask.convert("1"))

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
        seen = placed.getchannel("A")
        self.canvas.paste(placed.convert("RGB"), (round(left), round(top)), seen)
        self.running.paste(0, (round(left), round(top)), seen.convert("1", dither=Image.Dither.NONE))

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
                        self._keep_whole(corners)
                case "cxnSp":
                    self._line(shape, outline(shape.find(qn("p:spPr")), frame, closed=False))
                case "graphicFrame":
                    if box := frame.box(shape.find(qn("p:xfrm"))):
                        self._say(box)
                case _:
                    pass

    def _keep_whole(self, corners: Sequence[tuple[float, float]]) -> None:
        """A logo is kept clear as a whole, with what lies between its letters; a large picture only where it shows."""
        left, top = min(x for x, _ in corners), min(y for _, y in corners)
        width, height = max(x for x, _ in corners) - left, max(y for _, y in corners) - top
        if width * height <= _LOGO * self.source.width * self.source.height:
            self._say(Box(left, top, width, height))

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
        ImageDraw.Draw(self.running).line(points, fill=0, width=max(1, round(width * self.scale)))
        ImageDraw.Draw(self.canvas).line(points, fill=colour, width=max(1, round(width * self.scale)))


def _tree(element: Element) -> Element | None:
    return element.find(f"{qn('p:cSld')}/{qn('p:spTree')}")


def _hidden(shape: Element) -> bool:
    named = shape.find("./*/" + qn("p:cNvPr"))
    return named is not None and named.get("hidden") in ("1", "true")


def _between(stops: Sequence[tuple[float, Paint]], place: float) -> tuple[int, int, int, int]:
    """Red, green, blue and opacity, 0 to 255, at a place between the stops of colours that run."""
    before = max((stop for stop in stops if stop[0] <= place), key=lambda stop: stop[0], default=stops[0])
    behind = min((stop for stop in stops if stop[0] >= place), key=lambda stop: stop[0], default=stops[-1])
    share = 0.0 if behind[0] <= before[0] else (place - before[0]) / (behind[0] - before[0])
    one, other = ((*paint.colour, paint.opacity) for paint in (before[1], behind[1]))
    red, green, blue, opacity = (round(255 * min(max(a + share * (b - a), 0.0), 1.0)) for a, b in zip(one, other))
    return red, green, blue, opacity


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
