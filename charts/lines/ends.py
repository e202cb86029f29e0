"""Names of lines at their right ends, in their colours, moved apart where they would touch."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from charts.lettering import Lines, balanced, longest_word, text_width
from charts.lines.area import Area
from charts.lines.spread import spread
from charts.plot import Plot
from charts.style import ChartStyle

_WIDEST, _MOST = 0.3, 0.42
"""Of the drawing: the column of names, and the column where a word is longer."""


class End(Struct, frozen=True):
    """What stands at the end of a line."""

    course: int
    lines: Lines
    bold: bool


class Ends(Struct, frozen=True):
    """The names of lines, and the room that they take."""

    all: tuple[End, ...]
    wide: float
    """Of the text, in points."""
    unnamed: tuple[int, ...] = ()
    """Lines behind the others whose names have no room."""

    def heights(self, style: ChartStyle) -> list[float]:
        """Of the names, in points; those of several lines stand apart, or two read as one."""
        apart = 0.35 * style.size if any(len(end.lines) > 1 for end in self.all) else 0.0
        return [len(end.lines) * style.line + apart for end in self.all]

    def tall(self, style: ChartStyle) -> float:
        return sum(self.heights(style))


def ends_of(area: Area, tall: float) -> Ends:
    """The name and the last value of each line, for an area that is `tall` points high."""
    style = area.style
    found: list[End] = []
    for number, (course, look) in enumerate(zip(area.courses, area.looks)):
        known = course.known
        value = known[-1].text if known else course.points[-1].text
        if known and known[-1].along < 1 and known[-1].short and len(area.times.values) > 1:
            value += f"\u00a0({known[-1].short})"
        fonts = style.bold if look.strong else style.regular
        widest = _WIDEST * area.frame.width
        word = longest_word(f"{course.name} {value}", fonts, style.size)
        room = min(max(widest, word), _MOST * area.frame.width)
        found.append(End(number, balanced(f"{course.name} {value}", fonts, style.size, room), look.strong))
    named = [end for end in found if not area.looks[end.course].quiet]
    quiet = [end for end in found if area.looks[end.course].quiet]
    rows = sum(len(end.lines) for end in found)
    if quiet and named and rows * style.line > tall:
        found = named
    wide = max(text_width(line, style.bold if e.bold else style.regular, style.size) for e in found for line in e.lines)
    return Ends(tuple(found), wide, tuple(e.course for e in quiet) if found is named else ())


class PlacedEnd(Struct, frozen=True):
    """A name where it stands."""

    end: End
    middle: float
    leader: tuple[tuple[float, float], ...]
    """From the end of the line to the name, where that stands elsewhere."""


def place_ends(area: Area, ends: Ends) -> list[PlacedEnd]:
    """Places for the names beside the ends of their lines."""
    style, frame = area.style, area.frame
    last = [next((s for s in reversed(area.spots[e.course]) if s.y is not None), None) for e in ends.all]
    wanted = [area.zero if spot is None or spot.y is None else spot.y for spot in last]
    middles = spread(wanted, ends.heights(style), frame.top, area.floor)
    found: list[PlacedEnd] = []
    for end, spot, middle in zip(ends.all, last, middles):
        leader: tuple[tuple[float, float], ...] = ()
        if spot is not None and spot.y is not None:
            start, stop = spot.x + area.radius + 0.2 * style.size, frame.width - ends.wide - 0.3 * style.size
            turn = max(frame.right + 0.2 * style.size, start)
            if abs(middle - spot.y) > 0.5 * style.line or spot.x < frame.right - 2 * area.radius:
                leader = ((start, spot.y), (turn, spot.y), (stop, middle))
        found.append(PlacedEnd(end, middle, leader))
    return found


def draw_ends(plot: Plot, area: Area, ends: Ends, placed: Sequence[PlacedEnd]) -> None:
    """Set the names, each in the colour of its line."""
    for one in placed:
        look = area.looks[one.end.course]
        plot.lines(area.frame.width - ends.wide, one.middle, one.end.lines, bold=one.end.bold, colour=look.text)
        if one.leader:
            plot.stroke(one.leader, look.colour, plot.style.hair)
