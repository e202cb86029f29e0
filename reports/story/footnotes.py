"""Footnotes in Markdown, `[^1]` in the text and `[^1]: words` below it: each is called, and each call has its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from reports.story.mistakes import mistake_at

_DEFINITION = re.compile(r"\[\^([^\s\[\]^]+)\]:[ \t]*(.*)")
_CALL = re.compile(r"\[\^([^\s\[\]^]+)\]")


def footnote_rules(md: MarkdownIt, line: Callable[[StateInline, int], int]) -> None:
    """Teach a parser footnotes; `line` tells at which line a place within words stands."""

    def call(state: StateInline, silent: bool) -> bool:
        found = _CALL.match(state.src, state.pos, state.posMax)
        if found is None:
            return False
        if not silent:
            token = state.push("footnote_ref", "", 0)
            here = line(state, state.pos)
            token.meta, token.map = {"label": found[1]}, [here, here + 1]
        state.pos = found.end()
        return True

    md.block.ruler.before("reference", "footnote", _definition, {"alt": ["paragraph", "reference"]})
    md.inline.ruler.before("link", "footnote_ref", call)


def _definition(state: StateBlock, start: int, last: int, silent: bool) -> bool:
    """`[^1]: words`, to the next empty line or footnote: tokens `footnote_open` and `_close` around a paragraph."""
    if state.is_code_block(start):
        return False
    found = _DEFINITION.match(_of(state, start))
    if found is None:
        return False
    if silent:
        return True
    words, end = [found[2]], start + 1
    while end < last and not state.isEmpty(end) and state.sCount[end] >= state.blkIndent:
        if _DEFINITION.match(_of(state, end)) or _begins(state, end, last):
            break
        words.append(_of(state, end))
        end += 1
    opening = state.push("footnote_open", "", 1)
    opening.map, opening.meta = [start, end], {"label": found[1]}
    paragraph = state.push("paragraph_open", "p", 1)
    inline = state.push("inline", "", 0)
    inline.content, inline.children = "\n".join(words).strip(), []
    paragraph.map, inline.map = [start, end], [start, end]
    state.push("paragraph_close", "p", -1)
    state.push("footnote_close", "", -1)
    if not inline.content:
        mistake_at(state.env, start, f"the footnote '[^{found[1]}]' has no words.", f"Write [^{found[1]}]: words.")
    state.line = end
    return True


def _of(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _begins(state: StateBlock, line: int, last: int) -> bool:
    """Whether another block begins in a line, as it would end a paragraph."""
    if state.is_code_block(line):
        return False  # words that stand in
    return any(rule(state, line, last, True) for rule in state.md.block.ruler.getRules("paragraph"))


def check_footnotes(tokens: Iterable[Token], env: MutableMapping[str, Any], branches: str) -> None:
    """Note a mistake for each call without words, each footnote that nothing calls, not in `branches` that other data
    take either, and each that stands twice."""
    defined: dict[str, int] = {}
    called: dict[str, int] = {}
    for token in tokens:
        line = token.map[0] if token.map else 0
        if token.type == "footnote_open":
            label = token.meta["label"]
            if label in defined:
                said = f"the footnote '[^{label}]' stands there a second time."
                mistake_at(env, line, said, "Give it another name, and call it by that.")
            defined.setdefault(label, line)
        elif token.type == "footnote_ref":
            called.setdefault(token.meta["label"], line)
    for label, line in called.items():
        if label not in defined:
            said = f"the footnote '[^{label}]' has no words."
            mistake_at(env, line, said, f"Write, on a line of its own below this passage, [^{label}]: words.")
    for label, line in defined.items():
        sign = re.escape(f"[^{label}]")
        if label not in called and not re.search(rf"(?<!\n){sign}|{sign}(?!:)", branches):
            said = f"the footnote '[^{label}]' would not be printed: nothing calls it."
            mistake_at(env, line, said, f"Write [^{label}] behind the words that it is about, or delete it.")


def footnotes_in(tree: SyntaxTreeNode) -> Mapping[str, SyntaxTreeNode]:
    """The footnotes of a story by their names, taken out of what they stand in: they are read where they are called."""
    found = {node.meta["label"]: node for node in tree.walk() if node.type == "footnote"}
    for parent in {id(node.parent): node.parent for node in found.values()}.values():
        if parent is not None:
            parent.children = [child for child in parent.children if child.type != "footnote"]
    return found


def words_of(footnote: SyntaxTreeNode) -> Sequence[SyntaxTreeNode]:
    """What stands within the one paragraph of a footnote."""
    return footnote.children[0].children[0].children
