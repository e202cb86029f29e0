"""A story, Markdown with placeholders, becomes a `Document` bound to the project's data."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.attrs.parse import ParseError, parse
from mdit_py_plugins.container import container_plugin

from charts.chart import Chart
from charts.cut import shown_of, tie_at
from charts.declared import claim, declared_chart, false_claim
from data.contradictions import Contradiction, contradictions
from data.errors import Place, Problem, ProjectError, nearest
from data.expressions import TOKEN, RenderedStory, Sentence, holds, render_story, rows_where, split_tokens
from data.project import Project
from data.project_path import inside
from data.settings import OutputSettings
from data.table import Table
from data.words import quotation_marks, words
from reports.blocks import (
    AboutData,
    Block,
    Callout,
    Code,
    Columns,
    Emphasis,
    Figure,
    Foreign,
    Heading,
    Inline,
    Inlines,
    ItemList,
    KeyFigure,
    KeyFigures,
    LineBreak,
    Link,
    Myth,
    NextSteps,
    Notes,
    Paragraph,
    Question,
    Quote,
    Ref,
    Run,
    Strong,
    TableBlock,
    Text,
    leaves,
    plain,
    values_of,
    walk,
)

CONTAINERS = (
    "key-figures", "quote", "myth", "question", "next-steps", "callout", "notes", "columns", "about-data",
)  # fmt: skip
_HEADING_ATTRIBUTES = ("id", "kicker", "holds", "only", "class")
_FIGURE_ATTRIBUTES = ("id", "only")
_TABLE_ATTRIBUTES = ("id", "only", "fields", "rows", "sort", "where")
_ADDRESS = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_CLOSING_ATTRIBUTES = re.compile(r"\s*(\{[^{}]*\})\s*$")


@dataclass(frozen=True)
class Story:
    """What reading a story gave: its blocks, the files it was read from, and the tables it uses."""

    blocks: tuple[Block, ...]
    files: tuple[Path, ...]
    tables: tuple[Table, ...]
    contradictions: tuple[Contradiction, ...]
    """Where the tables that are used disagree, with each other or with another table of the project."""


def _heading_attributes(state: StateCore) -> None:
    """Move `{#id kicker="..."}` from the end of a heading's words to its attributes, before the words are parsed."""
    for opening, inline in zip(state.tokens, state.tokens[1:]):
        if opening.type != "heading_open":
            continue
        found = _CLOSING_ATTRIBUTES.search(inline.content)
        if found:
            try:
                opening.attrs = {**parse(found[1])[1]}
            except ParseError:
                opening.meta["broken attributes"] = found[1]
            inline.content = inline.content[: found.start()]


def _markdown(language: str) -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": False, "typographer": True, "quotes": list(quotation_marks(language))})
    md.enable(["table", "smartquotes"]).use(attrs_plugin, spans=True)
    md.validateLink = lambda url: True  # every address is checked, and named, when the link is read
    md.core.ruler.after("block", "heading_attributes", _heading_attributes)
    for name in CONTAINERS:
        md.use(container_plugin, name)
    return md


def read_story(project: Project, name: str, output: OutputSettings) -> Story:
    """Read the story of the output `name`, bind its values and test its claims.

    Raises ProjectError with every problem of the story, each with its line.
    """
    path = inside(project.root, output.story, project.file.place("outputs", name, "story"))
    rendered = render_story(path, project.root, project.tables)
    reader = _Reader(project, rendered, {name, output.writer})
    tree = SyntaxTreeNode(_markdown(project.language).parse(rendered.markdown))
    blocks = reader.blocks(tree.children)
    reader.check_references(blocks)
    if not blocks and not reader.problems:
        reader.problem(0, "the story is empty.", "Write at least a heading and a paragraph.")
    if reader.problems:
        raise ProjectError(reader.problems)
    used = {cell.table for value in values_of(blocks) for cell in value.cells} | {t.name for t in reader.shown}
    tables = tuple(t for t in project.tables.values() if t.name in used)
    disagreeing = tuple(c for c in contradictions(project.tables) if used & set(c.table_names))
    about = {"tables": tables, "contradictions": disagreeing}
    told = tuple(replace(b, **about) if isinstance(b, AboutData) else b for b in blocks)
    return Story(told, tuple(rendered.files), tables, disagreeing)


def sentence_inlines(parts: Sentence) -> Inlines:
    """A bound title as inlines."""
    return tuple(Text(part) if isinstance(part, str) else Run(*part) for part in parts)


def _slug(text: str) -> str:
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")[:40].strip("-") or "part"


