"""Charts made of lists, and what touches what on their drawings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from charts.chart import Chart
from charts.drawn.drawing import Drawing, draw
from charts.kinds.registry import KINDS
from charts.plot import Bounds, Shape, crosses
from data.look.brand import Brand
from data.tables.table import Field, Table
from data.tables.value import FieldType, Measure, Value

Numbers = Sequence[float | str | None]


def table_of(fields: Sequence[Field], columns: dict[str, Sequence[Any]]) -> Table:
    count = len(next(iter(columns.values())))
    return Table(
        "made",
        tuple(fields),
        {name: tuple(column) for name, column in columns.items()},
        tuple(range(2, count + 2)),
        "made.csv",
        "Made for tests",
    )


def decimals(numbers: Numbers) -> list[Decimal | None]:
    return [None if n is None else Decimal(str(n)) for n in numbers]


def chart_of(
    kind: str,
    names: Sequence[str | int | None],
    numbers: Numbers,
    type: FieldType = "integer",  # noqa: A002  # the word of project.toml
    unit: str | None = None,
    highlight: Sequence[str] = (),
    along: FieldType = "text",
    units: Sequence[str] = (),
    title: str = "Amount",
) -> Chart:
    """A chart of one measure; `units` gives each row its own."""
    fields = [
        Field("name", "Name", Measure(along), key=True),
        Field("amount", title, Measure(type, unit), unit_field="unit" if units else None),
    ]
    columns: dict[str, Sequence[Any]] = {"name": names, "amount": decimals(numbers)}
    if units:
        fields.append(Field("unit", "Unit", Measure("text")))
        columns["unit"] = units
    return Chart("made", table_of(fields, columns), kind, "name", ("amount",), tuple(highlight))


def range_of(
    names: Sequence[str], lows: Numbers, highs: Numbers, units: Sequence[str], highlight: Sequence[str] = ()
) -> Chart:
    fields = (
        Field("name", "Place", Measure("text"), key=True),
        Field("low", "Low", Measure("money"), unit_field="unit"),
        Field("high", "High", Measure("money"), unit_field="unit"),
        Field("unit", "Unit", Measure("text")),
        Field("salary", "Salary", Measure("range"), low="low", high="high", unit_field="unit"),
    )
    columns: dict[str, Sequence[Any]] = {"name": names, "low": decimals(lows), "high": decimals(highs), "unit": units}
    return Chart("made", table_of(fields, columns), "range", "name", ("salary",), tuple(highlight))


def levels_of(
    names: Sequence[str], reached: Sequence[str | None], levels: Sequence[str], highlight: Sequence[str] = ()
) -> Chart:
    fields = (
        Field("name", "Skill", Measure("text"), key=True),
        Field("level", "Proficiency", Measure("level", levels=tuple(levels))),
    )
    return Chart(
        "made", table_of(fields, {"name": names, "level": reached}), "levels", "name", ("level",), tuple(highlight)
    )


def bars_of(names: Sequence[str], series: dict[str, Numbers], highlight: Sequence[str] = ()) -> Chart:
    fields = [Field("name", "Major", Measure("text"), key=True)]
    columns: dict[str, Sequence[Any]] = {"name": names}
    for i, (title, numbers) in enumerate(series.items()):
        fields.append(Field(f"s{i}", title, Measure("integer")))
        columns[f"s{i}"] = decimals(numbers)
    return Chart("made", table_of(fields, columns), "bars", "name", tuple(f.name for f in fields[1:]), tuple(highlight))


def middles_of(
    names: Sequence[str], lows: Numbers, middles: Numbers, highs: Numbers, highlight: Sequence[str] = ()
) -> Chart:
    """Spans whose ends and middles are fields of their own."""
    titles = {"middle": "Median", "low": "lower quartile", "high": "upper quartile"}
    fields = [Field("name", "Major", Measure("text"), key=True)]
    fields += [Field(name, title, Measure("money", "USD")) for name, title in titles.items()]
    columns: dict[str, Sequence[Any]] = {
        "name": names, "middle": decimals(middles), "low": decimals(lows), "high": decimals(highs),
    }  # fmt: skip
    roles = {"low": ("low",), "high": ("high",)}
    return Chart("made", table_of(fields, columns), "range", "name", tuple(titles), tuple(highlight), roles=roles)


def columns_of(
    names: Sequence[str], measured: dict[str, tuple[FieldType, Numbers]], highlight: Sequence[str] = ()
) -> Chart:
    """A table with bars; a measure of each title has its type, and money its unit."""
    fields = [Field("name", "Major", Measure("text"), key=True)]
    columns: dict[str, Sequence[Any]] = {"name": names}
    for i, (title, (type_, numbers)) in enumerate(measured.items()):
        fields.append(Field(f"s{i}", title, Measure(type_, "USD" if type_ == "money" else None)))
        columns[f"s{i}"] = decimals(numbers)
    measures = tuple(field.name for field in fields[1:])
    return Chart("made", table_of(fields, columns), "table", "name", measures, tuple(highlight))


def bullets_of(names: Sequence[str], values: Numbers, targets: Numbers, highlight: Sequence[str] = ()) -> Chart:
    fields = [
        Field("name", "College", Measure("text"), key=True),
        Field("placed", "Placed", Measure("percent")),
        Field("target", "Target", Measure("percent")),
    ]
    columns: dict[str, Sequence[Any]] = {"name": names, "placed": decimals(values), "target": decimals(targets)}
    return Chart(
        "made", table_of(fields, columns), "bullet", "name", ("placed", "target"), tuple(highlight),
        roles={"middle": ("target",)},
    )  # fmt: skip


def stacked_of(
    names: Sequence[str],
    series: dict[str, Numbers],
    type: FieldType = "percent",  # noqa: A002  # the word of project.toml
    highlight: Sequence[str] = (),
    diverging: bool | str = False,
) -> Chart:
    """Stacked bars of a wide table, a field for each series: "s0", "s1" and so on."""
    fields = [Field("name", "College", Measure("text"), key=True)]
    columns: dict[str, Sequence[Any]] = {"name": names}
    for i, (title, numbers) in enumerate(series.items()):
        fields.append(Field(f"s{i}", title, Measure(type)))
        columns[f"s{i}"] = decimals(numbers)
    table = table_of(fields, columns)
    measures = tuple(field.name for field in fields[1:])
    chart = Chart("made", table, "stacked", "name", measures, tuple(highlight), diverging=diverging)
    finish = KINDS["stacked"].finish
    return chart if finish is None else finish(chart, table, table)


def series_of(
    kind: str,
    points: dict[str, dict[str | int, float | None]],
    type: FieldType = "integer",  # noqa: A002  # the word of project.toml
    unit: str | None = None,
    highlight: Sequence[str] = (),
    along: FieldType = "year",
    start: int | None = None,
) -> Chart:
    """A chart of a long table: the points of each series by their times."""
    rows = [(time, name, value) for name, own in points.items() for time, value in own.items()]
    fields = (
        Field("time", "Year", Measure(along)),
        Field("college", "College", Measure("text")),
        Field("amount", "Amount", Measure(type, unit)),
    )
    columns: dict[str, Sequence[Any]] = {
        "time": [row[0] for row in rows],
        "college": [row[1] for row in rows],
        "amount": decimals([row[2] for row in rows]),
    }
    return Chart(
        "made", table_of(fields, columns), kind, "time", ("amount",), tuple(highlight),
        roles={"series": ("college",)}, start=None if start is None else Value(Decimal(start), Measure(type, unit)),
    )  # fmt: skip


def band_of(
    times: Sequence[str | int],
    lows: Numbers,
    middles: Numbers,
    highs: Numbers,
    along: FieldType = "year",
    start: int | None = None,
) -> Chart:
    money = Measure("money", "USD")
    fields = (
        Field("time", "Year", Measure(along)),
        Field("low", "Lower quartile", money),
        Field("pay", "Median pay", money),
        Field("high", "Upper quartile", money),
    )
    columns: dict[str, Sequence[Any]] = {
        "time": times, "low": decimals(lows), "pay": decimals(middles), "high": decimals(highs),
    }  # fmt: skip
    return Chart(
        "made", table_of(fields, columns), "band", "time", ("low", "high", "pay"),
        roles={"low": ("low",), "high": ("high",)}, start=None if start is None else Value(Decimal(start), money),
    )  # fmt: skip


def finished(chart: Chart) -> Chart:
    """A chart of rows as its kind sums them up."""
    finish = KINDS[chart.kind].finish
    return chart if finish is None else finish(chart, chart.table, chart.table)


def histogram_of(numbers: Numbers, type: FieldType = "integer", least: int | None = None, **more: Any) -> Chart:  # noqa: A002  # the word of project.toml
    table = table_of([Field("v", "Salary", Measure(type))], {"v": decimals(numbers)})
    return finished(Chart("made", table, "histogram", "v", ("v",), measure_line="Salary", minimum_n=least, **more))


def box_of(groups: dict[str, Numbers], least: int | None = None, highlight: Sequence[str] = ()) -> Chart:
    fields = (Field("name", "Major", Measure("text")), Field("v", "Salary", Measure("integer")))
    columns: dict[str, Sequence[Any]] = {
        "name": [name for name, numbers in groups.items() for _ in numbers],
        "v": decimals([number for numbers in groups.values() for number in numbers]),
    }
    table = table_of(fields, columns)
    return finished(
        Chart("made", table, "box", "name", ("v",), tuple(highlight), measure_line="Salary", minimum_n=least)
    )


def scatter_of(
    names: Sequence[str], xs: Numbers, ys: Numbers, sizes: Numbers | None = None, highlight: Sequence[str] = ()
) -> Chart:
    fields = [
        Field("name", "Major", Measure("text"), key=True),
        Field("x", "Share of women", Measure("percent")),
        Field("y", "Median pay", Measure("integer")),
    ]
    columns: dict[str, Sequence[Any]] = {"name": names, "x": decimals(xs), "y": decimals(ys)}
    roles: dict[str, tuple[str, ...]] = {"x": ("x",), "y": ("y",)}
    if sizes is not None:
        fields.append(Field("n", "Graduates", Measure("integer")))
        columns["n"], roles["size"] = decimals(sizes), ("n",)
    measures = ("y", "x", *(("n",) if sizes is not None else ()))
    return Chart("made", table_of(fields, columns), "scatter", "name", measures, tuple(highlight), roles=roles)


def drawn(chart: Chart, width: float = 438, language: str = "en-US", **sizes: float) -> Drawing:
    return draw(chart, Brand(), language=language, width=width, **sizes)


def texts(drawing: Drawing) -> list[str]:
    """What stands on the drawing, from top to bottom and left to right."""
    return [label.text for label in sorted(drawing.plot.labels, key=lambda label: (round(label.y, 1), label.x))]


def is_open(shape: Shape) -> bool:
    """Whether a shape is a line from one point to another, and covers nothing."""
    return shape.path[-1].kind != "z"


def patches(drawing: Drawing) -> list[tuple[Bounds, Shape]]:
    """Bars, dots and outlines with what they cover."""
    return [(shape.box, shape) for shape in drawing.plot.shapes if not is_open(shape)]


def collisions(drawing: Drawing) -> Iterator[str]:
    """What touches what, in words: labels each other, marks and the edges of the drawing."""
    labels = [(label, label.box) for label in drawing.plot.labels]
    for label, box in labels:
        if box.left < -0.01 or box.right > drawing.width + 0.01 or box.top < -1 or box.bottom > drawing.height + 1:
            yield f"{label.text[:40]!r} leaves the drawing: {box} of {drawing.width} x {drawing.height}"
    ordered = sorted(labels, key=lambda pair: pair[1].top)
    for i, (label, box) in enumerate(ordered):
        for other, other_box in ordered[i + 1 :]:
            if other_box.top >= box.bottom:
                break
            if box.touches(other_box):
                yield f"{label.text[:40]!r} touches {other.text[:40]!r}"
    for mark, _ in patches(drawing):
        if (
            mark.left < -0.5
            or mark.right > drawing.width + 0.5
            or mark.top < -0.5
            or mark.bottom > drawing.height + 0.5
        ):
            yield f"a mark leaves the drawing: {mark}"
        for label, box in labels:
            inside = mark.left <= box.left and box.right <= mark.right
            if box.touches(mark) and not (inside and mark.top <= box.top and box.bottom <= mark.bottom):
                yield f"{label.text[:40]!r} touches a mark"
    for shape in filter(is_open, drawing.plot.shapes):
        for (x0, y0), (x1, y1) in pairwise(shape.points):
            for label, box in labels:
                if crosses((x0, y0, x1, y1), box, shape.thick / 2):
                    yield f"{label.text[:40]!r} touches a line"
