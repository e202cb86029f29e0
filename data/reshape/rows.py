"""Rows of a table made for people that are no data, or say something about the data around them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec.structs import replace

from data.errors import Place, Problem, ProjectError, few
from data.reshape.frame import At, Frame, filled, label
from data.reshape.header import name_of
from data.reshape.words import listed, says
from data.settings.kinds import Words
from data.settings.shape import SectionSettings, ShapeSettings

Tests = Mapping[str, Callable[[str], bool]]

REPEATED = 'Leave them out: shape = { repeated_rows = "drop" }; or say that they are meant: repeated_rows = "keep".'
"""What to do about rows that repeat another one."""


def skip_rows(frame: Frame, shape: ShapeSettings, at: At) -> Frame:
    """Rows that are declared to be none of the table go: by their number, or by the words they begin with."""
    if not shape.skip:
        return frame
    place = at("shape", "skip")
    skipped = shape.skip if isinstance(shape.skip, tuple) else (shape.skip,)
    numbers = {number for number in skipped if isinstance(number, int)}
    tests = _tests(tuple(word for word in skipped if isinstance(word, str)), place)
    there = {frame.grid.rows[index] for index in frame.at} & numbers
    kept, met = _without(frame, tests)
    kept = [index for index in kept if frame.grid.rows[frame.at[index]] not in numbers]
    missed = [word for word in skipped if word not in met and word not in there]
    return _warned(frame.take(kept), "skip", missed, place)


def skip_alone(frame: Frame, shape: ShapeSettings, at: At) -> Frame:
    """Rows that say one thing only go where it is one of the words under alone: a row with values never does."""
    if not shape.alone:
        return frame
    place = at("shape", "alone")
    tests = _tests(shape.alone, place)
    said = {index: label(row) for index, row in enumerate(frame.rows) if _says_one_thing(row)}
    gone = {index: [word for word, test in tests.items() if test(text)] for index, text in said.items()}
    met = {word for words in gone.values() for word in words}
    kept = [index for index in range(len(frame.rows)) if not gone.get(index)]
    return _warned(frame.take(kept), "alone", [word for word in tests if word not in met], place)


def name_sections(frame: Frame, shape: ShapeSettings, at: At) -> Frame:
    """Rows that say what the rows below them are about become a column: "Sex", then "Female", "Male"."""
    if shape.sections is None:
        return frame
    settings = SectionSettings(field=shape.sections) if isinstance(shape.sections, str) else shape.sections
    place = at("shape", "sections")
    named, outside = _tests(settings.rows, place), _tests(settings.outside, place)
    keep: list[int] = []
    sections = [("", frame.source(0, 0))]
    members: list[int] = []
    met: set[str] = set()
    for index, row in enumerate(frame.rows):
        said = label(row)
        heads = {word for word, test in named.items() if test(said)}
        leaves = {word for word, test in outside.items() if test(said)}
        met |= heads | leaves
        if heads if named else _says_one_thing(row):
            sections.append((said.strip(), frame.source(index, row.index(said))))
        else:
            keep.append(index)
            members.append(0 if leaves else len(sections) - 1)
    missed = [word for word in (*named, *outside) if word not in met]
    if len(sections) == 1 and not missed:
        missed = ["one thing only"]
    frame = _warned(frame.take(keep), "sections", missed, place)
    used = set(members)
    empty = [] if named else [name for i, (name, _) in enumerate(sections) if i and i not in used]
    for name in empty:
        remedy = "If it is a row of data without values, name the sections: rows = [...]."
        frame = frame.warn(place, f"sections: '{name}' has no row below it in {name_of(frame.grid)}.", remedy)
    cells = [sections[member][0] for member in members]
    return frame.with_column(settings.field, cells, [sections[member][1] for member in members], place)


def _says_one_thing(row: Sequence[str]) -> bool:
    """One cell is filled, or a merged one stands in several; a number that is repeated is data."""
    cells = filled(row)
    return len(cells) == 1 or (len(cells) == len(row) > 1 and len(set(cells)) == 1 and not cells[0].strip().isdigit())


def fill_down(frame: Frame, shape: ShapeSettings, at: At) -> Frame:
    """Empty cells of the named columns take what stands above them."""
    for name in listed(shape.fill_down):
        column = frame.column(name, at("shape", "fill_down"))
        rows: list[tuple[str, ...]] = []
        sources: list[tuple[int, int]] = []
        last, source = "", (frame.at[0], frame.columns[column])
        for index, row in enumerate(frame.rows):
            if row[column].strip():
                last, source = row[column], frame.source(index, column)
            rows.append((*row[:column], last, *row[column + 1 :]))
            sources.append(source)
        frame = replace(frame, rows=tuple(rows), moved={**frame.moved, column: tuple(sources)})
    return frame


def drop_rows(frame: Frame, shape: ShapeSettings, at: At) -> Frame:
    """Rows go that say one of the words under drop: totals, notes in the middle, what is not asked for."""
    if not shape.drop:
        return frame
    place = at("shape", "drop")
    if not isinstance(shape.drop, dict):
        tests = _tests(shape.drop, place)
        kept, met = _without(frame, tests)
        return _warned(frame.take(kept), "drop", [word for word in tests if word not in met], place)
    for name, words in shape.drop.items():
        tests = _tests(words, place)
        kept, met = _without(frame, tests, frame.column(name, place))
        frame = _warned(frame.take(kept), f"drop.{name}", [word for word in tests if word not in met], place)
    return frame


def keep_rows(frame: Frame, shape: ShapeSettings, at: At) -> Frame:
    """Only rows stay that say one of the words under keep."""
    if not shape.keep:
        return frame
    place = at("shape", "keep")
    chosen: dict[str | None, Words] = {**shape.keep} if isinstance(shape.keep, dict) else {None: shape.keep}
    for name, words in chosen.items():
        tests = _tests(words, place)
        dropped, met = _without(frame, tests, None if name is None else frame.column(name, place))
        others = set(dropped)
        said = "keep" if name is None else f"keep.{name}"
        missed = [word for word in tests if word not in met]
        frame = _warned(frame.take([i for i in range(len(frame.rows)) if i not in others]), said, missed, place)
    return frame


def drop_repeated(frame: Frame, shape: ShapeSettings, at: At) -> Frame:
    """Rows that say exactly what a row above them says go where that is declared; else they stay and are told.

    Nothing is told of results and columnar files: they hold what was asked for, and rows may well be alike in that.
    """
    if shape.repeated_rows == "keep" or (shape.repeated_rows is None and frame.grid.counted):
        return frame
    backwards = range(len(frame.rows) - 1, -1, -1)
    seen = dict(zip(reversed(frame.rows), backwards, strict=True))  # the first of equal rows is set last
    if len(seen) == len(frame.rows):
        return frame
    repeated = len(frame.rows) - len(seen)
    if shape.repeated_rows == "drop":
        return replace(frame.take(sorted(seen.values())), repeated=repeated)
    again = next(index for index, row in enumerate(frame.rows) if seen[row] != index)
    first, found = frame.place(seen[frame.rows[again]], 0), frame.place(again, 0)
    how = "row repeats" if repeated == 1 else "rows repeat"
    said = f"{repeated:,} of {len(frame.rows):,} {how} another one exactly; this one stands in {first} already."
    return frame.warn(found, said, REPEATED)


def check_widths(frame: Frame, shape: ShapeSettings, at: At) -> Frame:
    """Refuse rows with more or fewer cells than the header: a cell holds the delimiter, or one is missing."""
    grid = frame.grid
    if not grid.widths:
        return frame
    wrong = [index for index in frame.at if grid.width(index) != frame.width]
    if wrong:
        raise ProjectError(
            few(
                [
                    Problem(
                        grid.place(index, 0),
                        f"this row has {grid.width(index)} cells, the header has {frame.width}.",
                        "Add the missing cells, or put quotes around a cell that holds the delimiter.",
                    )
                    for index in wrong
                ]
            )
        )
    return frame


def _tests(words: Words, place: Place) -> Tests:
    return {word: says(word, place) for word in listed(words)}


def _without(frame: Frame, tests: Tests, column: int | None = None) -> tuple[list[int], set[str]]:
    """Rows that say none of the words, in `column` or in their first filled cell; and the words that were met."""
    kept: list[int] = []
    met: set[str] = set()
    answers: dict[str, set[str]] = {}
    for index, row in enumerate(frame.rows):
        said = label(row) if column is None else row[column]
        if said not in answers:
            answers[said] = {word for word, test in tests.items() if test(said)}
        met |= answers[said]
        if not answers[said]:
            kept.append(index)
    return kept, met


def _warned(frame: Frame, setting: str, missed: Sequence[object], place: Place) -> Frame:
    """The frame, with a warning for each word that no row says: the file may have changed."""
    for word in missed:
        message = f"{setting}: no row of {name_of(frame.grid)} says '{word}'."
        frame = frame.warn(place, message, "Check whether the file has changed; correct the words, or leave them out.")
    return frame
