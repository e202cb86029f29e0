"""The tables behind the guide to machine learning engineers, by what its sentences ask of them."""

from __future__ import annotations

import itertools
from decimal import Decimal
from pathlib import Path

from tests.truth.judge import Judge, Rows, Tables

ROOT = Path(__file__).resolve().parents[3] / "data" / "machine-learning-engineer"
ENGINEER, SCIENTIST, AI = "Machine Learning Engineer", "Data Scientist", "Artificial Intelligence Engineer"
ROLES = {
    "machine learning engineers": ENGINEER, "machine learning engineer": ENGINEER, "engineers": ENGINEER,
    "the engineers": ENGINEER, "engineer": ENGINEER, "data scientists": SCIENTIST, "data scientist": SCIENTIST,
    "data science": SCIENTIST, "artificial intelligence engineers": AI, "artificial intelligence engineer": AI,
}  # fmt: skip
N = r"((?>-?[$£]?-?\d+(?:,\d{3})*(?:\.\d+)?(?:%|×)?))"
"""A number as it is printed."""
LARGE_COMPANIES = {"google", "ibm", "microsoft", "amazon", "meta", "apple", "oracle", "nvidia"}
PUBLISHED = 2026

JUDGE = Judge()
says, otherwise, passes = JUDGE.says, JUDGE.otherwise, JUDGE.passes


# -- the tables, by what is asked of them ----------------------------------------------


def pay(w: Tables, role: str) -> Decimal:
    return w["average_salary"].number("job_title", role, "salary")


def satisfied(w: Tables, role: str) -> Decimal:
    return w["satisfaction"].number("job_title", role, "satisfied")


def openings(w: Tables, role: str) -> Decimal:
    return w["openings"].number("job_title", role, "openings")


def women(w: Tables, role: str) -> Decimal:
    return w["women"].number("job_title", role, "share")


def hired(w: Tables, industry: str) -> Decimal:
    return w["top_industries"].number("industry", industry, "share")


def employed(w: Tables, industry: str) -> Decimal:
    return w["industries_employed"].number("industry", industry, "share")


def place(w: Tables, location: str, end: str) -> Decimal:
    return w["salary_by_location"].number("location", location, end)


SF, NY, LONDON = "San Francisco, CA", "New York, NY", "London, UK"


def jobs(w: Tables) -> list[Decimal]:
    return w["jobs_by_year"].by_time("year", "jobs")


def job_years(w: Tables) -> list[Decimal]:
    return w["jobs_by_year"].by_time("year", "year")


def rates(w: Tables) -> list[Decimal]:
    return w["growth"].by_time("year", "rate")


def rate_years(w: Tables) -> list[Decimal]:
    return w["growth"].by_time("year", "year")


def level(w: Tables, skill: str) -> int:
    return ["Basic", "Intermediate", "Advanced"].index(w["skills"].of("skill", skill)["proficiency"])


def low(w: Tables) -> Decimal:
    return w["base_pay"].number("job_title", ENGINEER, "low")


def high(w: Tables) -> Decimal:
    return w["base_pay"].number("job_title", ENGINEER, "high")


def top(w: Tables, table: str, column: str, role: str = ENGINEER, key: str = "job_title") -> bool:
    return w[table].is_top(key, role, column)


def rising(values: list[Decimal]) -> bool:
    return len(values) > 1 and all(a < b for a, b in itertools.pairwise(values))


def same_degree(w: Tables) -> bool:
    """Every role, and a higher degree than a bachelor's."""
    return all(row["requirement"] == "Master’s or PhD" for row in w["education"])


def java(w: Tables) -> bool:
    return any("java" in row["skill"].casefold() for row in w["skills"])


def ranges(w: Tables) -> bool:
    return all(Decimal(row["low"]) < Decimal(row["high"]) for row in w["salary_by_location"])


def dollars(w: Tables) -> list[str]:
    return [row["location"] for row in w["salary_by_location"] if row["currency"] == "USD"]


def pounds(w: Tables) -> bool:
    return w["salary_by_location"].of("location", LONDON)["currency"] == "GBP"


def two_currencies(w: Tables) -> bool:
    return {row["currency"] for row in w["salary_by_location"]} == {"USD", "GBP"}


def pays_best(w: Tables, where: str = SF) -> bool:
    """At both ends above every other place that is quoted in the same currency."""
    own = w["salary_by_location"].of("location", where)
    others = [row for row in w["salary_by_location"] if row["currency"] == own["currency"] and row is not own]
    return all(Decimal(row[end]) < Decimal(own[end]) for row in others for end in ("low", "high"))


def technology_first(w: Tables) -> bool:
    return all(top(w, t, "share", "Technology", "industry") for t in ("top_industries", "industries_employed"))


def same_order(w: Tables) -> bool:
    """Of the industries that both tables name, which are three at least."""
    both = set(w["top_industries"].words("industry")) & set(w["industries_employed"].words("industry"))

    def order(table: Rows) -> list[list[str]]:
        rows = [row for row in table if row["industry"] in both]
        by = sorted({Decimal(row["share"]) for row in rows}, reverse=True)
        return [sorted(row["industry"] for row in rows if Decimal(row["share"]) == share) for share in by]

    return len(both) > 2 and order(w["top_industries"]) == order(w["industries_employed"])


def sums(w: Tables) -> tuple[Decimal, Decimal]:
    hired_, employed_ = (sum(w[t].numbers("share"), Decimal(0)) for t in ("top_industries", "industries_employed"))
    return hired_, employed_


def role(text: str) -> str:
    return ROLES[text.casefold()]


def large(w: Tables) -> bool:
    return all(row["organization"].casefold() in LARGE_COMPANIES for row in w["certifications"])
