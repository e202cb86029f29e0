"""A story, Markdown with placeholders, becomes a `Document` bound to the project's data."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from markdown_it.tree import SyntaxTreeNode
from msgspec import Struct
from msgspec.structs import replace

from charts.declared import Charts
from data.errors import Place, ProjectError, nearest
from data.files.project_path import inside
from data.language.words import words
from data.look.typography import typeset
from data.sandbox.claimed import Claimed, gathered
from data.sandbox.expressions import sentence
from data.sandbox.placeholders import split_tokens
from data.sandbox.rendered import render_story
from data.tables.contradictions import Contradiction
from data.tables.provenance import tables_behind
from data.tables.table import Table
from reports.document.blocks import (
    AboutData,
    Block,
    Callout,
    Columns,
    Glossary,
    Heading,
    ItemList,
    KeyFigure,
    KeyFigures,
    Myth,
    NextSteps,
    Notes,
    Paragraph,
    Question,
    TableBlock,
)
from reports.document.inlines import (
    Code,
    Inline,
    Inlines,
    LineBreak,
    Run,
    Strong,
    Text,
    leaves,
)
from reports.document.one_precision import alike
from reports.document.overruled import with_overruled
from reports.document.tree import values_of
from reports.story.attributes import like_attributes
from reports.story.findings import OnlyPart
from reports.story.inlines import sentence_inlines
from reports.story.markdown import parsed
from reports.story.nesting import within_depth
from reports.story.noted import with_notes
from reports.story.quotes import Quotes
from reports.story.signs import signs_in_setting
from reports.writers import WRITERS, keeping

_INDENT = re.compile(r"^ +| {2,}")
"""Spaces that stand for columns."""
_HEADING_ATTRIBUTES = ("id", "kicker", "holds", "only", "class")
_HEADING_CLASSES = ("backup", "incremental", "at-once")


class Story(Struct, frozen=True):
    """What reading a story gave: its blocks, the files it was read from (pictures too), and the tables it uses."""

    blocks: tuple[Block, ...]
    subtitle: Inlines
    """The project's, where this output shows it."""
    files: tuple[Path, ...]
    tables: tuple[Table, ...]
    contradictions: tuple[Contradiction, ...]
    """Where the tables that are used disagree, with each other or with another table of the project."""
    parts: Mapping[Place, OnlyPart]
    """Where `only=` stands, and what it says."""
    claims: tuple[Claimed, ...] = ()
    """Its claims, those of the charts that it shows among them, with what their tests compared."""
    terms: frozenset[str] = frozenset()
    """Those of the project's glossary that it marks."""


def read_story(charts: Charts, name: str) -> Story:
    """Read the story of the output `name` of a project, bind its values and test its claims.

    Raises ProjectError with every problem of the story, each with its line.
    """
    with gathered() as claims:
        story = _read_story(charts, name)
    return replace(story, claims=tuple(claims))


def _read_story(charts: Charts, name: str) -> Story:
    project = charts.project
    output = project.settings.outputs[name]
    path = inside(project.root, output.story, project.file.place("outputs", name, "story"))
    rendered = render_story(path, project.root, project.names, project.language)
    with within_depth(rendered):
        story = parsed(rendered.markdown, project.language, rendered.branches)
    reader = _Reader(
        project, rendered, keeping(name, output.writer), charts, written=story.footnotes, writer=output.writer
    )
    reader.problems.extend(rendered.denied)
    for mistake in story.mistakes:
        reader.problem(mistake.line, mistake.message, mistake.remedy)
    blocks = reader.blocks(story.tree.children)
    for label, footnote in story.footnotes.items():
        if label not in reader.footnotes:
            reader.pass_over(footnote)  # what calls it is for another output, or has been told
    blocks = reader.with_glossary(blocks)
    subtitle = reader.subtitle(blocks)
    reader.check_references(blocks)
    reader.check_tests(story.tests)
    if not blocks and not reader.problems:
        reader.problem(0, "the story is empty.", "Write at least a heading and a paragraph.")
    if reader.problems:
        raise ProjectError({str(problem): problem for problem in reader.problems}.values())
    quoted = (*(leaf.value for leaf in leaves(subtitle) if isinstance(leaf, Run)), *values_of(blocks))
    used = {name for value in quoted for name in tables_behind(value.cells)} | {t.name for t in reader.shown}
    noted = (with_notes(project, table) for table in project.tables.values() if table.name in used)
    tables = with_overruled(noted, blocks, project.language)
    disagreeing = tuple(c for c in project.contradictions if used & set(c.table_names))
    about = {"tables": tables, "contradictions": disagreeing}
    told = tuple(replace(b, **about) if isinstance(b, AboutData) else b for b in blocks)
    files = dict.fromkeys((*rendered.files, *reader.pictures))
    return Story(told, subtitle, tuple(files), tables, disagreeing, reader.parts, terms=frozenset(reader.terms))


