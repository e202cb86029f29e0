"""A query as DuckDB takes it apart: what it may do, and how it is put so that its numbers are right."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

from data.errors import Place, ProjectError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Node = dict[str, Any]

_QUERIES = frozenset(("SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"))
_FROM = frozenset(("BASE_TABLE", "SUBQUERY", "JOIN", "EMPTY", "TABLE_FUNCTION", "EXPRESSION_LIST"))
_TABLE_FUNCTIONS = frozenset(("range", "generate_series", "unnest"))
_CHANGING = frozenset(
    (
        "now", "today", "current_date", "current_time", "current_timestamp", "localtime", "localtimestamp",
        "current_localtime", "current_localtimestamp", "get_current_time", "get_current_timestamp",
        "transaction_timestamp", "random", "setseed", "uuid", "uuidv4", "uuidv7", "gen_random_uuid", "txid_current",
    )
)  # fmt: skip
"""What gives another answer each time."""
_NOT_OURS = frozenset(
    (
        "current_setting", "getvariable", "getenv", "current_schemas", "current_schema", "current_database",
        "in_search_path", "current_query", "current_query_id", "current_connection_id", "current_transaction_id",
        "nextval", "currval", "setval", "write_log", "sleep_ms", "stats", "vector_type", "version", "user",
        "current_user", "session_user", "combine_aggr", "sum_no_overflow", "which_secret",
    )
)  # fmt: skip
"""What asks or changes the database itself, and none of the data."""
_ROUGH = frozenset(("approx_count_distinct", "approx_quantile", "approx_top_k", "reservoir_quantile"))
_ADDING = frozenset(
    (
        "sum", "avg", "mean", "favg", "fsum", "sumkahan", "kahan_sum", "product", "stddev", "stddev_samp",
        "stddev_pop", "variance", "var_samp", "var_pop", "sem", "corr", "covar_samp", "covar_pop", "skewness",
        "kurtosis", "kurtosis_pop", "entropy", "regr_avgx", "regr_avgy", "regr_intercept", "regr_slope", "regr_r2",
        "regr_sxx", "regr_sxy", "regr_syy",
    )
)  # fmt: skip
_EXACT_WHEN_GIVEN_SO = frozenset(("sum", "avg", "mean"))
"""Of these, those that add up whole numbers and decimals exactly, in whatever order."""
_FIRST_COME = frozenset(
    (
        "first", "last", "any_value", "arbitrary", "string_agg", "group_concat", "listagg", "list", "array_agg", "mode",
        "arg_min", "arg_max", "argmin", "argmax", "min_by", "max_by", "arg_min_null", "arg_max_null",
        "arg_min_nulls_last", "arg_max_nulls_last", "row_number", "lag", "lead", "ntile", "first_value", "last_value",
        "nth_value", "histogram",
    )
)  # fmt: skip
"""What depends on which row comes first."""
_EXACT = (
    _EXACT_WHEN_GIVEN_SO
    | _FIRST_COME
    | frozenset(
        (
            "+", "-", "*", "//", "%", "mod", "abs", "coalesce", "ifnull", "nullif", "least", "greatest", "count",
            "count_star", "count_if", "countif", "min", "max", "round", "floor", "ceil", "ceiling", "trunc", "sign",
            "length", "year", "month", "day", "date_part", "date_diff", "datediff", "date_trunc", "rank", "dense_rank",
            "lower", "upper", "trim", "substring", "substr", "concat", "||", "replace", "strptime", "strftime",
            "starts_with", "contains", "~~", "~~*", "!~~", "!~~*",
        )
    )
)  # fmt: skip
"""Functions that give no binary fraction where they are given none."""
SINGLE = frozenset(("FLOAT", "FLOAT4", "REAL"))
_ZONED = frozenset(("TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE", "TIMETZ", "TIME WITH TIME ZONE"))


class Tree:
    """One SELECT, checked to be nothing else."""

    def __init__(self, query: str, database: DuckDBPyConnection, place: Place) -> None:
        """Raises ProjectError for a query that is no SQL, or that does more than read."""
        self._database, self._place = database, place
        self.root: Node = self.parsed(query)
        self._refuse_more_than_reading()

    def parsed(self, query: str) -> Node:
        """One SELECT as a tree."""
        said = self._serialized(query)
        if said.get("error"):
            if said.get("error_type") == "not implemented" or not query.strip():
                raise self.problem("the query does more than read, and was refused.", "Ask with one SELECT.")
            raise SyntaxError(str(said.get("error_message", "")))
        if len(said["statements"]) != 1:
            raise self.problem("the query does more than read, and was refused.", "Ask with one SELECT; nothing else.")
        return said["statements"][0]

    def _serialized(self, query: str) -> Node:
        found = self._database.execute("SELECT json_serialize_sql(?::VARCHAR)", [query]).fetchone()
        try:
            return json.loads(str(found[0] if found else "{}"))
        except RecursionError:
            raise self.too_large() from None

    def _refuse_more_than_reading(self) -> None:
        for node in self.nodes():
            kind = str(node.get("type", ""))
            if kind.endswith("_NODE") and kind not in _QUERIES:
                raise self.problem("the query does more than read, and was refused.", "Ask with one SELECT.")
            for from_table in (node.get("from_table"), node.get("left"), node.get("right")):
                if isinstance(from_table, dict) and "class" not in from_table:
                    self._refuse_source(cast("Node", from_table))
            if node.get("sample"):
                raise self.problem("a sample takes any rows.", "Say which ones: WHERE ...")
        for node in self.functions():
            self._refuse_function(node)
        for node in self.nodes("COLUMN_REF"):
            said = str(node["column_names"][-1]).lower()
            if said in _CHANGING and len(node["column_names"]) == 1:
                raise self._changing(said)
        for node in self.nodes("CAST"):
            if type_name(node) in _ZONED:
                raise self.problem(
                    "the query makes a moment with a time zone, whose day would be that of UTC.",
                    "Write CAST(... AS TIMESTAMP): it keeps day and time as they are written.",
                )

    def _refuse_source(self, found: Node) -> None:
        kind = str(found.get("type", ""))
        if kind == "TABLE_FUNCTION":
            called = str(found["function"]["function_name"]).lower()
            if called not in _TABLE_FUNCTIONS:
                raise self.problem(
                    f"the query reads a file by {called}."
                    if called.startswith(("read_", "scan_", "glob", "parquet_", "sniff_")) or called.endswith("_scan")
                    else f"the query asks {called}, which is no table of the project.",
                    'Declare the file, [sources.NAME] with file = "...", and say FROM NAME.',
                )
        elif kind and kind not in _FROM and not kind.endswith("_NODE"):
            raise self.problem(
                "the query asks for something else than rows of sources and tables.", "Ask with SELECT ... FROM NAME."
            )

    def _refuse_function(self, node: Node) -> None:
        called = str(node["function_name"]).lower()
        given: list[Node] = node.get("arguments") or []
        if called in _CHANGING or (called == "age" and len(given) == 1):
            raise self._changing(called)
        if called in _NOT_OURS or called.startswith("pg_"):
            raise self.problem(f"the query asks {called}, which is none of the data.", "Leave it out.")
        if called in _ROUGH:
            raise self.problem(f"{called} only estimates.", "Ask exactly: COUNT(DISTINCT x), QUANTILE_CONT(x, 0.5).")
        if called in ("to_timestamp", "make_timestamptz") or (
            called in ("strptime", "try_strptime") and "%z" in json.dumps(given).lower()
        ):
            raise self.problem(
                f"{called} makes a moment with a time zone, whose day would be that of UTC.",
                "Write CAST(... AS TIMESTAMP): it keeps day and time as they are written.",
            )

    def _changing(self, called: str) -> ProjectError:
        return self.problem(
            f"{called} gives another answer each time.", "Write the date: DATE '2026-11-20'; or leave it out."
        )

    # -- what it names -------------------------------------------------------
    def nodes(self, kind: str = "", inside: Any = None) -> Iterator[Node]:
        """Every node, or those of one class."""
        waiting: list[Any] = [self.root if inside is None else inside]
        while waiting:
            item = waiting.pop()
            if isinstance(item, dict):
                node: Node = item  # pyright: ignore[reportUnknownVariableType]  # JSON has text for keys
                if not kind or node.get("class") == kind:
                    yield node
                waiting.extend(node.values())
            elif isinstance(item, list):
                waiting.extend(item)  # pyright: ignore[reportUnknownArgumentType]  # of anything

    def functions(self, inside: Any = None) -> Iterator[Node]:
        """Every function that is called, operators and windows among them."""
        return (node for node in self.nodes(inside=inside) if node.get("class") in ("FUNCTION", "WINDOW"))

    @property
    def calls(self) -> set[str]:
        """Names of the functions that are called, in small letters."""
        return {str(node["function_name"]).lower() for node in self.functions()}

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables that are asked, as they are written, without those that the query makes itself."""
        own = {str(entry.get("key", "")).lower() for node in self.nodes() for entry in _own(node)}
        own |= {str(n.get("cte_name", "")).lower() for n in self.nodes() if n.get("type") == "RECURSIVE_CTE_NODE"}
        found = [
            ".".join(map(str, node["qualified_name"]["path"]))
            for node in self.nodes()
            if node.get("type") == "BASE_TABLE"
        ]
        return tuple(dict.fromkeys(name for name in found if name.lower() not in own))

    @property
    def every_column(self) -> bool:
        """Whether columns are asked for without their names."""
        return any(
            node.get("columns") is not True or node.get("expr") is not None for node in self.nodes("STAR")
        ) or any(node.get("ref_type") == "NATURAL" for node in self.nodes())

    @property
    def columns(self) -> set[str]:
        """Names of columns, of whichever table, in small letters."""
        named = {str(part).lower() for node in self.nodes("COLUMN_REF") for part in node["column_names"]}
        return named | {str(c).lower() for node in self.nodes() for c in node.get("using_columns") or ()}

    # -- what depends on the order of rows -----------------------------------
    def adds_fractions(self, fractions: set[str]) -> bool:
        """Whether binary fractions may be added up, whose sum depends on the order; `fractions` are such columns."""
        adding = [node for node in self.functions() if str(node["function_name"]).lower() in _ADDING]
        if not adding:
            return False
        if any(str(node["function_name"]).lower() not in _EXACT_WHEN_GIVEN_SO for node in adding):
            return True
        if fractions & self.columns or (fractions and self.every_column):
            return True
        return self._fractional(self.root) > self._fractional_results()

    def _fractional(self, inside: Any) -> int:
        functions = sum(str(node["function_name"]).lower() not in _EXACT for node in self.functions(inside))
        functions += sum(str(node["function_name"]).lower() in ("avg", "mean") for node in self.functions(inside))
        casts = sum(type_name(node) in (SINGLE | {"DOUBLE", "FLOAT8"}) for node in self.nodes("CAST", inside))
        literals = sum(
            "e" in str(node.get("literal", "")) and _is_power(node) for node in self.nodes("CONSTANT", inside)
        )
        return functions + casts + literals

    def _fractional_results(self) -> int:
        """Those that stand around what is added up, in the result or its order, and are added up by nothing."""
        node = self.root["node"]
        if node.get("type") != "SELECT_NODE":
            return 0
        outer = [node.get("select_list"), node.get("having"), node.get("modifiers")]
        return sum(self._outside(part) for part in outer)

    def _outside(self, item: Any) -> int:
        waiting, found = [item], 0
        while waiting:
            part = waiting.pop()
            if isinstance(part, list):
                waiting.extend(part)  # pyright: ignore[reportUnknownArgumentType]  # of anything
                continue
            if not isinstance(part, dict) or part.get("class") in ("SUBQUERY", "WINDOW"):  # pyright: ignore[reportUnknownMemberType]  # JSON has text for keys
                continue
            inner: Node = part  # pyright: ignore[reportUnknownVariableType]  # likewise
            called = str(inner.get("function_name", "")).lower() if inner.get("class") == "FUNCTION" else ""
            found += bool(called) and (called not in _EXACT or called in ("avg", "mean"))
            found += type_name(inner) in (SINGLE | {"DOUBLE", "FLOAT8"})
            if called not in _ADDING:
                waiting.extend(inner.values())
        return found

    @property
    def first_come(self) -> bool:
        """Whether it depends on which row comes first, where the query leaves that open."""
        limits = sum("LIMIT" in str(node.get("type", "")) for node in self.nodes())
        outer = sum("LIMIT" in str(one.get("type", "")) for one in self.root["node"].get("modifiers") or ())
        chosen = any(node.get("distinct_on_targets") for node in self.nodes())
        return bool(_FIRST_COME & self.calls) or limits > outer or chosen

    @property
    def stops_early(self) -> bool:
        """Whether it may have its answer before it has seen every row."""
        return any("LIMIT" in str(node.get("type", "")) or node.get("class") == "SUBQUERY" for node in self.nodes())

    # -- how it is written ---------------------------------------------------
    @property
    def sql(self) -> str:
        """The query as DuckDB writes it."""
        return self.written(self.root)

    def written(self, root: Node) -> str:
        """A tree as SQL."""
        text = json.dumps({"error": False, "statements": [root]})
        found = self._database.execute("SELECT json_deserialize_sql(?::JSON)", [text]).fetchone()
        return str(found[0] if found else "")

    def part(self, sql: str) -> Node:
        """The tree of an expression of ours."""
        return self.parsed(f"SELECT {sql}")["node"]["select_list"][0]

    def problem(self, message: str, remedy: str) -> ProjectError:
        """An error of the query's."""
        return ProjectError.at(self._place, message, remedy)

    def too_large(self) -> ProjectError:
        """The error for a query that nothing has room for."""
        return self.problem("the query is nested too deeply.", "Take it apart with WITH, or into several tables.")


def _own(node: Node) -> list[Node]:
    """The tables that a query calls by names of its own."""
    found = node.get("cte_map")
    return list(found.get("map") or ()) if isinstance(found, dict) else []  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]  # JSON has text for keys


def type_name(node: Node) -> str:
    """The type that a CAST names, in capital letters; "" for any other node."""
    if node.get("class") != "CAST":
        return ""
    kind: Node = node.get("type_expr") or {}
    return str(kind.get("type_name", "")).upper()


def _is_power(node: Node) -> bool:
    literal: Mapping[str, object] = node.get("literal") or {}
    return str(literal.get("kind")) == "NUMERIC" and "e" in str(literal.get("text", "")).lower()


def whole_number(node: Node) -> int | None:
    """The whole number that is written there; None where it is computed, or none."""
    if node.get("class") == "FUNCTION" and node.get("function_name") == "-" and len(node["arguments"]) == 1:
        inner = whole_number(node["arguments"][0]["expression"])
        return None if inner is None else -inner
    literal: Mapping[str, object] = node.get("literal") or {}
    text = str(literal.get("text", ""))
    return int(text) if literal.get("kind") == "INTEGER" and text.lstrip("-").isdecimal() else None
