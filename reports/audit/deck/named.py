"""What a finding calls a shape."""

from __future__ import annotations

from reports.audit.wording import quoted
from reports.powerpoint.slides import Shape


def named(shape: Shape) -> str:
    """A shape as a reader would name it: "text 'Pay'", "picture 'Chart 3'"."""
    kind = "title" if shape.is_title else "text" if shape.kind in ("text", "shape") and shape.words else shape.kind
    return quoted(kind, shape.words or shape.name)
