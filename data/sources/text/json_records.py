"""Tables in JSON: a list of records, an object of lists, a list of lists, or one record a line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NoReturn, cast

from msgspec.structs import replace

from data.errors import Place, ProjectError, nearest
from data.files.file_kinds import KIND_OF
from data.sources.cell_text import cell_text
from data.sources.grid import QUERY, Grid
from data.sources.request import Request
from data.sources.result import nested, result_grid
from data.sources.text.decoding import decode
from data.sources.text.delimited import read_bytes


class _ConstantError(ValueError):
    """NaN and Infinity, which JSON does not have."""


class _RepeatedError(ValueError):
    """A name that stands twice in a record; Python would take the last value without a word."""


def _record(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _RepeatedError(next(name for name in names if names.count(name) > 1))
    return found


def read(request: Request) -> Grid:
    """The records of a JSON file under a header of their names, in order of first appearance.

    Raises ProjectError for text that is no JSON, for lists or records in a column that is asked for, and where the
    list of records has to be named.
    """
    file, options = request.file, request.options
    text = decode(read_bytes(request.needed_path, file), options.encoding, file)
    if not text.strip():
        raise ProjectError.at(Place(file), "is empty.", "Put at least one record into it.")
    if KIND_OF[request.kind].name == "jsonl":
        numbered = [(n, _parsed(line, file, n)) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
        lines = [number for number, _ in numbered]
        content: object = [record for _, record in numbered]
    else:
        lines, content = [], _parsed(text, file, 0)
    found = _found(content, options.records or "", request)
    header, rows = _table(found, request)
    if not rows:
        raise ProjectError.at(Place(file), "holds no records.", "Put at least one record into it.")
    grid = result_grid(file, header, rows, "record", QUERY)
    if lines and len(lines) == len(rows):
        return replace(grid, rows=(0, *lines), counted="")
    return grid


def _parsed(text: str, file: str, line: int) -> object:
    def refuse(word: str) -> NoReturn:
        raise _ConstantError(word)

    try:
        return json.loads(
            text, parse_float=Decimal, parse_int=Decimal, parse_constant=refuse, object_pairs_hook=_record
        )
    except json.JSONDecodeError as error:
        place = Place(file, line or error.lineno)
        message = f"is no JSON: {error.msg[:1].lower()}{error.msg[1:]} at column {error.colno}."
        raise ProjectError.at(place, message, "Check commas, quotes and brackets here.") from None
    except _RepeatedError as error:
        message = f"holds a record with two values for '{error}'."
        raise ProjectError.at(Place(file, line), message, "Keep the one that is meant.") from None
    except _ConstantError as error:
        raise ProjectError.at(
            Place(file, line), f"holds {error}, which JSON does not have.", "Write null for no value."
        ) from None
    except RecursionError:
        raise ProjectError.at(
            Place(file, line), "is nested too deeply to be a table.", "Take the list of records out of it."
        ) from None


def _found(content: object, path: str, request: Request) -> object:
    """What lies at `path` ("result.records"): keys of objects, or places in lists from 0."""
    place = request.at("read", "records")
    for part in path.split(".") if path else ():
        known = _members(content)
        if part not in known:
            remedy = nearest(part, known) if isinstance(content, dict) else "Check the path to the list of records."
            message = f"records = \"{path}\": {request.file} has no '{part}' there."
            raise ProjectError.at(place, message, remedy)
        content = known[part]
    return content


def _members(content: object) -> dict[str, object]:
    """What an object or a list holds, by key or by place from 0."""
    if isinstance(content, dict):
        return cast("dict[str, object]", content)
    if isinstance(content, list):
        return {str(place): item for place, item in enumerate(cast("list[object]", content))}
    return {}


def _table(content: Any, request: Request) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """Header and rows of a list of records, a list of lists, or an object of lists."""
    if isinstance(content, dict):
        return _columns(cast("dict[str, Any]", content), request)
    if not isinstance(content, list):
        raise _no_table(request, "holds no list of records.", "Name where it is under read: records = 'path.to.list'.")
    items = cast("list[Any]", content)
    if items and all(isinstance(item, list) for item in items):
        if not all(map(_is_plain, items[0])):
            raise _no_table(request, "has lists or records where the header should be.", "Mend the file.")
        header = tuple(map(cell_text, items[0]))
        uneven = next((i for i, item in enumerate(items) if len(item) != len(header)), None)
        if uneven is not None:
            raise _no_table(
                request, f"list {uneven} has {len(items[uneven])} items, the first has {len(header)}.", "Mend the file."
            )
        return header, [tuple(item) for item in items[1:]]
    wrong = next((i for i, item in enumerate(items, 1) if not isinstance(item, dict)), None)
    if wrong is not None:
        raise _no_table(request, f"record {wrong} is no record of names and values.", "Mend the file.")
    names = tuple(dict.fromkeys(str(name) for item in items for name in item))
    names = _flat(names, ([item.get(name) for item in items] for name in names), request)
    return names, [tuple(item.get(name) for name in names) for item in items]


def _columns(content: dict[str, Any], request: Request) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    lists = {name: cast("list[Any]", value) for name, value in content.items() if isinstance(value, list)}
    named = [name for name, value in lists.items() if value and isinstance(value[0], dict)]
    if named:
        raise _no_table(
            request,
            f"is an object; records are at {', '.join(repr(name) for name in named[:5])}.",
            f'Say so under read: records = "{named[0]}".',
        )
    if not content or len(lists) < len(content):
        raise _no_table(
            request,
            "is an object and no list of records.",
            "Name where the list is under read: records = 'path.to.list'.",
        )
    lengths = {name: len(value) for name, value in lists.items()}
    if len(set(lengths.values())) > 1:
        short, long = min(lengths, key=lengths.__getitem__), max(lengths, key=lengths.__getitem__)
        raise _no_table(
            request, f"'{short}' has {lengths[short]} values, '{long}' has {lengths[long]}.", "Mend the file."
        )
    names = _flat(tuple(lists), lists.values(), request)
    return names, list(zip(*(lists[name] for name in names), strict=True))


def _flat(names: Sequence[str], columns: Any, request: Request) -> tuple[str, ...]:
    """The names whose values are plain; ProjectError for one that is asked for and is not."""
    plain: list[str] = []
    for name, values in zip(names, columns, strict=True):
        if all(_is_plain(value) for value in values):
            plain.append(name)
        elif name in request.columns:
            raise nested(request.file, name)
    return tuple(plain)


def _is_plain(value: object) -> bool:
    return not isinstance(value, list | dict)


def _no_table(request: Request, message: str, remedy: str) -> ProjectError:
    return ProjectError.at(Place(request.file), message, remedy)
