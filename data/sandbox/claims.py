"""`{% claim TEST %}sentence{% otherwise %}other sentence{% endclaim %}`: words that stand as long as the data bear
them out."""

from __future__ import annotations

import re
from typing import Any, cast

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes, pass_context
from jinja2.ext import Extension
from jinja2.parser import Parser
from msgspec import Struct

from data.sandbox.as_written import as_written
from data.sandbox.claimed import MOST, Claimed
from data.sandbox.empty_tests import COMPARE, TESTS_NOTHING, is_empty
from data.sandbox.kept_words import CLAIM
from data.sandbox.line_marks import Numbered
from data.sandbox.operands import told, with_operands
from data.tables.value import LookUpError

_DENIED = re.compile("\ue004(\\d+)\ue005(.*?)\ue006\\1\ue005", re.DOTALL)
_ENDS = ("name:otherwise", "name:endclaim", "name:else", "name:elif")
_SIGNS = re.compile("[\ue004\ue006]\\d+\ue005")


class ClaimSyntaxError(TemplateSyntaxError):
    """A claim that cannot be read, with what to do about it."""

    def __init__(self, message: str, remedy: str, line: int, parser: Parser) -> None:
        super().__init__(message, line, parser.name, parser.filename)
        self.remedy = remedy


class Sign(str):
    """Where denied words begin and end in rendered text: no value, and no words."""


class Denied(Struct, frozen=True):
    """A claim that its data deny: the number of its file, its line, and what was tested."""

    file: int
    line: int
    made: Claimed


class MadeClaims:
    """The claims of a text that were tested while it was rendered."""

    def __init__(self) -> None:
        self.tested: list[Claimed] = []
        self.denied: list[Denied] = []
        self._open: list[int | None] = []
        """Of the claims whose words are being rendered and have no others: their number among the denied."""

    def decided(self, made: Claimed, file: int, line: int, switches: bool) -> bool:
        """Whether the claim's own words are to be rendered: denied ones, to be quoted, where there are no others."""
        if len(self.tested) < MOST:
            self.tested.append(made)
        if switches:
            return made.true
        self._open.append(None if made.true else len(self.denied))
        if not made.true:
            self.denied.append(Denied(file, line, made))
        return True

    def opened(self) -> Sign:
        """What stands before the words of a claim without others."""
        return Sign("" if self._open[-1] is None else f"\ue004{self._open[-1]}\ue005")

    def closed(self) -> Sign:
        """What stands behind them."""
        number = self._open.pop()
        return Sign("" if number is None else f"\ue006{number}\ue005")

    def words(self, rendered: str) -> dict[int, str]:
        """What the denied claims say, by their number; those that were kept for later and never printed say nothing."""
        if not self.denied:
            return {}
        found: dict[int, str] = {}
        waiting = [rendered]
        while waiting:
            for number, words in _DENIED.findall(waiting.pop()):
                found.setdefault(int(number), words)
                waiting.append(words)
        return {number: without_signs(words) for number, words in found.items()}


def without_signs(text: str) -> str:
    """Rendered text without the signs of denied claims."""
    return _SIGNS.sub("", text)


class Claims(Extension):
    """Reads claims: a claim is an `if` whose test is kept account of."""

    tags = {"claim"}

    def parse(self, parser: Parser) -> nodes.Node:
        line = next(parser.stream).lineno
        if parser.stream.current.type == "block_end":
            raise ClaimSyntaxError("the claim has no test.", "Write one: {% claim pay.count > 3 %}.", line, parser)
        test = parser.parse_expression()
        written = as_written(test)
        if is_empty(test):
            raise ClaimSyntaxError(TESTS_NOTHING.format(test=written), COMPARE, line, parser)
        body, ended = self._words(parser, _ENDS)
        if ended in ("else", "elif"):
            said = f"a claim has no {{% {ended} %}}."
            raise ClaimSyntaxError(said, "Write {% otherwise %}, and a claim within a claim.", line, parser)
        if not _says(body):
            raise ClaimSyntaxError("the claim says nothing.", "Write its words behind the test.", line, parser)
        switches = ended == "otherwise"
        others, ended = self._words(parser, _ENDS) if switches else ([], ended)
        if ended != "endclaim":
            said = (
                f"the claim has a second {{% {ended} %}}."
                if ended == "otherwise"
                else f"a claim has no {{% {ended} %}}."
            )
            raise ClaimSyntaxError(said, "Write {% otherwise %} once, and a claim within a claim.", line, parser)
        file = cast("Numbered", self.environment).file_number(parser.name or "")
        given: list[object] = [written, file, line, switches]
        if not switches:
            body = [_sign(" opened", line), *body, _sign(" closed", line)]
        said = [cast("nodes.Expr", nodes.Const(one, lineno=line)) for one in given]
        decided = nodes.Filter(with_operands(test), CLAIM, said, [], None, None, lineno=line)
        return nodes.If(decided, body, [], others, lineno=line)

    def _words(self, parser: Parser, ends: tuple[str, ...]) -> tuple[list[nodes.Node], str]:
        """The statements up to one of these commands, and which one it was."""
        line = parser.stream.current.lineno
        try:
            body = parser.parse_statements(ends, drop_needle=False)
        except ClaimSyntaxError:
            raise
        except TemplateSyntaxError as error:
            if not parser.stream.eos or "to be closed is 'claim'" not in str(error.message):
                raise
            raise ClaimSyntaxError(
                "the claim is not closed.", "Write {% endclaim %} behind its words.", line, parser
            ) from error
        ended = str(next(parser.stream).value)
        return body, ended


def _sign(name: str, line: int) -> nodes.Node:
    call = nodes.Filter(nodes.Const(0, lineno=line), name, [], [], None, None, lineno=line)
    return nodes.Output([call], lineno=line)


def _says(body: list[nodes.Node]) -> bool:
    """Whether anything is printed that a person can read."""
    parts = [part for node in body for part in (node.nodes if isinstance(node, nodes.Output) else (node,))]
    return any(not isinstance(part, nodes.TemplateData) or _words_in(part.data) for part in parts)


def _words_in(data: str) -> bool:
    return bool(re.sub("\ue002[\\d:]*\ue003", "", data).strip())


@pass_context
def _decided(context: Any, result: object, test: str, file: int, line: int, switches: bool) -> bool:
    sandbox = context.environment
    operands = sandbox.operands
    sandbox.operands = []
    if isinstance(result, StrictUndefined):
        str(result)  # says which name is not known
    if not isinstance(result, bool):
        raise LookUpError(f"the test '{test}' is not true or false.", remedy=COMPARE)
    wanted = len(sandbox.claims.tested) < MOST or not result
    made = Claimed(test, result, told(operands, sandbox.language) if wanted else ())
    return sandbox.claims.decided(made, file, line, switches)


@pass_context
def _opened(context: Any, _: object) -> Sign:
    return context.environment.claims.opened()


@pass_context
def _closed(context: Any, _: object) -> Sign:
    return context.environment.claims.closed()


FILTERS: dict[str, Any] = {CLAIM: _decided, " opened": _opened, " closed": _closed}
"""Called by claims only: no author can write a name that begins with a space."""
