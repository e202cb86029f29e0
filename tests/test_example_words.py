"""What a copied example says of itself never goes to print unnoticed: each word is told until it is changed."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from data.project_folder import BUILT_IN, built_in_projects
from generate import app
from reports.runs.new import new

EXAMPLE = pytest.mark.parametrize("name", built_in_projects())


def has_deck(name: str) -> bool:
    """Whether an example has a deck and a report, and notes on its tables; the fair has but a handout."""
    return (BUILT_IN / name / "story/deck.md").exists()


def told(command: str, root: Path) -> list[str]:
    """The warnings about the example's words that a command prints."""
    out = ("--out", str(root.parent / "out"), "--quiet") if command == "build" else ()
    result = CliRunner().invoke(app, [command, str(root), *out])
    assert result.exit_code == 0, result.output
    return [line for line in result.output.splitlines() if "example" in line]


@EXAMPLE
def test_every_word_of_the_example_is_told_by_check_and_build(name: str, tmp_path: Path) -> None:
    new(tmp_path / "mine", name)
    said = told("check", tmp_path / "mine")
    assert told("build", tmp_path / "mine") == said
    for file in ("project.toml", "brand.toml"):
        content = tomllib.loads((BUILT_IN / name / file).read_text("utf-8"))
        words = [key for key, value in content.items() if isinstance(value, str) and re.search("[A-Z].* ", value)]
        assert len(words) >= 4
        for key in words:
            assert any(line.startswith(f"warning: {file}:") and f": {key} is still" in line for line in said), key
    assert any("story/handout.md:1: the kicker" in line for line in said)
    told_of = (
        r"story/deck\.md:\d: \d{3} passages in 3 files" if has_deck(name) else r"story/handout\.md:3: \d passages here"
    )
    assert any(re.search(f"{told_of} are word for word", line) for line in said)
    assert len(said) < 20


@EXAMPLE
def test_what_the_example_says_of_a_table_is_told_once_its_content_is_another(name: str, tmp_path: Path) -> None:
    new(tmp_path / "mine", name)
    assert not any(
        re.search("(source|notes|licence) (is|are) still", line) for line in told("check", tmp_path / "mine")
    )
    for path in (tmp_path / "mine/tables").glob("*.csv"):
        path.write_bytes(path.read_bytes() + b"\n")
    said = told("check", tmp_path / "mine")
    assert any(
        re.search(r"project\.toml:\d+: source is still that of the example, in [23] tables", line) for line in said
    )
    assert has_deck(name) == any(
        re.search(r"project\.toml:\d+: notes are still those of the example, in \d+ tables", line) for line in said
    )
    assert any("licence is still that of the example, in 2 tables" in line for line in said) == (
        name == "college-majors"
    )


def own_setting(found: re.Match[str]) -> str:
    return found[0] + "Our "


def own_passages(story: str) -> str:
    """A story with a word more in each passage; a key figure must begin with its number."""
    story = re.sub(r"(\{% (?:claim [^%]*|otherwise) %\})(?=\w)", r"\1A ", story)
    start = r"^(\s*(?:#+ |- \*\*\{\{.*?\}\}\*\* ?|[-*+] |\d+\. |\| |!\[(?=[\w{]))?)(?!\{%)(?=[\w“*{[(])"
    return re.sub(start, r"\1A ", story, flags=re.MULTILINE)


@EXAMPLE
def test_nothing_is_told_once_all_is_changed(name: str, tmp_path: Path) -> None:
    new(tmp_path / "mine", name)
    for path in sorted((tmp_path / "mine").rglob("*")):
        if path.suffix not in (".toml", ".md"):
            continue
        text = path.read_text("utf-8")
        text = re.sub(r"Example (State )?University", "Test College", text.replace("example.edu", "college.test"))
        keys = "title|subtitle|kicker|caveat|unit|accommodation|contact"
        text = re.sub(rf'^({keys}) = ("+)', r"\1 = \2Our ", text, flags=re.MULTILINE)
        text = re.sub(r'^(source|licence) = "|^  "', own_setting, text, flags=re.MULTILINE)
        text = re.sub(r"^notes = .*", lambda notes: re.sub(r'"(?=\w)', '"Our ', notes[0]), text, flags=re.MULTILINE)
        text = re.sub(r'^(notes = .*"\{% claim [^%]* %\})(?=\w)', r"\1Our ", text, flags=re.MULTILINE)
        text = own_passages(text) if path.suffix == ".md" else text
        path.write_text(text.replace('{kicker="', '{kicker="Our '), "utf-8")
    assert told("check", tmp_path / "mine") == []


