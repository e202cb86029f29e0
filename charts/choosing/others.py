"""The rows that a chart leaves out as one more row: all others, with the sum of their amounts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec.structs import replace

from charts.distinct import Fault
from data.language.show import show
from data.language.words import words
from data.tables.marks import Content
from data.tables.provenance import Behind
from data.tables.table import Field, Table
from data.tables.value import Interval, Measure, Value


def no_sum(every: Table, count: int, category: Field, measures: Sequence[Field]) -> Fault | None:
    """Why the rows from `count` on have no sum, and what to do; None where they have one."""
    if category.measure.type != "text":
        return f"'{category.name}' is in order, and all others stand nowhere in it.", "Leave out others."
    for field in measures:
        if not field.additive and every.whole != field.name:
            return (
                f"'{field.name}' does not add up over rows, so all others together have none.",
                f"Write additive = true for the field '{field.name}' if it does, or leave out others.",
            )
        values = every.values(field.name)
        if len({value.measure.unit for value in values}) > 1:
            return (
                f"'{field.name}' is in several units, which have no common sum.",
                "Choose the rows of one unit by where.",
            )
        for index in range(count, len(every)):
            value = values[index]
            if isinstance(value, Interval) or value.missing or value.limited:
                return (
                    f"'{every.row_name(index)}' has no exact '{field.name}', so all others together have none.",
                    "Leave the row out by where, or leave out others.",
                )
    return None


def with_others(every: Table, count: int, category: Field, measures: Sequence[Field], language: str) -> Table:
    """The first `count` rows, and one that holds the sum of the others; `no_sum` tells whether they have one."""
    shown, left = every.take(range(count)), range(count, len(every))
    said = show(Value(Decimal(len(left)), Measure("integer")), "rounded", language)
    added: dict[str, Content] = {category.name: words(language)["all others"].format(count=said)}
    behind: dict[str, Behind] = {}
    for field in measures:
        values = [value for i in left if isinstance(value := every.value(i, field.name), Value)]
        total = values[0]
        for value in values[1:]:
            total += value
        added[field.name] = Decimal(total.number)
        behind[field.name] = total.cells
        if field.unit_field:
            added[field.unit_field] = total.measure.unit
    origins = [{name: shown.behind(i, name) for name in shown.columns} for i in range(count)]
    return replace(
        shown,
        columns={name: (*column, added.get(name)) for name, column in shown.columns.items()},
        lines=(*shown.lines, every.lines[count]),
        origins=(*origins, behind),
    )
