"""What the codes of a PDF's text mean: from a font's own maps to the characters that are read out and copied."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from reports.audit.pdf.objects import array, content, entry, is_stream, name, text, whole

_MOST_PAIRS = 100_000
_LONGEST_MAP = 2_000_000
_CODECS = {"WinAnsiEncoding": "cp1252", "MacRomanEncoding": "mac_roman"}
_SYMBOLIC = 4
"""Bit of a font's flags: its characters are not those of Latin scripts (ISO 32000-1, table 123)."""

FORBIDDEN = frozenset("\0\ufeff\ufffe")
"""Characters that a ToUnicode map must not hold (ISO 14289-1, 7.21.7)."""
NOTHING = frozenset((*FORBIDDEN, "\ufffd", "\uffff"))
"""Characters that are read out and copied as nothing or as a question mark."""


class Font(Struct, frozen=True):
    """A font as text is read through it."""

    name: str
    kind: str
    """Its subtype: TrueType, Type1, Type0, Type3 ..."""
    embedded: bool
    map: Mapping[int, str] | None
    """Its ToUnicode map; None where it has none."""
    spaces: tuple[tuple[int, int, int], ...]
    """Codes of how many bytes there are, from which to which number; in order of length."""
    encoded: Mapping[int, str] | None
    """Characters by its encoding; None where that tells nothing, but the characters may be known all the same."""

    def characters(self, shown: bytes) -> Iterator[tuple[int, str | None]]:
        """The codes of a shown string and the characters they stand for; None where nothing tells."""
        place = 0
        while place < len(shown):
            code, length = self._code(shown, place)
            place += length
            yield code, self.character(code)

    def character(self, code: int) -> str | None:
        """What a code stands for; "?" where a program can know it in a way that is not followed here."""
        if self.map is not None and code in self.map:
            return self.map[code]
        if self.encoded is None:
            return "?"
        return self.encoded.get(code)

    def _code(self, shown: bytes, place: int) -> tuple[int, int]:
        for length, low, high in self.spaces:
            if place + length <= len(shown):
                code = int.from_bytes(shown[place : place + length], "big")
                if low <= code <= high:
                    return code, length
        length = max(1, min(self.spaces[0][0] if self.spaces else 1, len(shown) - place))
        return int.from_bytes(shown[place : place + length], "big"), length


def read_font(node: object) -> Font:
    """A font dictionary. Raises TooLargeError and pikepdf.PdfError as `content` does."""
    kind = name(entry(node, "Subtype"))
    called = name(entry(node, "BaseFont")) or name(entry(node, "Name")) or "without a name"
    called = re.sub(r"^[A-Z]{6}\+", "", called)
    to_unicode = entry(node, "ToUnicode")
    mapped, spaces = _read_map(content(to_unicode)) if is_stream(to_unicode) else (None, ())
    if kind == "Type0":
        inner = next(iter(array(entry(node, "DescendantFonts"))), None)
        embedded = _is_embedded(entry(inner, "FontDescriptor"))
        return Font(called, kind, embedded, mapped, *_composite(node, inner, spaces))
    embedded = kind == "Type3" or _is_embedded(entry(node, "FontDescriptor"))
    return Font(called, kind, embedded, mapped, ((1, 0, 255),), _simple(node, kind))


def _is_embedded(descriptor: object) -> bool:
    return any(is_stream(entry(descriptor, file)) for file in ("FontFile", "FontFile2", "FontFile3"))


Spaces = tuple[tuple[int, int, int], ...]


def _composite(node: object, inner: object, spaces: Spaces) -> tuple[Spaces, Mapping[int, str] | None]:
    """Code lengths and known characters of a Type 0 font."""
    encoding = entry(node, "Encoding")
    if is_stream(encoding):
        _, own = _read_map(content(encoding))
        return own or spaces or ((2, 0, 65535),), {}
    if name(encoding).startswith("Identity"):
        # the collections of Adobe tell what each glyph is; a font of its own kind does not
        known = text(entry(inner, "CIDSystemInfo", "Ordering")) in ("Japan1", "GB1", "CNS1", "Korea1", "KR")
        return ((2, 0, 65535),), None if known else {}
    return spaces or ((2, 0, 65535),), None


