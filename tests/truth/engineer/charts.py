"""What charts and tables list: in alternative texts, in notes, in the appendix, as labels, and as PowerPoint's numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from tests.truth.engineer.tables import JUDGE, employed, hired, job_years, rate_years, role, women
from tests.truth.facts import amount, chart_entries, count, has_labels, lists, number_of, range_of, word_of
from tests.truth.judge import Rows, Tables, shows, value
from tests.truth.shown import PARAGRAPH, plain

says = JUDGE.says

for _table, _column, _title, _value, _unit, _measure in (
    ("average_salary", "salary", "Average salary by job title", "Average salary", "$", "Average salary, US dollars"),
    ("openings", "openings", "Openings by job title", "Openings", "", "Number of openings, place and day not stated"),
    ("satisfaction", "satisfied", "Job satisfaction", "Job satisfaction", "%", "Job satisfaction, %"),
    ("women", "share", "Share of women", "Share of women", "%", "Share of women, %"),
):
    chart_entries(
        says, lambda w, t=_table: w[t], (_title, "Job title", _value), "job_title", number_of(_column, _unit), _measure,
        lambda rows, c=_column, u=_unit: [*rows.words("job_title"), *(amount(v, u) for v in rows.numbers(c))],
        _table != "women",
    )  # fmt: skip
    if _table != "women":
        says(
            rf"^{_value}: ([^;]*=.*)$",
            lambda w, text, t=_table, c=_column: lists(w[t], text, "job_title", number_of(c), "; ", "="),
        )
for _table, _column, _title, _value, _unit, _measure in (
    ("jobs_by_year", "jobs", "Jobs by year", "Jobs", "", "Machine learning engineer jobs, place not stated"),
    ("growth", "rate", "Projected sector growth rate", "Projected growth rate", "%",
     "Projected growth rate of the machine learning sector, %"),
):  # fmt: skip
    chart_entries(
        says, lambda w, t=_table: w[t], (_title, "Year", _value), "year", number_of(_column, _unit), _measure,
        lambda rows: rows.words("year"),
    )  # fmt: skip
    says(
        rf"^{_value}: ([^;]*=.*)$",
        lambda w, text, t=_table, c=_column: lists(w[t], text, "year", number_of(c), "; ", "="),
    )

_SALARY = range_of("low", "high", {"USD": "$", "GBP": "£", "EUR": "€"}, "currency")


def _places(w: Tables, text: str, between: str, within: str) -> bool:
    return lists(w["salary_by_location"], text, "location", _SALARY, between, within)


says(r"Ranges: Salary range by Location\. (.+?)\.(?= Highlighted|$)", lambda w, text: _places(w, text, "; ", ": "))
says(r"Salary ranges by location: ¶ (.+?)(?: ¶ Sources?: .*)?$", lambda w, text: _places(w, text, PARAGRAPH, ": "))
says(
    r"Salary ranges by location ¶ Location \| Salary range ¶ (.+)$",
    lambda w, text: _places(w, text, PARAGRAPH, " | "),
)
says(
    r"^Salary range; each currency on its own scale ¶ (.*)$",
    lambda w, text: has_labels(text, w["salary_by_location"].words("location")) and _currencies(w, text),
)


def _currencies(w: Tables, text: str) -> bool:
    """Each currency is named where there are two of them, and none that is not there."""
    named = {"USD": "USdollars" in text, "GBP": "Britishpounds" in text}
    said = {row["currency"] for row in w["salary_by_location"]}
    return (
        all(named.get(currency, True) for currency in said)
        if len(said) > 1
        else named[min(said)] == any(named.values())
    )


def _drawn_ranges(w: Tables, text: str) -> bool:
    """ "New York, NY: 115000=2; 160000=2", the place on the other axis behind each end."""
    said = {series.rpartition(": ")[0]: series.rpartition(": ")[2] for series in text.split(PARAGRAPH)}
    true = {row["location"]: [Decimal(row["low"]), Decimal(row["high"])] for row in w["salary_by_location"]}
    return {name: [value(end.partition("=")[0]) for end in ends.split("; ")] for name, ends in said.items()} == true


JUDGE.otherwise(r"^Location: [^¶]*=[^¶]* ¶ (.+)$", _drawn_ranges)

# -- skills, education, certifications ----------------------------------------------


def _levels(w: Tables, text: str) -> bool:
    """ "Advanced: Python, Machine Learning Algorithms; Intermediate: R"."""
    said = {(name.strip(), part.partition(": ")[0]) for part in text.split("; ")
            for name in part.partition(": ")[2].split(", ")}  # fmt: skip
    return said == {(plain(row["skill"]), row["proficiency"]) for row in w["skills"]}


def _skills(w: Tables, text: str, within: str) -> bool:
    return lists(w["skills"], text, "skill", word_of("proficiency"), PARAGRAPH, within)


says(r"Levels: Proficiency by Skill, from Basic to Advanced\. (.+?)\.(?= Highlighted|$)", _levels)
says(r"Required skills: ¶ (.+?)(?: ¶ Sources?: .*)?$", lambda w, text: _skills(w, text, ": "))
says(r"Required skills ¶ Skill \| Proficiency ¶ (.+)$", lambda w, text: _skills(w, text, " | "))
says(
    r"^Proficiency asked for ¶ (.*)$",
    lambda w, text: has_labels(text, [*w["skills"].words("skill"), "Basic", "Intermediate", "Advanced"]),
)
says(
    r"Job title \| Educational requirement ¶ (.+)$",
    lambda w, text: lists(w["education"], text, "job_title", word_of("requirement"), PARAGRAPH, " | "),
)
says(
    r"Certification \| Certifying organization ¶ (.+)$",
    lambda w, text: lists(w["certifications"], text, "certification", word_of("organization"), PARAGRAPH, " | "),
)

# -- industries: two tables in one chart ---------------------------------------------


def _share_list(rows: Rows, text: str, between: str, within: str) -> bool:
    """Each industry, and the rest that is not stated."""
    items = [item for item in text.split(between) if not item.casefold().startswith("not stated")]
    rest = [item for item in text.split(between) if item.casefold().startswith("not stated")]
    left = 100 - sum(rows.numbers("share"), Decimal(0))
    told = sum((value(item.rpartition(within)[2]) for item in rest), Decimal(0))
    return told == left and lists(rows, between.join(items), "industry", number_of("share", "%"), between, within)


says(
    r"Stacked bars: Percentage by Counted\. Hired \((.+?)\); Employed \((.+?)\)\.",
    lambda w, a, b: (
        _share_list(w["top_industries"], a, ", ", ": ") and _share_list(w["industries_employed"], b, ", ", ": ")
    ),
)
says(
    r"Parts of a whole: Percentage by Industry\. (.+?)\.(?= Highlighted|$)",
    lambda w, text: _share_list(w["top_industries"], text, "; ", ": "),
)


def _by_series(w: Tables, text: str) -> bool:
    """ "Technology: Hired=35; Employed=40 ¶ …": PowerPoint's numbers."""
    said: dict[str, dict[str, Decimal]] = {"Hired": {}, "Employed": {}}
    for series in text.split(PARAGRAPH):
        name, _, pairs = series.partition(": ")
        for pair in pairs.split("; "):
            who, _, told = pair.partition("=")
            if told and name != "Not stated":
                said[who][name] = value(told)
    return said == {"Hired": _shares(w["top_industries"]), "Employed": _shares(w["industries_employed"])}


