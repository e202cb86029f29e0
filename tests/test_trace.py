"""Trace: a printed value leads back to its cells."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from data.errors import Place
from generate import app
from reports.runs.trace import Trace


def trace(text: str, root: Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["trace", text, str(root)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def test_a_value_is_found_in_every_document_with_its_cell(small_project: Path) -> None:
    code, output = trace("$120,000", small_project)
    assert code == 0
    lines = output.splitlines()
    assert lines[:2] == [
        "report.pdf: story/report.md:3 (An engineer earns $120,000.)",
        "    from tables/pay.csv:2 salary",
    ]
    assert "handout.pdf: story/handout.md:5" in output
    assert "deck.pptx: story/deck.md:5 (chart pay, Engineers earn more: Engineer)" in output


def test_a_difference_comes_from_two_cells(small_project: Path) -> None:
    assert "from tables/pay.csv:2 salary, tables/pay.csv:3 salary" in trace("$10,000", small_project)[1]


def test_a_value_that_stands_nowhere_is_told_with_similar_ones(small_project: Path) -> None:
    code, output = trace("$120,001", small_project)
    assert code == 2
    assert "no document shows '$120,001'" in output
    assert "Shown are: $120,000" in output


def test_a_sum_of_many_cells_names_the_first_and_counts_the_rest() -> None:
    cells = tuple(f"pay.csv:{line} pay" for line in range(2, 102))
    found = str(Trace("report.pdf", Place("report.md", 3), "All", cells))
    assert found.endswith("pay.csv:13 pay, and 88 more")
    assert "pay.csv:14 pay" in str(Trace("report.pdf", Place("report.md", 3), "All", cells[:13]))
