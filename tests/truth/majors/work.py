"""What the report, the deck and the handout say about unemployment, and about jobs that need a degree."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from statistics import median

from tests.truth.facts import count
from tests.truth.judge import Rows, Tables, shows, value
from tests.truth.majors.lists import judged
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
_EDUCATION, _SOCIAL, _LAW = "Education", "Social Science", "Law & Public Policy"


def _rate(w: Tables, name: str) -> Decimal:
    return field(w, name, "unemployment")


def _safest(w: Tables) -> bool:
    return alone(w["fields"], "field", _EDUCATION, "unemployment", lowest=True)


def _lowest(w: Tables, name: str) -> bool:
    return alone(w["fields"], "field", name, "unemployment", lowest=True)


def _highest(w: Tables, name: str) -> bool:
    return alone(w["fields"], "field", name, "unemployment")


def _ends(w: Tables, low: str, least: str, high: str, most: str) -> bool:
    return _lowest(w, low) and _highest(w, high) and shows(least, _rate(w, low)) and shows(most, _rate(w, high))


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
    lambda w, high, low: _lowest(w, low) and _highest(w, high),
)
otherwise(
    r"^Unemployment in ([^⟩]+?) is (?!nearly)(.+) that in (.+)$",
    lambda w, high, words, low: (
        _lowest(w, low) and _highest(w, high) and compared(words, _rate(w, high), _rate(w, low))
    ),
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
        (not low or (_safest(w) and field(w, _EDUCATION, "middle") < middle_pay(w)))
        and shows(p, field(w, _EDUCATION, "middle"))
        and shows(all_, middle_pay(w))
    ),
)
says(
    r"Unemployment in social science is nearly twice that in education",
    lambda w: Decimal("1.8") <= _rate(w, _SOCIAL) / _rate(w, _EDUCATION) < 2,
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
        and of(w, "Communication technologies", "unemployment") > median(w["large"].numbers("unemployment"))
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

# -- jobs that need a degree ---------------------------------------------------------------


def _need(w: Tables, name: str) -> Decimal:
    return field(w, name, "degree_share")


def _most_degrees(w: Tables) -> bool:
    return alone(w["fields"], "field", _EDUCATION, "degree_share")


says(
    rf"{P} of employed education graduates hold a job that needs a degree",
    lambda w, p: shows(p, _need(w, _EDUCATION)),
)
says(rf"{P} of education graduates' jobs need a degree", lambda w, p: shows(p, _need(w, _EDUCATION)))
says(
    r"In education, health and engineering most jobs need a degree",
    lambda w: all(_need(w, name) > 50 for name in ("Education", "Health", "Engineering")),
)
otherwise(
    rf"The largest share of jobs known to need a degree is in ([\w &]+), {P}(?=\.)",
    lambda w, f, p: alone(w["fields"], "field", f, "degree_share") and shows(p, _need(w, f)),
)
otherwise(rf"In law and public policy {P} are known not to", lambda w, p: shows(p, field(w, _LAW, "other_share")))
otherwise(
    r"^([^⟩¶]+) has the largest share of jobs that need a degree$",
    lambda w, f: alone(w["fields"], "field", f, "degree_share") or _known_first(w, f),
)
otherwise(r"^([^⟩¶]+) has the most jobs that need a degree$", lambda w, f: _known_first(w, f))


def _known_first(w: Tables, name: str) -> bool:
    """Of the fields in the chart, of which fewer than a quarter of jobs are not classified."""
    return alone(judged(w), "field", name, "degree_share")


says(r"In law and public policy most do not", lambda w: field(w, _LAW, "other_share") > 50)
says(
    r"Whether a job needs a degree depends on the field",
    lambda w: max(w["fields"].numbers("degree_share")) > 2 * min(w["fields"].numbers("degree_share")),
)
says(
    rf"Of all jobs of recent graduates, {P} are known to need a college degree and {P} are known not to\. The other {P} "
    r"are not classified",
    lambda w, *said: all(
        shows(p, all_of_them(w, c)) for p, c in zip(said, ("degree_share", "other_share", "unclassified"), strict=True)
    ),
)


def _largest_in_law(w: Tables) -> bool:
    own = Rows(row for row in w["majors"] if row["field"] == _LAW and row["graduates"])
    return alone(own, "major", "Criminal justice and fire protection", "graduates")


says(
    rf"In education {P} need a degree; in law and public policy(, where criminal justice is the largest major,)? {P} do",
    lambda w, a, crime, b: (
        (not crime or _largest_in_law(w)) and shows(a, _need(w, _EDUCATION)) and shows(b, _need(w, _LAW))
    ),
)


def _lead(w: Tables) -> bool:
    """These three, and no other field above any of them; most of their jobs need a degree."""
    three = ("Education", "Health", "Engineering")
    own = [_need(w, name) for name in three]
    others = [Decimal(row["degree_share"]) for row in w["fields"] if row["field"] not in three]
    return min(own) > 50 and min(own) > max(others)


says(r"Education, health and engineering lead to jobs that need a degree", _lead)
says(r"Education leads to jobs that need a degree", lambda w: _most_degrees(w) and _need(w, _EDUCATION) > 50)


def _open(w: Tables, name: str = "Business") -> Decimal:
    return field(w, name, "unclassified")


def _business_only(w: Tables) -> bool:
    return all((Decimal(row["unclassified"]) >= 25) == (row["field"] == "Business") for row in w["fields"])


says(
    rf"Business cannot be judged here\. .+? It leaves {P} of the jobs of business graduates unclassified, and {P} in "
    r"accounting",
    lambda w, a, b: shows(a, _open(w)) and shows(b, of(w, "Accounting", "unclassified", "common")) and _open(w) >= 25,
)
says(
    r"In every other field fewer than a quarter are unclassified",
    lambda w: all(Decimal(row["unclassified"]) < 25 for row in w["fields"] if row["field"] != "Business"),
)
says(
    rf"Business is left out because {P} of its jobs are not classified; in accounting it is {P}",
    lambda w, a, b: shows(a, _open(w)) and shows(b, of(w, "Accounting", "unclassified", "common")) and _open(w) >= 25,
)
says(
    r"; business not shown|Business is not in the chart on the right: too many of its jobs are not classified",
    _business_only,
)
says(
    rf"The list of occupations that need a degree is not published, and {P} of the jobs of business graduates are not "
    r"classified",
    lambda w, p: shows(p, _open(w)) and _open(w) >= 25,
)
otherwise(
    rf"In business {P} are not classified, in accounting {P}(?=\.)",
    lambda w, a, b: shows(a, _open(w)) and shows(b, of(w, "Accounting", "unclassified", "majors")),
)
otherwise(
    r"(?:; not shown:|for too many jobs are not classified:) ([^.⟩]+?)(?:\.|$)",
    lambda w, said: names(said, _open_fields(w)),
)
otherwise(
    r"The other fields with at least a quarter unclassified: ([^.]+)\.",
    lambda w, said: names(said, [name for name in _open_fields(w) if name != "Business"]),
)
otherwise(
    rf"What it leaves open is largest in ([\w &]+), {P} of the jobs of its graduates",
    lambda w, f, p: alone(w["fields"], "field", f, "unclassified") and shows(p, _open(w, f)),
)
otherwise(
    rf"The list of those occupations is not published; {P} of all jobs of recent graduates are not classified",
    lambda w, p: shows(p, all_of_them(w, "unclassified")),
)
otherwise(
    r"In most fields some jobs could not be classified",
    lambda w: sum(share > 0 for share in w["fields"].numbers("unclassified")) * 2 > len(w["fields"]),
)


def _open_fields(w: Tables) -> list[str]:
    return [row["field"] for row in w["fields"] if Decimal(row["unclassified"]) >= 25]


says(
    r"In every field some jobs could not be classified",
    lambda w: all(Decimal(row["unclassified"]) > 0 for row in w["fields"]),
)

# -- the ten most common majors -----------------------------------------------------------


def _only_nursing(w: Tables) -> bool:
    return _known(w) == ["Nursing"]


def _known(w: Tables) -> list[str]:
    return [row["major"] for row in w["common"] if Decimal(row["degree_share"]) > 50]


says(
    rf"Among the \w+ most common majors only nursing is known to lead to a job that needs a degree in most cases, with {P}",
    lambda w, p: _only_nursing(w) and shows(p, of(w, "Nursing", "degree_share", "common")),
)
otherwise(
    r"Among the \w+ most common majors, most jobs are known to need a degree in ([^.]*)\.",
    lambda w, said: names(said, _known(w)),
)


def _four_open(w: Tables) -> bool:
    """Four of the ten are in business, and no other is as open as any of them."""
    ours = [Decimal(row["unclassified"]) for row in w["common"] if row["field"] == "Business"]
    others = [Decimal(row["unclassified"]) for row in w["common"] if row["field"] != "Business"]
    return len(ours) == 4 and min(ours) > max(others)


def _most_open(w: Tables, name: str) -> bool:
    return alone(w["common"], "major", name, "unclassified")


otherwise(
    rf"The most jobs not classified are in (.+?), {P}(?=\.)",
    lambda w, name, p: _most_open(w, name) and shows(p, of(w, name, "unclassified", "common")),
)
otherwise(r"that is most in (?!the four)([^.]+)\.", _most_open)


says(r"The four in business are also the four with the most jobs not classified", _four_open)
says(r"that is most in the four business majors", _four_open)


def _even(w: Tables) -> bool:
    return abs(of(w, "Biology", "degree_share", "common") - of(w, "Biology", "other_share", "common")) <= 6


says(
    rf"Biology splits almost evenly: {P} of jobs need a degree, {P} do not",
    lambda w, a, b: (
        _even(w)
        and shows(a, of(w, "Biology", "degree_share", "common"))
        and shows(b, of(w, "Biology", "other_share", "common"))
    ),
)
otherwise(
    rf"In biology,? {P} of jobs need a degree, {P} do not",
    lambda w, a, b: (
        shows(a, of(w, "Biology", "degree_share", "common")) and shows(b, of(w, "Biology", "other_share", "common"))
    ),
)
otherwise(
    r"^([^⟩¶]+) leads in jobs that need a degree, (.+) in jobs that do not$",
    lambda w, a, b: alone(w["common"], "major", a, "degree_share") and alone(w["common"], "major", b, "other_share"),
)
says(
    r"Nursing leads to jobs that need a degree; political science and communications mostly do not",
    lambda w: of(w, "Nursing", "degree_share", "common") > 50 and all(
        of(w, name, "other_share", "common") > 50 for name in ("Political science and government", "Communications")
    ),
)  # fmt: skip
says(r"Common majors lead both ways", lambda w: (
    max(w["common"].numbers("degree_share")) > 50 and max(w["common"].numbers("other_share")) > 50
))  # fmt: skip

# -- several things at once -----------------------------------------------------------------


def _as_many(w: Tables) -> bool:
    """Health has a larger share of women than education, by five percentage points at most."""
    return 0 < field(w, "Health", "women_share") - field(w, _EDUCATION, "women_share") <= 5


says(
    r"Education has the lowest unemployment, the largest share of jobs that need a degree, and almost as large a share of "
    r"women as health, yet only three fields have a lower-paid middle major",
    lambda w: (
        _safest(w)
        and _most_degrees(w)
        and _as_many(w)
        and sum(pay < field(w, _EDUCATION, "middle") for pay in w["paid"].numbers("middle")) == 3
    ),
)
says(
    r"Education has the lowest unemployment and the largest share of jobs that need a degree",
    lambda w: _safest(w) and _most_degrees(w),
)
says(
    r"^([\w &]+) pays best, ([\w &]+) has the lowest unemployment$",
    lambda w, a, b: alone(Rows(row for row in w["fields"] if row["pay"]), "field", a, "pay") and _lowest(w, b),
)


otherwise(
    r"The lowest unemployment is in ([\w &]+), the largest share of jobs that need a degree in ([\w &]+), and the largest "
    r"share of women in ([\w &]+)\.",
    lambda w, a, b, c: (
        _lowest(w, a)
        and alone(w["fields"], "field", b, "degree_share")
        and alone(w["fields"], "field", c, "women_share")
    ),
)


def _first_in_all(w: Tables) -> bool:
    return any(
        alone(w["paid"], "field", row["field"], "middle")
        and alone(w["fields"], "field", row["field"], "unemployment", lowest=True)
        for row in w["paid"]
    )


says(r"No field is first in everything", lambda w: not _first_in_all(w))
