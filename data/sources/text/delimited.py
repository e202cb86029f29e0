"""Tables in delimited text files: CSV, TSV and their relatives."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import Place, ProjectError
from data.files.project_file import file_bytes
from data.sources.grid import MARGIN, QUERY, ROWS, Grid, checked, rectangular, shared, too_long
from data.sources.request import Request
from data.sources.text.decoding import decode
from data.sources.text.quotes import tolerantly

if TYPE_CHECKING:
    from _csv import Reader

LARGEST = 200_000_000
"""Bytes of a file that is read as a whole."""
CELLS = 5_000_000
"""Cells of a file, as of a workbook's sheet: all of them are in memory at once."""
_PROBE = 50
_AT_ONCE = 10_000
"""Records that are read between two looks at how many there are."""
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
    if not text or text.isspace():
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
    cells, widths = rectangular(records, are_shared=found is not None)
    return checked(Grid(file, "", cells, tuple(lines[: len(cells)]), widths=widths, warnings=warnings), text)


def _records(
    text: str, delimiter: str, quote: str, file: str
) -> tuple[Sequence[tuple[str, ...]], Sequence[int]] | None:
    """The file's records, and the line in which each begins; None where quotation marks are not as they should be."""
    lines = _lines(text, delimiter, quote)
    known = _repeated(lines, delimiter, quote) if isinstance(lines, list) else None
    if known is not None:
        return known, range(1, len(known) + 1)
    reader = _reader(lines, delimiter, quote)
    rows = map(tuple, reader)
    records: list[tuple[str, ...]] = []
    cells = 0
    try:
        while some := list(islice(rows, _AT_ONCE)):
            first = len(records)
            records += some
            cells += sum(map(len, some))
            if cells > CELLS:
                message = f"has more than {CELLS:,} cells, the most that are read as a table."
                line = _line_of_cell(_reader(_lines(text, delimiter, quote), delimiter, quote))
                raise ProjectError.at(Place(file, line), message, QUERY)
            if any(map(any, records[max(first, ROWS + MARGIN) :])):
                raise too_long(Place(file))
    except csv.Error as error:
        if "field limit" not in str(error):
            return None
        message = f"a cell that begins in this line has more than {_CELL:,} characters."
        remedy = "Check for a quotation mark that is never closed; a table has no room for more."
        line = _starts(_reader(_lines(text, delimiter, quote), delimiter, quote))[-1]
        raise ProjectError.at(Place(file, line), message, remedy) from None
    records = shared(records)
    if reader.line_num == len(records):
        return records, range(1, len(records) + 1)
    return records, _starts(_reader(_lines(text, delimiter, quote), delimiter, quote))[:-1]


def _lines(text: str, delimiter: str, quote: str) -> list[str] | io.StringIO:
    """The lines of a text: without their ends and all at once where each is a record of its own, and they are no more
    than a table has."""
    if (quote and quote in text) or delimiter == "\n":
        return io.StringIO(text)
    lines = text.split("\n", ROWS)
    if len(lines) > ROWS:
        return io.StringIO(text)
    if not lines[-1]:
        lines.pop()  # what stands behind the last line's end
    return lines


def _repeated(lines: Sequence[str], delimiter: str, quote: str) -> Sequence[tuple[str, ...]] | None:
    """The records of lines most of which say just what another one does: each of these is read once, and is one object
    wherever it stands. None where most do not, or something is too large or cannot be read."""
    different = dict.fromkeys(lines)
    if 2 * len(different) > len(lines):
        return None
    try:
        records = shared(list(map(tuple, _reader(different, delimiter, quote))))
    except csv.Error:
        return None
    if max(map(len, records)) * len(lines) > CELLS:
        return None
    known = dict(zip(different, records, strict=True))
    return list(map(known.__getitem__, lines))


def _reader(lines: Iterable[str], delimiter: str, quote: str) -> Reader:
    if quote:
        return csv.reader(lines, delimiter=delimiter, quotechar=quote, strict=True)
    return csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE, strict=True)


def _starts(reader: Reader) -> list[int]:
    """The line in which each record begins, and the one behind the last record that can be read."""
    lines = [1]
    with suppress(csv.Error):
        lines.extend(reader.line_num + 1 for _ in reader)
    return lines


def _line_of_cell(reader: Reader) -> int:
    """The line of the record with the first cell that is too many."""
    line, cells = 1, 0
    for record in reader:
        cells += len(record)
        if cells > CELLS:
            break
        line = reader.line_num + 1
    return line


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
