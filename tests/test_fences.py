"""A fence line that is missing in a story is told, or no word is lost by it: tried on every built-in story."""

from __future__ import annotations

import os
import random
import re
import shutil
from pathlib import Path

import pytest

from data.errors import ProjectError
from data.project_folder import BUILT_IN, built_in_projects
from reports.document.inlines import plain
from reports.document.tree import passages
from reports.runs.read import Options, read

_FULL = os.environ.get("FAIRSHEET_FULL") == "1"
STORIES = [
    (name, output)
    for name in built_in_projects()
    for output in ("report", "handout", "deck")
    if (BUILT_IN / name / f"story/{output}.md").is_file()
]


def words(root: Path, output: str) -> set[str]:
    """All words of a document."""
    document = read(root, Options(only=(output,))).outputs[0].document
    said = " ".join(plain(passage.content, document.language) for passage in passages(document))
    return set(re.findall(r"[^\W\d_]{2,}", said))


@pytest.mark.parametrize(("name", "output"), STORIES)
def test_a_fence_line_that_is_missing_is_told_or_loses_no_word(name: str, output: str, tmp_path: Path) -> None:
    root = tmp_path / name
    shutil.copytree(BUILT_IN / name, root)
    story = root / f"story/{output}.md"
    lines = story.read_text("utf-8").split("\n")
    whole = words(root, output)
    fences = [number for number, line in enumerate(lines) if re.match(r"\s*:{3,}", line)]
    assert fences
    tried = fences if _FULL else random.Random(9).sample(fences, -(-len(fences) // 10))
    silent: list[str] = []
    for number in tried:
        story.write_text("\n".join((*lines[:number], *lines[number + 1 :])), "utf-8")
        try:
            found = words(root, output)
        except ProjectError:
            continue
        if whole - found:
            silent.append(f"{story.name}:{number + 1}: without '{lines[number]}' are lost: {sorted(whole - found)[:5]}")
    assert silent == []
