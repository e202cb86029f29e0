"""Opens files, of this machine or just downloaded."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from data.errors import Place, ProjectError, nearest
from data.files.file_kinds import FILES, KIND_OF, kind_by_content
from data.files.project_file import refusal, refuse_other
from data.files.world import opened
from data.inspection.opening.file import File
from data.inspection.opening.opened import Opened, request
from data.inspection.words.setting import ProposedSetting
from data.network.leave import Leave
from data.sources import fetch
from data.sources.workbooks.workbook import workbook_kind

_PROBE = 200_000
_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin, and much else."""


def open_file(path: Path, shown: str) -> Opened:
    """A file of this machine; `shown` is how the user named it.

    Raises ProjectError where it is missing, empty, unreadable, or no kind of table.
    """
    place = Place(shown)
    try:
        path.stat()
    except FileNotFoundError:
        pass
    except (OSError, ValueError) as error:
        raise refusal(error, place, shown) from None
    if path.is_dir():
        raise ProjectError.at(place, "is a folder.", "Name a file in it.")
    if path.exists():
        refuse_other(path, place, shown)
    else:
        siblings = [p.name for p in path.parent.iterdir() if p.is_file()] if path.parent.is_dir() else []
        remedy = nearest(path.name, siblings) if siblings else "Check the path."
        raise ProjectError.at(place, "there is no such file.", remedy)
    start = _start(path, place)
    kind, read = _kind(path, start, place)
    origin = {"file": ProposedSetting(path.name, "")}
    return _looked_into(File(path, shown, KIND_OF[kind], start, read, origin, path, path.stem))


def open_address(address: str, folder: Path, root: Path, leave: Leave) -> Opened:
    """A file behind an address, downloaded into `folder`; offline the copy that the project in `root` has.

    Raises ProjectError where the address is wrong, SourceError where the server is out of order.
    """
    found = fetch(request(root, "the address", {"url": address}, leave=leave, parts=folder))
    path, kind = found.needed_path, found.kind
    name = PurePosixPath(unquote(urlsplit(address).path)).name
    read: dict[str, ProposedSetting] = {}
    if PurePosixPath(name).suffix.lower().removeprefix(".") not in FILES:
        read["format"] = ProposedSetting(kind, "What the server says that it is.")
    origin = {"url": ProposedSetting(address, "")}
    start = _start(path, Place(found.file))
    stem = PurePosixPath(name or path.name).stem
    return _looked_into(File(path, found.file, KIND_OF[kind], start, read, origin, None, stem))


def _start(path: Path, place: Place) -> bytes:
    """The first bytes of a file; ProjectError where it has none."""
    try:
        with opened(path) as stream:
            start = stream.read(_PROBE)
    except OSError as error:
        raise ProjectError.at(place, f"cannot be read: {error.strerror}.", "Check who may read it.") from None
    if not start.strip():
        raise ProjectError.at(place, "is empty.", "Name a file that holds a table.")
    return start


def _looked_into(file: File) -> Opened:
    opener: Callable[[File], Opened] = import_module(f"data.inspection.opening.{file.kind.opener}").opened
    return opener(file)


def _kind(path: Path, start: bytes, place: Place) -> tuple[str, dict[str, ProposedSetting]]:
    """The kind of file, by what is in it where its ending says nothing or something wrong."""
    ending = path.suffix.lower().removeprefix(".")
    named, own = KIND_OF.get(ending), kind_by_content(start)
    if own is not None and own.opener == "databases" and named is not own:
        raise ProjectError.at(place, f"is {own.called}.", f"Give it the ending .{own.endings[0]}.")
    found = workbook_kind(path, str(place)) if start.startswith(_PACKED) else own.name if own else ""
    if found and (named is None or named.opener == "texts"):
        return found, {"format": ProposedSetting(found, "By what the file holds, not by its name.")}
    if named is not None:
        return ending, {}
    if b"\0" in start[:4096] and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        kinds = ", ".join(f".{kind}" for kind in sorted(FILES))
        raise ProjectError.at(place, "is no kind of table that can be read.", f"Use one of: {kinds}.")
    return "csv", {"format": ProposedSetting("csv", "It is text, and its name does not say of what kind.")}
