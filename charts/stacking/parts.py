"""The parts of stacked bars: which there are of each category, in which order, and where each begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from charts.chart import Chart
from charts.ranked import by_category
from charts.reading import category_name, is_highlighted, number_of
from charts.stacking.rest import most, unstated
from charts.strands import Strand, strands
from data.language.words import words
from data.tables.marks import Content
from data.tables.table import Row, Table
from data.tables.value import Interval, Value


class Part(Struct, frozen=True):
    """One value of a bar."""

    series: int
    value: Value | Interval | None
    """None where the table has no row for it."""
    start: Decimal
    number: Decimal


class Stack(Struct, frozen=True):
    """One bar: its parts in the order of the series, and what is missing to a hundred."""

    name: str
    strong: bool
    parts: tuple[Part, ...]
    rest: Decimal
    start: Decimal
    """Where the bar begins; below zero where it parts at a middle."""

    @property
    def end(self) -> Decimal:
        return self.start + sum((part.number for part in self.parts), self.rest)


class Middle(Struct, frozen=True):
    """Where ordered series part: so many stand wholly below, and perhaps one on both sides."""

    below: int
    neutral: bool


def in_order(chart: Chart, language: str) -> tuple[Strand, ...]:
    """The series: levels as they are ordered, fields as they are named, others in an order that all categories keep."""
    found = strands(chart, language)
    field = chart.role("series")
    if field is None:
        return found
    levels = chart.table.field(field).measure.levels
    if levels:
        return tuple(sorted(found, key=lambda one: levels.index(one.key) if one.key in levels else len(levels)))
    order: list[str] = []
    groups = [[_key(row[field]) for row in rows] for rows in by_category(chart.table, chart.category).values()]
    for keys in sorted(groups, key=len, reverse=True):
        at = 0
        for key in keys:
            if key in order:
                at = order.index(key) + 1
            else:
                order.insert(at, key)
                at += 1
    return tuple(sorted(found, key=lambda one: order.index(one.key)))


def _key(value: Value | Interval) -> str:
    return str(value.content) if isinstance(value, Value) else str(value)


def middle_of(chart: Chart, found: Sequence[Strand]) -> Middle | None:
    """Where the series part; None where they do not, or the one that is said to be the middle is not there."""
    if chart.diverging is True:
        return Middle(len(found) // 2, len(found) % 2 == 1)
    if not chart.diverging:
        return None
    at = next((i for i, one in enumerate(found) if chart.diverging in (one.key, one.name)), None)
    return None if at is None else Middle(at, True)


def is_whole(chart: Chart) -> bool:
    """Whether its parts are shares of a hundred."""
    return chart.measure_fields[0].measure.type == "percent"


def stacks(chart: Chart, found: Sequence[Strand], language: str) -> tuple[Stack, ...]:
    """The bars of a chart in the order of its rows."""
    middle = middle_of(chart, found)
    made: list[Stack] = []
    for rows in by_category(chart.table, chart.category).values():
        name = category_name(chart, rows[0], language)
        values = [one.marks[name].value if name in one.marks else None for one in found]
        numbers = [None if value is None else number_of(value) for value in values]
        start = Decimal(0)
        if middle is not None:
            start = -sum((n or Decimal(0) for n in numbers[: middle.below]), Decimal(0))
            start -= (numbers[middle.below] or Decimal(0)) / 2 if middle.neutral else 0
        parts: list[Part] = []
        at = start
        for series, (value, number) in enumerate(zip(values, numbers, strict=True)):
            parts.append(Part(series, value, at, number or Decimal(0)))
            at += number or Decimal(0)
        # a share that a long table has no row for is none that anybody keeps back: it is in the rest, if there is one
        exact = all(v is None or (isinstance(v, Value) and v.mark is None) for v in values)
        known = [n for n, value in zip(numbers, values, strict=True) if value is not None]
        rest = unstated(known) if chart.rest and is_whole(chart) and exact else Decimal(0)
        made.append(Stack(name, is_highlighted(chart, rows[0]), tuple(parts), rest, start))
    return tuple(made)


def rank(chart: Chart, groups: Sequence[Sequence[Row]]) -> list[Decimal | None]:
    """What a category is sorted by: its amounts together, the first of its shares, or those above a middle."""
    found, field, measures = in_order(chart, chart.table.language), chart.role("series"), chart.measures
    middle = middle_of(chart, found)
    ranks: list[Decimal | None] = []
    for rows in groups:
        own = {_key(row[field]): row[measures[0]] for row in rows} if field else {m: rows[0][m] for m in measures}
        values = [own.get(strand.key) for strand in found]
        numbers = [None if value is None else number_of(value) for value in values]
        known = [n for n in numbers if n is not None]
        if middle is not None:
            above = numbers[middle.below + middle.neutral :]
            ranks.append(None if None in above else sum((n for n in above if n is not None), Decimal(0)))
        elif is_whole(chart):
            ranks.append(numbers[0] if numbers else None)
        else:
            ranks.append(sum(known, Decimal(0)) if known else None)
    return ranks


def with_rest(chart: Chart, every: Table, table: Table) -> Chart:
    """The chart with our word for what is missing to its wholes: parts that are left out, or that nobody stated.

    Parts are left out where the table has other percentages beside those that are drawn, or rows that complete the
    hundred of a category; which of the rows have been dropped because they are parts of another whole, their sum tells.
    """
    chart = _with_sides(chart, table.language)
    if not is_whole(chart):
        return chart
    if chart.role("series") is None:
        others = [f for f in table.fields if f.measure.type == "percent" and f.name not in chart.measures]
        return replace(chart, rest="others" if others else "not stated")
    measure = chart.measures[0]
    shown: Mapping[Content, list[Row]] = by_category(chart.table, chart.category)
    for category, rows in by_category(table, chart.category).items():
        if category not in shown or len(rows) == len(shown[category]):
            continue
        numbers = [n for n in (number_of(row[measure]) for row in rows) if n is not None]
        if sum(numbers) <= most(numbers):
            return replace(chart, rest="others")
    return replace(chart, rest="not stated")


def side_sums(chart: Chart, stack: Stack, middle: Middle | None) -> tuple[Value | None, Value | None]:
    """What stands below and above a middle, each in sum; None for a side of which a part is not known exactly, which
    says so at its end, and where each side has but one part, whose figure says it."""
    if middle is None or max(middle.below, len(stack.parts) - middle.below - middle.neutral) < 2:
        return None, None
    below, above = stack.parts[: middle.below], stack.parts[middle.below + middle.neutral :]
    return _sum_of(below), _sum_of(above)


def _sum_of(parts: Sequence[Part]) -> Value | None:
    known = [part.value for part in parts if isinstance(part.value, Value) and not part.value.missing]
    if not known or len(known) < len(parts) or any(value.mark is not None for value in known):
        return None
    total = known[0]
    for value in known[1:]:
        total += value
    return total


def _with_sides(chart: Chart, language: str) -> Chart:
    """The chart whose grey line says what the sums at the ends of its bars are, where it has any."""
    found = in_order(chart, language)
    middle = middle_of(chart, found)
    if middle is None or not any(any(side_sums(chart, stack, middle)) for stack in stacks(chart, found, language)):
        return chart
    ours = words(language)
    said = ours["sides summed"]
    if middle.neutral:
        said = ours["sides summed without"].format(middle=found[middle.below].name)
    return replace(chart, measure_line="; ".join(filter(None, (chart.measure_line, said))))
