"""Collects what a refresh does, and tells conflicts until somebody settles them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from reports.powerpoint.record.canonical import digest
from reports.powerpoint.record.record import Open
from reports.refresh.outcomes import Outcome, Verdict


class Teller:
    """The outcomes of one refresh."""

    def __init__(self, still_open: Sequence[Open], settled: bool) -> None:
        """`still_open` are conflicts that were told before; `settled` where a person says that all stay as they are."""
        self._before = {(one.slide, one.shape, one.facet): one for one in still_open}
        self._settled = settled
        self.outcomes: list[Outcome] = []
        self.open: list[Open] = []

    def tell(self, outcome: Outcome) -> None:
        """Note one thing."""
        if outcome.verdict in ("conflict", "kept"):
            mark = Open(outcome.key, outcome.shape, outcome.facet, digest(outcome.theirs.encode()))
            again = self._before.get((mark.slide, mark.shape, mark.facet)) == mark
            if self._settled:
                outcome = replace(outcome, verdict="kept")
            elif again or outcome.verdict == "conflict":
                same = again and outcome.verdict == "kept"  # the data say what they said when it was told
                outcome = replace(outcome, verdict="conflict", again=same)
                self.open.append(mark)
        self.outcomes.append(outcome)


class Speaker:
    """Tells of one slide, and of one shape on it."""

    def __init__(self, teller: Teller, key: str, slide: str, number: int, shape: str = "") -> None:
        self._teller = teller
        self.key, self.slide, self.number, self.shape = key, slide, number, shape

    def of(self, shape: str) -> Speaker:
        """The same for a shape."""
        return Speaker(self._teller, self.key, self.slide, self.number, shape)

    def __call__(self, verdict: Verdict, facet: str = "", was: str = "", theirs: str = "", ours: str = "") -> None:
        """Tell of one side of it."""
        self._teller.tell(
            Outcome(verdict, self.slide, self.shape, facet, was, theirs, ours, self.key, number=self.number)
        )
