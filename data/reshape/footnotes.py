"""Notes below a table, and the marks in it that point to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from msgspec.structs import replace

from data.errors import Problem, ProjectError
from data.reshape.frame import At, Frame, Marked, filled, label
from data.reshape.header import name_of
from data.reshape.words import begins_with, find_column, is_power, listed
from data.settings.project import TableSettings
from data.settings.shape import ShapeSettings
from data.tables.footnote import Anchor, Footnote

_LONGEST = 40
"""Characters of the longest footnote mark."""
_SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_OF_NUMBERS = "+-−–.,'’(<>≤≥=~$€£¥%"
"""What a number may begin with: a mark that ends in one of them does not stand before numbers."""
_NUMBER = re.compile(r"[-+−]?\(?[-+−]?[$€£¥]?\s?\d[\d.,'’\s]*%?\s?[$€£¥]?\)?\s*")
_NUMBERED = re.compile(r"\s*(\d{1,2})[.):]?\s+\D")
"""A note that begins with its number."""
_EXPLAINS = " \u00a0\t:=.–—-"


def cut_notes(frame: Frame, shape: ShapeSettings, at: At) -> Frame:
    """Rows from the first note on are no data, but notes."""
    if shape.notes == ():
        return frame
    place = at("shape", "notes")
    if isinstance(shape.notes, int):
        first = next((i for i, row in enumerate(frame.at) if frame.grid.rows[row] >= int(shape.notes)), None)
    else:
        tests = [begins_with(word, place) for word in listed(shape.notes)]
        first = next((i for i, row in enumerate(frame.rows) if any(test(label(row)) for test in tests)), None)
    if first is None:
        said = " or ".join(f"'{word}'" for word in listed(shape.notes)) if not isinstance(shape.notes, int) else ""
        return frame.warn(
            place,
            f"notes: no row of {name_of(frame.grid)} begins with {said}."
            if said
            else f"notes: {name_of(frame.grid)} ends before row {shape.notes}.",
            "Check whether the file has changed; correct the words, or leave them out.",
        )
    said = (" ".join(" ".join(dict.fromkeys(filled(row))).split()) for row in frame.rows[first:])
    notes = tuple(text for text in said if not text.endswith(":"))
    return replace(frame.take(range(first)), notes=notes)


def strip_marks(frame: Frame, shape: ShapeSettings, at: At) -> Frame:
    """Footnote marks behind labels, headers and numbers, or before numbers, go; what they are about is kept for notes.

    A cell that is nothing but a mark keeps it: there it stands for a missing value.
    """
    if not shape.marks:
        return frame
    strip = _stripper(tuple(shape.marks), _numbers_of_notes(frame, shape))
    marked: list[Marked] = []
    header: list[str] = []
    for column, name in enumerate(frame.header):
        text, marks = strip(name)
        header.append(text)
        place = frame.grid.place(max(frame.top, 0), max(frame.columns[column], 0))
        marked.extend(Marked(mark, text, -1, place, text) for mark in marks)
    rows: list[tuple[str, ...]] = []
    for index, row in enumerate(frame.rows):
        cells = list(row)
        for column, cell in enumerate(row):
            text, marks = strip(cell)
            if marks:
                cells[column] = text
                words = any(map(str.isalpha, text))
                about = text if words else strip(label(row))[0]
                place = frame.place(index, column)
                concerned = "" if words else header[column]
                marked.extend(Marked(mark, about.strip(), frame.at[index], place, concerned) for mark in marks)
        rows.append(tuple(cells))
    units = {strip(name)[0]: unit for name, unit in frame.units.items()}
    return replace(frame, header=tuple(header), rows=tuple(rows), units=units, marked=tuple(marked))


def _numbers_of_notes(frame: Frame, shape: ShapeSettings) -> frozenset[str]:
    """The plain numbers that notes begin with, or that are declared: others behind a word are part of it."""
    notes = (found[1] for note in frame.notes if (found := _NUMBERED.match(note)))
    return frozenset((*notes, *(mark for mark in shape.marks if isinstance(shape.marks, dict) and mark.isdigit())))


def _stripper(
    marks: Sequence[str], numbers: frozenset[str] = frozenset()
) -> Callable[[str], tuple[str, tuple[str, ...]]]:
    """What takes the marks off a text: the text without them, and the marks.

    Marks stand at the end of a text, and before a number ("(r) 140.8"): before words, "(2) Sales" is how a list counts.
    In a mark, "1" stands for any number and "¹" for any superscript one. Something other than marks always stays.
    A bare number is a mark right behind a small letter, where it is one of `numbers`; and "km²" has none.
    """
    bare = {mark for mark in marks if mark.isdigit()}
    patterns = [re.compile(rf"{_as_pattern(mark)}$") for mark in marks]
    ends = {character for mark in marks for character in _last_characters(mark)}
    marks = [mark for mark in marks if mark not in bare]
    leading = [mark for mark in marks if mark.rstrip()[-1] not in _OF_NUMBERS]
    before = re.compile(rf"\s*({_any_of(leading)})\s*(?=\S)") if leading else None

    alone = re.compile(rf"(?:{_any_of(marks)})\s*") if marks else None

    def strip_before(text: str) -> tuple[str, tuple[str, ...]]:
        found: list[str] = []
        start = 0
        while before is not None and (match := before.match(text, start)):
            found.append(match[1])
            start = match.end()
        is_number = _NUMBER.fullmatch(text, start) and not (alone and alone.fullmatch(text, start))
        return (text[start:], tuple(found)) if found and is_number else (text, ())

    def strip(text: str) -> tuple[str, tuple[str, ...]]:
        end, found = len(text.rstrip()), list[str]()
        while end and text[end - 1] in ends:
            tail = text[max(0, end - _LONGEST) : end]
            marks_here = [match[0] for pattern in patterns if (match := pattern.search(tail))]
            if not marks_here:
                break
            mark = run = max(marks_here, key=len)
            if is_power(text[: end - len(run) + 1]):
                mark = run = run[1:]  # the first sign is the unit's: "km²" has no mark, "km²¹" has one
            if not run or (run.isascii() and run.isdigit() and not _stands_bare(text[: end - len(run)], run, numbers)):
                break
            while not mark[-1].isalnum() and text[: end - len(run)].endswith(mark):
                run += mark  # "**" is another mark than "*", and one that nobody has declared
            found.append(run)
            end -= len(run)
            while end and text[end - 1].isspace():
                end -= 1
        kept, behind = (text[:end], tuple(reversed(found))) if end and found else (text, ())
        number, first = strip_before(kept)
        return number, (*first, *behind)

    return strip


def _stands_bare(before: str, number: str, numbers: frozenset[str]) -> bool:
    """Whether a plain number behind a text is a footnote mark: one of `numbers`, right behind a word in small letters.

    "Northeast1" has one, and "A1", "Q1" and "2019" have none.
    """
    last = before[-1:]
    return number in numbers and ((last.isalpha() and not last.isupper()) or last in (")", "]"))


def _last_characters(mark: str) -> str:
    """What a text with this mark at its end may end with."""
    last = mark.rstrip()[-1]
    return "0123456789" if last == "1" else _SUPERSCRIPT if last in _SUPERSCRIPT else last


def _as_pattern(mark: str) -> str:
    # one run of digits, never one beside another: those divide a long number in more ways than anyone can try
    pattern = re.sub("1+", lambda run: rf"\d{{{len(run[0])},}}", re.escape(mark))
    return re.sub(f"[{_SUPERSCRIPT}]+", f"[{_SUPERSCRIPT}]+", pattern)


def _any_of(marks: Sequence[str]) -> str:
    """A pattern for each of the marks, longer ones first."""
    return "|".join(map(_as_pattern, sorted(marks, key=len, reverse=True)))


def explained(frame: Frame, settings: TableSettings, at: At) -> tuple[Footnote, ...]:
    """The notes to print: those below the table, and those declared for marks, each with what it is about.

    A note whose marks stand behind nothing that is left of the table is not printed. Raises ProjectError for a mark
    that no note explains: it would be lost without a word.
    """
    marks = settings.shape.marks
    if not marks:
        return tuple(map(Footnote, frame.notes))
    declared = marks if isinstance(marks, dict) else {}
    left = set(frame.at)
    fields = _fields(frame, settings)
    about: dict[str, list[Anchor]] = {}
    for marked in frame.marked:
        if marked.row in left or marked.row == -1:
            about.setdefault(marked.mark, []).append(_anchor(marked, fields, frame.grid.letters))
    strip = _leading(tuple(marks))
    everywhere = {marked.mark for marked in frame.marked}
    notes: list[Footnote] = []
    told: set[str] = set()
    for note in frame.notes:
        mark, text = strip(note)
        told.add(mark)
        if mark in about:
            notes.append(Footnote(text, tuple(about[mark])))
        elif mark not in everywhere:
            notes.append(Footnote(note))
    problems: list[Problem] = []
    for mark, anchors in about.items():
        meaning = _declared_meaning(mark, declared)
        if meaning:
            notes.append(Footnote(meaning, tuple(anchors)))
        elif meaning is None and mark not in told:
            first = next(marked for marked in frame.marked if marked.mark == mark)
            problems.append(
                Problem(
                    first.place,
                    f"no note explains the mark '{mark}' behind '{first.label}'.",
                    f'Say what it means: marks = {{ "{mark}" = "..." }}; or drop it without a note: "{mark}" = "".',
                )
            )
    if problems:
        raise ProjectError(problems)
    return tuple(notes)


def _declared_meaning(mark: str, declared: dict[str, str]) -> str | None:
    """The meaning of just this mark, else of the marks of its form."""
    if mark in declared:
        return declared[mark]
    return next((text for word, text in declared.items() if re.fullmatch(_as_pattern(word), mark)), None)


def _leading(marks: Sequence[str]) -> Callable[[str], tuple[str, str]]:
    """What divides a note into the mark that it begins with and its text; "" where it begins with none."""
    start = re.compile(rf"\s*({_any_of(marks)})")

    def strip(note: str) -> tuple[str, str]:
        found = start.match(note)
        return (found[1], note[found.end() :].lstrip(_EXPLAINS)) if found else ("", note)

    return strip


def _fields(frame: Frame, settings: TableSettings) -> dict[str, tuple[str, str]]:
    """Header that a mark stands behind → name and title of the field that is read from its column."""
    found: dict[str, tuple[str, str]] = {}
    for header in {marked.column for marked in frame.marked if marked.column}:
        for name, field in settings.fields.items():
            if field.is_read and find_column((header,), *field.columns(name)) is not None:
                found.setdefault(header, (name, field.title or name.replace("_", " ").capitalize()))
    return found


def _anchor(marked: Marked, fields: Mapping[str, tuple[str, str]], letters: bool) -> Anchor:
    """What a mark stands behind, as the documents call it, and where it is found again behind the values."""
    name, title = fields.get(marked.column, ("", marked.label))
    if marked.row == -1:
        return Anchor(title, field=name)
    place = marked.place
    cell = place.cell if marked.column and not name and letters else ""
    return Anchor(marked.label, place.file, place.line, name, cell)
