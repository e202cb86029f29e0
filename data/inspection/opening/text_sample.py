"""Text files that nothing is known of: encoding, the mark between cells, and the beginning of large ones."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from data.errors import Place, ProjectError
from data.files.world import opened
from data.inspection.grids.cells import is_number
from data.sources.grid import Grid

SAMPLE = 4_000_000
"""Bytes that are looked at of a large file."""
_RECORDS = 400
_MARKS = (",", ";", "\t", "|")
_NAMES = {"\t": "A tab"}


def encoding_reason(raw: bytes, encoding: str) -> str:
    """A word that shows why the bytes are taken for this encoding."""
    found = re.search(rb"[\x80-\xff]+", raw)
    if found is None or encoding.startswith("utf-16"):
        return "By its bytes."
    start = max(raw.rfind(b"\n", 0, found.start()) + 1, found.start() - 15)
    word = raw[start : found.end() + 10].decode(encoding, errors="replace").splitlines()[0].strip()
    return f"Not UTF-8; as {encoding} it reads '{word}'."


def delimiter(text: str, usual: str) -> tuple[str, str]:
    """The mark between cells, and why: the one that gives the most lines of one width, the usual one when in doubt.

    The right one leaves no other mark in the cells, but in numbers: "1,5;2,5" is divided by ";".
    """
    best, best_score, best_width = usual, 0.0, 1
    for mark in dict.fromkeys((usual, *_MARKS)):
        records = _records(text, mark)
        widths = [len(record) for record in records]
        counts = {width: widths.count(width) for width in set(widths) if width > 1}
        if not counts:
            continue
        width = max(counts, key=lambda w: (counts[w], w))
        score = counts[width] / len(widths) * (1 + min(width, 20) / 100)
        score *= 1 - _undivided(records, mark) / 2
        if score > best_score + 0.05:
            best, best_score, best_width = mark, score, width
    return best, f"{_NAMES.get(best, repr(best))} divides most lines into {best_width} cells."


def _undivided(records: Sequence[Sequence[str]], mark: str) -> float:
    """Share of the cells that still hold another mark, and are no numbers."""
    cells = [cell for record in records for cell in record if cell.strip()]
    others = [other for other in _MARKS if other != mark]
    holding = [cell for cell in cells if any(other in cell for other in others) and not is_number(cell)]
    return len(holding) / len(cells) if cells else 0.0


def _records(text: str, mark: str) -> list[list[str]]:
    """The first records, with this mark between their cells."""
    lines = text.splitlines(keepends=True)[: _RECORDS + 1]
    reader = csv.reader(io.StringIO("".join(lines[:-1] if len(lines) > 1 else lines)), delimiter=mark)
    found: list[list[str]] = []
    try:
        found.extend(record for record in reader if record)
    except csv.Error:
        return found
    return found


def beginning(path: Path, shown: str, encoding: str, mark: str) -> Grid:
    """The whole rows in the first bytes of a large text file.

    Raises ProjectError where they cannot be divided into cells.
    """
    with opened(path) as stream:
        raw = stream.read(SAMPLE)
    text = raw.decode(encoding, errors="replace").removeprefix("\ufeff")
    text = text[: text.rfind("\n") + 1].replace("\r\n", "\n").replace("\r", "\n")
    rows: list[Sequence[str]] = []
    lines: list[int] = []
    reader = csv.reader(io.StringIO(text), delimiter=mark)
    start = 1
    try:
        for record in reader:
            rows.append(record)
            lines.append(start)
            start = reader.line_num + 1
    except csv.Error as error:
        raise ProjectError.at(
            Place(shown, start), f"cannot be read: {error}.", "Check the quotes around this line."
        ) from None
    width = max(map(len, rows), default=0)
    return Grid(shown, "", tuple((*row, *("",) * (width - len(row))) for row in rows), tuple(lines))
