"""Tables as their publishers released them become documents whose numbers are right.

What a project under tests/projects/ says is compared with values that are worked out here by other means: the files'
own XML, csv, sqlite3 and statistics. Files that may not or need not be part of this repository are read from
../shared/data; the tests that need them are skipped where it is absent.
"""

from __future__ import annotations

import csv
import re
import shutil
import sqlite3
import statistics
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from msgspec import Struct
from pptx import Presentation

from data.errors import ProjectError
from data.language.show import show
from data.project import load_project
from data.tables.table import Table
from data.tables.value import MissingError, Value
from reports.audit.audit import audit_bytes
from reports.document.blocks import Figure, Paragraph
from reports.document.inlines import plain
from reports.document.tree import walk
from reports.runs.check import warnings
from reports.runs.read import Options, Reading, read
from reports.runs.trace import trace
from reports.runs.write import write
from tests.pdf_pages import Tool, failures, text_of
from tests.test_missing import every_byte

PROJECTS = Path(__file__).resolve().parent / "projects"
FILES = {
    "ai-jobs": "ai-jobs-salaries/*.csv",
    "bls-growth": "bls-projections/*.xlsx",
    "bls-pay": "bls-oews/*.xlsx",
    "college-majors": "college-majors/*.csv",
    "dfe-destinations": "dfe-destinations/*.csv",
    "france-master": "france-master/*.csv",
    "hesa-enrolments": "hesa-outcomes/enrolments_*.xlsx",
    "scorecard": "scorecard/*.csv",
    "singapore-ges": "singapore-ges/ges_2013-2022_utf8.csv",
    "singapore-releases": "singapore-ges/*.csv",
    "stackoverflow": "stackoverflow-2017/*.csv",
}
"""Project → the files that it needs from ../shared/data; the others have theirs with them."""
EVERY = pytest.mark.parametrize("name", sorted(path.name for path in PROJECTS.iterdir()))


class Case(Struct, frozen=True):
    """A project that was read, and its outputs as bytes."""

    root: Path
    reading: Reading
    outputs: dict[str, bytes]

    @property
    def tables(self) -> dict[str, Table]:
        return self.reading.project.tables

    def file(self, name: str) -> Path:
        return self.root / "tables" / name

    @property
    def sentences(self) -> list[str]:
        """The paragraphs of the report."""
        document = self.reading.outputs[0].document
        return [plain(b.content, document.language) for b in walk(document.blocks) if isinstance(b, Paragraph)]

    @property
    def figures(self) -> list[Figure]:
        return [b for b in walk(self.reading.outputs[0].document.blocks) if isinstance(b, Figure)]


Cases = Callable[[str], Case]


@pytest.fixture(scope="module")
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Cases:
    """A project, copied, given its files and written once."""
    made: dict[str, Case] = {}

    def find(name: str) -> Case:
        if name not in made:
            root = copied(name, tmp_path_factory.mktemp(name), request)
            reading = read(root, Options())
            made[name] = Case(root, reading, {w.planned.name: w.content for w in write(reading, None).finished()})
        return made[name]

    return find


def copied(name: str, folder: Path, request: pytest.FixtureRequest) -> Path:
    """The project in a folder of its own, with its files."""
    shared: Path | None = request.getfixturevalue("shared") if name in FILES else None
    shutil.copytree(PROJECTS / name, folder / name)
    if not (folder / name / "brand.toml").exists():
        (folder / name / "brand.toml").write_text('institution = "Test College"\n', "utf-8")
    if shared is not None:
        (folder / name / "tables").mkdir()
        for path in sorted((shared / "data").glob(FILES[name])):
            (folder / name / "tables" / path.name).write_bytes(path.read_bytes())
    return folder / name


