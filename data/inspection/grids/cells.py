"""What cells look like, before anybody knows what they mean: numbers, words, marks, or nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, filterfalse
from operator import itemgetter

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


def looked_over(cells: Cells) -> tuple[list[int], frozenset[int]]:
    """How many cells of each row hold something, as `count_filled` counts them; and which rows `is_alone` is true of.

    Both take a closer look only at rows that may say one text: in most rows of data the first and the last cell differ.
    """
    blank = set(filterfalse(str.strip, set(chain.from_iterable(cells))))
    counts = [len(row) - row.count("") for row in cells]
    for spaces in blank - {""}:
        counts = [count - row.count(spaces) for count, row in zip(counts, cells, strict=True)]
    likely = _of_one_text(cells)
    for row in likely:
        if counts[row] > 1 and len(set(cells[row]) - blank) == 1:
            counts[row] = count_filled(cells[row])
    return counts, frozenset(row for row in likely if is_alone(cells[row]))


def _of_one_text(cells: Cells) -> list[int]:
    """The rows whose first and last cell do not say different things."""
    if not cells or not cells[0]:
        return list(range(len(cells)))
    firsts, lasts = (map(str.strip, map(itemgetter(place), cells)) for place in (0, -1))
    return [
        row
        for row, (first, last) in enumerate(zip(firsts, lasts, strict=True))
        if not first or not last or first == last
    ]


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
    profile: list[str] = []
    for column in zip(*(cells[row] for row in rows), strict=True):
        counts = Counter[str]()
        for cell, often in Counter(column).items():
            counts[kind_of(cell)] += often
        n, t = counts["n"], counts["t"]
        profile.append("" if n == t == 0 else "n" if n >= t else "t")
    return profile or [""] * width
