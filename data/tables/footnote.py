"""Notes of a source: each with what its marks stand behind, so that it is printed where that is shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from data.tables.value import Cell

_LABELS = 4
"""Labels that a note names; more of them end in an ellipsis."""


class Anchor(NamedTuple):
    """What a footnote mark stands behind: a column, a row, or one cell of a source."""

    label: str
    """What the documents call it."""
    file: str = ""
    line: int = 0
    """Line of the file or row of the workbook; 0 for a whole column."""
    field: str = ""
    """Name of the field; "" for a whole row."""
    cell: str = ""
    """The cell of a workbook, "National!C18", where no field is read from the mark's column."""


class Shown:
    """The cells behind what is shown, to be asked for anchors."""

    def __init__(self, cells: Iterable[Cell]) -> None:
        self._fields: set[str] = set()
        self._rows: set[tuple[str, int]] = set()
        self._places: set[tuple[str, int, str]] = set()
        self._cells: set[tuple[str, str]] = set()
        for cell in cells:  # each on its own: there may be many
            self._fields.add(cell.field)
            self._rows.add((cell.file, cell.line))
            self._places.add((cell.file, cell.line, cell.field))
            if cell.cell:
                self._cells.add((cell.file, cell.cell))

    def __contains__(self, anchor: Anchor) -> bool:
        """Whether something is shown of what the mark stands behind."""
        if anchor.cell:
            return (anchor.file, anchor.cell) in self._cells
        if anchor.line and anchor.field:
            return (anchor.file, anchor.line, anchor.field) in self._places
        if anchor.line:
            return (anchor.file, anchor.line) in self._rows
        return anchor.field in self._fields or not anchor.field


class Footnote(Struct, frozen=True):
    """A note that the source prints below its table."""

    text: str
    anchors: tuple[Anchor, ...] = ()
    """What its marks stand behind; () for a note about the table as a whole."""

    def said(self, shown: Shown | None = None) -> str:
        """The note with what it is about, "Business: Includes marketing".

        Where it concerns nothing of what is `shown`, ""; without it, of the whole table.
        """
        if not self.anchors:
            return self.text
        labels = list(dict.fromkeys(anchor.label for anchor in self.anchors if shown is None or anchor in shown))
        if not labels:
            return ""
        if self.text.casefold().startswith(labels[0].casefold()):
            return self.text  # many publishers repeat the label themselves
        return f"{', '.join(labels[:_LABELS])}{', …' if len(labels) > _LABELS else ''}: {self.text}"


def merged(notes: Iterable[Footnote]) -> tuple[Footnote, ...]:
    """Notes of several files: one that several of them print stands once, about all that it is about."""
    found: dict[tuple[str, bool], Footnote] = {}
    for note in notes:
        key = note.text, bool(note.anchors)
        before = found.get(key)
        found[key] = note if before is None else replace(note, anchors=(*before.anchors, *note.anchors))
    return tuple(found.values())
