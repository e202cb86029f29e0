"""The judge's list for the project on what majors pay: report, deck, handout, and sheets for a handful of majors."""

from __future__ import annotations

import random
import re
from decimal import Decimal

from tests.truth.majors import charts, jobs, lists, pay, sheets, spans, told, unemployment, women  # noqa: F401  # each adds to the list
from tests.truth.majors.tables import JUDGE, ROOT, named, tables_of
from tests.truth.mutants import cells_of
from tests.truth.trial import Case

ITEMS = (
    "Petroleum engineering",  # best paid, and a small sample
    "Nursing",  # thousands were asked
    "Zoology",  # lowest paid
    "Court reporting",  # 10 to 29 people
    "Library science",  # two people
    "Food science",  # no totals
    "Multi/interdisciplinary studies",  # alone in its field
    "Military technologies",  # nobody works
    "Amber lane",  # a row that is new
)
_GRADS, _AGES = "tables/recent-grads.csv", "tables/all-ages.csv"
_OTHERS = 12
"""Rows that no document names and that are changed as well, the same ones every time."""


def _told_of() -> list[int]:
    """Rows of majors that documents name, alone or in a list of ten, and of those that are next to them in pay."""
    stories = " ".join(
        path.read_text("utf-8") for path in (ROOT / "project.toml", *sorted((ROOT / "story").glob("*.md")))
    )
    w, names = tables_of(ROOT), [named(row[2]) for row in cells_of(ROOT / _GRADS)[1:]]
    listed = {row["major"] for row in w["common"]}
    for rows, column in ((w["ranked"], "pay"), (w["large"], "unemployment")):
        order = [row["major"] for row in sorted(rows, key=lambda row, c=column: Decimal(row[c]))]
        listed |= {*order[:11], *order[-11:]}
    own = [
        n for n, name in enumerate(names)
        if name in listed or name in ITEMS or re.search(rf"\b{re.escape(name)}\b", stories, re.IGNORECASE)
    ]  # fmt: skip
    return sorted({at for n in own for at in (n - 1, n, n + 1) if 0 <= at < len(names)})


def case() -> Case:
    """The built-in project; changed are the rows that documents name, their neighbours, and some of the others."""
    rows = _told_of()
    others = [n for n in range(173) if n not in rows]
    chosen = sorted([*rows, *random.Random(28).sample(others, _OTHERS)])
    old = {named(row[1]): n for n, row in enumerate(cells_of(ROOT / _AGES)[1:])}
    listed = {row["major"] for row in tables_of(ROOT)["common"]} | set(ITEMS) | {"Botany"}
    return Case(
        ROOT,
        JUDGE,
        {_GRADS: chosen, _AGES: sorted(old[name] for name in listed if name in old)},
        words={_GRADS: {"Major_category": ["Engineering", "Education", "Arts"]}},
        values={
            _GRADS: {
                "Median": ["29000", "35000", "39999", "61000"], "Sample_size": ["9", "10", "29", "30", "99", "100"],
                "ShareWomen": ["0.2", "0.39", "0.5", "0.8"], "Total": ["180000", "400000"],
            },
            _AGES: {"Median": ["30000", "48000"]},
        },
        unused={
            _GRADS: ("Rank", "Major_code", "Men", "Full_time", "Part_time", "Full_time_year_round", "Low_wage_jobs"),
            _AGES: ("Major_code", "Major_category", "Total", "Employed", "Employed_full_time_year_round", "Unemployed",
                    "Unemployment_rate", "P25th", "P75th"),
        },
        alone=True,
        batches={"majors": ITEMS},
        tables=tables_of,
    )  # fmt: skip
