"""What of a text is a number that somebody typed, in each language."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from data.language.typed_numbers.finder import typed_numbers


def found(text: str, language: str) -> list[str]:
    return [number.text for number in typed_numbers(text, language)]


def test_a_number_knows_where_it_stands_what_it_says_and_how_finely() -> None:
    [number] = typed_numbers("Some earn about $1.2 million.", "en-US")
    assert (number.start, number.end, number.text) == (16, 28, "$1.2 million")
    assert (number.number, number.unit, number.kind) == (Decimal(1_200_000), "USD", "digits")
    assert number.rounded
    assert number.step == 100_000


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Five percentage points more: 35%, half, one in five, twice as many.", "en-US",
         ["Five percentage points", "35%", "half", "one in five", "twice"]),
        ("Zwölf Betriebe boten 35 Prozent der 61.000 € an, zwei Drittel mehr.", "de-DE",
         ["Zwölf", "35 Prozent", "61.000 €", "zwei Drittel"]),
        ("Un diplômé sur cinq gagne 61 000 euros, soit 35 % de plus.", "fr-FR",
         ["Un diplômé sur cinq", "61 000 euros", "35 %"]),
        ("Uno de cada cinco cobra 61.000 €, el doble que en 2015.", "es-ES", ["Uno de cada cinco", "61.000 €", "doble"]),
        ("On March 3, 2024 at 9:30 in Hall 2, page 12: Python 3, 24/7. Bring two copies.", "en-US", []),
    ],
)  # fmt: skip
def test_numbers_that_look_like_data_are_found_and_others_are_not(
    text: str, language: str, expected: list[str]
) -> None:
    assert found(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "number", "unit", "step"),
    [
        ("twenty-one jobs", "en-US", "21", "", "1"),
        ("two thousand three hundred and forty-five jobs", "en-GB", "2345", "", "1"),
        ("three million jobs", "en-US", "3000000", "", "1000000"),
        ("half a million jobs", "en-US", "500000", "", "100000"),
        ("about 41,000 jobs", "en-US", "41000", "", "1000"),
        ("-3.5 points", "en-US", "-3.5", "points", "0.1"),
        ("$1.2bn in all", "en-US", "1200000000", "USD", "100000000"),
        ("$5 a day", "en-CA", "5", "CAD", "1"),
        ("the third largest", "en-US", "3", "", "1"),
        ("sevenfold", "en-US", "7", "ratio", "0.2"),
        ("zweitausenddreihundertfünfundvierzig Stellen", "de-DE", "2345", "", "1"),
        ("1,2 Mio. € im Jahr", "de-DE", "1200000", "EUR", "100000"),
        ("80’000 Franken", "de-CH", "80000", "CHF", "1"),
        ("61.000 Euro", "de-AT", "61000", "EUR", "1"),
        ("zweieinhalb Prozent", "de-DE", "2.5", "percent", "0.1"),
        ("das zweithöchste Gehalt", "de-DE", "2", "", "1"),
        ("35-prozentige Beteiligung", "de-DE", "35", "percent", "1"),
        ("quatre-vingt-dix-sept postes", "fr-FR", "97", "", "1"),
        ("soixante et onze postes", "fr-FR", "71", "", "1"),
        ("1,2 million d’euros", "fr-FR", "1200000", "EUR", "100000"),
        ("28 k€ par an", "fr-FR", "28000", "EUR", "1000"),
        ("un diplômé sur cinq", "fr-FR", "0.2", "share", "0.02"),
        ("dos mil quinientos puestos", "es-ES", "2500", "", "1"),
        ("una cuarta parte", "es-ES", "0.25", "share", "0.02"),
        ("61,000.50 pesos", "es-MX", "61000.50", "MXN", "0.01"),
    ],
)  # fmt: skip
def test_a_number_is_read_as_its_language_and_region_write_it(
    text: str, language: str, number: str, unit: str, step: str
) -> None:
    [read] = typed_numbers(text, language)
    assert (read.number, read.unit, read.step) == (Decimal(number), unit, Decimal(step))


@pytest.mark.parametrize(
    ("text", "language", "number", "unit", "step"),
    [
        ("two point two five million jobs", "en-US", "2250000", "", "10000"),
        ("zero point five per cent", "en-GB", "0.5", "percent", "0.1"),
        ("two points more", "en-US", "2", "points", "1"),
        ("null Komma fünf Prozent", "de-DE", "0.5", "percent", "0.1"),
        ("zwei Komma fünfundzwanzig Millionen Euro", "de-DE", "2250000", "EUR", "10000"),
        ("deux virgule vingt-cinq millions d’euros", "fr-FR", "2250000", "EUR", "10000"),
        ("dos coma cinco millones de hogares", "es-ES", "2500000", "", "100000"),
        ("dos punto cinco por ciento", "es-MX", "2.5", "percent", "0.1"),
    ],
)  # fmt: skip
def test_decimals_in_words_belong_to_the_number_before_them_and_are_scaled_with_it(
    text: str, language: str, number: str, unit: str, step: str
) -> None:
    [read] = typed_numbers(text, language)
    assert (read.number, read.unit, read.step) == (Decimal(number), unit, Decimal(step))


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("one and a half million jobs", "en-US", "1500000"), ("two and a half thousand jobs", "en-US", "2500"),
        ("a quarter of a million jobs", "en-US", "250000"), ("three quarters of a million jobs", "en-US", "750000"),
        ("one and a half percentage points", "en-US", "1.5"), ("eine Viertelmillion Stellen", "de-DE", "250000"),
        ("un million et demi d’emplois", "fr-FR", "1500000"), ("2 milliards et demi d’euros", "fr-FR", "2500000000"),
        ("un quart de million de postes", "fr-FR", "250000"), ("dos millones y medio de empleos", "es-ES", "2500000"),
        ("tres cuartos de millón de empleos", "es-ES", "750000"),
    ],
)  # fmt: skip
def test_a_half_is_half_of_what_is_counted(text: str, language: str, number: str) -> None:
    [read] = typed_numbers(text, language)
    assert read.number == Decimal(number)


def test_the_ends_of_a_range_have_one_unit() -> None:
    units = [number.unit for number in typed_numbers("Pay of $41,000–52,000; between 35 and 41 percent.", "en-US")]
    assert units == ["USD", "USD", "percent", "percent"]


@pytest.mark.parametrize("text", ["9" * 5_000, "1" * 100 + " of 3", "٣ ½ Ⅷ ²", "", "\n\n", "in in in", "one in", "$"])
def test_what_is_no_number_of_a_text_is_no_mistake(text: str) -> None:
    assert all(text[number.start : number.end] == number.text for number in typed_numbers(text, "en-US"))


TAGS = {"en": "en-US", "de": "de-DE", "fr": "fr-FR", "es": "es-ES"}
SAMPLES = {
    language: (Path(__file__).parent / "typed_numbers" / f"{language}.txt").read_text("utf-8").splitlines()
    for language in TAGS
}
"""Sentences as reports of careers have them; each number that is data stands in ⟦ ⟧."""


@pytest.mark.parametrize(
    ("language", "line"), [(language, line) for language, lines in SAMPLES.items() for line in lines]
)
def test_of_each_sentence_the_data_are_found_and_nothing_else(language: str, line: str) -> None:
    text = line.replace("⟦", "").replace("⟧", "")
    assert found(text, TAGS[language]) == re.findall("⟦(.*?)⟧", line)


@pytest.mark.parametrize("language", TAGS)
def test_a_whole_text_has_the_numbers_of_its_lines(language: str) -> None:
    text = "\n\n".join(SAMPLES[language])
    assert found(text.replace("⟦", "").replace("⟧", ""), TAGS[language]) == re.findall("⟦(.*?)⟧", text)


def test_a_language_that_is_not_spoken_is_refused() -> None:
    with pytest.raises(KeyError):
        typed_numbers("35 %", "it-IT")
