"""Handouts bound into one PDF: as they were, in their order, tagged, and refused where they could not be kept whole."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageChops

from charts.faces import face_of
from data.errors import ProjectError
from reports.pdf.bound.bound import write_bound
from reports.pdf.bound.imposition import impose
from reports.pdf.styles import PAPERS, ParagraphStyle
from reports.pdf.tagged.box import draw_whole
from reports.pdf.tagged.picture import Picture
from reports.pdf.text.passage import words_in
from reports.pdf.text.spans import setting_of
from tests.audited import by_verapdf, found, needs_verapdf
from tests.handouts import Paper, handouts, titles, told
from tests.pdf_pages import BRAND, Tool, canvas, failures, finished, page_texts, tree

ROOT = Path(__file__).resolve().parent.parent
Items = Sequence[tuple[str, bytes]]
KINDS = list(product(("a4", "letter"), (1, 2), (1, 2)))
"""Paper, pages of a handout, handouts on a sheet."""


@cache
def some(count: int, paper: Paper = "a4", pages: int = 1) -> Items:
    return tuple(handouts(count, paper, pages))


def bound(items: Items, up: Any = 1, **said: str) -> bytes:
    out = BytesIO()
    write_bound(items, out, told(**said), up)
    return out.getvalue()


def parts(pdf: pikepdf.Pdf) -> list[Any]:
    root: Any = pdf.Root.StructTreeRoot.K
    return list(root.K)


# -- valid --------------------------------------------------------------------------


def test_verapdf_finds_nothing_in_bound_handouts(tmp_path: Path) -> None:
    needs_verapdf()
    files = {f"{kind}": bound(some(5, *kind[:2]), kind[2]) for kind in KINDS}
    files["drawn"] = bound([("One", drawn("One")), ("Two", drawn("Two"))], 2)
    assert by_verapdf(files, tmp_path) == {name: [] for name in files}


@pytest.mark.parametrize(("paper", "pages", "up"), KINDS)
def test_our_own_audit_finds_nothing_in_bound_handouts(paper: Paper, pages: int, up: int) -> None:
    pdf = bound(some(5, paper, pages), up)
    assert found(pdf) == ()
    assert failures(pdf) == []


@pytest.mark.parametrize("up", [1, 2])
def test_qpdf_finds_nothing_in_bound_handouts(up: int, tool: Tool, tmp_path: Path) -> None:
    path = tmp_path / "bound.pdf"
    path.write_bytes(bound(some(5, "letter", 2), up))
    checked = subprocess.run([tool("qpdf"), "--check", path], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


# -- as they were -------------------------------------------------------------------


@pytest.mark.parametrize(("paper", "pages"), [("a4", 1), ("letter", 2)])
def test_bound_pages_say_and_show_what_the_single_ones_do(paper: Paper, pages: int, tool: Tool, tmp_path: Path) -> None:
    items = some(5, paper, pages)
    pdf = bound(items)
    assert page_texts(pdf, tool) == [text for _, one in items for text in page_texts(one, tool)]
    shown = pictures(pdf, tool, tmp_path / "bound")
    single = [page for n, (_, one) in enumerate(items) for page in pictures(one, tool, tmp_path / str(n))]
    assert len(shown) == len(single) == 5 * pages
    assert [place for place, (a, b) in enumerate(zip(shown, single)) if ImageChops.difference(a, b).getbbox()] == []


def pictures(pdf: bytes, tool: Tool, place: Path) -> list[Image.Image]:
    place.mkdir()
    subprocess.run([tool("pdftoppm"), "-r", "60", "-png", "-", str(place / "page")], input=pdf, check=True)
    return [Image.open(path).convert("RGB") for path in sorted(place.glob("*.png"))]


@pytest.mark.parametrize("up", [1, 2])
def test_what_is_read_out_is_what_the_single_handouts_say_one_after_the_other(
    up: int, tool: Tool, tmp_path: Path
) -> None:
    def read_out(pdf: bytes) -> list[str]:
        path = tmp_path / "one.pdf"
        path.write_bytes(pdf)
        said = subprocess.run([tool("pdfinfo"), "-struct-text", path], capture_output=True, check=True)
        lines = said.stdout.decode("utf-8", "replace").splitlines()  # it writes titles in another encoding
        return [" ".join(line.split()) for line in lines if "(block)" in line or line.strip().startswith('"')]

    items = some(5, "letter", 2)
    assert read_out(bound(items, up)) == [line for _, one in items for line in read_out(one)]


def test_half_sheets_hold_two_handouts_and_their_backs_behind_them(tool: Tool) -> None:
    items = some(3, "a4", 2)
    pdf = bound(items, 2)
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert [[round(float(edge)) for edge in page.mediabox] for page in opened.pages] == [[0, 0, 842, 595]] * 4
        assert opened.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"

    def half(page: int, left: int) -> list[str]:
        options = ("-f", str(page), "-l", str(page), "-x", str(left), "-y", "0", "-W", "421", "-H", "595")
        done = subprocess.run([tool("pdftotext"), *options, "-", "-"], input=pdf, capture_output=True, check=True)
        return sorted(done.stdout.decode().split())

    sides = [[sorted(text.split()) for text in page_texts(one, tool)] for _, one in items]
    (front_a, back_a), (front_b, back_b), (front_c, back_c) = sides
    assert [[half(page, left) for left in (0, 421)] for page in (1, 2, 3, 4)] == [
        [front_a, front_b], [back_b, back_a], [front_c, []], [[], back_c],
    ]  # fmt: skip


@pytest.mark.parametrize("page", [PAPERS["a4"], PAPERS["letter"], PAPERS["letter"][::-1]])
def test_a_sheet_that_is_turned_like_a_page_has_each_back_behind_its_front(page: tuple[float, float]) -> None:
    imposed = impose(page, 2, 2)
    assert imposed.paper == page[::-1]
    for front, back in imposed.spots:
        wide, high = front.scale * page[0], front.scale * page[1]
        assert (back.left, back.bottom) == pytest.approx((imposed.paper[0] - front.left - wide, front.bottom))
        assert front.left >= 0
        assert front.left + wide <= imposed.paper[0] + 0.001
        assert front.bottom >= 0
        assert front.bottom + high <= imposed.paper[1] + 0.001
    first, second = imposed.spots[0][0], imposed.spots[1][0]
    beside = page[1] > page[0]
    assert (first.left < second.left) == beside
    assert (first.bottom > second.bottom) != beside


# -- structure ----------------------------------------------------------------------


@pytest.mark.parametrize(("paper", "pages", "up"), KINDS)
def test_every_element_is_reached_once_and_holds_its_content(paper: Paper, pages: int, up: int) -> None:
    items = some(5, paper, pages)
    pdf = bound(items, up)
    with pikepdf.open(BytesIO(pdf)) as opened:
        root: Any = opened.Root.StructTreeRoot
        elements = list(below(root.K))
        assert len({one.objgen for one in elements}) == len(elements)
        every = [
            one for one in opened.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/StructElem"
        ]
        assert {one.objgen for one in every} == {one.objgen for one in elements}
        numbers = pikepdf.NumberTree(root.ParentTree)
        held: Counter[tuple[int, int]] = Counter()
        for element in elements:
            for page, mark in marks(element):
                held[page.StructParents, mark] += 1
                assert numbers[page.StructParents][mark].objgen == element.objgen
        expected = {(p.obj.StructParents, n) for p in opened.pages for n in range(len(numbers[p.obj.StructParents]))}
        assert set(held) == expected
        assert set(held.values()) == {1}
        for page in opened.pages:
            for link in page.obj.get("/Annots", []):
                assert link.objgen in [kid.Obj.objgen for kid in numbers[link.StructParent].K if "/Obj" in dict_of(kid)]
        keys = [p.obj.StructParents for p in opened.pages]
        keys += [link.StructParent for p in opened.pages for link in p.obj.get("/Annots", [])]
        assert sorted(keys) == list(range(root.ParentTreeNextKey))
        assert [str(part.T) for part in parts(opened)] == titles(5)
        assert {str(part.S) for part in parts(opened)} == {"/Part"}
    shapes = [tree(one).splitlines()[1:] for _, one in items]
    whole = [line for shape in shapes for line in ("  Part", *("  " + line for line in shape))]
    assert tree(pdf).splitlines() == ["Document", *whole]


def dict_of(kid: Any) -> Any:
    return kid if isinstance(kid, pikepdf.Dictionary) else {}


def kids_of(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array | list) else [kids]


def below(element: Any) -> Iterator[Any]:
    yield element
    for kid in kids_of(element):
        if "/S" in dict_of(kid):
            yield from below(kid)


def marks(element: Any) -> Iterator[tuple[Any, int]]:
    for kid in kids_of(element):
        if isinstance(kid, int):
            yield element.Pg, kid
        elif dict_of(kid).get("/Type") == "/MCR":
            yield kid.Pg, int(kid.MCID)


def test_trees_of_many_leaves_hold_every_page_number_and_name(
    tool: Tool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.pdf.bound.trees._TOGETHER", 2)
    items = [(f"Number {n}", drawn(f"Number {n}")) for n in range(5)]
    path = tmp_path / "bound.pdf"
    path.write_bytes(pdf := bound(items))
    checked = subprocess.run([tool("qpdf"), "--check", path], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert page_texts(pdf, tool) == [text for _, one in items for text in page_texts(one, tool)]
    assert found(pdf) == ()
    with pikepdf.open(BytesIO(pdf)) as opened:
        root: Any = opened.Root
        assert [int(node.Count) for node in root.Pages.Kids] == [2] * 5
        assert len(root.StructTreeRoot.ParentTree.Kids) == 10
        assert sorted(pikepdf.NumberTree(root.StructTreeRoot.ParentTree)) == list(range(20))
        assert sorted(pikepdf.NameTree(root.StructTreeRoot.IDTree)) == [f"{n}.note-1" for n in range(1, 6)]


def test_a_figure_lies_where_its_structure_says_on_a_half_sheet() -> None:
    items = some(2, "letter")
    spots = impose(PAPERS["letter"], 1, 2).spots

    def boxes(element: Any) -> list[list[float]]:
        found = [one.A.BBox for one in below(element) if "/A" in one and "/BBox" in one.A]
        return [[float(edge) for edge in box] for box in found]

    with pikepdf.open(BytesIO(bound(items, 2))) as opened:
        for (_, one), part, (spot,) in zip(items, parts(opened), spots, strict=True):
            with pikepdf.open(BytesIO(one)) as single:
                before = boxes(single.Root.StructTreeRoot.K)
            assert before
            moved = [[*spot.point(*box[:2]), *spot.point(*box[2:])] for box in before]
            for box, expected in zip(boxes(part), moved, strict=True):
                assert box == pytest.approx(expected, abs=0.01)


# -- links, outline, what it says of itself -----------------------------------------


def drawn(title: str, pages: int = 2, text: str = "", picture: bytes | None = None) -> bytes:
    """Pages with a link from the first to the last and one to an address, bookmarks, a note, and a picture."""
    made = canvas()
    setting = setting_of(BRAND, "en-US", {})
    style = ParagraphStyle(BRAND.fonts.text, 12, 15, "#000000")
    draw_whole(words_in(title, style, setting, "H1").fit(400), made, 72, 720)
    made.anchor("top", 72, 700)
    made.bookmark(f"{title}, the beginning", 0, "top")
    with made.tag("P"), made.link("to the end", target="end") as link:
        draw_whole(words_in("To the end", style, setting, "Span").fit(400), made, 72, 650)
        link.area(72, 640, 172, 655)
    with made.tag("P"), made.link("somewhere", address="https://example.org/a?b=1&c=(2)") as link:
        draw_whole(words_in("Somewhere", style, setting, "Span").fit(400), made, 72, 600)
        link.area(72, 590, 172, 605)
    with made.tag("Note", identity="note-1"):
        draw_whole(words_in("A note.", style, setting).fit(400), made, 72, 560)
    if picture is not None:
        Picture(picture).draw(made, "A picture", 72, 400, 50, 50)
    for number in range(1, pages):
        made.showPage()
        draw_whole(words_in(f"Page {number + 1} {text}", style, setting).fit(400), made, 72, 700)
    made.anchor("end", 72, 500)
    made.bookmark("The end", 1, "end")
    return finished(made, title)


def png(shade: int) -> bytes:
    out = BytesIO()
    Image.new("RGBA", (9, 9), (shade, 20, 30, 128)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("up", [1, 2])
def test_links_and_bookmarks_lead_where_they_led(up: int) -> None:
    names = ["Ä (first)", "Second", "Third"]
    with pikepdf.open(BytesIO(bound([(name, drawn(name)) for name in names], up))) as opened:
        imposed = impose(PAPERS["letter"], 2, 2 if up == 2 else 1)
        sides = [page.obj.objgen for page in opened.pages]
        by_handout = [opened.pages[2 * (n // up)].obj.Annots for n in range(3)]
        for n in range(3):
            front, back = imposed.spots[n % up]
            inner, outer = list(by_handout[n])[2 * (n % up) : 2 * (n % up) + 2]
            for link, low in ((inner, 640), (outer, 590)):
                rectangle = [*front.point(72, low), *front.point(172, low + 15)]
                assert [float(edge) for edge in link.Rect] == pytest.approx(rectangle, abs=0.01)
                assert link.F == 4
            page, kind, left, top, zoom = inner.Dest
            assert sides.index(page.objgen) == 2 * (n // up) + 1
            assert (str(kind), zoom) == ("/XYZ", None)
            assert (float(left), float(top)) == pytest.approx(back.point(72, 500), abs=0.01)
            assert str(outer.A.URI) == "https://example.org/a?b=1&c=(2)"
        with opened.open_outline() as outline:
            assert [item.title for item in outline.root] == names
            for n, item in enumerate(outline.root):
                front, back = imposed.spots[n % up]
                (beginning,) = item.children
                (end,) = beginning.children
                told_ = [beginning.title, end.title]
                assert told_ == [f"{names[n]}, the beginning", "The end"]
                led = [item.destination, beginning.destination, end.destination]
                assert [sides.index(one[0].objgen) for one in led] == [2 * (n // up)] * 2 + [2 * (n // up) + 1]
                points = [front.point(0, 792), front.point(72, 700), back.point(72, 500)]
                for one, point in zip(led, points, strict=True):
                    assert (float(one[2]), float(one[3])) == pytest.approx(point, abs=0.01)
        names_of = pikepdf.NameTree(opened.Root.StructTreeRoot.IDTree)
        assert sorted(names_of) == ["1.note-1", "2.note-1", "3.note-1"]
        assert {str(one.S) for one in names_of.values()} == {"/Note"}
        assert {str(one.ID) for one in names_of.values()} == set(names_of)


def test_a_bound_document_says_what_it_is() -> None:
    items = [*some(2, "a4"), ("Deutsch", next(iter(handouts(1, "a4", language="de")))[1])]
    with pikepdf.open(BytesIO(bound(items, title="Alle (Blätter) & mehr"))) as opened:
        assert str(opened.Root.Lang) == "en-US"
        assert str(opened.docinfo["/Title"]) == "Alle (Blätter) & mehr"
        with opened.open_metadata() as packet:
            assert packet["dc:title"] == "Alle (Blätter) & mehr"
            assert packet["pdfuaid:part"] == "1"
        assert opened.Root.ViewerPreferences.DisplayDocTitle is True
        assert opened.Root.ViewerPreferences.Duplex == "/Simplex"
        assert [str(part.get("/Lang", "")) for part in parts(opened)] == ["", "", "de"]
        assert [page.label for page in opened.pages] == ["1", "2", "3"]
    with pikepdf.open(BytesIO(bound(some(3, "a4", 2)))) as opened:
        assert [page.label for page in opened.pages] == ["1-1", "1-2", "2-1", "2-2", "3-1", "3-2"]
        assert opened.Root.ViewerPreferences.Duplex == "/DuplexFlipLongEdge"
    with pikepdf.open(BytesIO(bound(some(3, "a4", 2), 2))) as opened:
        assert [page.label for page in opened.pages] == ["1-1", "1-2", "2-1", "2-2"]


# -- shared -------------------------------------------------------------------------


def fonts(pdf: bytes) -> list[str]:
    with pikepdf.open(BytesIO(pdf)) as opened:
        every = [one for one in opened.objects if isinstance(one, pikepdf.Dictionary)]
        return sorted(str(one.BaseFont) for one in every if one.get("/Type") == "/Font")


def test_fonts_of_all_handouts_are_united() -> None:
    items = some(6)
    assert len(fonts(bound(items))) == len({name for _, one in items for name in fonts(one)}) == 3
    assert len(bound(items)) < 0.5 * sum(len(one) for _, one in items)


def test_a_font_with_more_signs_than_codes_is_followed_by_another(tool: Tool) -> None:
    known = face_of(BRAND.fonts.text.regular).glyphs
    letters = [chr(code) for code in range(0x21, 0x530) if code in known and chr(code).isalpha()]
    texts = ["".join(letters[first : first + 60]) for first in range(0, 360, 60)]
    assert len(texts[-1]) == 60
    items = [(f"Number {n}", drawn(f"Number {n}", text=text)) for n, text in enumerate(texts)]
    pdf = bound(items)
    assert page_texts(pdf, tool) == [text for _, one in items for text in page_texts(one, tool)]
    names = fonts(pdf)
    assert len(names) == 2
    assert len({name.partition("+")[2] for name in names}) == 1
    assert len(set(names)) == 2
    assert found(pdf) == ()


def test_a_picture_that_is_the_same_is_written_once() -> None:
    items = [(f"{n}", drawn(f"{n}", picture=png(10 * (n // 2)))) for n in range(4)]
    with pikepdf.open(BytesIO(bound(items, 2))) as opened:
        streams = [one for one in opened.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"]
        assert len([one for one in streams if "/SMask" in one]) == 2
        used = [list(page.obj.Resources.get("/XObject", {}).values()) for page in opened.pages]
        assert [len(one) for one in used] == [1, 0, 1, 0]


# -- bytes, memory ------------------------------------------------------------------

ELSEWHERE = """
import hashlib
from tests.test_bound import bound, drawn, png
print(hashlib.sha256(bound([(n, drawn(n, picture=png(9))) for n in ("One", "Two", "Three")], 2)).hexdigest())
"""


def test_the_same_handouts_give_the_same_bytes_in_every_process() -> None:
    def written(seed: str) -> str:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed}
        return subprocess.run(
            [sys.executable, "-c", ELSEWHERE], check=True, capture_output=True, text=True, env=environment
        ).stdout

    assert len({written(seed) for seed in ("1", "2", "3")}) == 1


def test_what_is_written_of_a_handout_is_forgotten() -> None:
    """A PDF library would keep a hundred objects of it, of 2 kB each."""
    import tracemalloc

    class Counted:
        size = 0

        def write(self, content: bytes) -> int:
            self.size += len(content)
            return len(content)

        def tell(self) -> int:
            return self.size

    items = some(6)

    def held(count: int) -> int:
        tracemalloc.start()
        out: Any = Counted()
        write_bound(((f"{n}", items[n % 6][1]) for n in range(count)), out, told())
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    held(6)
    assert (held(120) - held(30)) / 90 < 8_000


# -- refused ------------------------------------------------------------------------


def changed(change: Callable[[Any], object], **saved: Any) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(some(1)[0][1])) as pdf:
        change(pdf)
        pdf.save(out, **saved)
    return out.getvalue()


def content(pdf: Any, text: bytes) -> None:
    pdf.pages[0].obj.Contents = pikepdf.Stream(pdf, pdf.pages[0].obj.Contents.read_bytes() + text)


def first_kid(pdf: Any) -> Any:
    return pdf.Root.StructTreeRoot.K.K[0]


def torn(pdf: bytes) -> bytes:
    """With other bytes in the middle of its content's stream."""
    begin = pdf.index(b"stream\n", pdf.index(b"/Length1") - 9_000) + 200
    return pdf[:begin] + bytes(200) + pdf[begin + 200 :]


