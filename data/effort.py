"""How much work a project's own text may ask for, counted in steps and never in seconds: the same on any machine."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from msgspec import Struct

from data.errors import Place, ProjectError

MOST = 10_000_000
"""Steps of a run. A step is about as much work as it is to look up one value; a loop over 50,000 rows that prints four
values of each takes less than a million."""
REMEDY = "Take smaller tables, fewer loops within loops, or compute it before, by a query."
_Result = TypeVar("_Result")
_Said = ParamSpec("_Said")


class EffortError(ValueError):
    """A project that asks for more work than a run may take."""


class _Effort(Struct):
    spent: int = 0
    told: ProjectError | None = None
    """Where the work that was too much began: what comes after it is not to blame."""


_RUN: ContextVar[_Effort | None] = ContextVar("effort of the run", default=None)


def too_much(error: EffortError, place: Place) -> ProjectError:
    """The error for work that began at `place`."""
    return blamed(ProjectError.at(place, f"{error}.", REMEDY))


def blamed(error: ProjectError) -> ProjectError:
    """`error`, kept as what to tell of a run that asked for too much work, if it is the first."""
    effort = _RUN.get()
    if effort is not None and effort.told is None and effort.spent > MOST:
        effort.told = error
    return error


def within_reason(work: Callable[_Said, _Result]) -> Callable[_Said, _Result]:
    """A function in which steps are counted from 0; within another such one, from where that one stands.

    What nobody has turned into a `ProjectError` with a better place becomes one here.
    """

    @wraps(work)
    def counted(*args: _Said.args, **kwargs: _Said.kwargs) -> _Result:
        if _RUN.get() is not None:
            return work(*args, **kwargs)
        token = _RUN.set(_Effort())
        try:
            return work(*args, **kwargs)
        except EffortError as error:
            effort = _RUN.get()
            raise (effort and effort.told) or too_much(error, Place("project.toml")) from None
        finally:
            _RUN.reset(token)

    return counted


def spend(steps: int) -> None:
    """Count some steps; EffortError when the run has taken more than it may. Outside of a run nothing is counted."""
    effort = _RUN.get()
    if effort is None:
        return
    effort.spent += steps
    if effort.spent > MOST:
        raise EffortError(f"this asks for more work than a project may: {MOST:,} steps")
