"""Signs that a value brings with it and that the author has typed as well: "$$120,000", "35%%"."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from data.errors import Problem
from data.show import show
from reports.blocks import Document, Figure, Inlines, Run, Text, inlines_of, leaves, walk


def doubled_signs(document: Document) -> list[Problem]:
    """A problem for each value in running text whose sign stands there twice."""
    problems: list[Problem] = []
    for block in walk(document.blocks):
        for passage in (*inlines_of(block), *((block.caption,) if isinstance(block, Figure) else ())):
            for text, sign in _doubled(passage, document.language):
                problems.append(
                    Problem(
                        block.place,
                        f"'{text}' would be printed: the value brings its own '{sign}'.",
                        "Delete the one that is typed, or ask for the bare number: {{ ... | number }}.",
                    )
                )
    return problems


def _doubled(passage: Inlines, language: str) -> Iterator[tuple[str, str]]:
    """What would be printed, and the sign that it has twice."""
    found = list(leaves(passage))
    for index, leaf in enumerate(found):
        if not isinstance(leaf, Run):
            continue
        shown = show(leaf.value, leaf.style, language)
        before, after = (found[i] if 0 <= i < len(found) else None for i in (index - 1, index + 1))
        if isinstance(before, Text) and _is_sign(shown[:1]) and before.text.rstrip().endswith(shown[0]):
            yield f"{before.text[before.text.rindex(shown[0]) :]}{shown}", shown[0]
        if isinstance(after, Text) and _is_sign(shown[-1:]) and after.text.lstrip().startswith(shown[-1]):
            yield f"{shown}{after.text[: after.text.index(shown[-1]) + 1]}", shown[-1]


def _is_sign(character: str) -> bool:
    return character in ("%", "×") or (character != "" and unicodedata.category(character) == "Sc")
