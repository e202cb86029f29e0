"""Tables are asked by column, and say what a look at every row by itself would say: rows, summaries, and refusals.

FAIRSHEET_FULL=1 tries ten times as many tables.
"""

from __future__ import annotations

import os
import pickle
import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from jinja2 import StrictUndefined
from jinja2.parser import Parser
from msgspec.structs import replace

from data.project import load_project
from data.sandbox.expressions import row_names
from data.sandbox.sandbox import Sandbox, filtered
from data.tables.aggregate import median, total, weighted_mean
from data.tables.by_column import OPEN, verdicts
from data.tables.ends import tied
from data.tables.marks import Content, Mark, Marked
from data.tables.provenance import Cell, Cells, column_cells, tables_behind
from data.tables.refusals import LookUpError, MissingError
from data.tables.table import Field, Row, Table
from data.tables.value import Interval, Measure, Value, alike
from reports.deck.planned import slides
from reports.deck.writer import write_deck
from reports.runs.read import Options, read

REPORT = '[outputs.report]\nwriter = "report"\nstory = "report.md"\n'
TIMES = 10 if os.environ.get("FAIRSHEET_FULL") == "1" else 1
LEVELS = ("Basic", "Good", "Advanced")
WORDS = ("New York", "new york", "York", "5", "5.0", "Ärzte", "", "Good")
NUMBERS = tuple(map(Decimal, ("0", "5", "5.0", "-2", "7.25", "2020", "1E+2")))
AT_LEAST, AT_MOST = Mark("at least"), Mark("at most", "a note")
FIELDS = (
    Field("name", "Name", Measure("text"), key=True),
    Field("word", "Word", Measure("text")),
    Field("skill", "Skill", Measure("level", levels=LEVELS)),
    Field("jobs", "Jobs", Measure("integer")),
    Field("pay", "Pay", Measure("money", "USD")),
    Field("limit", "Limit", Measure("number")),
    Field("share", "Share", Measure("percent"), additive=False),
    Field("since", "Since", Measure("year")),
    Field("day", "Day", Measure("date")),
    Field("currency", "Currency", Measure("text")),
    Field("fee", "Fee", Measure("money"), unit_field="currency"),
    Field("majors", "Majors", Measure("list", delimiter=";")),
    Field("low", "Low", Measure("money", "USD")),
    Field("span", "Span", Measure("range"), low="low", high="pay"),
)
NAMES = tuple(field.name for field in FIELDS)


def random_table(random: Random) -> Table:
    rows = random.choice((0, 1, 2, 3, 8, 20))
    sparse = random.choice((0.0, 0.0, 0.2))

    def column(values: Sequence[Content], gaps: Sequence[Content] = (None,)) -> tuple[Content, ...]:
        few = random.sample(list(values), random.randint(1, len(values)))
        return tuple(random.choice(gaps) if random.random() < sparse else random.choice(few) for _ in range(rows))

    gap = Marked(None, Mark("suppressed"))
    limits = (None, gap, Marked(Decimal(5), AT_LEAST), Marked(Decimal(7), AT_MOST))
    columns = {
        "name": tuple(random.choice((f"Row {n}", "Row 1")) for n in range(rows)),
        "word": column(WORDS),
        "skill": column(LEVELS),
        "jobs": column(tuple(map(Decimal, range(4)))),
        "pay": column(NUMBERS, (None, gap)),
        "limit": column(NUMBERS, limits),
        "share": column(NUMBERS),
        "since": column((2019, 2020, 2021)),
        "day": column(("2020", "2020-05", "2021-01-01")),
        "currency": tuple(random.choice(("USD", "USD", "EUR")[: random.choice((1, 3))]) for _ in range(rows)),
        "fee": column(NUMBERS),
        "majors": column(("Nursing; Law", "Law")),
        "low": column(NUMBERS),
    }
    return Table("t", FIELDS, columns, tuple(range(2, rows + 2)), "t.csv", "T")


def outcome(ask: Callable[[], object]) -> object:
    """What is answered, or what is refused and in which words."""
    try:
        return ask()
    except Exception as error:  # whatever it is, it has to be the same
        return type(error), str(error), getattr(error, "remedy", ""), getattr(error, "mark", None)


