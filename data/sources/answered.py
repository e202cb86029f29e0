"""Results of queries that are kept: as long as a database says that nothing changed, it is not asked for them again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from data.errors import Problem
from data.network.copies import Copy, Download, Shelf
from data.sources.grid import Grid


class Answered(Struct, frozen=True):
    """The result of a query, which is kept once its table has been read as declared."""

    grid: Grid
    shelf: Shelf
    said: dict[str, str]
    fresh: bool
    """Whether it is newer than the kept one."""

    def keep(self) -> None:
        """Keep it in place of the one before. Raises OutputError where that is not possible."""
        if self.fresh:
            self.shelf.keep(msgspec.json.encode(_as_kept(self.grid)), self.said)


class _Result(Struct, frozen=True):
    """A result as it is kept."""

    file: str
    cells: tuple[tuple[str, ...], ...]
    rows: tuple[int, ...]
    counted: str
    checksum: str
    warnings: tuple[Problem, ...]


def _as_kept(grid: Grid) -> _Result:
    return _Result(grid.file, grid.cells, grid.rows, grid.counted, grid.checksum, grid.warnings)


def kept_grid(copy: Copy | None) -> Grid | None:
    """The result that a copy holds; None where there is none, or where it is not as results are kept."""
    with suppress(msgspec.MsgspecError):
        found = msgspec.json.decode(copy.content, type=_Result) if copy is not None else None
        if found is not None and len(found.cells) == len(found.rows) > 0:
            return Grid(
                found.file,
                "",
                found.cells,
                found.rows,
                counted=found.counted,
                checksum=found.checksum,
                warnings=found.warnings,
            )
    return None


def told(grid: Grid, why: Sequence[Problem], day: str) -> Grid:
    """The kept result, with a warning for each reason why it stands in."""
    stands = f"The result from {day} stands in for it."
    return replace(grid, warnings=(*grid.warnings, *(replace(p, severity="warning", remedy=stands) for p in why)))


def digest_of(cells: Sequence[Sequence[str]]) -> str:
    """SHA-256 of cells, in hexadecimal digits."""
    return hashlib.sha256(msgspec.json.encode(cells)).hexdigest()


Kept = Download | Answered
"""What is kept once its table has been read as declared."""
