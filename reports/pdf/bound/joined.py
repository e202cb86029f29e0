"""One handout's pages, links, structure and outline, brought onto sheets of the bound document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct, field

from reports.pdf.bound.content import retold
from reports.pdf.bound.fonts import Fonts, Lent
from reports.pdf.bound.imposition import Spot
from reports.pdf.bound.pictures import Pictures
from reports.pdf.bound.written import StrangeError, array, direct, number, only, string
from reports.pdf.tagged.object_file import ObjectFile

_DEEPEST = 100
"""Levels of a structure or an outline."""
_MOST_BOOKMARKS = 10_000


class Sheet(Struct, eq=False):
    """One side of a sheet, while handouts are brought onto it."""

    number: int
    key: int
    """In the parent tree."""
    contents: list[int] = field(default_factory=list[int])
    owners: list[int] = field(default_factory=list[int])
    """The element of each marked-content sequence."""
    annotations: list[int] = field(default_factory=list[int])
    fonts: dict[bytes, int] = field(default_factory=dict[bytes, int])
    pictures: dict[bytes, int] = field(default_factory=dict[bytes, int])


class Bookmark(Struct, frozen=True):
    """An entry of an outline."""

    title: str
    target: bytes
    below: tuple[Bookmark, ...] = ()


class Common(Struct, eq=False):
    """What the handouts of a bound document share."""

    file: ObjectFile
    fonts: Fonts
    pictures: Pictures
    parents: list[int] = field(default_factory=list[int])
    """The parent tree: for each key, the object that it leads to."""
    identities: list[tuple[bytes, int]] = field(default_factory=list[tuple[bytes, int]])
    """The elements with names of their own."""


class _Page(Struct, frozen=True):
    """A page, and where it is brought."""

    sheet: Sheet
    spot: Spot
    first: int
    """The mark on the sheet that its first one becomes."""
    marks: int


class Joined:
    """A document of our own, as it is brought onto sheets."""

    def __init__(self, pdf: Any, common: Common, name: bytes, sheets: Sequence[tuple[Sheet, Spot]]) -> None:
        """`sheets` are those of its pages; `name` is one that no other document of the file has.

        Raises StrangeError for a document that our writers do not write.
        """
        _check(pdf)
        self._pdf, self._common, self._name = pdf, common, name
        self._pages: dict[tuple[int, int], _Page] = {}
        self._links: dict[tuple[int, int], int] = {}
        self._held: dict[int, int] = {}  # the element of each link
        self._seen: set[tuple[int, int]] = set()
        for page, (sheet, spot) in zip(pdf.pages, sheets, strict=True):
            self._pages[page.obj.objgen] = self._page(page.obj, sheet, spot)
        for page in pdf.pages:
            for annotation in page.obj.get("/Annots", ()):
                self._links[annotation.objgen] = common.file.reserve()

    def write(self, parent: int, title: str, language: str) -> tuple[int, tuple[Bookmark, ...]]:
        """Bring all of it; the part of the structure that it is, below `parent`, and its own outline."""
        tree = self._pdf.Root.StructTreeRoot
        only(tree, "Type", "K", "ParentTree", "ParentTreeNextKey", "IDTree", where="the structure")
        root = tree.K
        if str(root.S) != "/Document" or set(root.keys()) - {"/Type", "/S", "/P", "/K", "/Pg"}:
            raise StrangeError("the structure begins with no plain Document")
        own = str(self._pdf.Root.Lang)
        said = b"/S /Part /T %b" % string(title)
        if own != language:
            said += b" /Lang %b" % string(own)
        part = self._element(root, parent, 0, said)
        for page in self._pages.values():
            if 0 in page.sheet.owners[page.first : page.first + page.marks]:
                raise StrangeError("content belongs to no element of the structure")
        for page in self._pdf.pages:
            for annotation in page.obj.get("/Annots", ()):
                self._annotation(annotation, self._pages[page.obj.objgen])
        return part, self._outline()

    def top(self) -> bytes:
        """Where its first page begins, as a destination."""
        page = self._pdf.pages[0].obj
        return self._target([page, "/XYZ", 0, page.MediaBox[3], None])

    # -- pages ---------------------------------------------------------------

    def _page(self, node: Any, sheet: Sheet, spot: Spot) -> _Page:
        only(
            node, "Type", "Parent", "MediaBox", "Contents", "Resources", "Annots", "StructParents", "Tabs", "Rotate",
            "Trans", where="a page",
        )  # fmt: skip
        resources = node.Resources
        only(resources, "Font", "XObject", "ProcSet", where="a page's resources")
        fonts: dict[bytes, Lent] = {}
        for name, font in sorted(resources.get("/Font", {}).items()):
            fonts[name[1:].encode()] = lent = self._common.fonts.lend(font)
            sheet.fonts[lent.name] = lent.number
        pictures: dict[bytes, bytes] = {}
        for name, picture in sorted(resources.get("/XObject", {}).items()):
            found = self._common.pictures.number_of(picture)
            pictures[name[1:].encode()] = b"X%d" % found
            sheet.pictures[b"X%d" % found] = found
        first = len(sheet.owners)
        content, marks = retold(node.Contents.read_bytes(), fonts, pictures, first)
        if not spot.whole:
            content = _placed(content, spot, node.MediaBox)
        stream = self._common.file.reserve()
        self._common.file.packed(stream, b"", content)
        sheet.contents.append(stream)
        sheet.owners.extend([0] * marks)
        return _Page(sheet, spot, first, marks)

    def _at(self, node: Any) -> _Page:
        page = self._pages.get(node.objgen)
        if page is None:
            raise StrangeError("something is on a page that is not there")
        return page

    def _annotation(self, node: Any, page: _Page) -> None:
        only(
            node, "Type", "Subtype", "Rect", "Border", "Contents", "F", "StructParent", "A", "Dest", where="a link"
        )  # fmt: skip
        written = self._links[node.objgen]
        if str(node.Subtype) != "/Link" or written not in self._held:
            raise StrangeError("an annotation is no link of the structure")
        corners = [float(edge) for edge in node.Rect]
        box = (*page.spot.point(*corners[:2]), *page.spot.point(*corners[2:]))
        said = b"/Rect %b /Border [ 0 0 0 ] /F 4 /Contents %b /StructParent %d" % (
            array(box),
            direct(node.Contents),
            len(self._common.parents),
        )
        if "/A" in node:
            only(node.A, "S", "URI", where="a link's address")
            said += b" /A << /S /URI /URI %b >>" % direct(node.A.URI)
        else:
            said += b" /Dest " + self._target(node.Dest)
        self._common.parents.append(self._held[written])
        self._common.file.object(written, b"<< /Type /Annot /Subtype /Link %b >>" % said)
        page.sheet.annotations.append(written)

    def _target(self, destination: Any) -> bytes:
        """A destination, moved with its page."""
        node, kind, left, top, *zoom = destination
        if str(kind) != "/XYZ" or len(zoom) > 1 or any(zoom):
            raise StrangeError("a link leads to more than a place")
        page = self._at(node)
        x, y = page.spot.point(float(left or 0), float(top or 0))
        return b"[ %d 0 R /XYZ %b %b null ]" % (
            page.sheet.number,
            number(None if left is None else x),
            number(None if top is None else y),
        )

    # -- structure -----------------------------------------------------------

    def _element(self, node: Any, parent: int, depth: int, said: bytes = b"") -> int:
        """Write an element and those in it; its number. `said` stands in place of what it says of itself."""
        if node.objgen in self._seen or node.objgen == (0, 0) or depth > _DEEPEST:
            raise StrangeError("an element of the structure is there twice, or too deep")
        self._seen.add(node.objgen)
        file = self._common.file
        written = file.reserve()
        own = self._at(node.Pg) if "/Pg" in node else None
        if not said:
            said = self._described(node, written, own)
        if own is not None:
            said += b" /Pg %d 0 R" % own.sheet.number
        kids = [self._kid(kid, written, own, depth) for kid in _listed(node.get("/K"))]
        if kids:
            said += b" /K " + (kids[0] if len(kids) == 1 else b"[ %b ]" % b" ".join(kids))
        file.object(written, b"<< /Type /StructElem /P %d 0 R %b >>" % (parent, said))
        return written

    def _kid(self, kid: Any, written: int, own: _Page | None, depth: int) -> bytes:
        if isinstance(kid, int):
            if own is None:
                raise StrangeError("content is on no page")
            return b"%d" % self._owned(own, kid, written)
        if kid.get("/Type") == "/MCR":
            only(kid, "Type", "Pg", "MCID", where="a reference to content")
            page = self._at(kid.Pg)
            mark = self._owned(page, int(kid.MCID), written)
            return b"<< /Type /MCR /Pg %d 0 R /MCID %d >>" % (page.sheet.number, mark)
        if kid.get("/Type") == "/OBJR":
            only(kid, "Type", "Pg", "Obj", where="a reference to a link")
            link = self._links.get(kid.Obj.objgen)
            if link is None or link in self._held:
                raise StrangeError("the structure names a link that is on no page, or twice")
            self._held[link] = written
            return b"<< /Type /OBJR /Pg %d 0 R /Obj %d 0 R >>" % (self._at(kid.Pg).sheet.number, link)
        return b"%d 0 R" % self._element(kid, written, depth + 1)

    def _owned(self, page: _Page, mark: int, element: int) -> int:
        """The mark on the sheet of content that an element holds."""
        owners, place = page.sheet.owners, page.first + mark
        if not 0 <= mark < page.marks or owners[place]:
            raise StrangeError("content is not there, or belongs to two elements")
        owners[place] = element
        return place

    def _described(self, node: Any, written: int, own: _Page | None) -> bytes:
        only(node, "Type", "S", "P", "Pg", "K", "Alt", "ActualText", "Lang", "ID", "A", where="an element")
        said = [b"/S " + direct(node.S)]
        said.extend(b"/%b %b" % (key, direct(node[f"/{key.decode()}"])) for key in _SAID if f"/{key.decode()}" in node)
        if "/ID" in node:
            name = b"%b.%b" % (self._name, bytes(node.ID))
            self._common.identities.append((name, written))
            said.append(b"/ID <%b>" % name.hex().encode())
        if "/A" in node:
            if "/BBox" in node.A and own is not None and not own.spot.whole:
                corners = [float(edge) for edge in node.A.BBox]
                box = (*own.spot.point(*corners[:2]), *own.spot.point(*corners[2:]))
                entries = (b"%b %b" % (k.encode(), direct(v)) for k, v in sorted(node.A.items()) if k != "/BBox")
                said.append(b"/A << %b /BBox %b >>" % (b" ".join(entries), array(box)))
            else:
                said.append(b"/A " + direct(node.A))
        return b" ".join(said)

    # -- outline -------------------------------------------------------------

    def _outline(self) -> tuple[Bookmark, ...]:
        outlines = self._pdf.Root.get("/Outlines")
        return () if outlines is None else tuple(self._bookmarks(outlines, set(), 0))

    def _bookmarks(self, above: Any, seen: set[tuple[int, int]], depth: int) -> Iterator[Bookmark]:
        node = above.get("/First")
        while node is not None:
            if node.objgen in seen or len(seen) > _MOST_BOOKMARKS or depth > _DEEPEST:
                raise StrangeError("the outline has no end")
            seen.add(node.objgen)
            only(node, "Title", "Parent", "Prev", "Next", "First", "Last", "Count", "Dest", where="a bookmark")
            below = tuple(self._bookmarks(node, seen, depth + 1))
            yield Bookmark(str(node.Title), self._target(node.Dest), below)
            node = node.get("/Next")


_SAID = (b"Alt", b"ActualText", b"Lang")


def _listed(kids: Any) -> list[Any]:
    import pikepdf

    return [] if kids is None else list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _placed(content: bytes, spot: Spot, box: Any) -> bytes:
    """A page's content at its place of a sheet, cut off at the page's edge."""
    _, _, wide, high = (number(edge) for edge in box)
    return b"q %.6f 0 0 %.6f %.4f %.4f cm /Artifact BMC 0 0 %b %b re W n EMC\n%b\nQ\n" % (
        spot.scale, spot.scale, spot.left, spot.bottom, wide, high, content,
    )  # fmt: skip


def _check(pdf: Any) -> None:
    """Raises StrangeError for a document that our writers did not write."""
    if str(pdf.trailer.get("/Info", {}).get("/Producer", "")) != "Fairsheet":
        raise StrangeError("another program wrote or changed it")
    only(
        pdf.Root, "Type", "Lang", "MarkInfo", "Metadata", "PageMode", "Pages", "StructTreeRoot", "ViewerPreferences",
        "Outlines", where="it",
    )  # fmt: skip
    if any(key not in pdf.Root for key in ("/Lang", "/StructTreeRoot")):
        raise StrangeError("it has no language or no structure")
