"""What a project needs of the user before it can be published without her: environment variables that it may send."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from data.files.toml_file import read_toml
from data.network.introduction import destinations
from data.network.leave import USUAL, permission
from data.network.secrets import allow_command
from data.settings.project import ProjectSettings
from data.settings.validated import validated


class Need(Struct, frozen=True):
    """One thing that a project needs of the user."""

    what: str
    """It, as `allow` takes it."""
    allowed: bool
    command: str
    """The command line that allows it."""
    variable: str = ""
    """The environment variable that has to be set; "" where it needs none."""


def needs_of(root: Path) -> tuple[Need, ...]:
    """All that the project in `root` needs, whether the user has given it or not.

    Raises ProjectError where project.toml cannot be read.
    """
    allowed = permission(root, USUAL)
    found = destinations(validated(ProjectSettings, read_toml(root / "project.toml", root)))
    pairs = sorted({(name, to) for to, names in found.items() for name in names})
    return tuple(
        Need(
            f"secret:{name}",
            allowed.grants(name) if "${" in to else allowed.may_send(name, to),
            allow_command(f"secret:{name}", root),
            name,
        )
        for name, to in pairs
    )
