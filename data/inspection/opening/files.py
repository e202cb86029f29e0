"""Opens files, of this machine or just downloaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from data.errors import Place, Problem, ProjectError, nearest
from data.file_kinds import FILES, kinds_read_by
from data.inspection.opening.databases import open_sqlite
from data.inspection.opening.formats import column_formats
from data.inspection.opening.opened import Opened, Part, Read, plain_values, request
from data.inspection.opening.records import nested_names, record_lists
from data.inspection.opening.text_sample import SAMPLE, beginning, delimiter, encoding_reason
from data.inspection.setting import Setting
from data.network.leave import Leave
from data.project_file import refusal, refuse_other
from data.sources import fetch, read_source
from data.sources.decoding import ENCODINGS, likely_encoding
from data.sources.grid import ROWS
from data.sources.workbook import sheet_names, workbook_kind

_WORKBOOKS = kinds_read_by("workbook")
_TEXTS = ("csv", "tsv", "txt")
_COLUMNAR = kinds_read_by("columnar")
_DATABASES = ("sqlite", "sqlite3", "db")
_SAME = {"xlsm": "xlsx", "feather": "arrow", "ndjson": "jsonl"}
"""Endings → how `read.format` calls what they hold."""
_LARGE = 30_000_000
"""Bytes of a text file that is looked at as a whole; of a larger one the beginning is."""
_PROBE = 200_000
_RECORDS = 20_000
_PLAIN = ("utf-8", "utf-8-sig", "utf-16")
"""Encodings that need not be declared."""


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
        raise ProjectError(Problem(place, "is a folder.", "Name a file in it."))
    if path.exists():
        refuse_other(path, place, shown)
    else:
        siblings = [p.name for p in path.parent.iterdir() if p.is_file()] if path.parent.is_dir() else []
        remedy = nearest(path.name, siblings) if siblings else "Check the path."
        raise ProjectError(Problem(place, "there is no such file.", remedy))
    start = _start(path, place)
    kind, read = _kind(path, start, place)
    if kind in _DATABASES:
        return open_sqlite(path, shown)
    return _opened(path, shown, kind, start, read, {"file": Setting(path.name, "")}, path)


def open_address(address: str, folder: Path, root: Path, leave: Leave) -> Opened:
    """A file behind an address, downloaded into `folder`; offline the copy that the project in `root` has.

    Raises ProjectError where the address is wrong, SourceError where the server is out of order.
    """
    found = fetch(request(root, "the address", {"url": address}, leave=leave, parts=folder))
    path, kind = found.needed_path, found.kind
    name = PurePosixPath(unquote(urlsplit(address).path)).name
    read: dict[str, Setting] = {}
    if PurePosixPath(name).suffix.lower().removeprefix(".") not in FILES:
        read["format"] = Setting(kind, "What the server says that it is.")
    if kind in _DATABASES:
        raise ProjectError(Problem(Place(found.file), "is a database.", "Download it, and look at the file."))
    origin = {"url": Setting(address, "")}
    return _opened(path, found.file, kind, _start(path, Place(found.file)), read, origin, None, name)


def _start(path: Path, place: Place) -> bytes:
    """The first bytes of a file; ProjectError where it has none."""
    try:
        with path.open("rb") as stream:
            start = stream.read(_PROBE)
    except OSError as error:
        raise ProjectError(Problem(place, f"cannot be read: {error.strerror}.", "Check who may read it.")) from None
    if not start.strip():
        raise ProjectError(Problem(place, "is empty.", "Name a file that holds a table."))
    return start


def _opened(
    path: Path,
    shown: str,
    kind: str,
    start: bytes,
    read: Mapping[str, Setting],
    origin: Mapping[str, Setting],
    local: Path | None,
    name: str = "",
) -> Opened:
    stem = PurePosixPath(name or path.name).stem
    size = path.stat().st_size
    kind = _SAME.get(kind, kind)
    forced = {"format": kind}

    def plainly(options: Mapping[str, Setting]) -> Read:
        asked = request(path.parent, shown, {"file": path.name, "read": {**forced, **plain_values(options)}}, path)
        return Read(read_source(asked), options, {})

    if kind in _TEXTS:
        return _text(path, shown, kind, start, read, origin, local, stem)
    if kind in _WORKBOOKS:
        sheets = sheet_names(path, shown)
        visible = [sheet.name for sheet in sheets if not sheet.hidden]

        def sheet(part: str) -> Read:
            alone = visible == [part]
            found = plainly(read if alone else {**read, "sheet": Setting(part, "")})
            return replace(found, formats=column_formats(found.grid))

        parts = tuple(Part(s.name, s.hidden) for s in sheets)
        return Opened(stem, origin, parts, sheet, size=size, path=local)
    if kind in ("json", "jsonl"):
        lists = record_lists(path, shown) if kind == "json" else []

        def records(part: str) -> Read:
            where = {"records": Setting(part, "The list of records is there.")} if part else {}
            return replace(plainly({**read, **where}), left_out=nested_names(path, shown, part, kind == "jsonl"))

        return Opened(stem, origin, tuple(Part(name) for name in lists), records, size=size, path=local)
    if kind in _COLUMNAR:

        def columns(_: str) -> Read:
            found, nested = _columnar(path, shown, kind, read)
            return replace(found or plainly(read), left_out=nested)

        return Opened(stem, origin, (), columns, size=size, path=local)
    return Opened(stem, origin, (), lambda _: plainly(read), size=size, path=local)


def _kind(path: Path, start: bytes, place: Place) -> tuple[str, dict[str, Setting]]:
    """The kind of file, by what is in it where its ending says nothing or something wrong."""
    ending = path.suffix.lower().removeprefix(".")
    found = ""
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        found = workbook_kind(path, str(place))
    elif start.startswith(b"PAR1"):
        found = "parquet"
    elif start.startswith(b"ARROW1"):
        found = "arrow"
    elif start.startswith(b"SQLite format 3\0") and ending not in _DATABASES:
        raise ProjectError(Problem(place, "is an SQLite database.", "Give it the ending .sqlite."))
    if found and (ending not in FILES or ending in _TEXTS):
        return found, {"format": Setting(found, "By what the file holds, not by its name.")}
    if ending in FILES:
        return ending, {}
    if b"\0" in start[:4096] and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        kinds = ", ".join(f".{kind}" for kind in sorted(FILES))
        raise ProjectError(Problem(place, "is no kind of table that can be read.", f"Use one of: {kinds}."))
    return "csv", {"format": Setting("csv", "It is text, and its name does not say of what kind.")}


def _text(
    path: Path,
    shown: str,
    kind: str,
    start: bytes,
    read: Mapping[str, Setting],
    origin: Mapping[str, Setting],
    local: Path | None,
    stem: str,
) -> Opened:
    options = dict(read)
    size = path.stat().st_size
    large = size > _LARGE
    raw = (start[: start.rfind(b"\n") + 1] or start) if large else path.read_bytes()
    encoding = likely_encoding(raw)
    if encoding not in ENCODINGS:
        raise ProjectError(
            Problem(Place(shown), f"is text in {encoding}, in which no table is read.", "Save the file as UTF-8.")
        )
    if encoding not in _PLAIN:
        options["encoding"] = Setting(encoding, encoding_reason(raw, encoding))
    text = start.decode(encoding, errors="replace").removeprefix("\ufeff")
    usual = "\t" if kind == "tsv" else ","
    mark, reason = delimiter(text, usual)
    if mark != usual:
        options["delimiter"] = Setting(mark, reason)

    def cells(_: str) -> Read:
        if large:
            said = f"Only the first {SAMPLE // 1_000_000} of {size / 1e6:,.0f} MB were looked at."
            return Read(beginning(path, shown, encoding, mark), options, {}, said)
        values = {"format": "csv" if kind == "txt" else kind, **plain_values(options)}
        try:
            return Read(
                read_source(request(path.parent, shown, {"file": path.name, "read": values}, path)), options, {}
            )
        except ProjectError:
            if raw.count(b"\n") <= ROWS:
                raise
            grid = beginning(path, shown, encoding, mark)
            return Read(grid, options, {}, f"Only the first {len(grid.cells):,} rows were looked at.")

    return Opened(stem, origin, (), cells, mark, size, local)


def _columnar(path: Path, shown: str, kind: str, read: Mapping[str, Setting]) -> tuple[Read | None, tuple[str, ...]]:
    """The first rows of a columnar file that is longer than a table, None for a shorter one; and its nested columns."""
    from data.sources.columnar import frame_grid, has_parts, readable, scan

    with readable(shown):
        frame = scan(path, kind)
        import polars

        schema = frame.collect_schema()
        nested = tuple(name for name, what in schema.items() if has_parts(what))
        rows = int(frame.select(polars.len()).collect().item())
        if rows <= ROWS:
            return None, nested
        head = frame.select([name for name in schema if name not in nested]).head(_RECORDS).collect()
    said = f"Only the first {_RECORDS:,} of {rows:,} rows were looked at."
    return Read(frame_grid(shown, head, "record"), read, {}, said), nested
