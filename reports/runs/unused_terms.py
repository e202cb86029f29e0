"""Terms that the glossary explains and no story marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from data.errors import Problem
from data.project import Project
from reports.runs.asked import story_files
from reports.runs.read import Reading

_MARKED = re.compile(r"\[([^\[\]]*)\]\{([^{}]*)\}")
_NAMED = re.compile(r"""\bterm\s*=\s*["']?([^"'{}]*)""")
_EMPHASIS = re.compile(r"[*_~`]")


def unused_terms(reading: Reading) -> Iterator[Problem]:
    """A warning for each. Stories that were not read now are looked through, those of batches among them."""
    project = reading.whole
    if not project.settings.glossary:
        return
    used = {term.casefold() for planned in reading.outputs for term in planned.story.terms} | _marked(project)
    for term in project.settings.glossary:
        if term.casefold() not in used:
            yield Problem(
                project.file.place("glossary", term),
                f"the glossary explains '{term}', and no story marks it.",
                f"Mark it where it is used, [{term}]{{.term}}, or leave it out.",
                "warning",
            )


def _marked(project: Project) -> set[str]:
    """What the stories mark, in one case."""
    found: set[str] = set()
    for story in story_files(project.settings, project.file, project.root).values():
        for text in story.texts.values():
            for words, attributes in _MARKED.findall(text):
                named = _NAMED.search(attributes)
                if named is None and ".term" not in attributes.split():
                    continue
                said = named[1] if named else _EMPHASIS.sub("", words)
                found.add(" ".join(said.casefold().split()))
    return found
