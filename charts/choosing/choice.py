"""The rule that picks a kind of chart from the shape of the data, where a project names none, and says why."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from charts.kinds.registry import KINDS, unfit
from charts.roles import Given
from data.tables.table import Field

MOST_NAMES = 200
"""Rows whose names a reader still looks through, on several pages."""
_MOST_LINES = 4
_MANY_VALUES = 20
"""Values from which their distribution can be seen."""
_MANY_STATES = 30
_FEW_NAMES = 8
"""Rows up to which two bars each are seen at once."""


class Shape(Struct, frozen=True, kw_only=True):
    """What a chart is to show."""

    given: Given
    """The fields by their roles: `category` and `measure` where one axis names and the other measures, else x and y."""
    whole: bool = False
    """Whether the measure is declared to be parts of a whole."""
    rows: int = 2
    names: int = 2
    """Different names along the axis of categories."""
    series: int = 1
    """Different names in the series field, or measures where there are several."""
    states: int = 0
    """Rows that are called like states of the US, or like the places of the chart's grid."""

    @property
    def category(self) -> Field | None:
        return next(iter(self.given.get("category", ())), None)

    @property
    def measures(self) -> tuple[Field, ...]:
        return self.given.get("measure", ())

    @property
    def timed(self) -> bool:
        return self.category is not None and self.category.measure.type in ("year", "date")

    @property
    def repeated(self) -> bool:
        """Whether several rows have one name: the rows are people, or what else is counted."""
        return "series" not in self.given and self.names < self.rows

    def measured(self, kind: str) -> bool:
        return any(field.measure.type == kind for field in self.measures)


class Choice(Struct, frozen=True):
    """A kind, when it is right, and why."""

    kind: str
    when: Callable[[Shape], bool]
    because: str


CHOICES: tuple[Choice, ...] = (
    Choice("scatter", lambda s: "x" in s.given and "y" in s.given, "both axes measure something"),
    Choice("histogram", lambda s: "x" in s.given and s.rows >= _MANY_VALUES, "one field is given, of many rows"),
    Choice("band", lambda s: s.timed and "low" in s.given and "high" in s.given, "its margin runs through time"),
    Choice("bullet", lambda s: "middle" in s.given and "low" not in s.given, "each row has a value and its target"),
    Choice("range", lambda s: "low" in s.given and "high" in s.given, "a low and a high end are given"),
    Choice("range", lambda s: s.measured("range"), "each value reaches from a low to a high end"),
    Choice("levels", lambda s: s.measured("level"), "what is shown are ordered levels"),
    Choice("tilemap", lambda s: s.states >= _MANY_STATES, "its rows are the places of a map"),
    Choice("box", lambda s: s.repeated and not s.timed and s.rows >= 5 * s.names, "each name has many rows"),
    Choice("slope", lambda s: s.timed and s.names == 2 and s.series > 1, "several series have two times each"),
    Choice("line", lambda s: s.timed and s.series <= _MOST_LINES, "it follows something through time"),
    Choice("multiples", lambda s: s.timed, "more series run through time than one picture can hold"),
    Choice("stacked", lambda s: s.whole and s.series > 1, "parts of a whole are given for several groups"),
    Choice("share", lambda s: s.whole and s.measured("percent"), "the percentages are parts of one whole"),
    Choice(
        "dot",
        lambda s: s.series == 2 and s.names > _FEW_NAMES,
        "two values of one unit stand against each other in many rows",
    ),
    Choice("bars", lambda s: s.series > 1, "each row has several values of one unit"),
    Choice(
        "bar", lambda s: bool(s.measures) and s.names <= MOST_NAMES and s.series == 1, "values are compared by name"
    ),
)
"""The first that is right for a shape, is there, and can show its fields, is chosen."""

ONLY_BY_NAME = {
    "column": "a line shows the same values, and their course",
    "table": "its rows are read one by one, and most readers compare",
    "waffle": "bars show the same shares more exactly",
}
"""Kinds that are never chosen, and why: a project asks for them by name."""

