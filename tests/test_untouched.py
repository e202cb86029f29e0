"""Stories of outputs that nothing touched are not read again, and nobody can tell: documents, manifest, warnings and
mistakes are those of a clean build. FAIRSHEET_FULL=1 walks ten times as far."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from random import Random
from shutil import rmtree

import pytest

from data.errors import ProjectError
from reports.runs import read as reading
from reports.runs import write as writing
from reports.runs.bind import Options
from reports.runs.build import build
from tests.test_bad_input import change

STEPS = 140 if os.environ.get("FAIRSHEET_FULL") == "1" else 14
NAMES = ("north", "south", "west")
TOML = """\
title = "Three regions"
language = "en-US"
publisher = "Career Center"

"""
TABLE = """\
[tables.{name}]
file = "tables/{name}.csv"
source = "A survey"
as_of = "2024"
[tables.{name}.fields]
{name}_job = {{ title = "{title} job", type = "text", key = true }}
{name}_pay = {{ title = "{title} pay", type = "money", unit = "USD" }}

[charts.{name}]
table = "{name}"
x = "{name}_pay"
y = "{name}_job"
title = "Pay in the {name}"

[outputs.{name}]
writer = "report"
story = "story/{name}.md"

"""
STORY = """\
# Pay in the {name} {{#pay}}

A nurse earns {{{{ {name}["Nurse"].{name}_pay }}}}.

![Pay](chart:{name})

