"""A test behind `is` takes what is next to it alone: `a - b is wider(c)` would ask of `b`, `a is gt b + c` of `b`."""

from __future__ import annotations

from jinja2 import TemplateSyntaxError, nodes

_JOINED = {
    nodes.Add: ("+", "sum"),
    nodes.Sub: ("-", "difference"),
    nodes.Mul: ("*", "product"),
    nodes.Div: ("/", "ratio"),
}


class LooseTestError(TemplateSyntaxError):
    """Arithmetic with the answer of a test, and what was meant."""

    def __init__(self, said: str, remedy: str, line: int, name: str | None, filename: str | None) -> None:
        super().__init__(said, line, name, filename)
        self.remedy = remedy


def refuse_loose_tests(template: nodes.Template, name: str | None, filename: str | None) -> None:
    """LooseTestError for the first value that is computed from what a test gives."""
    for kind, (sign, what) in _JOINED.items():
        for joined in template.find_all(kind):
            where = joined.lineno, name, filename
            if isinstance(joined.right, nodes.Test):
                test = joined.right.name
                said = f"'is {test}' asks of the value before it alone, and not of the {what}."
                raise LooseTestError(said, f"Put the {what} in brackets: (a {sign} b) is {test}(c).", *where)
            if isinstance(joined.left, nodes.Test):
                test = joined.left.name
                said = f"'is {test}' takes the value behind it alone, and not the {what}."
                raise LooseTestError(said, f"Put the {what} in brackets: a is {test}(b {sign} c).", *where)
