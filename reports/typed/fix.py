"""Binds typed numbers where they stand: each file is written whole, and all else in it stays byte for byte."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from data.errors import Place, ProjectError
from data.files.folder import open_folder
from reports.typed.finding import Edit, Finding
from reports.typed.passage import Source


def bind_in_place(root: Path, findings: Iterable[Finding]) -> tuple[str, ...]:
    """Write the bindings that leave no doubt into the project's files; what was written, in lines.

    Raises ProjectError for a file that somebody changed since it was read, before any is written; OSError where one
    cannot be written.
    """
    edits: dict[str, list[Edit]] = {}
    for one in findings:
        if (edit := one.edit) is not None:
            edits.setdefault(edit.source.name, []).append(edit)
    written = {name: _with(its) for name, its in edits.items()}
    for name, (source, _) in written.items():
        with open_folder(root, *_folders(name)) as folder:
            if folder.read(PurePosixPath(name).name) != source.content:
                raise ProjectError.at(Place(name), "was changed while it was read.", "Run again when it is saved.")
    for name, (_, content) in written.items():
        with open_folder(root, *_folders(name)) as folder:
            folder.write(PurePosixPath(name).name, content)
    return tuple(
        f'{edit.source.place(edit.start)}: "{edit.said}" is now {edit.text}' for its in edits.values() for edit in its
    )


def _folders(name: str) -> tuple[str, ...]:
    return PurePosixPath(name).parent.parts


def _with(edits: list[Edit]) -> tuple[Source, bytes]:
    """A file, and its content with all edits made."""
    source = edits[0].source
    text = source.text
    for edit in sorted(edits, key=lambda one: one.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return source, source.encoded(text)
