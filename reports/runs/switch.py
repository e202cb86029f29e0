"""Several files change as one: all of them or none, also when the process is killed or the power goes."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from data.errors import Place, ProjectError
from data.files.folder import Folder, is_name
from data.files.open_elsewhere import patiently
from reports.runs.seal import is_sealed, own_secret, seal

JOURNAL = ".fairsheet-pending.json"
"""Says, while files change places, how to undo it; sealed, because undoing takes files away."""
_LITTER = re.compile(r"\.[^/\\]+\.[0-9a-f]{16}\.(part|earlier)")


class _Change(Struct, frozen=True):
    """One file on its way."""

    part: str
    target: str
    earlier: str | None
    """The second name of the file that is replaced; None where there was none."""
    before: str | None
    after: str
    """SHA-256 of the content before and after."""


def switch(folder: Folder, files: Sequence[tuple[str, bytes]]) -> None:
    """Put the files into the folder, in this order. When one of them cannot be, all are as they were.

    `files` are names and contents. The run must hold the folder alone. One that a program has open is tried again for
    some seconds. Raises OSError as the system does,
    ProjectError where a link or a folder has one of the names.
    """
    for target in (JOURNAL, *(target for target, _ in files)):
        folder.refuse_link(target)
    changes: list[_Change] = []
    secret = own_secret()
    try:
        for target, content in files:
            part = folder.part(target, content)
            changes.append(_Change(part, target, None, None, hashlib.sha256(content).hexdigest()))
        for number, change in enumerate(changes):
            before = folder.checksum(change.target)
            if before is not None:
                earlier = f".{change.target}.{secrets.token_hex(8)}.earlier"
                changes[number] = _Change(change.part, change.target, earlier, before, change.after)
                folder.second_name(change.target, earlier)
        folder.write(JOURNAL, _sealed(changes, secret))
        for change in changes:
            patiently(partial(folder.rename, change.part, change.target))
        folder.flush()
    except BaseException:  # an interruption too leaves nothing half done
        _undo(folder, changes)
        raise
    with suppress(OSError):  # the files are there; what is left over goes with the next run
        _tidy(folder, changes)


def recover(folder: Folder) -> None:
    """Undo what a killed run had begun to change, and clear away what it left. The run must hold the folder alone.

    A file that somebody has edited since stays as it is. Raises ProjectError where a journal is not this user's own.
    """
    changes = _journal(folder)
    if changes and not all(_sum(folder, change.target) == change.after for change in changes):
        _undo(folder, changes)
    with suppress(OSError):
        folder.remove(JOURNAL)
        for name in folder.names():
            if _LITTER.fullmatch(name):
                folder.remove(name)


def _undo(folder: Folder, changes: Sequence[_Change]) -> None:
    """Give every file its earlier content back. May be broken off and begun again."""
    for change in reversed(changes):
        if _sum(folder, change.target) == change.after != change.before:
            if change.earlier is None:
                folder.remove(change.target)
            elif folder.state(change.earlier) is not None:
                folder.rename(change.earlier, change.target)
    folder.flush()
    _tidy(folder, changes)


def _sum(folder: Folder, name: str) -> str | None:
    """The checksum of a file; None of what is none, such as a link that somebody has put there meanwhile."""
    with suppress(ProjectError):
        return folder.checksum(name)
    return None


def _tidy(folder: Folder, changes: Sequence[_Change]) -> None:
    """Take away the journal, then the names that only it knew."""
    folder.remove(JOURNAL)
    for change in changes:
        folder.remove(change.part)
        if change.earlier is not None:
            folder.remove(change.earlier)


def _sealed(changes: Sequence[_Change], secret: bytes) -> bytes:
    """A journal as it stands in the folder."""
    said = [asdict(change) for change in changes]
    return json.dumps({"changes": said, "seal": seal(_text(said), secret)}).encode()


def _text(changes: object) -> bytes:
    return json.dumps(changes, sort_keys=True).encode()


def _journal(folder: Folder) -> list[_Change]:
    """What a run was about to change; nothing where no journal of ours can be read."""
    content = folder.read(JOURNAL)
    if content is None:
        return []
    with suppress(ValueError, TypeError, KeyError, RecursionError):
        found: dict[str, Any] = json.loads(content)
        changes = [_Change(**said) for said in found["changes"]]
        if all(is_name(c.target) and all(_LITTER.fullmatch(n) for n in (c.part, c.earlier) if n) for c in changes):
            if not is_sealed(_text(found["changes"]), str(found["seal"]), own_secret()):
                raise ProjectError.at(
                    Place(str(folder.path / JOURNAL)),
                    "tells of a build that was broken off, and was not written by you on this machine; "
                    "undoing it would take files away.",
                    "If another machine writes here too, build there once; else delete that file and build again.",
                )
            return changes
    return []
