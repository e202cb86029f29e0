"""Key figures of one kind in one list have one number of decimals: 12.0% beside 3.5%."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from data.language.show import decimals_of
from data.tables.value import Value
from reports.document.blocks import KeyFigure
from reports.document.inlines import Leaf, Run, leaves, with_leaves

_KINDS = frozenset(("percent", "points", "ratio"))
_LARGEST = 100
"""From here on a number that says nothing of its decimals has none."""

_Kind = tuple[str, str | None]


def alike(items: Sequence[KeyFigure]) -> tuple[KeyFigure, ...]:
    """The key figures, each with the most decimals of those of its kind."""
    found: dict[_Kind, list[int]] = {}
    for item in items:
        for run in (leaf for leaf in leaves(item.figure) if isinstance(leaf, Run)):
            kind = _kind(run)
            if kind is not None and isinstance(run.value, Value):
                found.setdefault(kind, []).append(decimals_of(run.value))
    most = {kind: max(decimals) for kind, decimals in found.items() if len(set(decimals)) > 1}
    return tuple(replace(item, figure=with_leaves(item.figure, lambda leaf: _shown(leaf, most))) for item in items)


def _kind(run: Run) -> _Kind | None:
    """What a run is alike with; None where its decimals are its own."""
    value = run.value
    if not isinstance(value, Value) or value.missing or run.style == "exact":
        return None
    measure = value.measure
    plain = measure.type == "number" and measure.decimals is None and abs(value.number) < _LARGEST
    return (measure.type, measure.unit) if measure.type in _KINDS or plain else None


def _shown(leaf: Leaf, most: dict[_Kind, int]) -> Leaf:
    if isinstance(leaf, Run) and isinstance(leaf.value, Value):
        kind = _kind(leaf)
        if kind in most:
            measure = replace(leaf.value.measure, decimals=most[kind])
            return replace(leaf, value=replace(leaf.value, measure=measure))
    return leaf
