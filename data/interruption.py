"""Whether a run was told to end. Python drops an interruption that falls into a callback of its own, such as one of an
import: it is heard at the next step then."""

from __future__ import annotations

import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager

_told = threading.Event()


def interrupt(*_: object) -> None:
    """What a signal does that ends a run. Raises KeyboardInterrupt."""
    _told.set()
    raise KeyboardInterrupt


def hear() -> None:
    """Between two steps of a run: KeyboardInterrupt where it was told to end and that was dropped."""
    if _told.is_set():
        raise KeyboardInterrupt


def endings() -> set[signal.Signals]:
    """The signals that end a run, as far as this system has them."""
    return {found for name in ("SIGINT", "SIGTERM", "SIGHUP") if (found := getattr(signal, name, None)) is not None}


@contextmanager
def uninterrupted() -> Generator[None, None, None]:
    """While a process begins: Python drops an interruption that falls into what is called at a fork."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, endings())
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