def _shares(rows: Rows) -> dict[str, Decimal]:
    return {row["industry"]: Decimal(row["share"]) for row in rows}


def _grid(w: Tables, text: str) -> bool:
    """The appendix's grid: industries across, the two tables down."""
    rows = [row.split(" | ") for row in text.split(PARAGRAPH)]
    said = {
        row[0]: {name: value(told) for name, told in zip(rows[0][1:], row[1:], strict=True) if re.search(r"\d", told)}
        for row in rows[1:]
    }
    return said == {"Hired": _shares(w["top_industries"]), "Employed": _shares(w["industries_employed"])}


def _long(w: Tables, text: str) -> bool:
    """ "Hired: Industry Technology, Percentage 35%", line by line."""
    told = re.findall(r"(Hired|Employed): Industry (.+?), Percentage ([\d.]+)%", text)
    both = {"Hired": _shares(w["top_industries"]), "Employed": _shares(w["industries_employed"])}
    said: dict[str, dict[str, Decimal]] = {who: {n: Decimal(v) for x, n, v in told if x == who} for who in both}
    return said == both and len(told) == text.count(PARAGRAPH) + 1


says(r"^(\w[\w ]*: Hired=.*)$", _by_series)
says(r"Industries in both tables: Percentage ¶ (Counted \| .+)$", _grid)
says(r"Industries in both tables: ¶ (.+?)(?: ¶ Sources?: .*)?$", _long)
says(
    r"^Machine learning engineers by industry, % ¶ (.*)$",
    lambda w, text: has_labels(text, ["Hired", "Employed", *w["top_industries"].words("industry")]),
)
says(
    r"^Percentage by hiring industry ¶ (.*)$",
    lambda w, text: has_labels(text, [f"{v}%" for v in w["top_industries"].numbers("share")]),
)

# -- one share of a whole, what stands out, differences beside a chart ----------------

