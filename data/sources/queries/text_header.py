"""How a text file begins that is only queried: its header, and what divides its cells."""

from __future__ import annotations

import codecs
import csv
import io
from typing import NamedTuple

from data.errors import Place, ProjectError
from data.files.world import opened
from data.sources.request import Request
from data.sources.text.delimited import refuse_other_delimiter, separator_line

_BEGINNING = 1_000_000
"""Bytes in which a header ends."""
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class TextHeader(NamedTuple):
    """The header of a delimited file."""

    names: tuple[str, ...]
    lines: int
    """Lines before the first row."""
    delimiter: str
    quote: str
    """"" where quotation marks mean nothing."""


def text_header(request: Request) -> TextHeader:
    """What stands above the first row. Raises ProjectError where there is no header, or no text."""
    options, file = request.options, request.file
    try:
        with opened(request.needed_path) as stream:
            raw = stream.read(_BEGINNING)
    except OSError as error:
        raise ProjectError.at(
            Place(file), f"cannot be read: {error.strerror}.", "Check that the file is there and readable."
        ) from None
    if raw.startswith(_MARKS) or b"\0" in raw:
        raise ProjectError.at(Place(file), "is no UTF-8 text.", "Save the file as UTF-8.")
    text = codecs.getincrementaldecoder("utf-8-sig")("replace").decode(raw)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise ProjectError.at(Place(file), "is empty.", "Put a header line and at least one row into it.")
    said = separator_line(text)
    body = text[text.index("\n") + 1 :] if said and "\n" in text else text
    delimiter = options.delimiter or said or ("\t" if request.kind == "tsv" else ",")
    quote = '"' if options.quote is None else options.quote
    if options.delimiter is None and not said:
        refuse_other_delimiter(text, delimiter, file, f"[{'.'.join(request.section)}.read]")
    reader = (
        csv.reader(io.StringIO(body), delimiter=delimiter, quotechar=quote)
        if quote
        else csv.reader(io.StringIO(body), delimiter=delimiter, quoting=csv.QUOTE_NONE)
    )
    try:
        header: list[str] = next((record for record in reader if any(record)), list[str]())
    except csv.Error as error:
        message = f"has a header that cannot be read: {error}."
        raise ProjectError.at(Place(file, 1), message, "Check the quotes in the first line.") from None
    names = tuple(cell.strip() or f"column {number}" for number, cell in enumerate(header, 1))
    return TextHeader(names, reader.line_num + bool(said), delimiter, quote)
