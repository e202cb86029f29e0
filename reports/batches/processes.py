"""Items made by several processes of this machine: one that dies is replaced, and its item tried once more."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Generator, Iterable
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from msgspec import Struct

from data.errors import Place, Problem
from data.interruption import hear, uninterrupted
from reports.batches.making import MadeItem, Task, made_for
from reports.batches.planned import Batch, read_batch
from reports.batches.store import opened
from reports.runs.bind import Options
from reports.runs.write import begin_beside, safe_path

_WAITING = 2
"""Items that a process is given ahead, so that it never waits for the next one."""
_TRIES = 2
"""Times that an item is tried whose process dies."""


class Origin(Struct, frozen=True):
    """From what a process that shares no memory with this one reads the batch again."""

    root: Path
    name: str
    options: Options
    where: str | None
    store: str | None = None
    """The address of the store that documents are written to by whoever makes them; None where they are given back."""


def make_items(batch: Batch, origin: Origin, tasks: Iterable[Task], jobs: int) -> Generator[MadeItem, None, None]:
    """What becomes of each item, in the order in which they are done; with one job, in this process."""
    if jobs <= 1:
        store = opened(origin.store)
        for task in tasks:
            hear()
            yield made_for(batch, task, store)
        return
    crew = _Crew(batch, origin, jobs)
    try:
        yield from crew.made(deque(tasks))
    finally:
        crew.end()


def died(batch: Batch, index: int, how: str) -> MadeItem:
    """What is told of an item whose processes died, and `how`."""
    remedy = "Run again; if it happens again, with fewer at a time: --jobs 1."
    return MadeItem(index, problems=(Problem(Place(batch.items[index].key), how, remedy),))


class _Worker:
    """A process, the line to it, and the items that it was given, the one that it is at first."""

    def __init__(self, process: BaseProcess, line: Connection) -> None:
        self.process, self.line = process, line
        self.given: deque[Task] = deque()


class _Crew:
    def __init__(self, batch: Batch, origin: Origin, jobs: int) -> None:
        self.batch, self.origin = batch, origin
        self.context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
        self.workers: list[_Worker] = []
        self.jobs = jobs
        self.deaths: dict[int, int] = {}
        gc.freeze()  # what the processes share is not looked at again, and so not copied

    def made(self, tasks: deque[Task]) -> Generator[MadeItem, None, None]:
        while tasks or any(worker.given for worker in self.workers):
            hear()
            while len(self.workers) < min(self.jobs, len(tasks) + len(self.workers)) and tasks:
                self.workers.append(self._worker())
                self._give(self.workers[-1], tasks)
            for line in wait([worker.line for worker in self.workers if worker.given], timeout=1.0):
                worker = next(one for one in self.workers if one.line is line)
                try:
                    made: MadeItem = worker.line.recv()
                except (EOFError, OSError):
                    yield from self._died(worker, tasks)
                    continue
                worker.given.popleft()
                self._give(worker, tasks)
                yield made

    def _give(self, worker: _Worker, tasks: deque[Task]) -> None:
        with suppress(OSError):  # one that has died is found out when it is listened to
            while tasks and len(worker.given) < _WAITING:
                worker.given.append(tasks.popleft())
                worker.line.send(worker.given[-1])

    def _died(self, worker: _Worker, tasks: deque[Task]) -> Generator[MadeItem, None, None]:
        """Take a process out that has died; its items are given to others, the one that it was at once more only."""
        worker.process.join()
        self.workers.remove(worker)
        worker.line.close()
        if not worker.given:
            return
        suspect = worker.given.popleft()
        tasks.extendleft(reversed(worker.given))
        self.deaths[suspect.index] = self.deaths.get(suspect.index, 0) + 1
        if self.deaths[suspect.index] < _TRIES:
            tasks.appendleft(suspect)
            return
        code = worker.process.exitcode or 0
        how = f"its process was ended by signal {-code}" if code < 0 else f"its process was ended with {code}"
        yield died(self.batch, suspect.index, f"{how}, {_TRIES} times.")

    def _worker(self) -> _Worker:
        ours, theirs = self.context.Pipe()
        others = [worker.line for worker in self.workers] + [ours]
        shared = self.batch if self.context.get_start_method() == "fork" else None
        process = self.context.Process(target=_work, args=(theirs, others if shared else [], shared, self.origin))
        with safe_path(), uninterrupted():
            process.start()
        theirs.close()
        return _Worker(process, ours)

    def end(self) -> None:
        """End every process; what it has not told is made anew another time."""
        for worker in self.workers:
            worker.line.close()
            worker.process.terminate()
        for worker in self.workers:
            worker.process.join()
        gc.unfreeze()


def _work(line: Connection, others: list[Connection], shared: Batch | None, origin: Origin) -> None:
    """Of a process: make items until the line is cut."""
    for other in others:  # else a line would not be cut when the first process ends
        other.close()
    begin_beside()
    batch = shared or read_batch(origin.root, origin.name, origin.options, origin.where)
    store = opened(origin.store)
    with suppress(EOFError, OSError):
        while True:
            line.send(made_for(batch, line.recv(), store))
    os._exit(0)  # what the first process has left to do at its end is not this one's
