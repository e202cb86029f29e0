"""Blocks between colons, `::: notes` to `:::`: every fence opens or closes one, or is refused."""

from __future__ import annotations

import re
from typing import cast

from markdown_it.rules_block import StateBlock

from data.errors import nearest
from reports.story.attributes import AttributeSyntaxError, parse_attributes
from reports.story.mistakes import mistake_at

CONTAINERS = (
    "key-figures", "quote", "myth", "question", "next-steps", "callout", "notes", "columns", "about-data", "glossary",
)  # fmt: skip
_FENCE = re.compile(r"(:{3,})[ \t]*(.*?)[ \t]*$")
_OPENING = re.compile(r"([^\s{]*)\s*(.*)")
_COLONS = ":\uff1a\ufe55\ufe13\u2236\ua789\u02d0\u0589\u2237"
_NEARLY = re.compile(rf"\s*(?:[{_COLONS}]\s*){{2,}}|\s*[{_COLONS}]\s*(?:{'|'.join(CONTAINERS)})\s*$", re.IGNORECASE)


def nearly_a_fence(line: str) -> bool:
    """Whether a line of text is meant as a fence: it begins with two colons or their like, or is `: notes`."""
    return _NEARLY.match(line) is not None


def _fence(state: StateBlock, line: int) -> tuple[int, str] | None:
    """How many colons a line begins with, and what follows them; None for a line that is no fence."""
    if state.is_code_block(line):
        return None
    found = _FENCE.match(state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]])
    return (len(found[1]), found[2]) if found else None


def _end(state: StateBlock, start: int, last: int, colons: int) -> int | None:
    """The line that closes the block opened in `start`; blocks within it are passed over."""
    opened = [(start, colons)]
    for line in range(start + 1, last):
        if not state.isEmpty(line) and state.sCount[line] < state.blkIndent:
            break
        fence = _fence(state, line)
        if fence is None:
            continue
        count, words = fence
        if words:
            opened.append((line, count))
            continue
        if count not in (n for _, n in opened):
            where = f"the block above was opened by '{':' * opened[-1][1]}'."
            mistake_at(state.env, line, f"'{':' * count}' closes nothing: {where}", "Write as many.")
            opened.pop()
        else:
            while opened[-1][1] != count:
                _unclosed(state, *opened.pop())
            opened.pop()
        if not opened:
            return line
    return None


def _unclosed(state: StateBlock, line: int, colons: int) -> None:
    fence = _fence(state, line)
    remedy = f"Write {':' * colons} on a line of its own below it."
    mistake_at(state.env, line, f"the block '{':' * colons} {fence[1] if fence else ''}' is not closed.", remedy)


def directive(state: StateBlock, start: int, last: int, silent: bool) -> bool:
    """The rule of markdown-it for a block between fences: tokens `container_NAME_open` and `_close`."""
    fence = _fence(state, start)
    if fence is None:
        return False
    if silent:
        return True
    colons, words = fence
    if not words:
        mistake_at(state.env, start, f"this '{':' * colons}' closes nothing.", "Open the block above with '::: name'.")
        state.line = start + 1
        return True
    name, attributes = _opening(state, start, words)
    end = _end(state, start, last, colons)
    if end is None:
        _unclosed(state, start, colons)
    stop = last if end is None else end
    old_parent, old_line_max = state.parentType, state.lineMax
    state.parentType, state.lineMax = "container", stop
    if name:
        token = state.push(f"container_{name}_open", "div", 1)
        token.block, token.map, token.attrs = True, [start, stop], dict(attributes)
    state.md.block.tokenize(state, start + 1, stop)
    if name:
        state.push(f"container_{name}_close", "div", -1).block = True
    state.parentType, state.lineMax = old_parent, old_line_max
    state.line = stop if end is None else end + 1
    return True


def _opening(state: StateBlock, line: int, words: str) -> tuple[str, dict[str, str]]:
    """Name and attributes of a block; no name where there is no such block."""
    said = cast("re.Match[str]", _OPENING.match(words))
    name, rest = said[1], said[2]
    if name not in CONTAINERS:
        remedy = nearest(name.lower(), CONTAINERS)
        mistake_at(state.env, line, f"there is no block '::: {name}'.", remedy)
        name = ""
    if not rest:
        return name, {}
    if not rest.startswith("{"):
        remedy = "Words of the block stand on the lines below it; behind its name only attributes: {only=deck}."
        mistake_at(state.env, line, f"'{rest}' behind '::: {name}' would be lost.", remedy)
        return name, {}
    try:
        end, attributes = parse_attributes(rest)
    except AttributeSyntaxError as error:
        mistake_at(state.env, line, f"'{rest}' behind '::: {name}' cannot be read: {error.said}.", error.remedy)
        return name, {}
    if rest[end:].strip():
        remedy = "Words of the block stand on the lines below it."
        mistake_at(state.env, line, f"'{rest[end:].strip()}' behind '::: {name}' would be lost.", remedy)
    return name, attributes
