"""What documents say of tables that queries computed: from which others, and not how."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.project import load_project
from reports.document.sources import files_line

QUERIES = """
[tables.few]
query = "SELECT job, salary FROM pay WHERE salary > 1"
title = "Some jobs, well paid"
[tables.few.fields]
job = { type = "text", key = true }
salary = { type = "money", unit = "USD" }
[tables.fewer]
query = "WITH pay AS (SELECT * FROM few) SELECT job FROM pay"
title = "Fewer"
[tables.fewer.fields]
job = { type = "text", key = true }
[tables.both]
query = "SELECT job FROM few UNION SELECT job FROM pay"
title = "Both"
[tables.both.fields]
job = { type = "text", key = true }
"""


@pytest.fixture
def root(small_project: Path) -> Path:
    with (small_project / "project.toml").open("a", encoding="utf-8") as file:
        file.write(QUERIES)
    return small_project


def test_a_query_is_told_by_the_tables_that_it_asks(root: Path) -> None:
    said = files_line(load_project(root).tables.values(), "en-US")
    assert "SELECT" not in said
    assert said.endswith(
        "Computed by queries from Pay: Some jobs, well paid."
        " Computed by queries from Some jobs, well paid: Fewer."
        " Computed by queries from Pay; Some jobs, well paid: Both."
    )


def test_where_those_tables_are_not_shown_it_is_told_by_their_file(root: Path) -> None:
    tables = load_project(root).tables
    said = files_line([tables["few"], tables["fewer"]], "fr-FR")
    assert "Calculé par des requêtes à partir de tables/pay.csv\u00a0: Some jobs, well paid." in said
