"""Terms that the glossary explains and no story marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set

from data.errors import Problem
from data.project import Project

_MARKED = re.compile(r"\[([^\[\]]*)\]\{([^{}]*)\}")
_NAMED = re.compile(r"""\bterm\s*=\s*["']?([^"'{}]*)""")
_EMPHASIS = re.compile(r"[*_~`]")


def unused_terms(project: Project, read: Set[str], stories: Mapping[str, str]) -> Iterator[Problem]:
    """A warning for each term that is not among those of the stories that were `read`, and that no text of `stories`
    marks: those of batches were not read."""
    used = {term.casefold() for term in read} | {said for text in stories.values() for said in _marked(text)}
    for term in project.settings.glossary:
        if term.casefold() not in used:
            yield Problem(
                project.file.place("glossary", term),
                f"the glossary explains '{term}', and no story marks it.",
                f"Mark it where it is used, [{term}]{{.term}}, or leave it out.",
                "warning",
            )


def _marked(text: str) -> Iterator[str]:
    """What a story marks, in one case."""
    for words, attributes in _MARKED.findall(text):
        named = _NAMED.search(attributes)
        if named is not None or ".term" in attributes.split():
            said = named[1] if named else _EMPHASIS.sub("", words)
            yield " ".join(said.casefold().split())
