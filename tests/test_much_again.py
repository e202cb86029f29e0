"""Large tables, in which rows and cells say much again, are read and asked as if each were looked at by itself."""

from __future__ import annotations

import csv
import io
import os
import random
from decimal import Decimal
from pathlib import Path

import pytest

from data.files.text_file import unprintable
from data.sources.grid import rectangular
from data.tables.aggregate import Numbers, middle_rows
from data.tables.lookup import column_index
from data.tables.marks import Content, Mark, Marked
from data.tables.value import Measure
from reports.runs.write import is_worth_two
from tests.reading import read

_TRIES = 400 if os.environ.get("FAIRSHEET_FULL") == "1" else 40
_CELLS = ("Nurse", "Data Engineer", "120000", "", " ", "0.5", "é", '"a"', '"a;b"', 'a"b', "x\u00a0y")


def _records(text: str, quote: str) -> list[list[str]]:
    how = csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE
    return list(csv.reader(io.StringIO(text), delimiter=";", quotechar=quote or None, quoting=how))


def test_files_whose_lines_repeat_are_read_as_others_are(tmp_path: Path) -> None:
    chance = random.Random(20261128)
    for _ in range(_TRIES):
        quote = chance.choice(('"', ""))
        cells = _CELLS if chance.random() < 0.3 else _CELLS[:7]
        different = [chance.choices(cells, k=3) for _ in range(chance.choice((1, 2, 9)))] + [[], ["", "", ""]]
        rows = [["job", "pay", "note"], *chance.choices(different[: chance.choice((1, -2, -1, 99))], k=30)]
        end = chance.choice(("\n", "\r\n", "\r"))
        text = end.join(";".join(row) for row in rows) + chance.choice(("", end, end * 2))
        if quote and 'a"b' in text:  # what such a mark means is tested elsewhere
            continue
        (tmp_path / "t.csv").write_bytes(text.encode())
        grid = read(tmp_path, file="t.csv", read={"delimiter": ";", "quote": quote})
        wanted, widths = rectangular(_records(text.replace("\r\n", "\n").replace("\r", "\n"), quote))
        assert (grid.cells, grid.widths) == (wanted, widths), text
        assert grid.rows == tuple(range(1, len(wanted) + 1)), text


def test_rows_that_repeat_are_one_object(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("job,pay\n" + "Nurse,5\nAnalyst,6\n" * 50, "utf-8")
    assert len(set(map(id, read(tmp_path, file="t.csv").cells))) == 3


def test_a_line_that_goes_on_in_the_next_one_is_no_line_by_itself(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text('job,note\nNurse,"a\nb"\n' + 'Nurse,"a\nb"\n' * 3, "utf-8")
    grid = read(tmp_path, file="t.csv")
    assert grid.cells[1:] == (("Nurse", "a\nb"),) * 4
    assert grid.rows == (1, 2, 4, 6, 8)


def test_the_median_stands_in_the_rows_that_a_sort_finds() -> None:
    chance = random.Random(7)
    for _ in range(10 * _TRIES):
        pool = [
            Decimal(chance.choice(("1", "1.0", "-2", "2.50", "2.5", "0", "-0"))) for _ in range(chance.randint(1, 5))
        ]
        numbers = chance.choices(pool, k=chance.randint(1, 12))
        order = sorted(range(len(numbers)), key=numbers.__getitem__)
        half = len(order) // 2
        wanted = order[half : half + 1] if len(order) % 2 else order[half - 1 : half + 1]
        assert list(middle_rows(Numbers(Measure("number"), numbers, (), ()))) == wanted, numbers


_LIMIT = Marked(Decimal(5), Mark("at most"))
_KINDS: tuple[tuple[Content, ...], ...] = (
    ("a", "b"), (1, 2), (Decimal(1), Decimal("1.0"), Decimal(2)), (None,), (_LIMIT,), ("a", None), (Decimal(1), 1),
    (Decimal(1), _LIMIT, Marked(None, Mark("suppressed"))), ("a", Decimal(1)),
)  # fmt: skip


@pytest.mark.parametrize("kinds", _KINDS)
def test_an_index_says_what_a_look_at_each_row_does(kinds: tuple[Content, ...]) -> None:
    chance = random.Random(3)
    for _ in range(20):
        column = chance.choices(kinds, k=chance.randint(0, 9))
        index = column_index(column)
        known = [i for i, one in enumerate(column) if one is not None and not isinstance(one, Marked)]
        assert {key: list(rows) for key, rows in index.rows.items()} == {
            column[i]: [j for j in known if column[j] == column[i]] for i in known
        }
        gone = [i for i, one in enumerate(column) if one is None or (isinstance(one, Marked) and one.content is None)]
        assert list(index.missing) == gone
        assert list(index.limited) == [i for i in range(len(column)) if i not in gone and i not in known]
        assert index.first == next((i for i in range(len(column)) if i not in gone), None)


def test_a_character_that_cannot_be_printed_is_found_among_many_that_can() -> None:
    text = "job,pay\n" * 1_000
    assert not any(unprintable(text))
    for number in range(128):
        refused = (number < 32 and number not in (9, 10)) or number == 127
        assert any(unprintable(text + chr(number))) == refused, number


@pytest.mark.parametrize(
    ("outputs", "only", "worth"),
    [
        ({"a": "report"}, (), False),
        ({"a": "deck"}, (), False),
        ({"a": "report", "b": "handout"}, (), False),
        ({"a": "report", "b": "deck"}, (), True),
        ({"a": "report", "b": "deck"}, ("a",), False),
        ({"a": "report", "b": "deck", "c": "handout"}, ("b", "c"), True),
    ],
)
def test_a_second_process_begins_where_one_output_is_slow_and_others_can_be_made_beside_it(
    outputs: dict[str, str], only: tuple[str, ...], worth: bool, tmp_path: Path
) -> None:
    sections = (f'[outputs.{name}]\nwriter = "{writer}"\n' for name, writer in outputs.items())
    (tmp_path / "project.toml").write_text("".join(sections), "utf-8")
    assert is_worth_two(tmp_path, only) == worth


@pytest.mark.parametrize(
    "said", ["outputs = 3", "[outputs]\na = 1\nb = 2", "[outputs.a]\nwriter = []\n[outputs.b]", "["]
)
def test_a_project_whose_outputs_are_wrong_has_its_mistakes_told_by_whoever_reads_it(said: str, tmp_path: Path) -> None:
    assert not is_worth_two(tmp_path)
    (tmp_path / "project.toml").write_text(said, "utf-8")
    assert not is_worth_two(tmp_path)
