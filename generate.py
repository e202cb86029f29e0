"""The command line of Fairsheet: parses, calls, reports problems; nothing else."""

from __future__ import annotations

import gc
import signal
import sys
import traceback
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

if __name__ == "__main__" and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # until `run`, an interruption just ends: there is nothing to undo

if __name__ == "__main__":
    gc.disable()  # until `run`: what is imported stays
    if find_spec("msgspec") is None:  # a new terminal, in which nobody has activated the environment
        sys.stderr.write(
            f"Fairsheet is not installed in this Python, {sys.executable}. "
            "Activate the environment in which it is (. .venv/bin/activate), or install it: pip install .\n"
        )
        sys.exit(2)
    from reports.runs.standing import told_again

    if told_again(sys.argv[1:]):  # nothing to do, and nothing else to import
        sys.exit(0)

import typer

from data.interruption import interrupt
from data.program import INSTALLED, program
from data.project_folder import DEFAULT_PROJECT, find_project
from data.terminal import OUTAGE, end_where_full, make_ready, say, warn
from reports.commands.batching import batch_command
from reports.commands.building import build_documents, given, variables_set
from reports.commands.comparing import compare_command
from reports.commands.delivering import deliver_command
from reports.commands.ends import (
    FINDINGS,
    INTERRUPTED,
    MISTAKE,
    leave_of,
    report,
    reported,
)
from reports.commands.options import Draft, Offline, Only, Out, Paper, Project, Published, Set
from reports.commands.publishing import changes_command, editions, publish_command
from reports.commands.refreshing import refresh_command
from reports.commands.scheduling import schedule_commands
from reports.commands.shell import Command, Commands
from reports.commands.watching import watch_documents
from reports.version import VERSION

_COLLECTED = 250_000
"""Objects that are made before any is looked at again. Nearly all that is read or made lives to the end of a run: with
Python's 700, a tenth of the time goes into finding that out. The built-in project makes 220,000, of which 14,000 go."""

_ENDINGS = ("SIGINT", "SIGTERM", "SIGHUP")

app = typer.Typer(
    cls=Commands,
    add_completion=program() == INSTALLED,  # a shell completes a command's own name, and python's is not ours
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
    help="A folder of data tables and narrative becomes a PDF report, a printable handout and a PowerPoint deck.",
    epilog="Exit codes: 0 done, 1 a bug of Fairsheet's, 2 a mistake in the project or the command, 3 a person must "
    "look, 4 a file that a person edited is in the way, or in conflict with the data, 5 an outage, 130 interrupted.",
)
app.add_typer(schedule_commands, name="schedule")


def _version(asked: bool) -> None:
    if asked:
        say(f"fairsheet {VERSION}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def main(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version, and nothing else.")
    ] = False,
) -> None:
    """Without a command: build the built-in project into ./out."""
    if context.invoked_subcommand is None:
        build_documents(DEFAULT_PROJECT, Path("out"))


@app.command("allow", cls=Command)
def allow_command(
    what: Annotated[
        str, typer.Argument(metavar="WHAT", help="secret:NAME, host:NAME[:PORT], a folder, or deliver:NAME.")
    ],
    project: Project = None,
) -> None:
    """Allow a project to send an environment variable where it says, to read a host of the local network or a folder
    that is not its own, or to deliver."""
    with reported():
        from data.network.allow import allow

        say(allow(what, find_project(project)))


@app.command("build", cls=Command)
def build_command(
    project: Project = None,
    out: Out = "out",
    only: Only = None,
    paper: Paper = None,
    set_: Set = None,
    draft: Draft = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace files that were edited by hand, and keep a backup.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing but problems.")] = False,
    published: Published = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Warnings count as problems: with any, nothing is written.")
    ] = False,
    offline: Offline = False,
    force: Annotated[
        bool, typer.Option("--force", help="Ask all sources and make all documents, also what would be as it was.")
    ] = False,
) -> None:
    """Make the documents of a project that are not up to date."""
    with reported():
        root = find_project(project)
    folder = Path(given("--out", out) or out)
    build_documents(root, folder, only, paper, draft, overwrite, quiet, published, strict, offline, force, set_)


