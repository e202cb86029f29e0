"""What to do next, beside the code that a telephone reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from data.language.words import words
from data.look.colour import text_colour
from reports.document.blocks import Block, NextSteps
from reports.document.inlines import Link, Strong, Text
from reports.document.sources import colon
from reports.pdf.handout.kit import Kit, closer, tint
from reports.pdf.handout.look import GUTTER
from reports.pdf.handout.parts import EMPTY, Part, inset, stack
from reports.pdf.tagged.tagging import TaggedCanvas

Flow = Callable[[Sequence[Block], float, Kit], list[Part]]
"""How blocks are set one below the other, which needs to know this one."""
_LEAST_BESIDE = 170.0
"""Steps narrower than this many points have the QR code below them."""


def scan_code(kit: Kit) -> tuple[Part, float]:
    """The QR code as a figure, and its width in points."""
    code = kit.code
    if code is None:
        return EMPTY, 0.0
    ink, edge = text_colour(kit.brand.colours.ink, "#FFFFFF"), code.whole  # cameras look for dark on light
    alt = words(kit.language)["qr code"].format(address=code.address)

    def draw_it(canvas: TaggedCanvas, x: float, top: float, height: float) -> None:
        with canvas.figure(alt, x, top - edge, edge, edge):
            code.draw(canvas, x, top - edge, ink)

    return Part(edge, draw_it), edge


def scan_line(width: float, kit: Kit) -> Part:
    """What the QR code leads to, to be typed or followed: "Scan or visit example.edu"."""
    if kit.code is None:
        return EMPTY
    said = f"{words(kit.language)['scan']}{colon(kit.language)}"
    link = Strong((Link(kit.code.address, (Text(kit.code.shown),)),))
    return kit.text((Text(said), link), kit.look.body, width)


def next_steps(block: NextSteps, width: float, kit: Kit, flow: Flow) -> Part:
    """Title and steps on a tint, the QR code at their right, its address below them."""
    look, pad = kit.look, kit.look.padding
    code, code_width = scan_code(kit) if block.id == kit.scan else (EMPTY, 0.0)
    inner = width - 2 * pad
    beneath = code_width > 0 and inner - code_width - GUTTER < _LEAST_BESIDE
    room = inner if beneath or not code_width else inner - code_width - GUTTER
    title = kit.text(block.title or words(kit.language)["next steps"], look.heading, room, kit.levels[block.id])
    steps = [title, *closer(flow(block.content, room, kit), look.heading_gap)]
    if code_width:
        steps.append(replace(scan_line(room, kit), gap=look.paragraph_gap))
    if beneath:
        return inset(stack([*steps, replace(code, gap=pad)]), pad, pad, pad, tint(width, kit), edged=True)
    left = stack(steps)
    height = max(left.height, code.height)
    edge = 0.7 * pad if code.height > left.height else pad  # the code brings white of its own

    def draw(canvas: TaggedCanvas, x: float, top: float, height: float) -> None:
        left.draw(canvas, x, top - (height - left.height) / 2, left.height)
        code.draw(canvas, x + inner - code_width + pad - edge, top - (height - code.height) / 2, code.height)

    return inset(Part(height, draw), pad, edge, edge, tint(width, kit), edged=True)
