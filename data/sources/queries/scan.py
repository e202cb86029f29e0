"""Sources that are only queried: scanned by DuckDB, so that they may be larger than memory."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from contextlib import suppress
from io import TextIOWrapper
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from data.errors import Place, Problem, ProjectError, nearest, relative
from data.files.file_kinds import KIND_OF
from data.files.project_path import inside
from data.files.world import opened
from data.settings.sources import QueriedSettings
from data.sources import columnar
from data.sources.checksum import hold_checksum
from data.sources.columnar import has_parts, readable
from data.sources.queries.duck import composed, literal, name, rows
from data.sources.queries.errors import unclosed
from data.sources.queries.text_header import TextHeader, text_header
from data.sources.request import Request
from data.sources.sql import tables_named

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from polars import DataType

SAMPLE = 10_000
"""Rows from which the type of a column without a declared one is read first."""
_LONGEST_LINE = 10_000_000
"""Bytes. DuckDB would read 32 times as much at once, for each of its threads and for the first rows alone."""
_IN_PIECES, _WHOLE, _LOOSELY = "parallel = true", "parallel = false", "parallel = false, strict_mode = false"
"""How a text file is read."""


class Column(Struct, frozen=True):
    """A column of a source, as its file has it."""

    name: str
    value: str
    """SQL of its values, where the file types them; of its text where it does not."""
    typed: bool = False
    fraction: bool = False
    """Whether the file has binary fractions there, which may stand for decimals."""
    truth: bool = False
    whole: bool = False
    """Whether the file has whole numbers there, dates or moments: whose middles are exact as they are."""
    scale: int | None = None
    """How many decimals the file gives it."""
    quick: str = ""
    """SQL of its numbers as binary fractions, where the file gives them faster than its text."""


class Scan(Struct, frozen=True):
    """A source as it can be asked."""

    name: str
    file: str
    place: Place
    path: Path
    """The one file that is read for it."""
    relation: Callable[[frozenset[str], str], str]
    """SQL that reads the file: the columns that are given as binary fractions, and how it is read."""
    columns: tuple[Column, ...]
    declared: Mapping[str, str]
    """What columns hold: text, integer, number, date."""
    formats: Mapping[str, str]
    warnings: tuple[Problem, ...] = ()
    zones: frozenset[str] = frozenset()
    """Time zones of its moments."""
    text: TextHeader | None = None
    """Of a text file, which is read in pieces that might begin within a cell."""
    whole: bool = False
    """Whether it is read in one piece: more slowly, and right wherever cells have line ends."""

    def read(self, quick: frozenset[str] = frozenset(), *, whole: bool = False) -> str:
        """SQL that reads the file; `quick` columns as binary fractions."""
        return self.relation(quick, _WHOLE if whole or self.whole else _IN_PIECES)

    def may_be_torn(self) -> bool:
        """Whether a piece of the file could begin within a cell."""
        quote = self.text.quote if self.text and not self.whole else ""
        return bool(quote) and _holds(self.path, quote.encode())

    def in_one_piece(self, database: DuckDBPyConnection) -> Scan:
        """The source, read so that no cell is torn.

        Raises ProjectError where a quotation mark is never closed: DuckDB 2.0.1 says so of a file that it reads in
        pieces, and leaves out what follows in one that it reads whole (findings/duckdb-csv-in-one-piece.sh). Read
        less strictly, it has one row more, or none that it can take.
        """
        import duckdb

        if self.text is None:
            return self
        (counted,) = rows(database, f"SELECT count(*) FROM {self.read(whole=True)}")
        try:
            (loosely,) = rows(database, f"SELECT count(*) FROM {self.relation(frozenset(), _LOOSELY)}")
        except duckdb.InterruptException:
            raise
        except duckdb.Error:
            loosely = None
        if counted != loosely:
            raise unclosed(self.file, _last_record(self.path, self.text))
        return replace(self, whole=True)


def fetched_sources(asker: Request) -> dict[str, Request]:
    """The sources that a query names and that have to be downloaded, with their downloads.

    Raises ProjectError where an address is wrong, SourceError for an outage.
    """
    from data.sources import share, web

    said = tables_named(asker.settings.query or "")
    return {
        source: (web if settings.url is not None else share).fetched(
            _request(asker, source, settings), frozenset(SCANS)
        )
        for source, settings in asker.sources.items()
        if settings.is_elsewhere and source.lower() in said
    }


def _request(asker: Request, source: str, settings: QueriedSettings) -> Request:
    return replace(asker, settings=settings, section=("sources", source), path=None, name="")


def scanned(asker: Request, source: str, settings: QueriedSettings, database: DuckDBPyConnection, folder: Path) -> Scan:
    """The source of the project that is called so; what cannot be scanned is written anew into `folder`.

    Raises ProjectError for a file that is not there, of a kind that cannot be scanned, or with columns that SQL cannot
    tell apart.
    """
    if settings.folder is not None:
        message = f"the source '{source}' is a folder, and no query can ask that."
        remedy = f'Declare a source for a file in it: share = "{source}", file = "...".'
        raise ProjectError.at(asker.at("query"), message, remedy)
    request = asker.fetched.get(source) or _request(asker, source, settings)
    if request.download is None:
        path = inside(request.root, str(settings.file), request.at("file"))
        request = replace(request, path=path, name=relative(path, request.root))
        hold_checksum(request)
    odd = next((sign for sign in "*?[" if sign in str(request.needed_path)), None)
    if odd is not None:
        message = f"'{request.needed_path}' has a '{odd}', which stands for other names where a query reads a file."
        raise ProjectError.at(request.at("file"), message, "Give the file, or the folder, another name.")
    scan = SCANS.get(request.kind)
    if scan is None:
        raise ProjectError.at(
            request.at("file"),
            f"'{request.file}' is of no kind that can be queried as a source.",
            f"Use one of: {', '.join(f'.{kind}' for kind in SCANS)}; or declare it as a table and query that.",
        )
    encoding = request.options.encoding
    if encoding not in (None, "utf-8", "utf-8-sig"):
        raise ProjectError.at(
            request.at("read", "encoding"),
            f"a source that is only queried is UTF-8, not {encoding}.",
            "Save the file as UTF-8, or declare it as a table and query that.",
        )
    found = replace(scan(request, database, folder), name=source, warnings=request.warnings)
    _refuse_alike(found)
    known = [column.name for column in found.columns]
    for setting, named in (("types", found.declared), ("formats", found.formats)):
        for column in named:
            if column not in known:
                message = f"'{request.file}' has no column '{column}'."
                raise ProjectError.at(request.at("read", setting), message, nearest(column, known))
    for column in found.formats:
        if found.declared.get(column, "date") != "date":
            message = f"'{column}' has the format of a date, and is declared as {found.declared[column]}."
            raise ProjectError.at(request.at("read", "formats"), message, "Keep one of the two.")
    return found


def _refuse_alike(scan: Scan) -> None:
    """Two columns of one name, or of names that SQL does not tell apart: one of them would be lost."""
    seen: dict[str, str] = {}
    for column in scan.columns:
        other = seen.get(column.name.lower())
        seen[column.name.lower()] = column.name
        if other is not None:
            said = f"'{column.name}' twice" if other == column.name else f"'{other}' and '{column.name}'"
            raise ProjectError.at(
                Place(scan.file),
                f"the header says {said}, which a query cannot tell apart.",
                "Give one of the two columns another name.",
            )


def _delimited(request: Request, _: DuckDBPyConnection, __: Path) -> Scan:
    """A text file, whose cells are text until it is known what all of them are."""
    options = request.options
    header = text_header(request)
    missing = ", ".join(literal(mark) for mark in ("", *options.missing))
    settings = (
        f"auto_detect = false, header = false, skip = {header.lines}, delim = {literal(header.delimiter)}, "
        f"quote = {literal(header.quote)}, escape = {literal(header.quote)}, nullstr = [{missing}], "
        f"encoding = 'utf-8', max_line_size = {_LONGEST_LINE}, buffer_size = {2 * _LONGEST_LINE}"
    )
    path = literal(str(request.needed_path))
    names = [f"c{number}" for number in range(len(header.names))]

    def relation(quick: frozenset[str], how: str) -> str:
        kinds = ", ".join(
            f"{literal(own)}: '{'DOUBLE' if called in quick else 'VARCHAR'}'"
            for own, called in zip(names, header.names, strict=True)
        )
        return f"read_csv({path}, {settings}, {how}, columns = {{{kinds}}})"

    columns = tuple(Column(called, own, quick=own) for own, called in zip(names, header.names, strict=True))
    return replace(_scan(request, relation, columns), text=header)


def _last_record(path: Path, text: TextHeader) -> int:
    """The line in which the last record of a text file begins, or one that is longer than a record may be."""
    with TextIOWrapper(opened(path), encoding="utf-8", errors="replace", newline="") as stream:
        reader = csv.reader(stream, delimiter=text.delimiter, quotechar=text.quote)
        ends = [0, 0]
        with suppress(csv.Error):
            for _ in reader:
                ends = [ends[1], reader.line_num]
            return ends[0] + 1
    return ends[1] + 1


def _holds(path: Path, sign: bytes) -> bool:
    """Whether a file that has bytes holds these."""
    with opened(path) as stream, mmap(stream.fileno(), 0, access=ACCESS_READ) as content:
        return content.find(sign) >= 0


def _scan(request: Request, relation: Callable[[frozenset[str], str], str], columns: tuple[Column, ...]) -> Scan:
    options = request.options
    formats = dict(options.formats)
    declared = {**options.types, **{column: "date" for column in formats if column not in options.types}}
    place = request.at("read")
    return Scan("", request.file, place, request.needed_path, relation, columns, declared, formats)


def _columnar(request: Request, _: DuckDBPyConnection, folder: Path) -> Scan:
    """A columnar file; one of Arrow's is written anew as Parquet, a piece at a time, because DuckDB reads only that."""
    path = request.needed_path
    with readable(request.file):
        frame = columnar.scan(path, request.kind)
        schema = frame.collect_schema()
        if request.kind != "parquet":
            path = folder / f"{request.section[-1]}.parquet"
            frame.select([one for one, kind in schema.items() if not has_parts(kind)]).sink_parquet(path)
    zones = {str(zone) for kind in schema.values() if (zone := getattr(kind, "time_zone", None))}
    marks = {mark.lower() for mark in request.options.missing}
    columns = tuple(_typed(one, kind, marks) for one, kind in schema.items())
    source = f"read_parquet({literal(str(path))})"
    if request.kind != "parquet":
        columns = tuple(
            replace(one, value="NULL::BLOB") if has_parts(kind) else one
            for one, kind in zip(columns, schema.values(), strict=True)
        )
    found = _scan(request, lambda _quick, _how: source, columns)
    return replace(found, path=path, zones=frozenset(zones), declared={}, formats={})


