"""The claims of a text that its data deny, as problems that quote them."""

from __future__ import annotations

from collections.abc import Callable

from data.errors import Place
from data.sandbox.claimed import FalseClaim, false_claim
from data.sandbox.claims import Denied
from data.sandbox.line_marks import without_marks
from data.sandbox.placeholders import split_tokens, told
from data.sandbox.sandbox import Sandbox


def denied_claims(sandbox: Sandbox, rendered: str, place: Callable[[Denied], Place]) -> list[FalseClaim]:
    """A problem for each claim without other words that the data deny, quoted with its values."""
    words = sandbox.claims.words(rendered)
    found: list[FalseClaim] = []
    for number, denied in enumerate(sandbox.claims.denied):
        said = split_tokens(without_marks(words.get(number, "")), sandbox.placeholders)
        found.append(false_claim(place(denied), told(said, sandbox.language), denied.made))
    return found
