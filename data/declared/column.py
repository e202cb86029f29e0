"""The texts of a column become contents as its field declares them; cells that cannot be are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from data.cells.columns import column_reader
from data.cells.error import CellError
from data.cells.parsers import parser
from data.errors import Problem, few, nearest
from data.pattern import compiled
from data.settings.fields import FieldSettings, NumberSettings
from data.sources.sheet import Sheet
from data.tables.value import Content, Marked

_WORDS = frozenset(("text", "list", "level", "band", "academic_year"))


def broken_constraint(content: Content | tuple[Decimal, Decimal], settings: FieldSettings) -> tuple[str, str] | None:
    """The first declared constraint that a content breaks, as message and remedy."""
    numbers = content if isinstance(content, tuple) else (content,)
    for number in numbers:
        if not isinstance(number, Decimal | int):
            continue
        if settings.minimum is not None and number < Decimal(str(settings.minimum)):
            return f"is below the minimum of {settings.minimum:,.10g}", "Correct the cell or the declared minimum."
        if settings.maximum is not None and number > Decimal(str(settings.maximum)):
            return f"is above the maximum of {settings.maximum:,.10g}", "Correct the cell or the declared maximum."
    if isinstance(content, str):
        for item in content.split(settings.delimiter) if settings.delimiter else ():
            if broken := _word(item.strip(), settings):
                return f"'{item.strip()}' {broken[0]}", broken[1]
        return None if settings.delimiter else _word(content, settings)
    return None


_OR_DECLARE = "Correct the cell, or add the word to those that are declared."


def _is_ruled(settings: FieldSettings) -> bool:
    """Whether there is any constraint that a content could break."""
    words = settings.levels or settings.enum or settings.pattern
    return bool(words) or settings.minimum is not None or settings.maximum is not None


def _word(content: str, settings: FieldSettings) -> tuple[str, str] | None:
    """What a text, or an item of a list, breaks of the declared words and pattern."""
    if settings.levels and content not in settings.levels:
        return "is not one of the declared levels", f"{nearest(content, settings.levels)} {_OR_DECLARE}"
    if settings.enum and content not in settings.enum:
        return "is not one of the declared words", f"{nearest(content, settings.enum)} {_OR_DECLARE}"
    if settings.pattern and not compiled(settings.pattern).fullmatch(content):
        return f"does not match the pattern {settings.pattern}", "Correct the cell or the declared pattern."
    return None


def read_column(
    sheet: Sheet,
    column: int,
    texts: Sequence[str],
    settings: FieldSettings,
    missing: Mapping[str, Marked],
    style: NumberSettings | None,
) -> tuple[list[Content | tuple[Decimal, Decimal]], list[Problem]]:
    """What the `texts` of a column hold, and what is wrong with them: of each kind the first ten."""
    distinct = dict.fromkeys(texts)
    alone = settings.key or settings.unique
    if 2 * len(distinct) > len(texts):
        contents = _read_in_place(texts, distinct, settings, missing, style)
        if contents is not None and not (alone and len(set(contents)) < len(contents)):
            return contents, []
    read = _read_texts(distinct, settings, missing, style, sheet.typed)
    contents = list[Content | tuple[Decimal, Decimal]](texts)
    if any(text is not content for text, content in read.contents.items()):
        contents = list(map(read.contents.__getitem__, texts))
    if read.wrong or (alone and _some_repeated(texts, contents, read)):
        return contents, _wrong_cells(sheet, column, alone, read)
    return contents, []


class _Read(NamedTuple):
    """What the texts of a column hold."""

    contents: dict[str, Content | tuple[Decimal, Decimal]]
    wrong: dict[str, tuple[str, str, str]]
    """What is wrong with a text wherever it stands: message, remedy, and the kind by which few of many are told."""
    silent: set[str]
    """Texts that stand for nothing, or for a limit."""


def _read_in_place(
    texts: Sequence[str],
    distinct: Iterable[str],
    settings: FieldSettings,
    missing: Mapping[str, Marked],
    style: NumberSettings | None,
) -> list[Content | tuple[Decimal, Decimal]] | None:
    """What the cells of a column hold of which most say something else; None where one may be wrong."""
    gaps = {text: missing.get(text) for text in ("", *missing) if text in distinct}
    if not gaps:
        return _read_together(texts, settings, style)
    if settings.required or settings.key or settings.unique or settings.type in _WORDS:
        return None
    found = _read_together([text for text in texts if text not in gaps], settings, style)
    if found is None:
        return None
    others = iter(found)
    return [gaps[text] if text in gaps else next(others) for text in texts]


def _read_texts(
    texts: Iterable[str],
    settings: FieldSettings,
    missing: Mapping[str, Marked],
    style: NumberSettings | None,
    typed: bool,
) -> _Read:
    """What different texts of a column hold: most of them at once where that can be, else one by one."""
    read = _Read({}, {}, set())
    ordinary = [text for text in texts if text and text not in missing]
    contents = _read_together(ordinary, settings, style) if ordinary else None
    if contents is not None:
        read.contents.update(zip(ordinary, contents, strict=True))
        texts = [text for text in texts if text not in read.contents]
    parse, ruled = parser(settings, style, typed), _is_ruled(settings)
    for text in texts:
        _read_text(text, parse, settings, missing, ruled, read)
    return read


def _read_together(
    texts: Sequence[str], settings: FieldSettings, style: NumberSettings | None
) -> list[Content | tuple[Decimal, Decimal]] | None:
    """What texts hold that stand neither for nothing nor for a limit; None where one is wrong, or has to be read by
    itself."""
    together = column_reader(settings, style)
    contents = together(texts) if together is not None else None
    if contents is None or (_is_ruled(settings) and _may_break(contents, settings)):
        return None
    return list(contents)


def _may_break(contents: Sequence[Content | tuple[Decimal, Decimal]], settings: FieldSettings) -> bool:
    """Whether one of a column's numbers or words may break a declared constraint."""
    numbers = [content for content in contents if isinstance(content, Decimal)]
    if len(numbers) < len(contents):
        return True
    ends = min(numbers), max(numbers)
    return any(broken_constraint(end, settings) is not None for end in ends)


