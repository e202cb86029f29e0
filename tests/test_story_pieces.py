"""Conditions, loops, names and shared files of a story, as docs/story.md tells them."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from charts.declared import Charts
from data.errors import ProjectError
from data.project import load_project
from generate import app
from reports.document.inlines import plain
from reports.document.tree import inlines_of, walk
from reports.runs.read import Options, read
from reports.story.story import read_story
from tests.outline import outline

STORY = """\
# Jobs

{% set most = pay.top('salary') %}
{% for row in pay.sorted('salary', descending=true).head(2) %}
- {{ row.job }}: {{ row.salary }}
{% endfor %}

{% if pay.count > 1 %}
There are {{ pay.count | words }} jobs{% if pay.count > 5 %}, and many at that{% else %}, and no more{% endif %}.
{% else %}
There is one.
{% endif %}

{% include "parts/most.md" %}

{% set close %}Ask at the *desk*.{% endset %}
{% from "cards.md" import card %}
{{ card(pay.bottom('salary')) }}

{{ close }}
"""


def told(root: Path) -> list[str]:
    reading = read(root, Options(only=("report",)))
    blocks = reading.outputs[0].story.blocks
    return [plain(words, "en-US") for block in walk(blocks) for words in inlines_of(block)]


def written(root: Path) -> Path:
    (root / "story" / "report.md").write_text(STORY, encoding="utf-8")
    (root / "story" / "parts").mkdir()
    (root / "story" / "parts" / "most.md").write_text("{{ most.job }} leads of {{ pay.count }}.\n", encoding="utf-8")
    (root / "story" / "cards.md").write_text(
        "{% macro card(row) %}**{{ row.job }}** is paid {{ row.salary }}.{% endmacro %}\n", encoding="utf-8"
    )
    return root


def test_each_piece_prints_what_the_guide_says(small_project: Path) -> None:
    words = told(written(small_project))
    assert "Engineer: $120,000" in words
    assert "Analyst: $110,000" in words
    assert "There are two jobs, and no more." in words
    assert "Engineer leads of 2." in words
    assert "Analyst is paid $110,000." in words
    assert "Ask at the desk." in words


def test_a_problem_in_a_shared_file_is_told_with_its_own_line(small_project: Path) -> None:
    written(small_project)
    (small_project / "story" / "parts" / "most.md").write_text("Fine.\n\n{{ mosst.job }}\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["check", str(small_project)])
    assert result.exit_code == 2
    assert "story/parts/most.md:3" in result.output


def test_words_that_are_kept_and_never_asked_for_are_refused(small_project: Path) -> None:
    written(small_project)
    story = small_project / "story" / "report.md"
    story.write_text(STORY.replace("{{ close }}", ""), encoding="utf-8")
    result = CliRunner().invoke(app, ["check", str(small_project)])
    assert result.exit_code == 2
    assert "the words of 'close' are never asked for" in " ".join(result.output.split())


def test_a_file_may_be_included_within_a_sentence(small_project: Path) -> None:
    (small_project / "story/years.md").write_text("2013 to **2022**\n", "utf-8")
    (small_project / "story/told.md").write_text("{% if pay.count > 1 %}Two{% endif %}\n", "utf-8")
    (small_project / "story/long.md").write_text("One.\n\nTwo.\n", "utf-8")
    story = """\
# Jobs

It covers {% include "years.md" %}.
{% include "told.md" %} jobs, of {% include "years.md" %}
and more.

- {% include "years.md" %}
- {% for row in pay.rows %}{% include "told.md" %}, {% endfor %}both

{% include "long.md" %}
{% include "long.md" %}

{% set said %}{% include "told.md" %} of {% include "told.md" %}!{% endset %}
{{ said }}
"""
    (small_project / "story/report.md").write_text(story, "utf-8")
    words = told(small_project)
    start = words.index("2013 to 2022")
    assert words[start - 1 : start + 2] == [
        "It covers 2013 to 2022. Two jobs, of 2013 to 2022 and more.",
        "2013 to 2022",
        "Two, Two, both",
    ]
    assert words[start + 2 :] == ["One.", "Two. One.", "Two.", "Two of Two!"]


def test_what_stands_behind_an_included_file_is_told_with_its_line(small_project: Path) -> None:
    (small_project / "story/years.md").write_text("2013\nto 2022\n", "utf-8")
    story = 'It covers {% include "years.md" %}, and {{ pay.first.salry }}.\n'
    (small_project / "story/report.md").write_text(f"# Jobs\n\n{story}", "utf-8")
    with pytest.raises(ProjectError, match=r"report\.md:3: .*Did you mean 'salary'"):
        told(small_project)
    (small_project / "story/report.md").write_text(
        f"# Jobs\n\n{story.replace('salry', 'salary')}\n$x$ \\newpage\n", "utf-8"
    )
    with pytest.raises(ProjectError, match=r"report\.md:5: "):
        told(small_project)


def test_a_macro_from_a_file_of_its_own_sees_the_tables_and_its_claims_are_tested(small_project: Path) -> None:
    macro = (
        "{% macro card(row) %}{% claim row.salary > pay.median('salary') %}{{ row.job }} above{% otherwise %}"
        "{{ row.job }} not above{% endclaim %} the middle, {{ pay | listed('job') }}{% endmacro %}\n"
    )
    (small_project / "story/cards.md").write_text(macro, "utf-8")
    story = '# Pay\n\n{% from "cards.md" import card %}\n{{ card(pay.first) }}. {{ card(pay.last) }}.\n'
    (small_project / "story/report.md").write_text(story, "utf-8")
    found = outline(read_story(Charts(load_project(small_project)), "report").blocks)
    assert (
        "Engineer above the middle, Engineer and Analyst. Analyst not above the middle, Engineer and Analyst." in found
    )
