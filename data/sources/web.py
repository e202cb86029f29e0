"""Files that are downloaded: asked for again only when they changed, and never taken for what they are not."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from data.errors import Problem, ProjectError, SourceError
from data.network.copies import Copy, Shelf, moment
from data.network.destination import is_plain, is_this_machine
from data.network.disguise import Disguise, other_kind, page
from data.network.download import Answer, download
from data.network.secrets import Filled, filled, refuse_written_secrets
from data.sources.last_good import Origin, in_its_place, kind_of, stands_in, with_content
from data.sources.request import Request

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
    origin: Origin


def fetched(request: Request, known: frozenset[str]) -> Request:
    """The request with the downloaded file, and with what there is to tell of it as `warnings` of the download.

    `known` are the kinds of files that can be read. A server that says that nothing changed since the last good copy is
    believed. Raises SourceError where the server is out of order and `keep_last_good` is not set; ProjectError where
    the address, the checksum or the credentials are wrong.
    """
    asked, options = _asked(request), request.options
    copy = asked.origin.copy  # of no other address: it would be taken for this one where the server says "not changed"
    known_by = {} if copy is None or request.leave.afresh else copy.said
    if request.settings.sha256 not in (None, known_by.get("sha256")):
        known_by = {}  # it is not the one that is wanted
    if request.leave.offline:
        return stands_in(request, asked.origin, copy, known, [_not_asked(request, asked)])
    try:
        answer = download(
            asked.address,
            asked.headers,
            request.at("url"),
            request.permission,
            timeout=options.timeout,
            largest=options.megabytes * 1_000_000,
            etag=known_by.get("etag", ""),
            last_modified=known_by.get("last_modified", ""),
            allow_http=options.allow_http,
        )
        if answer is None:
            assert copy is not None
            return with_content(request, asked.origin, copy, known, fresh=False)
        _refuse(page(answer.content, answer.kind), request, asked)
        found = Copy(answer.content, _said(answer, asked))
        if request.settings.sha256 in (None, found.said["sha256"]):
            _refuse(other_kind(answer.content, kind_of(request, asked.origin, found, known)), request, asked)
        return with_content(request, asked.origin, found, known, fresh=True)
    except SourceError as error:
        return in_its_place(request, asked.origin, copy, known, error)


def origin_of(request: Request) -> Origin:
    """Where the file comes from."""
    return _asked(request).origin


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
    path = unquote(urlsplit(address.text).path)
    return _Asked(address, texts, Origin("url", address.shown, Shelf(request.root, said), path, key))


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


def _refuse(found: Disguise | None, request: Request, asked: _Asked) -> None:
    """SourceError for what is no data, served as if all were well."""
    if found is not None:
        raise SourceError(Problem(request.at("url"), f"{asked.address.shown} gives {found.what}.", found.remedy))


def _said(answer: Answer, asked: _Asked) -> dict[str, str]:
    """What is known of a download; what a server says with a secret in it is not kept."""
    masked = asked.address.masked

    def harmless(said: str) -> str:
        return said if masked(said) == said else ""

    said = {
        "sha256": hashlib.sha256(answer.content).hexdigest(),
        "type": harmless(answer.kind),
        "name": masked(answer.name),
        "etag": harmless(answer.sure_etag),
        "last_modified": harmless(answer.sure_last_modified),
        "taken": moment(),
        "asked": asked.origin.key,
    }
    return {name: value for name, value in said.items() if value}
