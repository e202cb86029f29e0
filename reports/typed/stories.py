"""The passages of a story file, and its outline: what stands below what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from reports.story.attributes import AttributeSyntaxError, parse_attributes
from reports.typed.passage import HELD, Passage, Source, Stretch
from reports.typed.words import inline_words

_HIDDEN = re.compile(r"<!--.*?-->|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|$)")
_COMMAND = re.compile(r"\{%[-+]?\s*(\w+)\s*(.*?)\s*[-+]?%\}", re.DOTALL)
_FENCE = re.compile(r"\s*(:{3,})\s*([\w-]*)\s*")
_CODE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"\s{0,3}(#{1,6})[ \t]+")
_ITEM = re.compile(r"([ \t]*)(?:[-*+]|\d{1,9}[.)])[ \t]+")
_RULE = re.compile(r"\s{0,3}(?:-[ \t]*){3,}$|\s{0,3}(?:\*[ \t]*){3,}$|\s*\|?\s*:?-{3,}:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_FOOTNOTE = re.compile(r"\s{0,3}\[\^[^\]]+\]:[ \t]*")
_ADDRESS = re.compile(r"\s{0,3}\[[^\]]+\]:\s")
_QUOTE = re.compile(r"\s{0,3}>[ \t]?")
_SPEAKER = re.compile(r"\s*(?:--|—|–)\s*\w")
_INDENTED = re.compile(r"(?: {4}|\t)")
_CELL = re.compile(r"(?<!\\)\|")
_WORDS = ("kicker", "caption")
"""Attributes that are printed."""


class Element(Struct, frozen=True):
    """One step of a story's outline."""

    kind: str
    """heading, item, row, fence, close, picture, command or words."""
    level: int = 0
    """Of a heading; of an item its indent; of a fence how many stand around it."""
    name: str = ""
    """Of a fence."""
    passage: int | None = None
    """Place of its passage among those of the story."""


class StoryText(Struct, frozen=True):
    """The author's words in one story file."""

    passages: tuple[Passage, ...]
    outline: tuple[Element, ...]


def story_text(source: Source) -> StoryText:
    """The passages of a story file and its outline.

    Placeholders, commands, comments, code, addresses and attributes are no words of it; a kicker and a caption are.
    """
    return _Scan(source).scanned()


