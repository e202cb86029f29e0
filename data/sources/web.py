"""Files that are downloaded: asked for again only when they changed, and never taken for what they are not."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from msgspec import Struct
from msgspec.structs import replace

from data.errors import OutputError, Problem, ProjectError, SourceError
from data.files.file_kinds import KINDS
from data.files.folder import is_full, open_folder
from data.network.copies import Copy, Download, Shelf, moment
from data.network.destination import is_plain, is_this_machine
from data.network.disguise import Disguise, other_kind, page
from data.network.download import Answer, download
from data.network.secrets import Filled, filled, refuse_written_secrets
from data.sources.request import Request

SERVED: dict[str, str] = {served: kind.name for kind in KINDS for served in kind.served}
"""Content type → kind of file, where neither the settings nor the address say it."""
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_VALUE = re.compile(r"[\t\x20-\x7e\xa0-\xff]*")
_OURS = frozenset(
    ("host", "connection", "content-length", "transfer-encoding", "te", "upgrade", "expect", "accept-encoding", "range")
) | {"if-none-match", "if-modified-since", "if-range", "proxy-authorization", "proxy-connection"}
"""Headers that say to whom and how a request goes; with another host in them, a secret could go astray."""


class _Asked(Struct, frozen=True):
    """An address with everything that is sent to it."""

    address: Filled
    headers: dict[str, str]
    shelf: Shelf
    key: str
    """What tells apart the addresses that a setting with ${NAMES} stands for; costly to guess, for a secret may be in
    one. "" where there are no names."""


def fetched(request: Request, known: frozenset[str]) -> Request:
    """The request with the downloaded file, and with what there is to tell of it as `warnings` of the download.

    `known` are the kinds of files that can be read. A server that says that nothing changed since the last good copy is
    believed. Raises SourceError where the server is out of order and `keep_last_good` is not set; ProjectError where
    the address, the checksum or the credentials are wrong.
    """
    asked, options = _asked(request), request.options
    copy = asked.shelf.copy()
    if copy is not None and not copy.belongs_to(asked.key):
        copy = None  # of another address: it would be taken for this one where the server says "not changed"
    if request.leave.offline:
        return _stands_in(request, asked, copy, known, [_not_asked(request, asked)])
    try:
        answer = download(
            asked.address,
            asked.headers,
            request.at("url"),
            request.permission,
            timeout=options.timeout,
            largest=options.megabytes * 1_000_000,
            etag=copy.said.get("etag", "") if copy else "",
            last_modified=copy.said.get("last_modified", "") if copy else "",
            allow_http=options.allow_http,
        )
        if answer is None:
            assert copy is not None
            return _with(request, asked, copy, known, fresh=False)
        _refuse(page(answer.content, answer.kind), request, asked)
        found = Copy(answer.content, _said(answer, asked))
        if request.settings.sha256 in (None, found.said["sha256"]):
            _refuse(other_kind(answer.content, _kind(request, asked.address, found, known)), request, asked)
        return _with(request, asked, found, known, fresh=True)
    except SourceError as error:
        if copy is None:
            raise
        if not options.keep_last_good:
            first = error.problems[0]
            remedy = f"{first.remedy} A copy from {copy.day} is there: keep_last_good = true under read would use it."
            raise SourceError(replace(first, remedy=remedy)) from None
        return _stands_in(request, asked, copy, known, list(error.problems))


def last_good(request: Request, known: frozenset[str], why: Problem) -> Request | None:
    """The request with the last good copy in place of a download that cannot be read; None where none may stand in."""
    copy = request.download.earlier if request.download and request.options.keep_last_good else None
    if copy is None:
        return None
    message = f"what {request.file} gives now cannot be read as declared: {why.message}"
    plain = replace(request, path=None, download=None)
    return _stands_in(plain, _asked(plain), copy, known, [Problem(request.at("url"), message, "")])


def _asked(request: Request) -> _Asked:
    settings, options, place, permission = request.settings, request.options, request.at("url"), request.permission
    template, under = str(settings.url), request.at("read", "headers")
    refuse_written_secrets(template, place)
    for name in options.headers:
        if name.strip().lower() in _OURS:
            raise ProjectError.at(under, f"the header '{name}' is not the project's to set.", "Leave it out.")
        if not _TOKEN.fullmatch(name):
            raise ProjectError.at(under, f"'{name}' is no name of a header.", "Use letters, digits and hyphens.")
    address = filled(template, place, permission)
    headers = {name: filled(value, under, permission, address) for name, value in options.headers.items()}
    for name, value in headers.items():
        if not _VALUE.fullmatch(value.text):
            message = f"the header '{name}' holds a line break or a sign that no header has."
            raise ProjectError.at(under, message, "Write it in one line, and check its environment variable.")
    address = address.hiding(secret for value in headers.values() for secret in value.secrets)
    _check(request, address)
    sent = [*address.names, *(name for value in headers.values() for name in value.names)]
    if sent and urlsplit(address.text).scheme == "http" and not is_this_machine(address.text):
        message = f"{address.shown} is not encrypted, and would get your environment variable {sent[0]}."
        raise ProjectError.at(place, message, "Use https://; allow_http is for what anybody may read.")
    said = "\n".join((template, *sorted(f"{name}: {value}" for name, value in options.headers.items())))
    key = ""
    if address.names:
        key = hashlib.pbkdf2_hmac("sha256", address.text.encode(), template.encode(), 200_000).hex()
    texts = {name: value.text for name, value in headers.items()}
    return _Asked(address, texts, Shelf(request.root, said), key)


def _check(request: Request, address: Filled) -> None:
    """ProjectError for what is no web address, or one on whose way anybody could change the numbers."""
    parts, place = urlsplit(address.text), request.at("url")
    if parts.scheme not in ("https", "http"):
        raise ProjectError.at(place, f"{address.shown} is no web address.", 'Begin it with "https://".')
    if "@" in parts.netloc:
        raise ProjectError.at(
            place,
            f"{address.shown} names a user.",
            'Send the login as a header: headers = { Authorization = "Basic ${LOGIN}" } under read.',
        )
    if not is_plain(address.text):
        raise ProjectError.at(
            place,
            f"{address.shown} is no web address that can be asked.",
            "Check its spelling: blanks are written %20, and a host has letters, digits, dots and hyphens.",
        )
    if parts.scheme == "http" and not is_this_machine(address.text) and not request.options.allow_http:
        raise ProjectError.at(
            place,
            f"{address.shown} is not encrypted: anybody on the way could change the numbers.",
            "Use https://, or say that you accept it under read: allow_http = true.",
        )


def _not_asked(request: Request, asked: _Asked) -> Problem:
    return Problem(
        request.at("url"),
        f"{asked.address.shown} was not asked (--offline).",
        "Run once without --offline, to have one.",
    )


def _stands_in(
    request: Request, asked: _Asked, copy: Copy | None, known: frozenset[str], why: list[Problem]
) -> Request:
    """The request with the last good copy, and a warning for each reason why it is needed."""
    if copy is None:
        first = why[0]
        message = f"{first.message.rstrip('.')}, and there is no copy of an earlier run."
        raise SourceError(replace(first, message=message))
    found = _with(request, asked, copy, known, fresh=False)
    told = tuple(replace(p, severity="warning", remedy=f"The copy from {copy.day} stands in for it.") for p in why)
    return replace(found, warnings=told)


def _with(request: Request, asked: _Asked, copy: Copy, known: frozenset[str], *, fresh: bool) -> Request:
    """The request with this content as its file."""
    settings, checksum = request.settings, copy.said["sha256"]
    if settings.sha256 is not None and settings.sha256 != checksum:
        raise _other_content(request, asked.address)
    kind = _kind(request, asked.address, copy, known)
    read, name = request.options.model_copy(update={"format": kind}), f"{checksum[:24]}.{kind}"
    try:
        with open_folder(request.needed_parts) as folder:
            folder.write(name, copy.content)
    except OSError as error:
        why = "the disk is full" if is_full(error) else error.strerror or str(error)
        raise OutputError(f"{request.needed_parts}: a download cannot be written: {why}.") from None
    path = request.needed_parts / name
    return replace(
        request,
        settings=settings.model_copy(update={"read": read}),
        path=path,
        name=asked.address.shown,
        download=Download(asked.shelf, path, copy.said, asked.key, fresh),
    )


def _refuse(found: Disguise | None, request: Request, asked: _Asked) -> None:
    """SourceError for what is no data, served as if all were well."""
    if found is not None:
        raise SourceError(Problem(request.at("url"), f"{asked.address.shown} gives {found.what}.", found.remedy))


def _other_content(request: Request, address: Filled) -> ProjectError:
    return ProjectError.at(
        request.at("sha256"),
        f"{address.shown} has other content than this checksum says.",
        "If the change is right, write the new checksum (sha256sum FILE) or leave sha256 out.",
    )


def _kind(request: Request, address: Filled, copy: Copy, known: frozenset[str]) -> str:
    """The kind of file: declared, or as the address ends, or as the server says."""
    if request.options.format is not None:
        return request.options.format
    path = unquote(urlsplit(address.text).path)
    for name in (path, copy.said.get("name", "")):
        ending = PurePosixPath(name).suffix.lower().removeprefix(".")
        if ending in known:
            return ending
    kind = SERVED.get(copy.said.get("type", ""))
    if kind is None:
        raise ProjectError.at(
            request.at("url"),
            f"{address.shown} does not say what kind of file it is ('{copy.said.get('type', '')}').",
            'Say it under read: format = "csv".',
        )
    return kind


def _said(answer: Answer, asked: _Asked) -> dict[str, str]:
    """What is known of a download; what a server says with a secret in it is not kept."""
    masked = asked.address.masked

    def harmless(said: str) -> str:
        return said if masked(said) == said else ""

    said = {
        "sha256": hashlib.sha256(answer.content).hexdigest(),
        "type": harmless(answer.kind),
        "name": masked(answer.name),
        "etag": harmless(answer.etag),
        "last_modified": harmless(answer.last_modified),
        "taken": moment(),
        "asked": asked.key,
    }
    return {name: value for name, value in said.items() if value}