def _typed(called: str, kind: DataType, marks: set[str]) -> Column:
    import polars

    own = name(called)
    if kind.is_float():
        # 32 bits as text in between: 0.35 in 32 bits is 0.3499999940395355 in 64
        number = own if kind == polars.Float64 else f"CAST(CAST({own} AS VARCHAR) AS DOUBLE)"
        if "nan" in marks:
            number = f"CASE WHEN isnan({number}) THEN NULL ELSE {number} END"
        return Column(called, number, typed=True, fraction=True)
    if kind.is_integer() and kind != polars.Int128:  # which DuckDB finds as bytes
        wide = "HUGEINT" if isinstance(kind, polars.UInt64) else "BIGINT"
        return Column(called, f"CAST({own} AS {wide})", typed=True, whole=True)
    if isinstance(kind, polars.Duration):
        unit = {"ms": f"to_milliseconds({own})", "us": f"to_microseconds({own})"}
        return Column(called, unit.get(kind.time_unit, f"to_microseconds({own} // 1000)"), typed=True, whole=True)
    scale = kind.scale if isinstance(kind, polars.Decimal) else None
    truth = kind == polars.Boolean
    if isinstance(kind, polars.String | polars.Categorical | polars.Enum):
        return Column(called, composed(f"CAST({own} AS VARCHAR)"), typed=True)
    return Column(called, own, typed=True, truth=truth, whole=kind.is_temporal(), scale=scale)


