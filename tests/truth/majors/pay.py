"""What the report, the deck and the handout say about pay: how it is spread, and who is paid best."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from tests.truth.facts import count
from tests.truth.judge import Rows, Tables, shows, value
from tests.truth.majors.tables import (
    RANKED,
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
from tests.truth.ready import HIGHEST, compared, names, ranked

PAYS = r"(\$\d+(?:,\d{3})*)"
PETROLEUM, _CHEMICAL, _MECHANICAL = "Petroleum engineering", "Chemical engineering", "Mechanical engineering"


def middle_pay(w: Tables) -> Decimal:
    told = sorted(w["ranked"].numbers("pay"))
    half = len(told) // 2
    return told[half] if len(told) % 2 else (told[half - 1] + told[half]) / 2


def top(w: Tables, name: str, lowest: bool = False) -> bool:
    return alone(w["ranked"], "major", name, "pay", lowest)


def most(w: Tables) -> Decimal:
    return max(w["ranked"].numbers("pay"))


def least(w: Tables) -> Decimal:
    return min(w["ranked"].numbers("pay"))


RANKINGS = (("ranked", "major", "pay"), ("paid", "field", "middle"))


def small(w: Tables) -> int:
    return len(w["majors"]) - len(w["ranked"])


# -- the whole -----------------------------------------------------------------------------


says(
    r"First pay differs more than fourfold between majors",
    lambda w: most(w) > 4 * least(w),
)
otherwise(
    r"First pay in the best-paid major is (.+?) that in the lowest-paid(?: \d+)?$",
    lambda w, words: compared(words, most(w), least(w)),
)
says(
    rf"{PAYS} median yearly pay in the middle of (\d+) majors",
    lambda w, p, n: shows(p, middle_pay(w)) and count(n, len(w["ranked"])),
)
says(rf"{PAYS} median yearly pay in the middle major(?=$| ¶)", lambda w, p: shows(p, middle_pay(w)))
says(
    rf"{PAYS} in the best-paid major, ([^(¶]+?)(?: \(sample: ([\d,]+)\))?$",
    lambda w, p, name, n: top(w, name) and shows(p, most(w)) and (n is None or shows(n, of(w, name, "asked"))),
)
says(
    rf"{PAYS} in ([^(¶]+?), best paid \(sample: ([\d,]+)\)$",
    lambda w, p, name, n: top(w, name) and shows(p, most(w)) and shows(n, of(w, name, "asked")),
)
says(
    r"This report looks at (\d+) college majors|recent graduates of (\d+) college majors",
    lambda w, a, b: count(a or b, len(w["majors"])),
)
says(r"The (\d+) majors fall into (\d+) fields of study", lambda w, n, m: (
    count(n, len(w["majors"])) and count(m, len({row["field"] for row in w["majors"]}))
))  # fmt: skip
says(r"The middle major is the one in the middle of (\d+) majors", lambda w, n: count(n, len(w["ranked"])))


def engineers(w: Tables, places: int, n: int) -> bool:
    return exactly(w["ranked"], "pay", places, n, in_field("Engineering"))


says(
    r"Engineering (?:takes|fills) all but one of the ten best-paid places|Engineering takes all but one place",
    lambda w: engineers(w, 10, 9),
)
otherwise(
    r"Engineering (?:takes|fills) (\w+) of the ten (?:best-paid )?places",
    lambda w, n: engineers(w, 10, 10 if n == "all" else int(value(n))),
)
says(
    rf"The ten lowest-paid majors pay {PAYS} or less",
    lambda w, p: shows(p, place(w["ranked"], "pay", 10, lowest=True)),
)

# -- who is counted ----------------------------------------------------------------------


def few_asked(w: Tables) -> int:
    return sum(asked < 10 for asked in w["majors"].numbers("asked"))


says(
    r"In some majors pay rests on very few people: (\d+) in (.+?)\. Rankings",
    lambda w, n, name: shows(n, of(w, name, "asked", "majors")) and int(n) < 10 and few_asked(w) > 1,
)
says(
    r"(?:Rankings by pay list only the|Pay rankings: the) (\d+)(?: of (\d+))? majors with a sample of at least (\d+)",
    lambda w, n, m, least: (
        count(n, len(w["ranked"])) and least == str(RANKED) and (m is None or count(m, len(w["majors"])))
    ),
)
says(r"The other (\d+) stand in Table 2", lambda w, n: count(n, small(w)))
says(r"(\d+) majors are left out of the rankings because too few", lambda w, n: count(n, small(w)))
says(
    r"In (\d+) of (\d+) majors, pay rests on fewer than 30 people",
    lambda w, n, m: count(n, small(w)) and count(m, len(w["majors"])),
)

# -- how pay is spread -------------------------------------------------------------------


def _thirties(w: Tables) -> int:
    return sum(30000 <= pay < 40000 for pay in w["ranked"].numbers("pay"))


def _half(w: Tables) -> bool:
    return _thirties(w) * 2 > len(w["ranked"])


says(
    r"In more than half of the majors, (\d+) of (\d+), the median graduate earns at least \$30,000 and less than \$40,000",
    lambda w, n, m: _half(w) and count(n, _thirties(w)) and count(m, len(w["ranked"])),
)
otherwise(
    r"In (\d+) of (\d+) majors, the median graduate earns at least \$30,000 and less than \$40,000",
    lambda w, n, m: count(n, _thirties(w)) and count(m, len(w["ranked"])),
)
otherwise(
    r"^(\d+) of (\d+) majors pay between \$30,000 and \$40,000$",
    lambda w, n, m: count(n, _thirties(w)) and count(m, len(w["ranked"])),
)
says(r"More than half of the majors pay between \$30,000 and \$40,000", _half)
says(r"Most majors pay much the same at first", _half)


def _few_above(w: Tables) -> bool:
    """Few majors lie in the upper half of the range, and it reaches further up from the middle than down."""
    paid, middle = w["ranked"].numbers("pay"), middle_pay(w)
    above = sum(pay > (max(paid) + min(paid)) / 2 for pay in paid)
    return above * 10 <= len(paid) and max(paid) - middle > middle - min(paid)


says(r"What makes the range so wide are a few majors at its upper end", _few_above)

# -- the best-paid -------------------------------------------------------------------------


def _second_field(w: Tables) -> Decimal:
    return place(w["paid"], "middle", 2)


def no_other_near(w: Tables) -> bool:
    """By a seventh at least."""
    own = field(w, "Engineering", "middle")
    return alone(w["paid"], "field", "Engineering", "middle") and _second_field(w) <= own * Decimal("0.86")


def _best_in_engineering(w: Tables) -> bool:
    return among(w["ranked"], "pay", 1, in_field("Engineering"))[0] == 1


says(r"Engineering pays best, and by a wide margin", lambda w: no_other_near(w) and _best_in_engineering(w))
says(
    rf"Petroleum engineering stands alone at {PAYS}",
    lambda w, p: top(w, PETROLEUM) and shows(p, most(w)) and place(w["ranked"], "pay", 2) * Decimal("1.2") < most(w),
)


def _second(w: Tables, name: str) -> bool:
    rest = Rows(row for row in w["ranked"] if Decimal(row["pay"]) < most(w))
    return len(w["ranked"]) - len(rest) == 1 and alone(rest, "major", name, "pay")


says(
    rf"That is {PAYS} more than chemical engineering, which comes second",
    lambda w, gap: _second(w, _CHEMICAL) and value(gap) > 0 and shows(gap, most(w) - of(w, _CHEMICAL, "pay")),
)
says(
    r"But the figure rests on ([\d,]+) people\. Take it as a sign of very high pay, not as an exact amount",
    lambda w, n: shows(n, of(w, PETROLEUM, "asked")) and of(w, PETROLEUM, "asked") < 100,
)
says(
    rf"Mechanical engineering, at {PAYS}, rests on ([\d,]+)(?=\.)",
    lambda w, p, n: (
        shows(p, of(w, _MECHANICAL, "pay"))
        and shows(n, of(w, _MECHANICAL, "asked"))
        and of(w, _MECHANICAL, "asked") > 3 * of(w, PETROLEUM, "asked")
    ),
)
says(
    r"Petroleum engineering rests on ([\d,]+) people in the survey, so treat the figure as very high rather than exact",
    lambda w, n: shows(n, of(w, PETROLEUM, "asked")) and of(w, PETROLEUM, "asked") < 100 and top(w, PETROLEUM),
)


def _actuaries_alone(w: Tables) -> bool:
    """Nine of the ten places are engineering's, and the tenth is theirs."""
    own = exactly(w["ranked"], "pay", 10, 1, lambda row: row["major"] == "Actuarial science")
    return engineers(w, 10, 9) and own and not in_field("Engineering")(w["ranked"].of("major", "Actuarial science"))


