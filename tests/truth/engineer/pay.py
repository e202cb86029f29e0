"""What the guide says about pay, by role and by place."""

from __future__ import annotations

from tests.truth.engineer.tables import (
    AI,
    ENGINEER,
    LONDON,
    NY,
    SCIENTIST,
    SF,
    N,
    dollars,
    high,
    low,
    otherwise,
    pay,
    pays_best,
    place,
    pounds,
    ranges,
    satisfied,
    says,
    top,
    two_currencies,
    women,
)  # fmt: skip
from tests.truth.facts import count
from tests.truth.judge import Tables, shows

SALARY = "average_salary"


def _most(w: Tables) -> bool:
    return top(w, SALARY, "salary")


def _gap(w: Tables) -> bool:
    """Two roles are said to be close together, the difference small: a sixth of the higher one at most."""
    paid = w[SALARY].numbers("salary")
    return (max(paid) - min(paid)) * 6 <= max(paid)


# -- by role ---------------------------------------------------------------------------

says(
    rf"{N} average salary, the highest of (?:the )?(\w+) roles",
    lambda w, shown, n: shows(shown, pay(w, ENGINEER)) and _most(w) and count(n, len(w[SALARY])),
)
says(r"machine learning engineers earn the most", _most)
says(
    r"salary and (?:job )?satisfaction are both higher than in the neighboring roles",
    lambda w: _most(w) and top(w, "satisfaction", "satisfied"),
)
says(r"people who do it seem to be well off with it", lambda w: _most(w) and satisfied(w, ENGINEER) > 50)
says(r"it pays back", lambda w: _most(w))
says(
    r"well paid, in demand, and short of women",
    lambda w: _most(w) and top(w, "openings", "openings") and women(w, ENGINEER) < 50,
)
says(r"pay leads the neighboring roles", _most)
says(
    r"place counts as much as title",
    lambda w: place(w, SF, "low") - place(w, NY, "low") == pay(w, ENGINEER) - pay(w, SCIENTIST) > 0,
)
says(
    rf"On average, a machine learning engineer earns {N}: {N} more than the artificial intelligence engineer and {N} "
    "more than the data scientist",
    lambda w, own, a, b: (
        shows(own, pay(w, ENGINEER))
        and shows(a, pay(w, ENGINEER) - pay(w, AI))
        and shows(b, pay(w, ENGINEER) - pay(w, SCIENTIST))
        and pay(w, ENGINEER) > max(pay(w, AI), pay(w, SCIENTIST))
    ),
)
says(
    r"The lead over the data scientist is less than a tenth",
    lambda w: 0 < (pay(w, ENGINEER) - pay(w, SCIENTIST)) * 10 < pay(w, SCIENTIST),
)
says(rf"good pay at {N} on average", lambda w, shown: shows(shown, pay(w, ENGINEER)) and _most(w))
says(
    rf"The engineer comes first with {N}, which is {N} more than the data scientist",
    lambda w, own, gap: shows(own, pay(w, ENGINEER)) and shows(gap, pay(w, ENGINEER) - pay(w, SCIENTIST)) and _most(w),
)
says(r"the roles are close together", _gap)
otherwise(r"Notice that the bars start at zero, so that you see the gaps in true size", lambda w: not _gap(w))
says(r"the difference in pay is small", _gap)
otherwise(r"Choose the work you like, and know what it pays", lambda w: not _gap(w))
says(
    rf"Average pay differs by {N}",
    lambda w, gap: shows(gap, abs(pay(w, ENGINEER) - pay(w, SCIENTIST))) and not gap.startswith("-") and gap != "$0",
)
says(r"Salaries are competitive", lambda w: pay(w, ENGINEER) * 10 >= pay(w, SCIENTIST) * 9)
says(r"confident note: good pay", lambda w: pay(w, ENGINEER) * 10 >= pay(w, SCIENTIST) * 9)

# -- base pay ----------------------------------------------------------------------------


def _lower_half(w: Tables) -> bool:
    return low(w) <= pay(w, ENGINEER) < (low(w) + high(w)) / 2


def _ends(w: Tables, a: str, b: str) -> bool:
    return shows(a, low(w)) and shows(b, high(w)) and low(w) < high(w)