def _json_lines(request: Request, database: DuckDBPyConnection, _: Path) -> Scan:
    """One record a line. DuckDB looks at the first records for their names; numbers are text until they are known."""
    path = literal(str(request.needed_path))
    how = f"{path}, format = 'newline_delimited', map_inference_threshold = -1, maximum_object_size = 50000000"
    seen = rows(database, f"DESCRIBE SELECT * FROM read_json({how}, sample_size = {SAMPLE})")
    kinds = {str(row[0]): str(row[1]) for row in seen}
    parts = {one for one, kind in kinds.items() if kind.endswith("]") or kind.startswith(("STRUCT", "MAP"))}
    listed = ", ".join(f"{literal(one)}: {literal(kind if one in parts else 'VARCHAR')}" for one, kind in kinds.items())

    def column(one: str) -> Column:
        known = kinds[one] in ("BIGINT", "UBIGINT", "HUGEINT", "DOUBLE", "BOOLEAN")
        told = one in request.options.types or one in request.options.formats
        words = kinds[one] == "VARCHAR" and not told
        own = composed(name(one)) if words else name(one)
        return Column(one, own, typed=not (known or told), fraction=kinds[one] == "DOUBLE")

    return _scan(request, lambda _quick, _how: f"read_json({how}, columns = {{{listed}}})", tuple(map(column, kinds)))


_HOW: dict[str, Callable[[Request, DuckDBPyConnection, Path], Scan]] = {
    "delimited": _delimited,
    "columnar": _columnar,
    "json_lines": _json_lines,
}
SCANS = {ending: _HOW[kind.scan] for ending, kind in KIND_OF.items() if kind.scan}
"""A file's ending, or what read.format says → how it is scanned."""
