"""Missing is not zero: marks keep their meaning, limits stay limits, small samples stay hidden."""

from __future__ import annotations

import re
import statistics
import zipfile
import zlib
from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from charts.chart import Chart
from charts.drawn.drawing import draw
from data.declared.disclosure import _hidden_rows
from data.errors import Place, ProjectError
from data.language.show import show
from data.look.brand import Brand
from data.project import Project, load_project
from data.sandbox.expressions import holds, rows_where
from data.tables.aggregate import median
from data.tables.contradictions import contradictions
from data.tables.table import Row, Table
from data.tables.value import Mark, Measure, MissingError, UnitError, Value
from generate import app
from reports.document.sources import about, files_line, source_line

USD = Measure("money", "USD")


def exactly(number: int) -> Value:
    return Value(Decimal(number), USD)


def at_least(number: int) -> Value:
    return Value(Decimal(number), USD, (), Mark("at least"))


def at_most(number: int) -> Value:
    return Value(Decimal(number), USD, (), Mark("at most"))


# -- limits ------------------------------------------------------------------------


def test_a_limit_is_shown_as_one() -> None:
    assert show(at_least(239200)) == "at least $239,200"
    assert show(at_least(239200), "label") == "≥ $239,200"
    assert show(at_least(239200), "number") == "at least 239,200"
    assert show(at_least(3), "words") == "at least three"
    assert show(at_most(5), "rounded", "de-DE") == "höchstens 5\xa0$"


def test_a_limit_is_rounded_so_that_it_stays_true() -> None:
    percent = Measure("percent", None, 1)
    assert show(Value(Decimal("0.04"), percent, (), Mark("at most"))) == "at most 0.1%"
    assert show(Value(Decimal("0.09"), percent, (), Mark("at least"))) == "at least 0.0%"


def test_a_limit_that_is_shortened_stays_true_too() -> None:
    assert show(at_least(1_250_000), "label") == "≥ $1.2M"
    assert show(at_most(1_240_000), "label") == "≤ $1.3M"
    assert show(at_least(999_990_000), "label") == "≥ $999.9M"
    assert show(at_most(999_999), "label") == "≤ $999,999"


def test_sums_with_a_limit_say_at_least() -> None:
    assert show(at_least(200) + exactly(50)) == "at least $250"
    assert show(exactly(500) - at_least(200)) == "at most $300"
    assert show(at_least(200) * 2) == "at least $400"
    assert show(at_least(200) / 2) == "at least $100"


def test_two_limits_in_opposite_directions_leave_nothing_known() -> None:
    with pytest.raises(MissingError, match="one from below and one from above"):
        at_least(200) + at_most(50)


def test_a_limit_has_no_ratio() -> None:
    with pytest.raises(MissingError, match="only a limit is known"):
        at_least(200) / exactly(100)


def test_a_limit_compares_only_where_it_decides() -> None:
    assert at_least(200) > exactly(100)
    assert exactly(100) < at_least(200)
    assert not at_least(200) < 100
    with pytest.raises(MissingError):
        _ = at_least(200) > exactly(300)
    with pytest.raises(MissingError):
        _ = at_most(200) < 100


@given(st.integers(1, 1000), st.integers(0, 1000), st.integers(1, 1000), st.integers(0, 1000))
def test_what_is_computed_with_limits_is_true_of_every_value_they_allow(a: int, above: int, b: int, over: int) -> None:
    total = at_least(a) + at_least(b)
    assert total.mark is not None
    assert total.number <= (a + above) + (b + over)
    difference = exactly(b) - at_least(a)
    assert difference.mark == Mark("at most")
    assert difference.number >= b - (a + above)


# -- marks in files ------------------------------------------------------------------

