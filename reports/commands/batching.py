"""The command that makes batches: what it is given, and what it says when it is done."""

from __future__ import annotations

import time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from data.project_folder import DEFAULT_PROJECT, find_project
from data.terminal import say, warn
from reports.commands.building import day_named, given, variables_set
from reports.commands.ends import EDITED, FINDINGS, leave_of, progress_told, reported
from reports.commands.options import Draft, Jobs, Offline, Paper, Published, Set, processors

if TYPE_CHECKING:
    from reports.batches.batch import BatchMade
    from reports.batches.engines import Cluster

_TOLD = 20
"""Reasons for failed items, and files, that a terminal is told; the index tells all."""


class EngineName(StrEnum):
    """Who makes items."""

    processes = "processes"
    dask = "dask"


def batch_command(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PROJECT] [NAME ...]",
            help="The project's folder, by default that with ./project.toml; and its batches, by default all.",
        ),
    ] = None,
    out: Annotated[
        str,
        typer.Option("--out", metavar="PLACE", help="Folder for the documents, or a store such as s3://bucket/prefix."),
    ] = "out",
    where: Annotated[
        str | None,
        typer.Option(metavar="CONDITION", help="Only the rows of which this is true, such as \"field == 'Health'\"."),
    ] = None,
    limit: Annotated[int | None, typer.Option(metavar="N", min=1, help="Only the first N rows.")] = None,
    jobs: Jobs = None,
    engine: Annotated[
        EngineName | None,
        typer.Option("--engine", help="Who makes them: processes of this machine, as is usual, or workers of Dask."),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS", help="The Dask scheduler whose workers make them, such as tcp://10.0.0.1:8786."
        ),
    ] = None,
    n_up: Annotated[
        int, typer.Option("--n-up", metavar="1|2", min=1, max=2, help="Handouts on a sheet of the PDF that holds all.")
    ] = 1,
    paper: Paper = None,
    set_: Set = None,
    draft: Draft = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing but problems.")] = False,
    published: Published = None,
    offline: Offline = False,
    force: Annotated[
        bool, typer.Option("--force", help="Ask all sources and make all documents, also what would be as it was.")
    ] = False,
) -> None:
    """Make a document for each row of a table: a handout for every major, campus or employer."""
    day, chosen_variables = day_named(published), variables_set(set_)
    asked = list(names or ())
    with reported():
        root = find_project(Path(asked.pop(0)) if asked and _is_folder(asked[0]) else None)
        from data.errors import Place, ProjectError
        from data.files.toml_file import read_toml
        from reports.batches.batch import Chosen, make_batch
        from reports.batches.store import is_store
        from reports.batches.stored import make_stored
        from reports.runs.bind import Options

        known: object = read_toml(root / "project.toml", root).content.get("batches")
        batches = asked or (list(cast("dict[str, object]", known)) if isinstance(known, dict) else [])
        if not batches:
            message, remedy = "the project has no batch.", 'Declare one: [batches.NAME] over = "a table".'
            raise ProjectError.at(Place("project.toml"), message, remedy)
        size, leave = paper.value if paper else None, leave_of(root, offline, force)
        options = Options((), size, draft, day, leave=leave, variables=chosen_variables)
        place, chosen = given("--out", out) or out, Chosen(given("--where", where), limit)
        cluster = _cluster(engine, given("--scheduler", scheduler))
        about, up = (options, chosen, jobs or processors()), 2 if n_up == 2 else 1
        failed = edited = False
        for name in batches:
            started = time.perf_counter()
            with progress_told(quiet) as progress:
                if is_store(place):
                    made = make_stored(root, name, place, *about, progress, force, up, cluster)
                else:
                    made = make_batch(root, name, Path(place), *about, progress, force, up, cluster)
            _tell(name, made, time.perf_counter() - started, quiet)
            failed, edited = failed or bool(made.failed), edited or bool(made.kept)
    if failed or edited:
        raise typer.Exit(FINDINGS if failed else EDITED)


def _cluster(engine: EngineName | None, scheduler: str | None) -> Cluster | None:
    """The Dask cluster that is asked for, if one is; whether Dask is there is seen before a project is read."""
    from data.errors import Place, ProjectError
    from reports.batches.engines import Cluster, refuse_without_dask

    if engine == EngineName.processes and scheduler is not None:
        message = f"processes of this machine ask no scheduler at {scheduler}."
        raise ProjectError.at(Place("--engine processes"), message, "Leave out one of --engine and --scheduler.")
    if engine != EngineName.dask and scheduler is None:
        return None
    refuse_without_dask()
    return Cluster(scheduler)


def _is_folder(said: str) -> bool:
    """Whether the first word names a project and no batch: a batch's name holds no dot and no slash."""
    return Path(said).is_dir() or not said.replace("_", "a").isalnum() or said == DEFAULT_PROJECT.name


def _tell(name: str, made: BatchMade, seconds: float, quiet: bool) -> None:
    alike: dict[tuple[str, ...], list[str]] = {}
    for key, reasons in made.failed:
        alike.setdefault(reasons, []).append(key)
    for reasons, keys in list(alike.items())[:_TOLD]:
        others = f" and {len(keys) - 1} more" if len(keys) > 1 else ""
        warn(f"{keys[0]}{others}: {' '.join(reasons)}")
    if len(alike) > _TOLD:
        warn(f"... and {len(alike) - _TOLD} reasons more; {made.folder}/index.html tells all.")
    for stands, new in made.kept:
        warn(f"{stands} was edited by hand and is left alone; the new one is {new.name}.")
    for problem in made.unbound:
        warn(f"There is no PDF of all documents to be printed: {problem}")
    if made.removed:
        many = f"{len(made.removed)} document{'' if len(made.removed) == 1 else 's'}"
        warn(f"{many} of rows that are gone moved to {made.folder}/removed: {', '.join(made.removed[:_TOLD])}.")
    if not quiet or made.failed:
        parts = [f"made {made.made}", f"{made.standing} up to date" if made.standing else ""]
        parts.append(f"{len(made.failed)} failed" if made.failed else "")
        say(f"{name}: {', '.join(filter(None, parts))} in {made.folder} in {seconds:.1f} s.")
