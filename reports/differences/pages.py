"""What differs between two PDFs, passage by passage: a text that flows on to another page is the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from msgspec.structs import replace

from reports.audit.wording import short
from reports.changes.passages import differing, rewritten
from reports.differences.found import Change, Differences, What
from reports.differences.pieces import grid_changes
from reports.differences.shown import Passage, ShownPdf

_LEAST_ALIKE = 1
"""Passages of a page that must be on one page of the other file for both to be the same page."""


def compare_pages(old: ShownPdf, new: ShownPdf) -> Differences:
    """What differs between two PDFs."""
    changes = [*_changes(_flat(old), _flat(new)), *_tables(old, new), *_pictures(old, new)]
    changes.sort(key=lambda change: (change.new or change.old or 0, change.old or 0))
    remarks = tuple(
        f"{shown.file} has no tags: its lines were put together to sentences by where they stand."
        for shown in (old, new)
        if not shown.tagged
    )
    return Differences("page", old.file, new.file, (old.pages, new.pages), tuple(changes), remarks)


def _flat(shown: ShownPdf) -> list[Passage]:
    """The passages, each table as one."""
    found: list[Passage] = []
    for passage in shown.passages:
        if passage.kind != "row":
            found.append(passage)
        elif not found or found[-1].table != passage.table:
            found.append(replace(passage, words=""))
    return found


def _rows(shown: ShownPdf) -> dict[int, list[Passage]]:
    rows: dict[int, list[Passage]] = defaultdict(list)
    for passage in shown.passages:
        if passage.kind == "row":
            rows[passage.table].append(passage)
    return rows


def _key(passage: Passage) -> tuple[str, str]:
    return passage.kind, passage.words


def _changes(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[Change]:
    """What became of passages; rows of tables are asked for apart."""
    one = [passage for passage in old if passage.kind != "row"]
    other = [passage for passage in new if passage.kind != "row"]
    gone: list[Passage] = []
    come: list[Passage] = []
    matcher = SequenceMatcher(None, [_key(p) for p in one], [_key(p) for p in other], autojunk=False)
    blocks: list[tuple[Sequence[Passage], Sequence[Passage]]] = []
    for sign, a, b, c, d in matcher.get_opcodes():
        if sign == "equal":
            for before, now in zip(one[a:b], other[c:d], strict=True):
                yield from _inside(before, now)
        else:
            gone += one[a:b]
            come += other[c:d]
            blocks.append((one[a:b], other[c:d]))
    relocated = Counter(map(_key, gone)) & Counter(map(_key, come))
    yield from _relocated(gone, come, relocated, (old, new))
    left, right = Counter(relocated), Counter(relocated)
    for ones, others in blocks:
        ones, others = list(_without(ones, left)), list(_without(others, right))
        for kind in ("heading", "text", "figure", "edge"):
            yield from _replaced([p for p in ones if p.kind == kind], [p for p in others if p.kind == kind])


def _without(passages: Sequence[Passage], taken: Counter[tuple[str, str]]) -> Iterator[Passage]:
    for passage in passages:
        if taken[_key(passage)] > 0:
            taken[_key(passage)] -= 1
        else:
            yield passage


def _inside(before: Passage, now: Passage) -> Iterator[Change]:
    """Figures that are described alike and drawn with other words."""
    if before.digest != now.digest and before.kind == "figure":
        cut = differing(before.digest, now.digest) or (before.digest, now.digest)
        yield Change("changed", "figure", before.page, now.page, _named(now), *cut)


def _replaced(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[Change]:
    for before, now in rewritten([(p, p.words) for p in old], [(p, p.words) for p in new]):
        if before is None and now is not None:
            yield _alone("added", now)
        elif now is None and before is not None:
            yield _alone("removed", before)
        elif before is not None and now is not None and (cut := differing(before.words, now.words)):
            element = _named(now) if now.kind == "figure" else ""
            yield Change("changed", _told(now), before.page, now.page, element, *cut)


def _alone(what: What, passage: Passage) -> Change:
    page = passage.page
    if what == "added":
        return Change(what, _told(passage), None, page, "", "", passage.words)
    return Change(what, _told(passage), page, None, "", passage.words, "")


def _told(passage: Passage) -> str:
    return {"edge": "running head or foot"}.get(passage.kind, passage.kind)


def _named(passage: Passage) -> str:
    return f"figure “{short(passage.words, 50)}”" if passage.words else "figure"


def _relocated(
    gone: Sequence[Passage],
    come: Sequence[Passage],
    both: Counter[tuple[str, str]],
    whole: tuple[Sequence[Passage], Sequence[Passage]],
) -> Iterator[Change]:
    """Passages that stand elsewhere in the order; a page of which all do has moved as a whole."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for passage in gone:
        places[_key(passage)].append(passage.page)
    sizes = Counter(passage.page for passage in whole[1] if passage.kind not in ("edge", "row"))
    moves: dict[tuple[int, int], list[Passage]] = defaultdict(list)
    left = Counter(both)
    for passage in come:
        if left[_key(passage)] > 0:
            left[_key(passage)] -= 1
            moves[places[_key(passage)].pop(0), passage.page].append(passage)
    for (before, now), passages in moves.items():
        if len(passages) >= max(_LEAST_ALIKE, sizes[now]) and before != now:
            yield Change("moved", "page", before, now)
            continue
        for passage in passages:
            if passage.words:
                yield Change("moved", _told(passage), before, now, f"“{short(passage.words, 50)}”")


def _tables(old: ShownPdf, new: ShownPdf) -> Iterator[Change]:
    """Tables that have a first row in common are the same table, the others in their order."""
    ones, others = _rows(old), _rows(new)
    waiting = list(ones)
    for rows in others.values():
        same = next((key for key in waiting if ones[key][0].cells == rows[0].cells), None)
        same = next((key for key in waiting if _alike(ones[key], rows)), None) if same is None else same
        if same is None:
            yield Change("added", "table", None, rows[0].page, _called(rows))
            continue
        waiting.remove(same)
        before = ones[same]
        for change in grid_changes([row.cells for row in before], [row.cells for row in rows]):
            name = f"{_called(rows)}: {change.element}"
            yield replace(change, old=before[0].page, new=rows[0].page, element=name)
    for key in waiting:
        yield Change("removed", "table", ones[key][0].page, None, _called(ones[key]))


def _alike(one: Sequence[Passage], other: Sequence[Passage]) -> bool:
    """Whether two tables name half of their rows alike."""
    names = {row.cells[0] for row in one if row.cells}, {row.cells[0] for row in other if row.cells}
    return 2 * len(names[0] & names[1]) >= max(len(names[0]), len(names[1]), 1)


def _called(rows: Sequence[Passage]) -> str:
    return f"table “{short(rows[0].words, 50)}”"


def _pictures(old: ShownPdf, new: ShownPdf) -> Iterator[Change]:
    gone = {digest: page for digest, page in old.pictures.items() if digest not in new.pictures}
    come = {digest: page for digest, page in new.pictures.items() if digest not in old.pictures}
    for page in come.values():
        before = next((key for key, at in gone.items() if at == page), None)
        if before is None:
            yield Change("added", "picture", None, page, "picture")
        else:
            del gone[before]
            yield Change("changed", "picture", page, page, "picture", now="it shows another picture")
    for page in gone.values():
        yield Change("removed", "picture", page, None, "picture")