says(
    r"of machine learning engineers are women: ([\d.]+%)",
    lambda w, share: shows(share, women(w, "Machine Learning Engineer")),
)
says(r"Share of women; one square is (\d+)%", lambda w, one: one == "1")

_BARS = {"average_salary": "salary", "openings": "openings", "satisfaction": "satisfied"}


def _ahead(w: Tables, first: str, unit: str, gap: str, second: str) -> bool:
    """A bar's lead over the next one: of which table, its unit and size say."""
    tables = {"$": ["average_salary"], "percentage points ": ["satisfaction"], "percentage point ": ["satisfaction"]}

    def true(table: str) -> bool:
        column = _BARS[table]
        lead = w[table].number("job_title", role(first), column)
        others = [v for row, v in zip(w[table], w[table].numbers(column), strict=True) if row["job_title"] != first]
        behind = w[table].number("job_title", role(second), column)
        return lead - behind == value(gap) and behind == max(others) < lead

    return any(true(table) for table in tables.get(unit, ["openings"]))


_ROLE = "(Machine Learning Engineer|Data Scientist|Artificial Intelligence Engineer|Amber Lane)"
says(rf"^{_ROLE} \$([\d,.]+) more than {_ROLE}$", lambda w, a, n, b: _ahead(w, a, "$", n, b))
says(rf"^{_ROLE} ([\d,.]+) (percentage points? )more than {_ROLE}$", lambda w, a, n, unit, b: _ahead(w, a, unit, n, b))
says(rf"^{_ROLE} ([\d,.]+) more than {_ROLE}$", lambda w, a, n, b: _ahead(w, a, "", n, b))


def _since(rows: Rows, column: str, last: str, gap: str, first: str, sign: int = 1) -> bool:
    values, years = rows.by_time("year", column), rows.by_time("year", "year")
    ends = years[-1] == value(last) and years[0] == value(first)
    return ends and (values[-1] - values[0]) * sign == value(gap) > 0


says(r"^(\d{4}) ([\d,.]+) more than in (\d{4})$", lambda w, y, n, x: _since(w["jobs_by_year"], "jobs", y, n, x))
says(
    r"^(\d{4}) ([\d,.]+) percentage points? more than in (\d{4})$",
    lambda w, y, n, x: _since(w["growth"], "rate", y, n, x),
)
JUDGE.otherwise(
    r"^(\d{4}) ([\d,.]+) (?:less|fewer) than in (\d{4})$",
    lambda w, y, n, x: _since(w["jobs_by_year"], "jobs", y, n, x, -1),
)
JUDGE.otherwise(
    r"^(\d{4}) ([\d,.]+) percentage points? (?:less|fewer) than in (\d{4})$",
    lambda w, y, n, x: _since(w["growth"], "rate", y, n, x, -1),
)

# -- what "About these data" says of each table ---------------------------------------


def _years(w: Tables, first: str, last: str) -> bool:
    """Of jobs or of growth: from the earliest year to the latest."""
    said = [int(first), int(last)]
    return any([years[0], years[-1]] == said for years in (job_years(w), rate_years(w)))


says(r"\| (\d{4})–(\d{4}) \|", _years)
says(r"Source: not stated, (\d{4})–(\d{4})", _years)
JUDGE.otherwise(r"\| (\d{4}) \| \d+ \|", lambda w, year: _years(w, year, year))

_ROWS: Mapping[str, str] = {
    "Jobs by year": "jobs_by_year", "Top hiring industries": "top_industries",
    "Salary ranges by location": "salary_by_location", "Average base pay": "base_pay",
    "Average salary by job title": "average_salary", "Openings by job title": "openings", "Required skills": "skills",
    "Educational requirements": "education", "Top employing industries": "industries_employed",
    "Projected sector growth rate": "growth", "Job satisfaction": "satisfaction", "Share of women": "women",
    "Certification options": "certifications",
}  # fmt: skip
says(
    rf"¶ ({'|'.join(_ROWS)}) \| [^|]*\| [^|]*\| (\d+) \|",
    lambda w, title, rows: count(rows, len(w[_ROWS[title]])),
)
says(
    r"¶ Industries in both tables \| [^|]*\| [^|]*\| (\d+) \|",
    lambda w, rows: count(rows, len(w["top_industries"]) + len(w["industries_employed"])),
)


def _here(w: Tables, industry: str, here: str, there: str, other: str) -> bool:
    pair = (hired(w, industry), employed(w, industry))
    own, another = pair if other == "Top employing industries" else pair[::-1]
    return own != another and shows(here, own) and shows(there, another)


says(r"(\w+): ([\d.]+%) here, ([\d.]+%) in \"(Top \w+ industries)\"", _here)
says(r"Computed from: Share of women \| – \| (\d+) \|", lambda w, rows: rows == "1")
