"""Dashes, ellipses and quotation marks as typographers set them, for what people type on a keyboard."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_core.smartquotes import process_inlines
from markdown_it.token import Token
from msgspec.structs import replace

from data.language.words import quotation_marks
from data.look.brand import Brand
from data.settings.project import ProjectSettings

_EM = re.compile(r"(?<!-)---(?!-)")
_EN = re.compile(r"(?<![-!])--(?![->])")
_ELLIPSIS = re.compile(r"(?<!\.)\.\.\.(?!\.)")
_KEPT = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{[^{}]*\}|<!--.*?-->", re.DOTALL)
_HELD = "\ue000"
"""Stands for what is kept; to quotation marks it is a letter."""


def with_dashes(text: str) -> str:
    """A text with – for `--`, — for `---` and … for `...`."""
    if "--" in text:
        text = _EN.sub("–", _EM.sub("—", text))
    return _ELLIPSIS.sub("…", text) if "..." in text else text


def typeset(text: str, language: str) -> str:
    """Plain words with the dashes, ellipses and quotation marks of a language; what stands in braces stays."""
    if not any(sign in text for sign in ("--", "...", '"', "'")):
        return text
    kept = _KEPT.findall(text)
    state = StateCore(_KEPT.sub(_HELD, text), _marks(language), {})
    held = Token("text", "", 0, content=with_dashes(state.src))
    process_inlines([held], state)
    pieces = held.content.split(_HELD)
    return pieces[0] + "".join(one + piece for one, piece in zip(kept, pieces[1:], strict=True))


@cache
def _marks(language: str) -> MarkdownIt:
    return MarkdownIt("zero", {"typographer": True, "quotes": list(quotation_marks(language))})


def typeset_settings(settings: ProjectSettings) -> ProjectSettings:
    """A project's settings with every word that documents print set as typographers do."""
    language = settings.language

    def words(model: Any, names: Sequence[str], **more: object) -> Any:
        said = {name: typeset(text, language) for name in names if (text := getattr(model, name))}
        return model.model_copy(update={**said, **more})

    tables = {
        name: words(
            table,
            ("title", "source", "licence"),
            notes=tuple(typeset(note, language) for note in table.notes),
            fields={called: words(field, ("title",)) for called, field in table.fields.items()},
        )
        for name, table in settings.tables.items()
    }
    charts = {name: words(chart, ("title", "measure", "alt")) for name, chart in settings.charts.items()}
    glossary = {term: typeset(meaning, language) for term, meaning in settings.glossary.items()}
    names = ("title", "subtitle", "kicker", "publisher", "caveat")
    return words(settings, names, tables=tables, charts=charts, glossary=glossary)


def typeset_brand(brand: Brand, language: str) -> Brand:
    """A brand with its statements set as typographers do."""
    names = ("institution", "unit", "contact", "accommodation", "non_discrimination")
    return replace(brand, **{name: typeset(getattr(brand, name), language) for name in names})
