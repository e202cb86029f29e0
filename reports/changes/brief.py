"""The change brief: what is different in an edition, in plain words, the most important first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from data.tables.table import Table
from data.tables.value import Interval, Value
from reports.changes.compare import (
    BatchChange,
    Changes,
    ChartChange,
    SwitchedClaim,
    TableChanges,
    WordChange,
    furthest_first,
)
from reports.changes.kept import KeptChart
from reports.changes.kept_beside import beside_told
from reports.changes.names import is_withheld, row_name, said
from reports.changes.pictures import PictureChange
from reports.changes.rows import Restated

Places = Mapping[tuple[str, str], str]
"""Output and heading → where that stands: "page 4", "slide 7"."""

_CELLS = 20
"""Cells of one table that are told one by one, those that moved furthest first."""
_ROWS = 10
"""Rows that are told by name."""


class Section(Struct, frozen=True):
    """Changes of one sort."""

    title: str
    items: tuple[str, ...]


class Brief(Struct, frozen=True):
    """What changed, in words."""

    title: str
    against: str
    """Which editions are compared."""
    summary: tuple[str, ...]
    sections: tuple[Section, ...]


def brief_of(changes: Changes, places: Places, reasons: Sequence[str] = (), whole: bool = False) -> Brief:
    """What changed, in words; `reasons` are those for which a person must look.

    Cells and rows are told one by one that documents show, of the others their number: a table of people's answers is
    behind a document, and not in it. With `whole`, for who may see the data, all are.
    """
    before, now = changes.before, changes.now
    sections = [
        Section("A person must look", tuple(reasons)),
        Section("Claims that say something else", tuple(map(_switched, changes.switched))),
        Section("What is said differently", tuple(_words(changes, places, "other words"))),
        Section("Charts", tuple(_charts(changes, places))),
        Section("Pictures", tuple(_pictures(changes, places))),
        Section("Numbers in sentences", tuple(_words(changes, places, "other numbers"))),
        *(Section(f"Documents of '{change.batch}'", tuple(_items(change))) for change in changes.batches),
    ]
    sections += [Section(_title(table.now), tuple(_data(table, now.language, whole))) for table in changes.tables]
    sections.append(Section("Tables", tuple(_tables(changes))))
    return Brief(
        now.title,
        f"Edition {now.edition} against edition {before.edition}",
        tuple(_summary(changes)) or ("Nothing that a reader sees has changed.",),
        tuple(section for section in sections if section.items),
    )


def _switched(claim: SwitchedClaim) -> str:
    return (
        f"{claim.test} is true again, and its claim stands again"
        if claim.true
        else f"{claim.test} is no longer true, and the words behind otherwise stand in place of its claim"
    )


def _title(table: Table) -> str:
    """What is computed often has the title of what it is computed from."""
    return f"{'Data' if table.computed_from is None else 'Computed'}: {table.title}"


def as_markdown(brief: Brief) -> str:
    """The brief as Markdown."""
    lines = [f"# What changed: {_plain(brief.title)}", "", f"{brief.against}.", "", " ".join(brief.summary), ""]
    for section in brief.sections:
        lines += [f"## {_plain(section.title)}", "", *(f"- {_plain(item)}" for item in section.items), ""]
    return "\n".join(lines)


def _plain(words: str) -> str:
    """Words that Markdown takes for nothing else."""
    return re.sub(r"([\\`*_\[\]<>#|~])", r"\\\1", words)


def _summary(changes: Changes) -> Iterator[str]:
    words = [change for change in changes.words if change.says == "other words"]
    numbers = [change for change in changes.words if change.says == "other numbers"]
    parts = [
        (len(words), "passage says something else", "passages say something else"),
        (len(numbers), "passage has other numbers", "passages have other numbers"),
        (len(changes.charts), "chart draws something else", "charts draw something else"),
        (_documents(changes), "document of a batch is another one", "documents of batches are others"),
        (len(_by_alt(changes)), "picture is another one", "pictures are other ones"),
    ]
    if told := [f"{count:,} {one if count == 1 else many}" for count, one, many in parts if count]:
        yield _and(told).capitalize() + "."
    rows = [table.rows for table in changes.tables if table.now.computed_from is None]
    parts = [
        (sum(len(r.restated) for r in rows), "cell was restated", "cells were restated"),
        (sum(len(r.added) for r in rows), "row was added", "rows were added"),
        (sum(len(r.removed) for r in rows), "row was removed", "rows were removed"),
    ]
    if told := [f"{count:,} {one if count == 1 else many}" for count, one, many in parts if count]:
        yield f"In the data {_and(told)}."


def _documents(changes: Changes) -> int:
    return sum(len(one.changed) + len(one.added) + len(one.removed) for one in changes.batches)


def _and(told: Sequence[str]) -> str:
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}"


def _words(changes: Changes, places: Places, says: str) -> Iterator[str]:
    """Sentences that changed; what several documents say alike is told once, with all its places."""
    told: dict[tuple[str, str, str], list[str]] = {}
    for change in changes.words:
        if change.says == says:
            kind = {"title": "chart title", "notes": "notes", "heading": "heading"}.get(change.kind, "")
            told.setdefault((kind, change.before, change.now), []).append(_where(change, places))
    for (kind, before, now), where in told.items():
        named = f" ({kind})" if kind else ""
        at = "; ".join(dict.fromkeys(where))
        if before and now:
            yield f"{at}{named}: “{before}” became “{now}”"
        else:
            yield f"{at}{named}: “{now or before}” {'is new' if now else 'is gone'}"


def _where(change: WordChange, places: Places) -> str:
    at = places.get((change.output, change.under))
    under = f", under “{change.under}”" if change.under and change.kind != "heading" else ""
    return f"{change.output}{under}{f', {at}' if at else ''}"


def _charts(changes: Changes, places: Places) -> Iterator[str]:
    for change in changes.charts:
        kept = change.either
        where = "; ".join(_placed(place, places) for place in kept.shown_in)
        if change.before is None or change.now is None:
            yield f"“{kept.title}” ({where}) {'is gone' if change.now is None else 'is new'}"
        else:
            yield f"“{kept.title}” ({where}): {_drawn(change, changes.now.language)}"


def _by_alt(changes: Changes) -> dict[str, list[PictureChange]]:
    """What several documents show alike is told once."""
    found: dict[str, list[PictureChange]] = {}
    for change in changes.pictures:
        found.setdefault(change.alt, []).append(change)
    return found


def _pictures(changes: Changes, places: Places) -> Iterator[str]:
    for alt, found in _by_alt(changes).items():
        where = "; ".join(dict.fromkeys(_placed(f"{one.output}: {one.under}", places) for one in found))
        yield f"{where}: the picture “{alt}” is another one"


def _placed(place: str, places: Places) -> str:
    output, _, under = place.partition(": ")
    at = places.get((output, under))
    return f"{output}{f', {at}' if at else ''}"


def _drawn(change: ChartChange, language: str) -> str:
    """What differs between two drawings of one chart."""
    old, new = change.before, change.now
    assert old is not None
    assert new is not None
    if (old.kind, old.category, old.measures, old.roles) != (new.kind, new.category, new.measures, new.roles):
        return "it is drawn in another way"
    one, other = old.rows.table(), new.rows.table()
    names = _marks(old, one), _marks(new, other)
    told: list[str] = []
    slight = False
    for name in (name for name in names[1] if name in names[0]):
        before, now = names[0][name], names[1][name]
        for measure in new.measures:
            was, is_ = one.value(before, measure), other.value(now, measure)
            if (step := _step(was, is_, language)) is not None:
                told.append(f"{name} {step}")
            slight = slight or (step is None and said(was, language) != said(is_, language))
    told += [f"{name} is new" for name in names[1] if name not in names[0]]
    told += [f"{name} is gone" for name in names[0] if name not in names[1]]
    told += [*beside_told(old.references, new.references), *beside_told(old.notes, new.notes)]
    if not told and old.title != new.title:
        return f"it was “{old.title}”"
    if not told and list(names[0]) != list(names[1]):
        return "what it shows stands in another order"
    if not told and slight:
        return "values moved by less than what is left when they are rounded"
    if not told:
        return "what stands out in it differs" if old.highlight != new.highlight else "its labels differ"
    return _few(told, _ROWS)


def _marks(kept: KeptChart, table: Table) -> dict[str, int]:
    """What is drawn → its row; no two are called alike."""
    return {str(content): index for index, content in enumerate(table.columns[kept.category])}


def _few(told: Sequence[str], most: int) -> str:
    more = len(told) - most
    return "; ".join(told[:most]) + (f"; and {more:,} more" if more > 0 else "")


def _items(change: BatchChange) -> Iterator[str]:
    """Which items have another document, which are new and which are gone."""
    for keys, what in ((change.removed, "gone"), (change.added, "new"), (change.changed, "different")):
        if keys:
            many = f"{len(keys):,} {'is' if len(keys) == 1 else 'are'} {what}"
            of = f" of {change.items:,}" if what == "different" else ""
            yield f"{many}{of}: {_few(keys, _ROWS)}."


def _tables(changes: Changes) -> Iterator[str]:
    yield from (f"“{title}” is new." for title in changes.tables_added)
    yield from (f"“{title}” is gone." for title in changes.tables_removed)


def _data(change: TableChanges, language: str, whole: bool) -> Iterator[str]:
    before, now, rows = change.before, change.now, change.rows
    if len(before) != len(now):
        yield f"It had {_rows(len(before))} and has {len(now):,}."
    for fields, what in ((rows.fields_added, "new"), (rows.fields_removed, "gone")):
        if fields:
            yield f"{_and([f'“{field.title}”' for field in fields])} {'is' if len(fields) == 1 else 'are'} {what}."
    for places, table, shown, what in (
        (rows.added, now, change.shown, "Added"),
        (rows.removed, before, change.shown_before, "Removed"),
    ):
        if places:
            told = [n for n in places if whole or any(n in seen for seen in shown.values())]
            names = (row_name(table, n, change.identity, None if whole else shown) for n in told)
            named = _few(list(_counted(names)), _ROWS)
            yield f"{what}: {_rows(len(places))}{f' ({named})' if named else ''}."
    if rows.restated:
        told = [one for one in furthest_first(change) if whole or _is_shown(change, one, language)]
        what = "Restated" if now.computed_from is None else "Changed"
        order = ", those that moved furthest first" if len(told) > 1 else ""
        count = f"{len(told):,}" if told else "none"
        hidden = "" if len(told) == len(rows.restated) else f", {count} of which documents show"
        yield f"{what}: {_cells(len(rows.restated))}{hidden}{order}."
        lines = list(_counted(restated_cell(change, one, language, whole) for one in told))
        yield from lines[:_CELLS]
        if len(lines) > _CELLS:
            yield f"And {len(lines) - _CELLS:,} more."


def _rows(count: int) -> str:
    return f"{count:,} {'row' if count == 1 else 'rows'}"


def _cells(count: int) -> str:
    return f"{count:,} {'cell' if count == 1 else 'cells'}"


def _is_shown(change: TableChanges, one: Restated, language: str) -> bool:
    """Whether documents showed what a cell was, and show what it is, and these look different."""
    name = one.field.name
    there = one.now in change.shown.get(name, ()) and one.before in change.shown_before.get(name, ())
    old, new = change.before.value(one.before, name), change.now.value(one.now, name)
    return there and _step(old, new, language) is not None


def restated_cell(change: TableChanges, one: Restated, language: str, whole: bool = True) -> str:
    """A cell with what it was and what it is; if not `whole`, without what no reader is to see."""
    name = one.field.name
    old, new = change.before.value(one.before, name), change.now.value(one.now, name)
    called = row_name(change.now, one.now, change.identity, None if whole else change.shown)
    told = f"{said(old, language)} → {said(new, language)}" if whole else _step(old, new, language)
    return f"{called}, {one.field.title}: {told}"


def _step(old: Value | Interval, new: Value | Interval, language: str) -> str | None:
    """What was and what is, for readers, rounded as for them: None where they see no difference.

    What is hidden from now on is not told once more.
    """
    was, is_ = said(old, language, "rounded"), said(new, language, "rounded")
    if was == is_:
        return None
    return f"now {is_}" if is_withheld(new) else f"{was} → {is_}"


def _counted(told: Iterable[str]) -> Iterator[str]:
    """Lines, each once, with how often it was told."""
    for line, times in Counter(told).items():
        yield line if times == 1 else f"{line} ({times:,} times)"
