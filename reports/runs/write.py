"""Second step of a run: documents become the bytes of files, two at a time where there are two processors."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Generator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from data.brand import Brand
from data.errors import Problem, ProjectError
from reports.runs.read import Planned, Progress, Reading
from reports.writers import WRITERS

_SLOWEST_TO_IMPORT = "deck"


@dataclass(frozen=True)
class Written:
    """An output as bytes, not yet on disk."""

    planned: Planned
    content: bytes


def _bytes(planned: Planned, brand: Brand) -> bytes:
    return WRITERS[planned.writer].write(planned.document, brand, planned.pages)


def _warm_up() -> None:
    """Import the deck's libraries while the other process still reads the project."""
    import reports.deck.writer  # noqa: F401  # pyright: ignore[reportUnusedImport]  # loading it is the purpose


@contextmanager
def second_process() -> Generator[ProcessPoolExecutor | None, None, None]:
    """A process that writes the deck beside this one; none on a machine with one processor."""
    if (os.cpu_count() or 1) < 2:
        yield None
        return
    how = "fork" if sys.platform == "linux" else "spawn"
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context(how)) as pool:
        pool.submit(_warm_up)
        yield pool


def write(reading: Reading, pool: ProcessPoolExecutor | None, progress: Progress = lambda _: None) -> list[Written]:
    """Write every planned output in memory.

    Raises ProjectError with the problems of all outputs: text that does not fit, a template without layouts.
    """
    brand = reading.project.brand
    beside: dict[str, Future[bytes]] = {}
    if pool is not None and len(reading.outputs) > 1:
        beside = {p.name: pool.submit(_bytes, p, brand) for p in reading.outputs if p.writer == _SLOWEST_TO_IMPORT}
    problems: list[Problem] = []
    made: dict[str, Written] = {}
    for planned in sorted(reading.outputs, key=lambda p: p.name in beside):
        try:
            waiting = beside.get(planned.name)
            content = waiting.result() if waiting else _bytes(planned, brand)
            made[planned.name] = Written(planned, content)
            progress(f"output {planned.file}: {len(content) / 1000:,.0f} KB")
        except ProjectError as error:
            problems.extend(error.problems)
    if problems:
        raise ProjectError(problems)
    return [made[planned.name] for planned in reading.outputs]
