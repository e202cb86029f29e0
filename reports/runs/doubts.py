"""What is probably a mistake in a declaration, and may be meant: shares read as percentages, dates yet to come."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from decimal import Decimal

from data.errors import Problem
from data.project import Project
from data.remainders import given_away
from data.settings import TableSettings
from data.table import Table
from reports.blocks import Block, TableBlock, walk

_FEW = 3
"""Values that tell nothing: one or two shares can be below one percent."""


def doubts(project: Project) -> Iterator[Problem]:
    """A warning for each; what is meant can be said, and is not warned of again."""
    yield from _unmeant_scales(project)
    yield from _unhidden(project)
    yield from _given_away(project)
    yield from _dates_to_come(project)


def cut_tables(blocks: Iterable[Block]) -> Iterator[Problem]:
    """A warning for each table of a story that shows one of two equal rows and leaves the other out."""
    for block in walk(blocks):
        if isinstance(block, TableBlock) and block.parted is not None:
            yield Problem(block.place, *block.parted.said, "warning")


def _unmeant_scales(project: Project) -> Iterator[Problem]:
    """Percent fields in which every number is at most 1, or, read as fractions, above 100%."""
    for name, settings in project.settings.tables.items():
        for field, declared in settings.fields.items():
            if declared.type != "percent":
                continue
            contents = project.tables[name].columns.get(field, ())
            values = [abs(content) for content in contents if isinstance(content, Decimal)]
            place = project.file.place("tables", name, "fields", field)
            fractions = len(set(values)) >= _FEW and max(values) <= 1
            if fractions and declared.value is not None and declared.minimum is None and declared.maximum is None:
                remedy = "Multiply the expression by 100; or, where it is meant so, say maximum = 1."
                yield Problem(place, f"every '{field}' is at most 1%: it looks like a fraction.", remedy, "warning")
            elif fractions and declared.is_read and "scale" not in declared.model_fields_set:
                remedy = 'Write scale = "fraction" if 0.35 means 35%; else scale = "percent".'
                yield Problem(place, f"every '{field}' is at most 1%: it looks like a fraction.", remedy, "warning")
            elif declared.scale == "fraction" and len(set(values)) >= _FEW and min(values) > 100:
                remedy = 'Leave scale = "fraction" out: the file has percentages already.'
                yield Problem(place, f"every '{field}' is above 100%.", remedy, "warning")


def _unhidden(project: Project) -> Iterator[Problem]:
    """Tables that show what another declaration of the same file hides."""
    tables = project.settings.tables
    for name, settings in tables.items():
        if settings.minimum_n is None:
            continue
        for other, its in tables.items():
            if its.minimum_n is None and _files(its) & _files(settings) and _has_numbers(project.tables[other]):
                yield Problem(
                    project.file.place("tables", other),
                    f"'{other}' reads the file of '{name}', which hides small groups there, and hides none.",
                    f"Give it the minimum_n of '{name}', or compute it from that table: from = \"{name}\".",
                    "warning",
                )


def _given_away(project: Project) -> Iterator[Problem]:
    """Values that are suppressed or hidden and can be worked out from what stands beside them."""
    for name, settings in project.settings.tables.items():
        for field, said in given_away(project.tables[name], settings):
            yield Problem(
                project.file.place("tables", name, "fields", field),
                f"the {field} that '{name}' keeps back of {said}.",
                "Leave the total out, or keep a second value back, before this is published.",
                "warning",
            )


def _files(settings: TableSettings) -> set[str]:
    return {one for one in (settings.file, settings.url, *(each.file for each in settings.several)) if one}


def _has_numbers(table: Table) -> bool:
    return any(field.numeric for field in table.fields)


def _dates_to_come(project: Project) -> Iterator[Problem]:
    """Data that are of a time after today. Only warnings look at the clock; no document does."""
    today = datetime.date.today()
    for name, table in project.tables.items():
        if table.as_of is None or table.computed_from:
            continue
        begin = table.as_of.split("/")[0]
        if begin > today.isoformat()[: len(begin)]:
            yield Problem(
                project.file.place("tables", name, "as_of"),
                f"the data of '{name}' are of {table.as_of}, a time to come.",
                "Correct as_of; for a forecast, it is the day when it was made.",
                "warning",
            )
