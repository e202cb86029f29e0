"""What differs between two pieces of a slide: texts by sentence, tables by cell, charts by value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from difflib import SequenceMatcher

from msgspec.structs import replace

from reports.audit.wording import short
from reports.changes.passages import differing, rewritten
from reports.differences.charts import ChartValues
from reports.differences.found import Change
from reports.differences.matching import counted_twice
from reports.differences.shown import Piece

_LEAST_MOVE = 0.02
"""Part of a slide's height by which a piece must have moved, or grown, for people to notice."""


def named(piece: Piece) -> str:
    """A piece as a reader would name it: "chart “Average pay”"."""
    said = piece.words
    if piece.kind == "table":
        said = " | ".join(piece.grid[0]) if piece.grid else ""
    if piece.kind == "chart" and piece.chart is not None:
        said = piece.chart.title or " and ".join(series.name for series in piece.chart.series if series.name) or said
    said = short(said or piece.name, 50)
    kind = {"foot": "foot", "drawing": "drawn shape"}.get(piece.kind, piece.kind)
    return f"{kind} “{said}”" if said and piece.kind != "drawing" else kind


def piece_changes(one: Piece | None, other: Piece | None, height: float) -> Iterator[Change]:
    """What became of a piece; slide numbers are set by who asks. `height`: of the slide, in points."""
    piece = other or one
    assert piece is not None
    if one is None or other is None:
        what = "added" if one is None else "removed"
        if piece.kind in ("title", "text", "foot", "notes"):
            before, now = ("", piece.words) if one is None else (piece.words, "")
            yield Change(what, _kind(piece), None, None, "", before, now)
        else:
            yield Change(what, _kind(piece), None, None, named(piece))
        return
    if piece.kind in ("title", "text", "foot", "notes"):
        yield from text_changes(one.lines, other.lines, _kind(other))
    elif piece.kind == "table":
        yield from _table(one, other)
    elif piece.kind == "chart":
        yield from _chart(one, other)
    elif piece.kind in ("picture", "object"):
        if one.digests != other.digests and not one.digests & other.digests:
            yield Change("changed", _kind(other), None, None, named(other), now="it shows another picture")
        yield from _alt(one, other)
    elif one.form != other.form:
        yield Change("changed", "drawn shape", None, None, "", one.form, other.form)
    if piece.kind != "notes" and (how := _shift(one, other, height)):
        yield Change("moved", _kind(other), None, None, named(other), now=how)


def _kind(piece: Piece) -> str:
    return {"foot": "text", "drawing": "drawn shape"}.get(piece.kind, piece.kind)


def _shift(one: Piece, other: Piece, height: float) -> str:
    """What happened to a piece's place, in words; empty where nobody would notice."""
    if one.box is None or other.box is None:
        return ""
    least = _LEAST_MOVE * height
    a, b = one.box, other.box
    wider, higher = b.width - a.width, b.height - a.height
    if max(abs(wider), abs(higher)) > least and one.kind not in ("title", "text", "foot"):
        grown = wider * a.height + higher * a.width  # of the area, to a first order
        return "it is larger" if grown > 0 else "it is smaller"
    across = min(abs(b.left - a.left), abs(b.right - a.right), abs(b.left + b.right - a.left - a.right) / 2)
    down = min(abs(b.top - a.top), abs(b.bottom - a.bottom), abs(b.top + b.bottom - a.top - a.bottom) / 2)
    # a box that grew with its text has one edge, or its middle, where it was
    return "it stands elsewhere on the slide" if max(across, down) > least else ""


