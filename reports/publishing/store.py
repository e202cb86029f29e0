"""A folder of editions: each is whole or not there, one is public, and what a killed run left is put right."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from msgspec.structs import replace

from data.errors import OutputError, Place, ProjectError
from data.files.folder import Folder
from data.files.open_elsewhere import is_open_elsewhere, patiently
from data.files.world import now
from data.interruption import hear
from reports.publishing.pointer import CURRENT, EDITIONS, InTheWayError, point, pointed
from reports.publishing.records import JOURNAL, Event, Journal, Record, Standing, State, read_journal, write_journal
from reports.runs.lock import PATIENCE, alone_in
from reports.runs.save import missing, opened, outages_told, take_away
from reports.runs.switch import recover

PRIVATE = ".fairsheet"
NEW, HELD, WITHDRAWN, VALUES = "new", "held", "withdrawn", "values"
VALUES_SUFFIX = ".json.gz"
_PLACES: dict[Standing, str] = {
    "published": EDITIONS,
    "held": HELD,
    "superseded": HELD,
    "withdrawn": WITHDRAWN,
}
"""Where an edition's folder lies; `editions` is public, the others private. Of the other standings there is none."""


def moment() -> str:
    """Now, as the store says it."""
    return now().strftime("%Y-%m-%dT%H:%M:%SZ")


