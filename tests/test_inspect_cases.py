"""What `inspect` proposes for files that are easily misread: the right answer, a guess that is called one, or a question."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from data.errors import Problem, ProjectError
from data.inspection.add import add
from data.inspection.look import Trial, look
from data.inspection.proposals.section import section
from data.project import load_project
from data.tables.table import Table
from tests.workbooks import excel

Rows = Sequence[Sequence[object]]
PROJECT = (
    'title = "Years"\nlanguage = "{language}"\n\n{section}\n[outputs.report]\nwriter = "report"\nstory = "story.md"\n'
)


def csv(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def book(path: Path, rows: Rows, formats: dict[tuple[int, int], str] | None = None) -> Path:
    def fill(workbook: Any) -> None:
        sheet = workbook.add_worksheet("Sheet")
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                form = (formats or {}).get((number, column))
                if cell not in ("", None):
                    sheet.write(number, column, cell, workbook.add_format({"num_format": form}) if form else None)

    return excel(path, fill)


def trial(path: Path) -> Trial:
    return look(str(path)).trials[0]


def declared(found: Trial) -> dict[str, Any]:
    return tomllib.loads(section(found.proposal))["tables"][found.proposal.name]


def fields(path: Path) -> dict[str, Any]:
    return declared(trial(path))["fields"]


def column(found: Trial, name: str) -> tuple[object, ...]:
    assert found.table is not None, found.problems
    return found.table.columns[name]


def comment_on(found: Trial, name: str) -> str:
    """The comment on a field's line, or over it."""
    lines = section(found.proposal).splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith(f"{name} = "))
    if "  # " in lines[place]:
        return lines[place].partition("  # ")[2]
    start = place
    while lines[start - 1].startswith("# "):
        start -= 1
    return " ".join(line.removeprefix("# ") for line in lines[start:place])


def loaded(folder: Path, first: Path, second: Path, language: str = "en-US") -> tuple[Table, tuple[Problem, ...]]:
    """The table of a project that was declared from the first file and then got the second one in its place."""
    found = trial(first)
    project = folder / "project"
    (project / "tables").mkdir(parents=True)
    (project / "brand.toml").write_text("", "utf-8")
    (project / "story.md").write_text("# Title\n\nText.\n", "utf-8")
    name = f"tables/data{second.suffix}"
    text = PROJECT.format(language=language, section=section(found.proposal, name))
    (project / "project.toml").write_text(text, "utf-8")
    (project / name).write_bytes(second.read_bytes())
    result = load_project(project)
    return result.tables[found.proposal.name], tuple(result.warnings)


# -- next year's file -----------------------------------------------------------------


def preamble(level: str, year: str, extra: Rows = ()) -> Rows:
    return [
        ["Title:", "Leavers by activity"], ["Filters:", "Level", level], ["", "Academic year", year], *extra, [],
        ["Activity", "Women", "Men"], ["Work", 50, 40], ["Study", 20, 30], ["Neither", 5, 6],
    ]  # fmt: skip


def test_a_file_that_says_another_population_or_year_is_refused_with_both(tmp_path: Path) -> None:
    first = book(tmp_path / "a.xlsx", preamble("Undergraduate", "2018/19"))
    second = book(tmp_path / "b.xlsx", preamble("Postgraduate", "2019/20"))
    with pytest.raises(ProjectError) as error:
        loaded(tmp_path, first, second)
    said = [str(problem) for problem in error.value.problems]
    assert len(said) == 2
    assert "'Level: Undergraduate'" in said[0]
    assert "'Level: Postgraduate'" in said[0]
    assert "2018/19" in said[1]
    assert "2019/20" in said[1]
    assert "A3" in said[1]


def test_a_preamble_that_grows_by_a_line_is_read_all_the_same(tmp_path: Path) -> None:
    first = book(tmp_path / "a.xlsx", preamble("Undergraduate", "2018/19"))
    second = book(tmp_path / "b.xlsx", preamble("Undergraduate", "2018/19", [["Contact:", "Office"]]))
    assert loaded(tmp_path, first, second)[0].columns["women"] == (50, 20, 5)


