"""The guide to charts shows what is drawn: each picture is made from the data and the lines beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from charts.alt import describe
from charts.kinds.registry import KINDS
from tests.charting import collisions
from tests.gallery import PICTURES, Example, examples, on_paper

EXAMPLES = {example.name: example for example in examples()}


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_picture_of_the_guide_is_drawn_from_what_stands_below_it(name: str, tmp_path: Path) -> None:
    example: Example = EXAMPLES[name]
    chart, drawing = example.drawn(tmp_path)
    assert describe(chart, drawing.language) == example.alt, "python -m tests.gallery writes it"
    assert list(collisions(drawing)) == []
    now = on_paper(drawing.svg())
    if now != example.picture.read_bytes():
        result = tmp_path / f"{name}.png"
        result.write_bytes(drawing.png())
        pytest.fail(f"{name} is drawn otherwise: see {result}; python -m tests.gallery takes it as it is now")


def test_every_kind_has_a_picture_and_every_picture_its_example(tmp_path: Path) -> None:
    shown = {example.drawn(tmp_path / name)[0].kind for name, example in EXAMPLES.items()}
    assert shown == set(KINDS)
    assert {path.stem for path in PICTURES.iterdir()} == set(EXAMPLES)