def told(value: object) -> object:
    """All of a value, and not only what makes it equal to another."""
    if isinstance(value, Value):
        return value.content, str(value.content), value.measure, tuple(value.cells), value.mark
    return (value.index, value.tied) if isinstance(value, Row) else value


def tables(seed: int) -> list[tuple[Random, Table]]:
    found = [Random(f"{seed} {number}") for number in range(60 * TIMES)]
    return [(random, random_table(random)) for random in found]


# -- rows by what is in them ---------------------------------------------------------


def wanted(random: Random, table: Table) -> object:
    """Something that a story may look for: as it stands, spaced otherwise, of another kind, from another row."""
    said = (
        "New York",
        "New\u00a0 York ",
        "NEW YORK",
        "york",
        "5",
        "Basic",
        " Basic",
        "Best",
        "2020",
        "2020-05",
        "USD",
        "",
    )
    others: list[object] = [*said, 5, 5.0, 7.25, 2020, -2, Decimal("5.00"), 100, None, True, [5], Decimal("NaN")]
    if len(table) and random.random() < 0.4:
        return table.value(random.randrange(len(table)), random.choice(NAMES))
    return random.choice(others)


def misspelt(found: object) -> bool:
    return isinstance(found, tuple) and found[0] is LookUpError


def test_where_finds_the_rows_that_a_look_at_each_finds() -> None:
    answered = 0
    for random, table in tables(1):
        for _ in range(20):
            equal = {name: wanted(random, table) for name in random.sample(NAMES, random.choice((1, 1, 2)))}
            slow = outcome(
                lambda equal=equal, table=table: [
                    i for i in range(len(table)) if all(table.value(i, name) == one for name, one in equal.items())
                ]
            )
            quick = outcome(lambda equal=equal, table=table: [line - 2 for line in table.where(**equal).lines])
            assert quick == slow or misspelt(quick), equal
            answered += isinstance(quick, list)
    assert answered > 300 * TIMES  # else only refusals were compared


def test_the_first_row_of_a_name_is_found_and_its_spaces_do_not_matter() -> None:
    for _, table in tables(2):
        for said in ("Row 1", "Row\u00a01", " Row  1", "row 1", "Row 7", "", "5"):
            spaced = " ".join(said.split())
            rows = [i for i, name in enumerate(table.columns["name"]) if name == spaced]
            found = outcome(lambda said=said, table=table: table[said].index)
            assert found == rows[0] if rows else isinstance(found, tuple)
            assert (said in table) == bool(rows)


def test_a_name_of_digits_is_found_as_number_and_as_text() -> None:
    fields = (Field("year", "Year", Measure("year"), key=True), Field("n", "N", Measure("integer")))
    table = Table(
        "t", fields, {"year": (2020, 2021, 2020), "n": tuple(map(Decimal, range(3)))}, (2, 3, 4), "t.csv", "T"
    )
    assert [table[2021].index, table["2021"].index, table["2020"].index, table[Decimal(2020)].index] == [1, 1, 0, 0]
    assert "2021" in table
    assert "2022" not in table


# -- conditions ----------------------------------------------------------------------

ATOMS = (
    "word == 'New York'", "word != 'New  York'", "'York' == word", "word in ['York', '5']", "word not in ['York']",
    "word > 'New'", "word == None", "word != None", "skill == 'Good'", "skill >= 'Good'", "'Good' < skill",
    "skill in ('Basic', 'Best')", "skill == 'Best'", "jobs > 1", "1 < jobs", "0 < jobs <= 2", "jobs == 2.0", "jobs in [1, 2]",
    "jobs not in [1]", "pay > -3", "pay >= 5.0", "pay != 7.25", "limit > 4", "limit < 6", "limit == 5", "limit != None",
    "limit == None", "share < 10", "since == 2020", "since > 2019", "since == '2020'", "day > '2020'", "day == '2020-05'",
    "fee > 4", "fee == 5", "currency == 'USD'", "'Law' in majors", "'Nursing' in majors", "majors == 'Law'", "pay > low",
    "low == pay", "pay == jobs", "limit > pay", "pay > jobs * 2", "low + pay > 6", "span == None", "jobs", "word",
    "unknown == 1", "jobs == True", "jobs > 'many'", "word > 3", "word in [1]", "jobs in []", "pay == pay", "1 == 1",
    "word in 'York'", "jobs in [1, 'York']", "word in [None, 'York']", "word == ''", "jobs == 0",
)  # fmt: skip


