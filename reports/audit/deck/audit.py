"""What is wrong with a deck, from its bytes."""

from __future__ import annotations

from data.errors import Place, ProjectError
from reports.audit.deck.rules import RULES
from reports.audit.findings import Finding, apply
from reports.powerpoint.opened import BrokenPackageError, Package
from reports.powerpoint.read import WrongKindError, read_deck


def audit_deck(content: bytes, file: str) -> tuple[Finding, ...]:
    """The findings of all rules. Raises ProjectError for a damaged file, and for one that is no presentation."""
    try:
        return tuple(apply(RULES, read_deck(Package(content)), file))
    except BrokenPackageError as error:
        raise ProjectError.at(
            Place(file),
            f"is damaged, or no PowerPoint file: {str(error).strip(' .')}.",
            "Open it in PowerPoint and save it anew, or make it again.",
        ) from None
    except WrongKindError:
        raise ProjectError.at(
            Place(file), "is no presentation.", "Name a .pdf or a .pptx file; save other documents as PDF first."
        ) from None
