"""Columns of dates and of academic years."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field

from data.inspection.words.periods import MONTHS, period
from data.inspection.words.vocabulary import DATE_WORDS, YEAR_WORDS

_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_ACADEMIC = re.compile(r"(?:AY\s*)?((?:19|20)\d\d)\s?[-/–]\s?((?:19|20)?\d\d)")
_RUN_TOGETHER = re.compile(r"((?:19|20)\d\d)(\d\d)")
_SHAPES: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"\d{1,2}/\d{1,2}/\d{4}"), ("%d/%m/%Y", "%m/%d/%Y")),
    (re.compile(r"\d{1,2}-\d{1,2}-\d{4}"), ("%d-%m-%Y", "%m-%d-%Y")),
    (re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}"), ("%d.%m.%Y",)),
    (re.compile(r"\d{4}/\d{1,2}/\d{1,2}"), ("%Y/%m/%d",)),
    (re.compile(r"\d{4}\.\d{1,2}\.\d{1,2}"), ("%Y.%m.%d",)),
    (re.compile(r"\d{1,2}/\d{1,2}/\d{2}"), ("%d/%m/%y", "%m/%d/%y")),
    (re.compile(r"\d{1,2}\.\d{1,2}\.\d{2}"), ("%d.%m.%y",)),
    (re.compile(r"\d{1,2} [A-Za-z]{3} \d{4}"), ("%d %b %Y",)),
    (re.compile(r"\d{1,2} [A-Za-z]{3,9} \d{4}"), ("%d %B %Y",)),
    (re.compile(r"\d{1,2}-[A-Za-z]{3}-\d{4}"), ("%d-%b-%Y",)),
    (re.compile(r"\d{1,2}-[A-Za-z]{3}-\d{2}"), ("%d-%b-%y",)),
    (re.compile(r"[A-Za-z]{3} \d{1,2}, \d{4}"), ("%b %d, %Y",)),
    (re.compile(r"[A-Za-z]{3,9} \d{1,2}, \d{4}"), ("%B %d, %Y",)),
    (re.compile(r"[A-Za-z]{3} \d{4}"), ("%b %Y",)),
    (re.compile(r"[A-Za-z]{3,9} \d{4}"), ("%B %Y",)),
    (re.compile(r"[A-Za-z]{3}-\d{4}"), ("%b-%Y",)),
    (re.compile(r"[A-Za-z]{3}-\d{2}"), ("%b-%y",)),
    (re.compile(r"\d{1,2}/\d{4}"), ("%m/%Y",)),
    (re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d"), ("%Y-%m-%d %H:%M",)),
    (re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"), ("%Y-%m-%d %H:%M:%S",)),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"), ("%Y-%m-%dT%H:%M:%S",)),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"), ("%Y-%m-%dT%H:%M:%SZ",)),
    (re.compile(r"\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d\d"), ("%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M")),
    (re.compile(r"\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d\d:\d\d"), ("%d/%m/%Y %H:%M:%S", "%m/%d/%Y %H:%M:%S")),
    (re.compile(r"\d{1,2}\.\d{1,2}\.\d{4} \d{1,2}:\d\d"), ("%d.%m.%Y %H:%M",)),
    (re.compile(r"\d{1,2}\.\d{1,2}\.\d{4} \d{1,2}:\d\d:\d\d"), ("%d.%m.%Y %H:%M:%S",)),
)
_DAYS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"\d{1,2}/\d{1,2}/\d{4}", ("%d/%m/%Y", "%m/%d/%Y")),
    (r"\d{1,2}/\d{1,2}/\d{2}", ("%d/%m/%y", "%m/%d/%y")),
    (r"\d{1,2}-\d{1,2}-\d{4}", ("%d-%m-%Y", "%m-%d-%Y")),
    (r"\d{1,2}\.\d{1,2}\.\d{4}", ("%d.%m.%Y",)),
    (r"\d{4}-\d\d-\d\d", ("%Y-%m-%d",)),
    (r"[A-Za-z]{3} \d{1,2}, \d{4}", ("%b %d, %Y",)),
    (r"[A-Za-z]{3,9} \d{1,2}, \d{4}", ("%B %d, %Y",)),
)
_HALVES: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (
        re.compile(rf"{day} \d{{1,2}}:\d\d{seconds}{space}[AP]M", re.IGNORECASE),
        tuple(f"{form} %I:%M{second}{space}%p" for form in forms),
    )
    for day, forms in _DAYS
    for seconds, second in (("", ""), (r":\d\d", ":%S"))
    for space in ("", " ")
)
"""Dates with times of day in halves: "04/01/2026 10:01:00 AM"."""
_SHORT_YEAR = re.compile(
    r"(?P<before>(?:\d{1,2}\.?[ -])?(?P<word>[^\W\d_]{1,9})\.?[ -]?|Q[1-4][ /-]|class of |)(?P<mark>['\u2018\u2019]?)"
    r"(?P<year>\d\d)(?P<next>(?:[/\u2013-]\d\d){0,2})",
    re.IGNORECASE,
)
_YEARLY = MONTHS.keys() | {
    "fy", "ay", "sy", "gj", "ws", "ss", "wise", "sose", "fall", "autumn", "spring", "summer", "winter", "herbst",
    "sommer",
}  # fmt: skip
"""Words before a year of two digits."""
_PIVOT = 69
"""From here on two digits are a year of the last century, as strptime has it (POSIX.1)."""
_CENTURY = " The file names no century: 26 is read as 2026, and 69 to 99 as 1969 to 1999; check that it is meant so."
_MONTH_FIRST = ("en-US", "en", "en-PH")
"""Languages whose people write the month first."""
_LOOK = 2_000
_LABELS = 60
_WAYS = 4


class Dates(Struct, frozen=True):
    """How a column writes its dates."""

    format: str | tuple[str, ...]
    """"" for ISO 8601; several where its dates are not written alike."""
    reasons: tuple[str, ...]
    labels: Mapping[str, str] = field(default_factory=dict[str, str])
    """Each text as ISO 8601 writes it, where no format reads them: months in German."""
    guess: bool = False
    """Whether another format reads them, too."""


def academic_years(texts: Sequence[str], words: frozenset[str]) -> bool:
    """Whether every text is a period that ends in the year after it begins: 2022/23, or 202223 under such a header."""
    for pattern in (_ACADEMIC, _RUN_TOGETHER):
        if all((f := pattern.fullmatch(text)) and (int(f[1]) + 1) % 100 == int(f[2]) % 100 for text in texts):
            return pattern is _ACADEMIC or bool(words & (YEAR_WORDS | DATE_WORDS | {"period", "time"}))
    return False


def short_years(texts: Sequence[str], words: frozenset[str]) -> str:
    """The question which years are meant where every text has one of two digits, FY25 or '25; "" where none has.

    Bare digits are such years where the header says so.
    """
    told = bool(words & (YEAR_WORDS | DATE_WORDS))
    text = next(iter(texts), "")
    first = _SHORT_YEAR.fullmatch(text)
    if first is None or not all((f := _SHORT_YEAR.fullmatch(one)) and (told or _is_yearly(f)) for one in texts):
        return ""
    year = f"{'19' if int(first['year']) >= _PIVOT else '20'}{first['year']}"
    academic = _follows(first) and not first["before"]
    exact = first["next"] or _is_month(first["word"]) or first["before"][:1].isdigit()
    kind, meant = ("academic_year", f"{year}/{first['next'][1:]}") if academic else ("date", year)
    meant = "YYYY-MM-DD" if exact and not academic else meant
    return (
        f"'{text}' has a year of two digits: which is meant? To have times, spell each out: "
        f'type = "{kind}", labels = {{ "{text}" = "{meant}" }}.'
    )


def _is_yearly(found: re.Match[str]) -> bool:
    word = (found["word"] or "").lower()
    return (
        bool(found["mark"])
        or _is_month(word)
        or word in _YEARLY
        or (not word and bool(found["before"]))
        or _follows(found)
    )


def _is_month(word: str | None) -> bool:
    """Whether a word is a month's name or how it begins: janv, févr."""
    return word is not None and len(word) > 2 and any(name.startswith(word.lower()) for name in MONTHS)


