"""The items of a batch: one for each row of its table, with what it is called and where its documents go."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

from msgspec import Struct
from msgspec.structs import replace

from data.errors import Place, Problem, ProjectError, nearest
from data.item import ROW
from data.language.languages import language_fault
from data.language.show import show
from data.look.brand import Paper
from data.project import Project
from data.sandbox.expressions import rows_where, sentence
from data.sandbox.placeholders import Sentence
from data.tables.marks import Marked
from data.tables.table import Field, Row, Table
from data.tables.value import Interval, Value

LONGEST_NAME = 80
"""Characters of a file's name: paths on Windows hold 260, and folders want their part."""
_DIGITS = 6
"""Hexadecimal digits that tell two items apart whose names are alike."""
_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d|index|manifest|removed")
"""What Windows lets no file be called, and what a batch calls its own files."""


class Item(Struct, frozen=True):
    """One row, and what is said of its documents."""

    row: int
    """In the table of the batch."""
    key: str
    """What tells it apart from all others; what it is known again by when rows change places."""
    name: str
    """Of its files, without suffix: small letters, digits and hyphens."""
    language: str | None = None
    """None for the project's."""
    paper: Paper | None = None
    """None for the brand's."""
    recipient: str = ""
    fault: Problem | None = None
    """Why nothing can be made of the row."""


def batch_table(project: Project, name: str) -> Table:
    """The table of a batch."""
    return project.tables[project.settings.batches[name].over]


def key_field(project: Project, name: str) -> Field:
    """The field that tells the items of a batch apart. ProjectError where there is none."""
    table, settings = batch_table(project, name), project.settings.batches[name]
    if settings.by is None and table.key_field is None:
        message = f"nothing tells the rows of '{table.name}' apart."
        raise ProjectError.at(
            project.file.place("batches", name), message, f'Write by = "{table.fields[0].name}", or give it a key.'
        )
    return table.key_field if settings.by is None and table.key_field else _field(project, name, "by", table)


def items_of(project: Project, name: str, where: str | None = None) -> tuple[Item, ...]:
    """The items of the batch `name` in the order of its table: of all rows, or of those for which the conditions of
    batch and command line, `where`, are true.

    Raises ProjectError for fields and conditions that are not there. A row that cannot be an item is one with a fault.
    """
    settings, place = project.settings.batches[name], project.file.place
    table, by = batch_table(project, name), key_field(project, name)
    numbered = replace(table, lines=tuple(range(len(table))))
    shown = rows_where(numbered, settings.where, place("batches", name, "where")) if settings.where else numbered
    if where is not None:
        shown = rows_where(shown, where, Place("--where"))
    rows = [int(line) for line in shown.lines]
    beside = {
        said: _contents(table, _field(project, name, said, table)) if getattr(settings, said) else None
        for said in ("language_field", "paper_field", "recipient_field")
    }
    keys = _contents(table, by)
    times = Counter(keys[row] for row in rows)
    found: list[Item] = []
    for row in rows:
        said = {field: contents[row] for field, contents in beside.items() if contents is not None}
        fault = _fault(table, row, by, times[keys[row]], said)
        called = keys[row]
        if settings.name is not None and fault is None:
            try:
                called = _written(project, name, settings.name, row)
            except ProjectError as error:
                fault = error.problems[0]
        key = keys[row] if keys[row] and times[keys[row]] == 1 else f"row {row + 1}"
        language, paper = said.get("language_field") or None, _paper(said.get("paper_field", ""))
        to = said.get("recipient_field", "")
        found.append(Item(row, key, file_name(called or key), language, paper, to, fault))
    return tuple(_apart(found, project, name))


