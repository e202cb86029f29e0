"""Two editions are compared: their tables, their words and their charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Literal

from msgspec import Struct

from data.sandbox.claimed import Claimed
from data.tables.table import Table
from data.tables.value import TOO_LARGE, Interval
from reports.changes.kept import Kept, KeptChart, KeptPassage, KeptTable
from reports.changes.passages import differing, rewritten
from reports.changes.pictures import PictureChange, other_pictures
from reports.changes.rows import Restated, RowChanges, row_changes


class TableChanges(Struct, frozen=True):
    """A table in two states."""

    before: Table
    now: Table
    rows: RowChanges
    identity: tuple[str, ...]
    """The fields by which the project knows a row, where it names any."""
    shown_before: dict[str, frozenset[int]]
    shown: dict[str, frozenset[int]]
    """Field → places of the rows of which documents showed, and show, the value."""

    @property
    def any(self) -> bool:
        rows = self.rows
        return bool(rows.added or rows.removed or rows.restated or rows.fields_added or rows.fields_removed)


class WordChange(Struct, frozen=True):
    """Sentences that a document said and says, without those that are the same."""

    output: str
    under: str
    kind: str
    """Of passage: heading, text, title, notes."""
    before: str
    """Empty for words that came."""
    now: str
    """Empty for words that went."""
    says: Literal["other words", "other numbers"]
    """Whether only values differ, or what is said of them."""


class ChartChange(Struct, frozen=True):
    """A chart that draws something else. One of both is None for one that came or went."""

    before: KeptChart | None
    now: KeptChart | None

    @property
    def either(self) -> KeptChart:
        found = self.now or self.before
        assert found is not None
        return found


class BatchChange(Struct, frozen=True):
    """The items of a batch whose documents differ, by their keys."""

    batch: str
    items: int
    """How many there are now."""
    changed: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]


class SwitchedClaim(Struct, frozen=True):
    """A claim whose test was true and is false, or the other way round: other words stand for it."""

    test: str
    true: bool
    """What it is now."""


class Changes(Struct, frozen=True):
    """All that differs between two editions, the older one first."""

    before: Kept
    now: Kept
    tables: tuple[TableChanges, ...]
    tables_added: tuple[str, ...]
    """Titles of tables that came."""
    tables_removed: tuple[str, ...]
    words: tuple[WordChange, ...]
    charts: tuple[ChartChange, ...]
    pictures: tuple[PictureChange, ...]
    batches: tuple[BatchChange, ...] = ()
    switched: tuple[SwitchedClaim, ...] = ()

    @property
    def any(self) -> bool:
        data = self.tables or self.tables_added or self.tables_removed
        return bool(data or self.words or self.charts or self.pictures or self.batches or self.switched)


def compare(before: Kept, now: Kept) -> Changes:
    """What changed from one edition to another."""
    words = (change for name in dict.fromkeys((*now.outputs, *before.outputs)) for change in _words(before, now, name))
    return Changes(
        before,
        now,
        tuple(table_changes(before.tables, now.tables)),
        tuple(table.title for name, table in now.tables.items() if name not in before.tables),
        tuple(table.title for name, table in before.tables.items() if name not in now.tables),
        tuple(words),
        tuple(_charts(before, now)),
        tuple(
            change
            for name, new in now.outputs.items()
            if name in before.outputs
            for change in other_pictures(name, before.outputs[name].pictures, new.pictures)
        ),
        tuple(_batches(before, now)),
        tuple(_switched(before.claims, now.claims)),
    )


def _switched(before: Sequence[Claimed], now: Sequence[Claimed]) -> Iterator[SwitchedClaim]:
    """Of tests that are made once in either edition: of a loop, nobody knows which row is which."""
    was, is_ = _made_once(before), _made_once(now)
    for test, true in is_.items():
        if was.get(test, true) != true:
            yield SwitchedClaim(test, true)


def _made_once(claims: Sequence[Claimed]) -> dict[str, bool]:
    times = Counter(one.test for one in claims)
    return {one.test: one.true for one in claims if times[one.test] == 1}


def _batches(before: Kept, now: Kept) -> Iterator[BatchChange]:
    for name in dict.fromkeys((*now.batches, *before.batches)):
        old, new = ({i.key: i.documents for i in kept.batches.get(name, ()) if i.documents} for kept in (before, now))
        made = {key: sorted(d.made_from for d in documents.values()) for key, documents in new.items()}
        was = {key: sorted(d.made_from for d in documents.values()) for key, documents in old.items()}
        changed = tuple(key for key in made if key in was and made[key] != was[key])
        added, removed = tuple(key for key in made if key not in was), tuple(key for key in was if key not in made)
        if changed or added or removed:
            yield BatchChange(name, len(made), changed, added, removed)


def table_changes(before: dict[str, KeptTable], now: dict[str, KeptTable]) -> Iterator[TableChanges]:
    """The tables of both that differ, each with what became of its rows."""
    for name, new in now.items():
        old = before.get(name)
        if old is not None and old != new:
            one, other = old.table(), new.table()
            rows = row_changes(one, other, new.identity)
            change = TableChanges(one, other, rows, new.identity, _places(old), _places(new))
            if change.any:
                yield change


def furthest_first(change: TableChanges) -> list[Restated]:
    """The restated cells of a table, those first that moved furthest as a share of what they were."""
    return sorted(change.rows.restated, key=lambda one: -_distance(change, one))


def _distance(change: TableChanges, one: Restated) -> Decimal:
    """How far a cell moved; what is no number, or was zero, moved further than any."""
    old = change.before.value(one.before, one.field.name)
    new = change.now.value(one.now, one.field.name)
    if isinstance(old, Interval) or isinstance(new, Interval):
        return Decimal(1)
    if old.measure.unit != new.measure.unit:
        return TOO_LARGE
    if not isinstance(old.content, Decimal) or not isinstance(new.content, Decimal) or not old.content:
        return TOO_LARGE
    return abs(new.content - old.content) / abs(old.content)


def _places(table: KeptTable) -> dict[str, frozenset[int]]:
    return {name: frozenset(places) for name, places in table.shown.items()}


def _words(before: Kept, now: Kept, output: str) -> Iterator[WordChange]:
    old = before.outputs[output].passages if output in before.outputs else ()
    new = now.outputs[output].passages if output in now.outputs else ()
    matcher = SequenceMatcher(None, [p.frame for p in old], [p.frame for p in new], autojunk=False)
    for sign, a, b, c, d in matcher.get_opcodes():
        if sign == "equal":
            for one, other in zip(old[a:b], new[c:d], strict=True):
                if one.said != other.said:
                    yield from _rewritten(output, one, other)
        else:
            yield from _replaced(output, old[a:b], new[c:d])


def _replaced(output: str, old: Sequence[KeptPassage], new: Sequence[KeptPassage]) -> Iterator[WordChange]:
    """Passages in the place of others: each that is like one is that one rewritten, in their order."""
    for before, now in rewritten([(one, one.words) for one in old], [(one, one.words) for one in new]):
        if before is None and now is not None:
            yield WordChange(output, now.under, now.kind, "", now.words.strip(), "other words")
        elif now is None and before is not None:
            yield WordChange(output, before.under, before.kind, before.words.strip(), "", "other words")
        elif before is not None and now is not None:
            yield from _rewritten(output, before, now)


def _rewritten(output: str, before: KeptPassage, now: KeptPassage) -> Iterator[WordChange]:
    """A passage that says something else, cut to the sentences that differ; wholly, where only their order does."""
    if cut := differing(before.words, now.words):
        says = "other numbers" if before.frame == now.frame else "other words"
        yield WordChange(output, now.under, now.kind, *cut, says)


def _charts(before: Kept, now: Kept) -> Iterator[ChartChange]:
    for name in dict.fromkeys((*now.charts, *before.charts)):
        old, new = before.charts.get(name), now.charts.get(name)
        if old is None or new is None or _drawn(old) != _drawn(new):
            yield ChartChange(old, new)


def _drawn(kept: KeptChart) -> object:
    """What a chart shows to its reader."""
    fields = [(field.title, field.measure.type, field.measure.unit) for field in kept.rows.fields]
    said = kept.kind, kept.category, kept.measures, kept.roles, kept.rest
    beside = [one.text for one in (*kept.references, *kept.notes)]
    return said, kept.title, kept.highlight, kept.measure_line, kept.cut, fields, kept.rows.table().columns, beside
