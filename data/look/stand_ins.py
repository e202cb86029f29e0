"""Characters that any font can show though it has no glyph for them: spaces of a given width, hyphens, joiners."""

from __future__ import annotations

HYPHENS: tuple[int, ...] = (0xAD, 0x2010, 0x2011)
"""Soft hyphen where it shows, hyphen and non-breaking hyphen: they look like the hyphen-minus that every font has."""

_DIGIT, _STOP = ord("0"), ord(".")

SPACES: dict[int, float | int] = {
    0x2000: 1 / 2, 0x2001: 1.0, 0x2002: 1 / 2, 0x2003: 1.0, 0x2004: 1 / 3, 0x2005: 1 / 4, 0x2006: 1 / 6,
    0x2007: _DIGIT, 0x2008: _STOP, 0x2009: 1 / 6, 0x200A: 1 / 12, 0x202F: 1 / 6, 0x205F: 4 / 18, 0x3000: 1.0,
}  # fmt: skip
"""How wide each space is in em; an int is the character that it is as wide as (Unicode 16.0, chapter 6, table 6-2,
which leaves thin, hair and narrow no-break space a range)."""

JOINERS: tuple[int, ...] = (0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF)
"""Without width: they say where a line may break, or where letters join."""

STAND_INS: frozenset[int] = frozenset((*HYPHENS, *SPACES, *JOINERS))
"""All of them; a font that has space, hyphen-minus, figures and full stop can show them."""

NEEDED: frozenset[int] = frozenset((ord(" "), ord("-"), _DIGIT, _STOP))
"""What a font must have for that."""
