"""What documents show and say, block by block: the texts, tables, alternative texts and notes of PDFs and decks."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple

import pikepdf
from lxml import etree

PARAGRAPH = " ¶ "
"""Between the paragraphs of a block, and between the rows of a table."""
CELL = " | "
ITEM = " ⟩ "
"""Between the item of a batch that a document is about, and what stands there."""
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
    alt: str = ""


def blocks_of_pdf(content: bytes, name: str) -> Iterator[Block]:
    """By the tags of a PDF: what is drawn for each, and the alternative texts of its figures."""
    with pikepdf.open(BytesIO(content)) as pdf:
        marked: dict[tuple[Any, int], str] = {}
        for page in pdf.pages:
            for mark, text in _marked(page):
                marked[page.obj.objgen, mark] = marked.get((page.obj.objgen, mark), "") + text
        root = _Node("", [], [])
        _add(pdf.Root.StructTreeRoot.K, None, root, marked)
        yield from _units(root, name, [""])
        yield from (Block(f"{name} alt", plain(text)) for text in _alternatives(root))


_PAIR = re.compile(rb"^<([0-9A-F]{2})> <([0-9A-F]{4,})>$", re.MULTILINE)


def _letters(font: Any) -> dict[int, str]:
    """Code → what a font's ToUnicode map says it is."""
    pairs = _PAIR.findall(font.ToUnicode.read_bytes())
    return {int(code, 16): bytes.fromhex(said.decode()).decode("utf-16-be") for code, said in pairs}


def _marked(page: pikepdf.Page) -> Iterator[tuple[int, str]]:
    """The texts of a page's marked content, each with its number (-1 for artifacts), as they are drawn."""
    fonts = {name: _letters(font) for name, font in page.get("/Resources", {}).get("/Font", {}).items()}
    letters: dict[int, str] = {}
    open_ = [-1]
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC":
                told = operands[1]
                own = isinstance(told, pikepdf.Dictionary) and "/MCID" in told
                open_.append(int(told.MCID) if own else open_[-1])
            case "BMC":
                open_.append(open_[-1])
            case "EMC":
                open_.pop()
            case "Tf":
                letters = fonts[str(operands[0])]
            case "Tj" | "TJ":
                pieces = operands[0] if str(operator) == "TJ" else operands
                said = (bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String))
                yield open_[-1], "".join(letters.get(code, "") for codes in said for code in codes)
            case _:
                pass


def _add(kids: Any, page: Any, node: _Node, marked: dict[tuple[Any, int], str]) -> None:
    """Add the children of an element of the structure tree."""
    if isinstance(kids, pikepdf.Array):
        for kid in kids:
            _add(kid, page, node, marked)
    elif not isinstance(kids, pikepdf.Dictionary):
        node.children.append(_Node("", [marked.get((page, int(kids)), "")], []))
    elif "/S" in kids:
        child = _Node(str(kids.S)[1:], [], [], str(kids.get("/Alt", "")))
        node.children.append(child)
        _add(kids.get("/K", pikepdf.Array()), kids.Pg.objgen if "/Pg" in kids else page, child, marked)
    elif "/MCID" in kids:
        at = kids.Pg.objgen if "/Pg" in kids else page
        node.children.append(_Node("", [marked.get((at, int(kids.MCID)), "")], []))


def _alternatives(node: _Node) -> Iterator[str]:
    if node.alt:
        yield node.alt
    for child in node.children:
        yield from _alternatives(child)


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
        key, told = ("cat", "val") if one.find(f"{_C}cat") is not None else ("xVal", "yVal")
        keys, values = _points(one.find(f"{_C}{key}")), _points(one.find(f"{_C}{told}"))
        pairs = "; ".join(f"{keys.get(at, '')}={values[at]}" for at in values)
        called = [v.text for v in tx.iter(f"{_C}v")] if (tx := one.find(f"{_C}tx")) is not None else []
        series.append(plain(f"{' '.join(called)}: {pairs}"))
    yield Block(f"{name} chart", PARAGRAPH.join(series))


def _points(part: Any) -> dict[str, str]:
    """By their numbers; a point without a value is left out."""
    points = part.iter(f"{_C}pt") if part is not None else ()
    return {point.get("idx"): point.findtext(f"{_C}v") for point in points}


def blocks_of(name: str, content: bytes) -> list[Block]:
    """Of an output, by its name and its bytes."""
    of = blocks_of_pdf if content.startswith(b"%PDF") else blocks_of_deck
    return [block for block in of(content, name) if block.text]
