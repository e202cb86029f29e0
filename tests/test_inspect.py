"""`inspect` proposes how to declare an unknown source: right, with reasons, and never more than a proposal."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import tomllib
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from data.errors import ProjectError
from data.inspection.columns.numbers import read_number
from data.inspection.look import Trial, look
from data.inspection.proposals.section import section
from data.project import load_project
from data.sources.grid import Grid
from data.sources.text.decoding import ENCODINGS, likely_encoding
from data.tables.value import Value
from generate import app
from tests import inspection_score
from tests.misbehaving_server import misbehaving
from tests.postgres_server import PASSWORD, programs, running
from tests.workbooks import excel


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def proposed(path: Path, sheet: str | None = None) -> Trial:
    trial = look(str(path), sheet).trials[0]
    assert trial.table is not None, trial.problems
    return trial


def kinds(trial: Trial) -> dict[str, str]:
    return {field.name: field.type for field in trial.proposal.fields}


def noted(trial: Trial) -> set[str]:
    """The footnotes of the table, each with the rows that it is about."""
    assert trial.table is not None
    return {f"{', '.join(anchor.label for anchor in note.anchors)}: {note.text}" for note in trial.table.footnotes}


def said(trial: Trial) -> str:
    """The proposal's section with its comments as running text."""
    return section(trial.proposal).replace("\n# ", " ")


def declared(trial: Trial) -> dict[str, Any]:
    """The proposal as TOML reads it."""
    return tomllib.loads(section(trial.proposal))["tables"][trial.proposal.name]


# -- the score ---------------------------------------------------------------------


def test_nine_in_ten_columns_of_published_files_are_proposed_rightly(shared: Path, capsys: Any) -> None:
    tuned = inspection_score.scores(shared / "data", held_out=False)
    left_out = inspection_score.scores(shared / "data", held_out=True)
    with capsys.disabled():
        first = inspection_score.truth()["first_scored"]
        print(
            f"\ninspect, files tuned on: {inspection_score.share(tuned):.1f}% of {sum(s.columns for s in tuned)} columns"
        )
        print(
            f"inspect, files left out while tuning: {100 * first['right'] / first['columns']:.1f}% of {first['columns']} "
            f"columns when scored once; mended since by what they showed: {inspection_score.share(left_out):.1f}%"
        )
        uncalled = inspection_score.uncalled([*tuned, *left_out])
        print(f"inspect, proposals that are wrong and not called a guess: {len(uncalled)}")
        for score in (*tuned, *left_out):
            if score.wrong:
                print(score)
    assert not uncalled
    assert inspection_score.share(tuned) >= 90
    assert inspection_score.share([*tuned, *left_out]) >= 90


# -- what is found in a file ----------------------------------------------------------


def test_a_german_export_is_read_with_its_own_marks(tmp_path: Path) -> None:
    text = """Beschäftigte nach Berufsgruppe;;;
Stand: 31.12.2023;;;
;;;
Berufsgruppe;Anzahl (in Tsd.);Gehalt in EUR;Frauenanteil (%)
Informatik;1.234,5;65.400,50;18,2
Pflege;987,0;41.200,00;82,5
Lehrkräfte;x;52.310,75;73,0
Verkauf;1.020,3;28.900,10;–
Insgesamt;3.241,8;;61,0
;;;
Quelle: Statistisches Amt;;;
x = Zahlenwert geheim zu halten;;;
"""
    trial = proposed(write(tmp_path / "amt.csv", text, "cp1252"))
    found = declared(trial)
    assert found["read"] == {"encoding": "cp1252", "delimiter": ";"}
    assert found["numbers"] == {"decimal": ",", "thousands": "."}
    assert (found["as_of"], found["source"]) == ("2023-12-31", "Statistisches Amt")
    assert found["missing"] == {"x": "suppressed", "–": "not available"}
    assert found["shape"]["header"] == "Berufsgruppe"
    assert found["shape"]["drop"] == "Insgesamt"
    assert kinds(trial) == {
        "berufsgruppe": "text",
        "anzahl_in_tsd": "number",
        "gehalt_in_eur": "money",
        "frauenanteil_percent": "percent",
    }
    table = trial.table
    assert table is not None
    assert table.columns["anzahl_in_tsd"][0] == Decimal("1234500")
    assert table.columns["gehalt_in_eur"][0] == Decimal("65400.50")
    assert len(table) == 4


def test_each_proposal_says_why(tmp_path: Path) -> None:
    text = "code,share_of_women,pay\n001,18.5%,$100\n002,22%,$90\n003,n/a,$80\n"
    lines = section(proposed(write(tmp_path / "a.csv", text)).proposal).splitlines()
    assert any("'n/a' in 1 cell" in line for line in lines)
    for name, reason in (
        ("code", "begins with a zero"),
        ("share_of_women", "percent signs"),
        ("pay", "written in USD"),
    ):
        place = next(i for i, line in enumerate(lines) if line.startswith(f"{name} = "))
        assert reason in "\n".join(lines[place - 1 : place + 1])