# -- by other means ------------------------------------------------------------------------------------------------

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def cells(path: Path, sheet: str = "") -> dict[int, dict[str, str]]:
    """Row → column letter → text of a workbook's sheet (the first where none is named), read from its XML."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    targets = {r.get("Id"): r.get("Target", "") for r in ElementTree.fromstring(parts["xl/_rels/workbook.xml.rels"])}
    book = ElementTree.fromstring(parts["xl/workbook.xml"])
    ids = {found.get("name"): found.get(LINK) for found in book.iter(f"{MAIN}sheet")}
    target = targets[ids[sheet] if sheet else next(iter(ids.values()))].removeprefix("/xl/")
    shared = [
        "".join(text.text or "" for text in item.iter(f"{MAIN}t"))
        for item in ElementTree.fromstring(parts["xl/sharedStrings.xml"]).iter(f"{MAIN}si")
    ]
    rows: dict[int, dict[str, str]] = defaultdict(dict)
    for cell in ElementTree.fromstring(parts[f"xl/{target}"]).iter(f"{MAIN}c"):
        value, place = cell.findtext(f"{MAIN}v"), re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r", ""))
        if value is not None and place:
            rows[int(place[2])][place[1]] = shared[int(value)] if cell.get("t") == "s" else value
    return rows


def records(path: Path, encoding: str = "utf-8-sig", delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as stream:
        return list(csv.DictReader(stream, delimiter=delimiter))


def number(text: str) -> Decimal:
    """A number as its file means it: workbooks write 309.4 as 309.39999999999998."""
    return Decimal(repr(float(text)))


def rounded(exact: Decimal | float, decimals: int = 0) -> str:
    """Half up, with commas between thousands."""
    half_up = Decimal(str(exact)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{half_up:,}"


def median(texts: Iterable[str]) -> float:
    return statistics.median(float(text) for text in texts)


# -- what a table holds --------------------------------------------------------------------------------------------

Content = tuple[Decimal | int | str | None, str]


def column(table: Table, field: str) -> list[Content]:
    """What each cell holds, and the meaning of its mark."""
    values = [value for value in table.values(field) if isinstance(value, Value)]
    return [(value.content, value.mark.meaning if value.mark else "") for value in values]


def expected(
    texts: Iterable[str], marks: dict[str, Content] | None = None, read: Callable[[str], Decimal] = number
) -> list[Content]:
    """The same of a column of texts: numbers, marks, and nothing for an empty cell."""
    known = {"": (None, "")} | (marks or {})
    return [known[text] if text in known else (read(text), "") for text in texts]


def row(table: Table, index: int) -> list[str]:
    return [show(table.value(index, field.name)) for field in table.fields]


def types(table: Table) -> dict[str, str]:
    return {field.name: field.measure.type for field in table.fields}


def printed(case: Case, tool: Tool) -> str:
    """The report's text, line by line as it is laid out, with single spaces."""
    return " ".join(text_of(case.outputs["report"], tool, "-layout").split())


def problems(root: Path) -> str:
    with pytest.raises(ProjectError) as caught:
        load_project(root)
    return str(caught.value)


# -- all of them ---------------------------------------------------------------------------------------------------


@EVERY
def test_a_sound_report_is_made_without_a_warning(name: str, case: Cases) -> None:
    assert warnings(case(name).reading) == ()
    assert failures(case(name).outputs["report"]) == []
    assert audit_bytes(case(name).outputs["report"], "report.pdf").findings == ()


@EVERY
def test_every_chart_is_drawn_with_its_claim_and_its_numbers(name: str, case: Cases, tool: Tool) -> None:
    found = case(name)
    language = found.reading.project.language
    text = text_of(found.outputs["report"], tool, "-raw")
    squeezed = re.sub(r"\s+", "", text)
    assert len(found.figures) == len(found.reading.project.settings.charts)
    for figure in found.figures:
        assert re.sub(r"\s+", "", plain(figure.title, language)) in squeezed
        for line in figure.chart.table:
            for measure in figure.chart.measures:
                assert re.sub(r"\s+", "", show(line[measure], "rounded", language)) in squeezed


@EVERY
def test_small_projects_are_content_only(name: str) -> None:
    kinds = {path.suffix for path in (PROJECTS / name).rglob("*") if path.is_file()}
    assert kinds <= {".toml", ".md", ".xlsx"}
    assert sum(path.stat().st_size for path in (PROJECTS / name).rglob("*")) < 60_000


# -- US Bureau of Labor Statistics ---------------------------------------------------------------------------------


def test_pay_by_detailed_occupation_with_its_limits(case: Cases) -> None:
    wages = case("bls-pay").tables["wages"]
    sheet = cells(case("bls-pay").file("national_M2022_dl.xlsx"), "national_M2022_dl")
    detailed = [line for line in sheet.values() if line.get("C") == "detailed"]
    assert len(wages) == len(detailed) == 830
    assert row(wages, 0)[:4] == ["11-1011", "Chief Executives", "199,240", "$189,520"]
    assert row(wages, 829)[:2] == ["53-7199", "Material Moving Workers, All Other"]
    assert types(wages)["spread"] == "range"
    assert types(wages)["pay"] == "money"
    year: dict[str, Content] = {"*": (None, "suppressed"), "#": (Decimal(239200), "at least")}
    for field, letter in (("pay", "T"), ("low", "R"), ("high", "V")):
        assert column(wages, field) == expected((line[letter] for line in detailed), year)
    hour: dict[str, Content] = {"*": (None, "suppressed"), "#": (Decimal(115), "at least")}
    assert column(wages, "hourly") == expected((line["O"] for line in detailed), hour)
    assert Counter(mark for _, mark in column(wages, "hourly")) == {"": 760, "suppressed": 59, "at least": 11}


