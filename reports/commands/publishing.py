"""The commands of the public shelf: what they are given, what they say, and how they end."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Generator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from data.program import program
from data.project_folder import find_project
from data.terminal import OUTAGE, say, warn
from reports.commands.building import day_named, given, outputs_named, variables_set
from reports.commands.delivering import failures_told, passed_on, tell_what_follows
from reports.commands.ends import FINDINGS, in_the_way_told, leave_of, line_of, progress_told, report, reported
from reports.commands.options import Draft, Jobs, Offline, Only, Paper, Project, Set, processors
from reports.commands.options import Published as Day
from reports.commands.shell import Command
from reports.runs.standing import Said, remember

if TYPE_CHECKING:
    from reports.publishing.editions import Done
    from reports.publishing.publish import Published
    from reports.publishing.records import Record, State
    from reports.publishing.store import Store

To = Annotated[str, typer.Option("--to", metavar="DIR", help="Folder of the editions.")]
Wait = Annotated[
    float | None,
    typer.Option(metavar="SECONDS", min=0, help="How long to wait for another run into that folder; else 900."),
]
Id = Annotated[str, typer.Argument(metavar="ID", help="The edition's id or name, as editions list shows it.")]
Note = Annotated[str, typer.Option("--note", metavar="TEXT", help="Why, in a sentence; of a withdrawal, for readers.")]


def publish_command(
    project: Project = None,
    to: To = "published",
    only: Only = None,
    paper: Paper = None,
    set_: Set = None,
    draft: Draft = False,
    published: Day = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings, too, hold the edition.")] = False,
    offline: Offline = False,
    force: Annotated[
        bool, typer.Option("--force", help="Make all documents and a new edition, also where nothing is new.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing but problems.")] = False,
    wait: Wait = None,
    trial_message: Annotated[
        bool, typer.Option("--trial-message", help="Send everyone of [tell.…] a message, whatever comes of the run.")
    ] = False,
    jobs: Jobs = None,
) -> None:
    """Publish a project's documents, if they are new and nothing is wrong with them."""
    started, began = time.perf_counter(), time.time_ns()
    folder = Path(given("--to", to) or to)
    names, day, chosen = outputs_named(only), day_named(published), variables_set(set_)
    with reported(), in_the_way_told():
        from reports.publishing.publish import publish
        from reports.runs.bind import Options
        from reports.runs.lock import PATIENCE

        root = find_project(project)
        size, leave = paper.value if paper else None, leave_of(root, offline, force)
        options = Options(names, size, draft, day, strict, leave, variables=chosen)
        with failures_told(root, folder, options.leave), progress_told(quiet) as progress:
            patience = PATIENCE if wait is None else wait
            done = publish(root, folder, options, force, patience, progress, jobs or processors())
    _tell(done, folder, quiet, time.perf_counter() - started)
    whole = passed_on(root, folder, options.leave, done, quiet, trial_message)
    if whole and not trial_message and done.what == "nothing new" and not done.causes and not done.remarks:
        _remember(done, root, folder, began, quiet)
    if done.causes:
        raise typer.Exit(FINDINGS)
    if not whole:
        raise typer.Exit(OUTAGE)


def _tell(done: Published, folder: Path, quiet: bool, seconds: float) -> None:
    from msgspec.structs import replace

    for remark in done.remarks:
        warn(remark)
    causes = {str(cause) for cause in done.causes}
    report(tuple(p for p in done.warnings if p.severity == "warning" and str(p) not in causes))
    match done.what:
        case "published" if not quiet:
            files = _files_told(done.edition)
            say(f"Published edition {done.edition.id} in {folder / 'current'} ({files}) in {seconds:.1f} s.")
            _tell_correction(done.edition)
        case "nothing new":
            report(tuple(replace(cause, severity="error") for cause in done.causes))
            if not quiet:
                say(_nothing_new(done, folder))
        case "held":
            _tell_held(done, folder)
        case _:
            pass


def _files_told(record: Record) -> str:
    """An edition's documents: those of batches by their number."""
    from reports.batches.items import file_name

    own = [name for name in record.files if "/" not in name and name != "manifest.json"]
    inside = [name.split("/") for name in record.files if "/" in name]
    batches = Counter(batch for batch, name in inside if not name.startswith(("index.", f"{file_name(batch)}.")))
    return ", ".join((*own, *(f"{count:,} in {batch}/" for batch, count in batches.items())))


def _nothing_new(done: Published, folder: Path) -> str:
    return f"Nothing new: edition {_called(done.edition)} stays published in {folder / 'current'}."


def _remember(done: Published, root: Path, folder: Path, began: int, quiet: bool) -> None:
    """Let the next run know, before anything is read, that nothing was touched since."""
    from reports.publishing.pointer import CURRENT, EDITIONS, INDEX
    from reports.publishing.records import JOURNAL
    from reports.publishing.store import PRIVATE
    from reports.runs.save import MANIFEST

    if done.reading is None or done.reading.whole.settings.batches:  # what their stories rest on is not known here
        return
    linked = (folder / CURRENT).is_symlink()
    documents = folder / CURRENT if linked else folder / EDITIONS / done.edition.name
    journals = (folder / PRIVATE / JOURNAL, *(() if linked else (folder / INDEX,)))
    made = {name: sum_ for name, sum_ in done.edition.files.items() if name != MANIFEST}
    warnings = tuple(line_of(p) for p in done.warnings if p.severity == "warning")
    said = Said(() if quiet else (_nothing_new(done, folder),), warnings)
    remember(done.reading, sys.argv[1:], (root, documents), began, made, said, [one.absolute() for one in journals])


