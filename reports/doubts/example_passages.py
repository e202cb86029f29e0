"""Passages of a built-in project's stories, and what it says of its tables, that went along when it was copied."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, cast

from data.errors import Place, Problem
from data.files.toml_file import read_toml
from data.files.world import content_of, text_of
from data.project import Project
from data.project_folder import BUILT_IN, built_in_projects
from data.settings.project import TableSettings
from reports.doubts.commented import without_comments

_PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_ATTRIBUTES = re.compile(r'\{(?:[^{}"]|"[^"]*")*\}')
_ADDRESS = re.compile(r"(?<=\])\([^)]*\)")
_OWN_LINE = re.compile(r"\s*(?:#|\||[-*+]\s|\d+[.)]\s)")
"""A line with which a passage begins, whatever stands above it: a heading, a row, an item of a list."""
_ENDS = re.compile(r"\s*(?::{3,}.*|-{3,}|)\s*")
_SIGN = re.compile(r"^\s*(?:#+|[-*+]|\d+[.)])\s")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_REMEMBERED = 5_000
"""Passages: outputs share them, and most stay as they are while a project is watched."""
_LONG_LINE = 10_000
"""Characters from which a line is nobody's sentence; no example's is near."""
_SENTENCE, _NOTE, _SOURCE = 6, 4, 3
"""Words from which a passage, a note, a source is somebody's own: "What to do next" may stand in any story."""


def example_passages(project: Project, stories: Iterable[str]) -> Iterator[Problem]:
    """One warning for all passages of `stories`, files of the project, that a built-in project has word for word.

    A passage is a paragraph, a heading, an item of a list, a row of a table or a caption, whole. What its placeholders
    ask for and what is declared of it make no difference: the words do.
    """
    shipped = _shipped()
    found = [
        Place(name, line)
        for name in stories
        for line, words in _passages(text_of(project.root / name))
        if words in shipped
    ]
    if len(found) == 1:
        yield _told(found[0], "this passage is word for word the example's.", "Write your own, or delete it.")
    elif found:
        files = len({place.file for place in found})
        where = "here" if files == 1 else f"in {files} files"
        said = f"{len(found)} passages {where} are word for word the example's; this is the first."
        yield _told(found[0], said, "Write your own, or delete what is not about your data.")


def example_tables(project: Project) -> Iterator[Problem]:
    """One warning each for the sources, the licences and the notes that the example says of a table of other content.

    What it says of its own table is true as long as that holds the example's numbers.
    """
    replaced = {name: one for name, one in _examples(project) if not _same_content(project, one)}
    for setting, said, least, remedy in (
        ("source", "source is still that", _SOURCE, "Say where your own numbers come from."),
        ("licence", "licence is still that", 0, "Say that of your own numbers, or delete it."),
        ("notes", "notes are still those", _NOTE, "Write what holds for your own numbers, or delete them."),
    ):
        names = [name for name, one in replaced.items() if _left(project.settings.tables[name], one, setting, least)]
        if names:
            tables = "1 table" if len(names) == 1 else f"{len(names)} tables"
            message = f"{said} of the example, in {tables}."
            yield _told(project.file.place("tables", names[0], setting), message, remedy)


def _examples(project: Project) -> Iterator[tuple[str, Mapping[str, object]]]:
    """The project's tables that have the name and the file of an example's, and what that says of them."""
    for built_in in built_in_projects():
        for name, one in _tables(built_in).items():
            own = project.settings.tables.get(name)
            if own is not None and own.file is not None and own.file == one.get("file"):
                yield name, {**one, "of": built_in}


def _same_content(project: Project, example: Mapping[str, object]) -> bool:
    path = str(example["file"])
    return content_of(project.root / path) == content_of(BUILT_IN / str(example["of"]) / path)


def _left(own: TableSettings, example: Mapping[str, object], setting: str, least: int) -> bool:
    """Whether a table says what the example says, in so many words at least: few are nobody's."""
    said: object = getattr(own, setting)
    if setting == "notes":
        notes = cast("list[str]", example.get("notes", []))
        return any(note in notes and _long(note, least) for note in own.notes)
    return bool(said) and said == example.get(setting) and _long(str(said), least)


def _tables(project: str) -> dict[str, dict[str, object]]:
    return cast("dict[str, dict[str, object]]", said_by(project, "project.toml")["tables"])


@cache
def said_by(built_in: str, file: str) -> Mapping[str, Any]:
    """What a settings file of a built-in project says: it is a part of the program, and asked for several times."""
    return read_toml(BUILT_IN / built_in / file, BUILT_IN / built_in).content


@cache
def _shipped() -> frozenset[str]:
    """All passages of the built-in projects' stories."""
    stories = (path for name in built_in_projects() for path in sorted((BUILT_IN / name).rglob("*.md")))
    return frozenset(words for path in stories for _, words in _passages(text_of(path)))


def _passages(story: str) -> Iterator[tuple[int, str]]:
    """Line and words of each passage that is long enough to be somebody's own."""
    first, lines = 0, list[str]()
    for number, line in enumerate([*without_comments(story).split("\n"), ""], 1):
        ends = not line or _ENDS.fullmatch(line)
        if lines and (ends or _OWN_LINE.match(line)):
            words = _words(" ".join(lines))
            if words:
                yield first, words
            lines = []
        if not ends and len(line) < _LONG_LINE:
            first = first if lines else number
            lines.append(line)


@lru_cache(_REMEMBERED)
def _words(passage: str) -> str:
    """The words of a passage; none where they are too few to be somebody's own."""
    text = _ATTRIBUTES.sub("", _PLACEHOLDER.sub("\N{REPLACEMENT CHARACTER}", passage))
    words = " ".join(_SIGN.sub("", _ADDRESS.sub("", text)).split())
    return words if _long(words, _SENTENCE) else ""


def _long(said: str, words: int) -> bool:
    return len(_WORD.findall(said)) >= words


def _told(place: Place, message: str, remedy: str) -> Problem:
    return Problem(place, message, remedy, "warning")
