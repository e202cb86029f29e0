"""Rules of honest charts: each has a chart that breaks it and one that nearly does, and is overruled in the open only."""

from __future__ import annotations

from pathlib import Path

import pytest

from charts.chart import Chart
from charts.declared import declared_chart
from charts.honest.rules import RULES, overrulable
from data.errors import ProjectError
from data.language.words import LANGUAGES, words
from data.project import load_project
from reports.document.blocks import AboutData
from reports.document.sources import about
from reports.document.tree import walk
from reports.runs.read import Options, read
from tests.test_charts_honest import project

NAMED = 'k = { type = "text", key = true }\nv = { type = "percent" }'
AXES = 'x = "v"\ny = "k"'
YEARS = 'year = { type = "year" }\nv = { type = "integer" }'
OVER_TIME = 'x = "year"\ny = "v"'
PAY = 'k = { type = "text", key = true }\nn = { type = "integer" }\nv = { title = "Median pay", type = "money", unit = "USD" }'
RATES = (
    'k = { type = "text", key = true }\nv = { type = "percent" }\n'
    'lo = { title = "95% interval, low", type = "percent" }\nhi = { title = "95% interval, high", type = "percent" }'
)
INTERVAL = 'x = "v"\ny = "k"\nlow = "lo"\nhigh = "hi"'
SHARES = f'{AXES}\nkind = "share"'

BREAKS: dict[str, tuple[str, str, str, str, str]] = {
    "colour-meaning": (NAMED, "k,v\nA,1\nB,2\n", f'{AXES}\nhighlight = ["A", "B"]', "", "every row is highlighted"),
    "few-people": (PAY, "k,n,v\nA,3,50000\nB,90,60000\n", AXES, "", "'v' of 'A' rests on 3"),
    "one-whole": (NAMED, "k,v\nA,4.5\nB,3.1\n", SHARES, "", "they add up to 7.6"),
    "share-over-100": (NAMED, "k,v\nA,70\nB,45\n", SHARES, 'whole = "v"', "they add up to 115"),
    "time-steps": (YEARS, "year,v\n2010,1\n2015,2\n2020,3\n2021,4\n", f'{OVER_TIME}\nkind = "bar"', "", "2010 and 2015"),
    "trend": (YEARS, "year,v\n2020,1\n2021,2\n2022,3\n", f'{OVER_TIME}\nalt = "The upward trend"', "", "trend is told of 3 points"),
}  # fmt: skip
"""Rule → fields, rows, chart, more of the table, and what is said."""

NEARLY: dict[str, tuple[str, str, str, str]] = {
    "colour-meaning": (NAMED, "k,v\nA,1\nB,2\nC,3\n", f'{AXES}\nhighlight = ["A", "B"]', ""),
    "few-people": (PAY, "k,n,v\nA,5,50000\nB,90,60000\n", AXES, ""),
    "few-people, which are hidden": (
        PAY, "k,n,v\nA,3,50000\nB,90,60000\nC,91,1\n", AXES, 'minimum_n = { field = "n", value = 4, hides = ["v"] }',
    ),
    "one-whole": (NAMED, "k,v\nA,66.7\nB,33.4\n", SHARES, ""),
    "share-over-100": (NAMED, "k,v\nA,70.4\nB,29.7\n", SHARES, 'whole = "v"'),
    "time-steps": (YEARS, "year,v\n2010,1\n2015,2\n2020,3\n", f'{OVER_TIME}\nkind = "bar"', ""),
    "time-steps, by value": (YEARS, "year,v\n2010,1\n2015,3\n2016,2\n", f'{OVER_TIME}\nkind = "bar"\nsort = "descending"', ""),
    "trend": (YEARS, "year,v\n2020,1\n2021,2\n2022,3\n2023,4\n", f'{OVER_TIME}\nalt = "The upward trend"', ""),
}  # fmt: skip


def declared(folder: Path, fields: str, rows: str, chart: str, table: str = "") -> Chart:
    return declared_chart(load_project(project(folder, fields, rows, chart, table=table)), "c")


