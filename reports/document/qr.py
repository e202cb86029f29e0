"""QR codes as vector rectangles, in sizes that a telephone reads from paper."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit, urlunsplit

from msgspec import Struct

from data.errors import Place, ProjectError

MM = 72 / 25.4
QUIET_ZONE = 4
"""Modules of white on each side, as ISO/IEC 18004 asks for."""
LEAST_SIDE = 22 * MM
LEAST_MODULE = 0.42 * MM
"""Five dots of a 300 dpi printer: smaller modules run together on a photocopy."""
MOST_SIDE = 40 * MM

_PIXELS = 12
_WEBSITE = Place("project.toml")
_REMEMBERED = 100
"""Addresses whose codes are kept: a project has one, and a process may make many handouts of it."""


class Rectangle(NamedTuple):
    """A block of dark modules: left column, upper row, columns and rows, counted from the code's upper left."""

    column: int
    row: int
    columns: int
    rows: int


class QRCode(Struct, frozen=True):
    """An address as a square of dark and light modules."""

    address: str
    """As a URI: what the code holds."""
    shown: str
    """As people write it: without scheme, and without a slash at the end."""
    level: str
    """Error correction: M restores 15% of the code, Q 25%, H 30%."""
    modules: tuple[tuple[bool, ...], ...]
    """Rows from the top, true for dark; without the quiet zone."""

    @property
    def side(self) -> float:
        """Edge of the printed code in points, without its quiet zone."""
        return max(LEAST_SIDE, len(self.modules) * LEAST_MODULE)

    @property
    def quiet(self) -> float:
        """Width of the quiet zone in points."""
        return self.side / len(self.modules) * QUIET_ZONE

    @property
    def whole(self) -> float:
        """Edge of the printed code in points, quiet zone included."""
        return self.side + 2 * self.quiet

    def rectangles(self) -> Iterator[Rectangle]:
        """Dark modules merged along rows, and rows merged where the same run stands below."""
        open_runs: dict[tuple[int, int], int] = {}
        for row, modules in enumerate((*self.modules, ())):
            runs = set(_runs(modules))
            for run in [run for run in open_runs if run not in runs]:
                start = open_runs.pop(run)
                yield Rectangle(run[0], start, run[1], row - start)
            for run in sorted(runs - open_runs.keys()):
                open_runs[run] = row

    def png(self) -> bytes:
        """A picture of black on white, quiet zone included, with `_PIXELS` for each module's edge."""
        from PIL import Image

        side = len(self.modules) + 2 * QUIET_ZONE
        picture = Image.new("1", (side, side), 1)
        for row, modules in enumerate(self.modules, QUIET_ZONE):
            for column, dark in enumerate(modules, QUIET_ZONE):
                picture.putpixel((column, row), not dark)
        buffer = BytesIO()
        picture.resize((side * _PIXELS, side * _PIXELS), Image.Resampling.NEAREST).save(buffer, "PNG")
        return buffer.getvalue()

    def draw(self, canvas: Any, x: float, y: float, ink: str, paper: str = "#FFFFFF") -> None:
        """Draw the code with its quiet zone; lower left corner at (x, y) in points, colours as "#RRGGBB"."""
        from reportlab.lib.colors import HexColor

        module = self.side / len(self.modules)
        canvas.setFillColor(HexColor(paper))
        canvas.rect(x, y, self.whole, self.whole, stroke=0, fill=1)
        left, top = x + QUIET_ZONE * module, y + self.whole - QUIET_ZONE * module
        path = canvas.beginPath()
        for r in self.rectangles():
            path.rect(left + r.column * module, top - (r.row + r.rows) * module, r.columns * module, r.rows * module)
        canvas.setFillColor(HexColor(ink))
        canvas.drawPath(path, stroke=0, fill=1)


def drawable(file: Path | QRCode) -> Path | bytes:
    """What shows a picture or a code: its file, or a PNG."""
    return file.png() if isinstance(file, QRCode) else file


def _runs(modules: tuple[bool, ...]) -> Iterator[tuple[int, int]]:
    """Start and length of each run of dark modules in a row."""
    start = None
    for column, dark in enumerate((*modules, False)):
        if dark and start is None:
            start = column
        elif not dark and start is not None:
            yield start, column - start
            start = None


def uri(address: str) -> str:
    """`address` as a URI in ASCII (RFC 3986): with a scheme, host in IDNA, other characters percent-encoded.

    >>> uri("exämple.edu/zürich")
    'https://xn--exmple-cua.edu/z%C3%BCrich'
    """
    parts = urlsplit(address if "://" in address else f"https://{address}")
    try:
        host = parts.netloc.encode("idna").decode("ascii")
    except UnicodeError:
        host = quote(parts.netloc, safe="@:[]%")
    reserved = "!#$%&'()*+,/:;=?@[]~"
    return urlunsplit((parts.scheme, host, *(quote(part, safe=reserved) for part in parts[2:])))


@lru_cache(_REMEMBERED)
def encode(address: str, place: Place = _WEBSITE) -> QRCode:
    """The QR code of a web address: level M, or better where the same number of modules holds it.

    Raises ProjectError when the code would be larger than `MOST_SIDE`.
    """
    import segno

    target = uri(address)
    most = int(MOST_SIDE / LEAST_MODULE)
    try:
        code = segno.make_qr(target, error="m", boost_error=True)
    except segno.DataOverflowError:
        code = None
    if code is None or len(code.matrix) > most:
        whose, name = ("the website's", " as 'website'") if place == _WEBSITE else ("the", "")
        raise ProjectError.at(
            place,
            f"{whose} address has {len(target)} characters: a QR code of it is too fine to read from paper.",
            f"Give a shorter address{name}, such as one that forwards to this page.",
        )
    shown = address.removeprefix("https://").removeprefix("http://").removesuffix("/")
    return QRCode(target, shown, str(code.error), tuple(tuple(map(bool, row)) for row in code.matrix))
