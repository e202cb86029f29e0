"""Tables in delimited text files: CSV and TSV."""

from __future__ import annotations

import csv
from pathlib import Path

from data.errors import Place, Problem, ProjectError
from data.sources.sheet import Sheet
from data.text_file import read_text


def read(path: Path, root: Path) -> Sheet:
    """The header and rows of a CSV file (commas) or a TSV file (tabs), every cell as text.

    Raises ProjectError for every row with too few or too many cells, and for a file without header or rows.
    """
    text = read_text(path, root)
    file = path.resolve().relative_to(root.resolve()).as_posix()
    if not text.strip():
        raise ProjectError(Problem(Place(file), "is empty.", "Put a header line and at least one row into it."))
    reader = csv.reader(text.splitlines(keepends=True), delimiter="\t" if path.suffix == ".tsv" else ",", strict=True)
    header: tuple[str, ...] = ()
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    problems: list[Problem] = []
    start = 1
    try:
        for record in reader:
            line, start = start, reader.line_num + 1
            cells = tuple(cell.strip() for cell in record)
            if not any(cells):
                continue
            if not header:
                header = cells
                continue
            if len(cells) != len(header):
                problems.append(
                    Problem(
                        Place(file, line),
                        f"this row has {len(cells)} cells, the header has {len(header)}.",
                        "Add the missing cells, or put quotes around a cell that holds the delimiter.",
                    )
                )
                continue
            rows.append(cells)
            lines.append(line)
    except csv.Error as error:
        problems.append(Problem(Place(file, start), f"cannot be read: {error}.", "Check the quotes around this line."))
    repeated = sorted({name for name in header if header.count(name) > 1})
    if repeated:
        problems.append(
            Problem(Place(file, 1), f"the header says '{repeated[0]}' twice.", "Give every column a name of its own.")
        )
    if not rows and not problems:
        problems.append(Problem(Place(file, 1), "has a header and no rows.", "Add at least one row."))
    if problems:
        raise ProjectError(problems)
    return Sheet(file, header, tuple(rows), tuple(lines))
