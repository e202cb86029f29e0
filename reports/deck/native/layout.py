"""How much of a chart's box its names, numbers and key take, so that what it draws has the rest."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from charts.editable.dots import column_room, reach
from charts.editable.figure import Figure, Label
from reports.deck.words.frames import TEXT_MINIMUM
from reports.deck.words.metrics import line_height, text_width

_MOST_NAMES = 0.42
"""Of the width, for the names beside bars."""
THICKEST = 40.0
"""Points of a bar on a slide 540 pt high: thicker ones say no more."""
_THICKEST_UPRIGHT = 96.0
"""Of a column, whose pitch is set by the width: thin ones far apart are no row that an eye follows."""
_LINES_APART, _LINES_WITHIN = 1.12, 1.55
"""From bar to bar, in lines of text: names alone need less than numbers that stand within the bars."""
_MOST_PITCH = 3.2
"""From row to row of dots at most, in lines of text."""
_FEW = 8
"""Times whose names may break into lines."""
SIZES = (18.0, 16.0, TEXT_MINIMUM)
"""Of a chart's text on a slide 540 pt high, to try."""
_GAP = 0.5
"""Of the text's size, between what is drawn and its names."""


class Setting(Struct, frozen=True):
    """How the text of a chart is set."""

    face: str
    size: float
    """Points."""
    width: float
    height: float
    """Of the whole chart, in points."""
    scale: float = 1.0
    """Of the slide against one 540 pt high."""
    typeface: str = "+mn-lt"
    """What the file calls the face: the theme's for text, or one by name."""

    @property
    def line(self) -> float:
        """From baseline to baseline."""
        return self.size * line_height(self.face)

    def wide(self, text: str, bold: bool = False) -> float:
        """Of a line of text, in points."""
        return text_width(text, self.face, bold, self.size)


class Inner(Struct, frozen=True):
    """Where a chart draws, within its box, in points."""

    left: float
    top: float
    width: float
    height: float
    gap: int
    """Between its bars, in parts of a hundred of one."""
    skip: int = 1
    """Which of the categories along it are named: every one, every second, ..."""
    key_rows: int = 0
    names: tuple[tuple[str, ...], ...] = ()
    """Of rows of dots, the lines of each name."""
    pitch: float = 0.0
    """From row to row of dots, in points."""
    ends: tuple[float, float] = (0.0, 0.0)
    """Of the axis that rows of dots stand on, the first at 1."""
    head: float = 0.0
    """Where on that axis stands what is over the rows."""


def largest(figure: Figure, setting: Setting, sizes: Sequence[float]) -> Setting:
    """The setting with the largest of `sizes` at which the names of bars do not touch, nor numbers leave their bars;
    as it is for others."""
    if figure.form == "rows":
        tries = [replace(setting, size=size * setting.scale) for size in sizes]
        return next((tried for tried in tries if rows_fit(figure, tried)), setting)
    if figure.form != "bars":
        return setting
    within = any(label.place == "middle" for one in figure.series for label in one.labels.values())
    apart = _LINES_WITHIN if within else _LINES_APART
    for size in sizes:
        tried = replace(setting, size=size * setting.scale)
        found = inner(figure, tried)
        per = 1 if figure.stacked or figure.overlaid else len(figure.series)
        room = found.left - 1.5 * _GAP * tried.size
        rows = sum(max(_lines(name, room, tried), per) for name in figure.categories)
        longest = max((tried.wide(word) for name in figure.categories for word in name.split()), default=0.0)
        if rows * apart * tried.line <= found.height and longest <= room + 0.1 and found.width >= 0.3 * tried.width:
            return tried
    return setting


def inner(figure: Figure, setting: Setting) -> Inner:
    """Where a figure draws in its box."""
    gap = _GAP * setting.size
    rows = _key_rows(figure, setting) if figure.key else 0
    top = rows * 1.25 * setting.line + (gap if rows else 0.0)
    if figure.form == "bars":
        names = max((setting.wide(name) for name in figure.categories), default=0.0)
        left = min(names, _MOST_NAMES * setting.width) + 1.5 * gap
        right = 0.0 if figure.stacked and figure.values.high is not None else _widest(figure, setting, "end") + gap
        height = setting.height - top
        return Inner(left, top, setting.width - left - right, height, _gap_of(figure, height, setting))
    if figure.form == "points":
        left = _axis_room(figure, setting) + gap
        right = max((setting.wide(text) for text in figure.across.ticks[-1:]), default=0.0) / 2
        top, foot = 1.7 * setting.line, 2.2 * setting.line + gap
        return Inner(left, top, setting.width - left - right, setting.height - top - foot, 0)
    if figure.form == "rows":
        return _rows(figure, setting)
    first, last = (_half(figure, setting, at) for at in (0, len(figure.categories) - 1))
    left = max(_axis_room(figure, setting) + gap, _widest(figure, setting, "left") + gap, first)
    right = max(_widest(figure, setting, "right") + gap, last)
    width = setting.width - left - right
    skip = _skip(figure, width, setting)
    lines = max(
        (_lines(name, width / len(figure.categories) * skip, setting) for name in figure.categories[::skip]), default=1
    )
    above = (
        0.0
        if rows or not any(label.place in ("above", "end") for one in figure.series for label in one.labels.values())
        else 0.6 * setting.line
    )
    top += above
    height = setting.height - top - (lines + (1.2 if figure.note else 0.0)) * setting.line - gap
    return Inner(left, top, width, height, _gap_of(figure, width, setting), skip, rows)


