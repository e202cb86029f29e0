"""Stories: Markdown with placeholders becomes blocks that hold values."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from charts.declared import Charts
from data.errors import ProjectError
from data.project import load_project
from reports.document.blocks import Figure, KeyFigures, Paragraph, TableBlock
from reports.document.inlines import Link, Run, Text, leaves, plain
from reports.document.numbering import labels, numbered
from reports.document.tree import walk
from reports.runs.read import Options, read
from reports.story.story import Story, read_story
from tests.outline import outline


def story(root: Path, markdown: str, output: str = "report") -> Story:
    (root / f"story/{output}.md").write_text(textwrap.dedent(markdown), encoding="utf-8")
    project = load_project(root)
    return read_story(Charts(project), output)


EVERYTHING = """\
# Engineers earn more {#pay kicker="Pay: {{ pay.count }} jobs" holds="pay.top('salary').job == 'Engineer'"}

An *engineer* earns **{{ pay["Engineer"].salary }}**, see [](#chart) and [the site](https://careers.test).

![Pay by job](chart:pay){#chart}

![All jobs](table:pay){sort="salary" rows=1}

| Job | Pay |
|-----|----:|
| Engineer | {{ pay["Engineer"].salary | number }} |

::: key-figures
- **{{ pay.count }}** jobs
:::

::: quote
It's a good job.
-- An advisor
:::

::: myth
They work alone.

- They do not.
:::

::: question
Which degree?

Any of {{ pay.count }}.
:::

:::: columns
Left

---

::: callout
Right
:::
::::

## Steps

1. First
2. Second
   - nested

::: next-steps
**What now**

1. Ask.
:::

::: notes
Say it.
:::

::: about-data
:::
"""


def test_every_kind_of_block_is_read(small_project: Path) -> None:
    assert outline(story(small_project, EVERYTHING).blocks) == textwrap.dedent("""\
        Heading 1 #pay: Pay: 2 jobs | Engineers earn more
        Paragraph #pay/paragraph-1: An engineer earns $120,000, see chart and the site.
        Figure #chart: Engineers earn more | Pay by job
        TableBlock #table-pay: All jobs (1 of 2) | Job | Salary | Analyst | $110,000
        TableBlock #pay/table-1: Job | Pay | Engineer | 120,000
        KeyFigures #pay/key-figures-1: 2 | jobs
        Quote #pay/quote-1: It’s a good job. | An advisor
        Myth #pay/myth-1: They work alone.
          ItemList #pay/list-1
            Paragraph #pay/paragraph-2: They do not.
        Question #pay/question-1: Which degree?
          Paragraph #pay/paragraph-3: Any of 2.
        Columns #pay/columns-1
          Paragraph #pay/paragraph-4: Left
          Callout #pay/callout-1
            Paragraph #pay/paragraph-5: Right
        Heading 2 #steps: Steps
        ItemList #steps/list-1
          Paragraph #steps/paragraph-1: First
          Paragraph #steps/paragraph-2: Second
          ItemList #steps/list-2
            Paragraph #steps/paragraph-3: nested
        NextSteps #steps/next-steps-1: What now
          ItemList #steps/list-3
            Paragraph #steps/paragraph-4: Ask.
        Notes #steps/notes-1
          Paragraph #steps/paragraph-5: Say it.
        AboutData #steps/about-data-1""")


def test_a_placeholder_becomes_a_value_with_its_cell(small_project: Path) -> None:
    read_in = story(small_project, '# Pay\n\nAn engineer earns {{ pay["Engineer"].salary }}.\n')
    runs = [leaf for block in read_in.blocks if isinstance(block, Paragraph) for leaf in leaves(block.content)]
    assert isinstance(runs[1], Run)
    assert [(c.file, c.line, c.field) for c in runs[1].value.cells] == [("tables/pay.csv", 2, "salary")]


HOSTILE = [
    "<b>bold</b>",
    "a & b",
    "]]>",
    "[x](https://x.test)",
    "# no heading",
    "{{ 7 * 7 }}",
    "**x**",
    "![](chart:pay)",
    "=1+1",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_data_never_turn_into_markup(words: str, small_project: Path) -> None:
    (small_project / "tables/pay.csv").write_text(f'job,salary\n"{words}",2\nEngineer,3\n', "utf-8")
    blocks = story(small_project, "# Jobs\n\n{{ pay.first.job }} and more\n").blocks
    assert outline(blocks) == f"Heading 1 #jobs: Jobs\nParagraph #jobs/paragraph-1: {words} and more"


@pytest.mark.parametrize(
    "words", [r"\<b>bold\</b>", "a & b", "]]>", "`<script>alert(1)</script>`", "&lt;", "5 < 6 > 4"]
)
def test_what_looks_like_html_and_is_meant_is_text(words: str, small_project: Path) -> None:
    block = story(small_project, f"# Jobs\n\nThis: {words}\n").blocks[1]
    assert isinstance(block, Paragraph)
    said = words.replace("&lt;", "<").replace("\\", "").replace("`", "")
    assert plain(block.content, "en-US") == f"This: {said}"


def test_a_loop_makes_one_tight_list_and_lines_keep_their_places(small_project: Path) -> None:
    text = "# Jobs\n\n{% for row in pay %}\n- {{ row.job }}: {{ row.salary }}\n{% endfor %}\n\nEnd.\n"
    blocks = story(small_project, text).blocks
    assert outline(blocks).splitlines()[2:4] == [
        "  Paragraph #jobs/paragraph-1: Engineer: $120,000",
        "  Paragraph #jobs/paragraph-2: Analyst: $110,000",
    ]
    assert blocks[-1].place.line == 7


def test_an_included_part_keeps_its_own_file_and_line(small_project: Path) -> None:
    (small_project / "story/part.md").write_text("\nShared words.\n", "utf-8")
    blocks = story(small_project, '# Jobs\n\n{% include "part.md" %}\n').blocks
    assert str(blocks[1].place) == "story/part.md:2"


def test_a_condition_asks_the_data(small_project: Path) -> None:
    text = "# Jobs\n\n{% if pay.count > 5 %}\nMany.\n{% else %}\nFew.\n{% endif %}\n"
    assert outline(story(small_project, text).blocks).endswith("Few.")


def test_comments_are_not_printed(small_project: Path) -> None:
    assert len(story(small_project, "# Jobs\n\n<!-- for later -->\n").blocks) == 1


def test_only_keeps_a_section_for_one_output(small_project: Path) -> None:
    text = '# Jobs\n\n## Here {only=report}\n\nA.\n\n## There {only="deck"}\n\nB.\n\n# Next\n'
    assert [plain(b.content, "en-US") for b in story(small_project, text).blocks if hasattr(b, "content")] == [
        "Jobs", "Here", "A.", "Next",
    ]  # fmt: skip


def test_quotation_marks_are_those_of_the_language(small_project: Path) -> None:
    settings = small_project / "project.toml"
    settings.write_text(settings.read_text("utf-8").replace("en-US", "de-DE"), "utf-8")
    block = story(small_project, '# Pay\n\nDas "Wort" hier.\n').blocks[1]
    assert isinstance(block, Paragraph)
    assert block.content == (Text("Das „Wort“ hier."),)


def test_a_link_keeps_its_address_and_words(small_project: Path) -> None:
    block = story(small_project, "# Pay\n\n[write](mailto:a@b.test)\n").blocks[1]
    assert isinstance(block, Paragraph)
    assert block.content == (Link("mailto:a@b.test", (Text("write"),)),)


def test_a_false_claim_in_a_sentence_stops_the_build(small_project: Path) -> None:
    with pytest.raises(
        ProjectError, match=r"story/report.md:3: the data deny the claim 'All earn more than \$115,000'"
    ):
        story(
            small_project, "# Pay\n\n[All earn more than $115,000]{holds=\"pay.bottom('salary').salary > 115000\"}.\n"
        )


def test_figures_and_tables_are_numbered_in_reading_order(small_project: Path) -> None:
    reading = read(small_project, Options(only=("report",)))
    document = numbered(reading.outputs[0].document)
    assert labels(document)["pay"] == "Pay"
    assert [b.number for b in walk(document.blocks) if isinstance(b, Figure | TableBlock)] == [1]


def test_figures_within_a_myth_are_numbered_and_tables_without_a_title_are_not(small_project: Path) -> None:
    myth = "::: myth\nAll earn alike.\n\n![They do not](chart:pay)\n:::\n\n"
    plain_table = "| a | b |\n|---|---|\n| 1 | 2 |\n\n"
    titled = "![All jobs](table:pay)\n\n"
    (small_project / "story/report.md").write_text(
        f"# Pay\n\n{myth}{plain_table}{titled}{myth.replace('chart:pay)', 'chart:pay){#again}')}", "utf-8"
    )
    document = numbered(read(small_project, Options(only=("report",))).outputs[0].document)
    found = [(type(b).__name__, b.number) for b in walk(document.blocks) if isinstance(b, Figure | TableBlock)]
    assert found == [("Figure", 1), ("TableBlock", 0), ("TableBlock", 1), ("Figure", 2)]


def test_two_charts_with_one_id_are_told(small_project: Path) -> None:
    with pytest.raises(ProjectError, match="the id 'same' stands in line 3 already"):
        story(small_project, "# Pay\n\n![](chart:pay){#same}\n\n![](chart:pay){#same}\n")


def test_a_chart_twice_has_two_ids(small_project: Path) -> None:
    blocks = story(small_project, "# Wages\n\n![](chart:pay)\n\n![](chart:pay)\n").blocks
    assert [b.id for b in blocks] == ["wages", "pay", "pay-2"]


def test_a_heading_keeps_the_id_its_author_gave(small_project: Path) -> None:
    assert [b.id for b in story(small_project, "# A claim\n\n# Another {#two}\n").blocks] == ["a-claim", "two"]


def test_a_link_to_a_chart_whose_claim_is_false_is_no_second_problem(small_project: Path) -> None:
    table = small_project / "tables/pay.csv"
    table.write_text(table.read_text("utf-8").replace("120000", "1"), "utf-8")
    with pytest.raises(ProjectError) as refused:
        story(small_project, "# Pay\n\n![](chart:pay)\n\nSee [](#pay).\n")
    assert ["deny the claim" in str(problem) for problem in refused.value.problems] == [True]


def test_curly_quotation_marks_in_a_placeholder_are_named(small_project: Path) -> None:
    with pytest.raises(ProjectError, match="curly quotation marks"):
        story(small_project, "Pay is {{ pay[\u201cEngineer\u201d].salary }}.\n")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("pay.Engineer.salary", "'Engineer' is a row of 'pay'. Write pay[\"Engineer\"]."),
        (
            "pay[Engineer].salary",
            "'Engineer' alone stands for nothing here: it is a row of 'pay'. Write pay[\"Engineer\"].",
        ),
        (
            "set.campus",
            "the project has no variables. Write [variables] in project.toml, and below it one: campus = 'North'.",
        ),
    ],
)
def test_a_row_without_its_marks_and_a_variable_that_is_none_are_told_what_to_write(
    asked: str, told: str, small_project: Path
) -> None:
    with pytest.raises(ProjectError) as refused:
        story(small_project, f"# Pay\n\n{{{{ {asked} }}}}\n")
    assert told in str(refused.value)


def test_key_figures_of_one_kind_have_one_number_of_decimals(small_project: Path) -> None:
    (small_project / "tables/pay.csv").write_text("job,salary\nEngineer,120000\nAnalyst,48000\n", "utf-8")
    engineer, analyst = "pay['Engineer'].salary", "pay['Analyst'].salary"
    figures = [
        f"({analyst} / {engineer}) | percent", f"({analyst} / ({engineer} + {analyst})) | percent",
        f"{engineer} / {analyst}", f"{engineer} / {engineer}", engineer, "pay.count",
    ]  # fmt: skip
    listed = "".join(f"- **{{{{ {figure} }}}}** of them\n" for figure in figures)
    (block,) = story(small_project, f"::: key-figures\n{listed}:::\n").blocks
    assert isinstance(block, KeyFigures)
    assert [plain(item.figure, "en-US") for item in block.items] == ["40.0%", "28.6%", "2.5×", "1.0×", "$120,000", "2"]


@pytest.mark.parametrize("around", ["_{}_", "~~{}~~", "[{}]{{lang=de}}", "[{}](https://careers.test)", "[{}](#shares)"])
def test_a_key_figure_keeps_its_decimals_in_whatever_it_stands(around: str, small_project: Path) -> None:
    (small_project / "tables/pay.csv").write_text("job,salary\nEngineer,120000\nAnalyst,48000\n", "utf-8")
    engineer, analyst = "pay['Engineer'].salary", "pay['Analyst'].salary"
    whole = f"{{{{ ({analyst} / {engineer}) | percent }}}}"
    part = f"{{{{ ({analyst} / ({engineer} + {analyst})) | percent }}}}"
    listed = f"- **{around.format(whole)}** of one\n- **{part}** of both\n"
    _, block = story(small_project, f"# Shares\n\n::: key-figures\n{listed}:::\n").blocks
    assert isinstance(block, KeyFigures)
    assert [plain(item.figure, "en-US") for item in block.items] == ["40.0%", "28.6%"]
