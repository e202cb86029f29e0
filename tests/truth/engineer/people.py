"""What the guide says about satisfaction and about women."""

from __future__ import annotations

import itertools

from tests.truth.engineer.tables import AI, ENGINEER, SCIENTIST, N, otherwise, satisfied, says, top, women
from tests.truth.facts import count
from tests.truth.judge import Tables, shows, value

ROLES = [ENGINEER, SCIENTIST, AI]


def _most(w: Tables) -> bool:
    return top(w, "satisfaction", "satisfied")


def _small_steps(w: Tables) -> bool:
    """From one bar to the next, ten points at most."""
    said = sorted(w["satisfaction"].numbers("satisfied"))
    return all(b - a <= 10 for a, b in itertools.pairwise(said)) and len(said) > 1


def _far(w: Tables) -> bool:
    """From the lowest bar to the highest, more than fifteen points."""
    said = w["satisfaction"].numbers("satisfied")
    return max(said) - min(said) > 15


def _lead(w: Tables, own: str, gap: str, role: str) -> bool:
    return (
        shows(gap, satisfied(w, ENGINEER) - satisfied(w, role))
        and value(gap) > 0
        and shows(own, satisfied(w, ENGINEER))
    )


says(
    rf"{N} job satisfaction, also the highest of the (\w+)",
    lambda w, shown, n: (
        shows(shown, satisfied(w, ENGINEER))
        and _most(w)
        and count(n, len(w["satisfaction"]))
        and top(w, "average_salary", "salary")
    ),
)
says(
    rf"{N} job satisfaction, also the highest$",
    lambda w, shown: shows(shown, satisfied(w, ENGINEER)) and _most(w) and top(w, "average_salary", "salary"),
)
says(r"satisfied people, a growing", lambda w: satisfied(w, ENGINEER) > 50)
says(r"Machine learning engineers are the most satisfied", _most)
says(r"Engineers like the job, but fewer than one in three", lambda w: satisfied(w, ENGINEER) > 50)
says(r"Many machine learning engineers like what they do", lambda w: satisfied(w, ENGINEER) > 50)
says(
    rf"puts their job satisfaction at {N}, which is {N} percentage points? above data scientists and {N} percentage "
    "points? above artificial intelligence engineers",
    lambda w, own, a, b: _lead(w, own, a, SCIENTIST) and _lead(w, own, b, AI),
)
says(r"The steps in Figure \d+ are small", _small_steps)
otherwise(r"The roles in Figure \d+ are far apart", _far)
otherwise(r"The steps in Figure \d+ are not (?:all )?small", lambda w: not _small_steps(w))
says(
    rf"Satisfaction is {N} for engineers, {N} percentage points? above data scientists",
    lambda w, own, gap: _lead(w, own, gap, SCIENTIST),
)
says(r"(?<!not )All the roles score high", lambda w: min(w["satisfaction"].numbers("satisfied")) > 60)
otherwise(r"Not all the roles score high", lambda w: min(w["satisfaction"].numbers("satisfied")) < 70)
otherwise(r"The roles score very differently", _far)
says(r"those who do the job report high satisfaction", lambda w: satisfied(w, ENGINEER) > 60)

# -- women -------------------------------------------------------------------------------


def _none_half(w: Tables) -> bool:
    return all(share < 50 for share in w["women"].numbers("share"))


def _three(w: Tables) -> bool:
    return sorted(w["women"].words("job_title")) == sorted(ROLES)


says(rf"{N} of (?:machine learning|the) engineers are women$", lambda w, shown: shows(shown, women(w, ENGINEER)))
says(rf"only {N} are women", lambda w, shown: shows(shown, women(w, ENGINEER)) and women(w, ENGINEER) < 50)
says(
    r"fewer than one in three (?:machine learning engineers )?is a woman",
    lambda w: 0 < women(w, ENGINEER) * 3 < 100,
)
says(r"Women are a minority in all three roles", lambda w: _none_half(w) and _three(w))


def _each(w: Tables, shares: tuple[str, ...]) -> bool:
    return all(shows(text, women(w, role)) for text, role in zip(shares, ROLES, strict=True))


def _closer(w: Tables) -> bool:
    return abs(50 - women(w, SCIENTIST)) < abs(50 - women(w, ENGINEER))


says(
    rf"Of machine learning engineers, {N} are women\. Data science comes closer to balance with {N}; among artificial "
    rf"intelligence engineers the share is {N}",
    lambda w, *shares: _each(w, shares) and _closer(w),
)
otherwise(
    rf"Of machine learning engineers, {N} are women\. In data science it is {N}; among artificial intelligence engineers "
    rf"the share is {N}",
    lambda w, *shares: _each(w, shares) and not _closer(w),
)
says(
    r"calls the share of women low but growing\. The first can be seen in Figure \d+: no bar reaches the dashed line at "
    "half",
    _none_half,
)
says(
    r"there is one figure for each role and no earlier one",
    lambda w: len(set(w["women"].words("job_title"))) == len(w["women"]),
)
says(r"Half 50%|Half50%", lambda w: True)
says(
    rf"{N} of machine learning engineers are women; in data science it is {N}, and in none of the three roles are they "
    "half",
    lambda w, a, b: shows(a, women(w, ENGINEER)) and shows(b, women(w, SCIENTIST)) and _none_half(w) and _three(w),
)
says(r"a field that needs more women", lambda w: women(w, ENGINEER) < 50)
says(r"open its doors wider, to women above all", lambda w: women(w, ENGINEER) < 50)
says(r"to encourage more women to join|to bring in more women", lambda w: women(w, ENGINEER) < 50)
says(
    r"Women(?:'s share| in the field) \| (?:a )?growing(?: share)? \| one figure for each role",
    lambda w: len(set(w["women"].words("job_title"))) == len(w["women"]),
)
says(
    r"gives a single figure for each role, so we cannot check",
    lambda w: len(set(w["women"].words("job_title"))) == len(w["women"]),
)
