"""The kinds of file that tables are read from: one list for settings, sources, downloads and `inspect`."""

from __future__ import annotations

FILES: dict[str, str] = {
    "csv": "delimited",
    "tsv": "delimited",
    "txt": "delimited",
    "xlsx": "workbook",
    "xlsm": "workbook",
    "xls": "workbook",
    "ods": "workbook",
    "parquet": "columnar",
    "arrow": "columnar",
    "feather": "columnar",
    "json": "json_records",
    "jsonl": "json_records",
    "ndjson": "json_records",
    "sqlite": "database",
    "sqlite3": "database",
    "db": "database",
}
"""A file's ending, or what read.format says → the module of `data.sources` that reads it."""


def kinds_read_by(module: str) -> tuple[str, ...]:
    """The endings of the files that a module reads.

    >>> kinds_read_by("workbook")
    ('xlsx', 'xlsm', 'xls', 'ods')
    """
    return tuple(kind for kind, reader in FILES.items() if reader == module)
