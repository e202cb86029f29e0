"""The JSON Schemas of a project's two files, printed or written for an editor."""

from __future__ import annotations

import json
from pathlib import Path

from charts.kinds.registry import KINDS
from data.errors import OutputError, Place, Problem, ProjectError
from data.files.file_kinds import FILES
from data.files.folder import open_folder, split_at_links
from data.settings.brand import BrandSettings
from data.settings.project import ProjectSettings
from data.settings.schema import Schema, schema_of
from reports.writers import WRITERS

SETTINGS_FILES = {"project": ProjectSettings, "brand": BrandSettings}
"""A file of a project, without its ending → its model."""
_CHOICES = {"ChartSettings.kind": KINDS, "OutputSettings.writer": WRITERS, "ReadSettings.format": FILES}


def schema(name: str) -> Schema:
    """The schema of project.toml ("project") or brand.toml ("brand"), in JSON's own kinds of values."""
    options = {"OutputSettings": [writer.options for writer in WRITERS.values()]}
    return schema_of(SETTINGS_FILES[name], _CHOICES, options)


def as_text(name: str) -> str:
    """The same as a JSON text."""
    return json.dumps(schema(name), indent=2, ensure_ascii=False)


def write_schemas(path: Path, names: tuple[str, ...]) -> tuple[Path, ...]:
    """Write project.schema.json and its like into the folder `path`, which is made where it does not exist.

    An earlier schema gives way. Raises ProjectError where a file of another kind has the name, and OutputError where
    nothing can be written.
    """
    made = {f"{name}.schema.json": as_text(name) for name in names}
    try:
        base, folders = split_at_links(path, [])
        with open_folder(base, *folders, make=True) as folder:
            others = [name for name in made if not _gives_way(folder.read(name))]
            if others:
                raise ProjectError(
                    Problem(
                        Place(str(path / name)), "is no schema of Fairsheet's.", "Choose another folder with --out."
                    )
                    for name in others
                )
            for name, text in made.items():
                folder.write(name, f"{text}\n".encode())
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}.") from None
    return tuple(path / name for name in made)


def _gives_way(content: bytes | None) -> bool:
    """Whether a file may be replaced: there is none, or it begins as schemas do that were written here."""
    return content is None or content.startswith(b'{\n  "$schema": "http://json-schema.org/')
