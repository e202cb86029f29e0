"""What the report, the deck and the handout say about women and pay, and about pay at all ages."""

from __future__ import annotations

import itertools
from decimal import Decimal

from tests.truth.facts import count
from tests.truth.judge import Rows, Tables, shows, value
from tests.truth.majors.lists import with_share
from tests.truth.majors.pay import PAYS, middle_pay
from tests.truth.majors.tables import BANDS, all_of_them, alone, exactly, field, in_field, of, otherwise, says
from tests.truth.majors.unemployment import P

_THEOLOGY, _ENGLISH = "Theology and religious vocations", "English language and literature"


def _unknown_or(row: dict[str, str], test: bool) -> bool:
    return not row["women_share"] or test


def _majority(row: dict[str, str]) -> bool:
    return Decimal(row["women_share"] or -1) > 50


def _none_of_ten(w: Tables) -> bool:
    return exactly(w["ranked"], "pay", 10, 10, lambda row: bool(row["women_share"]) and not _majority(row))


def _of_lowest(w: Tables, n: str) -> bool:
    return exactly(w["ranked"], "pay", 10, int(value(n)), _majority, lowest=True)


says(
    r"None of the ten best-paid majors has a majority of women(?:;|, and) (\w+) of the ten lowest-paid do",
    lambda w, n: _none_of_ten(w) and _of_lowest(w, n),
)
otherwise(
    r"Women are the majority in (\w+) of the ten best-paid majors, and in (\w+) of the ten lowest-paid",
    lambda w, n, m: exactly(w["ranked"], "pay", 10, int(value(n)), _majority) and _of_lowest(w, m),
)


def _steps(w: Tables) -> list[Decimal]:
    return [of(w, name, "pay", "bands", "band") for name in BANDS]


def _falls(w: Tables) -> bool:
    return all(a > b for a, b in itertools.pairwise(_steps(w)))


says(r"Majors with more women pay less", _falls)
says(r"The larger the share of women, the lower the pay of the middle major", _falls)
says(rf"Women are {P} of recent graduates", lambda w, p: shows(p, all_of_them(w, "women_share")))
says(
    rf"pay falls at each step: from {PAYS} where women are fewer than one in five to {PAYS} where they are four in five "
    r"or more",
    lambda w, a, b: _falls(w) and shows(a, _steps(w)[0]) and shows(b, _steps(w)[-1]),
)
otherwise(
    rf"the middle major pays {PAYS} where women are fewer than one in five, and {PAYS} where they are four in five or more",
    lambda w, a, b: shows(a, _steps(w)[0]) and shows(b, _steps(w)[-1]),
)
otherwise(
    rf"Majors with few women \(under one in five\) pay {PAYS} in the middle, those with four in five or more {PAYS}(?=\.)",
    lambda w, a, b: shows(a, _steps(w)[0]) and shows(b, _steps(w)[-1]),
)
says(r"The pattern is clear", _falls)
otherwise(r"The pattern has breaks", lambda w: not _falls(w))
says(r"Figure \d+ shows (\d+) majors one by one", lambda w, n: count(n, len(with_share(w))))
says(
    rf"Nursing, with {P} women, pays {PAYS}, well above the {PAYS} of the middle major",
    lambda w, share, p, mid: (
        shows(share, of(w, "Nursing", "women_share"))
        and shows(p, of(w, "Nursing", "pay"))
        and shows(mid, middle_pay(w))
        and of(w, "Nursing", "pay") >= middle_pay(w) * Decimal("1.2")
        and of(w, "Nursing", "women_share") > 60
    ),
)
otherwise(
    rf"Nursing, with {P} women, pays {PAYS}; theology, with {P}, pays {PAYS}(?=\.)",
    lambda w, a, p, b, q: (
        shows(a, of(w, "Nursing", "women_share"))
        and shows(p, of(w, "Nursing", "pay"))
        and shows(b, of(w, _THEOLOGY, "women_share"))
        and shows(q, of(w, _THEOLOGY, "pay"))
    ),
)
says(
    rf"Theology, with {P} women, pays {PAYS}",
    lambda w, share, p: (
        shows(share, of(w, _THEOLOGY, "women_share"))
        and shows(p, of(w, _THEOLOGY, "pay"))
        and of(w, _THEOLOGY, "women_share") < 50
        and of(w, _THEOLOGY, "pay") < middle_pay(w)
    ),
)
says(
    r"Nursing and theology are exceptions: one pays well with many women, one little with few",
    lambda w: (
        of(w, "Nursing", "women_share") >= 60
        and of(w, "Nursing", "pay") >= middle_pay(w) * Decimal("1.15")
        and of(w, _THEOLOGY, "women_share") < 40
        and of(w, _THEOLOGY, "pay") < middle_pay(w)
    ),
)


def _extremes(w: Tables, best: str, worst: str) -> bool:
    many = Rows(row for row in with_share(w) if Decimal(row["women_share"]) >= 60)
    few = Rows(row for row in with_share(w) if Decimal(row["women_share"]) < 40)
    own = _THEOLOGY if worst == "theology" else worst
    return alone(many, "major", best, "pay") and alone(few, "major", own, "pay", lowest=True)


