"""Second step of a run: documents that were made from the same before are taken from the cache, the rest is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from reports.runs.cache import cache
from reports.runs.read import Progress, Reading
from reports.runs.write import Written, write

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor


def made(
    reading: Reading, pool: ProcessPoolExecutor | None, progress: Progress = lambda _: None, force: bool = False
) -> list[Written]:
    """Every planned output in memory; with `force` all of them are written, else only those that are not in the cache.

    Raises ProjectError as `write` does.
    """
    kept = cache()
    found: dict[str, Written] = {}
    for planned in () if force else reading.outputs:
        content = kept.get(planned.digest)
        if content is not None:
            found[planned.name] = Written(planned, content)
            progress(f"output {planned.file}: {len(content) / 1000:,.0f} KB, as it was made before")
    rest = tuple(planned for planned in reading.outputs if planned.name not in found)
    written = write(replace(reading, outputs=rest), pool, progress)
    kept.put({one.planned.digest: one.content for one in written})
    found.update({one.planned.name: one for one in written})
    return [found[planned.name] for planned in reading.outputs]
