"""Items made by the workers of a Dask cluster: a window of them at a time, each whole, and each once."""

from __future__ import annotations

import asyncio
import logging
import pickle
import queue
import time
from collections import deque
from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from importlib import import_module
from tempfile import TemporaryDirectory
from typing import Any

from data.errors import OutputError
from data.files.world import variable
from data.interruption import hear
from data.network.patience import within
from data.program import INSTALLED
from reports.batches.afar.baggage import packed
from reports.batches.afar.serving import Proof, sum_of
from reports.batches.making import MadeItem, Task, make_item
from reports.batches.planned import Batch
from reports.batches.processes import died
from reports.runs.edition import versions
from reports.runs.read import Progress

CONNECTING = 20.0
"""Seconds in which a scheduler has to answer."""
PATIENCE = 600.0
"""Seconds that a run waits for a worker, when there is none."""
_AHEAD = 2
"""Tasks that are given out for each thread of a worker: one is at work, one waits. All other items wait here."""
_TOGETHER, _ROUNDS = 16, 4
"""Items of one task at most, and how many tasks each thread is to get at least: each costs the scheduler as much as ten
items cost a pipe, and the last ones are to end together."""
_LOOK = 2.0
"""Seconds after which it is looked again who is there."""
_ANSWER = 60.0
"""Seconds in which a scheduler has to answer that is there."""
_GATHER, _AT_ONCE, _GATHERINGS = 30.0, 32, 5
"""Seconds in which the results of so many tasks have to arrive; times in a row that they do not, which end a run."""
_TOLD = 5
"""Workers that are told of."""
_READ_BY_PICKLE = ("msgspec", "numpy", "pydantic")
"""Libraries by which a batch is read again, besides those that documents are made with."""
_LOOPBACK = "127.0.0.1:0"
_HERE = "the Dask cluster of this machine"


def make_items_afar(
    batch: Batch, tasks: Sequence[Task], scheduler: str | None, jobs: int, store: str | None, progress: Progress
) -> Generator[MadeItem, None, None]:
    """What becomes of each item, in the order in which they are done: by the cluster of the `scheduler`, else by one
    of so many workers that is begun on this machine. With a `store`, workers write documents there themselves.

    Raises OutputError for a cluster that does not answer, or has no worker that makes the same bytes as this machine;
    what was made until then stays.
    """
    if not tasks:
        return
    baggage = packed(batch, store)
    first = next((one.index for one in tasks if batch.items[one.index].fault is None), tasks[0].index)
    proof = Proof(Task(first), sum_of(make_item(batch, first, {})))
    with _connected(scheduler, jobs) as client:
        crew = _Crew(batch, client, scheduler or _HERE, f"{INSTALLED}-{baggage.sha256[:16]}", progress)
        try:
            crew.get_ready(baggage.content, proof)
            yield from crew.made(deque(tasks))
        finally:
            crew.end()