def _follows(found: re.Match[str]) -> bool:
    """Whether the year is followed by the next one, 24/25."""
    return len(found["next"]) == 3 and int(found["next"][1:]) == (int(found["year"]) + 1) % 100


def _reads(texts: Sequence[str], form: str) -> bool:
    try:
        for text in texts:
            datetime.datetime.strptime(text, form)
    except ValueError:
        return False
    return True


def date_format(texts: Sequence[str], words: frozenset[str], language: str = "en-US") -> Dates | None:
    """How the texts write dates, or None where they are none; of two ways that read them the one of a `language`."""
    looked = texts[:_LOOK]
    iso = [_ISO.fullmatch(text) for text in looked]
    if all(iso):
        return Dates("", ("ISO dates.",)) if _are_dates([found for found in iso if found], words) else None
    for shape, forms in (*_SHAPES, *_HALVES):
        if not all(shape.fullmatch(text) for text in looked):
            continue
        fitting = [form for form in forms if _reads(looked, form)]
        if fitting:
            return _written(looked[0], _usual_first(fitting, language), language)
    return _in_words(looked) or _in_several_ways(looked, language)


def _are_dates(found: Sequence[re.Match[str]], words: frozenset[str]) -> bool:
    """Whether texts of the shape of ISO dates are some; months alone only where the header speaks of time."""
    days = [f"{one[1]}-{one[2]}-{one[3] or '01'}" for one in found]
    months = any(one[3] is None for one in found)
    timely = bool(words & (DATE_WORDS | YEAR_WORDS | {"month", "period", "time"}))
    return _reads(days, "%Y-%m-%d") and (not months or timely)


