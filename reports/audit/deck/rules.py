"""The rules for a deck: one a line."""

from __future__ import annotations

from reports.audit.deck import deck_rules, place_rules, slide_rules, text_rules
from reports.audit.findings import Rule
from reports.powerpoint.slides import Deck

# "PowerPoint" is the accessibility checker that Microsoft 365 has; WCAG is version 2.1.
RULES: dict[str, Rule[Deck]] = {
    "read-wholly": Rule("All of the file was checked", "bounds of this program", deck_rules.read_wholly),
    "document-title": Rule("The file has a title", "WCAG 2.4.2", deck_rules.title),
    "protection": Rule("The file can be changed", "PowerPoint: document access", deck_rules.protection),
    "sections": Rule("Sections have names", "PowerPoint: section names; WCAG 2.4.6", deck_rules.sections),
    "timing": Rule("Slides wait for the reader", "WCAG 2.2.1", deck_rules.timing),
    "slide-title": Rule("Slides have titles", "PowerPoint: slide titles; WCAG 2.4.2, 2.4.6", slide_rules.titles),
    "unique-title": Rule("Titles differ", "PowerPoint: unique slide titles; WCAG 2.4.6", slide_rules.unique_titles),
    "title-first": Rule("The title is read first", "PowerPoint: reading order; WCAG 1.3.2", slide_rules.title_first),
    "reading-order": Rule(
        "Shapes are read as they stand", "PowerPoint: reading order; WCAG 1.3.2", slide_rules.reading_order
    ),
    "empty-placeholder": Rule("No placeholder is empty", "WCAG 1.3.1", slide_rules.empty_placeholders),
    "alt-text": Rule(
        "Pictures have an alternative text", "PowerPoint: missing alt text; WCAG 1.1.1", slide_rules.alt_texts
    ),
    "alt-words": Rule(
        "Alternative texts describe", "PowerPoint: suspicious alt text; WCAG 1.1.1", slide_rules.alt_words
    ),
    "decorative": Rule("Decorations say nothing", "WCAG 1.1.1", slide_rules.decorations),
    "captions": Rule("Videos have captions", "PowerPoint: closed captions; WCAG 1.2.2", slide_rules.captions),
    "table-header": Rule("Tables have a header row", "PowerPoint: header row; WCAG 1.3.1", slide_rules.table_headers),
    "merged-cells": Rule(
        "Cells are not merged", "PowerPoint: merged or split cells; WCAG 1.3.1", slide_rules.merged_cells
    ),
    "language": Rule("Text states its language", "WCAG 3.1.1, 3.1.2", text_rules.languages),
    "text-size": Rule("Text is large enough", "for rooms: 12 pt, at the foot 10", text_rules.sizes),
    "contrast": Rule("Text stands out", "PowerPoint: hard-to-read contrast; WCAG 1.4.3", text_rules.contrasts),
    "link-words": Rule("Links say where they go", "PowerPoint: link text; WCAG 2.4.4", text_rules.links),
    "off-slide": Rule("What is to be read stands on the slide", "seen at once", place_rules.off_the_slide),
    "text-fits": Rule("Text stands within its box", "seen at once", place_rules.text_fits),
    "overlap": Rule("No text stands on another", "seen at once", place_rules.overlaps),
    "text-on-art": Rule("No text runs over the edge of a picture", "seen at once", place_rules.text_on_art),
    "typed-list": Rule("Lists are lists", "WCAG 1.3.1", text_rules.typed_lists),
}
