"""Rows that a chart would draw on one another, or under one name, so that no reader could tell them apart."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from charts.chart import Chart
from charts.reading import by_unit, category_name, is_limited, number_of
from data.tables.moments import clash, moment
from data.tables.table import Row
from data.tables.value import Interval, Value

_CLASHES = {
    "missing": ("has no '{field}', and so no place on the line", 'Leave it out: where = "{field} != None".'),
    "mixed": (
        "is of another precision than {other}: on one line a year would stand beside its months",
        "Choose the rows of one kind by where, or the kind 'bar'.",
    ),
    "repeated": (
        "has the same '{field}' as {other}: a line has one value at each time",
        "Say by where which series is meant, or make a chart, or a field, of each.",
    ),
}


Fault = tuple[str, str]
"""What is wrong with the first two rows that are one to a reader, and what to do."""


def first_limit(chart: Chart) -> Row | None:
    """The first row of which a chart would draw a value that is only a limit."""
    return next((row for row in chart.table if any(is_limited(row[name]) for name in chart.measures)), None)


def first_negative(chart: Chart, measure: str) -> Row | None:
    """The first row whose value of a field is below zero: nothing has a negative part, whoever allows it."""
    return next((row for row in chart.table if (number := number_of(row[measure])) is not None and number < 0), None)


def of_nothing_known(chart: Chart) -> Fault | None:
    """Rows of which none has a value: the chart would be empty, whatever its title says."""
    if not len(chart.table) or any(not row[name].missing for row in chart.table for name in chart.measures):
        return None
    names = " or ".join(f"'{name}'" for name in chart.measures)
    return (
        f"no row has a value of {names}, and the chart would be empty.",
        "Choose other rows by where, or another field; or leave the chart out until there are values.",
    )


def of_one_name(chart: Chart, language: str) -> Fault | None:
    """Two rows under one name; those of different units stand in panels of their own, and may share one."""
    panels = by_unit(chart.table.rows, chart.measures[0])
    return next(filter(None, (_of_one_name(chart, rows, language) for rows in panels)), None)


def of_one_name_anywhere(chart: Chart, language: str) -> Fault | None:
    """Two rows under one name, where all stand in one panel."""
    return _of_one_name(chart, chart.table.rows, language)


def on_one_line(chart: Chart, language: str) -> Fault | None:
    """Two rows at one time, or without a time, on the line of one unit."""
    panels = by_unit(chart.table.rows, chart.measures[0])
    return next(filter(None, (clash_of(chart, rows) for rows in panels)), None)


def clash_of(chart: Chart, rows: Sequence[Row]) -> Fault | None:
    """Why the times of some rows are no one row of times."""
    found = clash([moment(row[chart.category]) for row in rows])
    if found is None:
        return None
    said, remedy = _CLASHES[found[0]]
    first, second = rows[found[1][0]], rows[found[1][-1]]
    field = chart.category
    return f"{place(second)} {said.format(field=field, other=place(first))}.", remedy.format(field=field)


def _of_one_name(chart: Chart, rows: Sequence[Row], language: str) -> Fault | None:
    seen: dict[str, Row] = {}
    for row in rows:
        shown = category_name(chart, row, language)
        first = seen.setdefault(" ".join(shown.casefold().split()), row)
        if first is not row:
            other = category_name(chart, first, language)
            two = f"'{shown}'" if other == shown else f"'{other}' and '{shown}'"
            one = "" if other == shown else "To a reader these are one name. "
            return (
                f"two rows are called {two}: {place(first)} and {place(row)}.",
                f"{one}Say by where which one is meant, or name them by a field that tells them apart.",
            )
    return None


def of_alike_categories(chart: Chart) -> Fault | None:
    """Two categories, of several rows each, whose names differ in nothing that a reader sees as a difference."""
    seen: dict[str, tuple[str, Row]] = {}
    for row in chart.table.rows:
        said = str(chart.table.columns[chart.category][row.index])
        first, other = seen.setdefault(" ".join(said.casefold().split()), (said, row))
        if first != said:
            return (
                f"'{first}' and '{said}' would be two groups: {place(other)} and {place(row)}.",
                "Write them alike in the data.",
            )
    return None


_TENFOLD = 10
"""So many times as large is of another size, whatever is measured."""


def unlike(values: Sequence[Value | Interval]) -> bool:
    """Whether the largest of some values is ten times the smallest one or more, or they lie on both sides of zero, so
    that a mark for all of them would say nothing of any; zero is of any size."""
    numbers = [number for value in values if (number := number_of(value))]
    if not numbers:
        return False
    if min(numbers) < 0 < max(numbers):
        return True
    sizes = [abs(number) for number in numbers]
    return max(sizes) >= _TENFOLD * min(sizes)


_VANISHES = Decimal("0.002")
"""Of the height of a chart: a quarter of a point in print, which no reader sees. What runs through time, or beside
others, may lie near them for a while: it is refused only where nobody sees anything of it, and much is hidden."""


def looks_alike(one: Value | Interval | None, other: Value | Interval | None, span: Decimal) -> bool:
    """Whether two values of quite another size stand at one height of an axis that spans so much."""
    if one is None or other is None:
        return False
    return at_one_height(one, other, span) and unlike([one, other])


def at_one_height(one: Value | Interval, other: Value | Interval, span: Decimal) -> bool:
    """Whether no reader sees the difference of two values on an axis that spans so much."""
    first, second = number_of(one), number_of(other)
    return first is not None and second is not None and abs(first - second) < _VANISHES * span


_ONE_PLACE = Decimal("0.005")
"""Of what a scale reaches over: nearer than that two marks stand at one place, a point apart where it is 200 long. How
far the ends of one mark are from each other is all that it says: so this is stricter than what lines may hide."""


def at_one_place(pairs: Sequence[tuple[str, Decimal | None, Decimal | None]]) -> Fault | None:
    """Two numbers of a mark of which one is twice the other or more, and which would stand at one place of a scale as
    if they were alike, because others lie so far out; each with what its mark is called, and all of one unit."""
    known = [(where, one, other) for where, one, other in pairs if one is not None and other is not None]
    numbers = [number for _, *both in known for number in both]
    low, high = min(numbers, default=Decimal(0)), max(numbers, default=Decimal(0))
    for where, one, other in known:
        near, far = sorted((abs(one), abs(other)))
        if one != other and far >= 2 * near and abs(one - other) < (high - low) * _ONE_PLACE:
            return (
                f"{one.normalize():f} and {other.normalize():f} of {where} would stand at one place, as the scale"
                f" reaches from {low.normalize():f} to {high.normalize():f}.",
                "Make a chart of rows of like size by where, or use the kind 'table'.",
            )
    return None


def place(row: Row) -> str:
    """Where a row stands in its file."""
    return f"{row.table.file}:{row.table.lines[row.index]}"