def test_pay_of_computer_occupations_is_said_as_the_bureau_has_it(case: Cases, tool: Tool) -> None:
    found = case("bls-pay")
    sheet = cells(found.file("national_M2022_dl.xlsx"), "national_M2022_dl")
    by_name = {line["B"]: line for line in sheet.values() if line.get("C") == "detailed"}
    computing = {name: int(line["T"]) for name, line in by_name.items() if line["A"].startswith("15-1")}
    most, least = max(computing, key=computing.__getitem__), min(computing, key=computing.__getitem__)
    developers, managers = by_name["Software Developers"], by_name["Computer and Information Systems Managers"]
    assert (managers["V"], by_name["Surgeons, All Other"]["O"], by_name["Legislators"]["O"]) == ("#", "#", "*")
    assert found.sentences == [
        f"Of {len(computing)} computer occupations, {most} have the highest median pay, ${computing[most]:,} a year, "
        f"and {least} the lowest, ${computing[least]:,}.",
        f"The best paid tenth of managers of computing earns at least $239,200, at least "
        f"${239200 - int(developers['V']):,} more than that of software developers. A surgeon’s hour is worth at least "
        "$115.00. What an hour of a legislator’s work pays is not published.",
    ]
    assert (computing[most], computing[least], int(developers["V"])) == (136620, 57890, 198100)
    text = printed(found, tool)
    assert "Surgeons, All Other at least $115.00 at least $239,200 at least $239,200" in text
    assert "Pay from $239,200 a year or $115 an hour is given only as that limit" in text
    assert "≥ $239,200" in text


def test_a_printed_wage_leads_back_to_its_cell(case: Cases) -> None:
    said = "\n".join(map(str, trace(case("bls-pay").root, "$136,620")))
    assert "tables/national_M2022_dl.xlsx:national_M2022_dl!T140 pay" in said


def test_a_deck_of_the_same_wages_says_the_same(case: Cases) -> None:
    content = case("bls-pay").outputs["deck"]
    assert audit_bytes(content, "deck.pptx").findings == ()
    slides = list(Presentation(BytesIO(content)).slides)
    notes = [slide.notes_slide.notes_text_frame.text for slide in slides if slide.has_notes_slide]
    assert any("They earn $136,620 a year. A limit: at least $239,200." in text for text in notes)
    titles = [slide.shapes.title.text for slide in slides if slide.shapes.title is not None]
    assert "Computer and Information Research Scientists earn the most of 15 computer occupations" in titles


def test_the_fastest_growing_occupations_of_bachelors_graduates(case: Cases, tool: Tool) -> None:
    found = case("bls-growth")
    sheet = cells(found.file("occupation_2024-34.xlsx"), "Table 1.2")
    items = [line for line in sheet.values() if line.get("C") == "Line item"]
    growth = found.tables["growth"]
    assert len(growth) == len(items) == 832
    assert row(growth, 0)[:5] == ["Chief executives", "11-1011", "Management occupations", "4", "Bachelor's degree"]
    assert [content for content, _ in column(growth, "job")] == [line["A"].strip() for line in items]
    assert column(growth, "growth") == expected(line["I"] for line in items)
    assert column(growth, "jobs") == expected((line["D"] for line in items), read=lambda text: number(text) * 1000)
    pay: dict[str, Content] = {"—": (None, "not available"), ">=$239,200": (Decimal(239200), "at least")}
    assert column(growth, "pay") == expected((line["L"] for line in items), pay)
    graduates = sorted((i for i in items if i["M"] == "Bachelor's degree"), key=lambda i: -float(i["I"]))
    first = graduates[0]
    assert [line.key for line in found.figures[0].chart.table] == [line["A"].strip() for line in graduates[:10]]
    assert (len(graduates), first["A"].strip(), number(first["I"])) == (178, "Data scientists", Decimal("33.5"))
    openings = sum(number(line["K"]) for line in graduates) * 1000
    assert found.sentences == [
        f"{len(graduates)} of {len(items)} occupations typically need a bachelor’s degree. Of these, jobs of data "
        f"scientists grow the fastest: from {rounded(number(first['D']) * 1000)} in 2024 to "
        f"{rounded(number(first['E']) * 1000)} in 2034, by {number(first['I'])}%. All of them together have "
        f"{rounded(openings)} openings a year.",
        "Surgeons have a median pay of at least $239,200; what actors earn in a year is not available.",
    ]
    change = (number(first["E"]) / number(first["D"]) - 1) * 100
    assert rounded(change, 1) == "33.5"
    text = printed(found, tool)
    assert "Median pay: Data are from the Occupational Employment and Wage Statistics program" in text


# -- HESA ----------------------------------------------------------------------------------------------------------