@pytest.mark.parametrize("rule", BREAKS)
def test_a_chart_that_breaks_a_rule_is_refused_by_its_name(rule: str, tmp_path: Path) -> None:
    fields, rows, chart, table, said = BREAKS[rule]
    with pytest.raises(ProjectError) as refused:
        declared(tmp_path, fields, rows, chart, table)
    (problem,) = refused.value.problems
    assert str(problem).startswith("project.toml:")
    assert said in problem.message
    assert f"(Rule: {rule}.)" in problem.remedy
    assert f'allow = ["{rule}"]' in problem.remedy


@pytest.mark.parametrize("name", NEARLY)
def test_a_chart_that_nearly_breaks_a_rule_is_drawn(name: str, tmp_path: Path) -> None:
    fields, rows, chart, table = NEARLY[name]
    assert declared(tmp_path, fields, rows, chart, table).overruled == ()


@pytest.mark.parametrize("rule", BREAKS)
def test_a_rule_that_is_overruled_is_told_beside_the_data(rule: str, tmp_path: Path) -> None:
    fields, rows, chart, table, _ = BREAKS[rule]
    root = project(tmp_path, fields, rows, f'{chart}\nallow = ["{rule}"]', table=table)
    document = read(root, Options()).outputs[0].document
    (told,) = [about(table, (), "en-US") for table in document.tables]
    assert (
        f"In the chart “Claim” a rule for honest charts is overruled: {words('en')[f'overruled {rule}']}"
        in told.weaknesses
    )


def test_about_these_data_tells_it_where_an_author_places_it(tmp_path: Path) -> None:
    fields, rows, chart, table, _ = BREAKS["few-people"]
    story = "![C](chart:c)\n\n::: about-data\n:::"
    root = project(tmp_path, fields, rows, f'{chart}\nallow = ["few-people"]', table=table, story=story)
    blocks = walk(read(root, Options()).outputs[0].document.blocks)
    (block,) = [block for block in blocks if isinstance(block, AboutData)]
    assert "overruled" in " ".join(block.tables[0].notes)


def test_what_is_allowed_and_not_done_is_not_told(tmp_path: Path) -> None:
    assert declared(tmp_path, NAMED, "k,v\nA,1\nB,2\n", f'{AXES}\nallow = ["trend"]').overruled == ()


@pytest.mark.parametrize(
    ("allowed", "said"),
    [
        ("log-axis", r"the rule 'log-axis' cannot be overruled"),
        ("bars-from-zero", r"cannot be overruled"),
        ("few-persons", r"there is no rule 'few-persons'\. Did you mean 'few-people'"),
    ],
)
def test_leave_that_nobody_can_give_is_refused(allowed: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=said):
        declared(tmp_path, NAMED, "k,v\nA,1\nB,2\n", f'{AXES}\nallow = ["{allowed}"]')


@pytest.mark.parametrize(
    ("setting", "rule"),
    [
        ('y2 = "w"', "one-axis"),
        ("secondary_axis = true", "one-axis"),
        ("log = true", "log-axis"),
        ('scale = "log"', "log-axis"),
        ("ymin = 80", "bars-from-zero"),
        ('colour = "red"', "colour-meaning"),
        ("depth = 3", "areas"),
    ],
)
def test_a_setting_that_would_mislead_is_answered_with_the_rule(setting: str, rule: str, tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=rf"project\.toml:\d+: '\w+': .* \(Rule: {rule}\.\)"):
        load_project(project(tmp_path, NAMED, "k,v\nA,1\n", f"{AXES}\n{setting}"))


