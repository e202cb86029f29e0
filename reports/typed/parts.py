"""Numbers that count the parts of a document itself: "Five things ..." above a list of five."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from msgspec import Struct

from data.language.typed_numbers.typed_number import TypedNumber
from reports.typed.stories import Element

_LEAST, _MOST = 2, 100
"""How many parts anybody counts in words."""
_COUNTED = ("myth", "question")
"""Blocks that headings count; quotations and remarks stand between other things."""
_OPEN = ("heading", "words", "picture")


class Parts(Struct, frozen=True):
    """How many parts of one kind stand where a passage speaks of them."""

    count: int
    what: str
    """"items", "blocks", "rows" or "headings"."""
    sure: bool
    """Whether they must be what a number there counts."""


def counts_parts(number: TypedNumber) -> bool:
    """Whether a number may count the parts of a document."""
    amount = number.number
    return number.unit == "" and amount is not None and amount == int(amount) and _LEAST <= amount <= _MOST


def parts_at(outline: Sequence[Element], passage: int) -> list[Parts]:
    """What a number in this passage of a story may count: of a heading what its section holds, of other words what
    stands directly before or behind them. Nothing where commands decide how many there are."""
    place = next((index for index, one in enumerate(outline) if one.passage == passage), None)
    if place is None:
        return []
    element = outline[place]
    if element.kind == "heading":
        section = _section(outline, place)
        if any(one.kind == "command" for one in section):
            return []
        found = [*_lists(section), *_fences(section), *_headings(section, element.level), *_rows(section)]
        return [Parts(one.count, one.what, sure=one.sure and len(found) == 1) for one in found]
    behind = _run(outline[place + 1 :])
    before = _run(outline[:place][::-1])
    found = [(run, near) for run, near in ((behind, True), (before, False)) if run]
    if any(one.kind == "command" for run, _ in found for one in run):
        return []
    counted = [
        Parts(one.count, one.what, sure=near and one.sure and one.what == "items")
        for run, near in found
        for one in (*_lists(run if near else run[::-1]), *_fences(run if near else run[::-1]), *_rows(run))
    ]
    own = list(takewhile(lambda one: one.kind != "heading", outline[:place][::-1]))
    if not own or all(one.kind in _OPEN for one in own):  # the first words of a section speak of what it holds
        heading = next((one for one in outline[:place][::-1] if one.kind == "heading"), None)
        if heading is not None:
            section = _section(outline, outline.index(heading))
            if not any(one.kind == "command" for one in section):
                counted.extend((*_lists(section), *_fences(section), *_headings(section, heading.level)))
    return counted


def _section(outline: Sequence[Element], place: int) -> list[Element]:
    """What stands below a heading: up to the next one of its level or above."""
    level = outline[place].level
    return list(takewhile(lambda one: one.kind != "heading" or one.level > level, outline[place + 1 :]))


def _run(elements: Sequence[Element]) -> list[Element]:
    """The parts that stand directly beside a passage: up to the next heading or words between them."""
    depth, run = 0, list[Element]()
    for one in elements:
        depth += {"fence": 1, "close": -1}.get(one.kind, 0)
        if one.kind == "heading" or (one.kind in ("words", "picture") and not depth):
            break
        run.append(one)
    return run


def _lists(elements: Sequence[Element]) -> Iterator[Parts]:
    """The lists that stand there: how many items each has, those within items left out."""
    names = [one.name for one in elements if one.kind == "fence"]
    repeated = len(set(names)) < len(names)  # then the blocks are what is counted
    depth, count, indent = 0, 0, 0
    for one in (*elements, Element("words")):
        if one.kind == "item":
            indent = one.level if not count else min(indent, one.level)
            count += one.level <= indent
        elif count and one.kind != "footnote":
            if count >= _LEAST and not (depth > 0 and repeated):
                yield Parts(count, "items", sure=depth <= 0)
            count = 0
        depth += {"fence": 1, "close": -1}.get(one.kind, 0)


def _fences(elements: Sequence[Element]) -> Iterator[Parts]:
    """The blocks of one name that stand there."""
    fences = [one for one in elements if one.kind == "fence"]
    outer = min((one.level for one in fences), default=0)
    names = [one.name for one in fences if one.level == outer]
    for name in dict.fromkeys(names):
        if names.count(name) >= _LEAST:
            yield Parts(names.count(name), "blocks", sure=name in _COUNTED)


def _headings(elements: Sequence[Element], level: int) -> Iterator[Parts]:
    inner = [one.level for one in elements if one.kind == "heading" and one.level > level]
    count = inner.count(min(inner)) if inner else 0
    if count >= _LEAST:
        yield Parts(count, "headings", sure=True)


def _rows(elements: Sequence[Element]) -> Iterator[Parts]:
    """The rows of a table that is typed there, its header left out."""
    count = sum(one.kind == "row" for one in elements) - 1
    if count >= _LEAST:
        yield Parts(count, "rows", sure=True)
