"""Text sources with line ends in their cells: no cell is torn, and none that is left open is passed over."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from data.sources.queries import scan
from tests.reading import read, refused

SAID = ["plain", 'a "word",\n7,no\n3,"y"', "\n".join(f"{number},z" for number in range(40)), '1,"x"\n2,"y"', "é\nß"]


def answers(count: int) -> tuple[str, list[tuple[str, str]]]:
    """A text file in some of whose cells other rows seem to begin; and what it holds."""
    held = [(str(number), SAID[number * number % 7 % 5]) for number in range(count)]
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows([("a", "b"), *held])
    return stream.getvalue(), held


def asked(folder: Path, query: str) -> list[tuple[str, ...]]:
    return [*read(folder, query=query, sources={"s": {"file": "s.csv"}}).cells[1:]]


@pytest.mark.parametrize("line", [500, 2_000, 10_000, 1_000_000])
def test_cells_with_line_ends_are_never_torn(line: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "_LONGEST_LINE", line)
    content, held = answers(5_000)
    (tmp_path / "s.csv").write_text(content, "utf-8")
    sums = (str(len(held)), str(sum(int(a) for a, _ in held)), str(sum(len(b) for _, b in held)))
    assert asked(tmp_path, "SELECT COUNT(*) AS n, SUM(a) AS a, SUM(LENGTH(b)) AS b FROM s") == [sums]
    for limit in (1, 60, 4_000):
        assert asked(tmp_path, f"SELECT a, b FROM s ORDER BY a LIMIT {limit}") == held[:limit]
    plain = sum(b == "plain" for _, b in held[:4_990])
    within = "SELECT COUNT(*) AS n FROM (SELECT * FROM s ORDER BY a LIMIT 4990) AS t WHERE b = 'plain'"
    assert asked(tmp_path, within) == [(str(plain),)]
    first = "SELECT a FROM s WHERE a IN (SELECT a FROM s WHERE b LIKE 'é%' ORDER BY a LIMIT 1)"
    assert asked(tmp_path, first) == [next((a,) for a, b in held if b.startswith("é"))]


@pytest.mark.parametrize("query", ["SELECT COUNT(*) AS n FROM s", "SELECT a FROM s ORDER BY a LIMIT 3"])
@pytest.mark.parametrize("end", ["", "\n", "\n7,more\n", '""\n'])
@pytest.mark.parametrize("line", [2_000, 10_000_000])
def test_a_quotation_mark_that_nothing_closes_is_named_however_the_file_is_read(
    query: str, end: str, line: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan, "_LONGEST_LINE", line)
    content, _ = answers(300)
    (tmp_path / "s.csv").write_text(f'{content}300,"open{end}', "utf-8")
    said = refused(tmp_path, query=query, sources={"s": {"file": "s.csv"}})
    assert f"s.csv:{content.count(chr(10)) + 1}: has a quotation mark here that is never closed" in said


def test_a_sign_of_inches_closes_nothing_and_opens_nothing(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text('a,b\n1,2"\n2,x "y" z\n3,"4"\n', "utf-8")
    assert asked(tmp_path, "SELECT a, b FROM s ORDER BY a LIMIT 9") == [("1", '2"'), ("2", 'x "y" z'), ("3", "4")]
