"""The command that compares two finished files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from data.terminal import say
from reports.commands.ends import reported


def compare_command(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The older deck (.pptx) or PDF, ours or any.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The newer one.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the differences as JSON.")] = False,
) -> None:
    """Tell what a person would notice between two decks or two PDFs: slides, texts, tables, charts, notes."""
    with reported():
        from reports.differences import told
        from reports.differences.compare import compare_files

        found = compare_files(old, new)
    for line in [told.as_json(found)] if as_json else told.lines(found):
        say(line)