says(
    r"The one major from outside engineering is actuarial science, which the data count under business",
    lambda w: _actuaries_alone(w) and in_field("Business")(w["ranked"].of("major", "Actuarial science")),
)
says(r"the exception is actuarial science", _actuaries_alone)
says(
    rf"One figure, {PAYS}, is shared by (\w+) majors",
    lambda w, p, n: count(n, w["ranked"].numbers("pay").count(value(p))),
)


def _near_list(w: Tables) -> bool:
    own, last = of(w, "Computer science", "pay"), place(w["ranked"], "pay", 10)
    return last * Decimal("0.85") <= own < last


says(
    rf"It stands at {PAYS}, not far below this list",
    lambda w, p: shows(p, of(w, "Computer science", "pay")) and _near_list(w),
)
otherwise(rf"Computer science stands at {PAYS}", lambda w, p: shows(p, of(w, "Computer science", "pay")))
otherwise(HIGHEST, lambda w, *said: any(ranked(w[t], k, c, *said) for t, k, c in RANKINGS))
otherwise(
    r"The first figure rests on ([\d,]+) people\.",
    lambda w, n: shows(n, of(w, _one_top(w), "asked")),
)
otherwise(
    rf"the less exact it is: mechanical engineering, at {PAYS}, rests on ([\d,]+)(?=\.)",
    lambda w, p, n: shows(p, of(w, _MECHANICAL, "pay")) and shows(n, of(w, _MECHANICAL, "asked")),
)
otherwise(
    r"The figure of the best-paid major rests on ([\d,]+) people in the survey",
    lambda w, n: shows(n, of(w, _one_top(w), "asked")),
)


def _one_top(w: Tables) -> str:
    (name,) = [row["major"] for row in w["ranked"] if Decimal(row["pay"]) == most(w)]
    return name


def _listed(w: Tables, said: str, test: Callable[[dict[str, str]], bool]) -> bool:
    """Those of the ten best-paid that a test is true of; of rows that tie for the last place some may be told."""
    last = place(w["ranked"], "pay", 10)
    sure = [row["major"] for row in w["ranked"] if test(row) and Decimal(row["pay"]) > last]
    tied = [row["major"] for row in w["ranked"] if test(row) and Decimal(row["pay"]) == last]
    told = {name for name in (*sure, *tied) if name in said}
    least_, most_ = among(w["ranked"], "pay", 10, test)
    return set(sure) <= told and names(said, sorted(told)) and least_ <= len(told) <= most_


otherwise(
    r"From outside engineering: ([^.]+)\.",
    lambda w, said: _listed(w, said, lambda row: not in_field("Engineering")(row)),
)
says(
    r"Engineering leads the pay list",
    lambda w: _best_in_engineering(w) and among(w["ranked"], "pay", 8, in_field("Engineering"))[0] > 4,
)
