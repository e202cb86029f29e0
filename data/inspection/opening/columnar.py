"""Looks into columnar files, of which long ones are read in part."""

from __future__ import annotations

from msgspec.structs import replace

from data.inspection.opening.file import File
from data.inspection.opening.opened import Opened, Read
from data.sources.grid import ROWS

_RECORDS = 20_000


def opened(file: File) -> Opened:
    """The one table of a columnar file."""

    def read(_: str) -> Read:
        found, nested = _beginning(file)
        return replace(found or file.cells(file.read), left_out=nested)

    return replace(file.in_parts(()), read=read)


def _beginning(file: File) -> tuple[Read | None, tuple[str, ...]]:
    """The first rows of a columnar file that is longer than a table, None for a shorter one; and its nested columns."""
    from data.sources.columnar import frame_grid, has_parts, readable, scan

    with readable(file.shown):
        frame = scan(file.path, file.kind.name)
        import polars

        schema = frame.collect_schema()
        nested = tuple(name for name, what in schema.items() if has_parts(what))
        rows = int(frame.select(polars.len()).collect().item())
        if rows <= ROWS:
            return None, nested
        head = frame.select([name for name in schema if name not in nested]).head(_RECORDS).collect()
    said = f"Only the first {_RECORDS:,} of {rows:,} rows were looked at."
    return Read(frame_grid(file.shown, head, "record"), file.read, {}, said), nested
