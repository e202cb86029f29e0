"""What the report, the deck and the handout say about unemployment."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from statistics import median

from tests.truth.facts import count
from tests.truth.judge import Tables, shows, value
from tests.truth.majors.pay import PAYS, middle_pay
from tests.truth.majors.tables import (
    LARGE,
    all_of_them,
    alone,
    among,
    exactly,
    field,
    in_field,
    of,
    otherwise,
    place,
    says,
)  # fmt: skip
from tests.truth.ready import compared, names

P = r"([\d.]+%)"
EDUCATION, SOCIAL, LAW = "Education", "Social Science", "Law & Public Policy"


def _rate(w: Tables, name: str) -> Decimal:
    return field(w, name, "unemployment")


def safest(w: Tables) -> bool:
    return alone(w["fields"], "field", EDUCATION, "unemployment", lowest=True)


def lowest(w: Tables, name: str) -> bool:
    return alone(w["fields"], "field", name, "unemployment", lowest=True)


def _highest(w: Tables, name: str) -> bool:
    return alone(w["fields"], "field", name, "unemployment")


def _ends(w: Tables, low: str, least: str, high: str, most: str) -> bool:
    return lowest(w, low) and _highest(w, high) and shows(least, _rate(w, low)) and shows(most, _rate(w, high))


says(
    rf"{P} of recent graduates in the labor force had no job",
    lambda w, p: shows(p, all_of_them(w, "unemployment")),
)
says(
    rf"(?:It|By field the rate) runs from {P} in ([^.]+?) to {P} in ([^.]+?)\.",
    lambda w, a, low, b, high: _ends(w, low, a, high, b),
)
says(
    rf"([\w &]+) has the highest unemployment, {P}; ([\w &]+) the lowest, {P}",
    lambda w, high, b, low, a: _ends(w, low, a, high, b),
)
says(
    r"Unemployment is highest in ([\w &]+), lowest in ([\w &]+?)(?: \d+)?$",
    lambda w, high, low: lowest(w, low) and _highest(w, high),
)
otherwise(
    r"^Unemployment in ([^⟩]+?) is (?!nearly)(.+) that in (.+)$",
    lambda w, high, words, low: lowest(w, low) and _highest(w, high) and compared(words, _rate(w, high), _rate(w, low)),
)
otherwise(
    r"^([^⟩¶;]+) has the highest unemployment, ([^⟩¶;]+) the lowest$",
    lambda w, high, low: (
        alone(w["common"], "major", high, "unemployment")
        and alone(w["common"], "major", low, "unemployment", lowest=True)
    ),
)
says(
    rf"Of all recent graduates who worked or looked for work, {P} were unemployed",
    lambda w, p: shows(p, all_of_them(w, "unemployment")),
)


says(
    rf"(Low unemployment does not mean high pay: )?the middle education major pays {PAYS}, the middle of all majors {PAYS}",
    lambda w, low, p, all_: (
        (not low or (safest(w) and field(w, EDUCATION, "middle") < middle_pay(w)))
        and shows(p, field(w, EDUCATION, "middle"))
        and shows(all_, middle_pay(w))
    ),
)
says(
    r"Unemployment in social science is nearly twice that in education",
    lambda w: Decimal("1.8") <= _rate(w, SOCIAL) / _rate(w, EDUCATION) < 2,
)
says(
    r"Political science graduates are unemployed more than twice as often as nursing graduates",
    lambda w: (
        of(w, "Political science and government", "unemployment", "common")
        > 2 * of(w, "Nursing", "unemployment", "common")
    ),
)
says(
    r"Some majors lead to work more surely than others",
    lambda w: max(w["large"].numbers("unemployment")) > min(w["large"].numbers("unemployment")) + 1,
)
says(rf"The dashed line is the rate of all recent graduates together, {P}", lambda w, p: (
    shows(p, all_of_them(w, "unemployment"))
))  # fmt: skip


# -- the ten highest rates ----------------------------------------------------------------


def _wider(w: Tables) -> bool:
    spread = [max(told) - min(told) for told in (w[name].numbers("unemployment") for name in ("large", "fields"))]
    return spread[0] > spread[1]


def _high(w: Tables, name: str, n: int) -> bool:
    return exactly(w["large"], "unemployment", 10, n, in_field(name))


def _one(w: Tables, name: str, n: int) -> bool:
    return exactly(w["large"], "unemployment", 10, n, lambda row: row["major"] == name)


says(r"Among majors the rates differ more than among fields", _wider)
says(
    r"The table below takes only the (\d+) majors with a sample of at least (\d+)",
    lambda w, n, least: count(n, len(w["large"])) and least == str(LARGE),
)
says(
    rf"Two of the ten majors in it are in computing, but not computer science, which stands at {P}",
    lambda w, p: (
        _high(w, "computing", 2)
        and _one(w, "Computer science", 0)
        and shows(p, of(w, "Computer science", "unemployment", "large"))
    ),
)
says(r"A technical major is no shield", lambda w: exactly(
    w["large"], "unemployment", 10, 0, lambda row: in_field("computing")(row) or in_field("Engineering")(row)
) is False)  # fmt: skip
says(
    r"One is in engineering: architecture",
    lambda w: (
        _high(w, "Engineering", 1)
        and _one(w, "Architecture", 1)
        and in_field("Engineering")(w["large"].of("major", "Architecture"))
    ),
)


def _close(w: Tables) -> bool:
    """The highest of the ten is less than half as high again as the tenth."""
    rates = sorted(w["large"].numbers("unemployment"), reverse=True)[:10]
    return rates[0] < rates[-1] * Decimal("1.5")


says(r"The ten rates lie close together", _close)


def _listed(w: Tables, said: str, test: Callable[[dict[str, str]], bool]) -> bool:
    """Those of the ten highest that a test is true of; of rows that tie for the last place some may be told."""
    last = place(w["large"], "unemployment", 10)
    sure = [row["major"] for row in w["large"] if test(row) and Decimal(row["unemployment"]) > last]
    tied = [row["major"] for row in w["large"] if test(row) and Decimal(row["unemployment"]) == last]
    told = {name for name in (*sure, *tied) if name in said}
    least, most = among(w["large"], "unemployment", 10, test)
    return set(sure) <= told and names(said, sorted(told)) and least <= len(told) <= most


def _top_large(w: Tables) -> bool:
    return alone(w["large"], "major", "Communication technologies", "unemployment")


says(
    rf"Smaller majors have higher rates still: communication technologies has {P}, the highest of the (\d+) majors with "
    r"at least 100 people behind their pay",
    lambda w, p, n: (
        _top_large(w)
        and shows(p, of(w, "Communication technologies", "unemployment"))
        and count(n, len(w["large"]))
        and of(w, "Communication technologies", "graduates") < min(w["common"].numbers("graduates"))
        and of(w, "Communication technologies", "unemployment") > max(w["common"].numbers("unemployment"))
    ),
)
otherwise(
    rf"Of the ten majors in it, computers and mathematics has (\w+)\. Computer science stands at {P}",
    lambda w, n, p: (
        _high(w, "computing", int(value(n))) and shows(p, of(w, "Computer science", "unemployment", "large"))
    ),
)
otherwise(r"From engineering: ([^.]+)\.", lambda w, said: _listed(w, said, in_field("Engineering")))
otherwise(
    rf"Of the (\d+) majors with at least 100 people behind their pay, (.+?) has the highest rate, {P}(?=\.)",
    lambda w, n, name, p: (
        count(n, len(w["large"]))
        and alone(w["large"], "major", name, "unemployment")
        and shows(p, of(w, name, "unemployment", "large"))
    ),
)
says(rf"Computer science stands at {P}", lambda w, p: shows(p, of(w, "Computer science", "unemployment", "large")))
says(
    rf"Communication technologies has more unemployed than most majors: {P}",
    lambda w, p: (
        shows(p, of(w, "Communication technologies", "unemployment"))
        and of(w, "Communication technologies", "unemployment") > median(w["majors"].numbers("unemployment"))
    ),
)
says(
    rf"Communication technologies pays {PAYS}, and {P} are unemployed",
    lambda w, p, rate: (
        shows(p, of(w, "Communication technologies", "pay"))
        and shows(rate, of(w, "Communication technologies", "unemployment"))
        and of(w, "Communication technologies", "pay") <= middle_pay(w)
        and of(w, "Communication technologies", "unemployment") > all_of_them(w, "unemployment")
    ),
)
says(
    rf"Their unemployment is {P}, against {P} for all recent graduates",
    lambda w, p, all_: (
        shows(p, _rate(w, "humanities")) and shows(all_, all_of_them(w, "unemployment")) and _rate(w, "humanities") < 15
    ),
)
