"""Another picture under the same words is told; one that only moved, or has another name, is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner

from generate import app
from reports.changes.brief import as_markdown, brief_of
from reports.changes.compare import compare
from reports.changes.kept import Kept, decoded, kept
from reports.runs.bind import Options
from reports.runs.read import read
from tests.test_pictures import STORY, SVG, project, run

ALT = "Floor map: two halls around a yard"


def edition(folder: Path, name: str) -> Kept:
    found = decoded(kept(read(folder, Options()), name).encoded())
    assert found is not None
    return found


def told(before: Kept, now: Kept) -> str:
    return as_markdown(brief_of(compare(before, now), {("report", "Where to go"): "page 3"}))


def test_another_picture_under_the_same_words_is_told_once_for_all_documents(tmp_path: Path) -> None:
    before = edition(project(tmp_path), "aaaaaaa")
    Image.new("RGB", (1200, 800), "#AA3344").save(tmp_path / "pictures/map.png")
    said = told(before, edition(tmp_path, "bbbbbbb"))
    assert said.count(ALT) == 1
    assert f"deck; report, page 3; sheet; notes: the picture “{ALT}” is another one" in said
    assert "1 picture is another one." in said


def test_the_same_picture_in_another_file_and_place_is_no_change(tmp_path: Path) -> None:
    before = edition(project(tmp_path), "aaaaaaa")
    Image.open(tmp_path / "pictures/map.png").save(tmp_path / "pictures/moved.png", compress_level=1)
    story = STORY.replace("pictures/map.png", "pictures/moved.png").replace("\nSee [](#map).\n", "")
    (tmp_path / "story.md").write_text(story, "utf-8")
    assert compare(before, edition(tmp_path, "bbbbbbb")).pictures == ()


def test_another_file_under_the_same_words_is_another_picture(tmp_path: Path) -> None:
    line = "![The hall]({})\n"
    before = edition(project(tmp_path, "# The fair\n\n" + line.format("pictures/map.png")), "aaaaaaa")
    (tmp_path / "story.md").write_text("# The fair\n\n" + line.format("pictures/plan.svg"), "utf-8")
    changes = compare(before, edition(tmp_path, "bbbbbbb"))
    assert {change.alt for change in changes.pictures} == {"The hall"}
    assert changes.any


def test_a_qr_code_that_leads_elsewhere_is_another_picture(tmp_path: Path) -> None:
    story = "# The fair\n\n![Register](qr:https://example.edu/{})\n"
    before = edition(project(tmp_path, story.format("fair")), "aaaaaaa")
    (tmp_path / "story.md").write_text(story.format("other"), "utf-8")
    assert [change.alt for change in compare(before, edition(tmp_path, "bbbbbbb")).pictures] != []


@pytest.mark.parametrize("name", ["deck.pptx", "report.pdf"])
def test_compare_sees_another_drawing_under_the_same_words(tmp_path: Path, name: str) -> None:
    story = "# The fair\n\n## Where to go\n\n![Plan of the hall](pictures/plan.svg)\n"
    for folder, colour in (("a", "#0a5"), ("b", "#a05")):
        (tmp_path / folder).mkdir()
        project(tmp_path / folder, story)
        (tmp_path / folder / "pictures/plan.svg").write_text(SVG.replace("#0a5", colour), "utf-8")
        assert run(tmp_path / folder, "--only", name.partition(".")[0])[0] == 0
    files = [str(tmp_path / folder / "out" / name) for folder in ("a", "b")]
    said = " ".join(CliRunner().invoke(app, ["compare", *files]).output.split())
    assert "it shows another picture" in said
