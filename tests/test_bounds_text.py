"""Stories and settings that are long in one respect only are refused at their line, or read in linear time."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import ProjectError
from data.project import load_project
from data.sandbox.rendered import render_story
from tests.test_bad_input import change
from tests.test_bounds import refused
from tests.test_story import story


@pytest.mark.parametrize("sign", ["<!-- ", "{% <!-- ", "a <!-- --> \n\n<!-- "])
def test_a_comment_that_is_not_closed_is_refused_however_many_there_are(sign: str, small_project: Path) -> None:
    (small_project / "story/report.md").write_text("# Pay\n\n" + sign * 100_000, "utf-8")
    refused(small_project, "story/report.md:")


def test_lines_of_words_end_behind_comments(small_project: Path) -> None:
    path = small_project / "story/report.md"
    path.write_text("# Pay <!-- a\n b --><!-- c -->\nText\n <!-- d -->\n<!-- e\n--> more <!---f--->\nend\n", "utf-8")
    rendered = render_story(path, small_project, load_project(small_project).tables)
    assert [line.strip() for line in rendered.markdown.split("\n")] == ["# Pay", "Text", "more", "end", ""]


@pytest.mark.parametrize(
    "test",
    [
        "'x' == 'x' if pay.count > 1 else true",
        "pay.count > 1 if pay.count > 0 else true",
        "pay.count > 1 and (true if pay.count > 0 else pay.count > 2)",
        "not (pay.count > 1 if pay.count > 9 else 1 == 2)",
        "pay.count > 1 if true else pay.count > 2",
    ],
)
def test_a_test_with_a_branch_that_tests_nothing_is_refused(test: str, small_project: Path) -> None:
    with pytest.raises(ProjectError, match="tests nothing"):
        story(small_project, f'# Pay {{holds="{test}"}}\n\nText.\n')


def test_a_word_that_no_line_has_room_for_is_refused_at_its_line(small_project: Path) -> None:
    (small_project / "story/report.md").write_text("# Pay\n\n" + "w" * 1_000_000 + "\n", "utf-8")
    refused(small_project, "story/report.md:3: has a word of 1,000,000 characters; nothing that long can be set.")


def test_a_word_of_a_value_is_bounded_too(small_project: Path) -> None:
    (small_project / "tables/pay.csv").write_text(f"job,salary\nEngineer,9\nAnalyst,8\n{'w' * 1_001},1\n", "utf-8")
    (small_project / "story/report.md").write_text("# Pay\n\n{{ pay.last.job }}\n", "utf-8")
    refused(small_project, "story/report.md:3: has a word of 1,001 characters")


@pytest.mark.parametrize("line", ["[a]: x\n", "[a{0}]: x\n"])
def test_a_story_has_no_more_addresses_of_links_than_are_read(line: str, small_project: Path) -> None:
    lines = "".join(line.format(n) for n in range(30_000))
    (small_project / "story/report.md").write_text("# Pay\n\n" + lines, "utf-8")
    refused(small_project, "story/report.md:2003: this is one of 30,000 addresses")


@pytest.mark.parametrize("name", ["alt", "measure"])
def test_kinds_are_no_longer_than_5000_characters(name: str, small_project: Path) -> None:
    change(small_project, "project.toml", "[charts.pay]\n", f'[charts.pay]\n{name} = "{"word " * 100_000}"\n')
    refused(small_project, f"project.toml:15: '{name}' is too long. Write at most 5000 characters.")
