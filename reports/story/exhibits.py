"""Charts and tables of the data in a story: `![Caption](chart:pay)` and `![Title](table:pay)`."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from markdown_it.tree import SyntaxTreeNode

from charts.cut import shown_of, tie_at
from data.effort import spend
from data.errors import ProjectError, nearest
from data.sandbox.expressions import rows_where
from reports.document.blocks import Block, Figure, TableBlock
from reports.document.inlines import Inlines, Text
from reports.document.table_rows import TableRows
from reports.story.inlines import sentence_inlines
from reports.story.pictures import QR, Pictures, is_picture
from reports.writers import WRITERS

_FIGURE_ATTRIBUTES = ("id", "only")
_TABLE_ATTRIBUTES = ("id", "only", "fields", "rows", "sort", "where")
_ROWS = re.compile(r"[1-9][0-9]{0,8}")
_FOR_A_CELL = 36
"""Steps to find the place of a table's cell on a page, and to draw it."""


class Exhibits(Pictures):
    """Reads what stands for a chart, a table or a picture."""

    writer: str = "report"

    def shown_block(self, node: SyntaxTreeNode) -> list[Block]:
        """An image whose address is `chart:name`, `table:name`, or that of a picture's file."""
        kind, _, name = str(node.attrs.get("src", "")).partition(":")
        attributes = {k: v for k, v in node.attrs.items() if k not in ("src", "alt", "title")}
        if "title" in node.attrs:
            self.problem(
                node, f"'{node.attrs['title']}' would not be printed.", "Write it between the square brackets."
            )
        if not self.kept(node, attributes.get("only")):
            self.pass_over(node)
            return []
        words_inside = self.inlines(node.children)
        address = str(node.attrs.get("src", ""))
        try:
            if is_picture(address):
                return [self.picture(node, words_inside, attributes)]
            if kind == QR.removesuffix(":"):
                return [self.qr_code(node, words_inside, attributes)]
            if kind == "chart":
                self.check_attributes(node, attributes, _FIGURE_ATTRIBUTES)
                return [self.figure(node, name, words_inside, attributes.get("id"))]
            if kind == "table":
                self.check_attributes(node, attributes, _TABLE_ATTRIBUTES)
                return [self.data_table(node, name, words_inside, attributes)]
        except ProjectError as error:
            known = {str(p) for p in self.problems}
            self.problems.extend(p for p in error.problems if str(p) not in known)
            given = name if kind == "chart" else f"table-{name}" if kind == "table" else PurePosixPath(address).stem
            self.failed.add(str(attributes.get("id") or given))
            return []
        self.problem(
            node,
            f"'{address}' is neither a chart nor a table, nor a picture.",
            "Write ![Caption](chart:name), ![Title](table:name) or ![What it shows](pictures/name.png).",
        )
        return []

    def figure(self, node: SyntaxTreeNode, name: str, caption: Inlines, given: object) -> Figure:
        if name not in self.project.settings.charts:
            raise ProjectError.at(
                self.place(node), f"there is no chart '{name}'.", nearest(name, self.project.settings.charts)
            )
        chart = self.charts.chart(name)
        self.shown.append(self.project.tables[chart.table.name])
        return Figure(
            id=self.identity("figure", node, given, name),
            place=self.place(node),
            chart=chart,
            title=sentence_inlines(self.charts.title(name)),
            caption=caption or (Text(chart.table.title),),
            captioned=bool(caption),
        )

    def data_table(
        self, node: SyntaxTreeNode, name: str, title: Inlines, attributes: dict[str, str | int | float]
    ) -> TableBlock:
        place = self.place(node)
        table = self.project.tables.get(name)
        if table is None:
            raise ProjectError.at(place, f"there is no table '{name}'.", nearest(name, self.project.tables))
        self.shown.append(table)
        names = [f.name for f in table.fields]
        ends = {end for f in table.fields for end in (f.low, f.high, f.unit_field)}
        wanted = [n for n in names if n not in ends]
        for asked in ("fields", "where", "sort"):
            if not str(attributes.get(asked, "all")).strip():
                raise ProjectError.at(place, f'{asked}="" says nothing.', "Say which, or delete it.")
        if "fields" in attributes:
            wanted = [part.strip() for part in str(attributes["fields"]).split(",")]
        sort = str(attributes.get("sort", ""))
        for asked in (*wanted, *([sort.removeprefix("-")] if sort else [])):
            if asked not in names:
                raise ProjectError.at(place, f"table '{name}' has no field '{asked}'.", nearest(asked, names))
        if "where" in attributes:
            table = rows_where(table, str(attributes["where"]), place, self.project.row)
        if sort:
            table = table.in_order(sort.removeprefix("-"), descending=sort.startswith("-"))
        every = table
        if "rows" in attributes:
            if not _ROWS.fullmatch(str(attributes["rows"])):
                raise ProjectError.at(
                    place, f"rows={attributes['rows']} is no number of rows.", "Write a number from 1."
                )
            table = table.take(range(min(int(attributes["rows"]), len(table))))
        fields = [table.field(n) for n in wanted]
        most = WRITERS[self.writer].most_cells
        if len(table) * len(fields) > most:
            can = f"of {len(fields)} fields a {self.writer} prints {most // len(fields):,} at most"
            remedy = "Print fewer: {rows=100}, {where='...'} or {fields='...'}; or in the report alone: {only=report}."
            raise ProjectError.at(place, f"'{name}' has {len(table):,} rows here; {can}.", remedy)
        spend(_FOR_A_CELL * len(table) * len(fields))
        shown = shown_of(len(table), len(every), self.project.language)
        return TableBlock(
            id=self.identity("table", node, attributes.get("id"), f"table-{name}"),
            place=place,
            title=(*(title or (Text(table.title),)), *((Text(f" ({shown})"),) if shown else ())),
            columns=tuple((Text(f.title),) for f in fields),
            rows=TableRows(table, tuple(wanted)),
            aligns=tuple("right" if f.numeric or f.measure.type == "range" else "left" for f in fields),
            table=table,
            parted=tie_at(every, len(table), sort.removeprefix("-")) if sort else None,
        )
