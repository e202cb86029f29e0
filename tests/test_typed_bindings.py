"""Numbers typed by hand are told by `check`, with the value that they are and what to write; and by nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from generate import app
from reports.document.inlines import plain
from reports.document.tree import passages
from reports.runs.check import check, warnings
from reports.runs.read import Options, read

PROJECT = """\
title = "Two jobs"
language = "{language}"
publisher = "Career Center"
website = "https://careers.test/two"
{more}
[tables.top_industries]
file = "tables/top_industries.csv"
title = "Top hiring industries"
as_of = "2024"
[tables.top_industries.fields]
industry = {{ title = "Industry", type = "text", key = true }}
share = {{ title = "Percentage", type = "percent", additive = true }}

[tables.pay]
file = "tables/pay.csv"
title = "Average salary by job title"
as_of = "2024"
[tables.pay.fields]
job = {{ title = "Job title", type = "text", key = true }}
salary = {{ title = "Average salary", type = "money", unit = "USD" }}
openings = {{ title = "Openings", type = "integer", unit = "openings" }}

[tables.jobs]
file = "tables/jobs.csv"
title = "Jobs by year"
as_of = "2015/2017"
[tables.jobs.fields]
year = {{ title = "Year", type = "year", key = true }}
jobs = {{ title = "Jobs", type = "integer", unit = "jobs" }}

[charts.pay]
table = "pay"
x = "salary"
y = "job"
title = "{title}"
holds = "pay.top('salary').job == 'Engineer'"

