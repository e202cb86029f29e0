"""The survey of majors as its files publish it, and what a reader works out from it: rankings, fields, shares."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from statistics import median

from tests.truth.judge import Judge, Rows, Tables
from tests.truth.mutants import number

ROOT = Path(__file__).resolve().parents[3] / "data" / "college-majors"
JUDGE = Judge()
says, otherwise, passes = JUDGE.says, JUDGE.otherwise, JUDGE.passes
_PROPER = ("United", "States", "French", "German", "Latin")
_COLUMNS = {
    "field": "Major_category", "graduates": "Total", "women": "Women", "women_share": "ShareWomen",
    "asked": "Sample_size", "employed": "Employed", "unemployed": "Unemployed", "unemployment": "Unemployment_rate",
    "pay": "Median", "low": "P25th", "high": "P75th", "degree": "College_jobs", "other": "Non_college_jobs",
}  # fmt: skip
RANKED, LARGE, MANY = 30, 100, 10
"""People behind the median pay: from how many a major is ranked, its rate stated, and anything of its own shown."""
COMMON = 180_000
"""Graduates of which a major has more where it is one of the most common ones; as many as these are."""
BANDS = ("Under 20%", "20% to 40%", "40% to 60%", "60% to 80%", "80% and more")


def named(capitals: str) -> str:
    """A name in capital letters as a sentence has it."""
    words = capitals.strip().split(" ")
    return " ".join(
        word.title() if word.title() in _PROPER else word.lower() if at else word.capitalize()
        for at, word in enumerate(words)
    )


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if any(row.values())]


def _percent(fraction: str) -> str:
    told = number(fraction)
    return "" if told is None else str(told * 100)


def _share(part: Decimal, whole: Decimal) -> str:
    return str(part * 100 / whole) if whole else ""


def _majors(root: Path) -> Rows:
    found = Rows()
    for row in _read(root / "tables" / "recent-grads.csv"):
        told = {short: row[column].strip() for short, column in _COLUMNS.items()}
        told |= {name: _percent(told[name]) for name in ("women_share", "unemployment")}
        degree, other, employed = (Decimal(number(told[name]) or 0) for name in ("degree", "other", "employed"))
        told |= {"degree_share": _share(degree, employed), "other_share": _share(other, employed)}
        told["unclassified"] = _share(employed - degree - other, employed)
        found.append({"major": named(row["Major"]), **told})
    return found


def whole(rows: Rows) -> dict[str, str]:
    """Shares of all people in these majors, of those whose totals are known."""
    known = Rows(row for row in rows if row["graduates"])
    counted = Rows(row for row in known if row["women"])
    employed, unemployed, degree, other = (
        sum(known.numbers(name), Decimal(0)) for name in ("employed", "unemployed", "degree", "other")
    )
    return {
        "majors": str(len(rows)), "graduates": str(sum(known.numbers("graduates"), Decimal(0))),
        "women_share": _share(sum(counted.numbers("women"), Decimal(0)), sum(counted.numbers("graduates"), Decimal(0))),
        "unemployment": _share(unemployed, unemployed + employed), "degree_share": _share(degree, employed),
        "other_share": _share(other, employed), "unclassified": _share(employed - degree - other, employed),
    }  # fmt: skip


def _grouped(rows: Iterable[dict[str, str]], key: Callable[[dict[str, str]], str]) -> dict[str, Rows]:
    groups: dict[str, Rows] = {}
    for row in rows:
        groups.setdefault(key(row), Rows()).append(row)
    return groups


def middle(rows: Rows) -> str:
    return str(median(rows.numbers("pay"))) if rows else ""


def band(row: dict[str, str]) -> str:
    share = number(row["women_share"])
    return "Not stated" if share is None else BANDS[min(int(share // 20), 4)]


def tables_of(root: Path) -> Tables:
    """Everything that the documents speak of, from the two files."""
    majors = _majors(root)
    ranked = Rows(row for row in majors if Decimal(row["asked"]) >= RANKED)
    common = Rows(row for row in majors if Decimal(row["graduates"] or 0) > COMMON)
    ages = Rows(
        {"major": named(row["Major"]), "pay": row["Median"].strip()} for row in _read(root / "tables" / "all-ages.csv")
    )
    old = {row["major"]: row["pay"] for row in ages}
    in_field = _grouped(ranked, lambda row: row["field"])
    fields = Rows(
        {"field": name, **whole(rows), "pay": middle(in_field.get(name, Rows()))}
        for name, rows in _grouped(majors, lambda row: row["field"]).items()
    )
    paid = Rows(
        {"field": name, "ranked": str(len(rows)), "lowest": str(min(rows.numbers("pay"))), "middle": middle(rows),
         "highest": str(max(rows.numbers("pay")))}
        for name, rows in in_field.items()
    )  # fmt: skip
    shown = Rows(row for row in ranked if row["graduates"])
    return {
        "majors": majors, "ranked": ranked, "common": common, "ages": ages, "fields": fields, "paid": paid,
        "large": Rows(row for row in ranked if Decimal(row["asked"]) >= LARGE),
        "by_age": Rows({**row, "all_ages": old[row["major"]]} for row in common if row["major"] in old),
        "bands": Rows({"band": name, "pay": middle(rows)} for name, rows in _grouped(shown, band).items()),
        "everyone": Rows([whole(majors)]),
    }  # fmt: skip


# -- questions -------------------------------------------------------------------------


def of(w: Tables, name: str, column: str, table: str = "ranked", key: str = "major") -> Decimal:
    (row,) = [row for row in w[table] if row[key].casefold() == name.casefold()]
    return Decimal(row[column])


def all_of_them(w: Tables, column: str) -> Decimal:
    return Decimal(w["everyone"][0][column])


def field(w: Tables, name: str, column: str) -> Decimal:
    """A field, by the name that a sentence or the data give it."""
    return of(w, FIELDS.get(name.casefold(), name), column, "paid" if column in PAID else "fields", "field")


PAID = ("lowest", "middle", "highest", "ranked")
FIELDS = {
    "computing": "Computers & Mathematics", "computers and mathematics": "Computers & Mathematics",
    "the humanities": "Humanities & Liberal Arts", "humanities": "Humanities & Liberal Arts", "the arts": "Arts",
    "law and public policy": "Law & Public Policy", "psychology and social work": "Psychology & Social Work",
}  # fmt: skip


def alone(rows: Rows, key: str, name: str, column: str, lowest: bool = False) -> bool:
    """Whether this row alone has the highest value, or the lowest."""
    told = rows.numbers(column)
    end = min(told) if lowest else max(told)
    own = [row for row in rows if Decimal(row[column]) == end]
    return [row[key].casefold() for row in own] == [FIELDS.get(name.casefold(), name).casefold()]


def place(rows: Rows, column: str, at: int, lowest: bool = False) -> Decimal:
    """The value at a place of a ranking; 1 is the first."""
    return sorted(rows.numbers(column), reverse=not lowest)[at - 1]


def among(
    rows: Rows, column: str, places: int, test: Callable[[dict[str, str]], bool], lowest: bool = False
) -> tuple[int, int]:
    """How many of the first places a test is true of, at least and at most: rows that tie for the last may take it or not."""
    last = place(rows, column, places, lowest)
    within = [row for row in rows if (Decimal(row[column]) < last if lowest else Decimal(row[column]) > last)]
    tied = [row for row in rows if Decimal(row[column]) == last]
    free, sure, yes = places - len(within), sum(map(test, within)), sum(map(test, tied))
    return sure + max(0, free - (len(tied) - yes)), sure + min(free, yes)


def exactly(
    rows: Rows, column: str, places: int, count: int, test: Callable[[dict[str, str]], bool], lowest: bool = False
) -> bool:
    return among(rows, column, places, test, lowest) == (count, count)


def in_field(name: str) -> Callable[[dict[str, str]], bool]:
    return lambda row: row["field"] == FIELDS.get(name.casefold(), name)


def first_rows(rows: Rows, key: str, column: str, said: Sequence[str], places: int, lowest: bool = False) -> bool:
    """Whether these are the first places of a ranking in their order; rows that tie may stand in any."""
    true = {row[key]: Decimal(row[column]) for row in rows}
    told = [true[name] for name in said]
    left = [value for name, value in true.items() if name not in said]
    ends = all(value >= told[-1] for value in left) if lowest else all(value <= told[-1] for value in left)
    ordered = told == sorted(told, reverse=not lowest)
    return len(set(said)) == len(said) == min(places, len(true)) and ordered and ends
