"""What is looked at, once it is open: its parts, and how to read each of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct, field

from data.errors import Place, ProjectError
from data.inspection.words.naming import described_key
from data.inspection.words.setting import ProposedSetting
from data.network.leave import USUAL, Leave
from data.settings.sources import SourceSettings
from data.sources.grid import Grid
from data.sources.request import Request

_DESCRIBING = re.compile(
    r"descri|field|note|read ?me|about|legend|codebook|dictionary|metadata|definition|glossar|variables|columns|"
    r"erläuter|hinweis|lisez|leyenda|info",
    re.IGNORECASE,
)
"""Names of sheets that say something about the others."""
_DESCRIPTION_ROWS = 2_000
_DESCRIBING_SHEETS = 3


class SourcePart(Struct, frozen=True):
    """A sheet of a workbook, a list of records in a JSON file, or a table of a database."""

    name: str
    hidden: bool = False


class Read(Struct, frozen=True):
    """The cells of a part, and the settings that reading it takes."""

    grid: Grid
    read: Mapping[str, ProposedSetting]
    origin: Mapping[str, ProposedSetting]
    """What the table's section says beside that of its source: a query."""
    sampled: str = ""
    """What was looked at, where it was not everything."""
    left_out: tuple[str, ...] = ()
    """Columns of lists or records, which no table can hold."""
    formats: Mapping[int, str] = field(default_factory=dict[int, str])
    """Columns, from 1, and what their numbers are formatted as, where that says something."""


class Opened(Struct, frozen=True):
    """A source that can be looked at."""

    name: str
    """What to call a table of it."""
    origin: Mapping[str, ProposedSetting]
    """file, url or connection."""
    parts: tuple[SourcePart, ...]
    """() where there is only one, without a name."""
    read: Callable[[str], Read]
    delimiter: str = ""
    """The mark between cells of a text file."""
    size: int = 0
    """Bytes of the file."""
    path: Path | None = None
    """The file of this machine that a project would have to hold."""

    @property
    def visible(self) -> tuple[str, ...]:
        return tuple(part.name for part in self.parts if not part.hidden)

    @property
    def describing(self) -> tuple[str, ...]:
        """Parts that say something about the others."""
        return tuple(name for name in self.visible if _DESCRIBING.search(name))


def request(
    root: Path,
    shown: str,
    settings: Mapping[str, object],
    path: Path | None = None,
    leave: Leave = USUAL,
    parts: Path | None = None,
) -> Request:
    """The request for a source with these settings; `shown` is what messages call it."""
    values = SourceSettings.model_validate(settings)
    return Request(root, Place(shown), values, path, shown if path is not None else "", leave=leave, parts=parts)


def plain_values(settings: Mapping[str, ProposedSetting]) -> dict[str, object]:
    """Settings without their reasons."""
    return {name: setting.value for name, setting in settings.items()}


def described(opened: Opened, part: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """What other sheets of the workbook say: their lines, and for each field what it is."""
    lines: list[str] = []
    fields: dict[str, str] = {}
    for name in opened.describing[:_DESCRIBING_SHEETS]:
        if name == part:
            continue
        try:
            grid = opened.read(name).grid
        except ProjectError:
            continue
        for row in grid.cells[:_DESCRIPTION_ROWS]:
            texts = [" ".join(cell.split()) for cell in row if len(cell.strip()) > 1]
            lines.extend(dict.fromkeys(texts))
            if len(texts) >= 2 and len(texts[0]) <= 60 and texts[0] != texts[1]:
                fields.setdefault(described_key(texts[0]), texts[1])
    return tuple(lines), fields
