"""An edition on its way is compared with the one that is public."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from data.errors import Place, Problem
from data.project import Project
from data.sandbox.claimed import FalseClaim
from data.sandbox.expressions import names_in
from reports.batches.kept import KeptItem
from reports.changes.brief import Brief, as_markdown, brief_of, restated_cell
from reports.changes.compare import Changes, compare, furthest_first, table_changes
from reports.changes.kept import Kept, decoded, kept, kept_tables
from reports.changes.moved import moved
from reports.changes.places import places
from reports.changes.sheet import as_pdf
from reports.runs.bind import creation_date
from reports.runs.read import Reading
from reports.runs.recalled import recalled

BRIEF, BRIEF_SHEET = "brief.md", "brief.pdf"
_CELLS = 5
"""Cells behind a false claim that are told."""


class Compared(Struct, frozen=True):
    """What an edition shows, and what is different from the edition that is public."""

    now: Kept
    before: str | None
    """Id of the edition that is public; None where there is none."""
    changes: Changes | None
    """None where nothing is public, or where what that showed cannot be read."""

    @property
    def unreadable(self) -> bool:
        """Whether something is public, and nobody knows what it shows."""
        return self.before is not None and self.changes is None


def compared(
    reading: Reading,
    edition: str,
    before: str | None,
    values: bytes | None,
    batches: Mapping[str, tuple[KeptItem, ...]],
) -> Compared:
    """Compare what was read, with the items of its batches, with the public edition of id `before`, which kept
    `values`."""
    now = kept(reading, edition, batches)
    earlier = None if values is None else decoded(values)
    return Compared(now, before, None if before is None or earlier is None else compare(earlier, now))


def too_far(found: Compared, reading: Reading) -> tuple[Problem, ...]:
    """The gate that asks whether anything moved further than the project allows."""
    if found.unreadable:
        return (
            Problem(
                Place("editions"),
                f"what edition {found.before} showed cannot be read, and whether anything moved too far is not known.",
                "Look at the new documents yourself; if they are right, accept the edition.",
            ),
        )
    if found.changes is None:
        return ()
    project = reading.project
    return moved(found.changes.tables, project.settings.tables, project.file, project.language)


def brief_files(found: Compared, reading: Reading, documents: Mapping[str, Path]) -> dict[str, bytes]:
    """File name → content of the change brief; nothing where there is nothing to compare with."""
    if found.changes is None:
        return {}
    brief = brief_of(found.changes, places(documents))
    sheet = as_pdf(brief, found.changes, reading.project.brand, creation_date())
    return {BRIEF: as_markdown(brief).encode(), BRIEF_SHEET: sheet}


def said_in_manifest(found: Compared) -> dict[str, Any]:
    """What the manifest says of the changes: the brief without places."""
    if found.changes is None:
        return {}
    brief: Brief = brief_of(found.changes, {})
    sections: dict[str, list[str]] = {}
    for section in brief.sections:  # two tables may have one title
        sections.setdefault(section.title, []).extend(section.items)
    return {"changes": {"against": found.before, "summary": list(brief.summary), **sections}}


def with_values(
    problems: tuple[Problem, ...], project: Project, values: bytes | None, made: str
) -> tuple[Problem, ...]:
    """Claims that no longer hold, each with what its test compared in the edition that was `made` then, and with the
    cells that moved in the tables that it asks, old and new."""
    before = None if values is None else decoded(values)
    if before is None:
        return problems
    when = f"In edition {before.edition}, made {made[:10]}"
    return tuple(_with_values(recalled(problem, before.claims, when), project, before) for problem in problems)


def _with_values(problem: Problem, project: Project, before: Kept) -> Problem:
    if not isinstance(problem, FalseClaim):
        return problem
    asked = names_in(problem.test) & before.tables.keys()
    now = {name: table for name, table in kept_tables(project).items() if name in asked}
    told = [
        restated_cell(change, one, project.language)
        for change in table_changes(before.tables, now)
        for one in furthest_first(change)
    ]
    if not told:
        return problem
    more = f"; and {len(told) - _CELLS:,} more" if len(told) > _CELLS else ""
    since = f"Since edition {before.edition}: {'; '.join(told[:_CELLS])}{more}."
    return replace(problem, message=f"{problem.message} {since}")
