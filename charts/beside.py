"""What a chart says beside its marks: lines at values of the data, and notes at its points."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from charts.lettering import one_line
from data.language.show import show
from data.sandbox.placeholders import Sentence, told
from data.tables.value import Interval, Value


class Reference(Struct, frozen=True):
    """A value against which others are seen: an average, a target, last year's."""

    value: Value
    text: Sentence
    """What it is called."""
    told: bool = False
    """Whether that says the value already, which else stands behind it."""

    def said(self, language: str) -> str:
        """As it stands at its line: "Average $61,000"."""
        text = said_of(self.text, language)
        if self.told:
            return text
        return f"{text} {one_line(show(self.value, 'label', language))}"

    def values(self) -> Iterator[Value | Interval]:
        yield self.value
        yield from values_in(self.text)


class Note(Struct, frozen=True):
    """Words about one point."""

    at: Value | Interval
    """What the point's row is called."""
    text: Sentence
    series: str = ""
    """Key of the point's series; empty where a chart has one."""

    def said(self, language: str) -> str:
        return said_of(self.text, language)

    def values(self) -> Iterator[Value | Interval]:
        yield from values_in(self.text)


def said_of(sentence: Sentence, language: str) -> str:
    """A sentence as text, its values as the reader's language writes them."""
    return one_line(told(sentence, language))


def values_in(sentence: Sentence) -> Iterator[Value | Interval]:
    """The values that a sentence holds."""
    yield from (part[0] for part in sentence if not isinstance(part, str))
