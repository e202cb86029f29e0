"""Which time a schedule means: that of a zone that the user names, else the system's."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from data.errors import Place, ProjectError, nearest
from data.files.world import text_of

_LINK, _NAMED = Path("/etc/localtime"), Path("/etc/timezone")
_STEP, _COMPARED = datetime.timedelta(hours=6), 366 * 4 * 2
"""How far apart, and how many, the moments of two years are at which two zones are compared."""


def zone_named(name: str) -> ZoneInfo:
    """The zone of a name such as Europe/Zurich. Raises ProjectError where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a path that leads out, or a folder of zones
        known = available_timezones()
        remedy = nearest(name, known) if known else "This Python knows no zones: pip install tzdata."
        if remedy.startswith("Known"):
            remedy = "Write the name of its largest city, such as Europe/Zurich or America/New_York."
        raise ProjectError.at(Place("--zone"), f"'{name}' is no time zone.", remedy) from None


def system_zone(link: Path = _LINK, named: Path = _NAMED) -> ZoneInfo:
    """The zone that the system's own clock shows, whatever TZ says in one terminal: schedulers do not hear of it.

    Raises ProjectError where the system does not say.
    """
    if sys.platform == "win32":
        from babel.localtime import get_localzone

        return zone_named(str(get_localzone()))
    found = ""
    if link.is_symlink():
        found = link.resolve().as_posix().rpartition("zoneinfo/")[2]
    elif named.is_file():
        found = text_of(named).strip()
    elif not link.exists():
        found = "UTC"
    if not found:
        raise ProjectError.at(
            Place("--zone"), "the system does not name its time zone.", "Say it: --zone Europe/Zurich"
        )
    return zone_named(found)


def are_alike(one: ZoneInfo, other: ZoneInfo, now: datetime.datetime) -> bool:
    """Whether two zones show the same time for the next two years, whatever their names."""
    moments = (now + number * _STEP for number in range(_COMPARED))
    return one.key == other.key or all(
        moment.astimezone(one).utcoffset() == moment.astimezone(other).utcoffset() for moment in moments
    )
