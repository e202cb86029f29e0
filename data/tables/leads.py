"""How far the first of a ranking is ahead of the second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from data.tables.aggregate import alike_values
from data.tables.differing import clear_sign
from data.tables.value import Value

if TYPE_CHECKING:
    from data.tables.table import Table


class Lead(Struct, frozen=True):
    """The two rows at an end of a ranking, and how far they are apart."""

    first: int
    second: int
    ahead: Value
    """The difference of the two, at least zero; it knows its margin."""

    @property
    def clear(self) -> bool:
        """Whether the first is ahead by more than the margin of the two; MissingError where nobody knows that."""
        return clear_sign(self.ahead) > 0


def lead(table: Table, name: str, highest: bool = True) -> Lead | None:
    """The lead of the row with the highest value of a field, or the lowest; None where there are fewer than two rows.

    Raises MissingError where a row has no value or only a limit, UnitError for different units.
    """
    values = alike_values(table, name)
    if len(values) < 2:
        return None
    first, second = sorted(range(len(values)), key=lambda row: -values[row].exact if highest else values[row].exact)[:2]
    return Lead(first, second, abs(values[first] - values[second]))
