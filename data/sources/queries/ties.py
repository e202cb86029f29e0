"""Whether a LIMIT parts rows that ORDER BY leaves in one place, so that chance decides which of them are shown."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator, Sequence

from data.errors import Place, Problem
from data.sources.grid import ROWS
from data.sources.queries.tree import Node, Tree, whole_number

Rows = Sequence[tuple[object, ...]]


def limited(tree: Tree, root: Node | None = None) -> Iterator[Node]:
    """The parts of a query that sort and then take only some rows, the whole query among them."""
    for node in tree.nodes(inside=root):
        kinds = {str(one["type"]) for one in node.get("modifiers") or ()}
        if "ORDER_MODIFIER" in kinds and any("LIMIT" in kind for kind in kinds):
            yield node


def cut_at(tree: Tree, header: Sequence[str]) -> tuple[int, list[int]] | None:
    """How many rows the query is limited to, and the places of the result's columns that it is sorted by.

    None where the row behind the last one would not tell: what it is sorted by is no column of the result, the number
    is computed, or a part of the query has a limit of its own.
    """
    root = tree.root["node"]
    if [*limited(tree)] != [root]:
        return None
    kinds = {str(one["type"]): one for one in root["modifiers"]}
    limit = kinds.get("LIMIT_MODIFIER", {})
    count = whole_number(limit.get("limit") or {})
    if count is None or count >= ROWS or limit.get("limit_type", "ROW_COUNT") != "ROW_COUNT":
        return None
    places = [_column(one["expression"], header) for one in kinds["ORDER_MODIFIER"]["orders"]]
    found = [place for place in places if place is not None]
    return (count, found) if len(found) == len(places) else None


def one_more(root: Node, count: int) -> Node:
    """The query with the row behind its last one."""
    modifiers: list[Node] = root["node"]["modifiers"]
    more = [
        {**one, "limit": {**one["limit"], "literal": {"kind": "INTEGER", "text": str(count + 1)}}}
        if one["type"] == "LIMIT_MODIFIER"
        else one
        for one in modifiers
    ]
    return {**root, "node": {**root["node"], "modifiers": more}}


def parted(rows: Rows, count: int, keys: Sequence[int], place: Place) -> tuple[Problem, ...]:
    """A warning where the row behind the last one stands in its place by the columns `keys`, and is another."""
    if not 0 < count < len(rows) or rows[count - 1] == rows[count]:
        return ()
    last, next_ = rows[count - 1], rows[count]
    return (_told(last, next_, place),) if all(last[key] == next_[key] for key in keys) else ()


def chosen_by_chance(rows: Rows, others: Rows, place: Place) -> tuple[Problem, ...]:
    """A warning where another order of rows in one place gives other rows."""
    first, second = Counter(map(repr, rows)), Counter(map(repr, others))
    gone, come = first - second, second - first
    shown = next((row for row in rows if repr(row) in gone), None)
    missed = next((row for row in others if repr(row) in come), None)
    return () if shown is None or missed is None else (_told(shown, missed, place),)


def by_rank(tree: Tree) -> Node | None:
    """The query with RANK in place of each ROW_NUMBER that has an order: equal where no rows stand in one place.

    None where it numbers none.
    """
    root = copy.deepcopy(tree.root)
    found = [n for n in tree.nodes("WINDOW", root) if n.get("type") == "WINDOW_ROW_NUMBER" and n.get("orders")]
    for node in found:
        node.update(type="WINDOW_RANK", function_name="rank", qualified_name={"path": ["rank"]})
    return root if found else None


def numbered_by_chance(rows: Rows, ranked: Rows, place: Place) -> tuple[Problem, ...]:
    """A warning where rows are other ones, or have other numbers, with RANK.

    Rows that are alike throughout are one: which of them is taken does not matter.
    """
    other = set(map(repr, rows)) ^ set(map(repr, ranked))
    row = next((row for row in (*ranked, *rows) if repr(row) in other), None)
    if row is None:
        return ()
    named = next((cell for cell in row if isinstance(cell, str)), row[0])
    return (
        Problem(
            place,
            f"ROW_NUMBER gives rows that ORDER BY has in one place their numbers by chance, '{named}' among them.",
            "Sort by another column, too, or write RANK, which gives such rows one number.",
            "warning",
        ),
    )


def _told(shown: tuple[object, ...], missed: tuple[object, ...], place: Place) -> Problem:
    column = next(
        (n for n, (a, b) in enumerate(zip(shown, missed, strict=True)) if a != b and isinstance(a, str)),
        next(n for n, (a, b) in enumerate(zip(shown, missed, strict=True)) if repr(a) != repr(b)),
    )
    return Problem(
        place,
        f"LIMIT leaves out '{missed[column]}' and keeps '{shown[column]}', and ORDER BY has them in one place.",
        "Sort by another column, too, take more rows or fewer, or say by WHERE which ones are meant.",
        "warning",
    )


def _column(expression: Node, header: Sequence[str]) -> int | None:
    """The place of the result's column that is named, or counted from 1."""
    number = whole_number(expression)
    if number is not None:
        return number - 1 if 0 < number <= len(header) else None
    named: Sequence[str] = expression.get("column_names") or ()
    known = [name.lower() for name in header]
    return known.index(named[0].lower()) if len(named) == 1 and named[0].lower() in known else None
