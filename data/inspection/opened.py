"""Opens what is to be looked at: a file, an address or a database, with what its reading takes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from data.errors import Place, Problem, ProjectError, nearest
from data.inspection.proposal import described_key
from data.inspection.shape import Setting
from data.settings import ReadSettings, SourceSettings
from data.sources import SOURCES, read_source
from data.sources.decoding import likely_encoding
from data.sources.grid import Grid
from data.sources.request import Request
from data.sources.workbook import sheet_names, workbook_kind

_WORKBOOKS = ("xlsx", "xlsm", "xls", "ods")
_TEXTS = ("csv", "tsv", "txt")
_LARGE = 30_000_000
"""Bytes of a text file that is looked at as a whole; of a larger one the beginning is."""
_SAMPLE = 4_000_000
_PROBE = 200_000
_RECORDS = 400
_DESCRIBING = re.compile(
    r"descri|field|note|read ?me|about|legend|codebook|dictionary|metadata|definition|glossar|variables|columns|"
    r"erläuter|hinweis|lisez|leyenda|info",
    re.IGNORECASE,
)
"""Names of sheets that say something about the others."""
_DESCRIPTION_ROWS = 2_000


@dataclass(frozen=True)
class Part:
    """A sheet of a workbook or a table of a database."""

    name: str
    hidden: bool = False


@dataclass(frozen=True)
class Opened:
    """A source that can be looked at."""

    name: str
    """What to call a table of it."""
    origin: Mapping[str, Setting]
    parts: tuple[Part, ...]
    """() where there is only one, without a name."""
    read: Callable[[str], tuple[Grid, dict[str, Setting]]] = field(repr=False)
    """A part's cells, and the settings under read that this takes."""
    delimiter: str = ""
    sampled: str = ""
    path: Path | None = None
    """The file, where the source is one of this machine."""

    @property
    def describing(self) -> tuple[str, ...]:
        """Parts that say something about the others."""
        return tuple(part.name for part in self.parts if _DESCRIBING.search(part.name) and not part.hidden)


def open_file(path: Path, shown: str) -> Opened:
    """A file of this machine; `shown` is how the user named it.

    Raises ProjectError where it is missing, empty, unreadable, or no kind of table.
    """
    place = Place(shown)
    if path.is_dir():
        raise ProjectError(Problem(place, "is a folder.", "Name a file in it."))
    if not path.is_file():
        siblings = [p.name for p in path.parent.iterdir() if p.is_file()] if path.parent.is_dir() else []
        remedy = nearest(path.name, siblings) if siblings else "Check the path."
        raise ProjectError(Problem(place, "there is no such file.", remedy))
    try:
        with path.open("rb") as stream:
            start = stream.read(_PROBE)
    except OSError as error:
        raise ProjectError(Problem(place, f"cannot be read: {error.strerror}.", "Check who may read it.")) from None
    if not start.strip():
        raise ProjectError(Problem(place, "is empty.", "Name a file that holds a table."))
    kind, read = _kind(path, start, place)
    if kind in _WORKBOOKS:
        return _workbook(path, shown, read)
    if kind in _TEXTS:
        return _text(path, shown, kind, start, read)
    return _other(path, shown, read)


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
    if found and (ending not in SOURCES or ending in _TEXTS):
        return found, {"format": Setting(found, "By what the file holds, not by its name.")}
    if ending in SOURCES:
        return ending, {}
    if b"\0" in start[:4096] and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        kinds = ", ".join(f".{kind}" for kind in SOURCES if kind.isalpha())
        raise ProjectError(Problem(place, "is no kind of table that can be read.", f"Use one of: {kinds}."))
    return "csv", {"format": Setting("csv", "It is text, and its name does not say of what kind.")}


def _request(path: Path, shown: str, read: Mapping[str, Setting]) -> Request:
    options = ReadSettings.model_validate({name: setting.value for name, setting in read.items()})
    settings = SourceSettings(file=path.name, read=options)
    return Request(path.parent, Place(shown), settings, path, shown)


def _workbook(path: Path, shown: str, read: Mapping[str, Setting]) -> Opened:
    sheets = sheet_names(path, shown)
    visible = [sheet for sheet in sheets if not sheet.hidden]

    def cells(name: str) -> tuple[Grid, dict[str, Setting]]:
        options = dict(read)
        if len(visible) != 1 or name != visible[0].name:
            options["sheet"] = Setting(name, "")
        return read_source(_request(path, shown, options)), options

    parts = tuple(Part(sheet.name, sheet.hidden) for sheet in sheets)
    return Opened(path.stem, {"file": Setting(path.name, "")}, parts, cells, path=path)


def _other(path: Path, shown: str, read: Mapping[str, Setting]) -> Opened:
    def cells(_: str) -> tuple[Grid, dict[str, Setting]]:
        return read_source(_request(path, shown, read)), dict(read)

    return Opened(path.stem, {"file": Setting(path.name, "")}, (), cells, path=path)