def legend(*more: Sequence[object], scale: str = "(000's)") -> Rows:
    return [
        ["Education and Work"], ["Summation", "Persons (#)"], [],
        ["Industry", "Younger", "Older"], ["Mining", 2.2, 4.1], ["Retail", 3.2, 5.1], *more, [],
        ["#", scale], ["*", "Estimate has a high standard error"],
    ]  # fmt: skip


def test_notes_begin_where_they_say_so_however_long_the_table_is(tmp_path: Path) -> None:
    first = book(tmp_path / "a.xlsx", legend())
    second = book(tmp_path / "b.xlsx", legend(["Health", 4.2, 6.1], ["Arts", 5.2, 7.1]))
    table, _ = loaded(tmp_path, first, second)
    assert table.columns["industry"] == ("Mining", "Retail", "Health", "Arts")
    assert table.columns["younger"] == (2200, 3200, 4200, 5200)


def test_a_legend_that_counts_in_thousands_multiplies_and_is_checked(tmp_path: Path) -> None:
    first = book(tmp_path / "a.xlsx", legend())
    assert column(trial(first), "younger") == (2200, 3200)
    assert not any("000" in note.text for note in trial(first).table.footnotes)
    with pytest.raises(ProjectError) as error:
        loaded(tmp_path, first, book(tmp_path / "b.xlsx", legend(scale="(millions)")))
    assert "(000's)" in str(error.value)
    assert "(millions)" in str(error.value)


def test_a_line_that_says_one_thing_is_left_out_by_what_it_says(tmp_path: Path) -> None:
    head = ["Code", "Title", "2014", "2015"]
    rows = [[1300 + n, f"Manager {n}", 5 + n, 6 + n] for n in range(5)]
    first = book(tmp_path / "a.xlsx", [head, ["Managers"], *rows])
    second = book(tmp_path / "b.xlsx", [head, *rows])
    third = book(tmp_path / "c.xlsx", [head, ["Managers", "Managers of all kinds", 1, 2], *rows])
    assert declared(trial(first))["shape"]["alone"] == "Managers"
    table, warnings = loaded(tmp_path / "2", first, second)
    assert table.columns["y2014"] == (5, 6, 7, 8, 9)
    assert any("Managers" in warning.message for warning in warnings)
    assert loaded(tmp_path / "3", first, third)[0].columns["y2014"] == (1, 5, 6, 7, 8, 9)


def test_tables_below_one_another_are_read_when_the_first_grows(tmp_path: Path) -> None:
    def rows(*more: Sequence[object]) -> Rows:
        cities = [["City", "Jobs"], ["Berlin", 20], ["Paris", 12], ["Rome", 8]]
        return [["Pay"], ["Job", "Pay"], ["Engineer", 120], ["Analyst", 90], *more, [], ["Cities"], *cities]

    first, second = book(tmp_path / "a.xlsx", rows()), book(tmp_path / "b.xlsx", rows(["Clerk", 60], ["Nurse", 70]))
    found = look(str(first)).trials
    texts = [section(one.proposal) for one in found]
    assert not any("range" in text for text in texts)
    for one, jobs in zip(found, (("Berlin", "Paris", "Rome"), ("Engineer", "Analyst", "Clerk", "Nurse")), strict=True):
        project = tmp_path / one.proposal.name
        (project / "tables").mkdir(parents=True)
        (project / "brand.toml").write_text("", "utf-8")
        (project / "story.md").write_text("# Title\n\nText.\n", "utf-8")
        text = PROJECT.format(language="en-US", section=section(one.proposal, "tables/b.xlsx"))
        (project / "project.toml").write_text(text, "utf-8")
        (project / "tables/b.xlsx").write_bytes(second.read_bytes())
        table = load_project(project).tables[one.proposal.name]
        assert next(iter(table.columns.values())) == jobs


