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


def written(planned: Planned, brand: Brand) -> bytes:
    """The bytes of an output's file. Raises ProjectError for text that does not fit, a template without layouts."""
    writer = WRITERS[planned.writer]
    return writer.write(writer.prepare(planned.document), brand, planned.options)


def begin_beside() -> None:
    """Of a process beside the first one: it ends when it is told to, and when the first one has, in whatever way."""
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
    """Import what writes while the other process still reads the project; first what only this one will need."""
    for writer in sorted(WRITERS.values(), key=lambda writer: not writer.slow):
        importlib.import_module(writer.room)


@contextmanager
def safe_path() -> Generator[None, None, None]:
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
    said = {name: cast("dict[str, object]", one) for name, one in named.items() if isinstance(one, dict)}
    made = [one for name, one in said.items() if "each" not in one and (name in only or not only)]
    writers = [one.get("writer") for one in made]
    return len(made) > 1 and any(writer.slow for name, writer in WRITERS.items() if name in writers)


@contextmanager
def second_process() -> Generator[ProcessPoolExecutor | None, None, None]:
    """A process that writes beside this one; none on a machine with one processor.

    It imports at once what it may need. It is ended when this one is interrupted or meets a mistake, and it does not
    outlive this one.
    """
    if (os.cpu_count() or 1) < 2:
        yield None
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    how = "fork" if sys.platform == "linux" else "spawn"
    before = set(multiprocessing.active_children())
    with safe_path(), uninterrupted():
        pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context(how), initializer=begin_beside)
        warm = pool.submit(_warm_up)  # it begins now, before there are threads
    with pool:
        done = False
        try:
            yield pool
            done = warm.done()
        finally:
            if not done:  # or nothing had to be written: it is not waited for
                for process in set(multiprocessing.active_children()) - before:
                    process.terminate()


def _submitted(pool: ProcessPoolExecutor, reading: Reading) -> dict[str, Future[bytes]]:
    """The outputs that the second process is to write, about half of the work: what is slow to begin, then what is soon
    done; none where it does not live any more."""
    from concurrent.futures.process import BrokenProcessPool

    brand, outputs = reading.project.brand, reading.outputs
    half, given = sum(WRITERS[p.writer].weight for p in outputs) / 2, 0
    found: dict[str, Future[bytes]] = {}
    with suppress(BrokenProcessPool):
        for planned in sorted(outputs, key=lambda p: (not WRITERS[p.writer].slow, WRITERS[p.writer].weight)):
            if given < half:
                found[planned.name] = pool.submit(written, planned, brand)
                given += WRITERS[planned.writer].weight
        return found
    return {}


def _result(waiting: Future[bytes] | None, planned: Planned, brand: Brand) -> bytes:
    """An output's bytes: from the second process, if it lives; a system short of memory may have ended it."""
    if waiting is not None:
        from concurrent.futures.process import BrokenProcessPool

        with suppress(BrokenProcessPool):
            return waiting.result()
    return written(planned, brand)


class Writing(Struct, frozen=True):
    """Outputs that are being written in memory: some of them already, beside this process."""

    reading: Reading
    beside: dict[str, Future[bytes]]

    def finished(self, progress: Progress = lambda _: None) -> list[Written]:
        """Every planned output.

        Raises ProjectError with the problems of all outputs: text that does not fit, a template without layouts.
        """
        brand = self.reading.project.brand
        problems: list[Problem] = []
        made: dict[str, Written] = {}
        for planned in sorted(self.reading.outputs, key=lambda p: p.name in self.beside):
            hear()
            try:
                content = _result(self.beside.get(planned.name), planned, brand)
                made[planned.name] = Written(planned, content)
                progress(f"output {planned.file}: {len(content) / 1000:,.0f} KB")
            except ProjectError as error:
                problems.extend(error.problems)
        if problems:
            raise ProjectError(problems)
        return [made[planned.name] for planned in self.reading.outputs]


def write(reading: Reading, pool: ProcessPoolExecutor | None) -> Writing:
    """Begin to write every planned output in memory; what is done before they are finished is done meanwhile."""
    return Writing(reading, _submitted(pool, reading) if pool is not None else {})