def _field(project: Project, name: str, said: str, table: Table) -> Field:
    """The field that a setting of the batch names. ProjectError where the table has none of that name."""
    wanted = getattr(project.settings.batches[name], said)
    if wanted not in table.fields_by_name:
        message = f"table '{table.name}' has no field '{wanted}'."
        place = project.file.place("batches", name, said)
        raise ProjectError.at(place, message, nearest(wanted, list(table.fields_by_name)))
    field = table.field(wanted)
    if field.measure.type in ("range", "list"):
        place = project.file.place("batches", name, said)
        raise ProjectError.at(place, f"'{wanted}' is a {field.measure.type}.", "Name a field of single values.")
    return field


def _contents(table: Table, field: Field) -> list[str]:
    """What stands in a column, as text; "" where nothing does."""
    contents = (content.content if isinstance(content, Marked) else content for content in table.columns[field.name])
    return ["" if content is None else str(content) for content in contents]


def _fault(table: Table, row: int, by: Field, times: int, said: Mapping[str, str]) -> Problem | None:
    """Why nothing can be made of a row whose key stands in `times` rows, and of which `said` is said beside."""
    line = Place(f"{table.name}, row {row + 1}")
    language, paper = said.get("language_field", ""), said.get("paper_field", "")
    key = _contents(table.take([row]), by)[0]
    if not key:
        return Problem(line, f"the row has no '{by.name}' that would name its documents.", "Fill it in.")
    if times > 1:
        remedy = 'Correct the data; or name a field that is different in every row: by = "...".'
        return Problem(line, f"{times} rows have the '{by.name}' '{key}'; nothing tells them apart.", remedy)
    if language and (wrong := language_fault(language)):
        message, _, remedy = wrong.partition(". ")
        return Problem(line, f"the language '{language}' {message}.", remedy)
    if paper and _paper(paper) is None:
        return Problem(line, f"'{paper}' is no paper.", f"Write {' or '.join(get_args(Paper))}.")
    return None


def _paper(said: str) -> Paper | None:
    return next((paper for paper in get_args(Paper) if paper.lower() == said.lower()), None)


def _written(project: Project, batch: str, pattern: str, row: int) -> str:
    names = {**project.tables, ROW: Row(batch_table(project, batch), row)}
    place = project.file.place("batches", batch, "name")
    return in_words(sentence(pattern, names, place, project.language), project.language)


def in_words(said: Sentence, language: str) -> str:
    """A pattern's words: numbers as they are shown, names as they stand in the data."""
    parts = [part if isinstance(part, str) else _shown(part[0], language) for part in said]
    return "".join(parts)


def _shown(value: Value | Interval, language: str) -> str:
    if isinstance(value, Value) and isinstance(value.content, str):
        return value.content
    return show(value, "label", language)


def file_name(called: str) -> str:
    """A name for files that every system takes: small letters, digits and hyphens, and never too long.

    Where something was lost that tells names apart, such as letters of another script, a part of a digest stands in
    for it.
    """
    plain = unicodedata.normalize("NFKD", called.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    lost = any(c.isalnum() and not c.isascii() and not unicodedata.decomposition(c) for c in called.replace("ß", ""))
    if lost or not name or len(name) > LONGEST_NAME or _RESERVED.fullmatch(name):
        return _with_digest(name[: LONGEST_NAME - _DIGITS - 1], called)
    return name


def _with_digest(name: str, of: str) -> str:
    return "-".join(
        filter(None, (name.strip("-"), hashlib.sha256(of.encode("utf-8", "replace")).hexdigest()[:_DIGITS]))
    )


def _apart(items: Sequence[Item], project: Project, batch: str) -> Iterator[Item]:
    """The items with names that neither two of them share nor a file of the batch's own has: what would be alike gets a
    part of its key's digest."""
    times = Counter(item.name for item in items)
    outputs = [name for name, output in project.settings.outputs.items() if output.each == batch]
    ours = {file_name(batch), *(f"{file_name(batch)}-{output.lower()}" for output in outputs)}
    for item in items:
        alike = times[item.name] > 1 or item.name in ours
        yield replace(item, name=_with_digest(item.name[: LONGEST_NAME - _DIGITS - 1], item.key)) if alike else item