{{% include "shared.md" %}}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FAIRSHEET_CACHE", "on")
    monkeypatch.setattr(writing.os, "cpu_count", lambda: 1)
    root = tmp_path / "regions"
    (root / "tables").mkdir(parents=True)
    (root / "story").mkdir()
    parts = [TABLE.format(name=name, title=name.title()) for name in NAMES]
    (root / "project.toml").write_text(TOML + "".join(parts), "utf-8")
    (root / "brand.toml").write_text('institution = "Test University"\n', "utf-8")
    (root / "story/shared.md").write_text("Ask an advisor.\n", "utf-8")
    for number, name in enumerate(NAMES):
        cells = f"{name}_job,{name}_pay\nNurse,{50 + number}000\nClerk,{40 + number}000\n"
        (root / f"tables/{name}.csv").write_text(cells, "utf-8")
        (root / f"story/{name}.md").write_text(STORY.format(name=name), "utf-8")
    return root


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the outputs whose stories are read."""
    names: list[str] = []
    plain = reading.read_story

    def counted(charts: object, name: str) -> object:
        names.append(name)
        return plain(charts, name)

    monkeypatch.setattr(reading, "read_story", counted)
    return names


def outcome(root: Path, out: Path, force: bool = False) -> tuple[object, ...]:
    """All that anybody can tell of a build: its files, warnings and mistakes."""
    try:
        found = build(root, out, Options(), overwrite=False, force=force)
    except ProjectError as error:
        return (str(error),)
    files = {path.name: path.read_bytes() for path in out.iterdir() if not path.name.startswith(".")}
    return files, list(map(str, found.warnings)), found.edition, found.documents


def test_only_the_story_is_read_whose_cell_changed(project: Path, tmp_path: Path, read: list[str]) -> None:
    out = tmp_path / "out"
    outcome(project, out)
    assert sorted(read) == sorted(NAMES)
    read.clear()
    change(project, "tables/south.csv", "51000", "52000")
    incremental = outcome(project, out)
    assert read == ["south"]
    assert incremental == outcome(project, tmp_path / "clean", force=True)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("story/shared.md", "advisor", "expert"),
        ("brand.toml", "Test", "Other"),
        ("project.toml", "Three", "Our three"),
        ("project.toml", "publisher", "# a comment\npublisher"),
    ],
)
def test_what_all_rest_on_makes_all_be_read(
    file: str, old: str, new: str, project: Path, tmp_path: Path, read: list[str]
) -> None:
    outcome(project, tmp_path / "out")
    read.clear()
    change(project, file, old, new)
    incremental = outcome(project, tmp_path / "out")
    assert sorted(read) == sorted(NAMES)
    assert incremental == outcome(project, tmp_path / "clean", force=True)


def test_a_table_that_a_condition_asks_counts(project: Path, tmp_path: Path, read: list[str]) -> None:
    change(project, "story/west.md", "![Pay]", "{% if north.count > 2 %}\nMany.\n\n{% endif %}\n![Pay]")
    outcome(project, tmp_path / "out")
    read.clear()
    change(project, "tables/north.csv", "Clerk", "Cook,30000\nClerk")
    incremental = outcome(project, tmp_path / "out")
    assert read == ["north", "west"]
    assert incremental == outcome(project, tmp_path / "clean", force=True)


@pytest.mark.parametrize("key", ["cells", "edition", "inputs", "made_from", "tables"])
def test_a_manifest_that_somebody_changed_is_not_believed(key: str, project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    clean = outcome(project, tmp_path / "clean")
    outcome(project, out)
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    manifest["outputs"]["north"][key] = {} if key in ("cells", "inputs", "tables") else "0" * 64
    (out / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    assert outcome(project, out) == clean


def test_a_claim_that_breaks_is_told_all_the_same(project: Path, tmp_path: Path) -> None:
    change(project, "project.toml", 'title = "Pay in the west"', 'title = "West"\nholds = "south.count == 2"')
    out = tmp_path / "out"
    outcome(project, out)
    change(project, "tables/south.csv", "Clerk", "Cook,30000\nClerk")
    (told,), (anew,) = outcome(project, out), outcome(project, tmp_path / "clean", force=True)
    before = re.sub(r" In the edition before \(\w+\): south.count was 2\.", "", told)
    assert (before != told, before) == (True, anew)


# -- a walk ------------------------------------------------------------------


def _cell(root: Path, random: Random) -> None:
    name = random.choice(NAMES)
    rows = [f"{job},{random.randrange(30, 90)}000\n" for job in ("Nurse", "Clerk", "Cook", "Tutor")]
    kept = rows[: random.randrange(1, 5)]
    (root / f"tables/{name}.csv").write_text(f"{name}_job,{name}_pay\n" + "".join(kept), "utf-8")


def _shared(root: Path, random: Random) -> None:
    said = random.choice(("Ask an advisor.", "Ask {{ north.count }} nurses.", 'Only here.{only="west"}', "Ask."))
    (root / "story/shared.md").write_text(f"{said}\n", "utf-8")


def _story(root: Path, random: Random) -> None:
    name, other = random.choice(NAMES), random.choice(NAMES)
    more = random.choice(
        (
            "",
            f"{{% if {other}.count > 2 %}}\nMany there.\n\n{{% endif %}}\n",
            f'## More {{only="{other}"}}\n\nFor one.\n\n',
            f"![Pay](table:{other})\n\n",
            f'{{{{ {other}["Clerk"].{other}_pay }}}} is little.\n\n',
        )
    )
    text = STORY.format(name=name).replace("![Pay]", f"{more}![Pay]", 1)
    (root / f"story/{name}.md").write_text(text, "utf-8")


def _settings(root: Path, random: Random) -> None:
    text = (root / "project.toml").read_text("utf-8").splitlines()
    text[0] = f'title = "{random.choice(("Three regions", "Regions", "Pay"))}"'
    (root / "project.toml").write_text("\n".join(text) + "\n", "utf-8")


def _document(root: Path, random: Random) -> None:
    """Somebody deletes a document."""
    (root.parent / f"out/{random.choice(NAMES)}.pdf").unlink(missing_ok=True)


CHANGES: tuple[Callable[[Path, Random], None], ...] = (
    _cell,
    _cell,
    _cell,
    _story,
    _story,
    _shared,
    _settings,
    _document,
)


def test_after_any_changes_nobody_can_tell(project: Path, tmp_path: Path, read: list[str]) -> None:
    random, out, clean = Random(5), tmp_path / "out", tmp_path / "clean"
    outcome(project, out)
    spared = 0
    for step in range(STEPS):
        random.choice(CHANGES)(project, random)
        read.clear()
        incremental = outcome(project, out)
        spared += len(NAMES) - len(set(read))
        rmtree(clean, ignore_errors=True)
        assert incremental == outcome(project, clean, force=True), step
    assert spared > STEPS // 4
