"""Looks into text files: their encoding, the mark between their cells, and the beginning of those that are large."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from data.errors import Place, ProjectError
from data.files.file_kinds import KIND_OF
from data.files.world import content_of
from data.inspection.opening.file import File
from data.inspection.opening.opened import Opened, Read
from data.inspection.opening.text_sample import SAMPLE, beginning, delimiter, encoding_reason
from data.inspection.words.setting import ProposedSetting
from data.sources.grid import ROWS
from data.sources.text.decoding import ENCODINGS, likely_encoding

_LARGE = 30_000_000
"""Bytes of a text file that is looked at as a whole; of a larger one the beginning is."""
_PLAIN = ("utf-8", "utf-8-sig", "utf-16")
"""Encodings that need not be declared."""
_USUAL = {"tsv": "\t"}
"""The mark between cells that need not be declared, where it is no comma."""


def opened(file: File) -> Opened:
    """The one table of a text file. Raises ProjectError for text in an encoding in which no table is read."""
    large = file.size > _LARGE
    raw = (file.start[: file.start.rfind(b"\n") + 1] or file.start) if large else content_of(file.path)
    encoding = likely_encoding(raw)
    if encoding not in ENCODINGS:
        raise ProjectError.at(
            Place(file.shown), f"is text in {encoding}, in which no table is read.", "Save the file as UTF-8."
        )
    options = dict(file.read)
    if encoding not in _PLAIN:
        options["encoding"] = ProposedSetting(encoding, encoding_reason(raw, encoding))
    usual = _USUAL.get(file.kind.name, ",")
    text = file.start.decode(encoding, errors="replace").removeprefix("\ufeff")
    mark, reason = delimiter(text, usual)
    if mark != usual:
        options["delimiter"] = ProposedSetting(mark, reason)

    def read(_: str) -> Read:
        if large:
            said = f"Only the first {SAMPLE // 1_000_000} of {file.size / 1e6:,.0f} MB were looked at."
            return Read(beginning(file.path, file.shown, encoding, mark), options, {}, said)
        return _cells(file, options, raw.count(b"\n"), encoding, mark)

    return replace(file.in_parts(()), read=read, delimiter=mark)


def _cells(file: File, options: Mapping[str, ProposedSetting], lines: int, encoding: str, mark: str) -> Read:
    """All cells; of a file that is too long for a table those of its beginning."""
    divided = replace(file, kind=KIND_OF["csv"]) if file.kind.name == "txt" else file
    try:
        return divided.cells(options)
    except ProjectError:
        if lines <= ROWS:
            raise
        grid = beginning(file.path, file.shown, encoding, mark)
        return Read(grid, options, {}, f"Only the first {len(grid.cells):,} rows were looked at.")
