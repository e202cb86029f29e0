"""The kinds of file that tables are read from: one list for settings, sources, downloads and `inspect`."""

from __future__ import annotations

from msgspec import Struct


class FileKind(Struct, frozen=True):
    """A kind of file, and who does what with it. Modules stand here by name: most runs need one of them."""

    name: str
    """What read.format calls it."""
    endings: tuple[str, ...]
    """How the names of such files end, in small letters, the usual ending first."""
    reader: str
    """The module of `data.sources` whose `read` gives its cells, behind its room."""
    called: str
    """What messages call such a file."""
    opener: str = "plain"
    """The module of `data.inspection.opening` whose `opened` looks into one."""
    scan: str = ""
    """How `data.sources.queries.scan` scans it as a source of queries; "" where it is no such source."""
    begins: bytes = b""
    """The bytes with which such a file begins and no other; b"" where there are none."""
    or_begins: tuple[bytes, ...] = ()
    """Other bytes with which such a file may begin, as files of other kinds may, too."""
    ends: bytes = b""
    """The bytes with which a file ends that begins with `begins`; b"" where any will do."""
    text: bool = False
    """Whether such a file is text."""
    served: tuple[str, ...] = ()
    """Content types under which servers give such files, and no others."""

    @property
    def starts(self) -> tuple[bytes, ...]:
        """All bytes with which such a file may begin; () where any will do."""
        return tuple(filter(None, (self.begins, *self.or_begins)))


_ZIP = b"PK\x03\x04"
_WORKBOOK = (_ZIP, b"\xd0\xcf\x11\xe0", b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
"""How workbooks begin. Names say little of them, so that each is told by its content when it is read."""
_OFFICE = "application/vnd.openxmlformats-officedocument"

KINDS: tuple[FileKind, ...] = (
    FileKind(
        "csv", ("csv",), "text.delimited", "a CSV file", opener="texts", scan="delimited", text=True,
        served=("text/csv",),
    ),
    FileKind(
        "tsv", ("tsv",), "text.delimited", "a TSV file", opener="texts", scan="delimited", text=True,
        served=("text/tab-separated-values",),
    ),
    FileKind("txt", ("txt",), "text.delimited", "a text file", opener="texts", scan="delimited", text=True),
    FileKind(
        "xlsx", ("xlsx", "xlsm"), "workbooks.workbook", "an Excel workbook", opener="workbooks", or_begins=_WORKBOOK,
        served=(f"{_OFFICE}.spreadsheetml.sheet",),
    ),
    FileKind(
        "xls", ("xls",), "workbooks.workbook", "an Excel workbook of the old kind", opener="workbooks",
        or_begins=_WORKBOOK, served=("application/vnd.ms-excel",),
    ),
    FileKind(
        "ods", ("ods",), "workbooks.workbook", "an OpenDocument spreadsheet", opener="workbooks", or_begins=_WORKBOOK,
        served=("application/vnd.oasis.opendocument.spreadsheet",),
    ),
    FileKind(
        "parquet", ("parquet",), "columnar", "a Parquet file", opener="columnar", scan="columnar", begins=b"PAR1",
        ends=b"PAR1", served=("application/vnd.apache.parquet",),
    ),
    FileKind(
        "arrow", ("arrow", "feather"), "columnar", "an Arrow file", opener="columnar", scan="columnar",
        begins=b"ARROW1", or_begins=(b"\xff\xff\xff\xff",), ends=b"ARROW1",
        served=("application/vnd.apache.arrow.file",),
    ),
    FileKind(
        "json", ("json",), "text.json_records", "a JSON file", opener="records", text=True, served=("application/json",)
    ),
    FileKind(
        "jsonl", ("jsonl", "ndjson"), "text.json_records", "a file of JSON lines", opener="records", scan="json_lines",
        text=True, served=("application/x-ndjson",),
    ),
    FileKind(
        "sqlite", ("sqlite", "sqlite3", "db"), "databases.database", "an SQLite database", opener="databases",
        begins=b"SQLite format 3\0",
    ),
)  # fmt: skip
"""Every kind. A new one is a line here and a module that reads it; `inspect` offers it."""

KIND_OF: dict[str, FileKind] = {ending: kind for kind in KINDS for ending in kind.endings}
"""A file's ending, or what read.format says → its kind."""

FILES: dict[str, str] = {ending: kind.reader for ending, kind in KIND_OF.items()}
"""A file's ending, or what read.format says → the module of `data.sources` that reads it."""


def kind_by_content(start: bytes) -> FileKind | None:
    """The kind of a file by its first bytes; None where they are those of no kind alone, as of text and workbooks."""
    return next((kind for kind in KINDS if kind.begins and start.startswith(kind.begins)), None)