def test_a_table_made_for_people_is_taken_out_of_its_workbook(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("Table 5")
        sheet.merge_range(0, 0, 0, 4, "Degrees, by field of study: 2019 and 2020")
        sheet.merge_range(1, 0, 2, 0, "Field of study")
        sheet.merge_range(1, 1, 1, 2, "2019")
        sheet.merge_range(1, 3, 1, 4, "2020")
        sheet.write_row(2, 1, ["Number", "Percent", "Number", "Percent"])
        sheet.write_row(3, 0, ["1", "2", "3", "4", "5"])
        rows = [
            ["Total, all fields", 1000, 100, 1100, 100],
            [],
            ["Business\\1\\", 400, 40, 420, 38.2],
            ["   Marketing", 150, 15, "‡", "‡"],
            ["   Finance", 250, 25, 260, 23.6],
            [],
            ["Education", 200, 20, 180, 16.4],
        ]
        for number, row in enumerate(rows, 4):
            sheet.write_row(number, 0, row)
        sheet.merge_range(12, 0, 12, 4, "‡Reporting standards not met.")
        sheet.merge_range(13, 0, 13, 4, "\\1\\Includes marketing.")
        sheet.merge_range(14, 0, 14, 4, "SOURCE: Department of Education.")

    trial = proposed(excel(tmp_path / "t.xlsx", fill))
    shape = declared(trial)["shape"]
    assert shape["header"] == ["Field of study", "Field of study"]
    assert shape["column_numbers"] is True
    assert shape["drop"] == "Total, all fields"
    assert shape["marks"] == ["\\1\\"]
    assert shape["hierarchy"] == {"level": "level"}
    assert declared(trial)["missing"] == {"‡": "suppressed"}
    assert kinds(trial) == {
        "field_of_study": "text",
        "number_2019": "integer",
        "percent_2019": "percent",
        "number_2020": "integer",
        "percent_2020": "percent",
        "level": "integer",
    }
    assert trial.table is not None
    assert trial.table.columns["field_of_study"] == ("Business", "Marketing", "Finance", "Education")
    assert trial.table.columns["level"] == (1, 2, 2, 1)
    assert "Includes marketing." in " ".join(note.said() for note in trial.table.footnotes)


def test_number_formats_of_a_workbook_say_percent_and_money(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("Pay")
        percent, euros = book.add_format({"num_format": "0.0%"}), book.add_format({"num_format": "[$€-407] #,##0"})
        sheet.write_row(0, 0, ["Job", "Women", "Typical"])
        for row, (job, women, typical) in enumerate((("Engineer", 0.25, 70000), ("Analyst", 0.4, 55000.5)), 1):
            sheet.write(row, 0, job)
            sheet.write(row, 1, women, percent)
            sheet.write(row, 2, typical, euros)

    fields = declared(proposed(excel(tmp_path / "pay.xlsx", fill)))["fields"]
    assert (fields["women"]["type"], fields["women"]["scale"]) == ("percent", "fraction")
    assert (fields["typical"]["type"], fields["typical"]["unit"]) == ("money", "EUR")


def test_what_a_file_says_about_itself_above_its_table_is_no_table(tmp_path: Path) -> None:
    said = [["Title:", "Pay bands"], ["Data source:", "HESA"], ["Licence:", "CC BY 4.0"], ["Date:", 2022]]
    said += [["Filters:", "Country", "England"], ["", "Mode", "All"], ["", "Academic year", "2018/19 "]]
    rows = [["Band", "Female", "Male"], ["Under £15,000", 0.6, 0.5], ["£15,000+", 0.4, 0.5]]

    def fill(book: Any) -> None:
        sheet = book.add_worksheet("Data")
        for number, row in enumerate([*said, [], [], *rows]):
            sheet.write_row(number, 0, row)

    found = look(str(excel(tmp_path / "bands.xlsx", fill)))
    assert len(found.trials) == 1
    section = declared(found.trials[0])
    assert section["shape"]["header"] == "Band"
    assert section["shape"]["says"] == [
        "Title: Pay bands", "Data source: HESA", "Licence: CC BY 4.0", "Country: England", "Mode: All",
        "Academic year: 2018/19",
    ]  # fmt: skip
    assert [section[name] for name in ("title", "source", "licence", "as_of")] == [
        "Pay bands", "HESA", "CC BY 4.0", "2018/2019",
    ]  # fmt: skip


def test_sections_totals_and_notes_are_told_apart(tmp_path: Path) -> None:
    text = """Outcomes,,
Characteristic,Employed,Studying
Sex,,
Female,100,20
Male,90,15
Subtotal,190,35
Age,,
Under 21,50,10
21 and over,140,25
Total,190,35
Figures are rounded to the nearest five and need not add up.,,
"""
    trial = proposed(write(tmp_path / "o.csv", text))
    shape = declared(trial)["shape"]
    assert shape["sections"] == {"field": "section"}
    assert shape["drop"] == ["Subtotal", "Total"]
    assert trial.table is not None
    assert trial.table.columns["characteristic"] == ("Female", "Male", "Under 21", "21 and over")
    assert trial.table.columns["section"] == ("Sex", "Sex", "Age", "Age")


def test_bands_ranges_levels_and_academic_years_are_known(tmp_path: Path) -> None:
    text = """year,band,size,pay,updated
2021/22,"£18,000 - £20,999",M,"$125,000 – $170,000",2024-05-01
2021/22,"Less than £18,000",S,"$105,500 – $150,000",2024-05-02
2022/23,"£21,000+",L,"$65,000 – $90,000",2024-05-03
2022/23,"£18,000 - £20,999",M,"$70,000 – $95,000",2024-05-04
"""
    trial = proposed(write(tmp_path / "b.csv", text))
    assert kinds(trial) == {
        "year": "academic_year",
        "band": "band",
        "size": "level",
        "pay": "range",
        "updated": "date",
    }
    assert trial.table is not None
    assert trial.table.field("band").measure.levels == ("Less than £18,000", "£18,000 - £20,999", "£21,000+")


def test_ambiguous_days_and_months_are_told(tmp_path: Path) -> None:
    clear = proposed(write(tmp_path / "a.csv", "who,day\nA,13/02/2024\nB,01/03/2024\n"))
    assert declared(clear)["fields"]["day"]["format"] == "%d/%m/%Y"
    unclear = proposed(write(tmp_path / "b.csv", "who,day\nA,03/02/2024\nB,01/03/2024\n"))
    assert "check which is meant" in section(unclear.proposal)


@pytest.mark.parametrize(
    ("header", "cells", "kind"),
    [
        ("ZIP", ["02139", "10001", "94105"], "text"),
        ("Rank", ["1", "2", "3"], "integer"),
        ("Rate", ["0.25", "0.5", "0.75"], "percent"),
        ("H_PCT10", ["8.77", "69.17", "20.5"], "number"),
        ("Jobs per 1,000", ["8.77", "69.17", "20.5"], "number"),
        ("Work experience", ["None", "5 years", "Less than 5 years"], "text"),
        ("country", ["NA", "DE", "FR"], "text"),
        ("Unpaid", ["1", "0", "3"], "integer"),
        ("count", ["1e5", "2", "30"], "integer"),
        ("code", ["15-1211", "15-1212", "15-1213"], "text"),
        ("value", ["(12)", "15", "3.5"], "number"),
        ("month", ["2024-01", "2024-02", "2024-03"], "date"),
        ("year", ["2019", "2020", "2021"], "year"),
    ],
)
def test_columns_are_told_by_header_and_cells(tmp_path: Path, header: str, cells: list[str], kind: str) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([["name", header], *zip(("Ann", "Ben", "Cem"), cells, strict=True)])
    trial = proposed(write(tmp_path / "c.csv", text.getvalue()))
    assert list(kinds(trial).values())[1] == kind
    assert trial.table is not None
    assert None not in list(trial.table.columns.values())[1]


def test_a_word_among_numbers_is_a_mark_and_one_among_words_is_a_word(tmp_path: Path) -> None:
    text = "job,pay,training\nA,100,None\nB,low,Long\nC,300,None\nD,250,Short\nE,90,Long\n"
    found = declared(proposed(write(tmp_path / "m.csv", text)))
    assert found["missing"] == {"low": "?"}


def test_a_limit_becomes_at_least_with_its_value(tmp_path: Path) -> None:
    text = 'job,annual pay (dollars)\nA,"100,000"\nB,">=$239,200"\nC,"90,000"\nD,"80,000"\n'
    trial = proposed(write(tmp_path / "l.csv", text))
    assert declared(trial)["missing"] == {">=$239,200": {"meaning": "at least", "value": 239200}}
    assert trial.table is not None
    shown = [value.limited for value in trial.table.values("annual_pay_dollars") if isinstance(value, Value)]
    assert shown == [False, True, False, False]


def test_a_file_without_a_header_is_proposed_as_such(tmp_path: Path) -> None:
    trial = proposed(write(tmp_path / "n.csv", "1001,Alice,23.5\n1002,Bob,24.5\n1003,Cara,25.0\n"))
    assert declared(trial)["shape"]["header"] == 0
    assert trial.table is not None
    assert len(trial.table) == 3


def test_records_inside_a_json_object_are_found(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text(
        json.dumps({"result": {"total": 2, "records": [{"a": 1.5, "b": "x"}, {"a": 2, "b": "y"}]}}), "utf-8"
    )
    assert declared(proposed(path))["read"] == {"records": "result.records"}


def test_every_table_of_a_sheet_gets_a_section_of_its_own(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("Two")
        for row, cells in enumerate(
            [["Pay"], ["Job", "Pay (USD)"], ["Engineer", 120], ["Analyst", 90], [], ["Cities"],
             ["City", "Jobs", "Share"], ["Berlin", 20, 0.5], ["Paris", 12, 0.3], ["Rome", 8, 0.2]]
        ):  # fmt: skip
            sheet.write_row(row, 0, cells)

    found = look(str(excel(tmp_path / "two.xlsx", fill)))
    shapes = {trial.proposal.table["title"].value: declared(trial)["shape"] for trial in found.trials}
    assert shapes == {
        "Cities": {"header": "City", "says": "Cities"},
        "Pay": {"header": "Job", "end": "Cities", "says": "Pay"},
    }
    assert len({trial.proposal.name for trial in found.trials}) == 2
    assert all(trial.table is not None for trial in found.trials)


def test_a_column_that_does_not_load_as_declared_is_proposed_as_words(tmp_path: Path) -> None:
    trial = proposed(write(tmp_path / "d.csv", "name,paid\nA,$1.50\nB,€2.50\nC,3\n"))
    assert trial.table is not None
    assert kinds(trial)["paid"] in ("text", "number")


def test_a_footnote_mark_that_no_note_explains_is_told_to_readers(tmp_path: Path) -> None:
    trial = proposed(write(tmp_path / "m.csv", "Field,Graduates\nBusiness**,120\nNursing,80\nHistory,60\n"))
    assert declared(trial)["shape"]["marks"] == {"**": "Not explained in the file"}
    assert "until then the documents say this" in said(trial)
    assert trial.table is not None
    assert trial.table.columns["field"][0] == "Business"
    assert noted(trial) == {"Business: Not explained in the file"}


def test_marks_with_and_without_a_note_are_told_apart(tmp_path: Path) -> None:
    text = "Field,Jobs\nArts[1],120\nLaw[2],80\nMusic*,60\nDance**,50\n[1] With design.\n** Estimated.\n"
    trial = proposed(write(tmp_path / "m.csv", text))
    marks = declared(trial)["shape"]["marks"]
    assert marks == {"[2]": "Not explained in the file", "[1]": "", "**": "", "*": "Not explained in the file"}
    assert noted(trial) == {
        "Arts: With design.",
        "Law: Not explained in the file",
        "Music: Not explained in the file",
        "Dance: Estimated.",
    }


def _wages(*described: tuple[str, str]) -> Callable[[Any], None]:
    """A workbook of wages with a mark, and a sheet that says what fields and mark are."""

    def fill(book: Any) -> None:
        data, notes = book.add_worksheet("Wages"), book.add_worksheet("Field descriptions")
        rows = [["OCC", "H_MEAN", "A_MEAN", "RATE"], ["Surgeons", "#", "#", 3.5], ["Nurses", 42.8, 89010, "#"]]
        for number, row in enumerate([*rows, ["Chefs", 28.1, 58920, 7.5], ["Clerks", 19.4, 40350, 5.5]]):
            data.write_row(number, 0, row)
        notes.write_row(0, 0, ["Field", "Description"])
        for number, row in enumerate(described, 1):
            notes.write_row(number, 0, row)
        legend = "# = a wage equal to or greater than $115.00 per hour or $239,200 per year"
        notes.write(len(described) + 2, 0, legend)

    return fill


def test_a_limit_for_each_unit_of_time_goes_to_the_fields_that_are_counted_so(tmp_path: Path) -> None:
    names = (("OCC", "Occupation"), ("H_MEAN", "Mean hourly wage"), ("A_MEAN", "Mean annual wage"), ("RATE", "Error"))
    trial = proposed(excel(tmp_path / "oews.xlsx", _wages(*names)), "Wages")
    found = declared(trial)
    assert found["fields"]["h_mean"]["missing"] == {"#": {"meaning": "at least", "value": 115}}
    assert found["fields"]["a_mean"]["missing"] == {"#": {"meaning": "at least", "value": 239200}}
    assert "missing" not in found["fields"]["rate"]
    assert found["missing"] == {"#": "?"}
    assert "in the field of 'RATE'" in said(trial)
    assert trial.table is not None
    shown = [value.limited for value in trial.table.values("h_mean") if isinstance(value, Value)]
    assert shown == [True, False, False, False]


def test_a_limit_is_given_to_no_field_whose_unit_of_time_is_not_told(tmp_path: Path) -> None:
    trial = proposed(excel(tmp_path / "oews.xlsx", _wages(("H_MEAN", "Wage, mean"), ("A_MEAN", "Mean"))), "Wages")
    assert "missing" not in declared(trial)["fields"]["h_mean"]
    assert "That is a limit" in said(trial)


def test_too_few_answers_are_why_a_number_is_not_told_and_no_limit_of_it(tmp_path: Path) -> None:
    text = "school,answers,median pay (USD)\nA,40,52000\nB,8,*\nC,31,61000\n* = fewer than 10 answers\n"
    assert declared(proposed(write(tmp_path / "f.csv", text)))["missing"] == {"*": "suppressed"}


def test_a_note_that_begins_with_its_mark_says_what_the_mark_means(tmp_path: Path) -> None:
    trial = proposed(
        write(tmp_path / "f.csv", "Fach,N,Gehalt\nBWL,45,3200\nJura,12,*\nMed,33,4100\n* Fallzahl zu klein\n")
    )
    assert declared(trial)["missing"] == {"*": "suppressed"}
    assert "the file says: Fallzahl zu klein." in said(trial)


def test_filters_above_a_table_become_its_notes(tmp_path: Path) -> None:
    said = [["Title:", "Pay bands"], ["Subtitle:", "UK domiciled graduates"], ["Licence:", "CC BY 4.0"]]
    said += [
        ["Location:", "https://example.org/x.csv"],
        ["Filters:", "Academic year", "2018/19 "],
        ["", "Mode", "Full-time "],
    ]
    rows = [["Band", "Female", "Male"], ["Under £15,000", 0.6, 0.5], ["£15,000+", 0.4, 0.5]]

    def fill(book: Any) -> None:
        sheet = book.add_worksheet("Data")
        for number, row in enumerate([*said, [], *rows]):
            sheet.write_row(number, 0, row)

    trial = proposed(excel(tmp_path / "bands.xlsx", fill))
    found = declared(trial)
    assert found["notes"] == ["Mode: Full-time", "UK domiciled graduates"]
    assert (found["title"], found["licence"], found["as_of"]) == ("Pay bands", "CC BY 4.0", "2018/2019")
    assert trial.table is not None
    assert trial.table.notes == ("Mode: Full-time", "UK domiciled graduates")


@pytest.mark.parametrize(
    ("line", "period"),
    [
        ("Academic year 2018/19", "2018/2019"),
        ("Stand: März 2024", "2024-03"),
        ("Data are for May 2023.", "2023-05"),
        ("As of 31 March 2024", "2024-03-31"),
        ("Academic years 2017/18 to 2019/20", "2017/2020"),
        ("2019–2023", "2019/2023"),
        ("Survey of 2,019 graduates", None),
        ("Revised in 2024", None),
    ],
)
def test_a_line_that_says_only_when_is_what_the_data_are_of(tmp_path: Path, line: str, period: str | None) -> None:
    text = f'Places,,\n"{line}",,\nCity,Jobs,Open\nBerlin,20,3\nParis,12,4\n'
    assert declared(proposed(write(tmp_path / "p.csv", text))).get("as_of") == period


# -- several tables ------------------------------------------------------------------

_BELOW = """Pay by job,,
Job,Pay (USD),Openings
Engineer*,120000,20
Analyst,90000,15
Nurse,81000,60
* With bonus.,,

Jobs by city,,
City,Jobs,Share (%)
Berlin,20,50
Paris,12,30
Rome,8,20
Oslo,4,10

Source: Example office,,
"""
_BESIDE = """Pay by job,,,Jobs by city,,
Job,Pay (USD),,City,Jobs,Share (%)
Engineer,120000,,Berlin,20,50
Analyst,90000,,Paris,12,30
,,,Rome,8,20
,,,Total,40,100
"""


def test_tables_below_one_another_in_a_text_file_are_listed_and_each_loads(tmp_path: Path) -> None:
    path = write(tmp_path / "two.csv", _BELOW)
    code, output = run("inspect", path)
    assert code == 0
    assert "2 tables; each is proposed" in output
    assert "lines 2-5" in output
    assert "lines 9-13" in output
    found = {trial.proposal.table["title"].value: trial for trial in look(str(path)).trials}
    jobs, cities = found["Pay by job"].table, found["Jobs by city"].table
    assert jobs is not None
    assert cities is not None
    assert jobs.columns["job"] == ("Engineer", "Analyst", "Nurse")
    assert noted(found["Pay by job"]) == {"Engineer: With bonus."}
    assert cities.columns["city"] == ("Berlin", "Paris", "Rome", "Oslo")


def test_one_of_several_tables_can_be_asked_for(tmp_path: Path, small_project: Path) -> None:
    path = write(tmp_path / "two.csv", _BELOW)
    code, output = run("inspect", path, "--table", "2")
    assert code == 0
    assert [table["title"] for table in tomllib.loads(output)["tables"].values()] == ["Jobs by city"]
    assert "> 2  lines 9-13" in output
    assert run("inspect", path, "--table", "1", "--add", small_project, "--name", "jobs")[0] == 0
    assert load_project(small_project).tables["jobs"]["Nurse"].openings == 60
    code, output = run("inspect", path, "--table", "3")
    assert code == 2
    assert "has no table 3: 2 were found. Use --table 1 to 2." in output


def test_tables_beside_one_another_in_a_text_file_are_told_apart(tmp_path: Path) -> None:
    trials = look(str(write(tmp_path / "two.csv", _BESIDE))).trials
    found = {trial.proposal.table["title"].value: trial.table for trial in trials}
    jobs, cities = found["Pay by job"], found["Jobs by city"]
    assert jobs is not None
    assert cities is not None
    assert [field.name for field in jobs.fields] == ["job", "pay_usd"]
    assert jobs.columns["job"] == ("Engineer", "Analyst")
    assert cities.columns["city"] == ("Berlin", "Paris", "Rome")


def test_tables_beside_one_another_in_a_sheet_get_a_range_each(tmp_path: Path) -> None:
    rows = [line.split(",") for line in _BESIDE.splitlines()]

    def fill(book: Any) -> None:
        sheet = book.add_worksheet("Two")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, [int(cell) if cell.isdigit() else cell or None for cell in row])

    found = look(str(excel(tmp_path / "two.xlsx", fill)))
    assert [trial.proposal.read["range"].value for trial in found.trials] == ["D1:F", "A1:B"]
    assert all(trial.table is not None for trial in found.trials)
    assert [(table.name, table.words) for table in found.tables] == [
        ("A2:B4", "2 rows, 2 columns: Pay by job"),
        ("D2:F6", "4 rows, 3 columns: Jobs by city"),
    ]


def test_an_empty_column_in_the_middle_divides_no_table(tmp_path: Path) -> None:
    text = "name,grade,,city,score\nAnn,A,,Rome,3\nBen,B,,Rome,4\nCem,A,,Oslo,5\n"
    found = look(str(write(tmp_path / "one.csv", text)))
    assert len(found.trials) == 1
    assert found.tables == ()
    assert kinds(found.trials[0]) == {"name": "text", "grade": "text", "city": "text", "score": "integer"}


# -- awkward columns ---------------------------------------------------------------------


def _field(tmp_path: Path, header: str, *cells: str, delimiter: str = ",") -> tuple[dict[str, Any], tuple[object, ...]]:
    """What is proposed for the second column of a file, and what it then holds."""
    text = io.StringIO()
    names = [f"Name {chr(97 + place) * 3}" for place in range(len(cells))]
    csv.writer(text, delimiter=delimiter).writerows([["name", header], *zip(names, cells, strict=True)])
    trial = proposed(write(tmp_path / "c.csv", text.getvalue()))
    assert trial.table is not None
    field = list(declared(trial)["fields"].values())[1]
    return field, list(trial.table.columns.values())[1]


def test_months_in_words_are_dates(tmp_path: Path) -> None:
    field, values = _field(tmp_path, "Monat", "Dezember 2023", "Januar 2024", "März 2024")
    assert field["type"] == "date"
    assert values == ("2023-12", "2024-01", "2024-03")
    assert _field(tmp_path, "Month", "January 2024", "March 2024")[0]["format"] == "%B %Y"


def test_dates_that_are_not_written_alike_are_read_all_the_same(tmp_path: Path) -> None:
    field, values = _field(tmp_path, "held", "2024-03-01", "12/04/2024", "5 May 2024")
    assert field["format"] == ["%d/%m/%Y", "%d %b %Y"]
    assert values == ("2024-03-01", "2024-04-12", "2024-05-05")


def test_times_of_day_are_left_out_of_dates(tmp_path: Path) -> None:
    assert _field(tmp_path, "StartDate", "2024-03-01 14:22:05", "2024-03-02 09:01:44")[1] == (
        "2024-03-01",
        "2024-03-02",
    )


def test_terms_and_quarters_are_in_order_of_time(tmp_path: Path) -> None:
    field, _ = _field(tmp_path, "Semester", "Fall 2023", "Spring 2023", "Summer 2023")
    assert field["levels"] == ["Spring 2023", "Summer 2023", "Fall 2023"]
    assert _field(tmp_path, "Beginn", "WS 2023/24", "SoSe 2023")[0]["levels"] == ["SoSe 2023", "WS 2023/24"]
    assert _field(tmp_path, "Quarter", "Q1 2024", "Q4 2023")[0]["levels"] == ["Q4 2023", "Q1 2024"]


def test_numbered_answers_are_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    answers = ("4 - agree", "1 - strongly disagree", "3", "4 - agree", "5 - strongly agree")
    field, _ = _field(tmp_path, "Helpful?", *answers)
    assert field["levels"] == ["1 - strongly disagree", "3", "4 - agree", "5 - strongly agree"]


def test_numbers_written_short_are_spelled_out(tmp_path: Path) -> None:
    assert _field(tmp_path, "followers", "1.2k", "850", "12.4k")[1] == (1200, 850, 12400)
    field, values = _field(tmp_path, "budget", "€1.5m", "€2m", "€0.8m")
    assert (field["type"], field["unit"], values) == ("money", "EUR", (1_500_000, 2_000_000, 800_000))
    assert _field(tmp_path, "Stellen", "12,5 Tsd.", "8,0 Tsd.", delimiter=";")[1] == (12500, 8000)
    assert _field(tmp_path, "distance", "5m", "10m", "25m")[0]["type"] == "text"


def test_percent_signs_in_some_cells_are_meant_for_all(tmp_path: Path) -> None:
    assert _field(tmp_path, "Placed", "91%", "78", "55", "60")[1] == (91, 78, 55, 60)
    assert _field(tmp_path, "Placed", "91%", "0.78", "0.5")[1] == (91, 78, 50)
    assert _field(tmp_path, "Placed", "91%", "1200", "1350")[0]["type"] == "text"


@pytest.mark.parametrize(
    ("header", "by", "title"),
    [
        ("Budget (€ 000s)", 1000, "Budget"),
        ("Budget (€'000)", 1000, "Budget"),
        ("Gebühr in T€", 1000, "Gebühr"),
        ("Revenue (£m)", 1_000_000, "Revenue"),
        ("Umsatz in Mio. €", 1_000_000, "Umsatz"),
        ("Sales, $ billions", 1_000_000_000, "Sales"),
        ("Cost per 1,000 students ($)", 1, "Cost per 1,000 students"),
    ],
)
def test_a_header_that_counts_in_thousands_or_millions_is_multiplied(
    tmp_path: Path, header: str, by: int, title: str
) -> None:
    field, values = _field(tmp_path, header, "1.5", "2", "3")
    assert (field["type"], field.get("multiply", 1), field["title"]) == ("money", by, title)
    assert values[1] == 2 * by


def test_currencies_mixed_in_a_column_are_told(tmp_path: Path) -> None:
    trial = proposed(write(tmp_path / "x.csv", "job,pay\nA,$95\nB,€61\nC,£72\n"))
    assert kinds(trial)["pay"] == "text"
    assert "Amounts in EUR, GBP, USD in one column" in section(trial.proposal)
    assert str(tmp_path) not in section(trial.proposal)


def test_columns_that_write_their_numbers_in_other_ways_say_so(tmp_path: Path) -> None:
    text = "Land;Absolventen;Gehalt\nA;1.200;45 000,50 €\nB;2.880;39 500 €\nC;1.100;28 100 €\n"
    trial = proposed(write(tmp_path / "n.csv", text))
    found = declared(trial)
    styles = [found["numbers"]["thousands"], found["fields"]["gehalt"].get("numbers", found["numbers"])["thousands"]]
    assert styles == [".", " "]
    assert trial.table is not None
    assert trial.table.columns["absolventen"] == (1200, 2880, 1100)
    assert trial.table.columns["gehalt"] == (Decimal("45000.50"), 39500, 28100)


def test_a_row_of_units_under_the_header_belongs_to_it(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("Pay")
        rows = [["Programme", "Median salary", "Employed", "Duration"], ["", "EUR", "%", "months"]]
        for number, row in enumerate([*rows, ["Law", 52000, 88.5, 24], ["Arts", 33000, 70.1, 36]]):
            sheet.write_row(number, 0, row)

    trial = proposed(excel(tmp_path / "u.xlsx", fill))
    assert list(kinds(trial).values()) == ["text", "money", "percent", "integer"]
    assert declared(trial)["fields"]["median_salary_eur"]["title"] == "Median salary"
    assert trial.table is not None
    assert len(trial.table) == 2


def test_a_row_whose_numbers_are_the_sums_of_the_others_is_no_data(tmp_path: Path) -> None:
    rows = "North,500,380\nSouth,400,300\nEast,300,220\n"
    shape = declared(proposed(write(tmp_path / "s.csv", f"Region,Graduates,Employed\nEngland,1200,900\n{rows}")))[
        "shape"
    ]
    assert shape["drop"] == "England"
    other = declared(proposed(write(tmp_path / "t.csv", f"Region,Graduates,Employed\nWales,1200,910\n{rows}")))
    assert "shape" not in other


def test_a_header_that_stands_again_in_the_table_is_no_row(tmp_path: Path) -> None:
    text = "City,Jobs,Open\nBerlin,20,3\nParis,12,4\nCity,Jobs,Open\nRome,8,1\nOslo,4,2\n"
    trial = proposed(write(tmp_path / "h.csv", text))
    assert declared(trial)["shape"] == {"skip": "City"}
    assert kinds(trial)["jobs"] == "integer"
    assert trial.table is not None
    assert len(trial.table) == 4


def test_a_title_does_not_say_in_thousands_where_numbers_are_multiplied(tmp_path: Path) -> None:
    text = 'Employment by state (thousands),,\nState,Employed,Rate\nOhio,"2,200",2.6%\nUtah,330,4.2%\n'
    trial = proposed(write(tmp_path / "e.csv", text))
    assert declared(trial)["title"] == "Employment by state"
    assert trial.table is not None
    assert trial.table.columns["employed"] == (2_200_000, 330_000)


def test_an_export_of_answers_is_known_by_its_people(tmp_path: Path) -> None:
    text = """RespondentID,Age,Happy (Y/N),Tools used,E-mail
1001,22,Y,Excel;Python;SQL,ann@x.edu
1002,24,Y,Excel,ben@x.edu
1003,23,N,Python;R,cem@x.edu
1004,25,Y,Excel;R,dov@x.edu
"""
    trial = proposed(write(tmp_path / "s.csv", text))
    fields, remarks = declared(trial)["fields"], said(trial)
    assert [name for name, field in fields.items() if field.get("key")] == ["respondent_id"]
    assert fields["happy_y_n"]["labels"] == {"Y": "Yes", "N": "No"}
    assert "Each row seems to be one person ('RespondentID')" in remarks
    assert "'E-mail' can tell who somebody is" in remarks
    assert "'Tools used' holds several answers in a cell, divided by ';'" in remarks


def test_lists_and_records_in_json_are_told_to_be_left_out(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text(json.dumps([{"a": "x", "tags": ["p"], "at": {"zip": "1"}}, {"a": "y", "tags": []}]), "utf-8")
    assert "Left out: 'tags', 'at'." in section(proposed(path).proposal)


# -- large sources -------------------------------------------------------------------


def test_a_large_file_is_looked_at_in_part_and_summed_up_by_a_query(tmp_path: Path, small_project: Path) -> None:
    path = tmp_path / "big.csv"
    path.write_text("city,pay\n" + "".join(f"City {n % 7},{n}\n" for n in range(510_000)), "utf-8")
    found = look(str(path)).trials[0].proposal
    assert found.source is not None
    assert "GROUP BY" in str(found.origin["query"].value)
    code, output = run("inspect", path, "--add", small_project)
    assert code == 0, output
    table = load_project(small_project).tables["big"]
    assert len(table) == 7
    assert sum(int(str(count)) for count in table.columns["number_of_rows"]) == 510_000


# -- databases and addresses ------------------------------------------------------------


def test_the_tables_of_a_database_are_listed(tmp_path: Path, small_project: Path) -> None:
    path = tmp_path / "jobs.sqlite"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE pay (job TEXT, salary REAL)")
        database.executemany("INSERT INTO pay VALUES (?, ?)", [("Engineer", 120000.5), ("Analyst", None)])
        database.execute("CREATE TABLE cities (city TEXT, jobs INTEGER)")
        database.execute("INSERT INTO cities VALUES ('Berlin', 20)")
    code, output = run("inspect", path, "--sheet", "pay")
    assert code == 0
    assert "cities" in output
    assert tomllib.loads(output)["tables"]["jobs_pay"]["query"] == "SELECT * FROM pay ORDER BY 1"
    code, output = run("inspect", path, "--sheet", "pay", "--add", small_project)
    assert code == 0, output
    assert load_project(small_project).tables["jobs_pay"]["Engineer"].salary == Decimal("120000.5")


def test_the_tables_of_a_server_are_listed_and_its_password_is_not_told(
    tool: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAREERS_DB_PASSWORD", PASSWORD)
    with running(programs(tool), tool("openssl")) as server:
        server.psql(
            'CREATE TABLE "Staff List" (who text, paid numeric); INSERT INTO "Staff List" VALUES (\'Ann\', 9.5);'
        )
        server.psql('GRANT SELECT ON "Staff List" TO PUBLIC;')
        code, output = run("inspect", server.address, "--sheet", "Staff List")
    assert code == 0, output
    table = next(iter(tomllib.loads(output)["tables"].values()))
    assert (table["connection"], table["query"]) == (server.address, 'SELECT * FROM "Staff List" ORDER BY 1')
    assert PASSWORD not in output


def test_a_password_in_a_connection_is_refused_and_not_repeated() -> None:
    code, output = run("inspect", "postgresql://me:hunter2@localhost/jobs")
    assert code == 2
    assert "hunter2" not in output
    assert "environment variable" in output


def test_an_address_is_downloaded_and_proposed_as_such(small_project: Path) -> None:
    with misbehaving() as (address, _):
        code, output = run("inspect", f"{address}/pay.csv")
        assert code == 0, output
        assert tomllib.loads(output)["tables"]["pay"]["url"] == f"{address}/pay.csv"
        assert run("inspect", f"{address}/pay.csv", "--add", small_project)[0] == 0
        assert load_project(small_project).tables["pay_2"]["Engineer"].salary == 120000


# -- bad input ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.csv", None, "there is no such file"),
        ("empty.csv", b"", "is empty"),
        ("blank.csv", b" \n\n", "is empty"),
        ("header.csv", b"a,b,c\n", "has a header and no rows"),
        ("noise.bin", bytes(range(256)) * 20, "is no kind of table"),
        ("damaged.xlsx", b"PK\x03\x04 and then nothing", "damaged"),
        ("quote.csv", b'a,b\n"x,1\ny,2\n', "cannot be read"),
        ("nul.csv", b"a,b\nx\x00,1\ny,2\n", "U+0000"),
    ],
)
def test_what_cannot_be_read_is_told_with_a_way_out(
    tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    code, output = run("inspect", path)
    assert code == 2, output
    assert said in output
    assert "Traceback" not in output


def test_a_folder_an_unknown_sheet_and_a_bad_name_are_told(tmp_path: Path) -> None:
    path = excel(tmp_path / "a.xlsx", lambda book: book.add_worksheet("Data").write_row(0, 0, ["a", "b"]))
    assert "is a folder" in run("inspect", tmp_path)[1]
    assert "has no sheet 'Dota'. Did you mean 'Data'?" in run("inspect", path, "--sheet", "Dota")[1]
    assert "cannot be a table's name" in run("inspect", path, "--name", "my table")[1]


def test_what_does_not_load_is_shown_and_never_added(tmp_path: Path, small_project: Path) -> None:
    path = write(tmp_path / "ragged.csv", "a,b\n1,x\n2,y,z\n3,w\n")
    before = (small_project / "project.toml").read_bytes()
    code, output = run("inspect", path, "--add", small_project)
    assert code == 2
    assert "this row has 3 cells" in output
    assert (small_project / "project.toml").read_bytes() == before
    assert not (small_project / "tables/ragged.csv").exists()


# -- adding -----------------------------------------------------------------------------------


def test_adding_keeps_comments_and_order_and_the_project_loads(tmp_path: Path, small_project: Path) -> None:
    target = small_project / "project.toml"
    text = target.read_text("utf-8").replace("[charts.pay]", "# what we show\n[charts.pay]")
    target.write_text(f"# ours\n{text}", "utf-8")
    before = target.read_text("utf-8")
    code, output = run(
        "inspect", write(tmp_path / "cities.csv", "city,jobs\nBerlin,20\nParis,12\n"), "--add", small_project
    )
    assert code == 0, output
    after = target.read_text("utf-8")
    start = after.index("[tables.cities]")
    end = after.index("# what we show")
    assert after[:start] + after[end:] == before
    assert (small_project / "tables/cities.csv").is_file()
    assert load_project(small_project).tables["cities"]["Paris"].jobs == 12
    assert run("check", small_project)[0] == 0


def test_a_comment_over_the_charts_stays_with_them(tmp_path: Path, small_project: Path) -> None:
    target = small_project / "project.toml"
    above, over = "# of the table above\n", "\n# ------ charts ------\n# what we show\n\n"
    target.write_text(target.read_text("utf-8").replace("\n[charts.pay]", f"{above}{over}[charts.pay]"), "utf-8")
    path = write(tmp_path / "cities.csv", "city,jobs\nBerlin,20\nParis,12\n")
    assert run("inspect", path, "--add", small_project)[0] == 0
    after = target.read_text("utf-8")
    marks = [
        after.index(word) for word in (above, "[tables.cities]", "# ------ charts", "# what we show", "[charts.pay]")
    ]
    assert marks == sorted(marks)


def test_a_file_that_a_table_reads_already_is_not_added_again(tmp_path: Path, small_project: Path) -> None:
    path = write(tmp_path / "cities.csv", "city,jobs\nBerlin,20\nParis,12\n")
    assert run("inspect", path, "--add", small_project)[0] == 0
    before = (small_project / "project.toml").read_bytes()
    code, output = run("inspect", path, "--add", small_project)
    assert code == 2
    assert "[tables.cities] already reads this file" in output
    assert run("inspect", small_project / "tables/cities.csv", "--add", small_project)[0] == 2
    assert (small_project / "project.toml").read_bytes() == before
    assert run("inspect", path, "--add", small_project, "--name", "towns")[0] == 0
    assert load_project(small_project).tables["towns"]["Paris"].jobs == 12


def test_another_sheet_of_a_workbook_that_is_read_already_is_added(tmp_path: Path, small_project: Path) -> None:
    def fill(book: Any) -> None:
        for name in ("North", "South"):
            sheet = book.add_worksheet(name)
            sheet.write_column(0, 0, ["City", "Berlin", "Rome"])
            sheet.write_column(0, 1, ["Jobs", 3, 4])

    path = excel(tmp_path / "regions.xlsx", fill)
    assert run("inspect", path, "--sheet", "North", "--add", small_project)[0] == 0
    assert run("inspect", path, "--sheet", "South", "--add", small_project)[0] == 0
    assert "[tables.regions_north] already reads" in run("inspect", path, "--sheet", "1", "--add", small_project)[1]


def test_the_same_content_under_another_name_is_told(tmp_path: Path, small_project: Path) -> None:
    path = tmp_path / "copy.csv"
    path.write_bytes((small_project / "tables/pay.csv").read_bytes())
    code, output = run("inspect", path, "--add", small_project)
    assert code == 0
    assert "tables/pay.csv, which [tables.pay] reads, holds the same as this file." in output


def test_line_ends_of_the_project_stay_as_they_are(tmp_path: Path, small_project: Path) -> None:
    target = small_project / "project.toml"
    target.write_bytes(target.read_bytes().replace(b"\n", b"\r\n"))
    assert run("inspect", write(tmp_path / "c.csv", "city,jobs\nBerlin,20\nParis,12\n"), "--add", small_project)[0] == 0
    assert target.read_bytes().count(b"\n") == target.read_bytes().count(b"\r\n")


def test_a_file_of_the_project_is_never_overwritten(tmp_path: Path, small_project: Path) -> None:
    there = (small_project / "tables/pay.csv").read_bytes()
    path = write(tmp_path / "pay.csv", "city,jobs\nBerlin,20\nParis,12\n")
    code, output = run("inspect", path, "--add", small_project)
    assert code == 0, output
    assert (small_project / "tables/pay.csv").read_bytes() == there
    assert (small_project / "tables/pay_2.csv").read_bytes() == path.read_bytes()
    assert set(load_project(small_project).tables) == {"pay", "pay_2"}
    assert "there is a table 'pay' already" in run("inspect", path, "--add", small_project, "--name", "pay")[1]


def test_a_file_inside_the_project_is_named_where_it_is(small_project: Path) -> None:
    path = write(small_project / "tables/extra.csv", "city,jobs\nBerlin,20\nParis,12\n")
    assert run("inspect", path, "--add", small_project, "--name", "extra")[0] == 0
    assert (
        tomllib.loads((small_project / "project.toml").read_text("utf-8"))["tables"]["extra"]["file"]
        == "tables/extra.csv"
    )


def test_what_is_printed_without_a_terminal_is_toml(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        book.add_worksheet("Read me").write(0, 0, "Pay of two jobs")
        book.add_worksheet("Pay").write_column(0, 0, ["Job", "Engineer", "Analyst"])
        book.get_worksheet_by_name("Pay").write_column(0, 1, ["Salary (USD)", 120000, 90000])
        book.add_worksheet("Old").hide()

    code, output = run("inspect", excel(tmp_path / "book.xlsx", fill))
    assert code == 0
    assert tomllib.loads(output)["tables"]["book_pay"]["read"] == {"sheet": "Pay"}
    assert "Read me" in output
    assert "hidden" in output
    assert "$120,000" in output


# -- what publishers do ----------------------------------------------------------------------------


def rows_of(trial: Trial) -> tuple[list[int], int, int]:
    """The rows of the header, and the first and last of the table, as the file counts them."""
    layout, grid = trial.proposal.layout, trial.proposal.grid
    assert layout is not None
    assert grid is not None
    return [grid.rows[row] for row in layout.header], grid.rows[layout.first], grid.rows[layout.last]


def headers(trial: Trial) -> list[str]:
    return [field.header for field in trial.proposal.fields]


def book(path: Path, *rows: list[Any], merged: dict[str, str] | None = None) -> Path:
    """A workbook of one sheet with these rows and merged cells."""

    def fill(workbook: Any) -> None:
        sheet = workbook.add_worksheet("Data")
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell != "":
                    sheet.write(number, column, cell)
        for cells, text in (merged or {}).items():
            sheet.merge_range(cells, text)

    return excel(path, fill)


def test_names_that_are_broken_over_rows_are_joined_with_percentiles_among_them(tmp_path: Path) -> None:
    areas = ["North", "South", "East", "West", "Wales", "London"]
    path = book(
        tmp_path / "ons.xlsx",
        ["Table 9   Paid hours"],
        [],
        ["", "Number", "", "Annual", "", "Annual", "", "", "", ""],
        ["", "of jobs", "", "percentage", "", "percentage", "Percentiles", "", "", ""],
        ["Area", "(thousand)", "Median", "change", "Mean", "change", 10, 25, 75, 90],
        *([area, 958, 37, 0.5, 33.1, 0.2, 15.8, "x" if n else 20.1, 39, 43.2] for n, area in enumerate(areas)),
        ["a  Employees on adult rates whose pay was not affected by absence."],
    )
    trial = proposed(path)
    assert rows_of(trial) == ([3, 4, 5], 6, 11)
    assert headers(trial)[1:7] == [
        "Number of jobs (thousand)", "Median", "Annual percentage change", "Mean", "Annual percentage change (2)",
        "Percentiles 10",
    ]  # fmt: skip
    assert trial.proposal.fields[1].settings["multiply"] == 1000


def test_titles_merged_over_the_whole_width_are_no_header(tmp_path: Path) -> None:
    path = book(
        tmp_path / "bls.xlsx",
        [],
        [],
        [],
        ["", "", "", "", ""],
        ["", "", "", "", ""],
        ["", "Number", "Pay", "Number", "Pay"],
        [],
        ["Total", 300, 1000, 150, 900],
        [],
        *([f"Job {name}", 100, 1000 + n, "–", 900] for n, name in enumerate("abcd")),
        [],
        ["NOTE: Updated population controls."],
        merged={"A1:E1": "Weekly pay", "A2:E2": "[Numbers in thousands]", "B4:E4": "2025", "B5:C5": "Men",
                "D5:E5": "Women", "A4:A6": "Occupation"},
    )  # fmt: skip
    trial = proposed(path)
    assert rows_of(trial) == ([4, 5, 6], 8, 13)
    assert headers(trial) == ["Occupation", "2025 Men Number", "2025 Men Pay", "2025 Women Number", "2025 Women Pay"]
    assert declared(trial)["title"] == "Weekly pay"


def test_a_row_that_only_names_the_labels_belongs_to_a_header_of_years(tmp_path: Path) -> None:
    text = "Unit of measure:,Percentage,,,\n\nTIME,2007,2008,2009,2010\nGEO,,,,\nBelgium,10.1,10.2,:,10\n"
    trial = proposed(
        write(tmp_path / "e.csv", text + "Norway,15.6,17,16.5,9\nSpain,:,18,18.4,8\n\n:,not available,,,\n")
    )
    assert rows_of(trial) == ([3, 4], 5, 7)
    assert headers(trial)[0] == "TIME GEO"
    assert set(kinds(trial).values()) == {"text", "percent"}
    assert declared(trial)["missing"] == {":": "not available"}


def test_a_section_under_a_header_of_years_is_none_of_it(tmp_path: Path) -> None:
    text = "Region,2018,2019\nMen,,\nNorth,1,2\nSouth,2,5\nWomen,,\nNorth,3,4\nSouth,5,6\n"
    trial = proposed(write(tmp_path / "s.csv", text))
    assert rows_of(trial) == ([1], 2, 7)
    assert declared(trial)["shape"]["sections"] == {"field": "section"}


def test_codes_over_names_are_left_out_of_the_header(tmp_path: Path) -> None:
    text = "Title,,,\n,,E9101,E9102\nCode,Area,Pupils,Graduates\n01100,Sapporo,1552,171\n01101,Chuo,183,10\n"
    trial = proposed(write(tmp_path / "c.csv", text))
    assert rows_of(trial) == ([3], 4, 5)
    assert kinds(trial) == {"code": "text", "area": "text", "pupils": "integer", "graduates": "integer"}


def test_lines_of_underscores_and_rights_below_a_table_are_notes(tmp_path: Path) -> None:
    text = "Prices\nGermany\n;;Index;Change\n;;2015=100;in %\n1991;January;64.0;.\n1991;February;64.3;+0.5\n"
    trial = proposed(write(tmp_path / "d.csv", f"{text}1991;March;64.3;-\n__________\n© Office, 2021\n"))
    assert rows_of(trial) == ([3, 4], 5, 7)
    assert trial.table is not None
    assert len(trial.table) == 3


def test_sums_that_are_indented_under_a_sum_stay(tmp_path: Path) -> None:
    rows = "Primaire;5;6\n    Public;3;4\n    Privé;2;2\nSecondaire;9;9\nEnsemble;14;15\n    Ensemble public;8;9\n"
    trial = proposed(write(tmp_path / "i.csv", f"Niveau;2019;2020\n{rows}    Ensemble privé;6;6\n"))
    assert declared(trial)["shape"]["drop"] == "Ensemble"
    assert trial.table is not None
    assert max(trial.table.lines) == 8


def test_a_flag_before_a_number_is_a_footnote_mark_with_its_usual_meaning(tmp_path: Path) -> None:
    text = "Niveau;2019;2020 (p)\nA;(r) 2 727,8;5,1\nB;140,8;(r) 6,2\nC;9,1;7,7\n"
    trial = proposed(write(tmp_path / "r.csv", text))
    assert declared(trial)["shape"]["marks"] == {"(r)": "Revised"}
    assert kinds(trial) == {"niveau": "text", "y2019": "number", "p_2020": "number"}
    assert trial.table is not None
    assert noted(trial) == {"A, B: Revised"}


def test_a_key_beside_a_table_is_none_of_its_columns_and_explains_its_marks(tmp_path: Path) -> None:
    key = {1: "Key", 2: "x = not reliable", 3: "z = not applicable"}
    rows = [[f"Area {n}", n * 3, "x" if n == 2 else n * 7, "", key.get(n, "")] for n in range(1, 10)]
    trial = proposed(book(tmp_path / "k.xlsx", ["Area", "Jobs", "Pay"], *rows))
    assert headers(trial) == ["Area", "Jobs", "Pay"]
    assert "'x' in 1 cell; the file says: not reliable." in said(trial)


def test_a_currency_shown_in_the_first_row_only_is_meant_for_all(tmp_path: Path) -> None:
    def fill(workbook: Any) -> None:
        sheet, dollars = workbook.add_worksheet("Pay"), workbook.add_format({"num_format": '"$"#,##0'})
        plain = workbook.add_format({"num_format": "#,##0"})
        sheet.write_row(0, 0, ["Job", "Workers", "Weekly"])
        for row in range(1, 8):
            sheet.write(row, 0, f"Job {row}")
            sheet.write(row, 1, row * 100, plain)
            sheet.write(row, 2, row * 1000, dollars if row == 1 else plain)

    trial = proposed(excel(tmp_path / "p.xlsx", fill))
    assert kinds(trial) == {"job": "text", "workers": "integer", "weekly": "money"}


def test_the_sheet_with_the_numbers_is_looked_at(tmp_path: Path) -> None:
    def fill(workbook: Any) -> None:
        cover, data = workbook.add_worksheet("Summary"), workbook.add_worksheet("Sheet 1")
        for row, cells in enumerate([["Contents", "Unit", "Time"], ["Sheet 1", "Percentage", "Annual"]]):
            cover.write_row(row, 0, cells)
        for row, cells in enumerate([["Country", "2019"], ["Norway", 14.4], ["Spain", 11.9], ["Italy", 4.7]]):
            data.write_row(row, 0, cells)

    assert look(str(excel(tmp_path / "e.xlsx", fill))).part == "Sheet 1"


def test_a_mark_inside_numbers_divides_no_cells(tmp_path: Path) -> None:
    trial = proposed(write(tmp_path / "n.csv", "Land;Quote\nBayern;53,8%\nHessen;57,2%\nBerlin;35,7%\n"))
    assert kinds(trial) == {"land": "text", "quote": "percent"}


def test_lines_with_a_label_only_are_skipped_where_rows_have_more_cells(tmp_path: Path) -> None:
    trial = proposed(write(tmp_path / "s.csv", "Job,n\nA,1\nB,2\nOthers\nC,3\nD,4\n"))
    assert declared(trial)["shape"]["alone"] == "Others"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("shift_jis", "地域,調査年\n北海道 札幌市,2010\n青森県,2011\n"),
        ("gb18030", "地区,就业人数\n北京市,12\n上海市,13\n"),
        ("big5", "地區,就業人數\n臺北市,12\n高雄市,13\n"),
        ("euc-kr", "지역,취업자\n서울특별시,12\n부산광역시,13\n"),
        ("cp1250", "Województwo,Płaca\nŁódzkie,12\nŚląskie,13\nświętokrzyskie,14\n"),
        ("cp1250", "Kraj,Mzda\nPlzeňský,12\nStředočeský,13\nÚstecký,14\n"),
        ("cp1252", "Region,Pay\nDoctor’s district – north,12\nOther,13\n"),
        ("latin-1", "Land,Löhne\nThüringen,12\nBaden-Württemberg,13\n"),
        ("mac-roman", "Land,Löhne\nThüringen,12\nÖsterreich,13\n"),
        ("utf-16", "Land,Löhne\nThüringen,12\nÖsterreich,13\n"),
    ],
)
def test_encodings_are_known_by_the_letters_that_they_make(tmp_path: Path, encoding: str, text: str) -> None:
    trial = proposed(write(tmp_path / "t.csv", text, encoding))
    assert headers(trial) == text.split("\n")[0].split(",")
    assert declared(trial).get("read", {}).get("encoding", "utf-16") == encoding


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Регион,Зарплата\nМосковская область,12\nКиївська,13\n"),
        ("cp1253", "Περιφέρεια,Απασχόληση\nΑττική,12\nΚρήτη,13\n"),
        ("cp1254", "İl,Ücret\nİstanbul,12\nEskişehir,13\nMuğla,14\n"),
        ("euc-jp", "地域,調査年\n東京都の人,2010\n"),
        ("koi8-r", "Регион,Зарплата\nМосковская область,12\n"),
    ],
)
def test_other_encodings_are_told_by_their_names(encoding: str, text: str) -> None:
    assert likely_encoding(text.encode(encoding)) == encoding


def test_an_encoding_in_which_no_table_is_read_is_told_and_not_proposed(tmp_path: Path) -> None:
    encoding = "cp1251"
    path = write(tmp_path / "t.csv", "Регион,Зарплата\nМосковская область,12\n", encoding)
    if encoding in ENCODINGS:
        assert declared(proposed(path))["read"]["encoding"] == encoding
    else:
        code, output = run("inspect", path)
        assert code == 2
        assert "is text in cp1251" in output
        assert "Save the file as UTF-8" in output


_TELLING = (
    "", "", "1", "2019", "2020", "..", ":", "12.5", "1,5", "Total", "a b", "2021-01-01", "(r) 5", "Source: x", "=", "[1]",
    "__________", "© Office", "5%", "$3", '"', "1.234,5", "A1", "北海道", "\u00a0", "Note:",
)  # fmt: skip
_CELLS = st.one_of(st.text(max_size=6), st.sampled_from(_TELLING))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(_CELLS, max_size=6), max_size=15), st.sampled_from([",", ";", "\t", "|"]))
def test_any_text_gets_a_proposal_or_a_sentence_with_a_way_out(
    tmp_path: Path, rows: list[list[str]], mark: str
) -> None:
    path = write(tmp_path / "any.csv", "\n".join(mark.join(row) for row in rows).replace("\ud800", ""), "utf-8")
    try:
        trials = look(str(path)).trials
    except ProjectError as error:
        problems = error.problems
    else:
        assert trials
        problems = tuple(problem for trial in trials for problem in trial.problems)
    assert all(problem.message and problem.remedy for problem in problems)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_any_bytes_get_a_proposal_or_a_sentence_with_a_way_out(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "any.csv").write_bytes(raw)
    with suppress(ProjectError):
        assert look(str(tmp_path / "any.csv")).trials


