"""How much of a chart's box its names, numbers and key take, so that what it draws has the rest."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

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
    scale: float
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


def largest(figure: Figure, setting: Setting, sizes: Sequence[float]) -> Setting:
    """The setting with the largest of `sizes` at which the names of bars do not touch, nor numbers leave their bars;
    as it is for others."""
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
    lines, used = 1, 0.0
    for word in name.split():
        wide = setting.wide(word + " ")
        if used and used + wide > room:
            lines, used = lines + 1, 0.0
        used += wide
    return lines
