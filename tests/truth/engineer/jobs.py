"""What the guide says about jobs, openings, growth and industries."""

from __future__ import annotations

from decimal import Decimal

from tests.truth.engineer.tables import (
    AI,
    ENGINEER,
    PUBLISHED,
    SCIENTIST,
    N,
    employed,
    hired,
    job_years,
    jobs,
    openings,
    otherwise,
    rate_years,
    rates,
    rising,
    same_order,
    says,
    sums,
    technology_first,
    top,
)  # fmt: skip
from tests.truth.facts import count
from tests.truth.judge import Tables, shows, value
from tests.truth.ready import HIGHEST, ranked

# -- jobs by year ------------------------------------------------------------------------


def _equal_steps(w: Tables) -> bool:
    """Each year added the same, and there is no year between."""
    steps = {b - a for a, b in zip(jobs(w), jobs(w)[1:], strict=False)}
    return len(steps) == 1 and min(steps) > 0 and _every_year(w)


def _every_year(w: Tables) -> bool:
    years = job_years(w)
    return years == [years[0] + n for n in range(len(years))]


def _doubled(values: list[Decimal], years: list[Decimal]) -> bool:
    return values[-1] == 2 * values[0] and years[-1] - years[0] == 2


says(
    rf"{N} as many jobs in (\d{{4}}) as in (\d{{4}})",
    lambda w, times, last, first: (
        [int(job_years(w)[0]), int(job_years(w)[-1])] == [int(first), int(last)]
        and shows(times, jobs(w)[-1] / jobs(w)[0])
        and jobs(w)[-1] >= jobs(w)[0]
    ),
)
says(r"a growing number of jobs", lambda w: rising(jobs(w)))
says(r"The number of jobs doubled in two years", lambda w: _doubled(jobs(w), job_years(w)))
says(
    r"Demand shows in jobs that are held and in jobs that are open",
    lambda w: jobs(w)[-1] > jobs(w)[0] and openings(w, ENGINEER) > 0,
)
says(
    rf"counts {N} machine learning engineer jobs in (\d{{4}}) and {N} in (\d{{4}})",
    lambda w, a, first, b, last: _span(w, a, first, b, last),
)


def _span(w: Tables, a: str, first: str, b: str, last: str) -> bool:
    ends = [job_years(w)[0], job_years(w)[-1]] == [Decimal(first), Decimal(last)]
    return ends and shows(a, jobs(w)[0]) and shows(b, jobs(w)[-1])


says(
    rf"Each year added the same number: {N}",
    lambda w, step: _equal_steps(w) and shows(step, jobs(w)[1] - jobs(w)[0]),
)
says(
    r"rise in equal steps, so growth in percent was already slowing",
    lambda w: _equal_steps(w) and len(jobs(w)) > 2,
)
says(r"They stop in (\d{4}), and the article does not say which country", lambda w, y: job_years(w)[-1] == Decimal(y))
says(
    r"Every year on record, there were more of these jobs than the year before",
    lambda w: rising(jobs(w)) and _every_year(w),
)
says(
    rf"From {N} jobs in (\d{{4}}) to {N} in (\d{{4}}), the number doubled",
    lambda w, a, first, b, last: _span(w, a, first, b, last) and jobs(w)[-1] == 2 * jobs(w)[0],
)
says(rf"It rose by {N} in each year", lambda w, step: _equal_steps(w) and shows(step, jobs(w)[1] - jobs(w)[0]))
says(r"So it shows a direction, and not where things stand", lambda w: rising(jobs(w)) or rising(jobs(w)[::-1]))
says(r"confident note: good pay, many jobs", lambda w: jobs(w)[-1] >= 1000)

# -- openings ----------------------------------------------------------------------------


def _three(w: Tables, a: str, b: str, c: str) -> bool:
    said = zip((a, b, c), (ENGINEER, SCIENTIST, AI), strict=True)
    return all(shows(text, openings(w, role)) for text, role in said)


