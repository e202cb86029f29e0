"""Markdown as stories have it: CommonMark with tables, attributes and blocks between colons; nothing is lost unsaid."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_core import StateCore
from markdown_it.rules_core.smartquotes import process_inlines
from markdown_it.rules_inline import StateInline, image, link
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from msgspec import Struct

from data.language.words import quotation_marks
from data.look.typography import with_dashes
from reports.story.attributes import (
    CODE,
    ESCAPED,
    ESCAPED_CLOSING,
    ESCAPED_OPENING,
    IMAGE,
    AttributeSyntaxError,
    parse_attributes,
    shortened,
    stray,
)
from reports.story.directives import directive, nearly_a_fence
from reports.story.footnotes import check_footnotes, footnote_rules, footnotes_in
from reports.story.mistakes import Mistake, mistake_at, mistakes_in
from reports.story.nesting import limit_depth, refuse_depth
from reports.story.signs import CLOSED, raw_signs

_TEST = re.compile(r"\bholds[ \t]*=")
_RULER = re.compile(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*")
_COMMENT_SIGN = re.compile(r"<!-|-->")
_LINE = "line"
_KEPT = 20
"""Stories that are kept parsed."""
_MOST_ADDRESSES = 2_000
"""Lines `[words]: address` of a story."""


class Parsed(Struct, frozen=True):
    """A story's Markdown as a tree."""

    tree: SyntaxTreeNode
    footnotes: Mapping[str, SyntaxTreeNode]
    """By their names, taken out of the tree."""
    tests: tuple[Token, ...]
    """The tokens that carry a test."""
    mistakes: tuple[Mistake, ...]
    """What would be lost or printed raw."""


@lru_cache(_KEPT)
def parsed(markdown: str, language: str, branches: str) -> Parsed:
    """A story, whose values are tokens: while a project is watched, most of its stories stay as they are. `branches` is
    what other data might have it say: footnotes and addresses for that are not lost.

    What is given is the same for all who ask, and nobody changes it.
    """
    env: dict[str, Any] = {}
    tokens = _parser(language).parse(markdown, env)
    refuse_depth(tokens)
    check_footnotes(_every(tokens), env, branches)
    _unused_addresses(tokens, env, branches)
    _lost_cells(tokens, markdown.split("\n"), env)
    tests = tuple(token for token in _every(tokens) if "holds" in token.attrs)
    if not mistakes_in(env):
        _lost_tests(tokens, markdown, env)
    tree = SyntaxTreeNode(tokens)
    return Parsed(tree, footnotes_in(tree), tests, tuple(mistakes_in(env)))


