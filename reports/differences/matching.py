"""Which slide became which, and which piece of a slide: by what they say, and by what programs know them by."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import TypeVar

from reports.changes.passages import ALIKE, likeness
from reports.differences.shown import Piece, Sheet

_SAME_TITLE, _SAME_IDENTITY = 0.2, 0.2
"""Share of their words that two slides must have in common where their titles, or their identities, are the same."""
_MOST_PAIRS = 250_000
"""Pairs of slides that are all looked at; of more, those near each other."""
_NEAR = 50
_PIECES_ALIKE = 0.5

T = TypeVar("T")


def pair_sheets(old: Sequence[Sheet], new: Sequence[Sheet]) -> dict[int, int]:
    """Place in the old deck → place in the new one, from 0, of the slides that are in both.

    A slide that says the very same is the same slide, then one of the same identity, then the one that is most like it.
    What has little in common is never paired, whatever its number.
    """
    pairs: dict[int, int] = {}
    _pair_same(pairs, old, new, lambda sheet: (sheet.content, sheet.identity))
    _pair_same(pairs, old, new, lambda sheet: sheet.content if sheet.words else None)
    same = {(i, j) for i, j in _open(pairs, old, new) if old[i].identity and old[i].identity == new[j].identity}
    _pair_best(pairs, {pair: likeness(old[pair[0]].words, new[pair[1]].words) for pair in same}, _SAME_IDENTITY)
    titles = {(i, j) for i, j in _open(pairs, old, new) if old[i].title and old[i].title == new[j].title}
    _pair_best(pairs, {pair: likeness(old[pair[0]].words, new[pair[1]].words) for pair in titles}, _SAME_TITLE)
    left = {(i, j): likeness(old[i].words, new[j].words) for i, j in _open(pairs, old, new)}
    _pair_best(pairs, left, ALIKE)
    return pairs


def _pair_same(
    pairs: dict[int, int], old: Sequence[Sheet], new: Sequence[Sheet], key: Callable[[Sheet], Hashable]
) -> None:
    """Pair slides that share a key, in their order; those without one (None) are left."""
    taken = set(pairs.values())
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for place in range(len(new) - 1, -1, -1):
        if place not in taken:
            waiting[key(new[place])].append(place)
    for place, sheet in enumerate(old):
        if place not in pairs and key(sheet) is not None and waiting.get(key(sheet)):
            pairs[place] = waiting[key(sheet)].pop()


def _open(pairs: Mapping[int, int], old: Sequence[Sheet], new: Sequence[Sheet]) -> Iterator[tuple[int, int]]:
    """The pairs that may still be made."""
    taken = set(pairs.values())
    ones = [place for place in range(len(old)) if place not in pairs]
    others = [place for place in range(len(new)) if place not in taken]
    many = len(ones) * len(others) > _MOST_PAIRS
    for i, one in enumerate(ones):
        for other in others[max(0, i - _NEAR) : i + _NEAR] if many else others:
            yield one, other


def _pair_best(pairs: dict[int, int], scores: Mapping[tuple[int, int], float], least: float) -> None:
    """Pair what is most alike first; where two are alike, what stands nearest."""
    taken = set(pairs.values())
    for (one, other), score in sorted(
        scores.items(), key=lambda item: (-item[1], abs(item[0][0] - item[0][1]), item[0])
    ):
        if score >= least and one not in pairs and other not in taken:
            pairs[one] = other
            taken.add(other)


def moved(pairs: Mapping[int, int]) -> set[int]:
    """Places in the old deck of the fewest slides that must have moved for the order of the new one."""
    order = sorted(pairs)
    ends: list[int] = []  # the smallest end of a run of each length that keeps its order
    runs: list[list[int]] = []
    for place in order:
        at = bisect_left(ends, pairs[place])
        run = [*(runs[at - 1] if at else []), place]
        ends[at : at + 1] = [pairs[place]]
        runs[at : at + 1] = [run]
    return set(order) - set(runs[-1] if runs else [])


def pair_pieces(old: Sequence[Piece], new: Sequence[Piece]) -> Iterator[tuple[Piece | None, Piece | None]]:
    """The pieces of two slides, each with what it became: first those of the new one in their order, with None for
    those that came; then those that went, with None."""
    partner: dict[Piece, Piece] = {}
    for kinds in (
        ("title",),
        ("notes",),
        ("text", "foot"),
        ("table",),
        ("chart",),
        ("picture",),
        ("object",),
        ("drawing",),
    ):
        ones = [piece for piece in old if piece.kind in kinds]
        others = [piece for piece in new if piece.kind in kinds]
        scores = {(i, j): _score(one, other) for i, one in enumerate(ones) for j, other in enumerate(others)}
        if len(ones) == len(others) == 1 and kinds[0] in ("title", "notes"):
            scores = {(0, 0): 1.0}
        pairs: dict[int, int] = {}
        _pair_best(pairs, scores, _PIECES_ALIKE)
        partner.update({others[j]: ones[i] for i, j in pairs.items()})
    for piece in new:
        yield partner.get(piece), piece
    found = set(partner.values())
    for piece in old:
        if piece not in found:
            yield piece, None


def _score(one: Piece, other: Piece) -> float:
    """How likely a piece became another: by what it says, its name and its place; what says the same is the same."""
    covered = one.box.shared(other.box) if one.box is not None and other.box is not None else 0.0
    near = 0.4 * (one.name == other.name and bool(one.name)) + 0.4 * covered
    if one.kind == "picture" and one.digests & other.digests:
        return 2 + near
    if one.kind != "drawing" and one.content == other.content:
        return 2 + near
    if one.kind == "drawing":
        return near + 0.2 * (one.form == other.form)
    said = likeness(_said(one), _said(other))
    if one.kind in ("chart", "table", "picture", "object"):
        return said + near
    return said + (near if said > 0.2 or covered > 0.9 else 0)


def _said(piece: Piece) -> list[str]:
    """What a piece is known again by: of a table its head and first column, of a chart what it is about."""
    if piece.kind == "table":
        head = piece.grid[0] if piece.grid else ()
        return [word for cell in (*head, *(row[0] for row in piece.grid[1:] if row)) for word in cell.split()]
    if piece.chart is not None:
        return [*piece.chart.categories, *(series.name for series in piece.chart.series)]
    return piece.words.split()


def counted_twice(values: Sequence[str]) -> set[str]:
    """Values that stand more than once, and so tell nothing apart."""
    return {value for value, times in Counter(values).items() if times > 1}
