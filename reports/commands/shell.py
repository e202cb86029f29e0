"""Commands as people type them: hints for slips, mistakes told as all others are, help without jargon."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from data.program import program
from data.terminal import warn
from reports.commands.ends import MISTAKE

_UsageError: type[typer.BadParameter] = typer.BadParameter.__mro__[1]  # pyright: ignore[reportAssignmentType]  # the kind that typer does not name


class Commands(TyperGroup):
    """The commands, with hints for those who name a project and no command, and mistakes told as all others are."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and args[0] not in self.commands:
            if args[0] == "help":
                raise typer.BadParameter("Write: --help", param_hint="COMMAND")
            if args[0] and _is_folder(args[0]):
                raise typer.BadParameter(f"'{args[0]}' is a folder. Write: build {args[0]}", param_hint="COMMAND")
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        if not standalone_mode:
            return super().main(*args, standalone_mode=False, **extra)
        try:
            code = super().main(*args, standalone_mode=False, **extra)
        except _UsageError as error:
            said = str(error.format_message()).replace("Value error, ", "")
            warn(said if said.endswith((".", "?")) else f"{said}.")
            if error.ctx is not None:
                warn(f"{error.ctx.get_usage()}\nMore: {_called(error.ctx)} --help")
            sys.exit(MISTAKE)
        sys.exit(
            MISTAKE if code == 1 else code or 0
        )  # typer's 1, of a shell that it knows no completion for, is no bug


class Command(TyperCommand):
    """A command whose help names an argument by its name alone, without the type that the program has for it."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        super().format_help(ctx, formatter)
        formatter.buffer = [re.sub(r" <[^>]*>", lambda kind: " " * len(kind[0]), part) for part in formatter.buffer]


def _called(context: Any) -> str:
    """The command that a mistake is in, as a person has to write it."""
    return " ".join([program(), *str(context.command_path).removeprefix(str(context.find_root().command_path)).split()])


def _is_folder(name: str) -> bool:
    try:
        return Path(name).is_dir()
    except (OSError, ValueError):  # a name that no file can have
        return False
