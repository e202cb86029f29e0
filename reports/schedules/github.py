"""GitHub Actions: a workflow file in the repository that the project lies in."""

from __future__ import annotations

import json
import re
from pathlib import Path

from msgspec.structs import replace

from data.errors import Place, ProjectError
from data.files.folder import open_folder
from data.files.world import content_of
from data.network.leave import USUAL, permission
from data.network.needed import needs_of, tells_people
from data.program import HOME, INSTALLED
from reports.schedules.schedule import Schedule, unwritable
from reports.schedules.when import from_cron, told

_SHORTEST = 5
"""Minutes: GitHub begins no workflow more often."""
_FORBIDDEN = re.compile(r"[\x00-\x1f]|\$\{\{")
"""What would be something else in a workflow: line ends, and expressions."""
_BRINGS_APPRISE = re.compile(r"(?m)^[^#\n]*(?:\[[^\]\n]*\b(?:tell|all)\b[^\]\n]*\]|apprise)")
"""A line for pip that installs what messages need."""


def workflow(schedule: Schedule, root: Path, names: tuple[str, ...], hosts: tuple[str, ...]) -> str:
    """The workflow for a project below the repository's folder `root`. Of secrets it holds the names.

    `names` are the environment variables that the project may use, `hosts` those of the local network that it may read.
    Raises ProjectError for a project that lies elsewhere, and for times closer together than GitHub begins runs.
    """
    when = from_cron(schedule.cron)
    if len(when.minutes) > 60 // _SHORTEST:
        raise ProjectError.at(
            Place("--cron"), f"GitHub begins runs every {_SHORTEST} minutes at most.", "Write */5 for the minutes."
        )
    project = Path(schedule.project)
    if not project.is_relative_to(root):
        raise ProjectError.at(
            Place(schedule.project), f"lies outside of {root}.", "Schedule a project of the repository."
        )
    inner = project.relative_to(root).as_posix()
    if _FORBIDDEN.search(inner):
        raise ProjectError.at(Place(repr(inner)), "cannot stand in a workflow.", "Give the folder another name.")
    environment = {
        "PROJECT": inner,
        **{name: f"${{{{ secrets.{name} }}}}" for name in names},
        **({"FAIRSHEET_SECRETS": ",".join(names)} if names else {}),
        **({"FAIRSHEET_HOSTS": ",".join(hosts)} if hosts else {}),
    }
    lines = "".join(f"      {name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in environment.items())
    package = "'.[all]'" if root == HOME else "-r requirements.txt"
    return f"""\
# {told(when)}, {schedule.zone}: made by `schedule install --with github`, which makes it anew.
name: {json.dumps(f"Fairsheet {schedule.name}")}
on:
  schedule:
    - cron: {json.dumps(schedule.cron)}
      timezone: {json.dumps(schedule.zone)}
  workflow_dispatch:
    inputs:
      accept:
        description: "ID of a held edition that is to be published as it is"
        default: ""
      note:
        description: "Why it is to be published"
        default: ""
      trial_message:
        description: "Send everyone who is told of runs a message, whatever comes of this one"
        type: boolean
        default: false
permissions:
  contents: read
concurrency:
  group: {json.dumps(f"fairsheet-{schedule.name}")}
  cancel-in-progress: false
jobs:
  publish:
    runs-on: ubuntu-latest
    timeout-minutes: 60
    env:
{lines}    steps:
      - uses: actions/checkout@v6
      - uses: actions/setup-python@v6
        with:
          python-version: "3.13"
      - run: python -m pip install {package}
      - name: The editions of earlier runs, with which this one is compared
        uses: actions/cache/restore@v5
        with:
          path: published
          key: {json.dumps(f"fairsheet-{schedule.name}-${{{{ github.run_id }}}}")}
          restore-keys: {json.dumps(f"fairsheet-{schedule.name}-")}
      - name: A person accepts a held edition
        if: inputs.accept != ''
        env:
          ACCEPTED: "${{{{ inputs.accept }}}}"
          NOTE: "${{{{ inputs.note }}}}"
        run: {INSTALLED} editions accept "$ACCEPTED" --by "$GITHUB_ACTOR" --note "$NOTE" --to published
      - run: {INSTALLED} publish "$PROJECT" --to published ${{{{ inputs.trial_message && '--trial-message' || '' }}}}
      - name: Keep them for the next run, also where an edition is held
        if: always()
        uses: actions/cache/save@v5
        with:
          path: published
          key: {json.dumps(f"fairsheet-{schedule.name}-${{{{ github.run_id }}}}-${{{{ github.run_attempt }}}}")}
      - uses: actions/upload-artifact@v7
        if: ${{{{ !cancelled() }}}}
        with:
          name: {json.dumps(f"fairsheet-{schedule.name}")}
          path: published/current/
          if-no-files-found: error
"""


def repository(project: Path) -> Path:
    """The folder of the git repository that a project lies in. Raises ProjectError where it lies in none."""
    for folder in (project, *project.parents):
        if (folder / ".git").exists():
            return folder
    remedy = "Put it into one (git init), or name the repository's folder: --out DIR"
    raise ProjectError.at(Place(str(project)), "lies in no git repository.", remedy)


def install(schedule: Schedule, out: Path | None) -> tuple[Schedule, tuple[str, ...]]:
    """Write the workflow into the repository; gives what to tell: what is left to do on GitHub.

    Raises ProjectError where the repository does not say which Fairsheet is meant.
    """
    project = Path(schedule.project)
    root = out.resolve() if out is not None else repository(project)
    if root != HOME and not (root / "requirements.txt").is_file():
        raise ProjectError.at(
            Place(str(root / "requirements.txt")),
            "is missing, which says what GitHub installs Fairsheet from.",
            "Write it, one line for pip: the address of your wheel, or of the repository and version that you use.",
        )
    if Path(schedule.to) != Path("published").absolute():
        raise ProjectError.at(
            Place("--to"), "GitHub's runs publish into a folder of their own, which is kept for the next one.",
            "Leave it away; to bring editions elsewhere, write [deliver.NAME].",
        )  # fmt: skip
    names, hosts = _needed(project)
    path = _path(schedule)
    try:
        with open_folder(root, *path.parent.parts, make=True) as folder:
            folder.write(path.name, workflow(schedule, root, names, hosts).encode())
    except OSError as error:
        raise unwritable(root / path, error) from None
    said = [f"Made {root / path}. Commit it to the default branch: GitHub runs no other."]
    if names:
        said.append(f"Set in the repository's settings, Secrets and variables, Actions: {', '.join(names)}.")
    if 0 in from_cron(schedule.cron).minutes:
        said.append(
            "GitHub is busiest at the full hour, and runs are late then, or left out: a minute such as :17 is better."
        )
    if (
        root != HOME
        and tells_people(project)
        and not _BRINGS_APPRISE.search(content_of(root / "requirements.txt").decode("utf-8", "replace"))
    ):
        said.append(
            f"The project tells people, which needs more than Fairsheet: write {INSTALLED}[tell] in requirements.txt."
        )
    return replace(schedule, files=(str(root / path),)), tuple(said)


def _path(schedule: Schedule) -> Path:
    return Path(".github", "workflows", f"fairsheet-{schedule.name}.yml")


def _needed(project: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The variables that a project may use, and the hosts of the local network that it may read."""
    names = {need.variable for need in needs_of(project) if need.variable and need.allowed}
    return tuple(sorted(names)), tuple(sorted(permission(project, USUAL).hosts))


def remove(schedule: Schedule) -> tuple[str, ...]:
    """Take the workflow away, if it is there."""
    found = [Path(file) for file in schedule.files if Path(file).is_file()]
    for path in found:
        with open_folder(path.parent) as folder:
            folder.remove(path.name)
    return tuple(f"Removed {path}. Commit that: until then GitHub goes on." for path in found)


def missing(schedule: Schedule) -> str | None:
    """Why GitHub will not run a schedule, where that can be seen."""
    gone = [file for file in schedule.files if not Path(file).is_file()]
    return f"{gone[0]} is not there." if gone else None


def look(schedule: Schedule) -> str:
    """Where to look when runs stay away."""
    return f"the repository on GitHub, Actions, Fairsheet {schedule.name}"