# -- questions and guesses ------------------------------------------------------------


def test_a_mark_that_nobody_explains_is_asked_and_loads_when_answered(tmp_path: Path) -> None:
    path = csv(tmp_path / "h.csv", "Job,Wage\n" + "".join(f"J{n},{40000 + n}\n" for n in range(9)) + "Surgeon,#\n")
    found = trial(path)
    assert declared(found)["missing"] == {"#": "?"}
    text = section(found.proposal)
    assert "To be answered: '#'" in text
    assert '"#" = "suppressed"' in text
    with pytest.raises(ProjectError) as error:
        loaded(tmp_path / "a", path, path)
    assert "'#' cannot be this" in str(error.value)
    (tmp_path / "a/project/project.toml").write_text(
        PROJECT.format(language="en-US", section=section(found.proposal, "tables/data.csv")).replace(
            '"#" = "?"', '"#" = "suppressed"'
        ),
        "utf-8",
    )
    assert len(load_project(tmp_path / "a/project").tables["h"]) == 10


def test_what_is_asked_is_not_added_to_a_project(tmp_path: Path, small_project: Path) -> None:
    path = csv(tmp_path / "h.csv", "Job,Wage\nA,1\nB,2\nC,3\nD,~\n")
    before = (small_project / "project.toml").read_bytes()
    with pytest.raises(ProjectError) as error:
        add(look(str(path), root=small_project), small_project, None)
    assert "'~'" in str(error.value)
    assert (small_project / "project.toml").read_bytes() == before


@pytest.mark.parametrize(
    ("header", "cells", "scale"),
    [
        ("Share on leave (%)", ("0.2", "0.3", "0.4", "0.1"), "?"),
        ("Anteil in %", ("0.2", "0.3", "0.4", "0.1"), "?"),
        ("Dropout rate in %", ("0", "1", "0", "1"), "?"),
        ("Unemployment rate", ("0.9", "0.8", "1.0"), "?"),
        ("Placement rate", ("0.92", "0.88", "0.61"), "fraction"),
        ("Employment rate", ("81.5", "82.5", "83.5", "0.94"), "?"),
        ("Employment rate", ("81.5", "82.5", "83.5", "3.5"), None),
    ],
)
def test_the_scale_of_percentages_is_asked_where_numbers_do_not_show_it(
    tmp_path: Path, header: str, cells: Sequence[str], scale: str | None
) -> None:
    path = csv(tmp_path / "p.csv", f"Major,{header}\n" + "".join(f"M{n},{cell}\n" for n, cell in enumerate(cells)))
    found = next(field for name, field in fields(path).items() if name != "major")
    assert found["type"] == "percent"
    assert found.get("scale") == scale


def test_small_percentages_beside_large_ones_are_percentages_and_called_a_guess(tmp_path: Path) -> None:
    found = trial(csv(tmp_path / "p.csv", "Program,On leave %,Completed %\nA,0.2,71.5\nB,0.3,64\nC,0.4,58.2\n"))
    assert column(found, "on_leave_percent") == (Decimal("0.2"), Decimal("0.3"), Decimal("0.4"))
    assert comment_on(found, "on_leave_percent").startswith("A guess: ")


def test_small_percentages_are_proposed_with_a_scale_that_loads(tmp_path: Path) -> None:
    beside = csv(tmp_path / "p.csv", "Program,On leave %,Completed %\nA,0.2,71.5\nB,0.3,64\nC,0.4,58.2\n")
    table, _ = loaded(tmp_path / "1", beside, beside)
    assert table.columns["on_leave_percent"] == (Decimal("0.2"), Decimal("0.3"), Decimal("0.4"))
    styles = {(row, 1): '0.0"%"' for row in (1, 2, 3)}
    signed = book(tmp_path / "s.xlsx", [["Program", "On leave"], ["A", 0.2], ["B", 0.3], ["C", 0.4]], styles)
    table, _ = loaded(tmp_path / "2", signed, signed)
    assert table.columns["on_leave"] == (Decimal("0.2"), Decimal("0.3"), Decimal("0.4"))


