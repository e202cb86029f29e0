"""Tables in delimited text files: CSV, TSV and their relatives."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from data.errors import Place, Problem, ProjectError, few
from data.sources.decoding import decode
from data.sources.grid import MARGIN, QUERY, ROWS, Grid, checked, rectangular, too_long
from data.sources.request import Request

LARGEST = 200_000_000
"""Bytes of a file that is read as a whole."""
_PROBE = 50
_BAD_LINES = 1_000
"""Lines with misplaced quotation marks after which no more are looked for."""
_SEPARATOR = re.compile(r"\ufeff?\"?sep=([^\w\s\"]|\t)\"?[ \t]*\n", re.IGNORECASE)
"""What spreadsheets write before the first line for themselves: "sep=;"."""
_CELL = 131_072
"""Characters of the longest cell: the csv module's own limit, which it holds for the whole process."""


def read_bytes(path: Path, file: str, largest: int = LARGEST) -> bytes:
    """The content of a file; ProjectError when it cannot be read or is larger than `largest` bytes."""
    try:
        size = path.stat().st_size
        if size > largest:
            raise ProjectError(
                Problem(
                    Place(file),
                    f"has {size / 1e6:,.0f} MB, and a table is read from {largest / 1e6:,.0f} MB at most.",
                    QUERY,
                )
            )
        return path.read_bytes()
    except OSError as error:
        raise ProjectError(
            Problem(Place(file), f"cannot be read: {error.strerror}.", "Check that the file is there and readable.")
        ) from None


def read(request: Request) -> Grid:
    """The cells of a delimited file: commas, for .tsv tabs, or what is declared.

    Raises ProjectError for bytes that are not text, quotes that are never closed, cells or files that are too large.
    """
    options, file = request.options, request.file
    section = f"[{'.'.join(request.section)}.read]" if request.section else "[tables.NAME.read]"
    text = decode(read_bytes(request.needed_path, file), options.encoding, file, section)
    if not text.strip():
        raise ProjectError(Problem(Place(file), "is empty.", "Put a header line and at least one row into it."))
    said = _SEPARATOR.match(text)
    delimiter = options.delimiter or (said[1] if said else "\t" if request.kind == "tsv" else ",")
    if said and said[1] != delimiter:
        message = f"says that its cells are divided by '{said[1]}', and delimiter is '{delimiter}'."
        raise ProjectError(Problem(Place(file, 1), message, f"Leave delimiter out of {section}."))
    if said:
        text = text[said.end() :]
    records, lines = _records(text, delimiter, '"' if options.quote is None else options.quote, file, 2 if said else 1)
    if options.delimiter is None and not said:
        _refuse_other_delimiter(text, delimiter, file, section)
    cells, widths = rectangular(records)
    return checked(Grid(file, "", cells, tuple(lines[: len(cells)]), widths=widths))


def _records(text: str, delimiter: str, quote: str, file: str, first: int) -> tuple[list[list[str]], list[int]]:
    """The file's records, and the line in which each begins; the text begins in line `first`.

    Spaces behind a closing quotation mark are passed over, as spreadsheets do. Raises ProjectError with every line
    whose quotation marks mean nothing.
    """
    stream = io.StringIO(text)
    if quote:
        reader = csv.reader(stream, delimiter=delimiter, quotechar=quote, strict=True)
    else:
        reader = csv.reader(stream, delimiter=delimiter, quoting=csv.QUOTE_NONE, strict=True)
    records: list[list[str]] = []
    lines: list[int] = []
    wrong: list[Problem] = []
    written: list[str] = []
    start = 0
    while True:
        try:
            record = next(reader, None)
        except csv.Error as error:
            written = written or text.split("\n")
            record = _with_spaces_behind("\n".join(written[start : reader.line_num]), delimiter, quote)
            if record is None:
                wrong.append(_misquoted(error, written, delimiter, quote, Place(file, first + start)))
                if len(wrong) > _BAD_LINES:
                    break
        if record is None and reader.line_num == start:
            break
        if record is not None:
            lines.append(first + start)
            records.append(record)
        start = reader.line_num
        if len(records) > ROWS + MARGIN and any(records[-1]):
            raise too_long(Place(file))
    if wrong:
        raise ProjectError(few(wrong))
    return records, lines


def _with_spaces_behind(record: str, delimiter: str, quote: str) -> list[str] | None:
    """The cells of a record if nothing is wrong with it but spaces behind closing quotation marks."""
    if not quote or len(record) > _CELL:
        return None
    q, d = re.escape(quote), re.escape(delimiter)
    cell = re.compile(rf"(?:{q}((?:[^{q}]|{q}{q})*){q}[ \t]*|([^{q}{d}\n]*))(?:({d})|$)")
    cells: list[str] = []
    place = 0
    while True:
        found = cell.match(record, place)
        if found is None:
            return None
        cells.append(found[2] if found[1] is None else found[1].replace(quote * 2, quote))
        place = found.end()
        if found[3] is None:
            return cells if place == len(record) else None


def _misquoted(error: csv.Error, lines: Sequence[str], delimiter: str, quote: str, place: Place) -> Problem:
    """What is wrong with the quotation marks of a line, and a remedy that works."""
    if "field limit" in str(error):
        message = f"a cell that begins in this line has more than {_CELL:,} characters."
        return Problem(place, message, "Check for a quotation mark that is never closed; a table has no room for more.")
    probe = [line for line in lines[:_PROBE] if line.strip()]
    around = any(len(c) > 1 and c[0] == c[-1] == quote for line in probe for c in line.split(delimiter))
    if not around and _share_alike(probe, delimiter) == 1:
        remedy = 'Quotation marks mean nothing in this file: write quote = "" under read.'
    else:
        remedy = 'Write a quotation mark inside of a cell twice: "the ""best"" year".'
    return Problem(place, f"cannot be read: {error}.", remedy)


def _refuse_other_delimiter(text: str, used: str, file: str, section: str) -> None:
    """ProjectError where the lines do not hold the delimiter equally often, and nearly all of them hold another so."""
    lines = [line for line in text.split("\n", _PROBE)[:_PROBE] if line.strip()]
    if len(lines) < 2 or _share_alike(lines, used) > 0:
        return
    for mark in ";\t|,":
        if mark != used and _share_alike(lines, mark) >= 0.9:
            name = "\\t" if mark == "\t" else mark
            what = "has one column" if used not in text else f"is not divided by '{used}'"
            raise ProjectError(
                Problem(
                    Place(file, 1),
                    f"{what}, and its lines hold '{name}' equally often.",
                    f'Write delimiter = "{name}" under {section}.',
                )
            )


def _share_alike(lines: Sequence[str], mark: str) -> float:
    """How many of the lines hold the mark as often as the first does; none where the first does not hold it."""
    often = lines[0].count(mark)
    return sum(line.count(mark) == often for line in lines) / len(lines) if often else 0