LOCKED = pikepdf.Encryption(owner="a", user="b")
UNLOCKED = pikepdf.Encryption(owner="a", user="")
FOREIGN: dict[str, tuple[Callable[[Any], object], str]] = {
    "another program": (lambda pdf: pdf.docinfo.__setitem__("/Producer", "Other"), "another program"),
    "a form": (lambda pdf: setattr(pdf.Root, "AcroForm", pikepdf.Dictionary()), "/AcroForm"),
    "no structure": (lambda pdf: pdf.Root.__delitem__("/StructTreeRoot"), "no structure"),
    "roles": (lambda pdf: setattr(pdf.Root.StructTreeRoot, "RoleMap", pikepdf.Dictionary()), "/RoleMap"),
    "a crop": (lambda pdf: setattr(pdf.pages[0].obj, "CropBox", pikepdf.Array([0, 0, 9, 9])), "/CropBox"),
    "turned": (lambda pdf: setattr(pdf.pages[0].obj, "Rotate", 90), "turned"),
    "transparency": (lambda pdf: content(pdf, b"\n/G1 gs\n"), "gs in its content"),
    "a hex string": (lambda pdf: content(pdf, b"\nBT <41> Tj ET\n"), "< in its content"),
    "open string": (lambda pdf: content(pdf, b"\nBT (A Tj ET\n"), "( in its content"),
    "text in no font": (lambda pdf: content(pdf, b"\nBT /F99 9 Tf (A) Tj ET\n"), "F99"),
    "unknown code": (lambda pdf: content(pdf, b"\nBT /F1+0 9 Tf (\\377) Tj ET\n"), "does not tell"),
    "spoken text": (lambda pdf: content(pdf, b"\n/Span <</ActualText (a)>> BDC EMC\n"), "properties"),
    "unheld mark": (lambda pdf: content(pdf, b"\n/P <</MCID 500>> BDC EMC\n"), "not counted"),
    "held twice": (lambda pdf: setattr(first_kid(pdf), "K", 1), "two elements"),
    "a circle": (lambda pdf: setattr(first_kid(pdf), "K", pdf.Root.StructTreeRoot.K), "twice"),
    "a class": (lambda pdf: setattr(first_kid(pdf), "C", pikepdf.Name("/Bold")), "/C"),
    "a sound": (lambda pdf: setattr(pdf.pages[0].obj.Annots[0], "Subtype", pikepdf.Name("/Sound")), "no link"),
}  # fmt: skip