def test_a_percent_sign_that_a_format_only_writes_does_not_multiply(tmp_path: Path) -> None:
    for name, form in (("q", '0.0"%"'), ("e", r"0.0\%")):
        styles = {(row, 1): form for row in (1, 2, 3)}
        found = trial(book(tmp_path / f"{name}.xlsx", [["M", "Placed"], ["A", 92], ["B", 88.5], ["C", 61]], styles))
        assert column(found, "placed") == (Decimal(92), Decimal("88.5"), Decimal(61))


def test_percentages_half_formatted_and_half_typed_are_asked(tmp_path: Path) -> None:
    rows = [["M", "Rate"], ["A", 0.92], ["B", 88], ["C", 0.61], ["D", 55], ["E", 0.7]]
    for name, styled in (("all", (1, 2, 3, 4, 5)), ("half", (1, 3, 5))):
        path = book(tmp_path / f"{name}.xlsx", rows, {(row, 1): "0%" for row in styled})
        assert fields(path)["rate"]["scale"] == "?"


def test_dates_that_can_be_read_in_two_ways_follow_the_language_and_are_called_a_guess(tmp_path: Path) -> None:
    path = csv(tmp_path / "d.csv", "Event,Date\nA,1/3/2026\nB,2/4/2026\nC,3/5/2026\n")
    for language, form in (("en-US", "%m/%d/%Y"), ("de-DE", "%d/%m/%Y"), ("fr-FR", "%d/%m/%Y")):
        (tmp_path / "project.toml").write_text(f'language = "{language}"\n', "utf-8")
        found = trial(path)
        assert declared(found)["fields"]["date"]["format"] == form
        assert comment_on(found, "date").startswith("A guess: ")
        assert "%m/%d/%Y" in comment_on(found, "date")
        assert "%d/%m/%Y" in comment_on(found, "date")


def test_a_rate_without_a_percent_sign_and_a_currency_of_the_notes_are_guesses(tmp_path: Path) -> None:
    found = trial(csv(tmp_path / "r.csv", "Area,Rate,Share %\nA,30,1.5\nB,31,2.5\nC,32,7\n"))
    assert comment_on(found, "rate").startswith("A guess: ")
    assert not comment_on(found, "share_percent").startswith("A guess: ")


# -- counts, codes, times and answers ---------------------------------------------------


@pytest.mark.parametrize(
    ("header", "cells", "kind"),
    [
        ("No", ("30", "70", "44"), "integer"),
        ("No answer", ("5", "5", "10"), "integer"),
        ("Yes no.", ("23743", "21456", "8015"), "integer"),
        ("Nr. Stellen", ("12", "7", "31"), "integer"),
        ("N° diplômés", ("12", "7", "31"), "integer"),
        ("ID", ("12", "140", "31"), "integer"),
        ("Phone", ("12", "7", "140"), "integer"),
        ("YearsCode", ("7", "14", "7"), "integer"),
        ("Code reviews", ("12", "140", "31"), "integer"),
        ("Wohnungen in Ein- und Zweifamilienhäusern", ("237", "274", "1000"), "integer"),
        ("Phone", ("6175550142", "6175550143", "6175550144"), "text"),
        ("ZIP", ("94105", "10001", "60601"), "text"),
        ("PLZ", ("80331", "10115", "80331"), "text"),
        ("Student ID", ("4711", "4712", "4799"), "text"),
        ("CIP code", ("110701", "140901", "110701"), "text"),
        ("EIN", ("042103580", "131624158", "941156365"), "text"),
    ],
)  # fmt: skip
def test_counts_stay_numbers_and_codes_stay_text(tmp_path: Path, header: str, cells: Sequence[str], kind: str) -> None:
    rows = "".join(f"R{n},{cell}\n" for n, cell in enumerate(cells))
    found = fields(csv(tmp_path / "c.csv", f"Region,{header}\n{rows}"))
    assert [field["type"] for field in found.values()] == ["text", kind]


