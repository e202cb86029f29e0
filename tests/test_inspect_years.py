"""A year of two digits names no century: inspect says how it reads it, or asks which is meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from data.inspection.columns.dates import date_format
from generate import app


@pytest.mark.parametrize(
    ("texts", "format_of"),
    [
        (("Jan-26", "Feb-26", "Mar-26"), "%b-%y"),
        (("01.02.26", "13.04.25", "05.06.24"), "%d.%m.%y"),
        (("1/13/26", "2/14/26", "3/15/26"), "%m/%d/%y"),
    ],
)
def test_a_century_that_the_file_does_not_name_is_asked(texts: tuple[str, ...], format_of: str) -> None:
    found = date_format(texts, frozenset({"date"}))
    assert found is not None
    assert (found.format, found.guess) == (format_of, True)
    assert "26 is read as 2026, and 69 to 99 as 1969 to 1999" in found.reasons[0]


@pytest.mark.parametrize(
    ("first", "second", "header", "meant"),
    [
        ("FY25", "FY24", "Budget", '"2025"'),
        ("'25", "'24", "Cohort", '"2025"'),
        ("98", "99", "Year", '"1998"'),
        ("24/25", "23/24", "Cohort", '"2024/25"'),
        ("Fall 25", "Fall 24", "Term", '"2025"'),
        ("Sept 25", "Okt 25", "Month", '"YYYY-MM-DD"'),
        ("janv-26", "févr-26", "Mois", '"YYYY-MM-DD"'),
        ("26-01-02", "26-01-03", "Date", '"YYYY-MM-DD"'),
    ],
)
def test_a_year_of_two_digits_is_asked(first: str, second: str, header: str, meant: str, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(f"{header},n\n{first},150\n{second},170\n", "utf-8")
    said = " ".join(CliRunner().invoke(app, ["inspect", str(tmp_path / "t.csv")]).output.replace("#", " ").split())
    assert f"'{first}' has a year of two digits: which is meant?" in said
    assert f'labels = {{ "{first}" = {meant} }}' in said


@pytest.mark.parametrize(
    "texts", [("A10", "B12"), ("12", "14"), ("2024/25", "2023/24"), ("10/14", "15/19"), ("Room 12", "Room 14")]
)
def test_what_is_no_year_is_not_asked_for_one(texts: tuple[str, str], tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(f"Group,n\n{texts[0]},150\n{texts[1]},170\n", "utf-8")
    assert "two digits" not in CliRunner().invoke(app, ["inspect", str(tmp_path / "t.csv")]).output
