"""What cells look like, before anybody knows what they mean: numbers, words, marks, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from data.inspection.numbers import read_number

Cells = Sequence[Sequence[str]]

_MARK = re.compile(r"[-–—*#.:~^†‡/]{1,4}|n/?[ads]|x|z|c|low|s", re.IGNORECASE)


@lru_cache(maxsize=100_000)
def kind_of(cell: str) -> str:
    """What a cell looks like: "" empty, "n" number, "m" a mark that may stand for one, "t" text."""
    text = cell.strip()
    if not text:
        return ""
    if read_number(text) is not None or read_number(text, ",") is not None:
        return "n"
    if _MARK.fullmatch(text):
        return "m"
    return "t"


def is_number(text: str) -> bool:
    """Whether a text is a number, with a decimal point or comma."""
    return kind_of(text) == "n"


def count_filled(row: Sequence[str]) -> int:
    """Cells that hold something; a text that a merged cell repeats counts once."""
    texts = [cell for cell in row if cell.strip()]
    merged = len(texts) > 1 and len(set(texts)) == 1 and (len(texts) > 2 or len(texts[0]) > 30)
    return 1 if merged and kind_of(texts[0]) == "t" else len(texts)


def usual_width(filled: Sequence[int]) -> int:
    """How many cells a row of the table has: what a good part of the rows reaches."""
    counts = sorted((count for count in filled if count), reverse=True)
    return counts[min(len(counts) - 1, max(1, len(counts) // 10))] if counts else 0


def profile_of(cells: Cells, rows: Sequence[int], width: int) -> list[str]:
    """What each column holds for the most part: "n", "t" or ""."""
    counts = [[0, 0] for _ in range(width)]
    for row in rows:
        for column, cell in enumerate(cells[row]):
            kind = kind_of(cell)
            if kind == "n":
                counts[column][0] += 1
            elif kind == "t":
                counts[column][1] += 1
    return ["" if n == t == 0 else "n" if n >= t else "t" for n, t in counts]