says(
    rf"Machine learning engineers lead with {N}, ahead of data scientists with {N} and artificial intelligence engineers "
    rf"with {N}",
    lambda w, a, b, c: _three(w, a, b, c) and top(w, "openings", "openings") and value(b) >= value(c),
)
says(
    rf"{N} openings for engineers, {N} for data scientists, {N} for artificial intelligence engineers",
    _three,
)
says(
    rf"{N} openings listed, against {N} for data scientists",
    lambda w, a, b: shows(a, openings(w, ENGINEER)) and shows(b, openings(w, SCIENTIST)),
)
says(r"Machine learning engineers have the most openings", lambda w: top(w, "openings", "openings"))
otherwise(
    rf"{HIGHEST}",
    lambda w, *said: ranked(w["openings"], "job_title", "openings", *said),
)
says(r"Figure \d+ has a scale that is hard to judge", lambda w: len(w["openings"]) > 1)
says(
    r"announces the top five job titles and lists (\w+) of them",
    lambda w, n: count(n, len(w["openings"])) and len(w["openings"]) < 5,
)
says(
    r"announces a top five and lists (\w+)\.",
    lambda w, n: count(n, len(w["openings"])) and len(w["openings"]) < 5,
)
says(r"Announced as a top five, but lists (\w+)", lambda w, n: count(n, len(w["openings"])) and len(w["openings"]) < 5)
says(
    rf"{N} jobs, {N} openings\.",
    lambda w, a, b: shows(a, jobs(w)[-1]) and shows(b, openings(w, ENGINEER)),
)
says(rf"beside the {N} jobs on the last slide", lambda w, a: shows(a, jobs(w)[-1]))
says(
    rf"\| {N} jobs in (\d{{4}}) \| {N} openings, undated",
    lambda w, a, year, b: (
        shows(a, jobs(w)[-1]) and job_years(w)[-1] == Decimal(year) and shows(b, openings(w, ENGINEER))
    ),
)
says(
    r"Far from the number in the openings table",
    lambda w: not openings(w, ENGINEER) / 2 <= jobs(w)[-1] <= openings(w, ENGINEER) * 2,
)
says(r"employers are hiring, and there is room to rise", lambda w: openings(w, ENGINEER) > 0)

# -- growth ------------------------------------------------------------------------------


def _faster(w: Tables) -> bool:
    years = rate_years(w)
    return rising(rates(w)) and years == [years[0] + n for n in range(len(years))]


says(r"The sector is expected to grow faster each year", _faster)
says(r"The projected growth rate doubles in two years", lambda w: _doubled(rates(w), rate_years(w)))
says(
    rf"a projected growth rate of {N} for (\d{{4}}), {N} for (\d{{4}}) and {N} for (\d{{4}})",
    lambda w, a, x, b, y, c, z: (
        [Decimal(x), Decimal(y), Decimal(z)] == rate_years(w)
        and all(shows(text, rate) for text, rate in zip((a, b, c), rates(w), strict=True))
    ),
)
says(
    r"introduced as the next five years but covers (\w+), and these have passed by now",
    lambda w, n: count(n, len(rates(w))) and len(rates(w)) < 5 and rate_years(w)[-1] < PUBLISHED,
)
says(
    r"A rising growth rate also means more than rising numbers\. It says that the sector not only grows, but speeds up",
    lambda w: rising(rates(w)) and rates(w)[0] > 0,
)
says(
    rf"projection for the whole sector, from {N} to {N}",
    lambda w, a, b: shows(a, rates(w)[0]) and shows(b, rates(w)[-1]),
)
says(
    r"announced as five years and shows (\w+), and they are behind us now",
    lambda w, n: count(n, len(rates(w))) and len(rates(w)) < 5 and rate_years(w)[-1] < PUBLISHED,
)
says(rf"projected growth rates up to {N}", lambda w, a: shows(a, max(rates(w))))
says(r"Announced as five years, but lists (\w+)", lambda w, n: count(n, len(rates(w))) and len(rates(w)) < 5)
says(
    r"Lists of five \| (?:top )?job titles, years(?: of growth)? \| (\w+) titles, (\w+) years",
    lambda w, a, b: (
        count(a, len(w["openings"])) and count(b, len(rates(w))) and max(len(w["openings"]), len(rates(w))) < 5
    ),
)
otherwise(
    r"Two lists promise five and give (\w+) and (\w+)\.",
    lambda w, a, b: (
        count(a, len(w["openings"])) and count(b, len(rates(w))) and 5 not in (len(w["openings"]), len(rates(w)))
    ),
)
says(
    r"Two lists promise five and give (\w+)\.",
    lambda w, n: count(n, len(w["openings"])) and count(n, len(rates(w))) and len(rates(w)) < 5,
)

# -- industries --------------------------------------------------------------------------


def _follow(w: Tables, table: str) -> bool:
    """Finance alone comes second."""
    shares = sorted(w[table].numbers("share"), reverse=True)
    own = w[table].number("industry", "Finance", "share")
    return own == shares[1] < shares[0] and shares.count(own) == 1


def _both(w: Tables, industry: str, text: str) -> bool:
    return shows(text, hired(w, industry)) and shows(text, employed(w, industry))


def _in_order(w: Tables) -> bool:
    """Technology, finance, healthcare: the second and third of both tables."""
    return all(
        [row["industry"] for row in sorted(w[t], key=lambda r: -Decimal(r["share"]))][:3]
        == ["Technology", "Finance", "Healthcare"]
        and len(set(w[t].numbers("share"))) == len(w[t])
        for t in ("top_industries", "industries_employed")
    )


def _differ(w: Tables) -> bool:
    return hired(w, "Technology") != employed(w, "Technology")


