"""Where tables are read from, one kind of source a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from data.sources import delimited
from data.sources.sheet import Sheet

SOURCES: dict[str, Callable[[Path, Path], Sheet]] = {
    ".csv": delimited.read,
    ".tsv": delimited.read,
}
"""Ending of the file name → how to read such a file, given its path and the project's folder."""
