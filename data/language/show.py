"""The one place where a value becomes text, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from typing import Literal

from babel import Locale, dates, lists, numbers
from msgspec import Struct
from msgspec.structs import replace

from data.language.words import number_words, words
from data.tables.moments import ACADEMIC_YEAR
from data.tables.value import Interval, Measure, Value

NumberStyle = Literal["exact", "rounded", "label", "number", "words"]
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


class Scale(Struct, frozen=True):
    """How the labels of one chart or column are shortened, so that they can be compared: all of them alike."""

    power: int = 0
    """Of ten: 6 for millions, 0 where nothing is shortened."""
    name: str = ""
    """Key of our word for it."""
    decimals: int = 0


_LONGEST = Decimal(10) ** 12
"""A number from which all its digits are too many for a label."""


def common_scale(values: Iterable[Value]) -> Scale | None:
    """The largest unit of which the smallest value still has a whole one; no shortening where one is below a million.

    None where numbers lie so far apart that each needs a unit of its own.
    """
    found = [abs(value.number) for value in values if isinstance(value.content, Decimal)]
    smallest = min((number for number in found if number), default=Decimal(0))
    power, name = next(((p, n) for p, n in reversed(_SHORT) if smallest >= Decimal(10) ** p), (0, ""))
    if max(found, default=Decimal(0)).scaleb(-power) >= _LONGEST.scaleb(-power // 2):
        return None
    whole = all(not _rounded(number.scaleb(-power), 1) % 1 for number in found)
    return Scale(power, name, 0 if whole else 1) if power else Scale()


def _outward(value: Value, style: NumberStyle, scale: Scale | None) -> Value:
    """A limit rounded so that it stays true, as far as the style shortens it: "at least" down, "at most" up."""
    rounding = ROUND_CEILING if value.mark and value.mark.meaning == "at most" else ROUND_FLOOR
    number = _rounded(value.number, decimals_of(value, style), rounding)
    if style == "label" and scale is not None and scale.power:
        number = _rounded(number.scaleb(-scale.power), scale.decimals, rounding).scaleb(scale.power)
    elif style == "label" and scale is None and abs(number) >= _MILLION:
        short, power, _ = _shortened(number, rounding)
        number = short.scaleb(power)
    return replace(value, mark=None, content=number)


def _shortened(number: Decimal, rounding: str = ROUND_HALF_UP) -> tuple[Decimal, int, str]:
    """A number from a million up with one decimal in a unit of which it has less than a thousand, if there is one;
    that unit as a power of ten, and its name."""
    short = [(_rounded(number.scaleb(-power), 1, rounding), power, name) for power, name in _SHORT]
    return next((one for one in short if abs(one[0]) < 1000), short[-1])


def decimals_of(value: Value, style: NumberStyle = "rounded") -> int:
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


def rounds_to_zero(value: Value) -> bool:
    """Whether the value is shown as a zero, and so is no more than one for whoever sees it drawn."""
    return not _rounded(value.number, decimals_of(value))


def as_shown(value: Value, scale: Scale | None = None) -> Decimal:
    """The number that a label says, as far as that shortens and rounds it: what is drawn beside it agrees with it."""
    if value.mark is not None:
        return _outward(value, "label", scale).number
    if scale is not None and scale.power:
        return _rounded(value.number.scaleb(-scale.power), scale.decimals).scaleb(scale.power)
    number = _rounded(value.number, decimals_of(value, "label"))
    if scale is None and abs(number) >= _MILLION:
        short, power, _ = _shortened(value.number)
        return short.scaleb(power)
    return number


def show(
    value: Value | Interval, style: NumberStyle = "rounded", language: str = "en-US", scale: Scale | None = None
) -> str:
    """A value as text in the reader's language: the only way a number becomes text in Fairsheet.

    Rounding is half up. Number, currency and date patterns are those of the Unicode CLDR, read through Babel;
    narrow no-break spaces become no-break spaces, which more fonts have. `scale` is that of all labels among which
    this one stands; alone, a label takes its own.

    >>> show(Value(Decimal("39900.50"), Measure("money", "EUR")))
    '€39,901'
    """
    if isinstance(value, Interval):
        if value.missing:
            return words(language)["not stated"]
        return f"{show(value.low, style, language, scale)}–{show(value.high, style, language, scale)}"
    if value.content is None:
        return words(language)[value.mark.meaning if value.mark else "not stated"]
    if value.mark is not None:
        limit = _SHORT_LIMITS[value.mark.meaning] if style == "label" else value.mark.meaning
        return words(language)[limit].format(value=show(_outward(value, style, scale), style, language, scale))
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
    if style == "label" and scale is not None and scale.power:
        number = _rounded(value.number.scaleb(-scale.power), scale.decimals)
        suffix = words(language)[scale.name]
    elif style == "label" and scale is None and abs(number) >= _MILLION:
        number, _, name = _shortened(value.number)
        number = number.to_integral_value() if number == number.to_integral_value() else number
        suffix = words(language)[name]
    text = _with_unit(f"{abs(number):f}", measure, style, language, suffix).replace("\u202f", "\u00a0")
    return f"\u2212{text}" if number < 0 else text


def _listed(items: tuple[str, ...], style: NumberStyle, language: str) -> str:
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


def _digits(number: str, locale: Locale) -> str:
    """A number, plainly written without its sign, its digits grouped as the CLDR has it for the locale.

    Babel's own formatting is wrong in two ways, so only its patterns and signs are used. From the CLDR's 48th version
    on (Babel 2.19) the group sign of Switzerland and Liechtenstein is the straight apostrophe, which Babel takes for a
    quotation mark and drops: 1234567 and 1234567'890. And a pattern of our own, with the decimals that we want, loses
    the groups of two that India has: 12,34,567. The apostrophe is set as print has it, whatever the version: 1’234’567.
    """
    pattern = locale.decimal_formats[None].pattern.split(";")[0].split(".")[0]
    last, *others = (len(group) for group in reversed(pattern.split(",")[1:]))
    size = others[0] if others else last
    whole, _, fraction = number.partition(".")
    groups = [whole[-last:]]
    whole = whole[:-last]
    while whole:
        groups.insert(0, whole[-size:])
        whole = whole[:-size]
    text = (_APOSTROPHE if locale.territory in _SWISS else numbers.get_group_symbol(locale)).join(groups)
    return text + numbers.get_decimal_symbol(locale) + fraction if fraction else text


_REMEMBERED = 20_000
"""Numbers as they are shown: a document shows one of them in its text, on charts at several sizes, and read out."""
_APOSTROPHE, _SWISS = "\u2019", ("CH", "LI")
_NUMBER = re.compile(r"[#0][#0,.]*[#0]|[#0]")
"""Where the digits stand in a pattern of the CLDR."""


@lru_cache(_REMEMBERED)
def _with_unit(number: str, measure: Measure, style: NumberStyle, language: str, suffix: str) -> str:
    """A number, plainly written without its sign, with its unit."""
    locale = _locale(language)
    text = _digits(number, locale) + suffix
    if style == "number":
        return text
    match measure.type:
        case "money" if measure.unit:
            layout = _apart(locale.currency_formats["standard"].pattern.split(";")[0], measure.unit, locale)
            sign = str(numbers.get_currency_symbol(measure.unit, locale=locale))
            return _NUMBER.sub(lambda _: text, layout, count=1).replace("¤", sign)
        case "percent":
            return f"{text}\u00a0%" if "\u00a0%" in locale.percent_formats[None].pattern else f"{text}%"
        case "points":
            return f"{text}\u00a0{words(language)[_plural('point', Decimal(number), language)]}"
        case "ratio":
            return f"{text}×"
        case _:
            return text


def _plural(word: str, number: Decimal, language: str) -> str:
    """Key of our word for a number as it is shown, by the CLDR's plural rules: 1,5 is singular in French, 1.5 is not in
    English, nor is 1.0."""
    return word if _locale(language).plural_form(number) == "one" else f"{word}s"


def _date(iso: str, language: str) -> str:
    """ISO 8601 year, month, day or period (2020/2022) in the reader's language; an academic year as it is written."""
    if ACADEMIC_YEAR.fullmatch(iso):
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
            shown = str(dates.format_date(datetime.date.fromisoformat(iso), "long", locale=locale))
            return shown.replace("1 ", "1er ", 1) if iso.endswith("-01") and locale.language == "fr" else shown
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
        case "points":
            return words(language)["points"]
        case _:
            return measure.unit or ""


def number_format(measure: Measure, decimals: int, language: str = "en-US", scale: Scale | None = None) -> str:
    """The Excel and PowerPoint number format that looks like `show` with the same decimals, and shortened alike.

    Codes as in ECMA-376 part 1, 18.8.31; each comma behind the digits divides by a thousand. Marks for decimals and
    thousands are those of the reader's office program.
    """
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    if scale is not None and scale.power:
        digits += "," * (scale.power // 3) + f'"{words(language)[scale.name]}"'
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


def date_format(months: bool, language: str = "en-US") -> str:
    """The Excel and PowerPoint format of dates as a time axis has them, months or days, in words of the language.

    The language is told by its number in Windows ([MS-LCID]); one that has none is that of the reader's program.
    """
    import locale

    numbers_of = {name.replace("_", "-"): number for number, name in locale.windows_locale.items()}
    number = numbers_of.get(language)
    return f"{f'[$-{number:X}]' if number else ''}{'mmm yyyy' if months else 'd mmm yyyy'}"


def forget() -> None:
    """Let go of the numbers that were shown: in a batch of thousands most of them never come again."""
    _with_unit.cache_clear()
