"""Tables made for people become tidy, and every cell knows where it stood."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from data.errors import Place, ProjectError
from data.language.show import show
from data.project import load_project
from data.reshape import reshape
from data.reshape.footnotes import _stripper
from data.reshape.joined import joined
from data.reshape.words import find_column, plain
from data.settings.project import TableSettings
from data.sources.grid import Grid, rectangular
from data.sources.sheet import Sheet
from data.tables.table import Table
from data.tables.value import Interval


def at(*setting: str) -> Place:
    return Place("project.toml:" + ".".join(setting))


def grid(text: str, workbook: bool = False, file: str = "t.csv") -> Grid:
    """Lines of cells between bars; `~` is a no-break space."""
    records = [line.replace("~", "\u00a0").split("|") for line in text.strip("\n").split("\n")]
    cells, widths = rectangular(records)
    rows = tuple(range(1, len(cells) + 1))
    return Grid(file, "Pay" if workbook else "", cells, rows, letters=workbook, widths=() if workbook else widths)


def table(shape: str = "", fields: str = "a = { type = 'text' }", rest: str = "") -> TableSettings:
    toml = tomllib.loads(f"file = 't.csv'\n{rest}\n[shape]\n{shape}\n[fields]\n{fields}")
    return TableSettings.model_validate(toml)


def tidy(text: str, shape: str = "", *, workbook: bool = False, **settings: str) -> Sheet:
    return reshape(grid(text, workbook), table(shape, **settings), at)


def said(sheet: Sheet) -> list[str]:
    return ["|".join(row) for row in (sheet.header, *sheet.rows)]


def notes(sheet: Sheet) -> list[str]:
    return [note.said() for note in sheet.notes]


def refused(text: str, shape: str = "", **settings: str) -> str:
    with pytest.raises(ProjectError) as error:
        tidy(text, shape, workbook=False, **settings)
    return str(error.value)


# -- without settings ----------------------------------------------------------------------------------------------


def test_without_settings_the_first_row_is_the_header_and_empty_rows_are_left_out() -> None:
    sheet = tidy("\na| b \n1|2\n|\n3|~4")
    assert said(sheet) == ["a|b", "1|2", "3|4"]
    assert [str(sheet.place(i, 1)) for i in (0, 1)] == ["t.csv:2", "t.csv:4"]


def test_without_settings_ragged_rows_and_repeated_headers_are_refused() -> None:
    assert "t.csv:3: this row has 1 cells, the header has 2." in refused("a|b\n1|2\n3")
    message = refused("a|a|b|b\n1|2|3|4")
    assert "t.csv:1: the header says 'a' twice." in message
    assert "t.csv:1: the header says 'b' twice." in message
    assert "has a header and no rows" in refused("a|b")
    assert "is empty" in refused(" \n")


# -- headers -------------------------------------------------------------------------------------------------------


def test_the_header_is_found_by_its_number_or_by_what_it_says() -> None:
    text = "Title:|Pay\n|\nJob|Salary\nNurse|1"
    assert said(tidy(text, "header = 3")) == ["Job|Salary", "Nurse|1"]
    assert said(tidy(text, "header = 'Job'")) == ["Job|Salary", "Nurse|1"]
    assert said(tidy(text, "header = '/^Sal/'")) == ["Job|Salary", "Nurse|1"]
    assert "has no row 9: its last is 4" in refused(text, "header = 9")
    assert "no row of t.csv has a cell 'Jobs'" in refused(text, "header = 'Jobs'")


def test_a_header_over_several_rows_is_joined_and_its_merged_cells_are_filled_rightwards() -> None:
    text = "|Men||Women|\nField|2010|2011|2010|2011\nArt|1|2|3|4"
    shape = "header = [1, 2]\nheader_join = ', '"
    assert said(tidy(text, shape))[0] == "Field|Men, 2010|Men, 2011|Women, 2010|Women, 2011"
    bare = shape + "\nheader_fill = false\nrepeated_headers = 'number'"
    assert said(tidy(text, bare))[0] == "Field|Men, 2010|2011|Women, 2010|2011 (2)"
    both = "Field|Men\nField|2010\nArt|1"
    assert said(tidy(both, shape, workbook=True))[0] == "Field|Men, 2010"


def test_columns_without_a_header_are_called_by_their_place() -> None:
    assert said(tidy("|2010\nArt|1", "header = 1", workbook=True))[0] == "column A|2010"
    assert said(tidy("Art|1\nLaw|2", "header = 0")) == ["1|2", "Art|1", "Law|2"]
    assert said(tidy("Art|1\nLaw|2", "header = 0", workbook=True))[0] == "A|B"


def test_the_second_column_of_a_name_is_numbered_where_that_is_declared() -> None:
    assert said(tidy("a|a|b\n1|2|3", "repeated_headers = 'number'"))[0] == "a|a (2)|b"


def test_a_row_that_only_counts_the_columns_is_dropped() -> None:
    text = "Field|1970|1971\n1|2|3\nArt|4|5"
    assert said(tidy(text, "column_numbers = true"))[1:] == ["Art|4|5"]
    assert said(tidy("a|b\n(1)|(2)\n1|2", "column_numbers = true"))[1:] == ["1|2"]
    assert said(tidy("a|b\n5|9\n1|2", "column_numbers = true"))[1:] == ["5|9", "1|2"]


def test_units_in_headers_are_set_apart() -> None:
    sheet = tidy("Job|Pay (USD)|Share [%]|Umsatz in Mio. €|Class (of)\nNurse|1|2|3|4", "units = true")
    assert sheet.header == ("Job", "Pay", "Share", "Umsatz", "Class")
    assert sheet.units == {"Pay": "USD", "Share": "%", "Umsatz": "Mio. €", "Class": "of"}


def test_columns_are_found_whatever_their_apostrophes_and_spaces() -> None:
    header = ("Taux d\u2019insertion", "Taux\u00a0 d'emploi", "Employment, 2024\u201334")
    assert [
        find_column(header, name) for name in ("Taux d'insertion", "Taux d\u2019emploi", "Employment, 2024-34")
    ] == [0, 1, 2]
    assert find_column(("a'b", "a\u2019b"), "a`b") is None


# -- rows ----------------------------------------------------------------------------------------------------------


def test_notes_below_are_kept_as_notes() -> None:
    text = "Job|Pay\nNurse|1\nFootnotes:\n[1] Median.\nSource: a survey|"
    sheet = tidy(text, "notes = 'Footnotes:'", workbook=True)
    assert said(sheet) == ["Job|Pay", "Nurse|1"]
    assert notes(sheet) == ["[1] Median.", "Source: a survey"]
    assert tidy(text, "notes = 4\nskip = 3", workbook=True).notes == sheet.notes
    assert tidy(text, r"notes = '/\[1\]/'" + "\nskip = 'Footnotes:'", workbook=True).notes == sheet.notes


def test_notes_that_are_not_there_are_told_as_a_warning() -> None:
    sheet = tidy("a|b\n1|2", "notes = 'Notes'")
    assert str(sheet.warnings[0]).startswith("project.toml:shape.notes: notes: no row of t.csv begins with 'Notes'.")
    assert sheet.warnings[0].severity == "warning"


def test_rows_are_skipped_by_number_or_by_their_first_words() -> None:
    assert said(tidy("a|b\nunit|USD\n1|2\nx|y", "skip = [2, 'x']")) == ["a|b", "1|2"]


def test_total_rows_are_dropped_by_what_their_label_says() -> None:
    text = "id|name|n\n1|A|2\n2|B|3\n|Total|5\n|~~~Total (all)|5"
    assert said(tidy(text, "drop = ['Total', '/^Total \\(/']"))[1:] == ["1|A|2", "2|B|3"]
    assert said(tidy(text, "drop = { name = ['Total', 'Total (all)', 'B'] }"))[1:] == ["1|A|2"]
    assert said(tidy(text, "keep = { name = '/^[AB]$/', id = '2' }"))[1:] == ["2|B|3"]


def test_words_that_no_row_says_are_told_and_a_table_without_rows_is_refused() -> None:
    sheet = tidy("a|b\n1|2", "drop = 'Summe'")
    assert "drop: no row of t.csv says 'Summe'." in str(sheet.warnings[0])
    message = refused("a|b\n1|2", "keep = { a = 'x' }")
    assert "keep leaves no row of t.csv" in message
    assert "keep.a: no row of t.csv says 'x'" in message


def test_section_rows_become_a_field() -> None:
    text = "Who|n|m\nSex||\nFemale|1|2\nMale|3|4\nAge|Age|Age\n20|5|6\nTotal|9|9"
    sheet = tidy(text, "sections = { field = 'group', outside = 'Total' }", workbook=True)
    assert said(sheet) == ["Who|n|m|group", "Female|1|2|Sex", "Male|3|4|Sex", "20|5|6|Age", "Total|9|9|"]
    assert [str(sheet.place(i, 3)) for i in (1, 2)] == ["t.csv:Pay!A2", "t.csv:Pay!A5"]


def test_a_row_of_data_without_values_is_not_silently_a_section() -> None:
    sheet = tidy("Who|n\nSex|\nOther|\nMale|3", "sections = 'group'", workbook=True)
    assert "sections: 'Sex' has no row below it in t.csv:Pay." in str(sheet.warnings[0])
    sheet = tidy("Who|n\nSex|\nOther|\nMale|3", "sections = { field = 'group', rows = 'Sex' }", workbook=True)
    assert said(sheet)[1:] == ["Other||Sex", "Male|3|Sex"]
    assert sheet.warnings == ()


def test_empty_cells_are_filled_from_above() -> None:
    sheet = tidy("Region|n\nNorth|1\n|2\nSouth|3", "fill_down = 'Region'", workbook=True)
    assert said(sheet)[1:] == ["North|1", "North|2", "South|3"]
    assert str(sheet.place(1, 0)) == "t.csv:Pay!A2"


def test_indents_become_levels_and_parents() -> None:
    text = "Job|n\nAll|9\n  Managers|5\n~~~~Top|2\n    Other|3\n  Nurses|4"
    sheet = tidy(text, "hierarchy = { level = 'level', parents = ['all', 'group'] }", workbook=True)
    assert said(sheet)[1:] == [
        "All|9|1||",
        "Managers|5|2|All|",
        "Top|2|3|All|Managers",
        "Other|3|3|All|Managers",
        "Nurses|4|2|All|",
    ]
    assert str(sheet.place(2, 4)) == "t.csv:Pay!A3"


def test_summary_rows_may_be_dropped_after_they_gave_their_names() -> None:
    text = "Job|kind\nManagers|sum\n  Top|line\nNurses|sum\n  Night|line"
    sheet = tidy(text, "hierarchy = { parents = ['group'] }\ndrop = { kind = 'sum' }")
    assert said(sheet)[1:] == ["Top|line|Managers", "Night|line|Nurses"]


def test_a_cell_above_the_table_becomes_a_column() -> None:
    sheet = tidy("Year:|2017/18\nJob|n\nNurse|1", "header = 2\ncells = { year = 'B1' }", workbook=True)
    assert said(sheet) == ["Job|n|year", "Nurse|1|2017/18"]
    assert str(sheet.place(0, 2)) == "t.csv:Pay!B1"
    assert "the cell C1 of t.csv is empty" in refused("a|b\n1|2", "cells = { year = 'C1' }")


def test_exact_repetitions_are_told_and_dropped_only_where_that_is_declared() -> None:
    text = "a|b\n1|2\n1|3\n1|2\n1|2"
    told = tidy(text)
    assert said(told)[1:] == ["1|2", "1|3", "1|2", "1|2"]
    assert [str(warning) for warning in told.warnings] == [
        "t.csv:4: 2 of 4 rows repeat another one exactly; this one stands in t.csv:2 already. Leave them out: "
        'shape = { repeated_rows = "drop" }; or say that they are meant: repeated_rows = "keep".'
    ]
    dropped = tidy(text, "repeated_rows = 'drop'")
    assert (said(dropped)[1:], dropped.lines, dropped.repeated, dropped.warnings) == (["1|2", "1|3"], (2, 3), 2, ())
    meant = tidy(text, "repeated_rows = 'keep'")
    assert (len(meant.rows), meant.repeated, meant.warnings) == (4, 0, ())


def test_rows_of_a_query_may_be_alike() -> None:
    result = replace(grid("a\n1\n1"), counted="result row")
    assert reshape(result, table(), at).warnings == ()


def test_a_query_without_rows_is_told_where_it_stands() -> None:
    with pytest.raises(ProjectError, match=r"the query gives no rows\. Correct its conditions\."):
        reshape(replace(grid("a"), counted="row"), table(), at)


# -- footnote marks ------------------------------------------------------------------------------------------------


def test_marks_are_stripped_and_their_notes_say_what_they_are_about() -> None:
    text = "Field|Pay[2]\nArt\\1\\|5\nLaw \\1\\|*\n\\1\\Includes design.\n[2] In dollars.\nNote: all."
    fields = "pay = { type = 'text', column = 'Pay', title = 'Median pay' }"
    sheet = tidy(text, "notes = '/^.1./'\nmarks = ['\\1\\', '[1]', '*']", fields=fields)
    assert said(sheet) == ["Field|Pay", "Art|5", "Law|*"]
    assert notes(sheet) == ["Art, Law: Includes design.", "Median pay: In dollars.", "Note: all."]


def test_a_mark_that_nobody_explains_is_refused() -> None:
    message = refused("School|n\nLaw **|1\nArt #|2", "marks = ['*', '**', '#']")
    assert "t.csv:2: no note explains the mark '**' behind 'Law'." in message
    assert "t.csv:3: no note explains the mark '#' behind 'Art'." in message
    sheet = tidy("School|n\nLaw ** #|1\nArt #|2", "marks = { '**' = 'Four years', '#' = '' }")
    assert said(sheet)[1:] == ["Law|1", "Art|2"]
    assert notes(sheet) == ["Law: Four years"]


def test_notes_of_rows_that_were_dropped_are_not_printed() -> None:
    text = "School|n\nLaw*|1\nAll†|2\n* Four years.\n† Sum."
    assert notes(tidy(text, "notes = '*'\nmarks = ['*', '†']\ndrop = 'All'")) == ["Law: Four years."]


def test_a_note_about_many_rows_names_the_first_of_them() -> None:
    rows = "\n".join(f"S{n}*|1" for n in range(6))
    assert notes(tidy(f"School|n\n{rows}", "marks = { '*' = 'Old' }")) == ["S0, S1, S2, S3, …: Old"]


@pytest.mark.parametrize(
    ("cell", "left"),
    [
        ("(r) 2\u00a0727,8", "2\u00a0727,8"),
        ("(r)140,8", "140,8"),
        ("* 12", "12"),
        ("*-1.5", "-1.5"),
        ("[2] $1,200 *", "$1,200"),
        ("(r) (p) 5", "5"),
        ("(r) 5 (p)", "5"),
        ("(r)", "(r)"),
        ("(r) *", "(r) *"),
        ("(1) Sales", "(1) Sales"),
        ("* Nurses", "* Nurses"),
        ("-5", "-5"),
        ("(12)", "(12)"),
        ("5-", "5"),
    ],
)
def test_marks_before_numbers_are_stripped_and_before_words_they_stay(cell: str, left: str) -> None:
    assert _stripper(("(r)", "(p)", "*", "[1]", "(1)", "-"))(cell)[0] == left


def test_a_mark_before_a_number_is_told_with_its_row() -> None:
    text = "School|n\nLaw|(r) 2\nArt|3\n(r) Revised."
    sheet = tidy(text, "notes = '(r)'\nmarks = ['(r)']", fields="n = { type = 'integer', title = 'Pupils' }")
    assert said(sheet) == ["School|n", "Law|2", "Art|3"]
    assert notes(sheet) == ["Law: Revised."]


def test_a_cell_full_of_marks_takes_no_time() -> None:
    strip = _stripper(("*", "**", "(1)"))
    texts = ("*" * 100_000 + "x", "x" + "*" * 100_000, "(1" * 50_000 + ")", " " * 100_000 + "*")
    for text in (*texts, "*" * 100_000 + "1x"):
        left, marks = strip(text)
        assert left + "".join(marks) == text
    assert strip("*" * 100_000 + "1") == ("1", ("**",) * 50_000)


MARKS = ("\\1\\", "[1]", "(1)", "*", "**", "#", "¹", "†")


@given(st.text(), st.lists(st.sampled_from(("\\3\\", "[12]", "(4)", "*", "**", "#", "¹²", "†")), max_size=3))
def test_stripping_marks_never_loses_other_characters(text: str, marks: list[str]) -> None:
    marked = text + "".join(f" {mark}" for mark in marks)
    left, found = _stripper(MARKS)(marked)
    assert left in marked
    assert sorted("".join((left + "".join(found)).split())) == sorted("".join(marked.split()))
    assert left.strip() or not marked.strip()
    if text.strip() and text.strip()[-1].isalpha():
        assert left.rstrip() == text.rstrip()


# -- wide and long -------------------------------------------------------------------------------------------------


def test_columns_become_rows() -> None:
    text = "Field|1970-71|1971-72\nArt|1|\nLaw|3|4"
    sheet = tidy(text, r"long = { columns = '/^\d{4}-\d\d$/', name = 'year', value = 'n' }", workbook=True)
    assert said(sheet) == ["Field|year|n", "Art|1970-71|1", "Art|1971-72|", "Law|1970-71|3", "Law|1971-72|4"]
    assert [str(sheet.place(3, i)) for i in range(3)] == ["t.csv:Pay!A3", "t.csv:Pay!C1", "t.csv:Pay!C3"]


def test_headers_of_two_parts_become_two_columns() -> None:
    text = "Field|Men 2010|Women 2011\nArt|1|2"
    shape = r"long = { columns = '/20\d\d/', name = ['sex', 'year'], split = '/(.+) (\d+)/', value = 'n' }"
    assert said(tidy(text, shape)) == ["Field|sex|year|n", "Art|Men|2010|1", "Art|Women|2011|2"]
    shape = "long = { columns = '/20/', name = ['sex', 'year'], split = ' ', value = 'n' }"
    assert said(tidy(text, shape))[1] == "Art|Men|2010|1"
    assert "has 2 parts, and name has 1" in refused(
        text, "long = { columns = '/20/', name = 'x', split = ' ', value = 'n' }"
    )


def test_rows_become_columns() -> None:
    text = "year|kind|all|he\n10|n|5|2\n10|%|50|20\n11|n|7|3"
    sheet = tidy(
        text, "wide = { name = 'kind', value = 'all', by = 'year' }".replace("'year'", "['year']"), workbook=True
    )
    assert said(sheet) == ["year|n|%", "10|5|50", "11|7|"]
    assert str(sheet.place(0, 2)) == "t.csv:Pay!C3"
    sheet = tidy(text, "wide = { name = 'kind', value = ['all', 'he'] }")
    assert said(sheet) == ["year|all n|all %|he n|he %", "10|5|50|2|20", "11|7||3|"]


def test_two_cells_for_one_place_are_refused() -> None:
    message = refused("year|kind|n\n10|a|1\n10|a|2", "wide = { name = 'kind', value = 'n' }")
    assert "t.csv:3: 'n' of 'a' stands in t.csv:2 already." in message


WORD = st.text("abcdefgh ", min_size=1, max_size=6).map(str.strip).filter(bool)


@given(
    st.lists(WORD, min_size=1, max_size=4, unique=True),
    st.lists(WORD, min_size=1, max_size=5, unique=True),
    st.data(),
)
def test_melt_then_pivot_gives_the_table_back(columns: list[str], keys: list[str], data: st.DataObject) -> None:
    cells = [[data.draw(st.text("0123456789.- ", max_size=4)).strip() for _ in columns] for _ in keys]
    header = ("=key", *(" ".join(c.split()) for c in columns))
    if len({plain(name) for name in header}) < len(header) or len({plain(key) for key in keys}) < len(keys):
        return
    rows = tuple((key, *row) for key, row in zip(keys, cells, strict=True))
    whole = Grid("t.csv", "", (header, *rows), tuple(range(1, len(rows) + 2)))
    shape = (
        "long = { columns = '/^[^=]/', name = '=name', value = '=value' }\nwide = { name = '=name', value = '=value' }"
    )
    back = reshape(whole, table(shape), at)
    assert back.header == header
    assert back.rows == rows
    assert [str(back.place(len(rows) - 1, i)) for i in range(len(header))] == [f"t.csv:{len(rows) + 1}"] * len(header)


# -- several files -------------------------------------------------------------------------------------------------


def several(*texts: tuple[str, str], fields: str, rest: str = "") -> Sheet:
    settings = TableSettings.model_validate(tomllib.loads(f"files = '*.csv'\n{rest}\n[fields]\n{fields}"))
    return joined([reshape(grid(text, file=file), settings, at) for file, text in texts], settings, at)


def test_files_of_one_shape_become_one_table_with_a_field_from_their_names() -> None:
    sheet = several(
        ("pay_2016-17.csv", "Job|Pay\nNurse|1"), ("pay_2017-18.csv", "Pay|Other|Job\n2|x|Nurse"),
        fields="job = { type = 'text', column = 'Job' }\npay = { type = 'integer', column = 'Pay' }\nyear = { type = 'text' }",
        rest="file_field = { name = 'year', pattern = '_(.+)\\.' }",
    )  # fmt: skip
    assert said(sheet) == ["Job|Pay|year", "Nurse|1|2016-17", "Nurse|2|2017-18"]
    assert [str(sheet.place(1, i)) for i in range(3)] == ["pay_2017-18.csv:2", "pay_2017-18.csv:2", "pay_2017-18.csv"]


def test_rows_that_an_earlier_file_has_are_told_or_dropped() -> None:
    files = ("may.csv", "Job|Pay\nNurse|1\nCook|2"), ("june.csv", "Job|Pay\nCook|3\nNurse|1")
    fields = "job = { type = 'text', column = 'Job' }\npay = { type = 'integer', column = 'Pay' }"
    told = several(*files, fields=fields)
    assert [str(warning) for warning in told.warnings] == [
        "june.csv:3: 1 of 2 rows of june.csv stand in an earlier file already; this one in may.csv:2. Tell the files "
        'apart with file_field. Leave them out: shape = { repeated_rows = "drop" }; or say that they are meant: '
        'repeated_rows = "keep".'
    ]
    assert len(told.rows) == 4
    dropped = several(*files, fields=fields, rest="shape = { repeated_rows = 'drop' }")
    assert said(dropped)[1:] == ["Nurse|1", "Cook|2", "Cook|3"]
    assert (str(dropped.place(2, 1)), dropped.repeated, dropped.warnings) == ("june.csv:2", 1, ())
    assert several(*files, fields=fields, rest="shape = { repeated_rows = 'keep' }").warnings == ()


def test_a_column_may_be_called_otherwise_in_another_year() -> None:
    files = ("2023.csv", "Job|Female\nNurse|1"), ("2024.csv", "Women|Job|Female staff\n2|Nurse|9")
    fields = "job = { type = 'text', column = 'Job' }\nwomen = { type = 'integer', column = ['Female', 'Women'] }"
    sheet = several(*files, fields=fields)
    assert said(sheet) == ["Job|Female", "Nurse|1", "Nurse|2"]
    assert str(sheet.place(1, 1)) == "2024.csv:2"
    alone = fields.replace("['Female', 'Women']", "'Female'")
    with pytest.raises(ProjectError) as refused:
        several(*files, fields=alone)
    assert "2024.csv: has no column 'Female'. Columns that nothing is read from: 'Women', 'Female staff'." in str(
        refused.value
    )
    assert 'column = ["Female", "..."]' in str(refused.value)


def test_a_file_that_is_taken_twice_is_refused() -> None:
    files = ("may.csv", "Job|Pay\nNurse|1\nCook|2"), ("may (1).csv", "Job|Pay\nNurse|1\nCook|2")
    fields = "job = { type = 'text', column = 'Job' }\npay = { type = 'integer', column = 'Pay' }"
    with pytest.raises(ProjectError, match=r"may \(1\)\.csv: every row stands in may\.csv already"):
        several(*files, fields=fields)
    assert len(several(*files, fields=fields, rest="shape = { repeated_rows = 'drop' }").rows) == 2


def test_a_column_that_one_file_lacks_is_refused() -> None:
    with pytest.raises(ProjectError, match=r"b.csv: has no column 'Pay'. Columns that nothing is read from: 'Pays'"):
        several(("a.csv", "Pay\n1"), ("b.csv", "Pays\n1"), fields="pay = { type = 'integer', column = 'Pay' }")


# -- the files of other people -------------------------------------------------------------------------------------

PUBLISHED = r"""
title = "Tables as they are published"
[outputs.report]
writer = "report"
story = "report.md"

