"""A project: the user's folder, read and checked, with its tables bound to their types."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct, field
from msgspec.structs import replace

from data.declared.as_shown import as_shown
from data.declared.constraints import broken_rules
from data.declared.derive import derived_table, with_computed_fields
from data.declared.disclosure import without_small_samples
from data.declared.period import with_period
from data.declared.prices import with_prices
from data.declared.scales import unsaid_scales
from data.declared.typed import typed_table
from data.effort import EffortError, spend, too_much, within_reason
from data.errors import OutputError, Place, Problem, ProjectError, SourceError, relative
from data.files.template_parts import left_behind
from data.files.text_file import unprintable
from data.files.toml_file import TomlFile, read_toml
from data.item import ROW
from data.look.brand import Brand, Paper, load_brand
from data.look.typography import typeset_brand, typeset_settings
from data.network.introduction import introduced
from data.network.leave import USUAL, Leave, permission
from data.network.unsaid import LONG, unsaid
from data.project_folder import BUILT_IN
from data.reshape import reshape
from data.reshape.joined import joined
from data.settings.project import ProjectSettings, TableSettings
from data.settings.validated import validated
from data.settings.variables import with_variables
from data.sources import fetch, read_source, with_last_good
from data.sources.answered import Kept
from data.sources.checksum import file_checksum
from data.sources.files import requests
from data.sources.request import Request, request_for
from data.sources.sheet import Sheet
from data.sources.sql import tables_named
from data.tables.contradictions import Contradiction, contradictions
from data.tables.table import Row, Table
from data.variables import SET, Variables

Narrowing = Callable[[ProjectSettings, TomlFile], ProjectSettings]
"""What is asked for of a project: its settings with fewer tables and charts."""


class Project(Struct, frozen=True, dict=True):
    """A project folder that has been read: its settings, brand and tables."""

    root: Path
    file: TomlFile
    settings: ProjectSettings
    brand: Brand
    tables: dict[str, Table]
    own_files: tuple[Path, ...] = ()
    """project.toml, brand.toml, and the files of the brand."""
    warnings: tuple[Problem, ...] = ()
    """What reading the tables has to tell that stops nothing."""
    files: Mapping[str, tuple[Path, ...]] = field(default_factory=dict[str, tuple[Path, ...]])
    """The files that each table rests on, those of the tables and sources that it is computed from among them."""
    states: Mapping[Path, object] = field(default_factory=dict[Path, object])
    """Size and time of the files with data, from before they were read."""
    row: Row | None = None
    """The row that the documents are about, where the project is seen for one item of a batch."""
    whole: Project | None = None
    """What it is seen of then: what is found in its tables is found once."""

    def refuse_changed(self) -> None:
        """SourceError for files with data that were written while they were read: half of them may be the old one."""
        changed = [path for path, state in self.states.items() if _state(path) != state]
        if changed:
            raise SourceError(
                Problem(
                    Place(relative(path, self.root)),
                    "was written while it was read.",
                    "Run again when whatever writes it has finished.",
                )
                for path in changed
            )

    @property
    def inputs(self) -> tuple[Path, ...]:
        """The files that the project was read from, stories not among them; nor what queries look into only."""
        asked = {self.root / its.own_file for its in self.settings.sources.values() if its.own_file is not None}
        behind = (path for files in self.files.values() for path in files if path not in asked)
        return tuple(dict.fromkeys((*self.own_files, *behind)))

    @cached_property
    def names(self) -> Mapping[str, object]:
        """What stories, tests and conditions may ask for, by name: the tables, the row of a batch, and variables."""
        row = {} if self.row is None else {ROW: self.row}
        variables = {} if self.settings.given is None else {SET: self.settings.given}
        return {**self.tables, **row, **variables} if row or variables else self.tables

    def in_language(self, language: str) -> Project:
        """The project with documents in another language: its numbers, dates and our own words. What its author wrote
        stays as it is."""
        tables = {name: replace(table, language=language) for name, table in self.tables.items()}
        settings = self.settings.model_copy(update={"language": language})
        return replace(self, settings=settings, tables=tables, whole=self)

    def about(self, row: Row, paper: Paper | None = None) -> Project:
        """The project as the documents see it that are about one row, on another paper where that is said."""
        brand = self.brand if paper is None else replace(self.brand, paper=paper)
        return replace(self, row=row, brand=brand, whole=self)

    @cached_property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """Where the tables disagree, with each other or within themselves."""
        return tuple(contradictions(self.tables)) if self.whole is None else self.whole.contradictions

    @property
    def language(self) -> str:
        return self.settings.language

    @property
    def built_in(self) -> bool:
        return self.root.parent == BUILT_IN


def _state(path: Path) -> object:
    """What changes when a file is written; None where there is none."""
    try:
        found = path.stat()
    except (OSError, ValueError):  # ValueError: a name that no file can have
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


@within_reason
def load_project(
    root: Path,
    progress: Callable[[str], None] = lambda _: None,
    leave: Leave = USUAL,
    part: Narrowing = lambda settings, _: settings,
    said: Sequence[tuple[str, str]] = (),
) -> Project:
    """Read project.toml, brand.toml and every table.

    `said` are the variables that the run sets. `progress` is told of each table; `leave` is what the user said about
    the network for this run; `part` leaves out the tables and charts that nobody asks for, which are not read then.
    What is downloaded becomes the last good copy where its table was read as declared and breaks no rule. Raises
    ProjectError with all problems of all files at once.
    """
    with TemporaryDirectory(prefix="fairsheet-", ignore_cleanup_errors=True) as parts:
        return _loaded(root.resolve(), progress, leave, part, said, Path(parts))


def _loaded(
    root: Path,
    progress: Callable[[str], None],
    leave: Leave,
    part: Narrowing,
    said: Sequence[tuple[str, str]],
    parts: Path,
) -> Project:
    file = read_toml(root / "project.toml", root)
    problems: list[Problem] = []
    outages: list[Problem] = []
    brand, settings = Brand(), None
    try:
        brand = load_brand(root)
    except ProjectError as error:
        problems.extend(error.problems)
    try:
        settings = typeset_settings(validated(ProjectSettings, file))
    except ProjectError as error:
        problems.extend(error.problems)
    if settings is None:
        raise ProjectError(problems)
    brand = typeset_brand(brand, settings.language)
    leave = introduced(root, settings, leave)
    settings = part(with_variables(settings, said), file)
    tables: dict[str, Table] = {}
    warnings: list[Problem] = []
    if brand.template is not None:
        warnings.extend(left_behind(brand.template, read_toml(root / "brand.toml", root).place("template")))
    about = (root / "project.toml", *(p for p in (root / "brand.toml", *brand.files) if p.exists()))
    broken: set[str] = set()
    downloads: dict[str, tuple[Kept, ...]] = {}
    files: dict[str, tuple[Path, ...]] = {}
    states = {path: _state(path) for path in (root / s.own_file for s in settings.sources.values() if s.own_file)}
    for name, table in settings.tables.items():
        if broken & ({table.derived_from} | tables_named(table.query or "")):
            broken.add(name)  # what is wrong with the table below it has been told
            continue
        try:
            if table.derived_from is not None:
                derived, told = derived_table(name, table, tables, file)
                tables[name] = _shown(with_ranges(derived), table, file)
                _refuse(unsaid_scales(name, table, tables[name], file))
                warnings.extend(told)
            else:
                request = request_for(root, file, ("tables", name), table, tables, settings.sources, leave, parts)
                asked = requests(request)
                states.update({one.path: _state(one.path) for one in asked if one.path is not None})
                read, told, downloads[name] = _read_table(name, table, asked, file, settings.given)
                own = table.query is not None and table.connection is None and table.file is None
                tables[name] = _with_common_origin(read, tables) if own else read
                warnings.extend(told)
                files[name] = tuple(one.path for one in asked if one.path is not None)
            dated = with_period(replace(tables[name], language=settings.language), table, file)
            tables[name] = with_prices(dated, table, tables)
            spend(_cells(tables[name]))
            progress(f"table {name}: {len(tables[name])} rows")
        except ProjectError as error:
            problems.extend(error.problems)
            broken.add(name)
        except SourceError as error:
            outages.extend(error.problems)
            broken.add(name)
        except EffortError as error:
            problems.extend(too_much(error, file.place("tables", name)).problems)
            break
    for name in () if outages else tables:
        told = broken_rules(name, settings.tables[name], tables, file, broken)
        problems.extend(told)
        if not told:
            warnings.extend(_kept(downloads.get(name, ())))
    problems.extend(_bad_words(file))
    # A server can repeat a secret in a cell, which what is computed or checked later names again.
    secret = unsaid([*settings.sources.values(), *settings.tables.values()], permission(root, leave), LONG)
    problems, outages, warnings = (list(secret.problems(told)) for told in (problems, outages, warnings))
    if problems:
        raise ProjectError([*problems, *outages])
    if outages:
        raise SourceError(outages)
    behind = _behind(settings, root, files)
    return Project(root, file, settings, brand, tables, tuple(dict.fromkeys(about)), tuple(warnings), behind, states)


def _behind(settings: ProjectSettings, root: Path, read: Mapping[str, tuple[Path, ...]]) -> dict[str, tuple[Path, ...]]:
    """The files that each table rests on, from those that it was `read` from itself."""
    known: dict[str, tuple[Path, ...]] = {}
    known.update((name.casefold(), (root / its.own_file,)) for name, its in settings.sources.items() if its.own_file)
    found: dict[str, tuple[Path, ...]] = {}
    for name, table in settings.tables.items():
        named = {n.casefold() for n in (table.derived_from, *tables_named(table.query or "")) if n is not None}
        below = (path for one in sorted(named & known.keys()) for path in known[one])
        known[name.casefold()] = found[name] = tuple(dict.fromkeys((*read.get(name, ()), *below)))
    return found


def _cells(table: Table) -> int:
    return len(table) * len(table.columns)


def with_ranges(table: Table) -> Table:
    """A derived table whose ranges know the unit of their ends."""
    fields = tuple(
        replace(f, measure=replace(f.measure, unit=f.measure.unit or table.field(str(f.low)).measure.unit))
        if f.measure.type == "range"
        else f
        for f in table.fields
    )
    return replace(table, fields=fields)


def _read_table(
    name: str, settings: TableSettings, asked: tuple[Request, ...], file: TomlFile, variables: Variables | None
) -> tuple[Table, tuple[Problem, ...], tuple[Kept, ...]]:
    """The table that a project declares, read from its source or from several files; what there is to tell; and what
    was downloaded for it.

    Where a download cannot be read, the last good copy stands in if the project says so.
    """
    secret = unsaid((settings, *asked[0].sources.values()), asked[0].permission)
    with secret.kept():
        table, told, downloads = _read_asked(name, settings, asked, file, variables)
    return table, secret.problems(told), downloads


def _read_asked(
    name: str, settings: TableSettings, asked: tuple[Request, ...], file: TomlFile, variables: Variables | None
) -> tuple[Table, tuple[Problem, ...], tuple[Kept, ...]]:
    """The same, as it is told before the secrets are taken out."""
    fetched = tuple(map(fetch, asked))
    downloads = tuple(download for one in fetched for download in one.downloads)
    try:
        return *_read_fetched(name, settings, fetched, file, variables), downloads
    except ProjectError as error:
        earlier = tuple(with_last_good(one, error.problems[0]) if one.downloads else None for one in fetched)
        if not any(earlier):
            raise
        try:
            standing = tuple(old or new for old, new in zip(earlier, fetched, strict=True))
            return *_read_fetched(name, settings, standing, file, variables), ()
        except ProjectError:
            raise error from None


def _kept(downloads: Iterable[Kept]) -> Iterator[Problem]:
    """Make downloads the last good copies; a warning where that is not possible, which stops nothing."""
    for download in downloads:
        try:
            download.keep()
        except OutputError as error:
            message = f"a download could not be kept for the case of an outage: {error}."
            remedy = "Mend that, or name another folder in XDG_CACHE_HOME; this run used the download all the same."
            yield Problem(Place("project.toml"), message, remedy, severity="warning")


def _read_fetched(
    name: str, settings: TableSettings, asked: tuple[Request, ...], file: TomlFile, variables: Variables | None
) -> tuple[Table, tuple[Problem, ...]]:
    """The table, from sources whose downloads are there."""
    at, problems = asked[0].at, list[Problem]()
    sheets: list[Sheet] = []
    sums: list[str] = []
    for request in asked:
        try:
            grid = read_source(request)
            sheets.append(reshape(grid, settings, at))
            sums.append(grid.checksum if request.path is None else file_checksum(request.path))
        except ProjectError as error:
            problems.extend(error.problems)
    if problems:
        raise ProjectError(problems)
    sheet, shown = as_shown(settings, joined(sheets, settings, at))
    checksum = sums[0] if len(sums) == 1 else hashlib.sha256("\n".join(sums).encode()).hexdigest()
    typed = typed_table(name, settings, sheet, file)
    table = replace(typed, checksum=checksum, query=settings.query or "", variables=variables)
    computed, told = with_computed_fields(_shown(table, settings, file), settings, file)
    _refuse(unsaid_scales(name, settings, computed, file, sheet))
    return computed, (*sheet.warnings, *shown, *told)


def _refuse(problems: Iterable[Problem]) -> None:
    """ProjectError where there are problems."""
    found = list(problems)
    if found:
        raise ProjectError(found)


def _with_common_origin(table: Table, tables: Mapping[str, Table]) -> Table:
    """The result of a query over `tables` with the source, date and licence that all of those share which it names."""
    named = tables_named(table.query)
    asked = [one for name, one in tables.items() if name.lower() in named]
    if not asked or len(asked) < len(named):
        return table

    def common(said: str | None, every: Iterable[str | None]) -> str | None:
        found = set(every)
        return said or (found.pop() if len(found) == 1 else None)

    return replace(
        table,
        source=common(table.source, (one.source for one in asked)),
        as_of=common(table.as_of, (one.as_of for one in asked)),
        licence=common(table.licence, (one.licence for one in asked)),
    )


def _shown(table: Table, settings: TableSettings, file: TomlFile) -> Table:
    """The table without what must not be shown, before anything is computed from it."""
    table = replace(table, stale_after=settings.stale_after)
    if settings.minimum_n is None:
        return table
    return without_small_samples(table, settings.minimum_n, file, settings.fields)


def _bad_words(file: TomlFile) -> list[Problem]:
    """Characters in settings that no document can show (TOML's escapes can write them)."""
    problems: list[Problem] = []

    def look(value: object, path: tuple[str | int, ...]) -> None:
        if isinstance(value, str):
            for line in value.split("\n"):
                problems.extend(Problem(file.place(*path), f"'{path[-1]}' {m}", r) for m, r in unprintable(line))
        elif isinstance(value, dict):
            for key, child in value.items():  # pyright: ignore[reportUnknownVariableType]  # TOML holds anything
                look(child, (*path, str(key)))  # pyright: ignore[reportUnknownArgumentType]  # TOML holds anything
        elif isinstance(value, list):
            for index, child in enumerate(value):  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]  # TOML holds anything
                look(child, (*path, index))  # pyright: ignore[reportUnknownArgumentType]  # TOML holds anything

    look(file.content, ())
    return problems
