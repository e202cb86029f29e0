"""What a template offers to a slide: boxes, and the text styles that are inherited in them. Points throughout."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from data.look.brand import Colours
from reports.powerpoint.box import Box

Role = Literal[
    "Title",
    "Section",
    "Text",
    "Text large",
    "Text and callout",
    "Chart",
    "Chart and text",
    "Chart and figure",
    "Two columns",
    "Three columns",
    "Two charts",
    "Myth and fact",
    "Quote",
    "Key figures 1",
    "Key figures 2",
    "Key figures 3",
    "Key figures 4",
    "Key figures 5",
    "Table",
    "Question and answer",
    "Closing",
    "Statement",
]
"""What a slide is for; Fairsheet's own layouts carry these names, so a brand's template may too."""

TEXT_MINIMUM, TITLE_MINIMUM = 14.0, 24.0
"""Least sizes of text on a slide whose shorter side is 540 pt; on other slides in proportion."""

PANEL_INSET = 22.0
"""From the edge of a panel to the text on it, in Fairsheet's own template."""


class TextStyle(Struct, frozen=True):
    """How one level of text looks where nothing else is said."""

    size: float = 18.0
    face: str = "Calibri"
    bold: bool = False
    capitals: bool = False
    spacing: float = 1.0
    """Distance of lines as a multiple of the face's own; see `exactly`."""
    exactly: float | None = None
    """Distance of lines in points, where the template fixes it."""
    before: float = 0.0
    """Room above a paragraph, as a multiple of its size."""
    after: float = 0.0
    fixed: bool = False
    """Whether the template gives that room in points, so that it stays when text is set smaller."""
    indent: float = 0.0
    """Left edge of the text."""
    bulleted: bool = False


class Placeholder(Struct, frozen=True):
    """What links a shape on a slide to one on its layout."""

    type: str
    index: int


class TextFrame(Struct, frozen=True):
    """A place for text or a picture on a layout."""

    box: Box
    styles: tuple[TextStyle, ...]
    """For each level of a list, outermost first."""
    insets: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    """Left, top, right, bottom."""
    placeholder: Placeholder | None = None
    """None where the layout has no place of its own: then a text box is drawn."""
    moved: bool = False
    """Whether the box is not the layout's own, so that slides must state it."""
    colour: str = ""
    """For a text box: the fill of the template's body text, as DrawingML; empty inherits."""
    typeface: str = ""
    """For a text box: the face of the template's body text, as the file says it; empty inherits."""
    ink: str = ""
    """The colour that its text comes down to, "#RRGGBB"; empty where it is not known."""
    unsaid: bool = False
    """Whether programs read different sizes of text here, so that slides must state it."""
    stands_for: str = ""
    """The type of the place that a text box is drawn in for."""
    anchor: str = "t"
    """Where text stands in it: "t", "ctr" or "b"."""
    align: str = "l"
    plain_links: bool = False
    """Whether links have the colour of the text, since the theme's for links cannot be read here."""
    anchored: str = ""
    """Where slides must say that text stands, since their layout says otherwise."""

    @property
    def width(self) -> float:
        """Room for text."""
        return self.box.width - self.insets[0] - self.insets[2]

    @property
    def height(self) -> float:
        """Room for text."""
        return self.box.height - self.insets[1] - self.insets[3]

    def style(self, level: int) -> TextStyle:
        return self.styles[min(level, len(self.styles) - 1)]


class Layout(Struct, frozen=True):
    """One layout of a template, and where a slide's parts go in it."""

    name: str
    index: int
    """Place among all layouts of the file, masters in order."""
    title: TextFrame
    slots: Mapping[str, TextFrame]
    area: Box
    """Where a slide's content goes."""
    foot: TextFrame
    """Source and date; also the edition, where it has no place of its own."""
    number: TextFrame | None = None
    edition: TextFrame | None = None
    text: TextFrame | None = None
    """How text outside placeholders looks, where the theme does not say it: in tables."""
    panel: bool = False
    """Whether a chart needs a panel of paper behind it: what it stands on has no colour of its own, as a picture."""
    colours: Colours | None = None
    """Of charts, as they can be seen on what they stand on; None leaves the brand's."""
    on_paper: Colours | None = None
    """The same for a panel of paper."""


class Layouts(Struct, frozen=True):
    """The layouts of one template by what they are for; "Text", "Chart" and "Table" are always there."""

    width: float
    height: float
    own: bool
    """Whether this is Fairsheet's own template, whose slides are composed to the point."""
    by_role: Mapping[Role, Layout] = field(default_factory=dict[Role, Layout])

    @property
    def scale(self) -> float:
        """Size of this slide against one 540 pt high, which fills the same wall: least sizes follow it.

        A page in portrait is measured by its width: a screen that is turned has the same shorter side.
        """
        return min(self.width, self.height) / 540

    def get(self, role: Role) -> Layout | None:
        return self.by_role.get(role)

    def __getitem__(self, role: Role) -> Layout:
        return self.by_role[role]
