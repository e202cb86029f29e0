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


AMOUNT = r"((?>-?(?:S|US)?[$£€]?-?\d+(?:,\d{3})*(?:\.\d+)?%?))"
"""A number as it is printed, whole: no part of it is one."""
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
        "unchanged": all(step == 0 for step in steps),
    }.get(said, any(step > 0 for step in steps) and any(step < 0 for step in steps))


def _extremes(told: re.Match[str], true: Course) -> bool:
    ends = ((told[6], told[7], max(v for _, v in true)), (told[8], told[9], min(v for _, v in true)))
    return all(shows(shown, end) and when.split(", ") == [t for t, v in true if v == end] for shown, when, end in ends)


def percent_more(shown: str, new: Decimal, old: Decimal) -> bool:
    return shows(shown, (new - old) / old * 100)


def about(text: str, true: Decimal) -> bool:
    """ "about $4,000": to two significant digits, or the value itself where it has no more of them."""
    shown = value(text.removeprefix("about "))
    step = Decimal(1).scaleb(true.adjusted() - 1)
    return shown == true if not text.startswith("about ") else abs(shown - true) * 2 <= step


def changed(shown: str, gap: Decimal) -> bool:
    return value(shown) != 0 and shows(shown, gap)


# -- a comparison of two values, and a course from year to year ------------------------------

_PARTS = {
    "half": Decimal("0.5"), "a half": Decimal("0.5"), "a third": Decimal(1) / 3, "two thirds": Decimal(2) / 3,
    "a quarter": Decimal("0.25"), "three quarters": Decimal("0.75"), "a fifth": Decimal("0.2"), "a tenth": Decimal("0.1"),
    "double": Decimal(2),
}  # fmt: skip
_NEAR = Decimal("0.05")
"""How far "about" and "almost" may be from what they name: a twentieth of the whole."""


def _times(text: str) -> Decimal:
    """ "double", "three times", "a third of"."""
    bare = text.removesuffix(" of").removesuffix(" as much as")
    return _PARTS[bare] if bare in _PARTS else value(bare.removesuffix(" times"))


def compared(text: str, one: Decimal, other: Decimal) -> bool:
    """Whether words for the size of `one` beside `other` are right: "almost double", "42% more than", "the same as"."""
    times = one / other
    if text.endswith("the same as"):
        return one == other if text.startswith("exactly") else abs(times - 1) <= _NEAR
    if told := re.fullmatch(r"(exactly|about)? ?(.+) (more|less) than", text):
        gap = times - 1 if told[3] == "more" else 1 - times
        if told[2].endswith("%"):
            return gap > 0 and shows(told[2], gap * 100)
        part = _PARTS[told[2]]
        return gap == part if told[1] == "exactly" else gap > 0 and abs(gap - part) <= _NEAR
    told = re.fullmatch(r"(exactly|almost|about|more than|just over|less than) (.+)", text)
    if told is None:
        raise ValueError(text)
    named = _times(told[2])
    return {
        "exactly": times == named or abs(times - named) < Decimal("1e-12"),
        "almost": named * (1 - _NEAR) <= times < named,
        "about": abs(times - named) <= named * _NEAR,
        "just over": named < times <= named * (1 + _NEAR),
        "more than": times > named and (named < 1 or times < named + 1),
        "less than": times < named,
    }[told[1]]


def trend(text: str, true: Course) -> bool:
    """ "rose every year from 2015 to 2018", "rose in every year but 2017 (2015–2023)", "fell in four of six years …"."""
    told = re.fullmatch(
        r"(?:(?P<all>rose|fell)(?: every year)? from (?P<a>\d{4}) to (?P<b>\d{4})"
        r"|(?P<most>rose|fell) in every year but (?P<but>[\d, and]+) \((?P<c>\d{4})–(?P<d>\d{4})\)"
        r"|(?P<some>rose|fell) in (?P<n>\w+) of (?P<m>\w+) years(?: and (?P<less>rose|fell) in (?P<k>\w+))? "
        r"\((?P<e>\d{4})–(?P<f>\d{4})\)|(?P<none>did not change) from (?P<g>\d{4}) to (?P<h>\d{4}))",
        text,
    )
    if told is None:
        raise ValueError(text)
    steps = {true[n + 1][0]: true[n + 1][1] - true[n][1] for n in range(len(true) - 1)}
    rose, fell = ([year for year, step in steps.items() if step * sign > 0] for sign in (1, -1))
    own = rose if "rose" in (told["all"], told["most"], told["some"]) else fell
    span = [told[name] for name in "abcdefgh" if told[name]]
    if span != [true[0][0], true[-1][0]]:
        return False
    if told["none"]:
        return not rose and not fell
    if told["all"]:
        return len(own) == len(steps)
    if told["most"]:
        return names(told["but"], [year for year in steps if year not in own])
    others = fell if own is rose else rose
    return (
        value(told["n"]) == len(own)
        and value(told["m"]) == len(steps)
        and (len(others) == value(told["k"]) and told["less"] != told["some"] if told["k"] else not others)
    )
