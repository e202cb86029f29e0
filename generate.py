"""The command line of Fairsheet: parses, calls, reports problems; nothing else."""

from __future__ import annotations

import errno
import io
import sys
import time
import traceback
from collections.abc import Callable, Generator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from data.errors import OutputError, Problem, ProjectError, SourceError
from data.network.leave import Leave
from data.project import DEFAULT_PROJECT, find_project
from data.settings import ISO_DATE

MISTAKE, FINDINGS, EDITED, OUTAGE, INTERRUPTED = 2, 3, 4, 5, 130


class _Commands(TyperGroup):
    """The commands, with a hint for those who name a project and no command."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and args[0] not in self.commands and Path(args[0]).is_dir():
            raise typer.BadParameter(f"'{args[0]}' is a folder. Write: build {args[0]}", param_hint="COMMAND")
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=_Commands,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="A folder of data tables and narrative becomes a PDF report, a printable handout and a PowerPoint deck.",
)


class PaperSize(StrEnum):
    """Sizes of paper."""

    letter = "letter"
    a4 = "a4"


@contextmanager
def _progress(quiet: bool) -> Generator[Callable[[str], None], None, None]:
    """Tell what is being done: one changing line in a terminal, plain lines elsewhere, nothing when quiet."""
    if quiet:
        yield lambda _: None
    elif sys.stdout.isatty():
        from rich.console import Console

        console = Console()
        with console.status("reading the project") as status:
            yield lambda text: status.update(text)
    else:
        yield lambda text: print(text, flush=True)


def _report(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        mark = "" if problem.severity == "error" else f"{problem.severity}: "
        print(f"{mark}{problem}", file=sys.stderr)


def _fail(problems: tuple[Problem, ...]) -> typer.Exit:
    _report(problems)
    count = len(problems)
    print(f"{count} problem{'' if count == 1 else 's'}.", file=sys.stderr)
    return typer.Exit(MISTAKE)


@contextmanager
def _reported() -> Generator[None, None, None]:
    """Turn what can go wrong into messages and exit codes; a traceback is a bug of ours."""
    try:
        yield
    except ProjectError as error:
        raise _fail(error.problems) from None
    except SourceError as error:
        _report(error.problems)
        print("A source is out of order; nothing was written.", file=sys.stderr)
        raise typer.Exit(OUTAGE) from None
    except OutputError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(OUTAGE) from None
    except KeyboardInterrupt:
        print("Interrupted; the files of the last build are as they were.", file=sys.stderr)
        raise typer.Exit(INTERRUPTED) from None


def _build(
    root: Path,
    out: Path,
    only: str,
    paper: PaperSize | None,
    draft: bool,
    overwrite: bool,
    quiet: bool,
    published: str,
    offline: bool,
) -> None:
    started = time.perf_counter()
    with _reported():
        from reports.runs.build import build
        from reports.runs.read import Options

        if published and not ISO_DATE.fullmatch(published):
            raise typer.BadParameter("write 2026, 2026-11 or 2026-11-20", param_hint="--published")
        options = Options(
            only=tuple(part.strip() for part in only.split(",") if part.strip()),
            paper=paper.value if paper else None,
            draft=draft,
            published=published or None,
            leave=_leave(root, offline),
        )
        with _progress(quiet) as progress:
            built = build(root, out, options, overwrite, progress)
    _report(tuple(problem for problem in built.warnings if problem.severity == "warning"))
    edited = [saved for saved in built.saved if saved.kept]
    for saved in edited:
        print(
            f"{saved.kept} was edited by hand and is left alone; the new one is {saved.path.name}. "
            "Replace it with --overwrite (a backup is kept).",
            file=sys.stderr,
        )
    for saved in built.saved:
        if saved.backup:
            print(f"{saved.path} was edited by hand; the edited one is kept as {saved.backup.name}.", file=sys.stderr)
    if not quiet:
        names = ", ".join(saved.path.name for saved in built.saved)
        print(f"Made {names} in {out} (edition {built.edition}) in {time.perf_counter() - started:.1f} s.")
    if edited:
        raise typer.Exit(EDITED)


@app.callback(invoke_without_command=True)
def main(context: typer.Context) -> None:
    """Without a command: build the built-in project into ./out."""
    if context.invoked_subcommand is None:
        _build(
            DEFAULT_PROJECT,
            Path("out"),
            "",
            None,
            draft=False,
            overwrite=False,
            quiet=False,
            published="",
            offline=False,
        )


Project = Annotated[
    Path | None,
    typer.Argument(help="The project's folder; by default the one with ./project.toml, else the built-in one."),
]


Offline = Annotated[
    bool, typer.Option("--offline", help="Contact no host: take the last good copies of downloads, with a warning.")
]


def _leave(root: Path, offline: bool) -> Leave:
    """What the user says about the network: she is told which hosts a project contacts, and in a terminal asked which
    of her environment variables it may send there."""
    from data.network.introduction import prepared

    asking = sys.stdin.isatty() and sys.stderr.isatty()
    return prepared(root, Leave(offline), _ask if asking else None)


def _ask(question: str) -> bool:
    """Put a question to the user, for whom no is the usual answer."""
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


@app.command("allow")
def allow_command(
    what: Annotated[str, typer.Argument(metavar="WHAT", help="secret:NAME or host:NAME[:PORT].")],
    project: Project = None,
) -> None:
    """Allow a project to send an environment variable where it says, or to read a host of the local network."""
    with _reported():
        from data.network.allow import allow

        print(allow(what, find_project(project)))


@app.command("build")
def build_command(
    project: Project = None,
    out: Annotated[Path, typer.Option(help="Folder for the documents.")] = Path("out"),
    only: Annotated[str, typer.Option(help="Outputs to make, divided by commas: report,handout,deck.")] = "",
    paper: Annotated[
        PaperSize | None,
        typer.Option(case_sensitive=False, help="Paper of report and handout, whatever the brand says."),
    ] = None,
    draft: Annotated[bool, typer.Option("--draft", help="Stamp every page and slide as a draft.")] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace files that were edited by hand, and keep a backup.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing but problems.")] = False,
    published: Annotated[
        str, typer.Option(help="Date of publication, 2026-11 or 2026-11-20, in place of the project's.")
    ] = "",
    offline: Offline = False,
) -> None:
    """Make the documents of a project."""
    with _reported():
        root = find_project(project)
    _build(root, out, only, paper, draft, overwrite, quiet, published, offline)


@app.command("check")
def check_command(
    project: Project = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as problems.")] = False,
    offline: Offline = False,
) -> None:
    """Find everything that is wrong with a project, without writing documents."""
    with _reported():
        from reports.runs.check import check

        root = find_project(project)
        found = check(root, leave=_leave(root, offline))
    _report(found)
    count = sum(problem.severity == "warning" for problem in found)
    warned = f"{count} warning{'' if count == 1 else 's'}"
    if count and strict:
        print(f"{warned}; with --strict each counts as a problem.", file=sys.stderr)
        raise typer.Exit(MISTAKE)
    print(f"No problems, {warned}." if count else "No problems.")


@app.command("new")
def new_command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make.")],
    source: Annotated[
        str, typer.Option("--from", metavar="NAME", help="The built-in project to copy.")
    ] = DEFAULT_PROJECT.name,
) -> None:
    """Make a project of your own to edit, copied from a built-in one."""
    with _reported():
        from reports.runs.new import new

        new(folder, source)
    print(f"Made {folder}. Edit its tables, story and brand.toml, then run: python generate.py build {folder}")


@app.command("trace")
def trace_command(
    text: Annotated[str, typer.Argument(help="A value as it is printed, such as '$120,000'.")],
    project: Project = None,
    offline: Offline = False,
) -> None:
    """List where a value stands in the documents, and the cells it comes from."""
    with _reported():
        from reports.runs.trace import trace

        root = find_project(project)
        for found in trace(root, text, _leave(root, offline)):
            print(found)


@app.command("audit")
def audit_command(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="PDFs and PowerPoint files, ours or any.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Find what keeps people from reading a PDF or a deck: structure, descriptions, contrast, language."""
    with _reported():
        from reports.audit import shown
        from reports.audit.audit import audit_files

        audit = audit_files(files)
        for line in [shown.as_json(audit)] if as_json else shown.lines(audit):
            print(line)
    _report(audit.problems)
    for outage in audit.outages:
        print(outage, file=sys.stderr)
    if audit.outages or audit.problems:
        raise typer.Exit(OUTAGE if audit.outages else MISTAKE)
    if any(audited.findings for audited in audit.files):
        raise typer.Exit(FINDINGS)


