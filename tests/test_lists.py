"""Lists in cells, what `in` means, and the advice about numbers that people have written."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from data.cells.error import CellError
from data.cells.numbers import number_reader, plain_number
from data.language.show import show
from data.settings.fields import NumberSettings
from data.tables.value import Measure, UnitError, Value
from tests.test_plain_mistakes import run

FIELD = 'majors = { type = "list", delimiter = ";" }'
JOBS = (
    "job,majors,n\nNurse,Nursing;  Biology,1\nManager,Nursing Home Administration; Business,2\nArtist,Art,3\nClerk,,4\n"
)


def told(
    root: Path, story: str = "", field: str = FIELD, more: str = "", jobs: str = JOBS, value: str = ""
) -> tuple[int, str]:
    """What `check` says of a project with a table of jobs, or `trace` of a value in it."""
    table = f'[tables.jobs]\nfile = "tables/jobs.csv"\n[tables.jobs.fields]\njob = {{ type = "text", key = true }}\n{field}\nn = {{ type = "integer" }}\n'
    with (root / "project.toml").open("a", encoding="utf-8") as file:
        file.write(table + more)
    (root / "tables/jobs.csv").write_text(jobs, "utf-8")
    with (root / "story/report.md").open("a", encoding="utf-8") as file:
        file.write(f"\n{story}\n")
    return run("trace", value, root) if value else run("check", root)


@pytest.mark.parametrize(
    ("story", "value"),
    [
        ('{{ jobs["Nurse"].majors }}', "Nursing and Biology"),
        ("{{ jobs.where(\"majors != None and 'Nursing' in majors\").count }}", "1"),
        ('{% if "Nursing" in jobs["Manager"].majors %}{% else %}{{ jobs.count }}{% endif %}', "4"),
        ('{% for major in jobs["Nurse"].majors %}{{ major }} {% endfor %}', "Biology"),
        ('{{ jobs["Nurse"].majors | length }}', "2"),
        ('{% if "Nurse" in jobs and "Poet" not in jobs %}{{ jobs.count }}{% endif %}', "4"),
        ('{% if jobs["Nurse"].job in ["Nurse", "Poet"] %}{{ jobs.count }}{% endif %}', "4"),
    ],
)
def test_a_list_is_asked_for_its_words(small_project: Path, story: str, value: str) -> None:
    code, output = told(small_project, story, value=value)
    assert code == 0, output


def test_a_list_remembers_its_cell(small_project: Path) -> None:
    assert (
        "tables/jobs.csv:2 majors" in told(small_project, '{{ jobs["Nurse"].majors }}', value="Nursing and Biology")[1]
    )


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("'Nurs' in jobs['Nurse'].job", "'job' is text, one value and no list. Compare the whole text by ==; or, where cells hold several, declare type = \"list\""),
        ("'1' in jobs['Nurse'].n", "'n' is integer, one value and no list."),
        ("5 in jobs['Nurse'].majors", "only a text can be in a list"),
        ("jobs['Nurse'].majors == 'Nursing'", "Ask whether something is in it: 'Nursing' in majors."),
        ("jobs.where(majors='Nursing').count > 0", "Ask whether something is in it: 'Nursing' in majors."),
        ("jobs['Nurse'].majors > 3", "a list is not compared"),
        ("'Art' in jobs['Clerk'].majors", "there is no list here: the cell is empty"),
        ("jobs.where(\"'Art' in majors\").count > 0", "Leave out the rows without a value: majors != None"),
        ("'Nurse' in jobs['Nurse']", "Name a field of it: row.job."),
        ("'Nurse' in jobs.rows", "Name a field: row.job."),
        ("jobs['Nurse'].job in 'Nurse, Poet'", "Write a list: job in ['Nurse', 'Teacher']."),
        ("'Nurse' in jobs.values('job')", "jobs.where(job='...').count > 0"),
    ],
)  # fmt: skip
def test_what_would_silently_mean_something_else_is_refused(small_project: Path, condition: str, said: str) -> None:
    code, output = told(small_project, f"{{% if {condition} %}}x{{% endif %}}")
    assert code == 2
    assert "story/report.md" in output
    assert said in output


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ('majors = { type = "list" }', "a list needs delimiter"),
        ('majors = { type = "text", delimiter = ";" }', "nothing else has one"),
        ('majors = { type = "list", delimiter = " " }', "cannot be divided by spaces"),
        ('majors = { type = "list", delimiter = ";", key = true }', "cannot be the key"),
        ('majors = { type = "list", delimiter = ";", enum = ["Art", "Nursing"] }', "'Biology' is not one of the declared words"),
        ('majors = { type = "list", delimiter = ";", pattern = "[A-Z]\\\\w+" }', "'Nursing Home Administration' does not match"),
    ],
)  # fmt: skip
def test_a_list_is_declared_as_one(small_project: Path, field: str, said: str) -> None:
    code, output = told(small_project, field=field)
    assert code == 2
    assert said in output


def test_an_empty_item_of_a_list_is_refused(small_project: Path) -> None:
    code, output = told(small_project, jobs="job,majors,n\nNurse,Nursing;;Biology,1\n")
    assert code == 2
    assert "tables/jobs.csv:2: column 'majors': 'Nursing;;Biology': has an empty item" in output


def test_a_computed_table_keeps_a_list_and_groups_by_none(small_project: Path) -> None:
    derived = '[tables.d]\nfrom = "jobs"\n{}[tables.d.fields]\nmajors = {{ {} }}\n'
    kept = derived.format("where = \"majors != None and 'Art' in majors\"\n", 'type = "list", delimiter = ","')
    assert told(small_project, "{{ d.first.majors }}", more=kept, value="Art")[0] == 0


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('[tables.d]\nfrom = "jobs"\n[tables.d.fields]\nmajors = { type = "text" }\n', 'Write type = "list".'),
        ('[tables.d]\nfrom = "jobs"\n[tables.d.fields]\njob = { type = "list", delimiter = ";" }\n', "is text, and the field is a list"),
        ('[tables.d]\nfrom = "jobs"\ngroup_by = "majors"\n[tables.d.fields]\nn = { type = "integer", value = "group.count" }\n', "'majors' is a list: a row would be in several groups"),
    ],
)  # fmt: skip
def test_a_list_does_not_become_something_else(small_project: Path, more: str, said: str) -> None:
    code, output = told(small_project, more=more)
    assert code == 2
    assert said in output


def test_a_list_is_printed_as_its_language_lists_things() -> None:
    three = Value("Art; Biology; Law", Measure("list", delimiter=";"))
    assert show(three) == "Art, Biology, and Law"
    assert show(three, "rounded", "de-DE") == "Art, Biologie und Law".replace("Biologie", "Biology")
    assert show(three, "label") == "Art, Biology, Law"
    assert show(Value("Sports, general| Art", Measure("list", delimiter="|"))) == "Sports, general; Art"
    assert show(Value(None, Measure("list", delimiter=";"))) == "not stated"
    with pytest.raises(UnitError, match="not a number"):
        _ = three.number


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("120.000,00", 'numbers = { decimal = ",", thousands = "." }'),
        ("1.234,5", 'numbers = { decimal = ",", thousands = "." }'),
        ("1.234.567", 'numbers = { decimal = ",", thousands = "." }'),
        ("1,234,567.5", 'numbers = { thousands = "," }'),
        ("12,34,567", 'numbers = { thousands = "," }'),
        ("1'234.50", 'numbers = { thousands = "\'" }'),
        ("1 234,5", 'numbers = { decimal = ",", thousands = " " }'),
        ("12,5", 'Write 12.5, or declare how the numbers are written: numbers = { decimal = "," }.'),
        ("$1,200.50", 'Write 1200.50, or declare how the numbers are written: numbers = { thousands = "," }.'),
        ("45 %", "Write 45, or declare"),
        ("(5)", "Write -5, or declare"),
        ("1.2k", "Write 1200;"),
        ("3 million", "Write 3000000;"),
    ],
)
def test_a_number_as_people_write_it_is_told_what_reads_it(text: str, advice: str) -> None:
    with pytest.raises(CellError) as refused:
        plain_number(text)
    assert advice in refused.value.args[1]


def test_three_digits_behind_a_mark_can_be_two_things_and_both_are_told() -> None:
    with pytest.raises(CellError) as refused:
        plain_number("1,234")
    assert 'Write 1234 or declare numbers = { thousands = "," }' in refused.value.args[1]
    assert 'write 1.234 or declare numbers = { decimal = "," }' in refused.value.args[1]


def test_what_the_advice_declares_reads_the_number() -> None:
    for text, style in {
        "120.000,00": NumberSettings(decimal=",", thousands="."), "1'234.50": NumberSettings(thousands="'"),
        "12,34,567": NumberSettings(thousands=","), "1 234,5": NumberSettings(decimal=",", thousands=" "),
    }.items():  # fmt: skip
        with pytest.raises(CellError) as refused:
            plain_number(text)
        plain = refused.value.args[1].split("Write ")[1].split(", or")[0]
        assert number_reader(style, "number", None)(text) == Decimal(plain)


def test_another_style_than_the_declared_one_is_named() -> None:
    with pytest.raises(CellError) as refused:
        number_reader(NumberSettings(thousands=","), "number", None)("1.234,5")
    assert 'declare numbers = { decimal = ",", thousands = "." }' in refused.value.args[1]


def test_a_minus_sign_of_typographers_is_read() -> None:
    assert plain_number("−5") == -5
