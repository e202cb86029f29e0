"""What ready words say is read back from the text, in every language, and held against arithmetic of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import ProjectError
from tests.phrasing import TAGS, against, of, ranked, say, series

LANGUAGES = st.sampled_from(sorted(TAGS))
NUMBERS = {
    "en": ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
    "de": ["null", "einem", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"],
    "fr": ["zéro", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze"],
    "es": ["cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce"],
}
PARTS = {
    "a third": 3, "a quarter": 4, "a fifth": 5, "a tenth": 10, "ein Drittel": 3, "ein Viertel": 4, "ein Fünftel": 5,
    "ein Zehntel": 10, "un tiers": 3, "un quart": 4, "un tercio": 3, "una cuarta parte": 4, "una quinta parte": 5,
    "una décima parte": 10,
}  # fmt: skip


def number(word: str, language: str) -> int:
    """A whole number as it is written or spelled."""
    return NUMBERS[language].index(word) if word in NUMBERS[language] else int(re.sub(r"\D", "", word))


Judge = Callable[[Fraction, int], bool]
NEAR = Fraction(2, 100)
TRUE_OF: dict[str, list[tuple[str, Judge]]] = {
    "en": [
        (r"exactly the same as", lambda r, _: r == 1),
        (r"about the same as", lambda r, _: r != 1 and abs(r - 1) <= NEAR),
        (r"exactly double", lambda r, _: r == 2),
        (r"almost double", lambda r, _: 2 - 2 * NEAR <= r < 2),
        (r"more than double", lambda r, _: 2 < r < 3),
        (r"exactly (\S+) times", lambda r, n: r == n),
        (r"almost (\S+) times", lambda r, n: n - n * NEAR <= r < n),
        (r"more than (\S+) times", lambda r, n: n < r < n * Fraction(11, 10) + 1),
        (r"exactly half", lambda r, _: r == Fraction(1, 2)),
        (r"just over half", lambda r, _: Fraction(1, 2) < r <= Fraction(51, 100)),
        (r"less than half", lambda r, _: r < Fraction(1, 2)),
        (r"exactly (a \w+) of", lambda r, n: r == Fraction(1, n)),
        (r"less than (a \w+) of", lambda r, n: r < Fraction(1, n)),
        (r"exactly (a \w+) more than", lambda r, n: r == 1 + Fraction(1, n)),
        (r"exactly (a \w+) less than", lambda r, n: r == 1 - Fraction(1, n)),
        (r"about (a \w+) more than", lambda r, n: 0 < abs(r - 1 - Fraction(1, n)) <= Fraction(1, 100)),
        (r"about (a \w+) less than", lambda r, n: 0 < abs(r - 1 + Fraction(1, n)) <= Fraction(1, 100)),
        (r"(\d+)% more than", lambda r, n: abs(100 * (r - 1) - n) <= Fraction(1, 2)),
        (r"(\d+)% less than", lambda r, n: abs(100 * (1 - r) - n) <= Fraction(1, 2)),
    ],
    "de": [
        (r"genauso hoch wie", lambda r, _: r == 1),
        (r"etwa so hoch wie", lambda r, _: r != 1 and abs(r - 1) <= NEAR),
        (r"genau doppelt so hoch wie", lambda r, _: r == 2),
        (r"fast doppelt so hoch wie", lambda r, _: 2 - 2 * NEAR <= r < 2),
        (r"mehr als doppelt so hoch wie", lambda r, _: 2 < r < 3),
        (r"genau (\S+?)-?mal so hoch wie", lambda r, n: r == n),
        (r"fast (\S+?)-?mal so hoch wie", lambda r, n: n - n * NEAR <= r < n),
        (r"mehr als (\S+?)-?mal so hoch wie", lambda r, n: n < r < n * Fraction(11, 10) + 1),
        (r"genau halb so hoch wie", lambda r, _: r == Fraction(1, 2)),
        (r"etwas mehr als halb so hoch wie", lambda r, _: Fraction(1, 2) < r <= Fraction(51, 100)),
        (r"weniger als halb so hoch wie", lambda r, _: r < Fraction(1, 2)),
        (r"genau (ein \w+) so hoch wie", lambda r, n: r == Fraction(1, n)),
        (r"weniger als (ein \w+) so hoch wie", lambda r, n: r < Fraction(1, n)),
        (r"genau (ein \w+) höher als", lambda r, n: r == 1 + Fraction(1, n)),
        (r"genau (ein \w+) niedriger als", lambda r, n: r == 1 - Fraction(1, n)),
        (r"etwa (ein \w+) höher als", lambda r, n: 0 < abs(r - 1 - Fraction(1, n)) <= Fraction(1, 100)),
        (r"etwa (ein \w+) niedriger als", lambda r, n: 0 < abs(r - 1 + Fraction(1, n)) <= Fraction(1, 100)),
        (r"(\d+) % höher als", lambda r, n: abs(100 * (r - 1) - n) <= Fraction(1, 2)),
        (r"(\d+) % niedriger als", lambda r, n: abs(100 * (1 - r) - n) <= Fraction(1, 2)),
    ],
    "fr": [
        (r"exactement autant", lambda r, _: r == 1),
        (r"à peu près autant", lambda r, _: r != 1 and abs(r - 1) <= NEAR),
        (r"exactement (\S+|\d[\d ]+) fois plus", lambda r, n: r == n),
        (r"presque (\S+) fois plus", lambda r, n: n - n * NEAR <= r < n),
        (r"plus de (\S+|\d[\d ]+) fois plus", lambda r, n: n < r < n * Fraction(11, 10) + 1),
        (r"exactement (\S+) fois moins", lambda r, n: r == Fraction(1, n)),
        (r"presque (\S+) fois moins", lambda r, n: 0 < r - Fraction(1, n) <= NEAR / n),
        (r"plus de (\S+) fois moins", lambda r, n: r < Fraction(1, n)),
        (r"exactement (un \w+) de plus", lambda r, n: r == 1 + Fraction(1, n)),
        (r"exactement (un \w+) de moins", lambda r, n: r == 1 - Fraction(1, n)),
        (r"environ (un \w+) de plus", lambda r, n: 0 < abs(r - 1 - Fraction(1, n)) <= Fraction(1, 100)),
        (r"environ (un \w+) de moins", lambda r, n: 0 < abs(r - 1 + Fraction(1, n)) <= Fraction(1, 100)),
        (r"(\d+) % de plus", lambda r, n: abs(100 * (r - 1) - n) <= Fraction(1, 2)),
        (r"(\d+) % de moins", lambda r, n: abs(100 * (1 - r) - n) <= Fraction(1, 2)),
    ],
    "es": [
        (r"exactamente lo mismo que", lambda r, _: r == 1),
        (r"más o menos lo mismo que", lambda r, _: r != 1 and abs(r - 1) <= NEAR),
        (r"exactamente el doble que", lambda r, _: r == 2),
        (r"casi el doble que", lambda r, _: 2 - 2 * NEAR <= r < 2),
        (r"más del doble que", lambda r, _: 2 < r < 3),
        (r"exactamente (\S+) veces lo que", lambda r, n: r == n),
        (r"casi (\S+) veces lo que", lambda r, n: n - n * NEAR <= r < n),
        (r"más de (\S+) veces lo que", lambda r, n: n < r < n * Fraction(11, 10) + 1),
        (r"exactamente la mitad que", lambda r, _: r == Fraction(1, 2)),
        (r"algo más de la mitad que", lambda r, _: Fraction(1, 2) < r <= Fraction(51, 100)),
        (r"menos de la mitad que", lambda r, _: r < Fraction(1, 2)),
        (r"exactamente (un\w* [\w ]+) de lo que", lambda r, n: r == Fraction(1, n)),
        (r"menos de (un\w* [\w ]+) de lo que", lambda r, n: r < Fraction(1, n)),
        (r"exactamente (un\w* [\w ]+) más que", lambda r, n: r == 1 + Fraction(1, n)),
        (r"exactamente (un\w* [\w ]+) menos que", lambda r, n: r == 1 - Fraction(1, n)),
        (r"alrededor de (un\w* [\w ]+) más que", lambda r, n: 0 < abs(r - 1 - Fraction(1, n)) <= Fraction(1, 100)),
        (r"alrededor de (un\w* [\w ]+) menos que", lambda r, n: 0 < abs(r - 1 + Fraction(1, n)) <= Fraction(1, 100)),
        (r"un (\d+) % más que", lambda r, n: abs(100 * (r - 1) - n) <= Fraction(1, 2)),
        (r"un (\d+) % menos que", lambda r, n: abs(100 * (1 - r) - n) <= Fraction(1, 2)),
    ],
}  # fmt: skip
"""Every comparison that there is, and the ratios of which it is true; the number in it is spelled or a part's name."""


