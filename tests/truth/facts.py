"""How a judge holds a printed list, a table, a chart's labels or its own numbers against the rows of a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from tests.truth.judge import NUMBER_WORDS, Rows, Tables, shows
from tests.truth.shown import PARAGRAPH, plain

Printed = Callable[[Mapping[str, str], str], bool]
"""Whether a text is what a row's value is printed as."""
Key = Callable[[Mapping[str, str]], str]


def number_of(column: str, unit: str = "") -> Printed:
    """A number with its unit: "$", "%", or none."""

    def printed(row: Mapping[str, str], text: str) -> bool:
        signs = re.sub(r"[-\d.,]|(?<=\d)[KM]$", "", text)
        return signs in (unit, "") and shows(text, Decimal(row[column]))

    return printed


def range_of(low: str, high: str, units: Mapping[str, str], unit_column: str) -> Printed:
    def printed(row: Mapping[str, str], text: str) -> bool:
        sign = units[row[unit_column]]
        a, _, b = text.partition("–")
        whole = a.startswith(sign) and (not b or b.startswith(sign)) and re.sub(r"[\d.,–]", "", text).strip(sign) == ""
        return whole and shows(a, Decimal(row[low])) and shows(b or a, Decimal(row[high]))

    return printed


def word_of(column: str) -> Printed:
    return lambda row, text: plain(row[column]) == text


def lists(rows: Rows, text: str, key: str, printed: Printed, between: str, within: str) -> bool:
    """Whether a text lists every row and no other, each with its value: "A: 1; B: 2"."""
    pairs = [item.rpartition(within) for item in text.rstrip(".").split(between)]
    said = {name.strip().casefold(): told.strip() for name, _, told in pairs}
    true = {plain(row[key]).casefold(): row for row in rows}
    whole = len(said) == len(pairs) == len(rows) and said.keys() == true.keys()
    return whole and all(printed(true[name], told) for name, told in said.items())


def has_labels(text: str, labels: Sequence[str]) -> bool:
    """Whether each of a chart's labels stands among those that were drawn, in whatever order and over whatever lines."""
    drawn = text.replace(" ", "").casefold()
    return all(label.replace(" ", "").casefold() in drawn for label in labels)


def amount(true: Decimal, unit: str = "") -> str:
    """A whole number as it is printed in English: to the unit where it has a fraction, half to even."""
    told = f"{true.quantize(Decimal(1)) if true % 1 else true:,f}"
    return f"${told}" if unit == "$" else f"{told}{unit}"


def count(text: str, true: int) -> bool:
    """Whether a count in words or digits is right."""
    bare = text.strip().casefold()
    return NUMBER_WORDS.index(bare) == true if bare in NUMBER_WORDS else bare == str(true)


def chart_entries(
    says: Callable[..., None],
    table: Callable[[Tables], Rows],
    names: tuple[str, str, str],
    key: str,
    printed: Printed,
    measure: str = "",
    labels: Callable[[Rows], Sequence[str]] | None = None,
    in_notes: bool = True,
) -> None:
    """What charts of a table say in every output: alternative texts, the lists in notes, the tables of numbers, the
    labels and PowerPoint's numbers; `names` are the titles of the table, of the key and of the value;
    `in_notes` is whether a deck shows one."""
    title, key_title, value_title = (re.escape(name) for name in names)
    says(
        rf"chart: {value_title} by {key_title}\. (.+?)\.(?= Highlighted| Half|$)",
        lambda w, text: lists(table(w), text, key, printed, "; ", ": "),
    )
    says(
        rf"(?<![\w.] ){title}: ¶ (.+?)(?: ¶ Sources?: .*)?$",
        lambda w, text: lists(table(w), text, key, printed, PARAGRAPH, ": "),
        original=in_notes,
    )
    says(
        rf"{title} ¶ {key_title} \| {value_title} ¶ (.+)$",
        lambda w, text: lists(table(w), text, key, printed, PARAGRAPH, " | "),
    )
    if measure and labels is not None:
        says(rf"^{re.escape(measure)} ¶ (.*)$", lambda w, text: has_labels(text, labels(table(w))))
