"""The values of the data that a typed number may be, nearest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cached_property, partial
from itertools import permutations

from msgspec import Struct
from msgspec.structs import replace

from data.language.cues import cues
from data.language.typed_numbers.typed_number import TypedNumber
from data.tables.ends import ends_in_time
from data.tables.rates import EVERY_ROW, weights
from data.tables.row import Field
from data.tables.table import Row, Table
from data.tables.value import Measure, Value
from reports.typed.candidate import Candidate, called, cell_asked, field_called, has_name, is_number, of_two
from reports.typed.columns import IN_PASSAGE, IN_SENTENCE, MOST_ROWS, Columns, Named
from reports.typed.sentence import Sentence, shared, stem, stems

_PAIR = 2
_PAIRED = 6
"""Rows that one sentence names, between which differences are sought."""
_GROUPS = 12
"""Different words of a field by which rows are counted."""
_FEW_CELLS = 10
"""Cells by which a value is known again in another table."""
_REFUSED = (ValueError, KeyError, TypeError, ArithmeticError)
"""What tables and values raise for what they refuse to work out."""
_HUNDRED = Decimal(100)
_ROUGHLY = Decimal("0.1")
"""How roughly a number is rounded at most, of itself: "fewer than 30" is not rounded from 28."""


class _Computed(Struct, frozen=True):
    """A number of a whole table."""

    kind: str
    """sum, mean, median, change, ratio or count."""
    table: Table
    field: Field | None
    said: str
    value: Value


class Wanted(Struct, frozen=True):
    """A typed number in its sentence, and how far the value may be from it."""

    number: TypedNumber
    sentence: Sentence

    @property
    def bounds(self) -> tuple[Decimal, Decimal]:
        amount = self.number.number or Decimal(0)
        half = min(self.number.step, abs(amount) * _ROUGHLY) / 2 if self.number.rounded else self.number.step / 2
        return amount - half, amount + half

    @property
    def exact(self) -> Wanted:
        """The same, where every digit counts: $61,000 is what the data say, and not rounded from $61,238."""
        if self.number.kind == "words" and self.number.unit:
            return self
        digits = min(0, int((self.number.number or Decimal(0)).as_tuple().exponent))
        return replace(self, number=replace(self.number, step=min(self.number.step, Decimal(1).scaleb(digits))))

    def meets(self, value: Value) -> bool:
        """Whether a value is the number as far as that says; shares and percentages are of one kind."""
        low, high = self.bounds
        amount, unit, kind = value.number, self.number.unit, value.measure.type
        if unit == "share" and kind == "percent":
            amount /= _HUNDRED
        elif unit == "percent" and kind == "ratio":
            amount *= _HUNDRED
        return low <= amount <= high or abs(amount - (self.number.number or 0)) < Decimal("1e-12")


class Candidates(Struct, frozen=True, dict=True):
    """What a project's tables have to offer for numbers."""

    columns: Columns
    language: str

    def of(self, wanted: Wanted, batch: Table | None = None) -> list[Candidate]:
        """The values that the number may be, nearest first; with `batch` also those of the row that a story is about.

        Where several tables show one cell, the first one does.
        """
        if wanted.number.number is None:
            return []
        near = self.columns.named(wanted.sentence)
        found = [
            *(self._of_row(wanted.exact, batch) if batch is not None else ()),
            *self._cells(wanted, near),
            *self._computed_values(wanted),
            *self._between(wanted, near),
            *self._groups(wanted),
        ]
        kept: dict[object, Candidate] = {}
        for one in sorted(found, key=lambda one: (*one.tier, one.named, one.direct, one.score), reverse=True):
            few = 0 < len(one.value.cells) <= _FEW_CELLS
            known = frozenset(one.value.cells) if few else one.asked('"')
            kept.setdefault((known, one.value.measure.type, one.every), one)
        return list(kept.values())

    # -- cells ---------------------------------------------------------------
    def _cells(self, wanted: Wanted, near: dict[tuple[str, int], Named]) -> Iterator[Candidate]:
        exact, relative = wanted.exact, _relative(wanted)
        low, high = exact.bounds
        named: dict[str, list[int]] = {}
        for one in near.values():
            named.setdefault(one.row.table.name, []).append(one.row.index)
        for table in self.columns.searched:
            for field in table.fields:
                if not _fits(field, wanted.number.unit):
                    continue
                any_row = () if relative or not has_name(table) else self.columns.rows_with(table, field, low, high)
                for index in dict.fromkeys((*named.get(table.name, ()), *any_row)):
                    value = table.value(index, field.name)
                    if not isinstance(value, Value) or not is_number(value) or not _same_unit(value, wanted):
                        continue
                    level = near[table.name, index].level if (table.name, index) in near else 0
                    unlike = _unlike(value, wanted)
                    rough = relative or not exact.meets(value)
                    if not wanted.meets(value) or (unlike and value.number != wanted.number.number):
                        continue
                    if level < 3 and (rough or unlike or not has_name(table)):
                        continue  # what is rounded, has no name or another unit is told where the sentence says whose
                    asked = cell_asked(Row(table, index), field)
                    yield self._candidate(wanted, table, field, asked, value, level, cell=True)

    def _candidate(
        self,
        wanted: Wanted,
        table: Table,
        field: Field | None,
        asked: Callable[[str], str],
        value: Value,
        level: int,
        *,
        compound: bool = False,
        cell: bool = False,
    ) -> Candidate:
        sentence = wanted.sentence
        titles = called(table) if field is None else f"{called(table)} {field_called(field)}"
        unit = table.key_field.title if field is None and table.key_field else field.measure.unit if field else None
        known = {*stems(unit or ""), *(stems(table.title) if field is None else ())}
        noun = int(bool(sentence.noun) and sentence.noun in known and wanted.number.unit == "")
        score = shared(titles, sentence.known | sentence.around | sentence.above)
        spoken = field is not None and shared(field_called(field), sentence.known) > 0
        sure = level == 3 and (bool(noun) or (spoken and cell) or (wanted.number.unit != "" and (spoken or cell)))
        named, direct = not cell or has_name(table), table.computed_from is None
        sure = sure and named and not _relative(wanted)
        return Candidate(asked, value, (level, noun), score, sure, compound, named=named, direct=direct)

    # -- whole tables --------------------------------------------------------
    @cached_property
    def _computed(self) -> tuple[_Computed, ...]:
        return tuple(one for table in self.columns.tables.values() for one in self._of_table(table))

    def _of_table(self, table: Table) -> Iterator[_Computed]:
        yield _Computed("count", table, None, f"{table.name}.count", table.count)
        if len(table) > MOST_ROWS or len(table) < 2:
            return
        in_time = _in_time(table)
        for field in table.fields:
            if not field.numeric or None in table.columns[field.name]:
                continue  # a summary refuses a column in which a value is missing
            for kind in ("sum", "median", *in_time):
                yield from _asked(table, field, kind)
            yield from list(_asked(table, field, "mean")) or _weighted(table, field)

    def _computed_values(self, wanted: Wanted) -> Iterator[Candidate]:
        told = cues(self.language)
        for one in self._computed:
            if not _same_unit(one.value, wanted) or _unlike(one.value, wanted) or not wanted.meets(one.value):
                continue
            words = {stem(word) for word in told[one.kind]} if one.field is not None else set(stems(called(one.table)))
            level = 3 if words & wanted.sentence.close and self._speaks_of(one, wanted) else 0
            if level < 3 and (not wanted.exact.meets(one.value) or _relative(wanted)):
                continue
            found = self._candidate(wanted, one.table, one.field, partial(_quoted, one.said), one.value, level)
            yield found if one.field is not None or self._alone(one.table) else replace(found, sure=False)

    def _alone(self, table: Table) -> bool:
        """Whether no other table has rows of the same kind: "ten majors" may be those of any table of majors."""
        kinds = [one.key_field.title for one in self.columns.tables.values() if one.key_field is not None]
        return table.key_field is None or kinds.count(table.key_field.title) == 1

    def _speaks_of(self, one: _Computed, wanted: Wanted) -> bool:
        titles = called(one.table) if one.field is None else f"{called(one.table)} {field_called(one.field)}"
        return shared(titles, wanted.sentence.known) > 0

    @cached_property
    def _counts(self) -> tuple[tuple[Table, str, str, frozenset[str], int], ...]:
        """Table, field, a word that few others of the field stand beside, its parts, and how many rows have it."""
        found: list[tuple[Table, str, str, frozenset[str], int]] = []
        for table in self.columns.searched:
            for field in table.fields:
                if field.measure.type not in ("text", "level") or field.key:
                    continue
                counts = Counter(one for one in table.columns[field.name] if isinstance(one, str))
                if 1 < len(counts) <= _GROUPS:
                    found.extend((table, field.name, one, frozenset(stems(one)), n) for one, n in counts.items())
        return tuple(found)

    def _groups(self, wanted: Wanted) -> Iterator[Candidate]:
        """How many rows have a word that the sentence names."""
        for table, name, said, parts, count in self._counts if not wanted.number.unit else ():
            if parts and wanted.number.number == count and parts <= wanted.sentence.known:
                asked = partial(_quoted, f"{table.name}.where({name}=@{said}@).count")
                yield self._candidate(wanted, table, None, asked, table.where(**{name: said}).count, 3)

    # -- between cells -------------------------------------------------------
    def _between(self, wanted: Wanted, near: dict[tuple[str, int], Named]) -> Iterator[Candidate]:
        """Differences, ratios, parts of a sum and what is left of a hundred, of the rows that the sentence names."""
        rows: dict[str, list[Named]] = {}
        for one in near.values():
            if one.level >= 2:  # "which is $10,000 more than the data scientist": of whom, an earlier sentence says
                rows.setdefault(one.row.table.name, []).append(one)
        for named in rows.values():
            table = named[0].row.table
            for field in table.fields if len(named) <= _PAIRED and has_name(table) else ():
                if field.numeric:
                    yield from self._of_rows(wanted, table, field, named)
        yield from self._across(wanted, [one.row for one in near.values() if one.level == IN_SENTENCE])

    def _across(self, wanted: Wanted, rows: list[Row]) -> Iterator[Candidate]:
        """Differences between what two tables say of a row of one name: they are told, and never written."""
        cells = [
            (row, cell_asked(row, field), field, value)
            for row in rows[:_PAIRED]
            for field in row.table.fields
            if field.numeric
            and has_name(row.table)
            and isinstance(value := row[field.name], Value)
            and is_number(value)
        ]
        for (row, one, field, a), (other, another, _, b) in permutations(cells, 2):
            apart = row.table is not other.table and row.key == other.key
            if apart and a.number > b.number and _meets(wanted, lambda a=a, b=b: a - b):
                yield self._candidate(
                    wanted, row.table, field, of_two("-", one, another), a - b, IN_PASSAGE, compound=True
                )

    def _of_rows(self, wanted: Wanted, table: Table, field: Field, rows: list[Named]) -> Iterator[Candidate]:
        cells = [(cell_asked(one.row, field), one.row[field.name], one.level) for one in rows]
        known = [
            (asked, value, level) for asked, value, level in cells if isinstance(value, Value) and is_number(value)
        ]
        for (one, a, near), (other, b, far) in permutations(known, 2):
            level = min(near, far) if len(known) == _PAIR else 2  # of several, nobody knows which two are meant
            made = partial(self._candidate, wanted, table, field, level=level, compound=True)
            if a.number > b.number and _meets(wanted, lambda a=a, b=b: a - b):
                yield made(of_two("-", one, other), a - b)
            if wanted.number.unit in ("ratio", "share") and _meets(wanted, lambda a=a, b=b: a / b):
                yield made(of_two("/", one, other), a / b)
        rest = {stem(word) for word in cues(self.language)["rest"]} & wanted.sentence.close
        for asked, value, level in known:
            if level < 3:
                continue
            if rest and field.measure.type == "percent" and _meets(wanted, lambda value=value: _HUNDRED - value):
                yield self._candidate(wanted, table, field, _left(asked), 100 - value, 3, compound=True)
            if wanted.number.unit in ("percent", "share") and field.measure.type in ("integer", "number", "money"):
                yield from self._part(wanted, table, field, asked, value)

    def _part(
        self, wanted: Wanted, table: Table, field: Field, asked: Callable[[str], str], value: Value
    ) -> Iterator[Candidate]:
        """A cell as a part of its column's sum."""
        whole = next((c for c in self._computed if c.kind == "sum" and c.table is table and c.field == field), None)
        if whole is None or not whole.value.number:
            return
        part = value / whole.value
        if wanted.meets(part):
            said = of_two("/", asked, partial(_quoted, whole.said))
            shown = Value(part.number * 100, Measure("percent"), part.cells)
            made = self._candidate(wanted, table, field, lambda quote: _percent(said(quote)), shown, 3)
            yield replace(made, filtered=True)

    # -- the row of a batch --------------------------------------------------
    def _of_row(self, wanted: Wanted, table: Table) -> Iterator[Candidate]:
        """Fields of the row that a story is about, where any row has the number there."""
        low, high = wanted.bounds
        for field in table.fields:
            if not _fits(field, wanted.number.unit) or wanted.number.unit == "share":
                continue
            for index in self.columns.rows_with(table, field, low, high)[:1]:
                value = table.value(index, field.name)
                if isinstance(value, Value) and _same_unit(value, wanted) and not _unlike(value, wanted):
                    asked = partial(_quoted, f"row.{field.name}")
                    level = 2 if shared(field_called(field), wanted.sentence.known) else 0
                    one = self._candidate(wanted, table, field, asked, value, level)
                    yield replace(one, every=True)


