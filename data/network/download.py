"""One download over HTTPS, within limits of time, size and redirects."""

from __future__ import annotations

import re
import socket
import ssl
import time
from datetime import timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPSConnection
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    BaseHandler,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
    getproxies,
    proxy_bypass,
)

from msgspec import Struct

from data.errors import Place, Problem, ProjectError, SourceError
from data.network.destination import is_plain, is_this_machine
from data.network.leave import Permission
from data.network.line import LocalError, connected, refuse_local
from data.network.patience import within
from data.network.said import one_line
from data.network.secrets import Filled, allow_command, shown

_REDIRECTS = 5
_SURE = timedelta(seconds=60)
_CHUNK = 1 << 16
_ATTACHMENT = re.compile(r'filename\s*=\s*"?([^";]+)"?', re.IGNORECASE)


class Answer(Struct, frozen=True):
    """What a server sent."""

    content: bytes
    kind: str
    """Content type, without its parameters."""
    name: str
    """The file's name, where the server says one."""
    etag: str
    last_modified: str
    date: str = ""
    """When the server sent it, by its own clock."""

    @property
    def sure_etag(self) -> str:
        """Its entity tag, where it tells apart every byte: a weak one stands for what the server takes for alike."""
        return "" if self.etag.startswith(("W/", "w/")) else self.etag

    @property
    def sure_last_modified(self) -> str:
        """When it was changed, where that was so long before it was sent that another change has another time (RFC
        7232, 2.2.2); else ""."""
        try:
            since = parsedate_to_datetime(self.date) - parsedate_to_datetime(self.last_modified)
        except (ValueError, TypeError):
            return ""
        return self.last_modified if since >= _SURE else ""


class _LimitError(Exception):
    """A limit was passed: what is wrong, and what to do."""


class _Redirects(HTTPRedirectHandler):
    """Follows a few redirects, never from HTTPS to plain HTTP, and never with credentials to another host."""

    max_redirections = _REDIRECTS
    max_repeats = 2

    def __init__(self, own_headers: dict[str, str], allow_http: bool) -> None:
        self._own, self._allow_http = own_headers, allow_http

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if new.scheme == "http" and not self._allow_http and (old.scheme == "https" or not is_this_machine(newurl)):
            raise _LimitError(f"sends on to {one_line(shown(newurl))}, which is not encrypted")
        if new.scheme not in ("http", "https") or not is_plain(newurl):  # urllib itself would follow to ftp
            raise _LimitError("sends on to something that is no web address")
        request = super().redirect_request(req, fp, code, msg, headers, newurl)
        if request is not None and (old.scheme, old.netloc) != (new.scheme, new.netloc):
            for name in self._own:
                request.remove_header(name.capitalize())
        return request


class _Proxies(ProxyHandler):
    """The proxies of the user's environment, which are her choice; what is asked of them is still looked at."""

    def __init__(self, proxies: dict[str, str], permission: Permission) -> None:
        super().__init__(proxies)
        self._permission = permission
        self._through: list[Request] = []

    def proxy_open(self, req: Request, proxy: str, type: str) -> Any:  # noqa: A002  # the name is the library's
        if req.host and proxy_bypass(req.host):
            return None
        parts = urlsplit(req.full_url)
        refuse_local(parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80), self._permission)
        self._through.append(req)
        return super().proxy_open(req, proxy, type)  # type: ignore[misc]  # not in the library's stubs

    def used_by(self, request: Request) -> bool:
        return any(one is request for one in self._through)


def _line_to(
    permission: Permission, address: tuple[str, int], timeout: float | None = None, *_: object
) -> socket.socket:
    """In place of socket.create_connection: connects only to what was looked at."""
    return connected(*address, permission, timeout if isinstance(timeout, int | float) else None)


