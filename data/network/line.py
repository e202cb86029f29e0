"""Lines to other machines: a host is looked up once, and what is then connected to is what was looked at.

Which addresses are nobody else's is registered by IANA: https://www.iana.org/assignments/iana-ipv4-special-registry,
https://www.iana.org/assignments/iana-ipv6-special-registry.
"""

from __future__ import annotations

import ipaddress
import socket

from msgspec import Struct

from data.network.leave import Permission

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_ALSO_LOCAL = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "64:ff9b:1::/48", "fec0::/10")))
"""What some versions of Python's library do not count among them."""


class LocalError(Exception):
    """A host of this machine or of the local network that the user did not allow."""

    def __init__(self, host: str, port: int, address: str) -> None:
        super().__init__(host, port, address)
        self.host, self.port, self.address = host, port, address

    @property
    def what(self) -> str:
        """How the user would allow it."""
        return f"host:{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"

    @property
    def where(self) -> str:
        """What kind of address it is, in words."""
        found = ipaddress.ip_address(self.address.partition("%")[0])
        inner = getattr(found, "ipv4_mapped", None) or found
        return "this machine" if inner.is_loopback or inner.is_unspecified else "an address of the local network"


class Spot(Struct, frozen=True):
    """One address of a host, ready to be connected to."""

    family: int
    target: tuple[object, ...]

    @property
    def address(self) -> str:
        return str(self.target[0])


def is_local(address: str) -> bool:
    """Whether an IP address is one of this machine, of a local network, or of no single machine in the world.

    >>> is_local("169.254.169.254"), is_local("::ffff:10.0.0.1"), is_local("8.8.8.8")
    (True, True, False)
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped or found in _NAT64:  # another way of writing an address of the older kind
            return is_local(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
        inner = found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is not None and is_local(str(inner)):
            return True
    if any(found in network for network in _ALSO_LOCAL):
        return True
    return not found.is_global or found.is_multicast or found.is_reserved


def spots(host: str, port: int, permission: Permission) -> list[Spot]:
    """The addresses of a host, however it is spelled.

    Raises LocalError where one of them is local and the user did not allow this host, OSError where it is not found.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    allowed = permission.may_reach(host, port)
    for _, _, _, _, target in found:
        if not allowed and is_local(str(target[0])):
            raise LocalError(host, port, str(target[0]))
    return [Spot(family, target) for family, _, _, _, target in found]


def refuse_local(host: str, port: int, permission: Permission) -> None:
    """LocalError for what names this machine or an address of the local network, as far as that shows without asking
    anybody: where a proxy looks hosts up."""
    numeric = host == "localhost" or host.endswith(".localhost")
    try:
        found = socket.getaddrinfo(host, port, flags=0 if numeric else socket.AI_NUMERICHOST, type=socket.SOCK_STREAM)
    except OSError:
        return
    for _, _, _, _, target in found:
        if is_local(str(target[0])) and not permission.may_reach(host, port):
            raise LocalError(host, port, str(target[0]))


def connected(host: str, port: int, permission: Permission, timeout: float | None) -> socket.socket:
    """A line to the first address of a host that answers; `timeout` in seconds is for each of them.

    Raises LocalError as `spots` does, OSError where none answers.
    """
    failure: OSError = OSError("no address")
    for spot in spots(host, port, permission):
        line = socket.socket(spot.family, socket.SOCK_STREAM)
        try:
            line.settimeout(timeout)
            line.connect(spot.target)
        except OSError as error:
            line.close()
            failure = error
        else:
            return line
    raise failure
