"""What `project.toml` may say of a handout; apart from its writer, whose libraries take long to import."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from data.settings.kinds import Settings, Whole


class HandoutOptions(Settings):
    """What may be said of a handout."""

    pages: Annotated[Whole, Field(ge=1, le=2)] = 1
    """How many pages it has: one, or both sides of a sheet."""
