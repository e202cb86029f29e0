"""The one error that a user of Fairsheet sees: what is wrong, where, and how to mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace


class Place(Struct, frozen=True, order=True):
    """Where something stands: a file of the project, and a line of it (from 1; 0 for the whole file)."""

    file: str
    line: int = 0
    cell: str = ""
    """Where lines say nothing, the cell as people look it up: "National!C18"."""

    def __str__(self) -> str:
        if self.cell:
            return f"{self.file}:{self.cell}"
        return f"{self.file}:{self.line}" if self.line else self.file


class Problem(Struct, frozen=True):
    """One thing that is wrong, said in full sentences: what it is, and what to do about it."""

    place: Place
    message: str
    remedy: str
    severity: Literal["error", "warning", "note"] = "error"

    def __str__(self) -> str:
        return f"{self.place}: {self.message} {self.remedy}"


class ProjectError(Exception):
    """A mistake in the user's project or command; carries every problem found so far, never just the first."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    @classmethod
    def at(cls, place: Place, message: str, remedy: str) -> ProjectError:
        """The error for one mistake: what is wrong there, and what to do about it."""
        return cls(Problem(place, message, remedy))

    def __reduce__(self) -> tuple[type[ProjectError], tuple[tuple[Problem, ...]]]:
        """Survive the way back from a worker process."""
        return ProjectError, (self.problems,)


class SourceError(Exception):
    """A source, not the project, is in the way: a host that is down, a timeout, a page in place of the data."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[SourceError], tuple[tuple[Problem, ...]]]:
        """Survive the way back from a worker process."""
        return SourceError, (self.problems,)


class OutputError(Exception):
    """The machine, not the project, is in the way: full disk, no permission, a file open elsewhere."""


_COMPARED, _LONGEST_WORD = 2_000, 200
"""Words among which the most similar one is sought, and characters of the longest that one is sought for."""
_SHOWN = 10
"""Problems of one kind that are told; the rest is counted."""


def few(problems: Sequence[Problem]) -> list[Problem]:
    """The first ten problems of a kind, and how many more there are."""
    if len(problems) <= _SHOWN:
        return list(problems)
    last, rest = problems[_SHOWN - 1], len(problems) - _SHOWN
    return [*problems[: _SHOWN - 1], replace(last, remedy=f"{last.remedy} ({rest} more like this)")]


def nearest(word: str, words: Iterable[str]) -> str:
    """A remedy that names the most similar of `words`, or lists them when none is near.

    >>> nearest("salery", ["salary", "job_title"])
    "Did you mean 'salary'?"
    """
    known = list(words)
    near = [one for one in known[:_COMPARED] if abs(len(one) - len(word)) <= len(word)]
    found = difflib.get_close_matches(word, near, n=1, cutoff=0.6) if len(word) <= _LONGEST_WORD else []
    if found:
        return f"Did you mean '{found[0]}'?"
    if not known:
        return "There are none yet; declare one first."
    listed = ", ".join(f"'{name}'" for name in sorted(known)[:12])
    return f"Known: {listed}{', ...' if len(known) > 12 else ''}."


def relative(path: Path, root: Path) -> str:
    """`path` as users know it: relative to the project folder, with forward slashes."""
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except (ValueError, OSError, RuntimeError):  # the latter two for a link that leads back to itself
        return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