@dataclass
class _Reader:
    """Walks the Markdown tree once, collecting problems instead of stopping at the first."""

    project: Project
    story: RenderedStory
    names: set[str]
    """What `only=` may say to keep a block: the output's name and its writer's."""
    problems: list[Problem] = field(default_factory=list[Problem])
    shown: list[Table] = field(default_factory=list[Table])
    section: str = "start"
    counts: dict[str, int] = field(default_factory=dict[str, int])
    ids: dict[str, Place] = field(default_factory=dict[str, Place])
    references: list[tuple[Place, str]] = field(default_factory=list[tuple[Place, str]])
    failed: set[str] = field(default_factory=set[str])
    """Ids of charts and tables with a problem of their own: links to them are none."""

    # -- places, problems, identities ----------------------------------------
    def place(self, node: SyntaxTreeNode | int) -> Place:
        if isinstance(node, int):
            return self.story.place(node)
        while node.map is None and node.parent is not None:
            node = node.parent
        return self.story.place(node.map[0] if node.map else 0)

    def problem(self, node: SyntaxTreeNode | int, message: str, remedy: str) -> None:
        self.problems.append(Problem(self.place(node), message, remedy))

    def identity(self, kind: str, node: SyntaxTreeNode, given: object = None, suggested: str | None = None) -> str:
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

    def check_attributes(self, node: SyntaxTreeNode, attributes: Iterable[str], known: Sequence[str]) -> None:
        for name in attributes:
            if name not in known:
                self.problem(node, f"the attribute '{name}' is not known here.", nearest(name, known))

    def kept(self, only: object) -> bool:
        return only is None or bool(self.names & set(re.split(r"[,\s]+", str(only))))

    def claim_holds(self, node: SyntaxTreeNode, test: object, claimed: str) -> None:
        if test is None:
            return
        try:
            if not holds(str(test), self.project.tables, self.place(node)):
                self.problems.append(false_claim(self.place(node), claimed, str(test)))
        except ProjectError as error:
            self.problems.extend(error.problems)

    def check_references(self, blocks: Sequence[Block]) -> None:
        known = {block.id for block in walk(blocks)}
        for place, target in self.references:
            if target not in known | self.failed:
                named = [identity for identity in known if "/" not in identity] or known
                self.problems.append(
                    Problem(place, f"the link leads to '#{target}', which is not here.", nearest(target, named))
                )

    # -- blocks --------------------------------------------------------------
    def blocks(self, nodes: Sequence[SyntaxTreeNode]) -> tuple[Block, ...]:
        found: list[Block] = []
        skipping = 0  # level of a heading that is not for this output
        for node in nodes:
            if node.type == "heading":
                level = int(node.tag[1])
                if skipping and level > skipping:
                    continue
                skipping = 0
                if not self.kept(node.attrs.get("only")):
                    skipping = level
                    continue
                found.append(self.heading(node, level))
            elif not skipping:
                found.extend(self.block(node))
        return tuple(found)

    def heading(self, node: SyntaxTreeNode, level: int) -> Heading:
        content = self.inlines(node.children[0].children)
        token = node.nester_tokens.opening if node.nester_tokens else None
        if token is not None and "broken attributes" in token.meta:
            self.problem(
                node,
                f"the attributes {token.meta['broken attributes']} cannot be read.",
                'Write {#id kicker="Words"}, with straight quotes around words with spaces.',
            )
        self.check_attributes(node, node.attrs, _HEADING_ATTRIBUTES)
        classes = str(node.attrs.get("class", "")).split()
        for name in classes:
            if name != "backup":
                self.problem(node, f"the class '.{name}' is not known here.", "Known: '.backup'.")
        if level > 4:
            self.problem(node, f"a heading of level {level} is too deep.", "Use levels 1 to 4.")
        words_only = "".join(leaf.text for leaf in leaves(content) if isinstance(leaf, Text))
        identity = self.identity("heading", node, node.attrs.get("id"), _slug(words_only))
        self.section = identity
        self.claim_holds(node, node.attrs.get("holds"), self.claimed(content))
        kicker = str(node.attrs.get("kicker", ""))
        return Heading(
            id=identity,
            place=self.place(node),
            level=level,
            content=content,
            kicker=sentence_inlines(split_tokens(kicker, self.story.placeholders)),
            backup="backup" in classes,
        )

    def claimed(self, content: Inlines) -> str:
        return plain(content, self.project.language)

    def block(self, node: SyntaxTreeNode) -> list[Block]:
        match node.type:
            case "paragraph":
                return self.paragraph(node)
            case "bullet_list" | "ordered_list":
                return [self.list(node)]
            case "table":
                return [self.typed_table(node)]
            case "blockquote":
                return [self.quote(node)]
            case "hr":
                self.problem(node, "a rule (---) divides columns only.", "Put it inside ::: columns, or delete it.")
            case "code_block" | "fence":
                self.problem(
                    node,
                    "a code block cannot be set here.",
                    "Take the four spaces or the fence away; words within a line may stand in `backticks`.",
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
        start = inline.content.lstrip()
        if start.startswith(":::"):
            word = start.strip(": ").split()[0] if start.strip(": ") else ""
            remedy = nearest(word, CONTAINERS) if word else "Open the block above with '::: name'."
            message = f"there is no block '::: {word}'." if word else "this ':::' closes nothing."
            self.problem(node, message, remedy)
            return []
        content = self.inlines(inline.children)
        return [Paragraph(id=self.identity("paragraph", node), place=self.place(node), content=content)]

    def list(self, node: SyntaxTreeNode) -> ItemList:
        identity = self.identity("list", node)
        return ItemList(
            id=identity,
            place=self.place(node),
            items=tuple(self.blocks(item.children) for item in node.children),
            ordered=node.type == "ordered_list",
            start=int(node.attrs.get("start", 1)),
        )

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
        rest = node.info.strip().removeprefix(name).strip()
        attributes: dict[str, str] = {}
        if rest:
            try:
                _, attributes = parse(rest)
            except ParseError:
                self.problem(
                    node, f"'{rest}' behind '::: {name}' cannot be read.", "Only attributes stand there: {only=deck}."
                )
        self.check_attributes(node, attributes, ("id", "only"))
        if not self.kept(attributes.get("only")):
            return []
        place, identity = self.place(node), self.identity(name, node, attributes.get("id"))
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
                return [Notes(id=identity, place=place, content=self.blocks(children))]
            case "about-data":
                return [AboutData(id=identity, place=place, tables=())]
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
                content = self.inlines(item.children[0].children[0].children) if item.children else ()
                if not content or not isinstance(content[0], Strong):
                    self.problem(item, "a key figure begins with its number.", "Write '- **{{ figure }}** what it is'.")
                    continue
                items.append(KeyFigure(content[0].children, _stripped(content[1:])))
        return KeyFigures(id=identity, place=self.place(node), items=tuple(items))

    def quote(self, node: SyntaxTreeNode, identity: str | None = None) -> Quote:
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
                    attribution = (Text(re.sub(r"^(--|—|–)\s*", "", opening)), *words_here[1:])
                else:
                    content.extend((Text(" "), *words_here) if content else words_here)
        return Quote(
            id=identity or self.identity("quote", node),
            place=self.place(node),
            content=tuple(content),
            attribution=attribution,
        )

    def next_steps(self, node: SyntaxTreeNode, identity: str) -> NextSteps:
        children = list(node.children)
        title: Inlines = (Text(words(self.project.language)["next steps"]),)
        if children and children[0].type == "heading":
            title = self.inlines(children.pop(0).children[0].children)
        elif children and children[0].type == "paragraph":
            first = self.inlines(children[0].children[0].children)
            if len(first) == 1 and isinstance(first[0], Strong):
                title = first[0].children
                children.pop(0)
        return NextSteps(id=identity, place=self.place(node), title=title, content=self.blocks(children))

    # -- charts and tables ---------------------------------------------------
    def shown_block(self, node: SyntaxTreeNode) -> list[Block]:
        """An image whose address is `chart:name` or `table:name`."""
        kind, _, name = str(node.attrs.get("src", "")).partition(":")
        attributes = {k: v for k, v in node.attrs.items() if k not in ("src", "alt", "title")}
        if not self.kept(attributes.get("only")):
            return []
        words_inside = self.inlines(node.children)
        try:
            if kind == "chart":
                self.check_attributes(node, attributes, _FIGURE_ATTRIBUTES)
                return [self.figure(node, name, words_inside, attributes.get("id"))]
            if kind == "table":
                self.check_attributes(node, attributes, _TABLE_ATTRIBUTES)
                return [self.data_table(node, name, words_inside, attributes)]
        except ProjectError as error:
            known = {str(p) for p in self.problems}
            self.problems.extend(p for p in error.problems if str(p) not in known)
            self.failed.add(str(attributes.get("id") or (name if kind == "chart" else f"table-{name}")))
            return []
        self.problem(
            node,
            f"'{kind}:{name}' is neither a chart nor a table.",
            "Write ![Caption](chart:name) or ![Title](table:name).",
        )
        return []

    def figure(self, node: SyntaxTreeNode, name: str, caption: Inlines, given: object) -> Figure:
        if name not in self.project.settings.charts:
            raise ProjectError(
                Problem(self.place(node), f"there is no chart '{name}'.", nearest(name, self.project.settings.charts))
            )
        chart: Chart = declared_chart(self.project, name)
        self.shown.append(self.project.tables[chart.table.name])
        return Figure(
            id=self.identity("figure", node, given, name),
            place=self.place(node),
            chart=chart,
            title=sentence_inlines(claim(self.project, name)),
            caption=caption or (Text(chart.table.title),),
        )

    def data_table(
        self, node: SyntaxTreeNode, name: str, title: Inlines, attributes: dict[str, str | int | float]
    ) -> TableBlock:
        place = self.place(node)
        table = self.project.tables.get(name)
        if table is None:
            raise ProjectError(Problem(place, f"there is no table '{name}'.", nearest(name, self.project.tables)))
        self.shown.append(table)
        names = [f.name for f in table.fields]
        ends = {end for f in table.fields for end in (f.low, f.high, f.unit_field)}
        wanted = [n for n in names if n not in ends]
        if "fields" in attributes:
            wanted = [part.strip() for part in str(attributes["fields"]).split(",")]
        sort = str(attributes.get("sort", ""))
        for asked in (*wanted, *([sort.lstrip("-")] if sort else [])):
            if asked not in names:
                raise ProjectError(Problem(place, f"table '{name}' has no field '{asked}'.", nearest(asked, names)))
        if "where" in attributes:
            table = rows_where(table, str(attributes["where"]), place)
        if sort:
            table = table.in_order(sort.lstrip("-"), descending=sort.startswith("-"))
        every = table
        if "rows" in attributes:
            if not str(attributes["rows"]).isdigit() or not int(attributes["rows"]):
                raise ProjectError(
                    Problem(place, f"rows={attributes['rows']} is no number of rows.", "Write a number from 1.")
                )
            table = table.take(range(min(int(attributes["rows"]), len(table))))
        fields = [table.field(n) for n in wanted]
        shown = shown_of(len(table), len(every), self.project.language)
        return TableBlock(
            id=self.identity("table", node, attributes.get("id"), f"table-{name}"),
            place=place,
            title=(*(title or (Text(table.title),)), *((Text(f" ({shown})"),) if shown else ())),
            columns=tuple((Text(f.title),) for f in fields),
            rows=tuple(tuple((Run(row[f.name]),) for f in fields) for row in table),
            aligns=tuple("right" if f.numeric or f.measure.type == "range" else "left" for f in fields),
            table=table,
            parted=tie_at(every, len(table), sort.lstrip("-")) if sort else None,
        )

    # -- inline --------------------------------------------------------------
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
            case "code_inline":
                pieces = split_tokens(node.content, self.story.placeholders)
                return [Code(p) if isinstance(p, str) else Run(*p) for p in pieces]
            case "link":
                return self.link(node)
            case "span":
                self.check_attributes(node, node.attrs, ("holds", "lang"))
                content = self.inlines(node.children)
                self.claim_holds(node, node.attrs.get("holds"), self.claimed(content))
                return self.foreign(node, content) if "lang" in node.attrs else list(content)
            case "image":
                self.problem(
                    node, "a chart or table cannot stand within a sentence.", "Give it a paragraph of its own."
                )
            case _:
                self.problem(node, f"'{node.type}' cannot be set here.", "Write it as plain words.")
        return []

    def foreign(self, node: SyntaxTreeNode, content: Inlines) -> list[Inline]:
        language = str(node.attrs["lang"])
        if not _LANGUAGE.fullmatch(language):
            self.problem(node, f"'{language}' is no language tag.", "Write a tag of BCP 47, such as 'fr' or 'de-AT'.")
        return [Foreign(language, content)]

    def bound(self, text: str) -> list[Inline]:
        return list(sentence_inlines(split_tokens(text, self.story.placeholders)))

    def link(self, node: SyntaxTreeNode) -> list[Inline]:
        target = str(node.attrs.get("href", ""))
        if TOKEN.search(target) or "%EE%80%80" in target:
            self.problem(node, "a placeholder cannot stand in a link's address.", "Write the address itself.")
            return []
        content = self.inlines(node.children)
        if target.startswith("#"):
            self.references.append((self.place(node), target[1:]))
            return [Ref(target[1:], content)]
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


def _stripped(content: Inlines) -> Inlines:
    """Inlines without the space that divided them from what stood before."""
    if content and isinstance(content[0], Text):
        text = content[0].text.lstrip()
        return (Text(text), *content[1:]) if text else content[1:]
    return content
