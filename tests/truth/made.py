"""What a project makes of its tables: its outputs, each also by itself, and items of its batches, read back as blocks."""

from __future__ import annotations

import re
import tomllib
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from data.errors import ProjectError
from data.look.brand import Brand
from data.project import Project, load_project
from reports.batches.items import Item
from reports.batches.planned import Batch, batch_of
from reports.batches.planned import documents as documents_of
from reports.runs.bind import Options, Planned
from reports.runs.read import Reading, read
from reports.runs.write import written
from tests.truth.shown import ITEM, Block, blocks_of, plain

_T = TypeVar("_T")
_PLACE = re.compile(r"\w[\w/.*-]*\.(?:toml|md|csv)\b")


class Made(NamedTuple):
    """What came of a project: what its documents show, and what kept others from being made."""

    blocks: list[Block]
    stopped: list[str]
    """Messages; the first is that of the whole build, if it stopped."""
    crashed: list[str]
    """What stopped without naming a place."""


class Workshop:
    """Makes a project's documents again and again, in one process that stays warm.

    A document made from the same as in the first round is not written again: its digest, by which builds and batches
    know what stands, is that of all that it shows.
    """

    def __init__(self, batches: Mapping[str, Sequence[str]], alone: bool) -> None:
        self._batches, self._alone = batches, alone
        self._first: dict[tuple[str, str], list[Block]] = {}
        self._begun = False

    def made(self, root: Path) -> Made:
        made = Made([], [], [])
        reading = _tried(made, lambda: self._whole(root, made))
        if (
            reading is None and self._begun and self._alone
        ):  # `build --only` makes an output while others cannot be made
            for name in _outputs(root):
                _tried(made, lambda name=name: self._whole(root, made, name))
        if self._batches:
            project = reading.whole if reading is not None else _tried(made, lambda: load_project(root))
            for name, keys in self._batches.items() if project is not None else ():
                _tried(made, lambda name=name, keys=keys: self._items(project, name, keys, made))
        self._begun = True
        return made

    def _whole(self, root: Path, made: Made, *only: str) -> Reading:
        reading = read(root, Options(only=only))
        made.blocks.extend([b for one in reading.outputs for b in self._blocks(one, reading.project.brand)])
        return reading

    def _items(self, project: Project, name: str, keys: Sequence[str], made: Made) -> None:
        batch = batch_of(project, name, Options())
        for item in batch.items:
            if item.key in keys and item.fault is None:
                made.blocks.extend(_tried(made, lambda item=item: self._item(batch, item)) or ())

    def _item(self, batch: Batch, item: Item) -> list[Block]:
        bound = documents_of(batch, item)
        blocks = [block for one in bound.outputs for block in self._blocks(one, bound.brand)]
        return [Block(block.where, f"{plain(item.key)}{ITEM}{block.text}") for block in blocks]

    def _blocks(self, planned: Planned, brand: Brand) -> list[Block]:
        known = planned.name, planned.digest
        if known in self._first:
            return self._first[known]
        blocks = blocks_of(planned.name, written(planned, brand))
        if not self._begun:
            self._first[known] = blocks
        return blocks


def _tried(made: Made, making: Callable[[], _T]) -> _T | None:
    """What is made, or nothing where a mistake in the data or a fault of the program stops it, which is noted."""
    try:
        return making()
    except ProjectError as error:
        (made.stopped if _PLACE.search(told := str(error)) else made.crashed).append(told)
    except Exception:
        made.crashed.append(traceback.format_exc())
    return None


def _outputs(root: Path) -> list[str]:
    """Of a project, but for those that a batch makes for each row."""
    said = tomllib.loads((root / "project.toml").read_text("utf-8"))["outputs"]
    return [name for name, one in said.items() if "each" not in one]