says(rf"quotes Glassdoor: (?:average base pay )?between {N} and {N} a year", _ends)
says(
    rf"The survey average of {N} falls into the lower half of that range",
    lambda w, shown: shows(shown, pay(w, ENGINEER)) and _lower_half(w),
)
says(r"Glassdoor's range puts the average in its lower half", _lower_half)
says(rf"{N} low end of average base pay", lambda w, shown: shows(shown, low(w)))
says(rf"{N} high end of average base pay", lambda w, shown: shows(shown, high(w)))
says(rf"{N} average salary in the survey", lambda w, shown: shows(shown, pay(w, ENGINEER)))
says(
    rf"The survey average from the last slide, {N}, is in the lower half",
    lambda w, shown: shows(shown, pay(w, ENGINEER)) and _lower_half(w),
)

# -- by place ----------------------------------------------------------------------------


def _lower(w: Tables, end: str) -> bool:
    return place(w, SF, end) > place(w, NY, end) and {SF, NY} <= set(dollars(w))


says(
    rf"In San Francisco, salaries run from {N} to {N}",
    lambda w, a, b: shows(a, place(w, SF, "low")) and shows(b, place(w, SF, "high")) and SF in dollars(w),
)
says(
    rf"New York is {N} lower at either end",
    lambda w, gap: all(shows(gap, place(w, SF, end) - place(w, NY, end)) and _lower(w, end) for end in ("low", "high")),
)
says(
    r"as much as the gap between engineer and data scientist",
    lambda w: place(w, SF, "low") - place(w, NY, "low") == pay(w, ENGINEER) - pay(w, SCIENTIST),
)
says(
    rf"London is quoted in pounds, from {N} to {N}",
    lambda w, a, b: (
        pounds(w) and (a[0], b[0]) == ("£", "£")
        and shows(a, place(w, LONDON, "low")) and shows(b, place(w, LONDON, "high"))
    ),
)  # fmt: skip


def _alone(w: Tables) -> bool:
    """London is the only place in its currency."""
    own = w["salary_by_location"].of("location", LONDON)["currency"]
    return w["salary_by_location"].words("currency").count(own) == 1 and len(w["salary_by_location"]) > 1


says(r"nothing is converted here and London has a scale of its own", _alone)
says(r"London is in pounds and has a scale of its own", lambda w: pounds(w) and _alone(w))


says(
    r"Of the places quoted in dollars, San Francisco is where the job pays best",
    lambda w: SF in dollars(w) and pays_best(w) and len(dollars(w)) > 1,
)
says(r"San Francisco pays more than New York", lambda w: _lower(w, "low") and _lower(w, "high"))
says(
    r"that San Francisco pays best can be checked against New York only, because only these two are quoted in dollars",
    lambda w: set(dollars(w)) == {SF, NY} and pays_best(w),
)
otherwise(
    r"that San Francisco pays best can be checked against places that are quoted in dollars only",
    lambda w: pays_best(w) and SF in dollars(w) and set(dollars(w)) != {SF, NY},
)
says(
    rf"San Francisco runs from {N} to {N}; New York is {N} lower at the bottom",
    lambda w, a, b, gap: (
        shows(a, place(w, SF, "low"))
        and shows(b, place(w, SF, "high"))
        and shows(gap, place(w, SF, "low") - place(w, NY, "low"))
        and _lower(w, "low")
    ),
)
says(
    r"(?:medians but prints|medians, but they are|medians, but printed as|Pay by location \| medians \|) ranges", ranges
)
says(r"the article calls these salary ranges medians", ranges)
says(
    r"Best-paid location \| San Francisco \| London in pounds, not comparable",
    lambda w: pays_best(w) and pounds(w) and SF in dollars(w),
)
otherwise(
    r"Best-paid location \| San Francisco \| London in USD",
    lambda w: pays_best(w) and set(dollars(w)) >= {SF, LONDON},
)
otherwise(r"^Salary range, US dollars(?: ¶|$)", lambda w: len(dollars(w)) == len(w["salary_by_location"]))
says(r"More than one currency, no exchange rate", two_currencies)
says(r"medians \| ranges, in more than one currency", lambda w: ranges(w) and two_currencies(w))
says(r"Salary range; each currency on its own scale", two_currencies)
says(
    r"Highlighted: San Francisco, CA\.",
    lambda w: SF in w["salary_by_location"].words("location"),
)
says(r"Average salary, US dollars", lambda w: True)
