"""Where the parts of a made document stand: on which page of a PDF, on which slide of a deck."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pikepdf

from data.files.world import content_of
from reports.powerpoint.opened import Package
from reports.powerpoint.read import read_deck

_NUMBER = re.compile(r"[\d.]+  ")
"""Of a section, which the outline of a report prints before its heading."""


def places(documents: Mapping[str, Path]) -> dict[tuple[str, str], str]:
    """Output and heading → "page 4" or "slide 7", for `documents` by the names of their outputs.

    Of a heading that stands in several places, each is told: "page 4 or page 9".
    """
    found: dict[tuple[str, str], dict[str, None]] = {}
    for name, path in documents.items():
        for heading, place in _slides(path) if path.suffix == ".pptx" else _pages(path):
            found.setdefault((name, heading), {})[place] = None
    return {at: " or ".join(told) for at, told in found.items()}


def _pages(path: Path) -> Iterator[tuple[str, str]]:
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        waiting = list(outline.root)
        while waiting:
            item = waiting.pop(0)
            waiting[:0] = item.children
            target = item.destination
            page: Any = target[0].objgen if isinstance(target, pikepdf.Array) else None
            if page in numbers:
                yield _NUMBER.sub("", item.title), f"page {numbers[page]}"


def _slides(path: Path) -> Iterator[tuple[str, str]]:
    for number, slide in enumerate(read_deck(Package(content_of(path))).slides, start=1):
        if slide.title is not None:
            yield slide.title.words, f"slide {number}"