PROJECT = """\
title = "Pay"
[tables.pay]
file = "pay.csv"
missing = { "*" = "suppressed", "na" = "not available", "z" = { meaning = "not applicable", note = "no such job" }, "#" = { meaning = "at least", value = 239200 } }
[tables.pay.fields]
job = { title = "Job", type = "text", key = true }
pay = { title = "Pay", type = "money", unit = "USD", additive = true }
n = { title = "Answers", type = "integer" }
[outputs.report]
writer = "report"
story = "report.md"
"""


def tables(folder: Path, rows: str, project: str = PROJECT) -> dict[str, Table]:
    (folder / "project.toml").write_text(project, "utf-8")
    (folder / "pay.csv").write_text("job,pay,n\n" + rows, "utf-8")
    (folder / "report.md").write_text("# Pay\n", "utf-8")
    return load_project(folder).tables


def test_marks_keep_their_meaning(tmp_path: Path) -> None:
    pay = tables(tmp_path, "a,*,1\nb,na,1\nc,z,1\nd,#,1\ne,,1\n")["pay"]
    shown = [show(row["pay"]) for row in pay]
    assert shown == ["not published", "not available", "not applicable", "at least $239,200", "not stated"]


def test_a_mark_may_mean_something_else_in_one_column(tmp_path: Path) -> None:
    hourly = 'hourly = { type = "money", unit = "USD", column = "n", missing = { "#" = { meaning = "at least", value = 115 }, "-" = "not applicable" } }'
    pay = tables(
        tmp_path, "a,#,#\nb,*,*\nc,1,-\n", PROJECT.replace('n = { title = "Answers", type = "integer" }', hourly)
    )
    shown = [[show(row[field]) for field in ("pay", "hourly")] for row in pay["pay"]]
    assert shown == [["at least $239,200", "at least $115"], ["not published"] * 2, ["$1", "not applicable"]]


def test_a_suppressed_value_is_named_when_it_is_needed(tmp_path: Path) -> None:
    pay = tables(tmp_path, "a,*,1\nb,5,1\n")["pay"]
    with pytest.raises(MissingError, match="the cell is suppressed"):
        pay.sum("pay")


def test_top_coded_values_tie(tmp_path: Path) -> None:
    pay = tables(tmp_path, "a,#,1\nb,#,1\nc,100,1\n")["pay"]
    with pytest.raises(MissingError):
        pay.top("pay")
    assert [row.key for row in pay.sorted("pay", descending=True)] == ["a", "b", "c"]


SUMMARIES = ("sum", "mean", "median", "top", "bottom")


@pytest.mark.parametrize("summary", SUMMARIES)
@pytest.mark.parametrize(
    ("mark", "why"), [("*", "suppressed"), ("na", "not available"), ("z", "not applicable"), ("", "empty")]
)
def test_no_summary_is_of_fewer_rows_than_it_speaks_of(tmp_path: Path, summary: str, mark: str, why: str) -> None:
    pay = tables(tmp_path, f"a,5,1\nb,{mark},1\nc,9,1\n")["pay"]
    with pytest.raises(MissingError) as refused:
        getattr(pay, summary)("pay")
    assert str(refused.value) == f"'pay' has no value in 1 of 3 rows, the cell is {why} ('pay' in pay.csv:3)"
    assert refused.value.remedy == "Leave them out: .where('pay != None')."
    chosen = rows_where(pay, "pay != None", Place(""))
    found = getattr(chosen, summary)("pay")
    assert show(found["pay"] if isinstance(found, Row) else found) in ("$14", "$7", "$9", "$5")


GROUPED = PROJECT.replace(
    "[outputs.report]",
    """[tables.by_n]
from = "pay"
group_by = "n"
[tables.by_n.fields]
n = { type = "integer", key = true }
pay = { type = "money", unit = "USD", value = "group.SUMMARY('pay')" }
[outputs.report]""",
)


