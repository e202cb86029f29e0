"""Words of a story that a command of Jinja2's would lose are refused with their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import ProjectError
from data.sandbox.rendered import render_story


def _rendered(tmp_path: Path, story: str, **parts: str) -> str:
    for name, text in {"story": story, **parts}.items():
        (tmp_path / f"{name}.md").write_text(text, "utf-8")
    return render_story(tmp_path / "story.md", tmp_path, {}).markdown


@pytest.mark.parametrize(
    ("story", "message"),
    [
        ("A\n\n{% include 'nowhere.md' ignore missing %}\n", "story.md:3: .*would be left out"),
        ("A\n{% include ['nowhere.md', 'part.md'] %}\n", "story.md:2: .*takes one file"),
        ("{% extends 'part.md' %}\n", "story.md:1: .*would be lost"),
        ("{% import 'part.md' as p %}\n{{ p.m() }}\n", "story.md:2: .*cannot be reached"),
        ("{% from 'part.md' import m %}\n{{ m() }}\n", "part.md:2: .*its other words are lost"),
        ("{% set f = 'part.md' %}\n{% from f import m %}\n{{ m() }}\n", "story.md:2: .*in quotation marks"),
        ("A\n{% macro m() %}words{% endmacro %}\n", "story.md:2: .*never asked for"),
    ],
)
def test_words_that_a_command_would_lose_are_refused(tmp_path: Path, story: str, message: str) -> None:
    part = "{% macro m() %}from a macro{% endmacro %}\nwords beside it\n"
    with pytest.raises(ProjectError, match=message):
        _rendered(tmp_path, story, part=part)


def test_a_file_of_macros_alone_is_imported(tmp_path: Path) -> None:
    macros = (
        "<!-- said often -->\n\n{% macro m(n) %}said {{ n }} times{% endmacro %}\n\n{% macro k() %}once{% endmacro %}\n"
    )
    story = "{% from 'part.md' import m, k %}\n{{ m('many') }}, {{ k() }}\n"
    assert "said " in _rendered(tmp_path, story, part=macros)
    assert "once" in _rendered(tmp_path, story, part=macros)


def test_a_file_that_is_included_and_imported_is_refused_only_for_its_other_words(tmp_path: Path) -> None:
    assert "words" in _rendered(tmp_path, "{% include 'part.md' %}\n", part="words\n")


def test_a_story_that_is_read_again_is_told_again(tmp_path: Path) -> None:
    (tmp_path / "part.md").write_text("words {{ 5 }} {{ 'so' }}\n", "utf-8")
    (tmp_path / "one.md").write_text("{% include 'part.md' %}\n{{ 7 }}\n", "utf-8")
    (tmp_path / "two.md").write_text("{{ 8 }}\n{% for n in (1, 2) %}{% include 'part.md' %}{% endfor %}\n", "utf-8")
    for _ in range(2):
        for name, values in (("one", ["5", "so", "7"]), ("two", ["8", "5", "so", "5", "so"])):
            rendered = render_story(tmp_path / f"{name}.md", tmp_path, {})
            assert [str(value.content) for value, _ in rendered.placeholders] == values
            assert rendered.place(rendered.markdown.split("\n").index(_line_with(rendered.markdown, "words"))).file == (
                "part.md"
            )
    (tmp_path / "one.md").write_text("A\n{% macro m() %}words{% endmacro %}\n", "utf-8")
    for _ in range(2):
        with pytest.raises(ProjectError, match="never asked for"):
            render_story(tmp_path / "one.md", tmp_path, {})


def _line_with(text: str, word: str) -> str:
    return next(line for line in text.split("\n") if word in line)
