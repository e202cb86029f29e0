"""Whether two values differ by more than the margin of error of what they hold."""

from __future__ import annotations

from data.tables.differing import differ as differ
