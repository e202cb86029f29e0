"""What a kind of chart says of itself: which roles its fields play, how it is drawn, and what else is its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from msgspec import Struct

from charts.chart import Chart
from charts.distinct import Fault, of_one_name
from charts.plot import Plot
from charts.roles import Role, RoleName
from charts.shades import Shades, emphasis
from charts.style import ChartStyle
from data.tables.table import Row, Table


class Kind(Struct, frozen=True):
    """A kind of chart: which roles its fields play, how it is drawn, and what else is its own."""

    roles: tuple[Role, ...]
    draw: Callable[[Chart, ChartStyle, float, float | None], Plot]
    """Takes the chart, its style, the width and the height (None for the natural one) in points."""
    describe: Callable[[Chart, str], str]
    """Takes the chart and the language, gives one or two sentences that stand for it."""
    shades: Callable[[Chart], Shades] = emphasis
    """The colours of its marks that mean something, in the order of their series."""
    marks: Callable[[Chart], Shades] | None = None
    """All colours of its marks, where there are more than those."""
    fault: Callable[[Chart, str], Fault | None] = of_one_name
    """What is wrong with its rows, by the chart and the language, and what to do; None where nothing is."""
    finish: Callable[[Chart, Table, Table], Chart] | None = None
    """Takes the chart, the rows that were chosen for it and its whole table, and adds what only these tell."""
    rank: Callable[[Chart, Sequence[Sequence[Row]]], list[Decimal | None]] | None = None
    """What each category is sorted by, from the rows of each; None where rows are sorted by their first measure."""
    line: Callable[[Chart, str], str] | None = None
    """What is measured, in words, where that is not the titles of all that is measured."""
    strands: bool = False
    """Whether a whole series can be highlighted."""
    counts: bool = False
    """Whether its rows are summed up and never named: the first thing that is measured names what is drawn."""
    by_middle: bool = False
    """Whether its rows are in the order of the middle one of its measures, and not of the first."""
    in_file_order: bool = False
    """Whether its rows stay as the table has them: their order is that of time, and sorting would turn it round."""
    fewer: bool = True
    """Whether leaving out rows makes it lower."""
    references: bool = False
    """Whether it draws lines at values."""
    notes: bool = False
    """Whether it draws words at its points."""
    cells: bool = False
    """Whether it has cells, whose values may shade them."""
    differences: bool = False
    """Whether it can say how far the second of two measures is from the first."""
    panels: bool = False
    """Whether a project says what shows the values in its panels: `marks`."""
    starts: bool = False
    """Whether its value axis may begin above zero: only lines are read by their course, all else by its length."""

    def role(self, name: RoleName) -> Role | None:
        return next((role for role in self.roles if role.name == name), None)
