"""What a wheel holds beside the folders that pyproject.toml names: files, which only a hook can put elsewhere."""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class SingleFiles(BuildHookInterface):
    """Puts the files of the checkout's root into the package; a development installation reads them where they are."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "standard":
            build_data["force_include"].update({n: f"fairsheet/{n}" for n in ("generate.py", "LICENSE", "NOTICE")})
