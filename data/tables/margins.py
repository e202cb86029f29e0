"""The margins of a table's values, from the fields that say how many were asked or how far a value may be off."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from data.tables.margin import Margin, of_share

if TYPE_CHECKING:
    from data.tables.table import Field, Table


def margin_of(table: Table, field: Field, index: int) -> Margin | None:
    """The margin of a row's value; one of unknown size where the row does not say it exactly. None without a value."""
    value = table.columns[field.name][index]
    whole = f"{table.name}.{field.name}" if table.whole == field.name else ""
    if value is None:
        return None
    if field.margin is not None:
        return Margin(field.margin, whole)
    said = table.columns.get(str(field.margin_field or field.sample), (None,) * len(table))[index]
    if not isinstance(said, Decimal) or not isinstance(value, Decimal):
        return Margin(None, whole)
    if field.margin_field is not None:
        return Margin(said if said >= 0 else None, whole)
    return of_share(value, said, whole)
