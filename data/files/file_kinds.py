"""The kinds of file that tables are read from: one list for settings, sources, downloads and `inspect`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file, and who does what with it. Modules stand here by name: most runs need one of them."""

    name: str
    """What read.format calls it."""
    endings: tuple[str, ...]
    """How the names of such files end, in small letters, the usual ending first."""
    reader: str
    """The module of `data.sources` whose `read` gives its cells."""
    called: str
    """What messages call such a file."""
    opener: str = "plain"
    """The module of `data.inspection.opening` whose `opened` looks into one."""
    scan: str = ""
    """How `data.sources.queries.scan` scans it as a source of queries; "" where it is no such source."""
    begins: bytes = b""
    """The bytes with which such a file begins and no other; b"" where there are none."""


KINDS: tuple[FileKind, ...] = (
    FileKind("csv", ("csv",), "delimited", "a CSV file", opener="texts", scan="delimited"),
    FileKind("tsv", ("tsv",), "delimited", "a TSV file", opener="texts", scan="delimited"),
    FileKind("txt", ("txt",), "delimited", "a text file", opener="texts", scan="delimited"),
    FileKind("xlsx", ("xlsx", "xlsm"), "workbook", "an Excel workbook", opener="workbooks"),
    FileKind("xls", ("xls",), "workbook", "an Excel workbook of the old kind", opener="workbooks"),
    FileKind("ods", ("ods",), "workbook", "an OpenDocument spreadsheet", opener="workbooks"),
    FileKind("parquet", ("parquet",), "columnar", "a Parquet file", opener="columnar", scan="columnar", begins=b"PAR1"),
    FileKind(
        "arrow", ("arrow", "feather"), "columnar", "an Arrow file", opener="columnar", scan="columnar", begins=b"ARROW1"
    ),
    FileKind("json", ("json",), "json_records", "a JSON file", opener="records"),
    FileKind("jsonl", ("jsonl", "ndjson"), "json_records", "a file of JSON lines", opener="records", scan="json_lines"),
    FileKind(
        "sqlite",
        ("sqlite", "sqlite3", "db"),
        "database",
        "an SQLite database",
        opener="databases",
        begins=b"SQLite format 3\0",
    ),
)
"""Every kind. A new one is a line here and a module that reads it; `inspect` offers it."""

KIND_OF: dict[str, FileKind] = {ending: kind for kind in KINDS for ending in kind.endings}
"""A file's ending, or what read.format says → its kind."""

FILES: dict[str, str] = {ending: kind.reader for ending, kind in KIND_OF.items()}
"""A file's ending, or what read.format says → the module of `data.sources` that reads it."""


def kind_by_content(start: bytes) -> FileKind | None:
    """The kind of a file by its first bytes; None where they are those of no kind alone, as of text and workbooks."""
    return next((kind for kind in KINDS if kind.begins and start.startswith(kind.begins)), None)
