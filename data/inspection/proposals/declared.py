"""Which tables of a project read a source already."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import cast

from data.files.world import content_of
from data.inspection.opening.opened import Opened
from data.inspection.proposals.proposed import Proposal


def same_table(
    content: Mapping[str, object], opened: Opened, proposal: Proposal, there: str | None, alone: bool
) -> tuple[str, str] | None:
    """The section and name of a declaration that reads what the proposal reads, or None.

    `content` is project.toml, `there` the path of the file in the project. Of a source with several sheets it has to
    be the same one; of a sheet with several tables, where the proposal's is not `alone`, it has to begin in the same
    place.
    """
    origin, read, shape = _proposed(proposal, there)
    for kind in ("tables", "sources"):
        for name, settings in _section(content.get(kind)).items():
            declared = _section(settings)
            if not _same_origin(declared, origin):
                continue
            how = _section(declared.get("read"))
            if kind == "sources":
                return kind, name
            same_part = _part(how, opened) == _part(read, opened) and declared.get("query") == origin.get("query")
            begins = (how.get("range"), _section(declared.get("shape")).get("header"))
            if same_part and (alone or begins == (read.get("range"), shape.get("header"))):
                return kind, name
    return None


def same_content(content: Mapping[str, object], root: Path, path: Path, there: str | None) -> list[tuple[str, str]]:
    """Files of the project's tables that hold the same bytes as `path` under another name, with the tables' names."""
    found: list[tuple[str, str]] = []
    for name, settings in _section(content.get("tables")).items():
        file = _section(settings).get("file")
        other = root / file if isinstance(file, str) and file != there else None
        if other is not None and other.is_file() and same_bytes(other, path):
            found.append((str(file), name))
    return found


def same_bytes(one: Path, other: Path) -> bool:
    """Whether two files hold the same."""
    return one.stat().st_size == other.stat().st_size and content_of(one) == content_of(other)


def _proposed(proposal: Proposal, there: str | None) -> tuple[dict[str, object], dict[str, object], dict[str, object]]:
    """Origin, read and shape of a proposal, as its section would say them."""
    origin, read = (proposal.origin, proposal.read) if proposal.source is None else proposal.source[1:]
    values: dict[str, object] = {name: setting.value for name, setting in origin.items()}
    if "file" in values:
        values["file"] = there
    shape: dict[str, object] = {name: setting.value for name, setting in proposal.shape.items()}
    return values, {name: setting.value for name, setting in read.items()}, shape


def _same_origin(declared: Mapping[str, object], origin: Mapping[str, object]) -> bool:
    file = origin.get("file")
    if isinstance(file, str) and any(fnmatchcase(file, pattern) for pattern in _patterns(declared.get("files"))):
        return True
    if isinstance(file, str):
        return PurePosixPath(str(declared.get("file"))) == PurePosixPath(file)
    return any(origin.get(name) is not None and declared.get(name) == origin[name] for name in ("url", "connection"))


def _patterns(files: object) -> list[str]:
    """The names and patterns under `files`."""
    listed = cast("list[object]", files) if isinstance(files, list) else [files]
    return [str(_section(one).get("file", one)) for one in listed if one]


def _part(read: Mapping[str, object], opened: Opened) -> object:
    """The sheet or list of records that settings mean; the only one where they do not say it."""
    sheet = read.get("sheet", read.get("records"))
    if isinstance(sheet, int) and 1 <= sheet <= len(opened.visible):
        return opened.visible[sheet - 1]
    return opened.visible[0] if sheet is None and len(opened.visible) == 1 else sheet


def _section(value: object) -> dict[str, object]:
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}
