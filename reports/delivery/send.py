"""A message leaves by mail, Teams, Slack, or any other way that Apprise knows."""

from __future__ import annotations

import logging
import mimetypes
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from data.errors import Place
from data.network.leave import Permission
from data.network.patience import within
from data.network.said import one_line
from data.network.secrets import filled
from data.program import INSTALLED
from data.settings.delivery import TellSettings
from reports.delivery.message import Message
from reports.delivery.target import DeliveryError, told_plainly

_WORD = re.compile(r"[^/:@?&=,\s]+")
_ANSWER = re.compile(r"\(([2-5]\d\d), b['\"](.*?)['\"]")
"""What a mail server said, as Python's library shows it."""
_SHORTEST = 4
"""Characters of a part of an address that may be a secret; shorter words stand in any sentence."""
_LARGEST = 18_000_000
"""Bytes of all attachments: mail servers take 25 MB at most, and mail makes a third more of them."""


def refuse_unready(name: str, settings: TellSettings, permission: Permission) -> None:
    """Raise DeliveryError where no message can be sent at all, before there is one: no leave, no value, no library, an
    address that is none. Nothing is sent and nobody is asked."""
    _sender(name, settings, permission)


def _sender(name: str, settings: TellSettings, permission: Permission) -> tuple[str, Any, Any]:
    """The address, what sends to it, and what that is told of us. Its types are known in part."""
    place = Place("project.toml", cell=f"tell.{name}")
    with told_plainly(place):
        address = filled(settings.url, place, permission).text
    if _is_split(address):
        raise DeliveryError(
            "the login in its address holds a character that stands for something else there. In the environment "
            f"variable {settings.url[2:-1]}, write @ as %40, : as %3A, / as %2F, ? as %3F, # as %23 and % as %25."
        )
    try:
        from apprise import Apprise, AppriseAsset
    except ImportError as error:
        why = "which is not installed" if error.name == "apprise" else f"which does not run here ({error})"
        raise DeliveryError(f'a message needs apprise, {why}. Install it: pip install "{INSTALLED}[tell]"') from None
    _hear_all()
    asset = AppriseAsset(
        app_id="Fairsheet", app_desc="Fairsheet", app_url="", async_mode=False, service_timeout=settings.timeout
    )
    sender: Any = Apprise(asset=asset)
    if not sender.add(address):
        remedy = f"Check the environment variable {settings.url[2:-1]}."
        raise DeliveryError(f"{_scheme(address)} is not written as Apprise wants it. {remedy}")
    return address, sender, asset


def send(
    name: str,
    settings: TellSettings,
    permission: Permission,
    message: Message,
    files: Mapping[str, bytes],
) -> None:
    """Send a message with these files. Raises DeliveryError in words that hold nothing of the address."""
    address, sender, asset = _sender(name, settings, permission)
    from apprise import AppriseAttachment, NotifyFormat, NotifyType
    from apprise.attachment.memory import AttachMemory

    text, attached = _fitting(message.text, files)
    attachments = AppriseAttachment(asset=asset)
    for file, content in attached.items():
        kind = mimetypes.guess_type(file)[0] or "application/octet-stream"
        attachments.add(AttachMemory(content=content, name=file, mimetype=kind, asset=asset))
    kinds = {"published": NotifyType.SUCCESS, "held": NotifyType.WARNING, "failed": NotifyType.FAILURE}

    def notify() -> str | None:
        result = sender.notify(
            body=text,
            title=message.subject,
            notify_type=kinds[message.when],
            body_format=NotifyFormat.TEXT,
            attach=attachments if attached else None,
            interpret_escapes=False,
            log_level=logging.DEBUG,
        )
        return None if result else _why([(entry.level, entry.message) for entry in result.logs()])

    try:
        why = within(settings.timeout, notify)
    except TimeoutError:
        raise DeliveryError(f"{_scheme(address)} did not take the message within {settings.timeout:g} s.") from None
    except Exception as error:  # any of a hundred services
        why = f"{type(error).__name__}: {error}"
    if why is not None:
        said = one_line(_without(address, why)).rstrip(".")
        raise DeliveryError(f"{_scheme(address)} did not take the message: {said}.")


def _hear_all() -> None:
    """Let Apprise log its details, among which are its reasons, to nobody but us: they can hold the address."""
    logger = logging.getLogger("apprise")
    logger.propagate = False
    logger.setLevel(logging.DEBUG)
    if not logger.handlers:  # without any, Python prints warnings
        logger.addHandler(logging.NullHandler())


def _why(logs: list[tuple[str, str]]) -> str:
    """The reason why something was not sent. That of a mail server is logged as a detail only."""
    for _, said in logs:
        if said.startswith("Socket Exception: "):
            reason = said.removeprefix("Socket Exception: ")
            answer = _ANSWER.search(reason)
            return f"{answer[1]} {answer[2]}" if answer else reason
    return next((said for level, said in logs if level in ("WARNING", "ERROR")), "it does not say why")


def _without(address: str, words: str) -> str:
    """Words of others without anything that the address says: hosts can be secrets, too."""
    parts = {form for found in _WORD.findall(address) for form in (found, unquote(found)) if len(form) >= _SHORTEST}
    for part in sorted(parts, key=len, reverse=True):
        words = re.sub(re.escape(part), "***", words, flags=re.IGNORECASE)
    return words


def _is_split(address: str) -> bool:
    """Whether a password cuts an address of mail in two, the second part of which would be asked for as a host."""
    scheme, _, rest = address.strip().partition("://")
    if scheme.lower() not in ("mailto", "mailtos"):
        return False
    login, at, host = re.split(r"[/?#]", rest, maxsplit=1)[0].rpartition("@")
    port = host.partition(":")[2]
    return "@" in login or login.count(":") > 1 or (not at and bool(port) and not port.isdecimal())


def _scheme(address: str) -> str:
    """How a message goes; nothing else of the address is told."""
    found = re.match(r"\s*([A-Za-z][A-Za-z0-9+.-]{0,30})://", address)
    return f"{found[1].lower()}://" if found else "the address"


def _fitting(text: str, files: Mapping[str, bytes]) -> tuple[str, dict[str, bytes]]:
    """The text and the files that fit into one message, smallest first; what does not is named."""
    attached: dict[str, bytes] = {}
    room = _LARGEST
    for name in sorted(files, key=lambda one: len(files[one])):
        if len(files[name]) <= room:
            attached[name] = files[name]
            room -= len(files[name])
    left = [name for name in files if name not in attached]
    if left:
        text += f"\n\nToo large to be attached: {', '.join(left)}."
    return text, {name: attached[name] for name in files if name in attached}
