"""Sources that are only queried: scanned lazily, so that they may be larger than memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import Problem, ProjectError, relative
from data.file_kinds import FILES
from data.project_path import inside
from data.settings import QueriedSettings, ReadSettings
from data.sources import columnar
from data.sources.checksum import hold_checksum
from data.sources.columnar import readable
from data.sources.request import Request
from data.sources.scan_header import refuse_repeated_names

if TYPE_CHECKING:
    from polars import DataType, LazyFrame

_ROWS_FOR_TYPES = 10_000
"""Rows from which the type of a column without a declared one is read."""


def _delimited(path: Path, kind: str, options: ReadSettings) -> LazyFrame:
    """A text file. Numbers with zeros before them, 02139, are codes and stay text where nothing else is declared."""
    import polars

    types: dict[str, type[DataType]] = {
        "text": polars.String, "integer": polars.Int64, "number": polars.Float64, "date": polars.Date,
    }  # fmt: skip
    scan = partial(
        polars.scan_csv,
        path,
        separator=options.delimiter or ("\t" if kind == "tsv" else ","),
        quote_char=None if options.quote == "" else options.quote or '"',
        null_values=list(options.missing) or None,
        glob=False,
    )
    declared = {name: types[kind] for name, kind in options.types.items()}
    texts = scan(infer_schema=False, n_rows=_ROWS_FOR_TYPES).select(
        polars.all().str.contains(r"^\s*-?0\d").any(ignore_nulls=True)
    )
    codes = {name: polars.String for name, found in texts.collect().row(0, named=True).items() if found}
    return scan(schema_overrides={**codes, **declared} or None, infer_schema_length=_ROWS_FOR_TYPES)


def _columnar(path: Path, kind: str, _: ReadSettings) -> LazyFrame:
    return columnar.scan(path, kind)


def _json_lines(path: Path, _: str, __: ReadSettings) -> LazyFrame:
    import polars

    return polars.scan_ndjson(path, infer_schema_length=_ROWS_FOR_TYPES)


SCANS: dict[str, Callable[[Path, str, ReadSettings], LazyFrame]] = {
    "csv": _delimited,
    "tsv": _delimited,
    "txt": _delimited,
    "parquet": _columnar,
    "arrow": _columnar,
    "feather": _columnar,
    "jsonl": _json_lines,
    "ndjson": _json_lines,
}
"""Kind of file → how it is scanned."""


def scanned(asker: Request, name: str, settings: QueriedSettings) -> tuple[LazyFrame, str, tuple[Problem, ...]]:
    """The source `name` of the project, what messages call it, and warnings.

    Raises ProjectError for a file that is not there or of a kind that cannot be scanned, SourceError for an outage.
    """
    request = replace(asker, settings=settings, section=("sources", name), path=None, name="")
    warnings: tuple[Problem, ...] = ()
    if settings.url is not None:
        from data.sources.web import fetched

        request, warnings, _ = fetched(request, frozenset(SCANS))
    else:
        path = inside(request.root, str(settings.file), request.at("file"))
        request = replace(request, path=path, name=relative(path, request.root))
        hold_checksum(request)
    scan = SCANS.get(request.kind)
    if scan is None:
        raise ProjectError(
            Problem(
                request.at("file"),
                f"'{request.file}' is of no kind that can be queried as a source.",
                f"Use one of: {', '.join(f'.{kind}' for kind in SCANS)}; or declare it as a table and query that.",
            )
        )
    encoding = request.options.encoding
    if encoding not in (None, "utf-8", "utf-8-sig"):
        raise ProjectError(
            Problem(
                request.at("read", "encoding"),
                f"a source that is only queried is UTF-8, not {encoding}.",
                "Save the file as UTF-8, or declare it as a table and query that.",
            )
        )
    if FILES.get(request.kind) == "delimited":
        options, usual = request.options, "\t" if request.kind == "tsv" else ","
        quote = '"' if options.quote is None else options.quote
        refuse_repeated_names(request.needed_path, request.file, options.delimiter or usual, quote)
    with readable(request.file):
        frame = _widened(scan(request.needed_path, request.kind, request.options))
        frame.collect_schema()
    return frame, request.file, warnings


def _widened(frame: LazyFrame) -> LazyFrame:
    """Numbers with 64 bits: polars adds up those of 32 in 32, and what does not fit is lost without a word."""
    import polars
    from polars import selectors

    wide = (polars.Int64, polars.Int128)
    return frame.with_columns(
        (selectors.integer() - selectors.by_dtype(*wide)).cast(polars.Int64),
        # as text in between: 0.35 in 32 bits is 0.3499999940395355 in 64
        selectors.by_dtype(polars.Float32).cast(polars.String).cast(polars.Float64),
    )