@pytest.mark.parametrize(
    "levels",
    [
        ("Very dissatisfied", "Somewhat dissatisfied", "Neither satisfied nor dissatisfied", "Very satisfied"),
        ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"),
        ("Freshman", "Sophomore", "Junior", "Senior"),
        ("Never", "Rarely", "Sometimes", "Often", "Always"),
        ("Not at all likely", "Somewhat likely", "Very likely", "Extremely likely"),
        ("Stimme gar nicht zu", "Stimme eher nicht zu", "Teils/teils", "Stimme eher zu", "Stimme voll zu"),
        ("sehr unzufrieden", "eher unzufrieden", "eher zufrieden", "sehr zufrieden"),
        ("Pas du tout d’accord", "Plutôt pas d’accord", "Plutôt d’accord", "Tout à fait d’accord"),
        ("Très insatisfait(e)", "Insatisfait(e)", "Satisfait(e)", "Très satisfait(e)"),
        ("Nunca", "Casi nunca", "A veces", "Casi siempre", "Siempre"),
        ("Muy en desacuerdo", "En desacuerdo", "De acuerdo", "Muy de acuerdo"),
    ],
)  # fmt: skip
def test_answers_whose_order_everybody_knows_are_levels(tmp_path: Path, levels: Sequence[str]) -> None:
    mixed = [*levels[1:], levels[0]] * 3
    text = "Respondent,Answer\n" + "".join(f"{n},{answer}\n" for n, answer in enumerate(mixed))
    found = fields(csv(tmp_path / "l.csv", text))["answer"]
    assert found["type"] == "level"
    assert found["levels"] == list(levels)


def test_times_of_day_in_halves_are_left_out_of_dates(tmp_path: Path) -> None:
    found = trial(csv(tmp_path / "t.csv", "id,When\n1,04/01/2026 10:01:00 AM\n2,04/13/2026 01:02:00 PM\n"))
    assert column(found, "when") == ("2026-04-01", "2026-04-13")
    assert fields(csv(tmp_path / "u.csv", "id,When\n1,10:01 AM\n2,01:02 PM\n"))["when"]["type"] == "text"


def test_a_header_in_thousands_multiplies_and_leaves_the_title(tmp_path: Path) -> None:
    for header in ("Salary (k)", "Salary, in thousands", "Salary (Tsd.)"):
        found = trial(csv(tmp_path / "k.csv", f'Major,"{header}"\nA,62\nB,71\nC,39\n'))
        assert found.proposal.fields[1].settings["title"] == "Salary"
        assert column(found, found.proposal.fields[1].name) == (62000, 71000, 39000)


# -- marks and units ----------------------------------------------------------------------


def test_the_square_of_a_unit_is_no_footnote_mark(tmp_path: Path) -> None:
    text = "District,Area in km²,Flat in m²,Volume (m³)\nA,1.3,70.2,5\nB,2.4,95.2,6\n"
    found = declared(trial(csv(tmp_path / "k.csv", text)))
    assert "marks" not in found.get("shape", {})
    assert [field["title"] for field in found["fields"].values()][1:3] == ["Area in km²", "Flat in m²"]


def test_a_unit_keeps_its_square_beside_a_real_mark(tmp_path: Path) -> None:
    rows = [["Area", "Size in km²", "People²"], ["North", 1.5, 10], ["South", 2.5, 20], ["East", 3.5, 30]]
    found = trial(book(tmp_path / "u.xlsx", [*rows, ["² Estimated in July."]]))
    assert found.table is not None, found.problems
    assert [field.title for field in found.table.fields] == ["Area", "Size in km²", "People"]


