"""Work that may take too long, and is waited for only so long."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from data.errors import ProjectError

Result = TypeVar("Result")
_LOOK = 0.05
"""Seconds between two looks at how much memory is taken."""


def _most_memory() -> int:
    """The most memory that the process has taken so far, in bytes; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


class RunawayError(ProjectError):
    """Work that was not waited for and goes on unseen: nothing else should be begun beside it."""


def within(seconds: float, work: Callable[[], Result], memory: int | None = None) -> Result:
    """What `work` returns or raises, done in another thread; TimeoutError when it takes longer than `seconds`.

    MemoryError when the process grows by more than `memory` bytes meanwhile, where the system tells (not on Windows).
    A thread cannot be killed: late work goes on unseen, and ends with the process at the latest.
    """
    outcome: list[Result] = []
    failure: list[BaseException] = []

    def run() -> None:
        try:
            outcome.append(work())
        except BaseException as error:  # raised again where the work was asked for
            failure.append(error)

    thread = threading.Thread(target=run, daemon=True)
    before = _most_memory()
    end = time.monotonic() + seconds
    thread.start()
    while memory is not None and thread.is_alive() and time.monotonic() < end:
        thread.join(min(_LOOK, seconds))
        if _most_memory() - before > memory:
            raise MemoryError
    thread.join(max(0.0, end - time.monotonic()))
    if failure:
        raise failure[0]
    if not outcome:
        raise TimeoutError
    return outcome[0]
