"""What the edition before said where a claim is false now: the values of its test, as the manifest kept them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from data.errors import Problem
from data.sandbox.claimed import Claimed, FalseClaim
from reports.runs.save import outputs_of


def with_manifest(problems: Iterable[Problem], earlier: Mapping[str, Any]) -> tuple[Problem, ...]:
    """The problems; claims among them with what their tests compared when the documents of a manifest were made."""
    found: dict[Claimed, None] = {}
    for entry in outputs_of(earlier).values():
        try:
            found.update(dict.fromkeys(msgspec.convert(entry.get("claims", []), list[Claimed])))
        except msgspec.ValidationError:  # somebody changed it
            continue
    published = earlier.get("published")
    of = f"{published}, edition {earlier.get('edition')}" if published else f"{earlier.get('edition')}"
    return tuple(recalled(problem, found, f"In the edition before ({of})") for problem in problems)


def recalled(problem: Problem, before: Iterable[Claimed], when: str) -> Problem:
    """A problem; a false claim with the values of its test that were others in the edition `before`."""
    if not isinstance(problem, FalseClaim):
        return problem
    made = [one for one in before if one.test == problem.test and one.true]
    if len(made) != 1:  # of a loop, nobody knows which row it was
        return problem
    now = dict(problem.values)
    other = [f"{written} was {value}" for written, value in made[0].values if now.get(written) != value]
    return replace(problem, message=f"{problem.message} {when}: {'; '.join(other)}.") if other else problem
