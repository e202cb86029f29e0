"""Markdown is parsed only as deep as it can be set: deeper text would be left out without a word."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from data.effort import EffortError, spend, too_much
from data.errors import ProjectError
from data.sandbox.rendered import RenderedStory

DEEPEST = 20
"""Quotes, lists, blocks and words with a meaning of their own within each other."""
_STEPS = 3
"""For each character of a story: to parse it, to find its place on a page, to draw it."""


class _DeepError(Exception):
    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def _refuse_deep(state: StateBlock, line: int, _end: int, _silent: bool) -> bool:
    if state.level > DEEPEST:
        raise _DeepError(line)
    return False


def limit_depth(md: MarkdownIt) -> None:
    """Let a parser stop where quotes, lists or blocks stand too deep within each other."""
    md.options["maxNesting"] = 5 * DEEPEST  # past it the parser leaves out what follows; it is never reached
    md.block.ruler.before("code", "refuse_deep", _refuse_deep, {"alt": []})


def refuse_depth(tokens: Sequence[Token]) -> None:
    """Stop where brackets or emphases stand too deep within each other."""
    for token in tokens:
        if token.children and _depth(token.children) > DEEPEST:
            raise _DeepError(token.map[0] if token.map else 0)


@contextmanager
def within_depth(story: RenderedStory) -> Generator[None, None, None]:
    """While a story is parsed: ProjectError with its line where the parser stops, and for a story that is too long."""
    try:
        spend(_STEPS * len(story.markdown))
        yield
    except EffortError as error:
        raise too_much(error, story.place(0)) from None
    except (_DeepError, RecursionError) as error:
        line = error.line if isinstance(error, _DeepError) else 0
        message = f"more than {DEEPEST} quotes, lists, brackets or emphases stand within each other."
        raise ProjectError.at(story.place(line), message, "Write them one after the other.") from None


def _depth(tokens: Sequence[Token]) -> int:
    """How many pairs of marks stand within each other at most."""
    deepest = level = 0
    for token in tokens:
        level += token.nesting
        below = 1 + _depth(token.children) if token.children else 0
        deepest = max(deepest, level + below)
    return deepest