[tables.wages]
file = "national_M2022_dl.xlsx"
missing = { "*" = "not available", "#" = { meaning = "at least", value = 239200 } }
read = { sheet = "national_M2022_dl" }
shape = { keep = { O_GROUP = "detailed" } }
count = { minimum = 800 }
[tables.wages.fields]
code = { type = "text", column = "OCC_CODE", unique = true, pattern = '\d\d-\d{4}' }
job = { type = "text", column = "OCC_TITLE", key = true }
top = { type = "money", unit = "USD", column = "A_PCT90" }

[tables.states]
file = "state_M2020_dl_filtered.csv"
missing = ["*", "**", "#"]
numbers = { thousands = "," }
shape = { keep = { OCC_CODE = "15-1211" } }
[tables.states.fields]
state = { type = "text", column = "AREA_TITLE", key = true }
jobs = { type = "integer", column = "TOT_EMP" }

[tables.growth]
file = "occupation_2024-34.xlsx"
missing = { "—" = "not available", ">=$239,200" = { meaning = "at least", value = 239200 } }
read = { sheet = "Table 1.2" }
[tables.growth.shape]
header = 2
notes = "Footnotes:"
marks = ["[1]"]
hierarchy = { level = "level", parents = ["everything", "group"] }
keep = { "Occupation type" = "Line item" }
[tables.growth.fields]
job = { type = "text", column = "2024 National Employment Matrix title", key = true }
group = { type = "text" }
level = { type = "integer" }
jobs = { type = "integer", column = "Employment, 2024", multiply = 1000 }
pay = { title = "Median pay", type = "money", unit = "USD", column = "Median annual wage, dollars, 2024" }

