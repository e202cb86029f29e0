"""Labels on lines: what is said beside its point, so that it touches no line, dot or other label."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from charts import phrases
from charts.axes.reference import NamedLevel, name_levels
from charts.lettering import Lines, text_width, wrap
from charts.lines.area import BROKEN, Area, Spot
from charts.plot import ASCENT, DESCENT, Bounds, Plot, crosses

MOST_LABELS = 16
"""Points beyond which only those that matter are labelled."""


class Placed(Struct, frozen=True):
    """A label where it stands: for one point, or for several without a value."""

    run: tuple[Spot, ...]
    box: Bounds
    dated: str = ""
    """The time, below the value; empty where it is on the axis."""


class PlacedNote(Struct, frozen=True):
    """Words about a point where they stand, and the line that leads to it."""

    spot: Spot
    lines: Lines
    box: Bounds
    leader: tuple[float, float, float, float] | None


class Labels(Struct, frozen=True):
    """What is said on the lines, and what has no room there."""

    placed: tuple[Placed, ...]
    homeless: tuple[tuple[Spot, ...], ...]
    levels: tuple[NamedLevel, ...] = ()
    """Names of lines at values."""
    notes: tuple[PlacedNote, ...] = ()
    unplaced: tuple[str, ...] = ()
    """What else is said, and has no room."""

    @property
    def points(self) -> frozenset[int]:
        """Ids of the points that have a label."""
        noted = (note.spot for note in self.notes)
        return frozenset(id(spot.point) for spot in (*(spot for one in self.placed for spot in one.run), *noted))

    @property
    def boxes(self) -> list[Bounds]:
        return [one.box for one in (*self.placed, *self.levels, *self.notes)]

    def note(self, area: Area, width: float) -> Lines:
        """What has no room beside its point, as lines below the axis."""
        style = area.style
        found: dict[tuple[int, str], list[str]] = {}
        for run in self.homeless:
            names = [spot.point.short or spot.point.name for spot in run]
            found.setdefault((run[0].course, run[0].point.text), []).extend(names)
        said = list(self.unplaced)
        for (course, text), names in found.items():
            series = area.courses[course].name
            said.append(phrases.said(phrases.joined([series, *names] if series else names), text, style.language))
        return wrap("; ".join(said), style.regular, style.size, width) if said else ()

    def draw(self, plot: Plot, area: Area) -> None:
        """Set all of them; the names of lines at values stand with these."""
        style = plot.style
        for note in self.notes:
            if note.leader is not None:
                x0, y0, x1, y1 = note.leader
                plot.stroke([(x0, y0), (x1, y1)], style.muted, style.hair)
            for i, line in enumerate(note.lines):
                plot.text(note.box.left, note.box.top + ASCENT * style.size + i * style.line, line)
        for one in self.placed:
            point, look = one.run[0].point, area.looks[one.run[0].course]
            quiet = one.run[0].y is None
            own = style.ink if area.single else look.text
            colour = (
                style.muted if quiet and area.single else style.accent_text if point.strong and area.single else own
            )
            bold = point.strong or (not area.single and look.strong and not quiet)
            wide = text_width(point.text, style.bold if bold else style.regular, style.size)
            y = one.box.top + ASCENT * style.size
            middle = (one.box.left + one.box.right) / 2
            plot.text(middle - wide / 2, y, point.text, bold=bold, colour=colour)
            if one.dated:
                wide = text_width(one.dated, style.regular, style.size)
                plot.text(middle - wide / 2, y + style.line, one.dated, colour=style.muted)


def every_label(area: Area) -> Labels | None:
    """A label for each point of one line, where they are few and all have room."""
    present = [spot for spot in area.spots[0] if spot.y is not None]
    wanted = sum(_wide(area, spot) + 0.6 * area.style.size for spot in present)
    if len(present) > MOST_LABELS or wanted > 1.6 * (area.frame.right - area.frame.left):
        return None
    essential = _essential(present)
    by_weight = list({id(spot.point): spot for spot in (*essential, *present)}.values())
    found = _place(area, [(spot,) for spot in by_weight] + _gaps(area), dated=False)
    return None if found.homeless else found


def main_labels(area: Area) -> Labels:
    """Labels for the points that matter: of one line, and of those that stand out."""
    runs: list[tuple[Spot, ...]] = []
    for spots, look in zip(area.spots, area.looks):
        present = [spot for spot in spots if spot.y is not None]
        if area.single:
            runs += [(spot,) for spot in _essential(present)]
        elif not look.quiet:
            # the last one stands with the name
            runs += [(spot,) for spot in present[:-1] if spot.point.strong]
            if look.strong:
                runs += [(spot,) for spot in _essential(present) if spot is not present[-1] and (spot,) not in runs]
    return _place(area, [*runs, *_gaps(area)], dated=bool(area.guides))


def end_labels(area: Area) -> Labels:
    """The first and the last value of a small panel, where they have room: its axis tells them, too."""
    present = [spot for spot in area.spots[0] if spot.y is not None]
    ends = [present[-1], *(present[:1] if len(present) > 1 else [])] if present else []
    runs = [(spot,) for spot in ends]
    found = _place(area, runs, dated=False)
    return Labels(found.placed, ())


def _gaps(area: Area) -> list[tuple[Spot, ...]]:
    """What stands in gaps, each run of one word."""
    return [
        tuple(run)
        for spots, look in zip(area.spots, area.looks)
        if look.thick
        for (missing, _), run in groupby(
            spots, lambda spot: (spot.y is None, spot.point.text if spot.y is None else "")
        )
        if missing
    ]


def _essential(present: Sequence[Spot]) -> list[Spot]:
    """Points that stand out, the first, the last, the highest, the lowest."""
    if not present:
        return []
    # heights count downward; of equal values the first stands out
    extremes = [min(present, key=lambda spot: spot.y or 0.0), max(present, key=lambda spot: spot.y or 0.0)]
    found = [*(spot for spot in present if spot.point.strong), *extremes, present[-1], present[0]]
    return list({id(spot.point): spot for spot in found}.values())


def _bold(area: Area, spot: Spot) -> bool:
    return spot.point.strong or (not area.single and area.looks[spot.course].strong and spot.y is not None)


def _wide(area: Area, spot: Spot) -> float:
    style = area.style
    return text_width(spot.point.text, style.bold if _bold(area, spot) else style.regular, style.size)


def _place(area: Area, runs: Sequence[tuple[Spot, ...]], dated: bool) -> Labels:
    placed: list[Placed] = []
    homeless: list[tuple[Spot, ...]] = []
    named = {round(tick.x, 3) for tick in area.ticks}
    for run in runs:
        taken = [one.box for one in placed]
        spot, found = run[0], None
        if spot.y is None:
            found = _first(area, run, "", taken)
        else:
            # a peak says when it was, unless the axis does
            date = spot.point.short if dated and round(spot.x, 3) not in named else ""
            found = (_first(area, run, date, taken) if date else None) or _first(area, run, "", taken)
        if found is None:
            homeless.append(run)
        else:
            placed.append(found)
    return _with_beside(area, Labels(tuple(placed), tuple(homeless)))


def _with_beside(area: Area, labels: Labels) -> Labels:
    """The labels with the names of lines at values, and with notes."""
    style, frame = area.style, area.frame
    taken = list(labels.boxes)
    notes: list[PlacedNote] = []
    unplaced: list[str] = []
    for spot, text in area.noted:
        own = next((one.box for one in labels.placed if one.run[0] is spot), None)
        found = next((one for one in _note_places(area, spot, text, own) if _note_fits(area, one, taken)), None)
        if found is None:
            unplaced.append(phrases.said(spot.point.short or spot.point.name, text, style.language))
        else:
            notes.append(found)
            taken.append(found.box)
    leads = [note.leader for note in notes if note.leader is not None]

    def free(box: Bounds) -> bool:
        return _free(area, box, taken) and not any(crosses(leader, box, 0.15 * style.size) for leader in leads)

    levels, nameless = name_levels(area.levels, frame.left, frame.right, style, free)
    said = (*unplaced, *nameless)
    return (
        replace(labels, levels=tuple(levels), notes=tuple(notes), unplaced=said)
        if area.noted or area.levels
        else labels
    )


def _note_places(area: Area, spot: Spot, text: str, own: Bounds | None) -> Iterator[PlacedNote]:
    """Places for words about a point: over and under it and its `own` value, ever farther away."""
    style, size = area.style, area.style.size
    if spot.y is None:
        return
    lines = wrap(text, style.regular, size, min(14 * size, 0.45 * (area.frame.right - area.frame.left)))
    wide = max(text_width(line, style.regular, size) for line in lines)
    tall = (ASCENT + DESCENT) * size + (len(lines) - 1) * style.line
    upper, lower = spot.y - area.radius, spot.y + area.radius
    if own is not None:
        upper, lower = (min(upper, own.top), lower) if own.top < spot.y else (upper, max(lower, own.bottom))
    for away in (0.5, 1.2, 2.0, 3.0, 4.2, 5.6, 7.6):
        for top in (upper - away * size - tall, lower + away * size):
            for shift in (0.5, 0.15, 0.85):
                left = min(max(spot.x - shift * wide, area.frame.left), max(area.frame.right - wide, area.frame.left))
                box = Bounds(left, top, left + wide, top + tall)
                end = box.bottom + 0.1 * size if top < spot.y else box.top - 0.1 * size
                start = upper - 0.2 * size if top < spot.y else lower + 0.2 * size
                leader = (spot.x, start, spot.x, end) if abs(end - start) > 0.35 * size else None
                yield PlacedNote(spot, lines, box, leader)


def _note_fits(area: Area, note: PlacedNote, taken: Sequence[Bounds]) -> bool:
    size, leader = area.style.size, note.leader
    if not _free(area, note.box, taken) or not note.box.left <= note.spot.x <= note.box.right:
        return False
    if any(note.box.top - 0.1 * size < level.y < note.box.bottom + 0.1 * size for level in area.levels):
        return False
    return leader is None or not any(crosses(leader, box, 0.15 * size) for box in taken)


def _first(area: Area, run: tuple[Spot, ...], date: str, taken: Sequence[Bounds]) -> Placed | None:
    candidates = _near(area, run[0], date) if run[0].y is not None else _in_gap(area, run)
    if run[0].y is None:
        taken = [*taken, *area.filled]
    box = next((box for box in candidates if _free(area, box, taken)), None)
    return None if box is None else Placed(run, box, date)


def _box(area: Area, left: float, top: float, wide: float, lines: int = 1) -> Bounds:
    """A label's box, moved inside the area sideways."""
    style, frame = area.style, area.frame
    left = min(max(left, frame.left), max(frame.right - wide, frame.left))
    return Bounds(left, top, left + wide, top + (ASCENT + DESCENT) * style.size + (lines - 1) * style.line)


