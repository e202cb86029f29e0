"""Fields that are computed from values with margins, and say none themselves: what they hold would pass for exact."""

from __future__ import annotations

from collections.abc import Iterator

from data.declared.needed import words_in
from data.errors import Problem
from data.project import Project


def unsaid_margins(project: Project) -> Iterator[Problem]:
    """A note for each field that takes its values from others which not everybody was asked for."""
    for name, settings in project.settings.tables.items():
        table = project.tables[name]
        base = project.tables.get(settings.derived_from or name, table)
        sampled = {field.name for field in base.fields if field.sampled}
        for field, declared in settings.fields.items():
            if table.field(field).sampled or not table.field(field).numeric:
                continue
            if declared.value is not None:
                used = {one for one in sampled if one.casefold() in words_in(declared.value)}
            else:
                used = sampled & {*declared.columns(field)} if settings.derived_from is not None else set[str]()
            if used:
                first = min(used)
                yield Problem(
                    project.file.place("tables", name, "fields", field),
                    f"'{field}' of '{name}' comes from '{first}', whose values have margins, and has none itself.",
                    "Give it a margin, a number or a field that holds it; without one its values count as exact.",
                    "note",
                )
