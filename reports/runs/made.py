"""Second step of a run: documents that were made from the same before are taken from the cache, the rest is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from reports.runs.cache import cache
from reports.runs.read import Progress, Reading
from reports.runs.write import Writing, Written, write

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor


class Making(Struct, frozen=True):
    """Planned outputs on their way: from the cache, or being written."""

    reading: Reading
    found: dict[str, bytes]
    writing: Writing

    def finished(self, progress: Progress = lambda _: None) -> list[Written]:
        """Every planned output in memory. Raises ProjectError as `Writing.finished` does."""
        for planned in self.reading.outputs:
            if (content := self.found.get(planned.name)) is not None:
                progress(f"output {planned.file}: {len(content) / 1000:,.0f} KB, as it was made before")
        written = self.writing.finished(progress)
        cache().put({one.planned.digest: one.content for one in written})
        contents = self.found | {one.planned.name: one.content for one in written}
        return [Written(planned, contents[planned.name]) for planned in self.reading.outputs]


def make(reading: Reading, pool: ProcessPoolExecutor | None, force: bool = False) -> Making:
    """Begin to make every planned output; with `force` all of them are written, else only those that are not in the
    cache."""
    kept = cache()
    looked = {} if force else {planned.name: kept.get(planned.digest) for planned in reading.outputs}
    found = {name: content for name, content in looked.items() if content is not None}
    rest = tuple(planned for planned in reading.outputs if planned.name not in found)
    return Making(reading, found, write(replace(reading, outputs=rest), pool))
