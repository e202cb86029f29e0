"""Dashes, ellipses and quotation marks are set as the language has them, wherever somebody types words."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.language.show import show_date
from data.look.typography import typeset
from reports.document.blocks import Figure, Heading
from reports.document.inlines import plain
from reports.document.tree import walk
from reports.runs.read import Options, read
from tests.outline import outline
from tests.test_plain_mistakes import change

TYPED = "It's \"so 'good' now\" -- or --- more..."
SET = {
    "en-US": "It’s “so ‘good’ now” – or — more…",
    "de-DE": "It’s „so ‚good‘ now“ – or — more…",
    "fr-FR": "It’s «\u202fso ‹\u202fgood\u202f› now\u202f» – or — more…",
    "es-ES": "It’s «so “good” now» – or — more…",
}


@pytest.mark.parametrize("language", SET)
def test_words_are_set_as_the_language_has_them(language: str) -> None:
    assert typeset(TYPED, language) == SET[language]


@pytest.mark.parametrize(
    "kept",
    [
        '{{ pay["Engineer"].salary }}',
        "{% if pay %}",
        '{holds="pay.count == 2"}',
        "<!-- a comment -->",
        "-----",
        "......",
        "a-b",
        "already “set” – so",
    ],
)
def test_what_is_no_typing_stays(kept: str) -> None:
    assert typeset(kept, "en-US") == kept


def test_quotation_marks_close_around_a_placeholder() -> None:
    assert typeset('the "{{ pay["A"].salary }}" of it', "de-DE") == 'the „{{ pay["A"].salary }}“ of it'


@pytest.mark.parametrize("language", SET)
def test_a_story_and_its_settings_are_set_alike(language: str, small_project: Path) -> None:
    typed = TYPED.replace('"', '\\"')
    change(small_project, "en-US", language)
    change(
        small_project,
        'title = "Two jobs"',
        f'title = "{typed}"\nsubtitle = "{typed}"\nkicker = "{typed}"\ncaveat = "{typed}"',
    )
    change(small_project, 'publisher = "Career Center"', f'publisher = "{typed}"')
    change(small_project, 'source = "A survey"', f'title = "{typed}"\nsource = "{typed}"\nnotes = ["{typed}"]')
    change(small_project, 'title = "Job"', f'title = "{typed}"')
    change(small_project, 'title = "Engineers earn more"', f'title = "{typed}"\nmeasure = "{typed}"\nalt = "{typed}"')
    (small_project / "brand.toml").write_text(f'institution = "Test"\ncontact = "{typed}"\n', "utf-8")
    story = (
        f'# {TYPED} {{kicker="{typed}"}}\n\n{TYPED}\n\n![{TYPED}](chart:pay)\n\n![{TYPED}](table:pay)\n\n'
        f"| {TYPED} |\n|---|\n| {TYPED} |\n\n::: question\n{TYPED}\n\n- {TYPED}\n:::\n\nNote[^1].\n\n[^1]: {TYPED}\n"
    )
    (small_project / "story/deck.md").write_text(story, "utf-8")
    reading = read(small_project, Options(only=("deck",)))
    document, brand, wanted = reading.outputs[0].document, reading.project.brand, SET[language]
    table, chart = reading.project.tables["pay"], next(b for b in walk(document.blocks) if isinstance(b, Figure)).chart
    settings = [
        document.title,
        plain(document.subtitle, language),
        document.kicker,
        document.caveat,
        document.publisher,
    ]
    settings += [table.title, table.source or "", *table.notes, table.fields[0].title, chart.measure_line, chart.alt]
    assert {*settings, brand.contact} == {wanted}
    heading = document.blocks[0]
    assert isinstance(heading, Heading)
    assert plain(heading.kicker, language) == wanted
    assert outline(document.blocks, language).count(wanted) == 12


def test_code_values_and_cells_stay_as_they_are(small_project: Path) -> None:
    (small_project / "tables/pay.csv").write_text('job,salary\n"Engineer -- ""so"" it\'s...",2\nAnalyst,1\n', "utf-8")
    change(small_project, "holds = \"pay.top('salary').job == 'Engineer'\"\n", "")
    story = '# Jobs\n\n{{ pay.first.job }} `a--b "c"` <https://a.test/b--c>\n\n![Jobs](table:pay)\n'
    (small_project / "story/report.md").write_text(story, "utf-8")
    (small_project / "story/handout.md").write_text(story, "utf-8")
    (small_project / "story/deck.md").write_text(story, "utf-8")
    said = outline(read(small_project, Options(only=("report",))).outputs[0].document.blocks)
    assert said.count('Engineer -- "so" it\'s...') == 2
    assert 'a--b "c" https://a.test/b--c' in said


def test_a_quote_still_says_who_said_it(small_project: Path) -> None:
    (small_project / "story/report.md").write_text("# Jobs\n\n::: quote\nSo it is\n-- Somebody\n:::\n", "utf-8")
    said = outline(read(small_project, Options(only=("report",))).outputs[0].document.blocks)
    assert said.endswith("So it is | Somebody")


@pytest.mark.parametrize(
    ("iso", "language", "shown"),
    [
        ("2024-07-01", "fr-FR", "1er juillet 2024"),
        ("2024-07-01", "fr-CA", "1er juillet 2024"),
        ("2024-07-11", "fr-FR", "11 juillet 2024"),
        ("2024-07-01", "de-DE", "1. Juli 2024"),
        ("2024-07", "fr-FR", "juillet 2024"),
    ],
)
def test_the_first_of_a_month_is_an_ordinal_in_french(iso: str, language: str, shown: str) -> None:
    assert show_date(iso, language) == shown
