"""Workbooks: the sheet that is meant, its cells as text, and files that would do harm."""

from __future__ import annotations

import datetime
import resource
import struct
import sys
import zipfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import xlwt

from data.sources.workbooks.workbook import sheet_names
from tests.effort import within
from tests.reading import read, refused
from tests.workbooks import excel, excel_of_xml, ods_number, ods_row, ods_sheet, ods_text, open_document


@contextmanager
def bounded(yardsticks: float, megabytes: float) -> Generator[None, None, None]:
    """The block costs no more processor time, and the process no more memory than before by as much."""
    unit = 1e6 if sys.platform == "darwin" else 1e3
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with within(yardsticks):
        yield
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / unit < megabytes


def two_sheets(book: Any) -> None:
    for name in ("Notes", "National", "Secret"):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ["sheet", name])
    sheet.hide()


def write_kinds(book: Any) -> None:
    sheet = book.add_worksheet("Data")
    date, moment = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    clock, span = book.add_format({"num_format": "hh:mm"}), book.add_format({"num_format": "[h]:mm"})
    sheet.write_row(0, 0, ["number", 40628.0, 0.35, -1.5e-7, 1e21])
    sheet.write_row(1, 0, ["words", "  lead", "two\nlines", "\ufeffmark", ""])
    sheet.write_string(2, 0, "truth")
    sheet.write_boolean(2, 1, True)
    sheet.write_boolean(2, 2, False)
    sheet.write_string(3, 0, "time")
    sheet.write_datetime(3, 1, datetime.datetime(2020, 1, 2), date)
    sheet.write_datetime(3, 2, datetime.datetime(2020, 1, 2, 3, 4, 5), moment)
    sheet.write_number(3, 3, 0.25, clock)
    sheet.write_number(3, 4, 1.5, span)
    sheet.write_string(4, 0, "errors")
    sheet.write_formula(4, 1, "=NA()", None, "#N/A")
    sheet.write_formula(4, 2, "=1/0", None, "#DIV/0!")
    sheet.write_formula(4, 3, "=1+1", None, 2)
    sheet.write_formula(4, 4, '=""', None, "")


def test_cells_of_every_kind_become_text(tmp_path: Path) -> None:
    path = excel(tmp_path / "t.xlsx", write_kinds)
    with zipfile.ZipFile(path) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    rows = sheet[sheet.index("<sheetData>") + 11 : sheet.index("</sheetData>")]
    rows = rows.replace('<c r="E5">', '<c r="E5" t="str">')  # how Excel writes a formula that gives no text
    with zipfile.ZipFile(path) as package:
        parts = {info.filename: package.read(info) for info in package.infolist()}
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(
        sheet[sheet.index("<sheetData>") + 11 : sheet.index("</sheetData>")], rows
    ).encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    grid = read(tmp_path, file="t.xlsx")
    assert grid.cells == (
        ("number", "40628", "0.35", "-0.00000015", "1000000000000000000000"),
        ("words", "  lead", "two\nlines", "mark", ""),
        ("truth", "TRUE", "FALSE", "", ""),
        ("time", "2020-01-02", "2020-01-02T03:04:05", "06:00:00", "36:00:00"),
        ("errors", "#N/A", "#DIV/0!", "2", ""),
    )
    assert str(grid.place(4, 1)) == "t.xlsx:Data!B5"