@pytest.mark.parametrize(
    ("rows", "labels", "note"),
    [
        ([["Northeast1", 10], ["Maine", 11], ["Ohio1", 12], [], ["1 Another method."]], ("Northeast", "Maine", "Ohio"), "Another method."),
        ([["A(1)", 10], ["B", 11], ["C (1)", 12], [], ["(1) Shared."]], ("A", "B", "C"), "Shared."),
        ([["A(a)", 10], ["B", 11], ["C (b)", 12], [], ["(a) One."], ["(b) Two."]], ("A", "B", "C"), "One."),
        ([["A*", 10], ["B", 11], ["C", 12], [], ["* Islands."]], ("A", "B", "C"), "Islands."),
        ([["A††", 10], ["B", 11], ["C", 12]], ("A", "B", "C"), "Not explained in the file"),
        ([["Q1", 10], ["Q2", 11], ["Q3", 12], [], ["1 Asked in May."]], ("Q1", "Q2", "Q3"), ""),
        ([["A(1)", 10], ["B(2)", 11], ["C(3)", 12]], ("A(1)", "B(2)", "C(3)"), ""),
    ],
)  # fmt: skip
def test_marks_with_a_note_are_taken_off_and_others_stay_parts_of_words(
    tmp_path: Path, rows: Rows, labels: Sequence[str], note: str
) -> None:
    found = trial(book(tmp_path / "m.xlsx", [["Area", "Count"], *rows]))
    assert column(found, "area") == labels
    assert found.table is not None
    assert any(note in footnote.text for footnote in found.table.footnotes) or not note


def test_errors_of_a_spreadsheet_stand_for_no_value(tmp_path: Path) -> None:
    errors = ("#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#N/A")
    text = "M,Rate\n" + "".join(f"E{n},{error}\n" for n, error in enumerate(errors)) + "A,62\nB,64\nC,66\nD,1\n"
    found = trial(csv(tmp_path / "e.csv", text))
    assert declared(found)["missing"] == dict.fromkeys(errors, "not available")
    assert not found.proposal.open


# -- rows that are none, and rows that are some ---------------------------------------------


def test_an_employer_called_total_is_kept_and_told(tmp_path: Path) -> None:
    found = trial(csv(tmp_path / "t.csv", "Employer,Hires\nShell,20\nTotal,15\nSiemens,33\nBosch,12\nAirbus,41\n"))
    assert "Total" in column(found, "employer")
    assert "'Total' may be a total by its name" in section(found.proposal).replace("\n# ", " ")


def test_subtotals_go_that_add_up(tmp_path: Path) -> None:
    text = "Division,Yes,No\nBanks,10,20\nBarton,30,40\nNorth (Total),40,60\nAston,5,6\nCorio,7,8\n"
    found = trial(csv(tmp_path / "s.csv", f"{text}South (Total),12,14\nTotal,52,74\n"))
    assert column(found, "division") == ("Banks", "Barton", "Aston", "Corio")
    assert column(found, "no") == (20, 40, 6, 8)


def test_a_total_of_rates_is_one_by_its_name_and_called_a_guess(tmp_path: Path) -> None:
    found = trial(csv(tmp_path / "s.csv", "Division,Rate %\nA,10\nB,30\nC,50\nTotal,29\n"))
    assert found.proposal.shape["drop"].guess
    assert column(found, "division") == ("A", "B", "C")


def test_sections_that_blank_rows_divide_are_one_table_and_a_legend_says_what_x_means(tmp_path: Path) -> None:
    def block(name: str, start: int, marks: Sequence[str]) -> Rows:
        rows: list[list[object]] = [[start + n, f"{name} {n}", mark, "X", 1] for n, mark in enumerate(marks)]
        count = sum(bool(mark) for mark in marks)
        return [[name], *rows, ["", f"Total {name}", count, len(marks), ""], []]

    head = [["Shortage ratings"], ["Code", "Title", "2014", "2015", "Years short"]]
    blocks = [
        *block("Managers", 1300, ("X", "")),
        *block("Professions", 2200, ("X", "", "X")),
        *block("Trades", 3100, ("", "X", "X", "")),
    ]
    found = trial(book(tmp_path / "s.xlsx", [*head, *blocks, ["", "Key", "X = occupation in shortage"]]))
    assert len(look(str(tmp_path / "s.xlsx")).trials) == 1
    assert column(found, "section") == ("Managers",) * 2 + ("Professions",) * 3 + ("Trades",) * 4
    assert set(column(found, "y2015")) == {"occupation in shortage"}


