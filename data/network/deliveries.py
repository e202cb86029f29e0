"""Leave to deliver: documents go to no folder and no host that the user did not allow this project, and as it is
written now."""

from __future__ import annotations

from pathlib import Path

from data.errors import Place, ProjectError, nearest
from data.files.toml_file import read_toml
from data.files.world import variable
from data.network.apart import apart
from data.network.remembered import remember_target, targets
from data.network.secrets import allow_command
from data.settings.delivery import DeliverSettings
from data.settings.project import ProjectSettings
from data.settings.validated import validated

TARGETS = "FAIRSHEET_DELIVERIES"
"""Environment variable with places that any project may deliver to which names them so, divided by blanks."""
_PATIENCE = 20.0
"""Seconds in which a folder has to say where it leads."""


def signed(place: DeliverSettings) -> str:
    """What leave is given for: the place as the project writes it, and the host that is asked for it."""
    return f"{place.to} at {place.endpoint}" if place.endpoint else place.to


def may_deliver(root: Path, place: DeliverSettings) -> bool:
    """Whether the project in `root` may deliver there. Its own folder is no other place."""
    if signed(place) in targets(root) or place.to in variable(TARGETS).split():
        return True
    return not place.protocol and _is_inside(folder_of(place, root), root)


def folder_of(place: DeliverSettings, root: Path) -> Path:
    """The folder that a place without a protocol is, from the project's folder on; nobody has looked at it yet."""
    return root.resolve() / Path(place.to).expanduser()


def _is_inside(folder: Path, root: Path) -> bool:
    """Whether a folder lies in the project's, links followed; one that does not answer does not."""
    try:
        return apart(_PATIENCE, folder.resolve).is_relative_to(root.resolve())
    except (TimeoutError, ChildProcessError):
        return False


def not_allowed(name: str, settings: DeliverSettings, place: Place, root: Path) -> ProjectError:
    """The error for a place that the user did not allow."""
    return ProjectError.at(
        place,
        f"the project wants to deliver its documents to {signed(settings)}; you have not allowed that.",
        f"If it is right: {allow_command(f'deliver:{name}', root)}.",
    )


def allow_delivery(name: str, root: Path) -> str:
    """Remember that the project in `root` may deliver to the place it calls so; gives the sentence that says it.

    Raises ProjectError where it names no such place, OutputError where it cannot be written down.
    """
    settings = validated(ProjectSettings, read_toml(root / "project.toml", root))
    place = settings.deliver.get(name)
    if place is None:
        known = sorted(settings.deliver)
        remedy = nearest(name, known) if known else "It delivers to no place at all."
        raise ProjectError.at(Place("allow"), f"the project in {root} has no [deliver.{name}].", remedy)
    remember_target(root, signed(place))
    return f"The project in {root} may deliver its documents to {signed(place)}."
