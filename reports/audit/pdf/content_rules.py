"""Rules about what the pages of a PDF draw: everything tagged or an artifact, and both sides of the tree in step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from reports.audit.findings import Fault
from reports.audit.pdf.content import PageContent
from reports.audit.pdf.document import PdfDocument, PdfPage, page_list
from reports.audit.pdf.objects import Key, entry, key, whole
from reports.audit.pdf.structure import Content
from reports.audit.wording import counted, quoted

_PAINTED = {"text": "piece of text", "drawing": "drawing", "picture": "picture"}
_PAINTED_MANY = {"text": "pieces of text", "drawing": "drawings", "picture": "pictures"}


def marked(document: PdfDocument) -> Iterator[Fault]:
    """All that is drawn must belong to an element or be an artifact."""
    if not document.tree.elements:
        return
    drawn: list[int] = []
    for number, page in enumerate(document.pages):
        place = f"page {number + 1}"
        loose = page.content.loose
        if set(loose) == {"drawing"}:
            drawn.append(number)
        elif loose:
            said = " and ".join(counted(n, _PAINTED[kind], _PAINTED_MANY[kind]) for kind, n in sorted(loose.items()))
            element = quoted("text", page.content.loose_text) if "text" in loose else ""
            yield Fault(place, element, f"{said} neither tagged nor marked as an artifact: readers miss them.")
        lost = [found for found, sequence in page.content.sequences.items() if sequence.painted]
        lost = [found for found in lost if _owner(document, page, found) is None]
        if lost:
            words = "".join(page.content.sequences[found].text for found in lost[:5])
            count = counted(len(lost), "piece of content is", "pieces of content are")
            yield Fault(place, quoted("text", words), f"{count} marked as belonging to an element that is not there.")
    if drawn:
        message = "Lines or areas are neither tagged nor marked as artifacts."
        yield Fault(page_list(drawn), "", message)


def _node(page: PdfPage, owner: Key) -> object:
    return page.node if owner == key(page.node) else page.content.forms.get(owner)


def _owner(document: PdfDocument, page: PdfPage, found: tuple[Key, int]) -> int | None:
    """The element that a sequence belongs to, by either side of the tree."""
    claimed = document.claimed.get(found)
    return claimed if claimed is not None else document.entered(_node(page, found[0]), found[1])


def artifacts(document: PdfDocument) -> Iterator[Fault]:
    """Artifacts must not stand in tagged content, nor tagged content in artifacts."""
    for number, page in enumerate(document.pages):
        content: PageContent = page.content
        if content.artifacts_inside:
            message = f"{counted(content.artifacts_inside, 'artifact')} inside tagged content: part of it is left out."
            yield Fault(f"page {number + 1}", "", message)
        if content.sequences_inside:
            message = f"{counted(content.sequences_inside, 'piece')} of tagged content inside an artifact."
            yield Fault(f"page {number + 1}", "", message)


def parent_tree(document: PdfDocument) -> Iterator[Fault]:
    """What the pages say belongs to an element, and what the elements say they hold, must agree."""
    tree = document.tree
    if not tree.elements:
        return
    for number, page in enumerate(document.pages):
        wrong: list[tuple[Key, int]] = []
        for found in page.content.sequences:
            claimed = document.claimed.get(found)
            entered = document.entered(_node(page, found[0]), found[1])
            is_known = claimed is not None and key(tree.elements[claimed].node) != (0, 0)
            if claimed != entered and (is_known or (claimed is None and entered is not None)):
                wrong.append(found)
        if wrong:
            words = "".join(page.content.sequences[found].text for found in wrong[:5])
            count = counted(len(wrong), "piece of content does", "pieces of content do")
            message = (
                f"{count} not lead to the element that holds them (ParentTree): a reader who points at them is lost."
            )
            yield Fault(f"page {number + 1}", quoted("text", words), message)
        for annotation in page.annotations:
            holder = document.holders.get(key(annotation.node))
            own = whole(entry(annotation.node, "StructParent"))
            named = None if own is None else tree.numbers.get(key(document.parents.get(own)))
            if holder is not None and holder != named:
                element = quoted(annotation.kind.lower(), annotation.words)
                message = "It does not lead to the element that holds it (StructParent, ParentTree)."
                yield Fault(f"page {number + 1}", element, message)
    times = Counter(
        (kid.owner, kid.mark) for element in tree.elements for kid in element.kids if isinstance(kid, Content)
    )
    twice = [found for found, count in times.items() if count > 1]
    if twice:
        element = tree.elements[document.claimed[twice[0]]]
        message = f"{counted(len(twice), 'piece')} of content belong to two elements, this the first: read out twice."
        yield Fault(document.place(element), document.named(element), message)


def present(document: PdfDocument) -> Iterator[Fault]:
    """Elements must hold only content that is there."""
    if document.all_pages > len(document.pages) or any(page.content.too_large for page in document.pages):
        return
    for element in document.tree.elements:
        missing = [k for k in element.kids if isinstance(k, Content) and (k.owner, k.mark) not in document.sequences]
        if missing:
            count = counted(len(missing), "piece")
            message = f"It claims {count} of content (MCID {missing[0].mark}) that no page draws: readers find nothing."
            yield Fault(document.place(element), document.named(element), message)


def has_text(document: PdfDocument) -> Iterator[Fault]:
    """A page that shows something must say something."""
    told = {
        document.page_of(element)
        for element in document.tree.elements
        if element.kind in ("Figure", "Formula") and (element.alt or element.spoken)
    }
    silent = [
        number
        for number, page in enumerate(document.pages)
        if page.content.pictures and not page.content.characters and number not in told
    ]
    if silent:
        message = "There is a picture and no text, as in a scan: have the text recognized, and tag it."
        yield Fault(page_list(silent), "", message)
