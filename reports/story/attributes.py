"""Attributes, `{#id only="deck"}`: their grammar, and how braces that are meant as attributes are told from text."""

from __future__ import annotations

import re
from collections.abc import Iterator

NAMES = ("id", "class", "holds", "only", "kicker", "lang", "fields", "rows", "sort", "where")
"""What attributes are called, wherever they stand."""

_QUOTES = "\"'\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u201b\u00ab\u00bb\u2039\u203a`\u00b4\u2032\u2033"
_NAME = re.compile(r"[^\W\d][\w-]*")
_WORD = re.compile(r"[^\s{}#.=,]+")
_SIGNED = re.compile(r"[#.]([\w:-]+(?:\.[\w:-]+)*)")
_BARE = re.compile(rf"[^\s{{}}=<>()\[\]|{_QUOTES}]*[^\s,{{}}=<>()\[\]|{_QUOTES}]")
_ESCAPE = re.compile(r"\\([\\\"'])")

ESCAPED, CODE, IMAGE, ESCAPED_OPENING, ESCAPED_CLOSING = "\x01", "\x02", "\x03", "\x04", "\x05"
"""What stands in a passage for an escaped sign, words in backticks, a picture, and the two escaped braces."""

_BEGINS_AS_ATTRIBUTES = re.compile(
    rf"\{{\s*(?:[#.]\w|%|(?:{'|'.join(NAMES)})\b|\w[\w-]*\s*[:=]?\s*[{_QUOTES}{CODE}])|\{{[^{{}}]*=", re.IGNORECASE
)
_QUOTED_VALUE = re.compile(rf"\b(?:{'|'.join(NAMES)})\s*[=:]\s*[{_QUOTES}{CODE}]|\bholds=\S", re.IGNORECASE)
_ESCAPED_GROUP = re.compile(rf"{ESCAPED_OPENING}[^{{}}{ESCAPED_OPENING}{ESCAPED_CLOSING}]*[}}{ESCAPED_CLOSING}]")
_WAY_OUT = r"Where the braces are meant, write \{ and \}, or `put them in backticks`."


class AttributeSyntaxError(ValueError):
    """Braces that stand where attributes do and are none; `end` is the place behind them."""

    def __init__(self, said: str, remedy: str, end: int) -> None:
        super().__init__(said)
        self.said, self.remedy, self.end = said, remedy, end


def parse_attributes(text: str, start: int = 0) -> tuple[int, dict[str, str]]:
    """The attributes that begin with the brace at `start`, and the place behind the closing one.

    `{#id .class name=word name="words"}`, divided by white space; single quotation marks do as well, and within the
    marks a backslash takes the next mark for a sign. Raises AttributeSyntaxError for anything else.
    """
    found: dict[str, str] = {}
    at = start + 1

    def mistake(said: str, remedy: str) -> AttributeSyntaxError:
        closing, line_end = text.find("}", at), text.find("\n", at)
        line_end = line_end if line_end >= 0 else len(text)
        if not 0 <= closing < line_end:
            return AttributeSyntaxError("the closing brace is missing", 'Write {#id name="words"}.', line_end)
        return AttributeSyntaxError(said, remedy, closing + 1)

    def put(name: str, value: str) -> None:
        if name == "class" and name in found:
            found[name] += f" {value}"
        elif name in found:
            raise mistake(f"'{name}' stands there twice", "Write it once.")
        else:
            found[name] = value

    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        if at >= len(text):
            raise mistake("the closing brace is missing", 'Write {#id name="words"}.')
        if text[at] == "}":
            if not found:
                raise mistake("there is nothing in the braces", "Delete them.")
            return at + 1, found
        if signed := _SIGNED.match(text, at):
            at = signed.end()
            put("id" if signed[0][0] == "#" else "class", signed[1])
            continue
        name = _NAME.match(text, at)
        if name is None:
            said = "attributes are divided by spaces" if text[at] == "," else f"'{text[at]}' cannot stand there"
            raise mistake(said, 'Write {#id name="words"}, with nothing else between the braces.')
        at = name.end()
        while at < len(text) and text[at] in " \t":
            at += 1
        if at >= len(text) or text[at] != "=":
            word = _WORD.match(text, name.start())
            said = f"'{word[0] if word else name[0]}' has no value"
            raise mistake(said, f'Write {name[0]}="words", with an equals sign and straight quotation marks.')
        at += 1
        while at < len(text) and text[at] in " \t":
            at += 1
        sign = text[at : at + 1]
        if sign in ('"', "'") and sign:
            closing = at + 1
            while closing < len(text) and text[closing] != sign:
                closing += 2 if text[closing] == "\\" else 1
            if closing >= len(text):
                raise mistake(f"the quotation mark behind '{name[0]}=' is not closed", f"Close it by another {sign}.")
            put(name[0], _ESCAPE.sub(r"\1", text[at + 1 : closing]).replace("\n", " "))
            at = closing + 1
        elif bare := _BARE.match(text, at):
            at = bare.end()
            if text[at : at + 1] != "}" and not re.match(r"\s+([#.}]|[\w-]+\s*=(?!=))", text[at:]):
                raise mistake(f"the value of '{name[0]}' has no quotation marks", f'Write {name[0]}="words".')
            put(name[0], bare[0])
        elif sign and sign in _QUOTES:
            raise mistake("the quotation marks are not straight", f'Write straight ones: {name[0]}="words".')
        else:
            raise mistake(f"'{name[0]}=' has no value", f'Write {name[0]}="words".')


