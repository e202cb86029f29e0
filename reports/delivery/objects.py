"""An object store as a place for editions: S3, and whatever else fsspec reaches."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from data.network.patience import within
from data.network.said import one_line
from reports.delivery.places import Login
from reports.delivery.target import DeliveryError

Result = TypeVar("Result")
_STEP = 30.0
"""Seconds for a connection, and for each answer of a server."""


class ObjectTarget:
    """A prefix in a store. Each file is put there at once: readers have the earlier one or the new one. There are no
    links, so `current.json` alone says which edition is current."""

    def __init__(self, login: Login) -> None:
        self._login = login
        parts = urlsplit(login.address.text)
        self._top = f"{parts.netloc}{unquote(parts.path)}".rstrip("/")
        self._system: Any = self._done(lambda: _system(login))  # fsspec's types are known in part

    def _done(self, action: Callable[[], Result]) -> Result | None:
        """What an action gives; None where the file is not there. Raises DeliveryError, without secrets."""
        where = f"{self._login.settings.protocol}://{self._login.address.host}"
        timeout = self._login.settings.timeout
        try:
            return within(timeout, action)
        except FileNotFoundError:
            return None
        except TimeoutError:
            raise DeliveryError(f"{where}: did not answer within {timeout:g} s.") from None
        except PermissionError:
            raise DeliveryError(f"{where}: refused the access. {self._login.hidden.remedy}") from None
        except Exception as error:  # each store's library has kinds of its own
            said = one_line(self._login.hidden.masked(str(error))).rstrip(".")
            raise DeliveryError(f"{where}: {said or type(error).__name__}.") from None

    def _named(self, *path: str) -> str:
        return "/".join((self._top, *path))

    def read(self, *path: str) -> bytes | None:
        return self._done(lambda: self._system.cat_file(self._named(*path)))

    def write(self, content: bytes, *path: str) -> None:
        if self._done(lambda: self._put(content, self._named(*path))) is None:
            raise DeliveryError(f"{self._login.settings.to}: is not there. Make it, or correct its name.")

    def _put(self, content: bytes, name: str) -> bool:
        self._system.pipe_file(name, content)
        return True

    def names(self, *path: str) -> list[str]:
        def act() -> list[str]:
            self._system.invalidate_cache()
            found = self._system.ls(self._named(*path), detail=False, refresh=True)
            return sorted({str(one).rstrip("/").rpartition("/")[2] for one in found} - {""})

        return self._done(act) or []

    def remove(self, *path: str) -> None:
        def act() -> None:
            with suppress(FileNotFoundError):
                self._system.rm_file(self._named(*path))

        self._done(act)

    def remove_folder(self, *path: str) -> None:
        def found() -> list[str]:
            self._system.invalidate_cache()
            return sorted(map(str, self._system.find(self._named(*path))))

        top = self._named(*path)
        for name in self._done(found) or []:
            self.remove(*path, *name.partition(top)[2].strip("/").split("/"))

    def lead(self, name: str, target: str | None) -> None:
        """Nothing: a store of objects has no links."""


def _system(login: Login) -> Any:
    filesystem = import_module("fsspec").filesystem  # its types are known in part
    if login.settings.protocol != "s3":
        return filesystem(login.settings.protocol, skip_instance_cache=True, **login.values)
    client: dict[str, Any] = {"region_name": login.settings.region} if login.settings.region else {}
    return filesystem(
        "s3",
        skip_instance_cache=True,
        use_listings_cache=False,
        key=login.values["key"],
        secret=login.values["secret"],
        endpoint_url=login.leads.text if login.settings.endpoint else None,
        client_kwargs=client,
        config_kwargs={
            "connect_timeout": _STEP,
            "read_timeout": _STEP,
            "retries": {"max_attempts": 3, "mode": "standard"},
            "ignore_configured_endpoint_urls": True,
        },
    )