[tables.outcomes]
file = "ug_ft_outcomes_2018-19.xlsx"
[tables.outcomes.shape]
header = "Personal characteristic"
sections = { field = "about", outside = "Total" }
drop = "Total"
cells = { year = "C15" }
[tables.outcomes.fields]
about = { type = "text" }
year = { type = "academic_year" }
who = { type = "text", column = "Personal characteristic", key = true }
known = { type = "integer", column = "Total with known outcomes" }

[tables.bands]
file = "salary_band_2018-19.xlsx"
shape = { header = 18, long = { columns = ["Female", "Male"], name = "sex", value = "share" } }
[tables.bands.fields]
band = { type = "band", column = "Salary band" }
sex = { type = "text" }
share = { type = "percent", scale = "fraction", adds_up_to = 100, within = "sex", tolerance = 2 }

[tables.enrolments]
files = "enrolments_by_provider_*.xlsx"
file_field = { name = "year", pattern = '\d{4}-\d\d' }
shape = { header = "UKPRN", drop = "Total" }
[tables.enrolments.fields]
year = { type = "academic_year" }
provider = { type = "text", column = "HE provider" }
female = { type = "integer", column = "Female", adds_up_to = "total", tolerance = 15 }
male = { type = "integer", column = "Male", adds_up_to = "total" }
other = { type = "integer", column = "Other", adds_up_to = "total" }
unknown = { type = "integer", column = "Not known", adds_up_to = "total" }
total = { type = "integer", column = "Total" }

