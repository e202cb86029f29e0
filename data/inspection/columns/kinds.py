"""What a column holds: type, unit, scale and marks, from its cells, its header and what the table says about itself."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from decimal import Decimal

from msgspec.structs import replace

from data.inspection.columns.bands import bands_in
from data.inspection.columns.codes import Code, code_in
from data.inspection.columns.column import Column, Context, Finding
from data.inspection.columns.dates import academic_years, date_format, short_years
from data.inspection.columns.marks import marks_among_numbers, marks_among_words
from data.inspection.columns.numbers import Number
from data.inspection.columns.percents import percent_in
from data.inspection.columns.scales import scale
from data.inspection.columns.short_numbers import short_numbers
from data.inspection.words.setting import OPEN, shortened
from data.inspection.words.vocabulary import (
    COUNT_WORDS,
    COUNTING_WORDS,
    CURRENCY_CODES,
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    END_WORDS,
    HEADER_SCALES,
    MONEY_WORDS,
    PERCENT_WORDS,
    RATE_WORDS,
    WEEK_WORDS,
    YEAR_WORDS,
    YES_AND_NO,
    says_code,
    words_of,
)

_PEOPLE = frozenset(("men", "women", "male", "female", "total", "employees", "employed"))
"""Words that say whose amounts a column tells as often as whom it counts."""
_LARGEST = Decimal(10) ** 21
_UNSCALED = RATE_WORDS | PERCENT_WORDS | {"index", "quotient", "age", "rank", "ranking"}
_CODES = 12
_CODE_LENGTH = 6
"""Codes among words that notes explain: how many, and of how many characters, at most."""
_FOUR = re.compile(r"\d{4}(?:\.0+)?")


def finding(column: Column, context: Context) -> Finding:
    """What the column holds."""
    if not column.values:
        return Finding("empty", reasons=("No cell of it holds anything.",))
    numbers = column.numbers(context.decimal)
    others = {text: count for text, count in column.values.items() if text not in numbers}
    special = _special(column, context)
    if special is not None:
        return special
    exact = {text: number for text, number in numbers.items() if not number.limit}
    if exact:
        limits = tuple(text for text, number in numbers.items() if number.limit)
        marks = marks_among_numbers(others, sum(column.values[t] for t in exact), len(exact), context.legend)
        if marks is not None and all(abs(n.value) < _LARGEST for n in exact.values()):
            return _of_numbers(column, context, exact, (*marks, *limits))
    return _of_words(column, context)


def _special(column: Column, context: Context) -> Finding | None:
    """Dates, academic years, bands and ranges: texts with numbers in them that are no numbers."""
    marks = marks_among_words(column.values, context.legend)
    texts = _without(column.values, marks)
    if not texts:
        return None
    if academic_years(texts, column.words):
        return Finding("academic_year", {}, marks, (f"'{texts[0]}' begins in one year and ends in the next.",))
    dates = date_format(texts, column.words, context.language)
    if dates is not None and dates.format == "%m/%Y" and column.words & WEEK_WORDS:
        said = f"'{texts[0]}' is a week, by its header, which no date is. If months are meant, it is a date with format"
        return Finding("text", {}, marks, (f'{said} = "%m/%Y".',), True)
    if dates is not None:
        settings: dict[str, object] = {"format": dates.format} if dates.format else {}
        if dates.labels:
            settings["labels"] = dates.labels
        return Finding("date", settings, marks, dates.reasons, dates.guess)
    return bands_in(column, texts, marks, context)


def _without(values: Mapping[str, int], marks: Collection[str]) -> list[str]:
    """The texts of a column that are no marks."""
    apart = frozenset(marks)
    return [text for text in values if text not in apart]


def _of_numbers(column: Column, context: Context, numbers: Mapping[str, Number], marks: tuple[str, ...]) -> Finding:
    if column.format == "code":
        said = ("The format of its cells shows zeros before its numbers, as codes have them.",)
        return Finding("text", {}, marks_among_words(column.values, context.legend), said)
    code = code_in(column, numbers, marks)
    if code and code.is_one:
        return Finding("text", {}, marks_among_words(column.values, context.legend), (code.reason,), code.guess)
    year, likely = _year(column, numbers)
    if year:
        return Finding("year", {}, marks, (year,), likely)
    for look in (percent_in, _money):
        found = look(column, context, numbers, marks)
        if found is not None:
            return found
    return _counted(column, context, numbers, marks, code)


def _counted(
    column: Column, context: Context, numbers: Mapping[str, Number], marks: tuple[str, ...], code: Code | None
) -> Finding:
    """Numbers that are neither codes nor years, percentages or money; `code` says what else they could be."""
    whole = all(number.whole for number in numbers.values())
    kind = "integer" if whole else "number"
    reasons = ["Every number is whole." if whole else "Some numbers have decimals."]
    if len(numbers) == 1 and column.rows > 2:
        reasons = [f"Every value is {next(iter(numbers))}: check whether it says anything."]
    settings: dict[str, object] = {}
    by, reason = _multiplied(column, context, "count")
    if by > 1:
        settings["multiply"] = by
        reasons.append(reason)
        kind = "number"
    elif context.mixed:
        reasons.append(f"Counts and percentages stand in it; '{context.mixed}' says which.")
    if code:
        reasons.append(code.reason)
    asked = short_years(list(numbers), column.words) if column.words & YEAR_WORDS else ""
    if asked:
        reasons.append(asked)
    if column.words & MONEY_WORDS and not column.words & (RATE_WORDS | PERCENT_WORDS | COUNTING_WORDS):
        reasons.append('An amount of money? Then type = "money", unit = "..."; the file names no currency.')
    return Finding(kind, settings, marks, tuple(reasons), bool(code or asked) or by > 1)


def _multiplied(column: Column, context: Context, kind: str) -> tuple[int, str]:
    """What the column's numbers are to be multiplied by, and why: its header, or the table's title says so."""
    for by, (name, pattern) in HEADER_SCALES.items():
        if pattern.search(column.header) or (column.unit and pattern.search(column.unit)):
            return by, f"The header counts in {name}."
        if column.unnamed and context.measure and pattern.search(f"in {context.measure}"):
            return by, f"The file counts in {name}: '{context.measure}'."
    if context.multiply_kind != kind or column.words & _UNSCALED:
        return 1, ""
    return context.multiply, context.multiply_reason


def _year(column: Column, numbers: Mapping[str, Number]) -> tuple[str, bool]:
    """Why the numbers are years, and whether they only are likely to be; "" where they are none."""
    plain = all(_FOUR.fullmatch(text) and number.whole and not number.decorated for text, number in numbers.items())
    if not plain or not all(1800 <= number.value <= 2150 for number in numbers.values()):
        return "", False
    words = set(words_of(column.header))
    if words & YEAR_WORDS:
        return "Years, and the header says so.", False
    likely = all(1950 <= number.value <= 2060 for number in numbers.values())
    if likely and not words & (MONEY_WORDS | COUNT_WORDS | RATE_WORDS | PERCENT_WORDS) and len(numbers) <= 80:
        return "Every number is a year between 1950 and 2060.", True
    return "", False


def _money(column: Column, context: Context, numbers: Mapping[str, Number], marks: tuple[str, ...]) -> Finding | None:
    signs = {number.currency for number in numbers.values() if number.currency}
    if len(signs) == 1:
        unit = next(iter(signs))
        return _amount(column, context, unit, marks, f"Its cells are written in {unit}.")
    if len(signs) > 1 and context.currency_column:
        return _by_row(context, marks)
    if len(signs) > 1:
        listed = ", ".join(sorted(signs))
        reason = (
            f"Amounts in {listed} in one column: put the currency into a column of its own, and name it as unit_field."
        )
        return Finding("text", {}, (), (reason,))
    if column.format and column.format != "percent":
        return _amount(column, context, column.format, marks, f"Its cells are formatted as money in {column.format}.")
    unit, said = _currency_in(column)
    if unit:
        note = " (taken as US dollars)" if unit == "USD" and said != "a code" else ""
        return _amount(column, context, unit, marks, f"The header names the currency by {said}{note}.", bool(note))
    told = column.words & (RATE_WORDS | PERCENT_WORDS | COUNTING_WORDS | COUNT_WORDS | YEAR_WORDS)
    if context.measured_in and not told - _PEOPLE:
        return _of_measured(column, context, numbers, marks)
    return _of_words_for_money(column, context, marks)


def _currency_in(column: Column) -> tuple[str, str]:
    """The currency that a header names, and by what: a sign, a code or a word; "" where it names none."""
    words = words_of(column.header)
    signs = {unit for sign, unit in CURRENCY_SIGNS.items() if sign in column.said and not sign.isalpha()}
    coded = [word.upper() for word in words if word.upper() in CURRENCY_CODES and says_code(column.header, word)]
    worded = [CURRENCY_WORDS[word] for word in (*words, *words_of(column.description)) if word in CURRENCY_WORDS]
    named = ((sorted(signs)[-1:], "a sign"), (coded, "a code"), (worded, "a word"))
    return next(((units[0], said) for units, said in named if units), ("", ""))


def _of_measured(column: Column, context: Context, numbers: Mapping[str, Number], marks: tuple[str, ...]) -> Finding:
    """Amounts in the currency in which a line above the table counts; whole numbers of thousands may count others."""
    unit = context.measured_in
    if context.multiply > 1 and not column.words & MONEY_WORDS and all(n.whole for n in numbers.values()):
        return _amount_or_count(context, unit, numbers, marks)
    reason = f"The file counts in '{context.measure}'." if context.measure else f"Amounts in {unit}."
    return _amount(column, context, unit, marks, reason, True)


def _of_words_for_money(column: Column, context: Context, marks: tuple[str, ...]) -> Finding | None:
    """Amounts by what the header, or the title over mere years, speaks of, where something says in which currency."""
    said = frozenset(words_of(context.title)) if column.unnamed else column.words
    counted = RATE_WORDS | PERCENT_WORDS if column.unnamed else RATE_WORDS | PERCENT_WORDS | COUNTING_WORDS
    ends = bool(context.currency_column) and set(words_of(column.header)) <= END_WORDS
    if not (said & MONEY_WORDS or ends) or said & counted:
        return None
    if context.currency_column:
        return _by_row(context, marks)
    if context.currency:
        return _amount(column, context, context.currency, marks, f"An amount; {context.currency_reason}.", True)
    return None


def _by_row(context: Context, marks: tuple[str, ...]) -> Finding:
    reason = f"An amount; '{context.currency_column}' says each row's currency."
    return Finding("money", {"unit_column": context.currency_column}, marks, (reason,), True)


def _amount(
    column: Column, context: Context, unit: str, marks: tuple[str, ...], reason: str, guess: bool = False
) -> Finding:
    by, said = _multiplied(column, context, "money")
    settings: dict[str, object] = {"unit": unit, **({"multiply": by} if by > 1 else {})}
    return Finding("money", settings, marks, (reason, *([said] if said else ())), guess or by > 1)


def _amount_or_count(context: Context, unit: str, numbers: Mapping[str, Number], marks: tuple[str, ...]) -> Finding:
    """Whole numbers in a table of amounts in thousands: they are amounts, too, or count something else."""
    shown = max((number.value for number in numbers.values()), key=abs)
    by = context.multiply
    reason = f"{context.multiply_reason} Are these amounts, or do they count something?"
    choices = (
        f"multiply = 1   ({shown:,} is {shown:,})",
        f'multiply = {by}, type = "money", unit = "{unit}"   ({shown:,} is {unit} {shown * by:,})',
    )
    return Finding("number", {"multiply": OPEN}, marks, (reason,), choices=choices)


def _of_words(column: Column, context: Context) -> Finding:
    marks = marks_among_words(column.values, context.legend)
    values = {text: column.values[text] for text in _without(column.values, marks)}
    short = short_numbers(list(values), marks, context.decimal)
    if short is not None:
        return short
    order = scale(values)
    if order is not None:
        return Finding("level", {"levels": order.levels}, (*marks, *order.outside), (order.reason,))
    coded = _coded(values, context.words)
    if coded is not None:
        return replace(coded, marks=marks)
    labels = _yes_and_no(values)
    if labels:
        return Finding("text", {"labels": labels}, marks, ("Codes for yes and no.",))
    numbers = [text for text in column.numbers(context.decimal) if text in values]
    if len(numbers) * 2 > len(values) > len(numbers):
        other = next(text for text in values if text not in numbers)
        reason = (
            f"'{numbers[0]}' is a number and '{shortened(other, 30)}' is none: if that stands for no value, say so "
            "under missing."
        )
        return Finding("text", {}, marks, (reason,))
    asked = short_years(list(values), column.words)
    return Finding("text", {}, marks, (asked,) if asked else (), guess=bool(asked))


def _coded(values: Mapping[str, int], words: Mapping[str, str]) -> Finding | None:
    """A column of codes some of which notes explain, as the words that they stand for."""
    known = [text for text in values if text in words] if len(values) <= _CODES else []
    if not known or max(map(len, values)) > _CODE_LENGTH:
        return None
    unknown = [text for text in values if text not in words]
    labels = {text: words.get(text, text) for text in values}
    reason = f"A note explains '{known[0]}'."
    if unknown:
        reason += f" No note explains '{unknown[0]}': write what it means."
    return Finding("text", {"labels": labels}, (), (reason,), bool(unknown))


def _yes_and_no(texts: Mapping[str, int]) -> dict[str, str]:
    """What the two codes of a column stand for, where they are those for yes and no."""
    by_code = {text.lower(): text for text in texts} if len(texts) == 2 else {}
    if len(by_code) != 2:
        return {}
    codes = next((codes for codes in YES_AND_NO if set(codes) == set(by_code)), None)
    return {} if codes is None else {by_code[code]: word for code, word in codes.items()}
