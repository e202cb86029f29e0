"""Everyone who is to hear of something is told, each apart: one that cannot be reached hides behind no other."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping

from msgspec.structs import replace

from data.files.world import now
from data.network.leave import Permission
from data.settings.delivery import BRIEF, TellSettings
from reports.delivery.message import Message
from reports.delivery.send import send
from reports.delivery.state import Told
from reports.delivery.target import DeliveryError
from reports.publishing.records import Record
from reports.publishing.store import Store, moment
from reports.runs.save import MANIFEST, outputs_of

_AGAIN = datetime.timedelta(hours=20)
"""After so long, what is still held or still fails is told again: once a day, also by a run that is early."""
_FORM = "%Y-%m-%dT%H:%M:%SZ"
BRIEF_TEXT, BRIEF_PAGE = "brief.md", "brief.pdf"


def is_news(message: Message, told: Told) -> bool:
    """Whether somebody does not know it yet: something else was told last, or this long ago."""
    if message.when == "published":
        return True
    try:
        last = datetime.datetime.strptime(told.at, _FORM).replace(tzinfo=datetime.UTC)
    except ValueError:
        return True
    return told.last != digest(message) or abs(now() - last) >= _AGAIN


def digest(message: Message) -> str:
    """What tells one message from another."""
    return hashlib.sha256(f"{message.subject}\n{message.text}".encode()).hexdigest()[:16]


def tell(
    name: str,
    settings: TellSettings,
    permission: Permission,
    message: Message,
    store: Store | None,
    told: Told,
) -> tuple[Told, str]:
    """Tell one of them, if it is news; gives what it knows then, and what went wrong ("" where all is well)."""
    if message.when not in settings.when or not is_news(message, told):
        return told, ""
    record = message.edition
    files = _attached(store, record, settings) if store is not None and record is not None else {}
    text = message.text
    if settings.link and record is not None:
        text += f"\n\nThe documents: {settings.link.replace('{edition}', record.name)}"
    try:
        send(name, settings, permission, replace(message, text=text), files)
    except DeliveryError as error:
        edition = "" if record is not None and told.edition is None else told.edition
        return replace(told, edition=edition), f"tell.{name}: {error}"
    if record is not None:
        return Told(edition=record.name), ""
    return replace(told, last=digest(message), at=moment()), ""


def _attached(store: Store, record: Record, settings: TellSettings) -> dict[str, bytes]:
    """The files that go with a message; one that somebody changed since does not."""
    manifest = store.read(record, MANIFEST)
    outputs: Mapping[str, Mapping[str, object]] = outputs_of(json.loads(manifest)) if manifest is not None else {}
    names = [BRIEF_PAGE if one == BRIEF else str(outputs.get(one, {}).get("file", "")) for one in settings.attach]
    found = {name: store.read(record, name) for name in names if name in record.files}
    return {name: content for name, content in found.items() if content is not None}