def test_dots_that_lead_to_values_go(tmp_path: Path) -> None:
    rows = [
        ["Field", "2014", "2015"],
        ["  Total ........", 1000, 1100],
        ["Law ..........", 400, 420],
        ["Business .....", 600, 680],
    ]
    found = trial(book(tmp_path / "d.xlsx", rows))
    assert column(found, "field") == ("Law", "Business")


def test_padded_numbers_are_no_hierarchy(tmp_path: Path) -> None:
    text = "Stadtteil;Einwohner;Anteil in %\nAltdorf; 1 675    ; 9,7\nBergheim; 12 301    ; 12,6\nCasbach;  484    ; 10,8\nErlau;  537 ; 8,0\n"
    found = trial(csv(tmp_path / "p.csv", text))
    assert "shape" not in declared(found)
    assert column(found, "einwohner") == (1675, 12301, 484, 537)


def test_series_across_keep_their_names(tmp_path: Path) -> None:
    names = [f"Vacancies ; Industry {n} ;" for n in range(160)]
    rows: list[Sequence[object]] = [["", *names], ["Unit", *["000"] * 160], ["Series Type", *["Original"] * 160]]
    rows += [["No. Obs", *[3] * 160], ["Series ID", *[f"A{n}T" for n in range(160)]]]
    rows += [[f"20{10 + n}-02-01", *[n + 0.5] * 160] for n in range(3)]
    found = trial(book(tmp_path / "t.xlsx", rows))
    assert [field.header for field in found.proposal.fields][1:] == [" ".join(name.split()) for name in names]
    assert column(found, found.proposal.fields[1].name) == (500, 1500, 2500)


def test_a_survey_export_has_its_names_over_questions_and_import_ids(tmp_path: Path) -> None:
    ids = ",".join(f'"{{""ImportId"":""QID{n}""}}"' for n in range(3))
    rows = "".join(f"R_{n},{n % 5},Law\n" for n in range(6))
    found = trial(csv(tmp_path / "q.csv", f"ResponseId,Q1,Q2\nResponse ID,How many offers?,Major\n{ids}\n{rows}"))
    assert column(found, "q1") == (0, 1, 2, 3, 4, 0)
    assert declared(found)["fields"]["q1"]["title"] == "How many offers?"


# -- quotation marks ------------------------------------------------------------------------


def test_quotation_marks_are_read_as_other_programs_read_them(tmp_path: Path) -> None:
    spaced = trial(csv(tmp_path / "s.csv", 'University,Rate\n"Lakeview, University of" ,91.5\nHillside ,88.2\n'))
    assert column(spaced, "university") == ("Lakeview, University of", "Hillside")
    inside = csv(tmp_path / "i.csv", 'id,name\n1,"Alpha "Beta" College"\n2,"Gamma, College of"\n')
    table, warnings = loaded(tmp_path, inside, inside)
    assert len(table) == 2
    assert any("quotation mark" in warning.message for warning in warnings)


def test_every_quotation_mark_that_swallows_lines_is_refused_at_once(tmp_path: Path) -> None:
    text = 'id,name\n1,"Alpha\n2,Beta" x\n3,Gamma\n4,"Delta\n5,Eps" y\n6,Zeta\n'
    with pytest.raises(ProjectError) as error:
        look(str(csv(tmp_path / "q.csv", text)))
    assert [problem.place.line for problem in error.value.problems] == [2, 5]


def test_a_workbook_with_macros_is_looked_at(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [["k", "v"], ["a", 1], ["b", 2]])
    assert column(trial(path.rename(tmp_path / "a.xlsm")), "v") == (1, 2)


