"""What `project.toml` may say: its tables, charts and outputs."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, model_validator

from data.errors import nearest
from data.item import ROW
from data.language.iso_date import age_fault
from data.settings.addresses import website_fault
from data.settings.batches import BatchSettings
from data.settings.delivery import BRIEF, DeliverSettings, TellSettings
from data.settings.fields import Absence, FieldSettings, MarkSettings, NumberSettings
from data.settings.kinds import (
    IsoDate,
    IsoPeriod,
    Language,
    Limit,
    Name,
    Number,
    OutputName,
    PriceYear,
    Printed,
    SettingError,
    Settings,
    Term,
    VariableValue,
    Whole,
    YesNo,
    judged,
)
from data.settings.shape import CountSettings, FileFieldSettings, OneFileSettings, ShapeSettings
from data.settings.sources import QueriedSettings, SourceSettings
from data.variables import SET, Variables

_TIMES = ("year", "academic_year", "date")


class MinimumSettings(Settings):
    """Values that rest on too few answers are hidden."""

    field: Name
    """The field that counts the answers."""
    value: Annotated[Whole, Field(ge=2)]
    """The least number of answers behind a value that is shown."""
    hides: tuple[Name, ...] = ()
    """Fields to hide; every number of the row, the count included, when none is named."""
    within: Name | None = None
    """Field of the groups for which totals are known elsewhere; the whole table when there is none."""


class ChangesSettings(Settings):
    """How far a table may move from one edition to the next before a person must look."""

    rows: Limit | None = None
    """How many rows more or fewer: "5 %" of those before, or a number."""
    identity: tuple[Name, ...] = ()
    """Fields that together say which row it is, where the table has no key."""
    categories: tuple[Name, ...] = ()
    """Fields none of whose values may go or come."""
    history: Name | None = None
    """The field of time: rows of earlier times than the latest of the edition before may not change."""


class PeriodSettings(Settings):
    """The time of the data, as a field of theirs has it."""

    field: Name
    """A year or date: the data are of the time from the first to the last."""


class TableSettings(SourceSettings):
    """One table: read from a source, or computed from another table."""

    files: str | tuple[str | OneFileSettings, ...] = ()
    """Several files of one shape: names, in which * stands for anything."""
    file_field: FileFieldSettings | None = None
    shape: ShapeSettings = ShapeSettings()
    numbers: NumberSettings | None = None
    """How its numbers are written; plainly (1234.5) where it is not said."""
    count: CountSettings | None = None
    derived_from: Name | None = Field(default=None, alias="from")
    group_by: Name | None = None
    where: str | None = None
    latest: Name | None = None
    earliest: Name | None = None
    title: Printed = ""
    source: Printed | None = None
    as_of: IsoPeriod | PeriodSettings | None = None
    prices: PriceYear | None = None
    licence: Printed | None = None
    notes: tuple[Printed, ...] = ()
    missing: tuple[str, ...] | dict[str, Absence | MarkSettings] = ()
    """Marks that stand for no value, or what each of them means."""
    minimum_n: MinimumSettings | None = None
    stale_after: Annotated[str, judged(age_fault)] | None = None
    """How old the data may be, counted from the end of as_of, before `check` warns."""
    whole: Name | None = None
    changes: ChangesSettings = ChangesSettings()
    """What of it may change from one published edition to the next, and how far."""
    fields: dict[Name, FieldSettings] = Field(min_length=1)

    @property
    def several(self) -> tuple[OneFileSettings, ...]:
        """The files that the declaration names, where it names several."""
        files = (self.files,) if isinstance(self.files, str) else self.files
        return tuple(OneFileSettings(file=one) if isinstance(one, str) else one for one in files)

    @property
    def origins(self) -> frozenset[str]:
        """The files and the address that it is read from, as the declaration names them."""
        return frozenset(one for one in (self.file, self.url, *(each.file for each in self.several)) if one)

    @property
    def stated_period(self) -> str | None:
        """What time the data are of, where the declaration says it."""
        return self.as_of if isinstance(self.as_of, str) else None

    @property
    def time_field(self) -> str | None:
        """The field whose times they are of."""
        return self.as_of.field if isinstance(self.as_of, PeriodSettings) else None

    @model_validator(mode="after")
    def _says_when(self) -> TableSettings:
        name = self.time_field
        if name is not None and name not in self.fields:
            raise SettingError(f"as_of names '{name}', which is no field of the table.", nearest(name, self.fields))
        if name is not None and self.fields[name].type not in _TIMES:
            raise ValueError(f"as_of names '{name}', which is no year or date")
        return self

    @model_validator(mode="after")
    def _says_whose_changes(self) -> TableSettings:
        said = self.changes
        for name in (*said.identity, *said.categories, *((said.history,) if said.history else ())):
            if name not in self.fields:
                raise SettingError(
                    f"changes names '{name}', which is no field of the table.", nearest(name, self.fields)
                )
        if said.history and self.fields[said.history].type not in _TIMES:
            raise ValueError(f"history names '{said.history}', which is no year or date")
        return self

    @model_validator(mode="after")
    def _has_one_origin(self) -> TableSettings:
        read = any(
            origin is not None for origin in (self.file, self.files or None, self.url, self.connection, self.query)
        )
        if read == (self.derived_from is not None):
            raise ValueError(
                "a table needs one origin: file = '...', url, connection, query, or from = 'another table'"
            )
        if self.share is not None and self.file is None and not self.files:
            raise ValueError("share belongs to a file: file = '...', as it is called from the folder on")
        if self.file is not None and self.files:
            raise ValueError("file and files are two origins; a table has one")
        if not read and (self.shape != ShapeSettings() or self.file_field or self.numbers):
            raise ValueError("shape, numbers and file_field belong to a table that is read from a source")
        if not read and any(f.type == "range" and not (f.low and f.high) for f in self.fields.values()):
            raise ValueError("a range of a computed table needs low and high, the names of two other fields")
        if read and (self.group_by or self.where or self.latest or self.earliest):
            raise ValueError("group_by, where, latest and earliest belong to a table that is computed from another one")
        if self.latest and self.earliest:
            raise ValueError("latest and earliest are two choices of rows; a table has one")
        return self


class ChartSettings(Settings):
    """One chart: which fields of which table, its claim, and the claim's test."""

    table: Name
    each: Name | None = None
    """The batch for each of whose rows the chart is drawn; its expressions may ask for `row`."""
    kind: str | None = None
    x: Name | Annotated[tuple[Name, ...], Field(min_length=1)]
    y: Name | Annotated[tuple[Name, ...], Field(min_length=1)] | None = None
    series: Name | None = None
    size: Name | None = None
    low: Name | None = None
    middle: Name | None = None
    high: Name | None = None
    label: Name | None = None
    grid: Name | None = None
    minimum_n: Annotated[Whole, Field(ge=2)] | None = None
    title: Printed
    holds: str | None = None
    otherwise: Annotated[Printed, Field(min_length=1)] | None = None
    highlight: str | tuple[str, ...] = ()
    diverging: YesNo | str = False
    cells: Literal["bars", "heat"] | None = None
    differences: YesNo = False
    marks: Literal["lines", "columns", "bars"] | None = None
    sort: Literal["ascending", "descending", "none"] | None = None
    rows: Annotated[Whole, Field(ge=1)] | None = None
    others: Literal["sum"] | None = None
    where: str | None = None
    measure: Printed = ""
    alt: Printed = ""
    axis: AxisSettings | None = None
    allow: tuple[str, ...] = ()
    references: tuple[ReferenceSettings, ...] = ()
    notes: tuple[NoteSettings, ...] = ()

    @model_validator(mode="after")
    def _tests_what_switches(self) -> ChartSettings:
        if self.otherwise is not None and self.holds is None:
            raise SettingError("otherwise is the title where holds is false, and there is no holds.", "Write the test.")
        if self.otherwise is not None and self.otherwise == self.title:
            raise SettingError("otherwise says what the title says.", "Write what is true where holds is false.")
        return self


