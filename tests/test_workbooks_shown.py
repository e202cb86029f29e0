"""What a workbook shows and what is read from it: the true value, a refusal, or a doubt that is told."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlwt

from data.errors import ProjectError
from data.files.world import today
from data.project import Project, load_project
from data.tables.value import Content
from reports.doubts.doubts import doubts
from tests.workbooks import excel, excel_of_xml, ods_number, ods_row, ods_sheet, ods_text, open_document

NUMBER = 'v = { type = "number" }'


def project(folder: Path, file: str, fields: str = NUMBER, table: str = "") -> Path:
    """A project of one table with the key k."""
    (folder / "project.toml").write_text(
        f"""title = "Shown"
[tables.a]
file = "{file}"
{table}
[tables.a.fields]
k = {{ type = "text", key = true }}
{fields}
[outputs.report]
writer = "report"
story = "report.md"
""",
        "utf-8",
    )
    (folder / "report.md").write_text("# A\n", "utf-8")
    return folder


def column(folder: Path, field: str = "v") -> tuple[Content, ...]:
    return load_project(folder).tables["a"].columns[field]


def texts(folder: Path, field: str = "v") -> list[str]:
    return [f"{content:f}" if isinstance(content, Decimal) else str(content) for content in column(folder, field)]


def refused(folder: Path) -> str:
    with pytest.raises(ProjectError) as caught:
        load_project(folder)
    return str(caught.value)


def told(folder: Path) -> str:
    found: Project = load_project(folder)
    return "\n".join(str(problem) for problem in (*found.warnings, *doubts(found, today())))


def as_xlsx(folder: Path, code: str, numbers: tuple[float, ...]) -> str:
    def write(book: Any) -> None:
        sheet, form = book.add_worksheet("Data"), book.add_format({"num_format": code})
        sheet.write_row(0, 0, ["k", "v"])
        for row, number in enumerate(numbers, 1):
            sheet.write_string(row, 0, f"row {row}")
            sheet.write_number(row, 1, number, form)

    excel(folder / "t.xlsx", write)
    return "t.xlsx"


def as_xlsm(folder: Path, code: str, numbers: tuple[float, ...]) -> str:
    (folder / as_xlsx(folder, code, numbers)).rename(folder / "t.xlsm")
    return "t.xlsm"


def as_xls(folder: Path, code: str, numbers: tuple[float, ...]) -> str:
    book = xlwt.Workbook()
    sheet, form = book.add_sheet("Data"), xlwt.easyxf(num_format_str=code)
    for place, word in enumerate(("k", "v")):
        sheet.write(0, place, word)
    for row, number in enumerate(numbers, 1):
        sheet.write(row, 0, f"row {row}")
        sheet.write(row, 1, number, form)
    book.save(str(folder / "t.xls"))
    return "t.xls"


BOOKS = (as_xlsx, as_xlsm, as_xls)
Writer = Callable[[Path, str, tuple[float, ...]], str]


def ods_cell(kind: str, value: str, shown: str, more: str = "") -> str:
    said = {"date": "date-value", "time": "time-value"}.get(kind, "value")
    return (
        f'<table:table-cell office:value-type="{kind}" office:{said}="{value}" {more}>'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def as_ods(folder: Path, *cells: str) -> str:
    rows = ods_row(ods_text("k"), ods_text("v"))
    rows += "".join(ods_row(ods_text(f"row {row}"), cell) for row, cell in enumerate(cells, 1))
    open_document(folder / "t.ods", ods_sheet(rows))
    return "t.ods"


@pytest.mark.parametrize("write", BOOKS)
def test_percentages_by_format_are_read_as_fractions_or_refused(write: Writer, tmp_path: Path) -> None:
    file = write(tmp_path, "0.0%", (0.35, 1.2))
    said = refused(project(tmp_path, file, 'v = { type = "percent" }'))
    assert f"{file}:Data!B2: column 'v': '0.35': the sheet shows 35%, and it would be read as 0.35%." in said
    assert 'Write scale = "fraction"' in said
    assert texts(project(tmp_path, file, 'v = { type = "percent", scale = "fraction" }')) == ["35", "120"]
    assert "the field is no percent field" in refused(project(tmp_path, file))


@pytest.mark.parametrize("write", BOOKS)
@pytest.mark.parametrize("code", ['0"%"', "0.0\\%", '#,##0.0" %"'])
def test_a_percent_sign_among_the_words_of_a_format_does_not_multiply(code: str, write: Writer, tmp_path: Path) -> None:
    file = write(tmp_path, code, (92, 35))
    assert texts(project(tmp_path, file, 'v = { type = "percent" }')) == ["92", "35"]
    said = refused(project(tmp_path, file, 'v = { type = "percent", scale = "fraction" }'))
    assert "the sheet shows 92%, and it would be read as 9,200%" in said


def test_percentages_in_open_documents(tmp_path: Path) -> None:
    file = as_ods(tmp_path, ods_cell("percentage", "0.35", "35%"))
    assert "the sheet shows 35%" in refused(project(tmp_path, file, 'v = { type = "percent" }'))
    file = as_ods(tmp_path, ods_cell("float", "92", "92%"))
    assert texts(project(tmp_path, file, 'v = { type = "percent" }')) == ["92"]


def test_percentages_that_nobody_formatted_among_others_are_refused(tmp_path: Path) -> None:
    def write(book: Any) -> None:
        sheet, form = book.add_worksheet("Data"), book.add_format({"num_format": "0%"})
        sheet.write_column(0, 0, ["k", "a", "b"])
        sheet.write_string(0, 1, "v")
        sheet.write_number(1, 1, 0.88, form)
        sheet.write_number(2, 1, 88)

    excel(tmp_path / "t.xlsx", write)
    said = refused(project(tmp_path, "t.xlsx", 'v = { type = "percent", scale = "fraction" }'))
    assert "t.xlsx:Data!B3: column 'v': '88': other cells are formatted as percentages, this one is not." in said


@pytest.mark.parametrize("write", BOOKS)
@pytest.mark.parametrize(
    ("code", "sign"),
    [
        ("#,##0.00 [$€-407]", "€"),
        ('_-* #,##0 [$€-407]_-;-* #,##0 [$€-407]_-;_-* "-"?? [$€-407]_-;_-@_-', "€"),
        ('"CHF" #,##0', "CHF"),
        ('#,##0 "zł"', "zł"),
        ("[$£-809]#,##0", "£"),
        ("[$INR] #,##0", "INR"),
    ],
)
def test_money_in_another_currency_is_refused(code: str, sign: str, write: Writer, tmp_path: Path) -> None:
    file = write(tmp_path, code, (41000,))
    said = refused(project(tmp_path, file, 'v = { type = "money", unit = "USD" }'))
    assert f"t{Path(file).suffix}:Data!B2: column 'v': '41000': the sheet shows it in '{sign}'" in said
    assert "the field is in USD" in said
    assert texts(project(tmp_path, file, 'v = { type = "money", unit = "USD" }', "read = { cell_formats = 'ignore' }"))


def test_money_in_the_fields_currency_is_read(tmp_path: Path) -> None:
    for code in ('"$"#,##0', '_($* #,##0.00_);_($* (#,##0.00);_($* "-"??_);_(@_)', "[$$-409]#,##0", "[$USD] 0"):
        file = as_xlsx(tmp_path, code, (41000, 0))
        assert texts(project(tmp_path, file, 'v = { type = "money", unit = "USD" }')) == ["41000", "0"]
        assert told(tmp_path) == ""
    file = as_ods(tmp_path, ods_cell("currency", "35", "35,00 €", 'office:currency="EUR"'))
    assert "the sheet shows it in 'EUR'" in refused(project(tmp_path, file, 'v = { type = "money", unit = "USD" }'))
    assert texts(project(tmp_path, file, 'v = { type = "money", unit = "EUR" }')) == ["35"]


@pytest.mark.parametrize("write", BOOKS)
@pytest.mark.parametrize(
    ("code", "shows"),
    [
        ('[<5]"*";0', "shows '*' in its place"),
        (";;;", "shows nothing in its place"),
        ('"n/a"', "shows 'n/a' in its place"),
        ('[>2]0;"x"', "shows 'x' in its place"),
        ('"<"0', "shows '<' beside it"),
        ('0"*"', "shows '*' beside it"),
        ("0\\+", "shows '+' beside it"),
    ],
)
def test_what_a_format_hides_is_not_published(code: str, shows: str, write: Writer, tmp_path: Path) -> None:
    file = write(tmp_path, code, (2,))
    said = refused(project(tmp_path, file))
    assert shows in said
    assert ":Data!B2:" in said
    assert texts(project(tmp_path, file, table='read = { cell_formats = "ignore" }')) == ["2"]


def test_what_a_format_hides_in_open_documents(tmp_path: Path) -> None:
    assert "shows '*' in its place" in refused(project(tmp_path, as_ods(tmp_path, ods_cell("float", "3", "*"))))
    assert "shows '<' beside it" in refused(project(tmp_path, as_ods(tmp_path, ods_cell("float", "5", "&lt;5"))))


def test_a_condition_that_may_show_something_else_is_refused(tmp_path: Path) -> None:
    def write(book: Any) -> None:
        sheet = book.add_worksheet("Data")
        sheet.write_column(0, 0, ["k", "a"])
        sheet.write_column(0, 1, ["v", 3])
        star = book.add_format({"num_format": '"*"'})
        sheet.conditional_format("B2:B9", {"type": "cell", "criteria": "<", "value": 5, "format": star})

    excel(tmp_path / "t.xlsx", write)
    assert "a conditional format" in refused(project(tmp_path, "t.xlsx"))


def test_zero_that_is_shown_as_a_dash_is_told(tmp_path: Path) -> None:
    for code in ('0;-0;"-"', '[=0]"-";0', "#,###"):
        project(tmp_path, as_xlsx(tmp_path, code, (0, 7)))
        assert texts(tmp_path) == ["0", "7"]
        assert "t.xlsx:Data!B2: column 'v': '0' is " in told(tmp_path)


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
@pytest.mark.parametrize("hides", [True, False])
def test_zeros_that_the_whole_sheet_hides_are_told(kind: str, hides: bool, tmp_path: Path) -> None:
    name, cells = f"t.{kind}", (("k", "v"), ("a", 0), ("b", 7), ("c", 0))
    if kind == "xlsx":

        def write(book: Any) -> None:
            sheet = book.add_worksheet("Data")
            for row, line in enumerate(cells):
                sheet.write_row(row, 0, line)
            if hides:
                sheet.hide_zero()

        excel(tmp_path / name, write)
    else:
        book: Any = xlwt.Workbook()
        sheet = book.add_sheet("Data")
        sheet.show_zero_values = not hides
        for row, line in enumerate(cells):
            for column, value in enumerate(line):
                sheet.write(row, column, value)
        book.save(str(tmp_path / name))
    project(tmp_path, name)
    assert texts(tmp_path) == ["0", "7", "0"]
    said = f"{name}:Data!B2: column 'v': '0' is not shown; so is 1 more. Check that zero is meant"
    assert (said in told(tmp_path)) == hides


ZEROS = '<config:config-item config:name="ShowZeroValues" config:type="boolean">{}</config:config-item>'
SHEETS = (
    '<config:config-item-map-named config:name="Tables"><config:config-item-map-entry config:name="{}">'
    f"{ZEROS.format('false')}</config:config-item-map-entry></config:config-item-map-named>"
)


@pytest.mark.parametrize(
    ("view", "hides"),
    [
        (ZEROS.format("false"), True),
        (ZEROS.format("true"), False),
        ("", False),
        (SHEETS.format("Data"), True),
        (SHEETS.format("Other") + ZEROS.format("true"), False),
    ],
)
def test_zeros_that_an_open_document_hides_are_told(view: str, hides: bool, tmp_path: Path) -> None:
    lines = [("a", "0"), ("b", "7"), ("c", "0")]
    rows = [ods_row(ods_text("k"), ods_text("v")), *(ods_row(ods_text(k), ods_number(v)) for k, v in lines)]
    open_document(tmp_path / "t.ods", ods_sheet("".join(rows)), view=view)
    project(tmp_path, "t.ods")
    assert texts(tmp_path) == ["0", "7", "0"]
    assert ("t.ods:Data!B2: column 'v': '0' is not shown; so is 1 more." in told(tmp_path)) == hides


@pytest.mark.parametrize("write", BOOKS)
def test_formats_that_divide_by_a_thousand_are_told(write: Writer, tmp_path: Path) -> None:
    for code in ("#,##0.0,,", '0.0,,"M"', '0.0,," Mio."'):
        file = write(tmp_path, code, (1234567,))
        assert texts(project(tmp_path, file)) == ["1234567"]
        assert "'1234567' is shown as 1.2346 in the sheet" in told(tmp_path)
    file = write(tmp_path, "#,##0,", (45000,))
    said = refused(project(tmp_path, file, 'v = { type = "number", multiply = 1000 }'))
    assert "the sheet shows 45 for it, and the cell holds the whole number" in said


@pytest.mark.parametrize("write", BOOKS)
def test_words_of_a_format_that_multiply_have_to_be_declared(write: Writer, tmp_path: Path) -> None:
    file = write(tmp_path, '0" k"', (45,))
    assert "shows it as 45,000. Write multiply = 1000" in refused(project(tmp_path, file))
    assert texts(project(tmp_path, file, 'v = { type = "number", multiply = 1000 }')) == ["45000"]


@pytest.mark.parametrize("write", BOOKS)
def test_codes_keep_the_zeros_that_the_sheet_shows(write: Writer, tmp_path: Path) -> None:
    file = write(tmp_path, "00000", (2139, 501))
    assert texts(project(tmp_path, file, 'v = { type = "text" }')) == ["02139", "00501"]
    file = write(tmp_path, "000\\-00\\-0000", (1234567,))
    assert texts(project(tmp_path, file, 'v = { type = "text" }')) == ["001-23-4567"]
    file = write(tmp_path, '"Q"0', (3,))
    assert texts(project(tmp_path, file, 'v = { type = "text" }')) == ["Q3"]
    file = write(tmp_path, "00000", (2139,))
    assert "is shown as 02139" in told(project(tmp_path, file, 'v = { type = "integer" }'))
    file = as_ods(tmp_path, ods_cell("float", "2139", "02139"))
    assert texts(project(tmp_path, file, 'v = { type = "text" }')) == ["02139"]


@pytest.mark.parametrize("write", BOOKS)
def test_dates_are_as_exact_as_the_sheet_shows_them(write: Writer, tmp_path: Path) -> None:
    date = 'v = { type = "date" }'
    assert texts(project(tmp_path, write(tmp_path, "mmm yyyy", (46143,)), date)) == ["2026-05"]
    assert texts(project(tmp_path, write(tmp_path, "yyyy", (46143,)), date)) == ["2026"]
    assert texts(project(tmp_path, write(tmp_path, "yyyy", (46143,)), 'v = { type = "year" }')) == ["2026"]
    assert texts(project(tmp_path, write(tmp_path, "dd/mm/yyyy", (46144,)), date)) == ["2026-05-02"]
    assert "is shown without its year" in told(project(tmp_path, write(tmp_path, "d-mmm", (46144,)), date))


@pytest.mark.parametrize("write", BOOKS)
def test_days_that_were_bands_are_told(write: Writer, tmp_path: Path) -> None:
    said = told(project(tmp_path, write(tmp_path, "d-mmm", (46144,)), 'v = { type = "text" }'))
    assert "'2026-05-02' is a date, and the field holds words" in said


def test_days_that_were_bands_are_told_in_text_files(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("k,v\na,1-4\nb,9-May\nc,10-49\n", "utf-8")
    assert "'9-May' in 'v' is a day among bands" in told(project(tmp_path, "t.csv", 'v = { type = "text" }'))


def test_durations_have_one_reading_in_every_kind_of_workbook(tmp_path: Path) -> None:
    words = 'v = { type = "text" }'
    for write in BOOKS:
        assert texts(project(tmp_path, write(tmp_path, "[h]:mm", (1.5,)), words)) == ["36:00:00"]
    assert texts(project(tmp_path, as_ods(tmp_path, ods_cell("time", "PT36H00M00S", "36:00")), words)) == ["36:00:00"]


def rich_xlsx(folder: Path) -> str:
    def write(book: Any) -> None:
        sheet = book.add_worksheet("Data")
        raised, lowered = book.add_format({"font_script": 1}), book.add_format({"font_script": 2})
        sheet.write_row(0, 0, ["k", "v"])
        sheet.write_rich_string(1, 0, "Engineering", raised, "1")
        sheet.write_rich_string(2, 0, "CO", lowered, "2")
        sheet.write_rich_string(3, 0, "1", raised, "st")
        sheet.write_number(1, 1, 5)
        sheet.write_number(3, 1, 6)
        sheet.write_rich_string(2, 1, "987", raised, "2")

    excel(folder / "t.xlsx", write)
    return "t.xlsx"


def rich_xls(folder: Path) -> str:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Data")
    plain, raised, lowered = xlwt.Font(), xlwt.Font(), xlwt.Font()
    raised.escapement, lowered.escapement = xlwt.Font.ESCAPEMENT_SUPERSCRIPT, xlwt.Font.ESCAPEMENT_SUBSCRIPT
    for place, word in enumerate(("k", "v")):
        sheet.write(0, place, word)
    sheet.write_rich_text(1, 0, (("Engineering", plain), ("1", raised)))
    sheet.write_rich_text(2, 0, (("CO", plain), ("2", lowered)))
    sheet.write_rich_text(3, 0, (("1", plain), ("st", raised)))
    sheet.write(1, 1, 5)
    sheet.write(3, 1, 6)
    sheet.write_rich_text(2, 1, (("987", plain), ("2", raised)))
    book.save(str(folder / "t.xls"))
    return "t.xls"


def rich_ods(folder: Path) -> str:
    def span(style: str, before: str, text: str) -> str:
        return ods_text(f'{before}<text:span text:style-name="{style}">{text}</text:span>')

    rows = ods_row(ods_text("k"), ods_text("v")) + ods_row(span("up", "Engineering", "1"), ods_number("5"))
    rows += ods_row(span("down", "CO", "2"), span("up", "987", "2")) + ods_row(span("up", "1", "st"), ods_number("6"))
    styles = "".join(
        f'<style:style style:name="{name}" style:family="text"><style:text-properties style:text-position="{where}"/>'
        "</style:style>"
        for name, where in (("up", "super 58%"), ("down", "sub 58%"))
    )
    open_document(folder / "t.ods", ods_sheet(rows), styles=styles)
    return "t.ods"


@pytest.mark.parametrize("write", [rich_xlsx, rich_xls, rich_ods])
def test_raised_digits_are_footnote_marks(write: Callable[[Path], str], tmp_path: Path) -> None:
    file = write(tmp_path)
    said = refused(project(tmp_path, file))
    assert ":Data!B3: column 'v': '987²': has the raised mark '²'." in said
    project(tmp_path, file, table='shape = { marks = { "¹" = "A note" } }')
    assert texts(tmp_path) == ["5", "987", "6"]
    assert texts(tmp_path, "k") == ["Engineering", "CO₂", "1st"]


def test_raised_digits_in_texts_that_a_cell_holds_itself(tmp_path: Path) -> None:
    rich = '<is><r><t>987</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>2</t></r></is>'
    excel_of_xml(
        tmp_path / "t.xlsx",
        '<row r="1"><c r="A1" t="str"><v>k</v></c><c r="B1" t="str"><v>v</v></c></row>'
        f'<row r="2"><c r="A2" t="str"><v>a</v></c><c r="B2" t="inlineStr">{rich}</c></row>',
    )
    assert "'987²'" in refused(project(tmp_path, "t.xlsx"))


def test_letters_that_a_workbook_writes_as_numbers_are_letters(tmp_path: Path) -> None:
    rich = '<is><r><t>Fl&#228;che (m</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>2</t></r><r><t>) &amp; &#xE9;</t></r></is>'
    excel_of_xml(
        tmp_path / "t.xlsx",
        '<row r="1"><c r="A1" t="str"><v>k</v></c><c r="B1" t="str"><v>v</v></c></row>'
        f'<row r="2"><c r="A2" t="inlineStr">{rich}</c><c r="B2"><v>1</v></c></row>',
    )
    project(tmp_path, "t.xlsx")
    assert texts(tmp_path, "k") == ["Fläche (m²) & é"]


def hiding(folder: Path, *, column: bool = False) -> str:
    def write(book: Any) -> None:
        sheet = book.add_worksheet("Data")
        sheet.write_column(0, 0, ["k", "a", "b", "c"])
        sheet.write_column(0, 1, ["v", 1, 2, 3])
        if column:
            sheet.set_column(1, 1, None, None, {"hidden": True})
        else:
            sheet.set_row(2, None, None, {"hidden": True})

    excel(folder / "t.xlsx", write)
    return "t.xlsx"


def hiding_xls(folder: Path) -> str:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Data")
    for row, cells in enumerate((("k", "v"), ("a", 1), ("b", 2), ("c", 3))):
        for place, cell in enumerate(cells):
            sheet.write(row, place, cell)
    sheet.row(2).hidden = True
    book.save(str(folder / "t.xls"))
    return "t.xls"


def hiding_ods(folder: Path) -> str:
    rows = ods_row(ods_text("k"), ods_text("v")) + ods_row(ods_text("a"), ods_number("1"))
    rows += ods_row(ods_text("b"), ods_number("2"), more='table:visibility="filter"')
    open_document(folder / "t.ods", ods_sheet(rows + ods_row(ods_text("c"), ods_number("3"))))
    return "t.ods"


@pytest.mark.parametrize("write", [hiding, hiding_xls, hiding_ods])
def test_hidden_rows_are_told_unless_it_is_said_what_is_meant(write: Callable[[Path], str], tmp_path: Path) -> None:
    file = write(tmp_path)
    assert "1 of 3 rows that are read is hidden in the workbook" in told(project(tmp_path, file))
    assert ":Data!A3:" in told(tmp_path)
    assert told(project(tmp_path, file, table='read = { hidden = "keep" }')) == ""
    assert told(project(tmp_path, file, table='read = { hidden = "drop" }')) == ""
    assert texts(tmp_path) == ["1", "3"]
    assert load_project(tmp_path).tables["a"].first["v"].cells[0].line == 2


def test_hidden_columns_are_told_too(tmp_path: Path) -> None:
    file = hiding(tmp_path, column=True)
    assert "column 'v' is hidden in the workbook, and is read" in told(project(tmp_path, file))
    assert "no column 'v'" in refused(project(tmp_path, file, table='read = { hidden = "drop" }'))


def merged_xlsx(folder: Path) -> str:
    def write(book: Any) -> None:
        sheet = book.add_worksheet("Data")
        sheet.write_column(0, 0, ["k", "a", "b", "c", "d"])
        sheet.write_string(0, 1, "v")
        sheet.merge_range(1, 1, 3, 1, 300)
        sheet.write_number(4, 1, 50)

    excel(folder / "t.xlsx", write)
    return "t.xlsx"


def merged_xls(folder: Path) -> str:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Data")
    for row, word in enumerate(("k", "a", "b", "c", "d")):
        sheet.write(row, 0, word)
    sheet.write(0, 1, "v")
    sheet.write_merge(1, 3, 1, 1, 300)
    sheet.write(4, 1, 50)
    book.save(str(folder / "t.xls"))
    return "t.xls"


def merged_ods(folder: Path) -> str:
    covered = "<table:covered-table-cell/>"
    rows = ods_row(ods_text("k"), ods_text("v"))
    rows += ods_row(ods_text("a"), ods_number("300", 'table:number-rows-spanned="3" table:number-columns-spanned="1"'))
    rows += ods_row(ods_text("b"), covered) + ods_row(ods_text("c"), covered)
    open_document(folder / "t.ods", ods_sheet(rows + ods_row(ods_text("d"), ods_number("50"))))
    return "t.ods"


@pytest.mark.parametrize("write", [merged_xlsx, merged_xls, merged_ods])
def test_one_number_over_three_rows_is_not_three_numbers(write: Callable[[Path], str], tmp_path: Path) -> None:
    file = write(tmp_path)
    said = refused(project(tmp_path, file))
    assert ":Data!B2: column 'v': '300' stands once in cells that are merged over 3 rows" in said
    assert texts(project(tmp_path, file, table='read = { merged = "repeat" }')) == ["300", "300", "300", "50"]


def test_the_totals_of_a_workbooks_table_are_told(tmp_path: Path) -> None:
    def write(book: Any) -> None:
        sheet = book.add_worksheet("Data")
        columns = [
            {"header": "k", "total_string": "Mean"},
            {"header": "v", "total_function": "average", "total_value": 2},
        ]
        sheet.add_table(0, 0, 3, 1, {"data": [["a", 1], ["b", 3]], "total_row": True, "columns": columns})

    excel(tmp_path / "t.xlsx", write)
    assert "'Mean' is the row of totals of the workbook's table" in told(project(tmp_path, "t.xlsx"))
    assert told(project(tmp_path, "t.xlsx", table='shape = { totals = "keep" }')) == ""
    assert told(project(tmp_path, "t.xlsx", table='shape = { drop = "Mean" }')) == ""


@pytest.mark.parametrize("error", ["#SPILL!", "#CALC!", "#GETTING_DATA", "#FIELD!", "#BLOCKED!", "#UNKNOWN!", "#N/A"])
def test_errors_of_every_kind_are_named_with_their_cell(error: str, tmp_path: Path) -> None:
    excel_of_xml(
        tmp_path / "t.xlsx",
        '<row r="1"><c r="A1" t="str"><v>k</v></c><c r="B1" t="str"><v>v</v></c><c r="C1" t="str"><v>w</v></c></row>'
        f'<row r="2"><c r="A2" t="str"><v>a</v></c><c r="B2" t="e"><f>A1</f><v>{error}</v></c><c r="C2"><v>1</v></c></row>',
    )
    assert f"t.xlsx:Data!B2: column 'v': '{error}'" in refused(project(tmp_path, "t.xlsx"))
    assert f"'{error}': is an error" in refused(project(tmp_path, "t.xlsx", 'v = { type = "text" }'))
    project(tmp_path, "t.xlsx", 'v = { type = "number" }\nw = { type = "integer" }', f'missing = ["{error}"]')
    assert texts(tmp_path, "w") == ["1"]


def with_generator(path: Path, generator: str) -> None:
    with zipfile.ZipFile(path, "a") as package:
        package.writestr(
            "meta.xml", f"<office:document-meta><meta:generator>{generator}</meta:generator></office:document-meta>"
        )


def test_formulas_that_give_an_empty_text_are_empty_where_their_program_calculates(tmp_path: Path) -> None:
    empty = '<table:table-cell table:formula="of:=&quot;&quot;"/>'
    assert "a formula whose result was never saved" in refused(
        project(tmp_path, as_ods(tmp_path, ods_number("1"), empty))
    )
    with_generator(tmp_path / "t.ods", "LibreOffice/24.2.1.2$Linux_X86_64")
    assert texts(tmp_path) == ["1", "None"]


def test_formulas_that_nobody_has_calculated_are_refused(tmp_path: Path) -> None:
    def write(book: Any) -> None:
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, ["k", "v"])
        sheet.write_string(1, 0, "a")
        sheet.write_formula(1, 1, "=1+1")

    excel(tmp_path / "t.xlsx", write)
    assert "t.xlsx:Data!B2: holds a formula whose result was never saved" in refused(project(tmp_path, "t.xlsx"))
    book = xlwt.Workbook()
    sheet = book.add_sheet("Data")
    for place, word in enumerate(("k", "v")):
        sheet.write(0, place, word)
    sheet.write(1, 0, "a")
    sheet.write(1, 1, xlwt.Formula("1+1"))
    book.save(str(tmp_path / "t.xls"))
    assert "t.xls:Data!B2: holds a formula whose result was never saved" in refused(project(tmp_path, "t.xls"))


def test_a_workbooks_parts_lie_where_its_relationships_say(tmp_path: Path) -> None:
    path = tmp_path / as_xlsx(tmp_path, "0%", (0.35,))
    with zipfile.ZipFile(path) as package:
        parts = {info.filename: package.read(info).decode() for info in package.infolist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            content = content.replace('Target="xl/', 'Target="/book/').replace('PartName="/xl/', 'PartName="/book/')
            package.writestr(name.replace("xl/", "book/", 1) if name.startswith("xl/") else name, content)
    assert texts(project(tmp_path, "t.xlsx", 'v = { type = "percent", scale = "fraction" }')) == ["35"]


def test_two_tables_side_by_side_are_told(tmp_path: Path) -> None:
    def write(book: Any) -> None:
        sheet = book.add_worksheet("Data")
        sheet.write_column(0, 0, ["k", "a", "b", "c"])
        sheet.write_column(0, 1, ["v", 1, 2, 3])
        sheet.write_column(0, 3, ["city", "X", "Y"])
        sheet.write_column(0, 4, ["n", 7, 8])

    excel(tmp_path / "t.xlsx", write)
    said = told(project(tmp_path, "t.xlsx"))
    assert "t.xlsx:Data!D1: an empty column stands before 'city': these may be two tables" in said
    assert told(project(tmp_path, "t.xlsx", table='read = { range = "A1:B" }')) == ""
    assert told(project(tmp_path, "t.xlsx", table='read = { range = "A1:E" }')) == ""


def test_notes_that_excel_keeps_while_a_workbook_is_open_are_no_workbooks(tmp_path: Path) -> None:
    (tmp_path / "~$t.xlsx").write_bytes(b"\x05Jane" + bytes(160))
    assert "~$t.xlsx: is no workbook, but a note that Excel keeps" in refused(project(tmp_path, "~$t.xlsx"))
    as_xlsx(tmp_path, "0", (5,))
    settings = project(tmp_path, "*.xlsx") / "project.toml"
    settings.write_text(settings.read_text("utf-8").replace("file =", "files ="), "utf-8")
    assert texts(tmp_path) == ["5"]
