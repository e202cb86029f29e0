"""A project's table as a query sees it."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from data.errors import Place, ProjectError
from data.sources.cell_text import number_text
from data.sources.queries.duck import literal, name
from data.sources.queries.numbers import Numbers, number_kind
from data.tables.table import Field, Table
from data.tables.value import Content

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def column_kinds(table: Table) -> dict[str, str]:
    """The type in DuckDB of each column: whole numbers and decimals exactly, whole dates as dates.

    A level sorts by its place among the levels. Raises ProjectError for numbers that nothing has room for.
    """
    return {
        field.name: _kind(table, field, _plain(table.columns[field.name]))
        for field in table.fields
        if field.name in table.columns
    }


def create(database: DuckDBPyConnection, called: str, table: Table, kinds: dict[str, str], *, wide: bool) -> None:
    """Make the table one of the database's; values that are missing, hidden or only limits are NULL.

    `wide` where numbers need 128 bits.
    """
    columns, values = list(kinds), [_texts(_plain(table.columns[column])) for column in kinds]
    listed = ", ".join(
        f"CAST({name(column)} AS {_wide(kinds[column]) if wide else kinds[column]}) AS {name(column)}"
        for column in columns
    )
    unnested = ", ".join(
        f"unnest(from_json(${number}::JSON, '[\"VARCHAR\"]')) AS {name(column)}"
        for number, column in enumerate(columns, 1)
    )
    database.execute(f"CREATE TABLE {name(called)} AS SELECT {listed} FROM (SELECT {unnested})", values)


def absent(table: Table, field: str) -> int:
    """How many rows of the table have no exact value in this field."""
    return sum(content is None for content in _plain(table.columns.get(field, ())))


def _plain(contents: tuple[Content, ...]) -> list[Decimal | int | str | None]:
    return [content if isinstance(content, Decimal | int | str) else None for content in contents]


def _texts(contents: list[Decimal | int | str | None]) -> str:
    return json.dumps([number_text(one) if isinstance(one, Decimal | int) else one for one in contents])


def _wide(kind: str) -> str:
    return "HUGEINT" if kind == "BIGINT" else kind.replace("(18,", "(38,")


def _kind(table: Table, field: Field, contents: list[Decimal | int | str | None]) -> str:
    words = {content for content in contents if isinstance(content, str)}
    if field.measure.levels and words <= set(field.measure.levels):
        return f"ENUM({', '.join(map(literal, field.measure.levels))})"
    if field.measure.type == "date" and words and all(map(_DAY.fullmatch, words)):
        return "DATE"
    if words or field.measure.type == "text":
        return "VARCHAR"
    texts = [number_text(Decimal(content)) for content in contents if content is not None]
    parts = [text.lstrip("-").partition(".") for text in texts]
    before = max((len(whole.lstrip("0")) for whole, _, _ in parts), default=0)
    behind = max((len(rest) for _, _, rest in parts), default=0)
    powers = sum("E" in text for text in texts)
    kind = number_kind(Numbers(len(texts), 0, len(texts), 0, powers, before, behind, "", ""))
    if not kind:
        raise ProjectError.at(
            Place(table.file),
            f"'{field.name}' of table '{table.name}' has numbers of more digits than a query can compute with.",
            "Leave the field out of the query's table.",
        )
    return kind
