"""What `project.toml` may say of where data come from, and how they are read."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from data.files.file_kinds import FILES
from data.settings.kinds import Encoding, Name, Number, Settings, Whole, YesNo


def _known_kind(kind: str) -> str:
    if kind not in FILES:
        raise ValueError(f"'{kind}' is no kind of file that can be read; known: {', '.join(FILES)}")
    return kind


class ReadSettings(Settings):
    """How a source is read, where its kind alone does not say it."""

    format: Annotated[str, AfterValidator(_known_kind)] | None = None
    """The kind of file, where its ending does not say it."""
    encoding: Encoding | None = None
    delimiter: Annotated[str, StringConstraints(min_length=1, max_length=1)] | None = None
    quote: Annotated[str, StringConstraints(max_length=1)] | None = None
    """"" where quotation marks mean nothing."""
    sheet: str | Annotated[Whole, Field(ge=1)] | None = None
    """A sheet's name, or its place among the sheets that are not hidden, from 1."""
    range: Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,3}[1-9]\d*:[A-Z]{1,3}([1-9]\d*)?$")] | None = None
    """Cells of a workbook: "A5:F200", or "A5:F" for all rows from the fifth."""
    hidden: Literal["keep", "drop"] | None = None
    """Rows and columns that the workbook hides, by hand or by a filter; read and told where it is not said."""
    merged: Literal["repeat"] | None = None
    """Whether a number in merged cells stands for each of them; refused where it is not said."""
    cell_formats: Literal["ignore"] | None = None
    """Whether numbers are meant as they are stored, whatever their formats show."""
    records: str | None = None
    """Where the list of records is in a JSON file: "result.records"."""
    missing: tuple[str, ...] = ()
    """Marks for no value, for a source that is only queried; a table has its own."""
    types: dict[str, Literal["text", "integer", "number", "date"]] = {}
    """What columns hold, for a text file that is only queried, where its first rows do not show it."""
    formats: dict[str, str] = {}
    """How the dates of such columns are written where that is not ISO 8601: "%m/%d/%Y"."""
    timeout: Annotated[Number, Field(gt=0, le=3600)] = 60
    """Seconds that a server may take, from the first word to the last."""
    megabytes: Annotated[Whole, Field(ge=1, le=2000)] = 200
    """The most that is downloaded."""
    headers: dict[str, str] = {}
    """Sent with a download; may hold ${NAMES} of environment variables."""
    keep_last_good: YesNo = False
    """Whether an earlier download may stand in, with a warning, while the server is out of order."""
    allow_http: YesNo = False


class SourceSettings(Settings):
    """Where data come from: a file, an address, a database, or a query."""

    file: str | None = None
    share: Name | None = None
    """The source with the folder outside of the project in which the file lies."""
    url: str | None = None
    connection: str | None = None
    query: str | None = None
    changed: Annotated[str, StringConstraints(min_length=1)] | None = None
    """A cheap query whose answer is another one whenever the result may be: as long as it is the same, the result is
    kept."""
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None
    """What the file or download must be, byte by byte."""
    read: ReadSettings = ReadSettings()

    @property
    def own_file(self) -> str | None:
        """The file, where it is the project's."""
        return self.file if self.share is None else None

    @property
    def is_elsewhere(self) -> bool:
        """Whether it is a file that has to be fetched."""
        return self.url is not None or self.share is not None

    @model_validator(mode="after")
    def _fits_its_origin(self) -> SourceSettings:
        origins = [name for name in ("file", "url", "connection") if getattr(self, name) is not None]
        if len(origins) > 1:
            raise ValueError(f"{origins[0]} and {origins[1]} are two origins; a table has one")
        if self.share is not None and (self.url is not None or self.connection is not None):
            raise ValueError("share belongs to a file: file = '...', as it is called from the folder on")
        if self.connection is not None and self.query is None:
            raise ValueError("connection needs query = 'SELECT ...'")
        if self.changed is not None and self.connection is None:
            raise ValueError("changed belongs to a connection; of an address its server says whether it changed")
        if self.sha256 is not None and self.file is None and self.url is None:
            raise ValueError("sha256 belongs to a file or a url")
        return self


class QueriedSettings(SourceSettings):
    """A source that is only queried, which may be large and never becomes a table as a whole; or a folder outside of
    the project, in which files of tables and of other sources lie."""

    folder: Annotated[str, StringConstraints(min_length=1, max_length=1000)] | None = None
    """A folder outside of the project, which the user has to allow: allow FOLDER."""

    @model_validator(mode="after")
    def _can_be_scanned(self) -> QueriedSettings:
        if self.folder is not None:
            more = sorted(self.model_fields_set - {"folder"})
            if more:
                raise ValueError(f"a folder says nothing else, and {more[0]} belongs to what lies in it")
            return self
        if self.file is None and self.url is None:
            raise ValueError("a source needs file = '...', url = '...', or folder = '...' for what lies outside")
        if self.query is not None:
            raise ValueError("query belongs to the table that asks this source")
        return self
