"""The words of a built-in project that went along when it was copied: names, statements, addresses, sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import get_args

from pydantic import BaseModel

from data.errors import Place, Problem
from data.files.toml_file import TomlFile, read_toml
from data.files.world import text_of
from data.project import Project
from data.project_folder import BUILT_IN, built_in_projects
from data.settings.brand import BrandSettings
from data.settings.kinds import Printed
from data.settings.project import ProjectSettings
from reports.doubts.example_passages import example_passages, example_tables, said_by
from reports.writers import WRITERS

_ADDRESS = re.compile(r"(?<![\w.@-])(?:https?://)?[\w.@-]*\bexample\.(?:edu|com|org|net)\b[\w/-]*")
"""Under example.edu and its like, which are reserved for documentation (RFC 2606), nobody can be reached."""
_KICKER = re.compile(r'\bkicker="([^"]+)"')
_BRAND = "brand.toml"
_NAMES = ("institution", "unit")
_REMEDY = "Put your own in its place."


def example_words(project: Project, inputs: Iterable[str]) -> Iterator[Problem]:
    """A warning for each of a built-in project's words that is left in `inputs`, the files of another project.

    Words are what a built-in project's settings print of itself: title, publisher, statements; what it says of its
    tables; and its stories. Its charts are about its data, and are told by what they show.
    """
    shipped = [
        (_printed(name, "project.toml", ProjectSettings), _printed(name, _BRAND, BrandSettings))
        for name in built_in_projects()
    ]
    told: set[tuple[str, int | None]] = set()
    for problem in (*_settings(project, [one for one, _ in shipped]), *_brand(project, [two for _, two in shipped])):
        told.add((problem.place.file, problem.place.line))
        yield problem
    names = {one["publisher"] for one, _ in shipped} | {two["institution"] for _, two in shipped}
    kickers = {kicker for name in built_in_projects() for kicker in _kickers(name)} if told else set[str]()
    for name in (n for n in inputs if n.endswith((".toml", ".md"))):
        for number, line in enumerate(text_of(project.root / name).splitlines(), 1):
            if (name, number) not in told:
                yield from _line(Place(name, number), line, names, kickers)
    yield from example_tables(project)
    yield from example_passages(project, (name for name in inputs if name.endswith(".md")))


def _line(place: Place, line: str, names: set[str], kickers: set[str]) -> Iterator[Problem]:
    for address in _ADDRESS.finditer(line):
        yield _told(place, f"'{address[0]}' is the example's address.")
    name = next((name for name in sorted(names, key=len, reverse=True) if name in line), None)
    if name is not None:
        yield _told(place, f"'{name}' is the example's name.")
    for kicker in _KICKER.findall(line):
        if kicker in kickers:
            yield _told(place, f"the kicker '{kicker}' is the example's.")


def _settings(project: Project, shipped: Iterable[Mapping[str, str]]) -> Iterator[Problem]:
    own = {name: str(getattr(project.settings, name)) for name in _words_of(ProjectSettings)}
    same = _same(own, shipped)
    if same == ["kicker"]:
        return  # "Career guide" is what many write; with other words beside it, it is the example's
    for name in same:
        yield _told(project.file.place(name), f"{name} is still that of the example.")


def _brand(project: Project, shipped: Iterable[Mapping[str, str]]) -> Iterator[Problem]:
    """What the brand prints, whether it stands in the file or is only not said there."""
    own = {name: str(getattr(project.brand, name)) for name in _words_of(BrandSettings)}
    same = _same(own, shipped)
    file = read_toml(project.root / _BRAND, project.root) if (project.root / _BRAND).is_file() else None
    if _NAMES[0] not in same and _NAMES[1] in same:
        same.remove(_NAMES[1])  # 'Career Center' is what many are called; with the name before it, it is the example's
    for name in same:
        said = f"{name} is still that of the example"
        yield _told(_place(file, name), f"{said}, '{own[name]}'." if name in _NAMES else f"{said}.")


def _place(file: TomlFile | None, name: str) -> Place:
    return Place(_BRAND) if file is None or name not in file.content else file.place(name)


def _same(own: Mapping[str, str], shipped: Iterable[Mapping[str, str]]) -> list[str]:
    """Names of the settings that hold what a built-in project has in them."""
    return [name for name, said in own.items() if said and any(one.get(name) == said for one in shipped)]


def _words_of(model: type[BaseModel]) -> list[str]:
    """Names of the settings that are words to be printed."""
    printed: object = get_args(Printed)[1]
    return [name for name, field in model.model_fields.items() if printed in field.metadata]


def _printed(project: str, file: str, model: type[BaseModel]) -> dict[str, str]:
    content = said_by(project, file)
    return {name: str(content[name]) for name in _words_of(model) if name in content}


def _kickers(project: str) -> Iterator[str]:
    """What stands over the titles of its handouts; in a report, such a line only says what a section is about."""
    root = BUILT_IN / project
    for output in said_by(project, "project.toml")["outputs"].values():
        if WRITERS[output["writer"]].opens_itself:
            yield from _KICKER.findall(text_of(root / output["story"]))


def _told(place: Place, message: str) -> Problem:
    return Problem(place, message, _REMEDY, "warning")
