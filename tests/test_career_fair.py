"""The built-in career fair: its guide, a sheet for each major and a sheet for each booth, read back and compared with its
CSV by code that shares nothing with the program."""

from __future__ import annotations

import csv
import os
import re
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from typer.testing import CliRunner

from data.project_folder import BUILT_IN
from generate import app
from reports.batches.batch import Chosen, make_batch
from reports.runs.bind import Options
from tests.shown_text import shown_text

PROJECT = BUILT_IN / "career-fair"
FULL = os.environ.get("FAIRSHEET_FULL") == "1"


def rows(name: str) -> list[dict[str, str]]:
    with (PROJECT / f"tables/{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def in_order(booth: str) -> tuple[str, int]:
    return booth[0], int(booth[1:])


EMPLOYERS = sorted(rows("employers"), key=lambda row: in_order(row["booth"]))
MAJORS = [row["major"] for row in rows("majors")]


def listed(said: str) -> list[str]:
    return said.split("; ")


def spoken(items: list[str]) -> str:
    """As English lists things."""
    if len(items) < 3:
        return " and ".join(items)
    return f"{', '.join(items[:-1])}, and {items[-1]}"


def sides(pdf: bytes) -> list[str]:
    with pikepdf.open(BytesIO(pdf)) as file:
        count = len(file.pages)
    shown = [" ".join("\n".join(one.text for one in shown_text(pdf, page)).split()) for page in range(count)]
    return [re.sub(r" (?=[.,])", "", side) for side in shown]


def row_of(employer: dict[str, str]) -> str:
    said = (employer[name] for name in ("booth", "employer", "industry"))
    return f"{' '.join(said)} {spoken(listed(employer['jobs']))} {employer['sponsors_visas']}"


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    out = tmp_path_factory.mktemp("guide")
    result = CliRunner().invoke(app, ["build", str(PROJECT), "--out", str(out), "--quiet"])
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in out.iterdir()) == ["handout.pdf", "manifest.json"]
    return (out / "handout.pdf").read_bytes()


def test_the_guide_lists_all_booths_in_their_natural_order_over_two_sides(guide: bytes) -> None:
    first, second = sides(guide)
    assert [employer["booth"] for employer in EMPLOYERS[:2]] == ["A1", "A2"]
    whole, at = f"{first} {second}", 0
    for employer in EMPLOYERS:
        at = whole.index(row_of(employer), at)
    assert len(EMPLOYERS) == 40
    assert row_of(EMPLOYERS[0]) in first
    assert row_of(EMPLOYERS[-1]) in second
    assert "Employers by booth, continued" in second


def test_the_guide_says_which_booths_look_for_each_major(guide: bytes) -> None:
    second = sides(guide)[1]
    for major in MAJORS:
        booths = [employer["booth"] for employer in EMPLOYERS if major in listed(employer["majors"])]
        assert len(booths) >= 4
        assert f"{major} {spoken(booths)}" in second


def test_the_guide_counts_right_and_says_that_all_is_invented(guide: bytes) -> None:
    first, second = sides(guide)
    interns = sum("Internship" in listed(employer["jobs"]) for employer in EMPLOYERS)
    visas = sum(employer["sponsors_visas"] == "Yes" for employer in EMPLOYERS)
    hires = sum(int(employer["hopes_to_hire"]) for employer in EMPLOYERS)
    assert f"{interns} offer internships, {visas} sponsor visas; all together hope to hire {hires} people." in first
    assert all("Everything here is invented: no such employer exists" in side for side in (first, second))
    assert all(re.fullmatch(r"https://[a-z]+\.example\.(com|org)", employer["website"]) for employer in EMPLOYERS)


