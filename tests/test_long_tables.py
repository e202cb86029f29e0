"""A table of many thousand rows is printed in little memory, and is as well tagged and broken into pages as a short one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from msgspec import Struct
from msgspec.structs import replace

from benchmarks.long_table import long_table_project
from data import effort
from reports.document.blocks import Block, Heading, TableBlock
from reports.document.inlines import Link, Text
from reports.document.table_rows import TableRows
from reports.document.tree import inlines_of, typed_inlines
from reports.pdf.report.pages import Flowing, paginate
from reports.pdf.tagged.box import Flowable, Piece
from reports.pdf.tagged.tagging import TaggedCanvas
from reports.story import exhibits
from reports.writers import WRITERS
from tests.pdf_pages import BRAND, HOSTILE, LOREM, Ids, Tool, document, failures, pay, text_of, tree, words
from tests.writing import write_report

ROOT = Path(__file__).resolve().parent.parent


def long_table(rows: int, ids: Ids) -> TableBlock:
    table = pay(rows)
    return TableBlock(
        **ids(),
        title=words("Pay"),
        columns=(words("Job"), words("Salary")),
        rows=TableRows(table, ("job", "salary")),
        aligns=("left", "right"),
        table=table,
    )


def some_tables() -> list[Block]:
    """A long table, and a typed one with a row over three pages, a link, a line break and an empty cell."""
    ids = Ids()
    cell = (Text(f"{HOSTILE} {LOREM * 30}"),)
    link = (Link("https://example.org/a", words("a link to somewhere")),)
    rows = ((words("high"), cell), (words("linked"), link), (words("empty"), ()), *(((words("x"), words("1")),) * 30))
    typed = TableBlock(
        **ids(), title=words("Typed"), columns=(words("A"), words("B")), rows=rows, aligns=("left", "left")
    )
    return [Heading(**ids(), level=1, content=words("Tables")), long_table(120, ids), typed, long_table(40, ids)]


# -- tags ---------------------------------------------------------------------------


def described(element: Any, pages: dict[tuple[int, int], int]) -> Iterator[tuple[object, ...]]:
    """All that is said of an element and those inside, in order, and that each knows what it stands in."""
    kids = element.get("/K", [])
    listed = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    marks = [kid for kid in listed if isinstance(kid, int)]
    other = [(pages[kid.Pg.objgen], int(kid.MCID)) for kid in listed if "/MCID" in (kid if kid not in marks else ())]
    said = [
        (key, str(value)) for key, value in sorted(element.items()) if key in ("/S", "/Alt", "/Lang", "/ActualText")
    ]
    attributes = sorted((key, str(value)) for key, value in element["/A"].items()) if "/A" in element else []
    yield *said, *attributes, pages[element.Pg.objgen] if "/Pg" in element else None, *marks, *other
    for kid in listed:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            assert kid.P.objgen == element.objgen
            yield from described(kid, pages)


def owners_know_their_marks(pdf: pikepdf.Pdf) -> int:
    """How many marked-content sequences there are; each is held by the element that the parent tree names."""
    numbers: Any = pdf.Root.StructTreeRoot.ParentTree.Nums
    count = 0
    for index, page in enumerate(pdf.pages):
        assert numbers[2 * index] == index
        for mark, owner in enumerate(numbers[2 * index + 1]):
            kids = owner.K if isinstance(owner.K, pikepdf.Array) else [owner.K]
            own = owner.Pg.objgen == page.obj.objgen
            held = [kid for kid in kids if (kid == mark and own if isinstance(kid, int) else kid.get("/MCID") == mark)]
            assert held, (index, mark)
            count += 1
    return count


def test_a_table_whose_tags_are_written_behind_the_rest_says_the_same(
    tool: Tool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = document(some_tables())
    whole = write_report(made, BRAND)
    monkeypatch.setattr("reports.pdf.tagged.tagging._MOST_AT_ONCE", 0)
    updated = write_report(made, BRAND)
    assert updated == write_report(made, BRAND)
    assert updated.count(b"%%EOF") == whole.count(b"%%EOF") + 1
    assert tree(updated) == tree(whole)
    assert text_of(updated, tool) == text_of(whole, tool)
    assert failures(updated) == []
    told: list[list[tuple[object, ...]]] = []
    for pdf in (whole, updated):
        with pikepdf.open(BytesIO(pdf)) as opened:
            pages = {page.obj.objgen: number for number, page in enumerate(opened.pages)}
            told.append(list(described(opened.Root.StructTreeRoot.K, pages)))
            assert owners_know_their_marks(opened) > 300
            assert opened.check_pdf_syntax() == []
    assert told[0] == told[1]
    path = tmp_path / "long.pdf"
    path.write_bytes(updated)
    checked = subprocess.run([tool("qpdf"), "--check", path], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


ELSEWHERE = """
import hashlib
from reports.pdf.tagged import tagging
from tests.pdf_pages import BRAND, document
from tests.test_long_tables import some_tables
from tests.writing import write_report
tagging._MOST_AT_ONCE = 0
print(hashlib.sha256(write_report(document(some_tables()), BRAND)).hexdigest())
"""


def test_a_long_table_is_written_in_the_same_bytes_by_every_process() -> None:
    """Which puts what is in a set into an order of its own."""

    def written(seed: str) -> str:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed}
        told = subprocess.run(
            [sys.executable, "-c", ELSEWHERE], check=True, capture_output=True, text=True, env=environment
        )
        return told.stdout

    assert len({written(seed) for seed in ("1", "2", "3")}) == 1


def test_rows_that_are_set_when_they_are_drawn_look_like_those_that_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    made = document(some_tables())
    kept = write_report(made, BRAND)
    monkeypatch.setattr("reports.pdf.boxes.table_cells._KEPT_ROWS", 0)
    assert write_report(made, BRAND) == kept


def test_an_element_may_be_finished_and_the_next_one_go_on_over_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.pdf.tagged.tagging._MOST_AT_ONCE", 0)
    from charts.lettering import register_font
    from tests.pdf_pages import canvas, finished

    drawn = canvas()
    with drawn.tag("L", key := object()):
        for number in range(3):
            with drawn.tag("LI", finished=True), drawn.tag("LBody"):
                drawn.setFont(register_font(BRAND.fonts.heading.regular), 10)
                drawn.drawString(100, 700 - 20 * number, "Item")
            with drawn.tag("LI"):
                pass
    drawn.showPage()
    with drawn.tag("L", key), drawn.tag("LI", finished=True):
        drawn.setFont(register_font(BRAND.fonts.heading.regular), 10)
        drawn.drawString(100, 700, "Last")
    assert tree(finished(drawn)) == "Document\n  L" + "\n    LI\n      LBody\n    LI" * 3 + "\n    LI"


# -- pages --------------------------------------------------------------------------


class Rows(Struct, frozen=True):
    """A table as the pages see it."""

    count: int

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return (Piece(40.0), *[Piece(18.0, head=20.0)] * self.count)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, first: int, last: int) -> None:
        raise AssertionError("nothing is drawn")


def test_pages_of_a_long_table_are_full_and_as_few_as_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    box: Flowable = Rows(3000)
    flow = [Flowing(box), Flowing(Rows(5), gap=20.0)]
    pages = paginate(flow, 630.0)
    assert {page[0].last - page[0].first for page in pages[1:40]} == {33}
    monkeypatch.setattr("reports.pdf.report.pages._DEEP", 10**9)
    assert len(pages) == len(paginate(flow, 630.0))


# -- rows ---------------------------------------------------------------------------


def test_rows_of_a_table_are_a_sequence_of_its_cells() -> None:
    rows = TableRows(pay(5), ("job", "salary"))
    assert len(rows) == 5
    assert rows[-1] == rows[4] == list(rows)[4]
    assert rows[1:3] == (rows[1], rows[2])
    with pytest.raises(IndexError):
        rows[5]


def test_what_a_person_wrote_of_a_table_are_not_its_values() -> None:
    block = long_table(5, Ids())
    assert len(list(typed_inlines(block))) == 3
    assert len(list(inlines_of(block))) == 3 + 10
    assert list(typed_inlines(replace(block, table=None))) == list(inlines_of(replace(block, table=None)))


# -- bounds -------------------------------------------------------------------------


def test_a_report_may_print_50_000_rows_of_four_fields() -> None:
    most = WRITERS["report"].most_cells
    assert most >= 200_000
    assert exhibits._FOR_A_CELL * most < effort.MOST


@pytest.mark.parametrize("writer", ["handout", "deck"])
def test_a_table_for_hundreds_of_pages_is_refused_before_slides_or_sheets_are_made(writer: str, tmp_path: Path) -> None:
    from tests.test_bad_input import run

    code, output = run("check", long_table_project(tmp_path / "long", 2_000, writer))
    assert code == 2
    most = WRITERS[writer].most_cells // 4
    assert f"'long' has 2,000 rows here; of 4 fields a {writer} prints {most:,} at most" in output
    assert "{only=report}" in output


MEMORY = """
import re, resource, sys
from pathlib import Path
from reports.runs.read import Options, read
from reports.runs.write import write
write(read(Path(sys.argv[1]), Options()), None).finished()
status = Path("/proc/self/status")  # where there is one: getrusage counts what the process was before it was this one
kilobytes = re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1] if status.exists() else 0
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(int(kilobytes) or (peak // 1024 if sys.platform == "darwin" else peak))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="tells no peak of memory")
def test_a_cell_in_print_takes_little_memory(tmp_path: Path) -> None:
    def peak(rows: int) -> int:
        told = subprocess.run(
            [sys.executable, "-c", MEMORY, str(long_table_project(tmp_path / str(rows), rows))],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        return 1024 * int(re.findall(r"\d+", told.stdout)[-1])

    few, many = 2_000, 8_000
    assert (peak(many) - peak(few)) / (4 * (many - few)) < 2_000  # bytes; reading the table is half of what it takes