def _text(path: Path, shown: str, kind: str, start: bytes, read: Mapping[str, Setting]) -> Opened:
    options = dict(read)
    large = path.stat().st_size > _LARGE
    raw = start if large else path.read_bytes()
    encoding = likely_encoding(raw)
    if encoding not in ("utf-8", "utf-8-sig", "utf-16"):
        reason = _encoding_reason(raw, encoding)
        options["encoding"] = Setting(encoding, reason)
    text = start.decode(encoding, errors="replace").removeprefix("\ufeff")
    usual = "\t" if kind == "tsv" else ","
    delimiter, reason = _delimiter(text, usual)
    if delimiter != usual:
        options["delimiter"] = Setting(delimiter, reason)

    def whole(_: str) -> tuple[Grid, dict[str, Setting]]:
        return read_source(_request(path, shown, options)), options

    def beginning(_: str) -> tuple[Grid, dict[str, Setting]]:
        return _sample(path, shown, encoding, delimiter), options

    size = path.stat().st_size
    sampled = (
        f"Only the first {_SAMPLE / 1e6:.0f} of {size / 1e6:,.0f} MB were looked at. A table has 100,000 rows at most: "
        f"declare the file under [sources.NAME], and take what you need by query."
    )
    return Opened(
        path.stem,
        {"file": Setting(path.name, "")},
        (),
        beginning if large else whole,
        delimiter,
        sampled if large else "",
        path,
    )


def _encoding_reason(raw: bytes, encoding: str) -> str:
    found = re.search(rb"[\x80-\xff]+", raw)
    if found is None:
        return ""
    start = max(raw.rfind(b"\n", 0, found.start()) + 1, found.start() - 15)
    word = raw[start : found.end() + 10].decode(encoding, errors="replace").splitlines()[0].strip()
    return f"Not UTF-8; as {encoding} it reads '{word}'."


def _delimiter(text: str, usual: str) -> tuple[str, str]:
    """The mark between cells: the one that gives the most rows of one width, the usual one when in doubt."""
    best, best_score, best_width = usual, 0.0, 0
    for mark in dict.fromkeys((usual, ",", ";", "\t", "|")):
        widths = _widths(text, mark)
        counts = {width: widths.count(width) for width in set(widths) if width > 1}
        if not counts:
            continue
        width = max(counts, key=lambda w: (counts[w], w))
        score = counts[width] / len(widths) * (1 + min(width, 20) / 100)
        if score > best_score + 0.05:
            best, best_score, best_width = mark, score, width
    names = {"\t": "a tab"}
    return best, f"{names.get(best, repr(best))} divides most lines into {best_width} cells."


def _widths(text: str, mark: str) -> list[int]:
    """Cells in each of the first records, with this mark between them."""
    lines = text.splitlines(keepends=True)[: _RECORDS + 1]
    reader = csv.reader(io.StringIO("".join(lines[:-1] if len(lines) > 1 else lines)), delimiter=mark)
    widths: list[int] = []
    try:
        widths.extend(len(record) for record in reader if record)
    except csv.Error:
        return widths
    return widths


def _sample(path: Path, shown: str, encoding: str, delimiter: str) -> Grid:
    """The rows in the beginning of a large text file."""
    with path.open("rb") as stream:
        raw = stream.read(_SAMPLE)
    text = raw.decode(encoding, errors="replace").removeprefix("\ufeff")
    text = text[: text.rfind("\n") + 1].replace("\r\n", "\n").replace("\r", "\n")
    rows: list[Sequence[str]] = []
    lines: list[int] = []
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    start = 1
    try:
        for record in reader:
            rows.append(record)
            lines.append(start)
            start = reader.line_num + 1
    except csv.Error as error:
        raise ProjectError(
            Problem(Place(shown, start), f"cannot be read: {error}.", "Check the quotes around this line.")
        ) from None
    width = max(map(len, rows), default=0)
    cells = tuple((*row, *("",) * (width - len(row))) for row in rows)
    return Grid(shown, "", cells, tuple(lines))


def described(opened: Opened, part: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """What other sheets of the workbook say: their lines, and for each field what it is."""
    lines: list[str] = []
    fields: dict[str, str] = {}
    for name in opened.describing[:3]:
        if name == part:
            continue
        try:
            grid, _ = opened.read(name)
        except ProjectError:
            continue
        for row in grid.cells[:_DESCRIPTION_ROWS]:
            texts = [" ".join(cell.split()) for cell in row if len(cell.strip()) > 1]
            lines.extend(dict.fromkeys(texts))
            if len(texts) >= 2 and len(texts[0]) <= 60 and texts[0] != texts[1]:
                fields.setdefault(described_key(texts[0]), texts[1])
    return tuple(lines), fields
