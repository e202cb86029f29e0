"""Rows in the order of their categories: those of one stay together, and whole categories are shown or left out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from data.tables.marks import Content
from data.tables.table import Row, Table


def by_category(table: Table, category: str) -> dict[Content, list[Row]]:
    """The rows of each category, in the order in which the table has them."""
    found: dict[Content, list[Row]] = {}
    for row, content in zip(table, table.columns[category], strict=True):
        found.setdefault(content, []).append(row)
    return found


def in_rank(groups: Sequence[tuple[Decimal | None, list[Row]]], order: str) -> list[list[Row]]:
    """Groups of rows by their ranks: "descending", "ascending" or "none"; without one they come last."""
    known = [(rank, rows) for rank, rows in groups if rank is not None]
    if order == "none":
        return [rows for _, rows in groups]
    known.sort(key=lambda pair: pair[0], reverse=order == "descending")
    return [rows for _, rows in known] + [rows for rank, rows in groups if rank is None]
