"""What a PDF shows: its passages in reading order, by its structure, or by its lines where it has none."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from data.errors import Place, ProjectError
from reports.audit.opened import opened_pdf
from reports.audit.pdf.document import PdfDocument, read_document
from reports.audit.pdf.lines import Line
from reports.audit.pdf.structure import INLINE, Content, Element
from reports.changes.passages import sentences
from reports.differences.shown import Passage, ShownPdf

_APART = 1.35
"""Of the distance between two lines: from here on the next one begins a paragraph."""
_OFTEN = 3
"""Pages on which a line stands that is no part of the text."""
_WHOLE = frozenset(["P", "LI", "TOCI", "Caption", "Note", "BibEntry", "Title", "FENote"])


def read_shown_pdf(content: bytes, file: str) -> ShownPdf:
    """What a PDF shows. Raises ProjectError for a damaged one, and for one that asks for a password."""
    with opened_pdf(content, file) as pdf:
        document = read_document(pdf, entire=True)
        tagged = bool(document.tree.elements) and any(page.content.sequences for page in document.pages)
        found = list(_tagged(document) if tagged else _loose(document))
        if any(page.content.too_large for page in document.pages) or document.all_pages > len(document.pages):
            raise ProjectError.at(
                Place(file), "has more pages, or more on a page, than can be compared.", "Divide it into parts."
            )
        pictures: dict[str, int] = {}
        for number, page in enumerate(document.pages, 1):
            for image in page.content.images:
                raw = pdf.get_object(image).read_raw_bytes() if image != (0, 0) else b""
                pictures.setdefault(hashlib.sha256(raw).hexdigest(), number)
        return ShownPdf(file, tuple(found), document.all_pages, pictures, tagged)


def _clean(words: str) -> str:
    """Words on one line; a word that a line divides is whole again."""
    return " ".join(re.sub("\u00ad\\s*", "", words).split())


# -- by its structure ----------------------------------------------------------------


def _tagged(document: PdfDocument) -> Iterator[Passage]:
    """The passages of a structure, and what stands at the edge of pages."""
    texts: dict[int, list[str]] = {}
    blocks = [_block(document, element) for element in document.tree.elements]
    for number, text in _pieces(document):
        texts.setdefault(blocks[number], []).append(text)
    tables: dict[int, int] = {}
    cells: dict[int, list[str]] = {}
    for element in document.tree.elements:
        number = element.number
        words = _clean("".join(texts.get(number, ())))
        if element.kind in ("TH", "TD"):
            row = next((e.number for e in document.tree.around(element) if e.kind == "TR"), -1)
            cells.setdefault(row, []).append(words)
    for element in document.tree.elements:
        number, kind = element.number, element.kind
        page = (document.page_of(element) or 0) + 1
        words = _clean("".join(texts.get(number, ())))
        if kind == "TR":
            table = next((e.number for e in document.tree.around(element) if e.kind == "Table"), -1)
            row = tuple(cells.get(number, ()))
            place = tables.setdefault(table, len(tables))
            yield Passage("row", page, " | ".join(row), place, row)
        elif kind in ("TH", "TD") or (kind not in ("Figure", "Formula") and not words):
            continue
        elif kind in ("Figure", "Formula"):
            if blocks[number] == number:
                yield Passage("figure", page, _clean(element.alt), digest=words)
        else:
            yield Passage("heading" if element.level or kind == "H" else "text", page, words)
    yield from _edges([page.content.artifacts for page in document.pages])


def _block(document: PdfDocument, element: Element) -> int:
    """The element whose words an element's are: the row, figure, list item or paragraph around it."""
    around = [element, *document.tree.around(element)]
    for kinds in (("Figure", "Formula"), ("TH", "TD")):
        if outer := [one for one in around if one.kind in kinds]:
            return outer[-1].number if kinds[0] == "Figure" else outer[0].number
    item = next((one for one in around if one.kind in ("LI", "TOCI")), None)
    if item is not None:
        return item.number
    return next((one.number for one in around if one.level or one.kind == "H" or one.kind in _WHOLE), element.number)


def _pieces(document: PdfDocument) -> Iterator[tuple[int, str]]:
    """All text in reading order, each piece with the number of its element; a blank where an element ends."""
    elements, sequences = document.tree.elements, document.sequences
    waiting: list[tuple[int, int]] = [(e.number, 0) for e in reversed(elements) if e.parent < 0]
    while waiting:
        number, at = waiting.pop()
        element = elements[number]
        if at == 0 and element.spoken:
            yield number, f"{element.spoken} "
            continue
        if at >= len(element.kids):
            if element.kind not in INLINE:
                yield number, " "
            continue
        waiting.append((number, at + 1))
        kid = element.kids[at]
        if isinstance(kid, int):
            waiting.append((kid, 0))
            if elements[kid].kind not in INLINE:
                yield number, " "
        elif isinstance(kid, Content) and (found := sequences.get((kid.owner, kid.mark))):
            yield number, found.text


def _edges(pages: Sequence[Sequence[str]]) -> Iterator[Passage]:
    """What is said at the edge of most pages, each once."""
    least = max(_OFTEN, len(pages) // 2)
    seen: dict[str, list[int]] = {}
    for number, said in enumerate(pages, 1):
        for words in {_masked(one, number) for one in said}:
            if words:
                seen.setdefault(words, []).append(number)
    for words, where in seen.items():
        if len(where) >= least:
            yield Passage("edge", where[0], words)


def _masked(words: str, page: int) -> str:
    """Words without the number of the page."""
    return " ".join(word for word in _clean(words).split() if word != str(page))


# -- by its lines --------------------------------------------------------------------


def _loose(document: PdfDocument) -> Iterator[Passage]:
    """The sentences of a file without structure, page by page."""
    lines = [[line for line in page.content.lines if line.words.strip()] for page in document.pages]
    ends = Counter(
        words
        for n, page in enumerate(lines, 1)
        for words in {_masked(line.words, n) for line in (*page[:2], *page[-2:])}
    )
    edges = {words for words, times in ends.items() if times >= max(_OFTEN, len(lines) // 2)}
    for number, page in enumerate(lines, 1):
        kept = [line for line in page if _masked(line.words, number) not in edges]
        for paragraph in _paragraphs(kept):
            yield from (Passage("text", number, sentence) for sentence in sentences(_clean(paragraph)))
    yield from _edges([[line.words for line in page] for page in lines])


def _paragraphs(lines: Sequence[Line]) -> Iterator[str]:
    """Lines put together that follow each other closely and are of one size."""
    words = ""
    step = 0.0
    for one, other in pairwise((Line("", 0, 0), *lines)):
        down = one.height - other.height
        ends = not one.size or abs(one.size - other.size) > 0.1 * other.size or down <= 0
        if ends or (step and down > _APART * step) or down > 3 * other.size:
            if words:
                yield words
            words, step = other.words, 0.0
        else:
            step = min(step, down) if step else down
            hyphen = words.endswith("-") and other.words[:1].islower()
            words = words[:-1] + other.words if hyphen else f"{words} {other.words}"
    if words:
        yield words
