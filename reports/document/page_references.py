"""References by page: a document is made again until each says the page or slide on which its block then stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from msgspec.structs import replace

from data.errors import Place, Problem, ProjectError
from data.language.words import words
from reports.document.blocks import Block, Document, FootnoteList
from reports.document.inlines import Footnote, Inline, Inlines, Leaf, Ref, Text, leaves, with_leaves
from reports.document.tree import rebuilt, typed_inlines, walk, with_inlines

_PASSES = 8
"""How often a document is made: a reference that moves what it leads to is told, and never printed wrong."""

Made = TypeVar("Made")
Spot = TypeVar("Spot")


def settled(
    document: Document,
    make: Callable[[Document], tuple[Made, Mapping[str, Spot]]],
    called: Callable[[Spot | None, Spot | None], str],
) -> Made:
    """What `make` makes of the document, each reference by page called after where its block stands in it.

    `make` also gives where each block stands, by its id; `called` names a place, given that of the reference. Raises
    ProjectError for a block that stands nowhere, and where no answer is found that is true of itself.
    """
    asked = _asked(document)
    if not asked:
        return make(document)[0]
    said = {(within, target): called(None, None) for within, target in asked}
    for _ in range(_PASSES):
        made, spots = make(_with_words(document, said))
        problems = [
            Problem(place, f"'#{target}' stands on no page of this output.", "Refer to something that is printed.")
            for (_, target), place in asked.items()
            if target not in spots
        ]
        if problems:
            raise ProjectError(problems)
        found = {(within, target): called(spots[target], spots.get(within)) for within, target in asked}
        if found == said:
            return made
        said = found
    raise ProjectError(
        Problem(
            place,
            f"where '#{target}' stands depends on how long the reference to it is, and no page is the right one.",
            "Refer to it without {.page}, or move the reference.",
        )
        for (_, target), place in asked.items()
    )


def page_called(language: str) -> Callable[[int | None, int | None], str]:
    """How a page is called in running text: "page 7"."""
    ours = words(language)["page n"]
    return lambda page, _: ours.format(page=page or 1)


def _asked(document: Document) -> dict[tuple[str, str], Place]:
    """Each reference by page, as the ids of the block that it stands in and of the one that it leads to."""
    return {
        (block.id, leaf.target): block.place
        for block in walk(document.blocks)
        for inlines in (*typed_inlines(block), *_notes(block))
        for leaf in leaves(inlines)
        if isinstance(leaf, Ref) and leaf.page
    }


def _notes(block: Block) -> Iterator[Inlines]:
    """The words of footnotes where these stand."""
    if isinstance(block, FootnoteList):
        yield from (note.content for note in block.notes)


def _with_words(document: Document, said: Mapping[tuple[str, str], str]) -> Document:
    """The document with words for its references by page."""

    def each(block: Block) -> Block:
        def worded(leaf: Leaf) -> Inline:
            match leaf:
                case Ref() if leaf.page:
                    return replace(leaf, children=(Text(said[block.id, leaf.target]),))
                case Footnote():
                    return replace(leaf, content=change(leaf.content))
                case _:
                    return leaf

        def change(inlines: Inlines) -> Inlines:
            return with_leaves(inlines, worded)

        return rebuilt(with_inlines(block, change), lambda inner: tuple(map(each, inner)))

    return replace(document, blocks=tuple(map(each, document.blocks)))
