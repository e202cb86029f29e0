"""What typing needs of a source: cells of text under a header, and where each of them stood."""

from __future__ import annotations

from dataclasses import dataclass, field

from data.errors import Place, Problem


@dataclass(frozen=True, slots=True)
class Sheet:
    """A rectangle of text: every row has as many cells as the header."""

    file: str
    """Path in the project with forward slashes, or the address, without its secrets."""
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    """Line of the file in which each row begins, from 1."""
    notes: tuple[str, ...] = ()
    """What the source says about itself in words: footnotes, to be printed."""
    places: tuple[tuple[Place, ...], ...] = field(default=(), repr=False)
    """Where each cell stood; () for a file of lines, where the row's line says enough."""
    warnings: tuple[Problem, ...] = ()

    def place(self, row: int, column: int) -> Place:
        """Where the cell in `row` and `column` (from 0) came from."""
        return self.places[row][column] if self.places else Place(self.file, self.lines[row])
