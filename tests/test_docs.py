"""What the guides have a user type is understood, and where they lead to is there."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer

from data.network.leave import USUAL, permission
from data.settings.delivery import TellSettings
from data.settings.project import ProjectSettings
from generate import app
from reports.delivery.send import refuse_unready
from reports.schedules.install import asked_for
from tests.conftest import ROOT

GUIDES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
OF_RUNS = ["docs/schedule.md", "docs/publish.md", "docs/deliver.md"]
_FENCE = re.compile(r"^(`{3,})(\w*)[^\n]*\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
_BEGINS = ("fairsheet ", "python generate.py ")


def blocks(path: str, *kinds: str) -> list[str]:
    """The fenced blocks of a guide that are of one of these kinds."""
    text = (ROOT / path).read_text("utf-8")
    return [content for _, kind, content in _FENCE.findall(text) if kind in kinds]


def commands(path: str) -> list[str]:
    """The command lines of ours in a guide: in blocks, and in the middle of a sentence; no summaries of what is possible."""
    lines = [line.split("  #")[0] for block in blocks(path, "sh", "powershell", "") for line in block.splitlines()]
    prose = _FENCE.sub("", (ROOT / path).read_text("utf-8"))
    lines += re.findall(r"`([^`\n]+)`", prose)
    return [
        line.strip()
        for line in lines
        if line.startswith(_BEGINS) and not re.search(r"[\[|…]| --install-completion", line)
    ]


def parsed(line: str) -> dict[str, Any]:
    """What a command line is understood as. Raises a UsageError of its library's where it is not."""
    words = shlex.split(line.removeprefix("python generate.py").removeprefix("fairsheet"), posix="\\\\" not in line)
    words = [word.strip('"') for word in words]
    command: Any = typer.main.get_command(app)
    context = command.make_context("fairsheet", list(words), resilient_parsing=True)
    name = "fairsheet"
    while hasattr(command, "commands") and words:
        name = words.pop(0)
        found = command.get_command(context, name)
        assert found is not None, f"{line}: there is no command {name}"
        command = found
    return command.make_context(name, words).params


ALL = [(str(path.relative_to(ROOT)), line) for path in GUIDES for line in commands(str(path.relative_to(ROOT)))]


@pytest.mark.parametrize(("guide", "line"), sorted(set(ALL)))
def test_a_command_that_a_guide_shows_is_one(guide: str, line: str) -> None:
    said = parsed(line)
    if said.get("every"):
        asked_for(said["every"], None)


def test_commands_are_found_and_a_wrong_one_is_none() -> None:
    assert len(ALL) >= 30
    assert any("schedule install" in line for _, line in ALL)
    for wrong in ("fairsheet schedule begin fair", "fairsheet schedule install fair --evry daily", "fairsheet allow"):
        with pytest.raises(Exception, match=r"begin|evry|what"):
            parsed(wrong)


def merged(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """Settings with others in addition."""
    both = {**first, **second}
    for name in first.keys() & second.keys():
        if isinstance(first[name], dict):
            both[name] = merged(first[name], second[name])
    return both


@pytest.mark.parametrize(("guide", "block"), [(guide, block) for guide in OF_RUNS for block in blocks(guide, "toml")])
def test_settings_that_a_guide_shows_are_known(guide: str, block: str) -> None:
    example = tomllib.loads((ROOT / "data/machine-learning-engineer/project.toml").read_text("utf-8"))
    ProjectSettings.model_validate(merged(example, tomllib.loads(block)))


def test_addresses_of_mail_that_guides_show_are_written_as_they_must_be(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("apprise", reason="apprise is not installed")
    monkeypatch.setenv("FAIRSHEET_SECRETS", "FAIR_MAIL_URL")
    lines = [line for guide in OF_RUNS for block in blocks(guide, "text") for line in block.splitlines()]
    addresses = [line.removeprefix("FAIR_MAIL_URL=") for line in lines if line.startswith("FAIR_MAIL_URL=")]
    assert len(addresses) == 4
    for address in addresses:
        monkeypatch.setenv("FAIR_MAIL_URL", address)
        refuse_unready("team", TellSettings(url="${FAIR_MAIL_URL}"), permission(tmp_path, USUAL))


def anchors(path: Path) -> set[str]:
    """The names of a guide's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", path.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_a_guide_leads_to_nothing_that_is_not_there(guide: Path) -> None:
    prose = re.sub(r"`[^`]*`", "", _FENCE.sub("", guide.read_text("utf-8")))
    for target in re.findall(r"[^\[]\]\(([^)\s]+)\)", prose):
        if ":" in target:  # elsewhere, or how a story names a chart
            continue
        path, _, anchor = target.partition("#")
        found = (guide.parent / path) if path else guide
        assert found.exists(), f"{guide.name}: {target}"
        if anchor and found.suffix == ".md":
            assert anchor in anchors(found), f"{guide.name}: {target}"
