"""What is sent to every worker of Dask: it unpacks the archive there and lets processes beside the worker make items.

This module is sent by value, as workers cannot import it: it rests on nothing but Python and distributed.
"""

from __future__ import annotations

import asyncio
import hashlib
import importlib.metadata
import io
import os
import platform
import queue
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from distributed import WorkerPlugin, get_worker

MADE, DIED, UNFIT = "made", "died", "unfit"
"""How a worker answers: with what became of an item, that its process died at it twice, that it takes no part."""
TRIES = 2
"""Times that an item is tried whose process dies."""
_LENGTH = 8
_TOLD = 400
"""Characters of what a process said last that are told."""
_PATIENCE = 120.0
"""Seconds in which a process has to be ready."""


class Workshop(WorkerPlugin):
    """One batch on one worker: a process for each of the worker's threads, begun when it is needed.

    Processes of their own, because the worker's may hold other modules of the same names, has several threads, and is
    to outlive an item that ends its process.
    """

    def __init__(
        self,
        name: str,
        content: bytes,
        versions: Mapping[str, str],
        environment: Mapping[str, str],
        proof: bytes,
    ) -> None:
        self.name = name
        self.content, self.sha256 = content, hashlib.sha256(content).hexdigest()
        self.versions, self.environment, self.proof = dict(versions), dict(environment), proof

    async def setup(self, worker: Any) -> None:
        """On a worker that is there or comes later: get ready, and tell whether it takes part."""
        self.folder = Path(worker.local_directory) / self.name
        self.free: queue.LifoQueue[Any] = queue.LifoQueue()
        self.begun: list[Any] = []
        self.closing = threading.Lock()
        try:
            self.unfit = await asyncio.to_thread(self._prepared)
        except Exception as error:  # whatever is wrong here keeps one worker out, and no other
            self.unfit = f"{type(error).__name__}: {error}"

    def _prepared(self) -> str:
        """Why this worker cannot take part; "" where it can."""
        if different := self._different():
            return different
        if hashlib.sha256(self.content).hexdigest() != self.sha256:
            return "what it was sent came damaged"
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True, mode=0o700)
        with tarfile.open(fileobj=io.BytesIO(self.content)) as tar:
            tar.extractall(self.folder, filter="data")
        self.content = b""
        process = self._begin()
        timer = threading.Timer(_PATIENCE, process.process.kill)
        timer.start()
        try:
            said = process.ask(self.proof).decode()
        except EOFError:
            return process.ended()
        finally:
            timer.cancel()
        self.free.put(process)
        return said and f"{said} (zlib {zlib.ZLIB_RUNTIME_VERSION}, {platform.machine()})"

    def _different(self) -> str:
        """How this Python and its libraries differ from those of the batch."""
        found = {"python": platform.python_version()}
        for name in self.versions:
            if name != "python":
                try:
                    found[name] = importlib.metadata.version(name)
                except importlib.metadata.PackageNotFoundError:
                    found[name] = "not installed"
        pairs = [(name, found[name], said) for name, said in self.versions.items() if found[name] != said]
        return ", ".join(f"{name} {there} in place of {said}" for name, there, said in pairs)

    def _begin(self) -> Any:
        process = _Process(self.folder, self.environment)
        with self.closing:
            self.begun = [*(one for one in self.begun if one.process.poll() is None), process]
        return process

    def _free(self) -> Any:
        """A process that waits for an item."""
        while True:
            try:
                process = self.free.get_nowait()
            except queue.Empty:
                return self._begin()
            if process.process.poll() is None:  # one that waited for too long has gone home
                return process

    def make(self, task: bytes) -> tuple[str, Any]:
        """What becomes of an item, as one of the answers above says."""
        if self.unfit:
            return UNFIT, self.unfit
        how = ""
        for _ in range(TRIES):
            process = self._free()
            try:
                answer = process.ask(task)
            except EOFError:
                how = process.ended()
                continue
            self.free.put(process)
            return MADE, answer
        return DIED, how

    def teardown(self, worker: Any) -> None:
        with self.closing:
            for process in self.begun:
                process.end()
        shutil.rmtree(self.folder, ignore_errors=True)


class _Process:
    """A Python of its own, in which the unpacked modules come first."""

    _CODE = (
        "import sys; from pathlib import Path; folder = Path(sys.argv[1]); sys.path.insert(0, str(folder / 'program'));"
        "from reports.batches.afar.serving import serve; serve(folder)"
    )

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.said = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115  # it is open as long as the process lives
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-c", self._CODE, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.said,
            env={**os.environ, **environment},
            cwd=folder,
        )

    def ask(self, message: bytes) -> bytes:
        """The answer to a message. EOFError where the process ends before it has said it."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            self.process.stdin.write(len(message).to_bytes(_LENGTH, "big") + message)
            self.process.stdin.flush()
        except OSError:
            raise EOFError from None
        length = self.process.stdout.read(_LENGTH)
        answer = self.process.stdout.read(int.from_bytes(length, "big")) if len(length) == _LENGTH else b""
        if len(length) < _LENGTH or len(answer) < int.from_bytes(length, "big"):
            raise EOFError
        return answer

    def ended(self) -> str:
        """How it ended, and what it said last."""
        self.process.kill()
        code = self.process.wait()
        self.said.seek(0)
        words = self.said.read().decode("utf-8", "replace").strip().rpartition("\n")[2][-_TOLD:]
        how = f"by signal {-code}" if code < 0 else f"with {code}"
        return f"its process was ended {how}" + (f": {words}" if words else "")

    def end(self) -> None:
        self.process.kill()
        self.process.wait()


def make(name: str, tasks: list[bytes]) -> tuple[str, list[tuple[str, Any]]]:
    """The task of a worker: its address, and what its workshop answers of each item."""
    worker = get_worker()
    workshop: Any = worker.plugins.get(name)
    if workshop is None:
        return worker.address, [(UNFIT, "it was not made ready")]
    return worker.address, [workshop.make(task) for task in tasks]


def state(name: str, dask_worker: Any) -> tuple[str, int]:
    """Of a worker: why it takes no part, "" where it does; and its threads."""
    workshop: Any = dask_worker.plugins.get(name)
    return ("it was not made ready" if workshop is None else workshop.unfit), dask_worker.state.nthreads
