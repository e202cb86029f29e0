"""Signs of other kinds of Markdown, of HTML and of LaTeX: none is understood here, none is printed as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reports.story.attributes import shortened

CLOSED = "\x06"
"""What stands in a passage for the end of a link or of words in brackets."""

_MEANT = r"Where the signs are meant, write \ before each, or put them in `backticks`."


class _Sign(NamedTuple):
    needs: tuple[str, ...]
    """One of them is in every text that has the sign: far sooner found than the pattern is tried at each letter."""
    pattern: re.Pattern[str]
    what: str
    remedy: str


def _sign(needs: str, pattern: str, what: str, remedy: str) -> _Sign:
    return _Sign(tuple(needs.split()), re.compile(pattern, re.MULTILINE), what, remedy)


_BOTH = (
    _sign("[^", r"\[\^[^\]\n]*\]?", "a footnote stands in the text of a story, as [^name]", "Write [^1] in a story."),
    _sign(
        "^[",
        r"\^\[[^\]\n]*\]?",
        "a footnote has its words on a line of its own",
        "Write [^1] here, and below [^1]: words.",
    ),
    _sign(
        "~",
        r"(?<!~)~(?![\s~])[^\s~]+~(?!~)|(?<=[\w.)])~(?=\w)",
        "a tilde lowers nothing, and is no space",
        "Write the sign itself (₂), or a space; approximately is ≈ or ~5 behind a space.",
    ),
    _sign(
        "^",
        r"\^(?![\s^])[^\s^]+\^|(?<=[\w)])\^(?=[\w({+-])",
        "a circumflex raises nothing",
        "Write the sign itself: m², 10⁶.",
    ),
    _sign(
        "[",
        r"^\[[ xX]\](?=\s|$)",
        "there are no boxes to tick",
        "Write the sign ☐ where a font has it, or leave it out.",
    ),
    _sign(
        "<",
        r"</?[A-Za-z][^<>]*>|<[!?][A-Za-z\[][^<>]*>",
        "HTML is no markup here",
        r"Write **bold**, *italic* or [words](https://...); < is \<.",
    ),
    _sign(
        "@",
        r"\[[^\[\]]*?(?<![\w.])-?@\w[^\[\]]*\]?",
        "there are no keys of citations",
        "Write the source in words, in a footnote: [^1].",
    ),
    _sign("==", r"==(?=[^\s=])[^=\n]*[^\s=]==", "nothing is marked by colour", "Write **bold**."),
    _sign("++", r"\+\+(?=[^\s+])[^+\n]*[^\s+]\+\+", "nothing is underlined but links", "Write **bold** or *italic*."),
    _sign(
        ":",
        r"(?<![\w:]):[a-z][a-z0-9_+-]*[a-z0-9]:(?![\w:])",
        "names of pictographs are none here",
        "Write the sign itself, or words.",
    ),
    _sign(
        "[! !!! ???",
        r"^\[![A-Z]+\]|^!!![ \t]*\w+|^\?\?\?\+?[ \t]*\w+",
        "boxes have other signs",
        "Write ::: callout above the words and ::: below.",
    ),
    _sign("||", r"\|\|[^|\n]+\|\|", "words are not hidden", "Write them, or leave them out."),
    _sign(
        "@",
        r"(?<![\w.])@(?:fig|tbl|tab|sec|eq|lst)[-:]\w[\w-]*",
        "references have other signs",
        "Write [words](#id), where {#id} stands behind a heading, chart or table.",
    ),
    _sign("%% //", r"^(?:%%|//)[ \t][^\n]*", "comments have other signs", "Write <!-- words -->."),
    _sign(
        "[[ [TOC]",
        r"\[\[[^\[\]\n]*\]\]|^\[TOC\]$",
        "links and contents have other signs",
        "Write [words](#id); a report's contents come by themselves.",
    ),
)
_STORY = (
    _sign(
        "$",
        r"\$\$[^$\n]+\$\$|(?<![\w$])\$(?=[A-Za-z\\])(?:[A-Za-z]|[^$\n]*[\\_^<>=+*/-][^$\n]*[^\s$])\$(?![\w$])",
        "formulas of LaTeX are none here",
        "Write the signs themselves: n > 30, x².",
    ),
    _sign(
        "\\",
        r"\\(?:[A-Za-z]+|[^\s\x00-\x06])?",
        "commands of LaTeX are none here",
        r"Take it out: pages break by themselves. A backslash is \\.",
    ),
    _sign("~~", r"~~", "words struck out begin and end with two tildes, and no space within", "Write ~~words~~."),
    _sign("**", r"\*\*", "bold words begin and end with two asterisks, and no space within", "Write **words**."),
    _sign("__", r"(?<!_)__(?!_)", "bold words begin and end with two lines, and no space within", "Write **words**."),
    _sign("`", r"`+", "the backtick has no partner", "Write `words`; an apostrophe is '."),
    _sign(
        "![",
        r"!\[[^\]\n]*\]?",
        "a chart or table has its name in brackets behind its words",
        "Write ![caption](chart:name).",
    ),
    _sign(
        "](",
        r"\]\([^)\n]*\)?",
        "the link cannot be read",
        "Write [words](https://...): no brackets in the words, no spaces in the address.",
    ),
    _sign("][", r"\]\[[^\]\n]*\]?", "the link has no address", "Write [words](https://...)."),
    _sign(
        "#",
        r"^#+(?=[^\W\d_])|^##+",
        "a heading has a space behind its signs",
        "Write # Heading, with up to four #; a sign that is meant is \\#.",
    ),
    _sign(":", r"^:[ \t]+\S", "there are no lists of definitions", "Write - **Word**: what it means."),
    _sign(
        "*[",
        r"^\*\[[^\]\n]+\]:",
        "there are no abbreviations to explain",
        "Write the words out where they are first used.",
    ),
    _sign("|", r"^[ \t]*\|.*\|[ \t]*$", "a table has a line | --- | below its header", "Write it below the first row."),
)
_SETTING = (
    _sign("\\", r"\\[A-Za-z]+", "commands of LaTeX are none here", "Take it out: pages break by themselves."),
    _sign(
        "~~ ** __",
        r"~~[^~\n]+~~|\*\*[^*\n]+\*\*|(?<!_)__[^_\n]+__",
        "Markdown stands in stories alone",
        "Write the words alone.",
    ),
    _sign("`", r"`[^`\n]+`", "Markdown stands in stories alone", "Write the words alone."),
    _sign("](", r"!?\[[^\[\]\n]*\]\([^)\n]*\)", "Markdown stands in stories alone", "Write the words alone."),
)


def raw_signs(passage: str) -> Iterator[tuple[int, str, str]]:
    """What in a passage of a story would be printed and is none of its signs: place, what is wrong, what to do.

    `passage` is what the parser left as text, with signs of ours for what is not (see `reports.story.attributes`).
    """
    yield from ((at, said, f"{remedy} {_MEANT}") for at, said, remedy in _found(passage, (*_BOTH, *_STORY)))


def signs_in_setting(text: str) -> Iterator[tuple[str, str]]:
    """The same for the words of a setting or a kicker, in which nothing is markup: what is wrong, what to do."""
    yield from ((said, remedy) for _, said, remedy in _found(text, (*_BOTH, *_SETTING)))


def _found(text: str, signs: tuple[_Sign, ...]) -> Iterator[tuple[int, str, str]]:
    told: list[tuple[int, int]] = []
    for sign in signs:
        if not any(need in text for need in sign.needs):
            continue
        for found in sign.pattern.finditer(text):
            if any(start < found.end() and found.start() < end for start, end in told):
                continue
            told.append(found.span())
            said = shortened(found[0].replace(CLOSED, "]"))
            yield found.start(), f"'{said}' would be printed as it stands: {sign.what}.", sign.remedy
