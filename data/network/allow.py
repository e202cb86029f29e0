"""What the user allows a project for good, by a command of hers."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from data.errors import Place, ProjectError, nearest
from data.files.toml_file import read_toml
from data.network.deliveries import allow_delivery
from data.network.destination import HERE, is_plain, split_port
from data.network.folders import allow_folder, folders_of, is_path, leads_to
from data.network.introduction import destinations
from data.network.leave import Leave, Permission
from data.network.line import LocalError, spots
from data.network.remembered import remember
from data.settings.project import ProjectSettings
from data.settings.validated import validated

_PLACE = Place("allow")


def allow(what: str, root: Path) -> str:
    """Remember that the project in `root` may do something; gives the sentence that says what.

    `what` is secret:NAME, host:NAME[:PORT], deliver:NAME, or a folder, also as folder:PATH. Raises ProjectError for
    anything else, OutputError where it cannot be written down.
    """
    kind, colon, name = what.partition(":")
    if (not colon or kind not in KINDS) and (is_path(what) or Path(what).is_dir()):
        kind, colon, name = "folder", ":", what
    if not colon or kind not in KINDS or not name:
        forms = ", ".join(f"{one}:..." for one in KINDS)
        raise ProjectError.at(_PLACE, f"'{what}' says nothing that could be allowed.", f"Write one of: {forms}")
    return KINDS[kind](name, root.resolve())


def _secret(name: str, root: Path) -> str:
    """A variable may go where the project now sends it, and nowhere else."""
    settings = validated(ProjectSettings, read_toml(root / "project.toml", root))
    found = destinations(settings)
    to = sorted(one for one, names in found.items() if name in names)
    if not to:
        known = sorted({name for names in found.values() for name in names})
        remedy = nearest(name, known) if known else "It names none at all."
        raise ProjectError.at(_PLACE, f"the project in {root} names no ${{{name}}}.", remedy)
    remember(root, {name: tuple(to)}, ())
    return f"The project in {root} may use {name} for {', '.join('files' if one == HERE else one for one in to)}."


def _host(name: str, root: Path) -> str:
    host, port = split_port(name.lower())
    if set(name) & set("/?#@") or not is_plain(f"https://{host}{f':{port}' if port else ''}/"):
        raise ProjectError.at(
            _PLACE, f"'{name}' is no host.", "Write host:db.example.edu:5432, or without the port for all."
        )
    to = f"{host.rstrip('.')}:{port}" if port else host.rstrip(".")
    remember(root, {}, (to,))
    return f"The project in {root} may read {to}{'' if port else ', all ports'}, also in the local network."


def _folder(name: str, root: Path) -> str:
    """A folder may be read that the project names, as long as it leads where it does now, and no other."""
    settings = validated(ProjectSettings, read_toml(root / "project.toml", root))
    named = tuple(folders_of(settings))
    meant = next((one for one in named if one == name), None)
    if meant is None:
        real = leads_to(str(Path(name).expanduser().absolute()), root, _PLACE)
        meant = next((one for one in named if _leads(one, root) == real), None)
    if meant is None:
        remedy = f"It names {', '.join(named)}." if named else "It names none at all."
        raise ProjectError.at(_PLACE, f"the project in {root} names no folder {name}.", remedy)
    real = allow_folder(meant, root, _PLACE)
    return f"The project in {root} may read {meant}{'' if str(real) == meant else f', which is {real}'}."


def _leads(declared: str, root: Path) -> Path | None:
    with suppress(ProjectError):
        return leads_to(declared, root, _PLACE)
    return None


def remember_typed(root: Path, leave: Leave) -> None:
    """Remember what the user typed when she made it a part of the project: secrets, and hosts that no project reads
    without her leave. Raises OutputError where it cannot be written down."""
    secrets = {name: (to,) for name, to in leave.secrets}
    hosts = tuple(to for to in leave.hosts if is_local(to))
    if secrets or hosts:
        remember(root, secrets, hosts)


def is_local(to: str) -> bool:
    """Whether a destination is, by its name or address, of this machine or the local network."""
    host, port = split_port(to)
    try:
        spots(host.strip("[]"), int(port), Permission(Path(), frozenset(), frozenset()))
    except LocalError:
        return True
    except (OSError, ValueError):
        return False
    return False


KINDS: dict[str, Callable[[str, Path], str]] = {
    "secret": _secret,
    "host": _host,
    "folder": _folder,
    "deliver": allow_delivery,
}
"""What can be allowed → how it is remembered."""
