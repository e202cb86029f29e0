"""How tests read one source: settings as project.toml would have them, and the problems as text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from data.errors import Place, ProjectError, SourceError
from data.network.leave import USUAL, Leave
from data.settings.sources import QueriedSettings, SourceSettings
from data.sources import fetch, read_source
from data.sources.grid import Grid
from data.sources.request import Request
from data.tables.table import Table

SECTION = Place("project.toml", 7)


def read(
    root: Path,
    *,
    sources: Mapping[str, dict[str, Any]] | None = None,
    tables: Mapping[str, Table] | None = None,
    leave: Leave = USUAL,
    **settings: Any,
) -> Grid:
    """The cells of the source that `settings` describe, in the project folder `root`; downloads become copies."""
    said = SourceSettings.model_validate(settings)
    queried = {name: QueriedSettings.model_validate(source) for name, source in (sources or {}).items()}
    path = root / said.file if said.file is not None else None
    with TemporaryDirectory() as parts:
        request = Request(
            root, SECTION, said, path, tables=tables or {}, sources=queried, leave=leave, parts=Path(parts)
        )
        fetched = fetch(request)
        grid = read_source(fetched)
        for download in fetched.downloads:
            download.keep()
        return grid


def refused(root: Path, **settings: Any) -> str:
    """What is said about a source that the project has to mend."""
    with pytest.raises(ProjectError) as caught:
        read(root, **settings)
    return str(caught.value)


def outage(root: Path, **settings: Any) -> str:
    """What is said about a source that is out of order."""
    with pytest.raises(SourceError) as caught:
        read(root, **settings)
    return str(caught.value)
