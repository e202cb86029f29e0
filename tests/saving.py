"""A process that saves a few files and is stopped at one of its system calls."""

from __future__ import annotations

import hashlib
import mmap
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from data.files import folder as door
from reports.runs.save import Saved, output_folder, save

CALLS = (
    "open", "fdopen", "fsync", "replace", "rename", "link", "symlink", "readlink", "unlink", "rmdir", "mkdir", "stat",
    "scandir",
)  # fmt: skip
"""What data/files/folder.py asks of the system."""
NAMES = ("a", "b", "c")


def content(name: str, version: str) -> bytes:
    return f"{name} of edition {version}".encode()


def manifest(version: str) -> dict[str, object]:
    outputs = {n: {"file": f"{n}.pdf", "sha256": hashlib.sha256(content(n, version)).hexdigest()} for n in NAMES}
    return {"outputs": outputs, "edition": version}


def saved(path: Path, version: str, names: tuple[str, ...] = NAMES) -> list[Saved]:
    """Save an edition of small files as a build does."""
    files = {name: (f"{name}.pdf", content(name, version)) for name in names}
    with output_folder(path, path.parent / "project") as folder:
        return save(folder, files, lambda _: manifest(version), overwrite=False)


def found(path: Path) -> dict[str, str]:
    """Everything in the folder: name → text."""
    return {p.name: p.read_text("utf-8") for p in sorted(path.iterdir())} if path.exists() else {}


def at_call(number: int, happens: Callable[[], None]) -> None:
    """From now on, in this process and those that it forks, `happens` before the system call of that number."""
    calls = mmap.mmap(-1, 8)

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **named: object) -> object:
            made = int.from_bytes(calls[:8], "little") + 1
            calls[:8] = made.to_bytes(8, "little")
            if made == number:
                happens()
            return real(*arguments, **named)

        return call

    stand_in = type("System", (), {name: getattr(os, name) for name in dir(os)})
    for name in CALLS:
        setattr(stand_in, name, staticmethod(counted(getattr(os, name))))
    for name in set(dir(os)) - set(CALLS):
        value = getattr(os, name)
        setattr(stand_in, name, staticmethod(value) if callable(value) and not isinstance(value, type) else value)
    door.os = stand_in


def in_child(action: Callable[[], None]) -> int:
    """Run something in a process of its own; gives how that ended: 0, or what it was ended with."""
    child = os.fork()
    if not child:
        code = 1
        with suppress(BaseException):
            action()
            code = 0
        os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed(path: Path, number: int) -> int:
    """Save an edition, and the next in a process that is killed before the system call of that number; gives how it
    ended: 9, or 0 where it makes fewer calls."""
    saved(path, "1")

    def dying() -> None:
        at_call(number, lambda: os._exit(9))
        saved(path, "2")

    return in_child(dying)
