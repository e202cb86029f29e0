"""How this program is called, for the command lines that messages tell people to write."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from data.files.world import variable

INSTALLED = "fairsheet"
SCHEDULED = "FAIRSHEET_SCHEDULED"
"""The variable that names, in the runs of a schedule, its file of secrets: what such a run says is read elsewhere."""
_CHECKOUT = "python generate.py"
HOME = Path(__file__).resolve().parent.parent
"""The folder that charts, data and reports lie in."""


def program() -> str:
    """What begins a command line of this run: `fairsheet`, `python -m fairsheet` or `python generate.py`; in the runs
    of a schedule with its whole path, as far as that is known."""
    called = Path(sys.argv[0] if sys.argv else "")
    if called.name == "__main__.py" and called.parent.name == INSTALLED:
        script = Path(sys.executable).with_name(f"{INSTALLED}.exe" if sys.platform == "win32" else INSTALLED)
        return shlex.quote(str(script)) if variable(SCHEDULED) and script.is_file() else f"python -m {INSTALLED}"
    in_wheel = (HOME / "__init__.py").is_file() and called.name != "generate.py"
    return INSTALLED if in_wheel or called.stem == INSTALLED else _CHECKOUT


def command_line() -> tuple[str, ...]:
    """What begins this program in a process of its own, from any folder and whatever the search path is."""
    if (HOME / "__init__.py").is_file():  # a wheel; without -P a module of the folder it starts in would be taken
        return sys.executable, "-P", "-m", INSTALLED
    return sys.executable, str(HOME / "generate.py")
