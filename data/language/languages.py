"""Which languages and regions documents can be in."""

from __future__ import annotations

import re

from babel.localedata import exists, locale_identifiers

from data.language.words import LANGUAGES

_TAG = re.compile(r"([a-z]{2})(?:-([A-Z]{2}))?")
_USUAL = ("en-US", "de-DE", "fr-FR", "es-ES")
_MEANT = {"UK": "GB", "EN": "GB", "SP": "ES", "SW": "CH"}
"""Codes of regions that people write, and what ISO 3166 calls them."""

_MOST = 60
"""Regions that are listed; English has a hundred."""


def language_fault(tag: str) -> str:
    """What is wrong with a language tag, and what to do; "" for one whose words, numbers and dates are known."""
    language, _, region = re.sub("[_ ]+", "-", tag.strip()).partition("-")
    if language.lower() not in LANGUAGES:
        listed = ", ".join(f'"{usual}"' for usual in _USUAL)
        return f"is no language that documents can be in. Write {listed}, or another region of these."
    found = _TAG.fullmatch(tag)
    if found and (not found[2] or exists(f"{found[1]}_{found[2]}")):
        return ""
    regions = _regions(language.lower())
    meant = _MEANT.get(region.upper(), region.upper())
    if not region:
        return f'is written otherwise. Write "{language.lower()}".'
    if meant in regions:
        return f'is written otherwise. Write "{language.lower()}-{meant}".'
    usual = next(one for one in _USUAL if one.startswith(language.lower()))
    listed = ", ".join(regions[:_MOST]) + (" and others" if len(regions) > _MOST else "")
    return f'has no region that is known. Write "{usual}", or "{language.lower()}-" and one of {listed}.'


def _regions(language: str) -> list[str]:
    """The regions for which the Unicode CLDR, as Babel has it, knows how the language is written."""
    found = (re.fullmatch(f"{language}_([A-Z]{{2}})", name) for name in locale_identifiers())
    return sorted(match[1] for match in found if match)
