"""Who is highest and by how much: "the highest is Engineer at $109,143, ahead of Analyst at $99,271"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from data.effort import spend
from data.language.show import NumberStyle
from data.language.words import says_total
from data.phrases.listed import in_a_row
from data.phrases.phrase import Phrase, plain_value, said
from data.phrases.rows import apart, names_of, numbers_of
from data.tables.aggregate import compared
from data.tables.differing import differ
from data.tables.refusals import MissingError
from data.tables.table import Table
from data.tables.value import Measure, Value

_HIGHEST = {
    "alone": "ranked highest", "shared": "ranked highest shared", "first": "ranked first highest",
    "only": "ranked highest only", "shared only": "ranked highest shared only",
    "open": "ranked open highest", "others": "ranked highest others",
}  # fmt: skip
_LOWEST = {
    "alone": "ranked lowest", "shared": "ranked lowest shared", "first": "ranked first lowest",
    "only": "ranked lowest only", "shared only": "ranked lowest shared only",
    "open": "ranked open lowest", "others": "ranked lowest others",
}  # fmt: skip
"""Keys of our words."""
_ABOUT = 100
"""A total is that to one part in so many: its parts are rounded, or some people belong to none."""
_MOST_NAMED = 8
"""Names that share a place; more of them tell a reader nothing."""


def ranking(table: Table, name: str, lowest: bool = False, top: int = 1, following: bool = True) -> Phrase:
    """Which row has the highest value of a field (`lowest`: the lowest), and, if `following`, which one is next.

    Rows that share a place are all named; where the difference lies within the margin of error, the words say that it
    is open. `top` names that many rows in order, and those that share the last place with them. Raises MissingError
    where a row has no value, or fewer rows are left than a ranking needs; UnitError for what has no order.
    """
    spend(4 * len(table))
    if not 1 <= top <= _MOST_NAMED:
        raise ValueError(f"a ranking names one row to {_MOST_NAMED}, and not {top}")
    values = numbers_of(table, name)
    if len(values) <= top:
        raise MissingError(
            f"'{table.name}' has {len(values)} {'row' if len(values) == 1 else 'rows'}, too few for a ranking of {top}"
            " and what comes behind",
            remedy="Ask for fewer, or print the values themselves.",
        )
    _refuse_total(table, name, values)
    groups = _groups(values, max(2, top + 1), -1 if lowest else 1)
    ours = _LOWEST if lowest else _HIGHEST
    if top > 1:
        return _first_of(table, name, values, groups, top, ours["first"])
    first, *others = groups
    behind = set(range(len(values))).difference(first)
    close = [i for i in behind if not differ(values[first[0]], values[i])]
    if close:
        close = sorted((*first, *close), key=lambda i: values[i].number, reverse=not lowest)
        return said(ours["open"], table.language, all=_each(table, values, close))
    if not others:
        if values[first[0]].limited:
            raise MissingError(
                f"of every row of '{table.name}' only the same limit is known, so which is first is open",
                remedy="Print it: {{ " + f"{table.name}.first.{name}" + " }}.",
            )
        return _shared("ranked level", table, values, first, "rounded")
    second = others[0]
    style = apart([values[first[0]], values[second[0]]], table.language)
    place = _place(table, values, first, style)
    if not following:
        return said(ours["shared only" if len(first) > 1 else "only"], table.language, first=place)
    if any(not differ(values[second[0]], values[i]) for i in behind.difference(second)):
        return said(ours["others"], table.language, first=place)  # nobody knows which one is second
    names_of(table, (*first[:_MOST_NAMED], *second[:_MOST_NAMED]))
    key = ours["shared" if len(first) > 1 else "alone"]
    return said(key, table.language, first=place, second=_place(table, values, second, style))


def _refuse_total(table: Table, name: str, values: Sequence[Value]) -> None:
    """MissingError where a row is the sum of all others: it is no first among them."""
    row = max(range(len(values)), key=lambda i: values[i].number)
    called, largest = table.row_name(row), values[row].number
    others = sum(value.number for value in values) - largest
    if len(values) > 2 and says_total(called) and abs(others - largest) * _ABOUT <= largest:
        named = (table.key_field or table.fields[0]).name
        raise MissingError(
            f"'{called}' ({table.file}:{table.lines[row]}) is the sum of the other rows by '{name}'",
            remedy=f"Leave it out: .where(\"{named} != '{called}'\").",
        )


def _groups(values: Sequence[Value], count: int, sign: int) -> list[list[int]]:
    """The places of the highest values, those that are equal together: two groups, and `count` places or more."""
    left = list(range(len(values)))
    groups: list[list[int]] = []
    while left and (len(groups) < 2 or sum(map(len, groups)) < count):
        best, _ = compared([values[i] for i in left], sign)
        number = values[left[best]]
        alike = {i for i in left if values[i] == number}
        groups.append([i for i in left if i in alike])
        left = [i for i in left if i not in alike]
    return groups


def _shared(key: str, table: Table, values: Sequence[Value], rows: Sequence[int], style: NumberStyle) -> Phrase:
    """The names of rows that have one value, and the value."""
    if len(rows) > _MOST_NAMED:
        raise MissingError(
            f"{len(rows)} rows of '{table.name}' share one place, too many to name",
            remedy="Choose some rows by .where(...), or print the value itself.",
        )
    names = in_a_row([plain_value(one) for one in names_of(table, rows)], table.language)
    return said(key, table.language, name=names, value=plain_value(values[rows[0]], style))


def _place(table: Table, values: Sequence[Value], rows: Sequence[int], style: NumberStyle) -> Phrase:
    key = "ranked one" if len(rows) == 1 else "ranked several"
    if values[rows[0]].mark is not None:
        key = "ranked one by limit" if len(rows) == 1 else "ranked several by limit"
    return _shared(key, table, values, rows, style)


def _each(table: Table, values: Sequence[Value], rows: Sequence[int]) -> Phrase:
    """Rows with their values, in that order."""
    if len(rows) > _MOST_NAMED:
        raise MissingError(
            f"{len(rows)} rows of '{table.name}' are too close to each other, which is too many to name",
            remedy="Choose some rows by .where(...), or print values themselves.",
        )
    names_of(table, rows)
    style = apart([values[i] for i in rows], table.language)
    return in_a_row([_place(table, values, [i], style) for i in rows], table.language)


def _first_of(
    table: Table, name: str, values: Sequence[Value], groups: Sequence[Sequence[int]], top: int, key: str
) -> Phrase:
    """The rows of the first `top` places, and those that share the last of them, each with its value."""
    rows: list[int] = []
    for group in groups:
        if len(rows) < top:
            rows.extend(group)
    if len(rows) == len(values):
        raise MissingError(
            f"row {top} of '{table.name}' has the same '{name}' as all behind it, so that none of them is among the"
            " first",
            remedy="Ask for fewer.",
        )
    behind = set(range(len(values))).difference(rows)
    if any(not differ(values[i], values[other]) for i in rows for other in behind):
        raise MissingError(
            f"some rows of '{table.name}' lie within the margin of error of the first {len(rows)} by '{name}', so which"
            " are the first is open",
            remedy="Leave top out: the words then say what is open.",
        )
    count = Value(Decimal(len(rows)), Measure("integer"))
    listed = _each(table, values, rows)
    return said(key, table.language, count=plain_value(count, "words"), all=listed)
