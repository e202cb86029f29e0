"""Money of different years is not compared unless somebody says in which year's money it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import Place, ProjectError
from data.files.world import today
from data.language.show import show
from data.project import Project, load_project
from data.sandbox.expressions import evaluate
from data.tables.value import Value
from reports.document.sources import about
from reports.doubts.doubts import doubts

TABLE = """\
[tables.NAME]
file = "NAME.csv"
ABOUT
[tables.NAME.fields]
job = { type = "text", key = true }
pay = { type = "money", unit = "USD" }
n = { type = "integer" }
"""
REST = """\
[outputs.report]
writer = "report"
story = "report.md"
"""
BOTH = 'query = "SELECT old.job, new.pay - old.pay AS pay FROM old JOIN new USING (job)"'
COMPARISONS = ("new.first.pay - old.first.pay", "new.first.pay / old.first.pay", "new.first.pay > old.first.pay",
               "new.first.pay is close(old.first.pay, within=5)", "new.first.pay == old.first.pay")  # fmt: skip


def project(folder: Path, old: str, new: str, more: str = "") -> Project:
    text = "".join(TABLE.replace("NAME", name).replace("ABOUT", said) for name, said in (("old", old), ("new", new)))
    (folder / "project.toml").write_text(f'title = "Pay"\n{text}{more}{REST}', "utf-8")
    (folder / "old.csv").write_text("job,pay,n\nNurse,50000,4\nClerk,40000,6\n", "utf-8")
    (folder / "new.csv").write_text("job,pay,n\nNurse,70000,4\nClerk,60000,6\n", "utf-8")
    (folder / "report.md").write_text("# A\n", "utf-8")
    return load_project(folder)


def asked(expression: str, of: Project) -> object:
    return evaluate(expression, of.names, Place("report.md", 1))


@pytest.mark.parametrize("expression", COMPARISONS)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('as_of = "2010/2012"', 'as_of = "2022"'),
        ('as_of = "2022"\nprices = 2012', 'as_of = "2022"'),
        ('prices = "2012"', 'prices = "2022"'),
    ],
)
def test_money_of_different_years_is_not_compared(expression: str, old: str, new: str, tmp_path: Path) -> None:
    found = project(tmp_path, old, new)
    with pytest.raises(ProjectError, match=r'money of .* and money of .*Convert one of them.*prices = "nominal"'):
        asked(expression, found)


@pytest.mark.parametrize("expression", COMPARISONS)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('as_of = "2022-05"', 'as_of = "2022"'),
        ('as_of = "2021-09/2022-06"', 'as_of = "2022"'),
        ('as_of = "2012"\nprices = "2022"', 'as_of = "2022"'),
        ('as_of = "2012"\nprices = "nominal"', 'as_of = "2022"'),
        ("", 'as_of = "2022"'),
    ],
)
def test_money_of_one_year_or_said_to_be_of_its_time_is_compared(
    expression: str, old: str, new: str, tmp_path: Path
) -> None:
    assert asked(expression, project(tmp_path, old, new)) is not None


def test_other_numbers_of_different_years_are_compared(tmp_path: Path) -> None:
    found = project(tmp_path, 'as_of = "2012"', 'as_of = "2022"')
    assert asked("new.first.n == old.first.n", found) is True


def test_what_is_computed_stays_in_the_money_of_its_year(tmp_path: Path) -> None:
    found = project(tmp_path, 'as_of = "2012"', 'as_of = "2022"')
    for expression in ("old.sum('n') > 5 and old.mean('pay', by='rows') > new.median('pay')",
                       "old.first.pay * 2 + old.last.pay > new.first.pay"):  # fmt: skip
        with pytest.raises(ProjectError, match="money of 2012 and money of 2022"):
            asked(expression, found)


def test_the_documents_say_in_which_money_amounts_are(tmp_path: Path) -> None:
    found = project(tmp_path, 'as_of = "2012"\nprices = "nominal"', 'as_of = "2022"\nprices = "2022"')
    said = [about(found.tables[name], (), "en-US").weaknesses for name in ("old", "new")]
    assert said == [
        "Amounts are in the money of their time, not adjusted for inflation",
        "Amounts are in the money of 2022",
    ]


def test_a_table_of_two_years_money_is_told(tmp_path: Path) -> None:
    more = (
        TABLE.replace("NAME", "both").replace('file = "both.csv"\nABOUT', BOTH).replace('n = { type = "integer" }', "")
    )
    found = project(tmp_path, 'as_of = "2012"', 'as_of = "2022"', more)
    (told,) = [problem for problem in doubts(found, today()) if problem.severity == "warning"]
    assert "'both' is computed from money of 2012 and of 2022" in str(told)
    assert not list(doubts(project(tmp_path, 'as_of = "2012"\nprices = "2022"', 'as_of = "2022"', more), today()))
    said = more.replace(BOTH, f'{BOTH}\nprices = "nominal"')
    assert not list(doubts(project(tmp_path, 'as_of = "2012"', 'as_of = "2022"', said), today()))


def test_amounts_over_years_are_compared_within_their_table_and_noted(tmp_path: Path) -> None:
    def years(about: str) -> Project:
        found = project(tmp_path, about, "")
        settings = (
            (tmp_path / "project.toml").read_text("utf-8").replace('job = { type = "text"', 'job = { type = "year"')
        )
        (tmp_path / "project.toml").write_text(settings, "utf-8")
        for name in ("old", "new"):
            (tmp_path / f"{name}.csv").write_text("job,pay,n\n2012,50000,4\n2022,60000,6\n", "utf-8")
        found = load_project(tmp_path)
        change = asked("old.change('pay')", found)
        assert isinstance(change, Value)
        assert show(change) == "$10,000"
        return found

    told = [
        problem for problem in doubts(years(""), today()) if "tables.old" in str(problem) or "'pay'" in str(problem)
    ]
    assert [problem.severity for problem in told] == ["note", "note"]
    assert "'pay' is of 2012 to 2022: a change in it holds inflation, or holds none" in str(told[0])
    assert len(list(doubts(years('prices = "nominal"'), today()))) == 1


@pytest.mark.parametrize("said", ['"real"', '"12"', "12.5", '"2010/2012"'])
def test_a_year_of_prices_that_is_none_is_refused(said: str, tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="prices"):
        project(tmp_path, f"prices = {said}", "")
