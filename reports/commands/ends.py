"""What a command says while it works, how it ends, and what it asks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import typer

from data.errors import OutputError, Problem, ProjectError, SourceError
from data.network.leave import Leave
from data.terminal import OUTAGE, say, visible, warn

MISTAKE, FINDINGS, EDITED, INTERRUPTED = 2, 3, 4, 130


@contextmanager
def progress_told(quiet: bool) -> Generator[Callable[[str], None], None, None]:
    """Tell what is being done: one changing line in a terminal, plain lines elsewhere, nothing when quiet."""
    if quiet:
        yield lambda _: None
    elif sys.stdout.isatty():
        from rich.console import Console
        from rich.text import Text

        console = Console()
        with console.status("reading the project") as status:
            yield lambda text: status.update(Text(visible(text)))
    else:
        yield say


def report(problems: tuple[Problem, ...]) -> None:
    """Tell problems, each in a line."""
    for problem in problems:
        warn(line_of(problem))


def line_of(problem: Problem) -> str:
    """A problem in one line, whatever is quoted in it."""
    mark = "" if problem.severity == "error" else f"{problem.severity}: "
    return f"{mark}{problem}".replace("\n", "\u240a")


def failed(problems: tuple[Problem, ...]) -> typer.Exit:
    """Tell problems and how many they are; how a command ends that they stop."""
    report(problems)
    count = len(problems)
    strict = all(problem.severity == "warning" for problem in problems)
    what = "warning" if strict else "problem"
    how = "; with --strict each counts as a problem, and nothing was written." if strict else "."
    warn(f"{count} {what}{'' if count == 1 else 's'}{how}")
    return typer.Exit(MISTAKE)


@contextmanager
def reported() -> Generator[None, None, None]:
    """Turn what can go wrong into messages and exit codes; a traceback is a bug of ours."""
    try:
        yield
    except ProjectError as error:
        raise failed(error.problems) from None
    except SourceError as error:
        report(error.problems)
        warn("A source is out of order; nothing was written.")
        raise typer.Exit(OUTAGE) from None
    except OutputError as error:
        warn(str(error))
        raise typer.Exit(OUTAGE) from None
    except (KeyboardInterrupt, Exception) as error:
        if not _is_interruption(error):
            raise
        warn("Interrupted; the files of the last build are as they were.")
        raise typer.Exit(INTERRUPTED) from None


@contextmanager
def in_the_way_told() -> Generator[None, None, None]:
    """What a person put where the store has to write is left there, and told."""
    from reports.publishing.pointer import InTheWayError

    try:
        yield
    except InTheWayError as error:
        warn(str(error))
        raise typer.Exit(EDITED) from None


def _is_interruption(error: BaseException | None) -> bool:
    """Whether an interruption is behind an error: in the middle of an import it becomes an ImportError."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def leave_of(root: Path, offline: bool, afresh: bool = False) -> Leave:
    """What the user says about the network: she is told which hosts a project contacts, and in a terminal asked which
    of her environment variables it may send there and which folders it may read. `afresh`: all is asked for again.
    """
    from data.network.introduction import prepared

    asking = all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))  # one may be closed
    return prepared(root, Leave(offline, afresh=afresh), _ask if asking else None)


def _ask(question: str) -> bool:
    """Put a question to the user, for whom no is the usual answer."""
    print(visible(f"{question} [y/N] "), end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")