app.command("batch", cls=Command)(batch_command)
app.command("refresh", cls=Command)(refresh_command)
app.command("publish", cls=Command)(publish_command)
app.add_typer(editions, name="editions")
app.command("changes", cls=Command)(changes_command)
app.command("compare", cls=Command)(compare_command)
app.command("deliver", cls=Command)(deliver_command)


@app.command("watch", cls=Command)
def watch_command(
    project: Project = None,
    out: Out = "out",
    only: Only = None,
    paper: Paper = None,
    set_: Set = None,
    draft: Draft = False,
    published: Published = None,
    poll: Annotated[
        bool, typer.Option("--poll", help="Ask the files themselves whether they changed, as network drives need it.")
    ] = False,
    every: Annotated[
        float | None,
        typer.Option(metavar="SECONDS", min=1, help="Read sources elsewhere again so often: addresses, databases."),
    ] = None,
    offline: Offline = False,
) -> None:
    """Make a project's documents, and again whenever one of its files is saved."""
    with reported():
        root = find_project(project)
    folder = Path(given("--out", out) or out)
    watch_documents(root, folder, only, paper, draft, published, offline, poll, every, set_)


@app.command("check", cls=Command)
def check_command(
    project: Project = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as problems.")] = False,
    offline: Offline = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say of each chart without a kind which one was chosen, and why.")
    ] = False,
    fix: Annotated[
        bool, typer.Option("--fix", help="Bind numbers that are typed by hand in stories, where there is no doubt.")
    ] = False,
    set_: Set = None,
) -> None:
    """Find all mistakes of a project; write nothing but what --fix binds."""
    chosen = variables_set(set_)
    with reported():
        from reports.batches.sampled import refuse_sampled
        from reports.runs.bind import Options
        from reports.runs.check import check

        root = find_project(project)
        leave = leave_of(root, offline)
        options = Options(leave=leave, variables=chosen)
        found = check(
            root,
            options,
            explain=say if explain else None,
            also=lambda one: refuse_sampled(one, options, say),
            fixed=say if fix else None,
        )
    report(found)
    count = sum(problem.severity == "warning" for problem in found)
    warned = f"{count} warning{'' if count == 1 else 's'}"
    if count and strict:
        warn(f"{warned}; with --strict each counts as a problem.")
        raise typer.Exit(MISTAKE)
    say(f"No problems, {warned}." if count else "No problems.")


@app.command("new", cls=Command)
def new_command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make.")],
    source: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="NAME", help=f"The built-in project to copy, by default {DEFAULT_PROJECT.name}."
        ),
    ] = None,
    empty: Annotated[
        bool, typer.Option("--empty", help="Copy none of them: one small table, three short stories, no examples.")
    ] = False,
) -> None:
    """Copy a built-in project, to edit it."""
    if empty and source is not None:
        raise typer.BadParameter("goes without --from: an empty project is a copy of none.", param_hint="'--empty'")
    with reported():
        from reports.runs.new import new

        new(folder, None if empty else DEFAULT_PROJECT.name if source is None else source)
    say(f"Made {folder}. Edit its tables, story and brand.toml, then run: {program()} build {folder}")


@app.command("trace", cls=Command, context_settings={"ignore_unknown_options": True})  # -5% is a value
def trace_command(
    text: Annotated[str, typer.Argument(metavar="VALUE", help="A value as it is printed, such as '$120,000'.")],
    project: Project = None,
    offline: Offline = False,
    set_: Set = None,
) -> None:
    """List where a value stands, and its cells."""
    chosen = variables_set(set_)
    with reported():
        from reports.runs.bind import Options
        from reports.runs.trace import trace

        root = find_project(project)
        for found in trace(root, text, Options(leave=leave_of(root, offline), variables=chosen)):
            say(str(found))


