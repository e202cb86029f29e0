"""What documents show and say, block by block: the texts, tables, alternative texts and notes of PDFs and decks."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, NamedTuple

import pikepdf
from lxml import etree

PARAGRAPH = " ¶ "
"""Between the paragraphs of a block, and between the rows of a table."""
CELL = " | "
_UNITS = re.compile(r"(?:P|H\d?|LI|TOCI|Caption|Figure|Table)\b")
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_SIGNS = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "−": "-", "\u00ad": None, "\u200b": None, "\u2060": None}
)


class Block(NamedTuple):
    """A paragraph, a table, what stands on a shape, an alternative text, or the notes of a slide."""

    where: str
    """Output and kind: "report text", "report labels", "report alt", "deck notes", "deck chart" …"""
    text: str
    """With plain quotation marks, hyphens for minus signs, and single spaces."""


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.translate(_SIGNS)).strip()


# -- PDF -------------------------------------------------------------------------


class _Node(NamedTuple):
    kind: str
    texts: list[str]
    children: list[_Node]


def blocks_of_pdf(content: bytes, name: str) -> Iterator[Block]:
    """By the tags of a PDF, as poppler reads them, and the alternative texts of its figures."""
    with NamedTemporaryFile(suffix=".pdf") as file:
        Path(file.name).write_bytes(content)
        told = subprocess.run(["pdfinfo", "-struct-text", file.name], capture_output=True, check=True).stdout
    yield from _units(_tree(told.decode()), name, [""])
    with pikepdf.open(BytesIO(content)) as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Dictionary) and "/Alt" in one and "/S" in one:
                yield Block(f"{name} alt", plain(str(one.Alt)))


def _tree(told: str) -> _Node:
    root = _Node("", [], [])
    open_ = [(-1, root)]
    text: list[str] | None = None
    for line in told.split("\n"):
        if text is not None:  # a text that goes on over a line
            text.append(line)
        elif line.lstrip().startswith('"'):
            text = [line.lstrip()[1:]]
        else:
            indent = len(line) - len(line.lstrip())
            kind = re.match(r"\s*([A-Z]\w*)(?: \((?:block|inline)\))?:?$", line)
            if kind:
                while open_[-1][0] >= indent:
                    open_.pop()
                node = _Node(kind[1], [], [])
                open_[-1][1].children.append(node)
                open_.append((indent, node))
            continue
        if text[-1].endswith('"'):
            _append(open_[-1][1], " ".join(text)[:-1])
            text = None
    return root


def _append(node: _Node, text: str) -> None:
    node.children.append(_Node("", [text], []))


def _all(node: _Node) -> Iterator[str]:
    yield from node.texts
    for child in node.children:
        yield from _all(child)


def _joined(node: _Node) -> str:
    joined = ""
    for text in _all(node):
        glued = not joined or joined.endswith(" ") or text[:1] in " .,;:)!?" or not text
        joined += text if glued else f" {text}"
    return plain(joined)


def _units(node: _Node, name: str, last: list[str]) -> Iterator[Block]:
    """Blocks in their order; `last` is the text before, by which a figure is known."""
    if node.kind == "Figure":
        yield Block(f"{name} labels", f"{last[0]}{PARAGRAPH}{''.join(_all(node)).replace(' ', '')}")
    elif node.kind == "Table":
        rows = [_joined(part) for part in node.children if part.kind == "Caption"]
        rows += [CELL.join(_joined(cell) for cell in row.children) for row in _rows(node)]
        yield Block(f"{name} table", PARAGRAPH.join(rows))
    elif _UNITS.fullmatch(node.kind):
        last[0] = _joined(node)
        yield Block(f"{name} text", last[0])
    else:
        for child in node.children:
            yield from _units(child, name, last)


def _rows(node: _Node) -> Iterator[_Node]:
    for child in node.children:
        if child.kind == "TR":
            yield child
        else:
            yield from _rows(child)


# -- decks -----------------------------------------------------------------------


def blocks_of_deck(content: bytes, name: str) -> Iterator[Block]:
    """By the parts of the package: shapes, tables, the charts' own numbers, notes, and alternative texts."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        for part in sorted(package.namelist()):
            if re.fullmatch(r"ppt/slides/slide\d+\.xml", part):
                yield from _slide(etree.fromstring(package.read(part)), name)
            elif re.fullmatch(r"ppt/notesSlides/notesSlide\d+\.xml", part):
                yield from _notes(etree.fromstring(package.read(part)), name)
            elif re.fullmatch(r"ppt/charts/[^/]*\.xml", part):
                yield from _chart(etree.fromstring(package.read(part)), name)


def _paragraphs(node: Any) -> str:
    said = ("".join(t.text or "" for t in p.iter(f"{_A}t")) for p in node.iter(f"{_A}p"))
    return PARAGRAPH.join(text for text in map(plain, said) if text)


def _slide(slide: Any, name: str) -> Iterator[Block]:
    parts: dict[str, str] = {}
    for shape in slide.iter(f"{_P}sp"):
        called = shape.find(f".//{_P}cNvPr").get("name")
        if called != "Slide number":
            parts[called if called not in parts else f"{called} {len(parts)}"] = _paragraphs(shape)
    for called in list(parts):  # a figure, and what it is of
        if (told := re.fullmatch(r"Figure( \d+)?", called)) and (label := f"Label{told[1] or ''}") in parts:
            before = f"{parts.pop('Name', '')} " if not told[1] else ""
            parts[called] = f"{before}{parts[called]} {parts.pop(label)}".strip()
    yield from (Block(f"{name} slide", text) for text in parts.values() if text)
    for table in slide.iter(f"{_A}tbl"):
        rows = [CELL.join(plain(_paragraphs(c)) for c in row.iter(f"{_A}tc")) for row in table.iter(f"{_A}tr")]
        yield Block(f"{name} table", PARAGRAPH.join(rows))
    for shape in slide.iter(f"{_P}cNvPr"):
        if shape.get("descr"):
            yield Block(f"{name} alt", plain(shape.get("descr")))


def _notes(notes: Any, name: str) -> Iterator[Block]:
    for shape in notes.iter(f"{_P}sp"):
        kind = shape.find(f".//{_P}ph")
        if kind is not None and kind.get("type") == "body":
            yield Block(f"{name} notes", _paragraphs(shape))


def _chart(chart: Any, name: str) -> Iterator[Block]:
    """Each series with its name and the numbers that PowerPoint would draw."""
    series: list[str] = []
    for one in chart.iter(f"{_C}ser"):
        called, keys, values = (
            [v.text for v in part.iter(f"{_C}v")] if (part := one.find(f"{_C}{tag}")) is not None else []
            for tag in ("tx", "cat", "val")
        )
        pairs = "; ".join(f"{key}={value}" for key, value in zip(keys, values, strict=False))
        series.append(plain(f"{' '.join(called)}: {pairs}"))
    yield Block(f"{name} chart", PARAGRAPH.join(series))


def blocks_of(name: str, content: bytes) -> list[Block]:
    """Of an output, by its name and its bytes."""
    of = blocks_of_pdf if content.startswith(b"%PDF") else blocks_of_deck
    return [block for block in of(content, name) if block.text]
