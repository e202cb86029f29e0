"""Secrets come from environment variables, and are in no message and no file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, quote_plus, unquote, urlsplit

from data.errors import Place, Problem, ProjectError

_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_SECRET_NAME = re.compile(r"pass|pwd|secret|token|key|sig|credential|auth", re.IGNORECASE)


@dataclass(frozen=True)
class Filled:
    """Text with its ${NAMES} filled in, and what must not be said aloud."""

    text: str = field(repr=False)
    shown: str
    """The text as messages and manifests have it: with names in place of values."""
    secrets: tuple[str, ...] = field(default=(), repr=False)
    names: tuple[str, ...] = ()

    def masked(self, words: str) -> str:
        """`words` of somebody else, such as a driver's error, without the secrets."""
        for secret in sorted(self.secrets, key=len, reverse=True):
            for form in {secret, quote(secret, safe=""), quote_plus(secret), unquote(secret)}:
                words = words.replace(form, "***")
        return words

    @property
    def remedy(self) -> str:
        """Where to look when a password is wrong."""
        if not self.names:
            return 'Put it into an environment variable and name that here: "${NAME}".'
        return f"Check the environment variable{'' if len(self.names) == 1 else 's'} {', '.join(self.names)}."


def filled(template: str, place: Place) -> Filled:
    """A setting with its ${NAMES} replaced by environment variables.

    Raises ProjectError for a variable that is not set or is empty, all of them at once.
    """
    names = tuple(dict.fromkeys(_VARIABLE.findall(template)))
    unset = [name for name in names if not os.environ.get(name)]
    if unset:
        raise ProjectError(
            [
                Problem(
                    place,
                    f"the environment variable {name} is not set.",
                    f"Set it before the run, such as: export {name}=...",
                )
                for name in unset
            ]
        )
    text = _VARIABLE.sub(lambda found: _fitted(os.environ[found[1]], template, found), template)
    if not _is_address(text):
        raise ProjectError(
            Problem(place, f"'{shown(template)}' is no address.", "Check its brackets, and that its port is a number.")
        )
    # What servers and drivers repeat is the password itself, not as an address writes it.
    password = unquote(urlsplit(text).password or "")
    secrets = (*(os.environ[name] for name in names), *([password] if password else []))
    return Filled(text, shown(template), secrets, names)


def _is_address(text: str) -> bool:
    """Whether text can be taken apart as an address, as far as it is one at all."""
    try:
        parts = urlsplit(text)
        (parts.hostname or "").encode("idna")
        return parts.port != 0
    except ValueError:  # UnicodeError is one
        return False


def _fitted(value: str, template: str, found: re.Match[str]) -> str:
    """A value as it has to stand in an address: percent-encoded, but for a host's name and for text that is none."""
    before, after = template[: found.start()], template[found.end() :]
    if "://" not in before:
        return value
    in_host = "/" not in before.partition("://")[2] and "@" not in after.partition("/")[0]
    return value if in_host else quote(value, safe="")


def shown(address: str) -> str:
    """An address or connection as it may be printed: no password, no values of secret parameters, no fragment."""
    try:
        parts = urlsplit(address.partition("#")[0])
    except ValueError:
        return address.partition(":")[0] + ":..."
    if not parts.scheme or not parts.netloc:
        return address
    user, at, host = parts.netloc.rpartition("@")
    name, colon, password = user.partition(":")
    if colon and not _VARIABLE.fullmatch(password):
        user = f"{name}:***"
    query = "&".join(_shown_parameter(part) for part in parts.query.split("&")) if parts.query else ""
    return f"{parts.scheme}://{user}{at}{host}{parts.path}{'?' + query if query else ''}"


def _shown_parameter(parameter: str) -> str:
    name, equals, value = parameter.partition("=")
    hidden = equals and _SECRET_NAME.search(name) and not _VARIABLE.fullmatch(value)
    return f"{name}=***" if hidden else parameter


def written_secrets(template: str) -> Iterable[str]:
    """Passwords that stand in the setting itself, where they do not belong."""
    try:
        parts = urlsplit(template)
    except ValueError:
        return
    password = parts.netloc.rpartition("@")[0].partition(":")[2]
    if password and not _VARIABLE.search(password):
        yield "the password"
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        if re.search("pass|pwd", name, re.IGNORECASE) and value and not _VARIABLE.search(value):
            yield f"the parameter '{name}'"


def refuse_written_secrets(template: str, place: Place) -> None:
    """ProjectError for a password in a project's file: it would be copied wherever the file goes."""
    for what in written_secrets(template):
        raise ProjectError(
            Problem(
                place,
                f"{what} of {shown(template)} stands in the file.",
                'Put it into an environment variable and name that here: "${DB_PASSWORD}".',
            )
        )