def _in_time(table: Table) -> tuple[str, ...]:
    """What is asked of the first and the last time of a table, where it has both."""
    try:
        return ("change", "ratio") if ends_in_time(table) is not None else ()
    except _REFUSED:  # a time that comes twice has no first value
        return ()


def _asked(table: Table, field: Field, kind: str, by: str = "") -> Iterator[_Computed]:
    """A summary of a column, where it does not refuse; of groups of different sizes each counts as `by` says."""
    try:
        value = getattr(table, kind)(field.name, **({"by": by} if by else {}))
    except _REFUSED:
        return
    if is_number(value):
        more = f", by=@{by}@" if by else ""
        yield _Computed(kind, table, field, f"{table.name}.{kind}(@{field.name}@{more})", value)


def _weighted(table: Table, field: Field) -> Iterator[_Computed]:
    for by in (*weights(table)[:1], EVERY_ROW):
        yield from _asked(table, field, "mean", by)


def _quoted(said: str, quote: str) -> str:
    """An expression in which @ stands for quotation marks."""
    name = said.split("@")[1] if "@" in said else ""
    return "" if quote in name or "\\" in name else said.replace("@", quote)


def _left(asked: Callable[[str], str]) -> Callable[[str], str]:
    return lambda quote: f"100 - {asked(quote)}" if asked(quote) else ""


