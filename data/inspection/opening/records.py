"""Looks into JSON files: which lists of records they hold, and what is in one of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

from msgspec.structs import replace

from data.errors import ProjectError
from data.inspection.opening.file import File
from data.inspection.opening.opened import Opened, Read, SourcePart
from data.inspection.words.setting import ProposedSetting
from data.sources.text.decoding import decode
from data.sources.text.delimited import read_bytes

_DEPTH = 4


def opened(file: File) -> Opened:
    """The lists of records in a JSON file; one in which each line is a record has no other."""
    lines = file.kind.name == "jsonl"

    def read(part: str) -> Read:
        where = {"records": ProposedSetting(part, "The list of records is there.")} if part else {}
        return replace(file.cells({**file.read, **where}), left_out=nested_names(file.path, file.shown, part, lines))

    lists = [] if lines else record_lists(file.path, file.shown)
    return replace(file.in_parts(tuple(map(SourcePart, lists))), read=read)


def record_lists(path: Path, shown: str) -> list[str]:
    """Paths to the lists of records in a JSON object ("result.records"), the longest list first; none for a bare list.

    A file that is no JSON has none either: reading it says what is wrong.
    """
    try:
        content: object = json.loads(decode(read_bytes(path, shown), None, shown))
    except (ProjectError, ValueError, RecursionError):
        return []
    if not isinstance(content, dict):
        return []
    found: dict[str, int] = {}
    _collect(content, "", found, _DEPTH)  # pyright: ignore[reportUnknownArgumentType]  # JSON holds anything
    return sorted(found, key=lambda name: -found[name])


def nested_names(path: Path, shown: str, records: str, lines: bool) -> tuple[str, ...]:
    """Names under which records hold lists or records, which no table can; `lines` says that each line is a record."""
    try:
        text = decode(read_bytes(path, shown), None, shown)
        content: object = [json.loads(line) for line in text.split("\n") if line.strip()] if lines else json.loads(text)
    except (ProjectError, ValueError, RecursionError):
        return ()
    for part in records.split(".") if records else ():
        content = cast("dict[str, object]", content).get(part) if isinstance(content, dict) else None
    if not isinstance(content, list):
        return ()
    items = [cast("dict[str, object]", item) for item in cast("list[object]", content) if isinstance(item, dict)]
    return tuple(
        dict.fromkeys(name for item in items for name, value in item.items() if isinstance(value, list | dict))
    )


def _collect(content: object, prefix: str, found: dict[str, int], depth: int) -> None:
    if not isinstance(content, dict) or depth == 0:
        return
    for key, value in content.items():  # pyright: ignore[reportUnknownVariableType]  # JSON holds anything
        name = f"{prefix}{key}"
        if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):  # pyright: ignore[reportUnknownVariableType]  # JSON holds anything
            found[name] = len(value)  # pyright: ignore[reportUnknownArgumentType]  # JSON holds anything
        elif "." not in str(key):  # pyright: ignore[reportUnknownArgumentType]  # JSON holds anything
            _collect(value, f"{name}.", found, depth - 1)  # pyright: ignore[reportUnknownArgumentType]  # JSON holds anything
