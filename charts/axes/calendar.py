"""Ticks of time by the rules of the calendar: every month, quarter, year, two, five or ten years, the ends kept."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from charts.lettering import one_line, text_width
from charts.style import ChartStyle
from data.language.show import show
from data.language.times import short_day, short_month, short_quarter
from data.tables.moments import moment
from data.tables.value import Interval, Measure, Value

Unit = Literal["day", "month", "quarter", "year", "academic year", "number"]

_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
"""Steps of years that readers count in."""
_MOST = 400
"""Steps beyond which a rule is not looked at: no chart has room for so many names."""
_REGULAR = 0.75
"""So large a part of the steps must be of one length before a longer one is a gap."""


class Calendar(Struct, frozen=True):
    """The times of a chart, counted in one unit."""

    unit: Unit
    counts: tuple[int, ...]
    """One for each value: days or months since the year 0, quarters, years, or the whole numbers themselves."""
    measure: Measure
    like: str = ""
    """How the data write an academic year."""

    def start(self, count: int) -> float:
        """When a count begins, as `data.tables.moments.moment` places it."""
        match self.unit:
            case "day":
                return _start(datetime.date.fromordinal(count))
            case "month":
                return _start(datetime.date(count // 12, count % 12 + 1, 1))
            case "quarter":
                return _start(datetime.date(count // 4, count % 4 * 3 + 1, 1))
            case _:
                return float(count)

    def name(self, count: int, language: str) -> str:
        """A time in full but short: "Apr 2021", "2013/14"."""
        match self.unit:
            case "day":
                return short_day(datetime.date.fromordinal(count), language)
            case "month":
                return short_month(count % 12 + 1, language, count // 12)
            case "quarter":
                return short_quarter(count % 4 + 1, language, count // 4)
            case "academic year":
                return _academic(count, self.like)
            case _:
                return one_line(show(Value(Decimal(count), self.measure), "label", language))

    def missing(self) -> tuple[int, ...]:
        """Counts between the first and the last that a regular row of times lacks; none of days and plain numbers."""
        ordered = sorted(set(self.counts))
        steps = [b - a for a, b in pairwise(ordered)]
        if self.unit in ("day", "number") or len(steps) < 2:
            return ()
        step, often = min(Counter(steps).items())
        if often < _REGULAR * len(steps) or any(other % step for other in steps):
            return ()
        return tuple(sorted(set(range(ordered[0], ordered[-1], step)) - set(ordered)))


class Tick(Struct, frozen=True):
    """A name on the axis of time, where it stands in points, and what stands below it."""

    count: int
    """The time; where the times are not counted, the place of the value among them."""
    x: float
    """Of the time itself."""
    left: float
    right: float
    text: str
    below: str = ""
    strong: bool = False


class _Rule(Struct, frozen=True):
    """Which times are named, and how."""

    counts: Sequence[int]
    name: Callable[[int], tuple[str, str]]
    """What stands at a time, and below it wherever that changes."""


def calendar_of(values: Sequence[Value | Interval]) -> Calendar | None:
    """The times of a chart as one unit counts them; None where they are of several, or of none."""
    found = [_counted(value) for value in values]
    units: set[Unit] = {one[0] for one in found if one is not None}
    counts = tuple(one[1] for one in found if one is not None)
    if len(units) != 1 or len(counts) < len(values):
        return None
    like = next((str(value.content) for value in values if isinstance(value, Value)), "")
    return Calendar(units.pop(), counts, values[0].measure, like)


def time_ticks(
    values: Sequence[Value | Interval],
    names: Sequence[str],
    xs: Sequence[float],
    x_of: Callable[[float], float],
    style: ChartStyle,
    width: float,
    strong: Collection[int] = (),
) -> tuple[Tick, ...]:
    """The ticks of an axis of time, from left to right.

    `values` are the times in their order, called `names` and standing at `xs` points from the left edge of a drawing
    `width` points wide; `x_of` places the beginning of any other time. The first, the last and those at the places
    `strong` are named, and between them the times of the finest rule whose names do not touch.
    """
    calendar = calendar_of(values)
    if calendar is None or len(set(calendar.counts)) < len(values):
        rules, at = _by_place(names), dict(enumerate(xs))
        bold = frozenset(strong)
    else:
        rules, at = _by_calendar(calendar, style.language), dict(zip(calendar.counts, xs))
        bold = frozenset(calendar.counts[place] for place in strong)
    if not at:
        return ()
    ends = (max(at), min(at))

    def tick(count: int, rule: _Rule) -> Tick:
        x = at[count] if count in at else x_of(calendar.start(count)) if calendar is not None else 0.0
        text, below = rule.name(count)
        fonts = style.bold if count in bold else style.regular
        wide = max(text_width(text, fonts, style.size), text_width(below, style.regular, style.size))
        left = min(max(x - wide / 2, 0.0), width - wide)
        return Tick(count, x, left, left + wide, text, below, count in bold)

    found: list[Tick] = []
    for rule in rules:
        kept: list[Tick] = []
        for count in dict.fromkeys((*ends, *sorted(bold))):
            one = tick(count, rule)
            if all(_apart(one, other, style) for other in kept):
                kept.append(one)
        every = [tick(count, rule) for count in rule.counts if min(at) < count < max(at) and count not in bold]
        between = [one for one in every if all(_apart(one, other, style) for other in kept)]
        if not all(_apart(a, b, style) for a, b in pairwise(between)):
            continue
        chosen = sorted((*kept, *between), key=lambda one: one.x)
        if len(between) == len(every) and (not found or len(chosen) >= max(4, len(found) / 2)):
            # rather a coarser rule that keeps all its times than one some of whose give way to the ends
            return _told_once(chosen)
        found = found or chosen
    return _told_once(found)


def end_room(values: Sequence[Value | Interval], names: Sequence[str], style: ChartStyle) -> tuple[float, float]:
    """Half the width of the first and of the last name, in points: so far from the edge both stand in the middle."""
    calendar = calendar_of(values)
    rule = next(_by_place(names) if calendar is None else _by_calendar(calendar, style.language))
    ends = (0, len(names) - 1) if calendar is None else (min(calendar.counts), max(calendar.counts))
    first, last = (max(text_width(text, style.regular, style.size) for text in rule.name(end)) / 2 for end in ends)
    return first, last


def end_ticks(
    values: Sequence[Value | Interval],
    names: Sequence[str],
    style: ChartStyle,
    left: float,
    right: float,
    marks: tuple[float, float],
) -> tuple[Tick, ...]:
    """The first and the last time, short, below their `marks`, and between `left` and `right`; the last alone without
    room."""
    calendar = calendar_of(values)
    texts = names if calendar is None else [calendar.name(count, style.language) for count in calendar.counts]
    if not texts:
        return ()
    wide = [text_width(text, style.regular, style.size) for text in (texts[0], texts[-1])]

    def tick(place: int, x: float, wide: float) -> Tick:
        start = min(max(x - wide / 2, left), right - wide)
        return Tick(place, x, start, start + wide, texts[place])

    last = tick(len(texts) - 1, marks[1], wide[1])
    first = tick(0, marks[0], wide[0])
    return (first, last) if len(texts) > 1 and _apart(first, last, style) else (last,)


def _apart(one: Tick, other: Tick, style: ChartStyle) -> bool:
    return max(one.left, other.left) - min(one.right, other.right) >= 0.7 * style.size


def _told_once(ticks: Sequence[Tick]) -> tuple[Tick, ...]:
    """What stands below is said where it changes."""
    found: list[Tick] = []
    before = ""
    for one in ticks:
        found.append(replace(one, below="" if one.below == before else one.below))
        before = one.below
    return tuple(found)


def _by_place(names: Sequence[str]) -> Iterator[_Rule]:
    """All names, every other one counted from the last, every third, and so on."""
    last = len(names) - 1
    for step in range(1, max(last, 0) + 2):
        yield _Rule(range(last, -1, -step)[::-1], lambda place: (names[place], ""))


def _by_calendar(calendar: Calendar, language: str) -> Iterator[_Rule]:
    first, last = min(calendar.counts), max(calendar.counts)
    match calendar.unit:
        case "day":
            yield from _of_days(first, last, language)
        case "month":
            for step in (1, 3, 6):
                yield _Rule(_multiples(step, first, last), lambda n: (short_month(n % 12 + 1, language), str(n // 12)))
            yield from _of_parts(12, first, last, lambda n: calendar.name(n, language))
        case "quarter":
            for step in (1, 2):
                yield _Rule(_multiples(step, first, last), lambda n: (short_quarter(n % 4 + 1, language), str(n // 4)))
            yield from _of_parts(4, first, last, lambda n: calendar.name(n, language))
        case _:
            for step in _steps(last - first):
                # both ends are steps where that is so, as of academic years; else the steps are those of the calendar
                start = first if (last - first) % step == 0 and step <= 2 else 0
                yield _Rule(_multiples(step, first, last, start), lambda n: (calendar.name(n, language), ""))


def _of_parts(parts: int, first: int, last: int, name: Callable[[int], str]) -> Iterator[_Rule]:
    """Years of months or quarters, each named where it begins."""

    def named(counts: range) -> Callable[[int], tuple[str, str]]:
        return lambda n: (str(n // parts) if n in counts else name(n), "")

    for years in _YEARS:
        counts = _multiples(parts * years, first, last)
        yield _Rule(counts, named(counts))


def _of_days(first: int, last: int, language: str) -> Iterator[_Rule]:
    def day(count: int) -> tuple[str, str]:
        return short_day(datetime.date.fromordinal(count), language, year=False), str(_year(count))

    for step in (1, 7):
        yield _Rule(_multiples(step, first, last, start=first), day)
    months = range(_months(first), _months(last) + 1)
    begun = {datetime.date(n // 12, n % 12 + 1, 1).toordinal(): n for n in months}

    def month(count: int) -> tuple[str, str]:
        return (short_month(begun[count] % 12 + 1, language), str(_year(count))) if count in begun else day(count)

    def year(count: int) -> tuple[str, str]:
        if count in begun and begun[count] % 12 == 0:
            return str(_year(count)), ""
        return short_day(datetime.date.fromordinal(count), language), ""

    for step in (1, 3, 6):
        yield _Rule([count for count, n in begun.items() if n % step == 0], month)
    for step in _YEARS:
        yield _Rule([count for count, n in begun.items() if n % (12 * step) == 0], year)


def _multiples(step: int, first: int, last: int, start: int = 0) -> range:
    """Every step from `start` on that lies within the ends; none where they are too many to be named."""
    begin = first + (start - first) % step
    return range(begin, last + 1, step) if (last - first) // step <= _MOST else range(0)


def _steps(span: int) -> Iterator[int]:
    """Steps that readers count in, from one on, to the first that is longer than the span."""
    power = 1
    while True:
        for part in (1, 2, 5):
            if span // (part * power) <= _MOST:
                yield part * power
            if part * power > span:
                return
        power *= 10


def _counted(value: Value | Interval) -> tuple[Unit, int] | None:
    """A time as a number of its unit; None for what no calendar counts."""
    time = moment(value)
    if time is None or isinstance(value, Interval):
        return None
    if time.precision == "year":
        return ("year", int(time.start)) if time.start == int(time.start) else None
    text = str(value.content)
    match time.precision:
        case "day":
            return "day", datetime.date.fromisoformat(text).toordinal()
        case "month":
            return "month", int(text[:4]) * 12 + int(text[5:7]) - 1
        case "period":
            return _quarter(text)
        case "academic year":
            return ("academic year", int(time.start)) if time.start == int(time.start) else None
        case _:
            whole = value.number == value.number.to_integral_value()
            return ("number", int(value.number)) if whole and value.measure.type == "integer" else None


_QUARTER = re.compile(r"(\d{4})-(0[147]|10)(-01)?/\1-(\d\d)(-\d\d)?")


def _quarter(text: str) -> tuple[Unit, int] | None:
    """The quarter that a period of ISO 8601 is: "2021-01/2021-03"."""
    found = _QUARTER.fullmatch(text)
    if found is None or int(found[4]) != int(found[2]) + 2 or bool(found[3]) != bool(found[5]):
        return None
    if found[5] and found[5] != ("-31" if found[4] in ("03", "12") else "-30"):
        return None
    return "quarter", int(found[1]) * 4 + (int(found[2]) - 1) // 3


def _academic(start: int, like: str) -> str:
    """An academic year, written as the data write theirs."""
    mark = like[4]
    return f"{start}{mark}{start + 1}" if len(like) == 9 else f"{start}{mark}{(start + 1) % 100:02d}"


def _year(count: int) -> int:
    return datetime.date.fromordinal(count).year


def _months(count: int) -> int:
    day = datetime.date.fromordinal(count)
    return day.year * 12 + day.month - 1


def _start(day: datetime.date) -> float:
    days = 366 if day.year % 4 == 0 and (day.year % 100 != 0 or day.year % 400 == 0) else 365
    return day.year + (day.timetuple().tm_yday - 1) / days
