"""Refreshes a deck that people edited: makes it again from the project, and merges the two."""

from __future__ import annotations

import hashlib
import re
import shlex
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from msgspec import Struct
from msgspec.structs import replace

from data.errors import OutputError, Place, Problem, ProjectError, nearest, relative
from data.files.folder import Folder
from data.files.toml_file import read_toml
from data.files.world import content_of
from data.interruption import hear
from data.program import program
from reports.runs.bind import Options
from reports.runs.check import refuse_warnings, warnings
from reports.runs.made import make
from reports.runs.owner import owner_of
from reports.runs.read import Progress, read
from reports.runs.save import beside, opened, outages_told, refuse_open

if TYPE_CHECKING:
    from reports.refresh.outcomes import Outcome, Refreshed

_WRITER = "deck"
_LARGEST = 500_000_000
"""Bytes of a deck that is read."""
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Beginning of a file with a password, and of old Office files."""
_AGAIN = "Build the project, and carry your edits over into the new deck."


class Done(Struct, frozen=True):
    """What came of a refresh."""

    result: Refreshed
    path: Path
    """The refreshed deck."""
    backup: Path | None
    """Where the earlier file is kept; None where nothing was replaced."""
    warnings: tuple[Problem, ...]


def refresh(
    deck: Path,
    root: Path,
    options: Options,
    out: Path | None = None,
    dry: bool = False,
    settled: bool = False,
    progress: Progress = lambda _: None,
) -> Done:
    """Bring a project's new data into the deck that was made from it and edited since, and keep the edits.

    Writes over the deck and keeps it as a backup, or writes `out`; with `dry` nothing is written. `settled` takes for
    right what people wrote in conflict with the data. Raises ProjectError for mistakes in the project and for a deck
    that cannot be refreshed, OutputError where the disk or another program is in the way; the deck is then as it was.
    """
    target = deck if out is None else out
    if out is not None and (out.exists() or out.is_symlink()):
        raise ProjectError.at(Place(str(out)), "is there already.", "Choose another name with --out.")
    content = _content(deck)
    if not dry:
        with opened(target.parent, [root], option="--out") as folder, outages_told(folder.path):
            refuse_open(folder, target.name)
    name = _output_of(deck, root, options.only)
    reading = read(root, replace(options, only=(name,)), progress)
    if options.strict:
        refuse_warnings(warnings(reading))
    (written,) = make(reading, None).finished(progress)
    result = merged(Place(str(deck)), content, written.content, settled)
    done = Done(result, target, None, warnings(reading))
    if dry or not (result.changed or out):
        return done
    hear()
    with opened(target.parent, [root], option="--out") as folder, outages_told(folder.path):
        return replace(done, backup=_save(folder, target, result.content, content if out is None else None))


def refuse_unnamed(deck: Path, root: Path) -> None:
    """ProjectError where nobody said which project a deck is of, and its folder holds another one's than `root`.

    A copy of a project may have the title of its model: a deck cannot tell them apart.
    """
    owner = owner_of(deck.parent)
    if owner is None or owner == root or not (owner / "project.toml").is_file():
        return
    project = shlex.quote(relative(owner, Path.cwd()))
    again = f"{program()} refresh {shlex.quote(str(deck))} {project}"
    raise ProjectError.at(Place(str(deck)), f"was made from the project in {project}.", f"Name it: {again}")


def _save(folder: Folder, target: Path, content: bytes, earlier: bytes | None) -> Path | None:
    """Put the deck into its place, and before that the earlier one beside it."""
    refuse_open(folder, target.name)
    if earlier is None:
        folder.write(target.name, content)
        return None
    if folder.checksum(target.name) != hashlib.sha256(earlier).hexdigest():
        raise OutputError(f"{target}: was saved by somebody meanwhile. Run again; nothing was written.")
    found = folder.state(target.name)
    if found is not None and not found.st_mode & 0o222:
        raise OutputError(f"{target}: is read-only. Allow yourself to write it, or write another file with --out.")
    backup = next(name for name in beside(target.name, "backup") if folder.state(name) is None)
    folder.write(backup, earlier)
    folder.write(target.name, content)
    return folder.path / backup


def _content(deck: Path) -> bytes:
    """The deck as it is in the file. Raises ProjectError for what is none, OutputError where it cannot be read."""
    place = Place(str(deck))
    try:
        if not deck.is_file():
            what = "is not there." if not deck.exists() else "is no file."
            raise ProjectError.at(place, what, "Name a deck that Fairsheet made, such as out/deck.pptx.")
        if deck.stat().st_size > _LARGEST:
            raise ProjectError.at(place, "is larger than 500 MB.", "Save it in PowerPoint with compressed pictures.")
        content = content_of(deck)
    except OSError as error:
        raise OutputError(f"{deck}: cannot be read: {error.strerror or error}.") from None
    if content.startswith(_COMPOUND):
        said = "has a password, or is an old PowerPoint file."
        raise ProjectError.at(place, said, "Save it without a password, as .pptx.")
    if not content.startswith(b"PK\x03\x04"):
        said = "is empty." if not content else "is no PowerPoint file."
        raise ProjectError.at(place, said, "Name a .pptx file that Fairsheet made.")
    return content


def merged(place: Place, edited: bytes, generated: bytes, settled: bool = False) -> Refreshed:
    """What is generated now brought into a deck that people edited; what keeps a deck from it is a ProjectError."""
    from reports.powerpoint.opened import BrokenPackageError
    from reports.powerpoint.read import WrongKindError
    from reports.powerpoint.record.carriers import DamagedRecordError, StrangeRecordError
    from reports.refresh.refresh import NoRecordError, OtherVariablesError, StrangerError, StrictError, refresh_deck

    try:
        return refresh_deck(edited, generated, settled)
    except NoRecordError:
        said = "has no record of what was generated: Fairsheet did not make it, or a program dropped the record."
        raise ProjectError.at(place, said, _AGAIN) from None
    except DamagedRecordError:
        said = "has a damaged record of what was generated."
        raise ProjectError.at(place, said, f"Take an earlier copy of the deck. {_AGAIN}") from None
    except StrangeRecordError:
        said = "was made by a newer Fairsheet."
        raise ProjectError.at(place, said, "Install that one: pip install --upgrade fairsheet.") from None
    except StrangerError as error:
        said = f"was made from another project, '{error}'."
        raise ProjectError.at(place, said, "Name that project behind the deck.") from None
    except OtherVariablesError as error:
        again = "".join(f" --set {shlex.quote(f'{name}={value}')}" for name, value in error.was.items())
        said = f"was made with{again}, and this run has other numbers." if again else "was made without --set."
        raise ProjectError.at(place, said, f"Refresh it with{again}." if again else "Leave out --set.") from None
    except StrictError:
        said = "was saved as Strict Open XML."
        raise ProjectError.at(place, said, "Save it in PowerPoint as 'PowerPoint Presentation (*.pptx)'.") from None
    except WrongKindError:
        raise ProjectError.at(place, "is no presentation.", "Name a .pptx file that Fairsheet made.") from None
    except BrokenPackageError as error:
        said = f"is damaged: {error}."
        raise ProjectError.at(place, said, "Open it in PowerPoint, let it be repaired, and save it.") from None


def settled_since(held: Iterable[bytes], conflicts: Sequence[Outcome]) -> list[Outcome]:
    """The conflicts that a held deck told, and where a person wrote something else since."""
    from reports.powerpoint.opened import Package
    from reports.powerpoint.record.canonical import digest
    from reports.powerpoint.record.carriers import read_record
    from reports.powerpoint.record.record import open_deck

    told: dict[tuple[str, str, str], set[str]] = {}
    for content in held if conflicts else ():
        opened = open_deck(Package(content))
        record = read_record(opened.whole, opened.presentation)
        for one in record.open if record else ():
            told.setdefault((one.slide, one.shape, one.facet), set()).add(one.theirs)
    return [
        one for one in conflicts if told.get((one.key, one.shape, one.facet), set()) - {digest(one.theirs.encode())}
    ]


def _output_of(deck: Path, root: Path, only: Sequence[str]) -> str:
    """Which output of the project a deck is: the one that is named, that the file is called by, or the only one."""
    decks = list(_decks(root))
    place = Place("project.toml")
    if not decks:
        raise ProjectError.at(place, "has no output of the writer 'deck'.", 'Add one: [outputs.deck] writer = "deck".')
    if only:
        if len(only) > 1 or only[0] not in decks:
            raise ProjectError.at(Place("--only"), f"'{','.join(only)}' is no deck.", nearest(only[0], decks))
        return only[0]
    stem = re.split(r"[.\s(_-]", deck.stem)[0]
    found = [name for name in decks if name == deck.stem] or [name for name in decks if name == stem]
    if not found and len(decks) > 1:
        said = f"could be any of {', '.join(decks)}."
        raise ProjectError.at(Place(str(deck)), said, "Say which with --only NAME.")
    return (found or decks)[0]


def _decks(root: Path) -> Iterator[str]:
    outputs: object = read_toml(root / "project.toml", root).content.get("outputs")
    named = cast("dict[str, object]", outputs) if isinstance(outputs, dict) else {}
    for name, output in named.items():
        if isinstance(output, dict) and cast("dict[str, object]", output).get("writer") == _WRITER:
            yield name
