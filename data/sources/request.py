"""What a kind of source is asked for: where the data are, how to read them, and where the project says so."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from data.errors import Place, Problem, ProjectError, relative
from data.files.project_path import inside
from data.files.toml_file import TomlFile
from data.network.copies import Download
from data.network.leave import USUAL, Leave, Permission, permission
from data.settings.project import TableSettings
from data.settings.shape import ShapeSettings
from data.settings.sources import QueriedSettings, ReadSettings, SourceSettings
from data.sources.answered import Answered, Kept
from data.tables.table import Table

_OUTSIDE = (
    "Copy the file into the project and name it there; or read it where it is: "
    '[sources.NAME] folder = "/the/folder", and share = "NAME" here.'
)
"""What to do about a file of a table that is not in the project."""


class Request(Struct, frozen=True):
    """One source to be read."""

    root: Path
    """The project's folder."""
    place: Place
    """Where the project file begins to speak of this source."""
    settings: SourceSettings
    path: Path | None = None
    """The file, for kinds of source that read files."""
    name: str = ""
    """What messages and results call `path`, where that is not its path in the project: a masked address."""
    toml: TomlFile | None = None
    section: tuple[str, ...] = ()
    """Where in `toml` the settings stand: ("tables", "pay")."""
    tables: Mapping[str, Table] = field(default_factory=dict[str, Table])
    """The tables read so far, which a query may name."""
    sources: Mapping[str, QueriedSettings] = field(default_factory=dict[str, QueriedSettings])
    leave: Leave = USUAL
    """What the user said about the network for this run."""
    parts: Path | None = None
    """Folder in which downloads lie during the run."""
    download: Download | None = None
    """The download that `path` is."""
    warnings: tuple[Problem, ...] = ()
    """What there is to tell of the download."""
    answered: Answered | None = None
    """The result of the query, where `changed` was asked before."""
    fetched: Mapping[str, Request] = field(default_factory=dict[str, "Request"])
    """Requests for the sources that a query names, as far as they were downloaded."""

    @property
    def permission(self) -> Permission:
        """What the project may do on the network."""
        return permission(self.root, self.leave)

    @property
    def downloads(self) -> tuple[Kept, ...]:
        """Everything that was fetched for it, and is kept once it has been read as declared."""
        own = tuple(one for one in (self.download, self.answered) if one is not None)
        return (*own, *(one for request in self.fetched.values() for one in request.downloads))

    @property
    def needed_parts(self) -> Path:
        """The folder for downloads, which whoever asks for any has to give."""
        if self.parts is None:
            raise ValueError("a request for a download needs a folder")
        return self.parts

    @property
    def options(self) -> ReadSettings:
        return self.settings.read

    @property
    def file(self) -> str:
        """The source as users know it."""
        return self.name or relative(self.needed_path, self.root)

    @property
    def needed_path(self) -> Path:
        """The file to read; ProjectError where the settings name none."""
        if self.path is None:
            raise ProjectError.at(self.place, "names no file.", 'Add file = "...".')
        return self.path

    @property
    def kind(self) -> str:
        """The kind of source: "sql", "https", "share", "query", or the file's ending, in small letters."""
        if self.settings.connection is not None:
            return "sql"
        if self.settings.url is not None and self.path is None:
            return "https"
        if self.settings.share is not None and self.path is None:
            return "share"
        if self.settings.query is not None and self.settings.file is None:
            return "query"
        return self.options.format or self.needed_path.suffix.lower().removeprefix(".")

    @property
    def columns(self) -> tuple[str, ...]:
        """Headers of the columns that the table's fields are read from; () when that is not known."""
        settings = self.settings
        if not isinstance(settings, TableSettings) or settings.shape != ShapeSettings():
            return ()
        read = ((name, declared) for name, declared in settings.fields.items() if declared.is_read)
        return tuple(column for name, declared in read for column in declared.columns(name))

    def at(self, *setting: str) -> Place:
        """Where a setting of the source stands; the source's own place where the project file does not have it."""
        return self.toml.place(*self.section, *setting) if self.toml else self.place

    def of_file(self, path: Path, name: str = "") -> Request:
        """The same request for one file."""
        return replace(self, path=path, name=name)


def request_for(
    root: Path,
    toml: TomlFile,
    section: tuple[str, ...],
    settings: SourceSettings,
    tables: Mapping[str, Table],
    sources: Mapping[str, QueriedSettings],
    leave: Leave = USUAL,
    parts: Path | None = None,
) -> Request:
    """The request that a section of project.toml stands for.

    Raises ProjectError when it names a file that is not there or lies outside the project.
    """
    own, path = settings.own_file, None
    if own is not None:
        _refuse_misnamed(root / own, settings, sources, toml.place(*section, "source"))
        path = inside(root, own, toml.place(*section, "file"), _OUTSIDE)
    return Request(root, toml.place(*section), settings, path, "", toml, section, tables, sources, leave, parts)


def _refuse_misnamed(
    path: Path, settings: SourceSettings, sources: Mapping[str, QueriedSettings], place: Place
) -> None:
    """ProjectError where `source`, which says who found the numbers out, names a share."""
    said = settings.source if isinstance(settings, TableSettings) else None
    named = sources.get(said or "")
    if named is not None and named.folder is not None and not path.exists():
        message = f"source says who found the numbers out, and '{said}' is a folder in which the file may lie."
        raise ProjectError.at(place, message, f'Say share = "{said}".')
