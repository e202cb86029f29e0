"""Knows numbers that only name something: pages, rooms, telephones, houses, products, notes."""

from __future__ import annotations

import re

from data.language.typed_numbers.passage import Passage
from data.language.typed_numbers.tokens import DASHES
from data.language.typed_numbers.vocabulary import words_of

_PRODUCTS = words_of(
    "python web windows iphone ipad java javascript html css covid sars rfc usb android ios ubuntu macos "
    "photoshop php angular vue postgresql mysql excel fortune global russell dax mdax cac ibex ftse sdax erasmus "
    "horizon horizont generation bologna agenda formula formel formule fórmula hartz tensorflow "
    "pytorch bootstrap typo boeing airbus ecma oauth http tls"
)
_COURSES = words_of(
    "cs math maths econ bio phys chem engl hist psy psyc psych stat acct mgmt comm soc phil mus me ba iso din en rfc "
    "ansi ieee nf une sia"
)
"""Letters before the number of a course or a standard."""
_LINKS = words_of("and or is are was before after in on for with und oder ist im in et ou est en y o es con")
"""What may be behind the name of a course: CS 101 is."""
_BEGINNINGS = words_of(
    "die der das den dem des ein eine einen es sie wir ich er im in am an auf aus für mit von vor bei zu zum zur nach "
    "über unter und aber doch auch so damit dabei davon dazu daran hier dort wer was wie wenn weil da dann nur noch "
    "alle viele manche einige mehr besonders insgesamt jede jeder jedes"
)
_LOCAL = re.compile(r"\d{3}-\d{4}(?![\d-])")
_PHONE = re.compile(r"\(?\+?\d[\d\u00a0 ()/.-]{5,28}\d")
_GROUPS = re.compile(r"\d{2,3}(?:[ \u00a0]\d{2,3}){3,4}|[6-9]\d\d \d{3} \d{3}")
_RANGE = re.compile(r"\d[\d.,]*[-–]\d[\d.,]*")
_SHORT = words_of(
    "no nos p pp fig figs vol ch sec art abs abb tab kap nr s n núm pág págs cap tel rm apt ext ziff str q"
)
"""What is shortened, with a full stop behind it, before a number that names something."""
_SCALES, _OF_SCALE = words_of("scale skala échelle escala maßstab"), words_of("of from von de")
_ORDINAL = re.compile(r"\.?[ºª°]|\.[oa]\b")
_POINTING = words_of(
    "this last each every per next that a an one these those any dieser diese dieses diesem diesen letzter letztes "
    "letzten letzte jede jeder jedes jedem pro je vergangenen nächsten cette ce chaque par dernière este esta cada "
    "por último última"
)
"""What makes no name of a label: "last year 300 graduates", "in this group 35"."""
_MONEY = frozenset("€$£¥")
_PLURALS = ("s", "n", "x")
_CHAIN = 6
_SIGNS = frozenset("#§№")
_SMALL_WORD = 3
_QUOTES = frozenset("“”\"»’'‘")
_TAGGED = re.compile(r"[^\W\d_]-?$")
_JOINTS = DASHES | {"/"}
_LIST = re.compile(r"[ \t]*(?:#+[ \t]+)?$")
_POSTAL = 5
_CALLS = words_of(
    "tel phone telephone call telefon fon fax mobil mobile téléphone tél appelez teléfono tfno móvil whatsapp sms "
    "dial composez llame llama llamar"
)


def is_name(passage: Passage, index: int) -> int | None:
    """The token behind a number that only names something."""
    token = passage.at(index)
    if token.kind != "number":
        return _called(passage, index)
    return (
        _address(passage, index)
        or _phone(passage, index)
        or _labelled(passage, index)
        or _product(passage, index)
        or _marked(passage, index)
    )


def _called(passage: Passage, index: int) -> int | None:
    """A number word in a name, or behind what it numbers: the game Seven Bridges, week ten."""
    token, before, after = passage.at(index), passage.at(index - 1), passage.at(index + 1)
    if token.low not in passage.words.cardinals:
        return None
    named = token.capital and not token.opens and after.capital and before.kind == "word" and not before.capital
    if named and len(before.low) > _SMALL_WORD:
        return index + 2
    numbered = before.low in passage.words.labels and len(before.low) > _SMALL_WORD
    return index + 1 if numbered and (after.kind != "word" or len(after.low) <= _SMALL_WORD) else None


