"""Terms of the project's glossary: where a story marks them, and the glossary that explains those."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.tree import SyntaxTreeNode
from msgspec import field
from msgspec.structs import replace

from data.errors import Place, ProjectError, nearest
from data.sandbox.expressions import sentence
from data.tables.collation import sort_keys
from reports.document.blocks import Block, Glossary, GlossaryEntry, Paragraph
from reports.document.inlines import Inlines, Ref, Run, Text, plain
from reports.document.tree import rebuilt, walk
from reports.story.findings import Findings


class Terms(Findings):
    """Reads `[median]{.term}` and `::: glossary`."""

    terms: dict[str, Place] = field(default_factory=dict[str, Place])
    """The terms that are marked, as the glossary writes them, and where the first time."""

    def term(self, node: SyntaxTreeNode, content: Inlines) -> Inlines:
        """Words as a link to what the glossary says of them; `term="..."` names the entry of which they are a form."""
        glossary = self.project.settings.glossary
        said = str(node.attrs.get("term", plain(content, self.project.language)))
        found = next((term for term in glossary if term.casefold() == " ".join(said.casefold().split())), None)
        if found is None:
            remedy = 'Write [glossary] in project.toml, and below it: "median" = "what it means".'
            if glossary:
                remedy = f'{nearest(said, glossary)} Another form of a term says which: {{term="median"}}.'
            self.problem(node, f"the glossary does not explain '{said}'.", remedy)
            return content
        self.terms.setdefault(found, self.place(node))
        return (Ref(_entry(found), content),)

    def with_glossary(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """The blocks, with the terms that they mark explained where `::: glossary` stands, else at their end."""
        standing = [block for block in walk(blocks) if isinstance(block, Glossary)]
        for block in standing[1:]:
            self.problem_at(block.place, "the glossary stands there twice.", "Leave one of them.")
        if standing and not self.terms:
            remedy = "Mark some, [median]{.term}, or leave the glossary out."
            self.problem_at(standing[0].place, "the glossary explains nothing: no term is marked.", remedy)
        if not self.terms:
            return blocks
        entries = self._entries()
        if standing:
            return tuple(_filled(block, entries) for block in blocks)
        place = next(iter(self.terms.values()))
        identity = self.identity("glossary", 0, suggested="glossary")
        return (*blocks, Glossary(id=identity, place=place, entries=entries, appended=True))

    def _entries(self) -> tuple[GlossaryEntry, ...]:
        terms = list(self.terms)
        keys = dict(zip(terms, sort_keys(terms, self.project.language), strict=True))
        return tuple(self._explained(term) for term in sorted(terms, key=keys.__getitem__))

    def _explained(self, term: str) -> GlossaryEntry:
        place, content = self.project.file.place("glossary", term), ()
        try:
            parts = sentence(self.project.settings.glossary[term], self.project.names, place, self.project.language)
            content = tuple(Text(part) if isinstance(part, str) else Run(*part) for part in parts)
        except ProjectError as error:
            self.problems.extend(error.problems)
        return GlossaryEntry(term, (Paragraph(id=_entry(term), place=place, content=content),))


def _entry(term: str) -> str:
    """The id of a term's entry, which no author and no place in a story gives."""
    return f"term//{term}"


def _filled(block: Block, entries: Sequence[GlossaryEntry]) -> Block:
    if isinstance(block, Glossary):
        return replace(block, entries=tuple(entries))
    return rebuilt(block, lambda inner: tuple(_filled(one, entries) for one in inner))
