"""With --only every claim that the outputs rest on is tested, what all outputs share is judged, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import ProjectError
from reports.runs.read import Options, read
from tests.test_bad_input import WRONG_CHART, change, run

FALSE = '[It grew]{holds="pay.count == 3"}'
DERIVED = """\
[tables.twice]
from = "pay"
[tables.twice.fields]
job = { type = "text", key = true }
salary = { title = "Twice", type = "money", unit = "USD", value = "salary * 2", RULE }
[charts.pay]"""


def problems(root: Path, *names: str) -> str:
    """What is told when only these outputs are asked for; "" when they can be made."""
    try:
        read(root, Options(only=names))
    except ProjectError as error:
        return str(error)
    return ""


DENIED = "the data deny the claim"
FALSE_CLAIMS = {
    "a sentence": ("story/report.md", "An engineer", f"{FALSE} An engineer", DENIED),
    "a heading": ("story/report.md", 'kicker="Pay"', 'holds="pay.count == 3"', DENIED),
    "a shown chart": ("project.toml", "== 'Engineer'", "== 'Analyst'", DENIED),
    "a caption": ("story/report.md", "Pay by job", f"Pay {FALSE}", DENIED),
    "a part": ("story/report.md", "An engineer", '{% include "part.md" %}\nAn engineer', DENIED),
    "notes": ("story/report.md", "An engineer", f"::: notes\n{FALSE}\n:::\n\nAn engineer", DENIED),
    "a link": ("story/report.md", "An engineer", f"[{FALSE}](https://a.test) An engineer", DENIED),
    "a chart that no story shows": ("project.toml", "[outputs.report]", WRONG_CHART, DENIED),
    "a chart without its table": (
        "project.toml", "[outputs.report]", WRONG_CHART.replace('"pay"', '"pey"'), "there is no table 'pey'",
    ),
    "a declared constraint": ("project.toml", "minimum = 0", "minimum = 115000", "below the minimum"),
    "a constraint of a computed table": (
        "project.toml", "[charts.pay]", DERIVED.replace("RULE", "maximum = 5"),
        "project.toml:18: field 'salary', row 'Engineer': '240000' is above the maximum of 5",
    ),
    "the title": ("project.toml", "Two jobs", "Two {holds='pay.count == 3'} jobs", "in 'title' would be printed"),
    "the publisher": ("project.toml", "Career Center", "[C]{holds='pay.count == 3'}", "in 'publisher' would be printed"),
    "a table's source": ("project.toml", "A survey", "A survey of {{ pay.count }}", "in 'source' would be printed"),
    "the brand": ("brand.toml", "Test University", "The {{ pay.count }}", "brand.toml:1: '{{ pay.count }}'"),
    "a mistake in the settings of another output": ("project.toml", "story/deck.md", "story/dekc.md", "no file"),
    "a writer of another output": ("project.toml", 'writer = "deck"', 'writer = "dekc"', "there is no writer 'dekc'"),
    "an empty test": ("project.toml", "pay.top('salary').job == 'Engineer'", "", "the test of the claim is empty"),
    "a test of nothing": ("project.toml", "pay.top('salary').job == 'Engineer'", "2 > 1", "it tests nothing"),
    "a misspelt test": ("project.toml", "holds =", "hold =", "Did you mean 'holds'?"),
    "a chart without a field": ("project.toml", 'x = "salary"', "x = []", "project.toml:16: 'x' is empty"),
    "a test that is no text": ("project.toml", "\nholds =", "\nholds = true #", "'holds' cannot be this. Write a text."),
}  # fmt: skip


@pytest.mark.parametrize("name", FALSE_CLAIMS)
def test_a_false_claim_stops_the_output_that_rests_on_it(name: str, small_project: Path) -> None:
    (small_project / "story/part.md").write_text(FALSE + "\n", "utf-8")
    assert not problems(small_project, "report")
    *slip, words = FALSE_CLAIMS[name]
    change(small_project, *slip)
    assert words in problems(small_project, "report")
    assert words in problems(small_project)


OTHERS = {
    "a sentence of the deck": ("story/deck.md", "# Pay", f"# Pay\n\n{FALSE}"),
    "broken attributes in the deck": ("story/deck.md", "# Pay", "# Pay {holds=\u201cx\u201d}"),
    "a chart of the deck's": ("story/deck.md", "chart:pay", "chart:nothing"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_mistake_in_the_story_of_another_output_is_not_told(name: str, small_project: Path) -> None:
    change(small_project, *OTHERS[name])
    assert not problems(small_project, "report")
    assert problems(small_project, "deck")


def test_a_chart_of_another_outputs_may_be_wrong_even_where_a_warning_would_look_at_it(
    small_project: Path, tmp_path: Path
) -> None:
    wrong = WRONG_CHART.replace('x = "salary"', 'x = "salry"').replace("holds", "rows = 1\n#")
    change(small_project, "project.toml", "[outputs.report]", wrong)
    change(small_project, "story/deck.md", "chart:pay", "chart:wrong")
    code, output = run("build", small_project, "--out", tmp_path / "out", "--only", "report")
    assert code == 0, output
    code, output = run("build", small_project, "--out", tmp_path / "all")
    assert code == 2
    assert not list((tmp_path / "all").glob("*"))


def test_a_claim_is_tested_in_the_output_that_shows_its_part(small_project: Path) -> None:
    part = f'## Grown {{only=deck holds="pay.count == 3"}}\n\n{FALSE}\n'
    (small_project / "story/part.md").write_text(part, "utf-8")
    for name in ("report", "deck"):
        story = small_project / f"story/{name}.md"
        story.write_text(story.read_text("utf-8") + '\n{% include "part.md" %}\n', "utf-8")
    assert not problems(small_project, "report")
    assert problems(small_project, "deck").count(DENIED) == 2


def test_a_part_that_no_document_shows_is_refused(small_project: Path) -> None:
    change(small_project, "story/report.md", "An engineer", "::: callout {only=deck}\nLost.\n:::\n\nAn engineer")
    assert "story/report.md:3: only= keeps this part out of every document" in problems(small_project, "report")


COMPUTED = """
twice = { title = "Twice", type = "money", unit = "USD", value = "salary * 2", RULE }
[charts.pay]"""


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("minimum = 230000", "field 'twice', row 'Analyst': '220000' is below the minimum of 230,000"),
        ("maximum = 230000", "field 'twice', row 'Engineer': '240000' is above the maximum of 230,000"),
        ("minimum = 5, maximum = 500000, unique = true, required = true", ""),
    ],
)
def test_constraints_hold_for_computed_fields(rule: str, words: str, small_project: Path) -> None:
    change(small_project, "project.toml", "\n[charts.pay]", COMPUTED.replace("RULE", rule))
    told = problems(small_project)
    assert words in told
    assert bool(words) == bool(told), told


def test_a_computed_value_that_is_required_is_there(small_project: Path) -> None:
    change(small_project, "project.toml", "\n[charts.pay]", COMPUTED.replace("RULE", "required = true"))
    change(small_project, "project.toml", "pay.top('salary').job == 'Engineer'", "pay.count == 2")
    change(small_project, "tables/pay.csv", "110000", "")
    assert "field 'twice', row 'Analyst': there is no value" in problems(small_project, "report")


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("unique = true", "'x' stands in two rows"),
        ('enum = ["y"]', "not one of the declared words"),
        ('pattern = "y"', "pattern y"),
    ],
)
def test_computed_words_keep_their_constraints(rule: str, words: str, small_project: Path) -> None:
    field = f"word = {{ title = 'Word', type = 'text', value = '\"x\"', {rule} }}\n[charts.pay]"
    change(small_project, "project.toml", "\n[charts.pay]", f"\n{field}")
    assert words in problems(small_project)


def test_a_setting_that_its_writer_has_no_use_for_is_refused(small_project: Path) -> None:
    change(small_project, "project.toml", 'writer = "report"', 'writer = "report"\npages = 2')
    said = problems(small_project)
    assert "project.toml:23: the writer 'report' has no use for 'pages'." in said
    assert "Leave it out; it is a setting of the writer 'handout'." in said
    change(small_project, "project.toml", "\npages = 2", "")
    change(small_project, "project.toml", 'writer = "handout"', 'writer = "handout"\npages = 2')
    assert problems(small_project) == ""
