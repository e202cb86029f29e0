"""A time that is typed for a table and is not that of its rows."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from data.declared.period import period
from data.errors import Problem
from data.project import Project
from data.settings.project import TableSettings
from data.tables.ends import time_of
from data.tables.moments import ACADEMIC_YEAR
from data.tables.table import Table

_YEAR = len("2024")


def other_times(project: Project, today: datetime.date) -> Iterator[Problem]:
    """A warning for each table whose as_of is typed and does not agree with its years or dates.

    One year or day says where the data end, and a period where they begin, too; a day may be that of a look at data
    that end before it. What is yet to come was foreseen at the time that is stated.
    """
    for name, settings in project.settings.tables.items():
        table, stated = project.tables[name], settings.stated_period
        field = time_of(table)
        found = None if field is None or stated is None else period(table, field.name)
        if field is None or stated is None or found is None:
            continue
        first, last = _ends(found)
        begins, ends = {first}, {last}
        if _academic(table, field.name):  # 2017/18 is said to be of either year
            begins, ends = {first, str(int(first) + 1)}, {last, str(int(last) - 1)}
        if any(_begins(stated, one) for one in begins) and any(_ends_with(stated, one, today) for one in ends):
            continue
        yield Problem(
            project.file.place("tables", name, "as_of"),
            f"as_of is {stated}, and '{field.name}' of '{name}' is {found.replace('/', ' to ')}.",
            _remedy(settings, field.name, found),
            "warning",
        )


def _remedy(settings: TableSettings, name: str, found: str) -> str:
    if name in settings.fields:
        return f'Let the data say it, as_of = {{ field = "{name}" }}; where that is not their time, name the key.'
    return f'Write as_of = "{found}".'


def _ends(said: str) -> tuple[str, str]:
    begin, _, end = said.partition("/")
    return begin, end or begin


def _academic(table: Table, name: str) -> bool:
    return any(isinstance(one, str) and ACADEMIC_YEAR.fullmatch(one) for one in set(table.columns[name]))


def _begins(stated: str, first: str) -> bool:
    """Whether a period begins with the data, as exactly as both are said."""
    begin, exact = _ends(stated)[0], min(len(_ends(stated)[0]), len(first))
    return "/" not in stated or begin[:exact] == first[:exact]


def _ends_with(stated: str, last: str, today: datetime.date) -> bool:
    """Whether the stated time ends with the data, as exactly as both are said."""
    end = _ends(stated)[1]
    exact = min(len(end), len(last))
    if end[:exact] == last[:exact] or last > today.isoformat()[: len(last)]:
        return True
    return "/" not in stated and len(stated) > _YEAR and last[:exact] < end[:exact]