def _phone(passage: Passage, index: int) -> int | None:
    token, text = passage.at(index), passage.text
    calls = any(passage.low(index - back) in _CALLS for back in (1, 2))
    short = index + 1 if calls and len(token.low) > 2 else None
    if _LOCAL.match(text, token.start):
        return index + 3
    start = token.start - (passage.low(index - 1) in ("(", "+") and not token.spaced)
    found = _PHONE.match(text, start)
    if not found:
        return short
    digits = [character for character in found.group() if character.isdigit()]
    before = passage.low(index - 1 - (passage.low(index - 1) in (".", ":", "+", "(")))
    parts = len(re.findall(r"\d+", found.group()))
    leading = text[token.start] == "0" and len(token.low) > 1 and token.low.isdigit()
    if len(digits) < 7:
        return short
    called = text[start] in "+(" or leading or before in _CALLS
    if _GROUPS.fullmatch(found.group()) and passage.language[:2] != "en":
        return _behind(passage, index, found.end())  # 900 10 20 30
    grouped = re.search(r"\d[-/]\d", found.group()) and not _RANGE.fullmatch(found.group())
    return _behind(passage, index, found.end()) if called or (parts >= 2 and grouped) else None


def _behind(passage: Passage, index: int, end: int) -> int:
    while passage.at(index).kind and passage.at(index).start < end:
        index += 1
    return index


def _measures(passage: Passage, index: int) -> bool:
    """Whether what is behind a number makes data of it: a unit, or a scale."""
    words, low = passage.words, passage.low(index)
    unit = any(passage.behind(index, said) is not None for said in (words.percent, words.points))
    return unit or low in words.currencies or low in words.scales or low in _MONEY


def _labelled(passage: Passage, index: int) -> int | None:
    """ "page 12", "Halls 2 and 3", "Nr. 4", "§ 3", "on a scale of 1 to 5"; but "last year 300 graduates"."""
    words, before, token = passage.words, index - 1, passage.at(index)
    if _measures(passage, index + 1):
        return None
    for _ in range(_CHAIN):
        low, after = passage.low(before), passage.at(before + 1)
        if low in _SIGNS or low in _SCALES:
            return index + 1
        if low in words.labels or (words.label_ends and low.endswith(words.label_ends)):
            initial = len(after.low) == 1 and (after.capital or after.low in ".°º+")
            several = after.kind == "number" and (passage.low(before + 2) != "," or low.endswith(_PLURALS))
            counted = passage.low(before - 1) in _POINTING or (not token.low.isdigit() and len(token.low) > _POSTAL - 1)
            return index + 1 if (before + 1 == index or initial or several) and not counted else None
        if low == "." and passage.language[:2] == "fr" and passage.at(before - 1).capital:
            return index + 1 if len(passage.low(before - 1)) == 1 else None  # L. 611-5
        if not _continues(passage, before):
            return None
        before -= 1
    return None


def _continues(passage: Passage, index: int) -> bool:
    """Whether a token may stand between a word and the number that it labels."""
    token, low = passage.at(index), passage.low(index)
    if low == ".":
        return passage.low(index - 1) in _SHORT
    if low in _JOINTS or low == ":":
        return not passage.at(index + 1).spaced and not token.spaced
    listed = low in passage.words.ranges or low in _OF_SCALE or low in (",", "°", "º", "+")
    return listed or token.kind == "number" or (len(low) == 1 and token.capital)


