"""Where an address leads, as permissions are given for it: a host and its port."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

HERE = "no host"
"""Destination of what leads to no other machine's port: an SQLite file of the project."""
_PORTS = {"https": 443, "http": 80, "postgresql": 5432, "postgres": 5432, "mysql": 3306, "mariadb": 3306, "sftp": 22}
_AUTHORITY = re.compile(r"([a-z][a-z0-9+.-]*)://([^/?#]*)", re.IGNORECASE)
_PLAIN_HOST = re.compile(r"\w([\w.-]*[\w.])?")
_IPV6 = re.compile(r"[0-9A-Fa-f:.]+")
VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
"""How a setting names an environment variable."""


def destination(template: str) -> str:
    """`host:port` of an address as the project writes it, the scheme's own port where it names none.

    A host or port that is an environment variable stays `${NAME}`; an address whose beginning is one stays whole.

    >>> destination("https://data.example.edu/pay.csv?key=${KEY}")
    'data.example.edu:443'
    >>> destination("postgresql://me:${PASSWORD}@[::1]:6000/jobs"), destination("${ALUMNI_DB}")
    ('[::1]:6000', '${ALUMNI_DB}')
    """
    found = _AUTHORITY.match(template)
    if found is None:
        return template
    scheme = found[1].partition("+")[0].lower()
    if scheme == "sqlite":
        return HERE
    host, port = split_port(found[2].rpartition("@")[2])
    said = port or str(_PORTS.get(scheme, ""))
    return f"{_lower(host).rstrip('.')}:{said}" if said else _lower(host)


def _lower(host: str) -> str:
    """A host in small letters, but for the names of variables in it."""
    parts = VARIABLE.split(host)  # in turns what stands around the names, and they
    return "".join(f"${{{part}}}" if index % 2 else part.lower() for index, part in enumerate(parts))


def split_port(text: str) -> tuple[str, str]:
    """A host and its port, "" for none; brackets stay around an IPv6 address.

    >>> split_port("[::1]:80"), split_port("a.example"), split_port("::1")
    (('[::1]', '80'), ('a.example', ''), ('[::1]', ''))
    """
    if text.startswith("["):
        host, _, rest = text.partition("]")
        return f"{host}]", rest.removeprefix(":")
    if text.count(":") > 1:
        return f"[{text}]", ""
    host, _, port = text.partition(":")
    return host, port


def covers(allowed: str, wanted: str) -> bool:
    """Whether leave for one destination holds for another: it is the same one, or leave for all ports of its host.

    What begins with a variable is no host: with more behind it, it could lead anywhere.
    """
    host, port = split_port(allowed)
    named, to = split_port(wanted)
    every = not port and not VARIABLE.search(host) and bool(to.isdecimal() or VARIABLE.fullmatch(to) or not to)
    return allowed == wanted or (every and host == named)


def is_plain(address: str) -> bool:
    """Whether every program takes the same host out of an address: no user, no percent signs, no blanks in it."""
    try:
        parts = urlsplit(address)
        host, port = split_port(parts.netloc)
        named = bool(_PLAIN_HOST.fullmatch(host) or (host.startswith("[") and _IPV6.fullmatch(host[1:-1])))
        numbered = not port or (port.isascii() and port.isdecimal() and 0 < int(port) < 65_536)
        return address.isprintable() and " " not in address and named and numbered
    except ValueError:
        return False


def is_this_machine(address: str) -> bool:
    """Whether an address names this machine by one of its usual names. The line to it leaves it nowhere."""
    return urlsplit(address).hostname in ("localhost", "127.0.0.1", "::1")