def _parser(language: str) -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": False, "typographer": True, "quotes": list(quotation_marks(language))})
    md.enable(["table", "smartquotes", "strikethrough"])
    md.validateLink = lambda url: True  # every address is checked, and named, when the link is read
    md.block.ruler.before("fence", "directive", directive, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    md.inline.ruler.at("image", _placed(image, "image"))
    md.inline.ruler.at("link", _placed(link, "link_open"))
    md.inline.ruler.after("link", "span", _span)
    md.core.ruler.after("block", "heading_attributes", _heading_attributes)
    md.core.ruler.at("inline", _inline)
    footnote_rules(md, _line)
    limit_depth(md)
    md.core.ruler.after("inline", "stray", _stray)  # before escaped signs are joined with the text around them
    md.core.ruler.after("stray", "typography", _typography)
    return md


def _every(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _every(token.children or ())


# -- attributes --------------------------------------------------------------
def _heading_attributes(state: StateCore) -> None:
    """Move `{#id kicker="..."}` from the end of a heading's words to its attributes, before the words are parsed."""
    for opening, inline in zip(state.tokens, state.tokens[1:]):
        if opening.type != "heading_open":
            continue
        for brace in re.finditer(r"(?<![\\\]])\{", inline.content):
            try:
                end, attributes = parse_attributes(inline.content, brace.start())
            except AttributeSyntaxError:
                continue  # what it is, is said when the words are looked through
            if not inline.content[end:].strip():
                opening.attrs = {**attributes}
                words = inline.content[: brace.start()].rstrip()
                inline.content = re.sub(r"[ \t]+#+$", "", words) if opening.markup.startswith("#") else words
                break


def _inline(state: StateCore) -> None:
    """Parse the words of every block, with the line at which they begin at hand."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = token.children or []
            state.env[_LINE] = token.map[0] if token.map else 0
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def _line(state: StateInline, position: int) -> int:
    return cast("int", state.env[_LINE]) + state.src.count("\n", 0, position)


def _attributes_behind(state: StateInline, position: int, silent: bool) -> tuple[int, dict[str, str]]:
    """Attributes directly behind something, and the place behind them; a mistake is noted and passed over."""
    if position >= state.posMax or state.src[position] != "{":
        return position, {}
    try:
        return parse_attributes(state.src[: state.posMax], position)
    except AttributeSyntaxError as error:
        if not silent:
            said = f"the attributes '{shortened(state.src[position : error.end])}' cannot be read: {error.said}."
            remedy = error.remedy + r" Where the brace is meant, write \{."
            mistake_at(state.env, _line(state, position), said, remedy)
        return error.end, {}


def _placed(rule: Callable[[StateInline, bool], bool], kind: str) -> Callable[[StateInline, bool], bool]:
    """A rule of markdown-it, whose token knows its line and its attributes."""

    def placed(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        state.pos, attributes = _attributes_behind(state, state.pos, silent)
        if not silent:
            token = next(t for t in state.tokens[before:] if t.type == kind)
            line = _line(state, start)
            token.map = [line, line + 1]
            token.attrs.update(attributes)
        return True

    return placed


def _span(state: StateInline, silent: bool) -> bool:
    """`[words]{holds="..."}`."""
    start = state.pos
    if state.src[start] != "[":
        return False
    closing = state.md.helpers.parseLinkLabel(state, start, False)
    if closing < 0 or closing + 1 >= state.posMax or state.src[closing + 1] != "{":
        return False
    end, attributes = _attributes_behind(state, closing + 1, silent)
    maximum = state.posMax
    if not silent:
        state.pos, state.posMax = start + 1, closing
        token = state.push("span_open", "span", 1)
        line = _line(state, start)
        token.attrs, token.map = {**attributes}, [line, line + 1]
        state.md.inline.tokenize(state)
        state.push("span_close", "span", -1)
    state.pos, state.posMax = end, maximum
    return True


# -- what would be printed raw or lost ---------------------------------------
def _passage(children: Sequence[Token]) -> str:
    """Words as one text, with a sign of ours for what is none or is escaped."""
    parts: list[str] = []
    for token in children:
        match token.type:
            case "text":
                parts.append(token.content)
            case "text_special" if len(token.content) > 1 and token.content.startswith("\\"):
                parts.append(token.content)  # a backslash before what needs none
            case "text_special":
                parts.append({"{": ESCAPED_OPENING, "}": ESCAPED_CLOSING}.get(token.content, ESCAPED))
            case "softbreak" | "hardbreak":
                parts.append("\n")
            case "code_inline":
                parts.append(CODE)
            case "image":
                parts.append(IMAGE)
            case "span_close" | "link_close":
                parts.append(CLOSED)  # what stands behind it is known to stand there
            case _:
                pass
    return "".join(parts)


def _stray(state: StateCore) -> None:
    """Note attributes, fences, tables and comments that are none and would be printed as they stand."""
    for block, token in zip([None, *state.tokens], state.tokens):
        if token.type != "inline":
            continue
        first = token.map[0] if token.map else 0
        for words in (token, *(t for t in _every(token.children or ()) if t.type == "image")):
            passage = _passage(words.children or ())
            start = words.map[0] if words.map else first
            for position, said, remedy in (*stray(passage.replace(CLOSED, "]")), *raw_signs(passage)):
                mistake_at(state.env, start + passage.count("\n", 0, position), said, remedy)
            for sign in _COMMENT_SIGN.finditer(passage):
                said = f"'{sign[0]}' would be printed as it stands: it belongs to no comment."
                remedy = r"Write <!-- comment -->; where the signs are meant, `in backticks` or with \ before them."
                mistake_at(state.env, start + passage.count("\n", 0, sign.start()), said, remedy)
        lines = token.content.split("\n")
        for number, line in enumerate(lines, first):
            if nearly_a_fence(line):
                said = f"'{shortened(line)}' would be printed as it stands: a block is fenced by three colons."
                remedy = r"Write '::: name' on a line of its own, and ':::' below; where colons are meant, \: first."
                mistake_at(state.env, number, said, remedy)
            elif block is not None and block.type == "paragraph_open" and "|" in line and _RULER.fullmatch(line):
                said = "the line below a table's header has another number of columns than the header."
                mistake_at(state.env, number, said, "Write as many cells in both: | --- | --- |.")


def _typography(state: StateCore) -> None:
    """Set dashes and ellipses, in captions quotation marks as well; addresses that stand for themselves stay."""
    for token in state.tokens:
        for passage in (token, *(t for t in _every(token.children or ()) if t.type == "image")):
            address = False
            for part in passage.children or ():
                address = (part.type == "link_open" and part.info == "auto") or (address and part.type != "link_close")
                if part.type == "text" and not address:
                    part.content = with_dashes(part.content)
            if passage.type == "image":
                process_inlines(passage.children or [], state)


def _unused_addresses(tokens: Sequence[Token], env: dict[str, Any], branches: str) -> None:
    """Lines like `[words]: more words`, which Markdown takes for the address of a link and does not print."""
    used = {str(t.attrs.get("href", t.attrs.get("src"))) for t in _every(tokens) if t.type in ("link_open", "image")}
    references = cast("dict[str, dict[str, Any]]", env.get("references", {}))
    repeated = cast("list[dict[str, Any]]", env.get("duplicate_refs", []))
    lines = sorted(found["map"][0] for found in (*references.values(), *repeated))
    if len(lines) > _MOST_ADDRESSES:
        said = f"this is one of {len(lines):,} addresses of links; a story has {_MOST_ADDRESSES:,} at most."
        mistake_at(env, lines[_MOST_ADDRESSES], said, "Write the address behind its words: [words](https://...).")
        return
    for label, found in references.items():
        elsewhere = re.search(rf"\[{re.escape(label)}\](?!:)", branches, re.IGNORECASE)
        if found["href"] not in used and not elsewhere:
            said = f"'[{label.lower()}]: ...' would not be printed: Markdown takes it for the address of a link."
            mistake_at(env, found["map"][0], said, r"Write \[ in place of the first bracket, or delete the line.")
    for found in repeated:
        said = f"the address of '[{found['label']}]' stands there a second time."
        mistake_at(env, found["map"][0], said, "Delete one of them, or write \\[ in place of the first bracket.")


def _lost_cells(tokens: Sequence[Token], lines: Sequence[str], env: dict[str, Any]) -> None:
    """Rows of a table that have more cells than its header: Markdown leaves out what is too many."""
    columns = 0
    for token in tokens:
        if token.type == "table_open" and token.map:
            columns = 0
        elif token.type == "th_open":
            columns += 1
        elif token.type == "tr_open" and token.map and columns:
            row = lines[token.map[0]].strip()
            cells = escapedSplit(row)
            cells = cells[1 if cells and not cells[0] else 0 :]
            cells = cells[:-1] if cells and not cells[-1] else cells
            if len(cells) > columns:
                said = f"this row has {len(cells)} cells, and the table's header has {columns}."
                mistake_at(env, token.map[0], said, r"Take one out, or write \| where the sign is meant.")


def _lost_tests(tokens: Sequence[Token], markdown: str, env: dict[str, Any]) -> None:
    """Tests that stand in the text and came to be neither an attribute nor words: a claim is never passed over."""
    found = len(_TEST.findall(markdown))
    for token in _every(tokens):
        found -= "holds" in token.attrs
        found -= sum(len(_TEST.findall(str(value))) for value in token.attrs.values())
        if token.type in ("text", "code_inline", "code_block", "fence"):
            found -= len(_TEST.findall(f"{token.content} {token.info}"))
    if found > 0:
        line = next(n for n, words in enumerate(markdown.split("\n")) if _TEST.search(words))
        remedy = 'A claim is # Heading {holds="..."} or [words]{holds="..."}.'
        mistake_at(env, line, f"{found} of the tests that follow are read as no test.", remedy)
