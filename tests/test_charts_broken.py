"""Charts that would say something false of their rows are refused: an order turned round, a part left out, a limit
drawn as a value."""

from __future__ import annotations

from pathlib import Path

import pytest

from charts.chart import Chart
from charts.declared import declared_chart
from data.errors import ProjectError
from data.project import load_project
from tests.test_charts_rules import project

TIMES = 't = { type = "text" }\ns = { type = "text" }\nv = { type = "integer" }'
BEFORE = "t,s,v\nBefore,A,50\nAfter,A,61\nBefore,B,70\nAfter,B,75\n"
SLOPE = 'kind = "slope"\nx = "t"\ny = "v"\nseries = "s"'
YEARS = 't = { type = "year" }\ns = { type = "text" }\nv = { type = "integer" }'
LONG = "t,s,v\n2020,A,1\n2021,A,2\n2020,B,3\n2021,B,4\n"
LINE = 'kind = "line"\nx = "t"\ny = "v"\nseries = "s"'
MONEY = 'k = { type = "text", key = true }\nv = { type = "money", unit_field = "u" }\nu = { type = "text" }'
PAY = "k,v,u\nA,100,USD\nB,200,EUR\nC,2000000,JPY\nD,300,USD\n"
PARTS = 't = { type = "text" }\ns = { type = "text" }\nv = { type = "percent" }'
ANSWERS = "t,s,v\nA,Agree,40\nA,Disagree,30\nA,Neither,30\n"


def declared(folder: Path, fields: str, rows: str, chart: str) -> Chart:
    return declared_chart(load_project(project(folder, fields, rows, chart)), "c")


def test_a_slope_keeps_the_order_of_its_times(tmp_path: Path) -> None:
    chart = declared(tmp_path, TIMES, BEFORE, SLOPE)
    assert [str(row["t"].content) for row in chart.table] == ["Before", "After", "Before", "After"]


@pytest.mark.parametrize(
    ("fields", "rows", "chart", "said"),
    [
        (TIMES, BEFORE, f'{SLOPE}\nsort = "descending"', "in the order of time"),
        (YEARS, LONG, f"{LINE}\nrows = 3", "would leave out a part of a series"),
        (YEARS, LONG, f'{LINE}\nhighlight = "top 1"', "here series stand out"),
        (YEARS, LONG.replace("B,", "a,"), LINE, "'A' and 'a' would be two series"),
        (MONEY, PAY, 'x = "v"\ny = "k"\nrows = 2', "values of several units have no order"),
        (MONEY, PAY, 'x = "v"\ny = "k"\nhighlight = "top 1"', "these are in several units"),
        (
            'k = { type = "text", key = true }\nv = { type = "integer", additive = true }',
            "k,v\nA,1\nB,2\nC,3\nD,4\n",
            'x = "v"\ny = "k"\nrows = 2\nothers = "sum"\nhighlight = "top 1"',
            "all others together",
        ),
        (
            PARTS,
            ANSWERS,
            'kind = "stacked"\nx = "v"\ny = "t"\nseries = "s"\ndiverging = true',
            "'s' has no order, and so no middle",
        ),
    ],
)
def test_what_would_say_something_false_is_refused(
    fields: str, rows: str, chart: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(ProjectError, match=said):
        declared(tmp_path, fields, rows, chart)


@pytest.mark.parametrize("kind", ["scatter", "line", "multiples"])
def test_a_limit_is_not_drawn_as_a_value(kind: str, tmp_path: Path) -> None:
    marked = 'v = { type = "integer", missing = { "#" = { meaning = "at least", value = 40 } } }'
    if kind == "scatter":
        fields, rows = (
            f'k = {{ type = "text", key = true }}\nw = {{ type = "integer" }}\n{marked}',
            "k,w,v\nA,1,#\nB,2,3\nC,3,4\n",
        )
        chart = 'kind = "scatter"\nx = "w"\ny = "v"'
    else:
        fields, rows = f't = {{ type = "year" }}\ns = {{ type = "text" }}\n{marked}', LONG.replace("A,1", "A,#")
        chart = LINE.replace('"line"', f'"{kind}"')
    with pytest.raises(ProjectError, match="only a limit"):
        declared(tmp_path, fields, rows, chart)