class _Plain(HTTPHandler):
    """HTTP over lines that are looked at first."""

    def __init__(self, permission: Permission, proxies: _Proxies) -> None:
        super().__init__()
        self._permission, self._proxies = permission, proxies

    def http_open(self, req: Request) -> Any:
        leave = None if self._proxies.used_by(req) else self._permission
        return self.do_open(partial(_connection, HTTPConnection, leave), req)


class _Encrypted(HTTPSHandler):
    """The same over TLS, with a server whose certificate is checked."""

    def __init__(self, permission: Permission, proxies: _Proxies) -> None:
        super().__init__()
        self._permission, self._proxies = permission, proxies

    def https_open(self, req: Request) -> Any:
        leave = None if self._proxies.used_by(req) else self._permission
        return self.do_open(partial(_connection, HTTPSConnection, leave), req, context=ssl.create_default_context())


def _connection(kind: type[HTTPConnection], permission: Permission | None, host: str, **options: Any) -> HTTPConnection:
    """A connection of the library's; without a permission one to the user's proxy."""
    made = kind(host, **options)
    if permission is not None:
        vars(made)["_create_connection"] = partial(_line_to, permission)
    return made


def download(
    address: Filled,
    headers: dict[str, str],
    place: Place,
    permission: Permission,
    *,
    timeout: float,
    largest: int,
    etag: str = "",
    last_modified: str = "",
    allow_http: bool = False,
) -> Answer | None:
    """What the server sends, or None where it says that nothing changed since `etag` or `last_modified`.

    `timeout` is in seconds from the first word to the last, `largest` in bytes. Raises SourceError for a server that is
    out of order, ProjectError where the address or the credentials are wrong, and where it, or what it sends on to, is
    on this machine or in the local network and the user did not allow that.
    """
    conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    request = Request(
        address.text,
        headers={
            "User-Agent": "fairsheet",
            "Accept": "*/*",
            "Accept-Encoding": "identity",
            **{name: value for name, value in conditions.items() if value},
            **headers,
        },
    )
    proxies = _Proxies({} if is_this_machine(address.text) else getproxies(), permission)
    handlers: list[BaseHandler] = [
        proxies,
        _Redirects(headers, allow_http),
        _Plain(permission, proxies),
        _Encrypted(permission, proxies),
    ]
    opener = build_opener(*handlers)
    try:
        # A server may send one byte a second for ever, and each alone is in time: only another clock ends that.
        return within(timeout, lambda: _answer(opener, request, timeout, largest))
    except HTTPError as error:
        if error.code == 304 and (etag or last_modified):
            now = error.headers.get("ETag", "").removeprefix("W/")
            if not etag or now in ("", etag):
                return None
            # It says that nothing changed, and names another content: only all of it says which is right.
            return download(
                address, headers, place, permission, timeout=timeout, largest=largest, allow_http=allow_http
            )
        raise _explained(error, address, place, timeout) from None
    except LocalError as error:
        raise local(error, address, place, permission) from None
    except (_LimitError, HTTPException, OSError, ValueError) as error:
        raise _explained(error, address, place, timeout) from None


def local(error: LocalError, address: Filled, place: Place, permission: Permission) -> ProjectError:
    """The error for a host of this machine or the local network; its name is not told where it is a secret."""
    secret = "${" in address.destination
    what = "host:HOST:PORT" if secret else error.what
    leads = "" if secret else f", {error.address}"
    return ProjectError.at(
        place,
        f"{address.shown} leads to {error.where}{leads}; a project reads nothing there that you have not allowed.",
        f"If it is right: {allow_command(what, permission.root)} (or set FAIRSHEET_HOSTS={what[5:]}).",
    )


