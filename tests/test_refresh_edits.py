"""Decks that people edited in real editors, and then other data: their work is there, and the new numbers too.

FAIRSHEET_FULL=1 tries every edit with every change of data; otherwise each edit is tried with one of them, and
LibreOffice, which takes seconds for each, with a few edits.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

from reports.refresh.outcomes import Refreshed
from reports.refresh.refresh import refresh_deck
from tests.conftest import ROOT
from tests.decks import audit
from tests.edit_checks import EDITS, is_there
from tests.refreshing import CHANGES, deck, not_new, untold
from tests.soundness import faults, new_errors

betteroffice = pytest.importorskip("tests.betteroffice_edits", reason="betteroffice-pptx is not installed")
FULL = os.environ.get("FAIRSHEET_FULL") == "1"
LIBREOFFICE = (
    "nothing", "title", "word", "number", "bold", "bullet", "drop_bullet", "move", "move_text", "resize_title", "colour",
    "letters", "drop_shape", "drop_chart", "copy_shape", "cut_chart", "other_picture", "crop", "description", "cell",
    "row", "column", "chart_number", "chart_colour", "chart_columns", "notes", "notes_number", "add_slide", "drop_slide", "drop_chart_slide", "edit_old", "reorder",
    "copy_slide", "copy_and_edit", "own_shape", "group", "rename", "retitle_all", "hide_slide", "background",
    "through_odp", "session",
)  # fmt: skip
FEW = ("nothing", "row", "chart_number", "copy_and_edit", "through_odp", "session")
PYTHON = "/usr/bin/python3"
"""The one that has python3-uno."""


def tried(names: tuple[str, ...]) -> list[tuple[str, str]]:
    if FULL:
        return [(name, change) for name in names for change in CHANGES]
    return [(name, CHANGES[place % len(CHANGES)]) for place, name in enumerate(names)]


def conflicts(done: Refreshed) -> set[tuple[str, ...]]:
    return {(one.key, one.shape, one.facet, one.theirs, one.ours) for one in done.of("conflict")}


def refresh_and_look(name: str, edited: bytes, change: str, folder: Path) -> None:
    generated = deck(change)
    done = refresh_deck(edited, generated)
    assert is_there(name, done.content, change), "the edit is lost"
    assert not_new(done, generated, EDITS[name][0]) == []
    assert untold(done, edited, generated, ()) == []
    assert faults(done.content) == []
    again = refresh_deck(done.content, generated)
    assert (again.changed, again.content) == (False, done.content), "twice is not as once"
    assert conflicts(again) == conflicts(done), "a conflict that nobody settled is told again"
    assert not refresh_deck(edited, deck()).changed, "the same data change nothing"
    if FULL:
        assert new_errors(done.content, edited, folder) == []


@cache
def in_betteroffice(name: str) -> bytes:
    return betteroffice.edited(deck(), name)


@pytest.mark.parametrize(("name", "change"), tried(tuple(betteroffice.EDITS)))
def test_an_edit_made_in_betteroffice_outlives_new_data(name: str, change: str, tmp_path: Path) -> None:
    refresh_and_look(name, in_betteroffice(name), change, tmp_path)


@pytest.fixture(scope="session")
def in_libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], bytes]:
    """The deck after an edit in LibreOffice; all that are tried are made in one session."""
    if subprocess.run([PYTHON, "-c", "import uno"], capture_output=True, check=False).returncode:
        if os.environ.get("FAIRSHEET_REQUIRE_TOOLS") == "1":
            pytest.fail("python3-uno is not installed, and FAIRSHEET_REQUIRE_TOOLS=1")
        pytest.skip("python3-uno is not installed")
    folder = tmp_path_factory.mktemp("libreoffice")
    Image.new("RGB", (400, 300), "#2E7D32").save(folder / "picture.png")
    (folder / "talk.pptx").write_bytes(deck())
    names = LIBREOFFICE if FULL else FEW
    command = [PYTHON, str(ROOT / "tests" / "libreoffice_edits.py"), str(folder / "talk.pptx"), str(folder), *names]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert done.stdout.split() == [word for name in names for word in (name, "ok")], done.stdout + done.stderr
    return lambda name: (folder / f"{name}.pptx").read_bytes()


@pytest.mark.parametrize(("name", "change"), tried(LIBREOFFICE if FULL else FEW))
def test_an_edit_made_in_libreoffice_outlives_new_data(
    name: str, change: str, in_libreoffice: Callable[[str], bytes], tmp_path: Path
) -> None:
    refresh_and_look(name, in_libreoffice(name), change, tmp_path)


def test_a_refreshed_deck_opens_in_both_editors(
    in_libreoffice: Callable[[str], bytes], tool: Callable[[str], str], tmp_path: Path
) -> None:
    import betteroffice_pptx

    done = refresh_deck(in_libreoffice("session"), deck("all"))
    path = tmp_path / "refreshed.pptx"
    path.write_bytes(done.content)
    subprocess.run(
        [tool("soffice"), "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    said = subprocess.run(
        [tool("pdftotext"), str(path.with_suffix(".pdf")), "-"], check=True, capture_output=True, text=True
    )
    assert "13.9%" in said.stdout
    assert "My own point" in said.stdout
    assert betteroffice_pptx.Presentation.open(done.content).slide_count == said.stdout.count("\f")


def test_a_deck_as_it_is_generated_has_no_fault(tmp_path: Path) -> None:
    assert faults(deck()) == []
    assert audit(deck(), tmp_path) == []