INSTEAD: dict[str, tuple[str, str]] = {
    "3d": ("depth makes what lies in front look larger.", "Use the kind 'bar'."),
    "area": ("filled areas hide what lies behind them, and stacked ones have no level base.", "Use the kind 'line'."),
    "bubble": ("areas that float without axes are hard to compare.", "Use the kind 'scatter', with size = \"field\"."),
    "choropleth": ("large states would count for more than small ones.", "Use the kind 'tilemap'."),
    "donut": ("angles and arcs are hard to compare.", "Use the kind 'share' for parts of a whole, or 'bar'."),
    "funnel": ("its areas grow with the square of what they stand for.", "Use the kind 'bar', with sort = \"none\"."),
    "gauge": ("it takes a page for one number.", "Write the number as a key figure, or use the kind 'bar'."),
    "heatmap": ("colours cannot be read back as numbers.", "Show a table, or use the kind 'bars'."),
    "map": ("large states would count for more than small ones.", "Use the kind 'tilemap'."),
    "pie": ("angles are hard to compare.", "Use the kind 'share' for parts of a whole, or 'bar'."),
    "polar": ("what lies farther out looks larger.", "Use the kind 'bar'."),
    "pyramid": ("its areas grow faster than what they stand for.", "Use the kind 'bar', with sort = \"none\"."),
    "radar": ("its area depends on the order of its spokes.", "Use the kind 'bars', or 'range'."),
    "sankey": ("widths of bent bands are hard to compare.", "Use the kind 'bars', or a table."),
    "spider": ("its area depends on the order of its spokes.", "Use the kind 'bars', or 'range'."),
    "sunburst": ("rings farther out look larger.", "Use the kind 'bar', or a table."),
    "treemap": ("areas of different shape are hard to compare.", "Use the kind 'bar'."),
    "violin": ("its width is smoothed, and shows people where there are none.", "Use the kind 'box', or 'histogram'."),
    "wordcloud": ("long words look larger.", "Use the kind 'bar'."),
}
"""What people know from elsewhere → why it is not drawn here, and what to use.

Positions and lengths are read best, angles and areas worse: W. S. Cleveland and R. McGill, Graphical Perception,
Journal of the American Statistical Association 79, 1984.
"""
_OTHER_WORDS = {
    "doughnut": "donut", "3d bar": "3d", "3d pie": "3d", "stacked area": "area", "streamgraph": "area",
    "bubbles": "bubble",
    "packed bubble": "bubble", "speedometer": "gauge", "radial": "polar", "rose": "polar", "word cloud": "wordcloud",
}  # fmt: skip


def instead(kind: str) -> tuple[str, str] | None:
    """Why a kind that people know from elsewhere is not drawn here, and what to use; None for a word that is none."""
    said = kind.casefold().strip().replace("_", " ").replace("-", " ").removesuffix(" chart").removesuffix(" plot")
    name = _OTHER_WORDS.get(said, said.replace(" ", ""))
    if name not in INSTEAD or name in KINDS:
        return None
    why, what = INSTEAD[name]
    return f"'{kind}' is no kind of chart here: {why}", what


def choose(shape: Shape) -> Choice | None:
    """The choice for the data's shape; None where no kind is right."""
    return next(
        (one for one in CHOICES if one.kind in KINDS and one.when(shape) and not unfit(one.kind, shape.given)), None
    )


def no_choice(shape: Shape) -> tuple[str, str]:
    """Why no kind is right, and which would be after which change."""
    if "series" in shape.given and shape.category is not None and not shape.timed:
        series, along = shape.given["series"][0], shape.category
        return (
            f'no kind is named, and series = "{series.name}" alone chooses one along years or dates:'
            f" '{along.name}' is of type {along.measure.type}.",
            'Write kind = "stacked" for amounts or shares that add up; else make a field of each series, by wide in the'
            ' table\'s shape, and list the fields: x = ["...", "..."].',
        )
    near = next((one for one in CHOICES if one.kind in KINDS and one.when(shape)), None)
    fault = unfit(near.kind, shape.given) if near is not None else None
    if near is not None and fault is not None:
        message, remedy = fault
        return f"no kind is named, and of these fields '{near.kind}' would be chosen: {message}", remedy
    if "x" in shape.given:
        return (
            f"no kind of chart shows the spread of {shape.rows} values: a histogram takes {_MANY_VALUES}.",
            "Show more rows; or name them by y, and they become a bar each.",
        )
    if shape.series > 1:
        return "no kind of chart shows so many series.", "Show fewer of them by where, or a table."
    return (
        f"no kind of chart shows {shape.names} names.",
        f"With rows = 20, or a where that leaves {MOST_NAMES} or fewer, it becomes a bar chart.",
    )