def condition(random: Random, depth: int = 2) -> str:
    if depth and random.random() < 0.6:
        joined = f" {random.choice(('and', 'or'))} ".join(condition(random, depth - 1) for _ in range(2))
        return f"not ({joined})" if random.random() < 0.2 else f"({joined})"
    return random.choice(ATOMS)


OPERANDS = (
    "jobs",
    "pay",
    "limit",
    "share",
    "since",
    "fee",
    "low",
    "word",
    "2",
    "0.5",
    "0",
    "-3",
    "-jobs",
    "1000000",
    "span",
)


def computation(random: Random, depth: int = 2) -> str:
    if depth and random.random() < 0.7:
        return f"({computation(random, depth - 1)} {random.choice('+-*/')} {computation(random, depth - 1)})"
    return random.choice(OPERANDS)


def comparison(random: Random) -> str:
    sides = [computation(random, 2), computation(random, random.choice((0, 1)))]
    random.shuffle(sides)
    return f"{sides[0]} {random.choice(('<', '<=', '>', '>=', '==', '!='))} {sides[1]}"


def row_by_row(table: Table, said: str) -> list[int]:
    """The rows for which a condition is true, worked out for each with all its fields."""
    test = Sandbox().compile_expression(said, undefined_to_none=False)
    keep: list[int] = []
    undecided: list[tuple[Row, MissingError]] = []
    for row in table:
        try:
            result = test(**row_names(row))
            if isinstance(result, StrictUndefined):
                str(result)
        except MissingError as error:
            undecided.append((row, error))
            continue
        if not isinstance(result, bool):
            raise ValueError(f"the condition '{said}' is neither true nor false")
        if result:
            keep.append(row.index)
    if undecided:
        row, error = undecided[0]
        lacking = [f.name for f in table.fields if re.search(rf"\b{f.name}\b", said) and row[f.name].missing]
        raise MissingError(
            f"nobody knows whether '{said}' is true of {len(undecided)} of {len(table)} rows, in the first {error}",
            error.mark,
            f"Leave out the rows without a value: {lacking[0]} != None and {said}."
            if lacking
            else "Compare with a number that the limit decides.",
        )
    return keep


def test_a_condition_finds_the_rows_that_it_is_true_of_one_by_one() -> None:
    answered = 0
    for random, table in tables(3):
        for said in (*random.sample(ATOMS, 6), *(condition(random) for _ in range(6))):
            slow = outcome(lambda said=said, table=table: row_by_row(table, said))
            quick = outcome(lambda said=said, table=table: [line - 2 for line in filtered(table, said).lines])
            assert quick == slow, said
            answered += isinstance(quick, list)
    assert answered > 200 * TIMES


def test_a_condition_that_computes_finds_the_rows_that_it_is_true_of_one_by_one() -> None:
    answered = 0
    for random, table in tables(6):
        for said in (comparison(random) for _ in range(12)):
            slow = outcome(lambda said=said, table=table: row_by_row(table, said))
            quick = outcome(lambda said=said, table=table: [line - 2 for line in filtered(table, said).lines])
            assert quick == slow, said
            answered += isinstance(quick, list) and len(table) > 0
    assert answered > 60 * TIMES


@pytest.mark.parametrize(
    "said", ["people / 2 > area", "pay - low > 20", "-score < -5", "2 * people >= score", "100 - share > 5"]
)
def test_a_condition_that_computes_is_worked_out_by_column(said: str) -> None:
    money, number = Measure("money", "USD"), Measure("number")
    measures = {"people": Measure("integer"), "area": number, "pay": money, "low": money, "score": number}
    fields = tuple(Field(name, name, one) for name, one in {**measures, "share": Measure("percent")}.items())
    columns = {field.name: tuple(Decimal(n * len(field.name)) for n in range(9)) for field in fields}
    table = Table("t", fields, columns, tuple(range(9)), "t.csv", "T")
    assert OPEN not in verdicts(Parser(Sandbox(), said, state="variable").parse_expression(), table)


