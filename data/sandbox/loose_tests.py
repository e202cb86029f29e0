"""A test behind `is` takes the value next to it alone: `a - b is wider(c)` asks of `b`, and subtracts the answer."""

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

    def __init__(self, sign: str, what: str, test: str, line: int, name: str | None, filename: str | None) -> None:
        super().__init__(f"'is {test}' asks of the value before it alone, and not of the {what}.", line, name, filename)
        self.remedy = f"Put the {what} in brackets: (a {sign} b) is {test}(c)."


def refuse_loose_tests(template: nodes.Template, name: str | None, filename: str | None) -> None:
    """LooseTestError for the first value that is computed from what a test gives."""
    for kind, (sign, what) in _JOINED.items():
        for joined in template.find_all(kind):
            if isinstance(joined.right, nodes.Test):
                raise LooseTestError(sign, what, joined.right.name, joined.lineno, name, filename)
