"""How a line to PostgreSQL is encrypted, who on it may hear the password, and which files the driver reads for that.

The driver's words: https://www.postgresql.org/docs/18/libpq-connect.html#LIBPQ-PARAMKEYWORDS.
"""

from __future__ import annotations

import os

from data.errors import nearest
from data.files.project_path import inside
from data.files.world import variable
from data.network.destination import is_this_machine
from data.sources.databases.connection import Connection

PARAMETERS = frozenset(("sslmode", "sslrootcert"))
"""What may stand behind the address, in PostgreSQL's own words. Everything else would have the driver read files, take
the user's own logins, or go to other hosts."""
_MODES = ("disable", "prefer", "require", "verify-ca", "verify-full")
_OPEN = ("disable", "prefer")
_VERIFYING = ("verify-ca", "verify-full")
_NO_FILE = os.path.join(os.devnull, "none")  # noqa: PTH118  # a path below what is no folder: it can never be there
_PROOF = "scram-sha-256,md5,none"
"""Ways of signing in that do not hand over the password itself."""


def encryption(connection: Connection) -> dict[str, str]:
    """The driver's settings for `sslmode` and `sslrootcert`, and against what it would read by itself.

    Another machine than this one has to encrypt, whatever is said. The password itself is told only to a server that
    was verified. Raises ProjectError for settings that are wrong or would weaken that.
    """
    said = connection.parameters(PARAMETERS)
    here = is_this_machine(connection.address.text)
    mode = said.get("sslmode", "prefer" if here else "require")
    if mode not in _MODES:
        raise connection.wrong_address(f"sslmode={mode} is not known.", nearest(mode, _MODES))
    if mode in _OPEN and not here:
        raise connection.wrong_address(
            f"sslmode={mode} would let others read along on the way to another machine.",
            "Leave it out, or say verify-full; only a server on this machine may be asked without encryption.",
        )
    return {
        "sslmode": mode,
        "sslrootcert": _authorities(connection, said.get("sslrootcert"), mode),
        "require_auth": f"{_PROOF},password" if mode == "verify-full" else _PROOF,
        "sslcertmode": "disable",
        "sslcert": _NO_FILE,
        "sslkey": _NO_FILE,
        "sslcrl": _NO_FILE,
        "passfile": _NO_FILE,
        "gssencmode": "disable",
    }


def _authorities(connection: Connection, named: str | None, mode: str) -> str:
    """The file of those whose signature under a certificate counts; the driver would look for one in the home."""
    if mode not in _VERIFYING:
        if named is not None:
            raise connection.wrong_address(
                f"sslrootcert has no effect with sslmode={mode}.", "Say sslmode=verify-full, or leave it out."
            )
        return _NO_FILE
    if named not in (None, "system"):
        return str(inside(connection.request.root, str(named), connection.connection_place))
    own = variable("SSL_CERT_FILE")
    if own:
        return own
    if mode == "verify-ca":
        raise connection.wrong_address(
            "sslmode=verify-ca needs to be told whose signature counts.",
            "Say sslmode=verify-full, or sslrootcert=FILE.",
        )
    return "system"
