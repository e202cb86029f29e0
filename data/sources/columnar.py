"""Tables in columnar files: Parquet, and Arrow, which is called Feather too."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import Place, ProjectError
from data.files.world import opened
from data.network.said import one_line
from data.sources.cell_text import number_text
from data.sources.grid import LESS, QUERY, ROWS, Grid
from data.sources.request import Request
from data.sources.result import LARGEST, nested, result_grid, too_wide

if TYPE_CHECKING:
    from polars import DataFrame, DataType, LazyFrame

LONGEST = 1_000_000
"""Bytes of the longest text in a cell."""


def read(request: Request) -> Grid:
    """The columns that the table's fields are read from, or all that a cell has room for.

    Raises ProjectError for a damaged file, for lists or records in a column that is asked for, and for more rows than
    a table may have.
    """
    path, file = request.needed_path, request.file
    with readable(file):
        frame = scan(path, request.kind)
        schema = frame.collect_schema()
        wanted = [name for name in request.columns if name in schema]
        for name in wanted:
            if has_parts(schema[name]):
                raise nested(file, name)
        if not wanted or len(wanted) < len(set(request.columns)):
            wanted = [name for name, kind in schema.items() if not has_parts(kind)]
        if not wanted:
            raise ProjectError.at(Place(file), "has no columns that a table has room for.", "Check the file.")
        part = frame.select(*dict.fromkeys(wanted)).head(ROWS + 1)
        _refuse_long(file, part, [name for name in dict.fromkeys(wanted) if _holds_text(schema[name])])
        result = part.collect(engine="streaming")
    return frame_grid(file, result, "record", QUERY)


def scan(path: Path, kind: str) -> LazyFrame:
    """A columnar file, of which nothing is read yet but its description."""
    import polars

    if kind == "parquet":
        return polars.scan_parquet(path, glob=False)
    with opened(path) as stream:
        if stream.read(6) == b"ARROW1":
            return polars.scan_ipc(path, glob=False)
    return polars.read_ipc_stream(path).lazy()


def _holds_text(kind: DataType) -> bool:
    import polars

    return isinstance(kind, polars.String | polars.Categorical | polars.Enum)


def _refuse_long(file: str, frame: LazyFrame, texts: list[str]) -> None:
    """ProjectError for text that a small file may unfold to; its bytes are counted before any of it is taken out."""
    import polars

    if not texts:
        return
    sizes = {name: polars.col(name).cast(polars.String).str.len_bytes().cast(polars.Int64) for name in texts}
    most = frame.select(size.max().alias(name) for name, size in sizes.items()).collect(engine="streaming").row(0)
    for name, size in zip(texts, most, strict=True):
        if (size or 0) > LONGEST:
            message = f"column '{name}' has a cell of {size:,} bytes, more than the {LONGEST:,} that are read."
            raise ProjectError.at(Place(file), message, "Leave the column out, or shorten its texts.")
    sums = frame.select(size.sum().alias(name) for name, size in sizes.items()).collect(engine="streaming").row(0)
    if sum(sums) > LARGEST:
        raise too_wide(Place(file))


def has_parts(kind: DataType) -> bool:
    """Whether values of this type are lists, records, bytes or Python objects."""
    import polars

    return kind.is_nested() or isinstance(kind, polars.Binary | polars.Object)


def frame_grid(file: str, frame: DataFrame, counted: str, remedy: str = LESS) -> Grid:
    """A frame of plain columns as a grid."""
    import polars

    single = [name for name, kind in frame.schema.items() if kind == polars.Float32]
    for name in single:  # 0.35 in 32 bits is 0.3499999940395355 in Python's 64
        texts = [None if text is None else number_text(float(text)) for text in frame[name].cast(polars.String)]
        frame = frame.with_columns(polars.Series(name, texts, dtype=polars.String))
    return result_grid(file, frame.columns, frame.iter_rows(), counted, remedy)


@contextmanager
def readable(file: str) -> Generator[None, None, None]:
    """Turn what polars says about a broken file into a problem."""
    from polars.exceptions import PolarsError

    try:
        yield
    except (PolarsError, OSError) as error:
        raise unreadable(file, error) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a panic in Rust is no Exception
            raise
        raise unreadable(file, error) from None


def unreadable(file: str, error: BaseException) -> ProjectError:
    """The error for a file that polars cannot read."""
    return ProjectError.at(
        Place(file),
        f"cannot be read: {first_line(error)}.",
        "Check that the file is complete and of the kind that its name says.",
    )


def first_line(error: BaseException) -> str:
    """The first line of an error's words, without a full stop and without end."""
    return one_line(str(error).strip().rstrip(".:")).rstrip(".:") or type(error).__name__
