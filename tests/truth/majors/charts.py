"""What charts of the report, the deck and the handout draw: labels, PowerPoint's numbers, and "About these data"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from tests.truth.facts import Printed, amount, count, has_labels
from tests.truth.judge import Rows, Tables, shows, value
from tests.truth.majors.lists import BOTH, all_there, common, ends, judged, pairs, several, with_share
from tests.truth.majors.tables import all_of_them, alone, otherwise, says
from tests.truth.ready import names
from tests.truth.shown import PARAGRAPH

# -- drawn labels -------------------------------------------------------------------------


def _drawn(measure: str, table: Callable[[Tables], Rows], key: str, *columns: tuple[str, str]) -> None:
    """Each name, and each value as it is printed."""

    def labels(rows: Rows) -> list[str]:
        return [
            *rows.words(key),
            *(_printed(row[column], unit) for row in rows for column, unit in columns if row[column]),
        ]

    says(rf"^{measure} ¶ (.*)$", lambda w, drawn: has_labels(drawn, labels(table(w))))


def _printed(told: str, unit: str) -> str:
    true = Decimal(told)
    return f"{true:.1f}%" if unit == "%" else amount(true.normalize() + 0, "$")


_drawn(
    r"Yearly pay of the middle half and its median, in the \w+ most common majors, US dollars",
    common,
    "major",
    ("pay", "$"),
)
_drawn(
    "Median yearly pay of the lowest-paid, the middle and the best-paid major, in fields of two or more, US dollars", several,
    "field", ("middle", "$"),
)  # fmt: skip
_drawn(
    "Each column on a scale of its own; pay in US dollars", lambda w: w["fields"], "field", ("pay", "$"),
    ("unemployment", "%"), ("women_share", "%"),
)  # fmt: skip
_drawn("Unemployed, % of those working or looking for work", lambda w: w["fields"], "field", ("unemployment", "%"))
_drawn("Jobs of recent graduates, %; the others are not classified", lambda w: w["fields"], "field")
_drawn(r"Jobs of recent graduates in the \w+ most common majors, %; the others are not classified", common, "major")
_drawn(
    "Pay of the middle major by share of women among its graduates, US dollars",
    lambda w: w["bands"],
    "band",
    ("pay", "$"),
)
_drawn(
    "Median yearly pay of full-time workers with a bachelor's degree, US dollars", lambda w: w["by_age"], "major",
    ("pay", "$"), ("all_ages", "$"),
)  # fmt: skip
says(
    r"^Unemployed, % of those working or looking for work ¶ .*Allfields([\d.]+%)",
    lambda w, p: shows(p, all_of_them(w, "unemployment")),
)
says(
    r"(\d)of(\d+)dotsarenamed",
    lambda w, n, m: count(m, len(with_share(w))) and int(n) <= len(with_share(w)),
)
says(
    r"^Jobs known to need a degree, % of all jobs; highest (\d+) of (\d+) ¶ (.*)$",
    lambda w, n, m, drawn: count(m, len(judged(w))) and has_labels(
        drawn, [_printed(str(v), "%") for v in sorted(judged(w).numbers("degree_share"), reverse=True)[: int(n)]]
    ),
)  # fmt: skip
says(r"US dollars; (\d+) values in steps of \$5,000(?: ¶|$)", lambda w, n: count(n, len(w["ranked"])))

# -- PowerPoint's numbers -------------------------------------------------------------------


def _exact(column: str) -> Printed:
    """As PowerPoint has it, but for the last of its many digits."""
    return lambda row, text: abs(Decimal(text) - Decimal(row[column])) < Decimal("1e-12")


def _series(title: str, table: Callable[[Tables], Rows], key: str, column: str) -> None:
    says(
        rf"(?:^|¶ ){title}: ([^¶]*=[^¶]*?)(?= ¶|$)",
        lambda w, text: all_there(pairs(table(w), key, text, _exact(column), "; ", "="), table(w), key),
    )


_series("Job needs a degree", judged, "field", "degree_share")
_series("Needs a degree", common, "major", "degree_share")
_series("Does not", common, "major", "other_share")
_series("Others", common, "major", "unclassified")
_series("Pay of the middle major", lambda w: w["bands"], "band", "pay")


def _two_ends(w: Tables, text: str) -> bool:
    """ "Nursing: 39000=1; 58000=1 ¶ …": the middle half, or pay under 28 and at all ages."""
    said: dict[str, list[Decimal]] = {}
    for series in text.split(PARAGRAPH):
        name, _, ends = series.rpartition(": ")
        said[name] = [Decimal(end.partition("=")[0]) for end in ends.split("; ")]
    ages = said.pop("Under 28, All ages", None) is not None
    table, columns = (w["by_age"], ("pay", "all_ages")) if ages else (w["common"], ("low", "high"))
    return said == {row["major"]: [Decimal(row[column]) for column in columns] for row in table}


says(r"^Major: -?\d[^¶]* ¶ (.+)$", _two_ends)

# -- "About these data" -----------------------------------------------------------------------


def _bands_told(w: Tables) -> Rows:
    return w["bands"]


ROWS: Mapping[str, Callable[[Tables], int]] = {
    "Recent graduates by major": lambda w: len(w["majors"]),
    "Workers of all ages by major": lambda w: len(w["ages"]),
    "Majors ranked by pay": lambda w: len(w["ranked"]),
    "Majors with large samples": lambda w: len(w["large"]),
    "Most common majors": lambda w: len(w["common"]),
    "Pay of recent graduates and of all ages": lambda w: len(w["by_age"]),
    "Fields of study": lambda w: len(w["fields"]),
    "Pay by field of study": lambda w: len(w["paid"]),
    "Pay by share of women": lambda w: len(w["bands"]),
    "All recent graduates": lambda w: 1,
}
says(
    rf"(?<=¶ )({'|'.join(ROWS)}) \| [^|]*\| [^|]*\| (\d+) \|",
    lambda w, title, n: count(n, ROWS[title](w)),
)


def without_totals(w: Tables, said: str) -> bool:
    return names(said, [row["major"] for row in w["majors"] if not row["graduates"]])


says(r"(?:^|\. |One gap\. |Gaps\. |\| )([^.|¶⟩]+?) ha(?:s|ve) no totals", without_totals)
says(r"One gap\.", lambda w: sum(not row["graduates"] for row in w["majors"]) == 1)
otherwise(r"Gaps\.", lambda w: sum(not row["graduates"] for row in w["majors"]) > 1)


def _open_in_business(w: Tables) -> bool:
    return alone(w["fields"], "field", "Business", "unclassified")


says(
    r"Many jobs are not classified as needing a degree or not(, above all in business)?",
    lambda w, business: all_of_them(w, "unclassified") > 10 and (not business or _open_in_business(w)),
)
otherwise(
    r"Some jobs are not classified as needing a degree or not(, above all in business)?",
    lambda w, business: all_of_them(w, "unclassified") > 0 and (not business or _open_in_business(w)),
)
says(r"Some samples are very small", lambda w: sum(asked < 10 for asked in w["majors"].numbers("asked")) > 1)
otherwise(
    rf"^Bar chart: Median pay by Major\. (\d+) values, {BOTH}\.", lambda w, n, *said: ends(w["ranked"], "pay", *said)
)


def _against(w: Tables, name: str, one: str, other: str) -> bool:
    """Pay outside of what its own quarters leave for it."""
    row = w["majors"].of("major", name)
    pay, low, high = (Decimal(row[column]) for column in ("pay", "low", "high"))
    told = {value(one), value(other)}
    return (
        (pay < low and told == {pay, low})
        or (pay > high and told == {pay, high})
        or (low > high and told == {low, high})
    )


otherwise(r"([^.|¶⟩]+): (\$[\d,]+) stands against (\$[\d,]+\d)", _against)


# -- where a chart has too many values for a list -------------------------------------------------

for _title, _table, _column in (
    ("Unemployment", lambda w: w["fields"], "unemployment"),
    ("Job needs a degree", judged, "degree_share"),
):
    otherwise(
        rf"^Bar chart: {_title} by Field of study\. (\d+) values, {BOTH}\.",
        lambda w, n, *said, t=_table, c=_column: count(n, len(t(w))) and ends(t(w), c, *said),
    )
otherwise(
    rf"^Stacked bars: Job needs a degree, Job does not by Field of study\. Job needs a degree: {BOTH}; Job does not: {BOTH}",
    lambda w, *said: ends(w["fields"], "degree_share", *said[:4]) and ends(w["fields"], "other_share", *said[4:]),
)
otherwise(
    r"^Bar chart: (Unemployment|Job needs a degree) by Field of study\. \d+ values.+ Highlighted: ((?:[^;]+ \([\d.]+%\)(?:; |, |(?=\.)))+)",
    lambda w, which, text: all(
        shows(
            told, Decimal(w["fields"].of("field", name)["unemployment" if which == "Unemployment" else "degree_share"])
        )
        for name, told in re.findall(r"([^;,(]+) \(([\d.]+%)\)", text)
    ),
)