def _product(passage: Passage, index: int) -> int | None:
    """ "Python 3", "CS 101", "Campus 3.0", "Office 365", "B2B"."""
    token, before, behind = passage.at(index), passage.at(index - 1), passage.at(index + 1)
    if not token.spaced and _TAGGED.search(passage.text[max(0, token.start - 2) : token.start]):
        return index + 1
    if before.kind != "word" or not before.capital or _measures(passage, index + 1):
        return None
    version = token.low.endswith(".0") and before.low != "gpa" and not before.opens
    quoted = behind.low in _QUOTES and not behind.spaced
    suite = (before.low, token.low) == ("office", "365")
    if before.low in _PRODUCTS or version or quoted or suite:
        return index + 1
    course = before.low in _COURSES and token.low.isdigit() and len(token.low) > _SMALL_WORD - 1
    return index + 1 if course and (behind.kind != "word" or behind.low in _LINKS) else None


def _address(passage: Passage, index: int) -> int | None:
    words, token, before, after = passage.words, passage.at(index), passage.at(index - 1), passage.at(index + 1)
    house = token.low.isdigit() and len(token.low) <= _SMALL_WORD and not _measures(passage, index + 1)
    if house and before.capital and before.low.endswith(words.streets) and before.low != "platz":
        return index + 1
    if before.low == "." and passage.low(index - 2).endswith("str"):
        return index + 1
    named = (back for back in (2, 3, 4) if passage.low(index - back) in words.street_before)
    if house and any(passage.at(index - back + 1).capital for back in named):
        return index + 1
    code = passage.at(index + 2)
    if after.low == "," and len(code.low) == _POSTAL and code.low.isdigit() and passage.at(index + 3).capital:
        return index + 1
    if after.low in _JOINTS and passage.at(index + 2).kind == "number":
        after = passage.at(index := index + 2)
    here = index + 1 + (after.low == ",")
    for ahead in range(here, here + 3):
        word = passage.at(ahead)
        if word.low in words.street_words and word.spaced and (word.capital or passage.language[:2] != "en"):
            return index + 1
        if not word.capital:
            break
    if len(token.low) != _POSTAL or not token.low.isdigit():
        return None
    american = passage.language[:2] == "en"
    if (before.capital and after.kind != "word") if american else (after.capital and after.spaced):
        return index + 1
    return None


def _is_ordinal(passage: Passage, index: int) -> bool:
    """Whether a full stop makes an ordinal of digits, as in German: "im 4. Semester"."""
    token, stop, noun = passage.at(index), passage.at(index + 1), passage.at(index + 2)
    if passage.language[:2] != "de" or stop.low != "." or stop.spaced or noun.kind != "word" or not noun.spaced:
        return False
    return token.low.isdigit() and len(token.low) <= 2 and not (noun.capital and noun.low in _BEGINNINGS)


def _marked(passage: Passage, index: int) -> int | None:
    """Marks of notes and lists, numbers of sections, codes, ratios of a day: 24/7."""
    token, before, after = passage.at(index), passage.at(index - 1), passage.at(index + 1)
    text = passage.text
    if token.low.isdigit() and len(token.low) > 1 and token.low[0] == "0":
        return index + 1
    if before.low == "/" and not before.spaced and passage.at(index - 2).kind == "number" and not token.spaced:
        return index + 1  # 2016/679
    if _ORDINAL.match(text, token.end):
        return index + 2
    if _is_ordinal(passage, index):
        return index + 2
    if before.low in ("[", "^") and after.low == "]":
        return index + 2
    begins = text.rfind("\n", 0, token.start) + 1
    if _LIST.fullmatch(text, begins, token.start) and re.match(
        r"(?:\.\d+)*[.)]?[ \t]+(?=\S)", text[token.end : token.end + 12]
    ):
        heading = "#" in text[begins : token.start]
        if after.low in (".", ")") and not after.spaced and (heading or passage.at(index + 2).spaced):
            return index + 2
    if after.low == "/" and not after.spaced and passage.at(index + 2).kind == "number":
        return index + 3
    if re.match(r"\([a-z]\)", text[token.end : token.end + 3]):
        return index + 4  # 401(k)
    if re.match(r"\.\d+(?:\.\d+)*", text[token.end : token.end + 12]):
        return index + 3  # 3.14.2
    if after.kind == "word" and not after.spaced:
        known = (passage.words.short_scales, passage.words.currencies, ("x", "h"))
        if not any(after.low in one for one in known):
            return index + 2  # 3D, 1080p
    return None
