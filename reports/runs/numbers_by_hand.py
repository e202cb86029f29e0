"""The numbers that are typed by hand in what was read of a project, told by `check` and bound by `check --fix`."""

from __future__ import annotations

from pathlib import Path

from data.errors import OutputError
from reports.runs.asked import story_files
from reports.runs.read import Reading
from reports.typed.by_hand import TypedByHand, typed_by_hand
from reports.typed.fix import bind_in_place


def numbers_by_hand(reading: Reading) -> TypedByHand:
    """The typed numbers of all stories and settings of a project, those of its batches among them."""
    whole = reading.whole
    stories: dict[Path, frozenset[str]] = {}
    for name, files in story_files(whole.settings, whole.file, whole.root).items():
        each = whole.settings.outputs[name].each
        for path in files.texts:
            stories[path] = stories.get(path, frozenset()) | ({each} if each is not None else set[str]())
    return typed_by_hand(whole, stories)


def bound_in_place(reading: Reading, typed: TypedByHand) -> tuple[str, ...]:
    """Bind those that leave no doubt; what was written. OutputError where a file cannot be written."""
    try:
        return bind_in_place(reading.whole.root, typed.findings)
    except OSError as error:
        raise OutputError(f"{error.filename or 'a story'} cannot be written: {error.strerror or error}.") from error
