"""A line through time, from zero, with its points labelled where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from msgspec import Struct

from charts import phrases
from charts.chart import Chart
from charts.kinds.scale import parts
from charts.lettering import Lines, text_width, wrap
from charts.plot import ASCENT, DESCENT, MIDDLE, Bounds, Plot
from charts.reading import by_unit, category_name, is_highlighted, number_of, unit_heading, value_text
from charts.shades import Shades
from charts.style import ChartStyle
from charts.trend import trend
from data.language.words import words
from data.tables.moments import moment
from data.tables.table import Row
from data.tables.value import FieldType, Value

ALONG: frozenset[FieldType] = frozenset(("integer", "number", "year", "date"))
"""Types of fields along which a line can run."""
_MOST_LABELS = 16
"""Points beyond which only those that matter are labelled."""
_MOST_DOTS = 32
"""Points beyond which only those that are labelled have a dot."""


class Point(Struct, frozen=True):
    """A row to draw."""

    along: float
    """Place on the axis, 0 to 1."""
    part: float | None
    """Value as a part of the largest; None where the data have none."""
    name: str
    text: str
    strong: bool


def draw(chart: Chart, style: ChartStyle, width: float, height: float | None) -> Plot:
    """A line for each unit; where a value is missing there is a gap that says so.

    All points are labelled where their labels have room; else those that are highlighted, the first, the last, the
    highest and the lowest one. A label without room near its point stands below the axis, with its year.
    """
    plot = Plot(style, width)
    measure = chart.measures[0]
    groups = by_unit(chart.table.rows, measure)
    for done, rows in enumerate(groups):
        top = plot.height + (style.size if done else 0.0)
        if len(groups) > 1:
            heading = unit_heading(rows[0], measure, style.language)
            plot.lines(0, top + style.line / 2, (heading,), colour=style.muted)
            top += 1.3 * style.line
        tall = min(max(0.36 * width, 11 * style.size), 20 * style.size)
        if height is not None:
            tall = max((height - top) / (len(groups) - done), 7 * style.size)
        _draw_plot(plot, _points(chart, rows, style.language), top, tall)
    plot.height = max(plot.height, height or 0.0)
    return plot


def shades(chart: Chart) -> Shades:
    """One line has one colour."""
    return ("accent",)


def describe(chart: Chart, language: str) -> str:
    """The chart in words: from where to where, where all of it leads, its extremes where it turns, and every value
    where they are few."""
    said: list[str] = []
    for group in by_unit(chart.table.rows, chart.measures[0]):
        rows = [row for row in _in_time(group, chart.category)[0] if not row[chart.measures[0]].missing]
        said += _course(chart, rows, language) if len(rows) > 1 else []
        if len(rows) < 2 or 2 < len(rows) <= phrases.FEW:
            said.append(phrases.values(chart, rows, chart.measures[0], language))
    heading = phrases.heading("line chart", chart, language)
    return phrases.sentences([heading, *said, *phrases.remarks(chart, language)])


def _course(chart: Chart, rows: Sequence[Row], language: str) -> list[str]:
    """From where to where a line goes, and how; of limits nobody knows how."""
    ours, values = words(language), [row[chart.measures[0]] for row in rows]
    first, last = (
        phrases.with_names(chart, [row], value_text(chart, value, language), language)
        for row, value in ((rows[0], values[0]), (rows[-1], values[-1]))
    )
    text = ours["from to"].format(low=first, high=last)
    if any(isinstance(value, Value) and value.limited for value in values):
        return [text]
    leads = trend([number for value in values if (number := number_of(value)) is not None])
    turns = leads not in ("rising", "falling", "unchanged")
    extremes = f"; {phrases.extremes(chart, rows, chart.measures[0], language)}" if turns else ""
    return [f"{text}, {ours[leads]}{extremes}"]


def _in_time(rows: Sequence[Row], category: str) -> tuple[list[Row], list[float]]:
    """Rows in the order of time with their places, 0 to 1, true to its distances.

    In their own order at even distances where a time comes twice: no project has such a line, for it is refused.
    """
    times = {row.index: time.start for row in rows if (time := moment(row[category])) is not None}
    if len(set(times.values())) < len(rows):
        return list(rows), [i / (len(rows) - 1) if len(rows) > 1 else 0.5 for i in range(len(rows))]
    ordered = sorted(rows, key=lambda row: times[row.index])
    first, last = times[ordered[0].index], times[ordered[-1].index]
    return ordered, [(times[row.index] - first) / (last - first) if last > first else 0.5 for row in ordered]


def _points(chart: Chart, rows: Sequence[Row], language: str) -> list[Point]:
    ordered, places = _in_time(rows, chart.category)
    values = [row[chart.measures[0]] for row in ordered]
    lengths = parts([number_of(value) for value in values])
    return [
        Point(
            along,
            part,
            category_name(chart, row, language),
            value_text(chart, value, language),
            is_highlighted(chart, row),
        )
        for row, along, value, part in zip(ordered, places, values, lengths)
    ]


def _draw_plot(plot: Plot, points: Sequence[Point], top: float, tall: float) -> None:
    """Draw one line with its axis and labels into `tall` points below `top`; sets the plot's height."""
    style = plot.style
    area = _Area(points, style, plot.width, top, tall)
    labels, homeless = area.labels()
    note = _note(homeless, style, plot.width)
    if note:
        # what has no room takes it from the area, whose labels then stand elsewhere
        room = tall - len(note) * style.line - 0.3 * style.size
        area = _Area(points, style, plot.width, top, max(room, 6 * style.size))
        labels, homeless = area.labels()
        note = _note(homeless, style, plot.width)
    area.draw(plot, {id(point) for run, _ in labels for point in run})
    for run, box in labels:
        quiet = run[0].part is None
        colour = style.muted if quiet else style.accent_text if run[0].strong else style.ink
        plot.text(box.left, box.top + ASCENT * style.size, run[0].text, bold=run[0].strong, colour=colour)
    y = area.bottom + (0.3 * style.size if note else 0.0)
    for i, line in enumerate(note):
        plot.text(0, y + (i + 0.5) * style.line + MIDDLE * style.size, line, colour=style.muted)
    plot.height = y + len(note) * style.line


