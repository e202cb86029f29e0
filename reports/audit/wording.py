"""Words that say too little, for alternative texts, titles and links, and the words findings are told in."""

from __future__ import annotations

import re
from collections.abc import Iterable

_VAGUE = frozenset(
    # English, German, French, Spanish
    """here|click|click here|link|more|read more|learn more|this|this page|go|details|website
    hier|hier klicken|klicken sie hier|mehr|mehr erfahren|weiter|weiterlesen|diese seite
    ici|cliquez ici|cliquer ici|lien|plus|en savoir plus|lire la suite|suite|cette page
    aquí|aqui|haga clic aquí|clic aquí|enlace|más|leer más|ver más|esta página""".replace("\n", "|").split("|")
)
_FILE_NAME = re.compile(r"\S[^/\\]*\.(?:png|jpe?g|gif|svg|bmp|tiff?|emf|wmf|webp|pdf|docx?|pptx?|xlsx?|indd|html?)")
_DEFAULT_ALT = re.compile(
    r"(?:a |an )?(?:picture|image|photo|graphic|figure|chart|diagram|grafik|bild|abbildung|diagramm|foto|imagen|gráfico"
    r"|graphique|img|shape|object|alt|alt text|description)[\s_-]*\d*\.?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?|ftp)://\S+|mailto:\S+", re.IGNORECASE)
_LANGUAGE = re.compile(r"(?:[a-z]{2,3}(?:-[a-z0-9]{1,8})*|[ix](?:-[a-z0-9]{1,8})+)", re.IGNORECASE)
"""No language of four letters or more is registered: "English" is none."""


def says_nothing(link: str) -> bool:
    """Whether words of a link say nothing about where it goes, read without the sentence around them."""
    plain = " ".join(link.casefold().split()).strip(" .…>»→:")
    return plain in {word.strip() for word in _VAGUE}


def is_address(text: str) -> bool:
    """Whether a text is nothing but a web address as machines write it."""
    return _ADDRESS.fullmatch(text.strip()) is not None


def is_file_name(text: str) -> bool:
    """Whether a text is the name of a file, as programs put it in when nobody wrote one."""
    return _FILE_NAME.fullmatch(text.strip().casefold()) is not None


def is_stand_in(alt: str) -> bool:
    """Whether an alternative text describes nothing: "Picture 3", "image", a file's name, or what a machine guessed."""
    plain = alt.strip()
    guessed = plain.casefold().endswith(("automatically generated", "ai-generated content may be incorrect."))
    return is_file_name(plain) or guessed or _DEFAULT_ALT.fullmatch(plain) is not None


def is_language(tag: str) -> bool:
    """Whether a text has the form of a language tag (BCP 47), such as "en-US"."""
    return _LANGUAGE.fullmatch(tag) is not None


def short(text: str, length: int = 60) -> str:
    """The beginning of a text on one line, without what cannot be printed."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text[: 4 * length]).split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def quoted(kind: str, text: str) -> str:
    """A thing with its words, "heading 'Pay'", or without where it has none."""
    said = short(text)
    return f"{kind} '{said}'" if said else kind


def numbers(found: Iterable[int]) -> str:
    """Numbers in order, those in a row joined: "1, 3–5"."""
    runs: list[list[int]] = []
    for number in sorted(set(found)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(f"{a}" if a == b else f"{a}, {b}" if b == a + 1 else f"{a}–{b}" for a, b in runs)


def counted(count: int, thing: str, things: str = "") -> str:
    """ "1 page", "3 pages"."""
    return f"{count} {thing if count == 1 else things or thing + 's'}"
