"""Silent faults of tables and cells: the true value, a refusal, or a doubt that is told."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace

from data.errors import ProjectError
from data.files.file_kinds import FILES
from data.files.world import today
from data.language.show import show
from data.project import load_project
from data.settings.sources import ReadSettings
from data.tables.contradictions import contradictions
from data.tables.row import Field
from data.tables.totals import total_rows
from data.tables.value import Measure
from reports.doubts.doubts import doubts
from tests.charting import table_of

PROJECT = """\
title = "Told"
[tables.a]
file = "{file}"
{table}
[tables.a.fields]
{fields}
{more}
[outputs.report]
writer = "report"
story = "report.md"
"""
FIELDS = 'k = { type = "text", key = true }\nv = { type = "integer" }'


def project(
    folder: Path, content: str | bytes, fields: str = FIELDS, table: str = "", more: str = "", file: str = "t.csv"
) -> Path:
    raw = content if isinstance(content, bytes) else content.encode()
    (folder / file).write_bytes(raw)
    text = PROJECT.format(file=file, table=table, fields=fields, more=more)
    (folder / "project.toml").write_text(text, "utf-8")
    (folder / "report.md").write_text("# A\n", "utf-8")
    return folder


def told(folder: Path) -> list[str]:
    found = load_project(folder)
    return [str(problem) for problem in (*found.warnings, *doubts(found, today()))]


def refused(folder: Path) -> str:
    with pytest.raises(ProjectError) as caught:
        load_project(folder)
    return str(caught.value)


def column(folder: Path, field: str = "v", table: str = "a") -> list[str]:
    return [str(content) for content in load_project(folder).tables[table].columns[field]]


RATES = 'k = { type = "text", key = true }\nv = { type = "percent" }\npay = { type = "money", unit = "USD" }'


@pytest.mark.parametrize("label", ["Total", "Insgesamt", "All", "Overall", "Total général"])
@pytest.mark.parametrize(("share", "pay"), [("50", "45000"), ("47.3", "44100"), ("40", "50000")])
def test_a_total_of_rates_is_told_without_a_count_that_adds_up(
    label: str, share: str, pay: str, tmp_path: Path
) -> None:
    lines = f"k,v,pay\nLaw,40,40000\nArt,60,50000\n{label},{share},{pay}\n"
    (found,) = told(project(tmp_path, lines, RATES))
    assert found.startswith(f"t.csv:4: '{label}' seems to be the mean or the rate of other rows of 'a' by its 'v'")
    assert 'totals = "keep"' in found
    assert told(project(tmp_path, lines, RATES, table='shape = { totals = "keep" }')) == []


@pytest.mark.parametrize("last", ["Total,70,45000", "Total rewards,50,45000", "All Saints,50,45000", "Arts,50,45000"])
def test_a_rate_that_can_be_no_mean_or_is_called_no_total_is_not_told(last: str, tmp_path: Path) -> None:
    expected = 1 if last.startswith("Total rewards") else 0
    assert len(told(project(tmp_path, f"k,v,pay\nLaw,40,40000\nArt,60,50000\n{last}\n", RATES))) == expected


@pytest.mark.parametrize(
    "label",
    ["Total", "Gesamt", "Summe", "Insgesamt", "Ensemble", "Total général", "All", "Alle", "Tous", "Todos", "Sum",
     "Overall", "Grand total", "Subtotal", "All programmes", "Zusammen", "TOTAL", "Total (all)", "Programmes, total"],
)  # fmt: skip
@pytest.mark.parametrize("place", [0, 2, 3])
def test_a_total_among_rows_is_told_wherever_it_stands(label: str, place: int, tmp_path: Path) -> None:
    rows = ["A,1", "B,2", "C,4"]
    rows.insert(place, f'"{label}",7')
    (found,) = told(project(tmp_path, "k,v\n" + "\n".join(rows) + "\n"))
    assert found.startswith(f"t.csv:{place + 2}: '{label}' is the sum of other rows of 'a' by its 'v'")
    assert f'shape = {{ drop = "{label}" }}' in found
    assert told(project(tmp_path, "k,v\n" + "\n".join(rows) + "\n", table=f'shape = {{ drop = "{label}" }}')) == []
    assert told(project(tmp_path, "k,v\n" + "\n".join(rows) + "\n", table='shape = { totals = "keep" }')) == []


@pytest.mark.parametrize(
    "rows",
    ["Shell,20\nTotal,15\nBosch,12\nAirbus,41\n", "Total,44\nShell,20\nBosch,25\n", "All Saints,5\nB,2\nC,4\n", "Ensemble,5\nChoir,9\n"],
)  # fmt: skip
def test_a_row_that_is_only_called_a_total_is_none(rows: str, tmp_path: Path) -> None:
    assert told(project(tmp_path, f"k,v\n{rows}")) == []


def test_subtotals_and_totals_of_groups_are_told(tmp_path: Path) -> None:
    rows = "k,v\nA,1\nB,2\nSubtotal east,3\nC,4\nD,5\nSubtotal west,9\nGrand total,12\n"
    found = told(project(tmp_path, rows))
    assert [line.split("'")[1] for line in found] == ["Subtotal east", "Subtotal west", "Grand total"]
    fields = 'year = { type = "year" }\nk = { type = "text" }\nv = { type = "integer" }\nrate = { type = "percent" }'
    rows = "year,k,v,rate\n2024,A,1,10\n2024,B,2,25\n2024,All,3,20\n2025,A,3,30\n2025,B,4,40\n2025,All,7,35\n"
    assert len(told(project(tmp_path, rows, fields))) == 2


def test_a_total_adds_up_within_the_rounding_of_its_parts(tmp_path: Path) -> None:
    fields = 'k = { type = "text", key = true }\nv = { type = "percent" }'
    (found,) = told(project(tmp_path, "k,v\nA,33.3\nB,33.3\nC,33.3\nTotal,100.0\n", fields))
    assert "'Total' is the sum" in found
    assert told(project(tmp_path, "k,v\nA,33.3\nB,33.3\nC,33.3\nTotal,91.0\n", fields)) == []


def test_a_row_that_sums_up_all_others_in_two_columns_is_told_whatever_it_is_called(tmp_path: Path) -> None:
    fields = FIELDS + '\nw = { type = "integer" }'
    (found,) = told(project(tmp_path, "k,v,w\nA,1,5\nB,2,9\nC,4,1\nCollege,7,15\n", fields))
    assert "'College' is the sum of other rows" in found


class Read(tuple[object, ...]):
    """A column that counts how often one of its cells is read."""

    count = 0

    def __getitem__(self, index: Any) -> Any:
        Read.count += 1
        return super().__getitem__(index)

    def __iter__(self) -> Iterator[object]:
        Read.count += len(self)
        return super().__iter__()


def test_many_rows_that_are_called_totals_take_no_longer_for_each_other() -> None:
    random = Random(8)
    words = [[random.choice(("Total", *"ABCDEFGH")) for _ in range(1_000)] for _ in range(3)]
    numbers = [Decimal(random.randrange(10**6)) for _ in range(1_000)]
    fields = [Field(name, name, Measure("text")) for name in "abc"] + [Field("n", "n", Measure("integer"))]
    table = table_of(fields, dict(zip("abcn", (*words, numbers), strict=True)))
    counted = replace(table, columns={name: Read(column) for name, column in table.columns.items()})
    Read.count = 0
    assert total_rows(counted) == []
    assert Read.count < 200 * len(table)


def test_a_mark_for_nothing_never_empties_a_key_or_a_required_field(tmp_path: Path) -> None:
    missing = 'missing = ["NA"]'
    said = refused(project(tmp_path, "k,v\nDE,5\nNA,3\n", table=missing))
    assert "t.csv:3: column 'k': 'NA' stands for a missing value, and the field is declared as key." in said
    fields = 'k = { type = "text", key = true }\nv = { type = "integer", required = true }'
    assert "declared as required" in refused(project(tmp_path, "k,v\nDE,NA\n", fields, missing))
    fields = 'k = { type = "text", key = true }\nv = { type = "integer", missing = ["NA"] }'
    assert column(project(tmp_path, "k,v\nDE,5\nNA,3\nZA,NA\n", fields), "k") == ["DE", "NA", "ZA"]
    assert told(tmp_path) == []


@pytest.mark.parametrize("word", ["nan", "null", "None", "N/A", "-", "NULL", "n/a"])
def test_what_programs_write_for_nothing_is_told_among_words(word: str, tmp_path: Path) -> None:
    (found,) = told(project(tmp_path, f"k,v\nParis,5\n{word},3\n"))
    assert f"t.csv:3: '{word}' in 'k' may stand for no value." in found


def test_letters_and_their_accents_are_one_character(tmp_path: Path) -> None:
    rows = "k,v\nCafe\u0301,1\nCaf\u00e9,2\n"
    group = """[tables.g]
