"""Columns that become rows, and rows that become columns."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from data.errors import Place, Problem, ProjectError, few
from data.pattern import user_pattern
from data.reshape.frame import At, Frame
from data.reshape.words import listed, says
from data.settings.shape import LongSettings, ShapeSettings
from data.sources.grid import ROWS

_COLUMNS = 1_000
"""Columns of a table that anybody declares fields for."""


def melt(frame: Frame, shape: ShapeSettings, at: At) -> Frame:
    """Wide to long: the named columns become one column of their headers and one of their cells.

    Every row gives one row for each of the columns, in their order; empty cells too.
    """
    settings = shape.long
    if settings is None:
        return frame
    place = at("shape", "long")
    tests = {word: says(word, place) for word in listed(settings.columns)}
    melted = [i for i, name in enumerate(frame.header) if any(test(name) for test in tests.values())]
    for word, test in tests.items():
        if not any(test(name) for name in frame.header):
            frame.column(word, place)
    if len(melted) * len(frame.rows) > ROWS:
        raise _too_many(frame, f"{len(melted) * len(frame.rows):,} rows", f"{ROWS:,}", place)
    chosen = set(melted)
    kept = [i for i in range(len(frame.header)) if i not in chosen]
    names = listed(settings.name)
    parts = [_divided(frame.header[i], settings, len(names), place) for i in melted]
    header = (*(frame.header[i] for i in kept), *names, settings.value)
    _refuse_repeated(frame, header, place)
    each = range(len(frame.rows))
    top = max(frame.top, 0)
    own = [(i, j) for i in each for j in melted]
    moved = {new: tuple(frame.moved[old][i] for i, _ in own) for new, old in enumerate(kept) if old in frame.moved}
    for step in range(len(names)):
        moved[len(kept) + step] = tuple((top, max(frame.columns[j], 0)) for _, j in own)
    moved[len(header) - 1] = tuple(frame.source(i, j) for i, j in own)
    units = {name: unit for name, unit in frame.units.items() if name in header}
    common = {frame.units.get(frame.header[j], "") for j in melted}
    if len(common) == 1 and "" not in common:
        units[settings.value] = common.pop()
    return replace(
        frame,
        header=header,
        columns=(*(frame.columns[i] for i in kept), *(-1,) * (len(names) + 1)),
        rows=tuple(
            (*(row[i] for i in kept), *said, row[j])
            for row in frame.rows
            for j, said in zip(melted, parts, strict=True)
        ),
        at=tuple(frame.at[i] for i, _ in own),
        moved=moved,
        units=units,
    )


def _divided(header: str, settings: LongSettings, parts: int, place: Place) -> tuple[str, ...]:
    """The parts of a header that go into the name columns."""
    if parts == 1 and not settings.split:
        return (header,)
    if settings.split.startswith("/") and settings.split.endswith("/") and len(settings.split) > 2:
        found = user_pattern(settings.split[1:-1], place, groups=True).search(header)
        said = tuple((text or "").strip() for text in found.groups) if found else ()
    else:
        said = tuple(part.strip() for part in header.split(settings.split)) if settings.split else (header,)
    if len(said) != parts:
        raise ProjectError.at(
            place,
            f"the header '{header}' has {len(said)} part{'' if len(said) == 1 else 's'}, and name has {parts}.",
            "Correct split: what stands between the parts, or a /pattern/ with a group for each.",
        )
    return said


def pivot(frame: Frame, shape: ShapeSettings, at: At) -> Frame:
    """Long to wide: what the name column says becomes headers, with the cells of the value columns below them.

    Rows and new columns come in the order of their first appearance. With several value columns a header is the
    value's and the name's: "cohort Percentage".
    """
    settings = shape.wide
    if settings is None:
        return frame
    place = at("shape", "wide")
    name = frame.column(settings.name, place)
    values = [frame.column(value, place) for value in listed(settings.value)]
    others = [i for i in range(len(frame.header)) if i != name and i not in values]
    by = [frame.column(column, place) for column in settings.by] or others
    groups: dict[tuple[str, ...], int] = {}
    said: dict[str, None] = {}
    found: dict[tuple[int, int, str], int] = {}
    problems: list[Problem] = []
    for index, row in enumerate(frame.rows):
        group = groups.setdefault(tuple(row[i].strip() for i in by), index)
        word = " ".join(row[name].split())
        said[word] = None
        for value in values:
            first = found.setdefault((group, value, word), index)
            if first != index:
                problems.append(
                    Problem(
                        frame.place(index, value),
                        f"'{frame.header[value]}' of '{word}' stands in {frame.place(first, value)} already.",
                        "Name the columns that tell the two rows apart under by, or drop one of them.",
                    )
                )
    if problems:
        raise ProjectError(few(problems))
    made = [(value, word) for value in values for word in said]
    if len(made) > _COLUMNS:
        raise _too_many(frame, f"{len(made):,} columns", f"{_COLUMNS:,}", place)
    several = len(values) > 1
    header = (
        *(frame.header[i] for i in by),
        *(f"{frame.header[value]} {word}" if several else word for value, word in made),
    )
    _refuse_repeated(frame, header, place)
    firsts = list(groups.values())
    moved = {new: tuple(frame.moved[old][i] for i in firsts) for new, old in enumerate(by) if old in frame.moved}
    rows: list[list[str]] = [[frame.rows[i][column] for column in by] for i in firsts]
    for step, (value, word) in enumerate(made):
        origins = [found.get((first, value, word)) for first in firsts]
        for row, origin in zip(rows, origins, strict=True):
            row.append("" if origin is None else frame.rows[origin][value])
        moved[len(by) + step] = tuple(
            frame.source(first if origin is None else origin, value)
            for first, origin in zip(firsts, origins, strict=True)
        )
    return replace(
        frame,
        header=header,
        columns=(*(frame.columns[i] for i in by), *(-1,) * len(made)),
        rows=tuple(map(tuple, rows)),
        at=tuple(frame.at[i] for i in firsts),
        moved=moved,
        units={name: unit for name, unit in frame.units.items() if name in header},
    )


def _too_many(frame: Frame, found: str, most: str, place: Place) -> ProjectError:
    """A step that would make a table beyond all measure."""
    said = f"{frame.grid.file} would have {found}, and a table has {most} at most."
    return ProjectError.at(place, said, "Take fewer of them: with keep, or with a query.")


def _refuse_repeated(frame: Frame, header: Sequence[str], place: Place) -> None:
    seen: set[str] = set()
    repeated = next((name for name in header if name in seen or seen.add(name)), None)
    if repeated is not None:
        raise ProjectError.at(place, f"{frame.grid.file} would have two columns '{repeated}'.", "Choose another name.")