@pytest.mark.parametrize("summary", ["sum", "mean", "median"])
def test_a_group_that_lacks_a_value_has_no_summary_and_it_is_told(tmp_path: Path, summary: str) -> None:
    loaded = grouped(tmp_path, "a,5,1\nb,*,1\nc,9,2\nd,,3\n", GROUPED.replace("SUMMARY", summary))
    assert [show(row["pay"]) for row in loaded.tables["by_n"]] == ["not published", "$9", "not stated"]
    (told,) = loaded.warnings
    assert told.severity == "warning"
    assert (
        "'pay' has no value for '1' and 1 more: 'pay' has no value in 1 of 2 rows, the cell is suppressed"
        in told.message
    )


def test_a_gap_that_the_source_explains_is_only_noted(tmp_path: Path) -> None:
    loaded = grouped(tmp_path, "a,5,1\nb,*,1\n", GROUPED.replace("SUMMARY", "sum"))
    assert [told.severity for told in loaded.warnings] == ["note"]


def test_a_group_says_which_rows_it_means(tmp_path: Path) -> None:
    chosen = GROUPED.replace("group.SUMMARY", "group.where('pay != None').mean")
    loaded = grouped(tmp_path, "a,5,1\nb,*,1\nc,9,1\n", chosen)
    assert [show(row["pay"]) for row in loaded.tables["by_n"]] == ["$7"]
    assert loaded.warnings == ()


def test_rows_in_no_group_are_told(tmp_path: Path) -> None:
    loaded = grouped(tmp_path, "a,5,1\nb,6,\nc,9,na\n", GROUPED.replace("SUMMARY", "sum"))
    (told,) = loaded.warnings
    assert told.message == "2 of 3 rows of 'pay' have no 'n' and are in no group, the cell is empty ('n' in pay.csv:3)."
    assert told.remedy == 'Leave them out on purpose: where = "n != None".'


def grouped(folder: Path, rows: str, project: str) -> Project:
    tables(folder, rows, project)
    return load_project(folder)


def test_a_few_limits_at_its_end_leave_a_median_exact(tmp_path: Path) -> None:
    pay = tables(tmp_path, "a,#,1\nb,5,1\nc,7,1\n")["pay"]
    assert show(pay.median("pay")) == "$7"
    assert show(tables(tmp_path, "a,#,1\nb,5,1\n")["pay"].median("pay")) == "at least $119,602"
    assert show(pay.mean("pay"), "exact").startswith("at least $79,737.33")


KINDS = {"at least": at_least, "at most": at_most, "exactly": exactly}


@given(
    st.lists(st.tuples(st.sampled_from(list(KINDS)), st.integers(0, 20), st.integers(0, 30)), min_size=1, max_size=7)
)
def test_a_median_with_limits_is_true_of_every_value_they_allow(numbers: list[tuple[str, int, int]]) -> None:
    values = [KINDS[kind](number) for kind, number, _ in numbers]
    possible = [n + off if kind == "at least" else n - off if kind == "at most" else n for kind, n, off in numbers]
    true = Decimal(str(statistics.median(possible)))
    try:
        found = median(values)
    except MissingError:
        assert {kind for kind, _, _ in numbers} >= {"at least", "at most"}
        return
    if found.mark is None:
        assert found.number == true
    else:
        assert found.number <= true if found.mark.meaning == "at least" else found.number >= true


def test_values_of_two_currencies_have_no_median() -> None:
    pounds = Value(Decimal(5), Measure("money", "GBP"))
    with pytest.raises(UnitError):
        median([exactly(5), pounds, exactly(7)])


def test_a_limit_needs_its_value(tmp_path: Path) -> None:
    broken = PROJECT.replace(", value = 239200", "")
    with pytest.raises(ProjectError, match="need value = the limit"):
        tables(tmp_path, "a,1,1\n", broken)


# -- small samples -------------------------------------------------------------------

HIDING = PROJECT.replace("[tables.pay.fields]", 'minimum_n = { field = "n", value = 10 }\n[tables.pay.fields]')


