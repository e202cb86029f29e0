"""What an output may say of a deck."""

from __future__ import annotations

from typing import Literal

from data.settings.kinds import Settings


class DeckOptions(Settings):
    """What may be said of a deck."""

    charts: Literal["native", "picture"] = "native"
    """Whether PowerPoint draws the charts that it can, so that their numbers and looks can be changed there, or all are
    pictures."""
    incremental: bool = False
    """Whether the points of a list appear one by one, a click each; a heading says it for its slides by
    `.incremental` or `.at-once`."""