def _simple(node: object, kind: str) -> Mapping[int, str] | None:
    """What the codes of a font of one byte stand for, by its encoding."""
    encoding = entry(node, "Encoding")
    base = name(encoding) or name(entry(encoding, "BaseEncoding"))
    flags = whole(entry(node, "FontDescriptor", "Flags")) or 0
    found: dict[int, str] = {}
    is_type1 = kind in ("Type1", "MMType1")
    if (is_type1 and encoding is None) or base == "MacExpertEncoding":
        return None  # names of glyphs tell, in the font program or of small capitals and the like
    if base in _CODECS:
        found = _decoded(_CODECS[base])
    elif base == "StandardEncoding" or (not base and (is_type1 or (kind == "TrueType" and not flags & _SYMBOLIC))):
        found = _standard()
    code = 0
    for part in array(entry(encoding, "Differences"))[:_MOST_PAIRS]:
        number = whole(part)
        if number is not None:
            code = number
        elif name(part):
            said = _by_glyph_name(name(part))
            if said:
                found[code] = said
            else:
                found.pop(code, None)
            code += 1
    return found


def _decoded(codec: str) -> dict[int, str]:
    pairs = ((code, bytes([code]).decode(codec, "ignore")) for code in range(32, 256))
    return {code: character for code, character in pairs if character}


def _standard() -> dict[int, str]:
    """Adobe's standard encoding (ISO 32000-1, D.2)."""
    from fontTools.encodings.StandardEncoding import StandardEncoding

    return {code: said for code, glyph in enumerate(StandardEncoding) if (said := _by_glyph_name(glyph))}


def _by_glyph_name(glyph: str) -> str:
    from fontTools import agl

    return agl.toUnicode(glyph)  # pyright: ignore[reportUnknownMemberType]  # half typed


# -- character maps ------------------------------------------------------------

_HEX = rb"<\s*([0-9A-Fa-f\s]*)>"
_FENCE = re.compile(rb"\b(begin|end)(codespacerange|bfchar|bfrange)\b")
_PAIR = re.compile(_HEX + rb"\s*" + _HEX)
_RANGE = re.compile(_HEX + rb"\s*" + _HEX + rb"\s*(?:" + _HEX + rb"|\[([^\]]{0,8192})\])")


def _read_map(stream: bytes) -> tuple[dict[int, str], Spaces]:
    """The pairs of a character map (ISO 32000-1, 9.10.3), and its ranges of codes."""
    found: dict[int, str] = {}
    spaces: set[tuple[int, int, int]] = set()
    for kind, body in _blocks(stream[:_LONGEST_MAP]):
        if kind == b"codespacerange":
            for low, high in _PAIR.findall(body):
                code = _bytes(low)
                if 1 <= len(code) <= 4:
                    spaces.add((len(code), int.from_bytes(code, "big"), int.from_bytes(_bytes(high), "big")))
        elif kind == b"bfchar":
            for code, said in _PAIR.findall(body):
                found[int.from_bytes(_bytes(code), "big")] = _utf16(_bytes(said))
        else:
            for low, high, said, listed in _RANGE.findall(body):
                start, end = int.from_bytes(_bytes(low), "big"), int.from_bytes(_bytes(high), "big")
                end = min(end, start + _MOST_PAIRS - len(found))
                if listed:
                    each = [_utf16(_bytes(part)) for part in re.findall(_HEX, listed)]
                    found.update(zip(range(start, end + 1), each))
                else:
                    found.update(_counted_up(start, end, _bytes(said)))
        if len(found) >= _MOST_PAIRS:
            break
    return found, tuple(sorted(spaces))


def _blocks(stream: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The blocks of a character map: their kind, and what stands between their begin and end."""
    kind, start = b"", 0
    for fence in _FENCE.finditer(stream):
        if fence[1] == b"begin":
            kind, start = fence[2], fence.end()
        elif fence[2] == kind:
            yield kind, stream[start : fence.start()]
            kind = b""


def _counted_up(start: int, end: int, first: bytes) -> Iterator[tuple[int, str]]:
    """A range of codes: the last character of the first text counts up."""
    head = _utf16(first)
    if not head:
        return
    for step in range(end - start + 1):
        point = ord(head[-1]) + step
        yield start + step, head[:-1] + (chr(point) if point <= 0x10FFFF else "\ufffd")


def _bytes(digits: bytes) -> bytes:
    clean = b"".join(digits.split())
    return bytes.fromhex((clean + b"0" * (len(clean) % 2)).decode("ascii"))


def _utf16(data: bytes) -> str:
    if len(data) == 1:
        data = b"\0" + data
    # "utf-16-be" keeps U+FEFF, which a map must not hold
    return data.decode("utf-16-be", "replace")
