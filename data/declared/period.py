"""The time that data are of: what their declaration says, or what their own years and dates say."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from data.errors import ProjectError
from data.files.toml_file import TomlFile
from data.settings.project import TableSettings
from data.tables.moments import ACADEMIC_YEAR
from data.tables.table import Table


def with_period(table: Table, settings: TableSettings, file: TomlFile) -> Table:
    """`table` with the period from the first to the last of the field that `as_of = { field = "year" }` names.

    Raises ProjectError where a row has no time, or no row is left.
    """
    if settings.time_field is None:
        return table
    name = settings.time_field
    found = period(table, name)
    if found is None:
        what = "a row has no" if len(table) else "there is no row with a"
        raise ProjectError.at(
            file.place("tables", table.name, "as_of"),
            f"as_of is to be that of the field '{name}', and {what} '{name}'.",
            'Leave such rows out by shape or where, or write the period: as_of = "2020/2022".',
        )
    return replace(table, as_of=found, dated_by=name)


def period(table: Table, name: str) -> str | None:
    """From the first to the last time of a field, as ISO 8601 writes periods; None where it is not known of a row.

    An academic year reaches from its first calendar year to its second.
    """
    column = set(table.columns[name])
    if not column or not all(isinstance(content, int | str) for content in column):
        return None
    ends = [_ends(str(content)) for content in column]
    first, last = min(begin for begin, _ in ends), _latest(end for _, end in ends)
    return first if first == last else f"{first}/{last}"


def _ends(said: str) -> tuple[str, str]:
    if ACADEMIC_YEAR.fullmatch(said):
        return said[:4], str(int(said[:4]) + 1)
    begin, _, end = said.partition("/")
    return begin, end or begin


def _latest(ends: Iterable[str]) -> str:
    """The one that ends last: 2022 ends after 2022-05."""
    return max(ends, key=lambda end: end + "-99"[: 10 - len(end)])
