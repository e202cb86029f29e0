"""Every kind of chart, tried with what real tables hold: it is drawn so that nothing touches, or refused with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from charts.alt import describe
from charts.drawn.drawing import draw
from charts.kinds.registry import KINDS
from data.errors import ProjectError
from data.look.brand import Brand
from tests.chart_case import EVERY, ChartCase, cases
from tests.charting import collisions

SIZES = [(250.0, 9.0), (438.0, 9.0), (860.0, 16.0)]
"""Width and size of text, in points: a column of a handout, a report, a slide."""


@pytest.mark.parametrize("case", cases(), ids=str)
def test_a_case_is_drawn_so_that_nothing_touches_or_is_refused_with_the_reason(case: ChartCase, tmp_path: Path) -> None:
    if case.refused is not None:
        with pytest.raises(ProjectError) as caught:
            case.chart(tmp_path)
        assert case.refused in str(caught.value)
        return
    chart, language = case.chart(tmp_path)
    assert chart.kind == case.kind
    assert describe(chart, language)
    for width, size in SIZES:
        drawing = draw(chart, Brand(), language=language, width=width, text_size=size)
        assert list(collisions(drawing)) == [], width
        assert drawing.plot.labels


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_every_case(kind: str) -> None:
    assert set(EVERY) <= {case.name for case in cases(kind)}