def _note(homeless: Sequence[Sequence[Point]], style: ChartStyle, width: float) -> Lines:
    """What has no room beside its point, as lines below the axis."""
    said = [f"{', '.join(point.name for point in run)}: {run[0].text}" for run in homeless]
    return wrap("; ".join(said), style.regular, style.size, width) if said else ()


class _Area:
    """Where everything of one line stands; places its labels so that none touches the line or another."""

    def __init__(self, points: Sequence[Point], style: ChartStyle, width: float, top: float, tall: float) -> None:
        self.points, self.style, self.width, self.top = points, style, width, top
        self.bottom = top + tall
        self.radius = 0.4 * style.size
        known = [p.part for p in points if p.part is not None]
        low, high = min((0.0, *known)), max((0.0, *known))
        head = style.line + 0.5 * style.size if high > 0 or not known else 0.0
        foot = style.line + 0.5 * style.size if low < 0 else 0.0
        self.floor = self.bottom - style.line - 0.4 * style.size
        """Lower edge of the area, above the years."""
        span = self.floor - foot - top - head
        self.zero = top + head + (span * high / (high - low) if high > low else span)
        self.unit = span / (high - low) if high > low else 0.0
        self.places = [
            (
                self.radius + p.along * (width - 2 * self.radius),
                None if p.part is None else self.zero - p.part * self.unit,
            )
            for p in points
        ]
        self.segments = [
            (x0, y0, x1, y1) for (x0, y0), (x1, y1) in pairwise(self.places) if y0 is not None and y1 is not None
        ]

    # -- labels --------------------------------------------------------------
    def labels(self) -> tuple[list[tuple[list[Point], Bounds]], list[list[Point]]]:
        """Labels with their places, each for a run of points (one, or several without a value); and those without."""
        style = self.style
        gaps = [list(run) for missing, run in groupby(self.points, lambda p: p.part is None) if missing]
        present = [p for p in self.points if p.part is not None]
        wanted = sum(self._wide(p) + 0.6 * style.size for p in present)
        if len(present) <= _MOST_LABELS and wanted <= 1.6 * self.width:
            placed, homeless = self._place([[p] for p in self._by_weight(present)] + gaps)
            if not homeless:
                return placed, homeless
        return self._place([[p] for p in self._essential(present)] + gaps)

    def _wide(self, point: Point) -> float:
        return text_width(point.text, self.style.bold if point.strong else self.style.regular, self.style.size)

    def _essential(self, present: Sequence[Point]) -> list[Point]:
        """Highlighted points, the first, the last, the highest, the lowest."""
        if not present:
            return []
        ends = [present[0], present[-1]]
        extremes = [max(present, key=lambda p: p.part or 0.0), min(present, key=lambda p: p.part or 0.0)]
        found = [*(p for p in present if p.strong), *ends, *extremes]
        return list({id(p): p for p in found}.values())

    def _by_weight(self, present: Sequence[Point]) -> list[Point]:
        """Points that matter first, so that they get the best places."""
        essential = self._essential(present)
        return list({id(p): p for p in (*essential, *present)}.values())

    def _place(self, runs: Sequence[list[Point]]) -> tuple[list[tuple[list[Point], Bounds]], list[list[Point]]]:
        placed: list[tuple[list[Point], Bounds]] = []
        homeless: list[list[Point]] = []
        for run in runs:
            taken = [box for _, box in placed]
            candidates = self._near(run[0]) if run[0].part is not None else self._in_gap(run)
            box = next((box for box in candidates if self._free(box, taken)), None)
            if box is None:
                homeless.append(run)
            else:
                placed.append((run, box))
        return placed, homeless

    def _box(self, left: float, top: float, wide: float) -> Bounds:
        """A label's box, moved inside the drawing sideways."""
        left = min(max(left, 0.0), self.width - wide)
        return Bounds(left, top, left + wide, top + (ASCENT + DESCENT) * self.style.size)

    def _near(self, point: Point) -> Iterator[Bounds]:
        """Places for a point's label, best first: above a peak or slope, below a valley, then beside."""
        size, r = self.style.size, self.radius
        i = self.points.index(point)
        x, y = self.places[i]
        assert y is not None
        wide, tall = self._wide(point), (ASCENT + DESCENT) * size
        beside = [self.places[j][1] for j in (i - 1, i + 1) if 0 <= j < len(self.places)]
        valley = len(beside) == 2 and all(other is not None and other < y for other in beside)
        peak = all(other is None or other > y for other in beside)
        below_first = valley or (y > self.zero and not peak)
        above = [y - r - away * size - tall + 0.15 * size for away in (0.35, 0.65, 1.0)]
        below = [y + r + away * size - 0.1 * size for away in (0.35, 0.65, 1.0)]
        for top in (*below, *above) if below_first else (*above, *below):
            for shift in (0.5, 0.25, 0.75, 0.05, 0.95):
                yield self._box(x - shift * wide, top, wide)
        for shift in (0.0, -0.4, 0.4):
            middle = y - tall / 2 + shift * tall
            yield self._box(x + r + 0.45 * size, middle, wide)
            yield self._box(x - r - 0.45 * size - wide, middle, wide)
        for away in (1.5, 2.0):
            # deep in a narrow valley, still over its point
            yield self._box(x - wide / 2, y - r - away * size - tall, wide)

    def _in_gap(self, run: Sequence[Point]) -> Iterator[Bounds]:
        """Places for what stands in a gap: between its neighbours, from the axis upward."""
        size = self.style.size
        xs = [self.places[self.points.index(point)][0] for point in run]
        wide, tall = self._wide(run[0]), (ASCENT + DESCENT) * size
        for step in (0.5, 2.0, 3.5, 5.0):
            yield self._box((xs[0] + xs[-1] - wide) / 2, self.zero - step * size - tall, wide)

    def _free(self, box: Bounds, taken: Sequence[Bounds]) -> bool:
        """Whether a label in `box` touches nothing."""
        size, r = self.style.size, self.radius
        if box.top < self.top or box.bottom > self.floor + 0.1 * size:
            return False
        if box.top - 0.1 * size < self.zero < box.bottom + 0.1 * size:
            return False
        if any(box.touches(other, 0.3 * size) for other in taken):
            return False
        for x, y in self.places:
            if y is not None and box.touches(Bounds(x - r, y - r, x + r, y + r), 0.08 * size):
                return False
        return not any(crosses(segment, box, 0.25 * size) for segment in self.segments)

    # -- drawing -------------------------------------------------------------
    def draw(self, plot: Plot, labelled: set[int]) -> None:
        style = self.style
        plot.axis(0, self.zero, self.width, self.zero)
        self._draw_names(plot)
        for known, run in groupby(self.places, lambda place: place[1] is not None):
            line = [(x, y) for x, y in run if y is not None]
            if known and len(line) > 1:
                plot.stroke(line, style.accent, 0.25 * style.size, round_ends=True)
        alone = self._alone()
        for i, (point, (x, y)) in enumerate(zip(self.points, self.places)):
            if y is not None and (len(self.points) <= _MOST_DOTS or id(point) in labelled or i in alone):
                plot.dot(x, y, self.radius, style.accent)

    def _alone(self) -> set[int]:
        """Points between two gaps, which no line shows."""
        known = [False, *(y is not None for _, y in self.places), False]
        return {i for i in range(len(self.places)) if known[i + 1] and not known[i] and not known[i + 2]}

    def _draw_names(self, plot: Plot) -> None:
        """Years below the axis: all of them, or the first, the last and as many between as have room."""
        style, count = self.style, len(self.points)
        boxes: list[tuple[float, float]] = []
        for point, (x, _) in zip(self.points, self.places):
            wide = text_width(point.name, style.bold if point.strong else style.regular, style.size)
            left = min(max(x - wide / 2, 0.0), self.width - wide)
            boxes.append((left, left + wide))

        def apart(i: int, j: int) -> bool:
            return boxes[j][0] - boxes[i][1] >= 0.7 * style.size

        shown: list[int] = []
        for i in [count - 1, 0, *(i for i, p in enumerate(self.points) if p.strong)]:
            if i not in shown and all(apart(*sorted((i, j))) for j in shown):
                shown.append(i)
        for step in range(1, count + 1):
            regular = [i for i in range(count - 1, -1, -step) if i not in shown]
            more = [i for i in regular if all(apart(*sorted((i, j))) for j in shown)]
            if all(apart(j, i) for i, j in pairwise(more)):
                shown += more
                break
        y = self.bottom - style.line / 2 + MIDDLE * style.size
        for i in sorted(shown):
            colour = style.ink if self.points[i].strong else style.muted
            plot.text(boxes[i][0], y, self.points[i].name, bold=self.points[i].strong, colour=colour)


def crosses(segment: tuple[float, float, float, float], box: Bounds, margin: float) -> bool:
    """Whether a segment comes nearer to `box` than `margin` (Liang and Barsky, 1984: parametric line clipping)."""
    x0, y0, x1, y1 = segment
    left, top, right, bottom = box.left - margin, box.top - margin, box.right + margin, box.bottom + margin
    if max(x0, x1) < left or min(x0, x1) > right or max(y0, y1) < top or min(y0, y1) > bottom:
        return False
    enter, leave = 0.0, 1.0
    for slope, distance in ((x0 - x1, x0 - left), (x1 - x0, right - x0), (y0 - y1, y0 - top), (y1 - y0, bottom - y0)):
        if slope == 0:
            if distance < 0:
                return False
        elif slope < 0:
            enter = max(enter, distance / slope)
        else:
            leave = min(leave, distance / slope)
    return enter <= leave
