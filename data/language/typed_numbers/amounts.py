"""Reads numbers with their units: per cents, points, money, ratios, and counts of anything."""

from __future__ import annotations

from decimal import Decimal

from data.language.typed_numbers.cardinals import cardinal
from data.language.typed_numbers.passage import Passage, Read
from data.language.typed_numbers.spoken_decimals import spoken_decimal
from data.language.typed_numbers.tokens import said_number
from data.language.typed_numbers.vocabulary import CODES

_SIGNS = {"$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY", "zł": "PLN"}
_DOLLARS = {
    "CA": "CAD", "AU": "AUD", "NZ": "NZD", "SG": "SGD", "HK": "HKD", "MX": "MXN", "AR": "ARS", "CL": "CLP", "CO": "COP",
}  # fmt: skip
"""What "$" means in a region where it is not the dollar of the United States."""
_DOLLAR_LETTERS = {"us": "USD", "a": "AUD", "c": "CAD", "ca": "CAD", "s": "SGD", "hk": "HKD", "nz": "NZD", "au": "AUD"}
_THOUSAND, _MILLION = 1000, 10**6
_HALF, _TENTH = Decimal("0.5"), Decimal("0.1")
RATIO_STEP = Decimal("0.2")
"""Who says "twice" without "about" is taken to be within a tenth of it."""
_MINUS = frozenset("-−–")


def amount(passage: Passage, index: int) -> Read | None:
    """The number that begins there, with its unit."""
    words = passage.words
    first, here, currency = index, index, ""
    if sign := _currency_before(passage, index):
        currency, here = sign
        if passage.at(here).kind != "number":
            return None
    token = passage.at(here)
    bare = _bare(passage, here)
    if bare is None:
        return None
    number, step, behind = bare
    if token.low in words.weak and behind == here + 1 and not _is_meant(passage, here, behind):
        return None
    broken = token.kind == "number" or step < 1
    number, step, behind, scaled = _scaled(passage, number, step, behind, broken)
    number, behind, step = _and_a_half(passage, number, behind, step)
    unit, behind = _unit(passage, behind, currency)
    if unit == "ratio" and token.kind == "word":
        step = RATIO_STEP
    if first > 0 and _is_negative(passage, first):
        first, number = first - 1, -number
    return passage.number(first, behind, number, unit, step, rounded=scaled or step >= _THOUSAND)


def _bare(passage: Passage, here: int) -> tuple[Decimal, Decimal, int] | None:
    """The number without what is behind it, how finely it is said, and the token behind it."""
    token = passage.at(here)
    if token.kind == "number":
        number, decimals = said_number(token.low, passage.language)
        return number, Decimal(1).scaleb(-decimals), here + 1
    if (said := phrased(passage, here)) is not None:
        return said[0], _step_of_words(said[0]), said[1]
    if (spoken := spoken_decimal(passage, here)) is not None:
        return spoken
    if (whole := cardinal(passage, here)) is not None:
        return Decimal(whole[0]), _step_of_words(Decimal(whole[0])), whole[1]
    return None


def _step_of_words(number: Decimal) -> Decimal:
    """How finely words say a number: "three million" is not exact, "two hundred and five" is."""
    if number % 1:
        return Decimal("0.1")
    step = Decimal(1)
    while number and number % (step * _THOUSAND) == 0:
        step *= _THOUSAND
    return step if number % (step * 100) or step == 1 else step * 100


def phrased(passage: Passage, here: int) -> tuple[Decimal, int] | None:
    """A number that several words say: "half a million"; and the token behind it."""
    low = passage.low(here)
    for phrase, number in passage.words.phrased.items():
        if low == phrase[0] and (behind := passage.behind(here, (phrase,))):
            return number, behind
    return None


def _currency_before(passage: Passage, index: int) -> tuple[str, int] | None:
    """The currency that is written before a number, and where that number is: "$", "US$", "CHF"."""
    low = passage.low(index)
    if low in _SIGNS:
        return _dollar(passage, low), index + 1
    if passage.low(index + 1) == "$" and low in _DOLLAR_LETTERS and not passage.at(index + 1).spaced:
        return _DOLLAR_LETTERS[low], index + 2
    if low in CODES:
        return low.upper(), index + 1
    return None


