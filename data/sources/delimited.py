"""Tables in delimited text files: CSV, TSV and their relatives."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from data.errors import Place, ProjectError
from data.files.project_file import file_bytes
from data.sources.decoding import decode
from data.sources.grid import MARGIN, QUERY, ROWS, Grid, checked, rectangular, too_long
from data.sources.quotes import tolerantly
from data.sources.request import Request

LARGEST = 200_000_000
"""Bytes of a file that is read as a whole."""
CELLS = 5_000_000
"""Cells of a file, as of a workbook's sheet: all of them are in memory at once."""
_PROBE = 50
_SEPARATOR = re.compile(r'"?sep=([^"\n])"?[,;\t|]*(?:\n|\Z)', re.IGNORECASE)
_CELL = 131_072
"""Characters of the longest cell: the csv module's own limit, which it holds for the whole process."""


def read_bytes(path: Path, file: str, largest: int = LARGEST) -> bytes:
    """The content of a file; ProjectError when it cannot be read or is larger than `largest` bytes."""
    return file_bytes(path, Place(file), file, largest, QUERY)


def read(request: Request) -> Grid:
    """The cells of a delimited file: commas, for .tsv tabs, or what is declared.

    Raises ProjectError for bytes that are not text, quotes that are never closed, cells or files that are too large.
    """
    options, file = request.options, request.file
    section = f"[{'.'.join(request.section)}.read]" if request.section else "[tables.NAME.read]"
    text = decode(read_bytes(request.needed_path, file), options.encoding, file, section)
    if not text.strip():
        raise ProjectError.at(Place(file), "is empty.", "Put a header line and at least one row into it.")
    said = separator_line(text)
    if said and options.delimiter not in (None, said):
        message = f"says that its cells are divided by '{said}', and delimiter is '{options.delimiter}'."
        raise ProjectError.at(Place(file, 1), message, f"Leave delimiter out of {section}.")
    delimiter = options.delimiter or said or ("\t" if request.kind == "tsv" else ",")
    quote = '"' if options.quote is None else options.quote
    found = _records(text, delimiter, quote, file)
    records, lines, warnings = (*found, ()) if found else tolerantly(text, delimiter, quote, file)
    if said:
        records, lines = records[1:], lines[1:]
    elif options.delimiter is None:
        refuse_other_delimiter(text, delimiter, file, section)
    cells, widths = rectangular(records)
    return checked(Grid(file, "", cells, tuple(lines[: len(cells)]), widths=widths, warnings=warnings))


def _records(text: str, delimiter: str, quote: str, file: str) -> tuple[list[list[str]], list[int]] | None:
    """The file's records, and the line in which each begins; None where quotation marks are not as they should be."""
    stream = io.StringIO(text)
    if quote:
        reader = csv.reader(stream, delimiter=delimiter, quotechar=quote, strict=True)
    else:
        reader = csv.reader(stream, delimiter=delimiter, quoting=csv.QUOTE_NONE, strict=True)
    records: list[list[str]] = []
    lines: list[int] = []
    start, cells = 1, 0
    try:
        for record in reader:
            lines.append(start)
            records.append(record)
            cells += len(record)
            if cells > CELLS:
                message = f"has more than {CELLS:,} cells, the most that are read as a table."
                raise ProjectError.at(Place(file, start), message, QUERY)
            start = reader.line_num + 1
            if len(records) > ROWS + MARGIN and any(record):
                raise too_long(Place(file))
    except csv.Error as error:
        if "field limit" not in str(error):
            return None
        message = f"a cell that begins in this line has more than {_CELL:,} characters."
        remedy = "Check for a quotation mark that is never closed; a table has no room for more."
        raise ProjectError.at(Place(file, start), message, remedy) from None
    return records, lines


def separator_line(text: str) -> str:
    """The delimiter that a first line like "sep=;" names, which is Excel's own and no row; "" where there is none."""
    found = _SEPARATOR.match(text)
    return found[1] if found else ""


def refuse_other_delimiter(text: str, used: str, file: str, section: str) -> None:
    """ProjectError where the lines do not hold the delimiter equally often, and nearly all of them hold another so."""
    lines = [line for line in text.split("\n", _PROBE)[:_PROBE] if line.strip()]
    if len(lines) < 2 or _share_alike(lines, used) > 0:
        return
    for mark in ";\t|,":
        if mark != used and _share_alike(lines, mark) >= 0.9:
            name = "\\t" if mark == "\t" else mark
            what = "has one column" if used not in text else f"is not divided by '{used}'"
            raise ProjectError.at(
                Place(file, 1),
                f"{what}, and its lines hold '{name}' equally often.",
                f'Write delimiter = "{name}" under {section}.',
            )


def _share_alike(lines: Sequence[str], mark: str) -> float:
    """How many of the lines hold the mark as often as the first does; none where the first does not hold it."""
    often = lines[0].count(mark)
    return sum(line.count(mark) == often for line in lines) / len(lines) if often else 0
