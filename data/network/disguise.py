"""What a server gives in place of the data, as if all were well: a login page, an error in JSON, half a file."""

from __future__ import annotations

import codecs
import io
import json
import re
import zipfile
from typing import Any, NamedTuple

from data.files.file_kinds import KIND_OF, FileKind

_TAGS = r"!doctype|html|head|body|title|meta|script|style|div|center|form|iframe|table|h1|p|br|error"
_MARKUP = re.compile(rf"\s*(?:<!--.*?-->\s*|<\?xml\b.*?\?>\s*)*(?:<\?xml\b|<(?:{_TAGS})\b)", re.IGNORECASE | re.DOTALL)
_PAGE_BELOW = re.compile(r"^\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.MULTILINE)
_LOGIN = re.compile(r"type\s*=\s*[\"']?password|log.?in|sign.?in", re.IGNORECASE)
_START = 200_000
_NO_DATA = ("image/", "audio/", "video/", "font/", "application/pdf")
_ZIP = b"PK\x03\x04"
_SIGNS = {
    b"%PDF-": "a PDF", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture",
    _ZIP: "a zip file", b"\x1f\x8b": "a packed file",
}  # fmt: skip
_MESSAGE = 1_000_000
"""Bytes of the longest error that is told in JSON."""
_SAYS_ERROR = ("error", "errors", "exception", "fault")
_SAYS_ONLY_THAT = frozenset(
    ("message", "status", "code", "detail", "title", "type", "success", "statuscode", "path", "timestamp", "instance")
) | {"documentation_url", "requestid", "request_id", "traceid", "trace_id", "reason", "description", "ok", "hint"}


class Disguise(NamedTuple):
    """What came in place of the data, and what to do."""

    what: str
    remedy: str


_LATER = "Run again later, or open the address in a browser to see what it gives."


def page(content: bytes, kind: str) -> Disguise | None:
    """What is no data of any kind: nothing at all, a picture, a web page. `kind` is the content type."""
    if not content.strip():
        return Disguise("an empty file", "Run again later.")
    if kind.startswith(_NO_DATA):
        return Disguise(f"'{kind}' in place of the data", "Check the address in a browser.")
    text = _beginning(content)
    if kind not in ("text/html", "application/xhtml+xml") and not (
        _MARKUP.match(text) or _PAGE_BELOW.search(text[:4096])
    ):
        return None
    if _LOGIN.search(text):
        return Disguise(
            "a login page in place of the data",
            "Use an address that gives the file without a login, or send a token: headers = { Authorization = "
            '"Bearer ${TOKEN}" } under read.',
        )
    return Disguise(
        "a web page in place of the data",
        "Open the address in a browser, find where the file itself is, and name that.",
    )


def other_kind(content: bytes, kind: str) -> Disguise | None:
    """What cannot be a file of the kind that is expected, or is only the beginning of one.

    `kind` is a file's ending, or what read.format says.
    """
    expected = KIND_OF[kind]
    if expected.text:
        start = content.lstrip()[:8]
        name = next((name for sign, name in _SIGNS.items() if start.startswith(sign)), "")
        if name:
            return Disguise(f"{name} in place of the data", "Check the address, or say what it is: format.")
        return _message(content, expected)
    called = "workbook" if expected.opener == "workbooks" else f"file of the kind {kind}"
    if expected.starts and not content.startswith(expected.starts):
        return Disguise(f"something that is no {called}", _LATER)
    if _breaks_off(content, expected):
        return Disguise(f"a {called} that breaks off in the middle", "Run again later.")
    return None


def _breaks_off(content: bytes, kind: FileKind) -> bool:
    """Whether the end is missing of a file that begins as it should: its last bytes, or a zip file's list of parts."""
    if _ZIP in kind.starts and content.startswith(_ZIP):
        return not zipfile.is_zipfile(io.BytesIO(content))
    return bool(kind.begins) and content.startswith(kind.begins) and not content.endswith(kind.ends)


def _beginning(content: bytes) -> str:
    """The beginning of what may be text in any encoding."""
    start = content.lstrip()[:_START] if not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else b""
    if not start:
        return content[:_START].decode("utf-16", errors="replace").lstrip("\ufeff")
    if start[1:2] == b"\0" or start[:1] == b"\0":
        return start.decode("utf-16-le" if start[1:2] == b"\0" else "utf-16-be", errors="replace")
    return start.decode("utf-8-sig", errors="replace")


def _message(content: bytes, kind: FileKind) -> Disguise | None:
    """An error that is told in JSON."""
    if len(content) > _MESSAGE or not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return None
    try:
        said: Any = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    if kind.opener == "texts":
        return Disguise("JSON in place of the data", f'{_LATER} If JSON is meant, say so under read: format = "json".')
    return Disguise("an error in place of the data", _LATER) if isinstance(said, dict) and _tells_error(said) else None  # pyright: ignore[reportUnknownArgumentType]  # JSON holds anything


def _tells_error(said: dict[str, Any]) -> bool:
    """Whether a JSON object is about what went wrong: a column of data may be called "error", too."""
    small = {name.lower(): value for name, value in said.items()}
    for name in _SAYS_ERROR:
        value: Any = small.get(name)
        column = isinstance(value, list) and not any(isinstance(one, dict) for one in value)  # pyright: ignore[reportUnknownVariableType]  # JSON holds anything
        if value and not column:
            return True
    plain = not any(isinstance(value, list | dict) for value in small.values())
    return bool(small) and plain and set(small) <= _SAYS_ONLY_THAT
