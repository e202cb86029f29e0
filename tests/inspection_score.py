"""Scores what `inspect` proposes against the truth that was written by hand in inspection_truth.toml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from msgspec import Struct

from data.inspection.look import Trial, look

TRUTH = Path(__file__).with_name("inspection_truth.toml")
_FOOTNOTE = re.compile(r"(?:\s*(?:\[\d+\]|\\\d+\\|[*†‡]+))+$")


class Score(Struct, frozen=True):
    """How many columns of one table were proposed rightly."""

    file: str
    sheet: str
    held_out: bool
    right: int
    columns: int
    wrong: tuple[str, ...]
    uncalled: tuple[str, ...] = ()
    """What is wrong and neither called a guess nor asked."""

    def __str__(self) -> str:
        name = f"{self.file}:{self.sheet}" if self.sheet else self.file
        return "\n    ".join([f"{self.right:3} of {self.columns:3}  {name}", *self.wrong])


def truth() -> dict[str, Any]:
    return tomllib.loads(TRUTH.read_text("utf-8"))


def scores(data: Path, held_out: bool) -> list[Score]:
    """The score of each table whose file is left out while tuning, or of each of the others."""
    written = truth()
    found: list[Score] = []
    for table in written["tables"]:
        if (table["file"] in written["held_out"]) == held_out:
            found.append(_score(data, table, written["columns"][table["columns"]], held_out))
    return found


def share(found: list[Score]) -> float:
    """Columns that are right, of all columns, in percent."""
    return 100 * sum(s.right for s in found) / sum(s.columns for s in found)


def uncalled(found: list[Score]) -> list[str]:
    """Everything wrong that was told as if the file showed it."""
    return [f"{score.file}: {said}" for score in found for said in score.uncalled]


def _score(data: Path, table: dict[str, Any], columns: dict[str, Any], held_out: bool) -> Score:
    trial = look(str(data / table["file"]), table.get("sheet")).trials[0]
    said = _frame(trial, table)
    if said:
        guess = any(
            trial.proposal.shape[key].guess for key in ("header", "notes", "end") if key in trial.proposal.shape
        )
        name = table.get("sheet", "")
        return Score(table["file"], name, held_out, 0, len(columns), (said,), () if guess else (said,))
    wrong = {header: said for header, column in columns.items() if (said := _column(trial, header, column))}
    doubted = {_bare(field.header) for field in trial.proposal.fields if field.guess or field.choices}
    told = tuple(said for header, said in wrong.items() if _bare(header) not in doubted)
    right = len(columns) - len(wrong)
    return Score(table["file"], table.get("sheet", ""), held_out, right, len(columns), tuple(wrong.values()), told)


def _frame(trial: Trial, table: dict[str, Any]) -> str:
    """What is wrong with header and end of the proposed table; "" when both are right and it loads."""
    layout, grid = trial.proposal.layout, trial.proposal.grid
    assert layout is not None
    assert grid is not None
    header, last = [grid.rows[row] for row in layout.header], grid.rows[layout.last]
    if header != table["header"]:
        return f"header {header}, not {table['header']}"
    if last != table["last"]:
        return f"ends in row {last}, not {table['last']}"
    if trial.table is None:
        return f"does not load: {trial.problems[0]}"
    apart = {*table.get("totals", ()), *table.get("sections", ())}
    end = max(row for row in range(table["header"][-1], table["last"] + 1) if row not in apart)
    if max(trial.table.lines) != end:
        return f"the last row read is {max(trial.table.lines)}, not {end}"
    return ""


def _bare(header: str) -> str:
    return " ".join(_FOOTNOTE.sub("", header).split())


def _column(trial: Trial, header: str, column: dict[str, Any]) -> str:
    """What is wrong with one column; "" when type, unit, scale and marks are right."""
    kinds = [column["type"]] if isinstance(column["type"], str) else column["type"]
    field = next((f for f in trial.proposal.fields if _bare(f.header) == _bare(header)), None)
    if field is None:
        empty = any(_bare(name) == _bare(header) for name, _ in trial.proposal.undeclared)
        return "" if empty and "empty" in kinds else f"{header}: not declared"
    if field.type not in kinds:
        return f"{header}: {field.type}, not {' or '.join(kinds)}"
    settings = dict(field.settings)
    for key, usual in (("unit", None), ("unit_field", None), ("scale", "percent"), ("multiply", 1)):
        concerned = key != "scale" or field.type == "percent"
        if concerned and settings.get(key, usual) != column.get(key, usual):
            return f"{header}: {key} {settings.get(key, usual)}, not {column.get(key, usual)}"
    if sorted(field.marks) != sorted(column.get("missing", [])):
        return f"{header}: marks {sorted(field.marks)}, not {sorted(column.get('missing', []))}"
    return ""


if __name__ == "__main__":
    import sys

    for held_out in (False, True):
        found = scores(Path(sys.argv[1]), held_out)
        for one in found:
            print(one)
        print(f"{share(found):.1f}% right; wrong, and not called a guess: {len(uncalled(found))}")
