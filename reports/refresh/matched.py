"""Which slide of a file is which generated one, and which slide of the new story is which of the old one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct

from reports.powerpoint.record.canonical import body_text, notes_body, table_cells
from reports.powerpoint.record.identity import creation_of, marker_of
from reports.powerpoint.record.record import SlideRecord, shapes_inside
from reports.powerpoint.slides import Slide
from reports.refresh.words import alike, words_of

_SAME = 0.5
"""Least share of words that two slides have in common to be one, where no mark says so."""
_REWORDED = 0.25
"""The same for a slide of a story between two neighbours that stayed."""

T = TypeVar("T", int, str)


class Found(Struct, frozen=True, eq=False):
    """The slides of a file, as far as they were generated."""

    slides: Mapping[str, Slide]
    """By key."""
    copies: Mapping[int, str]
    """Number of a slide → the key of the one that a person made it of."""


def record_words(record: SlideRecord) -> list[str]:
    """All words of a generated slide."""
    lines = [line for shape in record.shapes.values() for line in shape.text]
    cells = [cell for shape in record.shapes.values() for row in shape.cells for cell in row]
    return words_of(" ".join((*lines, *cells, *record.notes)))


def slide_words(slide: Slide) -> list[str]:
    """All words of a slide as it is now."""
    shapes = [shape for shape, _ in shapes_inside(slide.shapes)]
    lines = [line for shape in shapes for line in body_text(shape.body)]
    cells = [cell for shape in shapes if shape.kind == "table" for row in table_cells(shape.element) for cell in row]
    return words_of(" ".join((*lines, *cells, *body_text(notes_body(slide.notes)))))


def find_slides(slides: Sequence[Slide], records: Sequence[SlideRecord]) -> Found:
    """Find the generated slides of a file: by creation id, by the mark on the notes page, else by what they say."""
    by_key = {record.key: record for record in records}
    by_creation = {record.creation: record.key for record in records}
    claims: defaultdict[str, list[tuple[bool, bool, float, int]]] = defaultdict(list)
    for place, slide in enumerate(slides):
        made, marker = creation_of(slide.root), marker_of(slide.notes)
        key = by_creation.get(made) or (marker.key if marker else "")
        if key in by_key:
            copied = marker is not None and marker.copied
            claims[key].append((made not in by_creation, copied, 0.0, place))
    chosen: dict[str, int] = {}
    copies: dict[int, str] = {}
    for key, claimed in claims.items():
        if len(claimed) > 1:
            words = record_words(by_key[key])
            claimed = [(*one[:2], -alike(slide_words(slides[one[3]]), words), one[3]) for one in claimed]
        first, *rest = sorted(claimed)
        chosen[key] = first[3]
        copies.update({one[3]: key for one in rest})
    free = [place for place in range(len(slides)) if place not in copies and place not in chosen.values()]
    missing = [record for record in records if record.key not in chosen]
    if free and missing:
        said = {place: slide_words(slides[place]) for place in free}
        pairs = _best(
            ((alike(said[place], words), place, record.key) for record, words in _worded(missing) for place in free),
            _SAME,
        )
        chosen.update({key: place for place, key in pairs})
    return Found(
        {key: slides[place] for key, place in chosen.items()},
        {slides[place].number: key for place, key in copies.items()},
    )


def _worded(records: Iterable[SlideRecord]) -> list[tuple[SlideRecord, list[str]]]:
    return [(record, record_words(record)) for record in records]


def _best(scored: Iterable[tuple[float, T, str]], least: float) -> list[tuple[T, str]]:
    """Pairs, the best first, each side once."""
    found: list[tuple[T, str]] = []
    lefts: set[T] = set()
    rights: set[str] = set()
    for score, left, right in sorted(scored, key=lambda one: -one[0]):
        if score >= least and left not in lefts and right not in rights:
            found.append((left, right))
            lefts.add(left)
            rights.add(right)
    return found


def same_slides(earlier: Sequence[SlideRecord], later: Sequence[SlideRecord]) -> dict[str, str]:
    """Key of each slide of the new story → key of the one that it was, also where its heading was worded anew.

    By the key; by the charts that both show; by what both say; and between two neighbours that stayed, with less.
    """
    old, new = {one.key: one for one in earlier}, {one.key: one for one in later}
    found = {key: key for key in new if key in old}

    def rest() -> tuple[list[SlideRecord], list[SlideRecord]]:
        taken = set(found.values())
        return [o for o in earlier if o.key not in taken], [n for n in later if n.key not in found]

    def pair(score: Callable[[SlideRecord, SlideRecord], float], least: float) -> None:
        olds, news = rest()
        scored = ((score(o, n), n.key, o.key) for o in olds for n in news)
        found.update(_best(scored, least))

    pair(lambda o, n: float(bool(o.shows) and o.shows == n.shows), 1.0)
    olds, news = rest()
    if olds and news:
        said = {one.key: record_words(one) for one in (*olds, *news)}
        pair(lambda o, n: alike(said[o.key], said[n.key]), _SAME)
        places = {one.key: place for place, one in enumerate(earlier)}
        following = {one.key: later[i - 1].key if i else "" for i, one in enumerate(later)}

        def between(o: SlideRecord, n: SlideRecord) -> float:
            before = found.get(following[n.key], "")
            beside = places[before] + 1 == places[o.key] if before else places[o.key] == 0
            return alike(said[o.key], said[n.key]) if beside and o.layout == n.layout else 0.0

        pair(between, _REWORDED)
    return found
