"""Packed structure elements, written behind a finished PDF as an incremental update (ISO 32000-1, 7.5.6)."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from msgspec import Struct

from reports.pdf.tagged.object_file import ObjectFile
from reports.pdf.tagged.structure import Area, Content, Element, Packed, Packing, packed_in
from reports.pdf.tagged.structure_tree import described

_LAST_TABLE = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")


def write_packed(out: BytesIO, root: Element, packing: Packing) -> None:
    """Write the elements that are packed under `root` behind the PDF in `out`, which was written without them.

    Its parent tree must name, in place of each, the element around it. No PDF library is asked for this: they keep
    all objects of a file in memory, and the element of a table's cell then takes 2 kB.
    """
    finished = _read(out, root)
    out.seek(0, 2)
    file = ObjectFile(out, finished.size + packed_in(root))
    writer = _Writer(finished, packing)
    file.objects(writer.elements())
    file.objects(writer.changed())
    file.end(finished.trailer, finished.table, finished.identity)


# -- what stands there -------------------------------------------------------


class _Holder(Struct, frozen=True):
    """An element that holds packed ones."""

    number: int
    said: bytes
    """Its dictionary as it stands, without its kids and closing brackets."""
    kids: tuple[bytes, ...]
    """What it holds besides, in order."""
    parts: tuple[Element | Content | Area | Packed, ...]
    """All that it holds, in order."""


class _Finished(Struct, frozen=True):
    """What an update has to know of a file: numbers of objects, and what it changes."""

    pages: tuple[int, ...]
    owners: dict[int, tuple[int, array[int]]]
    """For a page with packed elements: the list of its sequences' elements, and the number of each."""
    holders: tuple[_Holder, ...]
    size: int
    """The first number that no object has."""
    table: int
    """Where the table of objects begins."""
    trailer: bytes
    identity: bytes
    """The first part of the file's identity."""


def _read(out: BytesIO, root: Element) -> _Finished:
    import pikepdf

    last = _LAST_TABLE.search(bytes(out.getbuffer()[-64:]))
    if last is None:
        raise RuntimeError("a PDF without a table of objects at its end")
    with pikepdf.open(out) as pdf:
        numbers: Any = pdf.Root.StructTreeRoot.ParentTree.Nums
        owners: dict[int, tuple[int, array[int]]] = {}
        holders: list[_Holder] = []
        for element in _holding(root):
            packed = [kid for kid in element.kids if isinstance(kid, Packed)]
            on = {content.page for part in packed for content in part.contents()}
            for page in sorted(on - owners.keys()):
                listed = numbers[2 * page + 1]
                owners[page] = listed.objgen[0], array("i", (each.objgen[0] for each in listed))
            first = next(packed[0].contents())
            number = owners[first.page][1][first.mark]
            known: Any = pdf.get_object(number, 0)
            held: Any = known.get("/K")
            kids = [] if held is None else list(held) if isinstance(held, pikepdf.Array) else [held]
            said = b" ".join(
                b"%b %b" % (key.encode(), _text(known[key])) for key in sorted(known.keys()) if key != "/K"
            )
            holders.append(_Holder(number, said, tuple(map(_text, kids)), tuple(element.kids)))
        return _Finished(
            tuple(page.obj.objgen[0] for page in pdf.pages),
            owners,
            tuple(holders),
            int(pdf.trailer.Size),
            int(last[1]),
            b" ".join(b"%b %b" % (key.encode(), _text(pdf.trailer[key])) for key in ("/Root", "/Info")),
            bytes(pdf.trailer.ID[0]),
        )


def _holding(element: Element) -> Iterator[Element]:
    """The elements that hold packed ones, in reading order."""
    if any(isinstance(kid, Packed) for kid in element.kids):
        yield element
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from _holding(kid)


def _text(value: object) -> bytes:
    """A value of a PDF as it is written there: a reference for what stands elsewhere."""
    from pikepdf import Object

    return value.unparse() if isinstance(value, Object) else b"%d" % value  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]  # else a whole number


# -- what is written ---------------------------------------------------------


class _Writer:
    """Makes the objects of an update, each a number and its text."""

    def __init__(self, finished: _Finished, packing: Packing) -> None:
        self._finished, self._packing = finished, packing
        self._known: dict[tuple[str, str, str, str, int], bytes] = {}
        self._kids: list[bytes] = []  # of all holders, one behind the other

    def elements(self) -> Iterator[tuple[int, bytes]]:
        """The packed elements, numbered on from the file's last object."""
        start = self._finished.size
        for holder in self._finished.holders:
            own = iter(holder.kids)
            kids: list[bytes] = []
            for part in holder.parts:
                if not isinstance(part, Packed):
                    kids.append(next(own))
                    continue
                for before, element in self._packing.unpacked(part):
                    kids.append(b"%d 0 R" % (start + before))
                    yield from self._element(element, start + before, holder.number)
                start += part.elements
            self._kids.append(b" ".join(kids))

    def _element(self, element: Element, number: int, parent: int) -> list[tuple[int, bytes]]:
        pages = self._finished.pages
        own = next((kid.page for kid in element.kids if isinstance(kid, Content)), None)
        kids: list[bytes] = []
        inside: list[tuple[int, bytes]] = []
        for kid in element.kids:
            if isinstance(kid, Content):
                self._finished.owners[kid.page][1][kid.mark] = number
                elsewhere = b"<< /Type /MCR /Pg %d 0 R /MCID %d >>" % (pages[kid.page], kid.mark)
                kids.append(b"%d" % kid.mark if kid.page == own else elsewhere)
            elif isinstance(kid, Element):
                kids.append(b"%d 0 R" % (number + 1 + len(inside)))
                inside.extend(self._element(kid, number + 1 + len(inside), number))
        held = kids[0] if len(kids) == 1 else b"[ %b ]" % b" ".join(kids)
        page = b" /Pg %d 0 R" % pages[own] if own is not None else b""
        return [(number, b"%b /P %d 0 R%b /K %b >>" % (self._said(element), parent, page, held)), *inside]

    def _said(self, element: Element) -> bytes:
        """The beginning of an element's dictionary, the same for all of its kind."""
        from pikepdf import Dictionary

        key = (element.tag, element.alt, element.spoken, element.language, id(element.attributes))
        if key not in self._known:
            self._known[key] = Dictionary(described(element)).unparse().removesuffix(b">>").rstrip()
        return self._known[key]

    def changed(self) -> Iterator[tuple[int, bytes]]:
        """What stands in the file already, and is told of the packed elements: ask for those first."""
        for holder, kids in zip(self._finished.holders, self._kids):
            yield holder.number, b"<< %b /K [ %b ] >>" % (holder.said, kids)
        for number, owners in self._finished.owners.values():
            yield number, b"[ %b ]" % b" ".join(b"%d 0 R" % owner for owner in owners)
