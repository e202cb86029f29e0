"""Every word of a story and of the settings stands in the documents, in our template and in anyone's, or is refused.

Words that must be there begin with "qz" and stand nowhere else. FAIRSHEET_FULL=1 tries ten times as many stories.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from typer.testing import CliRunner

from generate import app
from tests.conftest import SHARED
from tests.decks import TEMPLATES
from tests.test_mutations import file_words, words_of

TIMES = 10 if os.environ.get("FAIRSHEET_FULL") == "1" else 1
STORIES = 3 * TIMES
FOREIGN = ("automizer-german-16x9", "finos-2021-google-16x9", "officer-template-4x3")

PROJECT = """\
title = "Jobs {word}"
subtitle = "For {{{{ pay.count }}}} {word}"
kicker = "About {word}"
language = "en-US"
publisher = "Office {word}"
website = "https://{word}.test/jobs"
published = "2026-11-20"
caveat = "Ask {word} first."
[tables.pay]
file = "tables/pay.csv"
title = "Pay {word}"
source = "Survey {word}"
as_of = "2024"
notes = ["Before {word}."]
[tables.pay.fields]
job = {{ title = "Job", type = "text", key = true }}
salary = {{ title = "Salary", type = "money", unit = "USD" }}
[charts.pay]
table = "pay"
x = "salary"
y = "job"
title = "They earn {word}"
measure = "Dollars {word}"
[outputs.{output}]
writer = "{output}"
story = "story.md"
{pages}
"""
BRAND = """\
institution = "College {word}"
unit = "Unit {word}"
contact = "Room {word}"
{template}
"""
STATEMENTS = 'accommodation = "Ask {word} for large print."\nnon_discrimination = "All are {word}."\n'
BLOCKS: dict[str, str] = {
    "paragraph": "One {word} *{word}* **{word}** `{word}` [{word}](https://a.test) [{word}]{{lang=fr}} ~~{word}~~ end.\\\n{word}",
    "footnote": "One {word}[^{note}] and {word}.[^{note}]\n\n[^{note}]: Note {word} of **{word}**.",
    "two footnotes": "- One {word}[^{note}a]\n- Two[^{note}b]\n\n[^{note}a]: Note {word}.\n[^{note}b]: Note {word}.",
    "list": "- One {word}\n  - Two {word}\n- Three {word}\n\n  More {word}",
    "numbers": "3. One {word}\n4. Two {word}",
    "chart": "![Chart {word}](chart:pay){{#{note}}}",
    "chart with a footnote": "![Chart {word}[^{note}]](chart:pay){{#{note}}}\n\n[^{note}]: Note {word}.",
    "table": "![Table {word}](table:pay){{#{note}}}",
    "typed table": "| A {word} | B {word} |\n|---|---|\n| C {word}[^{note}] | ~~{word}~~ |\n\n[^{note}]: Note {word}.",
    "key figures": "::: key-figures\n- **{{{{ pay.count }}}}** label {word}\n- **{{{{ pay.first.salary }}}}** label {word}[^{note}]\n:::\n\n[^{note}]: Note {word}.",
    "quote": "::: quote\nSaid {word}\n-- Who {word}\n:::",
    "pull quote": "::: quote\nPulled {word}[^{note}]\n:::\n\n[^{note}]: Note {word}.",
    "angled quote": "> Said {word}[^{note}]\n> -- Who {word}\n\n[^{note}]: Note {word}.",
    "myth": "::: myth\nBelieved {word}\n\n- So {word}[^{note}]\n- And {word}\n:::\n\n[^{note}]: Note {word}.",
    "question": "::: question\nAsked {word}?\n\nYes {word}.\n:::",
    "question and list": "::: question\nAsked {word}[^{note}]?\n\n- Yes {word}.\n- Or {word}.\n:::\n\n[^{note}]: Note {word}.",
    "next steps": "::: next-steps\n**Do {word}**\n\n1. First {word}\n2. Then {word}\n:::",
    "next steps without a title": "::: next-steps\n1. First {word}\n:::",
    "callout": "::: callout\nMind {word}\n:::",
    "columns": ":::: columns\nLeft {word}\n\n---\n\n- Right {word}[^{note}]\n::::\n\n[^{note}]: Note {word}.",
    "columns with a chart": ":::: columns\nLeft {word}\n\n---\n\n![Chart {word}](chart:pay){{#{note}}}\n::::",
    "columns with more": ":::: columns\n::: callout\nMind {word}\n:::\n\n---\n\n::: question\nAsked {word}?\n\nYes {word}\n:::\n::::",
    "heading of a list": "### Small {word}\n\n- One {word}",
    "notes": "::: notes\nSay {word} and *{word}*.\n:::",
    "list with a callout": "- One {word}\n\n  ::: callout\n  Mind {word}\n  :::",
    "callout with a list": "::: callout\n**Mind** {word}\n\n- One {word}\n:::",
}  # fmt: skip
HEADINGS = (
    "# Part {word}{kicker}",
    "## Topic {word}",
    "## Topic {word}[^{note}]\n\n[^{note}]: Note {word}.",
    "# Part {word}",
)


def fresh() -> Iterator[str]:
    """Words that nobody writes, one after the other."""
    letters = "bcdfghjklmnprstvw"
    for number in count():
        yield "qz" + letters[number % 17] + letters[number // 17 % 17] + letters[number // 289 % 17]


class Writer:
    """Fills templates with words of their own."""

    def __init__(self, kicker: bool) -> None:
        self.words, self.notes, self.kicker = fresh(), count(1), kicker

    def __call__(self, text: str, /, **more: str) -> str:
        kicker = f' {{kicker="Over {next(self.words)}"}}' if self.kicker and "{kicker}" in text else ""
        filled = text.replace("{kicker}", kicker.replace("{", "{{").replace("}", "}}"))
        filled = re.sub(r"\{word\}", lambda _: next(self.words), filled)
        return filled.format(note=f"n{next(self.notes)}", **more)


def made(
    root: Path, output: str, blocks: list[str], template: Path | None, kicker: bool = True, pages: int = 1
) -> tuple[str, str]:
    """A project with these blocks, built; all that is written, and what was said where nothing was made."""
    write = Writer(kicker)
    story = "\n\n".join(write(block) for block in blocks) + "\n"
    named = f'template = "{template.name}"' if template else ""
    files = {
        "story.md": story,
        "project.toml": write(PROJECT, output=output, pages=f"pages = {pages}" if output == "handout" else ""),
        "brand.toml": write(BRAND, template=named) + (write(STATEMENTS) if output != "deck" else ""),
        "tables/pay.csv": "job,salary\nEngineer,120000\nAnalyst,110000\n",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    if template:
        (root / template.name).write_bytes(template.read_bytes())
    result = CliRunner().invoke(app, ["build", str(root), "--out", str(root / "out"), "--quiet"])
    if result.exit_code == 2:
        return "", result.output
    assert result.exit_code == 0, f"{result.output}\n{result.exception!r}\n{story}"
    return "\n".join(files.values()), ""


def lost(root: Path, output: str, written: str) -> list[str]:
    """Words that were written and are not in the document, each with its line."""
    shown = words_of(file_words(next((root / "out").glob(f"{output}.*"))))
    if output != "deck":
        written = re.sub(r"^::: notes\n.*?\n:::$", "", written, flags=re.DOTALL | re.MULTILINE)
    return [line for line in written.split("\n") if words_of(line) - shown]


def plain_template(folder: Path) -> Path:
    """The template that python-pptx brings, as a stranger's."""
    path = folder / "plain.pptx"
    Presentation().save(str(path))
    return path


