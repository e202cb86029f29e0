"""The one place where a value becomes text, in the reader's language."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from babel import Locale, dates, lists, numbers

from data.value import Interval, Measure, Value
from data.words import number_words, words

Style = Literal["exact", "rounded", "label", "number", "words"]
"""exact: every digit of the data. rounded: the field's decimals. label: as rounded, millions and more shortened.
number: as rounded, without its unit. words: a whole number up to twelve spelled out, any other as number. A limit is
shown as one in every style."""


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language, sep="-")


def _rounded(number: Decimal, decimals: int, rounding: str = ROUND_HALF_UP) -> Decimal:
    """Half up, as readers learned it at school; never half to even. What rounds to zero has no sign."""
    found = number.quantize(Decimal(1).scaleb(-decimals), rounding=rounding)
    return found if found else abs(found)


def _outward(value: Value, style: Style) -> Value:
    """A limit rounded so that it stays true, as far as the style shortens it: "at least" down, "at most" up."""
    rounding = ROUND_CEILING if value.mark and value.mark.meaning == "at most" else ROUND_FLOOR
    number = _rounded(value.number, decimals_of(value, style), rounding)
    if style == "label" and abs(number) >= _MILLION:
        short, power, _ = _shortened(number, rounding)
        number = short.scaleb(power)
    return replace(value, mark=None, content=number)


def _shortened(number: Decimal, rounding: str = ROUND_HALF_UP) -> tuple[Decimal, int, str]:
    """A number from a million up with one decimal in a unit of which it has less than a thousand, if there is one;
    that unit as a power of ten, and its name."""
    short = [(_rounded(number.scaleb(-power), 1, rounding), power, name) for power, name in _SHORT]
    return next((one for one in short if abs(one[0]) < 1000), short[-1])


def decimals_of(value: Value, style: Style = "rounded") -> int:
    """How many digits stand after the decimal mark when the value is shown."""
    number = value.number
    if style == "exact":
        digits = max(0, -int(number.normalize().as_tuple().exponent))
        return max(2, digits) if digits and value.measure.type == "money" else digits
    if value.measure.decimals is not None:
        return value.measure.decimals
    match value.measure.type:
        case "integer" | "year" | "money":
            return 0
        case "percent" | "points":
            return 0 if number == number.to_integral_value() else 1
        case _:
            short = _rounded(number, 1 if abs(number) < 100 else 0)
            return 0 if short == short.to_integral_value() else 1


_SHORT_LIMITS = {"at least": "label at least", "at most": "label at most"}
_SHORT = ((6, "million"), (9, "billion"), (12, "trillion"))
"""Powers of ten, and what they are called."""
_MILLION = Decimal(10) ** 6


def show(value: Value | Interval, style: Style = "rounded", language: str = "en-US") -> str:
    """A value as text in the reader's language: the only way a number becomes text in Fairsheet.

    Rounding is half up. Number, currency and date patterns are those of the Unicode CLDR, read through Babel;
    narrow no-break spaces become no-break spaces, which more fonts have.

    >>> show(Value(Decimal("39900.50"), Measure("money", "EUR")))
    '€39,901'
    """
    if isinstance(value, Interval):
        if value.missing:
            return words(language)["not stated"]
        return f"{show(value.low, style, language)}–{show(value.high, style, language)}"
    if value.content is None:
        return words(language)[value.mark.meaning if value.mark else "not stated"]
    if value.mark is not None:
        limit = _SHORT_LIMITS[value.mark.meaning] if style == "label" else value.mark.meaning
        return words(language)[limit].format(value=show(_outward(value, style), style, language))
    measure = value.measure
    if measure.type == "date":
        return _date(str(value.content), language)
    if measure.type == "list":
        return _listed(value.items, style, language)
    if isinstance(value.content, str):
        return value.content
    if measure.type == "year":
        return str(value.content)
    number = _rounded(value.number, decimals_of(value, style))
    if style == "words":
        spelled = number_words(language)
        if number == number.to_integral_value() and 0 <= number < len(spelled):
            return spelled[int(number)]
        style = "number"
    suffix = ""
    if style == "label" and abs(number) >= _MILLION:
        number, _, name = _shortened(value.number)
        number = number.to_integral_value() if number == number.to_integral_value() else number
        suffix = words(language)[name]
    text = with_unit(number, measure, style, language, suffix)
    return (
        text.replace("\u202f", "\u00a0").replace("-", "\u2212", 1) if number < 0 else text.replace("\u202f", "\u00a0")
    )


def _listed(items: tuple[str, ...], style: Style, language: str) -> str:
    """Items as the language lists them in a sentence, "Biology, Chemistry, and Nursing"; in a label without "and".

    Where an item holds a comma, semicolons set the items apart.
    """
    if any("," in item for item in items):
        return "; ".join(items)
    return lists.format_list(items, "unit" if style == "label" else "standard", locale=_locale(language))


def _apart(pattern: str, unit: str, locale: Locale) -> str:
    """A currency pattern with a no-break space between digits and a symbol that ends in a letter, as the CLDR has it.

    Babel does not do this part of UTS 35, part 3, "Currencies": SGD 4,320 and CA$4,320.
    """
    symbol = numbers.get_currency_symbol(unit, locale=locale)
    if pattern.startswith("¤#") and symbol[-1].isalpha():
        return pattern.replace("¤", "¤\u00a0", 1)
    return pattern


def with_unit(number: Decimal, measure: Measure, style: Style, language: str, suffix: str = "") -> str:
    """A number with its sign or word, as Babel sets it; most are set like another one, which takes a tenth of the time.

    Babel reads its patterns for each number anew.
    """
    places = max(0, -int(number.as_tuple().exponent))
    frame = None if number.is_signed() else _frame(measure, style == "number", language, suffix, places)
    if frame is None:
        return by_babel(number, measure, style, language, suffix, places)
    whole, _, fraction = f"{number:f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", frame.group)
    return f"{frame.before}{grouped}{frame.decimal}{fraction}{frame.behind}"


class _Frame(NamedTuple):
    """What stands before, in and behind the digits of a number that is not negative."""

    before: str
    group: str
    """Between each three digits."""
    decimal: str
    behind: str


@lru_cache(maxsize=256)
def _frame(measure: Measure, bare: bool, language: str, suffix: str, places: int) -> _Frame | None:
    """How Babel sets numbers of this kind; None where one is not set like the other."""
    zeros = "0" * places
    style: Style = "number" if bare else "rounded"

    def said(whole: int) -> str:
        return by_babel(Decimal(f"{whole}.{zeros}"), measure, style, language, suffix, places)

    first = said(0)
    start, end = first.find("0"), first.rfind("0") + 1
    before, number, behind = first[:start], first[start:end], first[end:]
    decimal = number[1 : len(number) - places]
    group = said(1000).removeprefix(f"{before}1").removesuffix(f"000{decimal}{zeros}{behind}")
    frame = _Frame(before, group, decimal, behind)
    for whole, digits in ((1, "1"), (234, "234"), (1567, f"1{group}567"), (12345678, f"12{group}345{group}678")):
        if said(whole) != f"{before}{digits}{decimal}{zeros}{behind}":
            return None
    return frame


def by_babel(number: Decimal, measure: Measure, style: Style, language: str, suffix: str, places: int) -> str:
    """A number with its sign or word in the patterns of the CLDR."""
    locale = _locale(language)
    pattern = "#,##0" + ("." + "0" * places if places else "")
    if measure.type == "money" and measure.unit and style != "number":
        standard = locale.currency_formats["standard"].pattern.split(";")[0]
        layout = _apart(standard, measure.unit, locale).replace("#,##0.00", pattern + suffix)
        return str(numbers.format_currency(number, measure.unit, layout, locale=locale, currency_digits=False))
    text = str(numbers.format_decimal(number, pattern, locale=locale)) + suffix
    if style == "number":
        return text
    if measure.type == "percent":
        return f"{text}\u00a0%" if "\u00a0%" in locale.percent_formats[None].pattern else f"{text}%"
    if measure.type == "points":
        return f"{text}\u00a0{words(language)['point' if abs(number) == 1 else 'points']}"
    if measure.type == "ratio":
        return f"{text}×"
    return text


_ACADEMIC_YEAR = re.compile(r"\d{4}(/\d{2}|\u2013\d{2}(\d{2})?)")
"""2017/18, 1970–71, 1999–2000: no period of ISO 8601 is written like these."""


def _date(iso: str, language: str) -> str:
    """ISO 8601 year, month, day or period (2020/2022) in the reader's language; an academic year as it is written."""
    if _ACADEMIC_YEAR.fullmatch(iso):
        return iso
    if "/" in iso:
        first, last = iso.split("/", 1)
        return f"{_date(first, language)}–{_date(last, language)}"
    import datetime

    locale = _locale(language)
    match iso.count("-"):
        case 1:
            month = datetime.date.fromisoformat(f"{iso}-01")
            return str(dates.format_skeleton("yMMMM", month, locale=locale))
        case 2:
            return str(dates.format_date(datetime.date.fromisoformat(iso), "long", locale=locale))
        case _:
            return iso


