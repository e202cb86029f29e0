"""Maps of tiles: every place has one tile of one size, coloured by steps that the key names."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from charts.alt import describe
from charts.declared import declared_chart
from charts.kinds.registry import KINDS
from charts.kinds.us_states import CODES, STATES
from data.errors import ProjectError
from data.look.colour import TEXT, contrast
from data.project import load_project
from tests.charting import chart_of, collisions, drawn, patches, texts
from tests.test_charts_honest import project

CHARTS = 2_000 if os.environ.get("FAIRSHEET_FULL") == "1" else 200
NAMES = sorted(name.title().replace(" Of ", " of ") for name in STATES if len(name) > 2 and "washington," not in name)
ALL = [name for name in NAMES if name != "Washington Dc"]


def test_every_state_has_a_tile_of_its_own() -> None:
    assert len(CODES) == len({STATES[code.casefold()][1:] for code in CODES}) == len(ALL) == 51
    assert STATES["california"] == STATES["ca"] == ("CA", 4, 0)


def test_tiles_are_of_one_size_and_say_name_and_value() -> None:
    found = drawn(chart_of("tilemap", ALL, range(51)))
    tiles = [box for box, _ in patches(found) if box.bottom - box.top > 20]
    assert len(tiles) == 51
    assert len({(round(box.right - box.left, 3), round(box.bottom - box.top, 3)) for box in tiles}) == 1
    assert set(texts(found)) >= CODES
    assert "50" in texts(found)


def test_colours_are_steps_with_a_key_and_text_on_them_is_readable() -> None:
    found = drawn(chart_of("tilemap", ALL, range(51)))
    fills = {shape.fill for _, shape in patches(found) if shape.fill}
    assert 3 <= len(fills) <= 5
    on = [(label, shape) for box, shape in patches(found) for label in found.plot.labels
          if shape.fill and box.touches(label.box)]  # fmt: skip
    assert on
    assert all(contrast(label.colour, str(shape.fill)) >= TEXT for label, shape in on)


def test_values_on_two_sides_of_zero_have_two_hues() -> None:
    found = drawn(chart_of("tilemap", ["Ohio", "Utah"], [-5, 5]))
    tiles = [shape.fill for box, shape in patches(found) if shape.fill and box.bottom - box.top > 20]
    assert len(set(tiles)) == 2


def test_a_state_without_a_value_is_outlined_and_the_key_says_why() -> None:
    found = drawn(chart_of("tilemap", ["Ohio", "Utah", "Iowa"], [1, 2, None]))
    assert sum(shape.fill is None for box, shape in patches(found) if box.bottom - box.top > 20) == 49
    assert "not stated" in " ".join(texts(found)).casefold() or "not available" in " ".join(texts(found))


def test_places_that_are_left_out_are_others_and_not_unknown(tmp_path: Path) -> None:
    rows = "".join(f"{name},{len(name)}\n" for name in ALL)
    fields = 'state = { type = "text", key = true }\nv = { type = "integer" }'
    chart = 'kind = "tilemap"\nx = "v"\ny = "state"\nwhere = "state == \'Ohio\' or state == \'Texas\'"'
    root = project(tmp_path, fields, f"state,v\n{rows}", chart)
    said = texts(drawn(declared_chart(load_project(root), "c")))
    assert "others" in said
    assert "not stated" not in said


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["Ohio", "Bavaria"], "'Bavaria' has no tile: it is no state of the US (made.csv:3)"),
        (["Ohio", "OH"], "two rows are 'OH': made.csv:2 and made.csv:3"),
    ],
)
def test_places_that_have_no_tile_or_one_twice_are_refused(names: list[str], said: str) -> None:
    found = KINDS["tilemap"].fault(chart_of("tilemap", names, [1, 2]), "en-US")
    assert found is not None
    assert said in found[0]


GRID = (
    '[tables.g]\nfile = "g.csv"\n[tables.g.fields]\nplace = { type = "text", key = true }\n'
    'row = { type = "integer" }\ncolumn = { type = "integer" }\n[charts.c]\n'
)


def with_grid(folder: Path, rows: str) -> Path:
    fields = 'k = { type = "text", key = true }\nv = { type = "integer" }'
    root = project(folder, fields, "k,v\nNorth,1\nSouth,2\n", 'x = "v"\ny = "k"\nkind = "tilemap"\ngrid = "g"')
    settings = root / "project.toml"
    settings.write_text(settings.read_text("utf-8").replace("[charts.c]\n", GRID), "utf-8")
    (root / "g.csv").write_text(rows, "utf-8")
    return root


def test_any_grid_may_be_given_as_a_table(tmp_path: Path) -> None:
    root = with_grid(tmp_path, "place,row,column\nNorth,0,0\nSouth,1,0\n")
    found = drawn(declared_chart(load_project(root), "c"))
    assert [text for text in texts(found) if text in ("North", "South")] == ["North", "South"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("place,row,column\nNorth,0,0\nSouth,0,0\n", "'North' and 'South' stand on one place"),
        ("place,row,column\nNorth,0,0\nSouth,-1,0\n", "'South' has no place in the grid"),
        ("place,row,column\nNorth,0,0\n", "'South' has no tile: the chart's grid has no such place"),
    ],
)
def test_a_grid_that_does_not_fit_is_refused(rows: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=said):
        declared_chart(load_project(with_grid(tmp_path, rows)), "c")


def test_it_is_described() -> None:
    assert describe(chart_of("tilemap", ["Ohio", "Utah"], [1, 2]), "en-US").startswith(
        "Tile map: Amount by Name. Ohio: 1"
    )
    assert "51 values, highest 50 (Wyoming)" in describe(chart_of("tilemap", ALL, range(51)), "en-US")


@pytest.mark.parametrize("language", ["en-US", "de-DE", "fr-FR", "es-ES"])
def test_labels_touch_nothing(language: str) -> None:
    rng = random.Random(11)
    for _ in range(CHARTS // 8):
        size = 10 ** rng.randint(0, 9)
        names = rng.sample(ALL, rng.choice((1, 20, 51)))
        numbers = [None if rng.random() < 0.1 else round(rng.gauss(rng.choice((0, 5)), 1) * size) for _ in names]
        chart = chart_of("tilemap", names, numbers, highlight=names[:2])
        for width, more in ((rng.choice((250, 438)), {}), (860, {"text_size": 18.0, "height": 330.0})):
            assert not list(collisions(drawn(chart, width, language, **more)))


def test_a_tile_keeps_its_name_and_shortens_a_long_value_by_itself() -> None:
    shown = texts(drawn(chart_of("tilemap", ["Ohio", "Utah", "Iowa"], [39_510_000, 7, 12_500])))
    assert {"OH", "39.5M", "UT", "7", "IA", "12,500"} <= set(shown)


def test_a_colour_is_that_of_the_number_as_it_is_shown() -> None:
    numbers = [0, 19.96, 20.0, 40]
    found = drawn(chart_of("tilemap", ["Ohio", "Utah", "Iowa", "Maine"], numbers, "integer"))
    tiles = {label.text: shape.fill for box, shape in patches(found) for label in found.plot.labels
             if shape.fill and box.touches(label.box)}  # fmt: skip
    assert tiles["UT"] == tiles["IA"]


def test_the_key_says_what_is_measured_and_one_number_has_one_colour() -> None:
    shown = texts(drawn(chart_of("tilemap", ["Ohio", "Utah"], [410, 410], title="Graduates")))
    assert "Graduates" in shown
    assert shown.count("410") == 3
    assert "411" not in shown