def _answer(opener: OpenerDirector, request: Request, timeout: float, largest: int) -> Answer:
    ends = time.monotonic() + timeout
    with opener.open(request, timeout=timeout) as response:
        said: HTTPMessage = response.headers
        length = said.get("Content-Length", "")
        if response.status != 200:  # such as 206, a part of the file
            raise _LimitError(f"gives something else than the file (HTTP {response.status})")
        if length.isdigit() and int(length) > largest:
            raise _LimitError(
                f"has {int(length) / 1e6:,.0f} MB, more than the {largest / 1e6:,.0f} MB that are allowed"
            )
        parts: list[bytes] = []
        size = 0
        while chunk := response.read1(_CHUNK):
            size += len(chunk)
            if size > largest:
                raise _LimitError(f"has more than the {largest / 1e6:,.0f} MB that are allowed")
            if time.monotonic() > ends:
                raise TimeoutError
            parts.append(chunk)
        if length.isdigit() and size < int(length):
            raise _LimitError(f"broke off after {size:,} of {int(length):,} bytes")
    if said.get("Content-Encoding", "identity").lower() not in ("identity", ""):
        raise _LimitError(f"is packed as '{one_line(said['Content-Encoding'])}', which was not asked for")
    attached = _ATTACHMENT.search(said.get("Content-Disposition", ""))
    return Answer(
        content=b"".join(parts),
        kind=one_line(said.get_content_type()) if "Content-Type" in said else "",
        name=attached[1].strip() if attached else "",
        etag=said.get("ETag", ""),
        last_modified=said.get("Last-Modified", ""),
        date=said.get("Date", ""),
    )


_GONE = {
    400: ("does not understand the request", "Check the address."),
    401: ("asks for a login", 'Send a token: headers = { Authorization = "Bearer ${TOKEN}" } under read.'),
    403: ("refuses the request", "Ask its keeper for the right to read it, or send a token under read: headers."),
    404: ("has no such file", "Check the address: the file may have moved."),
    410: ("has no such file any more", "Find where the file is now."),
}


def _explained(error: Exception, address: Filled, place: Place, timeout: float) -> ProjectError | SourceError:
    """What went wrong, in words, without secrets."""
    name = address.shown

    def outage(message: str, remedy: str = "Run again later.") -> SourceError:
        return SourceError(Problem(place, f"{name} {address.masked(message)}.", remedy))

    match error:
        case HTTPError() if error.code in _GONE:
            said, remedy = _GONE[error.code]
            return ProjectError.at(place, f"{name} {said} (HTTP {error.code}).", remedy)
        case HTTPError() if "infinite loop" in str(error.msg):
            return outage("sends from one address to the next without end", "Check the address in a browser.")
        case HTTPError() if "is not allowed" in str(error.msg):  # urllib, of file: and the like
            return outage("sends on to something that is no web address", "Check the address in a browser.")
        case HTTPError():
            return outage(f"is out of order (HTTP {error.code})")
        case _LimitError():
            return outage(str(error), "Check the address; limits are set under read: megabytes, timeout.")
        case URLError(reason=OSError() as reason):
            return _explained(reason, address, place, timeout)
        case OSError() if "Tunnel connection failed" in str(error):
            return outage("is not let through by the proxy", "Check HTTPS_PROXY, and run again later.")
        case OSError():
            return outage(*_unreached(error, timeout))
        case HTTPException():
            return outage("broke off in the middle of its answer")
        case _:  # what the address itself could have wrong was looked at before
            return outage("sends what cannot be understood", "Check the address in a browser.")


def _unreached(reason: OSError, timeout: float) -> tuple[str, str]:
    """What is wrong on the way to a server, and what to do."""
    match reason:
        case ssl.SSLCertVerificationError():
            return (
                f"has a certificate that cannot be trusted: {reason.verify_message}",
                "Check the address. A certificate of your institution's own is named by the environment variable "
                "SSL_CERT_FILE; checking is never switched off.",
            )
        case ssl.SSLError():
            return "does not speak TLS as it should", "Check the address and its port."
        case TimeoutError():
            return f"did not answer within {timeout:g} seconds", "Run again later, or allow more: timeout = 300."
        case socket.gaierror():
            return "has a host that is not found", "Check the address and the network."
        case ConnectionRefusedError():
            return "refuses connections", "Check the address and its port, or run again later."
        case _:
            return "broke off the connection", "Run again later."
