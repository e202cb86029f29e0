"""What a chart shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Literal

from msgspec import Struct, field

from charts.beside import Note, Reference
from data.language.show import Scale, as_shown, common_scale
from data.tables.table import Field, Table
from data.tables.value import Interval, Value


class Chart(Struct, frozen=True, dict=True):
    """What to show; drawing it needs a size and a brand.

    The table is already filtered, sorted and cut to the rows that are drawn.
    """

    id: str
    table: Table
    kind: str
    """A key of `charts.kinds.registry.KINDS`."""
    category: str
    """Name of the field whose values name the rows: job titles, years, places, skills."""
    measures: tuple[str, ...]
    """Names of the fields whose values are drawn, each once."""
    highlight: tuple[str, ...] = ()
    """Categories that stand out in the accent colour, as they are called in the data."""
    measure_line: str = ""
    """What is measured and in what unit, for the grey line below the claim."""
    alt: str = ""
    """The author's own description; empty lets the chart describe itself."""
    cut: str = ""
    """That only some of its rows are drawn, and which: "highest 10 of 98"; empty where all are."""
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """Role → names of the fields that play it, where a kind has others than `category` and `measure`."""
    start: Value | None = None
    """Where the value axis begins, if not at zero; lines alone may."""
    diverging: bool | str = False
    """Whether its series lead from one end over a middle to the other, or which of them is the middle."""
    cells: Literal["bars", "heat"] = "bars"
    """What the cells of a table hold beside their figures: bars, or a shade of their values."""
    differences: bool = False
    """Whether each row says how far its second measure is from its first."""
    marks: str = ""
    """What shows its values where a kind has a choice: "lines", "columns" or "bars"; empty for a kind that has none."""
    references: tuple[Reference, ...] = ()
    """Values that lines are drawn at, in the unit of what is measured."""
    notes: tuple[Note, ...] = ()
    """Words at some of its points."""
    rest: str = "not stated"
    """Key of our word for what is missing to a whole; empty where it must not be shown."""
    minimum_n: int | None = None
    """The least number of people behind a mark of a kind that sums up its rows."""
    grid: Mapping[str, tuple[str, int, int]] = field(default_factory=dict[str, tuple[str, int, int]])
    """What a place is called, in small letters → its short name, row and column in a map of tiles; that of the states
    of the US where there is none."""
    overruled: tuple[str, ...] = ()
    """Names of the rules of honest charts that it breaks with its project's leave."""

    def role(self, name: str) -> str | None:
        """Name of the field that plays a role; None where none does."""
        return next(iter(self.roles.get(name, ())), None)

    @property
    def category_field(self) -> Field:
        return self.table.field(self.category)

    def values(self) -> Iterator[Value | Interval]:
        """What is drawn, row by row: the category, the fields that play other roles, what is measured of it; then what
        is said beside."""
        others = [name for names in self.roles.values() for name in names]
        shown = dict.fromkeys((self.category, *others, *self.measures))
        for row in self.table:
            for name in shown:
                yield row[name]
        for beside in (*self.references, *self.notes):
            yield from beside.values()

    @cached_property
    def scales(self) -> dict[str | None, Scale | None]:
        """How the labels of each unit are shortened: with as many decimals, up to three, as tell its values apart."""
        found: dict[str | None, list[Value]] = {}
        for name in self.measures:
            for value in self.table.values(name):
                ends = (value.low, value.high) if isinstance(value, Interval) else (value,)
                found.setdefault(value.measure.unit, []).extend(ends)
        return {unit: _telling_apart(common_scale(values), values) for unit, values in found.items()}

    @property
    def measure_fields(self) -> tuple[Field, ...]:
        return tuple(self.table.field(name) for name in self.measures)


def _telling_apart(scale: Scale | None, values: Sequence[Value]) -> Scale | None:
    """The scale, finer where different values would be said alike; as it was where three decimals do not help."""
    if scale is None or not scale.power:
        return scale
    plain = [value for value in values if isinstance(value.content, Decimal) and value.mark is None]
    wanted = len({as_shown(value, Scale()) for value in plain})
    finer = (Scale(scale.power, scale.name, decimals) for decimals in range(scale.decimals, 4))
    return next((one for one in finer if len({as_shown(value, one) for value in plain}) == wanted), scale)