@pytest.mark.parametrize(
    ("fields", "chart", "rule"),
    [
        ('k = { type = "text" }\nv = { type = "percent" }\nw = { type = "money", unit = "USD" }',
         'x = ["v", "w"]\ny = "k"', "one-unit"),
        ('k = { type = "text" }\nv = { type = "money", unit = "EUR" }\nw = { type = "money", unit = "USD" }',
         'x = ["v", "w"]\ny = "k"', "one-unit"),
        ('k = { type = "text" }\nv = { type = "integer" }\nw = { type = "integer" }',
         'x = "k"\ny = "v"\nkind = "line"', "ordered-line"),
    ],
)  # fmt: skip
def test_what_a_kind_refuses_has_the_name_of_its_rule(fields: str, chart: str, rule: str, tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=rf"\(Rule: {rule}\.\)"):
        declared(tmp_path, fields, "k,v,w\nA,10,20\n", chart)


def test_a_sum_is_none_of_its_own_parts(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=r"'Total' is a sum, .* where = \"k != 'Total'\""):
        declared(tmp_path, NAMED, "k,v\nA,60\nB,40\nTotal,100\n", f'{SHARES}\nallow = ["share-over-100"]')


def test_a_mean_of_few_rows_is_one_of_few_people(tmp_path: Path) -> None:
    root = project(
        tmp_path,
        'k = { type = "text" }\nv = { type = "money", unit = "USD" }',
        "k,v\nA,1\nA,2\nA,3\nB,1\nB,2\nB,3\nB,4\nB,5\n",
        AXES,
    )
    settings = root / "project.toml"
    grouped = (
        '[tables.g]\nfrom = "t"\ngroup_by = "k"\n[tables.g.fields]\nk = { type = "text", key = true }\n'
        'v = { type = "money", unit = "USD", value = "group.mean(\'v\')" }\n[charts.c]\ntable = "g"'
    )
    settings.write_text(settings.read_text("utf-8").replace('[charts.c]\ntable = "t"', grouped), "utf-8")
    with pytest.raises(ProjectError, match=r"'v' of 'A' rests on 3"):
        declared_chart(load_project(root), "c")


MARGINS = "k,v,lo,hi\nA,52,{0},{1}\nB,48,{2},{3}\n"


@pytest.mark.parametrize(
    ("bounds", "claim", "stands"),
    [
        ((49, 55, 45, 51), "t['A'].v > t['B'].v", False),
        ((49, 55, 45, 51), "t.top('v').k == 'A'", False),
        # 4 apart, half-widths 2.8 and 2.8: sqrt(2 * 2.8 * 2.8) = 3.96, though the intervals overlap
        (("49.2", "54.8", "45.2", "50.8"), "t['A'].v > t['B'].v", True),
        (("49.1", "54.9", "45.1", "50.9"), "t['A'].v > t['B'].v", False),
        ((49, 55, 45, 51), "t['A'].v == 52", True),
        ((51, 53, 47, 49), "t.top('v').k == 'A'", True),
    ],
)
def test_a_difference_within_the_margin_is_no_claim(
    bounds: tuple[float | str, ...], claim: str, stands: bool, tmp_path: Path
) -> None:
    chart = f'{INTERVAL}\nkind = "range"\nholds = "{claim}"'
    if stands:
        assert declared(tmp_path, RATES, MARGINS.format(*bounds), chart).overruled == ()
        return
    with pytest.raises(ProjectError, match=r"not everywhere within the intervals .*\(Rule: margin\.\)"):
        declared(tmp_path, RATES, MARGINS.format(*bounds), chart)


def test_a_middle_half_is_no_margin(tmp_path: Path) -> None:
    fields = RATES.replace("95% interval, low", "Lower quartile").replace("95% interval, high", "Upper quartile")
    chart = f"{INTERVAL}\nkind = \"range\"\nholds = \"t['A'].v > t['B'].v\""
    assert declared(tmp_path, fields, MARGINS.format(49, 55, 45, 51), chart).overruled == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_readers_are_told_of_each_rule_in_their_language(language: str) -> None:
    assert all(words(language)[RULES[name].overruled] for name in overrulable())


def test_every_rule_says_what_it_forbids_who_says_so_and_what_breaks_it() -> None:
    assert list(RULES) == sorted(RULES)
    assert all(rule.says.endswith(".") and rule.source and rule.example for rule in RULES.values())
    assert set(overrulable()) == {*BREAKS, "margin"}
