"""A reportlab canvas that tags what it draws, and the saving of its pages as PDF/UA-1.

The canvas keeps a stack of open structure elements. Each text object that is drawn becomes one marked-content
sequence of the element on top; `figure` makes one sequence of a whole run of drawing. Rules and backgrounds that
nobody marked are artifacts. Text outside any element is refused, so that nothing can stay unread by accident.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal, cast

from msgspec import Struct
from reportlab.pdfgen.canvas import Canvas

from reports.pdf.styles import paint
from reports.pdf.tagged.metadata import Metadata, write_metadata
from reports.pdf.tagged.structure import Area, Attributes, Content, Element, Packed, Packing, packed_in
from reports.pdf.tagged.structure_tree import Tree
from reports.pdf.tagged.structure_update import write_packed

if TYPE_CHECKING:
    import pikepdf
    from reportlab.pdfgen.textobject import PDFTextObject

Furniture = Literal["Header", "Footer", "Watermark"]

_STATE_ONLY = re.compile(r"(?:[-\d. ]+ )?(?:q|Q|cm|w|J|j|M|i|g|G|rg|RG|k|K)|\s*").fullmatch
"""Operators that set the graphics state and draw nothing: they need no mark."""


_MOST_AT_ONCE = 20_000
"""Finished elements that are still written together with the rest: in a PDF library's hands each takes 2 kB."""


class UntaggedTextError(RuntimeError):
    """Text drawn outside any structure element: a mistake in a writer."""


class _Mark(str):
    """Page content that begins or ends a marked-content sequence, or is a complete one."""

    __slots__ = ("depth",)
    depth: int
    """1 for a beginning, -1 for an end, 0 for a complete sequence."""

    def __new__(cls, code: str, depth: int) -> _Mark:
        mark = super().__new__(cls, code)
        mark.depth = depth
        return mark


class _Bookmark(Struct, frozen=True):
    title: str
    level: int
    anchor: str


