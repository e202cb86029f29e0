"""Marks in a story's text that say which line of which file it came from, through loops, includes and macros."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol, cast

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

LINE_MARK = re.compile("\ue002(\\d+):(\\d+)\ue003")
"""Stands at the start of rendered lines: number of the file, line of it."""

_LINE_END = "\ue002\ue003"
"""Stands between a comment or command and the end of its line, where there are words in that line."""
_BEHIND = "\ue002:\ue003"
"""Stands behind a file that is included within a line: its own last line end is none of that line."""
_LAST_END = re.compile(f"\n(?:{LINE_MARK.pattern}|{_LINE_END})*{_BEHIND}")
_INCLUDING = re.compile(r"\{%[-+]?\s*include\b")
_COMMAND = re.compile(r"\{%.*?%\}|<!--.*?-->")
_OPENING = re.compile(r"\{%|<!--")
_CLAIMING = re.compile(r"\{%[ \t]*(?:claim|otherwise)\b")
_CLOSING = {"{%": "%}", "<!--": "-->"}


class Numbered(Protocol):
    """What knows story files by number."""

    def file_number(self, name: str) -> int: ...


class LineMarks(Extension):
    """Marks every line of text with the line of the file that it came from, which loops and includes move about."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        file = cast("Numbered", self.environment).file_number(stream.name or "")
        for token in stream:
            line = token.lineno
            if token.type == "data":
                parts = str(token.value).split("\n")
                # within a line too: so that what a macro gives is known to be a story's words and not a value's
                marked = [f"\ue002{file}:{line}\ue003{parts[0]}"]
                for part in parts[1:]:
                    line += 1
                    marked.append(f"\ue002{file}:{line}\ue003{part}")
                token = Token(token.lineno, "data", "\n".join(marked))
            yield token


def with_line_ends(source: str) -> str:
    """A story in which a comment or command at the end of a line of words leaves the line its end.

    Jinja2 takes away the line end behind each: right where it stands on a line of its own, but a heading with a
    comment would take in the paragraph below it. `<!---` is a comment like any other here, not one that takes away
    the white space around it.
    """
    source = re.sub("<!--[-+]+(?!>)", lambda found: "<!--" + " " * (len(found[0]) - 4), source)
    source = re.sub("(?<![-+])[-+]+-->", lambda found: " " * (len(found[0]) - 3) + "-->", source)
    parts: list[str] = []
    end = 0
    words = False  # in the line so far, commands and comments left out
    for start, behind in _commands(source):
        between = source[end:start]
        line = between.rpartition("\n")[2]
        words = bool(line.strip(" \t")) or (words and line == between)
        indented = line.isspace() and (line != between or not end)
        if indented and _CLAIMING.match(source, start) and not source.startswith("\n", behind):
            parts.append(between + _LINE_END)  # else the words lose the spaces by which they belong to a list
            end = start
        parts.append(source[end:behind])
        end = behind
        if _INCLUDING.match(source, start) and (words or _words_follow(source, behind)):
            parts.append(_BEHIND)
        if words and source.startswith("\n", end) and not source.endswith("-%}", start, end):
            parts.append(_LINE_END)
    return "".join((*parts, source[end:]))


def _words_follow(source: str, behind: int) -> bool:
    """Whether there are words in the rest of a line."""
    end = source.find("\n", behind)
    return bool(_COMMAND.sub("", source[behind : end if end >= 0 else None]).strip())


def within_lines(rendered: str) -> str:
    """Rendered text in which files that are included within a line end where they do, and the line goes on."""
    return _LAST_END.sub("", rendered).replace(_BEHIND, "")


def _commands(source: str) -> Iterator[tuple[int, int]]:
    """Where commands and comments begin and end. One that is not closed is none: what closes it is sought only once."""
    unclosed: set[str] = set()
    found = _OPENING.search(source)
    while found and len(unclosed) < len(_CLOSING):
        sign, behind = found[0], found.end()
        if sign not in unclosed:
            closing = source.find(_CLOSING[sign], behind)
            if closing < 0:
                unclosed.add(sign)
            else:
                behind = closing + len(_CLOSING[sign])
                yield found.start(), behind
        found = _OPENING.search(source, behind)


def leading_marks(line: str) -> Iterator[re.Match[str]]:
    """The marks with which a line begins: the last one is of what stands in it, those before of commands now gone."""
    found = LINE_MARK.match(line)
    while found:
        yield found
        found = LINE_MARK.match(line, found.end())


def without_marks(line: str) -> str:
    """A rendered line as its author wrote it."""
    return LINE_MARK.sub("", line).replace(_LINE_END, "")
