"""Many handouts as one PDF to be printed, in their order: tagged, with a bookmark for each, one or two on a sheet."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from data.errors import Place, ProjectError
from reports.audit.opened import opened_pdf
from reports.pdf.bound.fonts import Fonts
from reports.pdf.bound.imposition import Imposition, Up, impose
from reports.pdf.bound.joined import Bookmark, Common, Joined, Sheet
from reports.pdf.bound.pictures import Pictures
from reports.pdf.bound.trees import PageTree, name_tree, number_tree, write_outline
from reports.pdf.bound.written import StrangeError, direct, references, string
from reports.pdf.bound.written import array as listed
from reports.pdf.tagged.metadata import Metadata, write_metadata
from reports.pdf.tagged.object_file import ObjectFile

if TYPE_CHECKING:
    import pikepdf

_MOST_PAGES = 2


def write_bound(items: Iterable[tuple[str, bytes]], out: BinaryIO, metadata: Metadata, up: Up = 1) -> None:
    """Write handouts, each a title and a PDF of our own, into `out` as one PDF/UA-1 file, in their order.

    Every handout is a part of the structure with its title; one in another language than `metadata` says keeps its
    own. With `up` 2, two handouts stand on a sheet of the same paper (`impose`); a last one without a partner leaves
    half a sheet free. Fonts and pictures are shared. One handout after the other is held in memory, and what is
    written of it is forgotten; the same items give the same bytes.

    Raises ProjectError, with the title as its place, for a handout that is damaged, locked, not as our writers wrote
    it, or of another paper or number of pages than the first: no printer could turn such sheets over rightly. What
    was written into `out` by then is no PDF.
    """
    binder = _Binder(out, metadata, up)
    for title, content in items:
        binder.add(title, content)
    binder.end()


class _Binder:
    """A bound document that is being written."""

    def __init__(self, out: BinaryIO, metadata: Metadata, up: Up) -> None:
        self._metadata = metadata
        self._up: Up = up
        self._file = file = ObjectFile(out)
        self._common = Common(file, Fonts(file), Pictures(file))
        self._catalog, self._tree, self._document = file.reserve(), file.reserve(), file.reserve()
        self._first = ""  # the first handout's title
        self._alike: tuple[tuple[float, float], int] = ((0.0, 0.0), 0)
        self._imposed: Imposition | None = None
        self._parts = array("i")
        self._pages = PageTree(file)
        self._sheets: list[Sheet] = []  # the sides of the sheet that is being filled
        self._bookmarks: list[Bookmark] = []

    def add(self, title: str, content: bytes) -> None:
        """Bring one handout onto its sheet."""
        with opened_pdf(content, title) as pdf:
            try:
                self._add(title, pdf)
            except (StrangeError, AttributeError, KeyError, IndexError, TypeError, ValueError) as error:
                why = str(error) if isinstance(error, StrangeError) else "its objects are not as they should be"
                raise ProjectError.at(
                    Place(title),
                    f"is no document as Fairsheet writes it: {why}.",
                    "Bind what a build has made, as it is: what another program has changed could get lost.",
                ) from None
            warnings: list[Any] = list(pdf.get_warnings())  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]  # the stubs have gaps here
            if warnings:
                raise ProjectError.at(Place(title), f"is damaged: {warnings[0]}.", "Make it again.")

    def _add(self, title: str, pdf: pikepdf.Pdf) -> None:
        if pdf.is_encrypted:
            raise StrangeError("it is encrypted")
        imposed = self._imposition(title, pdf)
        place = len(self._parts) % self._up
        if place == 0:
            self._finish_sheet()
            self._sheets = [self._side() for _ in imposed.spots[0]]
        name = b"%d" % (len(self._parts) + 1)
        joined = Joined(pdf, self._common, name, list(zip(self._sheets, imposed.spots[place], strict=True)))
        part, outline = joined.write(self._document, title, self._metadata.language)
        self._parts.append(part)
        self._bookmarks.append(Bookmark(title, joined.top(), outline))

    def _imposition(self, title: str, pdf: pikepdf.Pdf) -> Imposition:
        boxes = {tuple(round(float(edge), 2) for edge in _box(page.obj)) for page in pdf.pages}
        if len(boxes) != 1 or (box := boxes.pop())[:2] != (0, 0):
            raise StrangeError("its pages are of different sizes")
        alike = ((box[2], box[3]), len(pdf.pages))
        if self._imposed is None:
            if alike[1] > _MOST_PAGES:
                message = f"has {alike[1]} pages: no handout, which is one sheet."
                raise ProjectError.at(Place(title), message, "Print longer documents one by one.")
            self._first, self._alike = title, alike
            self._imposed = impose(*alike, self._up)
        if alike != self._alike:
            raise ProjectError.at(
                Place(title),
                f"is {_described(*alike)}, and '{self._first}' is {_described(*self._alike)}.",
                "Bind those apart that differ: each sheet is turned over and cut in the same way.",
            )
        return self._imposed

    def _side(self) -> Sheet:
        number = self._file.reserve()
        self._common.parents.append(self._file.reserve())
        sheet = Sheet(number, len(self._common.parents) - 1)
        self._pages.add(number)
        return sheet

    def _finish_sheet(self) -> None:
        for sheet in self._sheets:
            assert self._imposed is not None
            file = self._file
            file.object(self._common.parents[sheet.key], references(sheet.owners))
            resources = [b"/ProcSet [ /PDF /Text /ImageB /ImageC /ImageI ]"]
            for kind, shared in ((b"Font", sheet.fonts), (b"XObject", sheet.pictures)):
                if shared:
                    named = b" ".join(b"/%b %d 0 R" % entry for entry in sorted(shared.items()))
                    resources.append(b"/%b << %b >>" % (kind, named))
            said = b"/MediaBox %b /Contents %b /Resources << %b >> /StructParents %d /Tabs /S" % (
                listed((0, 0, *self._imposed.paper)),
                references(sheet.contents),
                b" ".join(resources),
                sheet.key,
            )
            if sheet.annotations:
                said += b" /Annots " + references(sheet.annotations)
            file.object(sheet.number, b"<< /Type /Page /Parent %d 0 R %b >>" % (self._pages.parent(sheet.number), said))
        self._sheets = []

    # -- the whole -----------------------------------------------------------

    def end(self) -> None:
        """Write what belongs to the document as a whole."""
        self._finish_sheet()
        if self._imposed is None:
            raise ProjectError.at(Place(self._metadata.title), "there is nothing to bind.", "Choose at least one item.")
        file = self._file
        self._common.fonts.write()
        file.object(
            self._document,
            b"<< /Type /StructElem /S /Document /P %d 0 R /K %b >>" % (self._tree, references(self._parts)),
        )
        tree = b"/K %d 0 R /ParentTree %d 0 R /ParentTreeNextKey %d" % (
            self._document,
            number_tree(file, self._common.parents),
            len(self._common.parents),
        )
        if self._common.identities:
            tree += b" /IDTree %d 0 R" % name_tree(file, self._common.identities)
        file.object(self._tree, b"<< /Type /StructTreeRoot %b >>" % tree)
        outline = write_outline(file, self._bookmarks)
        catalog = [
            b"/Type /Catalog /MarkInfo << /Marked true >> /PageMode /UseOutlines",
            b"/Pages %d 0 R /StructTreeRoot %d 0 R /Outlines %d 0 R" % (self._pages.write(), self._tree, outline),
            b"/Lang %b" % string(self._metadata.language),
            b"/ViewerPreferences << /DisplayDocTitle true /Duplex /%b >>" % self._imposed.duplex.encode(),
            b"/PageLabels << /Nums %b >>" % self._labels(len(self._imposed.spots[0])),
        ]
        info, packet = self._said()
        file.object(self._catalog, b"<< %b /Metadata %d 0 R >>" % (b" ".join(catalog), packet))
        file.end(b"/Root %d 0 R /Info %d 0 R" % (self._catalog, info))

    def _labels(self, sides: int) -> bytes:
        """Sheets are counted from 1; the sides of sheets with two of them are 1-1, 1-2, 2-1."""
        if sides == 1:
            return b"[ 0 << /S /D >> ]"
        count = -(-len(self._parts) // self._up)
        each = (b"%d << /S /D /P (%d-) >>" % (sides * sheet, sheet + 1) for sheet in range(count))
        return b"[ %b ]" % b" ".join(each)

    def _said(self) -> tuple[int, int]:
        """What the document says of itself: the information dictionary and the XMP packet."""
        import pikepdf

        info, packet = self._file.reserve(), self._file.reserve()
        with pikepdf.new() as pdf:
            write_metadata(pdf, self._metadata)
            said: Any = pdf.trailer.Info
            entries = (b"%b %b" % (key.encode(), direct(value)) for key, value in sorted(said.items()))
            self._file.object(info, b"<< %b >>" % b" ".join(entries))
            # as it is, for programs that look for it in the file
            self._file.stream(packet, b"/Type /Metadata /Subtype /XML", pdf.Root.Metadata.read_bytes())
        return info, packet


def _box(page: Any) -> Sequence[Any]:
    if page.get("/Rotate", 0) != 0:
        raise StrangeError("a page is turned")
    return list(page.MediaBox)


def _described(paper: tuple[float, float], pages: int) -> str:
    sides = "one page" if pages == 1 else f"{pages} pages"
    return f"{sides} of {paper[0]:.0f} by {paper[1]:.0f} points"
