"""What ready words and charts' alternative texts say in English, held against values: ranks, lists, courses over time."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from decimal import Decimal

from tests.truth.judge import Rows, shows, value
from tests.truth.shown import plain

Course = list[tuple[str, Decimal]]
"""Time and value, from the earliest to the latest."""


def split(listed: str) -> list[str]:
    """The items of "A, B, and C" or "A, B and C"; an item may hold " and " itself where the list has commas."""
    if ", and " in listed:
        head, _, tail = listed.rpartition(", and ")
    elif ", or " in listed:
        head, _, tail = listed.rpartition(", or ")
    else:
        head, _, tail = listed.rpartition(" and ")
    return [item for item in (*(head.split(", ") if head else []), tail) if item]


def names(listed: str, true: Sequence[str]) -> bool:
    """Whether a list names each of these once and no other; their names may hold commas and "and" themselves."""
    left = listed
    wanted = sorted({plain(name) for name in true}, key=len, reverse=True)
    for name in wanted:
        if name not in left:
            return False
        left = left.replace(name, "¤", 1)
    return re.fullmatch(r"¤(?:(?:[,;]? and|[,;]? or|[,;]) ¤)*", left) is not None and left.count("¤") == len(wanted)


def ranked(
    rows: Rows, key: str, column: str, first: str, at: str, second: str, then: str, lowest: bool = False
) -> bool:
    """ "The highest is FIRST at AT, ahead of SECOND at THEN": ties are named together."""
    values = sorted(set(rows.numbers(column)), reverse=not lowest)
    if len(values) < 2:
        return False
    said = ((first, at, values[0]), (second, then, values[1]))
    return all(
        shows(shown, true) and names(who, [row[key] for row in rows if Decimal(row[column]) == true])
        for who, shown, true in said
    )


AMOUNT = r"(-?(?:S|US)?[$£€]?-?[\d,.]*\d%?)"
HIGHEST = (
    rf"the highest (?:is|are) ([^;]+?) at {AMOUNT}(?: each)?, ahead of ([^¶]+?) at {AMOUNT}(?: each)?(?=[.;,¶ ]|$)"
)
LOWEST = (
    rf"the lowest (?:is|are) ([^;]+?) at {AMOUNT}(?: each)?, followed by ([^¶]+?) at {AMOUNT}(?: each)?(?=[.;,¶ ]|$)"
)


def course(text: str, true: Course) -> bool:
    """ "from $3,100 (2013) to $4,023 (2022), rising overall; highest $4,023 (2022), lowest $3,100 (2013, 2014)"."""
    told = re.fullmatch(
        r"from (\S+) \(([^)]+)\) to (\S+) \(([^)]+)\), ([^;]+)(?:; highest (\S+) \(([^)]+)\), lowest (\S+) \(([^)]+)\))?",
        text,
    )
    if not told:
        return False
    (first, begun), (last, ended) = (true[0][1], true[0][0]), (true[-1][1], true[-1][0])
    ends = shows(told[1], first) and told[2] == begun and shows(told[3], last) and told[4] == ended
    return ends and _direction(told[5], [v for _, v in true]) and (not told[6] or _extremes(told, true))


def _direction(said: str, values: list[Decimal]) -> bool:
    steps = [b - a for a, b in itertools.pairwise(values)]
    whole = values[-1] - values[0]
    return {
        "rising throughout": all(step > 0 for step in steps),
        "falling throughout": all(step < 0 for step in steps),
        "rising overall": whole > 0,
        "falling overall": whole < 0,
        "unchanged throughout": all(step == 0 for step in steps),
    }.get(said, any(step > 0 for step in steps) and any(step < 0 for step in steps))


def _extremes(told: re.Match[str], true: Course) -> bool:
    ends = ((told[6], told[7], max(v for _, v in true)), (told[8], told[9], min(v for _, v in true)))
    return all(shows(shown, end) and when.split(", ") == [t for t, v in true if v == end] for shown, when, end in ends)


def percent_more(shown: str, new: Decimal, old: Decimal) -> bool:
    return shows(shown, (new - old) / old * 100)


def changed(shown: str, gap: Decimal) -> bool:
    return value(shown) != 0 and shows(shown, gap)
