"""Words in a condition that no row has, and that are nearly one that some have: of what is not there, they are true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import nodes

from data.tables.lookup import refuse_misspelt

if TYPE_CHECKING:
    from data.tables.table import Table

SAME = frozenset(("eq", "ne", "in", "notin"))
"""Comparisons that ask whether two are the same."""


def refuse_misspelt_words(condition: nodes.Node, table: Table) -> None:
    """LookUpError for a word that a condition compares a field of words with, and that is probably misspelt."""
    found = [condition] if isinstance(condition, nodes.Compare) else []
    for compare in (*found, *condition.find_all(nodes.Compare)):
        name = compare.expr.name if isinstance(compare.expr, nodes.Name) else ""
        field = table.fields_by_name.get(name)
        if field is None or field.measure.type not in ("text", "level"):
            continue
        for one in compare.ops:
            listed = one.expr.items if isinstance(one.expr, nodes.List | nodes.Tuple) else [one.expr]
            for word in listed if one.op in SAME else ():
                if isinstance(word, nodes.Const) and isinstance(word.value, str):
                    refuse_misspelt(table, name, word.value)
