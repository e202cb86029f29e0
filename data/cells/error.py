"""A cell that is not what its field declares."""

from __future__ import annotations


class CellError(ValueError):
    """What is wrong with a cell's text, and as second argument what to do about it."""
