"""The rules for a PDF: one a line."""

from __future__ import annotations

from reports.audit.findings import Rule
from reports.audit.pdf import annotation_rules, content_rules, file_rules, font_rules, structure_rules, table_rules
from reports.audit.pdf.document import PdfDocument

# PDF/UA-1 is ISO 14289-1:2014, ISO 32000-1 is PDF 1.7, WCAG is version 2.1.
RULES: dict[str, Rule[PdfDocument]] = {
    "read-wholly": Rule("All of the file was checked", "bounds of this program", file_rules.read_wholly),
    "tagged": Rule("The document is tagged", "PDF/UA-1 6.2, 7.1; WCAG 1.3.1", file_rules.tagged),
    "language": Rule("The language is stated", "PDF/UA-1 7.2; WCAG 3.1.1, 3.1.2", file_rules.language),
    "title": Rule("The document has a title", "PDF/UA-1 7.1; WCAG 2.4.2", file_rules.title),
    "title-shown": Rule("The window shows the title", "PDF/UA-1 7.1; WCAG 2.4.2", file_rules.title_shown),
    "conformance": Rule("The file claims PDF/UA", "PDF/UA-1 5", file_rules.conformance),
    "protection": Rule("Protection lets screen readers in", "PDF/UA-1 7.16", file_rules.readable),
    "static-form": Rule("Forms are plain PDF forms", "PDF/UA-1 7.15", file_rules.static_form),
    "bookmarks": Rule("Long documents have bookmarks", "PDF/UA-1 7.17; WCAG 2.4.5", file_rules.bookmarks),
    "heading-levels": Rule(
        "No heading level is left out", "PDF/UA-1 7.4.2; WCAG 1.3.1", structure_rules.heading_levels
    ),
    "heading-kinds": Rule(
        "Headings are there, and of one kind", "PDF/UA-1 7.4.4; WCAG 1.3.1", structure_rules.heading_kinds
    ),
    "figure-alt": Rule("Figures have an alternative text", "PDF/UA-1 7.3, 7.7; WCAG 1.1.1", structure_rules.figure_alt),
    "figure-words": Rule("Alternative texts describe", "WCAG 1.1.1", structure_rules.figure_words),
    "figure-area": Rule("Figures say where they are", "ISO 32000-1 14.8.5.4.3", structure_rules.figure_area),
    "table-parts": Rule("Tables are made of rows and cells", "PDF/UA-1 7.2, 7.5; WCAG 1.3.1", table_rules.parts),
    "table-regular": Rule("Rows have the same columns", "PDF/UA-1 7.2, 7.5; WCAG 1.3.1", table_rules.regular),
    "table-headers": Rule("Cells have headers", "PDF/UA-1 7.5; WCAG 1.3.1", table_rules.headers),
    "table-scope": Rule("Headers say what they head", "PDF/UA-1 7.5; WCAG 1.3.1", table_rules.scopes),
    "list-parts": Rule("Lists are made of items", "PDF/UA-1 7.2, 7.6; WCAG 1.3.1", structure_rules.lists),
    "contents-parts": Rule(
        "Contents are made of entries", "PDF/UA-1 7.2; ISO 32000-1 14.8.4.2", structure_rules.contents
    ),
    "note-id": Rule("Notes can be referred to", "PDF/UA-1 7.9", structure_rules.notes),
    "types": Rule("Elements are of known types", "PDF/UA-1 7.1; ISO 32000-1 14.8.4", structure_rules.types),
    "empty-element": Rule("What is announced says something", "WCAG 1.3.1, 2.4.6", structure_rules.empty),
    "tree": Rule("The structure is a tree", "PDF/UA-1 7.1; ISO 32000-1 14.7.2", structure_rules.repeated),
    "link-words": Rule("Links say where they go", "PDF/UA-1 7.18.5; WCAG 2.4.4", annotation_rules.link_words),
    "link-purpose": Rule("Links are clear by themselves", "WCAG 2.4.4", annotation_rules.link_purpose),
    "link-tags": Rule("Links are tagged as links", "PDF/UA-1 7.18.5; WCAG 1.3.1", annotation_rules.link_tags),
    "link-area": Rule("Links can be followed", "PDF/UA-1 7.18.5; WCAG 2.1.1", structure_rules.followed),
    "form-fields": Rule("Fields have names", "PDF/UA-1 7.18.1, 7.18.4; WCAG 4.1.2", annotation_rules.fields),
    "comments": Rule("Annotations have words", "PDF/UA-1 7.18.1; WCAG 1.1.1", annotation_rules.comments),
    "tab-order": Rule("The tab key follows the text", "PDF/UA-1 7.18.3; WCAG 2.4.3", file_rules.tab_order),
    "content-tagged": Rule("All content is tagged or an artifact", "PDF/UA-1 7.1; WCAG 1.3.1", content_rules.marked),
    "artifacts": Rule("Artifacts stand apart", "PDF/UA-1 7.1", content_rules.artifacts),
    "parent-tree": Rule("Content leads to its element", "ISO 32000-1 14.7.4.4; WCAG 4.1.1", content_rules.parent_tree),
    "content-present": Rule("Elements hold what is there", "ISO 32000-1 14.7.4.2", content_rules.present),
    "has-text": Rule("Pages have text", "WCAG 1.1.1, 1.4.5", content_rules.has_text),
    "font-embedded": Rule("Fonts are in the file", "PDF/UA-1 7.21.4.1", font_rules.embedded),
    "font-unicode": Rule("Characters can be read out", "PDF/UA-1 7.21.7; WCAG 1.3.1", font_rules.unicode),
}
