"""The passages of project.toml: what of its settings documents print, and where it stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any, cast

from data.files.toml_file import TomlFile
from reports.typed.passage import HELD, Passage, Source, Stretch

_PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_COMMAND = re.compile(r"\{%[-+]?\s*(?:claim|if|elif)\s+(.*?)\s*[-+]?%\}", re.DOTALL)
_STRING = re.compile(r'"""(?:[^\\]|\\.)*?"""|\'\'\'.*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL)


def settings_passages(source: Source, file: TomlFile) -> Iterator[Passage]:
    """The words of a project file that documents print, each as its author wrote it."""
    strings = [(found.start(), found[0]) for found in _STRING.finditer(source.text)]
    lines = sorted(set(file.lines.values()))
    for path, said, test in _printed(file.content):
        line = file.place(*path).line
        start, quotes = _place(source, strings, lines, line, said)
        text, at = _words(said, start)
        test = " ".join(filter(None, (test, *_COMMAND.findall(said))))
        whole = (Stretch(0, len(text), test),) if test else ()
        yield Passage(source, text, at, line, "setting", whole, setting=path, quotes=quotes)


def takes_placeholders(path: tuple[str | int, ...]) -> bool:
    """Whether a value may be asked for in the setting with this path."""
    whole = path[0] in ("charts", "glossary") or path == ("subtitle",)
    return whole or (path[0] == "tables" and "notes" in path)


def _printed(content: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Each setting that is printed: its path, its words, and the test that it carries."""
    for name in ("title", "subtitle", "kicker", "caveat"):
        yield from _said((name,), content)
    for name, table in _inner(content, "tables"):
        yield from _said(("tables", name, "title"), table)
        for index, note in enumerate(_list(table, "notes")):
            if isinstance(note, str):
                yield ("tables", name, "notes", index), note, ""
    glossary = content.get("glossary")
    for term, meaning in cast("dict[str, Any]", glossary if isinstance(glossary, dict) else {}).items():
        if isinstance(meaning, str):
            yield ("glossary", term), meaning, ""
    for name, chart in _inner(content, "charts"):
        for word in ("title", "otherwise", "measure", "alt"):
            yield from _said(("charts", name, word), chart, str(chart.get("holds", "")) if word != "measure" else "")
        for room in ("references", "notes"):
            for index, one in enumerate(_list(chart, room)):
                if isinstance(one, dict):
                    beside = cast("dict[str, Any]", one)  # words at a value have the value as their test
                    yield from _said(("charts", name, room, index, "text"), beside, str(beside.get("value", "")))


def _said(
    path: tuple[str | int, ...], settings: dict[str, Any], test: str = ""
) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    said = settings.get(str(path[-1]))
    if isinstance(said, str) and said:
        yield path, said, test


def _inner(content: dict[str, Any], room: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, one in cast("dict[str, Any]", content.get(room, {})).items():
        if isinstance(one, dict):
            yield name, cast("dict[str, Any]", one)


def _list(settings: dict[str, Any], name: str) -> list[Any]:
    said = settings.get(name)
    return cast("list[Any]", said) if isinstance(said, list) else []


def _place(
    source: Source, strings: list[tuple[int, str]], lines: list[int], line: int, said: str
) -> tuple[int | None, str]:
    """Where the words of a setting begin in the file, and their quotation mark; None where they are spelled with
    escapes, or where nobody can tell. `lines` are those at which settings begin."""
    behind = next((source.starts[one - 1] for one in lines if one > line), len(source.text))
    first = source.starts[line - 1] if line else 0
    found = [
        (start + len(sign), sign[0])
        for start, literal in strings
        if first <= start < behind
        for sign in (literal[:3] if literal[:3] in ('"""', "'''") else literal[0],)
        if literal[len(sign) : -len(sign)] == said and tomllib.loads(f"said = {literal}") == {"said": said}
    ]
    return found[0] if len(found) == 1 else (None, "")


def _words(said: str, start: int | None) -> tuple[str, list[int]]:
    """The words of a setting, with one sign for each placeholder, and the place of each character."""
    parts: list[str] = []
    at: list[int] = []
    end = 0
    for found in (*_PLACEHOLDER.finditer(said), None):
        behind = len(said) if found is None else found.start()
        parts.append(said[end:behind])
        at.extend(range(end, behind))
        if found is not None:
            parts.append(HELD if found[0].startswith("{{") else " ")
            at.append(found.start())
            end = found.end()
    return "".join(parts), [] if start is None else [start + index for index in at]