def test_old_workbooks_keep_their_error_cells(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Data")
    for column, value in enumerate(["a", 40628.0, 0.1, True]):
        sheet.write(0, column, value)
    sheet.write(1, 0, datetime.date(2020, 1, 2), xlwt.easyxf(num_format_str="YYYY-MM-DD"))
    sheet.row(1).set_cell_error(1, 0x2A)
    sheet.row(1).set_cell_error(2, 0x07)
    sheet.write_merge(2, 3, 0, 1, "both")
    sheet.write(2, 2, "in", xlwt.easyxf("align: indent 2"))
    book.save(str(tmp_path / "t.xls"))
    grid = read(tmp_path, file="t.xls")
    assert grid.cells == (
        ("a", "40628", "0.1", "TRUE"),
        ("2020-01-02", "#N/A", "#DIV/0!", ""),
        ("both", "both", "in", ""),
        ("both", "both", "", ""),
    )
    assert grid.indents[2] == (0, 0, 2, 0)


def test_open_documents_are_read_too(tmp_path: Path) -> None:
    error = 'calcext:value-type="error" table:formula="of:=1/0"'
    date = '<table:table-cell office:value-type="date" office:date-value="2020-01-02"><text:p>2.1.20</text:p></table:table-cell>'
    rows = (
        ods_row(ods_text("a", 'table:number-columns-spanned="2"'), "<table:covered-table-cell/>", ods_text("c"))
        + ods_row(ods_number("40628"), ods_number("0.35", 'table:number-columns-repeated="2"'))
        + ods_row(ods_text("#DIV/0!", error), date)
        + ods_row("<table:table-cell/>", more='table:number-rows-repeated="1048570"')
    )
    open_document(tmp_path / "t.ods", ods_sheet(rows), ods_sheet(ods_row(ods_text("x")), "Secret", "hidden"))
    grid = read(tmp_path, file="t.ods")
    assert grid.cells == (("a", "a", "c"), ("40628", "0.35", "0.35"), ("#DIV/0!", "2020-01-02", ""))
    assert str(grid.place(2, 0)) == "t.ods:Data!A3"
    assert [sheet.hidden for sheet in sheet_names(tmp_path / "t.ods", "t.ods")] == [False, True]


def test_merged_cells_are_filled_with_what_they_show(tmp_path: Path) -> None:
    def write(book: Any) -> None:
        sheet = book.add_worksheet("Data")
        sheet.merge_range(0, 1, 0, 2, "2024")
        sheet.write_row(1, 0, ["job", "women", "men"])
        sheet.merge_range(2, 0, 3, 0, "Analyst")
        sheet.write_row(2, 1, [1, 2])
        sheet.write_row(3, 1, [3, 4])

    excel(tmp_path / "t.xlsx", write)
    assert read(tmp_path, file="t.xlsx").cells == (
        ("", "2024", "2024"), ("job", "women", "men"), ("Analyst", "1", "2"), ("Analyst", "3", "4"),
    )  # fmt: skip


def test_indents_of_cells_are_told(tmp_path: Path) -> None:
    def write(book: Any) -> None:
        sheet = book.add_worksheet("Data")
        sheet.write(0, 0, "All")
        sheet.write(1, 0, "Some", book.add_format({"indent": 2}))

    excel(tmp_path / "t.xlsx", write)
    assert read(tmp_path, file="t.xlsx").indents == ((0,), (2,))


def test_the_sheet_that_is_meant_has_to_be_said(tmp_path: Path) -> None:
    excel(tmp_path / "t.xlsx", two_sheets)
    said = refused(tmp_path, file="t.xlsx")
    assert "has 2 sheets: 'Notes', 'National'" in said
    assert "Secret" not in said
    assert read(tmp_path, file="t.xlsx", read={"sheet": "National"}).cells == (("sheet", "National"),)
    assert read(tmp_path, file="t.xlsx", read={"sheet": 2}).cells == (("sheet", "National"),)
    assert "Did you mean 'National'?" in refused(tmp_path, file="t.xlsx", read={"sheet": "Nationale"})


def test_hidden_sheets_are_read_only_when_they_are_named(tmp_path: Path) -> None:
    excel(tmp_path / "t.xlsx", two_sheets)
    assert "has no sheet 3: 2 can be seen" in refused(tmp_path, file="t.xlsx", read={"sheet": 3})
    assert read(tmp_path, file="t.xlsx", read={"sheet": "Secret"}).cells == (("sheet", "Secret"),)


def test_one_sheet_beside_hidden_ones_needs_no_name(shared: Path) -> None:
    folder = shared / "data/bls-oews"
    assert "has 2 sheets" in refused(folder, file="national_M2022_dl.xlsx")
    grid = read(folder, file="national_M2022_dl.xlsx", read={"sheet": 1})
    assert grid.cells[1][:4] == ("00-0000", "All Occupations", "total", "147886000")


def test_a_range_of_cells_keeps_its_places(tmp_path: Path) -> None:
    def write(book: Any) -> None:
        sheet = book.add_worksheet("Data")
        for row in range(6):
            sheet.write_row(row, 0, [f"{letter}{row + 1}" for letter in "ABCDE"])

    excel(tmp_path / "t.xlsx", write)
    grid = read(tmp_path, file="t.xlsx", read={"range": "B2:C3"})
    assert grid.cells == (("B2", "C2"), ("B3", "C3"))
    assert str(grid.place(1, 1)) == "t.xlsx:Data!C3"
    assert read(tmp_path, file="t.xlsx", read={"range": "D5:E"}).cells == (("D5", "E5"), ("D6", "E6"))
    said = refused(tmp_path, file="t.xlsx", read={"range": "G5:H9"})
    assert "The sheet's cells are A1:E6" in said


@pytest.mark.parametrize(
    "cell", ['<c r="B2"><f>A1+1</f></c>', '<c r="B2"><f>A1+1</f><v></v></c>', '<c r="B2" s="1"><f t="shared" si="0"/><v/></c>']
)  # fmt: skip
def test_a_formula_without_its_result_is_named(cell: str, tmp_path: Path) -> None:
    excel_of_xml(
        tmp_path / "t.xlsx",
        f'<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2"><c r="A2"><v>1</v></c>{cell}<c r="C2"><v>1</v></c></row>',
    )
    said = refused(tmp_path, file="t.xlsx")
    assert said.startswith("t.xlsx:Data!B2: holds a formula whose result was never saved")
    assert read(tmp_path, file="t.xlsx", read={"range": "A1:A2"}).cells == (("1",), ("1",))


def test_a_formula_without_its_result_is_named_in_open_documents(tmp_path: Path) -> None:
    rows = ods_row(ods_text("a"), ods_text("b")) + ods_row(
        ods_text("x"), '<table:table-cell table:formula="of:=1+1"/>', ods_text("y")
    )
    open_document(tmp_path / "t.ods", ods_sheet(rows))
    assert "t.ods:Data!B2: holds a formula" in refused(tmp_path, file="t.ods")


def test_of_a_million_empty_formatted_rows_nothing_is_left(tmp_path: Path) -> None:
    excel(tmp_path / "t.xlsx", lambda book: book.add_format({"bold": True}) and book.add_worksheet("Data"))
    rows = '<row r="1"><c r="A1" t="str"><v>job</v></c></row><row r="2"><c r="A2"><v>5</v></c></row>'
    rows += "".join(f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/></row>' for n in range(3, 1_048_577))
    excel_of_xml(tmp_path / "t.xlsx", rows)
    with bounded(yardsticks=600, megabytes=400):
        assert read(tmp_path, file="t.xlsx").cells == (("job",), ("5",))


def test_one_lost_cell_in_the_last_corner_does_not_fill_the_memory(tmp_path: Path) -> None:
    excel_of_xml(
        tmp_path / "t.xlsx",
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    )
    with bounded(yardsticks=100, megabytes=100):
        assert "t.xlsx:Data: the values of this sheet span 17,179,869,184 cells" in refused(tmp_path, file="t.xlsx")
    rows = ods_row(
        ods_number("1", 'table:number-columns-repeated="16384"'), more='table:number-rows-repeated="1048576"'
    )
    open_document(tmp_path / "t.ods", ods_sheet(rows))
    with bounded(yardsticks=100, megabytes=100):
        assert "t.ods:Data: the values of this sheet span 17,179,869,184 cells" in refused(tmp_path, file="t.ods")


def test_a_sheet_of_more_rows_than_a_table_has_is_refused(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 501_500))
    excel_of_xml(tmp_path / "t.xlsx", rows)
    assert "t.xlsx:Data: has more than 500,000 rows" in refused(tmp_path, file="t.xlsx")
    assert len(read(tmp_path, file="t.xlsx", read={"range": "A1:A500"}).cells) == 500


def test_a_zip_bomb_is_not_opened(tmp_path: Path) -> None:
    excel(tmp_path / "t.xlsx", lambda book: book.add_worksheet("Data").write(0, 0, "x"))
    with (
        zipfile.ZipFile(tmp_path / "t.xlsx", "a", zipfile.ZIP_DEFLATED) as package,
        package.open("xl/media/zeros.bin", "w") as part,
    ):
        for _ in range(120):
            part.write(bytes(1_000_000))
    with bounded(yardsticks=70, megabytes=60):
        said = refused(tmp_path, file="t.xlsx")
    assert "would unpack to 120 MB from 0.1 MB, and is not opened" in said


def test_a_part_that_is_longer_than_it_says_is_damaged(tmp_path: Path) -> None:
    excel_of_xml(tmp_path / "t.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>' + " " * 100_000)
    raw = bytearray((tmp_path / "t.xlsx").read_bytes())
    with zipfile.ZipFile(tmp_path / "t.xlsx") as package:
        size = package.getinfo("xl/worksheets/sheet1.xml").file_size
    raw = bytearray(bytes(raw).replace(struct.pack("<I", size), struct.pack("<I", size - 90_000)))
    (tmp_path / "t.xlsx").write_bytes(raw)
    assert "is damaged" in refused(tmp_path, file="t.xlsx")


@pytest.mark.parametrize("part", [0.3, 0.7, 0.95])
def test_a_damaged_zip_says_so(part: float, tmp_path: Path) -> None:
    path = excel(tmp_path / "t.xlsx", two_sheets)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * part)])
    assert "t.xlsx: is damaged" in refused(tmp_path, file="t.xlsx")