# -- whatever is proposed loads, and says the same -------------------------------------------------

_WORDS = st.text(alphabet="bcdfghjkmpqvwxzäéø", min_size=5, max_size=12)  # no word that means something
_COLUMNS = {
    "words": _WORDS,
    "whole": st.integers(-10_000_000, 10_000_000).map(str),
    "decimal": st.decimals(-100_000, 100_000, places=2, allow_nan=False).map(str),
    "share": st.decimals(0, 1, places=4, allow_nan=False).map(str),
    "percent": st.decimals(0, 100, places=1, allow_nan=False).map(lambda n: f"{n}%"),
    "pay": st.integers(0, 999_999).map(lambda n: f"${n:,}"),
    "year": st.integers(1990, 2030).map(str),
    "day": st.dates().filter(lambda day: day.year >= 1000).map(str),
    "code": st.integers(0, 999).map(lambda n: f"{n:05}"),
}


@st.composite
def _clean(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    """Headers and rows of a CSV that nobody could call messy: every row has a name and a value."""
    chosen = draw(st.lists(st.sampled_from(sorted(_COLUMNS)), min_size=1, max_size=6))
    count = draw(st.integers(2, 12))
    header = ["name", *(f"{kind}_{chr(97 + place)}" for place, kind in enumerate(chosen))]
    names = draw(st.lists(_WORDS, min_size=count, max_size=count, unique=True))
    empty = st.sampled_from([False, False, False, True])
    rows = [[name, *("" if draw(empty) else draw(_COLUMNS[kind]) for kind in chosen)] for name in names]
    for row in rows:
        row[1] = row[1] if any(row[1:]) else draw(_COLUMNS[chosen[0]])
    return header, rows


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_clean())
def test_what_is_proposed_for_a_clean_file_loads_and_gives_the_same_values(
    tmp_path: Path, clean: tuple[list[str], list[list[str]]]
) -> None:
    header, rows = clean
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    trial = proposed(write(tmp_path / "clean.csv", text.getvalue()))
    table, by_header = trial.table, {field.header: field for field in trial.proposal.fields}
    assert table is not None
    assert len(table) == len(rows)
    for place, name in enumerate(header):
        field = by_header.get(name)
        cells = [row[place] for row in rows]
        if field is None:
            assert not any(cells)
            continue
        for cell, content in zip(cells, table.columns[field.name], strict=True):
            assert content == _meant(cell, field.type, str(field.settings.get("scale", "")))