class AxisSettings(Settings):
    """The axis of values."""

    start: Annotated[Number, Field(alias="from")]
    """Where it begins: lines may begin above zero, and say so."""


class ReferenceSettings(Settings):
    """A line at a value: an average, a target, last year's."""

    value: str | Number
    """An expression over the tables, such as "pay.mean('salary')"; or a number, in the unit of what is measured."""
    text: Annotated[Printed, Field(min_length=1)]
    """What the value is called. It may hold {{ placeholders }}; where it holds none, the value stands behind it."""


class NoteSettings(Settings):
    """Words at one point of a chart."""

    at: str | Whole
    """What the point's row is called: its time, as the data write it."""
    text: Annotated[Printed, Field(min_length=1)]
    """What is said of it. It may hold {{ placeholders }}."""
    series: str | None = None
    """Whose point it is, where a chart has several series."""


class OutputSettings(Settings):
    """One document to make. What else may stand here is an option of its writer, which has a model of its own."""

    model_config = ConfigDict(extra="allow")

    writer: str
    story: str
    each: Name | None = None
    """The batch for each of whose rows the document is made."""

    @property
    def options(self) -> dict[str, Any]:
        """The settings that are for the writer."""
        return dict(self.model_extra or {})


class PublishSettings(Settings):
    """How many editions stay where they are published, and what becomes of decks that people edit there."""

    keep: Annotated[Whole, Field(ge=2)] = 30
    """So many editions are kept, the latest ones."""
    keep_days: Annotated[Whole, Field(ge=1)] = 365
    """So long an edition is kept, in days."""
    on_edit: Literal["replace", "refresh"] = "replace"
    """What becomes of a public deck that somebody edited: `refresh` brings new data into it and keeps the edits; what
    is in conflict with the data holds the edition."""