@contextmanager
def _connected(address: str | None, jobs: int) -> Generator[Any, None, None]:
    """A client of a cluster; OutputError where its scheduler does not answer."""
    distributed: Any = import_module("distributed")
    for name in ("asyncio", "tornado", *logging.root.manager.loggerDict):  # what is out of order is told below, once
        if name.partition(".")[0] in ("asyncio", "tornado", "distributed"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
    with ExitStack() as stack:
        if address is None:
            folder = stack.enter_context(TemporaryDirectory(prefix=f"{INSTALLED}-", ignore_cleanup_errors=True))
            # The workers are threads: what they do is done by processes of their own, and these are quicker begun.
            local = distributed.LocalCluster(
                n_workers=jobs,
                threads_per_worker=1,
                processes=False,
                dashboard_address=_LOOPBACK,  # None opens ports to all networks, whatever it seems to say
                worker_dashboard_address=_LOOPBACK,  # (findings/distributed-local-clusters-listen-everywhere.sh)
                local_directory=folder,
                silence_logs=logging.CRITICAL,
            )
            stack.callback(local.close, timeout=_LOOK)
            address = local.scheduler_address
        try:
            # A socket that takes a connection and says nothing, distributed would listen to for ever, whatever its
            # timeout (findings/distributed-waits-for-silent-schedulers.sh).
            client = within(
                CONNECTING + _LOOK,
                lambda: distributed.Client(address, timeout=CONNECTING, set_as_default=False, name=INSTALLED),
            )
        except (OSError, ValueError) as error:  # TimeoutError is one
            said = str(error).partition("\n")[0] or "no answer"
            raise OutputError(
                f"{address}: no Dask scheduler answers there within {CONNECTING:g} s ({said}). "
                "Check the address that the scheduler says when it starts, and that nothing on the way blocks it."
            ) from None
        stack.callback(client.close, timeout=_LOOK)
        yield client


class _Crew:
    def __init__(self, batch: Batch, client: Any, where: str, name: str, progress: Progress) -> None:
        self.batch, self.client, self.where, self.name, self.progress = batch, client, where, name, progress
        self.fit: dict[str, int] = {}
        """Address → threads of the workers that take part."""
        self.unfit: dict[str, str] = {}
        """Address → why a worker does not."""
        self.given: dict[Any, tuple[list[Task], Any, frozenset[str]]] = {}
        """Key → items that are with a worker, their future, and the workers that may make them."""
        self.alone: set[int] = set()
        """Items of which one may have ended its workers: they are given out alone from then on."""
        self.done: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self.tries = self.missing = 0
        self.missed = time.monotonic()
        """When a worker was last there."""

    def get_ready(self, content: bytes, proof: Proof) -> None:
        """Send the archive to every worker, once, and see which of them make what this machine makes."""
        from reports.batches.afar import worker

        import_module("cloudpickle").register_pickle_by_value(worker)
        self._make, self._state = _ByValue(worker.make), _ByValue(worker.state)
        self._answers = worker.MADE, worker.DIED, worker.UNFIT
        needed = {**versions(), **{name: _version(name) for name in _READ_BY_PICKLE}}
        environment = {"SOURCE_DATE_EPOCH": variable("SOURCE_DATE_EPOCH")}
        plugin = worker.Workshop(self.name, content, needed, environment, pickle.dumps(proof))
        self.progress(f"sending {len(content) / 1e6:.1f} MB to the workers of {self.where}")
        with self._told():
            within(PATIENCE, lambda: self.client.register_plugin(plugin, name=self.name))
        self._look()
        while not self.fit:
            if self.unfit:
                raise OutputError(f"{self.where}: none of its workers makes what this machine makes.\n{self._why()}")
            self._wait()

    def _why(self) -> str:
        said = [f"  {address}: {why}" for address, why in list(self.unfit.items())[:_TOLD]]
        more = [f"  ... and {len(self.unfit) - _TOLD} more"] if len(self.unfit) > _TOLD else []
        remedy = "Give the workers the Python and the libraries of this machine."
        return "\n".join((*said, *more, remedy))

    def _wait(self) -> None:
        """Wait a moment for a worker. OutputError where none came for too long."""
        if time.monotonic() - self.missed > PATIENCE:
            raise OutputError(
                f"{self.where}: has had no worker for {PATIENCE / 60:g} minutes. Start workers, then run the same "
                "command again: it goes on from here."
            )
        self.progress(f"waiting for a worker of {self.where}")
        hear()
        time.sleep(_LOOK)
        self._look()

    def _look(self) -> None:
        """See who is there, and tell who is new."""
        with self._told():
            said: dict[str, Any] = within(_ANSWER, lambda: self.client.scheduler_info(n_workers=-1))
            if "workers" not in said:  # nobody was asked
                raise OSError("its scheduler is gone")
            there = set(said["workers"])
            new = sorted(there - self.fit.keys() - self.unfit.keys())
            states: dict[str, Any] = {}
            if new:
                states = within(
                    _ANSWER, lambda: self.client.run(self._state, self.name, workers=new, on_error="return")
                )
        before = len(self.fit)
        self.fit = {address: threads for address, threads in self.fit.items() if address in there}
        for address, state in states.items():
            if isinstance(state, OSError):  # it went away meanwhile
                continue
            why, threads = (str(state), 0) if isinstance(state, Exception) else (str(state[0]), int(state[1]))
            if why:
                self.unfit[address] = why
                self.progress(f"worker {address} takes no part: {why}")
            else:
                self.fit[address] = threads
        if self.fit:
            self.missed = time.monotonic()
        if len(self.fit) != before:
            self.progress(f"{len(self.fit)} worker{'' if len(self.fit) == 1 else 's'} at {self.where}")

    @contextmanager
    def _told(self) -> Generator[None, None, None]:
        """OutputError in place of what Dask says of a cluster that went away."""
        try:
            yield
        except (OSError, RuntimeError, ValueError, asyncio.CancelledError) as error:
            said = str(error).partition("\n")[0] or type(error).__name__
            raise OutputError(
                f"{self.where}: went away or does not understand this client ({said}). "
                "Run the same command again: it goes on from here."
            ) from None

    def made(self, tasks: deque[Task]) -> Generator[MadeItem, None, None]:
        """Give out items, as many as the workers can take, and take in what becomes of them."""
        looked = time.monotonic()
        while tasks or self.given:
            hear()
            if time.monotonic() - looked > _LOOK:
                self._look()
                self._take_back(tasks)
                looked = time.monotonic()
            if not self.fit:
                self._wait()
                self._take_back(tasks)
                continue
            threads = sum(self.fit.values())
            while tasks and len(self.given) < _AHEAD * threads:
                self._give(self._some(tasks, threads))
            yield from self._taken_in(tasks)

    def _take_back(self, tasks: deque[Task]) -> None:
        """Take back items all of whose workers are gone: they would wait for those, and never for others."""
        for key, (some, future, asked) in list(self.given.items()):
            if not asked & self.fit.keys():
                del self.given[key]
                with self._told():
                    future.cancel()
                tasks.extendleft(reversed(some))

    def _some(self, tasks: deque[Task], threads: int) -> list[Task]:
        """The next items, as many as one task has."""
        many = max(1, min(_TOGETHER, len(tasks) // (_ROUNDS * threads)))
        found = [tasks.popleft()]
        while len(found) < many and tasks and not {found[-1].index, tasks[0].index} & self.alone:
            found.append(tasks.popleft())
        return found

    def _give(self, some: list[Task]) -> None:
        # Resources would say as well who may make them, but a task that waits for one is woken by no worker that comes
        # to have it (findings/distributed-late-resources-wake-no-task.sh).
        self.tries += 1
        with self._told():
            future = self.client.submit(
                self._make,
                self.name,
                list(map(pickle.dumps, some)),
                key=(self.name, self.tries),
                workers=list(self.fit),
            )
        self.given[future.key] = some, future, frozenset(self.fit)
        future.add_done_callback(self._is_done)

    def _is_done(self, future: Any) -> None:
        self.done.put(future.key)

    def _taken_in(self, tasks: deque[Task]) -> Generator[MadeItem, None, None]:
        """What is done by now; where nothing is, wait for it a moment."""
        keys: list[Any] = []
        with suppress(queue.Empty):
            keys.append(self.done.get(timeout=_LOOK))
            while True:
                keys.append(self.done.get_nowait())
        ended = {key: self.given.pop(key) for key in dict.fromkeys(keys) if key in self.given}
        well = [(some, future) for some, future, _ in ended.values() if future.status == "finished"]
        for some, future, asked in ended.values():
            if future.status == "pending":  # its worker died with it, and another one makes it again
                self.given[future.key] = some, future, asked
            elif future.status != "finished":
                yield from self._failed(some, future, tasks)
        _, at_work, unfit = self._answers
        for some, (address, said) in self._gathered(well, tasks):
            if said[0][0] == unfit:
                self.fit.pop(address, None)
                self.unfit[address] = said[0][1]
                tasks.extendleft(reversed(some))
                continue
            for task, (kind, answer) in zip(some, said, strict=True):
                if kind == at_work:
                    yield died(self.batch, task.index, f"{answer}, twice, the last time at {address}.")
                else:
                    yield pickle.loads(answer)

    def _gathered(
        self, well: list[tuple[list[Task], Any]], tasks: deque[Task]
    ) -> Generator[tuple[list[Task], Any], None, None]:
        """Items, and what a worker answers of them. Those whose worker died before it could are made once more."""
        for some in (well[at : at + _AT_ONCE] for at in range(0, len(well), _AT_ONCE)):
            gather: Any = self.client.gather([future for _, future in some], asynchronous=True)
            waiting = asyncio.run_coroutine_threadsafe(asyncio.wait_for(gather, _GATHER), self.client.loop.asyncio_loop)
            try:
                answers = waiting.result()
            except Exception as error:  # as many kinds as there are ways to lose a worker
                self.missing += 1
                with self._told():
                    if self.missing >= _GATHERINGS:
                        raise OSError(f"its workers give no results: {error}") from None
                    self.client.cancel([future for _, future in some])
                for items, _ in some:
                    tasks.extendleft(reversed(items))
                self._look()
            else:
                self.missing = 0
                yield from zip((items for items, _ in some), answers, strict=True)

    def _failed(self, some: list[Task], future: Any, tasks: deque[Task]) -> Generator[MadeItem, None, None]:
        """What is told of items that were not made: those that died with several workers are tried once more, each
        alone, so that none is blamed for another."""
        killed: Any = import_module("distributed").KilledWorker  # its types are not known
        if future.status == "error" and isinstance(error := future.exception(), killed):
            suspects = {task.index for task in some}
            if suspects <= self.alone:
                times = 2 * (error.allowed_failures + 1)
                yield died(self.batch, some[0].index, f"the workers that made it died, {times} of them.")
            else:
                self.alone |= suspects
                tasks.extendleft(reversed(some))
            return
        if future.status == "error":
            with self._told():
                raise RuntimeError(str(future.exception()))
        tasks.extendleft(reversed(some))  # it was lost with its worker; or with the scheduler, which is seen now
        self._look()

    def end(self) -> None:
        """Let the workers put away what they were sent; what they have not told is made anew another time."""
        with suppress(Exception):  # of a cluster that went away nothing is left to put in order
            if self.client.status == "running":
                self.client.cancel([future for _, future, _ in self.given.values()])
                within(_ANSWER, lambda: self.client.unregister_worker_plugin(self.name))


class _ByValue:
    """A function that reaches workers which lack its module. Of what stands in a graph, distributed sends only
    references, whatever cloudpickle was told (findings/distributed-forgets-pickle-by-value.sh)."""

    def __init__(self, function: Any) -> None:
        self._function = function
        self._sent: bytes = import_module("cloudpickle").dumps(function)

    def __reduce__(self) -> Any:
        return pickle.loads, (self._sent,)

    def __call__(self, *given: Any) -> Any:
        return self._function(*given)


def _version(library: str) -> str:
    from importlib.metadata import version

    return version(library)
