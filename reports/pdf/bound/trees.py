"""What makes a whole of many pages: the trees of pages, numbers and names, and the outline."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from reports.pdf.bound.joined import Bookmark
from reports.pdf.bound.written import references, string
from reports.pdf.tagged.object_file import ObjectFile

_TOGETHER = 250
"""Entries of a leaf."""


class PageTree:
    """The pages of a document, some hundred below each node (ISO 32000-1, 7.7.3)."""

    def __init__(self, file: ObjectFile) -> None:
        self._file, self._root = file, file.reserve()
        self._nodes: list[tuple[int, array[int]]] = []
        self._parents: dict[int, int] = {}  # of the pages that are not written yet

    def add(self, page: int) -> None:
        """Add a page behind the others."""
        if not self._nodes or len(self._nodes[-1][1]) == _TOGETHER:
            self._nodes.append((self._file.reserve(), array("i")))
        self._nodes[-1][1].append(page)
        self._parents[page] = self._nodes[-1][0]

    def parent(self, page: int) -> int:
        """The node above a page, which is asked for once, when the page is written."""
        return self._parents.pop(page)

    def write(self) -> int:
        """Write the nodes; the number of the topmost."""
        for number, pages in self._nodes:
            said = (self._root, len(pages), references(pages))
            self._file.object(number, b"<< /Type /Pages /Parent %d 0 R /Count %d /Kids %b >>" % said)
        count = sum(len(pages) for _, pages in self._nodes)
        nodes = references(number for number, _ in self._nodes)
        self._file.object(self._root, b"<< /Type /Pages /Count %d /Kids %b >>" % (count, nodes))
        return self._root


def number_tree(file: ObjectFile, objects: Sequence[int]) -> int:
    """A tree in which each object has the key of its place (7.9.7)."""
    return _tree(file, b"Nums", [(b"%d" % key, number) for key, number in enumerate(objects)])


def name_tree(file: ObjectFile, named: Sequence[tuple[bytes, int]]) -> int:
    """A tree of objects with names (7.9.6)."""
    return _tree(file, b"Names", [(b"<%b>" % name.hex().encode(), number) for name, number in sorted(named)])


def _tree(file: ObjectFile, kind: bytes, entries: Sequence[tuple[bytes, int]]) -> int:
    root, leaves = file.reserve(), list[int]()
    for first in range(0, len(entries), _TOGETHER):
        leaf = entries[first : first + _TOGETHER]
        leaves.append(file.reserve())
        said = b" ".join(b"%b %d 0 R" % entry for entry in leaf)
        limits = b"%b %b" % (leaf[0][0], leaf[-1][0])
        file.object(leaves[-1], b"<< /Limits [ %b ] /%b [ %b ] >>" % (limits, kind, said))
    file.object(root, b"<< /Kids %b >>" % references(leaves))
    return root


def write_outline(file: ObjectFile, bookmarks: Sequence[Bookmark]) -> int:
    """Write an outline (12.3.3) of which the first level is open; its number."""
    root = file.reserve()
    first, last = _level(file, bookmarks, root)
    file.object(
        root, b"<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>" % (first, last, len(bookmarks))
    )  # fmt: skip
    return root


def _level(file: ObjectFile, bookmarks: Sequence[Bookmark], parent: int) -> tuple[int, int]:
    """Write the bookmarks of a level and those below; the numbers of the first and the last."""
    numbers = array("i", (file.reserve() for _ in bookmarks))
    for place, (number, bookmark) in enumerate(zip(numbers, bookmarks)):
        said = b"/Title %b /Parent %d 0 R /Dest %b" % (string(bookmark.title), parent, bookmark.target)
        if place:
            said += b" /Prev %d 0 R" % numbers[place - 1]
        if place + 1 < len(numbers):
            said += b" /Next %d 0 R" % numbers[place + 1]
        if bookmark.below:
            first, last = _level(file, bookmark.below, number)
            said += b" /First %d 0 R /Last %d 0 R /Count -%d" % (first, last, len(bookmark.below))
        file.object(number, b"<< %b >>" % said)
    return numbers[0], numbers[-1]
