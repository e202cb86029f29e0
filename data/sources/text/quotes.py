"""Quotation marks that are not as they should be, read as spreadsheet programs and pandas read them, or refused."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from data.errors import Place, Problem, ProjectError, few
from data.sources.grid import MARGIN, ROWS, too_long

_REMEDY = 'Write a quotation mark inside a cell twice; if quotation marks mean nothing in this file, write quote = "".'


def tolerantly(
    text: str, delimiter: str, quote: str, file: str
) -> tuple[list[list[str]], list[int], tuple[Problem, ...]]:
    """The records of a text, the line in which each begins, and what to tell of them.

    Spaces behind a closing mark are no harm. A cell with a mark inside that stays within its line is read as other
    programs read it, and told. Raises ProjectError, with every such line, where a mark opens a cell that goes on over
    lines, because rows would be lost in it; and for a file or cell that is too large.
    """
    lines = text.split("\n")
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, quotechar=quote)
    spaces = re.compile(rf"{re.escape(quote)}[ \t]+(?={re.escape(delimiter)}|\r?$)", re.MULTILINE)
    records: list[list[str]] = []
    starts: list[int] = []
    wrong: list[Problem] = []
    told: list[Problem] = []
    start = 1
    for record in _each(reader, file):
        raw = "\n".join(lines[start - 1 : reader.line_num])
        if quote in raw and not _is_plain(spaces.sub(quote, raw), delimiter, quote):
            place = Place(file, start)
            if reader.line_num > start or _is_open(raw, delimiter, quote):
                more = f", and {reader.line_num - start} more lines are in it" if reader.line_num > start else ""
                said = f"cannot be read: a quotation mark opens a cell here that is never closed as it should be{more}."
                wrong.append(Problem(place, said, _REMEDY))
            else:
                shown = next((cell for cell in record if quote in cell), record[-1])
                said = f"a quotation mark stands inside a quoted cell, which is read as '{shown[:60]}'."
                told.append(Problem(place, said, _REMEDY, "warning"))
        records.append(record)
        starts.append(start)
        start = reader.line_num + 1
    if wrong:
        raise ProjectError(few(wrong))
    return records, starts, tuple(few(told))


def _each(reader: Iterator[list[str]], file: str) -> Iterator[list[str]]:
    """The records, as long as there are no more of them than a table holds."""
    count = 0
    try:
        for record in reader:
            count += 1
            if count > ROWS + MARGIN and any(record):
                raise too_long(Place(file))
            yield record
    except csv.Error as error:
        remedy = "Check for a quotation mark that is never closed."
        raise ProjectError.at(Place(file), f"cannot be read: {error}.", remedy) from None


def _is_open(raw: str, delimiter: str, quote: str) -> bool:
    """Whether a record's last cell goes on in the next line."""
    return len(list(csv.reader(io.StringIO(f"{raw}\n."), delimiter=delimiter, quotechar=quote))) == 1


def _is_plain(raw: str, delimiter: str, quote: str) -> bool:
    """Whether a record's marks are as they should be."""
    try:
        return len(list(csv.reader(io.StringIO(raw), delimiter=delimiter, quotechar=quote, strict=True))) == 1
    except csv.Error:
        return False