def test_the_map_is_told_to_those_who_do_not_see_it(guide: bytes) -> None:
    with pikepdf.open(BytesIO(guide)) as pdf:
        alts = [str(one.Alt) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
    assert any(alt.startswith("Floor map of the great hall: row A with 12 booths") for alt in alts)


def test_the_map_and_the_table_of_places_have_the_same_booths() -> None:
    """The picture's letters are shapes: its booths are counted, and their places compared with the table's."""
    svg = (PROJECT / "pictures/hall.svg").read_text("utf-8")
    drawn = re.findall(r'<rect x="(\d+)" y="(\d+)" width="68" height="46"', svg)
    lines = sorted({int(y) for _, y in drawn})
    places = {(lines.index(int(y)), (int(x) - 136) // 76) for x, y in drawn}
    assert places == {(int(row["row"]), int(row["column"])) for row in rows("hall")}
    assert [row["booth"] for row in rows("hall")] == [employer["booth"] for employer in EMPLOYERS]


def batch(name: str, out: Path, where: str | None) -> dict[str, bytes]:
    """The documents of a batch by their titles."""
    made = make_batch(PROJECT, name, out, Options(), Chosen(where), jobs=1)
    assert not made.failed
    found: dict[str, bytes] = {}
    for path in made.folder.glob("*.pdf"):
        if path.stem == name:
            continue  # all of them, to be printed
        content = path.read_bytes()
        with pikepdf.open(BytesIO(content)) as pdf:
            found[str(pdf.docinfo.Title)] = content
    assert len(found) == made.made
    return found


@pytest.fixture(scope="module")
def of_majors(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    some = "major in ['Mathematics', 'Nursing', 'Business']"
    return batch("majors", tmp_path_factory.mktemp("majors"), None if FULL else some)


@pytest.fixture(scope="module")
def of_booths(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    some = "booth in ['A1', 'A12', 'C5', 'D12']"
    return batch("booths", tmp_path_factory.mktemp("booths"), None if FULL else some)


def test_a_majors_sheet_lists_the_booths_that_look_for_it_and_no_others(of_majors: dict[str, bytes]) -> None:
    assert len(of_majors) == (len(MAJORS) if FULL else 3)
    for title, content in of_majors.items():
        major = title.partition(":")[0]
        wanted = [employer for employer in EMPLOYERS if major in listed(employer["majors"])]
        (said,) = sides(content)
        assert title == f"{major}: {len(wanted)}\u00a0booths to visit"
        at = said.index("Your booths, in the order of the hall")
        for employer in wanted:
            at = said.index(row_of(employer), at)
        assert not any(e["employer"] in said for e in EMPLOYERS if e not in wanted)
        interns = sum("Internship" in listed(employer["jobs"]) for employer in wanted)
        visas = sum(employer["sponsors_visas"] == "Yes" for employer in wanted)
        hires = sum(int(employer["hopes_to_hire"]) for employer in wanted)
        figures = f"{interns} with internships {visas} with visa sponsorship {hires} people they hope to hire"
        assert f"{len(wanted)} of 40 booths look for you {figures}" in said


def test_a_booths_sheet_says_what_the_table_says_of_it(of_booths: dict[str, bytes]) -> None:
    assert len(of_booths) == (len(EMPLOYERS) if FULL else 4)
    for employer in EMPLOYERS:
        if employer["employer"] not in of_booths:
            continue
        (said,) = sides(of_booths[employer["employer"]])
        majors, hires = listed(employer["majors"]), employer["hopes_to_hire"]
        assert f"{employer['industry']}. On offer: {spoken(listed(employer['jobs']))}." in said
        assert (
            f"{employer['booth']} is the booth {hires} people they hope to hire {len(majors)} majors they look" in said
        )
        assert f"majors they look for {employer['sponsors_visas']} to sponsoring visas" in said
        assert f"They look for {' '.join(sorted(majors, key=MAJORS.index))} Ask them" in said
        assert employer["website"].removeprefix("https://") in said


@pytest.mark.parametrize("name", ["of_majors", "of_booths"])
def test_each_sheet_is_one_page(name: str, request: pytest.FixtureRequest) -> None:
    made: dict[str, bytes] = request.getfixturevalue(name)
    assert {len(sides(content)) for content in made.values()} == {1}


def test_a_qr_code_on_a_booths_sheet_is_told_as_that_of_the_employer(of_booths: dict[str, bytes]) -> None:
    with pikepdf.open(BytesIO(of_booths["Harborlight Hospital"])) as pdf:
        alts = [str(one.Alt) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
        links = [str(one.A.URI) for one in pdf.pages[0].Annots]
    assert "The website of Harborlight Hospital" in alts
    assert "https://harborlight.example.org" in links
