"""Whether a run was told to end. Python drops an interruption that falls into a callback of its own, such as one of an
import: it is heard at the next step then."""

from __future__ import annotations

import threading

_told = threading.Event()


def interrupt(*_: object) -> None:
    """What a signal does that ends a run. Raises KeyboardInterrupt."""
    _told.set()
    raise KeyboardInterrupt


def hear() -> None:
    """Between two steps of a run: KeyboardInterrupt where it was told to end and that was dropped."""
    if _told.is_set():
        raise KeyboardInterrupt
