"""The header of a text file that is only queried: a name that it says twice is refused, as in tables."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from data.errors import Place, Problem, ProjectError

_LONGEST = 1 << 20
"""Bytes of a header; what is longer is none."""


def refuse_repeated_names(path: Path, file: str, delimiter: str, quote: str) -> None:
    """ProjectError for a header that says a name twice: of the two columns only one could be asked for."""
    with path.open("rb") as stream:
        line = stream.readline(_LONGEST).decode("utf-8-sig", "replace").rstrip("\r\n")
    how = csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE
    empty: list[str] = []
    names = next(csv.reader([line], delimiter=delimiter, quotechar=quote or '"', quoting=how), empty)
    counts = Counter(name.strip() for name in names if name.strip())
    repeated = [name for name, count in counts.items() if count > 1]
    if repeated:
        raise ProjectError(
            Problem(
                Place(file, 1),
                f"the header says '{repeated[0]}' twice.",
                "Give every column a name of its own.",
            )
        )
