"""What a step may cost, measured so that a loaded machine changes nothing: in processor time, by a yardstick."""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import contextmanager

_LOOP = 500_000


def _yardstick() -> float:
    """Seconds of processor time that a plain loop takes here and now; some 30 ms on a machine of today."""
    began = time.process_time()
    for number in range(_LOOP):
        number * number
    return time.process_time() - began


@contextmanager
def within(yardsticks: float) -> Generator[None, None, None]:
    """The block takes no more processor time of this process than that many of the same loop."""
    before = _yardstick()
    began = time.process_time()
    yield
    took = time.process_time() - began
    one = max(before, _yardstick())
    assert took < yardsticks * one, f"{took / one:.0f} yardsticks"
