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
