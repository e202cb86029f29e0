"""The brief says what is true, of what readers saw, and of nothing else; the gates look at all that moves."""

from __future__ import annotations

import io
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from reports.changes import compare as comparing
from reports.changes.brief import Brief, Section, as_markdown, brief_of
from reports.changes.compare import compare
from reports.changes.kept import Kept, decoded, kept
from reports.changes.moved import moved
from reports.changes.sheet import as_pdf
from reports.runs.bind import Options
from reports.runs.read import Reading, read
from tests.pdf_pages import Tool, text_of

PEOPLE = """\
title = "Pay"
{language}
[tables.pay]
file = "pay.csv"
{changes}
[tables.pay.fields]
{fields}
{charts}
[outputs.report]
writer = "{writer}"
story = "story.md"
"""
BARS = """\
[charts.pay]
table = "pay"
kind = "bar"
x = "pay"
y = "job"
title = "What jobs pay"
"""
MONEY = 'pay = { type = "money", unit = "USD" }'
JOB = 'job = { type = "text", key = true }'


class Project:
    """A project of one table that is written, read and compared with what it was."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.readings: list[Reading] = []
        self.kept: list[Kept] = []

    def state(
        self,
        rows: str,
        *fields: str,
        story: str = "# Pay\n\n![What jobs pay](chart:pay)\n",
        charts: str = BARS,
        changes: str = "",
        language: str = "",
        writer: str = "report",
    ) -> None:
        """One state of it."""
        fields_of = "\n".join(fields)
        settings = PEOPLE.format(fields=fields_of, charts=charts, changes=changes, language=language, writer=writer)
        for name, text in {"project.toml": settings, "story.md": story, "pay.csv": rows}.items():
            (self.folder / name).write_text(text, "utf-8")
        self.readings.append(read(self.folder, Options()))
        found = decoded(kept(self.readings[-1], "abc1234").encoded())
        assert found is not None
        self.kept.append(found)

    def brief(self, whole: bool = False) -> Brief:
        """What changed from its first state to its last."""
        return brief_of(compare(self.kept[0], self.kept[-1]), {}, whole=whole)

    def told(self, whole: bool = False) -> str:
        """The same in words."""
        return as_markdown(self.brief(whole)).replace("\\", "")

    def held(self) -> list[str]:
        """Why a person must look."""
        project = self.readings[-1].project
        tables = compare(self.kept[0], self.kept[-1]).tables
        return [str(p) for p in moved(tables, project.settings.tables, project.file, project.language)]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_sentences_that_stand_twice_or_in_another_order_are_told_as_they_are(project: Project) -> None:
    rows = "job,pay\nNurse,2\nCook,1\n"
    project.state(rows, JOB, MONEY, story="# Pay\n\nIt is so. It is so. All is well here.\n", charts="")
    project.state(rows, JOB, MONEY, story="# Pay\n\nIt is so. All is well here.\n", charts="")
    assert "“It is so.” is gone" in project.told()
    assert "“”" not in project.told()
    project.state(rows, JOB, MONEY, story="# Pay\n\nIt is so. All is well here. It is so.\n", charts="")
    was, now = "It is so. It is so. All is well here.", "It is so. All is well here. It is so."
    assert f"“{was}” became “{now}”" in project.told()


def test_another_name_from_the_data_is_something_else_that_is_said(project: Project) -> None:
    story = "# Pay\n\nThe best paid is a {{ pay.top('pay').job }}.\n"
    project.state("job,pay\nNurse,2\nCook,1\n", JOB, MONEY, story=story, charts="")
    project.state("job,pay\nNurse,2\nCook,3\n", JOB, MONEY, story=story, charts="")
    assert "1 passage says something else" in project.told().lower()


def test_another_currency_of_the_same_numbers_is_told_and_held(project: Project) -> None:
    rows = "job,pay\nNurse,2\nCook,1\n"
    euros = 'pay = { type = "money", unit = "EUR", max_change = "5 %" }'
    project.state(rows, JOB, MONEY)
    project.state(rows, JOB, euros)
    assert "- Nurse, Pay: $2 → €2" in project.told()
    assert "“What jobs pay” (report: Pay)" not in project.told()  # its place is told as a document's
    assert "Nurse $2 → €2" in project.told()
    assert "'Nurse' had $2 and has €2" in project.held()[0]


def test_numbers_that_are_written_otherwise_are_no_change(project: Project) -> None:
    project.state("job,pay\nNurse,2\nCook,1\n", JOB, MONEY)
    project.state("job,pay\nNurse,2.0\nCook,1.00\n", JOB, MONEY)
    project.state("job,pay\nNurse,2.0\nCook,1.00\n", JOB, MONEY)
    assert project.told().count("##") == 0


def test_a_field_of_another_type_that_reads_alike_is_no_change(project: Project) -> None:
    rows = "job,pay\nNurse,2\nCook,1\n"
    project.state(rows, JOB, 'pay = { type = "integer" }')
    project.state(rows, JOB, 'pay = { type = "number" }')
    assert "Restated" not in project.told(whole=True)
    project.state(rows, JOB, 'pay = { type = "percent" }')
    assert "Nurse, Pay: 2 → 2%" in project.told(whole=True)


def test_a_range_that_moves_is_told_and_held_at_either_end(project: Project) -> None:
    ends = ['low = { type = "money", unit = "USD" }', 'high = { type = "money", unit = "USD" }']
    span = 'pay = { type = "range", of = "money", low = "low", high = "high", unit = "USD", max_change = "10 %" }'
    chart = BARS.replace('"bar"', '"range"')
    project.state("job,low,high\nNurse,10,20\nCook,5,10\n", JOB, *ends, span, charts=chart)
    project.state("job,low,high\nNurse,10,22\nCook,5,10\n", JOB, *ends, span, charts=chart)
    assert not project.held()
    assert "Nurse, High: $20 → $22" in project.told()
    project.state("job,low,high\nNurse,12,22\nCook,5,10\n", JOB, *ends, span, charts=chart)
    assert "'Nurse' had" in project.held()[0]


def test_a_row_is_called_by_what_documents_show_of_it(project: Project) -> None:
    person, job = 'person = { type = "text" }', 'job = { type = "text" }'
    project.state("person,job,pay\nMary Invented,Nurse,2\nPaul Invented,Cook,1\n", person, job, MONEY)
    project.state("person,job,pay\nMary Invented,Nurse,3\nAnna Invented,Clerk,1\n", person, job, MONEY)
    told = project.told()
    assert "Invented" not in told
    assert "- Nurse, Pay: $2 → $3" in told
    assert "- Added: 1 row (Clerk)." in told
    assert "Mary Invented, Nurse, Pay" in project.told(whole=True)


def test_a_value_that_documents_show_no_more_is_not_told(project: Project) -> None:
    story = "# Pay\n\nA nurse earns {{ pay['Nurse'].pay }}.\n"
    project.state("job,pay\nNurse,271\nCook,1\n", JOB, MONEY, story=story, charts="")
    project.state("job,pay\nNurse,314\nCook,1\n", JOB, MONEY, story="# Pay\n\nNothing.\n", charts="")
    assert "314" not in project.told()
    project.state("job,pay\nNurse,314\nCook,1\n", JOB, MONEY, story=story, charts="")
    assert "- Nurse, Pay: $271 → $314" in project.told()  # the sentence says whose it is


def test_what_is_suppressed_from_now_on_is_not_told_once_more(project: Project) -> None:
    missing = 'missing = { s = "suppressed" }'
    project.state("job,pay\nNurse,271\nCook,1\nClerk,3\n", JOB, MONEY, changes=missing)
    project.state("job,pay\nNurse,s\nCook,1\nClerk,3\n", JOB, MONEY, changes=missing)
    assert "271" not in project.told()
    assert "Nurse, Pay: now suppressed" in project.told()
    assert "$271 → suppressed" in project.told(whole=True)


def test_numbers_of_the_data_are_written_as_the_documents_write_them(project: Project) -> None:
    german = 'language = "de-DE"'
    project.state("job,pay\nNurse,2000\nCook,1\n", JOB, MONEY, language=german)
    project.state("job,pay\nNurse,3000\nCook,1\n", JOB, MONEY, language=german)
    assert project.told().count("2.000\xa0$ → 3.000\xa0$") == 2


def test_rows_that_are_others_are_held_where_the_project_says_that_they_stay(project: Project) -> None:
    rows = "job,pay\n" + "".join(f"Job {n},{n + 1}\n" for n in range(30))
    others = rows.replace("Job", "Post")
    project.state(rows, JOB, MONEY)
    project.state(others, JOB, MONEY)
    assert not project.held()
    project.state(others, JOB, MONEY, changes='changes.rows = "10 %"')
    assert "'pay' had 30 rows and has 30: 30 came and 30 went, and 10 % may." in project.held()[0]


def test_a_new_year_is_compared_where_words_say_which_row_it_is(project: Project) -> None:
    fields = ['year = { type = "year" }', 'job = { type = "text" }', MONEY.replace(" }", ', max_change = "10 %" }')]
    rows = "year,job,pay\n2023,Nurse,5\n2023,Cook,5\n"
    project.state(rows, *fields, charts="", story="# Pay\n\nNothing.\n")
    project.state(rows + "2024,Nurse,9\n", *fields, charts="", story="# Pay\n\nNothing.\n")
    assert "has $9 after $5" in project.held()[0]


def test_a_row_that_moves_into_the_past_is_history(project: Project) -> None:
    fields, changes = [JOB, 'year = { type = "year" }', MONEY], 'changes.history = "year"'
    story = "# Pay\n\nNothing.\n"
    project.state("job,year,pay\nNurse,2024,5\nCook,2024,5\n", *fields, charts="", story=story, changes=changes)
    project.state("job,year,pay\nNurse,2022,5\nCook,2024,5\n", *fields, charts="", story=story, changes=changes)
    assert "'Nurse' had 2024 and has 2022" in project.held()[0]


def test_of_a_list_each_item_is_a_category(project: Project) -> None:
    fields = [JOB, 'skills = { type = "list", delimiter = ";" }', MONEY]
    changes = 'changes.categories = ["skills"]'
    project.state("job,skills,pay\nNurse,care;law,2\nCook,art,1\n", *fields, changes=changes)
    project.state("job,skills,pay\nNurse,law;care,2\nCook,art;law,1\n", *fields, changes=changes)
    assert not project.held()
    project.state("job,skills,pay\nNurse,law;care,2\nCook,law,1\n", *fields, changes=changes)
    assert "in 'skills' of the table 'pay' 'art' is gone." in project.held()[0]


def test_a_row_whose_key_is_a_number_is_called_by_it(project: Project) -> None:
    key, job = 'code = { type = "integer", key = true }', 'job = { type = "text" }'
    project.state("code,job,pay\n1001,Nurse,2\n1002,Cook,1\n", key, job, MONEY)
    project.state("code,job,pay\n1001,Nurse,2\n1002,Cook,3\n", key, job, MONEY)
    assert "- 1002, Pay: $1 → $3" in project.told(whole=True)


@pytest.mark.parametrize(
    "sections",
    [
        [Section(f"Data: table {n}", ("It had 3 rows and has 4.", "Added: 1 row.")) for n in range(60)],
        [Section("What is said differently", tuple(f"“{'word ' * 1500}” is new" for _ in range(20)))],
        [Section("Donaudampfschifffahrt" * 40, ("Betriebswerkbauunterbeamte" * 90,)) for _ in range(9)],
    ],
    ids=["many tables", "long passages", "long words"],
)
def test_the_brief_is_one_page_whatever_changed(project: Project, sections: list[Section]) -> None:
    import pikepdf

    project.state("job,pay\nNurse,2\nCook,1\n", JOB, MONEY)
    brief = Brief("Pay " * 60, "Edition a against edition b", ("Much has changed.",), tuple(sections))
    same = compare(project.kept[0], project.kept[0])
    content = as_pdf(brief, same, project.readings[0].project.brand, 946_684_800)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) == 1


def test_a_chart_of_which_something_is_suppressed_is_not_drawn_as_it_was(project: Project, tool: Tool) -> None:
    missing = 'missing = { s = "suppressed" }'
    rows = "job,pay\nNurse,271\nCook,1\nClerk,3\n"

    def pictures() -> bool:
        changes = compare(project.kept[0], project.kept[-1])
        content = as_pdf(brief_of(changes, {}), changes, project.readings[-1].project.brand, 946_684_800)
        return "Before: What jobs pay" in text_of(content, tool)

    project.state(rows, JOB, MONEY, changes=missing)
    project.state(rows.replace("271", "272"), JOB, MONEY, changes=missing)
    assert pictures()
    project.state(rows.replace("271", "s"), JOB, MONEY, changes=missing)
    assert not pictures()


@pytest.mark.parametrize("writer", ["report", "handout", "deck"])
def test_what_a_speaker_says_is_told_of_decks_alone(project: Project, writer: str) -> None:
    story = "# Pay\n\n![What jobs pay](chart:pay)\n\n::: notes\nA clerk earns {{ pay['Clerk'].pay }}.\n:::\n"
    few = BARS + 'where = "pay < 100"\n'
    rows = "job,pay\nNurse,2\nCook,1\nClerk,271\n"
    for now in (rows, rows.replace("271", "314")):
        project.state(now, JOB, MONEY, story=story, charts=few, writer=writer)
    assert ("314" in project.told()) == (writer == "deck")


def test_what_is_computed_is_told_apart_from_the_data(project: Project) -> None:
    sums = """\
