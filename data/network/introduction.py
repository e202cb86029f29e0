"""Tells the user beforehand which hosts a project contacts, with which of her secrets, and which folders it reads."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from data.errors import OutputError, Place, ProjectError
from data.files.toml_file import read_toml
from data.network.destination import HERE, destination
from data.network.folders import allow_folder, folders_of
from data.network.leave import Leave, permission
from data.network.remembered import note_told, remember, was_told
from data.network.said import host_line, one_line
from data.network.secrets import names_in, shown
from data.settings.project import ProjectSettings
from data.settings.sources import SourceSettings
from data.settings.validated import validated


def destinations(settings: ProjectSettings) -> dict[str, set[str]]:
    """Every destination of a project, and the names of the environment variables that it would send there."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    sources: list[SourceSettings] = [*settings.sources.values(), *settings.tables.values()]
    for source in sources:
        address = source.url or source.connection
        if address is not None:
            sent = (address, *(source.read.headers.values() if source.url else ()))
            found[destination(address)].update(name for text in sent for name in names_in(text))
    for place in settings.deliver.values():
        if place.protocol:
            sent = (place.leads, *place.secrets.values())
            found[destination(place.leads)].update(name for text in sent for name in names_in(text))
    for tell in settings.tell.values():
        found[destination(tell.url)].update(names_in(tell.url))
    return dict(found)


def introduced(
    root: Path,
    settings: ProjectSettings,
    leave: Leave,
    ask: Callable[[str], bool] | None = None,
    tell: Callable[[str], None] = lambda words: print(words, file=sys.stderr, flush=True),
) -> Leave:
    """Tell what the project in `root` will contact: the first time on this machine, and when that changed.

    `ask` puts a question to the user where there is a terminal; each variable that she allows is remembered with the
    hosts that it goes to. Gives `leave` with a note that this was done.
    """
    if leave.offline or leave.introduced:
        return leave
    found = destinations(settings)
    told = [f"{host_line(shown(to))}{_with(names)}" for to, names in sorted(found.items()) if to != HERE]
    told += [f"the folder {one_line(folder)}" for folder in sorted(folders_of(settings))]
    if told and not was_told(root, told):
        tell(f"{root} contacts:\n" + "".join(f"  {line}\n" for line in told).rstrip("\n"))
        note_told(root, told)
    if ask is not None:
        allowed = permission(root, leave)
        wanted = {(name, to) for to, names in found.items() for name in names if not allowed.may_send(name, to)}
        for name, to in sorted(wanted):
            if ("${" in to and allowed.grants(name)) or not ask(
                f"May the project in {root} send your environment variable {name} to {host_line(shown(to))}?"
            ):
                continue
            leave = replace(leave, secrets=leave.secrets | {(name, to)})
            try:
                remember(root, {name: (to,)}, ())
            except OutputError as error:
                tell(f"This holds for this run only: {error}")
        for folder in sorted(folders_of(settings)):
            if allowed.may_open(folder) or not ask(f"May the project in {root} read the folder {one_line(folder)}?"):
                continue
            try:
                allow_folder(folder, root, Place("allow"))
            except (ProjectError, OutputError) as error:
                tell(str(error))
    return replace(leave, introduced=True)


def prepared(root: Path, leave: Leave, ask: Callable[[str], bool] | None) -> Leave:
    """The same for a project that was not read yet. What is wrong with its file is told by who reads it."""
    try:
        settings = validated(ProjectSettings, read_toml(root / "project.toml", root))
    except ProjectError:
        return leave
    return introduced(root.resolve(), settings, leave, ask)


def _with(names: set[str]) -> str:
    return (
        f", with your environment variable{'s' if len(names) > 1 else ''} {', '.join(sorted(names))}" if names else ""
    )
