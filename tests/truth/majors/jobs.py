"""What the report, the deck and the handout say about jobs that need a degree."""

from __future__ import annotations

from decimal import Decimal

from tests.truth.judge import Rows, Tables, shows
from tests.truth.majors.lists import judged
from tests.truth.majors.tables import (
    all_of_them,
    alone,
    field,
    of,
    otherwise,
    says,
)
from tests.truth.majors.unemployment import EDUCATION, LAW, P, lowest, safest
from tests.truth.ready import names

# -- jobs that need a degree ---------------------------------------------------------------


def _need(w: Tables, name: str) -> Decimal:
    return field(w, name, "degree_share")


def _most_degrees(w: Tables) -> bool:
    return alone(w["fields"], "field", EDUCATION, "degree_share")


says(
    rf"{P} of employed education graduates hold a job that needs a degree",
    lambda w, p: shows(p, _need(w, EDUCATION)),
)
says(rf"{P} of education graduates' jobs need a degree", lambda w, p: shows(p, _need(w, EDUCATION)))
says(
    r"In education, health and engineering most jobs need a degree",
    lambda w: all(_need(w, name) > 50 for name in ("Education", "Health", "Engineering")),
)
otherwise(
    rf"The largest share of jobs known to need a degree is in ([\w &]+), {P}(?=\.)",
    lambda w, f, p: alone(w["fields"], "field", f, "degree_share") and shows(p, _need(w, f)),
)
otherwise(rf"In law and public policy {P} are known not to", lambda w, p: shows(p, field(w, LAW, "other_share")))
otherwise(
    r"^([^⟩¶]+) has the largest share of jobs that need a degree$",
    lambda w, f: alone(w["fields"], "field", f, "degree_share") or _known_first(w, f),
)
otherwise(r"^([^⟩¶]+) has the most jobs that need a degree$", lambda w, f: _known_first(w, f))


def _known_first(w: Tables, name: str) -> bool:
    """Of the fields in the chart, of which fewer than a quarter of jobs are not classified."""
    return alone(judged(w), "field", name, "degree_share")


says(r"In law and public policy most do not", lambda w: field(w, LAW, "other_share") > 50)
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
    own = Rows(row for row in w["majors"] if row["field"] == LAW and row["graduates"])
    return alone(own, "major", "Criminal justice and fire protection", "graduates")


says(
    rf"In education {P} need a degree; in law and public policy(, where criminal justice is the largest major,)? {P} do",
    lambda w, a, crime, b: (
        (not crime or _largest_in_law(w)) and shows(a, _need(w, EDUCATION)) and shows(b, _need(w, LAW))
    ),
)


def _lead(w: Tables) -> bool:
    """These three, and no other field above any of them; most of their jobs need a degree."""
    three = ("Education", "Health", "Engineering")
    own = [_need(w, name) for name in three]
    others = [Decimal(row["degree_share"]) for row in w["fields"] if row["field"] not in three]
    return min(own) > 50 and min(own) > max(others)


says(r"Education, health and engineering lead to jobs that need a degree", _lead)
says(r"Education leads to jobs that need a degree", lambda w: _most_degrees(w) and _need(w, EDUCATION) > 50)


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
    return 0 < field(w, "Health", "women_share") - field(w, EDUCATION, "women_share") <= 5


says(
    r"Education has the lowest unemployment, the largest share of jobs that need a degree, and almost as large a share of "
    r"women as health, yet only three fields have a lower-paid middle major",
    lambda w: (
        safest(w)
        and _most_degrees(w)
        and _as_many(w)
        and sum(pay < field(w, EDUCATION, "middle") for pay in w["paid"].numbers("middle")) == 3
    ),
)
says(
    r"Education has the lowest unemployment and the largest share of jobs that need a degree",
    lambda w: safest(w) and _most_degrees(w),
)
says(
    r"^([\w &]+) pays best, ([\w &]+) has the lowest unemployment$",
    lambda w, a, b: alone(Rows(row for row in w["fields"] if row["pay"]), "field", a, "pay") and lowest(w, b),
)


otherwise(
    r"The lowest unemployment: ([\w &]+)\. The largest share of jobs that need a degree: ([\w &]+)\. The largest share of "
    r"women: ([\w &]+)\.",
    lambda w, a, b, c: (
        lowest(w, a)
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
