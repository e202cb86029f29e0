"""Files that another program has open: on Windows and its shares they cannot be replaced until it lets go of them."""

from __future__ import annotations

import errno
import time
from collections.abc import Callable

_PATIENCE, _STEP = 10.0, 0.2
"""Seconds for which something is tried again, as long as a program stands in the way; between two tries."""
_OPEN = (errno.EBUSY, errno.ETXTBSY)
_OPEN_WINDOWS = (5, 32, 33)


def is_open_elsewhere(error: OSError) -> bool:
    """Whether an error says that another program has a file open."""
    return error.errno in _OPEN or getattr(error, "winerror", None) in _OPEN_WINDOWS


def patiently(action: Callable[[], None]) -> None:
    """Do something that fails while a program has a file open, again and again for some seconds.

    Raises OSError as the system does: for that when the time is over, for anything else at once.
    """
    ends = time.monotonic() + _PATIENCE
    while True:
        try:
            action()
            return
        except OSError as error:
            if not is_open_elsewhere(error) or time.monotonic() >= ends:
                raise
        time.sleep(_STEP)
