"""Two decks are compared: each thing that a person changed is told, and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from pptx import Presentation

from data.errors import ProjectError
from reports.deck.writer import write_deck
from reports.differences import told
from reports.differences.compare import compare_bytes
from reports.differences.found import Change, Differences
from reports.differences.matching import moved
from tests.audited import outputs
from tests.charting import bars_of
from tests.decks import BRAND, document, figure
from tests.edited_decks import EDITS, edited, order, strangers_deck


def built(project: str = "machine-learning-engineer") -> bytes:
    return outputs(project, "letter")["deck.pptx"]


def said(old: bytes, new: bytes) -> list[str]:
    return [line.strip() for line in told.lines(compare_bytes(old, new))][1:]


@pytest.mark.parametrize("name", EDITS)
def test_each_single_edit_is_told_and_nothing_else(name: str) -> None:
    edit, expected = EDITS[name]
    old = strangers_deck()
    assert said(old, edited(old, edit)) == expected


def test_edits_together_are_each_told_once() -> None:
    old = strangers_deck()
    apart = ("a title", "notes", "a number of a chart", "a cell", "another picture", "a hidden slide")
    new = edited(old, *(EDITS[name][0] for name in apart))
    assert sorted(said(old, new)) == sorted(line for name in apart for line in EDITS[name][1])


def test_a_number_of_a_row_of_dots_is_told_once_and_no_series_that_only_holds_words() -> None:
    def deck(pay: int) -> bytes:
        rows = replace(bars_of(["Nursing", "Finance"], {"Men": [pay, 50], "Women": [77, 47]}), kind="dot")
        return write_deck(document(replace(figure(), chart=rows)), BRAND)

    found = [line for line in said(deck(79), deck(81)) if ": chart" in line and "alternative text" not in line]
    assert found == ["slide 2: chart “Nursing and Finance”: 1, Nursing: 79 → 81"]


def test_going_back_tells_the_same_places() -> None:
    old = strangers_deck()
    for name in ("a title", "a cell", "a slide more", "a series less"):
        new = edited(old, EDITS[name][0])
        assert len(said(new, old)) == len(said(old, new)), name


@pytest.mark.parametrize("project", ["machine-learning-engineer", "college-majors"])
def test_a_deck_is_like_itself(project: str) -> None:
    found = compare_bytes(built(project), built(project))
    assert found.changes == ()
    assert list(told.lines(found)) == [
        f"old → new: nothing differs that a reader sees ({len(Presentation(BytesIO(built(project))).slides)} slides)."
    ]


def test_a_deck_made_by_python_pptx_is_like_itself_saved_again() -> None:
    assert said(strangers_deck(), edited(strangers_deck())) == []


def test_what_stands_on_many_slides_is_told_once() -> None:
    def edit(deck: Any) -> None:
        for slide in deck.slides:
            for shape in slide.shapes:
                if shape.has_text_frame and shape.text_frame.text.startswith("Edition "):
                    shape.text_frame.paragraphs[0].runs[0].text = "Edition 0000000"

    lines = said(built(), edited(built(), edit))
    assert len(lines) == 1
    assert lines[0].endswith("became “Edition 0000000”")


def test_slides_of_our_own_deck_in_another_order_are_only_moved() -> None:
    count = len(Presentation(BytesIO(built())).slides)
    numbers = [*range(4, count + 1), 1, 2, 3]
    found = compare_bytes(built(), edited(built(), order(*numbers)))
    assert {(change.what, change.kind) for change in found.changes} == {("moved", "slide")}
    assert sorted((change.old, change.new) for change in found.changes) == [
        (1, count - 2), (2, count - 1), (3, count),
    ]  # fmt: skip


def test_what_has_nothing_in_common_is_never_paired() -> None:
    """Every slide is replaced by another one that has the same number, layout and names of shapes."""

    def edit(deck: Any) -> None:
        for number, slide in enumerate(list(deck.slides)[:4], 1):
            slide.shapes.title.text = f"{number * 111} zebras"
            slide.placeholders[1].text = f"Quagga okapi {number * 7} lemur"
            slide.notes_slide.notes_text_frame.text = ""

    found = compare_bytes(strangers_deck(), edited(strangers_deck(), edit))
    assert [(change.what, change.kind) for change in found.changes] == [("added", "slide")] * 4 + [
        ("removed", "slide")
    ] * 4


def test_the_fewest_slides_are_said_to_have_moved() -> None:
    assert moved({0: 0, 1: 1, 2: 2}) == set()
    assert moved({0: 3, 1: 0, 2: 1, 3: 2}) == {0}
    assert moved({0: 1, 1: 2, 2: 3, 3: 0}) == {3}
    assert len(moved({0: 3, 1: 2, 2: 1, 3: 0})) == 3


def test_libreoffice_changes_nothing_that_is_seen(tool: Callable[[str], str], tmp_path: Path) -> None:
    """It drops the description of native charts, which readers hear; all else is as it was."""
    (tmp_path / "deck.pptx").write_bytes(built())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [tool("soffice"), profile, "--headless", "--convert-to", "pptx", "--outdir", str(tmp_path / "out")]
    subprocess.run([*command, str(tmp_path / "deck.pptx")], check=True, capture_output=True, timeout=300)
    found = compare_bytes(built(), (tmp_path / "out" / "deck.pptx").read_bytes())
    assert {(change.kind, change.now) for change in found.changes} <= {("alternative text", "")}


def test_a_program_gets_all_of_it() -> None:
    old = strangers_deck()
    document = json.loads(told.as_json(compare_bytes(old, edited(old, EDITS["a cell"][0]), "a.pptx", "b.pptx")))
    assert document["unit"] == "slide"
    assert not document["same"]
    assert document["old"] == {"file": "a.pptx", "count": 7}
    assert document["changes"] == [
        {
            "what": "changed",
            "kind": "cell",
            "old": 6,
            "new": 6,
            "element": "table “Job | Pay | Openings”: Engineer, Pay",
            "before": "$120",
            "now": "$125",
            "says": "slide 6: table “Job | Pay | Openings”: Engineer, Pay: $120 → $125",
        }
    ]
    assert json.loads(told.as_json(compare_bytes(old, old)))["same"]


def test_long_texts_are_told_where_they_differ() -> None:
    words = " ".join(f"word{n}" for n in range(400))
    change = Change("changed", "text", 1, 1, "", words, words.replace("word200", "another"))
    line = list(told.lines(Differences("slide", "a", "b", (1, 1), (change,))))[1]
    assert "word200 " in line
    assert "another " in line
    assert len(line) < 300


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"Dear all", "is neither a PDF nor a PowerPoint file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "asks for a password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old Office file"),
        (b"PK\x03\x04 and nothing else", "is damaged, or no PowerPoint file"),
    ],
)
def test_what_cannot_be_compared_is_told(content: bytes, says: str) -> None:
    for old, new in ((content, strangers_deck()), (strangers_deck(), content)):
        with pytest.raises(ProjectError) as raised:
            compare_bytes(old, new, "old.pptx", "new.pptx")
        assert says in str(raised.value)


def test_a_deck_and_a_pdf_are_not_compared() -> None:
    pdf = outputs("machine-learning-engineer", "letter")["report.pdf"]
    with pytest.raises(ProjectError, match=r"b\.pdf: is a PDF, and a\.pptx is a PowerPoint file\. Name two decks"):
        compare_bytes(strangers_deck(), pdf, "a.pptx", "b.pdf")


def test_the_command_tells_and_ends_with_0(tmp_path: Path) -> None:
    old = strangers_deck()
    (tmp_path / "old.pptx").write_bytes(old)
    (tmp_path / "new.pptx").write_bytes(edited(old, EDITS["a title"][0]))
    generate = Path(__file__).resolve().parent.parent / "generate.py"

    def run(*names: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(generate), "compare", *names]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)

    done = run("old.pptx", "new.pptx")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "old.pptx → new.pptx: 1 difference (7 slides).",
        "  slide 2: title: “Pay” became “Pay in 2024”",
    ]
    assert json.loads(run("old.pptx", "new.pptx", "--json").stdout)["changes"][0]["kind"] == "title"
    missing = run("old.pptx", "missing.pptx")
    assert missing.returncode == 2
    assert "missing.pptx: there is no such file." in missing.stderr


def test_a_chart_that_cannot_be_read_is_no_reason_to_stop() -> None:
    def edit(deck: Any) -> None:
        frame = next(s for s in deck.slides[4].shapes if s.has_chart)._element
        frame.xpath(".//c:chart")[0].set(f"{{{frame.nsmap['r']}}}id", "rId999")

    assert said(strangers_deck(), edited(strangers_deck(), edit)) == [
        "slide 5: chart “Jobs and Openings”: its numbers cannot be read in one of both files"
    ]
