"""What the report says of pay and work over the years."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from decimal import Decimal

from tests.truth.facts import count
from tests.truth.ges.tables import otherwise, says
from tests.truth.judge import Tables, shows, value
from tests.truth.ready import AMOUNT, Course, about, compared, names, percent_more, trend

A = AMOUNT
POINTS = r"(-?[\d.]+)(?: percentage points?)?"


def at(w: Tables, column: str, year: int = -1) -> Decimal:
    return Decimal(w["years"][year][column])


def course(w: Tables, column: str) -> list[Decimal]:
    return w["years"].numbers(column)


def steps(w: Tables, column: str = "pay") -> list[Decimal]:
    told = course(w, column)
    return [b - a for a, b in itertools.pairwise(told)]


def rising(w: Tables) -> bool:
    return all(step > 0 for step in steps(w))


def since(w: Tables, year: str) -> bool:
    return w["years"][0]["year"] == year


def dip(w: Tables) -> int:
    """The year (by its place) with the largest fall of permanent work; LookupError for a tie."""
    told = steps(w, "permanent")
    if told.count(min(told)) != 1:
        raise LookupError("a tie")
    return told.index(min(told)) + 1


def year_at(w: Tables, place: int) -> str:
    return w["years"][place]["year"]


def last_year(w: Tables) -> str:
    return w["years"][-1]["year"]


def years_where(w: Tables, column: str, holds: Callable[[Decimal], bool]) -> list[str]:
    return [row["year"] for row in w["years"] if holds(Decimal(row[column]))]


# -- pay ---------------------------------------------------------------------------------

says(
    r"(?:Pay|The middle degree) has (?:risen|paid more) every year since (\d{4})",
    lambda w, y: since(w, y) and rising(w),
)
otherwise(r"Pay has not risen in every year since (\d{4})", lambda w, y: since(w, y) and not rising(w))
otherwise(r"^What the middle degree pays, year by year$", lambda w: len(w["years"]) > 1)
says(
    rf"{A} a month in the middle degree(?: of (\d{{4}}))?(?=$| ¶)",
    lambda w, p, y: shows(p, at(w, "pay")) and y in (None, last_year(w)),
)
says(
    rf"{A} a month in the middle one of (\d+) degrees",
    lambda w, p, n: shows(p, at(w, "pay")) and count(n, len(w["latest"])),
)
says(
    rf"{A} in full-time permanent work(?:, in the middle degree)?(?=$| ¶)",
    lambda w, shown: shows(shown, at(w, "permanent")),
)
says(
    rf"In the middle one of the (\d+) degrees with figures for (\d{{4}}), graduates are paid {A} a month in the median",
    lambda w, n, y, p: count(n, len(w["latest"])) and y == last_year(w) and shows(p, at(w, "pay")),
)
says(
    rf"In (\d{{4}}) the middle was {A}\. It is now {A} higher, (.+?) (?:that|what it was), after (\w+) years and before any",
    lambda w, y, first, gap, words, n: (
        since(w, y)
        and shows(first, at(w, "pay", 0))
        and shows(gap, at(w, "pay") - at(w, "pay", 0))
        and value(gap) > 0
        and compared(words, at(w, "pay"), at(w, "pay", 0))
        and count(n, int(last_year(w)) - int(year_at(w, 0)))
    ),
)
otherwise(
    rf"In (\d{{4}}) the middle was {A}, and it is no higher now",
    lambda w, y, first: since(w, y) and shows(first, at(w, "pay", 0)) and at(w, "pay") <= at(w, "pay", 0),
)


def largest(w: Tables, year: str, gap: str) -> bool:
    told = steps(w)
    most = max(told)
    return told.count(most) == 1 and year_at(w, told.index(most) + 1) == year and shows(gap, most) and most > 0


says(rf"The largest step was that to (\d{{4}}), {A}(?=[.;,])", largest)
says(r"; that is (.+?) the next\.", lambda w, words: compared(words, max(steps(w)), sorted(steps(w))[-2]))
otherwise(r", the only one upwards\.", lambda w: sum(step > 0 for step in steps(w)) == 1)


def years_of(w: Tables, column: str) -> Course:
    return [(row["year"], Decimal(row[column])) for row in w["years"]]


says(
    r"From year to year the middle (.+?); the lower quartile (.+?), the upper one ([^.]+)\.",
    lambda w, *said: all(
        trend(words, years_of(w, column)) for words, column in zip(said, ("pay", "low", "high"), strict=True)
    ),
)
says(r"From year to year it ([^.]+)\.", lambda w, words: trend(words, years_of(w, "pay")))
says(
    r"^Pay (rose.+?|fell.+?|did.+?), permanent work ([^.]+)\.",
    lambda w, a, b: trend(a, years_of(w, "pay")) and trend(b, years_of(w, "permanent")),
)
otherwise(
    r"In ([\d, and]+) it did not rise",
    lambda w, told: names(told, [year_at(w, n + 1) for n, s in enumerate(steps(w)) if s <= 0]),
)
says(
    rf"The middle of (\d{{4}}) is {A}, say (.+?), {A} more than in (\d{{4}})",
    lambda w, y, p, say, share, x: (
        about(say, at(w, "pay"))
        and y == last_year(w)
        and since(w, x)
        and shows(p, at(w, "pay"))
        and percent_more(share, at(w, "pay"), at(w, "pay", 0))
        and value(share) > 0
    ),
)
otherwise(
    rf"The middle of (\d{{4}}) is {A}, say (.+?), no more than in (\d{{4}})",
    lambda w, y, p, say, x: (
        y == last_year(w)
        and since(w, x)
        and shows(p, at(w, "pay"))
        and about(say, at(w, "pay"))
        and at(w, "pay") <= at(w, "pay", 0)
    ),
)

# -- quartiles ---------------------------------------------------------------------------


def between(w: Tables, year: int = -1) -> Decimal:
    return at(w, "high", year) - at(w, "low", year)


def _between(w: Tables, a: str, x: str, b: str, y: str) -> bool:
    return shows(a, between(w, 0)) and since(w, x) and shows(b, between(w)) and y == last_year(w)


says(r"The degrees have moved apart", lambda w: between(w) > between(w, 0))
otherwise(r"The degrees have not moved apart", lambda w: between(w) <= between(w, 0))
says(
    rf"Between their quartiles lie {A} in (\d{{4}}), (.+?) the {A} of (\d{{4}})",
    lambda w, b, y, words, a, x: _between(w, a, x, b, y) and compared(words, between(w), between(w, 0)),
)
otherwise(rf"Between their quartiles lay {A} in (\d{{4}}) and {A} in (\d{{4}})", _between)
says(
    rf"The upper quartile of the degrees is {A}, the lower {A}(?=\.)",
    lambda w, high, low: shows(high, at(w, "high")) and shows(low, at(w, "low")),
)
for _end, _column in (("Lower", "low"), ("Upper", "high")):
    says(
        rf"{_end} quartile: {A} in (\d{{4}}), {A} in (\d{{4}})",
        lambda w, a, x, b, y, c=_column: (
            shows(a, at(w, c, 0)) and since(w, x) and shows(b, at(w, c)) and y == last_year(w)
        ),
    )
says(rf"Between them: {A}, then {A}", lambda w, a, b: shows(a, between(w, 0)) and shows(b, between(w)))
says(r"The distance is (.+?) what it was\.", lambda w, words: compared(words, between(w), between(w, 0)))
says(
    r"The lower quartile of today lies above the middle of (\d{4})",
    lambda w, y: since(w, y) and at(w, "low") > at(w, "pay", 0),
)
otherwise(
    r"The lower quartile of today does not lie above the middle of (\d{4})",
    lambda w, y: since(w, y) and at(w, "low") <= at(w, "pay", 0),
)
says(
    rf"The best-paid degree pays {A}, (.+?) the middle one\.",
    lambda w, p, words: shows(p, at(w, "best")) and compared(words, at(w, "best"), at(w, "pay")),
)

# -- work --------------------------------------------------------------------------------


def _gave_way(w: Tables, year: str) -> bool:
    n = dip(w)
    return year_at(w, n) == year and steps(w, "permanent")[n - 1] < 0 and steps(w, "employed")[n - 1] >= 0


def _fell(w: Tables, year: str, before: str, after: str) -> bool:
    n = dip(w)
    gone = steps(w, "permanent")[n - 1] < 0
    return (
        gone
        and year_at(w, n) == year
        and shows(before, at(w, "permanent", n - 1))
        and shows(after, at(w, "permanent", n))
    )


says(r"In (\d{4}) permanent work gave way, and work as such did not", _gave_way)
says(r"(\d{4}) took permanent work away, and work as such not", _gave_way)
otherwise(
    r"Permanent work and work of any kind|Permanent work, and work of any kind, in the middle degree", lambda w: True
)
says(
    rf"The share of graduates in full-time permanent work never changed for the worse as in (\d{{4}}): in the middle "
    rf"degree it fell from {A} to {A}",
    _fell,
)
says(rf"(\d{{4}}) was the hardest year: permanent work fell from {A} to {A}", _fell)
otherwise(
    r"The share of graduates in full-time permanent work has not fallen in any year|Permanent work has not fallen in any",
    lambda w: min(steps(w, "permanent")) >= 0,
)
says(r"It was the year of the pandemic", lambda w: year_at(w, dip(w)) == "2020")
says(r"In the same year the share in work of any kind rose", lambda w: steps(w, "employed")[dip(w) - 1] > 0)
otherwise(
    rf"In the same year the share in work of any kind changed by {POINTS}",
    lambda w, gap: shows(gap, steps(w, "employed")[dip(w) - 1]),
)


def made_up(w: Tables) -> bool:
    return at(w, "permanent") > at(w, "permanent", dip(w) - 1)


otherwise(r"There is no loss to make up", lambda w: min(steps(w, "permanent")) >= 0)
says(
    rf"The loss has been made up\. With {A} the share of (\d{{4}}) is above that of the year before the fall",
    lambda w, p, y: (
        shows(p, at(w, "permanent")) and y == last_year(w) and made_up(w) and min(steps(w, "permanent")) < 0
    ),
)
says(
    r"and none of all (\w+) years had a higher one",
    lambda w, n: at(w, "permanent") == max(course(w, "permanent")) and count(n, len(w["years"])),
)
otherwise(
    rf"though not the highest of all years, {A}(?=\.)",
    lambda w, p: shows(p, max(course(w, "permanent"))) and at(w, "permanent") < max(course(w, "permanent")),
)
otherwise(
    rf"The loss has not been made up: with {A} the share of (\d{{4}}) is not above",
    lambda w, p, y: shows(p, at(w, "permanent")) and y == last_year(w) and not made_up(w),
)
says(
    rf"It now stands at {A}, above where it was before",
    lambda w, p: shows(p, at(w, "permanent")) and made_up(w),
)
otherwise(
    rf"It now stands at {A}, not above where it was before",
    lambda w, p: shows(p, at(w, "permanent")) and not made_up(w),
)
says(r"It is below work of any kind, as it must be", lambda w: at(w, "permanent") < at(w, "employed"))


says(
    rf"Work of any kind stands at {A}; at its highest it was {A}(?=\.)",
    lambda w, now, p: (
        shows(now, at(w, "employed"))
        and shows(p, max(course(w, "employed")))
        and at(w, "employed") < max(course(w, "employed"))
    ),
)
otherwise(
    rf"Work of any kind stands at {A}; no year had more",
    lambda w, now: shows(now, at(w, "employed")) and at(w, "employed") == max(course(w, "employed")),
)
says(r"In no year did it fall below (\d+)%", lambda w, floor: min(course(w, "employed")) >= value(floor))
otherwise(
    r"It was below (\d+)% in ([\d, and]+)\.",
    lambda w, floor, told: names(told, years_where(w, "employed", lambda share: share < value(floor))),
)


def _gap(w: Tables, year: int = -1) -> Decimal:
    return at(w, "employed", year) - at(w, "permanent", year)


def _gaps(w: Tables, now: str, then: str) -> bool:
    return shows(now, _gap(w)) and shows(then, _gap(w, 0))


says(
    rf"The gap between the two is wider than it was at first, {POINTS} against {POINTS}",
    lambda w, now, then: _gaps(w, now, then) and abs(_gap(w)) > abs(_gap(w, 0)),
)
otherwise(
    rf"The gap between the two is no wider than it was at first: {POINTS} against {POINTS}",
    lambda w, now, then: _gaps(w, now, then) and abs(_gap(w)) <= abs(_gap(w, 0)),
)

otherwise(
    r"All who work do so permanently",
    lambda w: at(w, "permanent") == at(w, "employed"),
)
otherwise(
    rf"In the same year the share in work of any kind was {A}, after {A}(?=\.)",
    lambda w, now, before: shows(now, at(w, "employed", dip(w))) and shows(before, at(w, "employed", dip(w) - 1)),
)

# -- what the survey covers --------------------------------------------------------------

says(r"The survey covers (\d{4}) to (\d{4})", lambda w, x, y: since(w, x) and y == last_year(w))
says(r"Ministry of Education, Singapore, (\d{4})–(\d{4})", lambda w, x, y: since(w, x) and y == last_year(w))
says(r"\| (\d{4})–(\d{4}) \|", lambda w, x, y: since(w, x) and y == last_year(w))


def _none_left_out(w: Tables) -> list[str]:
    return years_where(w, "unpublished", lambda n: n == 0)


says(r"In ([\d, and]+) (?:all degrees had figures|none was left out)", lambda w, told: names(told, _none_left_out(w)))
otherwise(
    r"In no year did all degrees have figures|There was no year in which none was left out",
    lambda w: not _none_left_out(w),
)
says(r"At most (\w+) were left out in one year", lambda w, n: count(n, int(max(course(w, "unpublished")))))


def _without(w: Tables, told: str) -> bool:
    """Degrees without figures in the latest year, by their names; a name may stand for two universities."""
    return names(told, sorted({row["degree"] for row in w["gaps"]}))


says(
    r"No figures are given for (\w+) degrees? of (\d{4}): ([^.]+)\.",
    lambda w, n, y, told: y == last_year(w) and count(n, len(w["gaps"])) and _without(w, told),
)
otherwise(
    r"For (\d{4}) every degree listed has figures|Every degree has figures",
    lambda w, y: not w["gaps"] and y in (None, last_year(w)),
)
says(r"The degrees without figures are ([^.]+?)\.", _without)
says(r"Degrees without figures: (\w+)", lambda w, n: count(n, len(w["gaps"])))
says(
    r"(\d+) degrees of (\w+) universities, surveyed in (\d{4})",
    lambda w, n, m, y: (
        y == last_year(w)
        and count(n, int(w["years"][-1]["listed"]))
        and count(m, len({row["university"] for row in w["survey"] if row["year"] == y}))
    ),
)
