"""A project that says much about its data is made anew of other years: each sentence is true of them, or the build stops."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from data.errors import ProjectError
from reports.audit.audit import audit_bytes
from reports.document.blocks import Paragraph
from reports.document.inlines import plain
from reports.document.tree import walk
from reports.runs.check import warnings
from reports.runs.read import Options, Reading, read
from reports.runs.write import write
from tests.pdf_pages import Tool, failures, text_of

PROJECT = Path(__file__).resolve().parent / "projects/singapore-ges"
RELEASE, EARLIER = "ges_2013-2022_utf8.csv", "ges_2013-2018_latin1.csv"
LATIN = ("[tables.survey.shape]", '[tables.survey.read]\nencoding = "latin-1"\n[tables.survey.shape]')


def project(folder: Path, shared: Path, release: str = RELEASE, years: range = range(2013, 2023)) -> Path:
    """The project with the rows of some years of a release, byte by byte."""
    root = folder / "ges"
    shutil.copytree(PROJECT, root)
    (root / "tables").mkdir()
    header, *rows = (shared / "data/singapore-ges" / release).read_bytes().splitlines(keepends=True)
    kept = [row for row in rows if int(row[:4]) in years]
    (root / "tables" / release).write_bytes(header + b"".join(kept))
    return root


def changed(path: Path, words: dict[str, str]) -> None:
    text = path.read_text("utf-8")
    for old, new in words.items():
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


def made(root: Path) -> tuple[Reading, dict[str, bytes]]:
    reading = read(root, Options())
    return reading, {w.planned.name: w.content for w in write(reading, None).finished()}


def said(reading: Reading) -> str:
    """The paragraphs of the report."""
    document = reading.outputs[0].document
    found = (plain(b.content, document.language) for b in walk(document.blocks) if isinstance(b, Paragraph))
    return "\n".join(found).replace("\u00a0", " ")


def denied(root: Path) -> str:
    with pytest.raises(ProjectError) as stopped:
        read(root, Options())
    return str(stopped.value)


@pytest.fixture(scope="module")
def whole(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Reading, dict[str, bytes]]:
    return made(project(tmp_path_factory.mktemp("ges"), shared))


def test_report_deck_and_handout_are_sound_and_without_a_warning(whole: tuple[Reading, dict[str, bytes]]) -> None:
    reading, outputs = whole
    assert warnings(reading) == ()
    for name in ("report", "handout"):
        assert failures(outputs[name]) == []
        assert audit_bytes(outputs[name], f"{name}.pdf").findings == ()
    assert audit_bytes(outputs["deck"], "deck.pptx").findings == ()


def test_the_handout_has_one_page(whole: tuple[Reading, dict[str, bytes]], tool: Tool) -> None:
    assert text_of(whole[1]["handout"], tool).count("\f") == 1


def test_sentences_say_what_the_whole_release_says(whole: tuple[Reading, dict[str, bytes]]) -> None:
    text = said(whole[0])
    for sentence in (
        "In 2013 the middle was $3,100. It is now $938 higher, 30% more than that, after nine years",
        "The largest step was that to 2022, $338; that is more than three times the next.",
        "It was the year of the pandemic.",
        "Work of any kind stands at 94.1%; at its highest it was 95.9%.",
        "All six autonomous universities have figures for 2022: Nanyang Technological University;",
        "Nanyang and the Institute of Technology lie close together.",
        "All are from NUS, NTU and SMU; SIT, SUSS and SUTD have none.",
        "No figures are given for three degrees of 2022:",
        "In 2020 all degrees had figures.",
    ):
        assert sentence in text


@pytest.mark.parametrize("last", range(2018, 2022))
def test_without_its_latest_years_it_says_which_years_it_covers(shared: Path, tmp_path: Path, last: int) -> None:
    reading = read(project(tmp_path, shared, years=range(2013, last + 1)), Options())
    assert {table.as_of for table in reading.project.tables.values()} == {f"2013/{last}"}
    text = said(reading)
    assert f"degrees with figures for {last}, graduates" in text
    assert f"The survey covers 2013 to {last}." in text
    assert not re.search(rf"\b({'|'.join(str(year) for year in range(last + 1, 2023))})\b", text)


def test_without_its_latest_year_other_sentences_are_said(shared: Path, tmp_path: Path) -> None:
    root = project(tmp_path, shared, years=range(2013, 2022))
    text = said(made(root)[0])
    for sentence in (
        "The largest step was that to 2018, $105; that is 5% more than the next.",
        "Work of any kind stands at 95.9%; no year had more.",
        "Permanent work is most common in Law, 98.3%.",
        "No figures are given for one degree of 2021: Bachelor of Medicine and Bachelor of Surgery.",
    ):
        assert sentence in text


def test_in_a_year_in_which_all_is_published_nothing_is_said_to_lack(shared: Path, tmp_path: Path) -> None:
    text = said(read(project(tmp_path, shared, years=range(2013, 2021)), Options()))
    assert "For 2020 every degree listed has figures." in text
    assert "The loss has not been made up: with 70.5% the share of 2020" in text
    assert "Pay rose without a pause at National University of Singapore." in text


def test_the_earlier_release_needs_its_encoding_and_is_then_told_truly(shared: Path, tmp_path: Path) -> None:
    root = project(tmp_path, shared, EARLIER)
    assert 'Write encoding = "latin-1" under [tables.survey.read]' in denied(root)
    changed(root / "project.toml", dict([LATIN]))
    text = said(made(root)[0])
    for sentence in (
        "never changed for the worse as in 2016",
        "In the same year the share in work of any kind was 90.2%, after 91.8%.",
        "In no year did all degrees have figures.",
    ):
        assert sentence in text
    assert "pandemic" not in text


def test_a_university_that_nobody_named_stops_the_build(shared: Path, tmp_path: Path) -> None:
    root = project(tmp_path, shared)
    path = root / "tables" / RELEASE
    path.write_bytes(path.read_bytes().replace(b"2022,Singapore Management", b"2022,Singapore Maritime"))
    assert "Singapore Maritime University" in denied(root)