def is_true(said: str, ratio: Fraction, language: str) -> bool:
    found = [(match, judge) for known, judge in TRUE_OF[language] if (match := re.fullmatch(known, said))]
    assert len(found) == 1, said
    match, judge = found[0]
    told = match.groups()[0] if match.groups() else ""
    return judge(ratio, PARTS.get(told) or (number(told, language) if told else 0))


def near(whole: int, off: int) -> int:
    return whole * 1000 + off


amounts = st.one_of(
    st.integers(1, 100_000), st.builds(near, st.integers(1, 12), st.integers(-45, 45)), st.integers(1, 10**9)
)


@given(amounts, st.one_of(st.just(1000), st.just(3000), amounts), LANGUAGES)
def test_what_a_comparison_says_is_true_of_the_two_numbers(value: int, other: int, language: str) -> None:
    assert is_true(against(value, other, language), Fraction(value, other), language)


POINTS = {
    "en": (r"([\d.]+) percentage points? (higher|lower) than", "higher"),
    "de": (r"([\d,]+) Prozentpunkte? (höher|niedriger) als", "höher"),
    "fr": (r"([\d,]+) points? de pourcentage de (plus|moins)", "plus"),
    "es": (r"([\d,]+) puntos? porcentual(?:es)? (más|menos) que", "más"),
}


