"""Work on folders that may never answer, done in another process: nobody can end a thread that waits for a disk, and no
process ends before its threads do."""

from __future__ import annotations

import os
import pickle
import select
import signal
import threading
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from data.interruption import endings, uninterrupted
from data.network.patience import within

Result = TypeVar("Result")
_MOST = 16
"""Processes that still wait for a folder: with so many, nothing further is asked of any."""
_READ = 1 << 20
_waiting: set[int] = set()
"""Processes that were given up and have not ended: killed, they do as soon as the system lets go of them."""


def apart(seconds: float, work: Callable[[], Result]) -> Result:
    """What `work` returns or raises, done in a process of its own where the system has them, else in a thread.

    Of what it does in this process only that is left. TimeoutError when it takes longer than `seconds`: it is killed
    then, and not waited for. ChildProcessError where something else has ended it.
    """
    if not hasattr(os, "fork"):  # there, what waits for a disk can be ended
        return within(seconds, work)
    for late in tuple(_waiting):
        _give_up(late)
    if len(_waiting) >= _MOST:
        raise TimeoutError
    ends = time.monotonic() + seconds
    (heard, told), (lives, life) = os.pipe(), os.pipe()
    try:
        with uninterrupted():
            process = _forked()
            if not process:
                _work(work, told, lives)
        os.close(told)
        os.close(lives)
        try:
            said = _heard(heard, ends)
        except BaseException:
            _waiting.add(process)
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
            _give_up(process)
            raise
    finally:
        os.close(heard)
        os.close(life)
    os.waitpid(process, 0)
    if not said:
        raise ChildProcessError("the process at work on it was ended")
    result, error = pickle.loads(said)  # written by this program itself
    if error is not None:
        raise error
    return result


def _give_up(process: int) -> None:
    """Forget a process that has ended."""
    try:
        ended, _ = os.waitpid(process, os.WNOHANG)
    except ChildProcessError:
        ended = process
    if ended:
        _waiting.discard(process)


def _forked() -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # other threads may hold locks: nothing here asks for any
        return os.fork()


def _heard(pipe: int, ends: float) -> bytes:
    found = bytearray()
    while select.select([pipe], [], [], max(0, ends - time.monotonic()))[0]:
        part = os.read(pipe, _READ)
        if not part:
            return bytes(found)
        found += part
    raise TimeoutError


def _work(work: Callable[[], object], told: int, lives: int) -> None:
    """Of the other process: do the work, say what came of it, and end; also when the first one has ended."""
    try:
        for ending in endings():
            signal.signal(ending, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, endings())
        _let_go({told, lives})
        threading.Thread(target=_end_after, args=(lives,), daemon=True).start()
        outcome: tuple[Any, BaseException | None]
        try:
            outcome = work(), None
        except Exception as error:  # raised again where the work was asked for
            outcome = None, error
        with os.fdopen(told, "wb") as stream:
            stream.write(pickle.dumps(outcome))
    finally:
        os._exit(0)


def _let_go(needed: set[int]) -> None:
    """Close what the first process has open: its locks end with it, and who reads what it says waits for it alone."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for usual in (0, 1, 2):
        os.dup2(nothing, usual)
    for path in tuple(Path("/dev/fd").iterdir()):
        number = int(path.name)
        if number > 2 and number not in needed:
            with suppress(OSError):
                os.close(number)


def _end_after(lives: int) -> None:
    os.read(lives, 1)  # nobody writes: it gives something when the first process has ended
    os._exit(1)
