"""The pictures of many documents, each that is the same written once."""

from __future__ import annotations

import hashlib
from typing import Any

from reports.pdf.bound.written import StrangeError, direct
from reports.pdf.tagged.object_file import ObjectFile


class Pictures:
    """The pictures of a bound document, known by their bytes."""

    def __init__(self, file: ObjectFile) -> None:
        self._file = file
        self._known: dict[bytes, int] = {}

    def number_of(self, node: Any) -> int:
        """The picture that shows the same as a document's own. Raises StrangeError for what is no picture."""
        import pikepdf

        if not isinstance(node, pikepdf.Stream) or node.get("/Subtype") != "/Image":
            raise StrangeError("something is drawn that is no picture")
        said: list[bytes] = []
        for key, value in sorted(node.items()):
            if key == "/SMask":
                said.append(b"/SMask %d 0 R" % self.number_of(value))
            elif key not in ("/Length", "/Name"):
                said.append(b"%b %b" % (key.encode(), direct(value)))
        text, content = b" ".join(said), node.read_raw_bytes()
        digest = hashlib.sha256(text + b"\0" + content).digest()
        if digest not in self._known:
            if node.get("/Filter") == "/FlateDecode":
                node.read_bytes()  # damage is told
            self._known[digest] = self._file.reserve()
            self._file.stream(self._known[digest], text, content)
        return self._known[digest]
