"""Everything that can be wrong with a project, found without a file being written."""

from __future__ import annotations

import re
from pathlib import Path

from data.errors import Place, Problem
from reports.runs.colours import colour_warnings
from reports.runs.read import Options, Progress, Reading, read
from reports.runs.write import second_process, write

_EXAMPLE = re.compile(r"[\w.@/-]*\bexample\.(?:edu|com|org|net)\b[\w/-]*")


def check(root: Path, progress: Progress = lambda _: None) -> tuple[Problem, ...]:
    """Read a project and lay out every output in memory; what is left are warnings.

    Raises ProjectError with all problems.
    """
    with second_process() as pool:
        reading = read(root, Options(), progress)
        write(reading, pool, progress)
    return warnings(reading)


def warnings(reading: Reading) -> tuple[Problem, ...]:
    """What does not stop a build: colours that some cannot read, the example's addresses in a project of one's own.

    example.edu and its like are reserved for documentation (RFC 2606), so nobody can be reached there.
    """
    project = reading.project
    found = colour_warnings(reading)
    if project.built_in:
        return tuple(found)
    texts = [name for name in reading.inputs if name.endswith((".toml", ".md"))]
    for name in texts:
        for number, line in enumerate((project.root / name).read_text("utf-8").splitlines(), 1):
            found.extend(
                Problem(
                    Place(name, number),
                    f"'{address[0]}' is the example's address.",
                    "Put your own in its place.",
                    severity="warning",
                )
                for address in _EXAMPLE.finditer(line)
            )
    return tuple(found)
