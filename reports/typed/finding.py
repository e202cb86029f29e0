"""A number that is typed by hand, what it may be, and what is said of it."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from data.errors import Place, Problem
from data.language.show import NumberStyle, show
from data.language.typed_numbers.typed_number import TypedNumber
from reports.typed.candidate import Candidate
from reports.typed.parts import Parts
from reports.typed.passage import Passage, Source
from reports.typed.settings import takes_placeholders

SMALL = 12
"""Numbers up to this stand in any table; they are data only where the sentence speaks of it."""
TOLD = 3
"""Values that are told of one number."""
_WAY_OUT = "where it is no number of the data, write [{text}]{{.typed}}"
_CLAIM = 'let the words carry a test of it, [...]{holds="..."}'
_IN_SETTINGS = 'where it is no number of the data, list it: typed = ["{text}"]'


def is_small(number: TypedNumber) -> bool:
    """Whether a number is a small whole one without a unit."""
    amount = number.number or Decimal(0)
    return number.unit == "" and amount == int(amount) and abs(amount) <= SMALL


class Edit(Struct, frozen=True):
    """What is put in the place of some characters of a file."""

    source: Source
    start: int
    end: int
    text: str
    said: str
    """The characters that were there."""


class Finding(Struct, frozen=True):
    """A typed number that is not allowed where it stands."""

    passage: Passage
    number: TypedNumber
    candidates: tuple[Candidate, ...]
    """Nearest first; of those that are less near none."""
    language: str
    miscounted: Parts | None = None
    """What it counts, where that has another length."""
    left_out: tuple[str, ...] = ()
    """Names of the tables that are too long to be looked through."""

    @property
    def place(self) -> Place:
        return self.passage.place(self.number.start)

    @property
    def problem(self) -> Problem:
        """A warning: what is typed, what it may be, and what to write."""
        return Problem(self.place, *self._said(), "warning")

    def _said(self) -> tuple[str, str]:
        typed = f'"{self.number.text}" is typed by hand'
        if self.miscounted is not None:
            counted = self.miscounted
            said = f"{typed}, and what it seems to count has {counted.count} {counted.what}."
            return said, f"Write {counted.count} in words or digits, or mend the list; {self._way_out}."
        if not self.candidates and self.number.unit in ("share", "ratio"):
            return f"{typed}, and nothing tests it.", f"{_CLAIM[0].upper()}{_CLAIM[1:]}; {self._way_out}."
        if not self.candidates:
            searched = f" that was looked through (not '{self.left_out[0]}': too long)" if self.left_out else ""
            remedy = f"Put it into a table and ask for it; {self._way_out}."
            if is_small(self.number):
                return f"{typed}, and nothing that the sentence names is as much.", remedy
            return f"{typed}, and no table{searched} has it.", remedy
        if self._unnamed:
            said = f"{typed}; several values of the tables are as much, and the sentence names none of them."
            return said, f"Name what it is of, or ask for the one that is meant; {self._way_out}."
        told = self.candidates[:TOLD]
        more = len(self.candidates) - len(told)
        listed = ", ".join(f"{one.expression('rounded')} is {self._shown(one)}" for one in told)
        listed += f" ({more} more are alike)" if more else ""
        return f"{typed}; {listed}.", self._remedy(told)

    @property
    def _unnamed(self) -> bool:
        """Whether so many values are as near that any of them is told by chance."""
        return len(self.candidates) > TOLD and self.candidates[0].tier == (0, 0)

    def _remedy(self, told: tuple[Candidate, ...]) -> str:
        if self.passage.setting and not takes_placeholders(self.passage.setting):
            return f"Say it in a story, where values are asked for; {self._way_out}."
        bindings = [one.binding(self._style(one)) for one in told]
        if len(told) == 1:
            printed = "" if self.spelled(told[0]) else f", which prints {self._shown(told[0])}"
            claim = f"; or {_CLAIM}" if self.number.unit in ("ratio", "share") else ""
            return f"Write {bindings[0]}{printed}{claim}."
        return f"Write the one that is meant, {' or '.join(bindings)}; {self._way_out}."

    @property
    def _way_out(self) -> str:
        return (_IN_SETTINGS if self.passage.setting else _WAY_OUT).format(text=self.number.text)

    def spelled(self, one: Candidate) -> tuple[NumberStyle, int] | None:
        """The style in which a value is printed as the number is typed."""
        return one.spelled(self.number.text, self.language)

    def _style(self, one: Candidate) -> NumberStyle:
        found = self.spelled(one)
        return found[0] if found else "rounded"

    def _shown(self, one: Candidate) -> str:
        return show(one.value, self._style(one), self.language)

    @property
    def edit(self) -> Edit | None:
        """What binds the number, where there is no doubt: one value, named by the sentence, printed as it is typed."""
        if len(self.candidates) != 1 or self.miscounted is not None:
            return None
        one = self.candidates[0]
        if one.every or not one.sure:
            return None
        if self.passage.setting and not takes_placeholders(self.passage.setting):
            return None
        spelled = self.spelled(one)
        span = self.passage.span(self.number.start, self.number.end)
        if spelled is None or span is None:
            return None
        style, length = spelled
        quote = "'" if self.passage.quotes == '"' else '"'
        binding = one.binding(style, quote)
        if not binding or (self.passage.setting and (self.passage.quotes in binding or "\\" in binding)):
            return None
        start = span[0]
        return Edit(self.passage.source, start, start + length, binding, self.number.text[:length])