def _near(area: Area, spot: Spot, date: str) -> Iterator[Bounds]:
    """Places for a point's label, best first: above a peak or slope, below a valley, then beside."""
    size, r = area.style.size, area.radius
    spots = area.spots[spot.course]
    i, x, y = spots.index(spot), spot.x, spot.y
    assert y is not None
    wide, tall, lines = _wide(area, spot), (ASCENT + DESCENT) * size, 1
    if date:
        wide = max(wide, text_width(date, area.style.regular, size))
        tall, lines = tall + area.style.line, 2
    beside = [spots[j].y for j in (i - 1, i + 1) if 0 <= j < len(spots)]
    valley = len(beside) == 2 and all(other is not None and other < y for other in beside)
    peak = all(other is None or other > y for other in beside)
    below_first = valley or (y > area.zero and not peak)
    above = [y - r - away * size - tall + 0.15 * size for away in (0.35, 0.65, 1.0)]
    below = [y + r + away * size - 0.1 * size for away in (0.35, 0.65, 1.0)]
    for top in (*below, *above) if below_first else (*above, *below):
        for shift in (0.5, 0.25, 0.75, 0.05, 0.95):
            yield _box(area, x - shift * wide, top, wide, lines)
    for shift in (0.0, -0.4, 0.4):
        middle = y - tall / 2 + shift * tall
        yield _box(area, x + r + 0.45 * size, middle, wide, lines)
        yield _box(area, x - r - 0.45 * size - wide, middle, wide, lines)
    for away in (1.5, 2.0):
        # deep in a narrow valley, still over its point
        yield _box(area, x - wide / 2, y - r - away * size - tall, wide, lines)


