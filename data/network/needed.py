"""All that a project needs of the user before it can be run without her: variables, hosts and folders."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from data.errors import ProjectError
from data.files.elsewhere import ElsewhereError, folder_named, where
from data.files.toml_file import TomlFile, read_toml
from data.files.world import variable
from data.network.allow import is_local
from data.network.apart import apart
from data.network.deliveries import may_deliver
from data.network.destination import HERE, destination, split_port
from data.network.folders import folder_to_allow, folders_of
from data.network.introduction import destinations
from data.network.leave import USUAL, Leave, Permission, permission
from data.network.patience import within
from data.network.secrets import allow_command
from data.settings.delivery import DeliverSettings
from data.settings.project import ProjectSettings
from data.settings.validated import validated

_PATIENCE = 10.0
"""Seconds in which a host has to be found, and a folder to say where it leads."""


class Need(Struct, frozen=True):
    """One thing that a project needs of the user."""

    what: str
    """It, as `allow` takes it: secret:NAME, host:NAME:PORT, a folder, or deliver:NAME."""
    use: str
    """What the project does with it: "send it to db.example.edu:5432"."""
    allowed: bool
    command: str
    """The command line that allows it."""
    variable: str = ""
    """The environment variable that has to be set; "" for a host and a folder."""

    @property
    def is_set(self) -> bool:
        """Whether its environment variable is set in this process; True where it needs none."""
        return not self.variable or bool(variable(self.variable))


def needs_of(root: Path, leave: Leave = USUAL) -> tuple[Need, ...]:
    """All that the project in `root` needs of the user, whether she has given it or not: variables, hosts, folders,
    places to deliver to.

    Hosts are those of this machine and the local network, as far as they are found now: others need no leave.
    Raises ProjectError where project.toml cannot be read.
    """
    root = root.resolve()
    file = read_toml(root / "project.toml", root)
    settings = validated(ProjectSettings, file)
    allowed = permission(root, leave)
    found = destinations(settings)
    secrets = [_secret(name, to, allowed) for to, names in sorted(found.items()) for name in sorted(names)]
    receivers = {destination(place.leads) for place in settings.deliver.values() if place.protocol}
    read = sorted(to for to in found if to != HERE and "${" not in to and to not in receivers)
    hosts = [_host(to, allowed) for to in read if _is_local(to)]
    folders = [_folder(declared, name, file, allowed) for declared, name in sorted(folders_of(settings).items())]
    places = [_place(name, place, allowed) for name, place in sorted(settings.deliver.items())]
    return (*secrets, *hosts, *folders, *places)


def missing_of(root: Path, leave: Leave = USUAL) -> tuple[Need, ...]:
    """What the project in `root` needs and the user has not allowed. Raises ProjectError as `needs_of` does."""
    return tuple(need for need in needs_of(root, leave) if not need.allowed)


def tells_people(root: Path) -> bool:
    """Whether the project in `root` tells anybody of its runs. Raises ProjectError as `needs_of` does."""
    return bool(validated(ProjectSettings, read_toml(root / "project.toml", root)).tell)


def _secret(name: str, to: str, allowed: Permission) -> Need:
    use = "name a file with it" if to == HERE else f"send it to {to}"
    may = allowed.grants(name) if "${" in to else allowed.may_send(name, to)
    return Need(f"secret:{name}", use, may, allow_command(f"secret:{name}", allowed.root), name)


def _host(to: str, allowed: Permission) -> Need:
    host, port = split_port(to)
    may = allowed.may_reach(host.strip("[]"), int(port))
    return Need(f"host:{to}", "read it", may, allow_command(f"host:{to}", allowed.root))


def _is_local(to: str) -> bool:
    try:
        return within(_PATIENCE, lambda: is_local(to))
    except TimeoutError:
        return False


def _place(name: str, place: DeliverSettings, allowed: Permission) -> Need:
    what = f"deliver:{name}"
    return Need(
        what, f"write documents to {place.to}", may_deliver(allowed.root, place), allow_command(what, allowed.root)
    )


def _folder(declared: str, source: str, file: TomlFile, allowed: Permission) -> Need:
    """A folder; where it leads elsewhere than it did, it is needed anew."""
    may = allowed.may_open(declared)
    if may:
        try:
            folder = folder_named(declared, allowed.root, file.place("sources", source, "folder"))
            may = allowed.may_read(declared, apart(_PATIENCE, lambda: where(folder)))
        except (ElsewhereError, TimeoutError, ChildProcessError):
            may = True  # it is not there now, which is another matter
        except ProjectError:
            may = False
    what = folder_to_allow(declared)
    return Need(what, "read files in it", may, allow_command(what, allowed.root))
