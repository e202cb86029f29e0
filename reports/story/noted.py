"""What a project notes of its tables, with what the notes ask of the data."""

from __future__ import annotations

from msgspec.structs import replace

from data.project import Project
from data.sandbox.expressions import sentence
from data.sandbox.placeholders import told
from data.tables.table import Table


def with_notes(project: Project, table: Table) -> Table:
    """The table with its notes as they are printed: "Announced as a top five, but lists three".

    A note whose claim is for other data, and that says nothing else, is left out. Raises ProjectError as `sentence`
    does.
    """
    if not any("{" in note for note in table.notes):
        return table
    place = project.file.place("tables", table.name, "notes")
    said = (told(sentence(note, project.names, place, project.language), project.language) for note in table.notes)
    return replace(table, notes=tuple(note for note in said if note.strip()))