from = "a"
group_by = "k"
[tables.g.fields]
k = { type = "text", key = true }
v = { type = "integer", value = "group.sum('v')" }"""
    project(tmp_path, rows, 'k = { type = "text" }\nv = { type = "integer" }', more=group)
    assert column(tmp_path, "k", "g") == ["Caf\u00e9"]
    assert column(tmp_path, "v", "g") == ["3"]


def test_two_encodings_in_one_file_are_refused_whatever_is_declared(tmp_path: Path) -> None:
    raw = "k,v\nCafé,1\n".encode() + "München,2\n".encode("latin-1")
    for encoding in ("", 'read = { encoding = "latin-1" }', 'read = { encoding = "cp1252" }'):
        said = refused(project(tmp_path, raw, table=encoding))
        assert said.startswith("t.csv:3: mixes encodings: line 2 is UTF-8, this line is not.")
    for text in ("k,v\nMünchen,2\nSPÄ»,1\n", "k,v\nMünchen,2\n»groß«,1\n", "k,v\nMünchen,2\nÉ»,2\n"):
        raw = text.encode("cp1252")
        assert column(project(tmp_path, raw, table='read = { encoding = "cp1252" }')) != []


def test_the_line_that_names_the_separator_is_none_of_the_table(tmp_path: Path) -> None:
    assert column(project(tmp_path, "sep=;\nk;v\na;1\n")) == ["1"]
    assert column(project(tmp_path, '"sep=;"\r\nk;v\r\na;1\r\n', table='read = { delimiter = ";" }')) == ["1"]
    assert load_project(tmp_path).tables["a"].lines == (3,)
    assert "Leave delimiter out" in refused(project(tmp_path, "sep=;\nk;v\na;1\n", table='read = { delimiter = "|" }'))


def test_spaces_behind_quotation_marks_mean_nothing(tmp_path: Path) -> None:
    rows = 'k,v\n"Lakeview, University of" ,91\n"the ""best"" one"\t,88\nHillside ,7\n'
    assert column(project(tmp_path, rows), "k") == ["Lakeview, University of", 'the "best" one', "Hillside"]


def test_quotation_marks_that_mean_nothing_can_be_said_to_mean_nothing(tmp_path: Path) -> None:
    load_project(project(tmp_path, 'k,v\n"5" pipe,1\nb,2\n"3" rod,3\n'))
    assert column(tmp_path and project(tmp_path, 'k,v\n"5" pipe,1\n', table='read = { quote = "" }'), "k") == [
        '"5" pipe'
    ]


@pytest.mark.parametrize("form", ["%Y-%U", "%Y-%W", "%G-W%V", "%Y %d", "%H:%M", "%d.%m."])
def test_formats_that_name_no_day_month_or_year_are_refused(form: str, tmp_path: Path) -> None:
    fields = f'k = {{ type = "text", key = true }}\nv = {{ type = "date", format = "{form}" }}'
    assert f"'{form}'" in refused(project(tmp_path, "k,v\na,2026-09\n", fields))


def test_a_day_of_a_week_is_a_day(tmp_path: Path) -> None:
    fields = 'k = { type = "text", key = true }\nv = { type = "date", format = ["%G-W%V-%u", "%d/%m/%Y"] }'
    assert column(project(tmp_path, "k,v\na,2026-W09-1\nb,03/04/2026\n", fields)) == ["2026-02-23", "2026-04-03"]


def test_years_of_two_digits_are_told_where_they_can_be_of_two_centuries(tmp_path: Path) -> None:
    fields = 'k = { type = "text", key = true }\nv = { type = "date", format = "%d.%m.%y" }'
    (found,) = told(project(tmp_path, "k,v\na,01.05.68\nb,01.05.24\n", fields))
    assert "'v' has years of two digits, read as 2024 to 2068" in found
    assert told(project(tmp_path, "k,v\na,01.05.23\nb,01.05.24\n", fields)) == []


def test_parts_that_exceed_their_whole_by_rounding_alone_contradict_nothing(tmp_path: Path) -> None:
    fields = 'k = { type = "text", key = true }\nv = { type = "percent", adds_up_to = 100 }'
    found = load_project(project(tmp_path, "k,v\nA,71\nB,24\nC,6\n", fields, 'whole = "v"'))
    assert contradictions(found.tables) == []
    fields = fields.replace(", adds_up_to = 100", "")
    found = load_project(project(tmp_path, "k,v\nA,71\nB,24\nC,9\n", fields, 'whole = "v"'))
    assert [show(one.one) for one in contradictions(found.tables)] == ["104%"]
    found = load_project(project(tmp_path, "k,v\nA,71.0\nB,24.0\nC,6.0\n", fields, 'whole = "v"'))
    assert len(contradictions(found.tables)) == 1


def test_a_computed_column_has_one_number_of_decimals(tmp_path: Path) -> None:
    group = """[tables.g]