def _meant(cell: str, kind: str, scale: str) -> object:
    if not cell:
        return None
    if scale == "?":  # asked, so nothing is read as a number yet
        return cell
    if kind == "year":
        return int(cell)
    number = read_number(cell)
    if kind in ("integer", "number", "money", "percent") and number is not None:
        return number.value * (100 if scale == "fraction" else 1)
    return cell


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.text(max_size=8), max_size=5), max_size=12))
def test_whatever_stands_in_a_grid_there_is_an_answer(cells: list[list[str]]) -> None:
    from data.inspection.grids.several import tables_in
    from data.inspection.proposals.proposal import propose
    from data.inspection.proposals.proposed import Surroundings
    from data.inspection.proposals.trial import tried
    from data.inspection.words.setting import ProposedSetting

    width = max(map(len, cells), default=0)
    rows = tuple((*row, *("",) * (width - len(row))) for row in cells)
    grid = Grid("any.xlsx", "Sheet", rows, tuple(range(1, len(rows) + 1)), letters=True)
    for layout in tables_in(grid) if width else []:
        with suppress(ProjectError):
            tried(propose(grid, layout, Surroundings("any", {"file": ProposedSetting("any.xlsx", "")}, {})))


@st.composite
def _several(draw: st.DrawFn) -> tuple[list[list[list[str]]], bool]:
    """Clean tables of names and whole numbers, and whether they stand beside one another."""
    tables: list[list[list[str]]] = []
    names = draw(st.lists(_WORDS, min_size=40, max_size=40, unique=True))
    for _ in range(draw(st.integers(2, 3))):
        width = draw(st.integers(1, 3))
        header = [names.pop(), *(names.pop() for _ in range(width))]
        rows = draw(st.integers(2, 6))
        numbers = st.integers(5000, 9999).map(str)  # no three of them make another
        tables.append([header, *([names.pop(), *(draw(numbers) for _ in range(width))] for _ in range(rows))])
    return tables, draw(st.booleans())


