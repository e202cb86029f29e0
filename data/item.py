"""How the documents of a batch call the row of its table that they are about: one item."""

from __future__ import annotations

ROW = "row"
"""The name in placeholders, tests and conditions."""
