"""What the report says of single degrees."""

from __future__ import annotations

from decimal import Decimal

from tests.truth.facts import count
from tests.truth.ges.tables import otherwise, passes, says
from tests.truth.ges.time import at
from tests.truth.ges.universities import top
from tests.truth.judge import Tables, shows, value
from tests.truth.ready import AMOUNT, compared, names

A = AMOUNT


def _top(w: Tables, name: str, column: str = "pay", lowest: bool = False) -> bool:
    return top(w["latest"], "name", column, name, lowest)


def of(w: Tables, name: str) -> dict[str, str]:
    return w["latest"].of("name", name)


def _most_paid(w: Tables) -> Decimal:
    return max(w["latest"].numbers("pay"))


says(
    rf"{A} in the best-paid one, (.+?)(?=$| ¶)",
    lambda w, p, name: _top(w, name) and shows(p, Decimal(of(w, name)["pay"])),
)
says(rf"{A} in the best-paid one$", lambda w, p: shows(p, _most_paid(w)))
says(r"The best-paid one is (.+?);", _top)
says(r"The middle degree is the middle one of (\d+), each", lambda w, n: count(n, len(w["latest"])))
says(
    rf"Its pay is (.+?) that of the lowest, (.+?), {A}(?=\.)",
    lambda w, words, name, p: (
        _top(w, name, "pay", True)
        and shows(p, Decimal(of(w, name)["pay"]))
        and compared(words, _most_paid(w), Decimal(of(w, name)["pay"]))
    ),
)
says(
    r"In (\w+) of (\d+) degrees every graduate who answered had found work, in (\w+) full-time permanent work",
    lambda w, n, m, k: (
        count(n, w["latest"].numbers("employed").count(Decimal(100)))
        and count(m, len(w["latest"]))
        and count(k, w["latest"].numbers("permanent").count(Decimal(100)))
    ),
)
says(
    rf"The lowest share is that of (.+?), {A}(?=[.,;])",
    lambda w, name, p: _top(w, name, "permanent", True) and shows(p, Decimal(of(w, name)["permanent"])),
)


def _least_permanent(w: Tables) -> dict[str, str]:
    return min(w["latest"], key=lambda row: Decimal(row["permanent"]))


says(
    rf"where work is common and permanent work is not: {A} have some work",
    lambda w, p: (
        shows(p, Decimal(_least_permanent(w)["employed"]))
        and Decimal(_least_permanent(w)["employed"]) > 75
        and Decimal(_least_permanent(w)["permanent"]) < 75
    ),
)
says(
    rf"(?:^|\. )(.+?) has the smallest share in permanent work, {A}(?=\.)",
    lambda w, name, p: _top(w, name, "permanent", True) and shows(p, Decimal(of(w, name)["permanent"])),
)


def _at_least(w: Tables, column: str, least: str) -> int:
    return sum(share >= value(least) for share in w["latest"].numbers(column))


says(
    r"(\d+) of (\d+) degrees have (\d+)% or more",
    lambda w, n, m, least: count(n, _at_least(w, "permanent", least)) and count(m, len(w["latest"])),
)
says(
    r"(\d+) degrees with (\d+)% or more in permanent work",
    lambda w, n, least: count(n, _at_least(w, "permanent", least)),
)
says(
    rf"{A} of (?:the )?degrees (?:with figures pay|at) ([\d,]+) dollars or more",
    lambda w, share, least: shows(share, Decimal(100 * _at_least(w, "pay", least)) / len(w["latest"])),
)

# -- the best-paid -----------------------------------------------------------------------


def _in(w: Tables, *fields: str) -> int:
    return sum(row["field"] in fields for row in w["best"])


says(
    r"Computing takes (\w+) of the (\w+) best-paid places",
    lambda w, n, m: count(n, _in(w, "Computing and data")) and count(m, len(w["best"])),
)
otherwise(
    r"^(?:\d+ )?The (\w+) best-paid degrees(?: of (\d{4}))?(?: \d+| \(continued\))?$",
    lambda w, n, y: count(n, len(w["best"])) and y in (None, w["years"][-1]["year"]),
)
says(
    r"Of the (\w+) best-paid degrees (\w+) are in computing and data and (\w+) in law",
    lambda w, n, a, b: count(n, len(w["best"])) and count(a, _in(w, "Computing and data")) and count(b, _in(w, "Law")),
)
says(r"None is in engineering|No degree in engineering is among them", lambda w: _in(w, "Engineering") == 0)
otherwise(
    r"In engineering: ([^.]+)\.",
    lambda w, listed: names(listed, [row["name"] for row in w["best"] if row["field"] == "Engineering"]),
)


def _from(w: Tables, listed: str) -> bool:
    return names(listed, sorted({row["short"] for row in w["best"]}))


says(r"All are from ([^.;]+); SIT, SUSS and SUTD have none", lambda w, listed: _from(w, listed) and _none_of_three(w))
otherwise(r"They are from ([^.]+)\.", _from)


def _none_of_three(w: Tables) -> bool:
    return not {row["short"] for row in w["best"]} & {"SIT", "SUSS", "SUTD"}


says(r"None is from SIT, SUSS or SUTD", _none_of_three)


def _above(w: Tables) -> bool:
    return min(w["best"].numbers("low")) > at(w, "pay")


says(r"In each of them even the first quartile lies above what the middle degree pays", _above)
otherwise(r"Not in all of them does the first quartile lie above what the middle degree pays", lambda w: not _above(w))
says(
    rf"The widest span is that of (.+?), from {A} to {A}, where the third quartile is (.+?) the first\.",
    lambda w, name, low, high, words: (
        top(w["best"], "name", "spread", name)
        and shows(low, Decimal(of(w, name)["low"]))
        and shows(high, Decimal(of(w, name)["high"]))
        and compared(words, Decimal(of(w, name)["high"]), Decimal(of(w, name)["low"]))
    ),
)
says(r"the longest is that of (.+?)\.(?= ¶|$)", lambda w, name: top(w["best"], "name", "spread", name))
says(
    r"Computing and law have most of the (\w+) best-paid degrees",
    lambda w, n: count(n, len(w["best"])) and _in(w, "Computing and data", "Law") * 2 > len(w["best"]),
)
otherwise(
    r"Computing and law have (?!most)(\w+) of the (\w+) best-paid degrees",
    lambda w, a, n: count(n, len(w["best"])) and count(a, _in(w, "Computing and data", "Law")),
)
says(
    r"In every degree above ([\d,]+) dollars most find permanent work",
    lambda w, least: all(Decimal(row["permanent"]) > 50 for row in w["latest"] if Decimal(row["pay"]) > value(least)),
)
otherwise(r"^Pay and permanent work, degree by degree$", lambda w: len(w["latest"]) > 1)

passes(
    r"^(?:Published|November 2026|Medians of|Need this|Straits)", r"continued, \d of \d", r"(?:^|[¶;:,] )\d of \d(?= ¶|$)", r"Level 2, Student Hub", r"^Figures? [\d and]+\.",
    r"^\d+ [\w ,.'-]+ \d+$", r"^\d+$", r"^[\w ]+ \d+$", r"^\d+\. ", r"^\d+ [A-Z ]+$", r"^(?:Figure|Table) \d+\. ",
    r"Four numbers to remember", r"line from First quartile to Third quartile", r"Highest \d+ of \d+\. Highlighted.*",
    r"Each degree counts once|each degree counts once", r"Dollars of each year", r"each has other fields", r"First the whole",
)  # fmt: skip
