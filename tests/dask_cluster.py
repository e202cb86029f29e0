"""A Dask cluster on loopback, each part a process of its own, as on machines elsewhere: none can import this checkout."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class DaskCluster:
    """A scheduler and the workers that it was given."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        self._variables = {**kept, "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False", **variables}
        self.workers: list[subprocess.Popen[bytes]] = []
        said = folder / "scheduler.json"
        self.scheduler = self._begun("scheduler", "--port", "0", "--scheduler-file", str(said))
        for _ in range(600):
            if said.exists() and said.read_text("utf-8").strip():
                break
            time.sleep(0.1)
        self.address: str = json.loads(said.read_text("utf-8"))["address"]

    def _begun(self, *what: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{what[0]}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", *what, "--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0"],
                cwd=self.folder, env=self._variables, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def worker(self, threads: int = 1) -> subprocess.Popen[bytes]:
        """One more worker."""
        number = len(self.workers)
        scratch = self.folder / f"scratch-{number}"
        self.workers.append(
            self._begun(
                "worker", self.address, "--no-nanny", "--nthreads", str(threads), "--name", f"worker-{number}",
                "--local-directory", str(scratch),
            )
        )  # fmt: skip
        return self.workers[-1]

    def end(self) -> None:
        for process in (*self.workers, self.scheduler):
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
            process.wait()


@contextmanager
def dask_cluster(folder: Path, workers: int, **variables: str) -> Iterator[DaskCluster]:
    """A cluster for as long as a test needs it."""
    cluster = DaskCluster(folder, **variables)
    try:
        for _ in range(workers):
            cluster.worker()
        yield cluster
    finally:
        cluster.end()
