"""Claims on the first of a ranking whose lead is no larger than the margin of the two: another sample may turn it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from data.errors import Place, Problem, ProjectError
from data.files.world import text_of
from data.language.show import show
from data.project import Project
from data.sandbox.expressions import evaluate
from data.tables.leads import lead
from data.tables.refusals import MissingError, UnitError
from data.tables.table import Table
from data.tables.value import Value

_RANKED = re.compile(
    r"""\b(?P<table>[A-Za-z]\w*(?:\.(?:where|sorted|head)\((?:[^()]|\([^()]*\))*\))*)"""
    r"""\.(?P<end>top|bottom)\(\s*(?P<mark>['"])(?P<field>\w+)(?P=mark)\s*\)"""
)
"""`t.where(...).top('f')`, as stories and settings ask for it."""


def narrow_leads(project: Project, inputs: Iterable[str]) -> Iterator[Problem]:
    """A warning for each line of `inputs`, the files of the project, that asks for the first row of a ranking which
    the margins leave open."""
    sampled = {name for name, table in project.tables.items() if any(field.sampled for field in table.fields)}
    if not sampled:
        return
    for name in (n for n in inputs if n.endswith((".toml", ".md"))):
        for number, line in enumerate(text_of(project.root / name).splitlines(), 1):
            said = (_told(project, asked, Place(name, number)) for asked in _RANKED.finditer(line))
            yield from dict.fromkeys(problem for problem in said if problem is not None)


def _told(project: Project, asked: re.Match[str], place: Place) -> Problem | None:
    try:
        table = evaluate(asked["table"].replace('\\"', '"'), project.names, place)
        if not isinstance(table, Table) or not table.field(asked["field"]).sampled:
            return None
        found = lead(table, asked["field"], asked["end"] == "top")
        if found is None or found.clear:
            return None
    except (ProjectError, MissingError, UnitError, KeyError):
        return None  # what cannot be worked out here is told where it is
    first, second = (table.row_name(row) for row in (found.first, found.second))
    margin = found.ahead.margin
    half = "" if margin is None or margin.half is None else f", ±{show(Value(margin.half, found.ahead.measure))}"
    return Problem(
        place,
        f"'{first}' and '{second}' are {show(found.ahead)} apart in '{asked['field']}', which lies within the margin of"
        f" the two{half}: another sample may have another {asked['end']}.",
        "Name both, or say that no difference can be seen.",
        "warning",
    )
