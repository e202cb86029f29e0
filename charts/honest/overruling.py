"""Rules are kept, or overruled in the open: a project names those that a chart may break, and its readers are told."""

from __future__ import annotations

from collections.abc import Sequence

from charts.honest.judged import Case, breaches
from charts.honest.rules import RULES, named, overrulable
from data.errors import Place, Problem, ProjectError, nearest


def overruled(case: Case, at: Place) -> tuple[str, ...]:
    """The rules that a chart breaks with its project's leave, which stands at `at`.

    Raises ProjectError for those that it breaks without, and for leave that nobody can give.
    """
    problems = list(_strange(case.settings.allow, at))
    broken: list[str] = []
    for rule, fault in breaches(case):
        broken.append(rule)
        if rule not in case.settings.allow:
            message, remedy = named(rule, fault)
            remedy = f'{remedy} To overrule it, and tell readers so: allow = ["{rule}"].'
            problems.append(Problem(case.place, message, remedy))
    if problems:
        raise ProjectError(problems)
    return tuple(broken)


def _strange(allowed: Sequence[str], at: Place) -> list[Problem]:
    found: list[Problem] = []
    for name in allowed:
        if name not in RULES:
            found.append(Problem(at, f"there is no rule '{name}'.", nearest(name, overrulable())))
        elif not RULES[name].overruled:
            said = f"the rule '{name}' cannot be overruled: no chart of ours is drawn otherwise. {RULES[name].says}"
            found.append(Problem(at, said, "Leave it out."))
    return found