def _tell_correction(record: Record) -> None:
    if record.correction is not None:
        say(f"It is marked as the correction of {', '.join(record.correction.of)}.")


def _tell_held(done: Published, folder: Path) -> None:
    from msgspec.structs import replace

    report(tuple(replace(cause, severity="error") for cause in done.causes))
    stays = f"edition {_called(done.current)} stays published" if done.current else "nothing is published"
    still = "still held" if done.again else "held"
    from reports.publishing.store import folder_of

    where = folder_of(done.edition)
    if where is None:
        warn(f"Held: no document can be made that says what the data deny; {stays}.")
        return
    warn(f"Edition {done.edition.id} is {still} in {folder / where / done.edition.name}; {stays}.")
    to = "" if str(folder) == "published" else f" --to {folder}"
    warn(f"To publish it as it is: {program()} editions accept {done.edition.id} --by NAME --note TEXT{to}")


def _called(record: Record) -> str:
    return f"{record.id} of {_time(record.made)}"


def _time(said: str) -> str:
    return f"{said[:16].replace('T', ' ')} UTC"


editions = typer.Typer(help="Look at the editions of a folder, and decide about them.")


def _of(option: str) -> Path:
    return Path(given("--to", option) or option)


def changes_command(
    before: Annotated[str, typer.Argument(metavar="A", help="The older edition, as editions list shows it.")],
    now: Annotated[str, typer.Argument(metavar="B", help="The newer one.")],
    to: To = "published",
) -> None:
    """Tell what changed from one edition to another: sentences, charts, rows and cells."""
    path = _of(to)
    with reported():
        from reports.changes.brief import as_markdown
        from reports.publishing.editions import difference

        brief = difference(path, before, now)
    say(as_markdown(brief).rstrip())


@editions.command("list", cls=Command)
def list_command(to: To = "published") -> None:
    """List all editions, the newest last, and why any is held."""
    with reported():
        from reports.publishing.editions import state_of

        state = state_of(_of(to))
    for record in state.editions:
        say(_line(state, record))
        for cause in record.causes if record.standing in ("held", "refused") else ():
            say(f"    {cause}")


def _line(state: State, record: Record) -> str:
    mark = "current" if record.name == state.current else record.standing
    files = _files_told(record) or "no documents"
    return f"{record.id}  {_time(record.made)}  {mark:<10}  {files}"


@editions.command("show", cls=Command)
def show_command(edition: Id, to: To = "published") -> None:
    """Tell all that is known of an edition."""
    path = _of(to)
    with reported():
        from reports.publishing.editions import found, state_of

        state = state_of(path)
        record = found(state, edition)
    say(_line(state, record))
    for line in _details(path, state, record):
        say(line)


def _details(path: Path, state: State, record: Record) -> Generator[str, None, None]:
    from reports.publishing.store import folder_of

    folder = folder_of(record)
    yield f"Name: {record.name}"
    if record.title:
        yield f"Title: {record.title}"
    if folder is not None:
        yield f"Folder: {path / folder / record.name}"
    if record.follows is not None:
        yield f"Before it: {record.follows}"
    if record.correction is not None:
        yield f"Corrects {', '.join(record.correction.of)}: {record.correction.note}"
    if record.withdrawn:
        yield f"Withdrawn: {record.withdrawn}"
    for cause in record.causes:
        yield f"Held because of {cause}"
    for event in state.events:
        if event.edition == record.name:
            by = f" by {event.by}" if event.by else ""
            note = f": {event.note}" if event.note else ""
            yield f"{_time(event.at)}  {event.what}{by}{note}"


def _decide(to: str, wait: float | None, decision: Callable[[Store], Done]) -> Done:
    path = _of(to)
    with reported(), in_the_way_told():
        from reports.publishing.store import open_store
        from reports.runs.lock import PATIENCE

        with open_store(path, (), PATIENCE if wait is None else wait, say) as store:
            done = decision(store)
    for remark in done.remarks:
        warn(remark)
    tell_what_follows(path)
    return done


@editions.command("accept", cls=Command)
def accept_command(
    edition: Id,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides it.")],
    note: Note,
    to: To = "published",
    wait: Wait = None,
) -> None:
    """Publish a held edition as it is."""
    from reports.publishing.editions import accept

    done = _decide(to, wait, lambda store: accept(store, edition, by, note))
    say(f"Published edition {done.edition.id} in {_of(to) / 'current'}, accepted by {' '.join(by.split())}.")


@editions.command("restore", cls=Command)
def restore_command(edition: Id, to: To = "published", wait: Wait = None) -> None:
    """Make an older edition public again."""
    from reports.publishing.editions import restore

    done = _decide(to, wait, lambda store: restore(store, edition))
    say(f"Edition {_called(done.edition)} is published again in {_of(to) / 'current'}.")
    say("The next publish goes on from there: if the data are what was wrong, withdraw the edition that shows them.")


@editions.command("withdraw", cls=Command)
def withdraw_command(edition: Id, note: Note, to: To = "published", wait: Wait = None) -> None:
    """Take an edition back; the next says why."""
    from reports.publishing.editions import withdraw

    done = _decide(to, wait, lambda store: withdraw(store, edition, note))
    say(f"Edition {_called(done.edition)} is withdrawn. The next edition will say: Corrected: {' '.join(note.split())}")
    if done.current is None:
        warn("Nothing is published now: there was no edition before it.")
    elif done.before is not None and done.before.name != done.current.name:
        say(f"Edition {_called(done.current)} is published again in {_of(to) / 'current'}.")
