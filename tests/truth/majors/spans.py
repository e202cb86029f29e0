"""What the report, the deck and the handout say about low pay, about pay within a major, and about fields of study."""

from __future__ import annotations

from decimal import Decimal

from tests.truth.facts import count
from tests.truth.judge import Rows, Tables, shows, value
from tests.truth.majors.pay import PAYS, PETROLEUM, least, middle_pay, no_other_near, top
from tests.truth.majors.tables import (
    alone,
    among,
    exactly,
    field,
    in_field,
    of,
    otherwise,
    place,
    says,
)
from tests.truth.ready import names

# -- the lowest-paid -----------------------------------------------------------------------


def _low(w: Tables, name: str, n: int) -> bool:
    return exactly(w["ranked"], "pay", 10, n, in_field(name), lowest=True)


says(
    r"Humanities and arts make up most of the lowest-paid majors",
    lambda w: sum(among(w["ranked"], "pay", 10, in_field(f), lowest=True)[0] for f in ("Arts", "humanities")) > 5,
)
says(
    rf"([\w ,/&'-]+) is at the bottom of the ranking with {PAYS}",
    lambda w, name, p: top(w, name.strip(), lowest=True) and shows(p, least(w)),
)
says(
    rf"Zoology is the lowest-paid major of the ranking: {PAYS}",
    lambda w, p: top(w, "Zoology", lowest=True) and shows(p, of(w, "Zoology", "pay")),
)
says(
    r"Of the ten lowest-paid majors, (\w+) are in the humanities and (\w+) in the arts",
    lambda w, n, m: _low(w, "humanities", int(value(n))) and _low(w, "Arts", int(value(m))),
)


def few_idle(w: Tables) -> bool:
    """A rate clearly below that of all recent graduates."""
    return of(w, "Early childhood education", "unemployment") + 1 <= Decimal(w["everyone"][0]["unemployment"])


def lowest_ten(w: Tables) -> Rows:
    """ValueError where the tenth place is not one row's alone."""
    last = place(w["ranked"], "pay", 10, lowest=True)
    found = Rows(row for row in w["ranked"] if Decimal(row["pay"]) <= last)
    if len(found) != 10:
        raise ValueError("a tie for the tenth place")
    return found


def _lowest_ten(w: Tables, name: str) -> bool:
    return exactly(w["ranked"], "pay", 10, 1, lambda row: row["major"] == name, lowest=True)


says(
    rf"Early childhood education pays {PAYS}, although few of its graduates are out of work: ([\d.]+%)",
    lambda w, p, rate: (
        shows(p, of(w, "Early childhood education", "pay"))
        and shows(rate, of(w, "Early childhood education", "unemployment"))
        and few_idle(w)
        and of(w, "Early childhood education", "pay") < middle_pay(w)
    ),
)
says(
    r"Early childhood education is here although few of its graduates are out of work: ([\d.]+%)",
    lambda w, rate: (
        shows(rate, of(w, "Early childhood education", "unemployment"))
        and few_idle(w)
        and _lowest_ten(w, "Early childhood education")
    ),
)
otherwise(
    r"Early childhood education pays (\$\d+(?:,\d{3})*); of its graduates, ([\d.]+%) are out of work",
    lambda w, p, rate: (
        shows(p, of(w, "Early childhood education", "pay"))
        and shows(rate, of(w, "Early childhood education", "unemployment"))
    ),
)
otherwise(
    r"Of early childhood education graduates, ([\d.]+%) are out of work",
    lambda w, rate: shows(rate, of(w, "Early childhood education", "unemployment")),
)
otherwise(
    r"The list mixes (?!arts, humanities, education and health, among)([^.]+)\.",
    lambda w, said: names(said, sorted({row["field"] for row in lowest_ten(w)})),
)
says(
    r"The list mixes arts, humanities, education and health, among others",
    lambda w: all(
        among(w["ranked"], "pay", 10, in_field(f), lowest=True)[0]
        for f in ("Arts", "humanities", "Education", "Health")
    ),
)

# -- within a major --------------------------------------------------------------------------


def most_common(w: Tables, name: str) -> bool:
    known = Rows(row for row in w["majors"] if row["graduates"])
    return alone(known, "major", name, "graduates")


def _upper(w: Tables) -> bool:
    return of(w, "Psychology", "high", "majors") > of(w, "General business", "pay", "majors")


otherwise(
    rf"(?:The median graduate in general business earns|the median of general business is) {PAYS}",
    lambda w, p: shows(p, of(w, "General business", "pay")),
)
otherwise(
    rf"In psychology a quarter earn {PAYS} or more; the median",
    lambda w, high: shows(high, of(w, "Psychology", "high", "majors")),
)


