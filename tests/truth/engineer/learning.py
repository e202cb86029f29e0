"""What the guide says about skills, degrees and certifications."""

from __future__ import annotations

from tests.truth.engineer.tables import ENGINEER, java, large, level, otherwise, same_degree, says
from tests.truth.facts import count
from tests.truth.judge import Tables
from tests.truth.ready import names
from tests.truth.shown import plain

ALGORITHMS = "Machine Learning Algorithms"


def _count(table: str):
    return lambda w, n: count(n, len(w[table]))


def _skill(w: Tables, name: str) -> str:
    return w["skills"].of("skill", name)["proficiency"]


def _python_first(w: Tables) -> bool:
    return level(w, "Python") == 2


# -- skills ------------------------------------------------------------------------------

says(r"says how much is expected, for (\w+) skills only", _count("skills"))
says(r"This table covers (\w+) skills only", _count("skills"))
says(
    r"Python and algorithms at an advanced level, R one step lower",
    lambda w: level(w, "Python") == level(w, ALGORITHMS) == 2 and level(w, "R") == 1,
)
says(
    r"leaves out statistics, data preparation and visualization",
    lambda w: (
        not any(
            word in row["skill"].casefold() for row in w["skills"] for word in ("statistic", "preparation", "visuali")
        )
    ),
)
says(
    r"The step \"Basic\" was added here to show the order|the step \"Basic\" was added to show the order|"
    r"it is added here",
    lambda w: all(row["proficiency"] != "Basic" for row in w["skills"]),
)
says(r"\"Basic\" is not named", lambda w: all(row["proficiency"] != "Basic" for row in w["skills"]))


def _java(w: Tables, said: str) -> bool:
    return said.rstrip(",.") == _skill(w, "Java")


def _r(w: Tables, said: str) -> bool:
    return said == _skill(w, "R") != "Advanced"


says(
    r"Text and table disagree\. The text asks for strong R and strong Java\. The table rates R \"(\w+)\" and does not "
    "mention Java",
    lambda w, r: _r(w, r) and not java(w),
)
otherwise(
    r"Text and table disagree\. The text asks for strong R and strong Java\. The table rates R \"(\w+)\" and Java \"(\w+)\"",
    lambda w, r, j: _r(w, r) and _java(w, j),
)
says(r"start with Python: both agree on it", _python_first)
says(
    r"expected at the level \"(\w+),\" R at \"(\w+)\.\"",
    lambda w, a, r: a == _skill(w, "Python") == _skill(w, ALGORITHMS) and r == _skill(w, "R"),
)
says(
    r"The article's own text is stricter about R and also asks for Java, so there is a contradiction",
    lambda w: level(w, "R") < 2 and not java(w),
)
otherwise(r"The article's own text asks for strong R and strong Java", lambda w: level(w, "R") == 2 or java(w))
says(r"R and Java \| [^|]+ \| R \"(\w+),\" no Java", lambda w, r: r == _skill(w, "R") != "Advanced" and not java(w))
otherwise(
    r"R and Java \| [^|]+ \| R \"(\w+),\" Java \"(\w+)",
    lambda w, r, j: _r(w, r) and _java(w, j),
)
says(r"R is strong, and Java included, in the text only", lambda w: level(w, "R") < 2 and not java(w))
says(
    r"skills table is milder: it rates R \"(\w+)\" and leaves Java out",
    lambda w, r: r == _skill(w, "R") != "Advanced" and not java(w),
)
otherwise(
    r"skills table (?:is milder: it )?rates R \"(\w+)\" and Java \"(\w+)\"",
    lambda w, r, j: r == _skill(w, "R") and _java(w, j),
)
says(r"The skills table rates R \"(\w+)\" and leaves Java out", lambda w, r: r == _skill(w, "R") and not java(w))
says(
    r"Python first, then R or Java",
    lambda w: all(level(w, "Python") >= level(w, name) for name in ("R", *(["Java"] if java(w) else []))),
)
says(r"Start with Python; every part of the article agrees on it", _python_first)
says(
    r"Highlighted: Python, Machine Learning Algorithms\.",
    lambda w: {"Python", ALGORITHMS} <= set(w["skills"].words("skill")),
)

# -- degrees -----------------------------------------------------------------------------


def _requirement(w: Tables, said: str) -> bool:
    return said.rstrip(".,") == plain(w["education"].of("job_title", ENGINEER)["requirement"])


def _higher(w: Tables) -> bool:
    """What the table asks of engineers is more than the bachelor's degree that the text calls typical."""
    return "bachelor" not in w["education"].of("job_title", ENGINEER)["requirement"].casefold() and _requirement(
        w, "Master's or PhD"
    )


says(r"One table asks every role for a higher degree", same_degree)
says(r"The degree question has two answers", _higher)
says(
    r"typically hold an advanced degree in .{5,60}, and its table asks the same of all (\w+) roles",
    lambda w, n: same_degree(w) and count(n, len(w["education"])),
)
says(
    r"The table says \"(.+?)\" for all (\w+) roles\. In another place the same article calls a bachelor's degree the "
    "typical requirement",
    lambda w, said, n: (
        all(plain(row["requirement"]) == said for row in w["education"])
        and count(n, len(w["education"]))
        and _higher(w)
    ),
)
says(r"the same article calls a bachelor's degree the typical requirement\. Both may hold", _higher)
says(r"elsewhere, the same article says a bachelor's degree", _higher)
says(r"The article also calls a bachelor's degree the typical requirement", _higher)
says(r"the article's table says \"(.+?)\"", lambda w, said: _requirement(w, said))
says(r"A table in the article says \"(.+?)\"", lambda w, said: _requirement(w, said))
says(
    r"The article gives two answers, and you should know both\. A bachelor's degree is called typical in one place; "
    r"\"(.+?)\" is listed in another",
    lambda w, said: _requirement(w, said) and _higher(w),
)
says(
    r"Degree \| bachelor's, in an answer \| (.+?)(?:, in a table)?(?= ¶)",
    lambda w, said: _requirement(w, said) and _higher(w),
)

# -- certifications ----------------------------------------------------------------------

says(
    r"Here are the (\w+) that the article lists, each from a large technology company",
    lambda w, n: count(n, len(w["certifications"])) and large(w),
)
says(
    r"The article lists (\w+) certifications, all from large technology companies",
    lambda w, n: count(n, len(w["certifications"])) and large(w),
)


def _organizations(w: Tables, n: str, listed: str) -> bool:
    """As many certifications, from all of these and no other."""
    true = w["certifications"].words("organization")
    return count(n, len(true)) and names(listed, sorted(set(true)))


says(r"The article lists (\w+), from ([^.]+?)\. Ask a recruiter", _organizations)
otherwise(r"Here are the (\w+) that the article lists, from ([^.]+?)\.", _organizations)
otherwise(r"The article lists (\w+) certifications, from ([^.]+?)\.", _organizations)
