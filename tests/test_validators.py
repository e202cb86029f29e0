"""Other people's validators on our own files, and the reading order that a change must not move unseen."""

from __future__ import annotations

import io
import os
import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from charts.drawn.drawing import draw
from charts.editable.registry import editable
from reports.deck.writer import write_deck
from tests import decks
from tests.audited import by_verapdf, outputs
from tests.chart_case import cases
from tests.decks import BRAND, audit, figure, heading, with_template
from tests.gallery import examples
from tests.pdf_pages import Ids, document, every_block

PROJECTS = ("machine-learning-engineer", "college-majors")
SNAPSHOT = Path(__file__).parent / "report_structure.txt"
CHANGING = re.compile(r"(?<=Edition )[0-9a-f]{7}|(?<=SHA-256 )[0-9a-f]{8}|(?<=Object )\d+ \d+")
"""What follows from the data's and the program's state, not from the reading order."""


def open_xml_sdk(deck: Path) -> str:
    """What the Open XML SDK's validator says of a deck; empty where nothing is wrong."""
    command = os.environ.get("FAIRSHEET_OOXML_VALIDATOR")
    if not command:
        if os.environ.get("FAIRSHEET_REQUIRE_TOOLS") == "1":
            pytest.fail("FAIRSHEET_OOXML_VALIDATOR names no command, and FAIRSHEET_REQUIRE_TOOLS=1")
        pytest.skip("FAIRSHEET_OOXML_VALIDATOR names no command")
    done = subprocess.run([command, str(deck)], capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.mark.parametrize("project", PROJECTS)
def test_both_open_xml_validators_find_nothing_in_a_built_in_deck(project: str, tmp_path: Path) -> None:
    content = outputs(project, "letter")["deck.pptx"]
    assert audit(content, tmp_path) == []
    assert open_xml_sdk(tmp_path / "deck.pptx") == ""


TEMPLATES = (
    "automizer-german-16x9", "coreoz-french-4x3", "finos-2021-google-16x9", "jmablog-dark-16x9",
    "officer-duplicate-placeholders", "officer-template-4x3", "uic-biostat-4x3",
)  # fmt: skip


@pytest.mark.parametrize("name", TEMPLATES)
def test_both_open_xml_validators_find_nothing_in_a_branded_deck(name: str, shared: Path, tmp_path: Path) -> None:
    content = write_deck(document(every_block(Ids())), with_template(shared, name), incremental=True)
    assert audit(content, tmp_path) == []
    assert open_xml_sdk(tmp_path / "deck.pptx") == ""


def test_both_open_xml_validators_find_nothing_in_any_chart_that_powerpoint_draws(tmp_path: Path) -> None:
    every = [example.drawn(tmp_path / example.name)[0] for example in examples()]
    every += [
        case.chart(tmp_path / str(case))[0] for kind in ("dot", "range") for case in cases(kind) if not case.refused
    ]
    style = draw(every[0], BRAND, language="en-US", width=860, height=340, text_size=16).plot.style
    drawn = [chart for chart in every if editable(chart, style, 860, 340) is not None]
    assert {"bar", "bars", "column", "dot", "line", "range", "scatter", "share", "slope", "stacked"} == {
        chart.kind for chart in drawn
    }
    shown = [
        block
        for at, chart in enumerate(drawn)
        for block in (heading(f"Slide {at}"), replace(figure(), id=f"chart-{at}", chart=chart))
    ]
    content = write_deck(decks.document(*shown), BRAND)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert sum(name.startswith("ppt/charts/") and name.endswith(".xml") for name in package.namelist()) >= 25
    assert audit(content, tmp_path) == []
    assert open_xml_sdk(tmp_path / "deck.pptx") == ""


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_verapdf_finds_nothing_in_the_built_in_documents(paper: str, tmp_path: Path) -> None:
    files = {
        f"{project} {name}": content
        for project in PROJECTS
        for name, content in outputs(project, paper).items()
        if name.endswith(".pdf")
    }
    assert len(files) == 4
    assert by_verapdf(files, tmp_path) == {name: [] for name in files}


def test_the_reading_order_of_the_built_in_report_is_as_it_was(tool: Callable[[str], str], tmp_path: Path) -> None:
    """After a change that is meant: FAIRSHEET_WRITE_SNAPSHOTS=1 pytest tests/test_validators.py, and read the diff."""
    path = tmp_path / "report.pdf"
    path.write_bytes(outputs("machine-learning-engineer", "letter")["report.pdf"])
    said = subprocess.run(
        [tool("pdfinfo"), "-struct-text", str(path)], capture_output=True, text=True, check=True
    ).stdout
    found = CHANGING.sub("*", said)
    if os.environ.get("FAIRSHEET_WRITE_SNAPSHOTS") == "1":
        SNAPSHOT.write_text(found, "utf-8")
    assert found == SNAPSHOT.read_text("utf-8")