[tables.sums]
from = "pay"
group_by = "job"
[tables.sums.fields]
job = { type = "text", key = true }
total = { type = "money", unit = "USD", value = "group.sum('pay')" }
"""
    chart = sums + BARS.replace('"pay"\nkind', '"sums"\nkind').replace('x = "pay"', 'x = "total"')
    fields = ['job = { type = "text" }', 'who = { type = "text" }', MONEY.replace(" }", ", additive = true }")]
    rows = "job,who,pay\nNurse,First,2\nNurse,Second,5\nCook,Third,1\n"
    project.state(rows, *fields, charts=chart)
    project.state(rows.replace("Second,5", "Second,9"), *fields, charts=chart)
    sections = {section.title: section.items for section in project.brief().sections}
    assert sections["Data: Pay"] == ("Restated: 1 cell, none of which documents show.",)
    assert sections["Computed: Pay"] == ("Changed: 1 cell.", "Nurse, Total: $7 → $11")


def test_readers_are_told_no_digits_that_documents_round_away(project: Project) -> None:
    share = 'pay = { type = "percent", decimals = 0 }'
    project.state("job,pay\nNurse,20.123\nCook,10\nClerk,5\n", JOB, share)
    project.state("job,pay\nNurse,31.456\nCook,10\nClerk,5\n", JOB, share)
    assert "Nurse, Pay: 20% → 31%" in project.told()
    assert "31.456" not in project.told()
    assert "20.123% → 31.456%" in project.told(whole=True)
    project.state("job,pay\nNurse,20.321\nCook,10\nClerk,5\n", JOB, share)
    assert "values moved by less than what is left when they are rounded" in project.told()
    assert "none of which documents show" in project.told()


def test_long_passages_are_not_compared_letter_by_letter(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    longest: list[int] = []

    class Noted(SequenceMatcher[str]):
        def __init__(self, junk: None, a: str, b: str, autojunk: bool = False) -> None:
            if isinstance(a, str):
                longest.append(len(a) + len(b))
            super().__init__(junk, a, b, autojunk)

    monkeypatch.setattr(comparing, "SequenceMatcher", Noted)
    rows = "job,pay\nNurse,2\nCook,1\n"

    def story(words: str) -> str:
        return "# Pay\n\n" + "".join(f"Of number {n} {words * 30} is said.\n\n" for n in range(5))

    project.state(rows, JOB, MONEY, story=story("much "), charts="")
    project.state(rows, JOB, MONEY, story=story("less ") + story("much ")[7:].replace("said", "told"), charts="")
    told = project.told()
    assert told.count("became") == told.count("is new") == 5
    assert max(longest, default=0) <= 160


NOTED = """\
[charts.pay]
table = "pay"
kind = "line"
x = "year"
y = "pay"
title = "Pay by year"
references = [{{ value = "pay.mean('pay')", text = "Average" }}]
notes = [{{ at = 2023, text = "{note}" }}]
"""


def test_a_note_or_a_line_of_a_chart_that_says_something_else_is_told(project: Project) -> None:
    fields = ['year = { type = "year", key = true }', MONEY]
    note = NOTED.format(note="{{ pay[2024].pay }} a year later")
    project.state("year,pay\n2022,10\n2023,20\n2024,30\n", *fields, charts=note)
    project.state("year,pay\n2022,10\n2023,20\n2024,36\n", *fields, charts=note)
    told = project.told()
    assert "the note at 2023 said “$30 a year later” and says “$36 a year later”" in told
    assert "the line said “Average $20” and says “Average $22”" in told
    assert project.kept[-1].charts["pay"].chart().notes[0].said("en-US") == "$36 a year later"


def test_a_note_that_comes_or_goes_is_told(project: Project) -> None:
    fields = ['year = { type = "year", key = true }', MONEY]
    without = "\n".join(line for line in NOTED.splitlines() if not line.startswith("notes")).format()
    rows = "year,pay\n2022,10\n2023,20\n2024,30\n"
    project.state(rows, *fields, charts=without)
    project.state(rows, *fields, charts=NOTED.format(note="A new form"))
    assert "the note at 2023 “A new form” is new" in project.told()