class ProjectSettings(Settings):
    """A project file."""

    title: Printed = Field(min_length=1)
    subtitle: Printed = ""
    kicker: Printed = ""
    language: Language = "en-US"
    publisher: Printed = ""
    website: Annotated[str, judged(website_fault)] = ""
    published: IsoDate | None = None
    caveat: Printed = ""
    variables: dict[Name, VariableValue | Annotated[tuple[VariableValue, ...], Field(min_length=2)]] = {}
    """Words and numbers that a run may set, --set NAME=VALUE, and what they are where it does not: of a list the first,
    and then nothing else than the list names. Expressions ask for them by set.NAME."""
    typed: tuple[str, ...] = ()
    """Phrases within which numbers are typed by hand on purpose: "Hall 2", "24/7"."""
    sources: dict[Name, QueriedSettings] = {}
    tables: dict[Name, TableSettings] = {}
    charts: dict[Name, ChartSettings] = {}
    outputs: dict[OutputName, OutputSettings] = Field(min_length=1)
    batches: dict[Name, BatchSettings] = {}
    glossary: dict[Term, Annotated[Printed, Field(min_length=1)]] = {}
    publish: PublishSettings = PublishSettings()
    deliver: dict[Name, DeliverSettings] = {}
    tell: dict[Name, TellSettings] = {}

    @property
    def given(self) -> Variables | None:
        """The variables as the run has them; None where the project has none."""
        said = {name: one[0] if isinstance(one, tuple) else one for name, one in self.variables.items()}
        return Variables(tuple(said.items())) if said else None

    @model_validator(mode="after")
    def _names_variables_apart(self) -> ProjectSettings:
        taken = [name for name, table in self.tables.items() if SET in (name, *table.fields)]
        if self.variables and taken:
            raise ValueError(f"'{SET}' is a name in tables.{taken[0]} and that of the variables, set.NAME")
        return self

    @model_validator(mode="after")
    def _names_sources_apart(self) -> ProjectSettings:
        both = [name for name in self.sources if name in self.tables]
        if both:
            raise ValueError(f"'{both[0]}' is the name of a source and of a table; a query could mean either")
        return self

    @model_validator(mode="after")
    def _explains_a_term_once(self) -> ProjectSettings:
        seen: dict[str, str] = {}
        for term in self.glossary:
            if (other := seen.setdefault(term.casefold(), term)) != term:
                raise ValueError(f"the glossary explains '{other}' and '{term}', which are one term")
        return self

    @model_validator(mode="after")
    def _makes_what_is_batched(self) -> ProjectSettings:
        """Every batch has a table and an output, and what says `each` has a batch."""
        for room, each in (("outputs", self.outputs), ("charts", self.charts)):
            for name, one in each.items():
                if one.each is not None and one.each not in self.batches:
                    message = f"{room}.{name} is for each row of the batch '{one.each}', and there is none."
                    raise SettingError(message, nearest(one.each, self.batches) or f"Write [batches.{one.each}].")
        for name, batch in self.batches.items():
            if all(output.each != name for output in self.outputs.values()):
                message = f"batches.{name} makes nothing: no output is for each of its rows."
                raise SettingError(message, f'Write each = "{name}" below an output.')
            if batch.over not in self.tables:
                message = f"batches.{name} is over '{batch.over}', and there is no such table."
                raise SettingError(message, nearest(batch.over, self.tables))
        for name, place in self.deliver.items():
            if place.batch is not None and place.batch not in self.batches:
                message = f"deliver.{name} is for the batch '{place.batch}', and there is none."
                raise SettingError(message, nearest(place.batch, self.batches) or "Leave it out.")
            if place.batch is not None and self.batches[place.batch].recipient_field is None:
                message = f"deliver.{name} goes to recipients, and batches.{place.batch} does not say who they are."
                raise SettingError(message, 'Write recipient_field = "..." there.')
        if self.batches and ROW in self.tables:
            raise ValueError(f"'{ROW}' is the name of a table and, in batches, of the row that a document is about")
        return self

    @model_validator(mode="after")
    def _attaches_outputs(self) -> ProjectSettings:
        for name, tell in self.tell.items():
            for output in tell.attach:
                if output != BRIEF and output not in self.outputs:
                    raise ValueError(f"tell.{name} attaches '{output}', and there is no [outputs.{output}]")
        return self
