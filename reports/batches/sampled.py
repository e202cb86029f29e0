"""Some items of each batch, laid out in memory: what is wrong with a story or a chart is found before all are made."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from data.errors import Problem, ProjectError
from data.tables.table import Table
from reports.batches.items import Item, batch_table
from reports.batches.making import make_item
from reports.batches.planned import batch_of
from reports.runs.bind import Options
from reports.runs.read import Reading

SAMPLE = 12
"""Items of a batch that are looked at."""


def refuse_sampled(reading: Reading, options: Options, say: Callable[[str], None]) -> None:
    """ProjectError with the problems of some items of each batch, and of rows that can be no items; `say` is told how
    many were looked at."""
    found: dict[str, Problem] = {}
    problems: list[Problem] = []
    for name in reading.whole.settings.batches:
        try:
            batch = batch_of(reading.whole, name, options)
        except ProjectError as error:
            problems.extend(error.problems)
            continue
        places = _sample(batch.items, batch_table(batch.project, name))
        for index in places:
            made = make_item(batch, index, {})
            found.update((str(one), one) for one in made.problems)
        faults = [item.fault for item in batch.items if item.fault is not None]
        found.update((str(one), one) for one in faults)
        say(f"batch {name}: {len(places)} of {len(batch.items)} items were looked at.")
    if problems or found:
        raise ProjectError([*problems, *found.values()])


def _sample(items: Sequence[Item], table: Table) -> list[int]:
    """Where problems are likely: the first, the last, the longest and the shortest name, the emptiest row; and some in
    between."""
    sound = [number for number, item in enumerate(items) if item.fault is None]
    if not sound:
        return []

    def gaps(number: int) -> int:
        return sum(column[items[number].row] is None for column in table.columns.values())

    likely = [
        sound[0],
        sound[-1],
        max(sound, key=lambda number: len(items[number].key)),
        min(sound, key=lambda number: len(items[number].key)),
        max(sound, key=gaps),
    ]
    step = max(1, len(sound) // (SAMPLE - len(likely)))
    return sorted(tuple(dict.fromkeys((*likely, *sound[::step])))[:SAMPLE])