def test_a_number_too_large_to_compute_with_is_refused_as_in_one_row() -> None:
    table = Table(
        "t", (Field("n", "N", Measure("number")),), {"n": (Decimal(2), Decimal("1E+20"))}, (2, 3), "t.csv", "T"
    )
    said = " * ".join(["n"] * 60) + " / (n - 2) > 1"
    assert outcome(lambda: filtered(table, said)) == outcome(lambda: row_by_row(table, said))


def test_a_field_called_as_the_sandbox_calls_its_result_is_looked_at_in_every_row() -> None:
    field = Field("result", "Result", Measure("integer"))
    table = Table("t", (field,), {"result": tuple(map(Decimal, (1, 2, 3)))}, (2, 3, 4), "t.csv", "T")
    assert filtered(table, "result + 0 > 1").lines == (3, 4)


# -- summaries -----------------------------------------------------------------------


def known(table: Table, name: str) -> list[Value]:
    """The values of a field, one a row; what a summary refuses is refused as the table does."""
    found = table.values(name)
    if not found or any(value.missing for value in found) or any(isinstance(value, Interval) for value in found):
        raise AssertionError
    return [value for value in found if isinstance(value, Value)]


def highest(values: Sequence[Value], sign: int) -> int | None:
    """The place of the highest or lowest value; None where several share it."""
    best, shared = 0, False
    for index, value in enumerate(values[1:], 1):
        if value == values[best]:
            shared = True
        elif (value > values[best]) == (sign > 0):
            best, shared = index, False
    return None if shared else best


def test_summaries_of_a_column_are_those_of_its_values() -> None:
    answered = 0
    for _, table in tables(4):
        for name in NAMES:
            try:
                values = known(table, name)
            except AssertionError:
                assert isinstance(outcome(lambda name=name, table=table: table.median(name)), tuple)
                continue
            if table.field(name).additive:
                assert told(outcome(lambda n=name, t=table: t.sum(n))) == told(outcome(lambda v=values: total(v)))
            mean = outcome(lambda n=name, t=table: t.mean(n, by="rows"))
            assert told(mean) == told(outcome(lambda v=values: total(v) / len(v)))
            middle = outcome(lambda n=name, t=table: t.median(n))
            assert told(middle) == told(outcome(lambda v=values: median(v)))
            if all(not value.missing for value in table.values("jobs")):
                by = outcome(lambda n=name, t=table: t.mean(n, by="jobs"))
                assert told(by) == told(outcome(lambda v=values, t=table: weighted_mean(v, known(t, "jobs"))))
            for sign, ask in ((1, table.top), (-1, table.bottom)):
                best = outcome(lambda v=values, s=sign: highest(v, s))
                found = outcome(lambda n=name, ask=ask: ask(n).index)
                assert found == best if best is not None else isinstance(found, tuple)
            answered += isinstance(mean, Value)
    assert answered > 100 * TIMES


def test_rows_are_sorted_as_their_values_compare_and_equal_ones_keep_their_order() -> None:
    for _, table in tables(5):
        for name in ("skill", "jobs", "pay", "share", "since", "day"):
            values = table.values(name)
            order = [i for i, value in enumerate(values) if not value.missing]
            for end in range(len(order)):  # by insertion: slow, and plain to see
                for at in range(end, 0, -1):
                    if values[order[at]] < values[order[at - 1]]:
                        order[at - 1], order[at] = order[at], order[at - 1]
            order += [i for i, value in enumerate(values) if value.missing]
            ranked = table.sorted(name)
            assert [line - 2 for line in ranked.lines] == order
            for index in range(len(ranked)):
                same = ranked.values(name)
                assert tied(ranked, index) == tuple(i for i, one in enumerate(same) if alike(one, same[index]))


# -- the cells behind them -----------------------------------------------------------


def test_the_cells_of_a_column_are_those_of_its_rows() -> None:
    column = column_cells("t", "pay", "t.csv", (2, 5, 9))
    single = (Cell("other", "x", "o.csv", 3),)
    rows = tuple(Cell("t", "pay", "t.csv", line) for line in (2, 5, 9))
    assert (column, column + single, single + column) == (rows, rows + single, single + rows)
    both = single + column
    assert isinstance(both, Cells)
    assert [both[i] for i in range(-4, 4)] == [*both, *both]
    assert both[1:3] == (single + rows)[1:3]
    assert list(tables_behind(both)) == ["other", "t"]
    assert hash(both) == hash(single + rows)
    with pytest.raises(IndexError):
        _ = both[4]


