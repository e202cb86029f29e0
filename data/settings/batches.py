"""What `project.toml` may say of its batches: for which rows documents are made, and how they are called."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from data.settings.kinds import Name, Printed, Settings


class StatementSettings(Settings):
    """What the brand states, where it depends on the row: words with placeholders, in place of those of brand.toml."""

    institution: Printed | None = None
    """The institution's name."""
    unit: Printed | None = None
    """The part of it that publishes."""
    contact: Printed | None = None
    """Where to go, whom to write to."""
    accommodation: Printed | None = None
    """How to ask for an accommodation or another format."""
    non_discrimination: Printed | None = None
    """The statement that the university must print."""

    @property
    def said(self) -> dict[str, str]:
        """The statements that are said, by their names."""
        return {name: words for name in type(self).model_fields if (words := getattr(self, name)) is not None}


class BatchSettings(Settings):
    """Documents for each row of a table: those of the outputs that say `each` with the batch's name."""

    over: Name
    """The table; each of its rows is one item."""
    by: Name | None = None
    """The field that tells the items apart; the table's key where it is not said. Files are called by it, too."""
    where: str | None = None
    """Which rows are taken, as a condition over their fields."""
    name: Annotated[str, Field(min_length=1, max_length=500)] | None = None
    """What the files are called, with placeholders: "{{ row.code }} {{ row.major }}"; the field `by` where it is not
    said."""
    title: Printed = ""
    """What the whole is called, in the index of the batch."""
    document_title: Printed = ""
    """The title of each item's documents, with placeholders; the project's where it is not said."""
    document_subtitle: Printed = ""
    """The line under it, likewise."""
    brand: StatementSettings = StatementSettings()
    """What the brand states in each item's documents: { contact = "{{ row.contact }}" }."""
    language_field: Name | None = None
    """The field that holds the language of each item's documents; the project's where it is empty or not said."""
    paper_field: Name | None = None
    """The field that holds the paper of each item's documents, A4 or Letter; the brand's where it is empty or not
    said."""
    recipient_field: Name | None = None
    """The field that says to whom an item goes: an address, or the name of a folder."""