[outputs.report]
writer = "report"
story = "story/report.md"
"""
TABLES = {
    "top_industries": "industry,share\nTechnology,35\nFinance,25\nHealthcare,15\n",
    "pay": "job,salary,openings\nEngineer,120000,500\nData Scientist,110000,450\nAnalyst,61000,400\n",
    "jobs": "year,jobs\n2015,10000\n2016,15000\n2017,20000\n",
}


def project(
    root: Path, story: str, *, language: str = "en-US", title: str = "Engineers earn more", more: str = ""
) -> Path:
    """A project of three tables, one chart and this story."""
    for name, text in {
        "project.toml": PROJECT.format(language=language, title=title, more=more),
        "brand.toml": 'institution = "Test University"\n',
        **{f"tables/{name}.csv": rows for name, rows in TABLES.items()},
        "story/report.md": story,
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


def told(root: Path) -> list[str]:
    """What `check` says of typed numbers."""
    return [str(one) for one in check(root) if "typed" in one.message]


def of(tmp_path: Path, sentence: str, **more: str) -> list[str]:
    """What is said of the numbers of one sentence."""
    return told(project(tmp_path, f"# Jobs\n\n{sentence}\n", **more))


@pytest.mark.parametrize(
    ("sentence", "binding"),
    [
        ("Technology takes 35% of them.", '{{ top_industries["Technology"].share }}'),
        ("An analyst earns $61,000.", '{{ pay["Analyst"].salary }}'),
        ("Data scientists find 450 openings.", '{{ pay["Data Scientist"].openings }}'),
        ("In 2016 there were 15,000 jobs.", "{{ jobs[2016].jobs }}"),
        ("Shares add up to 75% in total, in every industry.", '{{ top_industries.sum("share") }}'),
        ("The average salary is $97,000.", '{{ pay.mean("salary", by="rows") }}'),
        (
            "An engineer earns $10,000 more than a data scientist.",
            '{{ pay["Engineer"].salary - pay["Data Scientist"].salary }}',
        ),
    ],
)
def test_a_typed_number_is_told_with_the_binding_to_paste(sentence: str, binding: str, tmp_path: Path) -> None:
    (said,) = of(tmp_path, sentence)
    assert said.startswith("story/report.md:3: ")
    assert " is typed by hand; " in said
    assert f"Write {binding}" in said


def test_the_message_names_the_number_the_value_and_what_to_write(tmp_path: Path) -> None:
    assert of(tmp_path, "Technology takes 35% of them.") == [
        'story/report.md:3: "35%" is typed by hand; top_industries["Technology"].share is 35%.'
        ' Write {{ top_industries["Technology"].share }}.'
    ]


def test_a_number_that_no_table_has_is_told(tmp_path: Path) -> None:
    (said,) = of(tmp_path, "Technology takes 36.4% of them.")
    assert '"36.4%" is typed by hand, and no table has it' in said
    assert "[36.4%]{.typed}" in said


def test_several_values_that_it_may_be_are_told_and_none_is_chosen(tmp_path: Path) -> None:
    root = project(tmp_path, "# Jobs\n\nFinance takes 25% of them.\n")
    more = PROJECT[PROJECT.index("[tables.top") : PROJECT.index("[tables.pay]")].replace("{{", "{").replace("}}", "}")
    settings = (root / "project.toml").read_text("utf-8")
    other = more.replace("top_industries", "others").replace("tables/others", "tables/others")
    (root / "project.toml").write_text(settings.replace("[tables.pay]", f"{other}\n[tables.pay]", 1), "utf-8")
    (root / "tables/others.csv").write_text("industry,share\nFinance,25\nRetail,10\n", "utf-8")
    (said,) = told(root)
    assert 'top_industries["Finance"].share is 25%' in said
    assert 'others["Finance"].share is 25%' in said
    assert "Write the one that is meant" in said


@pytest.mark.parametrize(
    "sentence",
    [
        "An analyst earns {{ pay['Analyst'].salary }}.",
        "Technology takes [35%]{.typed} of them.",
        "Ask for `35%` of it, and see <https://example.test/35%25>.",
        "<!-- 35% of them -->Ask an advisor.",
        "[Technology takes 35%]{holds=\"top_industries['Technology'].share == 35\"} of them.",
        "[Fewer than one in two are in technology]{holds=\"top_industries['Technology'].share * 2 < 100\"}.",
        "```\n35% of them\n```",
    ],
)
def test_what_is_bound_marked_tested_or_no_words_is_not_told(sentence: str, tmp_path: Path) -> None:
    assert of(tmp_path, sentence) == []


def test_a_number_under_a_condition_that_has_it_is_tested(tmp_path: Path) -> None:
    story = "# Jobs\n\n{% if top_industries['Technology'].share == 35 %}\nTechnology takes 35% of them.\n{% endif %}\n"
    assert told(project(tmp_path, story)) == []
    assert len(told(project(tmp_path / "other", story.replace("== 35", "> 30")))) == 1


def test_phrases_of_the_project_are_typed_on_purpose(tmp_path: Path) -> None:
    assert of(tmp_path, "Technology takes 35% of them.", more='typed = ["takes 35% of"]') == []


def test_a_phrase_that_stands_nowhere_is_told(tmp_path: Path) -> None:
    (said,) = of(tmp_path, "Ask an advisor.", more='typed = ["Hall 2"]')
    assert said.startswith("project.toml:5: typed names 'Hall 2', which stands in no story")


@pytest.mark.parametrize("count", [4, 5, 6])
def test_a_number_that_counts_a_list_is_right_or_is_told(count: int, tmp_path: Path) -> None:
    items = "\n".join(f"- Ask number {'abcdef'[n]}." for n in range(count))
    said = told(project(tmp_path, f"# Five things to ask\n\n{items}\n"))
    assert [f"has {count} items" in one for one in said] == ([True] if count != 5 else [])


def test_a_number_that_counts_blocks_is_right(tmp_path: Path) -> None:
    block = "::: myth\nAll is known.\n\n- It is not.\n:::\n"
    assert told(project(tmp_path, f"# Three things people get wrong\n\n{block}\n{block}\n{block}")) == []


def test_titles_of_charts_are_looked_at(tmp_path: Path) -> None:
    root = project(tmp_path, "# Jobs\n\n![](chart:pay)\n", title="Analysts earn $61,000 on average")
    (said,) = told(root)
    assert said.startswith("project.toml:")
    assert '"$61,000" is typed by hand; pay["Analyst"].salary is $61,000' in said


def test_kickers_and_captions_are_looked_at(tmp_path: Path) -> None:
    said = told(
        project(tmp_path, '# Jobs {kicker="Technology takes 35%"}\n\n![Finance takes 25% of them](chart:pay)\n')
    )
    assert ['"35%"' in one or '"25%"' in one for one in said] == [True, True]


def test_other_languages_write_numbers_their_way(tmp_path: Path) -> None:
    (said,) = of(tmp_path, "Technology nimmt 35 % davon.", language="de-DE")
    assert 'Write {{ top_industries["Technology"].share }}.' in said


def test_builds_do_not_speak_of_it(tmp_path: Path) -> None:
    root = project(tmp_path, "# Jobs\n\nTechnology takes 35% of them.\n")
    assert not [one for one in warnings(read(root, Options())) if "typed" in one.message]


def test_the_mark_prints_its_words_plainly(tmp_path: Path) -> None:
    root = project(tmp_path, "# Jobs\n\nCome to [Hall 2]{.typed} at noon.\n")
    document = read(root, Options()).outputs[0].document
    assert "Come to Hall 2 at noon." in [plain(one.content, "en-US") for one in passages(document)]


def test_any_other_class_of_words_is_refused(tmp_path: Path) -> None:
    root = project(tmp_path, "# Jobs\n\nCome to [Hall 2]{.type} at noon.\n")
    result = CliRunner().invoke(app, ["check", str(root)])
    assert result.exit_code == 2
    assert "the class '.type' means nothing here" in result.output


def test_a_table_of_many_rows_is_left_out_and_named(tmp_path: Path) -> None:
    root = project(tmp_path, "# Jobs\n\nTechnology takes 36.4% of them.\n")
    rows = "".join(f"{n},{n}\n" for n in range(50_001))
    (root / "tables/jobs.csv").write_text(f"year,jobs\n{rows}", "utf-8")
    settings = (root / "project.toml").read_text("utf-8")
    (root / "project.toml").write_text(settings.replace('type = "year", key = true', 'type = "integer"'), "utf-8")
    (said,) = told(root)
    assert "not 'jobs': too long" in said


def test_the_row_of_a_batch_is_offered_in_its_stories(tmp_path: Path) -> None:
    root = project(tmp_path, "# Jobs\n\nAsk an advisor.\n")
    settings = (root / "project.toml").read_text("utf-8")
    batch = (
        '\n[outputs.sheet]\nwriter = "handout"\nstory = "story/sheet.md"\neach = "pay"\n[batches.pay]\nover = "pay"\n'
    )
    (root / "project.toml").write_text(settings + batch, "utf-8")
    (root / "story/sheet.md").write_text("# {{ row.job }}\n\nOne\n\nThe salary is $61,000.\n", "utf-8")
    (said,) = told(root)
    assert said.startswith("story/sheet.md:5: ")
    assert "Write {{ row.salary }}" in said


def test_what_two_tables_say_of_one_row_is_compared(tmp_path: Path) -> None:
    root = project(tmp_path, "# Jobs\n\nIn technology that is 5 percentage points more.\n")
    settings = (root / "project.toml").read_text("utf-8")
    table = settings[settings.index("[tables.top_industries]") : settings.index("[tables.pay]")]
    other = table.replace("top_industries", "employed")
    (root / "project.toml").write_text(settings.replace("[tables.pay]", f"{other}[tables.pay]", 1), "utf-8")
    (root / "tables/employed.csv").write_text("industry,share\nTechnology,40\nRetail,10\n", "utf-8")
    (said,) = told(root)
    assert 'employed["Technology"].share - top_industries["Technology"].share is 5' in said


def test_a_claim_that_has_the_number_tests_it(tmp_path: Path) -> None:
    test = "top_industries['Technology'].share == 35"
    story = f"# Jobs\n\n{{% claim {test} %}}Technology takes 35%{{% otherwise %}}Technology takes less{{% endclaim %}} of them.\n"
    assert told(project(tmp_path, story)) == []
