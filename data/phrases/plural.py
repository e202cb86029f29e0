"""A number and the word for what is counted, in the form that the number asks for: "1 opening", "3 openings"."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from babel import Locale

from data.language.show import NumberStyle, decimals_of
from data.phrases.phrase import Phrase, Piece
from data.tables.refusals import UnitError
from data.tables.value import Measure, Value

_COUNTS = frozenset(("integer", "number"))
FORMS = ("zero", "one", "two", "few", "many", "other")
"""The categories of the Unicode CLDR (UTS 35, part 3, "Language Plural Rules")."""


def plural(value: Value, style: NumberStyle, language: str, forms: Mapping[str, str], number: bool = True) -> Phrase:
    """The number as it is shown, and the form of the word that goes with it; `forms` has at least "one" and "other".
    Without `number`, the word alone: "has", "have".

    The rules are those of the CLDR for the number as a reader sees it: 1,5 is singular in French, and 1.0 is not in
    English. A form that is not given is "other". Raises UnitError for what is no count, MissingError for no value.
    """
    if value.measure.type not in _COUNTS:
        raise UnitError(
            f"a plural needs a count, and this is {value.measure.type}",
            "Count rows, {{ t.count | plural('job', 'jobs') }}.",
        )
    size = abs(value.number).quantize(Decimal(1).scaleb(-decimals_of(value, style)), ROUND_HALF_UP)
    if style == "words" and size == 1 and language.split("-")[0] != "en":
        style = "number"  # "ein", "une": the word for one has the gender of what is counted
    word: Piece = (Value(agreeing(size, language, forms), Measure("text"), () if number else value.cells), "rounded")
    if not number:
        return Phrase((word,))
    space = " " if style == "words" else "\u00a0"
    return Phrase(((value, style), space, word))


def agreeing(number: Decimal, language: str, forms: Mapping[str, str]) -> str:
    """The form that goes with a number as a reader sees it."""
    return forms.get(Locale.parse(language, sep="-").plural_form(number), forms["other"])