says(
    r"Technology hires the most, finance follows",
    lambda w: top(w, "top_industries", "share", "Technology", "industry") and _follow(w, "top_industries"),
)
says(
    r"Both tables put technology first, and disagree by how much",
    lambda w: technology_first(w) and _differ(w),
)
says(r"Technology comes first, but by how much is unclear", lambda w: technology_first(w) and _differ(w))
says(r"Both put technology first", technology_first)
says(
    rf"then finance with {N} and healthcare with {N}",
    lambda w, a, b: _both(w, "Finance", a) and _both(w, "Healthcare", b) and _in_order(w),
)
says(r"For technology itself they differ", _differ)


def _technology(w: Tables, here: str, there: str, gap: str, sign: int) -> bool:
    own, other = hired(w, "Technology"), employed(w, "Technology")
    return shows(here, own) and shows(there, other) and shows(gap, (other - own) * sign) and value(gap) > 0


for _more, _sign, _told in (("more", 1, says), ("less", -1, otherwise)):
    _told(
        rf"the table of hiring industries gives technology {N}, that of employing industries {N}, which is {N} percentage "
        rf"points? {_more}\b",
        lambda w, a, b, gap, sign=_sign: _technology(w, a, b, gap, sign),
    )
    _told(
        rf"technology takes {N}, .*A second table gives technology {N}, {N} percentage points? {_more}\b",
        lambda w, a, b, gap, sign=_sign: _technology(w, a, b, gap, sign),
    )
says(rf"The named shares add up to {N} and {N}(?=[.;,]|$)", lambda w, x, y: (value(x), value(y)) == sums(w))
says(r"what makes up the rest is not stated", lambda w: max(sums(w)) < 100)
says(
    r"No other sector has as many machine learning engineers on its payroll as technology",
    lambda w: top(w, "industries_employed", "share", "Technology", "industry"),
)


def _has_any(w: Tables, *words: str) -> bool:
    said = [*w["top_industries"].words("industry"), *w["industries_employed"].words("industry")]
    return any(word in name.casefold() for name in said for word in words)


says(
    r"The list does not end there\. Among the answers to common questions, the article adds online retail and the "
    "automotive industry",
    lambda w: not _has_any(w, "retail", "commerce", "automotive"),
)
otherwise(r"the article also names online retail and the automotive industry", lambda w: True)  # adds nothing
otherwise(r"This answer names online retail and automotive, too", lambda w: True)


def _hired(w: Tables, a: str, b: str, c: str) -> bool:
    told = ((a, "Technology"), (b, "Finance"), (c, "Healthcare"))
    return all(shows(text, hired(w, industry)) for text, industry in told)


says(
    rf"Of those who are hired, technology takes {N}, finance {N} and healthcare {N}\. Together that is {N}; the rest is "
    "not stated, and the chart leaves it open",
    lambda w, a, b, c, total: _hired(w, a, b, c) and value(a) + value(b) + value(c) == value(total) == sums(w)[0] < 100,
)
otherwise(
    rf"Of those who are hired, technology takes {N}, finance {N} and healthcare {N}\. All that are named add up to {N}",
    lambda w, a, b, c, total: _hired(w, a, b, c) and value(total) == sums(w)[0],
)
says(r"What both agree on is the order", same_order)
says(
    r"technology is not the only place to go: online retail and carmakers look for these skills too",
    lambda w: max(hired(w, "Technology"), employed(w, "Technology")) < 100,
)
says(
    r"The chart of industries shows where most of them are\. This answer adds online retail and automotive",
    lambda w: min(sums(w)) > 50 and not _has_any(w, "retail", "commerce", "automotive"),
)
says(
    rf"a second table gives technology {N}, and the article",
    lambda w, a: shows(a, employed(w, "Technology")) and _differ(w),
)
says(
    rf"Technology's share \| {N} of hiring \| {N} of employment",
    lambda w, a, b: shows(a, hired(w, "Technology")) and shows(b, employed(w, "Technology")) and _differ(w),
)
says(
    rf"(?:Industry|Named) shares, together \| {N}(?: of hiring)? \| {N}(?: of employment)?",
    lambda w, a, b: (value(a), value(b)) == sums(w),
)
says(
    rf"Technology has {N} or {N}",
    lambda w, a, b: shows(a, hired(w, "Technology")) and shows(b, employed(w, "Technology")) and _differ(w),
)
says(r"neither table adds up to a whole", lambda w: 100 not in sums(w))
says(r"¶ Top hiring industries [^¶]*Shares do not add up to 100%", lambda w: sums(w)[0] != 100)
says(r"¶ Top employing industries [^¶]*Shares do not add up to 100%", lambda w: sums(w)[1] != 100)
says(r"Shares do not add up to 100% in either", lambda w: 100 not in sums(w))
says(r"Highlighted: Technology\.", lambda w: hired(w, "Technology") > 0)