def _percent(said: str) -> str:
    return f"({said}) | percent" if said else ""


def _meets(wanted: Wanted, worked_out: Callable[[], Value]) -> bool:
    """Whether what is worked out is the number, in its unit."""
    try:
        value = worked_out()
    except _REFUSED:
        return False
    return _same_unit(value, wanted) and not _unlike(value, wanted) and wanted.meets(value)


def _fits(field: Field, unit: str) -> bool:
    """Whether values of a field may be what is typed, as far as the field tells."""
    kind = field.measure.type
    match unit:
        case "percent" | "share":
            return kind == "percent"
        case "points" | "ratio":
            return kind == unit
        case "":
            return kind in ("integer", "number", "money", "percent")
        case _:
            return kind == "money"


def _same_unit(value: Value, wanted: Wanted) -> bool:
    """Whether a value is in the unit that is typed."""
    unit, measure = wanted.number.unit, value.measure
    match unit:
        case "percent":
            return measure.type == "percent"
        case "share":
            return measure.type in ("percent", "ratio")
        case "points" | "ratio":
            return measure.type == unit
        case "":
            return measure.type in ("integer", "number", "money", "percent")
        case _:
            return measure.type == "money" and measure.unit == unit


def _relative(wanted: Wanted) -> bool:
    """Whether a number is one of many of its kind, "half", "twice", or only a limit, "fewer than 30"."""
    return wanted.number.unit in ("share", "ratio") or wanted.number.rounded


def _unlike(value: Value, wanted: Wanted) -> bool:
    """Whether a bare number is typed and the value has a sign of its own."""
    return wanted.number.unit == "" and value.measure.type in ("money", "percent")


def nearest_tier(found: Iterable[Candidate]) -> list[Candidate]:
    """Those that are as near as the nearest one."""
    listed = list(found)
    return [one for one in listed if (one.tier, one.named) == (listed[0].tier, listed[0].named)] if listed else []
