"""What reading a story keeps account of: problems with their places, ids, references, tests that were made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from msgspec import Struct, field

from charts.declared import Charts
from data.errors import Place, Problem, ProjectError, nearest
from data.project import Project
from data.sandbox.claimed import false_claim
from data.sandbox.expressions import tried
from data.sandbox.placeholders import TOKEN
from data.sandbox.rendered import RenderedStory
from data.tables.table import Table
from reports.document.blocks import Block, Notes
from reports.document.inlines import Inlines, plain
from reports.document.tree import walk
from reports.story.attributes import NAMES

_IDENTITY = re.compile(r"[^\W_][\w.:-]*")


class OnlyPart(Struct, frozen=True):
    """A part of a story that `only=` keeps for some outputs."""

    names: frozenset[str]
    """What it says: names of outputs and of writers."""
    kept: bool
    """Whether the output that is read keeps it."""


class Findings(Struct):
    """Collects problems instead of stopping at the first; knows which ids are taken and which tests were made."""

    project: Project
    story: RenderedStory
    names: set[str]
    """What `only=` may say to keep a block: the output's name and its writer's."""
    charts: Charts
    problems: list[Problem] = field(default_factory=list[Problem])
    shown: list[Table] = field(default_factory=list[Table])
    pictures: list[Path] = field(default_factory=list[Path])
    """Files of the pictures that are shown."""
    section: str = "start"
    counts: dict[str, int] = field(default_factory=dict[str, int])
    ids: dict[str, Place] = field(default_factory=dict[str, Place])
    references: list[tuple[Place, str]] = field(default_factory=list[tuple[Place, str]])
    failed: set[str] = field(default_factory=set[str])
    """Ids of charts and tables with a problem of their own: links to them are none."""
    parts: dict[Place, OnlyPart] = field(default_factory=dict[Place, "OnlyPart"])
    """Where `only=` stands, and what it says."""
    settled: set[int] = field(default_factory=set[int])
    """Tokens whose test was made, or which belong to a part for another output."""

    # -- places, problems, identities ----------------------------------------
    def place(self, node: SyntaxTreeNode | int) -> Place:
        if isinstance(node, int):
            return self.story.place(node)
        while node.map is None and node.parent is not None:
            node = node.parent
        return self.story.place(node.map[0] if node.map else 0)

    def problem_at(self, place: Place, message: str, remedy: str) -> None:
        self.problems.append(Problem(place, message, remedy))

    def problem(self, node: SyntaxTreeNode | int, message: str, remedy: str) -> None:
        self.problems.append(Problem(self.place(node), message, remedy))

    def identity(
        self, kind: str, node: SyntaxTreeNode | int, given: object = None, suggested: str | None = None
    ) -> str:
        """The author's id, else the suggested one, else the heading above and the place below it; always unique."""
        if given is not None:
            wanted = str(given)
            if wanted in self.ids:
                self.problem(
                    node, f"the id '{wanted}' stands in line {self.ids[wanted].line} already.", "Choose another one."
                )
        elif suggested is not None and suggested not in self.ids:
            wanted = suggested
        elif suggested is not None and suggested in self.ids:
            wanted = next(w for n in range(2, 10_000) if (w := f"{suggested}-{n}") not in self.ids)
        else:
            key = f"{self.section}/{kind}"
            self.counts[key] = self.counts.get(key, 0) + 1
            wanted = f"{key}-{self.counts[key]}"
        self.ids[wanted] = self.place(node)
        return wanted

    def check_attributes(self, node: SyntaxTreeNode, attributes: Mapping[str, object], known: Sequence[str]) -> None:
        """A problem for each attribute that means nothing where it stands, or holds a value of the data's."""
        for name, value in attributes.items():
            if name == "holds" and name not in known:
                self.problem(
                    node,
                    "a test cannot stand here.",
                    'A claim is # Heading {holds="..."} or [words]{holds="..."}; a chart\'s stands in project.toml.',
                )
                self.settled.add(id(_token(node)))
            elif name not in known:
                said = (
                    f"the class '.{value}' means nothing here"
                    if name == "class"
                    else f"the attribute '{name}' is not known here"
                )
                self.problem(node, f"{said}.", "Delete it." if name in NAMES else nearest(name, known))
            elif name not in ("kicker", "caption") and TOKEN.search(str(value)):
                self.problem(
                    node,
                    f"a placeholder cannot stand in {name}=.",
                    "Write the expression without its braces."
                    if name in ("holds", "where")
                    else "Write the word itself.",
                )
            elif name == "id" and not _IDENTITY.fullmatch(str(value)):
                self.problem(node, f"'{value}' cannot be an id.", "Use letters, digits, hyphens and underscores.")

    def kept(self, node: SyntaxTreeNode, only: object) -> bool:
        """Whether a part is for this output; what it holds is passed over where it is not."""
        if only is None:
            return True
        said = re.split(r"[,\s]+", str(only).strip())
        outputs = self.project.settings.outputs
        known = list(dict.fromkeys((*outputs, *(output.writer for output in outputs.values()))))
        for name in said:
            if name not in known:
                self.problem(node, f"only='{only}': there is no output '{name}'.", nearest(name, known))
        keeps, place = bool(self.names & set(said)), self.place(node)
        others = self.parts.get(place, OnlyPart(frozenset(), kept=False))
        self.parts[place] = OnlyPart(others.names | set(said), kept=others.kept or keeps)
        return keeps

    def pass_over(self, node: SyntaxTreeNode) -> None:
        """Tests in a part for another output are made there."""
        self.settled.update(id(_token(part)) for part in node.walk())

    def claim_holds(self, node: SyntaxTreeNode, claimed: str) -> None:
        test = node.attrs.get("holds")
        if test is None:
            return
        self.settled.add(id(_token(node)))
        if TOKEN.search(str(test)):
            return  # has been told
        try:
            made = tried(str(test), self.project.names, self.place(node), self.project.language)
            if not made.true:
                self.problems.append(false_claim(self.place(node), claimed, made))
        except ProjectError as error:
            self.problems.extend(error.problems)

    def check_tests(self, tokens: Iterable[Token]) -> None:
        """A problem for each test that was written and never made: it stands where no claim is read."""
        for token in tokens:
            if id(token) not in self.settled:
                self.problem(
                    token.map[0] if token.map else 0,
                    f"the test '{token.attrs['holds']}' is never made: no claim can stand here.",
                    'A claim is # Heading {holds="..."} or [words]{holds="..."}.',
                )

    def check_references(self, blocks: Sequence[Block]) -> None:
        said = {block.id for one in walk(blocks) if isinstance(one, Notes) for block in walk((one,))}
        known = {block.id for block in walk(blocks)} - said  # what is only said stands nowhere
        for place, target in self.references:
            if target not in known | self.failed:
                named = [identity for identity in known if "/" not in identity] or known
                self.problems.append(
                    Problem(place, f"the link leads to '#{target}', which is not here.", nearest(target, named))
                )

    def claimed(self, content: Inlines) -> str:
        return plain(content, self.project.language)


def _token(node: SyntaxTreeNode) -> Token | None:
    """The token that carries a node's attributes."""
    return node.nester_tokens.opening if node.nester_tokens else node.token
