"""How one table would be declared, and what was known when that was proposed."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from data.inspection.grids.layout import Layout
from data.inspection.words.setting import OPEN, ProposedSetting, spoken
from data.sources.grid import Grid
from data.sources.sheet import Sheet


class ProposedField(Struct, frozen=True):
    """One field."""

    name: str
    header: str
    """Its column in the tidied table."""
    settings: Mapping[str, object]
    """What project.toml would say of it, its type among it."""
    marks: tuple[str, ...] = ()
    """Texts in the column that stand for no value or a limit."""
    reasons: tuple[str, ...] = ()
    guess: bool = False
    """Whether the file only makes likely what is proposed."""
    choices: tuple[str, ...] = ()
    """What could be written of it, where something is open."""

    @property
    def type(self) -> str:
        return str(self.settings["type"])

    @property
    def spoken(self) -> str:
        """Its reasons as they are printed."""
        return spoken(" ".join(self.reasons), self.guess, self.choices)


class Proposal(Struct, frozen=True):
    """How one table would be declared."""

    name: str
    origin: Mapping[str, ProposedSetting]
    """file, or url, or connection and query."""
    table: Mapping[str, ProposedSetting]
    read: Mapping[str, ProposedSetting]
    shape: Mapping[str, ProposedSetting]
    fields: tuple[ProposedField, ...]
    undeclared: tuple[tuple[str, str], ...] = ()
    """Columns that are left out, and why."""
    remarks: tuple[str, ...] = ()
    """What to look at before this is taken."""
    source: tuple[str, Mapping[str, ProposedSetting], Mapping[str, ProposedSetting]] | None = None
    """Name, origin and read settings of the source that a query asks, where the table is one."""
    sampled: bool = False
    """Whether only a part of the rows was looked at."""
    layout: Layout | None = None
    grid: Grid | None = None
    framed: Grid | None = None
    """The part of the grid that the proposed range leaves."""
    sheet: Sheet | None = None

    @property
    def open(self) -> tuple[str, ...]:
        """What only the author can know, and has to answer before the table loads."""
        said = [setting.reason for setting in self.table.values() if setting.choices]
        return (*said, *(f"{one.name}: {' '.join(one.reasons)}" for one in self.fields if one.choices))

    def answered(self) -> Proposal:
        """The proposal with some answer to each question, so that its rows can be shown."""
        return replace(
            self,
            table={name: replace(one, value=_answered(one.value, "not available")) for name, one in self.table.items()},
            fields=tuple(replace(one, settings=_answers(one.settings)) for one in self.fields),
        )


def _answers(settings: Mapping[str, object]) -> dict[str, object]:
    """A field's settings with its marks answered; one whose scale is open is shown as the file writes it."""
    if OPEN in (settings.get("scale"), settings.get("multiply")):
        kept = {key: value for key, value in settings.items() if key in ("title", "column", "missing")}
        return {**kept, "type": "text"}
    return {key: _answered(value, "not available") for key, value in settings.items()}


def _answered(value: object, answer: str) -> object:
    if isinstance(value, dict):
        items: dict[str, object] = value  # pyright: ignore[reportUnknownVariableType]  # settings are named by texts
        return {key: _answered(item, answer) for key, item in items.items()}
    return answer if value == OPEN else value


class Surroundings(Struct, frozen=True):
    """What is known beside the grid itself."""

    name: str
    """A name for the table."""
    origin: Mapping[str, ProposedSetting]
    read: Mapping[str, ProposedSetting]
    lines: tuple[str, ...] = ()
    """Lines of the workbook's sheets that describe the others."""
    descriptions: Mapping[str, str] = field(default_factory=dict[str, str])
    """What those sheets say about a field; its header in small letters → words."""
    delimiter: str = ""
    sampled: str = ""
    """What was looked at, where it was not everything."""
    left_out: tuple[str, ...] = ()
    """Columns of lists or records, which no field can hold."""
    language: str = "en-US"
    """What the project's people read: how its dates are written most likely."""
    formats: Mapping[int, str] = field(default_factory=dict[int, str])
    """Columns of the sheet, from 1, and what their numbers are formatted as, where that says something."""
