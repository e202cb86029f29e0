"""What a PDF's page shows, read from its operators: each text with the width that it is drawn with."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any, NamedTuple

import pikepdf


class Shown(NamedTuple):
    """Text from one place to the next."""

    text: str
    """As the fonts' ToUnicode maps say it."""
    glyphs: int
    width: float
    """In points."""
    kerned: bool


_PAIR = re.compile(rb"^<([0-9A-F]{2})> <([0-9A-F]{4,})>$", re.MULTILINE)


def shown_text(pdf: bytes, page: int = 0) -> list[Shown]:
    """The texts of a page in the order in which they are drawn."""
    found: list[Shown] = []
    with pikepdf.open(BytesIO(pdf)) as file:
        fonts = {name: _Font(font) for name, font in file.pages[page].Resources.Font.items()}
        font, size, tracking = next(iter(fonts.values())), 0.0, 0.0
        for operands, operator in pikepdf.parse_content_stream(file.pages[page]):
            match str(operator):
                case "Tf":
                    font, size = fonts[str(operands[0])], float(operands[1])
                case "Tc":
                    tracking = float(operands[0])
                case "Td" | "Tm" | "BT":
                    found.append(Shown("", 0, 0.0, kerned=False))
                case "Tj" | "TJ":
                    for piece in operands[0] if str(operator) == "TJ" else operands:
                        found[-1] = _further(found[-1], piece, font, size, tracking)
                case _:
                    pass
    return [text for text in found if text.glyphs]


class _Font:
    def __init__(self, font: Any) -> None:
        self.widths = [float(width) for width in font.Widths]
        said = {int(c, 16): bytes.fromhex(u.decode()) for c, u in _PAIR.findall(font.ToUnicode.read_bytes())}
        self.said = {code: letters.decode("utf-16-be") for code, letters in said.items()}


def _further(before: Shown, piece: Any, font: _Font, size: float, tracking: float) -> Shown:
    if not isinstance(piece, pikepdf.String):
        return before._replace(width=before.width - float(piece) / 1000 * size, kerned=True)
    codes = bytes(piece)
    return Shown(
        before.text + "".join(font.said[code] for code in codes),
        before.glyphs + len(codes),
        before.width + sum(font.widths[code] for code in codes) / 1000 * size + tracking * len(codes),
        before.kerned,
    )
