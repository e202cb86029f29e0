"""Secrets come from environment variables that the user allowed, and are in no message and no file."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import parse_qsl, quote, quote_plus, unquote, urlsplit

from data.errors import Place, Problem, ProjectError
from data.files.world import variable
from data.network.destination import HERE, VARIABLE, destination
from data.network.leave import SECRETS, Permission
from data.program import SCHEDULED, program

_SECRET_NAME = re.compile(r"pass|pwd|secret|token|key|sig|credential|auth", re.IGNORECASE)


@dataclass(frozen=True)  # no Struct, which would say all its fields to whoever prints it
class Filled:
    """Text with its ${NAMES} filled in, and what must not be said aloud."""

    text: str = field(repr=False)
    shown: str
    """The text as messages and manifests have it: with names in place of values."""
    secrets: tuple[str, ...] = field(default=(), repr=False)
    names: tuple[str, ...] = ()
    destination: str = ""
    """The host that it is or goes to, as the project writes it."""
    leads: str = field(default="", repr=False)
    """That host with its ${NAMES} filled in."""

    @property
    def host(self) -> str:
        """The host as messages name it; not where it is a secret itself."""
        return self.destination if "${" not in self.destination else "HOST:PORT"

    def masked(self, words: str) -> str:
        """`words` of somebody else, such as a driver's error, without the secrets, in capitals or small letters."""
        for secret in sorted(self.secrets, key=len, reverse=True):
            for form in {secret, quote(secret, safe=""), quote_plus(secret), unquote(secret)}:
                words = re.sub(re.escape(form), "***", words, flags=re.IGNORECASE) if form else words
        return words

    def hiding(self, others: Iterable[str]) -> Filled:
        """This, with the secrets of what is sent along."""
        return replace(self, secrets=(*self.secrets, *others))

    @property
    def remedy(self) -> str:
        """Where to look when a password is wrong."""
        if not self.names:
            return 'Put it into an environment variable and name that here: "${NAME}".'
        return f"Check the environment variable{'' if len(self.names) == 1 else 's'} {', '.join(self.names)}."


def filled(template: str, place: Place, permission: Permission, to: Filled | None = None) -> Filled:
    """A setting with its ${NAMES} replaced by environment variables. There is no other place where that is done.

    `to` is the address that the setting is sent to, where it is none itself, such as a header. Raises ProjectError for
    variables that the user did not allow, whether they are set or not, so that a project cannot find out; then for
    those that are not set or are empty; all of them at once.
    """
    names = names_in(template)
    wanted = to.destination if to else destination(template)
    sure = {name for name in names if permission.may_send(name, wanted)}
    # Of an address that begins with a variable, only its value says where it leads: that is looked at further down.
    open_ends = "${" in wanted
    refused = [name for name in names if name not in sure and not (open_ends and permission.grants(name))]
    unset = [name for name in names if not variable(name)]
    unsure = [name for name in names if name not in sure]
    if refused or (unset and unsure):
        raise _refused(refused or unsure, wanted, place, permission)
    if unset:
        raise ProjectError(
            [
                Problem(
                    place,
                    f"the environment variable {name} is not set.",
                    _how_to_set(name),
                )
                for name in unset
            ]
        )
    text = VARIABLE.sub(lambda found: _fitted(variable(found[1]), template, found), template)
    if to is None and not _is_address(text):
        if unsure:
            raise _refused(unsure, wanted, place, permission)
        raise ProjectError.at(
            place,
            f"'{shown(template)}' is no address.",
            "Check its brackets, that its port is a number, and that a password in it has @ as %40 and / as %2F.",
        )
    leads = to.leads if to else destination(text)
    if not all(permission.may_send(name, leads) for name in unsure):
        raise _refused(unsure, wanted, place, permission)
    # What servers and drivers repeat is the password itself, not as an address writes it.
    password = unquote(urlsplit(text).password or "") if to is None else ""
    secrets = (*(variable(name) for name in names), *([password] if password else []))
    return Filled(text, shown(template), secrets, names, wanted, leads)


def _how_to_set(name: str) -> str:
    """Where a variable gets its value: runs of a schedule hear of no terminal."""
    file = variable(SCHEDULED)
    return f"Write {name}=... into {file}" if file else f"Set it before the run, such as: export {name}=..."


def names_in(template: str) -> tuple[str, ...]:
    """The environment variables that a setting names."""
    return tuple(dict.fromkeys(VARIABLE.findall(template)))


def allow_command(what: str, root: Path) -> str:
    """The command line by which the user allows something."""
    return f"{program()} allow {what} {shlex.quote(str(root))}"


def _refused(names: list[str], wanted: str, place: Place, permission: Permission) -> ProjectError:
    why = "name a file with it" if wanted == HERE else f"send it to {shown(wanted)}"
    return ProjectError(
        Problem(
            place,
            f"the project asks for your environment variable {name}, to {why}; you have not allowed that.",
            f"If it is right: {allow_command(f'secret:{name}', permission.root)} (or set {SECRETS}={name}).",
        )
        for name in names
    )


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
    if colon and not VARIABLE.fullmatch(password):
        user = f"{name}:***"
    query = "&".join(_shown_parameter(part) for part in parts.query.split("&")) if parts.query else ""
    return f"{parts.scheme}://{user}{at}{host}{parts.path}{'?' + query if query else ''}"


def _shown_parameter(parameter: str) -> str:
    name, equals, value = parameter.partition("=")
    hidden = equals and _SECRET_NAME.search(name) and not VARIABLE.fullmatch(value)
    return f"{name}=***" if hidden else parameter


def written_secrets(template: str) -> Iterable[str]:
    """Passwords that stand in the setting itself, where they do not belong."""
    try:
        parts = urlsplit(template)
    except ValueError:
        return
    password = parts.netloc.rpartition("@")[0].partition(":")[2]
    if password and not VARIABLE.search(password):
        yield "the password"
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        if re.search("pass|pwd", name, re.IGNORECASE) and value and not VARIABLE.search(value):
            yield f"the parameter '{name}'"


def refuse_written_secrets(template: str, place: Place) -> None:
    """ProjectError for a password in a project's file: it would be copied wherever the file goes."""
    for what in written_secrets(template):
        raise ProjectError.at(
            place,
            f"{what} of {shown(template)} stands in the file.",
            'Put it into an environment variable and name that here: "${DB_PASSWORD}".',
        )