@given(st.integers(1, 1000), st.integers(1, 1000), LANGUAGES)
def test_percentages_differ_by_points_or_are_multiples(value: int, other: int, language: str) -> None:
    said = against(f"{value}e-1", f"{other}e-1", language, "percent")
    match = re.fullmatch(POINTS[language][0], said)
    if match is None:
        assert "%" not in said
        assert is_true(said, Fraction(value, other), language)
    else:
        points = Fraction(match[1].replace(",", "."))
        assert points == Fraction(abs(value - other), 10)
        assert (match[2] == POINTS[language][1]) == (value > other)


STEPS = {
    "en": (r"rose|fell", r"every year from", r"in every year but (.*) \(", r"in (\S+) of (\S+) years(?: and (?:rose|fell) in (\S+))? \("),
    "de": (r"stieg|fiel", r"jedes Jahr$", r"in jedem Jahr außer (.*) \(", r"in (\S+) von (\S+) Jahren(?: und (?:stieg|fiel) in (\S+))? \("),
    "fr": (r"a augmenté|a diminué", r"chaque année entre", r"chaque année sauf en (.*) \(", r"(\S+) fois sur (\S+)(?: et (?:augmenté|diminué) (\S+) fois)? \("),
    "es": (r"subió|bajó", r"cada año entre", r"todos los años excepto (.*) \(", r"en (\S+) de los (\S+) años(?: y (?:subió|bajó) en (\S+))? \("),
}  # fmt: skip
RISES = ("rose", "stieg", "a augmenté", "subió")