def _slug(text: str) -> str:
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")[:40].strip("-") or "part"


class _Reader(Quotes):
    """Walks the Markdown tree once."""

    def subtitle(self, blocks: Sequence[Block]) -> Inlines:
        """The project's subtitle; none where a story brings title and standfirst itself, as that of a sheet does."""
        own = [isinstance(b, Heading) and b.level == 1 for b in blocks[:1]]
        own += [isinstance(b, Paragraph) for b in blocks[1:2]]
        if WRITERS[self.writer].opens_itself and own == [True, True]:
            return ()
        place = self.project.file.place("subtitle")
        try:
            return sentence_inlines(
                sentence(self.project.settings.subtitle, self.project.names, place, self.project.language)
            )
        except ProjectError as error:
            self.problems.extend(error.problems)
            return ()

    def blocks(self, nodes: Sequence[SyntaxTreeNode]) -> tuple[Block, ...]:
        found: list[Block] = []
        skipping = 0  # level of a heading that is not for this output
        for node in nodes:
            if node.type == "heading":
                level = int(node.tag[1])
                if skipping and level > skipping:
                    self.pass_over(node)
                    continue
                skipping = 0
                if not self.kept(node, node.attrs.get("only")):
                    skipping = level
                    self.pass_over(node)
                    continue
                found.append(self.heading(node, level))
            elif skipping:
                self.pass_over(node)
            else:
                found.extend(self.block(node))
        return tuple(found)

    def heading(self, node: SyntaxTreeNode, level: int) -> Heading:
        content = self.inlines(node.children[0].children)
        self.check_attributes(node, node.attrs, _HEADING_ATTRIBUTES)
        classes = str(node.attrs.get("class", "")).split()
        for name in classes:
            if name not in _HEADING_CLASSES:
                self.problem(node, f"the class '.{name}' means nothing here.", nearest(name, _HEADING_CLASSES))
        if {"incremental", "at-once"} <= set(classes):
            self.problem(node, "points appear one by one or all at once.", "Write .incremental or .at-once, not both.")
        if level > 4:
            self.problem(node, f"a heading of level {level} is too deep.", "Use levels 1 to 4.")
        words_only = "".join(leaf.text for leaf in leaves(content) if isinstance(leaf, Text))
        identity = self.identity("heading", node, node.attrs.get("id"), _slug(words_only))
        self.section = identity
        if not content:
            self.problem(node, "the heading has no words.", "Write some behind the #, or delete it.")
        self.claim_holds(node, self.claimed(content))
        kicker = str(node.attrs.get("kicker", ""))
        if printed := like_attributes(kicker):
            self.problem(node, f"'{printed}' would be printed over the heading.", "A kicker is words and placeholders.")
        for said, remedy in signs_in_setting(kicker):
            self.problem(node, f"in the kicker, {said}", remedy)
        return Heading(
            id=identity,
            place=self.place(node),
            level=level,
            content=content,
            kicker=sentence_inlines(split_tokens(typeset(kicker, self.project.language), self.story.placeholders)),
            backup="backup" in classes,
            incremental="incremental" in classes if {"incremental", "at-once"} & set(classes) else None,
        )

    def block(self, node: SyntaxTreeNode) -> list[Block]:
        match node.type:
            case "paragraph":
                return self.paragraph(node)
            case "bullet_list" | "ordered_list":
                return self.list(node)
            case "table":
                return [self.typed_table(node)]
            case "blockquote":
                return [self.quote(node)]
            case "hr":
                self.problem(node, "a rule (---) divides columns only.", "Put it inside ::: columns, or delete it.")
            case "fence" if node.markup.startswith("`"):
                return [self.code(node)]
            case "code_block" | "fence":
                self.problem(
                    node,
                    "a code block cannot be set here.",
                    "Take the four spaces or the fence away; a fence of code is ``` on lines of their own, and words"
                    " within a line may stand in `backticks`.",
                )
            case _ if node.type.startswith("container_"):
                return self.container(node)
            case _:
                self.problem(node, f"'{node.type}' cannot be set here.", "Write it as a paragraph, list or table.")
        return []

    def paragraph(self, node: SyntaxTreeNode) -> list[Block]:
        inline = node.children[0]
        parts = [child for child in inline.children if child.type not in ("softbreak", "hardbreak")]
        parts = [child for child in parts if not (child.type == "text" and not child.content.strip())]
        if parts and all(child.type == "image" for child in parts):
            return [block for image in parts for block in self.shown_block(image)]
        content = self.inlines(inline.children)
        return [Paragraph(id=self.identity("paragraph", node), place=self.place(node), content=content)]

    def code(self, node: SyntaxTreeNode) -> Paragraph:
        """Lines of code as they stand, with their indents and columns."""
        lines = node.content.rstrip("\n").split("\n")
        if not node.content.strip():
            self.problem(node, "the code block is empty.", "Write lines in it, or delete it.")
        content: list[Inline] = []
        for number, line in enumerate(lines):
            content += [LineBreak()] if number else []
            held = _INDENT.sub(lambda found: "\u00a0" * len(found[0]), line)
            pieces = split_tokens(held, self.story.placeholders)
            content += [Code(piece) if isinstance(piece, str) else Run(*piece) for piece in pieces]
        return Paragraph(id=self.identity("code", node), place=self.place(node), content=tuple(content))

    def list(self, node: SyntaxTreeNode) -> list[Block]:
        """The items that have content: one whose words the data left out has no number either."""
        identity, place = self.identity("list", node), self.place(node)
        items = tuple(filter(None, (self.blocks(item.children) for item in node.children)))
        start, ordered = int(node.attrs.get("start", 1)), node.type == "ordered_list"
        return [ItemList(id=identity, place=place, items=items, ordered=ordered, start=start)] if items else []

    def typed_table(self, node: SyntaxTreeNode) -> TableBlock:
        head, *body = node.children
        cells = head.children[0].children
        aligns: tuple[Literal["left", "right"], ...] = tuple(
            "right" if "right" in str(c.attrs.get("style", "")) else "left" for c in cells
        )
        rows = [row.children for part in body for row in part.children]
        if not rows:
            self.problem(node, "the table has a header and no rows.", "Add a row, or delete the table.")
        return TableBlock(
            id=self.identity("table", node),
            place=self.place(node),
            title=(),
            columns=tuple(self.inlines(c.children[0].children) for c in cells),
            rows=tuple(tuple(self.inlines(c.children[0].children) for c in row) for row in rows),
            aligns=aligns,
        )

    # -- containers ----------------------------------------------------------
    def container(self, node: SyntaxTreeNode) -> list[Block]:
        name = node.type.removeprefix("container_")
        self.check_attributes(node, node.attrs, ("id", "only"))
        if not self.kept(node, node.attrs.get("only")):
            self.pass_over(node)
            return []
        place, identity = self.place(node), self.identity(name, node, node.attrs.get("id"))
        children = node.children
        match name:
            case "key-figures":
                return [self.key_figures(node, identity)]
            case "quote":
                return [self.quote(node, identity)]
            case "myth":
                first, rest_blocks = self.opening(node, "the myth")
                return [Myth(id=identity, place=place, myth=first, facts=rest_blocks)]
            case "question":
                first, rest_blocks = self.opening(node, "the question")
                return [Question(id=identity, place=place, question=first, answer=rest_blocks)]
            case "next-steps":
                return [self.next_steps(node, identity)]
            case "callout":
                return [Callout(id=identity, place=place, content=self.blocks(children))]
            case "notes":
                self.apart, marked = "in what is said", dict(self.terms)
                said = Notes(id=identity, place=place, content=self.blocks(children))
                self.apart = ""
                if not WRITERS[self.writer].says_notes:
                    self.terms = marked
                return [said]
            case "about-data" | "glossary":
                return [self.filled(node, name, identity)]
            case _:
                parts: list[list[SyntaxTreeNode]] = [[]]
                for child in children:
                    if child.type == "hr":
                        parts.append([])
                    else:
                        parts[-1].append(child)
                if len(parts) < 2:
                    self.problem(node, "there is only one column.", "Divide the columns by a line '---'.")
                return [Columns(id=identity, place=place, columns=tuple(self.blocks(part) for part in parts))]

    def filled(self, node: SyntaxTreeNode, name: str, identity: str) -> AboutData | Glossary:
        """What is filled by itself."""
        for child in node.children[:1]:
            self.problem(child, f"'::: {name}' is filled by itself.", "Write this above it or below.")
        if name == "glossary":
            return Glossary(id=identity, place=self.place(node), entries=())
        return AboutData(id=identity, place=self.place(node), tables=())

    def opening(self, node: SyntaxTreeNode, what: str) -> tuple[Inlines, tuple[Block, ...]]:
        """The first paragraph of a container, and what follows it."""
        if not node.children or node.children[0].type != "paragraph":
            self.problem(node, f"{what} is missing.", f"Write {what} as the first paragraph of this block.")
            return (), self.blocks(node.children)
        first = self.inlines(node.children[0].children[0].children)
        rest = self.blocks(node.children[1:])
        if not rest:
            self.problem(node, f"nothing follows {what}.", "Write at least one paragraph or list below it.")
        return first, rest

    def key_figures(self, node: SyntaxTreeNode, identity: str) -> KeyFigures:
        items: list[KeyFigure] = []
        for child in node.children:
            if child.type != "bullet_list":
                self.problem(child, "key figures are a list.", "Write each as '- **{{ figure }}** what it is'.")
                continue
            for item in child.children:
                one = len(item.children) == 1 and item.children[0].type == "paragraph"
                content = self.inlines(item.children[0].children[0].children) if one else ()
                named = _stripped(content[1:])
                if not content or not named or not isinstance(content[0], Strong):
                    self.problem(
                        item,
                        "a key figure is one line that begins with its number and says what that is.",
                        "Write '- **{{ figure }}** what it is'.",
                    )
                    continue
                items.append(KeyFigure(content[0].children, named))
        return KeyFigures(id=identity, place=self.place(node), items=alike(items))

    def next_steps(self, node: SyntaxTreeNode, identity: str) -> NextSteps:
        children = list(node.children)
        title: Inlines = (Text(words(self.project.language)["next steps"]),)
        if children and children[0].type == "heading":
            heading = children.pop(0)
            self.check_attributes(heading, heading.attrs, ("holds",))
            title = self.inlines(heading.children[0].children)
            self.claim_holds(heading, self.claimed(title))
        elif children and children[0].type == "paragraph":
            first = self.inlines(children[0].children[0].children)
            if len(first) == 1 and isinstance(first[0], Strong):
                title = first[0].children
                children.pop(0)
        return NextSteps(id=identity, place=self.place(node), title=title, content=self.blocks(children))

    # -- charts and tables ---------------------------------------------------


def _stripped(content: Inlines) -> Inlines:
    """Inlines without the space that divided them from what stood before."""
    if content and isinstance(content[0], Text):
        text = content[0].text.lstrip()
        return (Text(text), *content[1:]) if text else content[1:]
    return content
