"""How a line to MariaDB or MySQL is encrypted, and who on it may hear the password."""

from __future__ import annotations

import ssl
from typing import Any

from data.errors import nearest
from data.files.project_path import inside
from data.network.destination import is_this_machine
from data.sources.databases.connection import Connection

PARAMETERS = frozenset(("ssl-mode", "ssl-ca"))
"""What may stand behind the address, in MySQL's own words."""
_MODES = ("DISABLED", "PREFERRED", "REQUIRED", "VERIFY_CA", "VERIFY_IDENTITY")
_OPEN = ("DISABLED", "PREFERRED")
_VERIFYING = ("VERIFY_CA", "VERIFY_IDENTITY")
_TELLING = ("mysql_clear_password", "dialog", "sha256_password", "mysql_old_password")
"""Ways of signing in that hand over the password itself, or as good as that."""


class PasswordAskedError(Exception):
    """The server wants to be told the password itself, and others could hear it; says which ssl-mode would do."""


class _NoKey:
    """Stands where the driver would keep a key that the server sends, which anybody on the line could have sent.

    The driver looks here only to send the password itself without TLS.
    """

    def __bool__(self) -> bool:
        raise PasswordAskedError("REQUIRED")


class _Silence:
    """Stands for a way of signing in that would tell the password to a server that nobody has verified."""

    def __init__(self, _: object) -> None: ...

    def authenticate(self, _: object) -> None:
        raise PasswordAskedError("VERIFY_IDENTITY")


def encryption(connection: Connection) -> dict[str, Any]:
    """The driver's settings for `ssl-mode` and `ssl-ca`.

    Another machine than this one has to encrypt, whatever is said: whoever is on the way can claim that a server
    cannot. `ssl-ca` alone means VERIFY_CA, as MySQL has it. Raises ProjectError for settings that are wrong.
    """
    said = connection.parameters(PARAMETERS)
    authority = said.get("ssl-ca")
    here = is_this_machine(connection.address.text)
    usual = "VERIFY_CA" if authority is not None else "PREFERRED" if here else "REQUIRED"
    mode = said.get("ssl-mode", usual).upper()
    if mode not in _MODES:
        raise connection.wrong_address(f"ssl-mode={said['ssl-mode']} is not known.", nearest(mode, _MODES))
    if mode in _OPEN and not here:
        raise connection.wrong_address(
            f"ssl-mode={mode} would let others read along on the way to another machine.",
            "Leave it out, or say VERIFY_IDENTITY; only a server on this machine may be asked without encryption.",
        )
    if mode in _VERIFYING:
        return {"ssl": _verifying(connection, authority, names=mode == "VERIFY_IDENTITY")}
    if authority is not None:
        raise connection.wrong_address(
            f"ssl-ca has no effect with ssl-mode={mode}.", "Say ssl-mode=VERIFY_IDENTITY, or leave ssl-ca out."
        )
    silent = {"auth_plugin_map": dict.fromkeys(_TELLING, _Silence), "server_public_key": _NoKey()}
    match mode:
        case "DISABLED":
            return {"ssl_disabled": True, **silent}
        case "REQUIRED":
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            return {"ssl": context, **silent}
        case _:
            return silent  # the driver's own way is PREFERRED


def _verifying(connection: Connection, authority: str | None, *, names: bool) -> ssl.SSLContext:
    """TLS with a server whose certificate a known authority has signed; with `names`, for that very host."""
    path = None if authority is None else inside(connection.request.root, authority, connection.connection_place)
    try:
        context = ssl.create_default_context(cafile=path)
    except OSError as error:  # ssl.SSLError is one
        raise connection.wrong_address(
            f"ssl-ca={authority} {'holds no certificate' if isinstance(error, ssl.SSLError) else 'cannot be read'}.",
            "Name a file of certificates in the form PEM.",
        ) from None
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT  # which MySQL's own certificates do not bear
    context.check_hostname = names
    return context