def shortened(text: str) -> str:
    """As much of a text as a message has room for."""
    text = " ".join(text.translate({1: "\\", 2: "`", 3: "!", 4: "{", 5: "}"}).split())
    return text if len(text) <= 60 else f"{text[:57]}..."


def stray(passage: str) -> Iterator[tuple[int, str, str]]:
    """What in a passage is meant as attributes and would be printed: place in it, what is wrong, what to do.

    `passage` is what is left as text, with the signs above for what is not. A brace without a partner is refused; so
    is a group that begins with `#` or `.` and a letter, with `%`, with the name of an attribute or with a name and a
    quotation mark, or that holds an equals sign; and, without braces, the name of an attribute with a quoted value,
    and `holds=`.
    """
    open_at: list[int] = []
    told: list[tuple[int, int]] = []
    for index, sign in enumerate(passage):
        if sign in ("{", ESCAPED_OPENING):
            open_at.append(index)
        elif sign in ("}", ESCAPED_CLOSING) and open_at:
            start = open_at.pop()
            group = passage[start : index + 1]
            if passage[start] == "{" and not open_at and _BEGINS_AS_ATTRIBUTES.match(group):
                told.append((start, index))
                yield start, *_unread(passage, start, group)
        elif sign == "}":
            told.append((index, index))
            if passage[index - 1 : index] != "}":
                signs = "}}" if passage.startswith("}}", index) else "}"
                yield index, f"'{signs}' would be printed as it stands: it has no opening brace.", _WAY_OUT
    for start in open_at:
        if passage[start] != "{":
            continue
        told.append((start, len(passage)))
        rest = passage[start:].split("\n")[0]
        if _BEGINS_AS_ATTRIBUTES.match(rest):
            yield start, f"the attributes '{shortened(rest)}' cannot be read: the closing brace is missing.", _WAY_OUT
        else:
            yield start, f"'{shortened(rest)}' would be printed as it stands: the brace is not closed.", _WAY_OUT
        break
    bare = _ESCAPED_GROUP.sub(lambda group: " " * len(group[0]), passage)
    for value in _QUOTED_VALUE.finditer(bare):
        if not any(start <= value.start() <= end for start, end in told):
            said = f"'{shortened(passage[value.start() : value.start() + 60])}' would be printed as it stands"
            yield value.start(), f"{said}: attributes stand in braces.", _WAY_OUT


def like_attributes(text: str) -> str:
    """What in a text that takes no attributes looks like some; "" where nothing does."""
    found = re.search(rf"(?:{_BEGINS_AS_ATTRIBUTES.pattern}).*", text, re.IGNORECASE) or _QUOTED_VALUE.search(text)
    return shortened(found[0]) if found else ""


def _unread(passage: str, start: int, group: str) -> tuple[str, str]:
    """What is wrong with a group that is not where attributes stand, or is no group of attributes."""
    if group[1:].lstrip().startswith("%"):
        return (
            f"'{shortened(group)}' would be printed as it stands: a command of a story is no such.",
            "Write {% if ... %}, with no space between brace and percent sign.",
        )
    try:
        parse_attributes(group.translate({1: "\\", 2: "`"}))
    except AttributeSyntaxError as error:
        return f"the attributes '{shortened(group)}' cannot be read: {error.said}.", f"{error.remedy} {_WAY_OUT}"
    before = passage[:start]
    if before.rstrip(" \t").endswith(("]", IMAGE)) or before.endswith("\n"):
        remedy = "Write them directly behind the closing bracket, or at the end of the heading's own line."
    else:
        remedy = "They stand at the end of a heading's line, or directly behind [words in brackets] or a chart."
    return f"the attributes '{shortened(group)}' belong to nothing where they stand.", f"{remedy} {_WAY_OUT}"
