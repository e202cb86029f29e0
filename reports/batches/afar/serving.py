"""A process beside a worker: it makes items, one after another, as it is asked to over its standard input."""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
import threading
import time
from math import inf
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from reports.batches.afar.baggage import Work, unpacked
from reports.batches.making import MadeItem, Task, made_for, make_item
from reports.batches.store import opened
from reports.runs.write import begin_beside

LENGTH = 8
"""Bytes that say how long the message is that follows, the first one the highest."""
_IDLE = 900.0
"""Seconds without work after which it ends."""


class Proof(Struct, frozen=True):
    """What every worker makes first, so that none takes part that makes other bytes than this machine."""

    task: Task
    sum: str


def sum_of(made: MadeItem) -> str:
    """A digest of what became of an item: its documents, or why there are none."""
    said = [(one.output, one.made_from, one.sha256) for one in made.documents], [str(one) for one in made.problems]
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()


def serve(folder: Path) -> None:
    """Answer messages, each a task, with what became of it, until there are no more. `folder` is the archive's."""
    begin_beside()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    work = unpacked(folder)
    store = opened(work.store)
    threading.Thread(target=_go_home, daemon=True).start()
    while (message := _message(sys.stdin.buffer)) is not None:
        _waiting.since = inf
        asked: Task | Proof = pickle.loads(message)
        answer = _proved(work, asked) if isinstance(asked, Proof) else pickle.dumps(made_for(work.batch, asked, store))
        answers.write(len(answer).to_bytes(LENGTH, "big") + answer)
        answers.flush()
        _waiting.since = time.monotonic()
    os._exit(0)


class _Waiting:
    since = inf
    """When the last item was done; never, while one is made."""


_waiting = _Waiting()


def _go_home() -> None:
    """End this process when nobody has asked for anything in a long time: who began it may be gone."""
    while time.monotonic() - _waiting.since < _IDLE:
        time.sleep(_IDLE / 60)
    os._exit(0)


def _message(stream: BinaryIO) -> bytes | None:
    length = stream.read(LENGTH)
    return stream.read(int.from_bytes(length, "big")) if len(length) == LENGTH else None


def _proved(work: Work, proof: Proof) -> bytes:
    """Nothing where the worker makes the same; else what is different."""
    made = make_item(work.batch, proof.task.index, proof.task.standing)
    return b"" if sum_of(made) == proof.sum else b"it makes other bytes from the same"
