"""Fields that say how far others may be off: what is wrong with one that is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from data.errors import nearest
from data.settings.fields import FieldSettings

_COUNTS = ("integer", "number")


def margin_faults(
    table: str, declared: FieldSettings, fields: Mapping[str, FieldSettings]
) -> Iterator[tuple[str, str]]:
    """What is wrong with the fields that a field's `sample` and `margin` name in a table, and what to do."""
    for role, wanted in (("sample", declared.sample), ("margin", declared.margin)):
        if not isinstance(wanted, str):
            continue
        if wanted not in fields:
            yield f"{role} = '{wanted}' is no field of table '{table}'.", nearest(wanted, fields)
        elif role == "sample" and fields[wanted].type not in _COUNTS:
            yield f"sample = '{wanted}' counts nobody.", "Name a field of type integer or number."
        elif role == "margin" and fields[wanted].type not in (*_COUNTS, declared.type):
            said = f"margin = '{wanted}' is {fields[wanted].type}, and the margin of {declared.type} is none."
            yield said, f'Name a field of type "{declared.type}" or "number".'
        elif role == "margin" and fields[wanted].unit is not None and fields[wanted].unit != declared.unit:
            said = f"margin = '{wanted}' is in {fields[wanted].unit}, and the field is in {declared.unit or 'no unit'}."
            yield said, "Name a field of one unit with it."
