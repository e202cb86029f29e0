"""Edits that people make, made in LibreOffice itself through UNO; run by Debian's Python, which has python3-uno.

    /usr/bin/python3 tests/libreoffice_edits.py DECK FOLDER [EDIT ...]

Opens the deck for each edit, makes it, and saves FOLDER/EDIT.pptx. Prints a line for each: its name, and "ok" or what
went wrong.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from itertools import count
from pathlib import Path

import uno
from com.sun.star.awt import Point, Size
from com.sun.star.beans import PropertyValue
from com.sun.star.drawing.FillStyle import SOLID
from com.sun.star.text import GraphicCrop

SOFFICE = "/usr/lib/libreoffice/program/soffice.bin"
FILTER = "Impress MS PowerPoint 2007 XML"


def setting(name, value):
    found = PropertyValue()
    found.Name, found.Value = name, value
    return found


_NUMBERS = count()


class Office:
    """LibreOffice without a window, with a profile of its own."""

    def __init__(self, folder):
        pipe = f"fairsheet{os.getpid()}-{next(_NUMBERS)}"
        profile = tempfile.mkdtemp(prefix="profile", dir=folder)
        self.command = [
            SOFFICE, "--headless", "--norestore", "--nologo", "--nodefault",
            f"--accept=pipe,name={pipe};urp;", f"-env:UserInstallation=file://{profile}",
        ]  # fmt: skip
        self.start()
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for _ in range(240):
            try:
                context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except Exception:  # it is not there yet
                time.sleep(0.25)
                if self.process.poll() == 81:  # after it has made the profile it wants to be started again
                    self.start()
        else:
            raise SystemExit("LibreOffice does not answer")
        self.context, self.services = context, context.ServiceManager
        self.desktop = self.service("com.sun.star.frame.Desktop")
        self.dispatcher = self.service("com.sun.star.frame.DispatchHelper")

    def start(self):
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(self.command, stdout=quiet, stderr=quiet)

    def service(self, name):
        return self.services.createInstanceWithContext(name, self.context)

    def open(self, path):
        # the mark of one that ended by itself: LibreOffice would ask whether to open what somebody else has open
        Path(path).with_name(f".~lock.{Path(path).name}#").unlink(missing_ok=True)
        document = self.desktop.loadComponentFromURL(
            f"file://{Path(path).resolve()}", "_blank", 0, (setting("Hidden", False),)
        )
        if document is None:  # on a machine with much to do it does not always open what it could
            raise OSError(f"LibreOffice opened nothing for {path}")
        return document

    def save(self, document, path, kind=FILTER):
        document.storeToURL(f"file://{Path(path).resolve()}", (setting("FilterName", kind),))

    def do(self, document, command):
        self.dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, ())
        time.sleep(0.2)

    def close(self):
        with suppress(Exception):  # it is on its way out
            self.desktop.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()


# -- finding ---------------------------------------------------------------------------


def pages(deck):
    return [deck.DrawPages.getByIndex(i) for i in range(deck.DrawPages.Count)]


def shapes(page):
    return [page.getByIndex(i) for i in range(page.Count)]


def words(shape):
    return shape.String if shape.supportsService("com.sun.star.drawing.Text") else ""


def page(deck, title):
    return next(one for one in pages(deck) if any(words(shape).startswith(title) for shape in shapes(one)))


def shape(deck, title, name):
    return next(one for one in shapes(page(deck, title)) if one.Name == name)


def typed_over(where, old, new):
    """Type over selected words, which keeps their looks."""
    cursor = where.Text.createTextCursor()
    start = where.String.index(old)
    cursor.gotoStart(False)
    cursor.goRight(start, False)
    cursor.goRight(len(old), True)
    cursor.String = new


def select(office, deck, on, what):
    deck.CurrentController.setCurrentPage(on)
    deck.CurrentController.select(what)
    time.sleep(0.2)


def speech(deck, title):
    notes = page(deck, title).getNotesPage()
    return next(one for one in shapes(notes) if one.ShapeType.endswith("NotesShape"))


def text_box(deck, on, text, left=2000, top=2000):
    new = deck.createInstance("com.sun.star.drawing.TextShape")
    on.add(new)
    new.setPosition(Point(left, top))
    new.setSize(Size(9000, 2000))
    new.String = text
    return new


# -- edits -----------------------------------------------------------------------------


def nothing(office, deck):
    pass


def title(office, deck):
    shape(deck, "What we found", "Title").String = "Three things to know"


def word(office, deck):
    typed_over(shape(deck, "What we found", "Body"), "are satisfied", "like it")


def number(office, deck):
    typed_over(shape(deck, "What we found", "Body"), "12.4%", "12.5%")


def bold(office, deck):
    cursor = shape(deck, "What we found", "Body").Text.createTextCursor()
    cursor.gotoStart(False)
    cursor.goRight(8, True)
    cursor.CharWeight, cursor.CharColor = 150.0, 0xC00000


def bullet(office, deck):
    text = shape(deck, "What we found", "Body").Text
    text.insertControlCharacter(text.getEnd(), 0, False)
    text.insertString(text.getEnd(), "My own point: ask an advisor", False)


def drop_bullet(office, deck):
    typed_over(shape(deck, "What we found", "Body"), "\nMost jobs are in three cities", "")


def move(office, deck):
    one = shape(deck, "Engineers", "Chart")
    one.setPosition(Point(3000, 6000))
    one.setSize(Size(15000, 6000))


def move_text(office, deck):
    shape(deck, "Read with care", "Callout").setPosition(Point(3000, 12000))


def resize_title(office, deck):
    one = shape(deck, "All jobs", "Title")
    one.setSize(Size(15000, one.Size.Height))


def colour(office, deck):
    one = shape(deck, "Read with care", "Callout")
    one.FillStyle, one.FillColor = SOLID, 0xFFE699


def letters(office, deck):
    cursor = shape(deck, "Three numbers", "Figure 1").Text.createTextCursor()
    cursor.gotoEnd(True)
    cursor.CharHeight, cursor.CharColor = 44.0, 0x0000FF


def drop_shape(office, deck):
    on = page(deck, "Three numbers")
    on.remove(shape(deck, "Three numbers", "Figure 3"))
    on.remove(shape(deck, "Three numbers", "Label 3"))


def drop_chart(office, deck):
    page(deck, "Side by side").remove(shape(deck, "Side by side", "Right chart"))


def copy_shape(office, deck):
    on = page(deck, "Engineers")
    select(office, deck, on, shape(deck, "Engineers", "Chart"))
    office.do(deck, ".uno:Copy")
    office.do(deck, ".uno:Paste")
    time.sleep(0.3)


def cut_chart(office, deck):
    """The chart goes to another slide."""
    select(office, deck, page(deck, "Engineers"), shape(deck, "Engineers", "Chart"))
    office.do(deck, ".uno:Cut")
    deck.CurrentController.setCurrentPage(page(deck, "Read with care"))
    office.do(deck, ".uno:Paste")
    time.sleep(0.3)


def other_picture(office, deck):
    provider = office.service("com.sun.star.graphic.GraphicProvider")
    one = shape(deck, "Pay by points", "Chart")
    one.Graphic = provider.queryGraphic((setting("URL", f"file://{PICTURE}"),))


def crop(office, deck):
    one = shape(deck, "Pay by points", "Chart")
    cut = GraphicCrop()
    cut.Left, cut.Right, cut.Top, cut.Bottom = 1500, 0, 800, 0
    one.GraphicCrop = cut


def description(office, deck):
    shape(deck, "Pay by points", "Chart").Description = "My own words for the chart"


def chart_number(office, deck):
    """Numbers typed into the table of a chart."""
    data = shape(deck, "Engineers", "Chart").Model.getData()
    rows = [list(line) for line in data.getData()]
    rows[0][0], rows[1][0] = 121500.0, 111500.0
    data.setData(tuple(map(tuple, rows)))


def chart_colour(office, deck):
    model = shape(deck, "Engineers", "Chart").Model
    model.FirstDiagram.CoordinateSystems[0].ChartTypes[0].DataSeries[0].Color = 0x2E7D32


def chart_columns(office, deck):
    """Bars become columns, with a title."""
    model = shape(deck, "Engineers", "Chart").Model
    model.getDiagram().Vertical = False
    model.HasMainTitle = True
    model.Title.String = "My chart title"


def cell(office, deck):
    table = shape(deck, "All jobs", "Table").Model
    table.getCellByPosition(1, 2).String = "see note"
    table.getCellByPosition(2, 4).String = "five"


def row(office, deck):
    table = shape(deck, "All jobs", "Table").Model
    table.Rows.insertByIndex(3, 1)
    for column, text in enumerate(("My trade", "unknown", "1")):
        table.getCellByPosition(column, 3).String = text


def column(office, deck):
    table = shape(deck, "All jobs", "Table").Model
    table.Columns.insertByIndex(2, 1)
    for line, text in enumerate(("Comment", "good", "fair", "poor", "fair")):
        table.getCellByPosition(2, line).String = text


def notes(office, deck):
    one = speech(deck, "What we found")
    one.String = one.String + "\nThank the team."


def notes_number(office, deck):
    speech(deck, "Three numbers").String = "Pay is about 120 thousand.\nThen wait."


def add_slide(office, deck):
    text_box(deck, deck.DrawPages.insertNewByIndex(3), "A slide of my own")


def drop_slide(office, deck):
    deck.DrawPages.remove(page(deck, "Read with care"))


def drop_chart_slide(office, deck):
    deck.DrawPages.remove(page(deck, "Engineers"))


def edit_old(office, deck):
    typed_over(shape(deck, "Old news", "Body"), "good", "splendid")


def reorder(office, deck):
    deck.CurrentController.setCurrentPage(page(deck, "All jobs"))
    for _ in range(3):
        office.do(deck, ".uno:MovePageUp")


def copy_slide(office, deck):
    deck.CurrentController.setCurrentPage(page(deck, "What we found"))
    office.do(deck, ".uno:DuplicatePage")
    time.sleep(0.4)


def copy_and_edit(office, deck):
    copy_slide(office, deck)
    copies = [one for one in pages(deck) if any(words(its) == "What we found" for its in shapes(one))]
    body = next(its for its in shapes(copies[1]) if "12.4%" in words(its))
    typed_over(body, "12.4%", "20% (my scenario)")


def own_shape(office, deck):
    text_box(deck, page(deck, "Engineers"), "Look here!", 20000, 5000)


def group(office, deck):
    on = page(deck, "Engineers")
    held = office.service("com.sun.star.drawing.ShapeCollection")
    held.add(shape(deck, "Engineers", "Chart"))
    held.add(text_box(deck, on, "beside", 20000, 5000))
    on.group(held).Name = "My group"


def rename(office, deck):
    shape(deck, "Engineers", "Chart").Name = "My chart"


def retitle_all(office, deck):
    for place, on in enumerate(pages(deck)):
        for one in shapes(on):
            if one.Name == "Title":
                one.String = f"My heading number {place}"


def hide_slide(office, deck):
    page(deck, "Read with care").Visible = False


def background(office, deck):
    page(deck, "What we found").Background = None
    fill = deck.createInstance("com.sun.star.drawing.Background")
    fill.FillStyle, fill.FillColor = SOLID, 0xEEF4FF
    page(deck, "What we found").Background = fill


def through_odp(office, deck):
    pass


def session(office, deck):
    """An afternoon's work."""
    for one in (
        word, bold, bullet, move, colour, drop_shape, cell, row, notes, own_shape, add_slide, drop_slide, reorder,
    ):  # fmt: skip
        one(office, deck)