@app.command("audit", cls=Command)
def audit_command(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="PDFs and PowerPoint files, ours or any.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Find what keeps people from reading a PDF or a deck.

    Structure, descriptions, contrast, language: each finding with its page or slide.
    """
    with reported():
        from reports.audit import shown
        from reports.audit.audit import audit_files

        audit = audit_files(files)
        for line in [shown.as_json(audit)] if as_json else shown.lines(audit):
            say(line)
    report(audit.problems)
    for outage in audit.outages:
        warn(outage)
    if audit.outages or audit.problems:
        raise typer.Exit(OUTAGE if audit.outages else MISTAKE)
    if any(audited.findings for audited in audit.files):
        raise typer.Exit(FINDINGS)


@app.command("inspect", cls=Command)
def inspect_command(
    target: Annotated[
        str,
        typer.Argument(
            metavar="FILE|URL|CONNECTION", help="A table file, its address, a database, or a PowerPoint template."
        ),
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
    """Propose how to declare an unknown source, or which layouts of a PowerPoint template to use."""
    with reported():
        if target.lower().endswith((".pptx", ".potx")) and "://" not in target:
            from reports.deck.templates.told import template_lines

            given = (("--sheet", sheet), ("--table", table), ("--add", add), ("--name", name))
            if unfit := [option for option, value in given if value is not None]:
                raise typer.BadParameter("A template has no tables.", param_hint=f"'{unfit[0]}'")
            for line in template_lines(Path(target), target):
                say(line)
            return
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
            say(line)


class SettingsFile(StrEnum):
    """The files of a project that have a schema."""

    project = "project"
    brand = "brand"


@app.command("schema", cls=Command)
def schema_command(
    which: Annotated[
        SettingsFile | None, typer.Argument(metavar="project|brand", help="Whose schema; with --out both by default.")
    ] = None,
    out: Annotated[
        str | None, typer.Option(metavar="DIR", help="Write project.schema.json and brand.schema.json there.")
    ] = None,
) -> None:
    """Print what project.toml or brand.toml may say, as a JSON Schema for editors."""
    folder = given("--out", out)
    if which is None and folder is None:
        raise typer.BadParameter("Write project or brand, or --out DIR for both.", param_hint="'project|brand'")
    with reported():
        from reports.runs.schema import SETTINGS_FILES, as_text, write_schemas

        if folder is None:
            say(as_text(str(which)))
        else:
            for path in write_schemas(Path(folder), tuple(SETTINGS_FILES) if which is None else (which.value,)):
                say(f"Made {path}.")


def run() -> None:
    """The program as a process; a traceback is a bug of ours."""
    make_ready()
    gc.set_threshold(_COLLECTED, 10, 10)
    gc.enable()
    for ending in _ENDINGS:  # all end as Ctrl-C does: nothing half done, no second process left
        if hasattr(signal, ending) and signal.getsignal(getattr(signal, ending)) != signal.SIG_IGN:  # as nohup sets it
            signal.signal(getattr(signal, ending), interrupt)
    try:
        Path.cwd()
    except OSError:
        warn("The folder that you are in is no longer there. Go to another one (cd) and run again.")
        sys.exit(MISTAKE)
    try:
        app()
    except KeyboardInterrupt:  # between what a command does and its end
        sys.exit(INTERRUPTED)
    except Exception as error:
        end_where_full(error)
        warn(
            f"{traceback.format_exc()}"
            "This is a bug in Fairsheet, not in your project. Please report it with the lines above."
        )
        sys.exit(1)
    finally:
        gc.freeze()  # Python would look through all objects twice more before it ends
        for ending in _ENDINGS:  # the work is done; what is left is to leave
            if hasattr(signal, ending):
                signal.signal(getattr(signal, ending), signal.SIG_IGN)


if __name__ == "__main__":
    run()
