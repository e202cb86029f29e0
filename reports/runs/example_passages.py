"""Passages of a built-in project's stories, and what it says of its tables, that went along when it was copied."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import cast

from data.errors import Place, Problem
from data.project import BUILT_IN, Project, built_in_projects
from data.toml_file import read_toml

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_ATTRIBUTES = re.compile(r'\{(?:[^{}"]|"[^"]*")*\}')
_ADDRESS = re.compile(r"(?<=\])\([^)]*\)")
_OWN_LINE = re.compile(r"\s*(?:#|\||[-*+]\s|\d+[.)]\s)")
"""A line with which a passage begins, whatever stands above it: a heading, a row, an item of a list."""
_ENDS = re.compile(r"\s*(?::{3,}.*|-{3,}|)\s*")
_LONG_LINE = 10_000
"""Characters from which a line is nobody's sentence; no example's is near."""
_SENTENCE, _NOTE = 6, 4
"""Words from which a passage or a note is somebody's own: "What to do next" may stand in any story."""


def example_passages(project: Project, stories: Iterable[str]) -> Iterator[Problem]:
    """One warning for all passages of `stories`, files of the project, that a built-in project has word for word.

    A passage is a paragraph, a heading, an item of a list, a row of a table or a caption, whole. What its placeholders
    ask for and what is declared of it make no difference: the words do.
    """
    shipped = _shipped()
    found = [
        Place(name, line)
        for name in stories
        for line, words in _passages((project.root / name).read_text("utf-8"))
        if words in shipped
    ]
    if len(found) == 1:
        yield _told(found[0], "this passage is word for word the example's.", "Write your own, or delete it.")
    elif found:
        files = len({place.file for place in found})
        where = "here" if files == 1 else f"in {files} files"
        said = f"{len(found)} passages {where} are word for word the example's; this is the first."
        yield _told(found[0], said, "Write your own, or delete what is not about your data.")


def example_tables(project: Project, copied: bool) -> Iterator[Problem]:
    """One warning each for the sources, the licences and the notes of tables that are a built-in project's.

    Others quote the same publisher, and a licence is what many tables share: both are told where the table has the
    name and the file of the example's; in a project that is `copied`, by its other words, where it has one of them.
    """
    shipped = [(name, one) for example in built_in_projects() for name, one in _tables(example).items()]
    notes = {note for _, one in shipped for note in cast("list[str]", one.get("notes", []))}
    own = project.settings.tables

    noted = [name for name, t in own.items() if any(note in notes and _long(note, _NOTE) for note in t.notes)]
    alike = 1 if copied or noted else 2

    def kept(setting: str) -> list[str]:
        return [
            name
            for name, table in own.items()
            if (said := getattr(table, setting))
            and any(
                said == one.get(setting) and (name == its) + (table.file == one.get("file", "")) >= alike
                for its, one in shipped
            )
        ]

    for setting, said, names, remedy in (
        ("source", "source is still that", kept("source"), "Say where your own numbers come from."),
        (
            "licence",
            "licence is still that",
            kept("licence"),
            "Say your own; where it is the same, give your table and its file other names.",
        ),
        ("notes", "notes are still those", noted, "Write what holds for your own numbers, or delete them."),
    ):
        if names:
            tables = "1 table" if len(names) == 1 else f"{len(names)} tables"
            message = f"{said} of the example, in {tables}."
            yield _told(project.file.place("tables", names[0], setting), message, remedy)


def _tables(project: str) -> dict[str, dict[str, object]]:
    root = BUILT_IN / project
    return cast("dict[str, dict[str, object]]", read_toml(root / "project.toml", root).content["tables"])


def _shipped() -> frozenset[str]:
    """All passages of the built-in projects' stories."""
    stories = (path for name in built_in_projects() for path in sorted((BUILT_IN / name).rglob("*.md")))
    return frozenset(words for path in stories for _, words in _passages(path.read_text("utf-8")))


def _passages(story: str) -> Iterator[tuple[int, str]]:
    """Line and words of each passage that is long enough to be somebody's own."""
    text = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), story)
    first, lines = 0, list[str]()
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if lines and (_ENDS.fullmatch(line) or _OWN_LINE.match(line)):
            words = _words(lines)
            if _long(words, _SENTENCE):
                yield first, words
            lines = []
        if not _ENDS.fullmatch(line) and len(line) < _LONG_LINE:
            first = first if lines else number
            lines.append(line)


def _words(lines: Iterable[str]) -> str:
    text = _ATTRIBUTES.sub("", _PLACEHOLDER.sub("\N{REPLACEMENT CHARACTER}", " ".join(lines)))
    return " ".join(re.sub(r"^\s*(?:#+|[-*+]|\d+[.)])\s", "", _ADDRESS.sub("", text)).split())


def _long(said: str, words: int) -> bool:
    return len(re.findall(r"[^\W\d_][\w’'-]*", said)) >= words


def _told(place: Place, message: str, remedy: str) -> Problem:
    return Problem(place, message, remedy, "warning")
