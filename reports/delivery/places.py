"""The places that a project delivers to, with the user's leave and her secrets."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from data.errors import Place
from data.extras import lacking
from data.network.deliveries import folder_of, may_deliver, not_allowed
from data.network.leave import Permission
from data.network.secrets import Filled, filled
from data.settings.delivery import DeliverSettings
from reports.delivery.target import DeliveryError, Target, told_plainly


class Login:
    """A place's address and what opens it, filled in."""

    def __init__(self, name: str, settings: DeliverSettings, permission: Permission) -> None:
        place = Place("project.toml", cell=f"deliver.{name}")
        self.settings = settings
        self.address = filled(settings.to, place, permission)
        self.leads = filled(settings.leads, place, permission)
        sent = {key: filled(said, place, permission, self.leads) for key, said in settings.secrets.items()}
        self.values = {key: one.text for key, one in sent.items()}
        parts = (self.address, self.leads, *sent.values())
        self.hidden: Filled = replace(
            self.leads,
            secrets=tuple(secret for one in parts for secret in one.secrets),
            names=tuple(dict.fromkeys(name for one in parts for name in one.names)),
        )
        """What must not be said aloud, and the variables that it is in."""


@contextmanager
def opened(root: Path, name: str, settings: DeliverSettings, permission: Permission) -> Generator[Target, None, None]:
    """A place, for as long as it is needed. Raises DeliveryError where it cannot be reached or the user did not allow
    it."""
    place = Place("project.toml", cell=f"deliver.{name}")
    with told_plainly(place):
        if not may_deliver(root, settings):
            raise not_allowed(name, settings, place, root)
        login = Login(name, settings, permission) if settings.protocol else None
    if login is None:
        from reports.delivery.local import LocalTarget

        yield LocalTarget(folder_of(settings, root), (root,), settings.timeout)
    elif settings.protocol == "sftp":
        _refuse_without("paramiko", "sftp", "sftp://")
        from reports.delivery.sftp import connected

        with connected(login) as target:
            yield target
    else:
        _refuse_without("fsspec", "deliver", f"{settings.protocol}://")
        if settings.protocol == "s3":
            _refuse_without("s3fs", "s3", "s3://")
        from reports.delivery.objects import ObjectTarget

        yield ObjectTarget(login)


def _refuse_without(package: str, extra: str, what: str) -> None:
    if found := lacking(package, extra):
        raise DeliveryError(f"a delivery to {what} needs {found.why}. {found.remedy}")
