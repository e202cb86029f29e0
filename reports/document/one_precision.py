"""Key figures of one kind in one list have one number of decimals: 12.0% beside 3.5%."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from data.language.show import decimals_of
from data.tables.value import Value
from reports.document.blocks import KeyFigure
from reports.document.inlines import Emphasis, Inline, Inlines, Run, Strong

_KINDS = frozenset(("percent", "points", "ratio"))
_LARGEST = 100
"""From here on a number that says nothing of its decimals has none."""

_Kind = tuple[str, str | None]


def alike(items: Sequence[KeyFigure]) -> tuple[KeyFigure, ...]:
    """The key figures, each with the most decimals of those of its kind."""
    found: dict[_Kind, list[int]] = {}
    for item in items:
        for run in _runs(item.figure):
            kind = _kind(run)
            if kind is not None and isinstance(run.value, Value):
                found.setdefault(kind, []).append(decimals_of(run.value))
    most = {kind: max(decimals) for kind, decimals in found.items() if len(set(decimals)) > 1}
    return tuple(replace(item, figure=_shown(item.figure, most)) for item in items)


def _kind(run: Run) -> _Kind | None:
    """What a run is alike with; None where its decimals are its own."""
    value = run.value
    if not isinstance(value, Value) or value.missing or run.style == "exact":
        return None
    measure = value.measure
    plain = measure.type == "number" and measure.decimals is None and abs(value.number) < _LARGEST
    return (measure.type, measure.unit) if measure.type in _KINDS or plain else None


def _runs(content: Inlines) -> Iterator[Run]:
    for inline in content:
        if isinstance(inline, Run):
            yield inline
        elif isinstance(inline, Strong | Emphasis):
            yield from _runs(inline.children)


def _shown(content: Inlines, most: dict[_Kind, int]) -> Inlines:
    return tuple(_one(inline, most) for inline in content)


def _one(inline: Inline, most: dict[_Kind, int]) -> Inline:
    if isinstance(inline, Strong | Emphasis):
        return replace(inline, children=_shown(inline.children, most))
    if isinstance(inline, Run) and isinstance(inline.value, Value):
        kind = _kind(inline)
        if kind in most:
            measure = replace(inline.value.measure, decimals=most[kind])
            return replace(inline, value=replace(inline.value, measure=measure))
    return inline
