"""How this program is called, for the command lines that messages tell people to write."""

from __future__ import annotations

import sys
from pathlib import Path

INSTALLED = "fairsheet"
_CHECKOUT = "python generate.py"
HOME = Path(__file__).resolve().parent.parent
"""The folder that charts, data and reports lie in."""


def program() -> str:
    """What begins a command line of this run: `fairsheet`, `python -m fairsheet` or `python generate.py`."""
    called = Path(sys.argv[0] if sys.argv else "")
    if called.name == "__main__.py" and called.parent.name == INSTALLED:
        return f"python -m {INSTALLED}"
    in_wheel = (HOME / "__init__.py").is_file() and called.name != "generate.py"
    return INSTALLED if in_wheel or called.stem == INSTALLED else _CHECKOUT


def command_line() -> tuple[str, ...]:
    """What begins this program in a process of its own, from any folder and whatever the search path is."""
    if (HOME / "__init__.py").is_file():  # a wheel; without -P a module of the folder it starts in would be taken
        return sys.executable, "-P", "-m", INSTALLED
    return sys.executable, str(HOME / "generate.py")
