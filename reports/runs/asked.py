"""What some of a project's outputs ask for, seen in their stories before any of them is bound."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Set
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from msgspec import Struct

from data.declared.needed import Needs, words_in
from data.errors import Place, ProjectError
from data.files.project_path import inside
from data.files.text_file import read_text
from data.files.toml_file import TomlFile
from data.settings.project import ProjectSettings
from reports.writers import keeping

_CHART = re.compile(r"chart:(\w+)")
_PICTURE = re.compile(r"\]\(<?([^()<>]{1,500}\.(?:png|jpe?g|svg))\b", re.IGNORECASE)
_INCLUDED = re.compile(r"\{%[-+]?\s*(?:include|import|from|extends)\b(.*?)%\}", re.DOTALL)
_NAME = re.compile(r"""\s*(?:"([^"]+)"|'([^']+)')\s*(?:$|[-+]$|(?:import|as|ignore|with|without)\b)""")
"""A name that is written out, and what may follow it."""


class StoryFiles(Struct, frozen=True, dict=True):
    """A story's files with what they say, its parts among them; as many as it may include, whatever the data say."""

    root: Path
    path: Path

    @cached_property
    def texts(self) -> Mapping[Path, str]:
        """What the files say; those that cannot be read say nothing here, and are told where they are bound."""
        found: dict[Path, str] = {}
        waiting = [self.path]
        while waiting:
            path = waiting.pop()
            if path in found:
                continue
            try:
                found[path] = read_text(path, self.root)
            except ProjectError:
                continue
            waiting.extend(self._included(found[path]))
        return found

    def _included(self, text: str) -> Iterator[Path]:
        for command in _INCLUDED.findall(text):
            name = _NAME.match(command)
            # a name that is worked out may be any
            named = self.root.rglob("*.md") if name is None else [self.path.parent / (name[1] or name[2])]
            for path in named:
                with suppress(OSError, RuntimeError, ValueError):  # no file can have this name: told where it is bound
                    if path.resolve().is_relative_to(self.root):
                        yield path.resolve()

    @cached_property
    def charts(self) -> frozenset[str]:
        """Names of the charts that are shown for certain."""
        return frozenset(name for text in self.texts.values() for name in _CHART.findall(text))

    @cached_property
    def pictures(self) -> tuple[Path, ...]:
        """The files of pictures that may be shown, and are there."""
        named = {unquote(name) for text in self.texts.values() for name in _PICTURE.findall(text)}
        paths = ((self.root / name).resolve() for name in sorted(named) if "\0" not in name)
        return tuple(path for path in paths if path.is_relative_to(self.root) and path.is_file())

    @property
    def files(self) -> tuple[Path, ...]:
        """All files that it may be read from, pictures among them."""
        return (*self.texts, *self.pictures)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of its files, in one case."""
        return words_in(list(self.texts.values()))

    def holds(self, file: str) -> bool:
        """Whether a place in this file, by its path in the project, may be in the story; yes where nobody can tell."""
        return self.path not in self.texts or any(path == (self.root / file).resolve() for path in self.texts)


def story_files(settings: ProjectSettings, file: TomlFile, root: Path) -> dict[str, StoryFiles]:
    """The files of each output's story; an output whose story has no place in the project is left out."""
    found: dict[str, StoryFiles] = {}
    for name, output in settings.outputs.items():
        try:
            path = inside(root, output.story, file.place("outputs", name, "story"))
        except ProjectError:
            continue  # told where the output is bound
        found[name] = StoryFiles(root.resolve(), path.resolve())
    return found


class Asking(Struct, frozen=True, dict=True):
    """A project as its outputs ask for parts of it: whatever they share is looked at once."""

    settings: ProjectSettings
    file: TomlFile
    stories: Mapping[str, StoryFiles]
    """The files of all outputs, by `story_files`."""

    def part(self, chosen: Collection[str]) -> ProjectSettings:
        """The settings with the tables and charts that these outputs ask for; charts that no story shows are all's."""
        said = self._said(chosen)
        charts = {name: one for name, one in self.settings.charts.items() if name in self._charts(said)}
        needed = self.tables(chosen)
        tables = {name: one for name, one in self.settings.tables.items() if name in needed}
        return self.settings.model_copy(update={"tables": tables, "charts": charts})

    def tables(self, chosen: Collection[str]) -> frozenset[str]:
        """Names of the tables that these outputs ask for."""
        said = self._said(chosen)
        return self._needs.tables(said.union(self._everywhere, *(self._of_chart[name] for name in self._charts(said))))

    def _said(self, chosen: Collection[str]) -> frozenset[str]:
        return frozenset[str]().union(*(self.stories[name].words for name in chosen if name in self.stories))

    def _charts(self, said: Set[str]) -> list[str]:
        return [name for name in self.settings.charts if name.casefold() in said or name not in self._shown]

    @cached_property
    def _shown(self) -> frozenset[str]:
        return frozenset[str]().union(*(its.charts for its in self.stories.values()))

    @cached_property
    def _everywhere(self) -> frozenset[str]:
        """The words of what every output shares."""
        apart = ("tables", "charts", "sources", "outputs")
        return words_in({key: said for key, said in self.file.content.items() if key not in apart})

    @cached_property
    def _of_chart(self) -> Mapping[str, frozenset[str]]:
        return {name: words_in(said) for name, said in self.file.content.get("charts", {}).items()}

    @cached_property
    def _needs(self) -> Needs:
        return Needs(self.settings, self.file.content.get("tables", {}))


def may_show(
    stories: Mapping[str, StoryFiles], settings: ProjectSettings, place: Place, names: Collection[str]
) -> bool:
    """Whether an output, by its name or its writer's among `names`, may show the part at `place`."""
    named = [its for name, its in stories.items() if keeping(name, settings.outputs[name].writer) & set(names)]
    return any(its.holds(place.file) for its in named)
