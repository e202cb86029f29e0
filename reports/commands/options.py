"""What several commands are given alike."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from reports.commands.building import PaperSize

Project = Annotated[
    Path | None,
    typer.Argument(
        metavar="PROJECT",
        help="The project's folder; by default the one with ./project.toml, else the built-in one.",
    ),
]
Out = Annotated[str, typer.Option("--out", metavar="DIR", help="Folder for the documents.")]
Only = Annotated[
    str | None,
    typer.Option("--only", metavar="NAMES", help="Outputs to make, divided by commas, such as report,deck; else all."),
]
Paper = Annotated[
    PaperSize | None,
    typer.Option(
        "--paper",
        metavar="letter|a4",
        case_sensitive=False,
        help="Paper of report and handout, whatever the brand says.",
    ),
]
Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="NAME=VALUE", help="Set a variable of the project, such as campus=North; once for each."
    ),
]
Draft = Annotated[bool, typer.Option("--draft", help="Stamp every page and slide as a draft.")]
Published = Annotated[
    str | None,
    typer.Option(
        "--published", metavar="DATE", help="Date of publication, 2026-11 or 2026-11-20, in place of the project's."
    ),
]
Offline = Annotated[
    bool, typer.Option("--offline", help="Contact no host: take the last good copies of downloads, with a warning.")
]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", metavar="N", min=1, help="Processes for batches; by default one for each processor."),
]


def processors() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