class Store:
    """A store that this run holds alone."""

    def __init__(self, folder: Folder, private: Folder) -> None:
        self.folder, self.private = folder, private
        self.state = State()
        self.remarks: list[str] = []
        """What was put right that a person did, to be told."""

    @property
    def path(self) -> Path:
        """The folder as the user named it."""
        return self.folder.path

    def begin(self) -> None:
        """Finish or undo what a killed run had begun, and clear away what it left."""
        recover(self.folder)
        recover(self.private)
        journal = read_journal(self.private)
        found = pointed(self.folder)
        self.state = journal.state
        if journal.next is not None:
            if found == journal.next.current:
                self.state = journal.next
            else:
                self.state = _undone(journal.state, journal.next)
            self._write()
        elif found != self.state.current:
            self._moved_by_hand(found)
        self.settle()

    def _moved_by_hand(self, found: str | None) -> None:
        """Somebody let `current` lead to another edition, which counts; or took it away, which `withdraw` is for."""
        record = self.state.record(found)
        if found is None:
            point(self.folder, self.state.current)
            self.remarks.append(
                f"{self.path / CURRENT} was gone and leads to {self.state.current} again. "
                "To take an edition back, use: editions withdraw"
            )
        elif not self.state.editions:
            raise InTheWayError(
                f"{self.path}: editions stand there, and the folder {PRIVATE} that knows of them is gone or empty. "
                f"Bring it back from a backup; or delete {self.path / CURRENT} and run again, to begin anew."
            )
        elif record is None or record.standing != "published":
            raise InTheWayError(
                f"{self.path}: what is current there, {found}, is no edition that publish knows. "
                "Let it lead to one that 'editions list' shows, or delete it, and run again."
            )
        else:
            self.remarks.append(f"Somebody let {self.path / CURRENT} lead to {found}; so it counts as restored.")
            state = self.state.with_record(replace(record, restored=True))
            self.state = replace(state, current=found).told(Event(moment(), "moved by hand", found))
            self._write()

    def _write(self, following: State | None = None) -> None:
        write_journal(self.private, Journal(self.state, following))

    def commit(self, following: State) -> None:
        """Let the store stand as `following` has it. Public is the former edition or the new one at every instant."""
        if following.current != self.state.current:
            self._write(following)
            self._place(following.record(following.current))
            _patiently(self.path, lambda: point(self.folder, following.current))
        self.state = following
        self._write()

    def settle(self) -> None:
        """Bring each edition's folder where it belongs, and take away what belongs nowhere."""
        for record in self.state.editions:
            if record.name != self.state.current:
                self._place(record)
        known = {record.name for record in self.state.editions if record.standing != "removed"}
        for room in (NEW, HELD, WITHDRAWN):
            with self.room(room) as folder:
                for name in folder.names():
                    if room == NEW or name not in known:
                        _remove(folder, name)
        with self.room(VALUES) as folder:
            for name in folder.names():
                if name.removesuffix(VALUES_SUFFIX) not in known:
                    _remove(folder, name)
        if self.state.of("removed"):
            kept = tuple(record for record in self.state.editions if record.standing != "removed")
            self.state = replace(self.state, editions=kept)
            self._write()

    def _place(self, record: Record | None) -> None:
        if record is None:
            return
        wanted = _PLACES.get(record.standing, NEW)
        with self.room(wanted) as target:
            if target.state(record.name) is not None:
                return
            for room in (NEW, HELD, WITHDRAWN, EDITIONS):
                with self.room(room) as source:
                    if room != wanted and source.state(record.name) is not None:
                        _patiently(self.path, lambda s=source: s.move(record.name, target, record.name))
                        target.flush()
                        source.flush()
                        return

    @contextmanager
    def room(self, name: str, *inner: str) -> Generator[Folder, None, None]:
        """One of the store's folders, made where it is missing."""
        parent = self.folder if name == EDITIONS else self.private
        with parent.inner(name, *inner, make=True) as folder:
            yield folder

    def path_of(self, record: Record) -> Path:
        """Where an edition's folder lies."""
        return self.path / (folder_of(record) or f"{PRIVATE}/{NEW}") / record.name

    def is_whole(self, record: Record) -> bool:
        """Whether every file of an edition is as it was made."""
        if not record.files:
            return True
        with suppress(FileNotFoundError, ProjectError), self._folder(record) as folder:
            return all(_checksum(folder, name) == said for name, said in record.files.items())
        return False

    def stands(self, record: Record, file: str) -> bool:
        """Whether a file of an edition is as it was made."""
        with suppress(FileNotFoundError, ProjectError), self._folder(record) as folder:
            return file in record.files and _checksum(folder, file) == record.files[file]
        return False

    def read(self, record: Record, file: str) -> bytes | None:
        """A file of an edition, where it is as it was made."""
        with suppress(FileNotFoundError, ProjectError), self._folder(record) as folder:
            content = _read(folder, file)
            if content is not None and hashlib.sha256(content).hexdigest() == record.files.get(file):
                return content
        return None

    def found(self, record: Record, file: str) -> bytes | None:
        """A file of an edition as it is, whoever changed it; None where it is not there."""
        with suppress(FileNotFoundError, ProjectError), self._folder(record) as folder:
            return _read(folder, file)
        return None

    @contextmanager
    def _folder(self, record: Record) -> Generator[Folder, None, None]:
        with self.room(_PLACES.get(record.standing, NEW)) as room, room.inner(record.name) as folder:
            yield folder

    def fresh_name(self, edition: str) -> str:
        """The name of an edition that is made now; no other has it, whatever the clock says."""
        made = now().strftime("%Y%m%dT%H%M%SZ")
        name, number = f"{made}-{edition}", 1
        while self.state.record(name) is not None or self._is_taken(name):
            number += 1
            name = f"{made}-{edition}-{number}"
        return name

    def _is_taken(self, name: str) -> bool:
        with self.room(EDITIONS) as folder:
            return folder.state(name) is not None

    def put(self, name: str, files: Mapping[str, bytes]) -> Path:
        """Write files of a new edition, which nobody sees yet; gives the folder."""
        with self.room(NEW, name) as folder:
            for inner in dict.fromkeys(file.rpartition("/")[0] for file in files):
                with folder.inner(*filter(None, (inner,)), make=True) as room:
                    for file, content in files.items():
                        if file.rpartition("/")[0] == inner:
                            hear()
                            called = file.rpartition("/")[2]
                            room.rename(room.part(called, content), called)
                    room.flush()
            folder.flush()
            return folder.path

    def keep_values(self, name: str, content: bytes) -> None:
        """Keep what an edition showed, for comparisons; private, as some of it may be shown no more."""
        with self.room(VALUES) as folder:
            folder.write(name + VALUES_SUFFIX, content, 0o600)

    def values(self, name: str) -> bytes | None:
        """What an edition showed, where that was kept."""
        with self.room(VALUES) as folder:
            return folder.read(name + VALUES_SUFFIX)