def test_a_table_under_another_with_the_same_header_begins_below_its_title(tmp_path: Path) -> None:
    def rows(*more: Sequence[object]) -> Rows:
        first = [["Men"], ["Job", "Pay"], ["Nurse", 120], ["Clerk", 90], *more]
        return [*first, [], ["Women"], ["Job", "Pay"], ["Smith", 20], ["Cook", 12], ["Judge", 8]]

    path = book(tmp_path / "a.xlsx", rows())
    longer = book(tmp_path / "b.xlsx", rows(["Baker", 70], ["Driver", 60]))
    assert declared(trial(path))["shape"]["begin"] == "Women"
    assert loaded(tmp_path, path, longer)[0].columns["job"] == ("Smith", "Cook", "Judge")


def test_whole_numbers_in_a_table_of_amounts_in_thousands_are_asked_for(tmp_path: Path) -> None:
    text = "Drittmittel nach Fakultät\nAngaben in Tsd. Euro\n\nFakultät,Drittmittel,Projekte\nMedizin,1234.5,41\nRecht,310.2,12\n"
    fields = {field.name: field for field in trial(csv(tmp_path / "t.csv", text)).proposal.fields}
    assert fields["drittmittel"].settings.items() >= {"type": "money", "unit": "EUR", "multiply": 1000}.items()
    assert fields["drittmittel"].guess
    assert fields["projekte"].settings["multiply"] == "?"
    assert fields["projekte"].choices


@pytest.mark.parametrize("header", ["Teléfono", "Téléphone", "Telefono", "Móvil", "DNI"])
def test_telephones_and_the_like_are_text_in_any_language(tmp_path: Path, header: str) -> None:
    text = f"Programa,{header}\nEnfermería,912345670\nFilología,912345671\nQuímica,912345688\n"
    (_, field) = trial(csv(tmp_path / "t.csv", text)).proposal.fields
    assert field.type == "text"


def test_long_numbers_of_one_length_are_called_a_guess(tmp_path: Path) -> None:
    text = "Programa,Contacto\nEnfermería,912345670\nFilología,912345671\nQuímica,912345688\n"
    (_, field) = trial(csv(tmp_path / "t.csv", text)).proposal.fields
    assert field.type == "integer"
    assert field.guess


@pytest.mark.parametrize("header", ["Semaine", "KW", "Week", "Settimana"])
def test_weeks_of_a_year_are_no_months(tmp_path: Path, header: str) -> None:
    text = f"{header},Termine\n05/2026,41\n06/2026,38\n11/2026,52\n"
    (field, _) = trial(csv(tmp_path / "t.csv", text)).proposal.fields
    assert field.type == "text"
    assert field.guess
    (field, _) = trial(csv(tmp_path / "t.csv", text.replace(header, "Monat"))).proposal.fields
    assert field.type == "date"


def test_a_legend_that_names_two_meanings_makes_a_guess_and_one_that_names_none_is_quoted(tmp_path: Path) -> None:
    rows = "Fach,2024,2025\nPflege,118,.\nPhysik,y,17\nJura,64,71\nMusik,9,y\n\n"
    legend = ". = Zahlenwert unbekannt oder geheim zu halten\ny = siehe Anhang B\n"
    found = trial(csv(tmp_path / "t.csv", rows + legend)).proposal
    assert found.table["missing"].value == {"y": "?", ".": "suppressed"}
    assert "A guess: '.' in 1 cell" in found.table["missing"].reason
    assert "The file says of 'y': siehe Anhang B." in found.table["missing"].reason
    assert "y = siehe Anhang B" in str(found.shape["says"].value)


def test_names_that_differ_in_their_quotation_marks_only_are_numbered(tmp_path: Path) -> None:
    path = csv(tmp_path / "t.csv", "Ville,Taux d'emploi (%),Taux d’emploi (%)\nA,12.5,50.5\nB,13.5,51.5\nC,14.5,52.5\n")
    found = trial(path)
    assert declared(found)["shape"]["repeated_headers"] == "number"
    assert found.table is not None, found.problems
    assert len(found.table.fields) == 3