def template_for(name: str, folder: Path, request: pytest.FixtureRequest) -> Path | None:
    if name in ("", "plain"):
        return plain_template(folder) if name else None
    assert name in TEMPLATES
    return request.getfixturevalue("shared") / "data" / "pptx-templates" / f"{name}.pptx"


def anything(chance: random.Random, size: int) -> list[str]:
    """Headings and blocks in any order, as somebody may write them."""
    found: list[str] = []
    for _ in range(size):
        if chance.random() < 0.5:
            found.append(chance.choice(HEADINGS))
        found.append(chance.choice(list(BLOCKS.values())))
    return found


def check(root: Path, output: str, blocks: list[str], template: Path | None = None) -> bool:
    """Whether a document was made; then it holds every word, and else it is said what is wrong and where."""
    written, said = made(root, output, blocks, template)
    if said:
        assert re.search(r"^(story\.md|project\.toml|brand\.toml)(:\d+)?: ", said, re.MULTILINE), said
        return False
    missing = lost(root, output, written)
    if "chart:pay" not in written:  # then nothing shows the chart, and perhaps not the table
        missing = [line for line in missing if not line.startswith(("title = ", "measure", "source", "notes"))]
    if output == "handout":  # about a table a handout says its source; its weaknesses stand where the story asks
        missing = [line for line in missing if not line.startswith(('title = "Pay', "notes"))]
        if written.startswith("# "):  # the story brings its own
            missing = [line for line in missing if not line.startswith(('title = "Jobs', "subtitle", "kicker"))]
    assert not missing, "\n".join([*missing, "--", written])
    return True


