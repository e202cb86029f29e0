"""Tables as people publish them, made from seeds: `inspect` finds where header, first and last row are."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.inspection.grids.several import tables_in
from data.inspection.look import look
from data.inspection.proposals.proposal import propose
from data.inspection.proposals.proposed import Surroundings
from data.inspection.proposals.trial import tried
from data.inspection.words.setting import ProposedSetting
from tests.made_tables import Made, made, mistakes, share_right

SEEDS = range(500)
AROUND = Surroundings("made", {"file": ProposedSetting("made.csv", "")}, {})


def test_header_and_ends_of_95_in_100_made_tables_are_found(capsys: Any) -> None:
    share, wrong = share_right(SEEDS)
    with capsys.disabled():
        print(f"\ninspect, made tables: header, first and last row of {share:.1f}% of {len(SEEDS)} found")
        for table, said in wrong[:20]:
            print(f"    seed {table.seed}: {'; '.join(said)} ({', '.join(table.kinds)})")
    assert share >= 95


def test_a_seed_makes_the_same_table_each_time() -> None:
    assert made(7) == made(7)
    assert len({made(seed).grid.cells for seed in range(50)}) == 50


def test_made_tables_are_of_every_kind() -> None:
    kinds = {kind for seed in SEEDS for kind in made(seed).kinds}
    assert {"corner", "three", "percentiles", "units row", "codes over names", "legend beside", "underscores"} <= kinds


@settings(max_examples=100, deadline=None)
@given(st.integers(1_000_000, 2_000_000).map(made).filter(lambda table: not mistakes(table)))
def test_a_made_table_that_is_found_loads_with_every_row_that_is_no_sum(table: Made) -> None:
    layout = tables_in(table.grid)[0]
    proposal, loaded, problems = tried(propose(table.grid, layout, AROUND))
    assert loaded is not None, problems
    assert proposal.sheet is not None
    apart = {*layout.totals, *layout.sections, *layout.repeats}
    inside = [[table.grid.cells[row][column] for column in layout.columns] for row in range(len(table.grid.cells))]
    rows = [row for row in range(table.first, table.last + 1) if any(inside[row]) and row not in apart]
    sums = {" ".join(inside[row][0].split()) for row in layout.totals}
    alike = [row for row in rows if " ".join(inside[row][0].split()) in sums]
    assert len(rows) - len(alike) <= len(proposal.sheet.rows) <= len(rows)


def test_made_tables_that_are_saved_without_empty_cells_at_the_end_of_lines_load(tmp_path: Path) -> None:
    """Programs differ in that: titles, headings of sections and notes are lines of one cell then."""
    loaded = 0
    for seed in range(100):
        rows = [list(row) for row in made(seed).grid.cells]
        for row in rows:
            while row and not row[-1] and sum(map(bool, row)) <= 2:
                row.pop()
        text = io.StringIO()
        csv.writer(text, delimiter=";").writerows(rows)
        (tmp_path / "made.csv").write_text(text.getvalue(), "utf-8")
        loaded += look(str(tmp_path / "made.csv")).trials[0].table is not None
    assert loaded >= 98


@pytest.mark.parametrize("seed", range(60))
def test_each_setting_says_why_in_whole_sentences(seed: int) -> None:
    table = made(seed)
    for layout in tables_in(table.grid):
        proposal = propose(table.grid, layout, AROUND)
        for setting in (*proposal.read.values(), *proposal.shape.values()):
            assert setting.reason.rstrip().endswith((".", "'")), setting.reason
