"""The words of a story: inline Markdown and tokens of placeholders become inlines that hold values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from markdown_it.tree import SyntaxTreeNode
from msgspec import field

from data.errors import nearest
from data.sandbox.placeholders import TOKEN, Sentence, split_tokens
from reports.document.inlines import (
    Code,
    Emphasis,
    Footnote,
    Foreign,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Ref,
    Run,
    Strike,
    Strong,
    Text,
)
from reports.story.footnotes import words_of
from reports.story.terms import Terms

_ADDRESS = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)
_SPAN_CLASSES = ("term", "typed")
"""What words in brackets may be: a term of the glossary, or words whose numbers are typed by hand on purpose."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def sentence_inlines(parts: Sentence) -> Inlines:
    """A bound title as inlines."""
    return tuple(Text(part) if isinstance(part, str) else Run(*part) for part in parts)


class Words(Terms):
    """Reads what stands within a block."""

    written: Mapping[str, SyntaxTreeNode] = field(default_factory=dict[str, SyntaxTreeNode])
    """The story's footnotes by their names."""
    footnotes: dict[str, Footnote] = field(default_factory=dict[str, Footnote])
    """Those that were called so far."""
    apart: str = ""
    """Where no footnote can be called: within another one, and in what is only said."""

    def inlines(self, nodes: Sequence[SyntaxTreeNode]) -> Inlines:
        found: list[Inline] = []
        for node in nodes:
            found.extend(self.inline(node))
        merged: list[Inline] = []
        for inline in found:
            last = merged[-1] if merged else None
            if isinstance(inline, Text) and isinstance(last, Text):
                merged[-1] = Text(last.text + inline.text)
            else:
                merged.append(inline)
        return tuple(merged)

    def inline(self, node: SyntaxTreeNode) -> list[Inline]:
        match node.type:
            case "text":
                return self.bound(node.content)
            case "softbreak":
                return [Text(" ")]
            case "hardbreak":
                return [LineBreak()]
            case "strong":
                return [Strong(self.inlines(node.children))]
            case "em":
                return [Emphasis(self.inlines(node.children))]
            case "s":
                return [Strike(self.inlines(node.children))]
            case "footnote_ref":
                return self.footnote(node)
            case "code_inline":
                pieces = split_tokens(node.content, self.story.placeholders)
                return [Code(p) if isinstance(p, str) else Run(*p) for p in pieces]
            case "link":
                return self.link(node)
            case "span":
                return self.span(node)
            case "image":
                self.problem(
                    node, "a chart, table or picture cannot stand within a sentence.", "Give it a paragraph of its own."
                )
            case _:
                self.problem(node, f"'{node.type}' cannot be set here.", "Write it as plain words.")
        return []

    def span(self, node: SyntaxTreeNode) -> list[Inline]:
        self.check_attributes(node, node.attrs, ("holds", "lang", "class", "term"))
        content = self.inlines(node.children)
        if not content:
            self.problem(node, "the brackets are empty.", "Write words between them, or delete them.")
        self.claim_holds(node, self.claimed(content))
        classes = str(node.attrs.get("class", "")).split()
        for name in classes:
            if name not in _SPAN_CLASSES:
                self.problem(node, f"the class '.{name}' means nothing here.", nearest(name, _SPAN_CLASSES))
        if content and ("term" in classes or "term" in node.attrs):
            content = self.term(node, content)
        return self.foreign(node, content) if "lang" in node.attrs else list(content)

    def foreign(self, node: SyntaxTreeNode, content: Inlines) -> list[Inline]:
        language = str(node.attrs["lang"])
        if not _LANGUAGE.fullmatch(language):
            self.problem(node, f"'{language}' is no language tag.", "Write a tag of BCP 47, such as 'fr' or 'de-AT'.")
        return [Foreign(language, content)]

    def footnote(self, node: SyntaxTreeNode) -> list[Inline]:
        """The call of a footnote; its words are read when it is called first, which gives it its number."""
        label = str(node.meta["label"])
        if self.apart:
            self.problem(node, f"a footnote cannot be called {self.apart}.", "Write its words into the sentence.")
            return []
        if label not in self.footnotes and label in self.written:
            number, self.apart = len(self.footnotes) + 1, "within another one"
            self.footnotes[label] = Footnote(number, self.inlines(words_of(self.written[label])))
            self.apart = ""
        return [self.footnotes[label]] if label in self.footnotes else []  # one without words has been told

    def bound(self, text: str) -> list[Inline]:
        return list(sentence_inlines(split_tokens(text, self.story.placeholders)))

    def link(self, node: SyntaxTreeNode) -> list[Inline]:
        target = str(node.attrs.get("href", ""))
        if TOKEN.search(target) or "%EE%80%80" in target:
            self.problem(node, "a placeholder cannot stand in a link's address.", "Write the address itself.")
            return []
        if "title" in node.attrs:
            self.problem(
                node, f"'{node.attrs['title']}' would not be printed.", "Write it between the square brackets."
            )
        self.check_attributes(node, {k: v for k, v in node.attrs.items() if k not in ("href", "title")}, ("class",))
        content = self.inlines(node.children)
        page = self.by_page(node, target, content)
        if target.startswith("#"):
            self.references.append((self.place(node), target[1:]))
            return [Ref(target[1:], content, page)]
        if not _ADDRESS.match(target):
            self.problem(
                node,
                f"'{target}' is no address that a reader can open.",
                "Write https://..., mailto:..., tel:... or #id of a part of this document.",
            )
            return []
        if not content:
            self.problem(node, f"the link to {target} has no words.", "Write words between the brackets.")
        return [Link(target, content)]

    def by_page(self, node: SyntaxTreeNode, target: str, content: Inlines) -> bool:
        """Whether a reference says on which page its block stands, as `[](#id){.page}` does."""
        classes = str(node.attrs.get("class", "")).split()
        for name in classes:
            if name != "page":
                self.problem(node, f"the class '.{name}' means nothing here.", nearest(name, ("page",)))
        page = "page" in classes
        if page and not target.startswith("#"):
            self.problem(node, "only a part of this document has a page.", "Delete .page, or refer to an #id.")
        elif page and content:
            said = "a reference by page writes its own words."
            self.problem(node, said, f"Leave its brackets empty: []({target}){{.page}}.")
        return page
