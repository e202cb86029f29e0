"""What stands on the pages of a PDF: each piece of text and drawing, and how it is marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Literal
from zlib import crc32

import pikepdf
from msgspec import Struct, field

from reports.audit.pdf.fonts import NOTHING, Font, read_font
from reports.audit.pdf.lines import Line, Lines, is_blank
from reports.audit.pdf.objects import (
    Key,
    TooLargeError,
    array,
    content,
    entry,
    is_dictionary,
    is_stream,
    key,
    name,
    text,
    whole,
)

Painted = Literal["text", "drawing", "picture"]

_MOST_FORMS = 5_000
"""Form XObjects that are followed on one page: forms may draw forms that draw forms."""
_DEEPEST_FORM = 12
_MOST_STEPS, _MOST_STEPS_OF_ALL = 2_000_000, 10_000_000
"""Operators of one page, and of all pages, that are followed."""
_MOST_CODE, _MOST_CODE_OF_ALL = 64_000_000, 500_000_000
"""Bytes of unpacked content of one page, forms apart, and of all that is drawn, that are parsed."""
_COUNTED = 20_000
"""Bytes from which on the operators of a stream are counted before it is parsed, since each will take memory."""
_SAMPLE = 400
"""Characters of a sequence that are kept, unless all are asked for."""
_ALL = 10_000_000

_MOVING = "cm Td TD Tm T* TL"
"""What moves text: followed where lines are asked for."""
_OPERATORS = "q Q BT BDC BMC EMC Tf Tr Tj TJ ' \" Do sh f F f* B B* b b* S s BI ID EI"
_PAINTING = frozenset(["sh", "f", "F", "f*", "B", "B*", "b", "b*", "S", "s"])
_SHOWING = {"Tj": 0, "'": 0, '"': 2, "TJ": 0}
"""Operators that show text, and which of their operands holds it."""
_INVISIBLE = 3
_REGULAR = rb"[^\0\s()<>\[\]{}/%]"
_OPERATOR = re.compile(
    b"(?<!%b)(?:%b)(?!%b)" % (_REGULAR, b"|".join(map(re.escape, _OPERATORS.encode().split())), _REGULAR)
)
"""About what the parser finds: in texts and inline pictures it sees more."""


class Sequence(Struct):
    """A marked-content sequence that has a number."""

    text: str = ""
    """The characters of its text, as they are read out."""
    painted: bool = False


class FontUse(Struct):
    """A font on a page."""

    font: Font
    visible: bool = False
    unknown: int = 0
    """Characters that nothing tells the meaning of."""
    empty: int = 0
    """Characters that stand for nothing, or for a mark of what is missing."""


class PageContent(Struct):
    """What a page's content streams draw."""

    sequences: dict[tuple[Key, int], Sequence] = field(default_factory=dict[tuple[Key, int], Sequence])
    """By the page or form that they stand in, and their number there."""
    forms: dict[Key, Any] = field(default_factory=dict[Key, Any])
    """The forms that hold sequences of their own."""
    loose: dict[Painted, int] = field(default_factory=dict[Painted, int])
    """How many pieces are neither in a numbered sequence nor in an artifact."""
    loose_text: str = ""
    artifacts_inside: int = 0
    """Artifacts inside numbered sequences."""
    sequences_inside: int = 0
    """Numbered sequences inside artifacts."""
    fonts: dict[Key, FontUse] = field(default_factory=dict[Key, FontUse])
    characters: int = 0
    """Characters that can be read, blanks left out."""
    pictures: int = 0
    too_large: bool = False
    lines: list[Line] = field(default_factory=list[Line])
    """The text that no structure holds and that is no artifact, as it is set; only where all is asked for."""
    artifacts: list[str] = field(default_factory=list[str])
    """What each artifact says; only where all is asked for."""
    images: list[Key] = field(default_factory=list[Key])
    """Pictures that are drawn."""


class _Marks(Struct, frozen=True):
    """What is open where something is drawn."""

    artifact: bool = False
    sequence: tuple[Key, int] | None = None
    spoken: bool = False
    """What is read out is said by an ActualText, not by the characters."""


class FontShelf:
    """Fonts that were read, by the object that they are."""

    def __init__(self) -> None:
        self._read: dict[Key, Font] = {}

    def font(self, node: object) -> Font:
        if key(node) == (0, 0):
            return read_font(node)
        if key(node) not in self._read:
            self._read[key(node)] = read_font(node)
        return self._read[key(node)]