says(
    r"The same majors, one by one\. (.+?) is the best paid of those where women are at least three in five, (.+?) the lowest "
    r"paid of those where they are fewer than two in five",
    _extremes,
)

# -- at all ages -----------------------------------------------------------------------------


def _old(w: Tables, name: str) -> Decimal:
    return of(w, name, "pay", "ages")


def _later(w: Tables) -> bool:
    """In more than half of the majors of both files."""
    both = [
        (Decimal(row["pay"]), Decimal(own["pay"]))
        for row in w["majors"]
        for own in w["ages"]
        if own["major"] == row["major"]
    ]
    return sum(old > young for young, old in both) * 2 > len(both)


says(r"First pay is not the last word", _later)
says(
    rf"In psychology they earn {PAYS}; recent graduates earn {PAYS}",
    lambda w, old, young: shows(old, _old(w, "Psychology")) and shows(young, of(w, "Psychology", "pay")),
)


def _behind(w: Tables, shown: str) -> bool:
    gap = of(w, "Nursing", "pay") - of(w, _ENGLISH, "pay")
    return gap > 0 and value(shown) > 0 and shows(shown, gap)


def _gap_then(w: Tables) -> Decimal:
    return _old(w, "Nursing") - _old(w, _ENGLISH)


says(rf"English graduates start (-?{PAYS}) behind nursing graduates", lambda w, gap, _: _behind(w, gap))
says(
    rf"at all ages the gap is smaller, (-?{PAYS})",
    lambda w, gap, _: (
        value(gap) >= 0
        and shows(gap, _gap_then(w))
        and 0 <= _gap_then(w) < of(w, "Nursing", "pay") - of(w, _ENGLISH, "pay")
    ),
)
otherwise(
    rf"English graduates start at {PAYS}, nursing graduates at {PAYS}; at all ages they earn {PAYS} and {PAYS}(?=\.)",
    lambda w, a, b, c, d: (
        shows(a, of(w, _ENGLISH, "pay"))
        and shows(b, of(w, "Nursing", "pay"))
        and shows(c, _old(w, _ENGLISH))
        and shows(d, _old(w, "Nursing"))
    ),
)
says(rf"at all ages the gap is (-?{PAYS})", lambda w, gap, _: value(gap) > 0 and shows(gap, _gap_then(w)))
says(
    r"In each of the \w+ most common majors, workers of all ages earn more than recent graduates",
    lambda w: len(w["by_age"]) == len(w["common"]) and all(
        Decimal(row["all_ages"]) > Decimal(row["pay"]) for row in w["by_age"]
    ),
)  # fmt: skip

# -- beliefs -----------------------------------------------------------------------------------


def _common(w: Tables, name: str) -> bool:
    return name in w["common"].words("major")


says(
    rf"Zoology pays less than the middle major: {PAYS}",
    lambda w, p: of(w, "Zoology", "pay") < middle_pay(w) and shows(p, of(w, "Zoology", "pay")),
    original=False,
)
says(
    rf"Biology(, one of the most common majors,)? pays less than the middle major: {PAYS}",
    lambda w, common, p: (
        of(w, "Biology", "pay") < middle_pay(w)
        and shows(p, of(w, "Biology", "pay"))
        and (not common or _common(w, "Biology"))
    ),
)
says(
    rf"What sets them apart is pay: {PAYS} in the middle major, (-?{PAYS}) below the middle of all majors",
    lambda w, p, gap, _: (
        shows(p, field(w, "humanities", "middle"))
        and shows(gap, middle_pay(w) - field(w, "humanities", "middle"))
        and value(gap) > 0
    ),
)
says(
    rf"No education major in the ranking pays more than {PAYS}\. (That is the middle of all majors|The middle of all majors is "
    rf"{PAYS})",
    lambda w, p, _, mid: (
        shows(p, field(w, "Education", "highest"))
        and field(w, "Education", "highest") <= middle_pay(w)
        and shows(mid or p, middle_pay(w))
    ),
)


def _no_promise(w: Tables) -> bool:
    """Zoology is counted under a science and pays less than the middle major."""
    return in_field("Biology & Life Science")(w["ranked"].of("major", "Zoology")) and of(
        w, "Zoology", "pay"
    ) < middle_pay(w)


says(
    r"\"Science\" and \"technology\" are no promise of good pay|Any major in science or technology pays well|"
    r"Three beliefs the numbers do not bear out",
    _no_promise,
)
says(r"Humanities graduates cannot find work", lambda w: field(w, "humanities", "unemployment") < 15)
says(
    r"Pay depends on the major, and on what you do with it|Pay differs within a major too",
    lambda w: (
        max(w["ranked"].numbers("pay")) > min(w["ranked"].numbers("pay")) * Decimal("1.5")
        and all(Decimal(row["high"]) > Decimal(row["low"]) for row in w["ranked"])
    ),
)