def test_values_from_too_few_answers_are_hidden_and_another_row_with_them(tmp_path: Path) -> None:
    pay = tables(tmp_path, "a,100,50\nb,200,3\nc,300,12\nd,400,40\n", HIDING)["pay"]
    assert [show(row["pay"]) for row in pay] == ["$100", "not shown", "not shown", "$400"]
    assert [show(row["n"]) for row in pay] == ["50", "not shown", "not shown", "40"]
    assert pay.minimum_n == 10


def test_the_decimals_of_a_column_do_not_tell_of_hidden_values(tmp_path: Path) -> None:
    rows = "a,100,50\nb,200.25,3\nc,300.5,12\nd,400,40\n"
    assert [show(row["pay"]) for row in tables(tmp_path, rows, HIDING)["pay"]] == ["$100", *["not shown"] * 2, "$400"]
    declared = HIDING.replace('unit = "USD"', 'unit = "USD", decimals = 2')
    assert show(tables(tmp_path, rows, declared)["pay"].first["pay"]) == "$100.00"


def test_nothing_is_hidden_where_all_samples_are_large_enough(tmp_path: Path) -> None:
    assert tables(tmp_path, "a,100,50\nb,200,10\n", HIDING)["pay"].minimum_n is None


@given(st.lists(st.integers(0, 60), min_size=1, max_size=12), st.integers(2, 20))
def test_a_hidden_cell_cannot_be_had_from_a_total(counts: list[int], least: int) -> None:
    answers: list[Decimal | None] = [Decimal(n) for n in counts]
    hidden = _hidden_rows(list(range(len(counts))), answers, least)
    assert all(i in hidden for i, n in enumerate(counts) if 0 < n < least)
    if hidden and len(counts) > len(hidden):
        assert len(hidden) >= 2
        assert sum(counts[i] for i in hidden) >= least


SECRET = "987654"


def every_byte(path: Path) -> bytes:
    """A file's content with everything unpacked that can be: zip parts, PDF streams."""
    if path.suffix == ".pptx":
        with zipfile.ZipFile(path) as package:
            return b"\n".join(package.read(name) for name in package.namelist())
    if path.suffix == ".pdf":
        parts = [path.read_bytes()]
        with pikepdf.open(path) as pdf:
            for item in pdf.objects:
                if isinstance(item, pikepdf.Stream):
                    try:
                        parts.append(item.read_bytes())
                    except (pikepdf.PdfError, zlib.error):
                        parts.append(item.read_raw_bytes())
                else:
                    parts.append(repr(item).encode())
        return b"\n".join(parts)
    return path.read_bytes()