def test_a_scratched_zip_says_so(tmp_path: Path) -> None:
    path = excel(tmp_path / "t.xlsx", lambda book: book.add_worksheet("Data").write_row(0, 0, ["x"] * 50))
    whole = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as package:
        start = package.getinfo("xl/worksheets/sheet1.xml").header_offset
    for place in range(start + 80, start + 120):
        whole[place] ^= 0x5A
    path.write_bytes(whole)
    assert "is damaged" in refused(tmp_path, file="t.xlsx")


def test_a_password_is_never_asked_for(tmp_path: Path) -> None:
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    (tmp_path / "t.xlsx").write_bytes(compound)
    assert "t.xlsx: is protected by a password" in refused(tmp_path, file="t.xlsx")
    (tmp_path / "t.xls").write_bytes(compound)
    assert "t.xls: is protected by a password" in refused(tmp_path, file="t.xls")
    begin = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0, 0, 0, 0)
    (tmp_path / "old.xls").write_bytes(begin + struct.pack("<HHHHH", 0x2F, 6, 0, 1, 2) + struct.pack("<HH", 0xA, 0))
    assert "old.xls: is protected by a password" in refused(tmp_path, file="old.xls")
    open_document(tmp_path / "t.ods", ods_sheet(ods_row(ods_text("x"))))
    with zipfile.ZipFile(tmp_path / "t.ods", "w") as package:
        package.writestr("content.xml", b"\x01\x02\x03")
        package.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    assert "t.ods: is protected by a password" in refused(tmp_path, file="t.ods")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "a web page or XML under a workbook's name"),
        (b"job\tpay\nA\t1\n", "text under a workbook's name"),
        (b"\x00\x01\x02 nothing", "no workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "cannot be read as an .xls workbook"),
    ],
)
def test_a_file_that_is_no_workbook_says_what_it_is(content: bytes, words: str, tmp_path: Path) -> None:
    (tmp_path / "t.xls").write_bytes(content)
    assert words in refused(tmp_path, file="t.xls")


