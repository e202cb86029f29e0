"""The Graduate Employment Survey, and what a reader works out from it: years, universities, fields, schools, degrees."""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from statistics import median

from tests.truth.judge import Judge, Rows, Tables
from tests.truth.mutants import number
from tests.truth.shown import plain

JUDGE = Judge()
says, otherwise, passes = JUDGE.says, JUDGE.otherwise, JUDGE.passes
SHORT = {
    "Nanyang Technological University": "NTU",
    "National University of Singapore": "NUS",
    "Singapore Institute of Technology": "SIT",
    "Singapore Management University": "SMU",
    "Singapore University of Social Sciences": "SUSS",
    "Singapore University of Technology and Design": "SUTD",
}
_FIELDS = (
    ("Computing and data", r"Comput|Information|Data Science|Business Analytics|Telematics", ""),
    ("Law", r"Law", ""),
    ("Engineering", r"ngineering|Aircraft|Maritime", ""),
    ("Health", r"Medicine|Nursing|Dental|Pharm|Radio|Radiation|[Tt]herapy", ""),
    (
        "Business",
        r"Account|Business|Finance|Marketing|Supply|Real Estate|Hospitality|Facilities|Human Resource|Transport",
        "",
    ),
    ("Sciences", r"Scien|Chemistry|Physics|Environmental|Food Technology", r"Social Sciences|Architecture"),
)
_COLUMNS = {
    "employed": "employment_rate_overall",
    "permanent": "employment_rate_ft_perm",
    "mean": "gross_monthly_mean",
    "pay": "gross_monthly_median",
    "low": "gross_mthly_25_percentile",
    "high": "gross_mthly_75_percentile",
}


def field_of(degree: str) -> str:
    """A degree's field by the words in its name, as the report's notes say that fields are made."""
    for name, words, without in _FIELDS:
        if re.search(words, degree) and not (without and re.search(without, degree)):
            return name
    return "Arts and social sciences"


def survey_of(path: Path) -> Rows:
    """The file's rows with short names for columns; footnote marks behind names are left out."""
    found = Rows()
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            bare = {name: _without_marks(row[name]) for name in ("university", "school", "degree")}
            told = {short: row[name].strip() for short, name in _COLUMNS.items()}
            short = SHORT.get(bare["university"], bare["university"])
            found.append({"year": row["year"], "short": short, **bare, **told})
    return found


def _without_marks(text: str) -> str:
    return re.sub(r"(?:\s*(?:\*+|#+|\^+))+$|(?<=[a-z])8$", "", text.strip())


def _grouped(rows: Iterable[dict[str, str]], key: Callable[[dict[str, str]], str]) -> dict[str, Rows]:
    groups: dict[str, Rows] = {}
    for row in rows:
        groups.setdefault(key(row), Rows()).append(row)
    return dict(sorted(groups.items()))


def quantile(values: list[Decimal], share: Decimal) -> Decimal:
    """Between the two values around it (Hyndman & Fan 1996, type 7)."""
    ordered = sorted(values)
    at = (len(ordered) - 1) * share
    below = int(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (at - below)


def tables_of(root: Path) -> Tables:
    """Everything that the report speaks of, from the one file."""
    (path,) = sorted((root / "tables").glob("ges_*.csv"))
    survey = survey_of(path)
    published = Rows(row for row in survey if number(row["pay"]) is not None)
    years = Rows(_year(name, rows) for name, rows in _grouped(survey, lambda row: row["year"]).items())
    last = str(max(int(row["year"]) for row in published))
    latest = Rows(
        {**row, "name": f"{row['degree']}, {row['short']}", "field": field_of(row["degree"]),
         "spread": str(Decimal(row["high"]) - Decimal(row["low"]))}
        for row in published if row["year"] == last
    )  # fmt: skip
    tenth = sorted(latest.numbers("pay"), reverse=True)[:10][-1]
    best = Rows(row for row in latest if Decimal(row["pay"]) >= tenth)
    courses = _grouped(published, lambda row: row["university"])
    first = min(int(row["year"]) for row in published)
    universities = Rows(
        _university(name, courses[name], rows, first)
        for name, rows in _grouped(latest, lambda row: row["university"]).items()
    )
    fields = Rows({"field": n, **_middle(rows)} for n, rows in _grouped(latest, lambda row: row["field"]).items())
    schools = Rows({"school": n, **_middle(rows)} for n, rows in _grouped(latest, _school).items())
    gaps = Rows(
        row for row in survey if row["year"] == str(max(int(r["year"]) for r in years)) and number(row["pay"]) is None
    )
    course = Rows(
        {"short": rows[0]["short"], "year": year, **_middle(rows)}
        for its in courses.values() for year, rows in _grouped(its, lambda row: row["year"]).items()
    )  # fmt: skip
    return {
        "survey": survey, "published": published, "years": years, "latest": latest, "best": best, "gaps": gaps,
        "universities": universities, "fields": fields, "schools": schools, "university_years": course,
    }  # fmt: skip


def _school(row: dict[str, str]) -> str:
    if row["school"] == "na":
        return row["university"]
    return row["school"] if row["short"] in row["school"] else f"{row['school']}, {row['short']}"


def _middle(rows: Rows) -> dict[str, str]:
    told = {name: str(median(rows.numbers(name))) for name in ("pay", "employed", "permanent")}
    ends = {"lowest": str(min(rows.numbers("pay"))), "highest": str(max(rows.numbers("pay")))}
    return {"degrees": str(len(rows)), **told, **ends}


def _year(name: str, rows: Rows) -> dict[str, str]:
    with_figures = Rows(row for row in rows if number(row["pay"]) is not None)
    paid = with_figures.numbers("pay")
    return {
        "year": name, "listed": str(len(rows)), "published": str(len(paid)), "unpublished": str(len(rows) - len(paid)),
        "employed": str(median(with_figures.numbers("employed"))),
        "permanent": str(median(with_figures.numbers("permanent"))),
        "low": str(quantile(paid, Decimal("0.25"))), "pay": str(median(paid)), "high": str(quantile(paid, Decimal("0.75"))),
        "best": str(max(paid)),
    }  # fmt: skip


def _university(name: str, rows: Rows, latest: Rows, first: int) -> dict[str, str]:
    course = [(int(y), median(its.numbers("pay"))) for y, its in _grouped(rows, lambda row: row["year"]).items()]
    pauses = sum(b <= a for (_, a), (_, b) in itertools.pairwise(course))
    since, began = course[0]
    return {
        "university": name, "short": SHORT.get(name, name), **_middle(latest), "since": str(since), "began": str(began),
        "late": str(since - first), "steps": str(len(course) - 1), "pauses": str(pauses),
    }  # fmt: skip


def shown_name(text: str) -> str:
    return plain(text).casefold()
