"""A file that is there, and what is known of it before it is looked into."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from data.files.file_kinds import FileKind
from data.inspection.opening.opened import Opened, Read, SourcePart, plain_values, request
from data.inspection.words.setting import ProposedSetting
from data.sources import read_source


class File(Struct, frozen=True):
    """A file of this machine, or one that was just downloaded."""

    path: Path
    shown: str
    """What messages call it."""
    kind: FileKind
    start: bytes
    """Its first bytes."""
    read: Mapping[str, ProposedSetting]
    """Settings that reading it takes."""
    origin: Mapping[str, ProposedSetting]
    """file or url."""
    local: Path | None
    """The file that a project would have to hold; None for one that was downloaded."""
    stem: str
    """Its name without its ending."""

    @property
    def size(self) -> int:
        """Its bytes."""
        return self.path.stat().st_size

    def cells(self, options: Mapping[str, ProposedSetting]) -> Read:
        """Its cells, read with these settings as a project reads them. Raises ProjectError where that fails."""
        values = {"format": self.kind.name, **plain_values(options)}
        asked = request(self.path.parent, self.shown, {"file": self.path.name, "read": values}, self.path)
        return Read(read_source(asked), options, {})

    def in_parts(self, parts: tuple[SourcePart, ...]) -> Opened:
        """It as it is opened, with what its parts are called; how to read one is still to be said."""
        return Opened(self.stem, self.origin, parts, lambda _: self.cells(self.read), size=self.size, path=self.local)
