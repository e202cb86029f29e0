"""`check --fix` binds what leaves no doubt, and leaves every other byte of a project as it was."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from data.errors import Place, ProjectError
from data.files.world import content_of
from data.language.show import show
from data.project_folder import BUILT_IN
from data.sandbox.expressions import sentence
from data.tables.value import NUMERIC, Value
from generate import app
from reports.document.inlines import plain
from reports.document.tree import passages
from reports.runs.numbers_by_hand import bound_in_place, numbers_by_hand
from reports.runs.read import Options, read
from tests.test_typed_bindings import project

BINDING = '{{ top_industries["Technology"].share }}'


def fixed(root: Path) -> str:
    """What the command says."""
    result = CliRunner().invoke(app, ["check", "--fix", str(root)])
    assert result.exit_code == 0, result.output
    return result.output


def text_of(root: Path) -> list[str]:
    """The passages of the report."""
    return [plain(one.content, "en-US") for one in passages(read(root, Options()).outputs[0].document)]


def test_a_number_that_leaves_no_doubt_is_bound_and_prints_the_same(tmp_path: Path) -> None:
    root = project(tmp_path, "# Jobs\n\nTechnology takes 35% of them.\n")
    before = text_of(root)
    said = fixed(root)
    assert f'story/report.md:3: "35%" is now {BINDING}' in said
    assert (root / "story/report.md").read_bytes() == f"# Jobs\n\nTechnology takes {BINDING} of them.\n".encode()
    assert text_of(root) == before
    assert "No problems." in fixed(root)


@pytest.mark.parametrize("ends", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("last", [b"", b"  \t"])
def test_all_else_stays_byte_for_byte(ends: bytes, mark: bytes, last: bytes, tmp_path: Path) -> None:
    root = project(tmp_path, "")
    story = ends.join(
        (
            mark + b"# Caf\xc3\xa9 or Cafe\xcc\x81",
            b"",
            b"<!-- 35% -->  Technology\ttakes",
            b"**35%** of  them,  they say.",
            last,
        )
    )
    (root / "story/report.md").write_bytes(story)
    fixed(root)
    assert content_of(root / "story/report.md") == story.replace(b"**35%**", f"**{BINDING}**".encode())


def test_several_numbers_of_a_line_are_bound(tmp_path: Path) -> None:
    root = project(tmp_path, "# Jobs\n\nTechnology takes 35%, finance 25% and healthcare 15% of them.\n")
    fixed(root)
    story = (root / "story/report.md").read_text("utf-8")
    wanted = [f'{{{{ top_industries["{name}"].share }}}}' for name in ("Technology", "Finance", "Healthcare")]
    assert [story.count(one) for one in wanted] == [1, 1, 1]


@pytest.mark.parametrize(
    "sentence",
    [
        "Some 35% of them are there.",  # the sentence does not say whose it is
        "Technology takes 34.6% of them.",  # no value
        "Technology takes more than 35% of them.",  # a limit
        "Technology takes a third of them.",  # other characters
        "We waited 500 days.",
        "Engineers and analysts met 500 times.",
    ],
)
def test_what_leaves_doubt_is_left(sentence: str, tmp_path: Path) -> None:
    root = project(tmp_path, f"# Jobs\n\n{sentence}\n")
    before = content_of(root / "story/report.md")
    fixed(root)
    assert content_of(root / "story/report.md") == before


@pytest.mark.parametrize(
    "quotation",
    [
        "::: quote\nTechnology takes 35% of them.\n\n-- Ana R., nurse\n:::\n",
        "::: quote\nTechnology takes 35% of them.\n— Ana R., nurse\n:::\n",
        "> Technology takes 35% of them.\n>\n> -- Ana R., nurse\n",
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_what_somebody_said_stays_as_it_was_said(quotation: str, ends: str, tmp_path: Path) -> None:
    root = project(tmp_path, f"# Jobs\n\n{quotation}\nTechnology takes 35%.\n".replace("\n", ends))
    assert fixed(root).count("is now") == 1
    assert quotation.replace("\n", ends).encode() in (root / "story/report.md").read_bytes()
    assert "No problems." in fixed(root)


def test_a_pull_quote_is_no_quotation(tmp_path: Path) -> None:
    assert "is now" in fixed(project(tmp_path, "# Jobs\n\n::: quote\nTechnology takes 35% of them.\n:::\n"))


def test_words_and_bare_numbers_are_bound_in_their_style(tmp_path: Path) -> None:
    root = project(tmp_path, "# Jobs\n\nTechnology takes 35 percent of them.\n")
    before = text_of(root)
    fixed(root)
    assert '{{ top_industries["Technology"].share | number }} percent' in (root / "story/report.md").read_text("utf-8")
    assert text_of(root) == before


def test_numbers_in_tables_kickers_and_links_are_bound_where_they_stand(tmp_path: Path) -> None:
    story = (
        '# Jobs {#jobs kicker="Technology: 35%"}\n\n'
        "| Who | How many |\n|---|---|\n| Technology | [Finance: 25%](https://example.test/25%25) |\n| Technology | 35% |\n"
    )
    root = project(tmp_path, story)
    before = text_of(root)
    fixed(root)
    now = (root / "story/report.md").read_text("utf-8")
    assert now.count(BINDING) == 2
    assert "https://example.test/25%25" in now
    assert text_of(root) == before


def test_a_chart_title_is_bound_with_the_other_quotation_marks(tmp_path: Path) -> None:
    root = project(tmp_path, "# Jobs\n\n![](chart:pay)\n", title="Analysts earn $61,000")
    settings = (root / "project.toml").read_text("utf-8")
    fixed(root)
    now = (root / "project.toml").read_text("utf-8")
    assert now == settings.replace("$61,000", "{{ pay['Analyst'].salary }}")
    assert "Analysts earn $61,000" in " ".join(text_of(root))


def test_a_setting_that_takes_no_placeholder_is_only_told(tmp_path: Path) -> None:
    root = project(tmp_path, "# Jobs\n\nAsk.\n", more='caveat = "Technology takes 35% of them"')
    before = content_of(root / "project.toml")
    assert '"35%" is typed by hand' in fixed(root)
    assert content_of(root / "project.toml") == before


def test_a_setting_that_is_spelled_with_escapes_is_only_told(tmp_path: Path) -> None:
    root = project(tmp_path, "# Jobs\n\n![](chart:pay)\n", title="Analysts earn \\u002461,000")
    before = content_of(root / "project.toml")
    assert '"$61,000" is typed by hand' in fixed(root)
    assert content_of(root / "project.toml") == before


def test_a_file_that_changed_meanwhile_is_refused_and_none_is_written(tmp_path: Path) -> None:
    root = project(tmp_path, "# Jobs\n\nTechnology takes 35% of them.\n")
    reading = read(root, Options())
    typed = numbers_by_hand(reading)
    (root / "story/report.md").write_text("# Jobs\n\nTechnology takes 35% of all.\n", "utf-8")
    with pytest.raises(ProjectError, match="was changed while it was read"):
        bound_in_place(reading, typed)
    assert (root / "story/report.md").read_text("utf-8") == "# Jobs\n\nTechnology takes 35% of all.\n"


def test_a_project_that_does_not_build_is_left_as_it_is(tmp_path: Path) -> None:
    story = "# Jobs\n\nTechnology takes 35% of them, not {{ top_industries['Retail'].share }}.\n"
    root = project(tmp_path, story)
    result = CliRunner().invoke(app, ["check", "--fix", str(root)])
    assert result.exit_code == 2
    assert (root / "story/report.md").read_text("utf-8") == story


def test_without_fix_nothing_is_written(tmp_path: Path) -> None:
    story = "# Jobs\n\nTechnology takes 35% of them.\n"
    root = project(tmp_path, story)
    assert CliRunner().invoke(app, ["check", str(root)]).exit_code == 0
    assert (root / "story/report.md").read_text("utf-8") == story
    assert CliRunner().invoke(app, ["check", "--strict", str(root)]).exit_code == 2


def test_what_was_bound_counts_as_no_warning(tmp_path: Path) -> None:
    root = project(tmp_path, "# Jobs\n\nTechnology takes 35% of them, 36.4% at most.\n")
    assert "1 warning" in fixed(root)


def test_what_is_bound_again_is_the_value_that_stood_there(tmp_path: Path) -> None:
    """The numbers of a built-in report, printed in the place of their placeholders, are bound to the same cells or not
    at all."""
    root = tmp_path / "guide"
    shutil.copytree(BUILT_IN / "machine-learning-engineer", root)
    names = read(root, Options()).project.names
    story = root / "story/report.md"
    was: dict[tuple[int, str], list[Value]] = {}

    def printed(found: re.Match[str]) -> str:
        try:
            pieces = sentence(found[0], names, Place("report.md")) if found[0].startswith("{{") else ()
        except ProjectError:  # in words that the data do not take
            return found[0]
        if len(pieces) != 1 or isinstance(pieces[0], str):
            return found[0]
        value, style = pieces[0]
        if not isinstance(value, Value) or value.measure.type not in NUMERIC or style == "words":
            return found[0]
        said = show(value, style)
        was.setdefault((found.string.count("\n", 0, found.start()) + 1, said), []).append(value)
        return said

    text = story.read_text("utf-8")
    story.write_text(re.sub(r"\{\{.*?\}\}|\{%.*?%\}", printed, text), "utf-8")
    before = text_of(root)
    reading = read(root, Options(only=("report",)))
    typed = numbers_by_hand(reading)
    edits = [(one.place.line, one.number.text, one.edit) for one in typed.findings if one.edit]
    assert len(edits) > 5
    for line, said, edit in edits:
        (bound, _), *_ = [one for one in sentence(edit.text, names, Place("report.md")) if not isinstance(one, str)]
        assert isinstance(bound, Value)
        assert set(bound.cells) in [set(one.cells) for one in was.get((line, said), [])], edit.text
    bound_in_place(reading, typed)
    assert text_of(root) == before
