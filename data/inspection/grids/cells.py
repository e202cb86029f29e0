"""What cells look like, before anybody knows what they mean: numbers, words, marks, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from data.inspection.columns.numbers import read_number
from data.inspection.grids.units_row import only_units

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
    texts = [cell for cell in row if cell and not cell.isspace()]
    merged = (
        len(texts) > 1 and texts[0] == texts[-1] and len(set(texts)) == 1 and (len(texts) > 2 or len(texts[0]) > 30)
    )
    return 1 if merged and kind_of(texts[0]) == "t" else len(texts)


def filled_in_rows(cells: Cells) -> list[int]:
    """How many cells of each row hold something, as `count_filled` counts them."""
    blank = {text for text in set(chain.from_iterable(cells)) if not text.strip()}
    counts: list[int] = []
    for row in cells:
        count = len(row) - sum(map(row.count, blank))
        counts.append(count_filled(row) if count > 1 and len(set(row) - blank) == 1 else count)
    return counts


def is_alone(row: Sequence[str], first: int | None = None) -> bool:
    """Whether a row says one thing only, in words: a title, the heading of a section, a note. It tells no columns.

    A unit over every column of values says something of these columns; and so does a text that begins to the right of
    the column `first`, where that is given.
    """
    said = ""
    for cell in row:
        text = cell.strip()
        if text and said and text != said:
            return False
        said = said or text
    if said and kind_of(said) != "t":
        return False
    places = [column for column, cell in enumerate(row) if cell.strip()]
    if first is not None and places and places[0] > first:
        return False
    return len(places) < 2 or not only_units(row)


def names_key(row: Sequence[str]) -> bool:
    """Whether a row begins with a key, "Dataset:", and says nothing but what it is."""
    texts = [cell.strip() for cell in row if cell.strip()]
    return len(texts) in (2, 3) and texts[0].endswith(":")


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
