"""What follows a run: the public edition is delivered, and people are told; whatever fails, the rest is done."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from pydantic import ValidationError

from data.errors import OutputError, Place, ProjectError, nearest
from data.files.toml_file import read_toml
from data.network.leave import Leave, permission
from data.settings.delivery import DeliverSettings, TellSettings
from data.settings.project import ProjectSettings
from data.settings.validated import validated
from reports.delivery import message as words
from reports.delivery.deliver import deliver, is_behind
from reports.delivery.message import Message
from reports.delivery.places import opened
from reports.delivery.recipients import deliver_items
from reports.delivery.send import refuse_unready, send
from reports.delivery.state import Deliveries, There, Told, kept_receivers, read_deliveries, write_deliveries
from reports.delivery.target import DeliveryError
from reports.delivery.tell import BRIEF_TEXT, tell
from reports.publishing.pointer import InTheWayError
from reports.publishing.publish import Published
from reports.publishing.records import Record
from reports.publishing.store import Store, open_store
from reports.runs.save import outages_told

Progress = Callable[[str], None]


class Outcome(Struct, frozen=True):
    """What was done and what was not."""

    delivered: tuple[str, ...] = ()
    """Places that have the public edition since now."""
    edition: Record | None = None
    """The public one."""
    failures: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def deliver_again(root: Path, path: Path, leave: Leave, only: tuple[str, ...], progress: Progress) -> Outcome:
    """Bring the public edition to a project's places, also where it should be already, and tell of it who was not told.

    Raises ProjectError where it names no such place, and what opening the store raises.
    """
    settings = _settings(root)
    for name in only:
        if name not in settings.deliver:
            known = sorted(settings.deliver)
            raise ProjectError.at(Place("--only"), f"there is no [deliver.{name}].", nearest(name, known))
    if not settings.deliver:
        raise ProjectError.at(Place("project.toml"), "names no place to deliver to.", "Write [deliver.NAME].")
    with open_store(path, (root,), progress=progress) as store:
        run = _Run(store, root, leave, settings)
        run.deliver(only or tuple(settings.deliver), progress, again=True)
        run.announce()
        return run.outcome()


def after_run(
    root: Path, path: Path, leave: Leave, done: Published, progress: Progress, trial: bool = False
) -> Outcome:
    """Deliver what is public to the places that do not have it yet, and tell people what came of the run; with `trial`
    everyone also gets a message that says no more than that it arrived.

    Raises what opening the store raises.
    """
    settings = _settings(root)
    if not settings.deliver and not settings.tell:
        return Outcome(remarks=("nobody is told: project.toml names nobody. Write [tell.NAME].",) if trial else ())
    with open_store(path, (root,), progress=progress) as store:
        run = _Run(store, root, leave, settings)
        run.deliver(tuple(settings.deliver), progress, again=False)
        run.announce(new=done.what == "published")
        current = store.state.record(store.state.current)
        if done.what == "held":
            run.tell(words.held(settings.title, done.edition, current, done.causes, path.absolute()))
        elif done.causes:
            run.tell(words.stale(settings.title, done.edition, done.causes))
        elif not run.failures:
            run.all_is_well()
        if trial:
            run.try_all()
        run.find_unready()
        return run.outcome()


def after_failure(root: Path, path: Path, leave: Leave, error: Exception) -> tuple[str, ...]:
    """Tell people that a run ended without an edition; gives what went wrong with that."""
    with ExitStack() as stack:
        store: Store | None = None
        with suppress(ProjectError, OutputError, InTheWayError, OSError):
            store = stack.enter_context(open_store(path, (root,), 0))
        title, tells = _who_hears(root, path)
        if not tells or leave.offline:
            return ()
        allowed = permission(root, leave)
        known = read_deliveries(store) if store is not None else Deliveries()
        current = store.state.record(store.state.current) if store is not None else None
        message = words.failed(title, _said(error), current)
        failures: list[str] = []
        for name, settings in tells.items():
            told, wrong = tell(name, settings, allowed, message, store, known.told.get(name, Told()))
            known = replace(known, told={**known.told, name: told})
            failures += [wrong] if wrong else []
        if store is not None:
            with suppress(OSError):  # it is told again then
                write_deliveries(store, known)
        return tuple(failures)


def _settings(root: Path) -> ProjectSettings:
    return validated(ProjectSettings, read_toml(root / "project.toml", root))


def _who_hears(root: Path, path: Path) -> tuple[str, dict[str, TellSettings]]:
    """A project's title and who is told of it, also where the rest of its file is wrong; in place of a receiver that
    cannot be read, the one of that name as it was last, and all of those where nobody is left."""
    known = _understood(kept_receivers(path))
    title = root.name
    try:
        content = read_toml(root / "project.toml", root).content
    except ProjectError:
        return title, known
    said: object = content.get("tell", {})
    title = str(content.get("title") or title)
    if not isinstance(said, dict):
        return title, known
    found = _understood(said)  # pyright: ignore[reportUnknownArgumentType]  # TOML holds anything
    if len(found) == len(said):  # pyright: ignore[reportUnknownArgumentType]  # TOML holds anything
        return title, found
    return title, {**{name: one for name, one in known.items() if name in said}, **found} or known


def _understood(said: dict[Any, Any]) -> dict[str, TellSettings]:
    """The receivers that can be read."""
    found: dict[str, TellSettings] = {}
    for name, one in said.items():
        with suppress(ValidationError):
            found[str(name)] = TellSettings.model_validate(one)
    return found


class _Run:
    """Deliveries and messages of one run, which holds the store."""

    def __init__(self, store: Store, root: Path, leave: Leave, settings: ProjectSettings) -> None:
        self.store, self.root, self.leave, self.settings = store, root, leave, settings
        self.allowed = permission(root, leave)
        self.known = read_deliveries(store)
        self.failures: list[str] = []
        self.delivered: list[str] = []
        self.remarks: list[str] = []
        self.tried = set[str]()
        self._note(tell={name: one.model_dump(mode="json") for name, one in settings.tell.items()})

    def outcome(self) -> Outcome:
        current = self.store.state.record(self.store.state.current)
        return Outcome(tuple(self.delivered), current, tuple(self.failures), tuple(self.remarks))

    def _note(self, **changed: object) -> None:
        following = replace(self.known, **changed)
        if following != self.known:
            self.known = following
            with outages_told(self.store.path):
                write_deliveries(self.store, following)

    def deliver(self, names: tuple[str, ...], progress: Progress, again: bool) -> None:
        """Bring the public edition to these places; with `again` also where it should be already."""
        for name in names:
            settings = self.settings.deliver[name]
            there = self.known.there.get(name, There(settings.to))
            if there.to != settings.to:
                there = There(settings.to)
            if not again and not is_behind(self.store, there):
                continue
            if self.leave.offline and settings.protocol:
                self.remarks.append(f"deliver.{name}: nothing was delivered to {settings.to} (--offline).")
                continue
            progress(f"delivering to {name} ({settings.to})")
            self._deliver(name, settings, there)

    def _deliver(self, name: str, settings: DeliverSettings, there: There) -> None:
        def note(changed: There) -> None:
            self._note(there={**self.known.there, name: changed})

        try:
            with opened(self.root, name, settings, self.allowed) as target:
                if settings.batch is None:
                    deliver(self.store, there, target, note)
                else:
                    told = deliver_items(self.store, settings.batch, there, target, note)
                    self.remarks.extend(f"deliver.{name}: {one}" for one in told)
        except DeliveryError as error:
            self.failures.append(f"deliver.{name}: {error}")
        else:
            self.delivered.append(f"{name} ({settings.to})")

    def announce(self, new: bool = False) -> None:
        """Tell of the public edition who has not heard of it; with `new` also who has heard of none yet."""
        current = self.store.state.record(self.store.state.current)
        undelivered = tuple(self.failures)
        if current is not None:
            message = words.published(current, self._brief(current), undelivered)
            for name, settings in self.settings.tell.items():
                told = self.known.told.get(name, Told())
                if told.edition == current.name or "published" not in settings.when:
                    continue
                if told.edition is None and not new:
                    self._know(name, replace(told, edition=current.name))
                else:
                    self._tell(name, message)
            if undelivered:
                self.tell(words.undelivered(self.settings.title, current, undelivered), but=message if new else None)

    def _brief(self, record: Record) -> str:
        if BRIEF_TEXT not in record.files:
            return ""
        with outages_told(self.store.path):
            return (self.store.read(record, BRIEF_TEXT) or b"").decode("utf-8", "replace")

    def tell(self, message: Message, but: Message | None = None) -> None:
        """Tell everyone; those not who were just told `but`, which says the same."""
        for name, settings in self.settings.tell.items():
            if but is None or but.when not in settings.when:
                self._tell(name, message)

    def _tell(self, name: str, message: Message) -> None:
        told = self.known.told.get(name, Told())
        if self.leave.offline:
            self.remarks.append(f"tell.{name}: nothing was sent (--offline).")
            if message.edition is not None and told.edition is None:
                self._know(name, replace(told, edition=""))
            return
        told, wrong = tell(name, self.settings.tell[name], self.allowed, message, self.store, told)
        self.tried.add(name)
        self._know(name, told)
        if wrong:
            self.failures.append(wrong)

    def try_all(self) -> None:
        """Send everyone a message that says that it arrived."""
        for name, settings in self.settings.tell.items():
            if self.leave.offline:
                self.remarks.append(f"tell.{name}: nothing was sent (--offline).")
                continue
            self.tried.add(name)
            try:
                send(name, settings, self.allowed, words.trial(self.settings.title, settings.when), {})
            except DeliveryError as error:
                self.failures.append(f"tell.{name}: {error}")
            else:
                self.remarks.append(f"tell.{name}: a trial message was sent.")

    def find_unready(self) -> None:
        """Find who could not be told anything, though there is nothing to tell today: that would be heard of only when
        it matters."""
        for name, settings in self.settings.tell.items():
            if name not in self.tried and not self.leave.offline:
                try:
                    refuse_unready(name, settings, self.allowed)
                except DeliveryError as error:
                    self.failures.append(f"tell.{name}: {error}")

    def _know(self, name: str, told: Told) -> None:
        self._note(told={**self.known.told, name: told})

    def all_is_well(self) -> None:
        """Forget what was told of earlier mishaps: the next one is news, also if it is the same."""
        for name, told in self.known.told.items():
            self._know(name, replace(told, last="", at=""))


def _said(error: Exception) -> tuple[str, ...]:
    """What is told of an error. What a bug of ours says may hold anything, and is told where the program runs."""
    problems = getattr(error, "problems", None)
    if problems is not None:
        return tuple(map(str, problems))
    if isinstance(error, OutputError | InTheWayError):
        return (str(error),)
    return (f"A bug of Fairsheet's ({type(error).__name__}); look at what the run printed.",)