EDITS = {
    one.__name__: one
    for one in (
        nothing, title, word, number, bold, bullet, drop_bullet, move, move_text, resize_title, colour, letters,
        drop_shape, drop_chart, copy_shape, cut_chart, other_picture, crop, description, chart_number, chart_colour,
        chart_columns, cell, row, column, notes,
        notes_number, add_slide, drop_slide, drop_chart_slide, edit_old, reorder, copy_slide, copy_and_edit, own_shape,
        group, rename, retitle_all, hide_slide, background, through_odp, session,
    )
}  # fmt: skip


def edit(office, deck, folder, name):
    document = office.open(deck)
    EDITS[name](office, document)
    if name == "through_odp":
        detour = Path(folder) / "detour.odp"
        office.save(document, detour, "impress8")
        document.close(True)
        document = office.open(detour)
    office.save(document, Path(folder) / f"{name}.pptx")
    document.close(True)


def main(deck, folder, names):
    office = Office(folder)
    try:
        for name in names or EDITS:
            for tries_left in (2, 1, 0):
                try:
                    edit(office, deck, folder, name)
                except Exception as error:  # LibreOffice ends by itself now and then: another one tries it again
                    office.close()
                    office = Office(folder)
                    if not tries_left:
                        print(name, repr(error), flush=True)
                else:
                    print(name, "ok", flush=True)
                    break
    finally:
        office.close()


if __name__ == "__main__":
    PICTURE = str(Path(sys.argv[2]).resolve() / "picture.png")
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
