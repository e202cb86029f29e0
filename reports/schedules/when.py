"""The language of schedules: a few words, or cron's five fields, and nothing else."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from msgspec import Struct

from data.errors import Place, ProjectError, nearest

_DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
"""As cron counts them, from 0."""
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_INTERVALS = (5, 10, 15, 20, 30)
"""Minutes between two runs; an hour is a whole number of them, so that runs are as far apart across the hour."""
_EVERY_MONTH_HAS = 28
_FORMS = (
    "'daily 06:00'", "'weekdays 06:00'", "'mondays 06:00'", "'monday,thursday 06:00'", "'monthly 1 06:00'",
    "'hourly'", "'every 15 minutes'",
)  # fmt: skip
_WRITE = f"Write one of {', '.join(_FORMS)}; or cron's five fields with --cron."
_FIELDS = (
    ("minute", 0, 59, ()),
    ("hour", 0, 23, ()),
    ("day of the month", 1, 31, ()),
    ("month", 1, 12, tuple(name[:3].lower() for name in _MONTHS)),
    ("day of the week", 0, 7, tuple(name[:3] for name in _DAYS)),
)
"""What cron's five fields are called, their smallest and largest number, and the names that numbers have."""
_LEAP_YEAR = 2028
_FEW = 6
"""Times of a day that are told one by one."""


class When(Struct, frozen=True):
    """The local times at which a schedule runs: each time of a day that fits all of these."""

    cron: str
    """As cron's five fields, by which it is kept and written."""
    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: tuple[int, ...]
    """Days of the month; all 31 where any will do."""
    months: tuple[int, ...]
    weekdays: tuple[int, ...]
    """From 0, Sunday, to 6; all seven where any will do."""

    @property
    def times(self) -> tuple[datetime.time, ...]:
        """The times of a day."""
        return tuple(datetime.time(hour, minute) for hour in self.hours for minute in self.minutes)

    @property
    def is_by_the_clock(self) -> bool:
        """Whether cron takes it as a time of the day, which it makes up for when clocks change, and not as something
        that goes on all the time: neither of its first two fields begins with a star."""
        return not any(field.startswith("*") for field in self.cron.split()[:2])

    def fits(self, day: datetime.date) -> bool:
        """Whether there are runs on a day."""
        return day.day in self.days and day.month in self.months and day.isoweekday() % 7 in self.weekdays


def from_words(text: str) -> When:
    """The times that --every says. Raises ProjectError for all but the forms that it knows."""
    words = re.sub(r"\s*,\s*", ",", " ".join(text.lower().split()))
    if words == "hourly":
        return from_cron("0 * * * *")
    if found := re.fullmatch(r"every (\d+) minutes?", words):
        if int(found[1]) not in _INTERVALS:
            said = ", ".join(map(str, _INTERVALS))
            raise _refused(text, f": {found[1]} minutes divide no hour that runs could fill.", f"Write one of {said}.")
        return from_cron(f"*/{int(found[1])} * * * *")
    if found := re.fullmatch(r"(\S+)(?: (\d+))? (\S+)", words):
        day = _day_of_month(text, found[1], found[2])
        weekdays = "*" if day != "*" else _weekdays(text, found[1])
        hour, minute = _time(text, found[3])
        return from_cron(f"{minute} {hour} {day} * {weekdays}")
    raise _refused(text, " says no time that a schedule knows.", _WRITE)


def _day_of_month(text: str, word: str, number: str | None) -> str:
    if word != "monthly":
        if number is not None:
            raise _refused(text, f" says a day of the month, and '{word}'.", _WRITE)
        return "*"
    if number is None or not 1 <= int(number) <= _EVERY_MONTH_HAS:
        raise _refused(
            text,
            " says no day that every month has.",
            f"Write 'monthly 1 06:00', with a day from 1 to {_EVERY_MONTH_HAS}.",
        )
    return str(int(number))


def _weekdays(text: str, words: str) -> str:
    if words in ("daily", "weekdays"):
        return "*" if words == "daily" else "1-5"
    numbers: set[int] = set()
    for word in words.split(","):
        name = word.removesuffix("s")
        if name not in _DAYS:
            known = [*_DAYS, "daily", "weekdays", "monthly"]
            raise _refused(text, f": '{word}' is no day.", f"{nearest(word, known)} {_WRITE}")
        numbers.add(_DAYS.index(name))
    return ",".join(map(str, sorted(numbers)))


def _time(text: str, written: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,2}):(\d{2})", written)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise _refused(
            text, f": '{written}' is no time.", "Write hours and minutes from 00:00 to 23:59, such as 06:00."
        )
    return int(found[1]), int(found[2])


def _refused(text: str, why: str, remedy: str) -> ProjectError:
    return ProjectError.at(Place("--every"), f"'{text}'{why}", remedy)


