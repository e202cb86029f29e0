"""A query is put so that its numbers are right: halves rounded up, middles exact, rows in one order."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from data.sources.queries.errors import SHORT_YEAR
from data.sources.queries.ties import limited, one_more
from data.sources.queries.tree import SINGLE, Node, Tree, type_name, whole_number

_MIDDLES = frozenset(("median", "quantile_cont"))
_WHOLE = frozenset(
    (
        "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT",
        "UHUGEINT", "INT", "INT1", "INT2", "INT4", "INT8", "INT128", "SHORT", "LONG", "SIGNED", "INTEGRAL",
    )
)  # fmt: skip
_LARGEST = 4_000_000
"""Characters of the longest part of a query, once it is put right."""
_MOST_DECIMALS = 18
_ROUNDED = (
    "CASE WHEN typeof(x) IN ('DOUBLE', 'FLOAT') THEN CAST(CAST(format('{{:.15g}}', CAST(x AS DOUBLE)) "
    "AS DECIMAL(38, {decimals})) AS {type}) ELSE CAST(x AS {type}) END"
)
"""Half up, of the fifteen digits that a binary fraction surely has: 2.675 is a hair less, and is rounded as 2.675."""
_MEANT = (
    "CASE WHEN CAST(format('{:.15g}', CAST(x AS DOUBLE)) AS DOUBLE) = CAST(format('{:.11g}', CAST(x AS DOUBLE)) AS "
    "DOUBLE) THEN CAST(format('{:.15g}', CAST(x AS DOUBLE)) AS DOUBLE) ELSE CAST(x AS DOUBLE) END"
)
"""0.2 for an average of 0.1, 0.2 and 0.3, which binary fractions make 0.19999999999999998."""

_DAYS = frozenset(("DATE", "TIMESTAMP", "DATETIME", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_US", "TIMESTAMP_NS"))
_FULL_YEAR = (
    "CASE WHEN typeof(x) = 'VARCHAR' AND regexp_matches(CAST(x AS VARCHAR), '^\\s*[0-9]{1,3}[^0-9]') "
    "AND NOT regexp_matches(CAST(x AS VARCHAR), '(^|[^0-9.])[0-9]{4}([^0-9]|$)') "
    "THEN {instead} ELSE x END"
)
"""Only texts that begin with a year of four digits: DuckDB makes 01/02/26 a day of the year 1."""
_READ_YEAR = "CASE WHEN year(x) < 1000 THEN {instead} ELSE x END"
"""A moment read by a format: DuckDB's %Y takes 26 for the year 26."""
_SHORT_YEAR = f"""error('{SHORT_YEAR}: "' || CAST(x AS VARCHAR) || '"')"""


def put_right(
    tree: Tree,
    width: int,
    plain: Mapping[str, bool],
    *,
    falling: bool = False,
    more_than: int | None = None,
    instead: Node | None = None,
) -> str:
    """The query as SQL with what rounds half up, with exact middles, and in a full order over its `width` columns.

    `plain` tells of each column of the sources whether its middles are exact as they are. Rows that ORDER BY leaves in
    one place rise by their columns, or fall. With `more_than`, the number of its limit, it takes one row more. With
    `instead` that is asked, not the query's own tree.

    Raises ProjectError for a ROUND whose decimals are no number, and for a query that becomes too large.
    """
    try:
        asked = tree.root if instead is None else instead
        root = _Right(tree, plain).of(asked if more_than is None else one_more(asked, more_than))
    except RecursionError:
        raise tree.too_large() from None
    _order(tree, root["node"], width, falling)
    for node in limited(tree, root):
        if node is not root["node"]:
            _order_part(tree, node, falling)
    return tree.written(root)


def _order_part(tree: Tree, node: Node, falling: bool) -> None:
    """A full order for a part of a query that takes only some rows, as far as its columns can be named."""
    listed: list[Node] = node.get("select_list") or []
    starred = any(one.get("class") == "STAR" for one in listed)
    if not listed or (
        starred and (node.get("group_expressions") or node.get("aggregate_handling") != "STANDARD_HANDLING")
    ):
        return
    keys = ["COLUMNS(*)"] if starred else [str(place) for place in range(1, len(listed) + 1)]
    ordering = next(one for one in node["modifiers"] if one["type"] == "ORDER_MODIFIER")
    ordering["orders"].extend(_keys(tree, keys, falling))


def _keys(tree: Tree, keys: Iterable[str], falling: bool) -> list[Node]:
    listed = ", ".join(f"{key} DESC" if falling else key for key in keys)
    return tree.parsed(f"SELECT 1 ORDER BY {listed}")["node"]["modifiers"][0]["orders"]


def _order(tree: Tree, node: Node, width: int, falling: bool) -> None:
    modifiers: list[Node] = node["modifiers"]
    ordering = next((one for one in modifiers if one["type"] == "ORDER_MODIFIER"), None)
    if ordering and any(one["expression"].get("class") == "STAR" for one in ordering["orders"]):
        return
    keys = _keys(tree, map(str, range(1, width + 1)), falling)
    if ordering:
        ordering["orders"].extend(keys)
        return
    added: Node = {**tree.parsed("SELECT 1 ORDER BY 1")["node"]["modifiers"][0], "orders": keys}
    limit = next((i for i, one in enumerate(modifiers) if "LIMIT" in one["type"]), len(modifiers))
    modifiers.insert(limit, added)