@given(st.lists(st.integers(0, 4), min_size=2, max_size=18), LANGUAGES)
def test_what_a_trend_says_is_true_of_every_step(numbers: list[int], language: str) -> None:
    said = of(series(numbers, language), "trend('n')")
    signs = [(later > earlier) - (later < earlier) for earlier, later in pairwise(numbers)]
    assert str(2015) in said
    assert str(2014 + len(numbers)) in said
    verbs, every, but, some = STEPS[language]
    verb = re.match(verbs, said)
    if verb is None:
        assert set(signs) == {0}
        return
    sign = 1 if verb[0] in RISES else -1
    if found := re.search(but, said):
        others = {2016 + i for i, one in enumerate(signs) if one != sign}
        assert {int(year) for year in re.findall(r"\d{4}", found[1])} == others
    elif found := re.search(some, said):
        assert number(found[1], language) == signs.count(sign) >= signs.count(-sign)
        assert number(found[2], language) == len(signs)
        assert (number(found[3], language) if found[3] else 0) == signs.count(-sign)
    else:
        assert re.search(every, said) or len(signs) == 1
        assert set(signs) == {sign}


FIRST = {
    "en": r"the (?:highest|lowest) (?:is|are) (.*), (?:ahead of|followed by) (.*)",
    "de": r"der (?:höchste|niedrigste) Wert entfällt auf (.*), der zweit(?:höchste|niedrigste) auf (.*)",
    "fr": r"la valeur la plus (?:élevée|basse) revient à (.*), la suivante à (.*)",
    "es": r"el valor más (?:alto|bajo) corresponde a (.*), el siguiente a (.*)",
}
LEVEL = {"en": "are level", "de": "liegen gleichauf", "fr": "sont à égalité", "es": "comparten"}


@given(st.lists(st.integers(-3, 3), min_size=2, max_size=7), st.booleans(), LANGUAGES)
def test_what_a_ranking_says_is_true_of_the_rows(numbers: list[int], lowest: bool, language: str) -> None:
    names = [f"N{letter}" for letter in "ABCDEFG"]
    table = ranked(list(zip(names, numbers, strict=False)), language, "integer")
    said = of(table, f"ranking('pay', lowest={str(lowest).lower()})")
    order = sorted(set(numbers), reverse=not lowest)
    match = re.fullmatch(FIRST[language], said)
    if match is None:
        assert len(order) == 1
        assert LEVEL[language] in said
        assert set(re.findall(r"N[A-G]", said)) == set(names[: len(numbers)])
        return
    for told, value in zip(match.groups(), order[:2], strict=True):
        holders = {name for name, one in zip(names, numbers, strict=False) if one == value}
        assert set(re.findall(r"N[A-G]", told)) == holders
        assert {int(one.replace("−", "-")) for one in re.findall("−?[0-9]+", told)} == {value}


@given(st.lists(st.sampled_from("ABCDE"), min_size=1, max_size=9), LANGUAGES)
def test_a_list_holds_what_the_rows_hold_and_each_once(letters: list[str], language: str) -> None:
    table = ranked([(letter, 1) for letter in letters], language)
    said = of(table, "listed('job')")
    assert re.findall(r"[A-Z]", said) == list(dict.fromkeys(letters))


ABOUT = {"en": "about ", "de": "rund ", "fr": "environ ", "es": "alrededor de "}


@given(st.integers(-(10**7), 10**7), LANGUAGES)
def test_about_is_said_of_what_was_rounded_and_of_nothing_else(number: int, language: str) -> None:
    said = of(ranked([("a", number), ("b", 1)], language, "integer").where(job="a"), "listed('pay')")
    short = say("{{ t.first.pay | about }}", language, t=ranked([("a", number)], language, "integer"))
    digits = re.sub(r"[^\d−]", "", short).replace("−", "-")
    if not short.startswith(ABOUT[language]):
        assert short == said
        return
    size = 10 ** (len(str(abs(number))) - 2)
    assert int(digits) != number
    assert abs(int(digits) - number) * 2 <= size
    assert int(digits) % size == 0
    assert (int(digits) < 0) == (number < 0)


@given(st.integers(0, 30), LANGUAGES)
def test_a_plural_has_the_form_that_its_number_asks_for(count: int, language: str) -> None:
    rows = [(f"N{i}", 1) for i in range(count)]
    said = say("{{ t.count | plural('ONE', 'OTHER') }}", language, t=ranked(rows, language))
    singular = count == 1 or (count == 0 and language == "fr")
    assert said == f"{count} {'ONE' if singular else 'OTHER'}"