def _read_text(
    text: str,
    parse: Callable[[str], Content | tuple[Decimal, Decimal]],
    settings: FieldSettings,
    missing: Mapping[str, Marked],
    ruled: bool,
    read: _Read,
) -> None:
    read.contents[text] = None
    if text in missing and (settings.required or settings.key) and missing[text].content is None:
        said = f": '{_short(text)}' stands for a missing value, and the field is declared as "
        remedy = f'Name the mark in the fields where it means that: missing = ["{text}"]; or correct the cell.'
        read.wrong[text] = said + ("key" if settings.key else "required"), remedy, "missing"
    elif text in missing and (settings.type not in _WORDS or not missing[text].mark.limit):
        read.contents[text] = missing[text]
        read.silent.add(text)
    elif text == "":
        if settings.required or settings.key:
            read.wrong[text] = " is empty", "Fill the cell in: the field is declared as required.", "empty"
    else:
        try:
            read.contents[text] = content = parse(text)
        except CellError as error:
            read.wrong[text] = f": '{_short(text)}': {error.args[0]}", error.args[1], error.args[0]
        else:
            broken = broken_constraint(content, settings) if ruled else None
            if broken is not None:
                read.wrong[text] = f": '{_short(text)}': {broken[0]}", broken[1], broken[0]


def _some_repeated(texts: Sequence[str], contents: Sequence[object], read: _Read) -> bool:
    """Whether two cells say the same."""
    if read.silent:
        contents = [content for text, content in zip(texts, contents, strict=True) if text not in read.silent]
    return len({*contents, None}) <= len(contents) - contents.count(None)


def _wrong_cells(sheet: Sheet, column: int, alone: bool, read: _Read) -> list[Problem]:
    """What is wrong with the cells of a column, in which each stands `alone` or not: of each kind the first ten."""
    seen: dict[object, int] = {}
    problems: dict[str, list[Problem]] = {}

    def wrong(row: int, said: str, remedy: str, kind: str) -> None:
        found = Problem(sheet.place(row, column), f"column '{sheet.header[column]}'{said}.", remedy)
        problems.setdefault(kind, []).append(found)

    for index, row in enumerate(sheet.rows):
        text = row[column]
        if text in read.wrong:
            wrong(index, *read.wrong[text])
        content = read.contents[text]
        if alone and content is not None and text not in read.silent:
            if content in seen:
                first = sheet.place(seen[content], column)
                here = first.file == sheet.place(index, column).file
                where = first.cell or f"line {first.line}" if here else str(first)
                said = f": '{_short(text)}' stands in {where} already"
                wrong(index, said, "Give each row its own, or merge the two rows.", "repeated")
            seen.setdefault(content, index)
    return [problem for kind in problems.values() for problem in few(kind)]


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
