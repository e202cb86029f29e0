"""What a rule finds, and what a rule is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, Literal, TypeVar

from msgspec import Struct

Severity = Literal["error", "warning"]
T = TypeVar("T")


class Fault(Struct, frozen=True):
    """One thing that is wrong, as a rule tells it: where, with what, and what to do about it."""

    place: str
    """"page 3", "slide 4", or "document" and "deck" for the whole file."""
    element: str
    """What it is wrong with, as a reader would name it: "figure", "heading 'Pay'"; may be empty."""
    message: str
    severity: Severity = "error"
    """An error breaks the rule's source; a warning is what is known to trouble readers."""


class Finding(Struct, frozen=True):
    """One thing that is wrong with a file."""

    file: str
    place: str
    element: str
    rule: str
    """The rule's id, such as "figure-alt"."""
    name: str
    """The rule in plain words."""
    source: str
    """Where the rule comes from: "PDF/UA-1 7.3; WCAG 1.1.1"."""
    message: str
    severity: Severity = "error"
    count: int = 1
    """How many times: links without a name on one page are one finding."""

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.place, self.element) if part)
        mark = "warning: " if self.severity == "warning" else ""
        times = f" ({self.count} times)" if self.count > 1 else ""
        return f"{where}: {mark}{self.message}{times} [{self.rule}; {self.source}]"


class Rule(Struct, Generic[T], frozen=True):
    """One rule: what it asks for, where that is written, and the function that finds what breaks it."""

    name: str
    source: str
    find: Callable[[T], Iterable[Fault]]


def apply(rules: Mapping[str, Rule[T]], read: T, file: str) -> Iterator[Finding]:
    """What the rules find in a file that was read, in the order of the rules; the same said twice is one finding."""
    for key, rule in rules.items():
        for fault, count in Counter(rule.find(read)).items():
            yield Finding(
                file, fault.place, fault.element, key, rule.name, rule.source, fault.message, fault.severity, count
            )