def _placed(tables: list[list[list[str]]], beside: bool) -> list[list[str]]:
    """The tables on one sheet, with an empty row or column between them."""
    if not beside:
        width = max(len(table[0]) for table in tables)
        rows = [[*row, *[""] * (width - len(row))] for table in tables for row in (*table, [""] * width)]
        return rows[:-1]
    height = max(map(len, tables))
    cells = [[*table, *[[""] * len(table[0])] * (height - len(table))] for table in tables]
    return [[cell for table in cells for cell in (*table[row], "")][:-1] for row in range(height)]


@pytest.mark.parametrize("letters", [True, False], ids=["workbook", "text"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_several())
def test_each_of_several_tables_is_proposed_with_its_own_rows(
    letters: bool, several: tuple[list[list[list[str]]], bool]
) -> None:
    from data.inspection.grids.several import tables_in
    from data.inspection.proposals.proposal import propose
    from data.inspection.proposals.proposed import Surroundings
    from data.inspection.proposals.trial import tried
    from data.inspection.words.setting import ProposedSetting

    tables, beside = several
    rows = tuple(map(tuple, _placed(tables, beside)))
    grid = Grid("any.xlsx", "Sheet", rows, tuple(range(1, len(rows) + 1)), letters=letters)
    found = tables_in(grid)
    assert len(found) == len(tables)
    for layout in found:
        others = [other for other in found if other is not layout]
        around = Surroundings("any", {"file": ProposedSetting("any.xlsx", "")}, {})
        _, table, problems = tried(propose(grid, layout, around, others))
        assert table is not None, problems
        read = list(zip(*(map(str, column) for column in table.columns.values()), strict=True))
        assert any([tuple(row) for row in one[1:]] == read for one in tables)


def test_a_text_file_of_any_ending_is_looked_at(tmp_path: Path) -> None:
    for name, mark in (("a.txt", "\t"), ("b.txt", ","), ("c.tsv", "\t"), ("d.dat", ";")):
        text = "\n".join(mark.join(row) for row in (("job", "pay"), ("Nurse", "10"), ("Cook", "20")))
        assert kinds(proposed(write(tmp_path / name, text))) == {"job": "text", "pay": "integer"}


def test_a_line_across_the_columns_is_neither_a_row_nor_a_mark(tmp_path: Path) -> None:
    def filled(book: Any) -> None:
        sheet = book.add_worksheet("Prices")
        sheet.write_row(0, 0, ["Item", "Sydney", "Perth", "Hobart"])
        sheet.merge_range(1, 0, 1, 3, "PRICES IN CENTS")
        for row in range(2, 9):
            sheet.write_row(row, 0, [f"Item {row}", row * 3, row * 5, row * 7 + 1])

    trial = proposed(excel(tmp_path / "prices.xlsx", filled))
    assert declared(trial)["shape"]["alone"] == "PRICES IN CENTS"
    assert "PRICES IN CENTS" in section(trial.proposal)
    assert kinds(trial) == {"item": "text", "sydney": "integer", "perth": "integer", "hobart": "integer"}
    assert trial.proposal.fields[1].marks == ()