def _in_gap(area: Area, run: Sequence[Spot]) -> Iterator[Bounds]:
    """Places for what stands in a gap: between its neighbours and as high as they are, as words on the axis would be
    read as a value there; of one line also farther off."""
    size = area.style.size
    wide, tall = _wide(area, run[0]), (ASCENT + DESCENT) * size
    left = (run[0].x + run[-1].x - wide) / 2
    spots = area.spots[run[0].course]
    i, j = spots.index(run[0]), spots.index(run[-1])
    beside = [y for k in (i - 1, j + 1) if 0 <= k < len(spots) and (y := spots[k].y) is not None]
    middle = sum(beside) / len(beside) if beside else area.zero
    for away in (0.0, -0.8, 0.8, -1.6, 1.6):
        yield _box(area, left, middle - tall / 2 + away * size, wide)
    for step in (0.5, 2.0, 3.5, 5.0) if area.single else ():
        yield _box(area, left, area.zero - step * size - tall, wide)


def _free(area: Area, box: Bounds, taken: Sequence[Bounds]) -> bool:
    """Whether a label in `box` touches nothing."""
    size = area.style.size
    if box.top < area.frame.top or box.bottom > area.floor + 0.1 * size:
        return False
    if box.right > area.frame.right + 0.01:
        return False
    # an axis that does not begin at zero begins with a zigzag
    above = (BROKEN + 0.1 if area.axis.low > 0 else 0.1) * size
    if box.top - 0.1 * size < area.zero < box.bottom + above:
        return False
    if any(box.touches(other, 0.3 * size) for other in taken):
        return False
    if any(box.touches(dot, 0.08 * size) for dot in area.dots):
        return False
    return not any(crosses(segment, box, 0.25 * size) for segment in area.segments)
