"""Who makes a batch's items: this process, several of this machine, or a Dask cluster."""

from __future__ import annotations

from collections.abc import Generator, Sequence

from msgspec import Struct

from data.errors import Place, ProjectError
from data.extras import lacking
from reports.batches.making import MadeItem, Task
from reports.batches.planned import Batch
from reports.batches.processes import Origin, make_items
from reports.runs.read import Progress


class Cluster(Struct, frozen=True):
    """A Dask cluster."""

    scheduler: str | None = None
    """Its address, such as tcp://10.0.0.1:8786; None begins one on this machine."""


def refuse_without_dask() -> None:
    """ProjectError where Dask is not installed."""
    if found := lacking("distributed", "dask"):
        raise ProjectError.at(Place("--engine dask"), f"needs {found.why}.", found.remedy)


class Engine(Struct, frozen=True):
    """What makes items. Whichever it is, the documents are the same to the byte."""

    origin: Origin
    jobs: int
    """Processes, or workers of a cluster that is begun here."""
    cluster: Cluster | None = None
    """None makes them by processes of this machine."""

    def made(self, batch: Batch, tasks: Sequence[Task], progress: Progress) -> Generator[MadeItem, None, None]:
        """What becomes of each item, in the order in which they are done."""
        if self.cluster is None:
            return make_items(batch, self.origin, tasks, self.jobs)
        from reports.batches.afar.cluster import make_items_afar

        return make_items_afar(batch, tasks, self.cluster.scheduler, self.jobs, self.origin.store, progress)