def _rows(figure: Figure, setting: Setting) -> Inner:
    """The names at the left, the column of figures at the right, and what stands over both."""
    gap = _GAP * setting.size
    names = _in_columns(figure, setting)
    used = max(setting.wide(line, at in figure.strong) for at, lines in enumerate(names) for line in lines)
    left, right = used + 1.5 * gap, column_room(figure, setting.wide, setting.size)
    width, high, count = setting.width - left - right, setting.height, len(names)
    most = _MOST_PITCH * setting.line  # rows of a tall chart do not drift apart
    if figure.guided:
        # guide lines stand at whole numbers from the axis' end on: it begins and ends with a row, or with the key
        top = 0.65 * setting.line if figure.key else 0.0
        pitch = min(most, (high - top) / (count + 0.5 if figure.key else count))
        ends = (0.0 if figure.key else 1.0, float(count)) if figure.key or count > 1 else (0.5, 1.5)
        top += (ends[0] - (0.0 if figure.key else 0.5)) * pitch
        return Inner(left, top, width, pitch * (ends[1] - ends[0]), 0, names=names, pitch=pitch, ends=ends)
    top, head = 1.3 * setting.line if figure.values.shown else 0.0, 0.0
    if figure.column is not None:
        title = figure.series[figure.column].name
        head = len(lines_of(title, right - 2.1 * setting.size, setting)) * setting.line + gap
    pitch = min(most, (high - top - head) / count)
    ends = (0.5 - head / pitch, count + 0.5)
    return Inner(
        left, top, width, head + pitch * count, 0, names=names, pitch=pitch, ends=ends, head=0.5 - head / pitch / 2
    )


def _in_columns(figure: Figure, setting: Setting) -> tuple[tuple[str, ...], ...]:
    """The names in the narrowest column at which each has one line, else two, else three."""
    every = [(name, at in figure.strong) for at, name in enumerate(figure.categories)]
    limit, step = _MOST_NAMES * setting.width, setting.size / 2
    alone = max(setting.wide(name, bold) for name, bold in every)
    least = max(setting.wide(word, bold) for name, bold in every for word in name.split())
    rooms = [alone + 1.0] if alone <= limit else [least + step * i for i in range(1 + int((limit - least) / step))]
    for most in (2, 3):
        for room in rooms:
            found = tuple(lines_of(name, room, setting, bold) for name, bold in every)
            if max(map(len, found)) <= most:
                return found
    return tuple(lines_of(name, max(limit, least), setting, bold) for name, bold in every)


def rows_fit(figure: Figure, setting: Setting) -> bool:
    """Whether neither names nor labels of rows of dots touch."""
    found = inner(figure, setting)
    lines = max(map(len, found.names))
    ticks = sum(setting.wide(text) + 0.5 * setting.size for text in figure.values.ticks[1:])
    if figure.values.shown:
        has_room = ticks <= found.width
    else:
        has_room = reach(figure, setting.wide, setting.size, found.width) >= 0.15 * setting.width
    return has_room and max(lines, _LINES_APART) * setting.line <= found.pitch


def label_text(label: Label, name: str) -> str:
    """What stands in a label, in the series of this name."""
    return f"{name} {label.text}" if label.named else label.text


def _widest(figure: Figure, setting: Setting, place: str) -> float:
    found = [
        setting.wide(label_text(label, one.name), label.bold)
        for one in figure.series
        for label in one.labels.values()
        if label.place == place
    ]
    return max(found, default=0.0)


def _half(figure: Figure, setting: Setting, at: int) -> float:
    """How far the name and the label of a line's first or last point reach beyond it; columns have them within."""
    if figure.form != "lines":
        return 0.5 * setting.size
    texts = [figure.categories[at]]
    texts += [
        label_text(label, one.name)
        for one in figure.series
        if (label := one.labels.get(at)) is not None and label.place in ("above", "below")
    ]
    return max(map(setting.wide, texts)) / 2


def _axis_room(figure: Figure, setting: Setting) -> float:
    if not figure.values.shown:
        return 0.0
    return max((setting.wide(text) for text in figure.values.ticks), default=0.0)


def _key_rows(figure: Figure, setting: Setting) -> int:
    """Lines that a key needs, each name with its mark and some room."""
    rows, used = 1, 0.0
    for one in figure.series:
        wide = setting.wide(one.name) + 2.2 * setting.size
        if used and used + wide > setting.width:
            rows, used = rows + 1, 0.0
        used += wide
    return rows


def _gap_of(figure: Figure, room: float, setting: Setting) -> int:
    """The distance of bars at which they are about two thirds of their pitch, and not too thick."""
    bars = 1 if figure.stacked or figure.overlaid else max(1, sum(not one.thick for one in figure.series))
    pitch = room / max(len(figure.categories), 1)
    most = _THICKEST_UPRIGHT if figure.form == "columns" else THICKEST
    thick = min(most * setting.scale, 0.66 * pitch / bars)
    return max(20, min(500, round(100 * (pitch - bars * thick) / thick)))


def _skip(figure: Figure, width: float, setting: Setting) -> int:
    """Every how many categories are named, so that their names do not touch: times on one line, others on three."""
    count = len(figure.categories)
    pitch, most = width / max(count, 1), 1 if figure.in_time and count > _FEW else 3
    for skip in figure.steps:
        shown = figure.categories[::skip]
        room = pitch * skip - 0.5 * setting.size
        words = max((setting.wide(word) for name in shown for word in name.split()), default=0.0)
        if words <= room and max((_lines(name, room, setting) for name in shown), default=1) <= most:
            return skip
    return max(1, count - 1)


def _lines(name: str, room: float, setting: Setting) -> int:
    """Lines into which a name breaks."""
    return len(lines_of(name, room, setting))


def lines_of(name: str, room: float, setting: Setting, bold: bool = False) -> tuple[str, ...]:
    """A name broken between its words."""
    lines: list[str] = []
    for word in name.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and setting.wide(longer, bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines) or ("",)
