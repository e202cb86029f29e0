"""What stands around a table: where it ends, what lines around it say, and dots that lead to its values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from msgspec.structs import replace

from data.errors import Problem, ProjectError
from data.pattern import user_pattern
from data.reshape.frame import At, Frame, filled, label
from data.reshape.header import name_of
from data.reshape.words import listed, plain, says
from data.settings.shape import ShapeSettings

_LEADERS = re.compile(r"(?<=\S)\s*(?:\.{3,}|(?:\s\.){3,}|…+|·{3,}|_{3,})\s*(?=$|[\[(\\*†‡¹²³])")
_LOOKED = 300
"""Lines around a table that are searched for the one that says something else than what is declared."""
_ALIKE = 0.5
"""How much alike two lines are that say the same of something else."""


def without_dots(text: str) -> str:
    """A label without the dots that lead from it to its values; any other text as it is.

    >>> without_dots("  Law .........."), without_dots("Law ....[1]"), without_dots("...")
    ('  Law', 'Law[1]', '...')
    """
    if not text.rstrip(" .…·_").strip():
        return text
    return _LEADERS.sub("", text) if any(map(str.isalpha, text)) else text


def without_leaders(frame: Frame, shape: ShapeSettings, at: At) -> Frame:
    """Dots behind labels go where that is declared."""
    if not shape.leaders:
        return frame
    rows = tuple(tuple(map(without_dots, row)) for row in frame.rows)
    return replace(frame, header=tuple(map(without_dots, frame.header)), rows=rows)


def cut_end(frame: Frame, shape: ShapeSettings, at: At) -> Frame:
    """The row that says one of the words under end, and all below it, are none of the table."""
    if not shape.end:
        return frame
    place = at("shape", "end")
    tests = {word: says(word, place) for word in listed(shape.end)}
    for index, row in enumerate(frame.rows):
        if any(test(label(row)) for test in tests.values()):
            return frame.take(range(index))
    listing = "' or '".join(tests)
    return frame.warn(
        place,
        f"end: no row of {name_of(frame.grid)} says '{listing}'.",
        "Check whether the file has changed; correct the words, or leave them out.",
    )


def check_says(frame: Frame, shape: ShapeSettings, at: At) -> Frame:
    """Refuse a file whose lines around the table do not say what is declared: another year, population, unit.

    Raises ProjectError that names what is declared, and what the file says in its place.
    """
    if not shape.says:
        return frame
    place = at("shape", "says")
    inside = set(frame.at)
    outside = [index for index, row in enumerate(frame.grid.cells) if index not in inside and any(map(str.strip, row))]
    lines = [(index, text) for index in outside for text in told(frame.grid.cells[index])]
    said = {plain(text) for _, text in lines}
    problems: list[Problem] = []
    for word in listed(shape.says):
        pattern = user_pattern(word[1:-1], place) if len(word) > 2 and word[0] == word[-1] == "/" else None
        if plain(word) in said or (pattern is not None and any(pattern.search(text) for _, text in lines)):
            continue
        other = _instead(word, lines)
        found = f"{frame.grid.place(other[0], 0)} says '{other[1]}'" if other else "nothing like it is there"
        problems.append(
            Problem(
                place,
                f"no line around the table in {name_of(frame.grid)} says '{word}': {found}.",
                "If the file is meant, correct what is declared of it (title, as_of, notes, multiply), then says.",
            )
        )
    if problems:
        raise ProjectError(problems)
    return frame


def told(row: Sequence[str]) -> Iterator[str]:
    """What a line says: each of its cells, all of them, and each cell as a key with the ones behind it as its value.

    >>> list(told(("Filters:", "Level", "Undergraduate")))[-2:]
    ['Filters: Level, Undergraduate', 'Level: Undergraduate']
    """
    cells = list(dict.fromkeys(" ".join(cell.split()) for cell in filled(row)))
    yield from cells
    yield " ".join(cells)
    for place, key in enumerate(cells[:-1]):
        yield f"{key.rstrip(': ')}: {', '.join(cells[place + 1 :])}"


def _instead(word: str, lines: Sequence[tuple[int, str]]) -> tuple[int, str] | None:
    """The row and text of the line that says something else in the place of a word; None where no line is like it."""
    matcher = SequenceMatcher(None, b=plain(word).casefold(), autojunk=False)
    best, found = _ALIKE, None
    for row, text in lines[:_LOOKED]:
        matcher.set_seq1(plain(text).casefold())
        if matcher.real_quick_ratio() > best and (ratio := matcher.ratio()) > best:
            best, found = ratio, (row, text)
    return found
