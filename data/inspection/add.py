"""Writes a proposal into a project's file, without touching what stands there."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from data.errors import OutputError, Place, Problem, ProjectError, SourceError
from data.files.folder import Folder, open_folder
from data.files.toml_file import TomlFile, read_toml
from data.files.world import content_of
from data.inspection.look import Inspection
from data.inspection.proposals.declared import same_bytes, same_content, same_table
from data.inspection.proposals.proposed import Proposal
from data.inspection.proposals.section import section
from data.inspection.words.naming import unique
from data.network.leave import USUAL, Leave
from data.project import load_project

_HEADER = re.compile(r"\s*\[\[?\s*([^\]]+?)\s*\]")
_KEPT = ("tables", "sources")
_PROJECT = "project.toml"


class Added(Struct, frozen=True):
    """What was written."""

    tables: tuple[str, ...]
    copied: tuple[str, ...]
    """Paths in the project."""
    alike: tuple[tuple[str, str], ...] = ()
    """Files of the project that hold the same bytes under another name, and the tables that read them."""


def add(
    inspection: Inspection,
    root: Path,
    name: str | None,
    leave: Leave = USUAL,
) -> Added:
    """Append the sections to project.toml behind its tables, and copy the file.

    A file outside the project is copied into its folder `tables`, and never over another one. Raises ProjectError, and
    leaves everything as it was, where a proposal does not load, the name is taken, a table reads the same already and
    no other `name` is given, or the project would not load.
    """
    file = read_toml(root / "project.toml", root)
    problems = [problem for trial in inspection.trials for problem in trial.problems]
    if problems:
        raise ProjectError(problems)
    taken = {*file.content.get("tables", {}), *file.content.get("sources", {})}
    if name is not None and name in taken:
        raise ProjectError.at(
            file.place("tables", name), f"there is a table '{name}' already.", "Choose another name: --name."
        )
    path = inspection.opened.path
    there = inside(path, root)
    copied = path is not None and there is None
    if path is not None and there is None:
        there = f"tables/{_free(root / 'tables', path)}"
    if name is None:
        _refuse_again(inspection, file, there)
    sections: list[str] = []
    names: list[str] = []
    for trial in inspection.trials:
        called = unique(trial.proposal.name, [*taken, *names])
        names.append(called)
        sections.append(section(_renamed(trial.proposal, called, taken), there))
    made = _write(root, "\n".join(sections), path if copied else None, there, leave)
    alike = same_content(file.content, root, path, there) if path is not None else []
    return Added(tuple(names), made, tuple(alike))


def _refuse_again(inspection: Inspection, file: TomlFile, there: str | None) -> None:
    """ProjectError for each proposal that a declaration of the project reads already."""
    alone = len(inspection.tables) < 2
    problems: list[Problem] = []
    for trial in inspection.trials:
        found = same_table(file.content, inspection.opened, trial.proposal, there, alone)
        if found is not None:
            what = "file" if there is not None else "source"
            remedy = "Change that section, or declare it a second time under a name of its own: --name TABLE."
            problems.append(Problem(file.place(*found), f"[{'.'.join(found)}] already reads this {what}.", remedy))
    if problems:
        raise ProjectError(problems)


def inside(path: Path | None, root: Path) -> str | None:
    """The path of a file in the project `root`, with forward slashes; None where it lies outside."""
    if path is None or not path.resolve().is_relative_to(root.resolve()):
        return None
    return path.resolve().relative_to(root.resolve()).as_posix()


def _renamed(proposal: Proposal, name: str, taken: Iterable[str]) -> Proposal:
    """The proposal under another name; a source that its query asks gets one of its own, too."""
    if proposal.source is None:
        return replace(proposal, name=name)
    old, origin, read = proposal.source
    new = unique(f"{name}_rows", taken)
    query = proposal.origin["query"]
    asked = replace(query, value=str(query.value).replace(f" FROM {old}", f" FROM {new}", 1))
    return replace(proposal, name=name, source=(new, origin, read), origin={"query": asked})


def _free(folder: Path, path: Path) -> str:
    """The name that a copy of `path` gets in `folder`: its own, where that is free or holds the same bytes."""
    for number in range(1, 1000):
        name = path.name if number == 1 else f"{path.stem}_{number}{path.suffix}"
        there = folder / name
        if not there.exists() or (there.is_file() and same_bytes(there, path)):
            return name
    raise ProjectError.at(Place(str(folder)), f"holds too many files named like '{path.name}'.", "Rename the file.")


def _write(root: Path, text: str, copied: Path | None, there: str | None, leave: Leave) -> tuple[str, ...]:
    """Put the text into project.toml and the file beside it; both go again where the project then does not load.

    Gives the path of the file that was copied, if one was. Nothing is written through a link.
    """
    try:
        with open_folder(root) as folder:
            before = folder.read(_PROJECT) or b""
            made = copied is not None and there is not None and _copy(copied, folder, there)
            try:
                folder.write(_PROJECT, with_section(before, text))
                _refuse_broken(root, folder, before, leave)
            except BaseException:
                if made and there is not None:
                    _remove(folder, there)
                raise
    except OSError as error:
        name = error.filename or root / _PROJECT
        raise OutputError(f"{name}: cannot be written: {error.strerror or error}.") from None
    return (there,) if made and there is not None else ()


def _copy(source: Path, folder: Folder, there: str) -> bool:
    """Copy a file to its path in the project; False where it is there."""
    *names, name = there.split("/")
    with folder.inner(*names, make=True) as inner:
        if inner.state(name) is not None:
            return False
        inner.write(name, content_of(source))
        return True


def _remove(folder: Folder, there: str) -> None:
    *names, name = there.split("/")
    with folder.inner(*names) as inner:
        inner.remove(name)


def _refuse_broken(root: Path, folder: Folder, before: bytes, leave: Leave) -> None:
    """Put project.toml back and raise what is wrong, where the project loaded `before` and does not any more."""
    try:
        load_project(root, leave=leave)
    except SourceError:  # another table's server is out of order: that says nothing about this one
        pass
    except ProjectError:
        after = folder.read(_PROJECT) or b""
        folder.write(_PROJECT, before)
        if _loads(root, leave):
            raise
        folder.write(_PROJECT, after)  # it was broken before


def _loads(root: Path, leave: Leave) -> bool:
    try:
        load_project(root, leave=leave)
    except ProjectError:
        return False
    except SourceError:
        pass
    return True


def with_section(before: bytes, text: str) -> bytes:
    """The file with the text behind its last table, everything else byte by byte as it was.

    Comments directly over the next section stay with that. Line ends are those of the file.
    """
    ends = "\r\n" if b"\r\n" in before else "\n"
    lines = before.decode("utf-8").splitlines(keepends=True)
    place = _behind_tables(lines)
    head, tail = lines[:place], lines[place:]
    if head and not head[-1].endswith(("\n", "\r")):
        head[-1] += ends
    added = text.rstrip("\n").replace("\n", ends) + ends
    gap = "" if not head or not head[-1].strip() else ends
    result = "".join(head) + gap + added + (ends if tail and tail[0].strip() else "") + "".join(tail)
    tomllib.loads(result.removeprefix("\ufeff").replace("\r\n", "\n"))
    return result.encode("utf-8")


def _behind_tables(lines: list[str]) -> int:
    """The line behind which a new table belongs: after the last of them, else before the charts and outputs.

    A comment over the next section belongs to that one, also with empty lines between; a comment that stands directly
    under the last table's settings stays with those.
    """
    start = end = _next_section(lines)
    if start == len(lines):
        return start
    while end > 0 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    while end < start and lines[end].strip() and any(not line.strip() for line in lines[end:start]):
        end += 1
    while end < start and not lines[end].strip():
        end += 1
    return end


def _next_section(lines: list[str]) -> int:
    """The line of the first section behind all tables; the end where none follows."""
    headers = [(number, found[1]) for number, line in enumerate(lines) if (found := _HEADER.match(line))]
    tables = [index for index, (_, name) in enumerate(headers) if name.partition(".")[0].strip() in _KEPT]
    following = headers[tables[-1] + 1 :] if tables else headers
    return next((number for number, _ in following if _parses(lines[:number])), len(lines))


def _parses(lines: list[str]) -> bool:
    """Whether lines are whole: a header in the middle of a text or list is none."""
    try:
        tomllib.loads("".join(lines).removeprefix("\ufeff").replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError:
        return False
    return True
