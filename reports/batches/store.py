"""A store that a batch is written to instead of a folder: S3 and whatever else fsspec reaches, named by the user."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Any, TypeVar
from urllib.parse import urlsplit

from data.errors import OutputError, Place, ProjectError
from data.extras import lacking
from data.files.world import variable
from data.network.patience import within
from data.network.said import one_line
from data.network.secrets import Filled, written_secrets

Result = TypeVar("Result")
_PATIENCE = 120.0
"""Seconds that one file may take."""
_STEP = 30.0
"""Seconds for a connection to S3, and for each answer."""
_PAUSES = (1.0, 4.0)
"""Seconds before a file is tried again that a store did not take."""
_SECRETS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
"""Variables that login data stand in; whoever makes documents has its own, and none travels."""
_READ_ONLY = ("http", "https", "data", "github", "git", "zip", "tar")


def is_store(out: str) -> bool:
    """Whether what a user names as the place for documents is a store, and no folder."""
    return "://" in out


def opened(address: str | None) -> Store | None:
    """The store at an address, if there is one."""
    return Store(address) if address is not None else None


def refuse_unfit(address: str, several: bool) -> None:
    """ProjectError for an address that no batch can be written to; by `several` processes, where that is said."""
    place, protocol = Place("--out"), urlsplit(address).scheme
    if any(written_secrets(address)):
        message = "a password stands in the address, where every list of processes shows it."
        raise ProjectError.at(place, message, "Put it where the store's own programs look for it.")
    if "::" in address or protocol in _READ_ONLY or not (urlsplit(address).netloc + urlsplit(address).path).strip("/"):
        message = f"'{address}' is no store that documents can be written to."
        raise ProjectError.at(place, message, "Name a folder, or a store such as s3://bucket/prefix.")
    if protocol in ("sftp", "ssh", "scp"):  # findings/fsspec-sftp-asks-no-known-hosts.sh
        message = "a batch is not written over SFTP: no known host would be asked for."
        raise ProjectError.at(place, message, "Write it to a folder, and let `deliver` bring it there.")
    if protocol == "memory" and several:
        message = "memory:// is gone when the process ends that wrote to it."
        raise ProjectError.at(place, message, "Name a folder, or a store such as s3://bucket/prefix.")
    package = "s3fs" if protocol == "s3" else "fsspec"
    if found := lacking(package, "s3" if protocol == "s3" else "deliver"):
        raise ProjectError.at(place, f"{protocol}:// needs {found.why}.", found.remedy)


class Store:
    """A prefix in a store. Each file is there whole or not at all. Methods raise OutputError, without secrets."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        self._system, self._top = self._done(lambda: _system(self.address))

    def _done(self, action: Callable[[], Result]) -> Result:
        try:
            return within(_PATIENCE, action)
        except FileNotFoundError:
            raise
        except TimeoutError:
            raise OutputError(f"{self.address}: did not answer within {_PATIENCE:g} s. Run again: {_GOES_ON}") from None
        except PermissionError:
            raise OutputError(
                f"{self.address}: refused the access. Check the login data of this machine, or of the workers."
            ) from None
        except Exception as error:  # each store's library has kinds of its own
            hidden = Filled("", "", tuple(filter(None, map(variable, _SECRETS))))
            said = one_line(hidden.masked(str(error))).rstrip(".") or type(error).__name__
            raise OutputError(f"{self.address}: {said}. Run again when that is mended: {_GOES_ON}") from None

    def _named(self, name: str) -> str:
        return f"{self._top}/{name}"

    def read(self, name: str) -> bytes | None:
        """The content of a file; None where there is none."""
        with suppress(FileNotFoundError):
            return self._done(lambda: self._system.cat_file(self._named(name)))
        return None

    def write(self, name: str, content: bytes) -> None:
        """Put a file there, under its name whole or not at all. A store that is busy is asked again."""
        for pause in (*_PAUSES, None):
            try:
                self._done(lambda: self._put(name, content))
                break
            except FileNotFoundError:
                raise OutputError(f"{self.address}: is not there. Make it, or correct its name.") from None
            except OutputError:
                if pause is None:
                    raise
                time.sleep(pause)

    def _put(self, name: str, content: bytes) -> None:
        if "file" not in _protocols(self._system):
            self._system.pipe_file(self._named(name), content)
            return
        folder, _, last = self._named(name).rpartition("/")  # a folder that several machines see
        part = f"{folder}/.{last}.{secrets.token_hex(8)}.part"
        self._system.pipe_file(part, content)
        self._system.mv(part, self._named(name))

    def sizes(self, folder: str = "") -> dict[str, int]:
        """Name → bytes of the files directly in the prefix, or in a folder in it."""

        def act() -> dict[str, int]:
            self._system.invalidate_cache()
            top = self._named(folder) if folder else self._top
            found: list[dict[str, Any]] = self._system.ls(top, detail=True)
            return {
                str(one["name"]).rpartition("/")[2]: int(one["size"] or 0) for one in found if one["type"] == "file"
            }

        try:
            return {name: size for name, size in self._done(act).items() if name}
        except FileNotFoundError:
            return {}

    def remove(self, name: str) -> None:
        """Take a file away, if it is there."""
        with suppress(FileNotFoundError):
            self._done(lambda: self._system.rm_file(self._named(name)))

    def move(self, name: str, to: str) -> None:
        """Give a file another name."""
        self._done(lambda: self._system.copy(self._named(name), self._named(to)))
        self.remove(name)


_GOES_ON = "it goes on from here."


def _protocols(system: Any) -> tuple[str, ...]:
    said: Any = system.protocol
    return (said,) if isinstance(said, str) else tuple(said)


def _system(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path in it."""
    options: dict[str, Any] = {"skip_instance_cache": True}
    match urlsplit(address).scheme:
        case "s3":
            config = {
                "connect_timeout": _STEP,
                "read_timeout": _STEP,
                "retries": {"max_attempts": 3, "mode": "standard"},
            }
            options |= {"use_listings_cache": False, "config_kwargs": config}
        case "file":
            options["auto_mkdir"] = True
        case _:
            pass
    system, path = import_module("fsspec.core").url_to_fs(address, **options)
    return system, str(path).rstrip("/")
