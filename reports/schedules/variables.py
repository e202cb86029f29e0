"""What a scheduled run is given of the environment: a little of the system's, and the user's own file of secrets."""

from __future__ import annotations

import os
import re
import stat
import sys
from pathlib import Path

from data.errors import Place, ProjectError
from data.files.world import content_of, variable
from data.program import SCHEDULED

_PLACES = ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME")
"""Where the user's folders are. Schedulers do not hear of what her terminal says."""
_HANDED_ON = (
    "HOME", "USER", "LOGNAME", "PATH", "TMPDIR", "XDG_RUNTIME_DIR", *_PLACES,
    "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "TEMP", "TMP", "USERNAME", "USERDOMAIN", "USERPROFILE",
    "HOMEDRIVE", "HOMEPATH", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA",
)  # fmt: skip
"""What a run needs of a system, Windows in the end."""
_LINE = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)=(.*)")
_SECRET_FROM = 4
"""Characters of a value that is masked: shorter ones are part of many words."""


def places() -> dict[str, str]:
    """The variables that say where the user's folders are, where she has set them."""
    return {name: variable(name) for name in _PLACES if variable(name)}


def environment(zone: str, file: Path, said: dict[str, str]) -> dict[str, str]:
    """The whole environment of a run: what the system needs, the schedule's zone, its file of secrets and what that
    says."""
    lean = {name: variable(name) for name in _HANDED_ON if variable(name)}
    lean.setdefault("PATH", os.defpath)
    if sys.platform != "win32":  # whose own zones have other names
        lean["TZ"] = zone
        lean["LANG"] = "C.UTF-8"
    return {**lean, SCHEDULED: str(file), **said}


def read_variables(path: Path) -> dict[str, str]:
    """What a file of lines NAME=value says; nothing where there is no file.

    Raises ProjectError for a file that others may read, and for lines of another form, which are not repeated.
    """
    try:
        found = path.stat()
        text = content_of(path).decode("utf-8-sig")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise ProjectError.at(Place(str(path)), f"cannot be read: {type(error).__name__}.", "Look at it.") from None
    if os.name == "posix" and stat.S_IMODE(found.st_mode) & 0o077:
        remedy = f"Keep your secrets yours: chmod 600 '{path}'"
        raise ProjectError.at(Place(str(path)), "may be read by others than you.", remedy)
    said: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip()
        if not bare or bare.startswith("#"):
            continue
        shape = _LINE.fullmatch(bare)
        if shape is None or "\0" in bare:
            raise ProjectError.at(Place(str(path), number), "is no line NAME=value.", "Write such as DB_PASSWORD=...")
        value = shape[2].strip()
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        said[shape[1]] = value
    return said


def secrets_in(said: dict[str, str]) -> tuple[str, ...]:
    """The values that must be in no log, the longest first; settings of Fairsheet's own are none."""
    found = {value for name, value in said.items() if not name.startswith("FAIRSHEET_") and len(value) >= _SECRET_FROM}
    return tuple(sorted(found, key=len, reverse=True))
