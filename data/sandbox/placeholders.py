"""A placeholder never becomes text: it leaves a token, and the value is kept beside it, so that data cannot turn into
markup and every number keeps its unit and its cells."""

from __future__ import annotations

import re

from data.language.show import NumberStyle, show
from data.tables.value import Interval, Value

StyledValue = tuple[Value | Interval, NumberStyle]

Sentence = tuple["str | StyledValue", ...]
"""Text with values between: what becomes of a title or a story's passage."""

TOKEN = re.compile("\ue000(\\d+)\ue001")
"""A placeholder in rendered text; the number counts the placeholders of the story, from 0."""


def split_tokens(text: str, placeholders: list[StyledValue]) -> Sentence:
    """Text in pieces: strings, and the placeholders that its tokens stand for."""
    parts: list[str | StyledValue] = []
    for index, piece in enumerate(TOKEN.split(text)):
        if index % 2:
            parts.append(placeholders[int(piece)])
        elif piece:
            parts.append(piece)
    return tuple(parts)


def told(sentence: Sentence, language: str) -> str:
    """A sentence as it is printed, where nothing keeps its values apart from its words."""
    return "".join(part if isinstance(part, str) else show(*part, language) for part in sentence)


def one_line(sentence: Sentence) -> Sentence:
    """A sentence without the breaks and the space at its ends that commands on lines of their own leave."""
    parts = [part if not isinstance(part, str) else re.sub(r"\s*\n\s*", " ", part) for part in sentence]
    if parts and isinstance(parts[0], str):
        parts[0] = parts[0].lstrip()
    if parts and isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip()
    return tuple(part for part in parts if part)