class _Right:
    """What is put in the place of a node."""

    def __init__(self, tree: Tree, plain: Mapping[str, bool]) -> None:
        self._tree, self._plain = tree, plain
        self._rules: Mapping[str, Callable[[Node], Node]] = {
            "FUNCTION": self._function,
            "WINDOW": self._function,
            "CAST": self._cast,
            "COMPARISON": self._compared,
            "BETWEEN": self._compared,
        }

    def of(self, value: Any) -> Any:
        """A tree, put right from its leaves up."""
        if isinstance(value, list):
            return [self.of(item) for item in cast("list[Any]", value)]
        if not isinstance(value, dict):
            return value
        node: Node = {key: self.of(item) for key, item in cast("Node", value).items()}
        rule = self._rules.get(str(node.get("class", "")))
        return rule(node) if rule else node

    def _function(self, node: Node) -> Node:
        called = str(node["function_name"]).lower()
        if called in ("avg", "mean"):
            return self._filled(_MEANT, node)
        if called in _MIDDLES:
            return self._middle(node)
        if called == "round" and node.get("class") == "FUNCTION":
            return self._rounded(node)
        if called in ("strptime", "try_strptime"):
            return self._filled(_READ_YEAR.replace("{instead}", "NULL" if called != "strptime" else _SHORT_YEAR), node)
        return node

    def _rounded(self, node: Node) -> Node:
        given: list[Node] = [one["expression"] for one in node["arguments"]]
        decimals = 0
        if len(given) == 2:
            digits = whole_number(given[1])
            if digits is None or digits > _MOST_DECIMALS:
                raise self._tree.problem(
                    "ROUND takes how many decimals from the data.",
                    f"Write a number up to {_MOST_DECIMALS}: ROUND(x, 2).",
                )
            if digits < 0:
                return node
            decimals = digits
        if not given or len(given) > 2:
            return node
        right = _ROUNDED.format(decimals=decimals, type=f"DECIMAL(38, {decimals})")
        return self._filled(right, given[0], node.get("alias", ""))

    def _middle(self, node: Node) -> Node:
        """A middle between two decimals has more decimals than they have, and DuckDB would cut it to theirs."""
        order: Node = node.get("order_bys") or {}
        ordered: list[Node] = order.get("orders") or []
        arguments: list[Node] = node["arguments"]
        holder = (ordered or arguments or [None])[0]
        if holder is None:
            return node
        asked: Node = holder["expression"]
        if asked.get("class") == "COLUMN_REF" and self._plain.get(str(asked["column_names"][-1]).lower(), False):
            return node
        holder["expression"] = self._filled("CAST(x AS DOUBLE)", asked)
        return self._filled(_MEANT, node)

    def _cast(self, node: Node) -> Node:
        called = type_name(node)
        if called in SINGLE:
            return {**node, "type_expr": self._tree.part("CAST(x AS DOUBLE)")["type_expr"]}
        if called in _DAYS:
            instead = "NULL" if node.get("try_cast") else _SHORT_YEAR
            return {**node, "child": self._filled(_FULL_YEAR.replace("{instead}", instead), node["child"])}
        if node.get("try_cast") or node["child"].get("class") == "CONSTANT":
            return node
        if called in _WHOLE:
            return self._filled(_ROUNDED.format(decimals=0, type=called), node["child"], node.get("alias", ""))
        if called in ("DECIMAL", "NUMERIC", "DEC"):
            sizes = [whole_number(one) for one in node["type_expr"]["children"]] or [18, 3]
            digits, decimals = sizes[0], (sizes[1] if len(sizes) > 1 else 0) or 0
            right = _ROUNDED.format(decimals=decimals, type=f"DECIMAL({digits}, {decimals})")
            return self._filled(right, node["child"], node.get("alias", ""))
        return node

    def _compared(self, node: Node) -> Node:
        """What is divided is compared as it is meant: 0.6 / 3 is 0.2."""
        for side in ("left", "right", "input", "lower", "upper"):
            part: Node = node.get(side) or {}
            if part.get("function_name") == "/":
                node[side] = self._filled(_MEANT, part)
        return node

    def _filled(self, template: str, argument: Node, alias: str | None = None) -> Node:
        """The template with the argument for its x, under the argument's name or another."""
        called = argument.get("alias", "") if alias is None else alias
        inner: Node = {**argument, "alias": ""}
        if len(json.dumps(inner)) * template.count("(x ") > _LARGEST:
            raise self._tree.too_large()
        return {**_replaced(self._tree.part(template), inner), "alias": called}


def _replaced(value: Any, argument: Node) -> Any:
    if isinstance(value, list):
        return [_replaced(item, argument) for item in cast("list[Any]", value)]
    if not isinstance(value, dict):
        return value
    node = cast("Node", value)
    if node.get("class") == "COLUMN_REF" and node["column_names"] == ["x"]:
        return copy.deepcopy(argument)
    return {key: _replaced(item, argument) for key, item in node.items()}