def test_what_graduates_do_by_section(case: Cases) -> None:
    found = case("hesa-outcomes")
    sheet = cells(found.file("ug_ft_outcomes_2018-19.xlsx"))
    lines = {line["A"]: line for number, line in sheet.items() if number > 18 and "P" in line}
    outcomes = found.tables["outcomes"]
    assert [content for content, _ in column(outcomes, "who")] == [name for name in lines if name != "Age unknown"]
    abouts = Counter(content for content, _ in column(outcomes, "about"))
    assert abouts == {"Sex": 4, "Age group": 4, "Disability status": 2, None: 1}
    assert column(outcomes, "known") == expected(line["N"] for name, line in lines.items() if name != "Age unknown")

    def share(name: str) -> str:
        return rounded(Decimal(lines[name]["B"]) / Decimal(lines[name]["N"]) * 100, 1)

    assert found.sentences[0] == (
        f"Of {int(lines['Total']['N']):,} graduates of 2018/19 whose outcome is known, {int(lines['Total']['B']):,} are "
        f"in full-time employment, {share('Total')}%: {share('Female')}% of the women and {share('Male')}% of the men."
    )
    assert (share("Total"), share("25-29 years")) == ("51.8", "58.4")


def test_salary_bands_stay_in_order(case: Cases) -> None:
    found = case("hesa-outcomes")
    sheet = cells(found.file("salary_band_2018-19.xlsx"))
    lines = [line for number, line in sheet.items() if number > 18]
    bands = found.tables["bands"]
    assert bands.field("band").measure.levels == tuple(line["A"] for line in lines)
    assert len(lines) == 14
    for field, letter in (("women", "B"), ("men", "C")):
        assert column(bands, field) == expected((line[letter] for line in lines), read=lambda text: number(text) * 100)
    top = lines[-1]
    commonest = [max(lines, key=lambda line, letter=letter: float(line[letter]))["A"] for letter in "BC"]
    assert found.sentences[1] == (
        f"{rounded(number(top['B']) * 100)}% of the women and {rounded(number(top['C']) * 100)}% of the men earn "
        f"£51,000+. The most common band is {commonest[0]} for women and {commonest[1]} for men."
    )
    assert found.sentences[1].startswith("3% of the women and 7% of the men")


def test_four_years_of_new_students_by_one_declaration(case: Cases) -> None:
    found = case("hesa-enrolments")
    years = {
        path.stem[-7:].replace("-", "–"): [line for number, line in cells(path).items() if number > 18]
        for path in sorted(found.root.glob("tables/*.xlsx"))
    }
    enrolments = found.tables["enrolments"]
    every = [line for lines in years.values() for line in lines]
    assert len(enrolments) == len(every) == 869
    for field, letter in (("female", "C"), ("other", "E"), ("total", "G")):
        assert column(enrolments, field) == expected(line[letter] for line in every)
    whole = {year: next(line for line in lines if line["B"] == "Total") for year, lines in years.items()}
    assert column(found.tables["years"], "total") == expected(line["G"] for line in whole.values())
    providers = {year: [line for line in lines if line["B"] != "Total"] for year, lines in years.items()}
    sums = [sum(int(line["G"]) for line in lines) for lines in providers.values()]
    assert [content for content, _ in column(found.tables["providers"], "total")] == sums
    first, last = whole["2014–15"], whole["2017–18"]
    largest = max(providers["2017–18"], key=lambda line: int(line["G"]))["B"]
    women = rounded(Decimal(last["C"]) / Decimal(last["G"]) * 100, 1)
    assert found.sentences == [
        f"In 2014–15 {int(first['G']):,} students began full-time, in 2017–18 {int(last['G']):,}, "
        f"{int(last['G']) - int(first['G']):,} more, {women}% of them women. Most of them began at {largest}."
    ]
    assert (first["G"], last["G"], women) == ("621775", "687595", "56.4")


# -- Singapore -----------------------------------------------------------------------------------------------------


def test_two_releases_in_two_encodings_say_the_same(case: Cases, tool: Tool) -> None:
    found = case("singapore-releases")
    newer = records(found.file("ges_2013-2022_utf8.csv"), "utf-8")
    older = records(found.file("ges_2013-2018_latin1.csv"), "latin-1")
    graduates = found.tables["graduates"]
    assert len(graduates) == len(newer) + len(older) == 1262 + 703
    na: dict[str, Content] = {"na": (None, "not available")}
    for field, name in (("pay", "gross_monthly_median"), ("employed", "employment_rate_overall")):
        assert column(graduates, field) == expected((line[name] for line in (*newer, *older)), na)
    assert sum(mark == "not available" for _, mark in column(graduates, "pay")) == 92 + 73
    schools = {content for content, _ in column(graduates, "school")}
    assert "Technische Universität München" in schools
    assert not [name for name in schools if str(name).endswith(("*", "#", "^"))]

    def pay(lines: list[dict[str, str]]) -> dict[str, int]:
        named = (line for line in lines if line["degree"] == "Bachelor of Computing (Computer Science)")
        return {line["year"]: int(line["gross_monthly_median"]) for line in named}

    new, old = pay(newer), pay(older)
    assert {year: new[year] for year in old} == old
    said = found.sentences[0].replace("\u00a0", "").replace("SGD ", "SGD")
    assert said == (
        f"A computer scientist from the National University earned SGD{new['2013']:,} a month in 2013 and "
        f"SGD{new['2022']:,} in 2022, {rounded(new['2022'] / new['2013'], 1)}× as much. For 2018 both releases say "
        f"SGD{old['2018']:,}."
    )
    assert (new["2013"], new["2022"], old["2018"]) == (3425, 6600, 4320)
    assert found.sentences[1] == "What a graduate of Biomedical Sciences earned in 2013 is not available."
    assert "Mathematics & Economics 2013 not available not available" in printed(found, tool)


