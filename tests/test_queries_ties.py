"""A LIMIT that parts rows of one place in the order is told: chance would decide which of them are shown."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from generate import app
from tests.reading import read

PAY = "major,pay,n\nArt,30,1\nDance,40,2\nLaw,50,3\nMusic,40,4\nNursing,70,5\nPhysics,40,6\n"


def told(folder: Path, query: str, content: str = PAY) -> list[str]:
    (folder / "s.csv").write_text(content, "utf-8")
    return [str(p) for p in read(folder, query=query, sources={"s": {"file": "s.csv"}}).warnings]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT major, pay FROM s ORDER BY pay DESC LIMIT 3",
        "SELECT major, pay FROM s ORDER BY 2 DESC LIMIT 4",
        "SELECT major, pay FROM s ORDER BY pay DESC LIMIT 2 OFFSET 1",
        "SELECT major FROM s ORDER BY pay DESC LIMIT 3",
        "SELECT major FROM s ORDER BY abs(pay) DESC LIMIT 3",
        "SELECT major, SUM(pay) AS total FROM s GROUP BY major ORDER BY SUM(pay) DESC LIMIT 3",
        "SELECT major, pay FROM s ORDER BY pay DESC LIMIT 50%",
        "SELECT major, pay FROM s UNION SELECT major, pay FROM s ORDER BY pay DESC LIMIT 3",
        "SELECT * FROM (SELECT major, pay FROM s ORDER BY pay DESC LIMIT 3) AS top ORDER BY major",
        "SELECT * FROM (SELECT * FROM s ORDER BY pay DESC LIMIT 3) AS top ORDER BY major",
        "WITH top AS (SELECT major, pay FROM s ORDER BY pay DESC LIMIT 3) SELECT major FROM top ORDER BY major",
    ],
)
def test_a_limit_through_a_tie_is_told(query: str, tmp_path: Path) -> None:
    (said,) = told(tmp_path, query)
    assert "LIMIT leaves out" in said
    assert "ORDER BY has them in one place" in said


@pytest.mark.parametrize(
    "query",
    [
        "SELECT major, pay FROM s QUALIFY ROW_NUMBER() OVER (ORDER BY pay DESC) <= 3 ORDER BY pay DESC",
        "SELECT major FROM (SELECT major, ROW_NUMBER() OVER (ORDER BY pay DESC) AS r FROM s) WHERE r <= 3 ORDER BY major",
        "SELECT major, ROW_NUMBER() OVER (ORDER BY pay DESC) AS place FROM s ORDER BY place",
    ],
)
def test_rows_that_are_numbered_by_chance_are_told(query: str, tmp_path: Path) -> None:
    (said,) = told(tmp_path, query)
    assert "ROW_NUMBER gives rows that ORDER BY has in one place their numbers by chance" in said


@pytest.mark.parametrize(
    "query",
    [
        "SELECT major, pay FROM s QUALIFY ROW_NUMBER() OVER (ORDER BY pay DESC) <= 2 ORDER BY pay DESC",
        "SELECT major, pay FROM s QUALIFY ROW_NUMBER() OVER (ORDER BY pay DESC, major) <= 3 ORDER BY pay DESC",
        "SELECT major, RANK() OVER (ORDER BY pay DESC) AS place FROM s ORDER BY place, major",
        "SELECT major, pay FROM s ORDER BY pay DESC LIMIT 2",
        "SELECT major, pay FROM s ORDER BY pay DESC LIMIT 5",
        "SELECT major, pay FROM s ORDER BY pay DESC LIMIT 6",
        "SELECT major, pay FROM s ORDER BY pay DESC LIMIT 60",
        "SELECT major, pay FROM s ORDER BY pay DESC, major LIMIT 3",
        "SELECT major FROM s ORDER BY pay DESC, n LIMIT 3",
        "SELECT pay FROM s ORDER BY pay DESC LIMIT 3",
        "SELECT major, pay FROM s ORDER BY pay DESC",
        "SELECT major, RANK() OVER (ORDER BY pay DESC) AS place FROM s ORDER BY major LIMIT 3",
        "SELECT * FROM (SELECT * FROM s ORDER BY pay DESC LIMIT 2) AS top ORDER BY major",
    ],
)
def test_a_limit_that_parts_no_tie_is_not(query: str, tmp_path: Path) -> None:
    assert told(tmp_path, query) == []


def test_the_row_behind_the_last_is_not_in_the_result(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text(PAY, "utf-8")
    query = "SELECT major, pay FROM s ORDER BY pay DESC LIMIT 3"
    grid = read(tmp_path, query=query, sources={"s": {"file": "s.csv"}})
    assert grid.cells[1:] == (("Nursing", "70"), ("Law", "50"), ("Dance", "40"))
    assert "'Music'" in str(grid.warnings[0])
    assert "'Dance'" in str(grid.warnings[0])


def sqlite_told(folder: Path, query: str) -> list[str]:
    with closing(sqlite3.connect(folder / "s.db")) as database:
        database.execute("CREATE TABLE s (major TEXT, pay INTEGER, n INTEGER)")
        database.executemany("INSERT INTO s VALUES (?, ?, ?)", [line.split(",") for line in PAY.splitlines()[1:]])
        database.commit()
    return [str(problem) for problem in read(folder, file="s.db", query=query).warnings]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT major, pay FROM s ORDER BY pay DESC LIMIT 3",
        "SELECT major, pay FROM s ORDER BY 2 DESC -- the best paid\nLIMIT 2 OFFSET 1;",
        "SELECT major FROM s ORDER BY abs(pay) DESC LIMIT 3",
        "SELECT major, SUM(pay) AS total FROM s GROUP BY major ORDER BY SUM(pay) DESC LIMIT 1, 2",
        "SELECT major, pay FROM s UNION SELECT major, pay FROM s ORDER BY pay DESC LIMIT 3",
    ],
)
def test_a_limit_through_a_tie_is_told_of_sqlite_too(query: str, tmp_path: Path) -> None:
    (said,) = sqlite_told(tmp_path, query)
    assert "LIMIT leaves out" in said


@pytest.mark.parametrize(
    "query",
    [
        "SELECT major, pay FROM s ORDER BY pay DESC LIMIT 2",
        "SELECT major, pay FROM s ORDER BY pay DESC LIMIT 5",
        "SELECT pay FROM s ORDER BY pay DESC LIMIT 3",
        "SELECT major, pay FROM s ORDER BY pay DESC, major LIMIT 3",
        "SELECT major, pay FROM s ORDER BY pay DESC",
        "SELECT major, pay FROM s",
        "SELECT major, RANK() OVER (ORDER BY pay DESC) AS place FROM s ORDER BY major LIMIT 3",
    ],
)
def test_a_limit_of_sqlite_that_parts_no_tie_is_not(query: str, tmp_path: Path) -> None:
    assert sqlite_told(tmp_path, query) == []


def test_check_and_build_tell_it(small_project: Path) -> None:
    toml = (small_project / "project.toml").read_text("utf-8")
    query = "SELECT job, salary FROM pay ORDER BY salary DESC LIMIT 1"
    toml += (
        f'[tables.best]\nquery = "{query}"\n[tables.best.fields]\n'
        'job = { type = "text", key = true }\nsalary = { type = "money", unit = "USD" }\n'
    )
    (small_project / "project.toml").write_text(toml.replace('holds = "', '# holds = "'), "utf-8")
    (small_project / "tables/pay.csv").write_text("job,salary\nEngineer,110000\nAnalyst,110000\n", "utf-8")
    for name in ("report", "handout", "deck"):
        story = small_project / f"story/{name}.md"
        story.write_text("# Two jobs {#a}\n\n## One\n\nPay.\n" if name == "deck" else "# Two jobs\n\nPay.\n", "utf-8")
    for command in (["check"], ["build", "--only", "report", "--out", str(small_project / "out")]):
        result = CliRunner().invoke(app, [*command, str(small_project)])
        assert result.exit_code == 0, result.output
        assert "LIMIT leaves out 'Engineer' and keeps 'Analyst'" in result.output


def test_rows_alike_throughout_are_dropped_without_a_word(tmp_path: Path) -> None:
    twice = PAY + "Dance,40,2\n"
    query = "SELECT major, pay FROM s QUALIFY ROW_NUMBER() OVER (PARTITION BY major ORDER BY pay) = 1 ORDER BY major"
    assert told(tmp_path, query, twice) == []
    other = "SELECT major, n FROM s QUALIFY ROW_NUMBER() OVER (PARTITION BY major ORDER BY pay) = 1 ORDER BY major"
    (said,) = told(tmp_path, other, PAY + "Dance,40,7\n")
    assert "'Dance' among them" in said
