"""Tries a proposal on the data it was made from: what does not load is proposed as words."""

from __future__ import annotations

import re
import tomllib

from msgspec.structs import replace

from data.declared.as_shown import as_shown
from data.declared.typed import typed_table
from data.errors import Problem, ProjectError
from data.files.toml_file import TomlFile
from data.inspection.proposals.proposed import Proposal, ProposedField
from data.inspection.proposals.section import section
from data.reshape import reshape
from data.settings.project import ProjectSettings
from data.settings.validated import validated
from data.tables.table import Table

_HEAD = 'title = "-"\n'
_TAIL = '\n[outputs.report]\nwriter = "report"\nstory = "-"\n'
"""What a project file must hold beside its tables."""
_COLUMN = re.compile(r"column '(.*?)':? ")
_ROUNDS = 4


def tried(proposal: Proposal) -> tuple[Proposal, Table | None, tuple[Problem, ...]]:
    """The proposal with every column that does not load as declared turned into text, and the table that it gives.

    Where even that does not load there is no table, and the problems say why.
    """
    problems: tuple[Problem, ...] = ()
    for _ in range(_ROUNDS):
        try:
            asked = any(field.choices for field in proposal.fields)
            return proposal, _table(proposal.answered(), asked), ()
        except ProjectError as error:
            problems = error.problems
        wrong = _wrong(proposal, problems)
        if not wrong:
            break
        fields = tuple(_as_text(f, wrong[f.header]) if f.header in wrong else f for f in proposal.fields)
        proposal = replace(proposal, fields=fields)
    return proposal, None, problems


def _table(proposal: Proposal, asked: bool) -> Table:
    """The table; where something is `asked`, its cells are not held against what the sheet shows: the answer is."""
    content = tomllib.loads(f"{_HEAD}{section(proposal, '-')}{_TAIL}")
    file = TomlFile("the proposal", content, {})
    settings = validated(ProjectSettings, file).tables[proposal.name]
    if proposal.grid is None:
        raise ProjectError(())
    sheet = proposal.sheet  # which is all there is to reshape where no shape is proposed
    if sheet is None or proposal.shape:
        sheet = reshape(proposal.framed or proposal.grid, settings, file.place)
    if not asked:
        sheet, _ = as_shown(settings, sheet)
    return typed_table(proposal.name, settings, sheet, file)


def _wrong(proposal: Proposal, problems: tuple[Problem, ...]) -> dict[str, str]:
    """Headers of the columns that the problems speak of, with the first thing that is wrong."""
    headers = {f.header for f in proposal.fields if f.type != "text" or "key" in f.settings}
    found: dict[str, str] = {}
    for problem in problems:
        said = _COLUMN.match(problem.message)
        header = next((h for h in headers if problem.message.startswith(f"column '{h}'")), said[1] if said else "")
        if header in headers:
            place = problem.place.cell or f"line {problem.place.line}"
            found.setdefault(header, f"{place}: {problem.message}")
    return found


def _as_text(field: ProposedField, problem: str) -> ProposedField:
    kept = {key: value for key, value in field.settings.items() if key in ("title", "column")}
    reasons = (f"Not {field.type}: {problem}",)
    return replace(field, settings={**kept, "type": "text"}, reasons=reasons, guess=True, choices=())
