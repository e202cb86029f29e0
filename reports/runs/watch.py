"""A project that is watched: whenever somebody saves a file of it, the documents that it concerns are made again."""

from __future__ import annotations

import os
import queue
import re
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

from msgspec import Struct
from watchfiles import watch

from data.errors import OutputError, ProjectError, SourceError
from data.files.world import state
from reports.runs.bind import Options
from reports.runs.build import Built, build
from reports.runs.write import is_worth_two, second_process

_BESIDE = re.compile(r"^\.|^~|^#|~$|\.(?:sw.|tmp|bak|part|crdownload|lock)$|^4913$", re.IGNORECASE)
"""Names of what editors and office programs put beside a file while it is edited or saved."""
_POLLED = 0.5
"""Seconds between two looks where the system does not tell of changes."""
_STEP, _READY = 20, 100
"""Milliseconds without a further change after which a save is taken for whole; after which the watcher is there."""


class Round(Struct, frozen=True):
    """One look at a project: what it made, or why nothing was made."""

    built: Built | None
    failure: ProjectError | SourceError | OutputError | None
    seconds: float


def watched(
    root: Path,
    out: Path,
    options: Options,
    overwrite: bool = False,
    polling: bool = False,
    every: float | None = None,
) -> Iterator[Round]:
    """Build a project, and again whenever a file of it was saved; each time what came of it. It ends with whoever
    takes no more.

    `polling` asks files for their state in place of the system, as network drives need it; `every` so many seconds
    sources elsewhere are read again. A build that fails leaves the documents of the last one as they were. Raises
    OutputError where the folder cannot be watched.
    """
    beside = second_process() if is_worth_two(root, options.only) else nullcontext()
    with beside as pool, _changes(root, out, polling) as changed:  # in this order: what forks has no threads
        while True:
            started = time.perf_counter()
            built, failure = None, None
            try:
                built = build(root, out, options, overwrite, pool=pool)
            except (ProjectError, SourceError, OutputError) as error:
                failure = error
            yield Round(built, failure, time.perf_counter() - started)
            changed(every)


def _asked(place: Path, concerns: Callable[[object, str], bool], ended: threading.Event) -> Iterator[bool]:
    """Whether files have changed and now rest, found by asking each for its state again and again.

    watchfiles can ask as well, but takes two changes within one second for one.
    """

    def states() -> dict[str, object]:
        found: dict[str, object] = {}
        for folder, _, names in os.walk(place):
            for path in (Path(folder, name) for name in names):
                if concerns(None, str(path)):
                    with suppress(OSError):
                        found[str(path)] = state(path)
        return found

    rested = before = states()
    yield False
    while not ended.wait(_POLLED):
        before, found = states(), before
        if before == found:
            yield before != rested
            rested = before


@contextmanager
def _changes(root: Path, out: Path, polling: bool) -> Generator[Callable[[float | None], None], None, None]:
    """What waits until a file of the project changes, or for so many seconds.

    It is watched from here on, so that what is saved during a build is not missed.
    """
    signs: queue.SimpleQueue[OutputError | None] = queue.SimpleQueue()
    ended = threading.Event()
    ready = threading.Event()
    place, documents = root.resolve(), out.resolve()

    def concerns(_: object, path: str) -> bool:
        found = Path(path)
        inside = found.relative_to(place) if found.is_relative_to(place) else found
        return not found.is_relative_to(documents) and not any(map(_BESIDE.search, inside.parts))

    def look() -> None:
        told = watch(
            place,
            watch_filter=concerns,
            step=_STEP,
            stop_event=ended,
            rust_timeout=_READY,
            yield_on_timeout=True,
            raise_interrupt=False,
        )
        try:
            for changed in _asked(place, concerns, ended) if polling else map(bool, told):
                ready.set()
                if changed:
                    signs.put(None)
        except (OSError, RuntimeError) as error:  # such as a system that watches no more files
            remedy = "Look whether the folder is there." if polling else "Run again with --poll."
            signs.put(OutputError(f"{place}: cannot be watched: {getattr(error, 'strerror', None) or error}. {remedy}"))

    def wait(seconds: float | None) -> None:
        end = None if seconds is None else time.monotonic() + seconds
        while end is None or time.monotonic() < end:
            try:
                found = signs.get(timeout=0.2)  # so that an interruption is heard meanwhile, on every system
            except queue.Empty:
                continue
            while found is None and not signs.empty():
                found = signs.get()
            if found is not None:
                raise found
            return

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    ready.wait(5)
    try:
        yield wait
    finally:
        ended.set()
        thread.join(5)
