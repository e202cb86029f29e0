"""What this user's Fairsheet wrote is told from what came with somebody's project: by a secret that she alone has."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from contextlib import suppress

from data.errors import OutputError, ProjectError
from data.files.folder import open_folder
from data.files.user_folders import cache_folder

_NAME, _LENGTH = "seal", 32


def own_secret() -> bytes:
    """The user's secret, made on first use; one that nobody has again where she has no folder for it."""
    with suppress(OSError, OutputError, ProjectError):
        base = cache_folder()
        with open_folder(base.parent, base.name, make=True) as folder:
            found = folder.read(_NAME)
            if found is None or len(found) != _LENGTH:
                folder.write(_NAME, secrets.token_bytes(_LENGTH), 0o600)
                found = folder.read(_NAME)
            return found or secrets.token_bytes(_LENGTH)
    return secrets.token_bytes(_LENGTH)


def seal(content: bytes, secret: bytes) -> str:
    """The seal of a content, in hexadecimal digits (HMAC-SHA-256, RFC 2104)."""
    return hmac.new(secret, content, hashlib.sha256).hexdigest()


def is_sealed(content: bytes, said: str, secret: bytes) -> bool:
    """Whether `said` is the content's seal by that secret."""
    return hmac.compare_digest(seal(content, secret).encode(), said.encode())