[tables.graduates]
files = ["ges_2013-2022_utf8.csv", { file = "ges_2013-2018_latin1.csv", read = { encoding = "latin-1" } }]
file_field = { name = "release", pattern = '-(\d{4})_' }
missing = ["na"]
shape = { marks = { "*" = "Four years", "**" = "", "#" = "After training", "##" = "", "###" = "", "^" = "", "^^" = "" } }
[tables.graduates.fields]
release = { type = "year" }
year = { type = "year" }
school = { type = "text" }
degree = { type = "text" }
pay = { type = "money", unit = "SGD", column = "gross_monthly_median" }

[tables.masters]
file = "master_ile-de-france.csv"
missing = { "ns" = "suppressed", "nd" = "not available" }
read = { delimiter = ";" }
[tables.masters.fields]
year = { type = "year", column = "Annee" }
employed = { type = "percent", column = "Taux d'insertion" }
away = { type = "percent", column = "% emplois extérieurs à la région de l'université" }
pay = { type = "money", unit = "EUR", column = "Salaire net médian des emplois à temps plein" }

[tables.degrees]
file = "tabn322.10_2023.xlsx"
[tables.degrees.shape]
header = 2
column_numbers = true
notes = '/\\1\\/'
marks = ['\1\']
drop = "Total"
long = { columns = '/^\d{4}-\d{2,4}$/', name = "year", value = "degrees" }
[tables.degrees.fields]
field = { type = "text", column = "Field of study" }
year = { type = "academic_year" }
degrees = { type = "integer", required = true }

[tables.leavers]
file = "ks5_leavers_2010-2020.csv"
missing = { "z" = "not applicable", "~" = "suppressed" }
[tables.leavers.shape]
wide = { name = "data_type", value = ["he", "overall"], by = ["time_period", "institution_group", "characteristic", "cohort"] }
[tables.leavers.fields]
year = { type = "academic_year", column = "time_period" }
group = { type = "text", column = "institution_group" }
share = { type = "percent", column = "he Percentage" }
number = { type = "integer", column = "he Number of pupils" }

[tables.earnings]
file = "scorecard_earnings.csv"
[tables.earnings.fields]
college = { type = "text", column = "INSTNM" }
pay = { type = "integer", column = "MD_EARN_WNE_P10" }

[tables.majors]
file = "majors-list.csv"
shape = { drop = { FOD1P = "bbbb" } }
[tables.majors.fields]
code = { type = "text", column = "FOD1P", key = true }

[tables.recent]
file = "recent-grads.csv"
[tables.recent.fields]
code = { type = "text", column = "Major_code", references = "majors.code" }
men = { type = "integer", column = "Men", adds_up_to = "total" }
women = { type = "integer", column = "Women", adds_up_to = "total" }
total = { type = "integer", column = "Total" }
"""


@pytest.fixture(scope="module")
def published(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Table]:
    root = tmp_path_factory.mktemp("published")
    for path in (shared / "data").glob("*/*"):
        if path.suffix in (".csv", ".xlsx"):
            (root / path.name).write_bytes(path.read_bytes())
    (root / "project.toml").write_text(PUBLISHED, "utf-8")
    project = load_project(root)
    assert project.warnings == ()
    return project.tables


def row(table: Table, index: int) -> list[str]:
    return [show(table.value(index, field.name)) for field in table.fields]


def cell(table: Table, index: int, field: str) -> str:
    value = table.value(index, field)
    assert not isinstance(value, Interval)
    found = value.cells[0]
    return str(Place(found.file, found.line, found.cell))


def test_wages_top_coded_and_detailed_only(published: dict[str, Table]) -> None:
    wages = published["wages"]
    assert len(wages) == 830
    assert row(wages, 0) == ["11-1011", "Chief Executives", "at least $239,200"]
    assert cell(wages, 0, "top") == "national_M2022_dl.xlsx:national_M2022_dl!V6"
    assert row(published["states"], 0) == ["Alabama", "4,900"]
    assert published["states"].file == "state_M2020_dl_filtered.csv"


def test_projections_in_thousands_by_indent(published: dict[str, Table]) -> None:
    growth = published["growth"]
    assert len(growth) == 832
    assert row(growth, 0) == ["Chief executives", "Management occupations", "4", "309,400", "$206,420"]
    assert "at least $239,200" in {show(value) for value in growth.values("pay")}
    assert growth.footnotes[0].said().startswith("Median pay: Data are from the Occupational Employment")


def test_outcomes_by_section_with_the_year_from_above_the_table(published: dict[str, Table]) -> None:
    outcomes = published["outcomes"]
    assert [row(outcomes, i) for i in (0, 4, 10)] == [
        ["Sex", "2018/19", "Female", "113,755"],
        ["Age group", "2018/19", "20 and under", "9,095"],
        ["Disability status", "2018/19", "No known disability", "163,325"],
    ]


def test_salary_bands_keep_their_order(published: dict[str, Table]) -> None:
    bands = published["bands"]
    levels = bands.field("band").measure.levels
    assert (levels[0], levels[1], levels[-1], len(levels)) == ("Less than £15,000", "£15,000 - £17,999", "£51,000+", 14)
    assert show(bands.where(sex="Male", band="£51,000+").first["share"]) == "7%"


def test_four_years_of_enrolments_by_one_declaration(published: dict[str, Table]) -> None:
    enrolments = published["enrolments"]
    counts = {year: show(enrolments.where(year=year).count) for year in ("2014–15", "2015–16", "2016–17", "2017–18")}
    assert counts == {"2014–15": "194", "2015–16": "225", "2016–17": "222", "2017–18": "224"}
    assert row(enrolments, len(enrolments) - 1) == [
        "2017–18",
        "The University of York",
        "4,350",
        "3,055",
        "5",
        "0",
        "7,410",
    ]
    assert cell(enrolments, 864, "total") == "enrolments_by_provider_2017-18.xlsx:dt051-table-1 (3)!G242"


def test_two_releases_in_two_encodings_by_one_declaration(published: dict[str, Table]) -> None:
    graduates = published["graduates"]
    munich = graduates.where(school="Technische Universität München")
    assert {show(value) for value in munich.values("release")} == {"2018", "2022"}
    assert not [value for value in graduates.values("degree") if show(value).endswith(("*", "#", "^"))]
    assert graduates.footnotes[0].said().endswith(("…: Four years", "…: After training"))


def test_the_french_master_file_with_both_apostrophes(published: dict[str, Table]) -> None:
    masters = published["masters"]
    assert row(masters, 0) == ["2017", "92%", "35%", "€1,500"]
    assert row(masters, 3) == ["2017", "not published", "not published", "not published"]


def test_degrees_by_field_from_wide_to_long(published: dict[str, Table]) -> None:
    degrees = published["degrees"]
    assert len(degrees) == 33 * 18
    assert row(degrees, 0) == ["Agriculture and natural resources", "1970–71", "12,674"]
    assert cell(degrees, 0, "degrees") == "tabn322.10_2023.xlsx:Digest 2023 Table 322.10!B5"
    names = {show(value) for value in degrees.values("field")}
    assert "Computer and information sciences and support services" in names
    assert degrees.footnotes[1].said().startswith("Business: Includes Business, management, marketing")


def test_numbers_and_percentages_of_one_column_become_two_fields(published: dict[str, Table]) -> None:
    leavers = published["leavers"]
    assert row(leavers, 0) == ["2010/11", "State-funded mainstream colleges", "41.2%", "39,848"]
    assert len(leavers) == 118


def test_whole_numbers_written_as_fractions(published: dict[str, Table]) -> None:
    assert row(published["earnings"], 0) == ["Alabama A & M University", "40,628"]
    missing = sum(value.missing for value in published["earnings"].values("pay"))
    assert 0.1 < missing / 6429 < 0.3


# -- anything at all -----------------------------------------------------------------------------------------------

CELL = st.sampled_from(
    ("", " ", "a", "b", "  a", "~b*", "1", "2", "1,5", "Total", "x (USD)", "[1]", "[1] note", "2010")
)
SHAPES = (
    "header = 2", "header = 0", "header = [1, 2]", "header = 'a'", "header = '/b/'", "header_fill = true",
    "repeated_headers = 'number'", "units = true", "column_numbers = true", "cells = { made = 'B2' }", "notes = '[1]'",
    "notes = 3", "skip = [2, 'b']", "sections = 'made'", "sections = { field = 's', rows = 'a', outside = 'Total' }",
    "fill_down = 'a'", "marks = { '[1]' = 'n', '*' = '' }", "marks = ['[1]']", "hierarchy = { level = 'l', parents = ['p'] }",
    "drop = ['Total', '1']", "keep = { a = '/./' }", "repeated_rows = 'drop'",
    "long = { columns = ['b', '2010'], name = 'k', value = 'v' }", "long = { columns = '/./', name = 'k', value = 'v' }",
    "wide = { name = 'a', value = 'b' }", "wide = { name = 'k', value = 'v' }",
)  # fmt: skip


@given(
    st.lists(st.lists(CELL, min_size=1, max_size=4), max_size=7),
    st.lists(st.sampled_from(SHAPES), max_size=5, unique_by=lambda setting: setting.split(" ")[0]),
    st.booleans(),
)
def test_any_cells_and_settings_give_a_sheet_or_say_what_is_wrong(
    records: list[list[str]], shape: list[str], workbook: bool
) -> None:
    cells, widths = rectangular([cell.replace("~", "\u00a0") for cell in record] for record in records)
    any_grid = Grid("t", "S" if workbook else "", cells, tuple(range(1, len(cells) + 1)), workbook, widths=widths)
    try:
        sheet = reshape(any_grid, table("\n".join(shape)), at)
    except ProjectError:
        return
    assert sheet.rows
    assert {len(row) for row in sheet.rows} == {len(sheet.header)}
    assert len(set(sheet.header)) == len(sheet.header)
    for i in range(len(sheet.rows)):
        for j in range(len(sheet.header)):
            assert sheet.place(i, j).file == "t"


@pytest.mark.parametrize("space", [" ", "\t", "\n", "\u00a0", "\u2009", "\u3000", "\x85", ""])
@pytest.mark.parametrize("letter", ["a", "é"])
def test_no_cell_keeps_spaces_at_its_ends(space: str, letter: str) -> None:
    cells = (
        ("k", "v"),
        (f"{space}{letter}", letter),
        (letter, f"{letter}{space}"),
        (f"{letter}{space}{letter}", space),
    )
    sheet = reshape(Grid("t", "", cells, (1, 2, 3, 4)), table(""), at)
    assert sheet.rows == tuple(tuple(map(str.strip, row)) for row in cells[1:])
