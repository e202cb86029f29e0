"""Small samples: values that rest on too few answers are hidden, so that nobody can be found out by them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from msgspec.structs import replace

from data.declared.typed import column_decimals, range_ends
from data.errors import ProjectError, nearest
from data.files.toml_file import TomlFile
from data.settings.fields import FieldSettings
from data.settings.project import MinimumSettings
from data.tables.table import Field, Table
from data.tables.value import Content, Mark, Marked

_HIDDEN = Marked(None, Mark("hidden"))


def without_small_samples(
    table: Table, settings: MinimumSettings, file: TomlFile, declared: Mapping[str, FieldSettings]
) -> Table:
    """`table` with the values hidden that rest on fewer answers than `settings.value`.

    Rows are hidden as a rule for frequency tables has it: those with too few answers (primary), and then the smallest
    others of the same group (complementary), until at least two rows are hidden and together rest on enough answers.
    Otherwise a hidden cell could be had by subtracting the shown ones from a total that is known. (A. Hundepool et
    al., Statistical Disclosure Control, 2012, chapter 4.) A row whose number of answers is unknown counts as small.
    `declared` are the settings of its fields: columns without decimals of their own get those of what is shown.

    Raises ProjectError for fields that do not exist or do not count.
    """
    place = file.place("tables", table.name, "minimum_n")
    names = [f.name for f in table.fields]
    for name in (settings.field, *settings.hides, *((settings.within,) if settings.within else ())):
        if name not in names:
            raise ProjectError.at(place, f"table '{table.name}' has no field '{name}'.", nearest(name, names))
    if settings.within and settings.within not in table.columns:
        raise ProjectError.at(place, f"'{settings.within}' makes no groups.", "Name a field of words or numbers.")
    if table.field(settings.field).measure.type not in ("integer", "number"):
        raise ProjectError.at(
            place, f"'{settings.field}' does not count answers.", "Name a field of type integer or number."
        )
    answers = [_count(content) for content in table.columns[settings.field]]
    groups: dict[object, list[int]] = {}
    for index in range(len(table)):
        group = table.columns[settings.within][index] if settings.within else None
        groups.setdefault(group, []).append(index)
    hidden = {i for rows in groups.values() for i in _hidden_rows(rows, answers, settings.value)}
    if not hidden:
        return table
    columns = dict(table.columns)
    for name in [c for field in settings.hides for c in _columns(table, field)] or _numbers(table):
        columns[name] = tuple(_HIDDEN if i in hidden else c for i, c in enumerate(columns[name]))
    fields = tuple(_with_decimals(f, declared, columns.get(f.name, ())) for f in table.fields)
    return replace(table, fields=fields, columns=columns, minimum_n=settings.value)


def _with_decimals(field: Field, declared: Mapping[str, FieldSettings], shown: Iterable[Content]) -> Field:
    """The field with the decimals of the values that are shown, which else would tell of the hidden ones."""
    said = (name for name, one in declared.items() if one.decimals is not None)
    if field.measure.decimals is None or any(field.name in (n, *range_ends(n, declared[n])) for n in said):
        return field
    computed = field.name in declared and declared[field.name].value is not None
    decimals = column_decimals(shown, field.measure.type, computed)
    return replace(field, measure=replace(field.measure, decimals=decimals))


def _columns(table: Table, name: str) -> tuple[str, ...]:
    """The columns of a field: both ends of a range."""
    field = table.field(name)
    return (str(field.low), str(field.high)) if field.measure.type == "range" else (name,)


def _count(content: Content) -> Decimal | None:
    return content if isinstance(content, Decimal) else None


def _numbers(table: Table) -> list[str]:
    """Every column of numbers that is no key: the ends of ranges too."""
    return [f.name for f in table.fields if f.numeric and not f.key and f.name in table.columns]


def _hidden_rows(rows: list[int], answers: list[Decimal | None], least: int) -> set[int]:
    """The rows of one group to hide: the small ones, and as many more as protect them."""
    small = [i for i in rows if (n := answers[i]) is None or n < least]
    if not small or all(answers[i] == 0 for i in small):
        return set()
    hidden = set(small)
    others = sorted((i for i in rows if i not in hidden), key=lambda i: (answers[i] or Decimal(0), i))
    for index in others:
        together = sum((answers[i] or Decimal(0) for i in hidden), Decimal(0))
        if len(hidden) >= 2 and together >= least:
            break
        hidden.add(index)
    return hidden