def test_a_name_in_a_sentence_or_a_statement_is_told_with_its_line(small_project: Path) -> None:
    with (small_project / "story/report.md").open("a", encoding="utf-8") as story:
        story.write("\nAsk at Example University, please.\n")
    brand = 'institution = "Test University"\nnon_discrimination = "Example State University is open to all."\n'
    (small_project / "brand.toml").write_text(brand, "utf-8")
    assert told("check", small_project) == [
        "warning: brand.toml:2: 'Example State University' is the example's name. Put your own in its place.",
        "warning: story/report.md:7: 'Example University' is the example's name. Put your own in its place.",
    ]


def test_a_name_that_is_not_said_is_the_examples_too(small_project: Path) -> None:
    (small_project / "brand.toml").unlink()
    (said, *_) = told("check", small_project)
    assert said.startswith("warning: brand.toml: institution is still that of the example, 'Example University'.")


def test_a_unit_that_many_have_is_told_only_beside_the_examples_name(small_project: Path) -> None:
    (small_project / "brand.toml").write_text('institution = "Test University"\nunit = "Career Center"\n', "utf-8")
    assert told("check", small_project) == []


@EXAMPLE
def test_the_example_itself_is_no_copy(name: str) -> None:
    assert told("check", BUILT_IN / name) == []


PASSAGE = "- Only someone who knows the field can ask the right question and tell whether a model answers it."
"""An item of a list in the story of an example."""


def add(project: Path, *lines: str) -> None:
    with (project / "story/report.md").open("a", encoding="utf-8") as story:
        story.write("\n" + "\n".join(lines) + "\n")


def test_one_passage_of_the_example_is_told_with_its_line(small_project: Path) -> None:
    add(small_project, PASSAGE)
    (said,) = told("check", small_project)
    assert said.startswith("warning: story/report.md:7: this passage is word for word the example's.")


def test_other_lines_signs_and_tests_make_no_other_words_of_a_passage(small_project: Path) -> None:
    first, last = PASSAGE[2:].split(" ask ")
    add(small_project, f"1. {first}", f"   ask  {last}", "", "# The sector is expected to grow faster each year {#x}")
    (said,) = told("check", small_project)
    assert said.startswith("warning: story/report.md:7: 2 passages here are word for word the example's")


@pytest.mark.parametrize(
    "own", [PASSAGE.replace("field", "trade"), "# What to do next", "- They work alone.", "# Pay by subject {#p}"]
)
def test_what_is_changed_or_too_short_to_be_the_examples_is_not_told(own: str, small_project: Path) -> None:
    add(small_project, own)
    assert told("check", small_project) == []


def test_a_kicker_that_many_have_is_told_only_below_the_examples_title(small_project: Path) -> None:
    project = small_project / "project.toml"
    text = re.sub("^title = .*", 'title = "Our pay"\nkicker = "Data guide"', project.read_text("utf-8"), count=1)
    project.write_text(text, "utf-8")
    assert told("check", small_project) == []


def test_a_licence_that_many_have_is_not_the_examples_alone(small_project: Path) -> None:
    project = small_project / "project.toml"
    text = project.read_text("utf-8")
    assert 'file = "tables/pay.csv"\n' in text
    project.write_text(
        text.replace('file = "tables/pay.csv"\n', 'file = "tables/pay.csv"\nlicence = "CC BY 4.0"\n'), "utf-8"
    )
    assert told("check", small_project) == []
