"""What is probably a mistake in a declaration or its data, and may be meant: totals among rows, dates yet to come."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from data.declared.remainders import given_away
from data.declared.scales import mixed_scales
from data.errors import Problem
from data.project import Project
from data.tables.table import Table
from data.tables.totals import total_rows
from reports.document.blocks import Block, TableBlock
from reports.document.tree import walk
from reports.doubts.doubtful_cells import doubtful_cells, place_of
from reports.doubts.other_times import other_times
from reports.doubts.price_years import price_years
from reports.doubts.unsaid_margins import unsaid_margins

_TOTALS = 10
"""Rows of totals of one table that are told."""


def doubts(project: Project, today: datetime.date) -> Iterator[Problem]:
    """A warning for each; what is meant can be said, and is not warned of again."""
    yield from _mixed_scales(project)
    yield from _totals(project)
    yield from doubtful_cells(project, today)
    yield from _unhidden(project)
    yield from _given_away(project)
    yield from _dates_to_come(project, today)
    yield from other_times(project, today)
    yield from price_years(project)
    yield from unsaid_margins(project)


def cut_tables(blocks: Iterable[Block]) -> Iterator[Problem]:
    """A warning for each table of a story that shows one of two equal rows and leaves the other out."""
    for block in walk(blocks):
        if isinstance(block, TableBlock) and block.parted is not None:
            yield Problem(block.place, *block.parted.said, "warning")


def _mixed_scales(project: Project) -> Iterator[Problem]:
    for name, settings in project.settings.tables.items():
        yield from mixed_scales(name, settings, project.tables[name], project.file)


def _totals(project: Project) -> Iterator[Problem]:
    """Rows that sum up others, and would be summed up, ranked and drawn like them."""
    for name, settings in project.settings.tables.items():
        table = project.tables[name]
        if settings.derived_from is not None or settings.shape.totals is not None:
            continue
        found = total_rows(table)
        more = f" ({len(found) - _TOTALS} more like this)" if len(found) > _TOTALS else ""
        for total in found[:_TOTALS]:
            what = "seems to be the mean or the rate of" if total.rate else "is the sum of"
            said = f"'{total.label}' {what} other rows of '{name}' by its '{total.field}'"
            remedy = f'Leave it out: shape = {{ drop = "{total.label}" }}; or say that it is meant: totals = "keep".'
            place = place_of(table, total.index, total.field)
            yield Problem(place, f"{said}, and is read as one of them.", remedy + more, "warning")


def _unhidden(project: Project) -> Iterator[Problem]:
    """Tables that show what another declaration of the same file hides."""
    tables = project.settings.tables
    for name, settings in tables.items():
        if settings.minimum_n is None:
            continue
        for other, its in tables.items():
            if its.minimum_n is None and its.origins & settings.origins and _has_numbers(project.tables[other]):
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


def _has_numbers(table: Table) -> bool:
    return any(field.numeric for field in table.fields)


def _dates_to_come(project: Project, today: datetime.date) -> Iterator[Problem]:
    """Data that are of a time after today. Only warnings know what day it is; no document does."""
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