def text_changes(old: Sequence[str], new: Sequence[str], kind: str) -> Iterator[Change]:
    """The sentences that differ between two texts, given by their lines."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    gone: list[str] = []
    come: list[str] = []
    told: list[Change] = []
    for sign, a, b, c, d in matcher.get_opcodes():
        if sign == "equal":
            continue
        if b - a == d - c == 1:  # one line in the place of one, however unlike
            told.append(Change("changed", kind, None, None, "", *(differing(old[a], new[c]) or (old[a], new[c]))))
            continue
        for before, now in rewritten([(line, line) for line in old[a:b]], [(line, line) for line in new[c:d]]):
            if before is None and now is not None:
                come.append(now)
                told.append(Change("added", kind, None, None, "", "", now))
            elif now is None and before is not None:
                gone.append(before)
                told.append(Change("removed", kind, None, None, "", before, ""))
            elif before is not None and now is not None and (cut := differing(before, now)):
                told.append(Change("changed", kind, None, None, "", *cut))
    both = set(gone) & set(come)
    yield from (one for one in told if one.what == "changed" or (one.before or one.now) not in both)
    for line in dict.fromkeys(line for line in come if line in both):
        yield Change("moved", kind, None, None, f"“{short(line, 50)}”", now="it stands elsewhere in its text")


def _alt(one: Piece, other: Piece) -> Iterator[Change]:
    if cut := differing(one.words, other.words):
        yield Change("changed", "alternative text", None, None, named(other), *cut)


# -- tables ------------------------------------------------------------------------


def _table(one: Piece, other: Piece) -> Iterator[Change]:
    yield from (
        replace(change, element=f"{named(other)}: {change.element}") for change in grid_changes(one.grid, other.grid)
    )


def grid_changes(old: Sequence[Sequence[str]], new: Sequence[Sequence[str]]) -> Iterator[Change]:
    """What differs between two tables, whose first row heads their columns and whose first column names their rows."""
    heads, new_heads = _keys(old[0] if old else ()), _keys(new[0] if new else ())
    columns = _aligned(heads, new_heads)
    rows = _aligned(_keys([row[0] if row else "" for row in old]), _keys([row[0] if row else "" for row in new]))
    both = {b for _, b in columns if b is not None}
    for a, b in columns:
        if a is None and b is not None:
            yield Change("added", "column", None, None, _called(new[0][b], "column", b))
        elif b is None and a is not None:
            yield Change("removed", "column", None, None, _called(old[0][a], "column", a))
    for a, b in rows:
        if a is None and b is not None:
            yield Change("added", "row", None, None, _called(_first(new[b]), "row", b), "", _joined(new[b]))
        elif b is None and a is not None:
            yield Change("removed", "row", None, None, _called(_first(old[a]), "row", a), _joined(old[a]), "")
        elif a is not None and b is not None:
            for c, d in columns:
                if c is None or d is None:
                    continue
                before, now = _cell(old[a], c), _cell(new[b], d)
                if before != now:
                    at = _called(_first(new[b]) if d else "", "row", b)
                    head = _called(new[0][d] if b else "", "column", d)
                    yield Change("changed", "cell", None, None, f"{at}, {head}", before, now)
    if [b for a, b in rows if a is not None and b is not None] != sorted(
        b for a, b in rows if a is not None and b is not None
    ):
        yield Change("moved", "row", None, None, "rows", now="they stand in another order")
    found = [b for a, b in columns if a is not None and b is not None]
    if found != sorted(found) and both:
        yield Change("moved", "column", None, None, "columns", now="they stand in another order")


def _keys(names: Sequence[str]) -> list[str]:
    """What rows or columns are known by: their names, where these tell them apart."""
    doubtful = counted_twice(names)
    return [name if name and name not in doubtful else "" for name in names]


def _aligned(old: Sequence[str], new: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """Places of what is in both, by name wherever it stands; what has no name of its own, or another one, by its place
    between its neighbours; None for what came and what went. In the old order, what came at the end."""
    places = {name: place for place, name in enumerate(new) if name}
    partner = {a: places[name] for a, name in enumerate(old) if name in places}
    marks_old = [f"={partner[a]}" if a in partner else "?" for a in range(len(old))]
    taken = {b: f"={b}" for b in partner.values()}
    marks_new = [taken.get(b, "?") for b in range(len(new))]
    for sign, a, b, c, d in SequenceMatcher(None, marks_old, marks_new, autojunk=False).get_opcodes():
        ones = [place for place in range(a, b) if place not in partner]
        others = [place for place in range(c, d) if place not in taken]
        if sign == "equal" or (len(ones) == len(others) and sign == "replace"):
            partner.update(zip(ones, others))
            taken.update(dict.fromkeys(others, ""))
    pairs: list[tuple[int | None, int | None]] = [(a, partner.get(a)) for a in range(len(old))]
    return [*pairs, *((None, b) for b in range(len(new)) if b not in taken)]


def _cell(row: Sequence[str], place: int) -> str:
    return row[place] if place < len(row) else ""


def _first(row: Sequence[str]) -> str:
    return row[0] if row else ""


def _joined(row: Sequence[str]) -> str:
    return " | ".join(row)


def _called(name: str, kind: str, place: int) -> str:
    return short(name, 40) if name else f"{kind} {place + 1}"


# -- charts ------------------------------------------------------------------------


def _chart(one: Piece, other: Piece) -> Iterator[Change]:
    old, new = one.chart, other.chart
    if old is None or new is None:
        if old is not new:
            name = named(one if new is None else other)
            yield Change("changed", "chart", None, None, name, now="its numbers cannot be read in one of both files")
    else:
        name = named(other)
        yield from (replace(change, element=f"{name}{change.element}") for change in _chart_changes(old, new))
    yield from _alt(one, other)


def _chart_changes(old: ChartValues, new: ChartValues) -> Iterator[Change]:
    """What differs between two charts; elements begin with a colon or are empty."""
    if old.kinds != new.kinds:
        yield Change("changed", "chart", None, None, "", _and(old.kinds), _and(new.kinds))
    if old.title != new.title:
        yield Change("changed", "chart", None, None, ": title", old.title, new.title)
    series = _aligned(_keys([one.name for one in old.series]), _keys([one.name for one in new.series]))
    points = _aligned(_keys(old.categories), _keys(new.categories))
    for a, b in points:
        if a is None and b is not None:
            yield Change("added", "category", None, None, f": {_called(new.categories[b], 'category', b)}")
        elif b is None and a is not None:
            yield Change("removed", "category", None, None, f": {_called(old.categories[a], 'category', a)}")
        elif a is not None and b is not None and old.categories[a] != new.categories[b]:
            yield Change("changed", "category", None, None, "", old.categories[a], new.categories[b])
    for a, b in series:
        if a is None and b is not None:
            yield Change("added", "series", None, None, f": {_called(new.series[b].name, 'series', b)}")
        elif b is None and a is not None:
            yield Change("removed", "series", None, None, f": {_called(old.series[a].name, 'series', a)}")
        elif a is not None and b is not None:
            yield from _series(old, new, a, b, points)
    kept = [b for a, b in points if a is not None and b is not None]
    if kept != sorted(kept):
        yield Change("moved", "category", None, None, "", now="its categories stand in another order")
    kept = [b for a, b in series if a is not None and b is not None]
    if kept != sorted(kept):
        yield Change("moved", "series", None, None, "", now="its series stand in another order")


def _series(
    old: ChartValues, new: ChartValues, a: int, b: int, points: Sequence[tuple[int | None, int | None]]
) -> Iterator[Change]:
    one, other = old.series[a], new.series[b]
    if one.name != other.name:
        yield Change("changed", "series", None, None, ": name of a series", one.name, other.name)
    if not old.categories and not new.categories:  # points without names: by their places
        most = max(len(one.values), len(other.values))
        points = [
            (place if place < len(one.values) else None, place if place < len(other.values) else None)
            for place in range(most)
        ]
    words, new_words = dict(one.words), dict(other.words)
    for c, d in points:
        before = None if c is None else _cell(one.values, c)
        now = None if d is None else _cell(other.values, d)
        category = _called(_cell(new.categories, d), "point", d) if d is not None else ""
        name = f": {category}{f', {other.name}' if len(new.series) > 1 and other.name else ''}"
        if before is not None and now is not None and before != now:
            yield Change("changed", "value", None, None, name, _number(before), _number(now))
        if c is not None and d is not None and words.get(c, "") != new_words.get(d, ""):
            yield Change("changed", "label", None, None, f"{name}, label", words.get(c, ""), new_words.get(d, ""))


def _number(value: str) -> str:
    """A chart's number as people write it; "no value" for none."""
    if not value:
        return "no value"
    try:
        number = Decimal(value)
        return f"{number:,f}" if abs(number) >= 10_000 else f"{number:f}"
    except ArithmeticError:  # no number, or none that can be compared
        return value


def _and(kinds: Sequence[str]) -> str:
    return " and ".join(kinds) or "nothing"
