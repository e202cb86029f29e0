"""The year in whose money the amounts of a table are: what its declaration says, else when its data are of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from data.settings.project import TableSettings
from data.sources.sql import tables_named
from data.tables.table import Field, Table


def with_prices(table: Table, settings: TableSettings, tables: Mapping[str, Table]) -> Table:
    """`table` with amounts that know in whose money they are; `tables` are those that it may be computed from.

    A table that is computed from others takes over what all of those say.
    """
    said = {one.prices for one in behind(settings, tables)}
    prices = settings.prices or (said.pop() if len(said) == 1 else None)
    fields = tuple(_priced(field, prices or table.as_of) for field in table.fields)
    return replace(table, prices=prices, fields=fields)


def behind(settings: TableSettings, tables: Mapping[str, Table]) -> Iterable[Table]:
    """The tables that one is computed from."""
    named = tables_named(settings.query or "") if settings.connection is None and settings.file is None else ()
    asked = {str(settings.derived_from).lower(), *(name.lower() for name in named)}
    return [one for name, one in tables.items() if name.lower() in asked]


def _priced(field: Field, prices: str | None) -> Field:
    if field.measure.type not in ("money", "range"):
        return field
    return replace(field, measure=replace(field.measure, prices=prices))
