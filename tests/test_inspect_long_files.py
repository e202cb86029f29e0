"""Long files are looked at quickly, and what is quick finds just what a closer look does."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from data.cells.error import CellError
from data.cells.numbers import number_reader
from data.inspection.columns.numbers import read_number
from data.inspection.grids.cells import count_filled, is_alone, looked_over
from data.inspection.look import look
from data.settings.fields import NumberSettings
from data.sources.grid import rectangular
from tests.conftest import ROOT

TEXTS = (
    "",
    " ",
    "\u00a0",
    "Law",
    " Law",
    "Law ",
    "12",
    "-",
    "A heading that goes on for more than thirty letters",
    "Unit: %",
)


def test_rows_are_counted_and_told_apart_as_a_look_at_each_cell_does() -> None:
    chance = random.Random(5)
    cells = [tuple(chance.choices(TEXTS[: chance.randint(1, len(TEXTS))], k=4)) for _ in range(3_000)]
    cells += [(text,) * 4 for text in TEXTS]
    counts, lone = looked_over(cells)
    assert counts == [count_filled(row) for row in cells]
    assert lone == {place for place, row in enumerate(cells) if is_alone(row)}


def test_cells_that_say_the_same_share_their_text_in_memory_where_much_is_said_again() -> None:
    records = [["".join(("La", "w")), str(number % 7)] for number in range(5_000)]
    cells, _ = rectangular(records)
    assert len({id(cell) for row in cells for cell in row}) == 8
    assert cells == tuple(map(tuple, records))


@pytest.mark.parametrize("decimal", [".", ","])
def test_money_as_most_people_write_it_is_read_as_with_more_around_it(decimal: str) -> None:
    chance = random.Random(7)
    group = "," if decimal == "." else "."
    read = number_reader(NumberSettings(decimal=decimal, thousands=group), "money", "USD")
    for _ in range(2_000):
        digits = "".join(chance.choices("0123456789", k=chance.randint(1, 7)))
        whole = chance.choice((digits, f"{int(digits):,}".replace(",", group), f"{digits}{group}{digits}"))
        text = chance.choice(("", "$", "US$")) + whole + chance.choice(("", f"{decimal}5", f"{decimal}50", decimal))
        assert said(read, text) == said(read, f" {text} "), text
        quick, slow = read_number(text, decimal), read_number(f"+{text}", decimal)
        assert quick == slow, text


def said(read: Callable[[str], object], text: str) -> object:
    try:
        return read(text)
    except CellError:
        return "refused"


def test_totals_rows_and_marks_of_a_long_file_are_found_wherever_they_stand(tmp_path: Path) -> None:
    file = tmp_path / "long.csv"
    lines = [
        f"Place {number},{number % 90},{'n/a' if number % 50 == 0 else number % 70}\n" for number in range(1, 6_000)
    ]
    file.write_text("Place,Women,Men\n" + "".join(lines) + "Total,1,2\n", "utf-8")
    found = look(str(file)).trials[0]
    assert found.table is not None
    assert "n/a" in str(found.proposal.table["missing"].value)
    assert found.proposal.shape["drop"].value == "Total"


def test_inspect_starts_without_what_reads_and_builds_whole_projects() -> None:
    program = "import sys, generate, data.inspection.look, data.inspection.tell; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"data.project", "jinja2", "markdown_it", "polars", "reportlab", "pptx"} & set(done.stdout.split())
