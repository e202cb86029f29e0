"""Second step of a run: documents become the bytes of files, two at a time where there are two processors."""

from __future__ import annotations

import importlib
import os
import signal
import sys
import threading
from collections.abc import Collection, Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, cast

from msgspec import Struct

from data.errors import Problem, ProjectError
from data.files.toml_file import read_toml
from data.interruption import endings, hear, uninterrupted
from data.look.brand import Brand
from reports.runs.read import Planned, Progress, Reading
from reports.writers import WRITERS

if TYPE_CHECKING:  # what runs two processes is imported where there are two
    from concurrent.futures import Future, ProcessPoolExecutor

_SAFE_PATH = "PYTHONSAFEPATH"


class Written(Struct, frozen=True):
    """An output as bytes, not yet on disk."""

    planned: Planned
    content: bytes


def _bytes(planned: Planned, brand: Brand) -> bytes:
    writer = WRITERS[planned.writer]
    return writer.write(writer.prepare(planned.document), brand, planned.options)


def _begin() -> None:
    """Of the second process: it ends when it is told to, and when the first one has ended, in whatever way."""
    import multiprocessing

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to both; the first one ends this one
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, endings())
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    import multiprocessing.connection

    multiprocessing.connection.wait([sentinel])
    os._exit(1)


def _warm_up() -> None:
    """Import libraries that take long while the other process still reads the project."""
    for writer in WRITERS.values():
        if writer.slow:
            importlib.import_module(writer.room)


def _begin_idle() -> None:
    """Wait for what is to be written."""


@contextmanager
def _safe_path() -> Generator[None, None, None]:
    """While a process begins: a new interpreter looks for modules in the working folder, which may be a stranger's."""
    before = os.environ.get(_SAFE_PATH)
    os.environ[_SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_SAFE_PATH]
        else:
            os.environ[_SAFE_PATH] = before


def is_worth_two(root: Path, only: Collection[str] = ()) -> bool:
    """Whether a project makes several outputs, or `only` names several, of which one is slow to begin with.

    It is asked before the project is read, so that both processes begin at once; what is wrong with the settings is
    told by whoever reads them then.
    """
    try:
        outputs: object = read_toml(root / "project.toml", root).content.get("outputs")
    except ProjectError:
        return False
    named = cast("dict[str, object]", outputs) if isinstance(outputs, dict) else {}
    made = [one for name, one in named.items() if name in only or not only]
    writers = [cast("dict[str, object]", one).get("writer") for one in made if isinstance(one, dict)]
    return len(made) > 1 and any(writer.slow for name, writer in WRITERS.items() if name in writers)


@contextmanager
def second_process(warm: bool = True) -> Generator[ProcessPoolExecutor | None, None, None]:
    """A process that writes what is slow to begin beside this one; none on a machine with one processor.

    It imports what takes long at once, or with `warm` false only when something is written; it is ended when this one
    is interrupted or meets a mistake, and it does not outlive this one.
    """
    if (os.cpu_count() or 1) < 2:
        yield None
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    how = "fork" if sys.platform == "linux" else "spawn"
    before = set(multiprocessing.active_children())
    with _safe_path(), uninterrupted():
        pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context(how), initializer=_begin)
        pool.submit(_warm_up if warm else _begin_idle)  # it begins now, before there are threads
    with pool:
        try:
            yield pool
        except BaseException:
            for process in set(multiprocessing.active_children()) - before:
                process.terminate()
            raise


def _submitted(pool: ProcessPoolExecutor, reading: Reading) -> dict[str, Future[bytes]]:
    """The outputs that the second process is to write; none where it does not live any more."""
    from concurrent.futures.process import BrokenProcessPool

    brand = reading.project.brand
    with suppress(BrokenProcessPool):
        return {p.name: pool.submit(_bytes, p, brand) for p in reading.outputs if WRITERS[p.writer].slow}
    return {}


def _result(waiting: Future[bytes] | None, planned: Planned, brand: Brand) -> bytes:
    """An output's bytes: from the second process, if it lives; a system short of memory may have ended it."""
    if waiting is not None:
        from concurrent.futures.process import BrokenProcessPool

        with suppress(BrokenProcessPool):
            return waiting.result()
    return _bytes(planned, brand)


def write(reading: Reading, pool: ProcessPoolExecutor | None, progress: Progress = lambda _: None) -> list[Written]:
    """Write every planned output in memory.

    Raises ProjectError with the problems of all outputs: text that does not fit, a template without layouts.
    """
    brand = reading.project.brand
    beside = _submitted(pool, reading) if pool is not None and len(reading.outputs) > 1 else {}
    problems: list[Problem] = []
    made: dict[str, Written] = {}
    for planned in sorted(reading.outputs, key=lambda p: p.name in beside):
        hear()
        try:
            content = _result(beside.get(planned.name), planned, brand)
            made[planned.name] = Written(planned, content)
            progress(f"output {planned.file}: {len(content) / 1000:,.0f} KB")
        except ProjectError as error:
            problems.extend(error.problems)
    if problems:
        raise ProjectError(problems)
    return [made[planned.name] for planned in reading.outputs]