def _dollar(passage: Passage, sign: str) -> str:
    region = passage.language.partition("-")[2]
    return _DOLLARS.get(region, "USD") if sign == "$" else _SIGNS[sign]


def _is_meant(passage: Passage, here: int, behind: int) -> bool:
    """Whether a word that may be an article is a number here."""
    words = passage.words
    if passage.behind(behind, words.and_a_half) is not None:
        return True
    measured = (passage.behind(behind, unit) for unit in (words.percent, words.points))
    return passage.low(here - 1) in words.only or any(found is not None for found in measured)


def _scaled(
    passage: Passage, number: Decimal, step: Decimal, behind: int, digits: bool
) -> tuple[Decimal, Decimal, int, bool]:
    """A number with the scale behind it: million, k."""
    words, low = passage.words, passage.low(behind)
    scale = words.scales.get(low)
    money = passage.low(behind + 1) in _SIGNS and not passage.at(behind + 1).spaced
    if scale is None and digits and (money or not passage.at(behind).spaced):
        scale = words.short_scales.get(low)
    if scale is None or not digits:
        return number, step, behind, False
    behind += 1
    if passage.low(behind) == "." and low in words.shortened:
        behind += 1  # Mio.
    return _plain(number * scale), _plain(step * scale), behind, True


def _plain(number: Decimal) -> Decimal:
    """The same number without zeros behind its point."""
    return number.to_integral_value() if number == number.to_integral_value() else number


def _and_a_half(passage: Passage, number: Decimal, behind: int, step: Decimal) -> tuple[Decimal, int, Decimal]:
    """A number with its half: "two and a half years"; also where the noun is between: "deux ans et demi".

    The half is one of what is counted: "un million et demi" and "one and a half million" are 1,500,000.
    """
    words = passage.words
    after = passage.behind(behind, words.and_a_half)
    if after is None and not (
        passage.low(behind).startswith(words.time_nouns) and passage.behind(behind + 1, words.and_a_half)
    ):
        return number, behind, step
    counted = words.scales.get(passage.low(behind - 1), 1)
    if counted < _MILLION:
        counted = 1
    if counted == 1 and after is not None and passage.low(after) in words.scales:
        scale = words.scales[passage.low(after)]
        return _plain((number + _HALF) * scale), after + 1, _plain(_TENTH * scale)
    return _plain(number + _HALF * counted), after or behind, _plain(_TENTH * counted)


def _unit(passage: Passage, behind: int, currency: str) -> tuple[str, int]:
    """The unit behind a number, and the token behind that."""
    words = passage.words
    for unit, said in (("points", words.points), ("percent", words.percent), ("ratio", words.times)):
        after = passage.behind(behind, said)
        signs = passage.low(after - 1).startswith(("×", "x", "fold", "fach")) if after else False
        if after is not None and (unit != "ratio" or signs or passage.low(after) in words.after_adverb):
            return unit, after
    if currency:
        return currency, behind
    here = behind
    if passage.low(here) in words.between_unit:
        here += 2 if passage.low(here + 1) in "'’" else 1
    low, token = passage.low(here), passage.at(here)
    if low in _SIGNS and (passage.at(here + 1).kind != "number" or passage.at(here + 1).spaced):
        return _dollar(passage, low), here + 1
    if low in words.currencies:
        named = words.currencies[low]
        return _dollar(passage, "$") if named == "USD" else named, here + 1
    if low in CODES and passage.text[token.start : token.end].isupper():
        return low.upper(), here + 1
    return "", behind


def _is_negative(passage: Passage, first: int) -> bool:
    sign, before = passage.at(first - 1), passage.at(first - 2)
    if sign.low in passage.words.minus:
        return True
    tight = not passage.at(first).spaced
    opened = sign.spaced or before.low == "("
    return sign.low in _MINUS and tight and opened and (first == 1 or before.kind != "number" or sign.low != "–")
