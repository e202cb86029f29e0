"""Bytes become text in the encoding that is declared; a wrong one is met with the one that they look like."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping, Sequence
from typing import get_args

from data.errors import Place, ProjectError
from data.settings.kinds import Encoding

_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_PROBE = 65_536
_LOOKED_AT = 50_000
"""Bytes of lines beyond ASCII that show in which encoding a file is."""
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_USUAL = 0.8
"""Share of usual characters from which an encoding of two bytes a character is taken for the right one."""
_FIRST_BYTES: Mapping[str, Callable[[int], bool]] = {
    "euc-kr": lambda byte: 0xA1 <= byte <= 0xA3 or 0xB0 <= byte <= 0xC8,
    "euc-jp": lambda byte: byte in (0xA1, 0xA4, 0xA5) or 0xB0 <= byte <= 0xCF,
    "cp932": lambda byte: 0x81 <= byte <= 0x83 or 0x88 <= byte <= 0x97,
    "gb18030": lambda byte: byte in (0xA1, 0xA3) or 0xB0 <= byte <= 0xD7,
    "big5": lambda byte: 0xA1 <= byte <= 0xC6,
}
"""Encodings of two bytes a character, and with which byte their usual characters begin: syllables, the more frequent
half of the ideographs (level 1 of the national standards), punctuation. The more selective ones come first."""
_KANA = re.compile("[\u3041-\u30ff]")
_LATIN: Mapping[str, Sequence[str]] = {
    "cp1252": (
        "äöüß",
        "àâæçéèêëîïôœùûüÿ",
        "áéíóúñüªº",
        "àáâãçéêíóôõúü",
        "àèéìòù",
        "æøåé",
        "åäöé",
        "áðéíóúýþæö",
        "éëïöü",
    ),
    "cp1250": ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ", "čćđšž"),
    "cp1254": ("çğıöşüâîi̇",),
    "mac-roman": ("äöüß", "àâæçéèêëîïôœùûüÿ", "áéíóúñüªº", "åäöé"),
    "cp850": ("äöüß", "àâæçéèêëîïôœùûüÿ", "áéíóúñüªº", "åäöé"),
}
"""Encodings of Latin letters with the letters that languages add to a to z; of equally good ones the first is taken."""
_OTHER_SCRIPTS: Mapping[str, str] = {
    "cp1251": "оаеиінтсрвлкмдпу",
    "koi8-r": "оаеинтсрвлкмдпу",
    "iso-8859-5": "оаеинтсрвлкмдпу",
    "cp1253": "αοιετσνηυρπκμλςάίό",
}
"""Encodings of other scripts with their most frequent letters, which make up most of any text."""
_SIGNS = "‘’“”„–—…•€£¥°²³§«»±µ·×©®ªº½¼™\u00a0¹¿¡"
_BETWEEN_LETTERS = "’‘·\u00a0"
"""Signs that may stand between two letters of a word."""
ENCODINGS: frozenset[str] = frozenset(get_args(Encoding))
"""Encodings that can be declared."""
_LATIN_1 = ("latin-1", "iso-8859-1", "iso-8859-15")
_SINGLE_BYTE = (
    *_LATIN_1, "iso-8859-2", "iso-8859-5", "koi8-r", "cp437", "cp850", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254",
    "mac-roman",
)  # fmt: skip
_LIKELY = re.compile(rb"\xc3[\x80-\xbf]|\xe2(?:\x80[\x90-\xbf]|\x82\xac)|(?<=[A-Za-z])[\xc4\xc5][\x80-\xbf](?=[a-z])")
"""UTF-8 for accented letters, typographic signs and the euro, which are hardly ever words in another encoding."""
_WESTERN = frozenset((*_LATIN_1, "iso-8859-2", "cp437", "cp850", "cp1250", "cp1252", "cp1254", "mac-roman"))
"""Those of Latin letters, which stand alone in words of ASCII, and hardly ever look like UTF-8."""
_HIGH = re.compile(rb"[\x80-\xff]+")
_CONTROLS = re.compile(rb"[\x80-\x9f]")
"""Control characters in Latin-1, which no text has."""


def decode(raw: bytes, encoding: str | None, file: str, remedy_place: str = "[tables.NAME.read]") -> str:
    """The text of a file, line ends as \\n, without a byte order mark.

    Without a declared encoding a file is UTF-8, or says by its byte order mark that it is UTF-16. Raises ProjectError
    where the bytes are not text in that encoding, or are far more likely text in another.
    """
    marked = next((name for mark, name in _BYTE_ORDER_MARKS if raw.startswith(mark)), None)
    used = encoding or marked or "utf-8"
    if used == "utf-8":
        used = "utf-8-sig"
    if marked is None and used in ("utf-8-sig", *_SINGLE_BYTE):
        _refuse_mixed(raw, used, file)
    likely = _contradicted(raw, used, marked)
    if likely is not None:
        found = f"begins like {likely} text" if marked else f"is text in {likely}"
        raise ProjectError.at(
            Place(file), f"is declared as {encoding}, but {found}.", _advice(raw, likely, remedy_place)
        )
    try:
        text = raw.decode(used)
    except UnicodeDecodeError as error:
        if not used.startswith("utf-16"):
            _refuse_mixed(raw, "utf-8-sig", file)
        line = raw.count(b"\n", 0, error.start) + 1
        if 0 in raw[:_PROBE]:
            remedy = "Check that it is the file that is meant, and say under read what format it has."
            raise ProjectError.at(Place(file), "is no text.", remedy) from None
        name = "UTF-8" if used == "utf-8-sig" else used
        raise ProjectError.at(
            Place(file, line),
            f"is not {name}: byte 0x{raw[error.start] if error.start < len(raw) else 0:02X} cannot be read.",
            _advice(raw, likely_encoding(raw), remedy_place),
        ) from None
    text = text.removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _refuse_mixed(raw: bytes, used: str, file: str) -> None:
    """ProjectError for a file some of whose lines are UTF-8 and some are not, as files are that were joined.

    No encoding reads both: some of its words would be wrong without a word. In scripts where nearly every letter is
    beyond ASCII, a short word can look like UTF-8 by chance: there it has to be one line in five.
    """
    if raw.isascii() or _is_utf8(raw) or 0 in raw[:_PROBE]:
        return
    utf_8, other = 0, 0
    first_utf_8 = first_other = 0
    for number, line in enumerate(raw.split(b"\n"), 1):
        if line.isascii():
            continue
        if _is_utf8(line) and (used not in _WESTERN or _LIKELY.search(line)):
            utf_8, first_utf_8 = utf_8 + 1, first_utf_8 or number
        elif not _is_utf8(line):
            other, first_other = other + 1, first_other or number
    enough = 1 if used == "utf-8-sig" or used in _WESTERN else 0.2 * (utf_8 + other)
    if not utf_8 or utf_8 < enough or (used == "utf-8-sig" and likely_encoding(raw) not in _WESTERN):
        return
    raise ProjectError.at(
        Place(file, first_other),
        f"mixes encodings: line {first_utf_8} is UTF-8, this line is not.",
        "Save each part as UTF-8 where it was written, and join them again; no encoding reads both.",
    )


def likely_encoding(raw: bytes) -> str:
    """The encoding that the bytes look like; a proposal for people, never taken silently.

    Byte order marks and valid UTF-8 are certain; every second byte zero is UTF-16. Else encodings of two bytes a
    character come first, because text in another one hardly ever decodes in them to usual characters; then those in
    which whole words are written in another script; then those of Latin letters, by what languages add to the alphabet.
    Bytes 0x80 to 0x9F are printable in cp1252 and control characters in Latin-1.
    """
    for mark, name in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return name
    unmarked = _utf_16_without_mark(raw)
    if unmarked or _is_utf8(raw):
        return unmarked or "utf-8"
    return _of_two_bytes(raw) or _of_another_script(raw) or _of_latin_letters(raw)


def _utf_16_without_mark(raw: bytes) -> str:
    """The kind of UTF-16 that bytes are for certain, though no byte order mark says so; "" where they are none."""
    probe = raw[:_PROBE]
    if probe.count(0) <= len(probe) // 4:
        return ""
    name = "utf-16-le" if probe[1::2].count(0) >= probe[0::2].count(0) else "utf-16-be"
    return "" if _CONTROL.search(probe.decode(name, errors="ignore")) else name


def _telling(raw: bytes, encoding: str) -> str | None:
    """The first lines with characters beyond ASCII as text in an encoding; None where it does not decode everything."""
    if _decoded(raw, encoding) is None:
        return None
    lines: list[bytes] = []
    size = 0
    for line in raw.split(b"\n"):
        if not line.isascii():
            lines.append(line)
            size += len(line)
        if size > _LOOKED_AT:
            break
    return b"\n".join(lines).decode(encoding, errors="ignore")


def _is_utf8(raw: bytes) -> bool:
    """Whether bytes are valid UTF-8."""
    return _decoded(raw, "utf-8") is not None


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _of_two_bytes(raw: bytes) -> str:
    """The East Asian encoding in which nearly all characters are usual ones; "" where there is none."""
    for name, usual in _FIRST_BYTES.items():
        text = _telling(raw, name)
        if text is None:
            continue
        found = "".join(_BEYOND_ASCII.findall(text))
        pairs = [code for character in found if len(code := character.encode(name)) == 2]
        if len(found) < 2 or len(pairs) < _USUAL * len(found):
            continue
        share = sum(usual(code[0]) for code in pairs) / len(found)
        if share < (0.97 if name == "euc-kr" else _USUAL) or (name == "euc-jp" and not _KANA.search(found)):
            continue
        return "shift_jis" if name == "cp932" and _decoded(raw, "shift_jis") is not None else name
    return ""


def _of_another_script(raw: bytes) -> str:
    """The encoding in which most words have only letters of its script, and the most frequent ones."""
    best, most = "", 0.5
    for name, frequent in _OTHER_SCRIPTS.items():
        text = _telling(raw, name)
        if text is None:
            continue
        words = [word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii()]
        whole = [word for word in words if len(word) > 1 and not any(map(str.isascii, word)) and _is_cased(word)]
        letters = "".join(whole).lower()
        if not letters or sum(map(len, whole)) < 0.8 * sum(map(len, words)):
            continue
        share = sum(letter in frequent for letter in letters) / len(letters)
        if share > most:
            best, most = name, share
    return best


def _is_cased(word: str) -> bool:
    """Whether a word is written as words are: "wage", "Wage" or "WAGE", and not "wAGE"."""
    return word[1:].islower() or word.isupper()


def _of_latin_letters(raw: bytes) -> str:
    """The encoding whose letters one language has, and whose signs stand where signs do."""
    best, most = "", 0.0
    for name, alphabets in _LATIN.items():
        text = _telling(raw, name)
        if text is None:
            continue
        score = max(_share_of_usual(text, alphabet) for alphabet in alphabets)
        if score > most + 0.01:
            best, most = name, score
    if best in ("", "cp1252") and not _CONTROLS.search(raw):
        return "latin-1"
    return best or ("cp1252" if _decoded(raw, "cp1252") is not None else "mac-roman")


def _share_of_usual(text: str, alphabet: str) -> float:
    """Share of the characters beyond ASCII that are letters of a language, or signs that do not divide a word."""
    usual = every = 0
    for found in _BEYOND_ASCII.finditer(text):
        for place in range(found.start(), found.end()):
            character = text[place]
            every += 1
            if character.lower() in alphabet:
                before = text[place - 1 : place]
                usual += not (character.isupper() and before.islower())
            elif character in _SIGNS:
                inside = text[place - 1 : place].isalpha() and text[place + 1 : place + 2].isalpha()
                usual += not inside or character in _BETWEEN_LETTERS
    return usual / every if every else 0.0


def _contradicted(raw: bytes, used: str, marked: str | None) -> str | None:
    """The encoding that the bytes are in for certain, where it is not the one used.

    Single-byte encodings read anything, so a wrong one would never fail by itself.
    """
    if marked is not None and marked != used and not (marked == "utf-16" and used.startswith("utf-16")):
        return marked
    if marked is None and used in _SINGLE_BYTE and _HIGH.search(raw) and _is_utf8(raw):
        return "utf-8"
    if marked is None and used in _LATIN_1 and _CONTROLS.search(raw):
        return likely_encoding(raw)
    if marked is None and used in ("utf-8-sig", *_SINGLE_BYTE):
        return _utf_16_without_mark(raw) or None
    return None


def _advice(raw: bytes, likely: str, place: str) -> str:
    if likely in ("utf-8", "utf-8-sig"):
        return f'Leave encoding out, or write encoding = "utf-8" under {place}.'
    found = _HIGH.search(raw)
    shown = ""
    if found and not likely.startswith("utf-16"):
        start = max(raw.rfind(b"\n", 0, found.start()) + 1, found.start() - 12)
        text = raw[start : found.end() + 8].decode(likely, errors="replace").splitlines()[0].strip("\ufffd")
        shown = f" (the text would read '{text}')"
    if likely not in ENCODINGS:
        return f"Save the file as UTF-8: it looks like {likely}, in which no table is read{shown}."
    return f'Write encoding = "{likely}" under {place}{shown}, or save the file as UTF-8.'
