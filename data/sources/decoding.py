"""Bytes become text in the encoding that is declared; a wrong one is met with the likely right one."""

from __future__ import annotations

import codecs
import re

from data.errors import Place, Problem, ProjectError

_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SINGLE_BYTE = ("latin-1", "iso-8859-1", "iso-8859-2", "iso-8859-15", "cp1250", "cp1252", "cp437", "cp850", "mac-roman")
_PROBE = 65_536
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_HIGH = re.compile(rb"[\x80-\xff]+")


def decode(raw: bytes, encoding: str | None, file: str, remedy_place: str = "[tables.NAME.read]") -> str:
    """The text of a file, line ends as \\n, without a byte order mark.

    Without a declared encoding a file is UTF-8, or says by its byte order mark that it is UTF-16. Raises ProjectError
    where the bytes are not text in that encoding, or are far more likely text in another.
    """
    marked = next((name for mark, name in _BYTE_ORDER_MARKS if raw.startswith(mark)), None)
    used = encoding or marked or "utf-8"
    if used == "utf-8":
        used = "utf-8-sig"
    likely = _contradicted(raw, used, marked)
    if likely is not None:
        found = f"begins like {likely} text" if marked else f"is text in {likely}"
        raise ProjectError(
            Problem(Place(file), f"is declared as {encoding}, but {found}.", _advice(raw, likely, remedy_place))
        )
    try:
        text = raw.decode(used)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        if 0 in raw[:_PROBE]:
            remedy = "Check that it is the file that is meant, and say under read what format it has."
            raise ProjectError(Problem(Place(file), "is no text.", remedy)) from None
        name = "UTF-8" if used == "utf-8-sig" else used
        raise ProjectError(
            Problem(
                Place(file, line),
                f"is not {name}: byte 0x{raw[error.start] if error.start < len(raw) else 0:02X} cannot be read.",
                _advice(raw, likely_encoding(raw), remedy_place),
            )
        ) from None
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def likely_encoding(raw: bytes) -> str:
    """The encoding that the bytes look like; a proposal for people, never taken silently.

    Byte order marks and valid UTF-8 are certain; every second byte zero is UTF-16; bytes 0x80 to 0x9F are printable in
    cp1252 and control characters in Latin-1.
    """
    for mark, name in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return name
    probe = raw[:_PROBE]
    if probe.count(0) > len(probe) // 4:
        name = "utf-16-le" if probe[1::2].count(0) >= probe[0::2].count(0) else "utf-16-be"
        if not _CONTROL.search(probe.decode(name, errors="ignore")):
            return name
    if _is_utf8(raw):
        return "utf-8"
    if any(0x80 <= byte <= 0x9F for byte in raw):
        try:
            raw.decode("cp1252")
        except UnicodeDecodeError:
            return "mac-roman"
        return "cp1252"
    return "latin-1"


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _contradicted(raw: bytes, used: str, marked: str | None) -> str | None:
    """The encoding that the bytes are in for certain, where it is not the one used.

    Single-byte encodings read anything, so a wrong one would never fail by itself.
    """
    if marked is not None and marked != used and not (marked == "utf-16" and used.startswith("utf-16")):
        return marked
    if marked is None and used in _SINGLE_BYTE and _HIGH.search(raw) and _is_utf8(raw):
        return "utf-8"
    if marked is None and used in ("latin-1", "iso-8859-1", "iso-8859-15") and likely_encoding(raw) == "cp1252":
        return "cp1252"
    if used in ("utf-8-sig", *_SINGLE_BYTE) and likely_encoding(raw).startswith("utf-16-"):
        return likely_encoding(raw)
    return None


def _advice(raw: bytes, likely: str, place: str) -> str:
    if likely in ("utf-8", "utf-8-sig"):
        return f'Leave encoding out, or write encoding = "utf-8" under {place}.'
    found = _HIGH.search(raw)
    shown = ""
    if found and not likely.startswith("utf-16"):
        start = max(raw.rfind(b"\n", 0, found.start()) + 1, found.start() - 12)
        text = raw[start : found.end() + 8].decode(likely, errors="replace").splitlines()[0].strip("\ufffd")
        shown = f" (the text would read '{text}')"
    return f'Write encoding = "{likely}" under {place}{shown}, or save the file as UTF-8.'
