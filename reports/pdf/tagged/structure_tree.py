"""The writing of a structure tree, with its links, into a PDF whose pages hold the marked content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from reports.pdf.tagged.structure import Area, Content, Element, Packed, Packing

if TYPE_CHECKING:
    import pikepdf


class Tree:
    """The writing of a structure tree, with its links, into a PDF whose pages hold the marked content."""

    def __init__(
        self,
        pdf: pikepdf.Pdf,
        marks: Sequence[list[Element]],
        anchors: Mapping[str, tuple[int, float, float]],
        packing: Packing | None,
    ) -> None:
        """`marks` hold for each page the element of each marked-content sequence; for what is packed, the element
        around it. Without `packing`, what is packed is left out, to be written by `structure_update`."""
        self.pdf, self.marks, self.anchors, self.packing = pdf, marks, anchors, packing
        self.pages = [page.obj for page in pdf.pages]
        self.written: dict[int, pikepdf.Object] = {}  # by identity of the element
        self.annotations: list[list[pikepdf.Object]] = [[] for _ in self.pages]
        self.parents: list[pikepdf.Object] = []  # the parent tree behind the pages' own entries
        self.named: dict[str, pikepdf.Object] = {}

    def write(self, root: Element) -> None:
        from pikepdf import Array, Dictionary, Name, String

        tree = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        tree.K = self._element(root, tree)
        numbers = Array()
        for index, (page, owners) in enumerate(zip(self.pages, self.marks)):
            page.StructParents = index
            page.Tabs = Name.S
            numbers.append(index)
            numbers.append(self.pdf.make_indirect(Array([self.written[id(owner)] for owner in owners])))
            if self.annotations[index]:
                page.Annots = Array(self.annotations[index])
        for index, parent in enumerate(self.parents, len(self.pages)):
            numbers.append(index)
            numbers.append(parent)
        tree.ParentTree = Dictionary(Nums=numbers)
        tree.ParentTreeNextKey = len(self.pages) + len(self.parents)
        if self.named:
            names = [entry for name in sorted(self.named) for entry in (String(name), self.named[name])]
            tree.IDTree = Dictionary(Names=Array(names))
        self.pdf.Root.StructTreeRoot = tree
        self.pdf.Root.MarkInfo = Dictionary(Marked=True)

    def _element(self, element: Element, parent: pikepdf.Object) -> pikepdf.Object:
        from pikepdf import Array, Dictionary, Name

        entries = {**described(element), "/P": parent}
        own = next((kid.page for kid in element.kids if isinstance(kid, Content)), None)
        if own is not None:
            entries["/Pg"] = self.pages[own]
        written = self.written[id(element)] = self.pdf.make_indirect(Dictionary(entries))
        if element.identity:
            self.named[element.identity] = written
        kids: list[object] = []
        for kid in element.kids:
            if isinstance(kid, Element):
                kids.append(self._element(kid, written))
            elif isinstance(kid, Packed):
                unpacked = self.packing.unpacked(kid) if self.packing else ()
                kids.extend(self._element(row, written) for _, row in unpacked)
            elif isinstance(kid, Area):
                annotation = self._annotation(kid, written)
                kids.append(Dictionary(Type=Name.OBJR, Pg=self.pages[kid.page], Obj=annotation))
            else:
                self.marks[kid.page][kid.mark] = element
                here = kid.page == own  # else it is continued on another page
                kids.append(kid.mark if here else Dictionary(Type=Name.MCR, Pg=self.pages[kid.page], MCID=kid.mark))
        if kids:
            written.K = kids[0] if len(kids) == 1 else Array(kids)
        return written

    def _annotation(self, area: Area, parent: pikepdf.Object) -> pikepdf.Object:
        from pikepdf import Array, Dictionary, Name, String

        annotation = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array([round(edge, 2) for edge in area.rectangle]),
            Border=Array([0, 0, 0]),
            Contents=String(area.contents),
            F=4,  # printed, as PDF/UA asks
            StructParent=len(self.pages) + len(self.parents),
        )
        if area.address:
            annotation.A = Dictionary(S=Name.URI, URI=String(area.address))
        else:
            page, left, top = self.anchors[area.target]
            annotation.Dest = Array([self.pages[page], Name.XYZ, round(left, 2), round(top, 2), None])
        written = self.pdf.make_indirect(annotation)
        self.annotations[area.page].append(written)
        self.parents.append(parent)
        return written


def described(element: Element) -> dict[str, object]:
    """What an element's dictionary says of it but for its place in the tree."""
    from pikepdf import Dictionary, Name, String

    entries: dict[str, object] = {"/Type": Name.StructElem, "/S": Name("/" + element.tag)}
    if element.alt:
        entries["/Alt"] = String(element.alt)
    if element.language:
        entries["/Lang"] = String(element.language)
    if element.identity:
        entries["/ID"] = String(element.identity)
    if element.spoken:
        entries["/ActualText"] = String(element.spoken)
    if element.attributes:
        entries["/A"] = Dictionary({f"/{name}": _attribute(v) for name, v in element.attributes.items()})
    return entries


def _attribute(value: str | float | tuple[float, ...]) -> object:
    from pikepdf import Array, Name

    if isinstance(value, tuple):
        return Array([round(number, 2) for number in value])
    return Name("/" + value) if isinstance(value, str) else value