def test_hidden_values_are_in_no_byte_of_any_output(small_project: Path, tmp_path: Path, tool: object) -> None:
    settings = small_project / "project.toml"
    text = settings.read_text("utf-8").replace(
        "[tables.pay.fields]",
        'minimum_n = { field = "n", value = 10 }\n[tables.pay.fields]\nn = { title = "Answers", type = "integer" }\n'
        'double = { title = "Double", type = "money", unit = "USD", value = "salary * 2" }',
    )
    settings.write_text(text, "utf-8")
    (small_project / "tables/pay.csv").write_text(
        f"job,salary,n\nEngineer,1200000,90\nAnalyst,1100000,80\nClerk,{SECRET},3\nCook,876543,11\n", "utf-8"
    )
    for path in small_project.rglob("*.*"):
        if path.suffix in (".toml", ".md"):
            shown = path.read_text("utf-8")
            for end in ("top", "bottom"):
                shown = shown.replace(f"pay.{end}(", f"pay.where('salary != None').{end}(")
            path.write_text(shown, "utf-8")
    report = small_project / "story/report.md"
    report.write_text(report.read_text("utf-8") + "\n![All](table:pay)\n", "utf-8")
    result = CliRunner().invoke(app, ["build", str(small_project), "--out", str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    found = sorted((tmp_path / "out").iterdir())
    assert {p.suffix for p in found} == {".pdf", ".pptx", ".json"}
    variants = [
        variant
        for number in (SECRET, "876543", str(2 * int(SECRET)), str(2 * 876543))
        for variant in (number, f"{int(number):,}", f"{int(number):,}".replace(",", "."), f"{int(number) / 1e6:.1f}M")
    ]
    for path in [*found, *(p for p in small_project.rglob("*") if p.is_file() and p.suffix not in (".csv", ".toml"))]:
        content = every_byte(path).decode("latin-1")
        for variant in variants:
            assert not re.search(rf"(?<![\d.]){re.escape(variant)}(?!\d)", content), f"{variant} in {path.name}"


# -- contradictions --------------------------------------------------------------------

TWO = """\
title = "Shares"
[tables.hiring]
file = "hiring.csv"
whole = "share"
[tables.hiring.fields]
industry = { title = "Industry", type = "text", key = true }
share = { title = "Share", type = "percent", additive = true }
[tables.employing]
file = "employing.csv"
[tables.employing.fields]
industry = { title = "Industry", type = "text", key = true }
share = { title = "Share", type = "percent" }
low = { title = "Low", type = "percent" }
high = { title = "High", type = "percent" }
span = { title = "Span", type = "range", of = "percent", low = "low", high = "high" }
average = { title = "Average", type = "percent" }
[outputs.report]
writer = "report"
story = "report.md"
"""


def test_tables_that_disagree_are_found(tmp_path: Path) -> None:
    (tmp_path / "project.toml").write_text(TWO, "utf-8")
    (tmp_path / "hiring.csv").write_text("industry,share\nTechnology,35\nFinance,25\nHealth,50\n", "utf-8")
    (tmp_path / "employing.csv").write_text(
        "industry,share,low,high,average\nTechnology,40,10,20,25\nFinance,25,1,2,1.5\n", "utf-8"
    )
    found = contradictions(load_project(tmp_path).tables)
    told = [(c.about, show(c.one), show(c.other)) for c in found]
    assert told == [("Technology", "35%", "40%"), ("Share", "110%", "100%"), ("Technology", "25.0%", "20%")]


def test_tables_that_differ_nearly_everywhere_measure_different_things(tmp_path: Path) -> None:
    (tmp_path / "project.toml").write_text(TWO, "utf-8")
    (tmp_path / "hiring.csv").write_text("industry,share\nTechnology,35\nFinance,25\nHealth,5\n", "utf-8")
    (tmp_path / "employing.csv").write_text(
        "industry,share,low,high,average\nTechnology,40,10,20,10\nFinance,30,10,20,10\nHealth,5,10,20,10\n", "utf-8"
    )
    assert not contradictions(load_project(tmp_path).tables)


def test_a_top_coded_bar_ends_in_a_point_and_says_so(tmp_path: Path) -> None:
    pay = tables(tmp_path, "Surgeon,#,1\nNurse,80000,1\nClerk,*,1\n")["pay"]
    chart = Chart("pay", pay, "bar", "job", ("pay",))
    drawing = draw(chart, Brand(), language="en-US", width=300)
    assert [label.text for label in drawing.plot.labels if "$" in label.text or "not" in label.text] == [
        "≥ $239,200", "$80,000", "not published",
    ]  # fmt: skip
    assert sorted(len(shape.points) for shape in drawing.plot.shapes if shape.fill) == [4, 5]  # a bar, one with a point
    assert "at least $239,200" in drawing.alt or "≥ $239,200" in drawing.alt


def test_a_limit_decides_where_it_is_the_number_itself(tmp_path: Path) -> None:
    assert at_least(200) >= 200
    assert at_most(200) <= exactly(200)
    assert exactly(200) <= at_least(200)
    with pytest.raises(MissingError):
        _ = at_least(200) > 200
    with pytest.raises(MissingError):
        _ = at_most(200) < 200
    coded = (
        '[tables.coded]\nfrom = "pay"\nwhere = "pay != None and pay >= 239200"\nfields = { job = { type = "text" } }\n'
    )
    project = PROJECT.replace("[outputs.report]", f"{coded}[outputs.report]")
    assert len(tables(tmp_path, "a,#,1\nb,1,1\nc,*,1\n", project)["coded"]) == 1


def test_what_is_missing_does_not_count_as_agreeing(tmp_path: Path) -> None:
    (tmp_path / "project.toml").write_text(TWO, "utf-8")
    (tmp_path / "hiring.csv").write_text("industry,share\nTechnology,35\nFinance,\nHealth,5\nTrade,\n", "utf-8")
    rows = "Technology,40,10,20,10\nFinance,30,10,20,10\nHealth,6,10,20,10\nTrade,1,10,20,10\n"
    (tmp_path / "employing.csv").write_text(f"industry,share,low,high,average\n{rows}", "utf-8")
    assert not contradictions(load_project(tmp_path).tables)


def test_an_average_of_something_else_does_not_contradict_a_range(tmp_path: Path) -> None:
    (tmp_path / "project.toml").write_text(TWO, "utf-8")
    (tmp_path / "hiring.csv").write_text("industry,share\nTechnology,35\n", "utf-8")
    (tmp_path / "employing.csv").write_text(
        "industry,share,low,high,average\nTechnology,35,10,20,2\nFinance,25,10,20,3\nHealth,5,10,20,15\n", "utf-8"
    )
    assert not contradictions(load_project(tmp_path).tables)


def test_a_share_of_nothing_is_missing(tmp_path: Path) -> None:
    fields = """n = { type = "money", unit = "USD" }
share = { type = "percent", value = "pay / n * 100" }"""
    project = PROJECT.replace('n = { title = "Answers", type = "integer" }', fields)
    pay = tables(tmp_path, "a,0,0\nb,1,2\n", project)["pay"]
    assert [show(row["share"]) for row in pay] == ["not applicable", "50%"]


def test_a_description_says_why_values_are_missing(tmp_path: Path) -> None:
    pay = tables(tmp_path, "Nurse,80000,1\nClerk,*,1\nCook,na,1\nGuard,*,1\n")["pay"]
    alt = draw(Chart("pay", pay, "bar", "job", ("pay",)), Brand(), language="en-US", width=300).alt
    assert "Not published: Clerk, Guard. Not available: Cook." in alt


def test_what_is_computed_from_a_limit_is_a_limit(tmp_path: Path) -> None:
    project = PROJECT.replace(
        "[outputs.report]",
        'double = { title = "Double", type = "money", unit = "USD", value = "pay * 2" }\n[outputs.report]',
    )
    pay = tables(tmp_path, "a,#,1\nb,*,1\n", project)["pay"]
    assert [show(row["double"]) for row in pay] == ["at least $478,400", "not published"]


def test_a_limit_equals_only_what_is_known() -> None:
    assert at_least(200) != exactly(100)
    assert at_least(200) == at_least(200)
    with pytest.raises(MissingError):
        _ = at_least(200) == exactly(300)


def test_nobody_knows_the_highest_of_values_that_are_hidden(tmp_path: Path) -> None:
    pay = tables(tmp_path, "a,900,3\nb,100,12\nc,90,50\n", HIDING)["pay"]
    with pytest.raises(MissingError, match="2 of 3 rows, the cell is hidden"):
        pay.top("pay")


def test_a_hidden_range_hides_both_its_ends(tmp_path: Path) -> None:
    project = HIDING.replace("value = 10 }", 'value = 10, hides = ["span"] }').replace(
        "[outputs.report]",
        'low = { title = "L", type = "money", unit = "USD", column = "pay" }\n'
        'high = { title = "H", type = "money", unit = "USD", column = "pay" }\n'
        'span = { title = "Span", type = "range", low = "low", high = "high" }\n[outputs.report]',
    )
    pay = tables(tmp_path, "a,100,50\nb,200,3\nc,300,12\n", project)["pay"]
    assert [row["span"].missing for row in pay] == [False, True, True]


def test_limits_make_no_contradiction_they_do_not_prove(tmp_path: Path) -> None:
    project = TWO.replace(
        'whole = "share"',
        'whole = "share"\nmissing = { "<" = { meaning = "at most", value = 30 }, ">" = { meaning = "at least", value = 60 } }',
    )
    (tmp_path / "project.toml").write_text(project, "utf-8")
    (tmp_path / "hiring.csv").write_text("industry,share\nTechnology,80\nFinance,<\n", "utf-8")
    (tmp_path / "employing.csv").write_text("industry,share,low,high,average\nX,10,10,20,10\n", "utf-8")
    assert not contradictions(load_project(tmp_path).tables)
    (tmp_path / "hiring.csv").write_text("industry,share\nTechnology,80\nFinance,>\nHealth,<\n", "utf-8")
    assert [show(c.one) for c in contradictions(load_project(tmp_path).tables)] == ["140%"]


def test_a_limit_turns_round_with_its_sign() -> None:
    assert show(at_least(200) * -2) == "at most \u2212$400"
    assert show(at_least(200) / -2) == "at most \u2212$100"
    assert show(-at_least(200)) == "at most \u2212$200"
    assert show(-at_most(200)) == "at least \u2212$200"
    with pytest.raises(MissingError, match="only a limit is known here"):
        abs(at_least(200))


WITHIN = HIDING.replace("value = 10 }", 'value = 10, within = "part" }').replace(
    "[outputs.report]", 'part = { title = "Part", type = "text" }\n[outputs.report]'
)


def test_each_group_is_protected_by_itself(tmp_path: Path) -> None:
    def hidden(rows: str, project: str = WITHIN) -> str:
        (tmp_path / "pay.csv").unlink(missing_ok=True)
        (tmp_path / "project.toml").write_text(project, "utf-8")
        (tmp_path / "pay.csv").write_text("job,pay,n,part\n" + rows, "utf-8")
        return "".join(row["job"].content for row in load_project(tmp_path).tables["pay"] if row["pay"].missing)

    assert hidden("a,1,3,x\nb,1,50,x\nc,1,20,y\nd,1,30,y\n") == "ab"
    assert hidden("a,1,3,x\nb,1,50,x\nc,1,20,y\nd,1,30,y\n", WITHIN.replace(', within = "part"', "")) == "ac"
    assert hidden("a,1,,x\nb,1,50,x\nc,1,60,x\n") == "ab"
    assert hidden("a,1,*,x\nb,1,50,x\nc,1,60,x\n") == "ab"
    assert hidden("a,1,0,x\nb,1,50,x\nc,1,60,x\n") == ""
    assert hidden("a,1,0,x\nb,1,3,x\nc,1,60,x\nd,1,70,x\n") == "abc"


def test_keys_are_shown_and_only_counts_count(tmp_path: Path) -> None:
    numbered = HIDING.replace('job = { title = "Job", type = "text"', 'job = { title = "Job", type = "integer"')
    pay = tables(tmp_path, "1,100,3\n2,200,50\n", numbered)["pay"]
    assert [show(row["job"]) for row in pay] == ["1", "2"]
    with pytest.raises(ProjectError, match="'job' does not count answers"):
        tables(tmp_path, "a,100,3\n", HIDING.replace('field = "n"', 'field = "job"'))


def test_sums_with_a_limit_are_not_judged(tmp_path: Path) -> None:
    project = PROJECT.replace("additive = true", "adds_up_to = 300")
    assert len(tables(tmp_path, "a,#,1\nb,5,1\n", project)["pay"]) == 2
    with pytest.raises(ProjectError, match="add up to 305, not to 300"):
        tables(tmp_path, "a,300,1\nb,5,1\n", project)


def test_only_values_of_one_unit_and_without_limits_disagree(tmp_path: Path) -> None:
    project = """
    title = "Pay"
    [tables.one]
    file = "one.csv"
    [tables.one.fields]
    job = { type = "text", key = true }
    pay = { type = "money", unit = "USD" }
    [tables.two]
    file = "two.csv"
    missing = { "<" = { meaning = "at most", value = 4 } }
    [tables.two.fields]
    job = { type = "text", key = true }
    pay = { type = "money", unit = "UNIT" }
    low = { type = "money", unit = "UNIT" }
    high = { type = "money", unit = "UNIT" }
    span = { type = "range", low = "low", high = "high" }
    average = { type = "money", unit = "UNIT" }
    [tables.three]
    from = "two"
    where = "job != 'a'"
    [tables.three.fields]
    job = { type = "text", key = true }
    pay = { type = "money", unit = "UNIT" }
    [outputs.report]
    writer = "report"
    story = "report.md"
    """
    (tmp_path / "one.csv").write_text("job,pay\na,5\nb,6\nc,7\n", "utf-8")
    (tmp_path / "two.csv").write_text("job,pay,low,high,average\na,5,<,9,3\nb,6,1,9,3\nc,8,1,9,3\n", "utf-8")
    for unit, found_about in (("USD", ["c"]), ("EUR", [])):
        (tmp_path / "project.toml").write_text(project.replace("UNIT", unit), "utf-8")
        assert [found.about for found in contradictions(load_project(tmp_path).tables)] == found_about


CONDITIONS = [
    ("pay > 7", "a,5,1\nb,*,1\nc,9,1\n", "1 of 3 rows, in the first there is no value here: the cell is suppressed"),
    ("pay > 240000", "a,5,1\nb,#,1\nc,9,1\n", "only a limit is known here, and it does not decide the comparison"),
]


@pytest.mark.parametrize(("condition", "rows", "said"), CONDITIONS)
def test_nobody_counts_rows_that_may_or_may_not_fulfil_a_condition(
    tmp_path: Path, condition: str, rows: str, said: str
) -> None:
    pay = tables(tmp_path, rows)["pay"]
    with pytest.raises(ProjectError) as refused:
        holds(f"pay.where('{condition}').count == 0", {"pay": pay}, Place("report.md"))
    assert said in str(refused.value)
    with pytest.raises(ProjectError, match="nobody knows"):
        rows_where(pay, condition, Place("project.toml"))


def test_a_condition_says_what_becomes_of_rows_without_a_value(tmp_path: Path) -> None:
    pay = tables(tmp_path, "a,5,1\nb,*,1\nc,9,1\nd,#,1\n")["pay"]
    with pytest.raises(ProjectError, match=r"Leave out the rows without a value: pay != None and pay > 7\."):
        rows_where(pay, "pay > 7", Place("project.toml"))
    assert [row.key for row in rows_where(pay, "pay != None and pay > 7", Place(""))] == ["c", "d"]
    assert [row.key for row in rows_where(pay, "pay == None or pay < 7", Place(""))] == ["a", "b"]


def test_a_table_computed_from_one_that_hides_says_so(tmp_path: Path) -> None:
    derived = """[tables.groups]
from = "pay"
group_by = "job"
[tables.groups.fields]
job = { type = "text", key = true }
pay = { type = "money", unit = "USD", value = "group.sum('pay')" }
[outputs.report]"""
    groups = tables(tmp_path, "a,100,50\nb,200,3\nc,300,12\n", HIDING.replace("[outputs.report]", derived))["groups"]
    said = "Values from fewer than 10 answers, and those that would tell of them, are not shown."
    assert source_line(groups, "en-US").endswith(said)
    assert about(groups, (), "en-US").weaknesses == said.rstrip(".")


def test_no_document_tells_the_checksum_of_a_file_with_hidden_values(tmp_path: Path) -> None:
    rows = "a,100,50\nb,200,3\nc,300,12\n"
    assert files_line(tables(tmp_path, rows, HIDING).values(), "en-US").endswith(": pay.csv.")
    assert files_line(tables(tmp_path, rows).values(), "en-US").endswith(").")
