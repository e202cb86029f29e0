"""Every word of a story and of the settings stands in the documents, in our template and in anyone's, or is refused.

Words that must be there begin with "qz" and stand nowhere else. FAIRSHEET_FULL=1 tries ten times as many stories.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from pptx import Presentation
from typer.testing import CliRunner

from generate import app
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


@pytest.mark.parametrize("block", BLOCKS)
@pytest.mark.parametrize("template", ["", "plain"])
def test_a_slide_shows_every_word_of_a_block(block: str, template: str, tmp_path: Path, request) -> None:
    blocks = ["## Topic {word}", BLOCKS[block], "# Part {word}{kicker}", BLOCKS[block]]
    written, said = made(tmp_path, "deck", blocks, template_for(template, tmp_path, request))
    assert not said
    assert lost(tmp_path, "deck", written) == []
