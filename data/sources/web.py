"""Files that are downloaded: asked for again only when they changed, and never taken for what they are not."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from data.errors import OutputError, Problem, ProjectError, SourceError
from data.sources.download import Answer, download, is_loopback
from data.sources.request import Request
from data.sources.secrets import Filled, filled, refuse_written_secrets

CACHE = ".fairsheet"
"""Folder of the project that holds copies of downloads. It may be deleted at any time."""
_KINDS = {
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/x-ndjson": "jsonl",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.ms-excel": "xls",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.apache.parquet": "parquet",
    "application/vnd.apache.arrow.file": "arrow",
}
"""Content type → kind of file, where neither the settings nor the address say it."""
_MARKUP = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class _Copy:
    """The last good download of an address."""

    folder: Path
    said: dict[str, str]
    """What the server said of it: etag, last_modified, date, type, and the sha256 of the content."""

    @property
    def path(self) -> Path:
        return self.folder / "content"

    @property
    def checksum(self) -> str:
        return self.said["sha256"]


def fetched(request: Request, known: frozenset[str]) -> tuple[Request, tuple[Problem, ...], str]:
    """The request with the downloaded file, warnings, and the SHA-256 of its content.

    `known` are the kinds of files that can be read. A server that says that nothing changed since the last good copy is
    believed. Raises SourceError where the server is out of order and `keep_last_good` is not set; ProjectError where
    the address, the checksum or the credentials are wrong.
    """
    settings, options, place = request.settings, request.options, request.at("url")
    template = str(settings.url)
    refuse_written_secrets(template, place)
    address = filled(template, place)
    headers = {name: filled(value, request.at("read", "headers")) for name, value in options.headers.items()}
    address = replace(address, secrets=(*address.secrets, *(s for h in headers.values() for s in h.secrets)))
    _check_scheme(request, address)
    copy = _last_copy(request.root, address, template)
    warnings: tuple[Problem, ...] = ()
    try:
        answer = download(
            address,
            {name: value.text for name, value in headers.items()},
            place,
            timeout=options.timeout,
            largest=options.megabytes * 1_000_000,
            etag=copy.said.get("etag", "") if copy else "",
            last_modified=copy.said.get("last_modified", "") if copy else "",
            allow_http=options.allow_http,
        )
        if answer is not None:
            _refuse_page(answer, request, address)
            if settings.sha256 is None or settings.sha256 == hashlib.sha256(answer.content).hexdigest():
                copy = _kept(request.root, address, template, answer)
            else:
                raise _other_content(request, address)
    except SourceError as error:
        if copy is None:
            raise
        said = copy.said.get("date") or copy.said.get("last_modified") or "an earlier run"
        if not options.keep_last_good:
            first = error.problems[0]
            remedy = f"{first.remedy} A copy from {said} is there: keep_last_good = true under read would use it."
            raise SourceError(replace(first, remedy=remedy)) from None
        warnings = tuple(
            replace(p, severity="warning", remedy=f"The copy from {said} stands in for it.") for p in error.problems
        )
    assert copy is not None
    if settings.sha256 is not None and settings.sha256 != copy.checksum:
        raise _other_content(request, address)
    kind = _kind(request, address, copy, known)
    read = options.model_copy(update={"format": kind})
    found = replace(request, settings=settings.model_copy(update={"read": read}), path=copy.path, name=address.shown)
    return found, warnings, copy.checksum


def _check_scheme(request: Request, address: Filled) -> None:
    parts = urlsplit(address.text)
    if parts.scheme == "https" or (
        parts.scheme == "http" and (is_loopback(address.text) or request.options.allow_http)
    ):
        return
    if parts.scheme == "http":
        raise ProjectError(
            Problem(
                request.at("url"),
                f"{address.shown} is not encrypted: anybody on the way could change the numbers.",
                "Use https://, or say that you accept it under read: allow_http = true.",
            )
        )
    raise ProjectError(Problem(request.at("url"), f"{address.shown} is no web address.", 'Begin it with "https://".'))


def _refuse_page(answer: Answer, request: Request, address: Filled) -> None:
    """SourceError for what is no data: nothing, a picture, a login form, or a notice, served as if all were well."""
    if not answer.content.strip():
        raise SourceError(Problem(request.at("url"), f"{address.shown} gives an empty file.", "Run again later."))
    if answer.kind.startswith(("image/", "audio/", "video/", "font/")) or answer.kind == "application/pdf":
        message = f"{address.shown} gives '{answer.kind}' in place of the data."
        raise SourceError(Problem(request.at("url"), message, "Check the address in a browser."))
    markup = _MARKUP.match(answer.content[:4096].removeprefix(b"\xef\xbb\xbf"))
    if not markup and answer.kind not in ("text/html", "application/xhtml+xml"):
        return
    login = re.search(rb"type\s*=\s*[\"']?password|log.?in|sign.?in", answer.content[:200_000], re.IGNORECASE)
    what = "a login page" if login else "a web page"
    raise SourceError(
        Problem(
            request.at("url"),
            f"{address.shown} gives {what} in place of the data.",
            "Use an address that gives the file without a login, or send a token: headers = { Authorization = "
            '"Bearer ${TOKEN}" } under read.'
            if login
            else "Open the address in a browser, find where the file itself is, and name that.",
        )
    )


def _other_content(request: Request, address: Filled) -> ProjectError:
    return ProjectError(
        Problem(
            request.at("sha256"),
            f"{address.shown} has other content than this checksum says.",
            "If the change is right, write the new checksum (sha256sum FILE) or leave sha256 out.",
        )
    )


def _kind(request: Request, address: Filled, copy: _Copy, known: frozenset[str]) -> str:
    """The kind of file: declared, or as the address ends, or as the server says."""
    if request.options.format is not None:
        return request.options.format
    path = unquote(urlsplit(address.text).path)
    for name in (path, copy.said.get("name", "")):
        ending = PurePosixPath(name).suffix.lower().removeprefix(".")
        if ending in known:
            return ending
    kind = _KINDS.get(copy.said.get("type", ""))
    if kind is None:
        raise ProjectError(
            Problem(
                request.at("url"),
                f"{address.shown} does not say what kind of file it is ('{copy.said.get('type', '')}').",
                'Say it under read: format = "csv".',
            )
        )
    return kind


def _folder(root: Path, template: str) -> Path:
    """Named by the setting as it is written, so that no secret is in it."""
    return root / CACHE / "web" / hashlib.sha256(template.encode()).hexdigest()[:16]


def _asked(address: Filled, template: str) -> str:
    """What tells apart the addresses that a setting with ${NAMES} stands for; costly to guess, for a secret may be in
    one. "" where there are no names."""
    if not address.names:
        return ""
    return hashlib.pbkdf2_hmac("sha256", address.text.encode(), template.encode(), 200_000).hex()


def _last_copy(root: Path, address: Filled, template: str) -> _Copy | None:
    """The copy of this very address: that of another one would be taken for it where the server says "not changed"."""
    folder = _folder(root, template)
    try:
        said: dict[str, Any] = json.loads((folder / "said.json").read_text("utf-8"))
        good = said.get("sha256") == hashlib.sha256((folder / "content").read_bytes()).hexdigest()
        good = good and said.get("asked", "") == _asked(address, template)
    except (OSError, ValueError, AttributeError):
        return None
    return _Copy(folder, {name: str(value) for name, value in said.items()}) if good else None


def _kept(root: Path, address: Filled, template: str, answer: Answer) -> _Copy:
    """The answer as the new last good copy."""
    folder = _folder(root, template)
    said = {
        "sha256": hashlib.sha256(answer.content).hexdigest(),
        "type": answer.kind,
        "name": answer.name,
        "etag": answer.etag,
        "last_modified": answer.last_modified,
        "date": answer.date,
        "asked": _asked(address, template),
    }
    said = {name: value for name, value in said.items() if value}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (root / CACHE / ".gitignore").write_text("*\n", "utf-8")
        for name, content in (("content", answer.content), ("said.json", json.dumps(said, indent=2).encode())):
            part = folder / f".{name}.part"
            part.write_bytes(content)
            part.replace(folder / name)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {error.strerror or error}.") from None
    return _Copy(folder, said)
