"""Sources with more rows than a table may have: declared as a source, and a table that sums it up."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from data.inspection.opening.databases import quotation_mark, quoted
from data.inspection.proposals.proposed import Proposal, ProposedField
from data.inspection.words.setting import ProposedSetting

_GROUPS = range(2, 101)
"""How many different words make a good group."""
_VALUES = 3
_PREFERRED = ("money", "percent", "number", "integer")
_UNASKED = frozenset(("unit_field", "numbers", "labels"))
"""Settings of fields whose cells are words to a query."""
_PLAIN_ENCODINGS = ("utf-8", "utf-8-sig")


def summed_up(proposal: Proposal) -> Proposal:
    """The proposal with a query that groups its rows by the first field of few words, and averages what it measures.

    A file becomes a source of its own, which the query asks; a database's query changes.
    """
    group = _group(proposal)
    values = _values(proposal)
    count = ProposedField("number_of_rows", "number_of_rows", {"title": "Rows", "type": "integer"})
    fields = [count, *(_averaged(field) for field in values)]
    mark = quotation_mark(proposal.origin)
    picked = ["count(*) AS number_of_rows", *(f"avg({quoted(f.header, mark)}) AS {_as(f, mark)}" for f in values)]
    behind = ""
    if group is not None:
        settings = {"title": group.settings["title"], "type": "text", "key": True}
        fields.insert(0, ProposedField(group.name, group.name, settings))
        header, name = quoted(group.header, mark), _as(group, mark)
        picked.insert(0, f"{header} AS {name}")
        behind = f" WHERE {header} IS NOT NULL GROUP BY {header} ORDER BY {name}"
    told = "A table has 100,000 rows at most, so this one sums them up: change the query to what you need."
    asked = proposal.origin.get("query")
    if asked is not None:
        source = str(asked.value).removeprefix("SELECT * FROM ").removesuffix(" ORDER BY 1")
        origin = {name: setting for name, setting in proposal.origin.items() if name != "query"}
        query = ProposedSetting(f"SELECT {', '.join(picked)} FROM {source}{behind}", told)
        return replace(
            proposal, origin={**origin, "query": query}, fields=tuple(fields), table=_titled(proposal), shape={}
        )
    name = f"{proposal.name}_rows"
    read = dict(proposal.read)
    words = list(dict.fromkeys(mark for field in proposal.fields for mark in field.marks))
    if words:
        marks = proposal.table.get("missing")
        read["missing"] = ProposedSetting(words, marks.reason if marks else "Marks for no value, or for a limit.")
    remarks = list(proposal.remarks)
    if "encoding" in read and read["encoding"].value not in _PLAIN_ENCODINGS:
        remarks.append("A source that is only queried has to be UTF-8: save it so first.")
    if proposal.shape:
        remarks.append("A source that is only queried has its header in the first row, and nothing else around it.")
    return replace(
        proposal,
        source=(name, dict(proposal.origin), read),
        origin={"query": ProposedSetting(f"SELECT {', '.join(picked)} FROM {name}{behind}", told)},
        table=_titled(proposal),
        read={},
        shape={},
        fields=tuple(fields),
        undeclared=(),
        remarks=tuple(remarks),
    )


def _titled(proposal: Proposal) -> dict[str, ProposedSetting]:
    return {name: setting for name, setting in proposal.table.items() if name not in ("missing", "numbers")}


def _group(proposal: Proposal) -> ProposedField | None:
    return next(
        (
            field
            for field in proposal.fields
            if field.type in ("text", "level", "band") and _different(proposal, field) in _GROUPS
        ),
        None,
    )


def _different(proposal: Proposal, field: ProposedField) -> int:
    assert proposal.sheet is not None
    place = proposal.sheet.header.index(field.header)
    return len({row[place] for row in proposal.sheet.rows} - {""})


def _values(proposal: Proposal) -> Sequence[ProposedField]:
    """What is measured: money first. Numbers that are not written plainly are words to a query."""
    assert proposal.sheet is not None
    if "numbers" in proposal.table:
        return ()
    fit = [field for field in proposal.fields if field.type in _PREFERRED and not _UNASKED & set(field.settings)]
    return sorted(fit, key=lambda field: _PREFERRED.index(field.type))[:_VALUES]


def _averaged(field: ProposedField) -> ProposedField:
    settings = {name: value for name, value in field.settings.items() if name not in ("column", "key", "missing")}
    settings["title"] = f"Average of {str(settings['title'])[:1].lower()}{str(settings['title'])[1:]}"
    if field.type == "integer":
        settings["type"] = "number"
    return ProposedField(field.name, field.name, settings)


def _as(field: ProposedField, mark: str) -> str:
    """A field's name in a query; MySQL has more reserved words than fields have names."""
    return field.name if mark == '"' else quoted(field.name, mark)