def show_date(iso: str | None, language: str) -> str:
    """A table's date or the day of publication as text; "not stated" where there is none."""
    return words(language)["not stated"] if iso is None else _date(iso, language)


def unit_title(measure: Measure, language: str = "en-US") -> str:
    """The unit as words for the grey line over a chart: "US dollars", "%", "jobs"; empty where there is none."""
    match measure.type:
        case "money" if measure.unit:
            return str(numbers.get_currency_name(measure.unit, count=2, locale=_locale(language)))
        case "percent":
            return "%"
        case _:
            return measure.unit or ""


def number_format(measure: Measure, decimals: int, language: str = "en-US") -> str:
    """The Excel and PowerPoint number format that looks like `show` with the same decimals.

    Codes as in ECMA-376 part 1, 18.8.31. Marks for decimals and thousands are those of the reader's office program.
    """
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    match measure.type:
        case "year":
            return "0"
        case "money" if measure.unit:
            symbol = numbers.get_currency_symbol(measure.unit, locale=_locale(language))
            standard = _locale(language).currency_formats["standard"].pattern.split(";")[0]
            standard = _apart(standard, measure.unit, _locale(language))
            return standard.replace("#,##0.00", digits).replace("¤", f'"{symbol}"').replace("\u00a0", "\\ ")
        case "percent":
            return f'{digits}"{show(Value(Decimal(0), Measure("percent", None, 0)), "rounded", language)[1:]}"'
        case "ratio":
            return f'{digits}"×"'
        case "text" | "list" | "level" | "date" | "range":
            return "@"
        case _:
            return digits
