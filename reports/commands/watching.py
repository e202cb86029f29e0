"""The command that watches: what it says of each build, and of what stopped one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import OutputError
from data.terminal import say, warn
from reports.commands.building import PaperSize, day_named, outputs_named, tell_problems, variables_set, what_was_made
from reports.commands.ends import leave_of, report, reported

if TYPE_CHECKING:
    from reports.runs.watch import Round


def watch_documents(
    root: Path,
    out: Path,
    only: str | None,
    paper: PaperSize | None,
    draft: bool,
    published: str | None,
    offline: bool,
    polling: bool,
    every: float | None,
    variables: Sequence[str] | None,
) -> None:
    """Build a project whenever it changes, until somebody ends it, and tell how each build went."""
    names, day, chosen = outputs_named(only), day_named(published), variables_set(variables)
    with reported():
        from reports.runs.bind import Options
        from reports.runs.watch import watched

        size, leave = paper.value if paper else None, leave_of(root, offline)
        options = Options(names, size, draft, day, leave=leave, variables=chosen)
        try:
            failed = None
            for made in watched(root, out, options, polling=polling, every=every):
                _tell(made, out, failed is not False)
                if failed is None:
                    say(f"Watching {root}. Ctrl-C ends.")
                failed = made.built is None
        except KeyboardInterrupt:
            say("Ended; the documents of the last build stand.")


def _tell(made: Round, out: Path, always: bool) -> None:
    """What a build made; of one that had nothing to make only where it is `always` to be told."""
    if isinstance(made.failure, OutputError):
        warn(str(made.failure))
    elif made.failure is not None:
        report(made.failure.problems)
    if made.built is None:
        warn("Nothing was made; the documents of the last good build stand.")
    elif always or made.built.saved:
        tell_problems(made.built)
        say(what_was_made(made.built, out, made.seconds))
