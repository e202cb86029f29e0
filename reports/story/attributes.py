"""Attributes, `{#id only="deck"}`: their grammar, and how braces that are meant as attributes are told from text."""

from __future__ import annotations

import re
from collections.abc import Iterator

NAMES = ("id", "class", "holds", "only", "kicker", "caption", "lang", "fields", "rows", "sort", "where")
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
_BRACE = re.compile(f"[{{}}{ESCAPED_OPENING}{ESCAPED_CLOSING}]")
_ESCAPED_GROUP = re.compile(rf"{ESCAPED_OPENING}[^{{}}{ESCAPED_OPENING}{ESCAPED_CLOSING}]*[}}{ESCAPED_CLOSING}]")
_NEXT = re.compile(r"\s+([#.}]|[\w-]+\s*=(?!=))")
"""What may follow a value without quotation marks."""
_WAY_OUT = r"Where the braces are meant, write \{ and \}, or `put them in backticks`."


class AttributeSyntaxError(ValueError):
    """Braces that stand where attributes do and are none; `end` is the place behind them."""

    def __init__(self, said: str, remedy: str, end: int) -> None:
        super().__init__(said)
        self.said, self.remedy, self.end = said, remedy, end


class _Group:
    """The attributes in one pair of braces, read from its opening one on."""

    def __init__(self, text: str, start: int) -> None:
        self.text, self.at = text, start + 1
        self.found: dict[str, str] = {}

    def mistake(self, said: str, remedy: str) -> AttributeSyntaxError:
        closing, line_end = self.text.find("}", self.at), self.text.find("\n", self.at)
        line_end = line_end if line_end >= 0 else len(self.text)
        if not 0 <= closing < line_end:
            return AttributeSyntaxError("the closing brace is missing", 'Write {#id name="words"}.', line_end)
        return AttributeSyntaxError(said, remedy, closing + 1)

    def skip(self, spaces: str) -> str:
        """The next sign that is none of these; "" at the end."""
        while self.at < len(self.text) and self.text[self.at] in spaces:
            self.at += 1
        return self.text[self.at : self.at + 1]

    def put(self, name: str, value: str) -> None:
        if name == "class" and name in self.found:
            self.found[name] += f" {value}"
        elif name in self.found:
            raise self.mistake(f"'{name}' stands there twice", "Write it once.")
        else:
            self.found[name] = value

    def name(self) -> str:
        """The name of an attribute, and behind it the equals sign."""
        name = _NAME.match(self.text, self.at)
        if name is None:
            said = "attributes are divided by spaces" if self.text[self.at] == "," else None
            said = said or f"'{self.text[self.at]}' cannot stand there"
            raise self.mistake(said, 'Write {#id name="words"}, with nothing else between the braces.')
        self.at = name.end()
        if self.skip(" \t") != "=":
            word = _WORD.match(self.text, name.start())
            said = f"'{word[0] if word else name[0]}' has no value"
            raise self.mistake(said, f'Write {name[0]}="words", with an equals sign and straight quotation marks.')
        self.at += 1
        return name[0]

    def value(self, name: str) -> str:
        """What stands behind the equals sign: a word, or words between quotation marks."""
        sign = self.skip(" \t")
        if sign and sign in "\"'":
            return self.quoted(name, sign)
        if bare := _BARE.match(self.text, self.at):
            self.at = bare.end()
            if self.text[self.at : self.at + 1] != "}" and not _NEXT.match(self.text, self.at):
                raise self.mistake(f"the value of '{name}' has no quotation marks", f'Write {name}="words".')
            return bare[0]
        if sign and sign in _QUOTES:
            raise self.mistake("the quotation marks are not straight", f'Write straight ones: {name}="words".')
        raise self.mistake(f"'{name}=' has no value", f'Write {name}="words".')

    def quoted(self, name: str, sign: str) -> str:
        closing = self.at + 1
        while closing < len(self.text) and self.text[closing] != sign:
            closing += 2 if self.text[closing] == "\\" else 1
        if closing >= len(self.text):
            raise self.mistake(f"the quotation mark behind '{name}=' is not closed", f"Close it by another {sign}.")
        words, self.at = self.text[self.at + 1 : closing], closing + 1
        return _ESCAPE.sub(r"\1", words).replace("\n", " ")


def parse_attributes(text: str, start: int = 0) -> tuple[int, dict[str, str]]:
    """The attributes that begin with the brace at `start`, and the place behind the closing one.

    `{#id .class name=word name="words"}`, divided by white space; single quotation marks do as well, and within the
    marks a backslash takes the next mark for a sign. Raises AttributeSyntaxError for anything else.
    """
    group = _Group(text, start)
    while True:
        while group.at < len(text) and text[group.at].isspace():
            group.at += 1
        if group.at >= len(text):
            raise group.mistake("the closing brace is missing", 'Write {#id name="words"}.')
        if text[group.at] == "}":
            if not group.found:
                raise group.mistake("there is nothing in the braces", "Delete them.")
            return group.at + 1, group.found
        if signed := _SIGNED.match(text, group.at):
            group.at = signed.end()
            group.put("id" if signed[0][0] == "#" else "class", signed[1])
        else:
            name = group.name()
            group.put(name, group.value(name))


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
    for brace in _BRACE.finditer(passage):
        index, sign = brace.start(), brace[0]
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
    if "=" not in passage and ":" not in passage:
        return
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
