"""What `project.toml` may say of its batches: for which rows documents are made, and how they are called."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from data.settings.kinds import Name, Printed, Settings


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
    language_field: Name | None = None
    """The field that holds the language of each item's documents; the project's where it is empty or not said."""
    paper_field: Name | None = None
    """The field that holds the paper of each item's documents, A4 or Letter; the brand's where it is empty or not
    said."""
    recipient_field: Name | None = None
    """The field that says to whom an item goes: an address, or the name of a folder."""
