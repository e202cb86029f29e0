"""What several tests share: the tools of other people that must be there, or are skipped."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def tool() -> Callable[[str], str]:
    """Path of a command; the test is skipped without it, or fails when FAIRSHEET_REQUIRE_TOOLS=1."""

    def find(name: str) -> str:
        found = shutil.which(name)
        if found:
            return found
        if os.environ.get("FAIRSHEET_REQUIRE_TOOLS") == "1":
            pytest.fail(f"{name} is not installed, and FAIRSHEET_REQUIRE_TOOLS=1")
        pytest.skip(f"{name} is not installed")

    return find


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real data that lie beside the checkout; the test is skipped where they do not."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared beside this checkout")
    return SHARED
