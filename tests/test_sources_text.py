"""Delimited text: encodings, delimiters, quotes, and what else files from offices hold."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.effort import within
from tests.reading import read, refused


def put(root: Path, content: bytes, name: str = "t.csv") -> str:
    (root / name).write_bytes(content)
    return name


PAY = "Beruf;Gehalt\nÄrztin;90\nKöchin;30\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16", "utf-16-le", "mac-roman"])
def test_text_is_read_in_the_encoding_that_is_declared(encoding: str, tmp_path: Path) -> None:
    grid = read(tmp_path, file=put(tmp_path, PAY.encode(encoding)), read={"encoding": encoding, "delimiter": ";"})
    assert grid.cells == (("Beruf", "Gehalt"), ("Ärztin", "90"), ("Köchin", "30"))
    assert grid.rows == (1, 2, 3)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_says_the_encoding(encoding: str, tmp_path: Path) -> None:
    grid = read(tmp_path, file=put(tmp_path, PAY.encode(encoding)), read={"delimiter": ";"})
    assert grid.cells[0] == ("Beruf", "Gehalt")


@pytest.mark.parametrize(
    ("written", "declared", "proposed"),
    [
        ("latin-1", None, "latin-1"),
        ("latin-1", "utf-8", "latin-1"),
        ("utf-8", "latin-1", "utf-8"),
        ("utf-8", "cp1252", "utf-8"),
        ("utf-8-sig", "cp1252", "utf-8"),
        ("utf-16-le", None, "utf-16-le"),
        ("utf-16-le", "latin-1", "utf-16-le"),
        ("utf-16", "cp1252", "utf-16"),
    ],
)
def test_a_wrong_encoding_is_met_with_the_right_one(
    written: str, declared: str | None, proposed: str, tmp_path: Path
) -> None:
    options = {"encoding": declared} if declared else {}
    said = refused(tmp_path, file=put(tmp_path, PAY.encode(written)), read=options)
    assert f'encoding = "{proposed}"' in said


def test_the_proposal_shows_how_the_text_would_read(tmp_path: Path) -> None:
    said = refused(tmp_path, file=put(tmp_path, "name,pay\nJosé,1\n".encode("latin-1")))
    assert "t.csv:2: is not UTF-8: byte 0xE9" in said
    assert "(the text would read 'José,1')" in said


def test_dashes_and_quotes_of_windows_are_told_from_latin_1(tmp_path: Path) -> None:
    content = "range\n“18 – 20”\n".encode("cp1252")
    assert 'encoding = "cp1252"' in refused(tmp_path, file=put(tmp_path, content))
    assert 'encoding = "cp1252"' in refused(tmp_path, file=put(tmp_path, content), read={"encoding": "latin-1"})
    assert read(tmp_path, file="t.csv", read={"encoding": "cp1252"}).cells[1] == ("“18 – 20”",)


@pytest.mark.parametrize(("mark", "name"), [(";", ";"), ("\t", "\\t"), ("|", "|")])
def test_a_file_with_another_delimiter_is_not_a_file_of_one_column(mark: str, name: str, tmp_path: Path) -> None:
    content = f"job{mark}pay\nA{mark}1\nB{mark}2\n".encode()
    assert f'delimiter = "{name}"' in refused(tmp_path, file=put(tmp_path, content))
    assert read(tmp_path, file="t.csv", read={"delimiter": mark}).cells[1] == ("A", "1")


def test_a_tsv_file_has_tabs_and_a_txt_file_has_commas(tmp_path: Path) -> None:
    assert read(tmp_path, file=put(tmp_path, b"a\tb\n1\t2\n", "t.tsv")).cells == (("a", "b"), ("1", "2"))
    assert read(tmp_path, file=put(tmp_path, b"a,b\n1,2\n", "t.txt")).cells == (("a", "b"), ("1", "2"))


def test_a_file_with_a_strange_ending_is_read_as_what_it_is_said_to_be(tmp_path: Path) -> None:
    name = put(tmp_path, b"a,b\n1,2\n", "export.dat")
    assert "format =" in refused(tmp_path, file=name)
    assert read(tmp_path, file=name, read={"format": "csv"}).cells[1] == ("1", "2")


@pytest.mark.parametrize("quote", ['"', "'"])
def test_quotes_hold_delimiters_and_lines(quote: str, tmp_path: Path) -> None:
    content = f"a,b\n{quote}x,\ny{quote},2\nz,3\n".encode()
    grid = read(tmp_path, file=put(tmp_path, content), read={"quote": quote})
    assert grid.cells == (("a", "b"), ("x,\ny", "2"), ("z", "3"))
    assert grid.rows == (1, 2, 4)


def test_a_file_can_say_that_quotes_mean_nothing(tmp_path: Path) -> None:
    name = put(tmp_path, b'size,pay\n5" screen,1\n"open,2\n')
    assert 'quote = ""' in refused(tmp_path, file=name)
    assert read(tmp_path, file=name, read={"quote": ""}).cells[2] == ('"open', "2")


def test_a_stray_quote_is_named_with_the_line_in_which_it_opens(tmp_path: Path) -> None:
    assert "t.csv:3" in refused(tmp_path, file=put(tmp_path, b'a,b\n1,2\n"3,4\n5,6\n'))


def test_mixed_line_ends_are_lines(tmp_path: Path) -> None:
    grid = read(tmp_path, file=put(tmp_path, b"a,b\r\n1,2\n3,4\r5,6"))
    assert grid.rows == (1, 2, 3, 4)
    assert grid.cells[3] == ("5", "6")


def test_nul_bytes_are_named_with_their_place(tmp_path: Path) -> None:
    said = refused(tmp_path, file=put(tmp_path, b"a,b\n1,x\x00y\n"))
    assert "t.csv:2" in said
    assert "U+0000" in said


def test_a_file_that_is_no_text_is_not_taken_for_text(tmp_path: Path) -> None:
    assert "t.csv: is no text" in refused(tmp_path, file=put(tmp_path, b"\x89PNG\r\n\x1a\n" + bytes(100)))


def test_a_cell_of_ten_megabytes_is_refused_in_no_time(tmp_path: Path) -> None:
    name = put(tmp_path, b"a,b\n1," + b"x" * 10_000_000 + b"\n2,3\n")
    with within(yardsticks=100):
        said = refused(tmp_path, file=name)
    assert "t.csv:2: a cell that begins in this line has more than 131,072 characters" in said


def test_leading_spaces_and_ragged_rows_are_kept_for_whoever_shapes_the_table(tmp_path: Path) -> None:
    grid = read(tmp_path, file=put(tmp_path, b"Title\na,b,c\n  x,1,2\n\nNote\n"))
    assert grid.cells[2][0] == "  x"
    assert [grid.width(row) for row in range(len(grid.cells))] == [1, 3, 3, 0, 1]
    assert len({len(row) for row in grid.cells}) == 1


def test_a_table_of_more_rows_than_a_table_holds_is_asked_by_query(tmp_path: Path) -> None:
    name = put(tmp_path, b"a\n" + b"1\n" * 501_500)
    said = refused(tmp_path, file=name)
    assert "more than 500,000 rows" in said
    assert "[sources.NAME]" in said


def test_empty_lines_at_the_end_are_no_rows(tmp_path: Path) -> None:
    assert len(read(tmp_path, file=put(tmp_path, b"a,b\n1,2\n" + b",\n" * 500)).cells) == 2


def test_a_checksum_that_is_declared_is_held(tmp_path: Path) -> None:
    name = put(tmp_path, b"a,b\n1,2\n")
    said = refused(tmp_path, file=name, sha256="0" * 64)
    right = said.split('sha256 = "')[1][:64]
    assert read(tmp_path, file=name, sha256=right).cells[1] == ("1", "2")


def test_reading_csv_loads_no_library_that_csv_does_not_need() -> None:
    heavy = [
        "polars",
        "psycopg",
        "python_calamine",
        "xlrd",
        "sqlite3",
        "ssl",
        "urllib.request",
        "duckdb",
        "data.sources.queries.query",
    ]
    program = "import sys; from data.project import load_project; from data.project_folder import DEFAULT_PROJECT; load_project(DEFAULT_PROJECT); "
    program += f"print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "encoding", [None, "utf-8", "latin-1", "cp1252", "cp1251", "iso-8859-15", "mac-roman", "cp850", "shift_jis"]
)
def test_a_file_of_two_encodings_is_refused_whatever_is_declared(encoding: str | None, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes("k,v\nCafé,1\n".encode() + "München,2\n".encode("latin-1"))
    options = {} if encoding is None else {"encoding": encoding}
    said = refused(tmp_path, file="t.csv", read=options)
    assert said.startswith("t.csv:3: mixes encodings: line 2 is UTF-8, this line is not")


def test_text_of_one_encoding_is_no_mixture(tmp_path: Path) -> None:
    for encoding, text in (
        ("latin-1", "Café\nMünchen"),
        ("cp1251", "Всё\nСША\nТА"),
        ("iso-8859-5", "ТА\nВсё\nМосква\nПенза\nСочи\nТула"),
    ):
        (tmp_path / "t.csv").write_bytes(f"k\n{text}\n".encode(encoding))
        assert read(tmp_path, file="t.csv", read={"encoding": encoding}).cells[1:] == tuple(
            (line,) for line in text.split("\n")
        )


@pytest.mark.parametrize("options", [{}, {"delimiter": ";"}])
@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;"])
def test_a_line_that_names_the_delimiter_is_passed_over(first: str, options: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(f"{first}\nk;v\na;1\n", "utf-8")
    grid = read(tmp_path, file="t.csv", read=options)
    assert grid.cells == (("k", "v"), ("a", "1"))
    assert str(grid.place(1, 1)) == "t.csv:3"


def test_each_record_knows_the_line_in_which_it_begins(tmp_path: Path) -> None:
    grid = read(tmp_path, file=put(tmp_path, b'k,v\n"a\nb",1\n\nc,"2\n\n3"\nd,4\n'))
    assert [str(grid.place(row, 0)) for row in range(len(grid.cells))] == [f"t.csv:{line}" for line in (1, 2, 4, 5, 8)]


def test_the_line_of_the_cell_that_is_too_many_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.sources.text.delimited.CELLS", 5)
    said = refused(tmp_path, file=put(tmp_path, b'k,v\n"a\nb",1\nc,2\nd,4\n'))
    assert said.startswith("t.csv:4: has more than 5 cells")


def test_the_line_of_a_cell_that_is_too_long_is_told(tmp_path: Path) -> None:
    long = b"x" * 140_000
    said = refused(tmp_path, file=put(tmp_path, b'k,v\n"a\nb",1\nc,' + long + b"\n"))
    assert said.startswith("t.csv:4: a cell that begins in this line has more than")