@pytest.mark.parametrize("kind", FOREIGN)
def test_what_our_writers_do_not_write_is_refused(kind: str) -> None:
    change, why = FOREIGN[kind]
    with pytest.raises(ProjectError) as error:
        bound([some(2)[1], ("The changed one", changed(change))])
    (problem,) = error.value.problems
    assert problem.place.file == "The changed one"
    assert problem.message.startswith("is no document as Fairsheet writes it: ")
    assert why in problem.message
    assert problem.remedy


def refused(items: Items, up: int = 1) -> str:
    with pytest.raises(ProjectError) as error:
        bound(items, up)
    return str(error.value)


def test_what_is_damaged_or_locked_is_refused() -> None:
    (first, good), second = some(2)
    assert "X: is damaged" in refused([second, ("X", b"")])
    assert "X: is damaged" in refused([second, ("X", b"no PDF at all")])
    assert "X: is damaged" in refused([second, ("X", good[: len(good) // 2])])
    assert "X: is damaged" in refused([second, ("X", torn(good))])
    assert "X: asks for a password" in refused([second, ("X", changed(lambda pdf: None, encryption=LOCKED))])
    assert "X: is no document as Fairsheet writes it: it is encrypted" in refused(
        [second, ("X", changed(lambda pdf: None, encryption=UNLOCKED))]
    )
    assert bound([(first, changed(lambda pdf: None)), second])  # what is but saved anew is kept


@pytest.mark.parametrize("up", [1, 2])
def test_handouts_that_are_not_alike_are_refused(up: int) -> None:
    one, two, other = some(2)[0], ("Two pages", drawn("Two")), some(1, "letter")[0]
    assert (
        "Two pages: is 2 pages of 612 by 792 points, and 'Actuarial science, number 1' is one page of 595"
        in refused([one, two], up)
    )
    assert "is one page of 612 by 792 points, and 'A' is one page of 595 by 842" in refused([("A", one[1]), other], up)
    assert "has 3 pages: no handout" in refused([("Long", drawn("Long", 3))], up)
    assert "there is nothing to bind" in refused([], up)