@pytest.mark.parametrize("language", sorted(TAGS))
@pytest.mark.parametrize(("value", "other"), [(0, 5), (5, 0), (-5, 5), (5, -5), (0, 0), (None, 5), (5, None)])
def test_nothing_is_said_of_ratios_that_are_none(value: int | None, other: int | None, language: str) -> None:
    with pytest.raises(ProjectError):
        against(value, other, language)


@given(st.lists(st.integers(0, 40), min_size=2, max_size=6), st.integers(0, 8), LANGUAGES)
def test_nobody_is_called_the_highest_who_leads_by_less_than_the_margin(
    numbers: list[int], half: int, language: str
) -> None:
    names = [f"N{letter}" for letter in "ABCDEF"]
    said = of(ranked(list(zip(names, numbers, strict=False)), language, "integer", half), "ranking('pay')")
    best = max(numbers)
    open_to = {name for name, one in zip(names, numbers, strict=False) if (best - one) ** 2 <= 2 * half * half}
    leads = {name for name, one in zip(names, numbers, strict=False) if one == best}
    if OPEN[language] in said:
        assert open_to > leads
        assert set(re.findall("N[A-F]", said)) == open_to
    else:
        assert open_to == leads
        assert set(re.findall("N[A-F]", said)) >= leads


OPEN = {"en": "margin of error", "de": "Fehlerspanne", "fr": "marge d’erreur", "es": "margen de error"}
CLEAR = {
    "en": (r"more than double|more than (\S+) times", r"less than half|less than (a \w+) of", r"more than", r"less than"),
    "de": (r"mehr als doppelt so hoch wie|mehr als (\S+?)-?mal so hoch wie", r"weniger als halb so hoch wie|weniger als (ein \w+) so hoch wie", r"höher als", r"niedriger als"),
    "fr": (r"plus de (\S+) fois plus", r"plus de (\S+) fois moins", r"plus", r"moins"),
    "es": (r"más del doble que|más de (\S+) veces lo que", r"menos de la mitad que|menos de (un\w* [\w ]+) de lo que", r"más que", r"menos que"),
}  # fmt: skip


@given(st.integers(1, 500), st.integers(1, 500), st.integers(1, 20), LANGUAGES)
def test_numbers_with_margins_are_compared_as_far_as_the_margins_let_them(
    value: int, other: int, half: int, language: str
) -> None:
    try:
        said = against(value, other, language, margin=half)
    except ProjectError:
        assert (value - other) ** 2 <= 2 * half * half
        return
    times, parts, more, less = (re.fullmatch(known, said) for known in CLEAR[language])
    assert times or parts or more or less, said
    if match := times or parts:
        told = match[1] or "two"
        n = 2 if not match[1] else PARTS.get(told) or number(told, language)
        large, small = (value, other) if times else (other, value)
        assert large > n * small
        assert (large - n * small) ** 2 > half * half * (1 + n * n)
    else:
        assert (value > other) == bool(more)
        assert (value - other) ** 2 > 2 * half * half


@given(st.lists(st.integers(0, 9), min_size=2, max_size=14), st.integers(1, 3))
def test_a_step_within_the_margin_is_neither_a_rise_nor_a_fall(numbers: list[int], half: int) -> None:
    signs = [(b > a) - (b < a) if (b - a) ** 2 > 2 * half * half else 0 for a, b in pairwise(numbers)]
    try:
        said = of(series(numbers, margin=half), "trend('n')")
    except ProjectError:
        assert set(signs) == {0}
        return
    if "did not change" in said:
        assert set(signs) == {0}
        assert ("margin" in said) == (len(set(numbers)) > 1)
        return
    sign = 1 if said.startswith("rose") else -1
    if found := re.search(STEPS["en"][3], said):
        assert number(found[1], "en") == signs.count(sign)
        assert (number(found[3], "en") if found[3] else 0) == signs.count(-sign)
    elif found := re.search(STEPS["en"][2], said):
        assert {int(year) - 2016 for year in re.findall(r"\d{4}", found[1])} == {
            i for i, one in enumerate(signs) if one != sign
        }
    else:
        assert set(signs) == {sign}
