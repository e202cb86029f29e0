"""The words of a passage, each in one piece until it has to be divided: where lines may break, and with what."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from charts.shaping import kerning, shaped, text_width
from reports.hyphens import anywhere, hyphenation, is_word
from reports.pdf.styles import ParagraphStyle
from reports.pdf.text.spans import RAISED, Span


class Fragment(NamedTuple):
    """Letters of one span."""

    span: int
    text: str
    width: float


class Atom(Struct):
    """What is never broken, but where it is wider than a whole line; and what follows it."""

    parts: list[Fragment]
    width: float
    space: float = 0.0
    """What lies between it and the next one of its line: the width of a space, or kerning where there is none."""
    spaced: bool = False
    """A space stands behind it; the line may break there without one, too."""
    hyphen: float = 0.0
    """Width of the hyphen that a break here adds (at a soft hyphen)."""
    forced: bool = False
    """The line ends here."""


# Where a line may break inside a run without spaces: behind hyphens and dashes between letters, soft hyphens and
# zero-width spaces, and between ideographs unless one of the two is a closing or opening mark (a part of UAX 14).
_IDEOGRAPH = "\u2e80-\u2fdf\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_OPENING, _CLOSING = "（「『【《〈([“‘", "）」』】》〉、。，．：；！？)]”’ーぁぃぅぇぉっゃゅょァィゥェォッャュョ"
_BREAK = re.compile(
    rf"(?<=\w[-‐–])(?=[^\W\d])|(?<=—)(?=\w)|(?<=[\u00ad\u200b\u2000-\u2006\u2008\u205f\u3000])"
    rf"|(?<=[{_IDEOGRAPH}{re.escape(_CLOSING)}])(?=[{_IDEOGRAPH}{re.escape(_OPENING)}])(?![{re.escape(_CLOSING)}])"
)
_PASSAGES = 5_000
"""Passages to keep whose words are known."""
_LONG = 24  # characters; longer words may also break behind the marks that divide addresses
_ADDRESS_MARK = re.compile(r"[/?&=_.,;:@-](?=\w)")
_LONG_WORD = 20
"""Letters of a word that takes three lines where two would need a wide column."""
_FEW = 40
_RAGGED, _RAGGED_LEAST = 0.25, 30.0
"""A line is ragged by much where more than this part of it stays free, and at least so many points."""
_WORTH_IT = 12
"""Letters of a word that is divided so that the line before it is not ragged."""
HYPHEN = "\u00ad"
"""Drawn as a hyphen, and no part of the word for those who read it out, search or copy it."""
_ADDRESS_BREAK = re.compile(r"(?<=[/?&=_.,;:@-])(?=\w)")


def _size(span: Span, style: ParagraphStyle) -> float:
    return style.size * (RAISED if span.raised else 1.0)


def _width(text: str, span: Span, style: ParagraphStyle) -> float:
    """Width in points of letters of a span, as they are drawn."""
    found = shaped(text, span.font, style.ligatures)
    return found.width * _size(span, style) + style.tracking * len(found.codes)


def _kerning(before: Fragment, behind: Fragment, spans: Sequence[Span], style: ParagraphStyle) -> float:
    """What lies between two parts in points."""
    if before.span != behind.span:
        return 0.0
    span = spans[before.span]
    return kerning(before.text, behind.text, span.font) / 1000 * _size(span, style)


def _hyphen(part: Fragment, spans: Sequence[Span], style: ParagraphStyle) -> float:
    """Width in points of a hyphen behind a part."""
    hyphen = Fragment(part.span, HYPHEN, _width(HYPHEN, spans[part.span], style))
    return hyphen.width + _kerning(part, hyphen, spans, style)


class _Extent(NamedTuple):
    """A width at size 1: of letters, a space, a hyphen or kerning."""

    span: int
    """Whose size and font it has."""
    width: float
    codes: int = 0
    """Behind how many of them tracking is added."""


class _Unsized(Struct):
    """An atom before its style is known: see there."""

    texts: list[str]
    extents: list[_Extent]
    """Of the texts."""
    space: _Extent | None = None
    spaced: bool = False
    hyphen: tuple[_Extent, ...] = ()
    forced: bool = False


@lru_cache(_PASSAGES)
def _unsized(spans: tuple[Span, ...], ligatures: bool) -> list[_Unsized]:
    """The words of the spans, each with what follows it; remembered, since a handout is set at several sizes."""
    atoms: list[_Unsized] = []
    current = _Unsized([], [])

    def close() -> None:
        nonlocal current
        if current.texts:
            atoms.append(current)
            current = _Unsized([], [])

    for index, span in enumerate(spans):
        font = span.font
        if span.text == "\n":
            close()
            if atoms:
                atoms[-1].forced = True
            continue
        for position, word in enumerate(span.text.split(" ")):
            if position:
                close()
                if atoms and not atoms[-1].forced:
                    atoms[-1].space, atoms[-1].spaced = _Extent(index, text_width(" ", font), 1), True
            if not word:
                continue
            chunks = [word] if word.isalnum() and word.isascii() else _BREAK.split(word)
            if len(word) > _LONG:
                chunks = [part for chunk in chunks for part in _ADDRESS_BREAK.split(chunk)]
            for number, chunk in enumerate(chunks):
                shown = chunk.replace("\u00ad", "").replace("\u200b", "")
                if number:
                    close()
                    if atoms:
                        atoms[-1].space = _between(atoms[-1].texts[-1], shown, index, font)
                found = shaped(shown, font, ligatures)
                current.texts.append(shown)
                current.extents.append(_Extent(index, found.width, len(found.codes)))
                if chunk.endswith("\u00ad"):
                    sign = shaped(HYPHEN, font, ligatures)
                    kern = _between(shown, HYPHEN, index, font)
                    current.hyphen = _Extent(index, sign.width, len(sign.codes)), kern
    close()
    return atoms


def _between(before: str, behind: str, span: int, font: str) -> _Extent:
    """Kerning between two texts of one span."""
    return _Extent(span, kerning(before, behind, font) / 1000)


@lru_cache(_PASSAGES)
def atoms_of(spans: tuple[Span, ...], style: ParagraphStyle) -> Sequence[Atom]:
    """The words of the spans, each with what follows it; they are shared, and not to be changed."""
    sizes, tracking = [_size(span, style) for span in spans], style.tracking
    atoms: list[Atom] = []
    for word in _unsized(spans, style.ligatures):
        parts = [
            Fragment(span, text, width * sizes[span] + tracking * codes)
            for text, (span, width, codes) in zip(word.texts, word.extents)
        ]
        width = parts[0].width if len(parts) == 1 else sum([part.width for part in parts])
        atom = Atom(parts, width, spaced=word.spaced, forced=word.forced)
        if (space := word.space) is not None:
            atom.space = space.width * sizes[space.span] + tracking * space.codes
        if word.hyphen:
            atom.hyphen = sum([width * sizes[span] + tracking * codes for span, width, codes in word.hyphen])
        atoms.append(atom)
    return atoms


HAIR = 0.001
"""Of a point: what adding widths may be off by."""


class Words(Struct, frozen=True):
    """The words of a passage, for whoever has to divide one."""

    spans: Sequence[Span]
    style: ParagraphStyle
    language: str
    """BCP 47; "" where words are not to be divided."""

    def places(self, atom: Atom) -> tuple[int, ...]:
        """Where an atom may be divided with a hyphen, as positions in its text."""
        said = {self.spans[part.span].language or self.language for part in atom.parts}
        if len(said) > 1 or not self.language or any(self.spans[part.span].code for part in atom.parts):
            return ()
        return hyphenation(letters(atom), said.pop())

    def cut(self, atom: Atom, at: int) -> tuple[Atom, Atom]:
        """An atom in two, the first without a hyphen as yet."""
        first: list[Fragment] = []
        rest: list[Fragment] = []
        for part in atom.parts:
            before, behind = part.text[: max(0, at)], part.text[max(0, at) :]
            at -= len(part.text)
            if before:
                first.append(self._part(before, part.span))
            if behind:
                rest.append(self._part(behind, part.span))
        between = _kerning(first[-1], rest[0], self.spans, self.style) if first and rest else 0.0
        head = Atom(first, sum(part.width for part in first), between)
        width = sum(part.width for part in rest)
        return head, Atom(rest, width, atom.space, atom.spaced, atom.hyphen, atom.forced)

    def _part(self, text: str, span: int) -> Fragment:
        return Fragment(span, text, _width(text, self.spans[span], self.style))

    def hyphenated(self, atom: Atom, at: int) -> tuple[Atom, Atom]:
        """An atom in two, the first with a hyphen."""
        head, rest = self.cut(atom, at)
        head.hyphen = _hyphen(head.parts[-1], self.spans, self.style)
        return head, rest

    def narrowest(self, atom: Atom, most: float) -> float:
        """The least width that a column must have for an atom; `most` for one that is no word."""
        text, whole = letters(atom), atom.width + atom.hyphen
        if not is_word(text):
            return min(whole, most)
        places = self.places(atom)
        if not places:
            return whole
        halves = [self.hyphenated(atom, at) for at in places]
        if len(text) < _LONG_WORD:
            return min(max(head.width + head.hyphen, rest.width + rest.hyphen) for head, rest in halves)
        found = [whole]
        for (head, rest), at in zip(halves, places):
            inner = [self.hyphenated(rest, later - at) for later in places if later > at]
            two = min((max(a.width + a.hyphen, b.width + b.hyphen) for a, b in inner), default=rest.width + rest.hyphen)
            found.append(max(head.width + head.hyphen, two))
        return min(found)

    def divided(self, atom: Atom, width: float) -> list[Atom]:
        """An atom in atoms that are no wider than a line: at hyphens by its language where it has some, else behind
        the marks that divide addresses, else, and then with a hyphen too if it is a word, between any two letters."""
        found: list[Atom] = []
        while atom.width + atom.hyphen > width + HAIR:
            text = letters(atom)
            word = bool(self.language) and not any(self.spans[part.span].code for part in atom.parts)
            ways = [(True, self.places(atom)), (False, tuple(m.end() for m in _ADDRESS_MARK.finditer(text)))]
            ways += [(True, anywhere(text) if word else ()), (False, tuple(range(1, len(text))))]
            for hyphened, places in ways:
                cut = self.hyphenated if hyphened else self.cut
                fitting = (
                    [one for one in places if self._fits(cut(atom, one)[0], width)]
                    if len(places) < _FEW
                    else (self._last_fitting(atom, places, width, cut))
                )
                if fitting:
                    head, atom = cut(atom, fitting[-1])
                    found.append(head)
                    break
            else:
                if len(text) < 2:
                    break
                head, atom = self.cut(atom, 1)
                found.append(head)
        return [*found, atom]

    def _last_fitting(
        self, atom: Atom, places: Sequence[int], width: float, cut: Callable[[Atom, int], tuple[Atom, Atom]]
    ) -> list[int]:
        """The last of many places at which the part before it fits, found by halving."""
        low, high = 0, len(places)
        while low < high:
            middle = (low + high) // 2
            if self._fits(cut(atom, places[middle])[0], width):
                low = middle + 1
            else:
                high = middle
        return [places[low - 1]] if low else []

    def _fits(self, atom: Atom, width: float) -> bool:
        return atom.width + atom.hyphen <= width + HAIR

    def smoothed(self, atoms: Sequence[Atom], width: float) -> list[Atom]:
        """Atoms for lines of a width, a word divided where the line before it would end far too early."""
        found: list[Atom] = []
        used, space = 0.0, 0.0
        for whole in atoms:
            atom = whole
            if found and used + space + atom.width + atom.hyphen > width + HAIR:
                free = width - used - space
                if free > max(_RAGGED * width, _RAGGED_LEAST) and len(letters(atom)) >= _WORTH_IT:
                    for at in reversed(self.places(atom)):
                        head, rest = self.hyphenated(atom, at)
                        if self._fits(head, free):
                            found.append(head)
                            atom = rest
                            break
                used, space = 0.0, 0.0
            used += space + atom.width
            space = atom.space
            if atom.forced:
                used, space = 0.0, 0.0
            found.append(atom)
        return found


def letters(atom: Atom) -> str:
    """What an atom says."""
    return "".join(part.text for part in atom.parts)


def forget() -> None:
    """Let go of all passages whose words are known."""
    _unsized.cache_clear()
    atoms_of.cache_clear()
