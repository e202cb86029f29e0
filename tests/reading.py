"""How tests read one source: settings as project.toml would have them, and the problems as text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from data.errors import Place, ProjectError, SourceError
from data.settings import QueriedSettings, SourceSettings
from data.sources import read_source
from data.sources.grid import Grid
from data.sources.request import Request
from data.table import Table

SECTION = Place("project.toml", 7)


def read(
    root: Path,
    *,
    sources: Mapping[str, dict[str, Any]] | None = None,
    tables: Mapping[str, Table] | None = None,
    **settings: Any,
) -> Grid:
    """The cells of the source that `settings` describe, in the project folder `root`."""
    said = SourceSettings.model_validate(settings)
    queried = {name: QueriedSettings.model_validate(source) for name, source in (sources or {}).items()}
    path = root / said.file if said.file is not None else None
    return read_source(Request(root, SECTION, said, path, tables=tables or {}, sources=queried))


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