def _checksum(folder: Folder, file: str) -> str | None:
    inner, _, name = file.rpartition("/")
    with folder.inner(*filter(None, (inner,))) as room:
        return room.checksum(name)


def _read(folder: Folder, file: str) -> bytes | None:
    inner, _, name = file.rpartition("/")
    with folder.inner(*filter(None, (inner,))) as room:
        return room.read(name)


def folder_of(record: Record) -> str | None:
    """The folder below the store's in which an edition's folder lies; None where it has none."""
    place = _PLACES.get(record.standing)
    return place if place in (None, EDITIONS) else f"{PRIVATE}/{place}"


def _undone(state: State, following: State) -> State:
    """How things stand when the change to `following` was broken off: what it brought anew is on its way out."""
    new = [record for record in following.editions if state.record(record.name) is None]
    return replace(state, editions=(*state.editions, *(replace(record, standing="removed") for record in new)))


def _remove(folder: Folder, name: str) -> None:
    """Take away a file or a folder; what a program has open there goes another time."""
    with suppress(OSError):
        try:
            folder.remove_whole(name)
        except ProjectError:  # no folder
            folder.remove(name)


def _patiently(path: Path, action: Callable[[], None]) -> None:
    """Do something that fails while a program has a file open. Raises OutputError when that takes too long."""
    try:
        patiently(action)
    except OSError as error:
        if not is_open_elsewhere(error):
            raise
        raise OutputError(
            f"{path}: a file there is open in another program, and what is public was left as it is. "
            "Close it and run again."
        ) from None


@contextmanager
def open_store(
    path: Path,
    untrusted: Sequence[Path] = (),
    patience: float = PATIENCE,
    progress: Callable[[str], None] = lambda _: None,
    make: bool = False,
) -> Generator[Store, None, None]:
    """The store in a folder, held for this run alone; with `make` a new one where there is none.

    Raises ProjectError where it is none or cannot be written to, OutputError where the disk is full or another run does
    not end, InTheWayError where a person put something where the store has to write.
    """
    if not make and not (path / PRIVATE / JOURNAL).is_file():
        remedy = "Name the folder that publish wrote into with --to."
        raise ProjectError.at(Place(str(path)), "holds no editions.", remedy)
    made = missing(path)
    with ExitStack() as stack:
        store = _entered(stack, path, untrusted, patience, progress)
        while not (
            store.folder.is_there() and store.private.is_there()
        ):  # a run that waited for one that wrote nothing
            stack.close()
            store = _entered(stack, path, untrusted, patience, progress)
        try:
            with outages_told(path):
                store.begin()
            yield store
        except BaseException:
            with suppress(OSError, ProjectError, OutputError, InTheWayError):  # else the next run does it
                store.begin()
            raise
        finally:
            _leave(store.folder)
            take_away(made)


def _entered(
    stack: ExitStack, path: Path, untrusted: Sequence[Path], patience: float, progress: Callable[[str], None]
) -> Store:
    folder = stack.enter_context(opened(path, untrusted, "--to"))
    with outages_told(path):
        folder.make(PRIVATE, 0o700)
        private = stack.enter_context(folder.inner(PRIVATE))
    stack.enter_context(alone_in(folder, progress, patience, private))
    return Store(folder, private)


def _leave(folder: Folder) -> None:
    """Take the private folder away again where nothing was ever kept in it."""
    with suppress(OSError, ProjectError):
        with folder.inner(PRIVATE) as private:
            if private.state(JOURNAL) is not None:
                return
            private.remove("holder.json")
            for room in (NEW, HELD, WITHDRAWN, VALUES):
                with suppress(FileNotFoundError):
                    private.remove_empty(room)
        with suppress(FileNotFoundError):
            folder.remove_empty(EDITIONS)
        folder.remove_empty(PRIVATE)