@app.command("inspect")
def inspect_command(
    target: Annotated[
        str, typer.Argument(metavar="FILE|URL|CONNECTION", help="A table file, its address, or a database.")
    ],
    sheet: Annotated[
        str | None, typer.Option(metavar="NAME", help="The sheet or table to look at, by its name or place.")
    ] = None,
    table: Annotated[
        int | None, typer.Option(metavar="NUMBER", help="Which of several tables in a sheet or file, from 1.")
    ] = None,
    add: Annotated[
        Path | None, typer.Option(metavar="PROJECT", help="Write the proposal into this project's project.toml.")
    ] = None,
    name: Annotated[str | None, typer.Option(metavar="TABLE", help="What to call the table.")] = None,
    offline: Offline = False,
) -> None:
    """Look at an unknown source and propose how to declare it as a table."""
    with _reported():
        from data.inspection.look import look
        from data.inspection.tell import added, draw, told
        from data.network.leave import typed

        root = None if add is None else find_project(add)
        leave = typed(target, offline)
        found = look(target, sheet, name, root, table, leave)
        if root is not None:
            lines = added(found, root, name, leave)
        elif sys.stdout.isatty():
            draw(found)
            return
        else:
            lines = told(found)
        for line in lines:
            print(line)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):  # a terminal that lacks a character shows a mark in its place
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        app()
    except Exception as error:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EPIPE, errno.EIO):  # of standard output
            print(f"{error.strerror}. Run again when that is mended.", file=sys.stderr)
            sys.exit(OUTAGE)
        traceback.print_exc()
        print(
            "This is a bug in Fairsheet, not in your project. Please report it with the lines above.", file=sys.stderr
        )
        sys.exit(1)