says(
    rf"In psychology(, the most common major,)? a quarter earn {PAYS} or less and a quarter {PAYS} or more",
    lambda w, common, low, high: (
        (not common or most_common(w, "Psychology"))
        and shows(low, of(w, "Psychology", "low", "majors"))
        and shows(high, of(w, "Psychology", "high", "majors"))
    ),
)
says(r"That upper quarter earns more than the median graduate in general business", _upper)
says(
    rf"In psychology a quarter earn {PAYS} or more, which is above the median of general business, {PAYS}",
    lambda w, high, p: (
        _upper(w) and shows(high, of(w, "Psychology", "high", "majors")) and shows(p, of(w, "General business", "pay"))
    ),
)
says(
    rf"^([^¶⟩]+) has the highest floor: three in four earn {PAYS} or more",
    lambda w, name, p: alone(w["common"], "major", name, "low") and shows(p, of(w, name, "low", "common")),
)
says(
    r"the (\w+) most common majors(?! lead| s)",
    lambda w, n: count(n, len(w["common"])),
)

# -- fields ------------------------------------------------------------------------------------


def _overlap(w: Tables) -> bool:
    """Other fields reach into the range of the best-paid one, arts and business among them."""
    lowest = field(w, "Engineering", "lowest")
    reach = [row["field"] for row in w["paid"] if Decimal(row["highest"]) > lowest]
    return _best_field(w) and {"Arts", "Business"} <= set(reach)


def _best_field(w: Tables) -> bool:
    return alone(w["paid"], "field", "Engineering", "middle")


says(r"Fields of study overlap", _overlap)
says(
    rf"The middle engineering major pays {PAYS}, and no other field comes near",
    lambda w, p: shows(p, field(w, "Engineering", "middle")) and no_other_near(w),
)


def _follows(w: Tables, name: str, at: int) -> bool:
    own = field(w, name, "middle")
    return place(w["paid"], "middle", at) == own and w["paid"].numbers("middle").count(own) == 1


says(
    rf"Computers and mathematics follows at {PAYS}, business at {PAYS}",
    lambda w, a, b: (
        shows(a, field(w, "computers and mathematics", "middle"))
        and shows(b, field(w, "Business", "middle"))
        and _follows(w, "computers and mathematics", 2)
        and _follows(w, "Business", 3)
    ),
)
says(
    rf"(?:^|\. )([\w &]+) is last with {PAYS}",
    lambda w, name, p: alone(w["paid"], "field", name, "middle", lowest=True) and shows(p, field(w, name, "middle")),
)
says(
    r"The lowest-paid engineering major pays more than the best-paid one in education",
    lambda w: field(w, "Engineering", "lowest") > field(w, "Education", "highest"),
)


def _end_of(w: Tables, name: str, in_: str, shown: str, lowest: bool = False) -> bool:
    """Whether this major alone is at that end of its field."""
    own = Rows(row for row in w["ranked"] if in_field(in_)(row))
    return alone(own, "major", name, "pay", lowest) and shows(shown, of(w, name, "pay"))


says(
    rf"Within a field, the choice of major still matters\. Business runs from {PAYS} in (.+?) to {PAYS} in (.+?)\. Engi",
    lambda w, a, low, b, high: (
        _end_of(w, low, "Business", a, lowest=True)
        and _end_of(w, high, "Business", b)
        and value(b) > value(a) * Decimal("1.25")
    ),
)
says(
    rf"Engineering runs from {PAYS}(, in architecture among others,)? to {PAYS}( in petroleum engineering)?\.",
    lambda w, a, architects, b, petroleum: (
        shows(a, field(w, "Engineering", "lowest"))
        and shows(b, field(w, "Engineering", "highest"))
        and (not architects or _among_others(w))
        and (not petroleum or _end_of(w, PETROLEUM, "Engineering", b))
    ),
)


def _among_others(w: Tables) -> bool:
    """Architecture is in engineering, at its lower end, and not alone there."""
    own = [row for row in w["ranked"] if row["field"] == "Engineering"]
    ends = [row["major"] for row in own if Decimal(row["pay"]) == field(w, "Engineering", "lowest")]
    return "Architecture" in ends and len(ends) > 1


otherwise(
    rf"^The best-paid major of (.+?) pays {PAYS}$",
    lambda w, f, p: alone(w["paid"], "field", f, "highest") and shows(p, field(w, f, "highest")),
)
otherwise(
    rf"Of their middle majors, the highest is ([\w &]+) at {PAYS}",
    lambda w, f, p: alone(w["paid"], "field", f, "middle") and shows(p, field(w, f, "middle")),
)
says(r"Architecture is in engineering, actuarial science in business", lambda w: (
    in_field("Engineering")(w["majors"].of("major", "Architecture"))
    and in_field("Business")(w["majors"].of("major", "Actuarial science"))
))  # fmt: skip
says(
    r"(?:^|\. )([\w &]+) is the largest field, with ([\d.,]+[MK]?) recent graduates",
    lambda w, f, n: alone(w["fields"], "field", f, "graduates") and shows(n, field(w, f, "graduates")),
)
