"""Rows without a value where a condition asks whether something is there: nobody knows what they would say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jinja2 import nodes

from data.effort import spend
from data.tables.refusals import MissingError
from data.tables.spelling import SAME

if TYPE_CHECKING:
    from data.tables.table import Table


def refuse_gaps(condition: nodes.Node, said: str, table: Table) -> None:
    """MissingError for a row without a value in a field that a condition says to be something or not to be it.

    To choose rows by `==`, a gap is none of them; what is said of all rows, it leaves open. A field that the condition
    compares with None, too, is one whose gaps it minds.
    """
    found = list(_compared(condition))
    minded = {name for name, sides in found if any(isinstance(s, nodes.Const) and s.value is None for s in sides)}
    for name in dict.fromkeys(name for name, _ in found if name not in minded and name in table.fields_by_name):
        spend(len(table))
        gaps = [row for row, value in enumerate(table.values(name)) if value.missing]
        if gaps:
            raise MissingError(
                f"nobody knows whether '{said}' is true of {len(gaps)} of {len(table)} rows, the first has no '{name}'"
                f" ({table.file}:{table.lines[gaps[0]]})",
                remedy=f"Leave out the rows without a value: .where('{name} != None').",
            )


def _compared(condition: nodes.Node) -> Iterator[tuple[str, list[nodes.Expr]]]:
    """The fields that a condition compares by `==`, `!=` and `in`, with what each is compared with."""
    whole = [condition] if isinstance(condition, nodes.Compare) else []
    for compare in (*whole, *condition.find_all(nodes.Compare)):
        sides = [compare.expr, *(one.expr for one in compare.ops)]
        if all(one.op in SAME for one in compare.ops):
            for side in sides:
                if isinstance(side, nodes.Name):
                    yield side.name, [other for other in sides if other is not side]