def test_two_releases_that_are_not_told_apart_are_noticed(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    root = copied("singapore-releases", tmp_path, request)
    toml = (root / "project.toml").read_text("utf-8")
    toml = re.sub(r"^(file_field|release) = .*\n", "", toml[: toml.index("[tables.computing]")], flags=re.MULTILINE)
    (root / "project.toml").write_text(f"{toml}[outputs.report]\nwriter = 'report'\nstory = 'story/report.md'\n")
    marks = re.compile(r"[\s*#^]+$")
    newer, older = (
        {tuple(marks.sub("", cell) for cell in line.values()) for line in records(root / "tables" / name, encoding)}
        for name, encoding in (("ges_2013-2022_utf8.csv", "utf-8"), ("ges_2013-2018_latin1.csv", "latin-1"))
    )
    (told,) = load_project(root).warnings
    assert f"{len(newer & older)} of 703 rows of tables/ges_2013-2018_latin1.csv stand in an earlier file" in str(told)


def test_the_earlier_release_needs_its_encoding(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    root = copied("singapore-releases", tmp_path, request)
    toml = (root / "project.toml").read_text("utf-8")
    (root / "project.toml").write_text(toml.replace(', read = { encoding = "latin-1" }', ""))
    assert "tables/ges_2013-2018_latin1.csv" in problems(root)


# -- France, the United States, England ----------------------------------------------------------------------------


def test_masters_in_french_with_what_is_not_published(case: Cases, tool: Tool) -> None:
    found = case("france-master")
    lines = records(found.file("master_ile-de-france.csv"), delimiter=";")
    masters = found.tables["masters"]
    assert len(masters) == len(lines) == 1265
    assert [content for content, _ in column(masters, "etablissement")] == [line["Établissement"] for line in lines]
    marks: dict[str, Content] = {"ns": (None, "suppressed"), "nd": (None, "not available")}
    for field, name in (
        ("insertion", "Taux d’insertion"),
        ("salaire", "Salaire net médian des emplois à temps plein"),
        ("hors_region", "% emplois extérieurs à la région de l’université"),
        ("reponses", "Nombre de réponses"),
    ):
        assert column(masters, field) == expected((line[name] for line in lines), marks)
    assert Counter(mark for _, mark in column(masters, "insertion"))["suppressed"] == 339
    chosen = {
        line["Discipline"]: line
        for line in lines
        if (line["Annee"], line["situation"][:2], line["Établissement"]) == ("2020", "30", "Université de Paris")
        and not line["Discipline"].startswith("Ensemble")
    }
    assert [line.key for line in found.tables["universite"]] == list(chosen)
    assert chosen["Informatique"]["Salaire net médian des emplois à temps plein"] == "ns"
    assert chosen["Information communication"]["Taux d’insertion"] == "nd"
    business, psychology = chosen["Gestion"], chosen["Psychologie"]
    pay = rounded(number(psychology["Salaire net médian des emplois à temps plein"])).replace(",", "\u00a0")
    assert found.sentences == [
        f"À l’Université de Paris, {business['Taux d’insertion']}\u00a0% des diplômés en gestion ont un emploi 30 mois "
        f"après le diplôme, et {psychology['Taux d’insertion']}\u00a0% en psychologie, où le salaire net médian est de "
        f"{pay}\u00a0€. En informatique, le salaire est non publié ; en information communication, le taux d’insertion "
        "est non disponible."
    ]
    assert (business["Taux d’insertion"], psychology["Taux d’insertion"], pay) == ("100", "92", "2\u00a0050")
    text = printed(found, tool)
    assert "Histoire-géographie 12 non publié non publié" in text
    assert "Résultat non significatif : trop peu de réponses" in text


def test_degrees_in_fifty_years(case: Cases, tool: Tool) -> None:
    found = case("nces-degrees")
    sheet = cells(found.file("tabn322.10_2023.xlsx"))
    fields = {re.sub(r"\\\d\\$", "", " ".join(sheet[n]["A"].split())): sheet[n] for n in range(4, 38)}
    letters = "BCDEFGHIJKLMNOPQRS"
    degrees = found.tables["degrees"]
    assert len(degrees) == 34 * 18
    assert column(degrees, "degrees") == expected(line[letter] for line in fields.values() for letter in letters)
    assert list(dict.fromkeys(content for content, _ in column(degrees, "field"))) == list(fields)
    computing, total = fields["Computer and information sciences and support services"], fields["Total"]
    first, last = int(computing["B"]), int(computing["S"])
    parts = sum(int(line["S"]) for name, line in fields.items() if name != "Total")
    assert found.sentences == [
        f"In 1970–71 {first:,} degrees in computing were conferred, in 2021–22 {last:,}, {rounded(last / first, 1)}× as "
        f"many. That is {rounded(last / int(total['S']) * 100, 1)}% of {int(total['S']):,} degrees; business has "
        f"{int(fields['Business']['S']):,}. The {len(fields) - 1} fields add up to {parts:,}."
    ]
    assert (first, last, parts, int(total["S"])) == (2388, 108503, 2015035, 2015035)
    assert "Business: Includes Business, management, marketing" in printed(found, tool)


def test_counts_and_percentages_of_one_column_are_two_fields(case: Cases, tool: Tool) -> None:
    found = case("dfe-destinations")
    lines = records(found.file("ks5_leavers_2010-2020.csv"))
    leavers = found.tables["leavers"]
    shares = [line for line in lines if line["data_type"] == "Percentage"]
    counts = {(li["time_period"], li["institution_group"], li["cohort"]): li for li in lines if li not in shares}
    assert len(leavers) == len(shares) == len(counts) == 118
    years = [f"{line['time_period'][:4]}/{line['time_period'][4:]}" for line in shares]
    assert sorted(str(content) for content, _ in column(leavers, "year")) == sorted(years)
    group = "State-funded mainstream schools & colleges"
    chosen = {s["time_period"]: s for s in shares if s["institution_group"] == group and s["time_period"] < "201718"}
    state = found.tables["state"]
    low: dict[str, Content] = {"~": (Decimal("0.05"), "at most"), "z": (None, "not applicable")}
    for field, name in (("he", "he"), ("special", "spec_prov"), ("further", "fel3")):
        assert column(state, field) == expected((line[name] for line in chosen.values()), low)
    numbers = [counts[year, group, line["cohort"]]["he"] for year, line in chosen.items()]
    assert column(state, "he_count") == expected(numbers)
    for line, count in zip(chosen.values(), numbers, strict=True):
        assert rounded(Decimal(count) / Decimal(line["cohort"]) * 100, 1) == rounded(number(line["he"]), 1)
    tiny = [
        (int(counts[share["time_period"], share["institution_group"], share["cohort"]][name]), int(share["cohort"]))
        for share in shares
        for name, text in share.items()
        if text == "~"
    ]
    assert all(0 < count / cohort * 100 < 0.05 for count, cohort in tiny)
    first, last = chosen["201011"], chosen["201617"]
    assert last["spec_prov"] == "~"
    assert found.sentences[0] == (
        f"{last['he']}% of the {int(last['cohort']):,} girls who left state-funded schools and colleges in 2016/17 went "
        f"to university, {number(last['he']) - number(first['he'])}\u00a0percentage points more than in 2010/11. Specialist "
        "provision took at most 0.05% of them; further education at level 3 is not applicable."
    )
    assert (last["he"], first["he"]) == ("52.8", "48.5")
    assert "at most 0.05% not applicable" in printed(found, tool)


def test_low_numbers_of_apprentices_are_not_made_up(case: Cases, tool: Tool) -> None:
    found = case("dfe-destinations")
    lines = {
        line["ssa_t1_desc"]: line
        for line in records(found.file("apprenticeships_2022-23.csv"))
        if (line["geography_name"], line["apprenticeship_level"]) == ("Leeds", "Total")
    }
    low: dict[str, Content] = {"low": (None, "suppressed")}
    table = found.tables["apprenticeships"]
    for field in ("starts", "achievements"):
        assert column(table, field) == expected((line[field] for line in lines.values()), low)
    with pytest.raises(MissingError, match="the cell is suppressed"):
        found.tables["subjects"].sum("starts")
    business = lines["Business, Administration and Law"]["starts"]
    assert found.sentences[1] == (
        f"Of {int(lines['Total']['starts']):,} apprentices who started in Leeds, {business} learn business. How many "
        "learn social sciences is not published."
    )
    assert (lines["Total"]["starts"], business) == ("1720", "460")
    assert "Low numbers are not given" in printed(found, tool)


def test_earnings_of_colleges_with_a_sixth_of_them_missing(case: Cases) -> None:
    found = case("scorecard")
    lines = records(found.file("scorecard_earnings.csv"))
    colleges = found.tables["colleges"]
    assert len(colleges) == len(lines) == 6429
    assert column(colleges, "pay") == expected(line["MD_EARN_WNE_P10"] for line in lines)
    assert row(colleges, 0) == ["100654", "Alabama A & M University", "AL", "$40,628", "$27,851"]
    told = [line for line in lines if line["MD_EARN_WNE_P10"]]
    best = max(told, key=lambda line: float(line["MD_EARN_WNE_P10"]))
    middle = median(line["MD_EARN_WNE_P10"] for line in told)
    assert found.sentences == [
        f"{len(told):,} of {len(lines):,} colleges have earnings; for the other {len(lines) - len(told):,} they are not "
        f"stated. Half of them are at ${rounded(middle)} or more. {best['INSTNM']} has the highest, "
        f"${rounded(float(best['MD_EARN_WNE_P10']))}."
    ]
    assert (len(told), rounded(middle)) == (5280, "40,568")
    by_state: dict[str, list[str]] = defaultdict(list)
    for line in told:
        by_state[line["STABBR"]].append(line["MD_EARN_WNE_P10"])
    large = {state: Decimal(str(median(pay))) for state, pay in by_state.items() if len(pay) >= 150}
    drawn = {line.key: line["pay"] for line in found.figures[1].chart.table}
    assert {state: value.content for state, value in drawn.items() if isinstance(value, Value)} == large


# -- people, one a row ---------------------------------------------------------------------------------------------


def test_people_are_summed_up_by_a_query_and_few_answers_hidden(case: Cases) -> None:
    found = case("stackoverflow")
    lines = records(found.file("stack_overflow_2017_5countries.csv"))
    pay: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        if line["machine_learning_specialist"] == "TRUE":
            pay[line["country"]].append(line["salary"])
    assert {country: len(found) for country, found in pay.items()} == {
        "United States": 126, "Germany": 42, "United Kingdom": 24, "Canada": 20, "India": 13,
    }  # fmt: skip
    specialists = found.tables["specialists"]
    assert [row(specialists, i) for i in range(5)] == [
        *([c, str(len(pay[c])), f"${rounded(median(pay[c]))}"] for c in ("United States", "Germany", "United Kingdom")),
        ["Canada", "not shown", "not shown"],
        ["India", "not shown", "not shown"],
    ]
    with sqlite3.connect(":memory:") as database:
        database.execute("CREATE TABLE survey (country TEXT, satisfaction REAL)")
        rows = ((line["country"], float(line["career_satisfaction"])) for line in lines)
        database.executemany("INSERT INTO survey VALUES (?, ?)", rows)
        answers = database.execute(
            "SELECT country, COUNT(*), AVG(satisfaction) FROM survey GROUP BY 1 ORDER BY 2 DESC"
        ).fetchall()
    everyone = found.tables["everyone"]
    assert [(line.key, int(line.people.number)) for line in everyone] == [(country, n) for country, n, _ in answers]
    (_, americans, satisfaction) = answers[0]
    assert found.sentences == [
        f"126 specialists in the United States earn ${rounded(median(pay['United States']))} in the median, 42 in Germany "
        f"${rounded(median(pay['Germany']))}. For India and Canada, pay is not shown and not shown.",
        f"{len(lines):,} people answered, {americans:,} of them in the United States, who rate their satisfaction "
        f"{rounded(satisfaction, 1)} on average.",
    ]
    assert (len(lines), americans) == (6991, 3486)


def test_hidden_answers_are_in_no_byte_of_the_report(case: Cases, tmp_path: Path, tool: Tool) -> None:
    found = case("stackoverflow")
    (tmp_path / "report.pdf").write_bytes(found.outputs["report"])
    content = every_byte(tmp_path / "report.pdf").decode("latin-1") + printed(found, tool)
    assert "Values from fewer than 20 answers, and those that would tell of them, are not shown" in printed(found, tool)
    for secret in ("8809", "8,809", "56818", "56,818", "11,745"):
        assert not re.search(rf"(?<![\d.,]){secret}(?!\d)", content), secret


def test_repeated_salaries_are_left_out_because_the_project_says_so(case: Cases, tool: Tool) -> None:
    found = case("ai-jobs")
    lines = records(found.file("salaries_2024-01-14.csv"))
    different = list({tuple(line.values()): line for line in lines}.values())
    salaries = found.tables["salaries"]
    assert (len(lines), len(salaries), salaries.repeated) == (11067, len(different), 4480)
    assert column(salaries, "dollars") == expected(line["salary_in_usd"] for line in different)
    assert len({content for content, _ in column(salaries, "currency")}) == 22
    levels = {"EN": "Entry", "MI": "Middle", "SE": "Senior", "EX": "Executive"}
    assert [content for content, _ in column(salaries, "level")] == [levels[x["experience_level"]] for x in different]
    pay: dict[str, list[str]] = defaultdict(list)
    for line in different:
        pay[line["job_title"]].append(line["salary_in_usd"])
    engineers, analysts = pay["Machine Learning Engineer"], pay["Data Analyst"]
    assert found.sentences[0] == (
        f"{len(different):,} different salaries were sent in. The median of {len(engineers)} machine learning engineers "
        f"is ${rounded(median(engineers))}, that of {len(analysts)} data analysts ${rounded(median(analysts))}."
    )
    assert (len(different), rounded(median(engineers))) == (6587, "170,730")
    common = {job: Decimal(str(median(sent))) for job, sent in pay.items() if len(sent) >= 200}
    drawn = {line.key: line["pay"] for line in found.figures[0].chart.table}
    assert {job: value.content for job, value in drawn.items() if isinstance(value, Value)} == common
    assert "Rows left out because they repeat another one exactly: 4,480" in re.sub(
        r"\s+", " ", text_of(found.outputs["report"], tool, "-raw")
    )


def test_repeated_salaries_stay_and_are_told_where_nothing_is_said(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    root = copied("ai-jobs", tmp_path, request)
    toml = (root / "project.toml").read_text("utf-8")
    start, end = toml.index("[tables.salaries]"), toml.index("[tables.jobs]")
    salaries = toml[start:end].replace('shape = { repeated_rows = "drop" }\n', "")
    (root / "project.toml").write_text(
        f"title = 'Salaries'\n{salaries}[outputs.report]\nwriter = 'report'\nstory = 'story/report.md'\n"
    )
    project = load_project(root)
    assert len(project.tables["salaries"]) == 11067
    (told,) = project.warnings
    with (root / "tables/salaries_2024-01-14.csv").open() as stream:
        texts = stream.read().splitlines()
    first = next(n for n, text in enumerate(texts) if text in texts[:n])
    assert str(told).startswith(
        f"tables/salaries_2024-01-14.csv:{first + 1}: 4,480 of 11,067 rows repeat another one exactly; "
        f"this one stands in tables/salaries_2024-01-14.csv:{texts.index(texts[first]) + 1} already."
    )


def test_five_releases_restate_one_salary(case: Cases) -> None:
    found = case("ai-jobs")
    releases = {path.stem[-10:]: records(path) for path in sorted(found.root.glob("tables/salaries_2022-*.csv"))}
    counts = Counter(content for content, _ in column(found.tables["releases"], "release"))
    assert counts == {release: len(lines) for release, lines in releases.items()}
    dollars = [
        int(line["salary_in_usd"])
        for lines in releases.values()
        for line in lines
        if (line["job_title"], line["salary"], line["salary_currency"]) == ("Machine Learning Engineer", "95000", "GBP")
    ]
    assert [content for content, _ in column(found.tables["restated"], "dollars")] == dollars
    assert found.sentences[1] == (
        f"A salary of £95,000 was ${dollars[0]:,} in the release of June 12, 2022 and ${dollars[-1]:,} in that of "
        "July 10, 2022."
    )
    assert dollars == [124532, 124333, 123669, 123298, 123298]


def test_majors_of_four_files_refer_to_each_other(case: Cases, tool: Tool) -> None:
    found = case("college-majors")
    graduates = {line["Major"]: line for line in records(found.file("grad-students.csv"))}
    stem = records(found.file("women-stem.csv"))
    tables = found.tables
    assert [len(tables[name]) for name in ("majors", "graduates", "recent", "stem")] == [173, 173, 173, 76]
    for field, name in (("pay", "Grad_median"), ("high", "Grad_P75"), ("asked", "Grad_sample_size")):
        assert column(tables["graduates"], field) == expected(line[name] for line in graduates.values())
    recent = records(found.file("recent-grads.csv"))
    assert column(tables["recent"], "total") == expected(line["Total"] for line in recent)
    assert [line["Major"] for line in recent if not line["Total"]] == ["FOOD SCIENCE"]
    top = max(graduates.values(), key=lambda line: float(line["Grad_premium"]))
    computing, hospitality = graduates["COMPUTER SCIENCE"], graduates["HOSPITALITY MANAGEMENT"]
    assert hospitality["Grad_P75"] == "1.00E+05"
    women, total = sum(int(line["Women"]) for line in stem), sum(int(line["Total"]) for line in stem)
    assert found.sentences == [
        f"With a graduate degree {top['Major'].capitalize()} is paid "
        f"{rounded(Decimal(top['Grad_premium']) * 100, 1)}% more than without. In computer science it is "
        f"${rounded(number(computing['Grad_median']))} against ${rounded(number(computing['Nongrad_median']))}; the "
        "highest quarter in hospitality management begins at $100,000.",
        f"Of {total:,} recent graduates in {len(stem)} majors of science, {rounded(Decimal(women) / total * 100, 1)}% "
        "are women. How many graduates food science has is not stated.",
    ]
    assert (women, total) == (sum(int(line["Women"]) for line in stem), 1939162)
