"""Amounts of several years beside each other, where nobody said in which year's money they are."""

from __future__ import annotations

from collections.abc import Iterator

from data.declared.prices import behind
from data.errors import Problem
from data.project import Project
from data.tables.ends import time_of
from data.tables.prices import comparable
from data.tables.table import Table

_SAID = (
    'Say it in the table: prices = "2024" for amounts that were converted, prices = "nominal" for those that are each'
    " in the money of their time."
)


def price_years(project: Project) -> Iterator[Problem]:
    """A note for each table with amounts of several years; a warning for one computed from tables of different ones."""
    for name, settings in project.settings.tables.items():
        table = project.tables[name]
        amounts = [field.name for field in table.fields if field.measure.type == "money"]
        if table.prices is not None or not amounts:
            continue
        place = project.file.place("tables", name)
        known = [one.prices or one.as_of for one in behind(settings, project.tables)]
        apart = [said for said in known if not comparable(known[0], said)]
        if apart:
            message = f"'{name}' is computed from money of {known[0]} and of {apart[0]}."
            yield Problem(place, message, _SAID, "warning")
        elif not known and len(years := _years(table)) > 1:
            message = f"'{amounts[0]}' is of {years[0]} to {years[-1]}: a change in it holds inflation, or holds none."
            yield Problem(place, message, _SAID, "note")


def _years(table: Table) -> list[str]:
    """The years of a table's time, in order."""
    time = time_of(table)
    if time is None:
        return []
    return sorted({str(content)[:4] for content in table.columns[time.name] if isinstance(content, int | str)})
