"""Every kind of chart, tried with what real tables hold: it is drawn so that nothing touches, or refused with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from charts.alt import describe
from charts.drawn.drawing import Drawing, draw
from charts.kinds.registry import KINDS
from data.errors import ProjectError
from data.look.brand import Brand
from tests.chart_case import EVERY, ChartCase, cases
from tests.charting import collisions, patches, texts

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


def narrow(kind: str, name: str, folder: Path) -> Drawing:
    """A case in a column of a handout."""
    case = next(case for case in cases(kind) if case.name == name)
    chart, language = case.chart(folder)
    return draw(chart, Brand(), language=language, width=250.0, text_size=9.0)


@pytest.mark.parametrize(
    ("kind", "name", "said"),
    [
        # an axis with one number says nothing: the ends are said instead
        ("range", "German", {"46.100\u00a0€", "62.000\u00a0€"}),
        ("histogram", "long labels", {"$10,000", "$100,000"}),
        ("bullet", "German", {"Zielvereinbarung"}),
    ],
)
def test_a_narrow_drawing_says_what_a_wide_one_says(kind: str, name: str, said: set[str], tmp_path: Path) -> None:
    assert said <= set(texts(narrow(kind, name, tmp_path)))


def test_lists_of_a_narrow_table_share_their_scale_as_its_columns_do(tmp_path: Path) -> None:
    drawing = narrow("table", "shaded", tmp_path)
    bars = sorted((box for box, _ in patches(drawing)), key=lambda box: box.top)
    first, last = (bars[at].right - bars[at].left for at in (0, 12))
    assert first / last == pytest.approx(83.9 / 96.2, abs=0.005)