def _usual_first(forms: Sequence[str], language: str) -> Sequence[str]:
    """Formats that read the same dates, with that ahead in which people of a language write them."""
    return sorted(forms, key=lambda form: form.startswith("%m") != (language in _MONTH_FIRST))


def _written(text: str, fitting: Sequence[str], language: str) -> Dates:
    """Dates of one format, or of the first of two that read them."""
    first = fitting[0]
    left = " The time of day is left out." if "%H" in first or "%I" in first else ""
    left += _CENTURY if "%y" in first else ""
    if len(fitting) == 1:
        return Dates(first, (f"'{text}' and the others are dates written {first}.{left}",), guess="%y" in first)
    doubt = (
        f"Dates. No day is over 12, so {first} and {fitting[1]} both read them: check which is meant. {first} "
        f'is how {language} writes them; for the other one: format = "{fitting[1]}".'
    )
    return Dates(first, (f"{doubt}{left}",), guess=True)


def _in_words(texts: Sequence[str]) -> Dates | None:
    """Dates whose months are words that formats do not know: "März 2024", "Sept 2024"."""
    if len(texts) > _LABELS or not all(any(map(str.isalpha, text)) for text in texts):
        return None
    labels = {text: period(text) for text in texts}
    if not all(_ISO.fullmatch(iso) for iso in labels.values()) or len(set(labels.values())) < len(labels):
        return None
    reason = f"'{texts[0]}' and the others are dates in words, each spelled out; a new one has to be added."
    return Dates("", (reason,), labels)


def _days(texts: Iterable[str]) -> list[str]:
    """The texts that are days as ISO 8601 writes them."""
    return [text for text in texts if (found := _ISO.fullmatch(text)) and found[3]]


def _language_of(ways: Iterable[tuple[str, ...]], usual: str) -> str:
    """Whose dates they are by those that can be read one way only: with the day first, or a month in words first."""
    clear = {forms[0][:2] for forms in ways if len(forms) == 1}
    return "en-GB" if clear == {"%d"} else "en-US" if clear in ({"%b"}, {"%B"}) else usual


def _way(text: str) -> tuple[str, ...]:
    """The formats that a text has the shape of; () where it is no date."""
    return next((forms for shape, forms in (*_SHAPES, *_HALVES) if shape.fullmatch(text)), ())


def _ways(texts: Iterable[str]) -> dict[tuple[str, ...], list[str]] | None:
    """The texts by the formats whose shape they have; None where one is no date."""
    ways: dict[tuple[str, ...], list[str]] = {}
    for text in texts:
        way = _way(text)
        if not way:
            return None
        ways.setdefault(way, []).append(text)
    return ways


def _in_several_ways(texts: Sequence[str], language: str) -> Dates | None:
    """Dates that are not written alike, each of them clearly a date."""
    ways = _ways(text for text in texts if not _ISO.fullmatch(text))
    if ways is None:
        return None
    language = _language_of(ways, language)
    iso = _days(texts)
    formats: list[str] = []
    doubts: list[str] = []
    for forms, written in ways.items():
        fitting = _usual_first([form for form in forms if _reads(written, form)], language)
        if not fitting:
            return None
        formats.append(fitting[0])
        if len(fitting) > 1:
            doubts.append(f" '{written[0]}' is read as {fitting[0]}, and could be {fitting[1]}: check which is meant.")
    looked = len(iso) + sum(map(len, ways.values()))
    if not 1 <= len(formats) <= _WAYS or not _reads(iso, "%Y-%m-%d") or looked < len(texts):
        return None
    if any("%y" in form for form in formats):
        doubts.append(_CENTURY)
    count = len(formats) + bool(iso)
    said = f"Dates written in {count} ways.{''.join(doubts)}"
    return Dates(tuple(formats) if len(formats) > 1 else formats[0], (said,), guess=bool(doubts))
