"""Finds the numbers that a project's author typed by hand, in stories and settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from data.errors import Place, Problem, ProjectError, relative
from data.language.typed_numbers.finder import typed_numbers
from data.language.typed_numbers.typed_number import TypedNumber
from data.project import Project
from data.sandbox.expressions import evaluate
from data.tables.table import Table
from data.tables.value import MissingError, Value
from reports.typed.allowed import in_phrase, is_marked, is_tested, unmet
from reports.typed.candidate import Candidate
from reports.typed.candidates import Candidates, Wanted, nearest_tier
from reports.typed.columns import Columns
from reports.typed.finding import TOLD, Finding, is_small
from reports.typed.parts import Parts, counts_parts, parts_at
from reports.typed.passage import Passage, source_of
from reports.typed.sentence import sentence_around
from reports.typed.settings import settings_passages
from reports.typed.stories import Element, story_text

_LOOKED_AT = 20
"""Values that are as near as each other and are looked at one by one."""
_NAMES = (("title",), ("kicker",))
"""Settings that name the document: "Two jobs" is a name."""
_WHOLE = 100
_FIRST = 1
"""Words before a number that leads a heading: "The five things ..."."""


class TypedByHand(Struct, frozen=True):
    """What was found in a project."""

    findings: tuple[Finding, ...]
    unmet: tuple[Problem, ...]
    """Listed phrases that stand nowhere."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """A warning for each, in the order of files and lines."""
        return tuple(sorted((*(one.problem for one in self.findings), *self.unmet), key=lambda one: one.place))

    @property
    def left(self) -> TypedByHand:
        """What is left when those are bound that leave no doubt."""
        return TypedByHand(tuple(one for one in self.findings if one.edit is None), self.unmet)


def typed_by_hand(project: Project, stories: Mapping[Path, frozenset[str]]) -> TypedByHand:
    """The numbers in the words of a project's author that are typed and look like data.

    `stories` are its story files, each with the names of the batches for whose rows it is made.
    """
    passages: list[tuple[Passage, tuple[Element, ...], int, Table | None]] = []
    for path, batches in stories.items():
        text = story_text(source_of(path, relative(path, project.root)))
        tables = [project.tables[project.settings.batches[name].over] for name in sorted(batches)]
        passages.extend(
            (one, text.outline, index, tables[0] if tables else None) for index, one in enumerate(text.passages)
        )
    file = source_of(project.root / project.file.name, project.file.name)
    passages.extend((one, (), 0, None) for one in settings_passages(file, project.file))
    search = _Search(project, Candidates(Columns(project.tables), project.language))
    findings = tuple(found for one in passages for found in search.findings(*one))
    phrases = project.settings.typed
    return TypedByHand(findings, tuple(unmet(phrases, (one[0] for one in passages), project.file.place("typed"))))


class _Search(Struct, frozen=True):
    """Looks for one passage after the other."""

    project: Project
    candidates: Candidates

    def findings(
        self, passage: Passage, outline: tuple[Element, ...], index: int, batch: Table | None
    ) -> Iterator[Finding]:
        """The numbers of a passage that are not allowed there."""
        numbers = typed_numbers(passage.text, self.project.language) if _may_hold_numbers(passage.text) else []
        for number in numbers:
            if is_marked(passage, number) or in_phrase(passage, number, self.project.settings.typed):
                continue
            if is_tested(passage, number) or (self._is_name(passage) and is_small(number)):
                continue
            parts = parts_at(outline, index) if outline and counts_parts(number) else []
            if any(one.count == number.number for one in parts):
                continue
            found = self._finding(passage, number, parts, batch)
            if found.candidates or not _is_whole(number):
                yield found

    def _is_name(self, passage: Passage) -> bool:
        """Whether words are the document's name: its title, where a sheet says it too, and the words over it."""
        names = passage.kind == "heading" and passage.text.strip() == self.project.settings.title
        return names or passage.setting in _NAMES

    def _finding(self, passage: Passage, number: TypedNumber, parts: list[Parts], batch: Table | None) -> Finding:
        wanted = Wanted(number, sentence_around(passage, number.start, number.end))
        found = nearest_tier(one for one in self.candidates.of(wanted, batch) if _is_near(one, number))
        alike = [one for one in found[:_LOOKED_AT] if one.spelled(number.text, self.project.language)]
        sound: list[Candidate] = []
        for one in alike or found:
            if len(sound) > TOLD or self._gives(one, batch):  # beyond those that are told they are only counted
                sound.append(one)
        near = bool(sound) and sound[0].tier > (0, 0)
        miscounted = None if near else next((one for one in parts if one.sure and _leads(passage, number)), None)
        too_long = tuple(table.name for table in self.candidates.columns.left_out)
        return Finding(passage, number, tuple(sound), self.project.language, miscounted, too_long)

    def _gives(self, one: Candidate, batch: Table | None) -> bool:
        """Whether a story that asks for a value gets it: a table's name may be a word of the language of stories."""
        said = one.asked('"') or one.asked("'")
        if not said:
            return False
        if one.every:
            return batch is not None  # for the row that has it
        if not one.sure:
            said = f"{said.split('.')[0].split('[')[0].lstrip('(')}.count"  # the same for all that is asked of a table
        try:
            value = evaluate(said, self.project.names, Place(self.project.file.name))
        except (ProjectError, MissingError):
            return False
        if not one.sure:
            return isinstance(value, Value)
        if one.filtered:
            value = getattr(value, "value", None)
        return isinstance(value, Value) and value.content is not None and value.number == one.value.number


def _may_hold_numbers(text: str) -> bool:
    return any(sign.isalnum() for sign in text)


def _is_near(one: Candidate, number: TypedNumber) -> bool:
    """Whether a value is worth telling: a small whole number has many equals that it has nothing to do with."""
    return not is_small(number) or one.tier > (0, 0)


def _is_whole(number: TypedNumber) -> bool:
    """Whether a number is the whole of something, "100%", of which any table of parts speaks."""
    return number.unit == "percent" and number.number == _WHOLE


def _leads(passage: Passage, number: TypedNumber) -> bool:
    """Whether a number counts what follows: at the beginning of a heading, or in words that end in a colon."""
    if passage.kind == "heading":
        return len(passage.text[: number.start].split()) <= _FIRST
    return passage.text.rstrip().endswith(":")