def together(count: int) -> list[Any]:
    """Every block, so many in a story."""
    names = list(BLOCKS)
    some = [names[first : first + count] for first in range(0, len(names), count)]
    return [pytest.param(chosen, id=", ".join(chosen)) for chosen in some]


@pytest.mark.parametrize("template", ["", "plain", *FOREIGN])
@pytest.mark.parametrize("names", together(5))
def test_a_deck_shows_every_word_of_every_block(names: list[str], template: str, tmp_path: Path, request: Any) -> None:
    blocks = [
        text for name in names for text in ("## Topic {word}", BLOCKS[name], "# Part {word}{kicker}", BLOCKS[name])
    ]
    assert check(tmp_path, "deck", blocks, template_for(template, tmp_path, request))


@pytest.mark.parametrize("names", together(5))
def test_a_report_shows_every_word_of_every_block(names: list[str], tmp_path: Path, tool: Any) -> None:
    tool("pdftotext")
    blocks = [
        text for name in names for text in ("## Topic {word}{kicker}", BLOCKS[name], "# Part {word}", BLOCKS[name])
    ]
    assert check(tmp_path, "report", blocks)


@pytest.mark.parametrize("names", together(2))
def test_a_handout_shows_every_word_of_every_block(names: list[str], tmp_path: Path, tool: Any) -> None:
    tool("pdftotext")
    assert check(tmp_path, "handout", [text for name in names for text in ("## Topic {word}{kicker}", BLOCKS[name])])


@pytest.mark.parametrize("output", ["report", "handout", "deck"])
def test_a_story_of_anything_loses_no_word(output: str, tmp_path: Path, tool: Any, request: Any) -> None:
    tool("pdftotext")
    shared = [name for name in FOREIGN if (SHARED / "data" / "pptx-templates" / f"{name}.pptx").is_file()]
    built = 0
    for seed in range(STORIES):
        chance = random.Random(f"story {output} {seed}")
        template = chance.choice(["", "plain", *shared]) if output == "deck" else ""
        size = chance.randint(2, 4) if output == "handout" else chance.randint(3, 9)
        blocks = anything(chance, size)
        built += check(tmp_path / str(seed), output, blocks, template_for(template, tmp_path, request))
    assert built


def test_a_second_title_of_a_handout_is_printed_with_what_follows_it(tmp_path: Path, tool: Any) -> None:
    tool("pdftotext")
    blocks = ["# First {word}{kicker}", "Words {word}", "# Second {word}{kicker}", "More {word}"]
    written, said = made(tmp_path, "handout", blocks, None)
    assert not said
    story = [line for line in lost(tmp_path, "handout", written) if " = " not in line]
    assert not story


def test_the_line_that_opened_a_block_is_named_where_it_is_not_closed(tmp_path: Path) -> None:
    _, said = made(tmp_path, "report", ["# A {word}\n\n::: callout\nB {word}\n\nC {word}\n\n## D {word}"], None)
    assert "story.md:3: the block '::: callout' is not closed. Write ::: on a line of its own below it." in said


def test_a_kicker_that_no_slide_has_a_place_for_is_refused(tmp_path: Path) -> None:
    _, said = made(tmp_path, "deck", ["# A {word}\n\n## B {word}{kicker}\n\nC {word}"], None)
    assert re.search(r"story.md:3: the kicker 'Over qz\w+' has no place on a slide.", said)
