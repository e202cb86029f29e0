"""What `project.toml` may say of how a sheet becomes a table."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from data.settings.kinds import Settings, Whole, Words, YesNo
from data.settings.sources import ReadSettings


class SectionSettings(Settings):
    """Rows among the data that say what the rows below them are about."""

    field: str = Field(min_length=1)
    """The column that is made of them."""
    rows: Words = ()
    """Which rows they are; without it, every row in which one cell is filled."""
    outside: Words = ()
    """Rows that belong to no section, such as a total at the end."""


class HierarchySettings(Settings):
    """Rows whose indentation says what they are part of."""

    column: str | None = None
    """The indented column; the first one where it is not said."""
    level: str | None = None
    """The column that is to hold how deep a row is, from 1."""
    parents: tuple[str, ...] = ()
    """The columns that are to hold what a row is part of, outermost first."""


class LongSettings(Settings):
    """Columns that become rows."""

    columns: Words = Field(min_length=1)
    name: str | tuple[str, ...]
    """The column that is to hold their headers; several where `split` divides the headers."""
    value: str = Field(min_length=1)
    """The column that is to hold their cells."""
    split: str = ""
    """What stands between the parts of a header, or a /pattern/ with a group for each part."""


class WideSettings(Settings):
    """Rows that become columns."""

    name: str
    """The column whose words become headers."""
    value: str | tuple[str, ...]
    """The columns whose cells are put below them."""
    by: tuple[str, ...] = ()
    """The columns that tell rows apart; all the others where it is not said."""


class ShapeSettings(Settings):
    """How a table made for people becomes one header and rows. `data.reshape` documents the order of the steps."""

    begin: Words = ()
    """What a row above the header says, where others like it, or other tables, stand above that."""
    header: Annotated[Whole, Field(ge=0)] | str | tuple[Annotated[Whole, Field(ge=1)], ...] | tuple[str, ...] | None = (
        None
    )
    header_join: str = " "
    header_fill: YesNo | None = None
    repeated_headers: Literal["refuse", "number"] = "refuse"
    units: YesNo = False
    column_numbers: YesNo = False
    cells: dict[str, Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,3}[1-9]\d*$")]] = {}
    leaders: YesNo = False
    """Whether dots lead from labels to their values."""
    end: Words = ()
    """What the first row below the table says that is neither a row of it nor a note."""
    notes: Annotated[Whole, Field(ge=1)] | Words = ()
    skip: Annotated[Whole, Field(ge=1)] | str | tuple[Annotated[Whole, Field(ge=1)] | str, ...] = ()
    alone: Words = ()
    """Rows that say this, and nothing else."""
    says: Words = ()
    """What lines around the table have to say: what is declared of the numbers holds only then."""
    sections: SectionSettings | Annotated[str, StringConstraints(min_length=1)] | None = None
    fill_down: str | tuple[str, ...] = ()
    marks: tuple[str, ...] | dict[str, str] = ()
    hierarchy: HierarchySettings | None = None
    totals: Literal["keep"] | None = None
    """Whether rows that sum up others are meant to be there; told where it is not said."""
    drop: Words | dict[str, Words] = ()
    keep: Words | dict[str, Words] = ()
    repeated_rows: Literal["keep", "drop"] | None = None
    """Where it is not said, rows that repeat another one exactly stay, and are told."""
    long: LongSettings | None = None
    wide: WideSettings | None = None

    @model_validator(mode="after")
    def _marks_are_no_words(self) -> ShapeSettings:
        for mark in self.marks:
            if not re.search(r"[^A-Za-z0-9\s]|^\d+$", mark):
                raise ValueError(f"the mark '{mark}' cannot be told from words and numbers")
        return self


class OneFileSettings(Settings):
    """One of several files that are read by one declaration, where it differs from the others."""

    file: str
    read: ReadSettings = ReadSettings()


class FileFieldSettings(Settings):
    """A column made from the names of the files."""

    name: str = Field(min_length=1)
    pattern: str
    """A regular expression; its group, or all that it matches, is the cell."""


class CountSettings(Settings):
    """How many rows a table has."""

    minimum: Annotated[Whole, Field(ge=0)] = 1
    maximum: Annotated[Whole, Field(ge=0)] | None = None