def from_cron(text: str) -> When:
    """The times that five fields say, as cron has them: numbers, names of months and days, lists, ranges, steps.

    Raises ProjectError for anything else, for fields that schedulers take differently, and for days that never come.
    """
    fields = text.lower().split()
    if len(fields) != len(_FIELDS):
        raise _no_cron(
            text, f" has {len(fields)} field{'' if len(fields) == 1 else 's'}, and not five.",
            "Write minute, hour, day of the month, month and day of the week, such as '0 6 * * 1-5'.",
        )  # fmt: skip
    minutes, hours, days, months, weekdays = (
        _numbers(text, field, *known) for field, known in zip(fields, _FIELDS, strict=True)
    )
    if fields[2] != "*" and fields[4] != "*":
        raise _no_cron(
            text, " says a day of the month and a day of the week: cron runs on either, other schedulers on both.",
            "Write * for one of the two.",
        )  # fmt: skip
    when = When(" ".join(fields), minutes, hours, days, months, tuple(sorted({day % 7 for day in weekdays})))
    year = (datetime.date(_LEAP_YEAR, 1, 1) + datetime.timedelta(number) for number in range(366))
    if not any(map(when.fits, year)):
        raise _no_cron(text, " says a day that no year has.", "Write another day or month.")
    return when


def _numbers(text: str, field: str, called: str, low: int, high: int, names: Sequence[str]) -> tuple[int, ...]:
    """The numbers that one field means."""
    found: set[int] = set()
    for part in field.split(","):
        shape = re.fullmatch(r"(?:(\*)|(\w+)(?:-(\w+))?)(?:/(\d{1,2}))?", part, re.ASCII)
        if not shape:
            raise _no_cron(
                text, f": '{part}' is no {called}.", f"Write numbers from {low} to {high}, lists, ranges, *."
            )
        star, first, last, step = shape.groups()
        if step is not None and not star and last is None:
            raise _no_cron(
                text, f": '{part}' is a step without a range, which schedulers take differently.",
                f"Write {first}-{high}/{step} for the {called}.",
            )  # fmt: skip
        begin = low if star else _number(text, first, called, low, high, names)
        end = begin if last is None else _number(text, last, called, low, high, names)
        end = high if star else end
        if end < begin or (step is not None and int(step) == 0):
            raise _no_cron(
                text, f": '{part}' holds no {called}.", f"Write the smaller number first, from {low} to {high}."
            )
        found.update(range(begin, end + 1, int(step or 1)))
    return tuple(sorted(found))


def _number(text: str, word: str, called: str, low: int, high: int, names: Sequence[str]) -> int:
    if word in names:
        return names.index(word) + low
    if word.isdecimal() and low <= int(word) <= high:
        return int(word)
    raise _no_cron(text, f": '{word}' is no {called}.", f"Write a number from {low} to {high}.")


def _no_cron(text: str, why: str, remedy: str) -> ProjectError:
    return ProjectError.at(Place("--cron"), f"'{text}'{why}", remedy)


def told(when: When) -> str:
    """The times in words.

    >>> told(from_words("monday,thursday 06:00"))
    'on Mondays and Thursdays at 06:00'
    """
    parts = [_told_days(when), _told_times(when)]
    if len(when.months) < 12:
        parts.append(f"in {_listed([_MONTHS[month - 1] for month in when.months])}")
    return " ".join(part for part in parts if part)


def _told_times(when: When) -> str:
    if len(when.hours) < 24:
        if len(when.times) <= _FEW:
            return f"at {_listed([f'{time:%H:%M}' for time in when.times])}"
        hours = _listed([f"{hour:02}" for hour in when.hours])
        return f"{_told_minutes(when.minutes)} of the hours {hours}"
    said = _told_minutes(when.minutes)
    return "every hour" if said == "at minute 00" else said if said.startswith("every") else f"every hour {said}"


def _told_minutes(minutes: tuple[int, ...]) -> str:
    step = 60 // len(minutes)
    if len(minutes) > 1 and minutes == tuple(range(0, 60, step)):
        return "every minute" if step == 1 else f"every {step} minutes"
    return f"at minute{'' if len(minutes) == 1 else 's'} {_listed([f'{minute:02}' for minute in minutes])}"


def _told_days(when: When) -> str:
    if len(when.weekdays) < 7:
        if when.weekdays == (1, 2, 3, 4, 5):
            return "on weekdays"
        return (
            f"on {_listed([f'{_DAYS[day].capitalize()}s' for day in sorted(when.weekdays, key=lambda day: day or 7)])}"
        )
    if len(when.days) < 31:
        return f"on day{'' if len(when.days) == 1 else 's'} {_listed(list(map(str, when.days)))} of the month"
    return "every day" if len(when.hours) < 24 else ""


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
