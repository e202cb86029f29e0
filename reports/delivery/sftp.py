"""A folder on an SFTP server as a place for editions."""

from __future__ import annotations

import getpass
import posixpath
import secrets
import stat
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

import paramiko

from data.network.patience import within
from data.network.said import one_line
from reports.delivery.places import Login
from reports.delivery.target import DeliveryError

Result = TypeVar("Result")
_LOGIN = 30.0
"""Seconds for each step of a login."""


@contextmanager
def connected(login: Login) -> Generator[SftpTarget, None, None]:
    """The folder, as long as the line stands. Raises DeliveryError where the server cannot be reached, is another one
    than the user knows, or refuses the login.

    The server's key has to stand in the user's known_hosts; no key is taken that merely comes along.
    """
    host, port, user, path = _parts(login.address.text)
    client: Any = paramiko.SSHClient()  # paramiko's types are known in part
    try:
        with _told(login):
            client.load_system_host_keys()
            client.set_missing_host_key_policy(paramiko.RejectPolicy())
            within(login.settings.timeout, lambda: _log_in(client, login, host, port, user))
            channel = within(login.settings.timeout, client.open_sftp)
            channel.get_channel().settimeout(login.settings.timeout)
        yield SftpTarget(channel, path, login)
    finally:
        client.close()


def _log_in(client: Any, login: Login, host: str, port: int, user: str) -> None:
    """Log in with what the project names, and with nothing else that lies about."""
    key, password = login.values.get("key_file"), login.values.get("password")
    client.connect(
        host,
        port,
        user,
        password=None if key else password,
        key_filename=key,
        passphrase=password if key else None,
        timeout=_LOGIN,
        banner_timeout=_LOGIN,
        auth_timeout=_LOGIN,
        channel_timeout=_LOGIN,
        allow_agent=False,
        look_for_keys=False,
    )


def _parts(address: str) -> tuple[str, int, str, str]:
    """Host, port, user and folder of an address; /~/ begins at the user's own folder."""
    parts = urlsplit(address)
    path = unquote(parts.path)
    path = path.removeprefix("/~/") if path.startswith("/~/") else path or "/"
    return parts.hostname or "", parts.port or 22, unquote(parts.username or "") or getpass.getuser(), path


@contextmanager
def _told(login: Login) -> Generator[None, None, None]:
    """DeliveryError in place of all that can go wrong, without secrets."""
    where = f"sftp://{login.address.host}"
    try:
        yield
    except paramiko.BadHostKeyException:
        raise DeliveryError(
            f"{where}: the server shows another key than the one in your known_hosts, and nothing was sent. "
            "Ask whoever runs it."
        ) from None
    except (paramiko.AuthenticationException, paramiko.PasswordRequiredException):
        raise DeliveryError(f"{where}: refused the login. {login.hidden.remedy}") from None
    except TimeoutError:
        raise DeliveryError(f"{where}: did not answer within {login.settings.timeout:g} s.") from None
    except (paramiko.SSHException, paramiko.SFTPError, EOFError, OSError, ValueError) as error:
        said = one_line(login.hidden.masked(getattr(error, "strerror", None) or str(error)))
        if "not found in known_hosts" in said:
            said = "its key is not in your known_hosts. Log in by hand once (ssh), and look whether it is the right one"
        raise DeliveryError(f"{where}: {said or 'the line broke off'}.") from None


class SftpTarget:
    """A folder. Files are written beside their places and renamed, as OpenSSH's servers do that in one step."""

    def __init__(self, channel: Any, path: str, login: Login) -> None:
        self._channel, self._path, self._login = channel, path, login

    def _done(self, action: Callable[[], Result]) -> Result | None:
        """What an action gives; None where the file or folder is not there."""
        with _told(self._login):
            try:
                return within(self._login.settings.timeout, action)
            except FileNotFoundError:
                return None

    def _named(self, *path: str) -> str:
        return posixpath.join(self._path, *path)

    def read(self, *path: str) -> bytes | None:
        def act() -> bytes:
            with self._channel.open(self._named(*path), "rb") as stream:
                stream.prefetch()
                return stream.read()

        return self._done(act)

    def write(self, content: bytes, *path: str) -> None:
        part = self._named(*path[:-1], f".{path[-1]}.{secrets.token_hex(8)}.part")

        def act() -> None:
            try:
                with self._channel.open(part, "wbx") as stream:
                    stream.set_pipelined(True)
                    stream.write(content)
                self._channel.posix_rename(part, self._named(*path))
            except OSError:
                with suppress(OSError):
                    self._channel.remove(part)
                raise

        with _told(self._login):
            within(self._login.settings.timeout, lambda: self._make(path[:-1]))
            within(self._login.settings.timeout, act)

    def _make(self, path: tuple[str, ...]) -> None:
        """Make the folders below this one that are missing; this one itself a person has made."""
        for length in range(1, len(path) + 1):
            folder = self._named(*path[:length])
            try:
                found = self._channel.lstat(folder)
            except FileNotFoundError:
                self._channel.mkdir(folder)
            else:
                if not stat.S_ISDIR(found.st_mode):
                    raise OSError(f"{folder} is no folder there")

    def names(self, *path: str) -> list[str]:
        return self._done(lambda: sorted(self._channel.listdir(self._named(*path)))) or []

    def remove(self, *path: str) -> None:
        self._done(lambda: self._channel.remove(self._named(*path)))

    def remove_folder(self, *path: str) -> None:
        for name in self.names(*path):
            found: Any = self._done(lambda one=name: self._channel.lstat(self._named(*path, one)))
            if found is not None and stat.S_ISDIR(found.st_mode):
                self.remove_folder(*path, name)
            else:
                self.remove(*path, name)
        self._done(lambda: self._channel.rmdir(self._named(*path)))

    def lead(self, name: str, target: str | None) -> None:
        self._done(lambda: self._lead(name, target))

    def _lead(self, name: str, target: str | None) -> None:
        link = self._named(name)
        found: Any = None
        with suppress(FileNotFoundError):
            found = self._channel.lstat(link)
        if found is not None and not stat.S_ISLNK(found.st_mode):
            if target is not None:
                raise OSError(f"{link} is no link there; somebody put it there")
            return
        if target is None:
            self._channel.remove(link)
            return
        part = self._named(f".{name}.{secrets.token_hex(8)}.part")
        try:
            self._channel.symlink(target, part)
            self._channel.posix_rename(part, link)
        except OSError:
            with suppress(OSError):
                self._channel.remove(part)
            if found is not None:
                raise  # else a server without links: who wants the current edition asks the index
