"""What the user decided about each project and was told of it, in her own folders, never in a project's."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any

from msgspec import Struct, field

from data.errors import OutputError, ProjectError
from data.files.folder import is_full, open_folder
from data.files.user_folders import cache_folder, config_folder

_PROJECTS = "projects"
_TOLD = "told"
_TARGETS = "deliveries"


class Remembered(Struct, frozen=True):
    """What a project may do for good."""

    secrets: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """Name of an environment variable → the destinations that it may be sent to."""
    hosts: tuple[str, ...] = ()
    """Destinations of this machine and the local network that may be read."""
    folders: dict[str, str] = field(default_factory=dict[str, str])
    """A folder outside of the project as the project names it → where that led when it was allowed."""


def project_key(root: Path) -> str:
    """What a project is called in the user's folders: by where it is, not by anything that it says."""
    return hashlib.sha256(str(root.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:24]


def remembered(root: Path) -> Remembered:
    """What was decided about the project in `root`; nothing where that cannot be read."""
    said: dict[str, Any] = {}
    with suppress(OSError, ValueError, ProjectError, OutputError), open_folder(config_folder(), _PROJECTS) as folder:
        said = json.loads(folder.read(f"{project_key(root)}.json") or b"{}")
    with suppress(AttributeError, TypeError, KeyError):
        if said["project"] != str(root.resolve()):
            return Remembered()
        secrets: dict[str, Any] = said["secrets"]
        folders: dict[str, Any] = said.get("folders", {})
        return Remembered(
            {str(n): tuple(map(str, to)) for n, to in secrets.items()},
            tuple(map(str, said["hosts"])),
            {str(n): str(to) for n, to in folders.items()},
        )
    return Remembered()


def remember(
    root: Path,
    secrets: Mapping[str, tuple[str, ...]],
    hosts: tuple[str, ...],
    folders: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Add to what the project in `root` may do. Raises OutputError where that cannot be written down."""
    before = remembered(root)
    merged = {
        name: sorted({*before.secrets.get(name, ()), *secrets.get(name, ())}) for name in {*before.secrets, *secrets}
    }
    said = {
        "project": str(root.resolve()),
        "secrets": merged,
        "hosts": sorted({*before.hosts, *hosts}),
        "folders": {**before.folders, **folders},
    }
    _write(config_folder(), _PROJECTS, f"{project_key(root)}.json", said)


def was_told(root: Path, what: list[str]) -> bool:
    """Whether the user was told this of the project in `root`, and nothing else since."""
    with suppress(OSError, ValueError, ProjectError, OutputError), open_folder(cache_folder(), _TOLD) as folder:
        return json.loads(folder.read(f"{project_key(root)}.json") or b"null") == what
    return False


def note_told(root: Path, what: list[str]) -> None:
    """Note that the user was told. Where it cannot be noted she is told again the next time."""
    with suppress(OutputError):
        _write(cache_folder(), _TOLD, f"{project_key(root)}.json", what)


def _write(base: Path, inner: str, name: str, content: object) -> None:
    try:
        with open_folder(base, inner, make=True) as folder:
            folder.write(name, json.dumps(content, indent=2, sort_keys=True).encode(), 0o600)
    except OSError as error:
        why = "the disk is full" if is_full(error) else error.strerror or str(error)
        raise OutputError(f"{base / inner}: cannot be written: {why}.") from None
    except ProjectError as error:
        raise OutputError(str(error)) from None


def targets(root: Path) -> frozenset[str]:
    """Where the project in `root` may deliver its documents, as it names the places; none where that cannot be read."""
    with suppress(OSError, ValueError, ProjectError, OutputError), open_folder(config_folder(), _TARGETS) as folder:
        said = json.loads(folder.read(f"{project_key(root)}.json") or b"{}")
        with suppress(AttributeError, TypeError, KeyError):
            if said["project"] == str(root.resolve()):
                return frozenset(map(str, said["targets"]))
    return frozenset()


def remember_target(root: Path, target: str) -> None:
    """Let the project in `root` deliver there from now on. Raises OutputError where that cannot be written down."""
    said = {"project": str(root.resolve()), "targets": sorted({*targets(root), target})}
    _write(config_folder(), _TARGETS, f"{project_key(root)}.json", said)
