"""Conditions over the fields of a row: decided by column where that can be, else row by row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import compress

from jinja2 import Environment, StrictUndefined, TemplateSyntaxError, nodes
from jinja2.parser import Parser
from jinja2.visitor import NodeTransformer

from data.effort import spend
from data.item import ROW
from data.tables.by_column import OPEN, asks_of_row, named, verdicts
from data.tables.lookup import indexed
from data.tables.marks import Content
from data.tables.refusals import MissingError
from data.tables.table import Row, Table
from data.variables import SET, Variables


class Condition:
    """An expression over fields that has been read, in the sandbox that it is worked out in."""

    def __init__(self, said: str, sandbox: Environment, variables: Variables | None = None) -> None:
        """Raises TemplateSyntaxError for what is no expression, LookUpError for a variable that there is not."""
        self.said = said
        self.tree = _with_variables(_read(said, sandbox), variables)
        self.names = named(self.tree)
        again = _with_variables(_read(said, sandbox), variables)
        body: list[nodes.Node] = [nodes.Assign(nodes.Name("result", "store"), again, lineno=1)]
        self._template = sandbox.from_string(nodes.Template(body, lineno=1))
        self._names: dict[str, object] = {}
        self._context = self._template.new_context(self._names, shared=True)

    def of(self, row: Row, batch: Row | None = None) -> object:
        """What it gives for a row, where `batch` is the one that a document is about; raises what Jinja2 or the values
        raise."""
        self._names.clear()
        if batch is not None:
            self._names[ROW] = batch
        self._names.update((f.name, row[f.name]) for f in row.table.fields if f.name in self.names)
        self._context.vars.clear()
        for _ in self._template.root_render_func(self._context):
            pass
        result: object = self._context.vars["result"]
        if isinstance(result, StrictUndefined):
            str(result)  # says which name is not known
        return result


def _with_variables(tree: nodes.Expr, variables: Variables | None) -> nodes.Expr:
    """An expression with the words and numbers of its variables in their places: `field == set.campus`."""
    return tree if variables is None else _Placing(variables).visit(tree)


class _Placing(NodeTransformer):
    def __init__(self, variables: Variables) -> None:
        self.variables = variables

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802  # Jinja2 calls it by the node's name
        if isinstance(node.node, nodes.Name) and node.node.name == SET:
            return nodes.Const(self.variables.of(node.attr), lineno=node.lineno)
        return self.generic_visit(node)


def _read(said: str, sandbox: Environment) -> nodes.Expr:
    try:
        parser = Parser(sandbox, said, state="variable")
        expression = parser.parse_expression()
        if not parser.stream.eos:
            raise TemplateSyntaxError("chunk after expression", parser.stream.current.lineno)
    except TemplateSyntaxError:
        sandbox.handle_exception(source=said)  # as Jinja2 does, so that the line of the story stays known
    expression.set_environment(sandbox)
    return expression


def rows_that(table: Table, condition: Condition, batch: Row | None = None) -> list[int]:
    """The rows for which a condition is true; in it, `batch` is called `row`.

    Raises MissingError where a row lacks a value which the condition asks for, or has only a limit that does not
    decide it: nobody knows whether it is one of them. Raises what Jinja2 or the values raise for a condition that
    cannot be worked out.
    """
    spend(len(table) * len(table.fields))
    if batch is not None and ROW in condition.names and ROW in table.fields_by_name:
        raise ValueError(f"'{ROW}' is a field of '{table.name}', and the row of the batch")
    sought = _sought(condition.tree, table, batch)
    if sought is not None:
        return list(sought)
    found = verdicts(condition.tree, table, batch)
    if OPEN not in found:
        return list(compress(range(len(found)), found))
    columns = _columns(table, condition)
    known: dict[object, object] = {}
    undecided: list[tuple[Row, MissingError]] = []
    keep: list[int] = []
    for index, verdict in enumerate(found):
        if verdict == OPEN:
            contents = tuple([column[index] for column in columns])
            if contents not in known:
                known[contents] = _result(Row(table, index), condition, batch)
            result = known[contents]
            if isinstance(result, MissingError):
                undecided.append((Row(table, index), result))
            elif not isinstance(result, bool):
                raise ValueError(f"the condition '{condition.said}' is neither true nor false")
            elif result:
                keep.append(index)
        elif verdict:
            keep.append(index)
    if undecided:
        raise _undecided(table, condition.said, undecided)
    return keep


def _sought(tree: nodes.Expr, table: Table, batch: Row | None) -> Sequence[int] | None:
    """The rows of which one field equals a word, or a value of the batch's row, by the field's index; None where the
    condition asks for anything else."""
    if not isinstance(tree, nodes.Compare) or len(tree.ops) != 1 or tree.ops[0].op != "eq":
        return None
    name, wanted = tree.expr, tree.ops[0].expr
    if not isinstance(name, nodes.Name):
        return None
    if isinstance(wanted, nodes.Const) and isinstance(wanted.value, str):
        return indexed(table, name.name, wanted.value)
    if batch is not None and asks_of_row(wanted):
        return indexed(table, name.name, batch[wanted.attr])
    return None


def _columns(table: Table, condition: Condition) -> list[Sequence[Content]]:
    """What stands in the fields that a condition names, on which alone it depends."""
    asked = [f for f in table.fields if f.name in condition.names]
    names = [name for f in asked for name in (f.name, f.low, f.high, f.unit_field) if name in table.columns]
    return [table.columns[str(name)] for name in names]


def _result(row: Row, condition: Condition, batch: Row | None) -> object:
    try:
        return condition.of(row, batch)
    except MissingError as error:
        return error


def _undecided(table: Table, said: str, undecided: list[tuple[Row, MissingError]]) -> MissingError:
    row, error = undecided[0]
    many = f"{len(undecided)} of {len(table)} rows"
    lacking = [f.name for f in table.fields if re.search(rf"\b{f.name}\b", said) and row[f.name].missing]
    remedy = f"Leave out the rows without a value: {lacking[0]} != None and {said}." if lacking else ""
    return MissingError(
        f"nobody knows whether '{said}' is true of {many}, in the first {error}",
        error.mark,
        remedy or "Compare with a number that the limit decides.",
    )
