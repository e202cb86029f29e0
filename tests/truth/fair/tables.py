"""The career fair as its files say it: employers, majors, and where booths stand."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.truth.judge import Judge, Rows, Tables
from tests.truth.shown import plain

ROOT = Path(__file__).resolve().parents[3] / "data" / "career-fair"
JUDGE = Judge()
says, otherwise, passes = JUDGE.says, JUDGE.otherwise, JUDGE.passes


def tables_of(root: Path) -> Tables:
    found: Tables = {}
    for name in ("employers", "majors", "hall"):
        with (root / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            found[name] = Rows({key: plain(told) for key, told in row.items()} for row in csv.DictReader(file))
    return found


def listed(cell: str) -> list[str]:
    return [item.strip() for item in cell.split(";")]


def spoken(items: list[str]) -> str:
    """As English lists things."""
    return " and ".join(items) if len(items) < 3 else f"{', '.join(items[:-1])}, and {items[-1]}"


def in_order(booth: str) -> tuple[str, int]:
    return booth[0], int(booth[1:])


def seeking(w: Tables, major: str) -> Rows:
    """Employers that look for a major, in the order of their booths."""
    return in_hall(Rows(row for row in w["employers"] if major in listed(row["majors"])))


def in_hall(rows: Rows) -> Rows:
    return Rows(sorted(rows, key=lambda row: in_order(row["booth"])))


def sought(w: Tables) -> list[str]:
    """Majors that somebody looks for, from A to Z."""
    return sorted(row["major"] for row in w["majors"] if seeking(w, row["major"]))


def hires(rows: Rows) -> int:
    return sum(int(row["hopes_to_hire"]) for row in rows)


def interns(rows: Rows) -> int:
    return sum("Internship" in listed(row["jobs"]) for row in rows)


def sponsors(rows: Rows) -> int:
    return sum(row["sponsors_visas"] == "Yes" for row in rows)
