"""How one table would be declared, and what was known when that was proposed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from data.inspection.layout import Layout
from data.inspection.setting import Setting
from data.sources.grid import Grid
from data.sources.sheet import Sheet


@dataclass(frozen=True)
class ProposedField:
    """One field."""

    name: str
    header: str
    """Its column in the tidied table."""
    settings: Mapping[str, object]
    """What project.toml would say of it, its type among it."""
    marks: tuple[str, ...] = ()
    """Texts in the column that stand for no value or a limit."""
    reasons: tuple[str, ...] = ()

    @property
    def type(self) -> str:
        return str(self.settings["type"])


@dataclass(frozen=True)
class Proposal:
    """How one table would be declared."""

    name: str
    origin: Mapping[str, Setting]
    """file, or url, or connection and query."""
    table: Mapping[str, Setting]
    read: Mapping[str, Setting]
    shape: Mapping[str, Setting]
    fields: tuple[ProposedField, ...]
    undeclared: tuple[tuple[str, str], ...] = ()
    """Columns that are left out, and why."""
    remarks: tuple[str, ...] = ()
    """What to look at before this is taken."""
    source: tuple[str, Mapping[str, Setting], Mapping[str, Setting]] | None = None
    """Name, origin and read settings of the source that a query asks, where the table is one."""
    sampled: bool = False
    """Whether only a part of the rows was looked at."""
    layout: Layout | None = None
    grid: Grid | None = field(default=None, repr=False)
    framed: Grid | None = field(default=None, repr=False)
    """The part of the grid that the proposed range leaves."""
    sheet: Sheet | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Surroundings:
    """What is known beside the grid itself."""

    name: str
    """A name for the table."""
    origin: Mapping[str, Setting]
    read: Mapping[str, Setting]
    lines: tuple[str, ...] = ()
    """Lines of the workbook's sheets that describe the others."""
    descriptions: Mapping[str, str] = field(default_factory=dict[str, str])
    """What those sheets say about a field; its header in small letters → words."""
    delimiter: str = ""
    sampled: str = ""
    """What was looked at, where it was not everything."""
    left_out: tuple[str, ...] = ()
    """Columns of lists or records, which no field can hold."""
    formats: Mapping[int, str] = field(default_factory=dict[int, str])
    """Columns of the sheet, from 1, whose number formats say "percent" or a currency."""