class Effort:
    """How much of a document's drawing is still followed: a small file may draw the same thing without end."""

    def __init__(self, entire: bool = False) -> None:
        """`entire`: all text is kept, not the beginning of each piece."""
        self.entire = entire
        self.code, self.steps = _MOST_CODE_OF_ALL, _MOST_STEPS_OF_ALL
        self._sizes: dict[Key, tuple[int, int]] = {}

    def parse(self, streams: Iterable[object]) -> None:
        """Take account of streams that will be parsed together. Raises TooLargeError where they are too much."""
        size = steps = 0
        for stream in streams:
            code, operators = self._size(stream)
            size, steps = size + code, steps + operators
            if size > min(_MOST_CODE, self.code) or steps > _MOST_STEPS:
                raise TooLargeError
        self.code -= size

    def _size(self, stream: object) -> tuple[int, int]:
        """Bytes of a stream's code, and how many operators it holds at most."""
        if key(stream) not in self._sizes:
            code = content(stream)
            operators = len(code) // 2 + 1  # each ends with a space
            if len(code) > _COUNTED:
                operators = sum(1 for _ in islice(_OPERATOR.finditer(code), _MOST_STEPS + 1))
            self._sizes[key(stream)] = len(code), operators
        return self._sizes[key(stream)]


def read_page(page: pikepdf.Page, fonts: FontShelf, effort: Effort) -> PageContent:
    """The content of a page, with that of the forms it draws.

    Raises pikepdf.PdfError for content that can't be read.
    """
    found = PageContent()
    _Walk(found, fonts, effort).page(page)
    return found


