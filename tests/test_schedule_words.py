"""When a schedule runs is said in a few words or in cron's five fields; anything else is refused, with a way out."""

from __future__ import annotations

import datetime
import os
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from data.errors import ProjectError
from reports.schedules.when import from_cron, from_words, told
from reports.schedules.zones import are_alike, system_zone, zone_named


@pytest.mark.parametrize(
    ("words", "cron", "said"),
    [
        ("daily 06:00", "0 6 * * *", "every day at 06:00"),
        ("weekdays 06:00", "0 6 * * 1-5", "on weekdays at 06:00"),
        ("  Weekdays   6:05 ", "5 6 * * 1-5", "on weekdays at 06:05"),
        ("mondays 23:59", "59 23 * * 1", "on Mondays at 23:59"),
        ("sunday 00:00", "0 0 * * 0", "on Sundays at 00:00"),
        ("monday,thursday 06:00", "0 6 * * 1,4", "on Mondays and Thursdays at 06:00"),
        ("Thursdays, mondays 06:00", "0 6 * * 1,4", "on Mondays and Thursdays at 06:00"),
        ("saturday,sunday 06:00", "0 6 * * 0,6", "on Saturdays and Sundays at 06:00"),
        ("monthly 1 06:00", "0 6 1 * *", "on day 1 of the month at 06:00"),
        ("hourly", "0 * * * *", "every hour"),
        ("every 15 minutes", "*/15 * * * *", "every 15 minutes"),
    ],
)
def test_the_words_of_every_are_cron_and_are_told_back(words: str, cron: str, said: str) -> None:
    assert (from_words(words).cron, told(from_words(words))) == (cron, said)
    assert from_cron(cron) == from_words(words)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("", "--cron"),
        ("sometimes", "'every 15 minutes'"),
        ("weekdays", "'weekdays 06:00'"),
        ("weekdays 6am", "Write hours and minutes from 00:00 to 23:59"),
        ("weekdays 24:00", "'24:00' is no time"),
        ("weekdays 06:60", "'06:60' is no time"),
        ("weekdays 06:00 16:00", "'weekdays 06:00'"),
        ("mondys 06:00", "Did you mean 'monday'?"),
        ("monday,,friday 06:00", "'' is no day"),
        ("weekdays 3 06:00", "a day of the month"),
        ("monthly 06:00", "'monthly 1 06:00'"),
        ("monthly 0 06:00", "from 1 to 28"),
        ("monthly 31 06:00", "from 1 to 28"),
        ("every 7 minutes", "Write one of 5, 10, 15, 20, 30"),
        ("every 1 minutes", "Write one of 5, 10, 15, 20, 30"),
        ("every ٣ minutes", "Write one of"),
        ("0 6 * * 1-5", "--cron"),
    ],
)  # fmt: skip
def test_other_words_are_refused_with_what_can_be_written(words: str, why: str) -> None:
    with pytest.raises(ProjectError) as refused:
        from_words(words)
    assert str(refused.value).startswith("--every: ")
    assert why in str(refused.value)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("0 6,18 * * *", "every day at 06:00 and 18:00"),
        ("*/20 8-10 * * mon-fri", "on weekdays every 20 minutes of the hours 08, 09 and 10"),
        ("5 * * * *", "every hour at minute 05"),
        ("5,35 * * * *", "every hour at minutes 05 and 35"),
        ("* * * * *", "every minute"),
        ("0 6 1,15 * *", "on days 1 and 15 of the month at 06:00"),
        ("0 6 1 JAN,jul *", "on day 1 of the month at 06:00 in January and July"),
        ("0 6 * * 7", "on Sundays at 06:00"),
        ("0 6 * * 5-7", "on Fridays, Saturdays and Sundays at 06:00"),
        ("0 6 29 2 *", "on day 29 of the month at 06:00 in February"),
        ("0-59/30 6 * * *", "every day at 06:00 and 06:30"),
    ],
)
def test_crons_fields_are_told_back(fields: str, said: str) -> None:
    assert told(from_cron(fields)) == said


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ("0 6 * *", "has 4 fields, and not five"),
        ("0 0 6 * * 1", "has 6 fields, and not five"),
        ("@daily", "has 1 field, and not five"),
        ("60 6 * * *", "'60' is no minute"),
        ("0 24 * * *", "'24' is no hour"),
        ("0 6 0 * *", "'0' is no day of the month"),
        ("0 6 * 13 *", "'13' is no month"),
        ("0 6 * * 8", "'8' is no day of the week"),
        ("0 6 * * monday", "'monday' is no day of the week"),
        ("0 6 L * *", "'l' is no day of the month"),
        ("0 6 ? * 1", "'?' is no day of the month"),
        ("0 6 * * 1#2", "'1#2' is no day of the week"),
        ("30-10 6 * * *", "Write the smaller number first"),
        ("*/0 6 * * *", "holds no minute"),
        ("5/15 6 * * *", "Write 5-59/15 for the minute"),
        ("0 6 1 * 1", "cron runs on either, other schedulers on both"),
        ("0 6 */2 * 1", "cron runs on either, other schedulers on both"),
        ("0 6 31 2 *", "says a day that no year has"),
        ("0 6 30-31 feb *", "says a day that no year has"),
        ("٣ 6 * * *", "is no minute"),
        ("0,,5 6 * * *", "'' is no minute"),
    ],
)  # fmt: skip
def test_other_fields_are_refused_and_those_that_schedulers_take_differently(fields: str, why: str) -> None:
    with pytest.raises(ProjectError) as refused:
        from_cron(fields)
    assert str(refused.value).startswith("--cron: ")
    assert why in str(refused.value)


@pytest.mark.parametrize("name", ["Europe/Zurick", "Europe", "../etc/passwd", "/etc/localtime", "", "UTC+2", "a\0b"])
def test_a_zone_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(ProjectError, match=r"is no time zone\. (Did you mean 'Europe/Zurich'|Write the name|Did you)"):
        zone_named(name)


def test_the_systems_zone_is_that_of_its_clock_whatever_a_terminal_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.name == "nt":
        pytest.skip("Windows keeps its zone elsewhere")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    link, named = tmp_path / "localtime", tmp_path / "timezone"
    assert system_zone(link, named).key == "UTC"  # what every program takes without it
    named.write_text("America/New_York\n", "utf-8")
    assert system_zone(link, named).key == "America/New_York"
    link.symlink_to("/usr/share/zoneinfo/Europe/Zurich")
    assert system_zone(link, named).key == "Europe/Zurich"
    link.unlink()
    named.unlink()
    link.write_bytes(b"TZif2")
    with pytest.raises(ProjectError, match="Say it: --zone"):
        system_zone(link, named)


def test_zones_are_alike_by_the_time_that_they_show() -> None:
    now = datetime.datetime(2026, 11, 28, tzinfo=datetime.UTC)
    assert are_alike(ZoneInfo("UTC"), ZoneInfo("Etc/UTC"), now)
    assert are_alike(ZoneInfo("Europe/Zurich"), ZoneInfo("Europe/Busingen"), now)
    assert not are_alike(ZoneInfo("Europe/London"), ZoneInfo("UTC"), now)  # in winter they show the same
