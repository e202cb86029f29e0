"""Databases that are asked whether anything changed, before they are asked for all of it."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from msgspec.structs import replace

from data.digest import Digest
from data.errors import Problem, ProjectError, SourceError
from data.network.copies import Copy, Shelf, moment
from data.network.secrets import Filled
from data.program import HOME
from data.sources.answered import Answered, digest_of, kept_grid, told
from data.sources.databases.database import address_of, read
from data.sources.grid import Grid
from data.sources.request import Request

_DRIVERS = ("psycopg", "PyMySQL")


def fetched(request: Request, _: frozenset[str] = frozenset()) -> Request:
    """The request with its result: the one that was kept, where the answer to `changed` is as it was then; else a new
    one.

    The question is put before the query: what changes in between is seen the next time. Raises ProjectError where a
    query is wrong or `changed` gives several rows, SourceError where the server is out of order and `keep_last_good` is
    not set.
    """
    address = address_of(request)
    shelf, key = _shelf(request), _key(request, address)
    copy = shelf.copy()
    if copy is not None and not copy.belongs_to(key):
        copy = None
    kept = kept_grid(copy)
    if request.leave.offline:
        return _offline(request, shelf, copy, kept, address)
    try:
        answer, warnings = _changed(request)
        if copy and kept and answer and copy.said.get("changed") == answer and not request.leave.afresh:
            return _with(request, replace(kept, warnings=(*kept.warnings, *warnings)), shelf, copy.said, fresh=False)
        grid = read(request)
        said = {"changed": answer, "taken": moment(), "asked": key}
        shown = replace(grid, warnings=(*grid.warnings, *warnings))
        return _with(request, shown, shelf, said, fresh=bool(answer))
    except SourceError as error:
        if copy is None or kept is None:
            raise
        if not request.options.keep_last_good:
            first = error.problems[0]
            remedy = f"{first.remedy} A result from {copy.day} is there: keep_last_good = true under read would use it."
            raise SourceError(replace(first, remedy=remedy)) from None
        return _with(request, told(kept, error.problems, copy.day), shelf, copy.said, fresh=False)


def _offline(request: Request, shelf: Shelf, copy: Copy | None, kept: Grid | None, address: Filled) -> Request:
    message = f"{address.shown} was not asked (--offline)"
    place = request.at("connection")
    if copy is None or kept is None:
        message = f"{message}, and there is no result of an earlier run."
        raise SourceError(Problem(place, message, "Run once without --offline, to have one."))
    return _with(request, told(kept, [Problem(place, f"{message}.", "")], copy.day), shelf, copy.said, fresh=False)


def _with(request: Request, grid: Grid, shelf: Shelf, said: dict[str, str], *, fresh: bool) -> Request:
    return replace(request, answered=Answered(grid, shelf, said, fresh))


def _changed(request: Request) -> tuple[str, tuple[Problem, ...]]:
    """A digest of the answer to `changed`, "" where it says nothing; and a warning about that."""
    grid = read(request, "changed")
    _, *rows = grid.cells
    if len(rows) != 1:
        raise ProjectError.at(
            request.at("changed"),
            f"the question gives {len(rows):,} rows, and has to give one.",
            'Ask for one value: changed = "SELECT max(updated), count(*) FROM ...".',
        )
    if all(cell == "" for cell in rows[0]):
        message = "the question gives NULL, which does not say whether anything changed."
        remedy = "All was asked for. Ask for what is never NULL, such as count(*), along with it."
        return "", (Problem(request.at("changed"), message, remedy, severity="warning"),)
    return digest_of(grid.cells), ()


def _shelf(request: Request) -> Shelf:
    settings = request.settings
    return Shelf(request.root, "\n".join(("sql", str(settings.connection), str(settings.query), str(settings.changed))))


def _key(request: Request, address: Filled) -> str:
    """What else decides a result: where a connection with ${NAMES} leads, costly to guess; and what reads it."""
    leads = ""
    if address.names:
        leads = hashlib.pbkdf2_hmac("sha256", address.text.encode(), _shelf(request).template.encode(), 200_000).hex()
    return Digest(leads, _readers()).hexadecimal


@cache
def _readers() -> str:
    """A digest of what makes text of a database's values."""
    files = sorted((HOME / "data" / "sources").rglob("*.py"))
    named = {path.relative_to(HOME).as_posix(): path for path in files}
    return Digest(named, platform.python_version(), {name: _version(name) for name in _DRIVERS}).hexadecimal


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