class _Scan:
    """Reads a story file once, line by line."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.passages: list[Passage] = []
        self.outline: list[Element] = []
        self.spans: list[tuple[int, int]] = []
        self.element = Element("words")
        self.above = ""
        self.beside = ""
        self.depth = 0
        self.conditions: list[tuple[int, str]] = []
        """Where in the source a test begins or ends to be that of the words, and which tests are then."""
        self.flat = self._without_hidden()
        self.quotations = tuple(_quotations(self.flat))

    def _without_hidden(self) -> str:
        """The text, of the same length, with what is no text blank."""
        open_tests: list[str] = []
        parts: list[str] = []
        end = 0
        for found in _HIDDEN.finditer(self.source.text):
            parts.append(self.source.text[end : found.start()])
            end = found.end()
            parts.append((HELD if found[0].startswith("{{") else " ") * len(found[0]))
            if command := _COMMAND.fullmatch(found[0]):
                self._test(command[1], command[2], open_tests)
                self.conditions.append((end, " ".join(open_tests)))
        return "".join((*parts, self.source.text[end:]))

    def _test(self, command: str, said: str, open_tests: list[str]) -> None:
        """Which tests the words behind a command carry."""
        match command:
            case "claim" | "if":
                open_tests.append(said)
            case "elif" if open_tests:
                open_tests[-1] = f"{open_tests[-1]} {said}"
            case "endclaim" | "endif" if open_tests:
                open_tests.pop()
            case _:
                pass

    def scanned(self) -> StoryText:
        code, blank, listed = "", True, False
        for line in _LINE.finditer(self.flat):
            words, start = line[1], line.start()
            if start == len(self.flat):
                break
            if code or _CODE.match(words):
                code = _code_behind(words, code)
                self._end()
                continue
            if self.source.text[start : line.end(1)].strip().startswith("{%") and not words.strip():
                self._end()
                self.outline.append(Element("command"))
                continue
            if not words.strip() or _RULE.fullmatch(words):
                self._end()
                blank = True
                continue
            indented = bool(_INDENTED.match(self.source.text, start))
            listed = bool(_ITEM.match(words)) or (listed and (not blank or indented))
            if blank and not listed and indented:
                continue
            blank = False
            self._line(words, start)
        self._end()
        return StoryText(tuple(self.passages), tuple(self.outline))

    def _line(self, words: str, start: int) -> None:
        """A line that holds something."""
        end = start + len(words)
        if fence := _FENCE.match(words):
            self._end()
            self._fence(fence, words, start)
        elif heading := _HEADING.match(words):
            self._end()
            self._begin(Element("heading", len(heading[1])), start + heading.end(), end)
            self._end()
        elif words.lstrip().startswith("|"):
            self._end()
            self.outline.append(Element("row"))
            edges = [0, *(found.end() for found in _CELL.finditer(words)), len(words) + 1]
            cells = [(first, behind - 1) for first, behind in pairwise(edges) if words[first : behind - 1].strip()]
            for first, behind in cells:
                self.beside = " ".join(words[one:end] for one, end in cells if one != first)
                self._begin(Element("cell"), start + first, start + behind)
                self._end()
            self.beside = ""
        elif item := _ITEM.match(words):
            self._end()
            self._begin(Element("item", len(item[1].expandtabs(4))), start + item.end(), end)
        elif footnote := _FOOTNOTE.match(words):
            self._end()
            self._begin(Element("footnote"), start + footnote.end(), end)
        elif _ADDRESS.match(words):
            self._end()
        else:
            quote = _QUOTE.match(words)
            first = start + (quote.end() if quote else len(words) - len(words.lstrip()))
            if self.spans:
                self.spans.append((first, end))
            else:
                kind = "picture" if words.lstrip().startswith("![") else "words"
                self._begin(Element(kind), first, end)

    def _fence(self, fence: re.Match[str], words: str, start: int) -> None:
        if fence[2]:
            self.outline.append(Element("fence", self.depth, fence[2]))
            self.depth += 1
            if "{" in words:
                self._attributes(words, words.index("{"), range(start, start + len(words)))
        else:
            self.depth = max(0, self.depth - 1)
            self.outline.append(Element("close", self.depth))

    def _begin(self, element: Element, start: int, end: int) -> None:
        self.element, self.spans = element, [(start, end)]

    def _end(self) -> None:
        """What was gathered is a passage."""
        if not self.spans:
            return
        parts: list[str] = []
        places: list[int] = []
        for start, end in self.spans:
            if parts:
                parts.append(" ")
                places.append(start - 1)
            parts.append(self.flat[start:end])
            places.extend(range(start, end))
        self.spans = []
        read = inline_words("".join(parts))
        for brace in read.attributes:
            self._attributes("".join(parts), brace, places)
        at = [places[index] for index in read.at]
        tests = [*read.tests, *self._conditions(at)]
        typed = tuple(read.typed)
        if any(places[0] in one or places[-1] in one for one in self.quotations):
            typed = (Stretch(0, len(at), ""),)  # what somebody said stays as it was said
        if self.element.kind == "heading":
            self.above = read.text
        line = self.source.place(places[0]).line
        self.outline.append(Element(self.element.kind, self.element.level, self.element.name, len(self.passages)))
        self.passages.append(
            Passage(
                self.source,
                read.text,
                at,
                line,
                self.element.kind,
                tuple(tests),
                typed,
                self.above,
                self.beside,
            )
        )

    def _conditions(self, at: Sequence[int]) -> Iterator[Stretch]:
        """The tests of commands around the words, or around some of them."""
        if not self.conditions or not at:
            return
        last = ""
        for place, said in self.conditions:
            if place > at[-1]:
                break
            if place <= at[0]:
                last = said
        begins = 0
        for place, said in self.conditions:
            if at[0] < place <= at[-1]:
                index = next(i for i, one in enumerate(at) if one >= place)
                if last:
                    yield Stretch(begins, index, last)
                begins, last = index, said
        if last:
            yield Stretch(begins, len(at), last)

    def _attributes(self, text: str, brace: int, places: Sequence[int]) -> None:
        """What attributes print, as passages of their own."""
        try:
            end, found = parse_attributes(text, brace)
        except AttributeSyntaxError:
            return
        for name in _WORDS:
            said = found.get(name, "")
            start = text.find(said, brace, end) if said else -1
            if start < 0:
                continue
            at = [places[index] for index in range(start, start + len(said))]
            line = self.source.place(at[0]).line
            self.passages.append(Passage(self.source, said, at, line, name, above=self.above))


def _quotations(text: str) -> Iterator[range]:
    """Where quotations stand that name who said them, from their beginning to the name."""
    begins, fenced = -1, False
    for line in _LINE.finditer(text):
        words = line[1]
        if fence := _FENCE.match(words):
            fenced = fence[2] == "quote"
            begins = line.start() if fenced else -1
        elif not fenced:
            quote = _QUOTE.match(words)
            begins = -1 if quote is None else line.start() if begins < 0 else begins
            words = words[quote.end() :] if quote else words
        if begins >= 0 and _SPEAKER.match(words):
            yield range(begins, line.end())


def _code_behind(words: str, code: str) -> str:
    """The fence of the code that goes on behind a line within it, or that opens or closes it; "" where none does."""
    opening = _CODE.match(words)
    if not code:
        return opening[1] if opening else ""
    return "" if opening and opening[1].startswith(code) and not words.strip().strip(code[0]) else code