from = "a"
group_by = "k"
[tables.g.fields]
k = { type = "text", key = true }
m = { type = "number", value = "group.mean('v')" }"""
    rows = "k,v\nA,2\nA,3\nB,3\nC,100\nC,101\nD,7\nD,7\nD,8\n"
    project(tmp_path, rows, 'k = { type = "text" }\nv = { type = "integer" }', more=group)
    table = load_project(tmp_path).tables["g"]
    assert [show(value) for value in table.values("m")] == ["2.5", "3.0", "100.5", "7.3"]


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#WERT!", "#NV", "#¡VALOR!", "#SPILL!", "Err:502"])
def test_errors_of_spreadsheets_are_no_words(error: str, tmp_path: Path) -> None:
    assert f"column 'k': '{error}': is an error of the spreadsheet's" in refused(project(tmp_path, f"k,v\n{error},1\n"))


@pytest.mark.parametrize("kind", FILES)
def test_every_kind_of_file_may_be_named_as_format(kind: str) -> None:
    assert ReadSettings(format=kind).format == kind


def test_a_kind_of_file_that_is_none_is_refused_with_those_that_are(tmp_path: Path) -> None:
    assert "known: csv, tsv" in refused(project(tmp_path, "k,v\na,1\n", table='read = { format = "docx" }'))


def test_a_source_whose_header_says_a_name_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text("g,v,v\nA,1,2\n", "utf-8")
    project(tmp_path, "k,v\na,1\n")
    settings = (tmp_path / "project.toml").read_text("utf-8")
    query = 'query = "SELECT g AS k, SUM(v) AS v FROM s GROUP BY g ORDER BY g"'
    settings = settings.replace('file = "t.csv"', query).replace(
        "[tables.a]", '[sources.s]\nfile = "s.csv"\n[tables.a]', 1
    )
    (tmp_path / "project.toml").write_text(settings, "utf-8")
    assert "s.csv: the header says 'v' twice" in refused(tmp_path)
