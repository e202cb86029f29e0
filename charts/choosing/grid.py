"""Where places stand in a map of tiles, as a table of a project says."""

from __future__ import annotations

from charts.kinds.tilemap import MOST_TILES
from data.errors import ProjectError, nearest
from data.project import Project
from data.tables.value import Value


def grid(project: Project, name: str) -> dict[str, tuple[str, int, int]]:
    """The places of a chart's grid, by their names in small letters; none where its project names no table of them."""
    settings, place = project.settings.charts[name], project.file.place("charts", name, "grid")
    if settings.grid is None:
        return {}
    table = project.tables.get(settings.grid)
    if table is None:
        raise ProjectError.at(place, f"there is no table '{settings.grid}'.", nearest(settings.grid, project.tables))
    key, counts = table.key_field, [field.name for field in table.fields if field.measure.type == "integer"]
    if key is None or "row" not in counts or "column" not in counts:
        raise ProjectError.at(
            place,
            f"table '{table.name}' does not say where places stand.",
            "Give it a key, the name of each place, and the whole numbers row and column.",
        )
    short = "short" if "short" in table.columns else key.name
    places: dict[str, tuple[str, int, int]] = {}
    taken: dict[tuple[int, int], str] = {}
    for row in table:
        called, spot = str(table.columns[key.name][row.index]), tuple(row[one] for one in ("row", "column"))
        numbers = [int(value.number) for value in spot if isinstance(value, Value) and not value.missing]
        if len(numbers) < 2 or not all(0 <= number < MOST_TILES for number in numbers):
            raise ProjectError.at(place, f"'{called}' has no place in the grid.", f"Count from 0, to {MOST_TILES - 1}.")
        other = taken.setdefault((numbers[0], numbers[1]), called)
        if other != called:
            raise ProjectError.at(
                place, f"'{other}' and '{called}' stand on one place of the grid.", "Move one of them."
            )
        places[called.casefold()] = str(table.columns[short][row.index]), numbers[0], numbers[1]
    return places