class _Walk:
    """One way through a page's content."""

    def __init__(self, found: PageContent, fonts: FontShelf, effort: Effort) -> None:
        self.found, self.fonts, self.effort = found, fonts, effort
        self.steps = min(_MOST_STEPS, effort.steps)  # that are left
        self.forms = 0
        self.most = _ALL if effort.entire else _SAMPLE
        self.lines = Lines() if effort.entire else None
        self.apart = False  # a new text object has begun: its words stand apart from those before

    def page(self, page: pikepdf.Page) -> None:
        self._page(page)
        self.found.lines = [] if self.lines is None else self.lines.found

    def _page(self, page: pikepdf.Page) -> None:
        contents = page.obj.get("/Contents")
        try:
            self.effort.parse(array(contents) or (contents,))
            if contents is not None:
                self._stream(page.obj, key(page.obj), _inherited(page.obj, "Resources"), _Marks(), 0)
        except TooLargeError:
            self.found.too_large = True

    def _stream(self, stream: Any, owner: Key, resources: Any, around: _Marks, depth: int) -> None:
        marks = [around]
        states: list[tuple[FontUse | None, int]] = []
        font: FontUse | None = None
        mode = 0
        for operands, code in self._operations(stream):
            if code == "q":
                states.append((font, mode))
            elif code == "Q":
                font, mode = states.pop() if states else (font, mode)
            elif code == "BT":
                self.apart = True
            elif code in ("BDC", "BMC"):
                marks.append(self._opened(marks[-1], operands, owner, resources))
            elif code == "EMC":
                if len(marks) > 1:
                    marks.pop()
            elif code == "Tf":
                font = self._font(resources, name(operands[0])) if operands else None
            elif code == "Tr":
                mode = (whole(operands[0]) or 0) if operands else 0
            elif code in _SHOWING:
                shown = operands[_SHOWING[code]] if len(operands) > _SHOWING[code] else None
                self._text(shown, font, mode, marks[-1])
            elif code in _PAINTING:
                self._painted("drawing", marks[-1])
            elif code == "Do":
                drawn = entry(resources, "XObject", name(operands[0])) if operands else None
                self._object(drawn, resources, marks[-1], depth)
            elif code == "INLINE IMAGE":
                self.found.pictures += 1
                self._painted("picture", marks[-1])

    def _operations(self, stream: Any) -> Iterator[tuple[Any, str]]:
        """The operators of a stream with their operands, counted. Raises TooLargeError where they are too many."""
        for operands, operator in _operations(stream, self.lines is not None):
            if not self.steps:
                raise TooLargeError
            self.steps -= 1
            self.effort.steps -= 1
            code = str(operator)
            if self.lines is not None:
                self.lines.step(code, operands)
            yield operands, code

    def _opened(self, around: _Marks, operands: Any, owner: Key, resources: Any) -> _Marks:
        tag = name(operands[0]) if operands else ""
        properties = operands[1] if len(operands) > 1 else None
        if name(properties):
            properties = entry(resources, "Properties", name(properties))
        spoken = around.spoken
        mark = whole(entry(properties, "MCID"))
        if text(entry(properties, "ActualText")):
            spoken = True
            self._said(around.sequence if mark is None else (owner, mark), text(entry(properties, "ActualText")))
        if tag == "Artifact":
            if self.effort.entire:
                self.found.artifacts.append("")
            self.found.artifacts_inside += around.sequence is not None and not around.artifact
            return _Marks(True, around.sequence, spoken)
        if mark is None:
            return _Marks(around.artifact, around.sequence, spoken)
        self.found.sequences_inside += around.artifact
        self.found.sequences.setdefault((owner, mark), Sequence())
        return _Marks(around.artifact, (owner, mark), spoken)

    def _said(self, sequence: tuple[Key, int] | None, said: str) -> None:
        if sequence is not None:
            kept = self.found.sequences.setdefault(sequence, Sequence())
            kept.text = (kept.text + said)[: self.most]
        self.found.characters += len(said.strip())

    def _font(self, resources: Any, called: str) -> FontUse | None:
        node = entry(resources, "Font", called)
        if not is_dictionary(node):
            return None
        # a font that is no object of its own is known by its name among the resources
        place = key(node) if key(node) != (0, 0) else (0, -1 - crc32(called.encode()))
        if place not in self.found.fonts:
            self.found.fonts[place] = FontUse(self.fonts.font(node))
        return self.found.fonts[place]

    def _text(self, shown: object, use: FontUse | None, mode: int, marks: _Marks) -> None:
        read: list[str] = []
        codes = 0
        for part in shown if isinstance(shown, pikepdf.Array) else (shown,):
            if not isinstance(part, pikepdf.String):
                if self.lines is not None and read and is_blank(part) and not read[-1].isspace():
                    read.append(" ")
                continue
            if use is None:
                codes += len(bytes(part))
                continue
            use.visible |= mode != _INVISIBLE
            for _, said in use.font.characters(bytes(part)):
                codes += 1
                if said is None:
                    use.unknown += not marks.spoken
                elif not said or NOTHING & frozenset(said):
                    use.empty += not marks.spoken
                else:
                    read.append(said)
        if not codes:
            return
        said = "".join(read)
        if not marks.spoken:
            self.found.characters += sum(not c.isspace() for c in said)
            if marks.sequence is not None:
                kept = self.found.sequences[marks.sequence]
                if len(kept.text) < self.most:
                    gap = " " if self.apart and kept.text and not kept.text[-1].isspace() else ""
                    kept.text = (kept.text + gap + said)[: self.most]
        if marks.artifact and self.found.artifacts:
            before = self.found.artifacts[-1]
            self.found.artifacts[-1] = f"{before}{' ' if self.apart and before else ''}{said}"
        self.apart = False
        if self.lines is not None and self._is_loose(marks):
            self.lines.say(said)
        if self._is_loose(marks) and len(self.found.loose_text) < _SAMPLE:
            self.found.loose_text += said
        self._painted("text", marks)

    def _object(self, drawn: object, resources: Any, marks: _Marks, depth: int) -> None:
        if not is_stream(drawn):
            return
        if name(entry(drawn, "Subtype")) != "Form":
            self.found.pictures += 1
            self.found.images.append(key(drawn))
            self._painted("picture", marks)
            return
        self.forms += 1
        if depth >= _DEEPEST_FORM or self.forms > _MOST_FORMS:
            self.found.too_large = True
            return
        self.effort.parse((drawn,))
        self.found.forms[key(drawn)] = drawn
        own = entry(drawn, "Resources")
        self._stream(drawn, key(drawn), resources if own is None else own, marks, depth + 1)

    def _is_loose(self, marks: _Marks) -> bool:
        return not marks.artifact and marks.sequence is None

    def _painted(self, kind: Painted, marks: _Marks) -> None:
        if marks.sequence is not None:
            self.found.sequences[marks.sequence].painted = True
        elif not marks.artifact:
            self.found.loose[kind] = self.found.loose.get(kind, 0) + 1


def _operations(stream: Any, moving: bool) -> Iterable[Any]:
    try:
        return pikepdf.parse_content_stream(stream, f"{_OPERATORS} {_MOVING}" if moving else _OPERATORS)
    except (TypeError, UnicodeError) as error:
        raise pikepdf.PdfError(f"a content stream cannot be read ({error})") from None


def _inherited(page: Any, wanted: str) -> Any:
    """An entry of a page, or of the nodes of the page tree above it (ISO 32000-1, 7.7.3.4)."""
    for node in _upwards(page):
        found = entry(node, wanted)
        if found is not None:
            return found
    return None


def _upwards(page: Any) -> Iterator[Any]:
    node = page
    for _ in range(64):
        if not is_dictionary(node):
            return
        yield node
        node = entry(node, "Parent")
