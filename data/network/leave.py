"""What the user lets a project contact and open, and with which of her secrets: in the environment, remembered, or
typed."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct

from data.files.world import variable
from data.network.destination import VARIABLE, covers, destination, split_port
from data.network.remembered import Remembered, remembered

SECRETS = "FAIRSHEET_SECRETS"
"""Environment variable with names of secrets that any project may use: NAME,OTHER@host[:port]."""
HOSTS = "FAIRSHEET_HOSTS"
"""Environment variable with hosts of this machine and the local network that any project may read: host[:port],..."""
FOLDERS = "FAIRSHEET_FOLDERS"
"""Environment variable with folders that any project may read which names them so, divided as those of PATH are."""


class Leave(Struct, frozen=True):
    """What the user said for one run."""

    offline: bool = False
    """Whether nothing may be contacted."""
    secrets: frozenset[tuple[str, str]] = frozenset()
    """Names of environment variables that she typed herself, each with the destination that she typed it for."""
    hosts: frozenset[str] = frozenset()
    """Destinations that she typed herself."""
    afresh: bool = False
    """Whether all is asked for again, also what its source says has not changed."""
    introduced: bool = False
    """Whether she was told already which hosts the project contacts."""


USUAL = Leave()
"""Where the user said nothing."""


class Permission(Struct, frozen=True):
    """Everything that a project may do outside of its folder in one run."""

    root: Path
    secrets: frozenset[tuple[str, str]]
    """Name and destination; "" for any."""
    hosts: frozenset[str]
    folders: frozenset[tuple[str, str]] = frozenset()
    """A folder as the project names it, and where that led when it was allowed; "" for wherever it leads."""

    def grants(self, name: str) -> bool:
        """Whether a variable may be used for anything at all."""
        return any(one == name for one, _ in self.secrets)

    def may_send(self, name: str, destination: str) -> bool:
        """Whether a variable may go to a destination."""
        return any(one == name and (not to or covers(to, destination)) for one, to in self.secrets)

    def may_open(self, folder: str) -> bool:
        """Whether a folder outside of the project, as the project names it, may be looked into at all."""
        return any(one == folder for one, _ in self.folders)

    def may_read(self, folder: str, real: Path) -> bool:
        """Whether it may be read where it leads now."""
        return any(one == folder and to in ("", str(real)) for one, to in self.folders)

    def may_reach(self, host: str, port: int) -> bool:
        """Whether a host of this machine or the local network may be read."""
        named = f"[{host.lower()}]" if ":" in host else host.lower().rstrip(".")
        return any(covers(one, f"{named}:{port}") for one in self.hosts)


def typed(target: str, offline: bool = False) -> Leave:
    """Leave for an address that the user typed: she may send what she names in it, and read the host, this once."""
    names = VARIABLE.findall(target)
    leads = destination(VARIABLE.sub(lambda found: variable(found[1]), target))
    return Leave(offline, frozenset((name, destination(target)) for name in names), frozenset((leads,)))


def permission(root: Path, leave: Leave) -> Permission:
    """What the project in `root` may do."""
    root = root.resolve()
    kept: Remembered = remembered(root)
    secrets = {(name, _as_host(host) if host else "") for name, _, host in (s.partition("@") for s in _listed(SECRETS))}
    secrets |= {(name, to) for name, hosts in kept.secrets.items() for to in hosts}
    hosts = {_as_host(host) for host in _listed(HOSTS)} | set(kept.hosts)
    folders = {(one, "") for one in variable(FOLDERS).split(os.pathsep) if one} | set(kept.folders.items())
    return Permission(root, frozenset(secrets) | leave.secrets, frozenset(hosts) | leave.hosts, frozenset(folders))


def _listed(name: str) -> list[str]:
    return [part.strip() for part in variable(name).split(",") if part.strip()]


def _as_host(text: str) -> str:
    host, port = split_port(text.lower())
    return f"{host.rstrip('.')}:{port}" if port else host.rstrip(".")