def test_the_content_says_the_format_where_the_name_is_wrong(tmp_path: Path) -> None:
    excel(tmp_path / "t.xlsx", lambda book: book.add_worksheet("Data").write(0, 0, "x")).rename(tmp_path / "t.xls")
    assert read(tmp_path, file="t.xls").cells == (("x",),)


def test_an_empty_sheet_says_so(tmp_path: Path) -> None:
    excel(tmp_path / "t.xlsx", lambda book: book.add_worksheet("Data"))
    assert "t.xlsx:Data: is empty" in refused(tmp_path, file="t.xlsx")


def test_a_sheet_made_to_take_for_ever_is_looked_at_in_no_time(tmp_path: Path) -> None:
    for crafted in ("<c " * 400_000, '<c t="e" ' * 200_000, '<c r="A1"><f/>' + " " * 400_000 + "<v>"):
        path = excel_of_xml(tmp_path / "t.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>' + crafted)
        with within(yardsticks=300):
            refused(tmp_path, file=path.name)


def test_a_sheet_may_be_written_with_single_quotation_marks(tmp_path: Path) -> None:
    row = "<row r='1'><c r='A1'><v>1</v></c><c r='B1' t='e'><v>#N/A</v></c></row>"
    excel_of_xml(tmp_path / "t.xlsx", row)
    assert read(tmp_path, file="t.xlsx").cells == (("1", "#N/A"),)
    excel_of_xml(tmp_path / "t.xlsx", row + "<row r='2'><c r='A2'><f>A1+1</f></c></row>")
    assert "t.xlsx:Data!A2: holds a formula whose result was never saved" in refused(tmp_path, file="t.xlsx")


def test_times_of_old_workbooks_are_no_days(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Data")
    sheet.write(0, 0, datetime.time(12, 30), xlwt.easyxf(num_format_str="HH:MM"))
    book.save(str(tmp_path / "t.xls"))
    assert read(tmp_path, file="t.xls").cells == (("12:30:00",),)


def test_a_sheet_that_its_program_does_not_list_is_hidden(tmp_path: Path) -> None:
    def write(book: Any) -> None:
        book.add_worksheet("Data").write(0, 0, "x")
        book.add_worksheet("Codes").very_hidden()

    excel(tmp_path / "t.xlsx", write)
    assert read(tmp_path, file="t.xlsx").part == "Data"


def test_errors_below_and_beside_repeated_cells_keep_their_place(tmp_path: Path) -> None:
    error = 'calcext:value-type="error" table:formula="of:=1/0"'
    rows = ods_row(ods_text("a"), ods_text("b"), ods_text("c"))
    rows += ods_row(ods_text("x"), ods_text("y"), ods_text("z"), more='table:number-rows-repeated="3"')
    rows += ods_row(ods_text("p", 'table:number-columns-repeated="2"'), ods_text("#DIV/0!", error))
    open_document(tmp_path / "t.ods", ods_sheet(rows))
    cells = read(tmp_path, file="t.ods").cells
    assert cells[1:] == (("x", "y", "z"), ("x", "y", "z"), ("x", "y", "z"), ("p", "p", "#DIV/0!"))


def test_errors_without_a_place_are_not_lost(tmp_path: Path) -> None:
    excel_of_xml(tmp_path / "t.xlsx", "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")
    assert read(tmp_path, file="t.xlsx").cells == (("1", "2"), ("3", ""))
    for cell in ('<c t="e"><v>#N/A</v></c>', "<c><f>1+1</f></c>"):
        excel_of_xml(tmp_path / "t.xlsx", f"<row><c><v>1</v></c></row><row>{cell}</row>")
        assert "t.xlsx:Data: has error cells or formulas without their places" in refused(tmp_path, file="t.xlsx")