class Link:
    """A link that is being drawn: its text is drawn as usual, `area` tells where it can be clicked."""

    def __init__(self, canvas: TaggedCanvas, element: Element | None, contents: str, address: str, target: str) -> None:
        self._canvas, self._element = canvas, element
        self._contents, self._address, self._target = contents, address, target

    def area(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A rectangle, in points of the current coordinates, that leads to the link's target."""
        if self._element is None:
            return
        (left, bottom), (right, top) = self._canvas.absolutePosition(x0, y0), self._canvas.absolutePosition(x1, y1)
        rectangle = (min(left, right), min(bottom, top), max(left, right), max(bottom, top))
        page = self._canvas.getPageNumber() - 1
        self._element.kids.append(Area(page, rectangle, self._contents, self._address, self._target))


class TaggedCanvas(Canvas):
    """A canvas for tagged pages: draw inside `tag`, `figure`, `link` or `artifact`, then call `finish` once."""

    _code: list[str]  # the page's content, which reportlab gives no other way to
    _doc: Any  # and so for its pages

    def __init__(self, paper: tuple[float, float], font: str) -> None:
        """`paper` is width and height in points; `font` any registered font (else Helvetica would get in)."""
        self._buffer = BytesIO()
        begin = cast(Any, super().__init__)  # pyright: ignore[reportUnknownMemberType]  # the stubs have gaps here
        begin(self._buffer, pagesize=paper, invariant=1, pageCompression=0, initialFontName=font)
        self._root = Element("Document")
        self._stack = [self._root]
        self._packing = Packing()
        self._contents: list[bytes] = []  # of each page, compressed, so that a thousand of them take little memory
        self._elements: dict[tuple[str, object], Element] = {}
        self._marks: list[list[Element]] = [[]]  # for each page: the element of each marked-content sequence
        self._inside = False  # a marked-content sequence is open
        self._anchors: dict[str, tuple[int, float, float]] = {}
        self._bookmarks: list[_Bookmark] = []

    # -- structure -----------------------------------------------------------

    @contextmanager
    def tag(
        self,
        tag: str,
        key: object = None,
        *,
        alt: str = "",
        spoken: str = "",
        attributes: Attributes | None = None,
        language: str = "",
        identity: str = "",
        finished: bool = False,
    ) -> Generator[Element | None]:
        """Open a structure element; what is drawn inside belongs to it.

        With a `key` (any object, compared as dict keys are) an element of that tag that was opened before is
        continued, wherever it stands: a paragraph or table that goes on over pages stays one. `finished` says that
        nothing will be added to an element without key, nor to those inside: it is kept in little memory. Nothing
        is opened inside an artifact or a figure.
        """
        if self._inside:
            yield None
            return
        element = None if key is None else self._elements.get((tag, key))
        if element is None:
            element = Element(tag, alt, spoken, attributes, language, identity)
            self._stack[-1].kids.append(element)
            if key is not None:
                self._elements[tag, key] = element
        self._stack.append(element)
        yield element
        self._stack.pop()
        if finished and key is None:
            self._pack(element, self._stack[-1])

    def _pack(self, element: Element, around: Element) -> None:
        """Pack an element that has just been closed with the finished ones before it."""
        *_, before, _ = None, *around.kids
        packed = before if isinstance(before, Packed) else Packed()
        at = len(packed.numbers)
        if not self._packing.pack(element, packed):
            return
        around.kids.pop()
        if packed is not before:
            around.kids.append(packed)
        for content in packed.contents(at):
            self._marks[content.page][content.mark] = around

    @contextmanager
    def figure(
        self, alt: str, x: float, y: float, width: float, height: float, tag: str = "Figure"
    ) -> Generator[Element | None]:
        """All drawing inside is one figure with `alt` as its words; left bottom corner and size in points."""
        (x0, y0), (x1, y1) = self.absolutePosition(x, y), self.absolutePosition(x + width, y + height)
        layout: Attributes = {"O": "Layout", "Placement": "Block", "BBox": (x0, y0, x1, y1)}
        with self.tag(tag, alt=alt, attributes=layout) as element:
            if element is None:
                yield None
                return
            self._begin(element)
            yield element
            self._end()

    @contextmanager
    def artifact(self, furniture: Furniture | None = None) -> Generator[None]:
        """Drawing that is no content: rules, repeated headers, or page furniture."""
        if self._inside:
            yield
            return
        kind = f" <</Type /Pagination /Subtype /{furniture}>> BDC" if furniture else " BMC"
        self._code.append(_Mark(f"/Artifact{kind}", 1))
        self._inside = True
        yield
        self._end()

    def ground(self, colour: str, width: float, height: float) -> None:
        """The page in the colour of the paper; white paper needs none."""
        if colour.upper() != "#FFFFFF":
            with self.artifact():
                self.setFillColor(paint(colour))
                self.rect(0, 0, width, height, stroke=0, fill=1)

    @contextmanager
    def link(self, contents: str, *, address: str = "", target: str = "", key: object = None) -> Generator[Link]:
        """A link to a URI (`address`) or to an anchor of this document (`target`); `contents` says where it goes."""
        with self.tag("Link", key) as element:
            yield Link(self, element, contents, address, target)

    def anchor(self, name: str, x: float, y: float) -> None:
        """Links and bookmarks to `name` lead to this point of this page; the first anchor of a name stays."""
        left, top = self.absolutePosition(x, y)
        self._anchors.setdefault(name, (self.getPageNumber() - 1, left, top))

    def pages_of_anchors(self) -> dict[str, int]:
        """The page of each anchor that was set so far, the first page being 1."""
        return {name: page + 1 for name, (page, _, _) in self._anchors.items()}

    def bookmark(self, title: str, level: int, anchor: str) -> None:
        """An entry of the outline beside the pages, level counted from 0."""
        self._bookmarks.append(_Bookmark(title, level, anchor))

    def _begin(self, element: Element) -> None:
        marks = self._marks[-1]
        self._code.append(_Mark(f"/{element.tag} <</MCID {len(marks)}>> BDC", 1))
        element.kids.append(Content(self.getPageNumber() - 1, len(marks)))
        marks.append(element)
        self._inside = True

    def _end(self) -> None:
        self._code.append(_Mark("EMC", -1))
        self._inside = False

    # -- content -------------------------------------------------------------

    def drawText(self, aTextObject: PDFTextObject) -> None:  # noqa: N802, N803  # reportlab's names
        if self._inside:
            self._code.append(aTextObject.getCode())
            return
        if len(self._stack) == 1:
            raise UntaggedTextError(f"text outside any structure element: {aTextObject.getCode()[:80]}")
        self._begin(self._stack[-1])
        self._code.append(aTextObject.getCode())
        self._end()

    def showPage(self) -> None:  # noqa: N802  # reportlab's name
        self._code[:] = _rest_as_artifacts(self._code)
        super().showPage()
        self._marks.append([])
        page: Any = self._doc.Pages.pages[-1]
        self._contents.append(zlib.compress(page.stream.encode("extpdfdoc"), 1))
        page.stream = " "  # which reportlab asks for; `finish` puts the content in its place

    # -- file ----------------------------------------------------------------

    def finish(self, metadata: Metadata) -> bytes:
        """The whole document as a compact PDF/UA-1 file; the canvas cannot be used afterwards.

        Raises KeyError when a link or bookmark leads to an anchor that was never set.
        """
        import pikepdf

        if self._code:
            self.showPage()

        self.save()
        later = packed_in(self._root) > _MOST_AT_ONCE
        with pikepdf.open(self._buffer) as pdf:
            for page, content in zip(pdf.pages, self._contents, strict=True):
                page.obj.Contents = pikepdf.Stream(pdf, zlib.decompress(content))
            self._contents.clear()
            Tree(pdf, self._marks, self._anchors, None if later else self._packing).write(self._root)
            _write_outline(pdf, self._bookmarks, self._anchors)
            write_metadata(pdf, metadata)
            out = BytesIO()
            pikepdf.settings.set_flate_compression_level(9)  # a hundredth smaller, in 5 ms
            # object streams make tagged files a third of the size
            pdf.save(
                out,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                compress_streams=True,
                deterministic_id=True,
                min_version="1.7",
            )
        if later:
            write_packed(out, self._root, self._packing)
        return out.getvalue()


def _rest_as_artifacts(code: Sequence[str]) -> list[str]:
    """Page content with every run of drawing outside a sequence marked as an artifact."""
    out: list[str] = []
    run: list[str] = []
    depth = 0

    def close() -> None:
        if all(map(_STATE_ONLY, run)):
            out.extend(run)
        else:
            out.extend(("/Artifact BMC", *run, "EMC"))
        run.clear()

    for operators in code:
        if isinstance(operators, _Mark):
            close()
            depth += operators.depth
            out.append(operators)
        elif depth:
            out.append(operators)
        else:
            run.append(operators)
    close()
    return out


def _write_outline(
    pdf: pikepdf.Pdf, bookmarks: Sequence[_Bookmark], anchors: Mapping[str, tuple[int, float, float]]
) -> None:
    from pikepdf import Name, OutlineItem

    if not bookmarks:
        return
    with pdf.open_outline() as outline:
        open_levels = [outline.root]
        for bookmark in bookmarks:
            page, left, top = anchors[bookmark.anchor]
            item = OutlineItem(bookmark.title, page, "XYZ", left=round(left, 2), top=round(top, 2))
            del open_levels[bookmark.level + 1 :]
            open_levels[-1].append(item)
            open_levels.append(item.children)
    pdf.Root.PageMode = Name.UseOutlines
