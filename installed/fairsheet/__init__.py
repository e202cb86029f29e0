"""The command `fairsheet` of an installation: it puts Fairsheet's own folder before all others and runs `generate`.

A wheel carries the whole tree in this one package, because the names `data`, `charts` and `reports` belong to others.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

_OURS = ("data", "charts", "reports", "generate")
"""In the order of their imports: each is looked at before the next one asks it for something."""


class InTheWayError(ImportError):
    """Other modules have the names of Fairsheet's own in this process."""


def home() -> Path:
    """The folder that holds `generate.py` and the packages: this one in a wheel, the checkout in development."""
    here = Path(__file__).resolve().parent
    return here if (here / "generate.py").is_file() else here.parent.parent


def put_first(names: Sequence[str] = _OURS) -> None:
    """Make this process, and those that it begins, find Fairsheet's own modules, whatever else has their names.

    Raises InTheWayError where the process has loaded other modules of these names already.
    """
    folder = str(home())
    sys.path[:] = [folder, *(entry for entry in sys.path if entry != folder)]
    for name in names:
        found = getattr(import_module(name), "__file__", None)
        if found is None or not Path(found).resolve().is_relative_to(folder):
            raise InTheWayError(
                f"Another module named '{name}' is in the way of Fairsheet's: {found or 'a folder of that name'}."
            )


def run() -> None:
    """The program as a process, with the sub-commands of `python generate.py`."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # until `generate.run`: there is nothing to undo
    try:
        put_first(_OURS[:-1])
        if import_module("reports.runs.standing").told_again(sys.argv[1:]):  # and nothing else is to be imported
            sys.exit(0)
        put_first()
    except InTheWayError as error:
        print(f"{error} Install Fairsheet alone, such as with pipx.", file=sys.stderr)
        sys.exit(2)
    import_module("generate").run()
