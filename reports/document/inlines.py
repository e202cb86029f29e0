"""Words of a document: the closed union `Inline`.

Numbers stand in a document as `Run`s that hold values, never as text; a writer turns them into text with
`data.language.show.show`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from data.language.show import NumberStyle, show
from data.language.words import quotation_marks
from data.tables.value import Interval, Value


class Text(Struct, frozen=True):
    """Words of the author."""

    text: str


class Run(Struct, frozen=True):
    """A value from the data."""

    value: Value | Interval
    style: NumberStyle = "rounded"


class Strong(Struct, frozen=True):
    children: tuple[Inline, ...]


class Emphasis(Struct, frozen=True):
    children: tuple[Inline, ...]


class Strike(Struct, frozen=True):
    """Words struck out: they hold no longer."""

    children: tuple[Inline, ...]


class Code(Struct, frozen=True):
    text: str


class Foreign(Struct, frozen=True):
    """Words in another language than the document's, so that they are read out in their own."""

    language: str
    """BCP 47, such as "fr"."""
    children: tuple[Inline, ...]


class Link(Struct, frozen=True):
    """A link to an address outside the document."""

    target: str
    children: tuple[Inline, ...]


class Ref(Struct, frozen=True):
    """A reference to a block of this document; without words of its own it is shown as "Figure 3" or "Pay"."""

    target: str
    children: tuple[Inline, ...] = ()
    page: bool = False
    """Whether it is shown as where the block stands, "page 7": it has words once that is known."""


class LineBreak(Struct, frozen=True):
    pass


class Footnote(Struct, frozen=True):
    """The call of a footnote, a raised number, with the words that stand apart."""

    number: int
    """Among the document's footnotes, from 1; called twice, it keeps its number."""
    content: Inlines


Leaf = Text | Run | Code | Ref | LineBreak | Footnote
"""What has no inlines within it, as a reference without words of its own."""

Inline = Leaf | Strong | Emphasis | Strike | Foreign | Link


Inlines = tuple[Inline, ...]


def leaves(inlines: Inlines) -> Iterator[Leaf]:
    """Inlines without their nesting, in reading order."""
    for inline in inlines:
        match inline:
            case Strong() | Emphasis() | Strike() | Foreign() | Link():
                yield from leaves(inline.children)
            case Ref() if inline.children:
                yield from leaves(inline.children)
            case Text() | Run() | Code() | Ref() | LineBreak() | Footnote():
                yield inline
            case _:
                assert_never(inline)


def with_leaves(inlines: Inlines, change: Callable[[Leaf], Inline]) -> Inlines:
    """Inlines with each of their leaves changed, in the same nesting."""
    return tuple(_changed(inline, change) for inline in inlines)


def _changed(inline: Inline, change: Callable[[Leaf], Inline]) -> Inline:
    match inline:
        case Strong() | Emphasis() | Strike() | Foreign() | Link():
            return replace(inline, children=with_leaves(inline.children, change))
        case Ref() if inline.children:
            return replace(inline, children=with_leaves(inline.children, change))
        case Text() | Run() | Code() | Ref() | LineBreak() | Footnote():
            return change(inline)
        case _:
            assert_never(inline)


def apart(leaf: Leaf) -> Inlines | None:
    """The words that a leaf calls and that stand elsewhere; None for one that stands for itself."""
    match leaf:
        case Footnote():
            return leaf.content
        case Text() | Run() | Code() | Ref() | LineBreak():
            return None
        case _:
            assert_never(leaf)


def plain(inlines: Inlines, language: str, labels: dict[str, str] | None = None) -> str:
    """Inlines as plain text, values shown in the reader's language, without the numbers of footnotes."""
    parts: list[str] = []
    for leaf in leaves(inlines):
        match leaf:
            case Text() | Code():
                parts.append(leaf.text)
            case Run():
                parts.append(show(leaf.value, leaf.style, language))
            case Ref():
                parts.append((labels or {}).get(leaf.target, leaf.target))
            case LineBreak():
                parts.append(" ")
            case Footnote():
                pass
            case _:
                assert_never(leaf)
    return "".join(parts)


_DOUBLE = '"“”„«»'
_OPENING, _CLOSING = f"{_DOUBLE}'‘‚‹", f"{_DOUBLE}'’‘›"


def in_quotation_marks(content: Inlines, language: str) -> bool:
    """Whether all of it stands in one pair of quotation marks."""
    text = plain(content, language).strip()
    inner = text[1:-1].strip()
    return text[:1] in tuple(_OPENING) and text[-1:] in tuple(_CLOSING) and not {*inner} & {*_DOUBLE}


def quoted(content: Inlines, language: str) -> Inlines:
    """A quotation in the language's quotation marks, unless the author has set some."""
    if plain(content, language).lstrip()[:1] in tuple("“„«\"'‘‚‹"):
        return content
    opening, closing, *_ = quotation_marks(language)
    return (Text(opening), *content, Text(closing))
