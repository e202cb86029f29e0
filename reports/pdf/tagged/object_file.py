"""Objects of a PDF written one after the other, in compressed streams, and the table that says where each is."""

from __future__ import annotations

import hashlib
import zlib
from array import array
from collections.abc import Iterable
from typing import BinaryIO

_TOGETHER = 200
"""Objects in a stream: the more, the smaller the file and the more a reader has to unpack for one of them."""
_FIELDS = (1, 4, 2)
"""Bytes of an entry in the table of objects: its type, a place or a stream's number, an index in that stream."""
_HEAD = b"%PDF-1.7\n%\xbf\xf7\xa2\xfe\n"


class ObjectFile:
    """The objects behind a place of a file (ISO 32000-1, 7.5.7 and 7.5.8).

    What is written is forgotten but for 11 bytes an object: a PDF library keeps 2 kB of each.
    """

    def __init__(self, out: BinaryIO, free: int = 0) -> None:
        """With `free` the objects are an update of the file in `out`, whose numbers are all below; else `out` is a
        new file, whose numbers are those that `reserve` gives."""
        self._out, self._new = out, not free
        self._next = free or 1
        self._at = out.tell()
        self._digest = hashlib.md5(usedforsecurity=False)
        self._waiting: list[tuple[int, bytes]] = []
        self._numbers = array("i")  # of the objects, in the order in which they are written
        self._entries = bytearray()  # what the table says of each of them
        if self._new:
            self._write(_HEAD)

    def reserve(self) -> int:
        """A number for an object that will be written."""
        self._next += 1
        return self._next - 1

    def object(self, number: int, text: bytes) -> None:
        """Write an object that is no stream."""
        self._waiting.append((number, text))
        if len(self._waiting) == _TOGETHER:
            self._flush()

    def objects(self, objects: Iterable[tuple[int, bytes]]) -> None:
        """Write objects, each a number and its text."""
        for number, text in objects:
            self.object(number, text)

    def stream(self, number: int, said: bytes, content: bytes) -> None:
        """Write a stream as it is; `said` is its dictionary without brackets and length."""
        self._note(number, 1, self._at, 0)
        self._write(b"%d 0 obj\n<< %b /Length %d >>\nstream\n" % (number, said, len(content)))
        self._write(content)
        self._write(b"\nendstream\nendobj\n")

    def packed(self, number: int, said: bytes, content: bytes) -> None:
        """Write a stream compressed."""
        self.stream(number, said + b" /Filter /FlateDecode", zlib.compress(content))

    def end(self, said: bytes, before: int | None = None, identity: bytes | None = None) -> None:
        """Write where each object is, and the end of the file.

        `said` is the trailer: its root and what it says of the file. An update names the place of the table `before`
        it and the first part of the file's `identity`; that of a new file follows from its bytes.
        """
        self._flush()
        digest = self._digest.digest()
        own = self.reserve()
        begin = self._at
        self._note(own, 1, begin, 0)
        if self._new:
            self._note(0, 0, 0, 65_535)
        columns = sum(_FIELDS)
        places = array("i", [-1]) * self._next  # where in the entries that of each number is
        for place, number in enumerate(self._numbers):
            places[number] = place
        rows, runs = bytearray(), array("i")
        for number, place in enumerate(places):
            if place < 0:
                continue
            if runs and runs[-2] + runs[-1] == number:
                runs[-1] += 1
            else:
                runs.extend((number, 1))
            rows += self._entries[place * columns : (place + 1) * columns]
        parts = b" ".join(b"<%b>" % part.hex().encode() for part in (identity or digest, digest))
        entries = b"/Type /XRef /Size %d%b %b /ID [ %b ] /W [ %b ] /Index [ %b ]" % (
            self._next,
            b"" if before is None else b" /Prev %d" % before,
            said,
            parts,
            b" ".join(b"%d" % size for size in _FIELDS),
            b" ".join(b"%d" % number for number in runs),
        )
        entries += b" /DecodeParms << /Predictor 12 /Columns %d >>" % columns
        # not through `packed`: the table has noted itself already
        content = zlib.compress(_differences(rows, columns))
        said = b"%d 0 obj\n<< %b /Filter /FlateDecode /Length %d >>\n" % (own, entries, len(content))
        self._write(b"%bstream\n%b\nendstream\nendobj\n" % (said, content))
        self._write(b"startxref\n%d\n%%%%EOF\n" % begin)

    def _flush(self) -> None:
        if not self._waiting:
            return
        own = self.reserve()
        places: list[bytes] = []
        at = 0
        for index, (number, text) in enumerate(self._waiting):
            places.append(b"%d %d " % (number, at))
            at += len(text) + 1
            self._note(number, 2, own, index)
        head = b"".join(places)
        said = b"/Type /ObjStm /N %d /First %d" % (len(places), len(head))
        content = head + b"\n".join(text for _, text in self._waiting)
        self._waiting.clear()
        self.packed(own, said, content)

    def _note(self, number: int, kind: int, place: int, index: int) -> None:
        self._numbers.append(number)
        for part, size in zip((kind, place, index), _FIELDS):
            self._entries += part.to_bytes(size, "big")

    def _write(self, content: bytes) -> None:
        self._out.write(content)
        self._digest.update(content)
        self._at += len(content)


def _differences(rows: bytearray, columns: int) -> bytearray:
    """Rows of bytes as what each adds to the one above, which packs well (PNG, 9.2, filter 2)."""
    before = bytes(columns) + rows[:-columns]
    changes = bytes((byte - above) & 255 for byte, above in zip(rows, before))
    told = bytearray()
    for at in range(0, len(changes), columns):
        told += b"\2" + changes[at : at + columns]
    return told