def test_a_table_is_the_same_in_another_process_and_takes_no_index_there(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("name,jobs\nA,1\nB,2\n", "utf-8")
    fields = '[tables.t.fields]\nname = { type = "text", key = true }\njobs = { type = "integer" }\n'
    (tmp_path / "project.toml").write_text(f'title = "T"\n[tables.t]\nfile = "t.csv"\n{fields}{REPORT}', "utf-8")
    table = load_project(tmp_path).tables["t"]
    fresh = pickle.dumps(replace(table))
    assert table["B"].jobs == 2
    assert len(table.where(jobs=1)) == len(table.rows) - 1
    assert pickle.dumps(table) == fresh
    there: Table = pickle.loads(fresh)
    assert there["B"].jobs == table.last.jobs
    assert told(there.sum("jobs")) == told(table.sum("jobs"))


# -- long tables ---------------------------------------------------------------------

ASKED: dict[str, Callable[[Table], object]] = {
    "a key": lambda t: t["Row 4000"],
    "rows with a word": lambda t: t.where(word="York", skill="Good"),
    "rows with a number": lambda t: t.where(jobs=2),
    "a condition": lambda t: filtered(t, "jobs > 1 and word in ['York', '5'] or not skill == 'Good'"),
    "a condition on two fields": lambda t: filtered(t, "low > pay"),
    "a sum": lambda t: t.sum("jobs"),
    "a mean": lambda t: t.mean("pay", by="rows"),
    "a weighted mean": lambda t: t.mean("share", by="jobs"),
    "a median": lambda t: t.median("pay"),
    "the highest": lambda t: t.top("number"),
    "an order": lambda t: t.sorted("pay").head(1),
}


@pytest.mark.parametrize("asked", ASKED)
def test_a_long_table_answers_without_a_value_for_each_row(asked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = range(5_000)
    random = Random(7)
    columns: dict[str, tuple[Content, ...]] = {
        "name": tuple(f"Row {n}" for n in rows),
        "word": tuple(random.choice(WORDS) for _ in rows),
        "skill": tuple(random.choice(LEVELS) for _ in rows),
        "jobs": tuple(Decimal(n % 4) for n in rows),
        "number": tuple(map(Decimal, rows)),
        **{name: tuple(Decimal(n) / 4 for n in random.sample(rows, 5_000)) for name in ("pay", "low", "share")},
    }
    fields = (*(one for one in FIELDS if one.name in columns), Field("number", "Number", Measure("integer")))
    table = Table("t", fields, columns, tuple(range(2, 5_002)), "t.csv", "T")
    made: list[str] = []
    kept = Table._value

    def value(self: Table, index: int, wanted: Field, column: str) -> Value:
        made.append(column)
        return kept(self, index, wanted, column)

    monkeypatch.setattr(Table, "_value", value)
    assert ASKED[asked](table) is not None
    assert len(made) < 10


def test_a_deck_says_once_where_a_value_of_many_cells_comes_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(f"Row {n},{n % 7}\n" for n in range(400))
    (tmp_path / "t.csv").write_text(f"name,jobs\n{rows}", "utf-8")
    fields = '[tables.t.fields]\nname = { type = "text", key = true }\njobs = { type = "integer" }\n'
    deck = '[outputs.deck]\nwriter = "deck"\nstory = "deck.md"\n'
    (tmp_path / "project.toml").write_text(f'title = "T"\n[tables.t]\nfile = "t.csv"\n{fields}{deck}', "utf-8")
    (tmp_path / "deck.md").write_text("# Jobs\n\n## A mean\n\nIt is {{ t.mean('jobs', by='rows') }}.\n", "utf-8")
    told: list[str] = []
    kept = slides.source_line

    def source_line(table: Table, language: str, shown: Iterable[Value | Interval] | None = None) -> str:
        told.append(table.name)
        return kept(table, language, shown)

    monkeypatch.setattr(slides, "source_line", source_line)
    reading = read(tmp_path, Options())
    found = write_deck(reading.outputs[0].document, reading.project.brand)
    assert found
    assert 0 < len(told) < 10
