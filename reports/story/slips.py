"""Slips of typing that would be printed: a sign that the value brings itself, "$$120,000", and braces left standing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import cache
from itertools import pairwise

from babel import Locale, numbers

from data.errors import Problem
from data.files.toml_file import TomlFile, read_toml
from data.language.show import show
from data.language.words import words
from data.project import Project
from data.tables.value import Interval, Measure, Value
from reports.document.blocks import Document
from reports.document.inlines import Inlines, Run, Text, leaves
from reports.document.tree import typed_inlines, walk
from reports.story.attributes import like_attributes
from reports.story.signs import signs_in_setting

_PERCENT = ("percent", "per cent", "prozent", "pour cent", "pour-cent", "por ciento", "%")
_BRACES = re.compile(r"\{\{|\}\}|\{\s*\{|\}\s*\}")
_PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_COMMAND = re.compile(r"\{\{.*?(\}\}|$)|\{%.*?(%\}|$)|<!--.*", re.DOTALL)
_ONE_BRACE = re.compile(r"\{\s*([^\W\d]\w*)\s*[.\[][^{}]*\}?")


def slips(document: Document, tables: Collection[str]) -> list[Problem]:
    """A problem for each sign or unit in running text that stands there twice, and for each placeholder that is none.

    `tables` are the names that placeholders may begin with.
    """
    problems: list[Problem] = []
    typed = ((block.place, passage) for block in walk(document.blocks) for passage in typed_inlines(block))
    for place, passage in ((document.subtitle_place, document.subtitle), *typed):
        for text, sign in _doubled(passage, document.language):
            problems.append(
                Problem(
                    place,
                    f"'{text}' would be printed: the value brings its own '{sign}'.",
                    "Delete the one that is typed, or ask for the bare number: {{ ... | number }}.",
                )
            )
        for text in _points_as_percent(passage, document.language):
            problems.append(
                Problem(
                    place,
                    f"'{text}' would be printed, and a difference of percentages is in percentage points.",
                    "Leave sign and | number out: {{ a - b }}. A change in per cent is {{ ((a - b) / b) | percent }}.",
                )
            )
        for text in _unread(passage, tables):
            problems.append(
                Problem(
                    place,
                    f"'{text}' would be printed as it stands: a placeholder has two braces at each side.",
                    "Write {{ table.first.field }}; or, where the braces are meant, `in backticks`.",
                )
            )
    return problems


def setting_slips(project: Project) -> list[Problem]:
    """A problem for each placeholder and each claim in the words of settings that take none, and would print them."""
    problems: list[Problem] = []
    for file, path, text, bound in _kinds(project):
        rest = _PLACEHOLDER.sub("", text) if bound else text
        attributes, command = like_attributes(rest), _COMMAND.search(rest)
        if attributes:
            problems.append(
                Problem(
                    file.place(*path),
                    f"'{attributes}' in '{path[-1]}' would be printed as it stands: settings take no attributes.",
                    "Delete it; a chart's claim is tested by holds = '...' in [charts.name], others by the story's.",
                )
            )
        elif command:
            problems.append(
                Problem(
                    file.place(*path),
                    f"'{command[0]}' in '{path[-1]}' would be printed: no placeholder is worked out there.",
                    "Write the words; placeholders stand in stories, in subtitle, in notes of tables, and in title,"
                    " measure and alt of charts.",
                )
            )
        else:
            problems.extend(Problem(file.place(*path), said, remedy) for said, remedy in signs_in_setting(rest))
    return problems


def _kinds(project: Project) -> Iterator[tuple[TomlFile, tuple[str | int, ...], str, bool]]:
    """Each setting that is printed: its file, its path there, its words, and whether it takes placeholders."""
    settings, file = project.settings, project.file
    for name in ("title", "subtitle", "kicker", "publisher", "caveat"):
        yield file, (name,), getattr(settings, name), name == "subtitle"
    for name, table in settings.tables.items():
        for word in ("title", "source", "licence"):
            yield file, ("tables", name, word), getattr(table, word) or "", False
        for note in table.notes:
            yield file, ("tables", name, "notes"), note, True
        for field, declared in table.fields.items():
            yield file, ("tables", name, "fields", field, "title"), declared.title, False
    for name, chart in settings.charts.items():
        for word in ("title", "otherwise", "measure", "alt"):
            yield file, ("charts", name, word), getattr(chart, word) or "", True
        for word in ("references", "notes"):
            for one in getattr(chart, word):
                yield file, ("charts", name, word), one.text, True
    for term, meaning in settings.glossary.items():
        yield file, ("glossary", term), meaning, True
    path = project.root / "brand.toml"
    if path.is_file():
        brand = read_toml(path, project.root)
        for word in ("institution", "unit", "contact", "accommodation", "non_discrimination"):
            yield brand, (word,), getattr(project.brand, word), False


def _doubled(passage: Inlines, language: str) -> Iterator[tuple[str, str]]:
    """What would be printed, and what it has twice."""
    found = list(leaves(passage))
    for index, leaf in enumerate(found):
        if not isinstance(leaf, Run) or leaf.style == "number":
            continue
        before, after = (found[i] if 0 <= i < len(found) else None for i in (index - 1, index + 1))
        if not isinstance(before, Text) and not isinstance(after, Text):
            continue
        shown = show(leaf.value, leaf.style, language)
        names = _names(_measure(leaf.value), language)
        if isinstance(before, Text) and (twice := _before_about(before.text.rstrip(), names, language)):
            yield f"{twice[0]} {shown}", twice[1]
        elif isinstance(before, Text) and (sign := _typed(before.text.rstrip(), names, last=True)):
            yield f"{before.text[-len(sign) - 1 :].lstrip()}{shown}", sign
        if isinstance(after, Text) and (sign := _typed(after.text.lstrip(), names, last=False)):
            yield f"{shown}{after.text[: after.text.index(sign) + len(sign)]}", sign


def _before_about(text: str, names: Collection[str], language: str) -> tuple[str, str] | None:
    """The sign or the "about" typed before our own "about": both, "$about", and the typed one; None where none is."""
    about = words(language)["about"].partition("{")[0].strip()
    if not text.lower().endswith(about):
        return None
    typed = text[: -len(about)]
    again = _typed(typed.rstrip(), (*names, about), last=True)
    return (f"{again}{text[len(typed.rstrip()) :]}", again) if again else None


def _points_as_percent(passage: Inlines, language: str) -> Iterator[str]:
    """Bare numbers of percentage points with a sign of per cent behind them."""
    found = list(leaves(passage))
    for leaf, after in pairwise(found):
        if not isinstance(leaf, Run) or leaf.style != "number" or not isinstance(after, Text):
            continue
        measure = _measure(leaf.value)
        if measure is not None and measure.type == "points":
            sign = _typed(after.text.lstrip(), _PERCENT, last=False)
            if sign:
                shown = show(leaf.value, leaf.style, language)
                yield f"{shown}{after.text[: after.text.index(sign) + len(sign)]}"


def _measure(value: Value | Interval) -> Measure | None:
    return None if value.missing else value.measure


def _names(measure: Measure | None, language: str) -> tuple[str, ...]:
    """What a value already says of its unit: signs, and words in small letters."""
    match measure:
        case Measure(type="money", unit=str(unit)):
            return ("$", *_currency(unit, language))
        case Measure(type="percent"):
            return _PERCENT
        case Measure(type="points"):
            ours = words(language)
            return (*_PERCENT, ours["point"].lower(), ours["points"].lower())
        case Measure(type="ratio"):
            return ("×",)
        case _:
            return ()


@cache
def _currency(unit: str, language: str) -> tuple[str, ...]:
    """The currency's code, and its names in the document's language, "US dollars" and "dollars"."""
    locale = Locale.parse(language, sep="-")
    named = {numbers.get_currency_name(unit, count=count, locale=locale).lower() for count in (1, 2)}
    return (unit.lower(), *named, *{name.split()[-1] for name in named})


def _typed(text: str, names: Collection[str], *, last: bool) -> str:
    """The sign or the word of `names` with which a text ends or begins; "" where it does not."""
    if not names or not text:
        return ""
    edge = text[-1] if last else text[0]
    if "$" in names and unicodedata.category(edge) == "Sc":
        return edge
    small = text.lower()
    for name in names:
        at_end = small.endswith(name) if last else small.startswith(name)
        beyond = text[-len(name) - 1 : -len(name)] if last else text[len(name) : len(name) + 1]
        if at_end and not (name[0].isalpha() and beyond.isalnum()):
            return text[-len(name) :] if last else text[: len(name)]
    return ""


def _unread(passage: Inlines, tables: Collection[str]) -> Iterator[str]:
    """What looks like a placeholder and is text."""
    for leaf in leaves(passage):
        if not isinstance(leaf, Text):
            continue
        one = next((found for found in _ONE_BRACE.finditer(leaf.text) if found[1] in tables), None)
        brace = one or _BRACES.search(leaf.text)
        if brace:
            yield brace[0]
