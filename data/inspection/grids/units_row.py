"""A row under the header that says in what the columns are counted: %, EUR, months, in thousands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from data.inspection.columns.numbers import read_number

_UNIT = re.compile(
    r"[(\[]?(?:(?:in|en|em|w|v|u|у|в|i)\s+)?(?:(?:'?000s?|thousands?|tsd\.?|millions?|mio\.?|[mk])\s*)?(?:of\s+)?"
    r"(?:%|[$€£¥]|percent(?:age)?|per cent|prozent|number|anzahl|nombre|número|usd|eur|gbp|chf|cad|aud|euros?|"
    r"dollars?|pounds?|n|no\.?|count|persons?|people|personen|students|years?|jahre|ans|años|months?|monate|mois|meses|"
    r"weeks?|wochen|days?|tage|hours?|stunden|hrs?|points?|punkte|index|ratio|score|fte|km|m²|sqm)?"
    r"(?:\s*(?:/|per|pro|par)\s*(?:year|month|week|day|hour|jahr|monat|stunde|an|mois|heure|h|a))?[)\]]?\.?",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"[(\[]['’]?(?:1[., ]?)?000['’]?s?[)\]]")
"""(1000) over every column is no negative number."""


def only_units(row: Sequence[str]) -> bool:
    """Whether a row says units, and nothing else."""
    texts = [cell.strip() for cell in row if cell.strip()]
    return bool(texts) and all(
        _THOUSANDS.fullmatch(text) or (_UNIT.fullmatch(text) and read_number(text) is None) for text in texts
    )
