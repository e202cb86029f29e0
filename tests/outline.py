"""Blocks as indented text, for snapshots that a person can read and review."""

from __future__ import annotations

from collections.abc import Iterable

from reports.document.blocks import Block, Heading
from reports.document.inlines import plain
from reports.document.tree import inlines_of, inside


def outline(blocks: Iterable[Block], language: str = "en-US", depth: int = 0) -> str:
    lines: list[str] = []
    for block in blocks:
        words = " | ".join(plain(passage, language) for passage in inlines_of(block) if passage)
        level = f" {block.level}" if isinstance(block, Heading) else ""
        lines.append(f"{'  ' * depth}{type(block).__name__}{level} #{block.id}: {words}".rstrip(": "))
        below = outline(inside(block), language, depth + 1)
        if below:
            lines.append(below)
    return "\n".join(lines)
