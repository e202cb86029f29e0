"""A project's table as polars sees it, for queries that name it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from data.table import Field, Table
from data.value import Content

if TYPE_CHECKING:
    from polars import DataFrame, Series

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def table_frame(table: Table) -> DataFrame:
    """The table's columns: whole numbers as integers, other numbers as binary fractions, whole dates as dates.

    Values that are missing, hidden or only limits are null. A level sorts by its place among the levels.
    """
    import polars

    return polars.DataFrame(
        [_series(field, _plain(table.columns[field.name])) for field in table.fields if field.name in table.columns]
    )


def absent(table: Table, field: str) -> int:
    """How many rows of the table have no exact value in this field."""
    return sum(content is None for content in _plain(table.columns.get(field, ())))


def _plain(contents: tuple[Content, ...]) -> list[Decimal | int | str | None]:
    return [content if isinstance(content, Decimal | int | str) else None for content in contents]


def _series(field: Field, contents: list[Decimal | int | str | None]) -> Series:
    import polars

    words = {content for content in contents if isinstance(content, str)}
    if field.measure.levels and words <= set(field.measure.levels):
        return polars.Series(field.name, contents, dtype=polars.Enum(field.measure.levels))
    if field.measure.type == "date" and all(map(_DAY.fullmatch, words)):
        return polars.Series(field.name, contents, dtype=polars.String).str.to_date()
    if words or field.measure.type == "text":
        return polars.Series(field.name, contents, dtype=polars.String)
    numbers = [Decimal(content) for content in contents if content is not None]
    if all(number == int(number) for number in numbers):
        whole = [None if content is None else int(content) for content in contents]
        # a sum that does not fit would be another number without a word
        fits = sum(map(abs, numbers)) < 1 << 62
        return polars.Series(field.name, whole, dtype=polars.Int64 if fits else polars.Int128)
    return polars.Series(field.name, [None if c is None else float(c) for c in contents], dtype=polars.Float64)
