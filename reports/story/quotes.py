"""Quotations, which are of somebody, and pull quotes, which are the author's own words."""

from __future__ import annotations

import re

from markdown_it.tree import SyntaxTreeNode

from reports.document.blocks import PullQuote, Quote
from reports.document.inlines import Inline, Inlines, Text, in_quotation_marks, plain
from reports.story.exhibits import Exhibits


class Quotes(Exhibits):
    """Reads `::: quote` and `>`."""

    def quote(self, node: SyntaxTreeNode, identity: str | None = None) -> Quote | PullQuote:
        """Somebody's words with who said them; without, words of the author's own."""
        content: list[Inline] = []
        attribution: Inlines = ()
        for child in node.children:
            if child.type != "paragraph":
                self.problem(child, "a quote holds paragraphs only.", "Take the list or heading out of it.")
                continue
            lines: list[list[SyntaxTreeNode]] = [[]]
            for part in child.children[0].children:
                if part.type in ("softbreak", "hardbreak"):
                    lines.append([])
                else:
                    lines[-1].append(part)
            for line in lines:
                words_here = self.inlines(line)
                opening = words_here[0].text if words_here and isinstance(words_here[0], Text) else ""
                if re.match(r"(--|—|–)\s*", opening):
                    if attribution:
                        self.problem(
                            child, "the quote says twice who said it.", "Write '-- who said it' once, as its last line."
                        )
                    attribution = (Text(re.sub(r"^(--|—|–)\s*", "", opening)), *words_here[1:])
                else:
                    content.extend((Text(" "), *words_here) if content else words_here)
        nobody = attribution and not plain(attribution, self.project.language).strip()
        if nobody or (not content and all(child.type == "paragraph" for child in node.children)):
            said = "behind the dashes nobody is named." if content else "the quote has no words."
            self.problem(
                node, said, "Write the words, and '-- who said it' as the last line where they are somebody's."
            )
        identity, place = identity or self.identity("quote", node), self.place(node)
        if attribution:
            return Quote(id=identity, place=place, content=tuple(content), attribution=attribution)
        if in_quotation_marks(tuple(content), self.project.language):
            self.problem(
                node,
                "what stands in quotation marks is somebody's, and nobody is named.",
                "Write '-- who said it' as the last line, or take the quotation marks away: then it is a pull quote.",
            )
        return PullQuote(id=identity, place=place, content=tuple(content))
