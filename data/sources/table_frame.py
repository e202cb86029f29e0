"""A project's table as polars sees it, for queries that name it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from data.table import Content, Field, Table

if TYPE_CHECKING:
    from polars import DataFrame, DataType

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def table_frame(table: Table) -> DataFrame:
    """The table's columns: whole numbers as integers, other numbers as binary fractions, whole dates as dates.

    Values that are missing, hidden or only limits are null. A level sorts by its place among the levels.
    """
    import polars

    columns = [
        polars.Series(field.name, _plain(table.columns[field.name]), dtype=_type(field, table.columns[field.name]))
        for field in table.fields
        if field.name in table.columns
    ]
    return polars.DataFrame(columns)


def absent(table: Table, field: str) -> int:
    """How many rows of the table have no exact value in this field."""
    return sum(content is None for content in _plain(table.columns.get(field, ())))


def _plain(contents: tuple[Content, ...]) -> list[Decimal | int | str | None]:
    return [content if isinstance(content, Decimal | int | str) else None for content in contents]


def _type(field: Field, contents: tuple[Content, ...]) -> DataType:
    import polars

    numbers = [content for content in contents if isinstance(content, Decimal | int)]
    words = [content for content in contents if isinstance(content, str)]
    if field.measure.levels and set(words) <= set(field.measure.levels):
        return polars.Enum(field.measure.levels)
    if words:
        dates = field.measure.type == "date" and all(_DAY.fullmatch(word) for word in words)
        return polars.Date() if dates else polars.String()
    if all(number == int(number) and abs(number) < 1 << 62 for number in numbers):
        return polars.Int64()
    return polars.Float64()
